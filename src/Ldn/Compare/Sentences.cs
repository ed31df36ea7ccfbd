using System.Globalization;
using System.Numerics;
using Ldn.Counting;
using Ldn.Reports;

namespace Ldn.Compare;

/// <summary>What is found, said to a reader: the figure on both sides, and the parts of its difference in points.</summary>
internal sealed class Sentences(Comparison found, Texts texts)
{
    /// <summary>Rules that belong to the factor of rules, as summary.json names them.</summary>
    private static readonly string[] s_rules = ["missing", "lpd_table", "soc_threshold", "soc_inclusive", "status"];

    /// <summary>How the layers of productivity begin, as provenance calls them.</summary>
    private static readonly string[] s_productivity =
        ["productivity", "trend of", "state of", "performance of", "climate", "ecological units", "greatest NDVI"];

    /// <summary>
    /// Such as "Mongolia: 10.8 % → 13.7 %. Of +2.9 points, +2.1 come from another productivity product, +0.8 from another land
    /// cover." Parts are rounded so that they add up.
    /// </summary>
    public string Of(HeadlineChange change)
    {
        string figure = texts.Format("compare.figure", change.Zone.Name, Percent(change.Before), Percent(change.After));
        if (change.Points is not { } points)
            return figure;
        if (points.Numerator.IsZero)
            return $"{figure} {texts["compare.nothing"]}";
        (Part Part, BigInteger Tenths)[] parts = Rounded(change);
        if (parts.Length == 0)
            return $"{figure} {texts.Format("compare.moved", Points(points.ToDouble(), texts))}";
        string[] said = [.. parts.Where(p => !p.Tenths.IsZero).OrderBy(p => p.Part.Factor == Factor.Period)
            .ThenByDescending(p => BigInteger.Abs(p.Tenths))
            .Select((p, i) => PartOf(p.Part.Factor, p.Tenths, change.Pair, i == 0))];
        return said.Length == 0 ? $"{figure} {texts.Format("compare.moved", Points(points.ToDouble(), texts))}"
            : figure + " " + texts.Format(
                "compare.parts", Signed(Whole(change), texts), string.Join(texts["compare.comma"], said));
    }

    /// <summary>The parts of a change in tenths of a percentage point, which add up to the change as it is printed.</summary>
    public static (Part Part, BigInteger Tenths)[] Rounded(HeadlineChange change)
    {
        Part[] parts = [.. change.Parts.Where(p => p.Points is not null)];
        if (parts.Length == 0 || parts.Length < change.Parts.Count)
            return [];
        BigInteger[] tenths = Shapley.Rounded(
            [.. parts.Select(p => (Ratio)((decimal)p.Points!.Value * 10))], Whole(change));
        return [.. parts.Zip(tenths)];
    }

    /// <summary>Percentage points with their sign; where a tenth shows nothing of them, with as many digits as do.</summary>
    public static string Points(double points, Texts texts)
    {
        double size = Math.Abs(points);
        string digits = texts.Numbers.Of(size, size is 0 or >= 0.05 ? "F1" : size >= 0.0005 ? "F3" : "F6");
        return size == 0 ? "0" : (points < 0 ? "−" : "+") + digits;
    }

    /// <summary>A number of tenths with its sign.</summary>
    public static string Signed(BigInteger tenths, Texts texts)
    {
        string digits = texts.Numbers.Of((double)BigInteger.Abs(tenths) / 10, "F1");
        return (tenths.Sign < 0 ? "−" : tenths.IsZero ? "" : "+") + digits;
    }

    private string PartOf(Factor factor, BigInteger tenths, PeriodPair pair, bool isFirst)
    {
        if (factor != Factor.Period)
            return texts.Format(isFirst ? "compare.first_part" : "compare.part", Signed(tenths, texts), Cause(factor));
        return found.Before.Periods[pair.Before].Span is { } span
            ? texts.Format("compare.new_since", Signed(tenths, texts), span.Last)
            : texts.Format("compare.new", Signed(tenths, texts));
    }

    /// <summary>What a factor is, in words; of rules those that differ.</summary>
    private string Cause(Factor factor)
    {
        if (factor == Factor.Productivity && !OtherFiles(s_productivity))
            return texts["compare.cause.productivity_method"];
        if (factor != Factor.Rules)
            return texts["compare.cause." + factor.Name()];
        string[] differing = [.. s_rules.Where(Differs).Select(rule => texts["compare.rule." + rule])];
        return differing.Length switch
        {
            0 => texts["compare.cause.rules"],
            1 => differing[0],
            _ => texts.Format("compare.cause.rules_named", string.Join(texts["compare.comma"], differing)),
        };
    }

    /// <summary>Whether the inputs of layers that begin so are of other bytes.</summary>
    private bool OtherFiles(params string[] layers)
    {
        return !Files(found.Before).SequenceEqual(Files(found.After));

        IEnumerable<string> Files(Side side) => (side.Run?.Files ?? [])
            .Where(f => layers.Any(l => f.Layer.StartsWith(l, StringComparison.Ordinal))).Select(f => f.Sha256 ?? f.Path).Order();
    }

    private bool Differs(string rule) => Value(found.Before, rule) != Value(found.After, rule);

    private static string? Value(Side side, string rule) => side.Rules.FirstOrDefault(r => r.Name == rule).Value;

    /// <summary>The change in tenths, as the two printed shares differ.</summary>
    public static BigInteger Whole(HeadlineChange change) => Tenths(change.After!.Value) - Tenths(change.Before!.Value);

    private static BigInteger Tenths(Ratio share) =>
        new(Math.Round(decimal.Parse(share.ToString(), CultureInfo.InvariantCulture) * 10, MidpointRounding.AwayFromZero));

    private string Percent(Ratio? share) => share is { } value
        ? texts.Numbers.Of((double)Tenths(value) / 10, "F1") + "\u00A0%" : "–";
}

using Ldn.Counting;

namespace Ldn.Reports.Page;

/// <summary>
/// Counterbalancing of one zone in its latest period: gains, losses and Δ of each land type, and the overall verdict (method
/// §10).
/// </summary>
internal static class LandTypesView
{
    /// <summary>Types drawn, those with the largest changes; the table has all.</summary>
    private const int Most = 20;

    private const string All = "all";

    public static View? Of(Subject subject, string period, Figures figures, Texts texts)
    {
        Balance[] balances = [.. figures.Balances(subject.Id, period)];
        if (Array.Find(balances, b => b.LandType == All) is not { } whole || balances.Length == 1)
            return null;
        Balance[] types = [.. balances.Where(b => b.LandType != All)];
        Balance[] shown = [.. types.OrderByDescending(b => b.Gains + b.Losses).Take(Most)];
        double most = shown.Select(b => Area.Max(b.Gains, b.Losses).SquareKilometres).DefaultIfEmpty().Max();
        return new View
        {
            ["verdict"] = texts["neutral." + (whole.Verdict.Length > 0 ? whole.Verdict : "none")],
            ["net"] = texts.Format("report.land_types_net", Numbers.Change(whole.Delta)),
            ["cut"] = shown.Length < types.Length
                ? texts.Format("report.land_types_cut", shown.Length, types.Length, "neutrality.csv")
                : null,
            ["types"] = shown.Select(b => new View
            {
                ["type"] = b.Name.Length > 0 ? b.Name : texts.Find("land_type." + b.LandType) ?? b.LandType,
                ["bar"] = Charts.Diverging(
                    b.Losses.SquareKilometres, Palette.Of("degraded"), b.Gains.SquareKilometres, Palette.Of("improved"), most,
                    texts.Format("report.gains_losses", Numbers.Area(b.Gains), Numbers.Area(b.Losses))),
                ["delta"] = Numbers.Change(b.Delta),
                ["neutral"] = b.Verdict.Length > 0 ? texts["neutral." + b.Verdict] : "",
                ["lost"] = b.Verdict == "no",
            }).ToArray(),
        };
    }
}

/// <summary>Gains and losses of a land type, and its verdict as in the table: yes, no, not_assessable, or nothing.</summary>
internal sealed record Balance(string LandType, string Name, Area Gains, Area Losses, Area Delta, string Verdict);

using System.Globalization;
using Ldn.Drought;
using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Rasters;

namespace Ldn.Subjects;

/// <summary>
/// Maps of drought (drought §8): the index, its class by year, the worst class of each block and the people in it, what the fit
/// is founded on.
/// </summary>
internal static class DroughtRasters
{
    private const int LongestIndex = IndexOptions.MostMonths;
    private static readonly string[] s_sexes = ["total", "female", "male"];

    private static readonly RasterLook s_classes = RasterLook.Classed(
        new((int)DroughtClass.None, "none", "#f7f7f7"), new((int)DroughtClass.Mild, "mild", "#fee8c8"),
        new((int)DroughtClass.Moderate, "moderate", "#fdbb84"),
        new((int)DroughtClass.Severe, "severe", "#e34a33"), new((int)DroughtClass.Extreme, "extreme", "#7f0000"));

    /// <summary>Class of a year.</summary>
    public static RasterKind Year { get; } = new("drought", "drought_{0}", s_classes) { OfYear = true };

    /// <summary>Worst class of a block of four years.</summary>
    public static RasterKind Block { get; } = new("drought_block", "drought_block_{0}", s_classes) { OfYear = true };

    private static readonly RasterKind[] s_inDrought = [.. s_sexes.Select(sex => new RasterKind(
        "drought_exposed_" + sex, "drought_exposed_{0}_" + sex, PraisRasters.PeopleLook) { OfYear = true })];

    private static readonly RasterKind[] s_indices = [.. new[] { "spi", "spei" }.SelectMany(
        index => Enumerable.Range(1, LongestIndex).Select(months => Index($"{index}{months}", "{0}")))];

    /// <summary>Kinds whose files are by year.</summary>
    public static IReadOnlyList<RasterKind> Kinds { get; } = [Year, Block, .. s_inDrought, .. s_indices];

    /// <summary>What a run makes of them.</summary>
    internal static IEnumerable<(RasterKind Kind, string Of, string Caption, OutputFill Fill)> Of(
        DroughtInquiry drought, IReadOnlyList<PopulationLayer> population, RasterOutputs asked)
    {
        bool all = asked.HasFlag(RasterOutputs.Drought), parts = asked.HasFlag(RasterOutputs.Parts);
        if (drought.Computed is { } computed && (all || parts))
        {
            foreach ((RasterKind, string, string, OutputFill) raster in OfIndex(drought, computed))
                yield return raster;
            foreach ((RasterKind, string, string, OutputFill) raster in parts ? computed.Fits.SelectMany(OfFit) : [])
                yield return raster;
        }

        for (int y = 0; all && y < drought.Years.Count; y++)
        {
            string question = DroughtInquiry.Question(drought.Years[y]);
            yield return (
                Year, Text(drought.Years[y]), $"drought {drought.Years[y]}",
                OutputFill.OfClasses((slice, classes) => WriteClasses(slice, question, classes)));
        }

        if (!all && !asked.HasFlag(RasterOutputs.Prais))
            yield break;
        foreach ((int first, int last, _) in DroughtClasses.Blocks(drought.Years))
        {
            string question = DroughtInquiry.BlockQuestion(first);
            yield return (
                Block, Text(first), $"worst drought {first}-{last}",
                OutputFill.OfClasses((slice, classes) => WriteClasses(slice, question, classes)));
            IReadOnlyList<PopulationLayer> dates = PopulationLayer.OfBlock(
                population, [.. drought.Years.Where(y => y >= first && y <= last)], last);
            for (int s = 0; s < s_sexes.Length; s++)
            {
                int[]?[] rasters = [.. dates.Select(d => PraisRasters.Rasters(d, s_sexes[s]))];
                if (rasters.Length > 0 && !rasters.Contains(null))
                    yield return (
                        s_inDrought[s], Text(first), $"people in drought {first}-{last}, {s_sexes[s]}",
                        FillInDrought(question, rasters!));
            }
        }
    }

    private static IEnumerable<(RasterKind Kind, string Of, string Caption, OutputFill Fill)> OfIndex(
        DroughtInquiry drought, ComputedIndex computed)
    {
        string name = computed.Series.Options.Name;
        bool every = computed.Series.Options.EndMonth is null;
        RasterKind ofYear = s_indices.First(k => k.Layer == name), ofMonth = Index(name, "{0}");
        string caption = DroughtFit.Described(computed.Asked);
        IEnumerable<(int Year, int Month, int Input)> all = drought.Years.Select(
            (year, i) => (year, computed.Series.Options.TableMonth, drought.Planes[i].Input)).Concat(computed.OtherMonths);
        foreach ((int year, int month, int input) in all.OrderBy(i => (i.Item1, i.Item2)))
            yield return (
                every ? ofMonth : ofYear, every ? $"{Text(year)}_{month:D2}" : Text(year),
                $"{MonthlyLayer.Text(MonthlyLayer.Number(year, month))}: {caption}", FillInput(input));
    }

    private static IEnumerable<(RasterKind Kind, string Of, string Caption, OutputFill Fill)> OfFit(FitInputs fit)
    {
        foreach ((string part, int input, string caption, double most) in new[]
        {
            ("years", fit.Years, "years of the reference with a value", 30d),
            ("zeros", fit.Zeros, "years of the reference without precipitation", 30),
            ("d", fit.Distance, "largest distance of the fitted distribution from the reference", 0.3),
        })
        {
            var kind = new RasterKind($"drought_fit_{part}", "drought_fit_{0}_" + part, RasterLook.Ramped(
                new(0, "#fcfbfd"), new(most / 2, "#9e9ac8"), new(most, "#3f007d")));
            yield return (kind, Text(fit.Month), $"{caption}, month {fit.Month}", FillInput(input));
        }
    }

    private static OutputFill FillInput(int input) => OutputFill.OfValues(
        (slice, values) => slice.Plan.Inputs[input].ToPhysical(slice.Cells(input), values));

    /// <summary>The class that a question tells of each cell, 0 on water.</summary>
    private static void WriteClasses(OutputSlice slice, string question, Span<byte> classes)
    {
        slice.Planes(question)[1].AsSpan(0, classes.Length).CopyTo(classes);
        ReadOnlySpan<byte> land = slice.Land(0);
        for (int i = 0; i < classes.Length; i++)
            if (Evidence.Water(land[i]))
                classes[i] = 0;
    }

    private static OutputFill FillInDrought(string question, int[][] dates) => OutputFill.OfValues((slice, values) =>
    {
        byte[][] planes = slice.Planes(question);
        long[] parts = new long[values.Length];
        ReadOnlySpan<byte> land = slice.Land(0);
        values.Fill(float.NaN);
        for (int d = 0; d < dates.Length; d++)
        {
            PraisRasters.Count(slice.Cells, dates[d], parts);
            for (int i = 0; i < values.Length; i++)
                if (!Evidence.Water(land[i]) && planes[1][i] != (byte)DroughtClass.NoData && planes[2][i] == d + 1)
                    values[i] = planes[1][i] >= (byte)DroughtClass.Mild ? PraisRasters.Persons(parts[i]) : 0;
        }
    });

    /// <summary>Brown where it is dry, as indices of drought are drawn.</summary>
    private static RasterKind Index(string name, string of) => new(name, $"{name}_{of}", RasterLook.Ramped(
        new(-2, "#8c510a"), new(-1, "#dfc27d"), new(0, "#f5f5f5"), new(1, "#80cdc1"), new(2, "#01665e")))
    { OfYear = true };

    private static string Text(int year) => year.ToString(CultureInfo.InvariantCulture);
}

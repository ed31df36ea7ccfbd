using System.Runtime.InteropServices;
using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.LandCover;
using Ldn.Pass;
using Ldn.Rasters;

namespace Ldn.Subjects;

/// <summary>
/// The maps that PRAIS asks for beside indicator, sub-indicators and status (prais-forms.md §2): land cover of the first, last
/// and latest year and its change in the UNCCD's classes, land productivity dynamics, stocks and their change, people exposed to
/// degradation; those of drought are <see cref="DroughtRasters"/>.
/// </summary>
internal static class PraisRasters
{
    private static readonly string[] s_sexes = ["total", "female", "male"];

    /// <summary>Land cover of a year in the UNCCD's seven classes.</summary>
    public static RasterKind Cover { get; } = new("land_cover_classes", "land_cover_{0}", RasterLook.Classed(
        UnccdClasses.All.Select(c => new RasterClass((int)c, c.Id(), c.Color()))))
    { OfYear = true };

    /// <summary>Ten times the initial class and the final one; the class alone where nothing changes, in grey.</summary>
    public static RasterKind CoverChange { get; } = new(
        "land_cover_change", "land_cover_change_{0}", RasterLook.Classed(Changes()));

    /// <summary>What a map of people looks like.</summary>
    public static RasterLook PeopleLook { get; } = RasterLook.Ramped(
        new(0, "#fff7ec"), new(1, "#fdd49e"), new(10, "#fc8d59"), new(100, "#d7301f"), new(1000, "#7f0000"));

    private static readonly RasterKind[] s_exposed = [
        .. s_sexes.Select(sex => new RasterKind(
            "population_exposed_" + sex, "population_exposed_{0}_" + sex, PeopleLook))];

    public static IReadOnlyList<RasterKind> Kinds { get; } = [CoverChange, .. s_exposed, Cover];

    /// <summary>What a run can make of them.</summary>
    internal static IEnumerable<(
        RasterKind Kind, string Of, string Caption, OutputFill Fill)> Of(Job job, PassPlan pass, Inquiries subjects)
    {
        IReadOnlyList<PopulationLayer> population = subjects.Of<PopulationInquiry>()?.People ?? [];
        if (job.LandCover is { } cover)
        {
            byte[] nesting = cover.Legend.UnccdTable();
            foreach (int at in new[] { pass.Periods[0].FromCover, pass.Periods[0].ToCover, pass.Periods[^1].ToCover }.Distinct())
                yield return (
                    Cover, Text(pass.Covers[at].Year), $"land cover {Text(pass.Covers[at].Year)}, UNCCD classes",
                    FillCover(at, nesting));
            for (int p = 0; p < job.Periods.Count; p++)
                yield return (
                    CoverChange, job.Periods[p].Id, $"land cover change, {job.Periods[p].Id}",
                    FillChange(pass.Periods[p].FromCover, pass.Periods[p].ToCover, nesting));
        }

        for (int p = 0; p < job.Periods.Count; p++)
        {
            string id = job.Periods[p].Id;
            if (pass.LpdClasses.Any(c => c != 0))
                yield return (IndicatorOutputs.Lpd, id, $"land productivity dynamics, {id}", IndicatorOutputs.FillLpd(p));
            if (pass.Periods[p].SoilCarbon is not null)
                yield return (
                    IndicatorOutputs.StockChange, id, $"soil organic carbon change in per cent, {id}",
                    IndicatorOutputs.FillStockChange(p));
            if (PopulationLayer.At(population, job.Periods[p].FinalYear) is { } people)
                for (int s = 0; s < s_sexes.Length; s++)
                    if (Rasters(people, s_sexes[s]) is { } rasters)
                        yield return (
                            s_exposed[s], id, $"people on degraded land, {s_sexes[s]}, {people.Year}, {id}",
                            FillExposed(p, rasters));
        }

        for (int s = 0; s < pass.Stocks.Count; s++)
            yield return (
                IndicatorOutputs.Stock, Text(pass.Stocks[s].Year), $"soil organic carbon {Text(pass.Stocks[s].Year)}, t C/ha",
                IndicatorOutputs.FillStock(s));
    }

    /// <summary>People of some rasters together, cell by cell, in parts of <see cref="CountSharing.PartsPerUnit"/>.</summary>
    internal static void Count(CellsOf cells, IReadOnlyList<int> inputs, Span<long> parts)
    {
        parts.Clear();
        foreach (int input in inputs)
        {
            ReadOnlySpan<long> counts = MemoryMarshal.Cast<byte, long>(cells(input).Cells);
            for (int i = 0; i < parts.Length; i++)
                parts[i] += counts[i] == CountSharing.Impossible ? 0 : counts[i];
        }
    }

    /// <summary>Inputs of the rasters that make up a sex; null where the date does not tell it.</summary>
    internal static int[]? Rasters(PopulationLayer people, string sex) =>
        people.Sexes.FirstOrDefault(s => s.Sex == sex).Rasters is { } rasters
            ? [.. rasters.Select(r => people.Rasters[r].Input)]
            : null;

    private static OutputFill FillCover(int cover, byte[] nesting) => OutputFill.OfClasses((slice, classes) =>
    {
        ReadOnlySpan<byte> of = slice.Cover(cover);
        for (int i = 0; i < classes.Length; i++)
            classes[i] = nesting[of[i]];
    });

    private static OutputFill FillChange(int from, int to, byte[] nesting) => OutputFill.OfClasses((slice, classes) =>
    {
        ReadOnlySpan<byte> before = slice.Cover(from), after = slice.Cover(to);
        for (int i = 0; i < classes.Length; i++)
        {
            byte b = nesting[before[i]], a = nesting[after[i]];
            classes[i] = b == 0 || a == 0 ? (byte)0 : b == a ? b : (byte)((10 * b) + a);
        }
    });

    /// <summary>
    /// People on degraded land, by condition in the baseline and status after; 0 where land is not degraded, none on water.
    /// </summary>
    private static OutputFill FillExposed(int period, int[] rasters) => OutputFill.OfValues((slice, values) =>
    {
        long[] parts = new long[values.Length];
        byte[] degraded = new byte[values.Length];
        Count(slice.Cells, rasters, parts);
        WriteReported(slice, period, degraded);
        ReadOnlySpan<byte> land = slice.Land(period), before = slice.Land(0);
        for (int i = 0; i < values.Length; i++)
            values[i] = Evidence.Water(land[i])
                || Evidence.Water(before[i]) ? float.NaN : degraded[i] == (byte)Condition.Degraded ? Persons(parts[i]) : 0;
    });

    /// <summary>What is reported of each cell: the condition in the baseline, the three classes of the status after.</summary>
    internal static void WriteReported(OutputSlice slice, int period, Span<byte> classes)
    {
        if (period == 0)
        {
            slice.Indicator(0).CopyTo(classes);
            return;
        }

        IndicatorOutputs.WriteStatus(slice, period, classes);
        for (int i = 0; i < classes.Length; i++)
            classes[i] = (byte)((Status)classes[i]).ThreeClass();
    }

    internal static float Persons(long parts) => (float)((double)parts / CountSharing.PartsPerUnit);

    private static IEnumerable<RasterClass> Changes()
    {
        foreach (UnccdClass from in UnccdClasses.All)
            yield return new RasterClass((int)from, from.Id() + "_unchanged", "#d9d9d9");
        foreach (UnccdClass from in UnccdClasses.All)
            foreach (UnccdClass to in UnccdClasses.All.Where(to => to != from))
                yield return new RasterClass((10 * (int)from) + (int)to, $"{from.Id()}_to_{to.Id()}", to.Color());
    }

    private static string Text(int year) => YearSpan.Told(year);
}

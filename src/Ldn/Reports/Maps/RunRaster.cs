using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Rasters;

namespace Ldn.Reports.Maps;

/// <summary>A raster that the run wrote.</summary>
/// <param name="Name">File name without extension.</param>
/// <param name="Path">Where it lies.</param>
/// <param name="Period">The period it is of; empty for one of a year.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Grid">Its cells.</param>
/// <param name="Signed">Whether conditions are stored in the signed encoding.</param>
internal sealed record RunRaster(string Name, string Path, string Period, RasterKind Kind, Grid Grid, bool Signed)
{
    public string Layer => Kind.Layer;

    public bool IsStatus => Kind == IndicatorOutputs.Status;

    public bool IsOnPage => Kind.OnPage;

    public RasterLook Look => Kind.LookOf(Signed);

    private static readonly RasterKind[] s_conditions =
        [IndicatorOutputs.Indicator, IndicatorOutputs.LandCover, IndicatorOutputs.Productivity, IndicatorOutputs.SoilCarbon];

    /// <summary>
    /// What people call it. A condition of a reporting period is another figure than the one reported, and named so.
    /// </summary>
    public string Title(RunDocument document, Texts texts) => s_conditions.Contains(Kind) && Period != document.Periods[0].Id
        ? texts.OwnCondition(Layer) : texts.Indicator(Layer);

    /// <summary>
    /// Stored value, code of the tables and colour of each class, in the order of the codes 1, 2, …; empty for values.
    /// </summary>
    public IReadOnlyList<RasterClass> Classes => Look.Classes;

    /// <summary>
    /// The rasters among the files that a run wrote, as far as they are still there: period by period, then year by year.
    /// </summary>
    /// <param name="document">The run.</param>
    /// <param name="kinds">Every kind there may be.</param>
    /// <param name="files">Names of its files.</param>
    /// <param name="path">Where a file of that name lies.</param>
    /// <param name="geodata">Opens them.</param>
    public static IReadOnlyList<RunRaster> Of(
        RunDocument document, IReadOnlyList<RasterKind> kinds, IReadOnlyCollection<string> files, Func<string, string> path,
        IGeodata geodata)
    {
        HashSet<string> written = [.. files];
        var rasters = new List<RunRaster>();
        foreach (string period in document.Periods.Select(p => p.Id))
            foreach (RasterKind kind in kinds.Where(k => !k.OfYear))
                Add(period, period, kind);
        foreach (RasterKind kind in kinds.Where(k => k.OfYear))
            foreach (int year in files.Select(file => YearOf(kind, file)).OfType<int>().Distinct().Order())
                Add(YearSpan.Told(year), "", kind);
        return rasters;

        void Add(string of, string period, RasterKind kind)
        {
            if (kind.FileNames(of).FirstOrDefault(f => written.Contains(f) && File.Exists(path(f))) is not { } file)
                return;
            using IRasterSource source = geodata.OpenRaster(path(file));
            rasters.Add(new RunRaster(kind.Name(of), path(file), period, kind, source.Grid, source.CellType == CellType.Int16));
        }
    }

    /// <summary>The year in the name of a raster of a kind, null for any other file.</summary>
    private static int? YearOf(RasterKind kind, string file)
    {
        string name = System.IO.Path.GetFileNameWithoutExtension(file);
        string[] around = kind.File.Split("{0}");
        if (
            !name.StartsWith(around[0], StringComparison.Ordinal) || !name.EndsWith(around[1], StringComparison.Ordinal)
                || name.Length <= around[0].Length + around[1].Length)
            return null;
        string year = name[around[0].Length..^around[1].Length];
        return RasterKind.Endings.Contains(System.IO.Path.GetExtension(file)) ? YearSpan.Read(year) : null;
    }
}

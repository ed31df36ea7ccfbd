namespace Ldn.Jobs.Flags;

/// <summary>Flags of what is written, and on which grid.</summary>
internal static class OutputFlags
{
    public static TextFlag Name { get; } = new("--name", "TEXT")
    {
        Group = FlagGroup.Outputs,
        Doc = "Name of the job, as titles show it",
        Example = "Mongolia",
        Field = "name",
        Lay = (job, name, _) => job with { Name = name },
    };

    public static NamesFlag Rasters { get; } = new("--rasters", "LIST")
    {
        Group = FlagGroup.Outputs,
        Doc = "Rasters to write, names separated by commas",
        Values = ["indicator", "sub-indicators", "status", "neutrality", "response", "parts", "prais", "drought", "none"],
        Default = "all but parts, prais and drought",
        Example = "indicator,status",
        Field = "outputs.rasters",
        Lay = (job, names, _) => Outputs(job, o => o with { Rasters = [.. names] }),
    };

    public static NamesFlag Tables { get; } = new("--tables", "LIST")
    {
        Group = FlagGroup.Outputs,
        Doc = "Tables and reports to write, names separated by commas; csv, json and provenance are always written",
        More = "trends-earth is the archive that the UNCCD's reporting platform imports, one a zone; with it the maps of prais "
            + "are written too. parquet is the CSV tables with types, one file each, for data frames. qgis is "
            + "result.qgz, a project of QGIS that opens zones and rasters with their colours.",
        Values = OutputOptions.KnownTables,
        Default = "all but trends-earth, parquet and qgis",
        Example = "csv,xlsx",
        Field = "outputs.tables",
        Lay = (job, names, _) => Outputs(job, o => o with { Tables = [.. names] }),
    };

    public static SwitchFlag AffectedAreasOnly { get; } = new("--affected-areas-only")
    {
        Group = FlagGroup.Outputs,
        Doc = "The zones are areas affected: the archive for PRAIS says so and has no rasters",
        Example = "",
        Field = "outputs.affectedAreasOnly",
        Lay = (job, only, _) => Outputs(job, o => o with { AffectedAreasOnly = only }),
    };

    public static TextFlag ReportDate { get; } = new("--report-date", "YYYY-MM-DD")
    {
        Group = FlagGroup.Outputs,
        Doc = "Date of the archive for PRAIS",
        Default = "the end of the last period",
        Example = "2026-11-30",
        Field = "outputs.reportDate",
        Lay = (job, date, _) => Outputs(job, o => o with { ReportDate = date }),
    };

    public static WholeFlag ReportZones { get; } = new("--report-zones", "N")
    {
        Group = FlagGroup.Outputs,
        Doc = "Zones that page, workbook and forms of PRAIS tell of at most, the first of the run; groups are always told, and "
            + "the tables hold every zone",
        Default = "1000",
        Range = (1, int.MaxValue),
        Example = "5000",
        Field = "outputs.reportZones",
        Lay = (job, zones, _) => Outputs(job, o => o with { ReportZones = zones }),
    };

    public static TextFlag Encoding { get; } = new("--encoding", "HOW")
    {
        Group = FlagGroup.Outputs,
        Doc = "Condition rasters as 1, 2, 3 (byte) or -1, 0, 1 (signed)",
        Values = ["byte", "signed"],
        Default = "byte",
        Example = "signed",
        Field = "outputs.encoding",
        Lay = (job, how, _) => Outputs(job, o => o with { Encoding = how }),
    };

    public static TextFlag Compress { get; } = new("--compress", "NAME")
    {
        Group = FlagGroup.Outputs,
        Doc = "Compression of the rasters",
        Values = ["lzw", "deflate", "zstd"],
        Default = "lzw",
        Example = "zstd",
        Field = "outputs.compress",
        Lay = (job, name, _) => Outputs(job, o => o with { Compress = name }),
    };

    public static TextFlag Like { get; } = new("--like", "LAYER|FILE")
    {
        Group = FlagGroup.Outputs,
        Doc = "The run's grid: that of a layer, the finest, or that of any raster",
        Values = ["landCover", "productivity", "soilCarbon", "finest"],
        Default = "landCover",
        Example = "finest",
        Field = "grid.like",
        Lay = (job, like, given) => Grid(job, g => g with { Like = s_layers.Contains(like) ? like : given.Path(like) }),
    };

    public static TextFlag Extent { get; } = new("--extent", "WHAT")
    {
        Group = FlagGroup.Outputs,
        Doc = "Extent of the rasters: around the zones, or the whole grid",
        Values = ["zones", "full"],
        Default = "zones",
        Example = "full",
        Field = "grid.extent",
        Lay = (job, what, _) => Grid(job, g => g with { Extent = what }),
    };

    private static readonly string[] s_layers = ["landCover", "productivity", "soilCarbon", "finest"];

    public static IReadOnlyList<Flag> All { get; } = [
        Name, Rasters, Tables, AffectedAreasOnly, ReportDate, ReportZones, Encoding, Compress, Like, Extent];

    private static JobConfig Outputs(JobConfig job, Func<OutputsConfig, OutputsConfig> change) =>
        job with { Outputs = change(job.Outputs ?? new OutputsConfig()) };

    private static JobConfig Grid(JobConfig job, Func<GridConfig, GridConfig> change) =>
        job with { Grid = change(job.Grid ?? new GridConfig()) };
}

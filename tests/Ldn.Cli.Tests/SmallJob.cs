using Ldn.Rasters;

namespace Ldn.Cli.Tests;

/// <summary>
/// A correct job in the short form over 40 × 30 cells of 0.1 degrees, which a test then spoils or varies: every input is a file
/// of its own, every
/// flag can be replaced or removed. MNG lies west, CHN east, EDGE overlaps both.
/// </summary>
internal sealed class SmallJob : IDisposable
{
    public const int Width = 40, Height = 30;
    public const double West = 100, North = 50, Cell = 0.1;

    public SmallJob()
    {
        Work.Raster("lc0.tif", Grid, CellType.Byte, Values(CoverBefore), 0);
        Work.Raster("lc1.tif", Grid, CellType.Byte, Values(CoverAfter), 0);
        Work.Raster("lpd.tif", Grid, CellType.Byte, Values(Lpd), 0);
        Work.Raster("soc0.tif", Grid, CellType.Int16, Values((_, _) => 100), -32768);
        Work.Raster("soc1.tif", Grid, CellType.Int16, Values((c, r) => 80 + ((c * r) % 41)), -32768);
        Work.Zones("zones.geojson", Zones);
    }

    public static Grid Grid => Workspace.Grid(Width, Height, West, North, Cell);

    public static (string Properties, double[][][] Polygons)[] Zones =>
    [
        (Properties("MNG", "Mongolia"), Workspace.Rectangle(100, 47, 102, 50)),
        (Properties("CHN", "China"), Workspace.Rectangle(102, 47, 104, 50)),
        (Properties("EDGE", "Both sides"), Workspace.Rectangle(101, 48, 103, 49)),
    ];

    public Workspace Work { get; } = new();

    /// <summary>Flags by name; a null value is a flag without one.</summary>
    public Dictionary<string, string?> Flags { get; } = new()
    {
        ["--land-cover-initial"] = "lc0.tif",
        ["--land-cover-final"] = "lc1.tif",
        ["--legend"] = "unccd-7",
        ["--lpd"] = "lpd.tif",
        ["--soc-initial"] = "soc0.tif",
        ["--soc-final"] = "soc1.tif",
        ["--zones"] = "zones.geojson",
        ["--zone-id"] = "iso3",
        ["--zone-name"] = "name",
        ["--out"] = "result",
    };

    /// <summary>The same job as a job file, to be varied as text.</summary>
    public static string JobFile => """
        {
          "name": "small",
          "periods": { "baseline": { "landCover": [2000, 2015], "productivity": [2000, 2015], "soilCarbon": [2000, 2015] } },
          "landCover": { "legend": "unccd-7", "years": { "2000": "lc0.tif", "2015": "lc1.tif" } },
          "productivity": { "kind": "lpd", "periods": { "baseline": "lpd.tif" } },
          "soilCarbon": { "kind": "stocks", "years": { "2000": "soc0.tif", "2015": "soc1.tif" } },
          "zones": [ { "file": "zones.geojson", "id": "iso3", "name": "name" } ],
          "rules": { "missing": "strict" },
          "outputs": { "rasters": ["indicator"] }
        }
        """;

    public string this[string name] => Work[name];

    public static string Properties(string id, string name) => $"\"iso3\":\"{id}\",\"name\":\"{name}\"";

    public static double[] Values(Func<int, int, double> value) =>
        [.. Enumerable.Range(0, Width * Height).Select(i => value(i % Width, i / Width))];

    public static double CoverBefore(int column, int row) => column < 3 && row < 4 ? 7 : 1 + ((column + (2 * row)) % 6);

    public static double CoverAfter(int column, int row) =>
        (column * row) % 5 == 0 ? 1 + ((column + row) % 7) : CoverBefore(column, row);

    public static double Lpd(int column, int row) => (column + row) % 11 == 0 ? 0 : 1 + ((column + (3 * row)) % 5);

    /// <summary>Writes one input anew, its cell at column 5, row 6 changed: in MNG alone.</summary>
    public void Spoil(string name, CellType type, Func<int, int, double> values, double noData, double bad) =>
        Work.Raster(name, Grid, type, Values((c, r) => c == 5 && r == 6 ? bad : values(c, r)), noData);

    public IEnumerable<string> Arguments(params string[] extra) =>
        Flags.SelectMany(f => f.Value is null ? [f.Key] : new[] { f.Key, f.Value }).Prepend("compute").Concat(extra);

    public LdnResult Run(params string[] extra) => LdnProcess.Run(Work.Folder, Arguments(extra));

    public LdnResult RunWith(IReadOnlyDictionary<string, string> environment, params string[] extra) =>
        LdnProcess.Run(Work.Folder, Arguments(extra), environment);

    /// <summary>Runs the job file instead of the flags.</summary>
    public LdnResult RunFile(string text, params string[] extra) =>
        LdnProcess.Run(Work.Folder, ["compute", Work.Text("job.json", text), "--out", "result", .. extra]);

    public void Dispose() => Work.Dispose();
}

using System.Globalization;
using Ldn.Rasters;

namespace Ldn.Cli.Tests.Productivity;

/// <summary>
/// Sixteen years of a vegetation index × 10⁴ over 40 × 30 cells, with gaps, rises and falls; ecological units; two zones side by
/// side. A test
/// varies it.
/// </summary>
internal sealed class SmallSeries : IDisposable
{
    public const int Width = 40, Height = 30, First = 2000, Last = 2015;
    public const double Gap = 65535;

    public SmallSeries()
    {
        foreach (int year in Years)
            Work.Raster(File(year), Grid, CellType.UInt16, Values((c, r) => Index(year, c, r)), Gap);
        Work.Raster("units.tif", Grid, CellType.Byte, Values(Unit), 255);
        Work.Zones("zones.geojson",
        [
            ("\"id\":\"W\"", Workspace.Rectangle(100, 47, 102, 50)),
            ("\"id\":\"E\"", Workspace.Rectangle(102, 47, 104, 50)),
        ]);
    }

    public static IEnumerable<int> Years => Enumerable.Range(First, Last - First + 1);

    public static Grid Grid => Workspace.Grid(Width, Height, 100, 50, 0.1);

    public Workspace Work { get; } = new();

    public static string File(int year) => $"y{year}.tif";

    public static double[] Values(Func<int, int, double> value) =>
        [.. Enumerable.Range(0, Width * Height).Select(i => value(i % Width, i / Width))];

    /// <summary>A lake in the north-west, on whose surface the index is far above that of any land.</summary>
    public static bool IsLake(int column, int row) => column < 3 && row < 20;

    /// <summary>Land cover of any year.</summary>
    public static double Cover(int column, int row) => IsLake(column, row) ? 7 : 1 + ((column + row) % 5);

    public static double Unit(int column, int row) => row == 28 ? 255 : 1 + (column / 5 % 3);

    /// <summary>One year of a pixel: every ninth is a gap, the last row has none at all.</summary>
    public static double Index(int year, int column, int row) =>
        (year + column + row) % 9 == 0 || row == Height - 1 ? Gap : Complete(year, column, row);

    /// <summary>The same without gaps.</summary>
    public static double Complete(int year, int column, int row)
    {
        int t = year - First, hash = ((year * 7919) ^ (column * 104729) ^ (row * 1299709)) & 1023;

        // Half of the pixels stay far below the best of their unit.
        double level = (column % 2 == 0 ? 2000 : 6500) + (100 * (row % 7)) + (IsLake(column, row) ? 20000 : 0);
        return Math.Round((level + (((column % 4) - 1.5) * 40 * t) + (hash / 4.0)) / 2);
    }

    /// <summary>Arguments of <c>ldn productivity</c> for the files as they are.</summary>
    public static IEnumerable<string> Arguments(params IEnumerable<string> extra) =>
        ["productivity", "--series", .. Years.Select(File), "--years", $"{First}-{Last}", "--scale", "0.0001", "--units", "units.tif", .. extra];

    /// <summary>Runs it into a folder.</summary>
    public SmallSeries Run(string folder, params IEnumerable<string> extra)
    {
        LdnProcess.Run(Work.Folder, [.. Arguments(extra), "--out", folder]).Succeeded();
        return this;
    }

    public double[] Read(string file) => Workspace.Read(Work[file]).Values;

    /// <summary>Years of a job file.</summary>
    public static string JobYears(string format) =>
        "{" + string.Join(
            ',',
            Years.Select(
                y => string.Create(
                    CultureInfo.InvariantCulture,
                    $"\"{y}\": \"{string.Format(CultureInfo.InvariantCulture, format, y)}\""))) + "}";

    public void Dispose() => Work.Dispose();
}

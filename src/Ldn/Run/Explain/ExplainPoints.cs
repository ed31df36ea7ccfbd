using System.Globalization;
using Ldn.Csv;
using Ldn.Rasters;

namespace Ldn.Run.Explain;

/// <summary>A place that is asked about; its name where a file of points gives it one.</summary>
/// <param name="Longitude">Degrees east, −180 to 360.</param>
/// <param name="Latitude">Degrees north, −90 to 90.</param>
internal sealed record ExplainPoint(string? Name, double Longitude, double Latitude)
{
    private const double Pole = 90, Turns = 540;

    /// <summary>Reads <c>LON,LAT</c>.</summary>
    /// <exception cref="LdnException">Exit 2: not two numbers, or no place on Earth.</exception>
    public static ExplainPoint Parse(string text)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        if (
            parts.Length != 2
                || !double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out double longitude)
                || !double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double latitude))
            throw LdnException.Usage(
                $"--at: '{text}' is not LON,LAT", "two numbers in degrees with decimal points, such as 106.9,47.9");
        return Checked(null, longitude, latitude, $"--at {text}");
    }

    /// <summary>
    /// Points of a file: a CSV with <c>longitude</c> and <c>latitude</c> and, if any, <c>id</c>; or a vector file of points,
    /// whose
    /// attribute <c>id</c> names them.
    /// </summary>
    /// <exception cref="LdnException">Exit 2: a column missing, no numbers, no points; exit 3: a file that cannot be
    /// read.</exception>
    public static IReadOnlyList<ExplainPoint> Read(string file, IGeodata geodata)
    {
        ExplainPoint[] points = file.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)
            ? OfTable(file)
            : OfLayer(file, geodata);
        return points.Length > 0 ? points
            : throw Fault.InputTable.Error($"{file} has no point", "give a point a row, with longitude and latitude");
    }

    private static ExplainPoint[] OfTable(string file)
    {
        CsvTable table = CsvTable.Read(file, ["longitude", "latitude"]);
        return [.. table.Rows.Select((row, i) => Checked(
            table.Columns.Contains("id") ? table.Text(row, "id") : $"{i + 1}", table.Number(row, "longitude"),
            table.Number(row, "latitude"), $"{file}, line {row.Line}"))];
    }

    private static ExplainPoint[] OfLayer(string file, IGeodata geodata)
    {
        VectorLayer layer = geodata.ReadPoints(file);
        using ICoordinateTransform toGeographic = geodata.CreateTransform(layer.Crs, geodata.GeographicOf(layer.Crs));
        double[] x = [.. layer.Features.Select(f => f.Polygons[0][0][0])];
        double[] y = [.. layer.Features.Select(f => f.Polygons[0][0][1])];
        toGeographic.Transform(x, y);
        int id = layer.Find("id");
        return [.. layer.Features.Select((f, i) => Checked(
            (id < 0 ? null : f.Attributes[id]) ?? $"{i + 1}", x[i], y[i], $"{file}, feature {i + 1}"))];
    }

    private static ExplainPoint Checked(string? name, double longitude, double latitude, string said) =>
        Math.Abs(latitude) <= Pole && Math.Abs(longitude) <= Turns
            ? new ExplainPoint(name, longitude, latitude)
            : throw LdnException.Usage(
                FormattableString.Invariant($"{said}: {longitude}, {latitude} is no place on Earth"),
                "longitude comes first, then latitude from -90 to 90, both in degrees");
}

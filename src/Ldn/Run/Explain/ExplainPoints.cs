using System.Globalization;
using System.Text.RegularExpressions;
using Ldn.Csv;
using Ldn.Rasters;

namespace Ldn.Run.Explain;

/// <summary>A place that is asked about; its name where a file of points gives it one.</summary>
/// <param name="Longitude">Degrees east, −180 to 360.</param>
/// <param name="Latitude">Degrees north, −90 to 90.</param>
internal sealed partial record ExplainPoint(string? Name, double Longitude, double Latitude)
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
                $"--at: '{text}' is not LON,LAT",
                Meant(text) is { } meant ? $"write two numbers in degrees with decimal points: --at {meant}"
                    : "two numbers in degrees with decimal points, such as 106.9,47.9");
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
                "longitude comes first, then latitude from -90 to 90, both in degrees"
                    + (Math.Abs(longitude) <= Pole && Math.Abs(latitude) <= Turns
                        ? FormattableString.Invariant($": if they are swapped, {latitude},{longitude}") : ""));

    /// <summary>
    /// A place in another form: decimal commas, letters of the sides, degrees and minutes; null where it is none.
    /// </summary>
    private static string? Meant(string text)
    {
        MatchCollection found = Angle().Matches(Typed.Plain(text).Replace(',', text.Count(c => c == ',') == 1 ? ' ' : ','));
        if (found.Count != 2)
            return null;
        (double Degrees, bool IsLatitude)[] angles = [.. found.Select(Read)];
        // Sides say which is which; without them the order does.
        return angles[0].IsLatitude && !angles[1].IsLatitude ? Told(angles[1].Degrees, angles[0].Degrees)
            : Told(angles[0].Degrees, angles[1].Degrees);

        static string Told(double longitude, double latitude) =>
            FormattableString.Invariant($"{Math.Round(longitude, 6)},{Math.Round(latitude, 6)}");
        static (double, bool) Read(Match match)
        {
            double Part(int group) => match.Groups[group].Success ? double.Parse(
                match.Groups[group].Value.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture) : 0;
            double degrees = Part(1), size = Math.Abs(degrees) + (Part(2) / 60) + (Part(3) / 3600);
            string side = match.Groups[4].Value.ToUpperInvariant();
            return (degrees < 0 || side is "S" or "W" ? -size : size, side is "N" or "S");
        }
    }

    [GeneratedRegex(
        """(-?\d+(?:[.,]\d+)?)\s*°?\s*(?:(\d+(?:\.\d+)?)\s*['′’]\s*(?:(\d+(?:\.\d+)?)\s*["″”]\s*)?)?([NSEW])?""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Angle();
}

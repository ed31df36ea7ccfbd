using System.Globalization;
using System.Text.Json;
using Ldn.Accuracy;
using Ldn.Csv;
using Ldn.Indicator;
using Ldn.Rasters;
using Ldn.Tables;

namespace Ldn.Run;

/// <summary>
/// How many points a sample has: so many of each stratum, or as many as a half-width of the overall accuracy asks for.
/// </summary>
/// <param name="PerStratum">Points of each stratum; null where the half-width decides.</param>
/// <param name="HalfWidth">Of the 95 % interval of the overall accuracy, percentage points.</param>
/// <param name="Expected">Accuracy that is expected of each class, 0…1, from which the spread follows.</param>
internal sealed record SampleWish(int? PerStratum, double HalfWidth, double Expected);

/// <summary>
/// <c>ldn sample-points</c> and <c>ldn accuracy</c>: a random sample to look at, and what it says of a finished run once it was
/// looked at (firmness U4).
/// </summary>
internal static class AccuracyRun
{
    /// <summary>
    /// The sample as a table to fill in. Strata are the classes of the map within each zone; their names do not tell the class,
    /// and a stratum's weight is its share of the classified area of its zone.
    /// </summary>
    public static IReadOnlyList<string[]> Sample(ResultMap map, SampleWish wish, ulong seed, CancellationToken cancellation)
    {
        MappedAreas mapped = MappedAreas.Of(map, cancellation);
        int[,] wanted = Wanted(map, mapped, wish);
        var sample = new PointSample(wanted, seed, mapped.LargestCell);
        map.ForEach(
            (column, row, code, zones, area) =>
            {
                foreach (int zone in zones)
                    if (wanted[zone, code - 1] > 0)
                        sample.Offer(zone, code, column, row, area);
            },
            cancellation);
        return [.. sample.Points().Select((point, i) => Row(map, mapped, point, seed, i + 1))];
    }

    /// <summary>The sample as CSV, for a person to fill in <c>reference</c>.</summary>
    public static string Text(IReadOnlyList<string[]> rows)
    {
        return string.Concat(rows.Prepend(SeenPoints.Columns).Select(row => string.Join(',', row.Select(Quoted)) + "\n"));

        static string Quoted(string text) => text.AsSpan().IndexOfAny(",\"\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"")}\"";
    }

    /// <summary>The sample as a layer of points for a GIS.</summary>
    public static VectorTable Layer(IReadOnlyList<string[]> rows) => new(
        "points", "places to look at; fill in reference", [
            .. SeenPoints.Columns.Select(
                c => new VectorField(c, c is "longitude" or "latitude" or "weight" ? typeof(double) : typeof(string), ""))],
        [.. rows.Select(row => ((object?[])[row[0], Number(row[1]), Number(row[2]), row[3], Number(row[4]), null],
            (IReadOnlyList<IReadOnlyList<double[]>>)[[[Number(row[1]), Number(row[2])]]]))],
        null)
    {
        IsPoints = true,
    };

    /// <summary>
    /// Both tables as one document: <c>{"accuracy": [{…}], "adjusted_areas": [{…}], "notes": […]}</c>, areas in km².
    /// </summary>
    public static void WriteJson(Stream stream, AccuracyResult result)
    {
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            foreach (ResultTable table in new[] { result.Accuracy, result.Areas })
            {
                json.WriteStartArray(table.Name);
                foreach (Row row in table.Rows)
                {
                    json.WriteStartObject();
                    foreach (Column column in table.Columns)
                    {
                        json.WritePropertyName(column.Name);
                        if (row[column] is double number)
                            json.WriteNumberValue(number);
                        else
                            json.WriteStringValue((string?)row[column]);
                    }

                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            json.WriteStartArray("notes");
            foreach (string note in result.Notes)
                json.WriteStringValue(note);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    /// <summary>Accuracy of the map and areas by what was seen, of each zone and group that has points.</summary>
    /// <param name="map">The map.</param>
    /// <param name="points">Table of points with the class that was seen.</param>
    /// <exception cref="LdnException">Exit 2 and 3: no class of that name, a point beyond the map, strata that do not
    /// fit.</exception>
    public static AccuracyResult Judge(ResultMap map, CsvTable points, CancellationToken cancellation)
    {
        IReadOnlyList<string> classes = map.Classes;
        Func<int, int> reduced = code => code - 1;
        string[] seen = [.. points.Rows.Select(r => points.Text(r, "reference").Trim()).Distinct()];
        if (classes.Count > 3 && seen.All(s => s is "degraded" or "stable" or "improved"))
        {
            // Seven classes of status are hard to tell on the ground: seen in three, the map is judged in three.
            reduced = code => (int)((Status)code).ThreeClass() - 1;
            classes = [Condition.Degraded.Name(), Condition.Stable.Name(), Condition.Improved.Name()];
        }

        PointRow[] all = [.. points.Rows.Select(row => Read(map, points, row, classes, reduced))];
        if (all.Length == 0)
            throw Fault.InputTable.Error($"{points.Name} has no point", "draw some with 'ldn sample-points'");
        return new AccuracyResult(
            map, classes, reduced, MappedAreas.Of(map, cancellation), SeenPoints.Strata(points, all, map.Zones));
    }

    /// <summary>Points of each zone and class; groups have none of their own, for their zones' make theirs.</summary>
    private static int[,] Wanted(ResultMap map, MappedAreas mapped, SampleWish wish)
    {
        int classes = map.Classes.Count;
        var wanted = new int[map.Zones.Count, classes];
        for (int zone = 0; zone < map.Zones.Count; zone++)
        {
            if (map.Zones[zone].Kind != "zone")
                continue;
            double[] weights = [.. Enumerable.Range(0, classes).Select(c => mapped.Share(zone, c))];
            double[] expected = [.. weights.Select(_ => wish.Expected)];
            double error = wish.HalfWidth / 100 / StratifiedEstimator.Z;
            int[] sizes = wish.PerStratum is { } each
                ? [.. weights.Select(_ => each)]
                : SampleSize.Allocate(weights, expected, SampleSize.Total(weights, expected, error, mapped.Cells(zone)));
            for (int c = 0; c < classes; c++)
                wanted[zone, c] = weights[c] > 0 ? sizes[c] : 0;
        }

        return wanted;
    }

    private static string[] Row(ResultMap map, MappedAreas mapped, SamplePoint point, ulong seed, int number)
    {
        (double longitude, double latitude) = map.Centre(point.Column, point.Row);
        int classes = map.Classes.Count;

        // Numbered in an order of their own, so that whoever looks does not read the map's class off the stratum.
        int rank = Enumerable.Range(1, classes).OrderBy(c => PointSample.Hash(seed, 3, point.Zone, c)).ToList()
            .IndexOf(point.Class) + 1;
        return
        [
            number.ToString(CultureInfo.InvariantCulture), Number(longitude, "F8"), Number(latitude, "F8"),
            $"{map.Zones[point.Zone].Id}-{rank}",
            Number(mapped.Share(point.Zone, point.Class - 1), "R"), "",
        ];

        static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static PointRow Read(
        ResultMap map, CsvTable points, CsvRow row, IReadOnlyList<string> classes, Func<int, int> reduced)
    {
        double longitude = points.Number(row, "longitude"), latitude = points.Number(row, "latitude");
        string seen = points.Text(row, "reference").Trim();
        int reference = classes.ToList().IndexOf(seen);
        if (reference < 0)
            throw points.Wrong(
                row, "reference", $"a class of the map ({string.Join(", ", classes)}){NearestName.Hint(seen, classes)}");
        double weight = SeenPoints.Weight(points, row);
        (int code, int[] zones) = map.At(longitude, latitude);
        if (code == 0 || zones.Length == 0)
        {
            throw Fault.Coverage.Error(
                FormattableString.Invariant($"{points.Name}, line {row.Line}: the map has no class at {longitude}, {latitude}"),
                "points must lie on classified land inside the zones: draw them with 'ldn sample-points' from this result");
        }

        return new PointRow(points.Text(row, "stratum"), weight, reduced(code), reference, zones, row);
    }
}

/// <summary>Cells and true area of each class of a map in each zone and group.</summary>
internal sealed class MappedAreas
{
    private readonly long[] _cells;
    private readonly UInt128[,] _areas;

    private MappedAreas(int zones, int classes) => (_cells, _areas) = (new long[zones], new UInt128[zones, classes]);

    /// <summary>Area of the largest cell, mm².</summary>
    public ulong LargestCell { get; private set; }

    public static MappedAreas Of(ResultMap map, CancellationToken cancellation)
    {
        var mapped = new MappedAreas(map.Zones.Count, map.Classes.Count);
        map.ForEach(
            (_, _, code, zones, area) =>
            {
                mapped.LargestCell = Math.Max(mapped.LargestCell, area);
                foreach (int zone in zones)
                {
                    mapped._cells[zone]++;
                    mapped._areas[zone, code - 1] += area;
                }
            },
            cancellation);
        return mapped;
    }

    /// <summary>Cells of a zone that have a class.</summary>
    public long Cells(int zone) => _cells[zone];

    /// <summary>Area of a class in a zone, mm².</summary>
    public UInt128 Area(int zone, int of) => _areas[zone, of];

    /// <summary>Area of all classes in a zone, mm².</summary>
    public UInt128 Area(int zone)
    {
        UInt128 sum = 0;
        for (int c = 0; c < _areas.GetLength(1); c++)
            sum += _areas[zone, c];
        return sum;
    }

    /// <summary>Share of a class in the classified area of a zone, 0…1.</summary>
    public double Share(int zone, int of) => Area(zone) == 0 ? 0 : (double)Area(zone, of) / (double)Area(zone);
}

using System.Globalization;
using System.Text.Json;
using Ldn.Counting;
using Ldn.Pass;
using Ldn.Zones;

namespace Ldn.Run.Shards;

/// <summary>
/// The tallies of a part as JSON and back: integers alone; those that may pass 2⁵³ as strings. Places are written as the members
/// they stand for and rows in their order, so that a part has the same bytes however it was computed.
/// </summary>
internal static class PassResultJson
{
    public static void Write(Utf8JsonWriter json, PassResult result, PlaceIndex index)
    {
        int[] places = [.. result.Tallies.SelectMany(t => t.Tally.Rows().Select(r => r.Place)).Distinct()
            .OrderBy(p => index.Members(p).ToArray(), Comparer<int[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b)))];
        Dictionary<int,
        int> numbers = places.Select((place, number) => (place, number)).ToDictionary(p => p.place, p => p.number);
        json.WriteStartArray("places");
        foreach (int place in places)
        {
            json.WriteStartArray();
            foreach (int member in index.Members(place))
                json.WriteNumberValue(member);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartObject("tallies");
        foreach ((string question, Tally tally) in result.Tallies)
            WriteTally(json, question, tally, numbers);
        json.WriteEndObject();
        json.WriteStartArray("raster_areas");
        foreach (Area[] areas in result.RasterAreas)
        {
            json.WriteStartArray();
            foreach (Area area in areas)
                json.WriteStringValue(Text(area.SquareMillimetres));
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("covered");
        foreach (bool covered in result.Covered)
            json.WriteBooleanValue(covered);
        json.WriteEndArray();
        foreach ((string name, UnmappedValues values) in result.Finds.All)
        {
            json.WriteStartArray(name);
            foreach ((int input, double value, long pixels, Area area) in values.Rows)
            {
                // A value by its bits: text would have to round.
                json.WriteStartArray();
                json.WriteNumberValue(input);
                json.WriteStringValue(Text(BitConverter.DoubleToUInt64Bits(value)));
                json.WriteNumberValue(pixels);
                json.WriteStringValue(Text(area.SquareMillimetres));
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }
    }

    /// <summary>Takes a part back, in the place numbers of this process.</summary>
    /// <exception cref="InvalidDataException">It is not a part of this plan.</exception>
    public static PassResult Read(JsonElement part, PassPlan plan, PlaceIndex index)
    {
        var result = PassResult.Empty(plan);
        try
        {
            int known = index.Count;
            int[] places = [
                .. part.GetProperty("places").EnumerateArray()
                    .Select(p => index.Intern([.. p.EnumerateArray().Select(m => m.GetInt32())]))];
            Dictionary<string, Tally> tallies = result.Tallies.ToDictionary(t => t.Question, t => t.Tally);
            JsonElement written = part.GetProperty("tallies");
            if (index.Count != known || written.EnumerateObject().Count() != tallies.Count)
                throw new InvalidDataException("its zones or questions are those of another run");
            foreach (JsonProperty tally in written.EnumerateObject())
                ReadTally(tally.Value, tallies[tally.Name], places);
            ReadRest(part, result);
        }
        catch (Exception e) when (SystemErrors.IsOfDamagedDocument(e))
        {
            throw new InvalidDataException($"it is no part of this run: {e.Message}", e);
        }

        return result;
    }

    private static void WriteTally(Utf8JsonWriter json, string question, Tally tally, Dictionary<int, int> numbers)
    {
        json.WriteStartObject(question);
        json.WriteNumber("sums", tally.SumCount);
        json.WriteStartArray("rows");
        foreach (TallyRow row in tally.Rows().OrderBy(r => numbers[r.Place]).ThenBy(r => r.Key))
        {
            json.WriteStartArray();
            json.WriteNumberValue(numbers[row.Place]);
            json.WriteStringValue(Text(row.Key));
            json.WriteNumberValue(row.Pixels);
            json.WriteStringValue(Text(row.Area.SquareMillimetres));
            foreach (Int128 sum in row.Sums.Span)
                json.WriteStringValue(Text(sum));
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void ReadTally(JsonElement written, Tally tally, int[] places)
    {
        if (written.GetProperty("sums").GetInt32() != tally.SumCount)
            throw new InvalidDataException("its sums are those of another run");
        var sums = new Int128[tally.SumCount];
        foreach (JsonElement row in written.GetProperty("rows").EnumerateArray())
        {
            for (int i = 0; i < sums.Length; i++)
                sums[i] = Int128.Parse(row[4 + i].GetString()!, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            tally.Add(
                places[row[0].GetInt32()], ulong.Parse(row[1].GetString()!, NumberStyles.None, CultureInfo.InvariantCulture),
                row[2].GetInt64(), AreaOf(row[3]), sums);
        }
    }

    private static void ReadRest(JsonElement part, PassResult result)
    {
        JsonElement areas = part.GetProperty("raster_areas"), covered = part.GetProperty("covered");
        if (areas.GetArrayLength() != result.RasterAreas.Length || covered.GetArrayLength() != result.Covered.Length)
            throw new InvalidDataException("its periods or inputs are those of another run");
        for (int p = 0; p < result.RasterAreas.Length; p++)
            for (int c = 0; c < result.RasterAreas[p].Length; c++)
                result.RasterAreas[p][c] = AreaOf(areas[p][c]);
        for (int i = 0; i < result.Covered.Length; i++)
            result.Covered[i] = covered[i].GetBoolean();
        foreach ((string name, UnmappedValues values) in result.Finds.All)
        {
            foreach (JsonElement row in part.GetProperty(name).EnumerateArray())
            {
                ulong bits = ulong.Parse(row[1].GetString()!, NumberStyles.None, CultureInfo.InvariantCulture);
                values.Add(row[0].GetInt32(), BitConverter.UInt64BitsToDouble(bits), row[2].GetInt64(), AreaOf(row[3]));
            }
        }
    }

    private static Area AreaOf(JsonElement text) =>
        new(Int128.Parse(text.GetString()!, NumberStyles.None, CultureInfo.InvariantCulture));

    private static string Text<T>(T number)
        where T : IFormattable => number.ToString(null, CultureInfo.InvariantCulture);
}

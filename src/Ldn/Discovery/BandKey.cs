using System.Globalization;
using System.Text.Json;

namespace Ldn.Discovery;

/// <summary>
/// Names of bands as Trends.Earth keeps them, in a JSON file beside the raster: a name and, in its metadata, the year or the
/// first and last year.
/// </summary>
internal static class BandKey
{
    private const long Largest = 64L << 20;

    /// <summary>
    /// The bands' names with their years; the raster's own where there is no such file or it tells of other bands.
    /// </summary>
    public static IReadOnlyList<string> Of(string path, IReadOnlyList<string> own)
    {
        string stem = Path.Combine(Path.GetDirectoryName(path) ?? "", Path.GetFileNameWithoutExtension(path));
        foreach (string file in new[] { stem + ".json", stem + "_band_key.json" }.Where(File.Exists))
        {
            try
            {
                using var key = JsonDocument.Parse(PlainFile.ReadBytes($"band key {file}", file, Fault.Input, Largest));
                if (Bands(key.RootElement) is { } bands && bands.GetArrayLength() == own.Count)
                    return [.. bands.EnumerateArray().Select(Name)];
            }
            catch (Exception e) when (e is JsonException or LdnException or InvalidOperationException)
            {
                // No key of bands after all.
            }
        }

        return own;
    }

    /// <summary>The first list called bands whose items have names, wherever it lies.</summary>
    private static JsonElement? Bands(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
            return element.EnumerateArray().Select(Bands).FirstOrDefault(b => b is not null);
        if (element.ValueKind != JsonValueKind.Object)
            return null;
        if (element.TryGetProperty("bands", out JsonElement bands) && bands.ValueKind == JsonValueKind.Array
            && bands.EnumerateArray().All(b => b.ValueKind == JsonValueKind.Object && b.TryGetProperty("name", out _)))
            return bands;
        return element.EnumerateObject().Select(p => Bands(p.Value)).FirstOrDefault(b => b is not null);
    }

    private static string Name(JsonElement band)
    {
        string name = band.GetProperty("name").GetString() ?? "";
        if (!band.TryGetProperty("metadata", out JsonElement about) || about.ValueKind != JsonValueKind.Object)
            return name;
        string? Year(string key) => about.TryGetProperty(key, out JsonElement year)
            ? year.ValueKind == JsonValueKind.Number ? year.GetInt32().ToString(CultureInfo.InvariantCulture) : year.GetString()
                : null;
        return Year("year") is { } one ? $"{name} {one}" : Year("year_initial") is { } first
            ? $"{name} {first}-{Year("year_final")}" : name;
    }
}

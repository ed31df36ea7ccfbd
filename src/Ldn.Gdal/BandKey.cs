using System.Globalization;
using System.Text.Json;

namespace Ldn.Gdal;

/// <summary>
/// What the bands of a Trends.Earth file are: it tells so in a JSON file beside the raster, <c>NAME_band_key.json</c> or
/// <c>NAME.json</c>, not in the raster.
/// </summary>
internal static class BandKey
{
    private const int LargestFile = 16 << 20;

    /// <summary>
    /// Name and years of each band, in order; null where no such file lies beside the raster, or it tells of another number of
    /// bands.
    /// </summary>
    public static string[]? Read(string raster, int bands)
    {
        if (!File.Exists(raster))
            return null;
        string stem = Path.ChangeExtension(raster, null);
        foreach (string file in new[] { stem + "_band_key.json", stem + ".json" })
        {
            try
            {
                if (FileFacts.Of(file) is not { Kind: FileKind.Regular, Bytes: < LargestFile })
                    continue;
                using JsonDocument key = JsonDocument.Parse(File.ReadAllBytes(file));
                if (Bands(key.RootElement) is { } list && list.GetArrayLength() == bands)
                    return [.. list.EnumerateArray().Select(Name)];
            }
            catch (Exception e) when (
                e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
            {
                // A file of that name that is something else: the bands stay without names.
            }
        }

        return null;
    }

    /// <summary>The list of bands: at the top of a band key, in the results of a whole job's file.</summary>
    private static JsonElement? Bands(JsonElement root) =>
        root.ValueKind != JsonValueKind.Object ? null
            : root.TryGetProperty("bands", out JsonElement bands) && bands.ValueKind == JsonValueKind.Array ? bands
            : root.TryGetProperty("results", out JsonElement results) ? Bands(results)
            : null;

    private static string Name(JsonElement band)
    {
        string name = band.TryGetProperty("name", out JsonElement text) ? text.GetString() ?? "" : "";
        if (!band.TryGetProperty("metadata", out JsonElement metadata) || metadata.ValueKind != JsonValueKind.Object)
            return name;
        string? Year(params string[] keys)
        {
            foreach (string key in keys)
                if (
                    metadata.TryGetProperty(key, out JsonElement year)
                        && year.ValueKind is JsonValueKind.Number or JsonValueKind.String)
                    return year.ValueKind == JsonValueKind.Number
                        ? year.GetDouble().ToString(CultureInfo.InvariantCulture)
                        : year.GetString();
            return null;
        }

        string? first = Year("year_initial", "year_bl_start", "deg_year_initial"),
        last = Year("year_final", "year_tg_end", "deg_year_final");
        string years = first is not null && last is not null ? $"{first}-{last}" : Year("year", "population_year") ?? "";
        return years.Length == 0 ? name : $"{name}, {years}";
    }
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ldn.Indicator;
using Ldn.Subjects;
using Ldn.Tables;

namespace Ldn.Run.TrendsEarth;

/// <summary>A correction and its polygons in longitude and latitude.</summary>
internal sealed record CorrectionShape(Correction Correction, IReadOnlyList<IReadOnlyList<double[]>> Polygons);

/// <summary>
/// The correction polygons of a period, each with what it recodes and what lies in it (trends-earth-package.md §5).
/// </summary>
internal static class ErrorRecode
{
    private const int MostReports = 2;

    private static readonly (string Key, ArchiveLayer Layer)[] s_stats =
    [
        ("sdg", ArchiveLayer.Indicator), ("land_productivity", ArchiveLayer.Productivity), ("land_cover", ArchiveLayer.LandCover),
        ("soil_organic_carbon", ArchiveLayer.SoilCarbon),
    ];

    public static void Write(Utf8JsonWriter json, RunStatistics run, int zone, IReadOnlyList<CorrectionShape> polygons)
    {
        json.WriteStartObject();
        AreaOfInterest.WriteHead(json, "error_recode");
        json.WriteStartArray("features");
        for (int i = 0; i < polygons.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("type", "Feature");
            json.WriteNumber("id", i);
            json.WriteStartObject("properties");
            WriteProperties(json, run, zone, polygons[i].Correction);
            json.WriteEndObject();
            json.WritePropertyName("geometry");
            AreaOfInterest.WriteGeometry(json, polygons[i].Polygons);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteProperties(Utf8JsonWriter json, RunStatistics run, int zone, Correction polygon)
    {
        var areas = s_stats.Select(s => ArchiveFigures.InPolygon(run, polygon, zone, s.Layer)).ToList();
        Int128 all = areas[0].Aggregate((Int128)0, (sum, area) => sum + area);
        json.WriteString("uuid", Uuid(polygon.Id));
        json.WriteStartArray("periods_affected");
        foreach (int period in polygon.Periods.Where(p => p <= MostReports).Order())
            json.WriteStringValue(ConditionSummary.PeriodName(period));
        json.WriteEndArray();
        json.WriteString("location_name", polygon.Id);
        json.WriteNumber("area_km_sq", (double)all / 1e12);
        json.WriteString("process_driving_change", polygon.Process);
        json.WriteString("basis_for_judgement", polygon.Basis.Length > 0 ? polygon.Basis : polygon.Justification);
        string[] keys = ["recode_deg_to", "recode_stable_to", "recode_imp_to"];
        for (int c = 0; c < keys.Length; c++)
        {
            if (polygon.To[c] is not { } to || (int)to == c + 1)
                json.WriteNull(keys[c]);
            else
                json.WriteNumber(keys[c], to == Condition.NoData ? ConditionEncoding.SignedNoData : ConditionEncoding.Signed(to));
        }

        json.WriteStartObject("stats");
        for (int s = 0; s < s_stats.Length; s++)
        {
            json.WriteStartObject(s_stats[s].Key);
            json.WriteNumber("area_ha", (double)all / 1e10);
            foreach ((string key, Condition condition) in new[]
                { ("degraded_pct", Condition.Degraded), ("stable_pct", Condition.Stable), ("improved_pct", Condition.Improved), ("nodata_pct", Condition.NoData) })
                json.WriteNumber(key, all == 0 ? 0 : (double)areas[s][(int)condition] / (double)all * 100);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>The id where it is a UUID, else the UUID (version 5, of the URL namespace) that follows from it.</summary>
    private static string Uuid(string id)
    {
        if (Guid.TryParseExact(id, "D", out Guid given))
            return given.ToString("D");
        ReadOnlySpan<byte> urls = [
            0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8];
#pragma warning disable CA5350 // A name in its standard's own form, no secret.
        byte[] hash = SHA1.HashData([.. urls, .. Encoding.UTF8.GetBytes("ldn:correction:" + id)]);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true).ToString("D");
    }
}

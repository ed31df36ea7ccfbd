using System.Text;
using System.Text.Json;
using Ldn.Reports;

namespace Ldn.Tests.Reports;

/// <summary>Small documents for the reports, written as summary.json and read as one.</summary>
internal static class Documents
{
    /// <summary>One period; each zone 100 km² land, of which 25 degraded, 50 stable, 15 improved, 10 without data.</summary>
    public static RunDocument Of(string name, params string[] zoneNames)
    {
        var summary = new StringBuilder();
        var headline = new StringBuilder();
        var sensitivity = new StringBuilder();
        for (int z = 0; z < zoneNames.Length; z++)
        {
            string id = $"Z{z}", text = JsonSerializer.Serialize(zoneNames[z]);
            foreach (string indicator in new[] { "sdg_15_3_1", "land_cover", "productivity", "soil_organic_carbon" })
                foreach ((string c, int area) in new[] { ("degraded", 25), ("stable", 50), ("improved", 15), ("no_data", 10), ("water", 5) })
                {
                    string land = c == "water" ? "null" : $"{area}.000000";
                    string valid = c is "water" or "no_data" ? "null" : (area / 90.0 * 100).ToString("F6", System.Globalization.CultureInfo.InvariantCulture);
                    summary.Append(summary.Length > 0 ? "," : "").Append(
                        $$"""{"zone_id":"{{id}}","zone_name":{{text}},"zone_kind":"zone","period":"baseline","indicator":"{{indicator}}","class":"{{c}}","pixels":{{area}},"area_km2":{{area}}.000000,"share_of_land_pct":{{land}},"share_of_valid_pct":{{valid}}}""");
                }

            headline.Append(z > 0 ? "," : "").Append(
                $$"""{"zone_id":"{{id}}","zone_name":{{text}},"zone_kind":"zone","period":"baseline","land_km2":100.000000,"valid_km2":90.000000,"water_km2":5.000000,"no_data_km2":10.000000,"degraded_km2":25.000000,"stable_km2":50.000000,"improved_km2":15.000000,"degraded_pct_of_land":25.000000,"degraded_pct_of_valid":27.777778,"no_data_pct":10.000000,"degraded_change_km2":null,"degraded_change_pct_of_land":null,"final_year_land_km2":100.000000,"degraded_pct_of_official_land":null}""");
            sensitivity.Append(z > 0 ? "," : "").Append(
                $$"""{"zone_id":"{{id}}","zone_kind":"zone","period":"baseline","rule":"missing","option":"strict","degraded_km2":25.000000,"stable_km2":50.000000,"improved_km2":15.000000,"no_data_km2":10.000000,"condition_degraded_km2":25.000000,"condition_stable_km2":50.000000,"condition_improved_km2":15.000000,"condition_no_data_km2":10.000000}""");
        }

        string json = $$"""
            {"schema_version":1,"name":{{JsonSerializer.Serialize(name)}},"indicator":"SDG 15.3.1","sub_indicators":["land_cover","productivity","soil_organic_carbon"],
            "partial":false,"notes":["a note with <b>markup</b>"],"rules":{"missing":"strict","soc_inclusive":false},
            "periods":[{"id":"baseline","land_cover":"2000-2015"}],
            "tables":{"summary":[{{summary}}],"headline":[{{headline}}],"sensitivity":[{{sensitivity}}],
            "unheard_of":[{"what":"=1+1","share_pct":1.500000,"some_km2":2.250000,"count":3,"mean":0.125000}]} }
            """;
        string prais = $$"""
            {"schema_version":1,"name":"x","notes":[],"tables":{
            "SO1-4.T2":{"title":"Degraded land","rows":[{"zone_id":{{JsonSerializer.Serialize(zoneNames[0])}},"year":2015,"degraded_km2":25.000000,"degraded_pct":25.000000},{"zone_id":"b","year":2019,"degraded_km2":null,"degraded_pct":null}]},
            "SO1-4.T3":{"title":"False positives and negatives","rows":[]},
            "SO1-1.T2":{"title":"Legend","rows":[{"code":10,"name":"Cropland"}]} } }
            """;
        return RunDocument.Parse(Encoding.UTF8.GetBytes(json), [new DocumentInput("land cover 2000", "a<b>.tif", 12, "00ff")], "ldn 0", Encoding.UTF8.GetBytes(prais));
    }
}

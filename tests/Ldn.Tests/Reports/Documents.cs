using System.Text;
using System.Text.Json;
using Ldn.Reports;
using Ldn.Subjects;

namespace Ldn.Tests.Reports;

/// <summary>Small documents for the reports, written as summary.json and read as one.</summary>
internal static class Documents
{
    /// <summary>One period; each zone 100 km² land, of which 25 degraded, 50 stable, 15 improved, 10 without data.</summary>
    public static RunDocument Of(string name, params string[] zoneNames) => With(name, "", zoneNames);

    /// <summary>The same with carbon, land types and targets of the first zone, Z0.</summary>
    public static RunDocument WithNeutrality() => With("x", """
        ,"soc_by_land_cover":[
        {"zone_id":"Z0","zone_kind":"zone","year":2000,"land_cover":"10","land_cover_year":2000,"pixels":1,"area_km2":1.000000,"soc_area_km2":1.000000,"soc_t":5000.000000,"soc_t_per_ha":50.000000,"unccd":3},
        {"zone_id":"Z0","zone_kind":"zone","year":2000,"land_cover":"20","land_cover_year":2000,"pixels":1,"area_km2":3.000000,"soc_area_km2":3.000000,"soc_t":27000.000000,"soc_t_per_ha":90.000000,"unccd":3},
        {"zone_id":"Z0","zone_kind":"zone","year":2015,"land_cover":"10","land_cover_year":2015,"pixels":1,"area_km2":1.000000,"soc_area_km2":1.000000,"soc_t":4040.000000,"soc_t_per_ha":40.400000,"unccd":3},
        {"zone_id":"Z0","zone_kind":"zone","year":2015,"land_cover":"no_data","land_cover_year":2015,"pixels":1,"area_km2":1.000000,"soc_area_km2":1.000000,"soc_t":999.000000,"soc_t_per_ha":9.990000,"unccd":null}],
        "neutrality":[
        {"zone_id":"Z0","zone_kind":"zone","period":"baseline","land_type":"1","gains_km2":30.000000,"losses_km2":10.000000,"delta_km2":20.000000,"neutral":"yes","land_km2":50.000000,"no_data_km2":0.000000,"land_type_name":"Steppe <wide>"},
        {"zone_id":"Z0","zone_kind":"zone","period":"baseline","land_type":"2","gains_km2":1.000000,"losses_km2":2.000000,"delta_km2":-1.000000,"neutral":"no","land_km2":50.000000,"no_data_km2":0.000000,"land_type_name":""},
        {"zone_id":"Z0","zone_kind":"zone","period":"baseline","land_type":"untyped","gains_km2":0.000000,"losses_km2":0.000000,"delta_km2":0.000000,"neutral":"","land_km2":5.000000,"no_data_km2":0.000000,"land_type_name":""},
        {"zone_id":"Z0","zone_kind":"zone","period":"baseline","land_type":"all","gains_km2":31.000000,"losses_km2":12.000000,"delta_km2":19.000000,"neutral":"no","land_km2":105.000000,"no_data_km2":0.000000,"land_type_name":""}],
        "targets":[
        {"id":"T1","zone_id":"Z0","text":"Less than a tenth","metric":"degraded_pct","comparator":"<=","value":10.000000,"year":2030,"baseline_year":2015,"baseline":25.000000,"latest_year":2023,"latest":27.500000,"projected":29.687500,"verdict":"off_track","reason":""},
        {"id":"T2","zone_id":"Z0","text":"","metric":"category_km2:sand:1","comparator":">=","value":27000.000000,"year":2030,"baseline_year":null,"baseline":null,"latest_year":null,"latest":null,"projected":null,"verdict":"not_assessable","reason":"no layer of that name"}]
        """, "Land", "Other");

    /// <summary>
    /// The same with other tables: <paramref name="tables"/> is what stands in summary.json, each as "name":[rows].
    /// </summary>
    public static RunDocument WithTables(string tables) => With("x", "," + tables, "Land", "Other");

    private static RunDocument With(string name, string more, params string[] zoneNames)
    {
        var summary = new StringBuilder();
        var headline = new StringBuilder();
        var sensitivity = new StringBuilder();
        for (int z = 0; z < zoneNames.Length; z++)
        {
            string id = $"Z{z}", text = JsonSerializer.Serialize(zoneNames[z]);
            foreach (string indicator in new[] { "sdg_15_3_1", "land_cover", "productivity", "soil_organic_carbon" })
                foreach (
                    (string c, int area) in new[]
                    {
                        ("degraded", 25), ("stable", 50), ("improved", 15), ("no_data", 10), ("water", 5)
                    })
                {
                    string land = c == "water" ? "null" : $"{area}.000000";
                    string valid = c is "water" or "no_data"
                        ? "null"
                        : (area / 90.0 * 100).ToString("F6", System.Globalization.CultureInfo.InvariantCulture);
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
            "unheard_of":[{"what":"=1+1","share_pct":1.500000,"some_km2":2.250000,"count":3,"mean":0.125000}]{{more}} } }
            """;
        string prais = $$"""
            {"schema_version":1,"name":"x","notes":[],"tables":{
            "SO1-4.T2":{"title":"Degraded land","rows":[{"zone_id":{{JsonSerializer.Serialize(zoneNames[0])}},"year":2015,"degraded_km2":25.000000,"degraded_pct":25.000000},{"zone_id":"b","year":2019,"degraded_km2":null,"degraded_pct":null}]},
            "SO1-4.T3":{"title":"False positives and negatives","rows":[]},
            "SO1-1.T2":{"title":"Legend","rows":[{"code":10,"name":"Cropland"}]} } }
            """;
        return RunDocument.Parse(
            Encoding.UTF8.GetBytes(json), [new DocumentInput("land cover 2000", "a<b>.tif", 12, "00ff")], "ldn 0",
            AllSubjects.Kinds(), Encoding.UTF8.GetBytes(prais));
    }
}

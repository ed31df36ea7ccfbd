using System.Text;

namespace Ldn.Samples;

/// <summary>The text files beside the sample's rasters.</summary>
internal static class SampleFiles
{
    public const string Job = "job.json";

    /// <summary>Writes zones, groups, the note and, last, the job.</summary>
    public static void Write(string directory, SampleOptions options)
    {
        File.WriteAllBytes(Path.Combine(directory, "countries.geojson"), SampleCountries.GeoJson());
        Save(directory, "groups.csv", Groups);
        Save(directory, "README.txt", Note(options));
        Save(directory, Job, options.BaselineOnly ? BaselineJob : FullJob);
    }

    private static void Save(string directory, string name, string text) =>
        File.WriteAllText(Path.Combine(directory, name), text, new UTF8Encoding(false));

    private static string Note(SampleOptions options) => $"""
        SYNTHETIC DATA - INVENTED FIGURES

        The rasters of this folder were made by a program (ldn sample --width {options.Width} --height {options.Height} --seed {options.Seed}).
        Land cover, productivity, soil carbon, aridity, population, land types and climate zones are noise
        shaped to look plausible. They say nothing about any real place; never report from them.

        Only the outlines in countries.geojson are real: Natural Earth, 1:50 million, public domain.
        They imply no opinion on the status of any territory.

        Compute them with: ldn compute {Job} --out result

        """;

    private const string Groups = """
        group_id,group_name,zone_id
        north-east-asia,North-East Asia,CHN
        north-east-asia,North-East Asia,PRK
        north-east-asia,North-East Asia,JPN
        north-east-asia,North-East Asia,MNG
        north-east-asia,North-East Asia,KOR
        north-east-asia,North-East Asia,RUS

        """;

    private const string FullJob = """
        {
          "name": "Synthetic North-East Asia, 2026 cycle",
          "preset": "unccd-2026",
          "landCover": {
            "legend": "esa-cci",
            "years": { "2000": "lc2000.tif", "2015": "lc2015.tif", "2016": "lc2016.tif", "2019": "lc2019.tif", "2022": "lc2022.tif" },
            "standIns": { "2023": 2022 }
          },
          "productivity": {
            "kind": "lpd",
            "periods": { "baseline": "lpd2015.tif", "report_1": "lpd2019.tif", "report_2": "lpd2023.tif" }
          },
          "soilCarbon": {
            "kind": "stocks",
            "years": { "2000": "soc2000.tif", "2015": "soc2015.tif", "2019": "soc2019.tif", "2023": "soc2023.tif" },
            "standIns": { "2016": 2015 }
          },
          "zones": [ { "file": "countries.geojson", "id": "iso3", "name": "name", "groups": "groups.csv" } ],
          "strata": {
            "landTypes": [ "land_types.tif" ],
            "aridity": "aridity.tif",
            "population": { "2015": { "female": "population_female_2015.tif", "male": "population_male_2015.tif" } }
          }
        }

        """;

    private const string BaselineJob = """
        {
          "name": "Synthetic North-East Asia, baseline",
          "periods": { "baseline": { "landCover": [2000, 2015], "soilCarbon": [2000, 2015], "productivity": [2000, 2015] } },
          "landCover": { "legend": "esa-cci", "years": { "2000": "lc2000.tif", "2015": "lc2015.tif" } },
          "productivity": { "kind": "lpd", "periods": { "baseline": "lpd2015.tif" } },
          "soilCarbon": { "kind": "stocks", "years": { "2000": "soc2000.tif", "2015": "soc2015.tif" } },
          "zones": [ { "file": "countries.geojson", "id": "iso3", "name": "name", "groups": "groups.csv" } ]
        }

        """;
}

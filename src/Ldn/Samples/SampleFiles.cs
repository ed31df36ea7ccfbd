using System.Globalization;
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
        if (!options.BaselineOnly)
        {
            Save(directory, "targets.csv", Targets);
            Save(directory, "land_type_names.csv", LandTypes());
            Save(directory, "climate_zone_names.csv", ClimateZones);
        }

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

    /// <summary>Codes of <see cref="SampleStrata.LandType"/>: each belt on low and on high ground.</summary>
    private static string LandTypes() => "code,name\n" + string.Concat(Enum.GetValues<Biome>().Select(biome =>
    {
        int low = 1 + ((int)biome * 2);
        string belt = biome.ToString().ToLowerInvariant();
        return string.Create(CultureInfo.InvariantCulture, $"{low},{belt} on low ground\n{low + 1},{belt} on high ground\n");
    }));

    /// <summary>IPCC climate zones by the codes of method §5.</summary>
    private const string ClimateZones = """
        code,name
        1,warm temperate moist
        2,warm temperate dry
        3,cool temperate moist
        4,cool temperate dry
        5,polar moist
        6,polar dry
        7,boreal moist
        8,boreal dry
        9,tropical montane
        10,tropical wet
        11,tropical moist
        12,tropical dry

        """;

    /// <summary>Of the shape that national targets have; the figures are invented like the data.</summary>
    private const string Targets = """
        id,zone_id,text,metric,comparator,value,year
        CHN-1,CHN,Synthetic: forest cover of 26 % of the land,land_cover_pct:unccd-1,>=,26,2035
        CHN-2,CHN,Synthetic: no net loss of land,net_km2,>=,0,2030
        CHN-3,CHN,Synthetic: 60000 km2 of sandy land newly treated,category_km2:sandy_land:2,>=,60000,2030
        CHN-4,CHN,Synthetic: vegetation cover of grassland of 60 %,mean:vegetation_cover:unccd-2,>=,60,2035
        MNG-1,MNG,Synthetic: degraded land below 20 % of the land,degraded_pct,<=,20,2030
        MNG-2,MNG,Synthetic: forest of 100000 km2,land_cover_km2:unccd-1,>=,100000,2030
        MNG-3,MNG,Synthetic: soil carbon kept above 8 billion t,soc_t,>=,8000000000,2030
        MNG-4,MNG,Synthetic: 5000 km2 of desertified land under restoration,activity_km2:restoration,>=,5000,2030
        RUS-1,RUS,Synthetic: cropland of 1200000 km2 kept,land_cover_km2:unccd-3,>=,1200000,2030
        RUS-2,RUS,Synthetic: wetlands not below 1000000 km2,land_cover_km2:unccd-4,>=,1000000,2030
        RUS-3,RUS,Synthetic: declining productivity on less than 5 % of the land,lpd_pct:1,<,5,2030
        NEA-1,north-east-asia,Synthetic: less degraded land than 4000000 km2 in the region,degraded_km2,<,4000000,2030

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
            "landTypes": [ { "file": "land_types.tif", "classes": "land_type_names.csv" } ],
            "hotspots": { "cellKm": 200 },
            "severity": "default",
            "climate": true,
            "aridity": "aridity.tif",
            "categories": [ { "file": "climate_zones.tif", "classes": "climate_zone_names.csv" } ],
            "population": { "2015": { "female": "population_female_2015.tif", "male": "population_male_2015.tif" } }
          },
          "targets": "targets.csv"
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

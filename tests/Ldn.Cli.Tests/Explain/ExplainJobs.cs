using System.Globalization;
using Ldn.Rasters;

namespace Ldn.Cli.Tests.Explain;

/// <summary>
/// Small inputs of every kind over 40 × 30 cells, and jobs of every kind over them; a test runs one and asks its cells.
/// </summary>
internal sealed class ExplainJobs : IDisposable
{
    public const int Width = 40, Height = 30, First = 2000, Last = 2019;

    private static readonly (string Name, string Job)[] s_jobs =
    [
        ("lpd", $$"""
            { {{Periods}}, {{Covers}}, "productivity": { "kind": "lpd", "periods": { "baseline": "lpd0.tif",
              "report_1": "lpd1.tif" } }, {{Stocks}},
              {{Zones}}, "corrections": "fixes.geojson", "strata": { "landTypes": ["types.tif"] } }
            """),
        ("condition, change, regions, signed", $$"""
            { {{Periods}}, "landCover": { "legend": "unccd-7", "years": {{CoverYears}},
              "regions": { "zones": "regions.geojson", "matrices": "regions.csv" } },
              "productivity": { "kind": "condition", "periods": { "baseline": "condition0.tif",
              "report_1": "condition1.tif" } },
              "soilCarbon": { "kind": "change", "periods": { "baseline": "change0.tif", "report_1": "change1.tif" } },
              {{Zones}}, "rules": { "missing": "available", "socInclusive": true }, "outputs": { "encoding": "signed" } }
            """),
        ("parts, coarse soil, mode", $$"""
            { {{Periods}}, "landCover": { "legend": "unccd-7", "years": { "2000": "fine0.tif", "2015": "fine1.tif",
              "2019": "fine2.tif" } },
              "productivity": { "kind": "parts", "periods": {
                "baseline": { "trend": "condition0.tif", "state": "condition1.tif", "performance": "performance.tif" },
                "report_1": { "trend": "condition1.tif", "state": "condition0.tif", "performance": "performance.tif" } } },
              "soilCarbon": { "kind": "stocks", "years": { "2000": "coarse0.tif", "2015": "coarse1.tif",
              "2019": "coarse2.tif" } },
              {{Zones}}, "corrections": "fixes.geojson",
              "rules": { "missing": "precautionary", "lpdTable": "gpg-v1" }, "grid": { "like": "productivity",
              "resampling": { "landCover": "mode", "soilCarbon": "nearest" } } }
            """),
        ("series and reference", $$"""
            { {{Periods}}, {{Covers}}, "productivity": { {{Series}}, "units": ["units.tif", "types.tif"] },
              "soilCarbon": { "kind": "reference", "reference": "soc0.tif", "referenceYear": 2000,
              "climateZones": "climate.tif", "management": "management.tif",
              "organic": { "mask": "wetland", "factors": "zoned.csv", "fires": { "2010": "fire.tif" } } },
              {{Zones}}, "corrections": "fixes.geojson" }
            """),
        ("fao-wocat", $$"""
            { {{Periods}}, {{Covers}}, "productivity": { {{Series}}, "lpdMethod": "fao-wocat" },
              "soilCarbon": { "kind": "reference", "reference": "soc0.tif", "referenceYear": 2000, "factor": 0.7,
              "placement": "start" }, {{Zones}} }
            """),
        ("restrend, theil-sen, zscore, whole run", $$"""
            { {{Periods}}, {{Covers}}, "productivity": { {{Series}}, "units": ["units.tif"], "method": "restrend",
              "climate": {{Years("rain{0}.tif")}},
              "slope": "theil-sen", "state": "zscore", "performanceScope": "run", "minYears": 10 }, {{Stocks}},
              "rules": { "missing": "available", "lpdTable": "gpg-v2" } }
            """),
        ("trends-earth", $$"""
            { {{Periods}}, {{Covers}}, "productivity": { {{Series}}, "units": ["units.tif"] }, {{Stocks}}, {{Zones}},
              "rules": { "profile": "trends-earth" }, "grid": { "like": "landCover" } }
            """),
        ("water mask, without land cover", $$"""
            { {{Periods}}, "without": ["land-cover"], "water": "water.tif", "productivity": { "kind": "lpd",
              "periods": { "baseline": "lpd0.tif", "report_1": "lpd1.tif" } }, {{Stocks}}, {{Zones}} }
            """),
        ("by region", $$"""
            { {{Periods}}, {{Covers}}, "productivity": { "kind": "lpd", "periods": { "baseline": "lpd0.tif",
              "report_1": "lpd1.tif" } },
              "soilCarbon": { "kind": "reference", "reference": "soc0.tif", "referenceYear": 2000,
              "climateZones": "climate.tif" }, {{Zones}}, "corrections": "fixes.geojson",
              "regions": { "zones": "regions.geojson", "id": "region", "define": {
                "west": { "landCover": { "matrix": "bad.csv" }, "soilCarbon": { "factor": 0.7, "placement": "start",
                  "organic": { "mask": "types.tif", "factors": "peat.csv", "fires": { "2004": "fire.tif" } } },
                  "rules": { "socThreshold": 3 } },
                "east": { "productivity": { "kind": "condition", "periods": { "baseline": "condition0.tif",
                  "report_1": "condition1.tif" } } } } } }
            """),
        ("series by region", $$"""
            { {{Periods}}, {{Covers}}, "productivity": { {{Series}}, "units": ["units.tif", "types.tif"] }, {{Stocks}}, {{Zones}},
              "corrections": "fixes.geojson", "regions": { "zones": "regions.geojson", "id": "region", "define": {
                "west": { "productivity": { "slope": "theil-sen", "state": "zscore", "units": ["units.tif"] },
                  "rules": { "lpdTable": "gpg-v1" } },
                "east": { "rules": { "socThreshold": 3 } } } } }
            """),
        ("zones in layers", $$"""
            { {{Periods}}, {{Covers}}, "productivity": { "kind": "lpd", "periods": { "baseline": "lpd0.tif",
              "report_1": "lpd1.tif" } }, {{Stocks}}, "corrections": "fixes.geojson",
              "zones": [ { "file": "regions.geojson", "id": "region" }, { "file": "units.tif" },
                { "file": "zones.geojson", "id": "id", "name": "id", "groups": "groups.csv" } ],
              "total": { "id": "all", "name": "Everything" } }
            """),
        ("another system", $$"""
            { {{Periods}}, {{Covers}}, "productivity": { "kind": "lpd", "periods": { "baseline": "metres0.tif",
              "report_1": "metres1.tif" } }, {{Stocks}},
              {{Zones}}, "corrections": "fixes.geojson", "grid": { "like": "productivity" } }
            """),
    ];

    private const string Periods = """
        "name": "cells", "periods": { "baseline": { "landCover": [2000, 2015], "soilCarbon": [2000, 2015],
              "productivity": [2000, 2015] },
          "report_1": { "landCover": [2015, 2019], "soilCarbon": [2015, 2019], "productivity": [2004, 2019] } }
        """;

    private const string CoverYears = """{ "2000": "lc0.tif", "2015": "lc1.tif", "2019": "lc2.tif" }""";

    private const string Covers = $$"""
        "landCover": { "legend": "unccd-7", "years": {{CoverYears}} }
        """;

    private const string Stocks = """
        "soilCarbon": { "kind": "stocks", "years": { "2000": "soc0.tif", "2015": "soc1.tif", "2019": "soc2.tif" } }
        """;

    private const string Zones = """
        "zones": [ { "file": "zones.geojson", "id": "id" } ]
        """;

    private static string Series => $$"""
        "kind": "series", "years": {{Years("y{0}.tif")}}, "periods": { "baseline": [2000, 2015],
              "report_1": [2004, 2019] }, "scale": 0.0001
        """;

    public ExplainJobs()
    {
        Grid grid = Workspace.Grid(Width, Height, 100, 50, 0.1), fine = Workspace.Grid(2 * Width, 2 * Height, 100, 50, 0.05);
        Grid coarse = Workspace.Grid(Width / 3, Height / 2, 100, 50, 0.3),
        metres = Workspace.Grid(60, 50, 9_700_000, 5_700_000, 6000, "EPSG:6933");
        for (int i = 0; i < 3; i++)
        {
            Write(
                $"lc{i}.tif", grid, CellType.Byte, 0,
                (c, r, h) => c < 4 ? 7 : h % 7 == 0 ? 0 : h % (3 + i) == 0 ? 1 + (h % 6) : 1 + ((c / 3) % 6), 7 * i);
            Write($"soc{i}.tif", grid, CellType.Int16, -32768, (_, _, h) => h % 11 == 0 ? -32768 : 90 + (h % 27), 5 * i);
            Write($"fine{i}.tif", fine, CellType.Byte, 0, (c, _, h) => c < 4 ? 7 : h % 5 == 0 ? 0 : 1 + (h % 3), i);
            Write($"coarse{i}.tif", coarse, CellType.Float32, -1, (_, _, h) => h % 9 == 0 ? -1 : 80 + (h % 40), i);
            if (i == 2)
                break;
            Write($"lpd{i}.tif", grid, CellType.Byte, 0, (_, _, h) => h % 6, 3 + i);
            Write($"metres{i}.tif", metres, CellType.Byte, 0, (_, _, h) => h % 6, 3 + i);
            Write($"condition{i}.tif", grid, CellType.Int16, -32768, (_, _, h) => h % 8 == 0 ? -32768 : (h % 3) - 1, 13 + i);
            Write($"change{i}.tif", grid, CellType.Float32, -9999, (_, _, h) => h % 9 == 0 ? -9999 : ((h % 9) - 4) * 5, 17 + i);
        }

        foreach (int year in AllYears)
        {
            Write($"y{year}.tif", grid, CellType.UInt16, 65535, (c, r, h) => h % 10 == 0 || r == Height - 1 ? 65535
                : (c % 2 == 0 ? 2500 : 6000) + (((c % 5) - 2) * 60 * (year - First)) + (h % 900), year);
            Write(
                $"rain{year}.tif", grid, CellType.Float32, -1, (c, _, h) => h % 23 == 0 ? -1 : 300 + (10 * (c % 7)) + (h % 80),
                3 * year);
        }

        Write("performance.tif", grid, CellType.Byte, 0, (_, _, h) => h % 3, 19);
        Write("units.tif", grid, CellType.Byte, 255, (c, r, _) => r == 3 ? 255 : c / 7, 0);
        Write("types.tif", grid, CellType.Byte, 0, (_, r, _) => r / 9, 0);
        Write("climate.tif", grid, CellType.Byte, 0, (_, _, h) => h % 13, 23);
        Write("management.tif", grid, CellType.Float32, -1, (_, _, h) => h % 7 == 0 ? -1 : 0.8 + (h % 5 / 10.0), 29);
        Write("water.tif", grid, CellType.Byte, 255, (c, _, _) => c < 6 ? 1 : 0, 0);
        Work.Zones("zones.geojson",
            [("\"id\":\"W\"", Workspace.Rectangle(100, 47.2, 102, 50)),
                ("\"id\":\"E\"", Workspace.Rectangle(102, 47, 103.7, 50))]);
        Work.Zones("regions.geojson",
            [("\"region\":\"west\"", Workspace.Rectangle(100, 47, 101.5, 50)),
                ("\"region\":\"east\"", Workspace.Rectangle(101.5, 47, 104, 50))]);
        Write("fire.tif", grid, CellType.Float32, -1, (_, _, h) => h % 5 == 0 ? -1 : h % 41 == 0 ? 500 : h % 4, 31);
        Work.Text("peat.csv", "land_cover,climate_zone,t_c_per_ha_year\n1,,0.5\n3,,2.25\n4,,0.75\n");
        Work.Text("zoned.csv", "land_cover,climate_zone,t_c_per_ha_year\n3,2,5\n3,,2\n4,,-0.25\n4,7,1\n");
        Work.Text("groups.csv", "group_id,group_name,zone_id\nG,Both,W\nG,Both,E\nM,Mixed,W\nM,Mixed,west\nM,Mixed,3\n");
        Work.Text("regions.csv", "region,matrix\nwest,bad.csv\neast,good.csv\n");
        Work.Text("bad.csv", Matrix("-1"));
        Work.Text("good.csv", Matrix("1"));
        Work.Zones("fixes.geojson",
        [
            (Fix("A", "baseline", "stable", "", ""), Workspace.Rectangle(100.5, 48, 102.5, 49.5)),
            (Fix("B", "baseline;report_1", "", "degraded", "no_data"), Workspace.Rectangle(101.5, 47.5, 103, 49)),
            (Fix("C", "report_1", "improved", "", "", "productivity"), Workspace.Rectangle(101, 47, 103, 48.5)),
        ]);
    }

    public static IEnumerable<string> Names => s_jobs.Select(j => j.Name);

    public Workspace Work { get; } = new();

    private static IEnumerable<int> AllYears => Enumerable.Range(First, Last - First + 1);

    /// <summary>Computes a job with every raster and returns the folder of its result.</summary>
    public string Run(string name, params string[] more)
    {
        Work.Text("job.json", s_jobs.First(j => j.Name == name).Job);
        string folder = Work["result"];
        Assert.That(
            CommandLine.Run(AllVerbs.InOrder,
            [
                "compute", Work["job.json"], "--out", folder, "--rasters", "indicator,sub-indicators,status,parts", "--tables",
                "csv,gpkg", "--quiet", "--overwrite", .. more,
            ]), Is.Zero, name);
        return folder;
    }

    public void Dispose() => Work.Dispose();

    private static string Years(string format) =>
        "{" + string.Join(
            ',', AllYears.Select(y => $"\"{y}\": \"{string.Format(CultureInfo.InvariantCulture, format, y)}\"")) + "}";

    private static string Fix(
        string id, string periods, string degraded, string stable, string improved, string layer = "indicator") =>
        $"\"id\":\"{id}\",\"periods\":\"{periods}\",\"degraded_to\":\"{degraded}\","
            + $"\"stable_to\":\"{stable}\",\"improved_to\":\"{improved}\","
            + $"\"layer\":\"{layer}\",\"justification\":\"seen\",\"process\":\"\",\"basis\":\"\"";

    private static string Matrix(string cell)
    {
        int[] codes = [1, 2, 3, 4, 5, 6, 7];
        return $"from,{string.Join(',', codes)}\n" + string.Concat(
            codes.Select(f => $"{f},{string.Join(',', codes.Select(t => f == t ? "0" : cell))}\n"));
    }

    private void Write(string name, Grid grid, CellType type, double noData, Func<int, int, int, double> value, int seed) =>
        Work.Raster(name, grid, type, [.. Enumerable.Range(0, grid.Width * grid.Height).Select(i =>
        {
            (int r, int c) = Math.DivRem(i, grid.Width);
            uint hash = unchecked((uint)((c * 73856093) ^ (r * 19349663) ^ ((seed + 1) * 83492791)));
            hash = unchecked((hash ^ (hash >> 13)) * 0x5bd1e995);
            return value(c, r, (int)((hash ^ (hash >> 15)) & 0x7fffffff));
        })], noData);
}

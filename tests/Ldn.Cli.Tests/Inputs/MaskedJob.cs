using Ldn.Rasters;

namespace Ldn.Cli.Tests.Inputs;

/// <summary>A raster of a job; in its hole it is <paramref name="Value"/>, elsewhere <c>Else</c> where that is another.</summary>
internal sealed record MaskedLayer(string File, CellType Type, Func<int, int, double> Value)
{
    public bool Masked { get; init; } = true;

    public Func<int, int, double> Else { get; init; } = Value;

    public double NoData => Type switch
    {
        CellType.Byte => 255,
        CellType.UInt16 => 65535,
        CellType.Int16 => -32768,
        _ => -9999,
    };
}

/// <summary>A job of <see cref="MaskMatrixTests"/>: every layer that a job can name is in one of them.</summary>
internal sealed record MaskedJob(string Name, string Text, params MaskedLayer[] Layers)
{
    public string Verb { get; init; } = "compute";

    /// <summary>Flags of the stages of a shard: two where units of productivity are compared over the run.</summary>
    public string[][] Stages { get; init; } = [[]];

    public static IEnumerable<MaskedJob> All()
    {
        Func<int, int, double> condition = (c, r) => ((c + r) % 3) - 1, cover = (c, r) => 1 + ((c + (r / 2)) % 6),
            stock = (c, r) => 60 + ((c * 7) + r) % 50, few = (c, r) => 1 + ((c + (r / 3)) % 3);
        const string Periods = """
            "baseline": { "landCover": [2000, 2015], "productivity": [2000, 2015], "soilCarbon": [2000, 2015] }
            """;
        yield return new("strata", $$"""
            {
              "periods": { {{Periods}},
                "report_1": { "landCover": [2000, 2015], "productivity": [2004, 2019], "soilCarbon": [2000, 2015] } },
              "landCover": { "legend": "unccd-7", "years": { "2000": "lc0.tif", "2015": "lc1.tif" },
                "regions": { "zones": "matrices.tif", "matrices": "../matrices.csv", "outside": "default" } },
              "productivity": { "kind": "lpd", "periods": { "baseline": "lpd.tif", "report_1": "../full/later.tif" } },
              "soilCarbon": { "kind": "stocks", "years": { "2000": "soc0.tif", "2015": "soc1.tif" } },
              "zones": [ { "file": "../zones.geojson", "id": "iso3" } ],
              "strata": { "landTypes": [ "types.tif" ], "aridity": "aridity.tif", "risk": "risk.tif",
                "population": { "2015": { "female": "women.tif", "male": "men.tif" } }, "drought": { "2010": "spi.tif" },
                "drivers": [ { "file": "rain.tif", "quantum": 0.1 }, { "file": "sheep.tif", "kind": "count" },
                  { "file": "slope.tif", "resampling": "average" } ],
                "categories": [ { "file": "kinds.tif", "name": "kind" } ],
                "vulnerability": { "ready": { "2010": "ready.tif" } } },
              "uncertainty": { "soilError": { "initial": "e0.tif", "final": "e1.tif" },
                "products": { "other": { "periods": { "baseline": "lpd2.tif", "report_1": "../full/later.tif" } } } },
              "outputs": { "rasters": [ "indicator", "sub-indicators" ], "tables": [ "csv" ] }
            }
            """,
            new("lc0.tif", CellType.Byte, cover), new("lc1.tif", CellType.Byte, (c, r) => r % 5 == 0 ? few(c, r) : cover(c, r)),
            new("matrices.tif", CellType.Byte, (c, _) => 1 + (c / 4)), new("lpd.tif", CellType.Byte, (c, r) => 1 + ((c + r) % 5)),
            new("soc0.tif", CellType.Int16, stock), new("soc1.tif", CellType.Float32, (c, r) => stock(c, r) * (0.8 + (0.05 * c))),
            new("types.tif", CellType.UInt16, few), new("aridity.tif", CellType.Float32, (c, r) => 0.1 * (1 + ((c + r) % 7))),
            new("risk.tif", CellType.Byte, (_, _) => 1), new("women.tif", CellType.Float32, (c, r) => 3 + c),
            new("men.tif", CellType.Float64, (c, r) => 2 + c), new("spi.tif", CellType.Float32, (c, r) => (c - 6) / 2.5),
            new("rain.tif", CellType.Float32, stock), new("sheep.tif", CellType.UInt16, stock),
            new("slope.tif", CellType.Float32, stock), new("kinds.tif", CellType.Int32, few),
            new("ready.tif", CellType.Float32, (c, _) => 0.1 * (1 + c)), new("e0.tif", CellType.Float32, (_, _) => 4),
            new("e1.tif", CellType.Float32, (c, _) => 3 + c), new("lpd2.tif", CellType.Byte, (c, r) => 1 + ((c * r) % 5)),
            new("later.tif", CellType.Byte, (c, r) => 1 + ((c + (r / 4)) % 5)) { Masked = false });
        yield return new("conditions", """
            {
              "periods": { "baseline": { "productivity": [2000, 2015], "soilCarbon": [2000, 2015] } },
              "without": [ "land-cover" ],
              "productivity": { "kind": "condition", "periods": { "baseline": "condition.tif" } },
              "soilCarbon": { "kind": "change", "periods": { "baseline": "change.tif" } },
              "water": "water.tif", "zones": [ { "file": "zones.tif" } ],
              "regions": { "zones": "regions.tif", "outside": "default", "define": { "1": { "rules": { "socThreshold": 5 } } } },
              "outputs": { "rasters": [ "indicator", "sub-indicators" ], "tables": [ "csv" ] }
            }
            """,
            new("condition.tif", CellType.Float32, condition),
            new("change.tif", CellType.Float32, (c, r) => ((c + r) % 8 * 5) - 17),
            new("water.tif", CellType.Byte, (_, _) => 1) { Else = (_, _) => 0 },
            new("zones.tif", CellType.UInt16, (c, r) => 10 + (c / 3)),
            new("regions.tif", CellType.Byte, (_, _) => 1));
        yield return new("reference", $$"""
            {
              "periods": { {{Periods}} },
              "landCover": { "legend": "unccd-7", "years": { "2000": "../full/lc0.tif", "2015": "../full/lc1.tif" } },
              "productivity": { "kind": "parts", "periods": { "baseline": {
                "trend": "trend.tif", "state": "state.tif", "performance": "performance.tif" } } },
              "soilCarbon": { "kind": "reference", "reference": "reference.tif", "referenceYear": 2000,
                "climateZones": "climate.tif",
                "management": "management.tif", "input": "input.tif",
                "organic": { "mask": "peat.tif", "factors": "../emissions.csv", "fires": { "2010": "fire.tif" } } },
              "zones": [ { "file": "../zones.geojson", "id": "iso3" } ],
              "outputs": { "rasters": [ "indicator", "parts" ], "tables": [ "csv" ] }
            }
            """,
            new("trend.tif", CellType.Int16, condition), new("state.tif", CellType.Int16, (c, r) => condition(c + r, c)),
            new("performance.tif", CellType.Int16, (c, r) => -(r % 2)), new("reference.tif", CellType.Float32, stock),
            new("climate.tif", CellType.Byte, few), new("management.tif", CellType.Float32, (c, _) => 1 + (0.1 * c)),
            new("input.tif", CellType.Float32, (c, _) => 1.2 - (0.02 * c)),
            new("peat.tif", CellType.Byte, (_, _) => 1) { Else = (_, r) => r % 2 },
            new("fire.tif", CellType.Float32, (c, _) => 1 + c), new("lc0.tif", CellType.Byte, (_, _) => 1) { Masked = false },
            new("lc1.tif", CellType.Byte, (_, _) => 3) { Masked = false });
        int[] years = [.. Enumerable.Range(2001, 10)];
        string Dated(string name, params int[] masked) => string.Join(", ", years.Select(
            y => $"\"{y}\": \"{(masked.Contains(y) ? "" : "../full/")}{name}{y}.tif\""));
        IEnumerable<MaskedLayer> Yearly(string name, Func<int, int, int, double> value, params int[] masked) => years.Select(
            y => new MaskedLayer($"{name}{y}.tif", CellType.Int16, (c, r) => value(c, r, y)) { Masked = masked.Contains(y) });
        Func<int, int, int, double> green = (c, r, y) =>
            4000 + ((c - 4) * 90 * (y - 2001)) + (((c * 31) + (r * 17) + (y * 13)) % 60);
        yield return new("series", $$"""
            {
              "periods": { "baseline": { "productivity": [2001, 2010] } }, "without": [ "land-cover", "soil-carbon" ],
              "productivity": { "kind": "series", "years": { {{Dated("ndvi", 2003, 2009)}} }, "scale": 0.0001, "minYears": 7,
                "method": "rue", "climate": { {{Dated("wet", 2004)}} }, "units": [ "units.tif" ] },
              "zones": [ { "file": "../zones.geojson", "id": "iso3" } ],
              "outputs": { "rasters": [ "parts" ], "tables": [ "csv" ] }
            }
            """,
            [.. Yearly("ndvi", green, 2003, 2009), .. Yearly("wet", (c, r, y) => 500 + ((c * y * (r + 3)) % 90), 2004),
                new("units.tif", CellType.Byte, few)])
        { Stages = [["--stage", "1"], ["--stage", "2"]] };
        yield return new("deserts", $$"""
            {
              "periods": { "baseline": { "productivity": [2001, 2010] } }, "without": [ "land-cover", "soil-carbon" ],
              "productivity": { "kind": "series", "years": { {{Dated("ndvi", 2010)}} }, "scale": 0.0001, "lpdMethod": "fao-wocat",
                "greatest": { "baseline": "greatest.tif" } },
              "zones": [ { "file": "../zones.geojson", "id": "iso3" } ],
              "outputs": { "rasters": [ "parts" ], "tables": [ "csv" ] }
            }
            """,
            [.. Yearly("ndvi", green, 2010), new("greatest.tif", CellType.Float32, (_, _) => 0.2)]);
        int[] past = [.. Enumerable.Range(1981, 26)];
        string Months(string name) => string.Join(", ", past.Select(
            y => $"\"{(y == 1990 ? "" : "../full/")}{name}_{y}-12.tif\""));
        IEnumerable<MaskedLayer> Decembers(string name, double least) => past.Select(y => new MaskedLayer(
            $"{name}_{y}-12.tif", CellType.Float32, (c, r) => least + (((c * 31) + (r * 17) + (y * (7919 + least))) % 101 / 8.0))
        { Masked = y == 1990 });
        const string Spei = """
            { "strata": { "drought": { "index": "spei", "months": 1, "reference": [1981, 2006], "minYears": 20,
                "precipitation": { "layers": [ PR ] }, "pet": PET } },
              "zones": [ { "file": "../zones.geojson", "id": "iso3" } ], "outputs": { "tables": [ "csv" ] } }
            """;
        yield return new("evapotranspiration", Spei.Replace("PR", Months("pr")).Replace(
            "PET", $$"""{ "method": "given", "layers": [ {{Months("pet")}} ] }"""),
            [.. Decembers("pr", 40), .. Decembers("pet", 30)])
        { Verb = "drought" };
        yield return new("temperatures", Spei.Replace("PR", Months("pr")).Replace("PET", $$"""
            { "method": "hargreaves", "minimum": { "layers": [ {{Months("tmin")}} ] },
              "maximum": { "layers": [ {{Months("tmax")}} ] } }
            """), [.. Decembers("pr", 40), .. Decembers("tmin", 0), .. Decembers("tmax", 20)]) { Verb = "drought" };
    }
}

using Ldn.Compare;
using Ldn.Gdal;
using Ldn.Jobs;
using Ldn.Rasters;
using Ldn.Run;
using Ldn.Subjects;
using Ldn.Tables;

namespace Ldn.Cli.Tests.Comparisons;

/// <summary>What the regions of a world have of their own.</summary>
internal enum ByRegion
{
    /// <summary>There are none.</summary>
    Nothing,

    /// <summary>The west a matrix and another kind of productivity, the east factors of soil carbon.</summary>
    Inputs,

    /// <summary>The west a threshold of soil carbon too.</summary>
    Thresholds,
}

/// <summary>
/// Two runs of random land that differ in every input, and every mixture of them: the job whose named factors are the second
/// run's and whose others are the first's.
/// </summary>
internal sealed class TwoWorlds : IDisposable
{
    private const int Width = 40, Height = 30;
    private static readonly GdalGeodata s_geodata = new();

    private readonly bool _ownLegends;
    private readonly ByRegion _byRegion;

    /// <param name="seed">Of the world.</param>
    /// <param name="ownLegends">
    /// The second run's land cover is in a legend of its own, both judge changes by matrices of their own regions.
    /// </param>
    /// <param name="byRegion">What regions have of their own.</param>
    public TwoWorlds(int seed, bool ownLegends = false, ByRegion byRegion = ByRegion.Nothing)
    {
        (_ownLegends, _byRegion) = (ownLegends, byRegion);
        var random = new Random(seed);
        Grid grid = Workspace.Grid(Width, Height, 100, 50, 0.1), finer = Workspace.Grid(56, 42, 100, 50, 4.0 / 56);
        double[] water = Values(grid, (_, _) => random.Next(8) == 0 ? 7 : 0);
        foreach (string run in new[] { "a", "b" })
        {
            foreach (int year in new[] { 2000, 2015, 2016, 2019 })
            {
                // Water at first is the same in both, so that land cover alone can be replaced.
                int at = 0;
                double[] classes = Values(grid, (_, _) =>
                    water[at++] == 7 && year is 2000 or 2016 ? water[at - 1] == 7 ? 7 : 1 + random.Next(6) : random.Next(7));
                Work.Raster($"lc{year}{run}.tif", grid, CellType.Byte, run == "b" && ownLegends
                    ? [.. classes.Select(c => c == 0 ? 0 : (10 * c) + random.Next(2))] : classes, 0);
            }

            foreach (int year in new[] { 2000, 2015, 2016, 2019 })
                Work.Raster($"soc{year}{run}.tif", grid, CellType.Int16, Values(grid, (_, _) => 80 + random.Next(20)), -32768);
            foreach (int year in new[] { 2015, 2019 })
                Work.Raster($"lpd{year}{run}.tif", finer, CellType.Byte, Values(finer, (_, _) => random.Next(6)), 0);
            foreach (int year in byRegion == ByRegion.Nothing ? [] : new[] { 2015, 2019 })
                Work.Raster($"condition{year}{run}.tif", grid, CellType.Byte, Values(grid, (_, _) => random.Next(4)), 0);
            double shift = run == "a" ? 0 : 0.45;
            Work.Zones($"zones{run}.geojson",
            [
                ("\"iso3\":\"W\",\"name\":\"West\"", Workspace.Rectangle(100 + shift, 47.2, 102 + shift, 50)),
                ("\"iso3\":\"E\",\"name\":\"East\"", Workspace.Rectangle(102 + shift, 47.2 + shift, 103.5 + shift, 50)),
            ]);
            if (byRegion != ByRegion.Nothing)
                WriteRegions(run, random);
            string periods = run == "a" ? "baseline" : "baseline;report_1", degradedTo = run == "a" ? "stable" : "improved";
            if (ownLegends && run == "b")
                WriteLegends(random);
            Work.Zones($"corrections{run}.geojson",
            [
                (
                    $"\"id\":\"c\",\"periods\":\"{periods}\",\"degraded_to\":\"{degradedTo}\",\"stable_to\":\"degraded\","
                        + "\"improved_to\":\"\",\"justification\":\"seen\"",
                    Workspace.Rectangle(101 + shift, 48, 103 + shift, 49.5)),
            ]);
        }
    }

    public Workspace Work { get; } = new();

    /// <summary>
    /// A legend of two codes a class, and for each run two regions with a matrix of random cells in its own codes.
    /// </summary>
    private void WriteLegends(Random random)
    {
        int[] codes = [.. Enumerable.Range(1, 7).SelectMany(c => new[] { 10 * c, (10 * c) + 1 })];
        Work.Text("own.csv", "code,name,color,unccd\n" + string.Concat(
            codes.Select(c => $"{c},class {c},#808080,{c / 10}\n")) + "0,none,#000000,nodata\n");
        int[] unccd = [.. Enumerable.Range(1, 7)];
        foreach ((string run, double edge, int[] of) in new[] { ("a", 101.5, unccd), ("b", 102.2, codes) })
        {
            Work.Zones($"regions{run}.geojson",
            [
                ("\"region\":\"west\"", Workspace.Rectangle(99, 46, edge, 51)),
                ("\"region\":\"east\"", Workspace.Rectangle(edge, 46, 105, 51)),
            ]);
            Work.Text($"regions{run}.csv", $"region,matrix\nwest,west{run}.csv\neast,east{run}.csv\n");
            foreach (string region in new[] { "west", "east" })
                Work.Text($"{region}{run}.csv", $"from,{string.Join(',', of)}\n" + string.Concat(
                    of.Select(from => $"{from},{string.Join(',', of.Select(_ => random.Next(3) - 1))}\n")));
        }
    }

    private void WriteRegions(string run, Random random)
    {
        Work.Zones("regions.geojson",
        [
            ("\"region\":\"west\"", Workspace.Rectangle(99, 46, 101.7, 51)),
            ("\"region\":\"east\"", Workspace.Rectangle(101.7, 46, 105, 51)),
        ]);
        int[] classes = [.. Enumerable.Range(1, 7)];
        Work.Text($"west{run}.csv", $"from,{string.Join(',', classes)}\n" + string.Concat(
            classes.Select(from => $"{from},{string.Join(',', classes.Select(_ => random.Next(3) - 1))}\n")));
    }

    /// <summary>Factors that this world can mix.</summary>
    public static IReadOnlyList<Factor> Mixable { get; } = [.. Factors.Exchangeable.Where(f => f != Factor.Water)];

    /// <summary>The job with some factors of the second run.</summary>
    /// <param name="ofSecond">These.</param>
    /// <param name="corrected">Whether there are corrections at all.</param>
    public string Job(IReadOnlyCollection<Factor> ofSecond, bool corrected)
    {
        string Of(Factor factor) => ofSecond.Contains(factor) ? "b" : "a";
        string lc = Of(Factor.LandCover), soc = Of(Factor.SoilCarbon), lpd = Of(Factor.Productivity);
        string rules = ofSecond.Contains(Factor.Rules)
            ? """{ "missing": "available", "socThreshold": 5, "status": "progress-2022" }""" : """{ "missing": "strict" }""";
        string years(string name, string run, string ending) => string.Join(
            ", ", new[] { 2000, 2015, 2016, 2019 }.Select(y => $"\"{y}\": \"{name}{y}{run}.{ending}\""));
        bool regions = _byRegion != ByRegion.Nothing;
        if (_byRegion == ByRegion.Thresholds)
            rules = $$"""{ "missing": "{{(ofSecond.Contains(Factor.Rules) ? "available" : "strict")}}" }""";
        string define = !regions ? "" : $$"""
            "regions": { "zones": "regions.geojson", "id": "region", "define": {
                "west": { "landCover": { "matrix": "west{{lc}}.csv" }, "productivity": { "kind": "condition",
                    "periods": { "baseline": "condition2015{{lpd}}.tif", "report_1": "condition2019{{lpd}}.tif" } }
                  {{(_byRegion == ByRegion.Thresholds ? ", \"rules\": { \"socThreshold\": 4 }" : "")}} },
                "east": { "soilCarbon": { "factor": {{(soc == "a" ? "0.95" : "0.6")}} } } } },
            """;
        string soil = regions
            ? $"\"kind\": \"reference\", \"reference\": \"soc2000a.tif\", \"referenceYear\": 2000, \"factor\": "
                + (soc == "a" ? "0.8" : "0.97")
            : $"\"kind\": \"stocks\", \"years\": {{ {years("soc", soc, "tif")} }}";
        string like = ofSecond.Contains(Factor.Grid) ? "productivity" : "landCover";
        string corrections = corrected ? $"\"corrections\": \"corrections{Of(Factor.Corrections)}.geojson\"," : "";
        string legend = !_ownLegends ? "\"legend\": \"unccd-7\"" : $"\"legend\": \"{(lc == "a" ? "unccd-7" : "own.csv")}\", "
            + $"\"regions\": {{ \"zones\": \"regions{lc}.geojson\", \"matrices\": \"regions{lc}.csv\" }}";
        return $$"""
            {
              "name": "world",
              "periods": {
                "baseline": { "landCover": [2000, 2015], "productivity": [2000, 2015], "soilCarbon": [2000, 2015] },
                "report_1": { "landCover": [2016, 2019], "productivity": [2004, 2019], "soilCarbon": [2016, 2019] }
              },
              "landCover": { {{legend}}, "years": { {{years("lc", lc, "tif")}} } },
              "productivity": {
                "kind": "lpd", "periods": { "baseline": "lpd2015{{lpd}}.tif", "report_1": "lpd2019{{lpd}}.tif" }
              },
              "soilCarbon": { {{soil}} },
              {{define}}
              "zones": [ { "file": "zones{{Of(Factor.Zones)}}.geojson", "id": "iso3", "name": "name" } ],
              "total": { "id": "ALL", "name": "All" },
              {{corrections}}
              "rules": {{rules}},
              "grid": { "like": "{{like}}" },
              "outputs": { "rasters": ["indicator"], "tables": ["csv", "json"] }
            }
            """;
    }

    /// <summary>Runs a job; the folder of its result and its headline, exact.</summary>
    public ResultTable Run(string job, string folder)
    {
        JobConfig config = JobReader.Parse(System.Text.Encoding.UTF8.GetBytes(job), folder, AllSubjects.InOrder);
        Job resolved = JobResolver.Resolve(config, Work.Folder, AllSubjects.InOrder);
        var how = new ComputeOptions(Work[folder], false, 1, 1L << 28, new Dictionary<string, string>());
        return ComputeRun.Execute(resolved, how, s_geodata, null, default).Table("headline");
    }

    /// <summary>Compares two results of this world.</summary>
    public Comparison Compare(string before, string after, string? folder = null, int threads = 1)
    {
        string? path = folder is null ? null : Work[folder];
        var how = new ComputeOptions(path ?? "", false, threads, 1L << 28, new Dictionary<string, string>());
        return CompareRun.Execute(Work[before], Work[after], path, how, s_geodata, null, default);
    }

    public void Dispose() => Work.Dispose();

    private static double[] Values(Grid grid, Func<int, int, double> value) =>
        [.. Enumerable.Range(0, grid.Width * grid.Height).Select(i => value(i % grid.Width, i / grid.Width))];
}

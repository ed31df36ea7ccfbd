using Ldn.Cli.Tests.Cluster;
using Ldn.Tests;

namespace Ldn.Cli.Tests.Worlds;

/// <summary>
/// The program against the slow reference over random worlds: every row of the tables, pixels exactly and areas to 1e-9; on
/// projected grids,
/// where the method allows 1e-6, to 1e-8. Some of them in shards as well, to the same bytes.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class RandomWorldTests
{
    private static readonly string[] Conditions = ["degraded", "stable", "improved", "no_data", "water"];

    /// <summary>192 is a world of one cell, of which a form of PRAIS has no column.</summary>
    private static IEnumerable<int> Seeds() => FullRun.Asked ? Enumerable.Range(1, 300) : Enumerable.Range(1, 60).Append(192);

    [TestCaseSource(nameof(Seeds))]
    public void TablesAreTheReference(int seed)
    {
        using var work = new Workspace();
        World world = WorldMaker.Make(seed);
        string[] arguments = WorldFiles.Write(world, work);
        // Now and then as a user starts it; otherwise without the time that a process takes to start.
        bool asUsers = seed % 15 == 0;
        if (asUsers || InProcess.Run(work, arguments) != 0)
        {
            LdnResult result = LdnProcess.Run(work.Folder, [.. arguments, "--overwrite"]);
            // Conditions of nothing but 1 are degraded in the one encoding and improved in the other: the program asks which.
            if (result.ExitCode == 3 && result.Error.Contains("holds 1 and nothing else", StringComparison.Ordinal))
                Assert.Pass("refused, and rightly: conditions of nothing but 1");
            result.Succeeded();
        }

        // Shards in this process are held against a run in it: WGS 84 is told by its ensemble or by its datum, as GDAL and PROJ
        // have it from what the process did before.
        if (IsSharded(seed) && !asUsers)
            ShardsGiveTheSameBytes(work, arguments, 1 + (seed % 7));
        var reference = new Reference(world);
        double tolerance = world.IsEqualArea ? 1e-8 : 1e-9;
        using IDisposable all = Assert.EnterMultipleScope();
        Compare(
            work["result/crosstab_subindicators.csv"], tolerance, reference.Crosstab, "zone_id", "period", "water", "land_cover",
            "productivity", "soil_organic_carbon", "indicator");
        Compare(work["result/summary.csv"], tolerance, reference.Summary, "zone_id", "period", "indicator", "class");
        if (world.Covers.Count > 0)
        {
            Compare(
                work["result/land_cover_transitions.csv"], tolerance, reference.Transitions, "zone_id", "period", "from_class",
                "to_class", "condition");
            Compare(
                work["result/land_cover_transitions_unccd7.csv"], tolerance, reference.UnccdTransitions, "zone_id", "period",
                "from_class", "to_class", "condition");
        }

        foreach (string file in Directory.GetFiles(work["result"], "baseline_*.tif"))
            CompareRaster(file, reference.Summary, world);
    }

    /// <summary>Worlds of several windows, which shards can share, and some of one.</summary>
    private static bool IsSharded(int seed) => seed % 8 is 2 or 3 or 7 || seed % 16 == 9;

    /// <summary>The same world by plan, shards and merge; a world of fewer windows than shards takes as many as it has.</summary>
    private static void ShardsGiveTheSameBytes(Workspace work, string[] arguments, int shards)
    {
        string[] plan = [
            "plan", .. arguments.Skip(1).Select(a => a is "--out" ? "-o" : a is "result" ? work["run/plan.json"] : a)];
        while (shards > 1 && InProcess.Run(work, [.. plan, "--shards", $"{shards}"]) != 0)
            shards--;
        if (shards == 1)
            Assert.That(InProcess.Run(work, [.. plan, "--shards", "1"]), Is.Zero);
        for (int shard = 0; shard < shards; shard++)
            Assert.That(
                InProcess.Run(
                    work, ["compute", "--plan", "run/plan.json", "--shard", $"{shard}", "--threads", $"{1 + (shard % 3)}"]),
                Is.Zero, $"shard {shard} of {shards}");
        Assert.That(InProcess.Run(work, ["merge", "run/plan.json", "--cog", "--out", "merged"]), Is.Zero);
        ShardedJob.Same(ShardedJob.Contents(work, "merged"), ShardedJob.Contents(work, "result"));
    }

    private static void Compare(
        string table, double tolerance, Dictionary<string, (long Pixels, double Area)> expected, params string[] columns)
    {
        string name = Path.GetFileNameWithoutExtension(table);
        var missing = new HashSet<string>(expected.Keys);
        foreach (CsvLine row in CsvRows.Read(table))
        {
            string key = row.Key(columns);
            (long pixels, double area) = expected.GetValueOrDefault(key);
            missing.Remove(key);
            Assert.That(row.Pixels, Is.EqualTo(pixels), $"{name}: {key}");
            Assert.That(row.Area, Is.EqualTo(area).Within((area * tolerance) + 0.6e-6), $"{name}: {key}");
            if (name != "summary")
                Assert.That(row.Pixels, Is.Positive, $"{name}: {key}");
        }

        Assert.That(missing, Is.Empty, name);
    }

    /// <summary>A raster's classes are counted where zones do not overlap, so that each pixel is in one row.</summary>
    private static void CompareRaster(string file, Dictionary<string, (long Pixels, double Area)> summary, World world)
    {
        if (world.ZoneLayers.Sum(l => l.Length) > 1)
            return;
        string zone = world.ZoneLayers.Length == 0 ? "all" : world.ZoneLayers[0][0].Id;
        string indicator = Path.GetFileNameWithoutExtension(file)["baseline_".Length..] is var name
            && name == "indicator" ? "sdg_15_3_1" : name;
        if (world.Rules.TrendsEarth && indicator is "land_cover" or "productivity")
            return;
        (_, double[] values, _) = Workspace.Read(file);
        for (int c = 0; c < 3; c++)
            Assert.That(
                values.LongCount(v => v == c + 1),
                Is.EqualTo(summary.GetValueOrDefault($"{zone}/baseline/{indicator}/{Conditions[c]}").Pixels),
                $"{file} {Conditions[c]}");
    }
}

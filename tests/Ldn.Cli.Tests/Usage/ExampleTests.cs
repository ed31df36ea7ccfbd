using System.Text.RegularExpressions;
using Ldn.Tests;

namespace Ldn.Cli.Tests.Usage;

/// <summary>
/// Every example of the help is a command that works: typed one after the other in a folder that holds files of the names they
/// say, each as a shell would start it.
/// </summary>
internal sealed class ExampleTests
{
    /// <summary>Examples whose files are long series that the tests of their subjects make; they are parsed elsewhere.</summary>
    private static readonly string[] s_ofSeries = ["productivity", "drought"];

    /// <summary>Verbs whose results others' examples start from come first.</summary>
    private static readonly string[] s_first = ["sample", "init", "compute"];

    [Test]
    [Category("Slow")]
    public void EveryExampleWorks()
    {
        FullRun.Only("takes 40 s of one core; FlagTests parses every example in every check");
        using var work = new Workspace();
        string sample = Path.Combine(TestData.Root, "sample-data/north-east-asia");
        Directory.CreateSymbolicLink(work["sample-data"], Path.GetDirectoryName(sample)!);
        foreach (string file in Directory.GetFiles(sample))
            File.Copy(file, work[Path.GetFileName(file)]);
        foreach ((string from, string to) in new[]
            { ("lpd2015", "lpd"), ("land_types", "soils"), ("climate_zones", "climate") })
            File.Copy(work[from + ".tif"], work[to + ".tif"]);
        string job = Regex.Replace(File.ReadAllText(work["job.json"]), "\"(?=[a-z_0-9]+\\.(tif|csv|geojson)\")", "\"../");
        Directory.CreateDirectory(work["provinces"]);
        work.Text("provinces/west.json", job);
        work.Text("provinces/east.json", job);
        work.Text("fields.csv", "id,longitude,latitude\nfield,106.9,47.9\n");
        // Runs of one period without groups are among the examples: targets are set for a zone.
        File.WriteAllText(
            work["targets.csv"],
            File.ReadAllText(work["targets.csv"]).Replace("north-east-asia", "MNG", StringComparison.Ordinal));
        int ran = 0;
        using IDisposable all = Assert.EnterMultipleScope();
        foreach (Verb verb in AllVerbs.InOrder.OrderBy(
            v => Array.IndexOf(s_first, v.Name) is >= 0 and int at ? at : s_first.Length))
        {
            if (s_ofSeries.Contains(verb.Name))
                continue;
            // One shard of a plan comes after the plan; the plan's other shards before the merge.
            foreach (Example example in verb.Examples.Where(e => !e.Line.Contains("--plan", StringComparison.Ordinal)))
            {
                foreach (int shard in verb.Name == "merge" ? (int[])[0, 1] : [])
                    Works(work, $"compute --plan run/plan.json --shard {shard}");
                Prepare(work, verb);
                Works(work, example.Line);
                ran++;
                if (verb.Name == "plan")
                    foreach (Example more in AllVerbs.InOrder.First(v => v.Name == "compute").Examples
                        .Where(e => e.Line.Contains("--plan", StringComparison.Ordinal)))
                        Works(work, more.Line);
            }
        }

        Assert.That(ran, Is.GreaterThan(25));
    }

    /// <summary>What a person has made of the results before the example.</summary>
    private static void Prepare(Workspace work, Verb verb)
    {
        switch (verb.Name)
        {
            case "init":
                File.Delete(work["data/job.json"]);
                File.Delete(work["job.json"]);
                break;
            case "compute":
                File.Copy(work["sample-data/north-east-asia/job.json"], work["job.json"], overwrite: true);
                break;
            case "compare" when !Directory.Exists(work["result-2022"]):
                Copy(work["result"], work["result-2022"]);
                Copy(work["result"], work["result-2026"]);
                File.Copy(work["result/headline.csv"], work["submission-2022.csv"]);
                break;
            case "summarize":
                File.Copy(work["result/baseline_indicator.tif"], work["indicator.tif"], overwrite: true);
                break;
            case "accuracy":
                string[] rows = File.ReadAllLines(work["points.csv"]);
                int column = Array.IndexOf(rows[0].Split(','), "reference");
                File.WriteAllLines(work["points.csv"], rows.Take(1).Concat(rows.Skip(1).Select((row, i) => string.Join(
                    ',', row.Split(',').Select((cell, c) => c == column ? (i % 3) switch
                    {
                        0 => "degraded",
                        1 => "stable",
                        _ => "improved",
                    } : cell)))));
                break;
        }
    }

    private static void Works(Workspace work, string line)
    {
        string[] words = [.. line.Split(' ').Select(w => w.Trim('\'')).SelectMany(
            w => w.Contains('*', StringComparison.Ordinal)
                ? Directory.GetFiles(work[Path.GetDirectoryName(w)!], Path.GetFileName(w)).Order(StringComparer.Ordinal)
                : (IEnumerable<string>)[w])];
        // Examples write to the same folders.
        if (Array.IndexOf(words, "--out") is >= 0 and int at && File.Exists(work[words[at + 1] + "/provenance.json"]))
            Directory.Delete(work[words[at + 1]], recursive: true);
        // Pages and workbooks are what 'ldn report' makes here: runs leave them out, for time.
        bool plain = words[0] == "compute" && !words.Contains("--plan");
        LdnResult result = LdnProcess.Run(
            work.Folder, words, plain ? new Dictionary<string, string> { ["LDN_TABLES"] = "csv,json,gpkg" } : null);
        // A bound that is asked for may well be passed.
        bool bound = line.Contains("--fail-on", StringComparison.Ordinal) || line.Contains("--tolerance", StringComparison.Ordinal);
        Assert.That(result.ExitCode, bound ? Is.EqualTo(0).Or.EqualTo(4) : Is.Zero, $"ldn {line}: {result.Error}");
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}

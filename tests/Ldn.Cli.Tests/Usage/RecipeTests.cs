using System.Text.RegularExpressions;
using Ldn.Cli.Tests.Reports;
using Ldn.Tests;

namespace Ldn.Cli.Tests.Usage;

/// <summary>The examples of docs/recipes.md, run as they stand there in the folder of the sample's result.</summary>
internal sealed partial class RecipeTests
{
    private Workspace _work = null!;

    [OneTimeSetUp]
    public void Compute()
    {
        _work = new Workspace();
        string job = Path.Combine(TestData.Root, "sample-data", "north-east-asia", "job.json");
        LdnProcess.Run(
            _work.Folder,
            ["compute", job, "--out", "result", "--tables", "csv,gpkg,parquet", "--rasters", "indicator", "--quiet"]).Succeeded();
    }

    [OneTimeTearDown]
    public void Remove() => _work.Dispose();

    [Test]
    public void TablesInPandas()
    {
        Assert.That(Python(0), Does.Contain("MNG").And.Contain(Share("MNG", "report_2")));
    }

    [Test]
    public void ZonesAndRastersInGdal()
    {
        string said = Python(1);
        Assert.That(said, Does.Contain("'MNG'").And.Contain("degraded"));
        Assert.That(said, Does.Not.Contain("'degraded': 0,"));
    }

    [Test]
    public void ParquetInDuckDb()
    {
        if (Environment.GetEnvironmentVariable("LDN_TEST_FULL") != "1")
            Assert.Ignore("loads DuckDB from npm, 60 MB; LDN_TEST_FULL=1 runs it");
        string package = Tool.Npm("@duckdb/node-api@1.5.6-r.1");
        string script = _work.Text("query.mjs", $$"""
            import { DuckDBInstance } from '{{package}}/lib/index.js';
            const connection = await (await DuckDBInstance.create(':memory:')).connect();
            const result = await connection.runAndReadAll(`{{Blocks("sql").Single().Trim()}}`);
            console.log(result.getRows().map(row => row.join(' ')).join('\n'));
            """);
        LdnResult read = LdnProcess.Tool(_work.Folder, Tool.Find("node"), script);
        Assert.That(
            read.Succeeded().Out, Does.StartWith($"north-east-asia baseline {Share("north-east-asia", "baseline")}\n"));
    }

    [Test]
    public void TablesInR()
    {
        string script = _work.Text("recipe.r", $"print({{\n{Blocks("r").Single()}}})");
        LdnResult said = LdnProcess.Tool(_work.Folder, Tool.Find("Rscript"), script);
        Assert.That(said.Succeeded().Out, Does.Contain("baseline").And.Contain("report_2"));
    }

    private string Share(string zone, string period) => CsvRows.Read(_work["result/headline.csv"])
        .Single(r => r["zone_id"] == zone && r["period"] == period).Number("degraded_pct_of_land").ToString("F1");

    private string Python(int block)
    {
        string python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : Tool.Find("python3");
        LdnResult said = LdnProcess.Tool(_work.Folder, python, _work.Text("recipe.py", Blocks("python")[block]));
        if (said.Error.Contains("ModuleNotFoundError", StringComparison.Ordinal))
            Assert.Ignore($"not installed: {said.Error.Trim().Split('\n')[^1]}");
        return said.Succeeded().Out;
    }

    private static string[] Blocks(string language) =>
    [
        .. Fence().Matches(File.ReadAllText(Path.Combine(TestData.Root, "docs", "recipes.md")))
            .Where(m => m.Groups[1].Value == language).Select(m => m.Groups[2].Value),
    ];

    [GeneratedRegex("```(\\w+)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fence();
}

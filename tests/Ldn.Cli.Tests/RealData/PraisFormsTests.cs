using System.Text.Json.Nodes;
using Ldn.Cli.Tests.Reports;
using Ldn.Tests;

namespace Ldn.Cli.Tests.RealData;

/// <summary>
/// Every figure of CP-1 and SO1-1 to SO1-4 beside a second opinion from the rasters by numpy and GDAL (tests/prais/forms.py):
/// each period's own assessment, shares of the country and of CP-1.T1's land, both legends, stand-ins, status.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class PraisFormsTests
{
    private static readonly string s_script = Path.Combine(TestData.Root, "tests", "prais", "forms.py");

    /// <summary>Six countries on a geographic grid that goes on beyond 180°, ESA's legend, 2022 for 2023.</summary>
    [Test]
    public void FormsOfTheSampleAreThoseOfASecondOpinion()
    {
        using var work = new Workspace();
        string job = Path.Combine(TestData.Root, "sample-data", "north-east-asia", "job.json");
        LdnProcess.Run(work.Folder, ["compute", job, "--rasters", "none", "--tables", "prais", "--out", "result"]).Succeeded();
        JsonNode read = Check(job, work["result/prais.json"]);
        foreach (string form in new[] { "CP-1.T1", "SO1-1.T7", "SO1-2.T1", "SO1-2.T3", "SO1-3.T1", "SO1-3.T2", "SO1-4.T2" })
            Assert.That((int?)read["compared"]![form], Is.GreaterThan(70), form);
    }

    /// <summary>The districts of the Assaba on MODIS' own projection, with a legend of the country's own.</summary>
    [Test]
    public void FormsOfTheAssabaAreThoseOfASecondOpinion()
    {
        string data = Path.GetDirectoryName(TestData.Real("assaba-mauritania/README.md"))!;
        using var work = new Workspace();
        Python("assaba", data, work.Folder);
        LdnProcess.Run(work.Folder, ["compute", "job.json", "--out", "result"]).Succeeded();
        JsonNode read = Check(work["job.json"], work["result/prais.json"]);
        foreach (string form in new[] { "SO1-1.T4.custom", "SO1-1.T6.custom", "SO1-2.T1.custom", "SO1-1.T7", "SO1-4.T1" })
            Assert.That((int?)read["compared"]![form], Is.GreaterThan(40), form);
    }

    private static JsonNode Check(string job, string prais)
    {
        JsonNode read = JsonNode.Parse(Python("check", job, prais))!;
        Assert.That(read["wrong"]!.AsArray().Select(w => (string)w!), Is.Empty);
        return read;
    }

    /// <summary>The system's Python, which has GDAL and numpy where they are installed.</summary>
    private static string Python(params string[] arguments)
    {
        string python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : Tool.Find("python3");
        (string output, string errors) = Tool.Run(python, [s_script, .. arguments]);
        if (errors.Contains("No module named", StringComparison.Ordinal))
            Assert.Ignore("numpy and GDAL for Python are not installed");
        Assert.That(errors, Is.Empty);
        return output;
    }
}

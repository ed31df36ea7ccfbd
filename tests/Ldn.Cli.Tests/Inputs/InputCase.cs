using Ldn.Cli.Tests.BadInput;

namespace Ldn.Cli.Tests.Inputs;

/// <summary>
/// An input as users have it, what the program does with it and how it is mended: a row of docs/inputs.md, and the test that the
/// row is true.
/// </summary>
/// <param name="Kind">Heading of the page.</param>
/// <param name="Have">What users have.</param>
/// <param name="Outcome">What the program does.</param>
/// <param name="Mend">How to mend it; a dash where nothing is to be mended.</param>
/// <param name="Holds">Makes the input out of a correct job and asserts what the row says.</param>
internal sealed record InputCase(string Kind, string Have, string Outcome, string Mend, Action<SmallJob> Holds)
{
    private static readonly Lazy<string> s_plain = new(() =>
    {
        using var job = new SmallJob();
        Run(job, "--tables", "csv", "--rasters", "none").Succeeded();
        return File.ReadAllText(job["result/summary.csv"]);
    });

    public string Row => $"| {Have} | {Outcome} | {Mend} |";

    public override string ToString() => $"{Kind}: {Have}";

    /// <summary>The job is computed, with the figures of the correct job and words on standard error.</summary>
    public static LdnResult Read(SmallJob job, params string[] words)
    {
        LdnResult result = Computed(job, words);
        Assert.That(File.ReadAllText(job["result/summary.csv"]), Is.EqualTo(s_plain.Value));
        return result;
    }

    /// <summary>The job is computed, whatever its figures.</summary>
    public static LdnResult Computed(SmallJob job, params string[] words)
    {
        LdnResult result = Run(job, "--tables", "csv", "--rasters", "none", "--overwrite").Succeeded();
        foreach (string word in words)
            Assert.That(result.Error, Does.Contain(word));
        foreach (string file in Directory.GetFiles(job["result"]))
            Assert.That(File.ReadAllText(file), Does.Not.Contain('\uFFFD'), Path.GetFileName(file));
        return result;
    }

    /// <summary>The job is refused: input or usage, with words and nothing written.</summary>
    public static LdnResult Refused(SmallJob job, params string[] words)
    {
        LdnResult result = Run(job);
        result.Refused(job, (ExitCode)result.ExitCode, words);
        Assert.That(result.ExitCode, Is.EqualTo(2).Or.EqualTo(3).Or.EqualTo(75), result.Error);
        return result;
    }

    /// <summary>A command that must end so, with words.</summary>
    public static void Refuses(LdnResult result, ExitCode code, params string[] words)
    {
        Assert.That(result.ExitCode, Is.EqualTo((int)code), result.Error);
        foreach (string word in words)
            Assert.That(result.Error, Does.Contain(word));
    }

    /// <summary>The job in the test's own process, as nothing else runs beside these tests: a hundred runs in a few
    /// seconds.</summary>
    public static LdnResult Run(SmallJob job, params string[] extra) => Call(job, job.Arguments([.. extra, "--no-progress"]));

    /// <summary>Any command in the folder of the job, in the test's own process.</summary>
    public static LdnResult Call(SmallJob job, IEnumerable<string> arguments)
    {
        (TextWriter output, TextWriter error, string folder) = (Console.Out, Console.Error, Directory.GetCurrentDirectory());
        using var said = new StringWriter();
        using var shown = new StringWriter();
        try
        {
            Console.SetOut(shown);
            Console.SetError(said);
            Directory.SetCurrentDirectory(job.Work.Folder);
            int exit = CommandLine.Run(AllVerbs.InOrder, [.. arguments]);
            return new LdnResult(exit, shown.ToString(), said.ToString());
        }
        finally
        {
            Directory.SetCurrentDirectory(folder);
            Console.SetOut(output);
            Console.SetError(error);
        }
    }

    /// <summary>A vector file of the zones by ogr2ogr.</summary>
    public static void Convert(SmallJob job, string to, string driver, params string[] options) => LdnProcess.Tool(
        job.Work.Folder, "ogr2ogr", ["-f", driver, .. options, to, "zones.geojson"]).Succeeded();

    /// <summary>Names of the zones in a table of the result.</summary>
    public static string[] Names(SmallJob job) =>
        [.. CsvRows.Read(job["result/headline.csv"]).Select(r => r["zone_name"]).Distinct()];
}

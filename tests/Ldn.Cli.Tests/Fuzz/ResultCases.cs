using System.Security.Cryptography;
using System.Text;

namespace Ldn.Cli.Tests.Fuzz;

/// <summary>
/// What runs leave and later commands read: result folders (<c>report</c>, <c>neutrality</c>, <c>summarize</c>,
/// <c>--skip-done</c>,
/// <c>sample-points</c>), plans and parts of runs in shards. Plans are sealed anew, for the seal would tell all; whoever can seal
/// a
/// part anew can forge its figures too, and no reader could tell. Any exit but 1.
/// </summary>
internal sealed class ResultCases : IFuzzed
{
    private readonly string _folder;
    private readonly bool _plans;
    private readonly SmallJob _job = new();
    private readonly Dictionary<string, byte[]> _whole;
    private readonly string[] _small;

    public ResultCases(string folder, bool plans)
    {
        (_folder, _plans) = (folder, plans);
        string job = _job.Work.Text("job.json", SmallJob.JobFile);
        string made = Path.Combine(folder, "made");
        if (plans)
        {
            Directory.CreateDirectory(made);
            Run("plan", job, "--shards", "1", "-o", Path.Combine(made, "plan.json"));
            Run("compute", "--plan", Path.Combine(made, "plan.json"), "--shard", "0");
        }
        else
        {
            Run("compute", job, "--out", made, "--tables", "csv,json");
        }

        _whole = Directory.GetFiles(made, "*", SearchOption.AllDirectories).ToDictionary(
            f => Path.GetRelativePath(made, f), File.ReadAllBytes);
        _small = [
            .. _whole.Keys.Where(
                f => !f.EndsWith(".qml", StringComparison.Ordinal) && !f.EndsWith(".png", StringComparison.Ordinal))];
        Directory.Delete(made, recursive: true);
    }

    public void Try(int seed)
    {
        var random = new Random(seed);
        // Plans name their parts where they lie.
        string case_ = Path.Combine(_folder, "made");
        if (Directory.Exists(case_))
            Directory.Delete(case_, recursive: true);
        foreach ((string file, byte[] bytes) in _whole)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(case_, file))!);
            File.WriteAllBytes(Path.Combine(case_, file), bytes);
        }

        string[] told = [.. _small.Where(f => f.EndsWith(".json", StringComparison.Ordinal))];
        string hit = random.Next(3) > 0 ? told[random.Next(told.Length)] : _small[random.Next(_small.Length)];
        byte[] spoilt = hit.EndsWith(".json", StringComparison.Ordinal) && random.Next(3) > 0
            ? Damage.Encoded(
                Sealed(Damage.Json(Encoding.UTF8.GetString(_whole[hit]), random), hit == "plan.json" && random.Next(8) > 0))
            : Damage.Bytes(_whole[hit], random);
        if (random.Next(6) == 0)
            File.Delete(Path.Combine(case_, hit));
        else if (random.Next(6) > 0)
            File.WriteAllBytes(Path.Combine(case_, hit), spoilt);
        string plan = Path.Combine(case_, "plan.json"), other = Path.Combine(_folder, "other"), zones = _job["zones.geojson"];
        string[][] verbs = _plans
            ? [
                ["merge", plan, "--out", other], ["merge", plan, "--out", other, "--cog"],
                ["compute", "--plan", plan, "--shard", "0"]]
            :
            [
                ["report", case_, "--tables", "html", "--out", other], ["report", case_, "--tables", "xlsx", "--out", other],
                ["report", case_, "--tables", "gpkg", "--out", other, "--language", "mn"],
                ["neutrality", case_, "--out", other, "--rasters", "none", "--tables", "csv"],
                ["compute", _job["job.json"], "--out", case_, "--skip-done", "--tables", "csv", "--rasters", "none"],
                [
                    "summarize", "--condition", Path.Combine(case_, "baseline_indicator.tif"), "--zones", zones, "--zone-id",
                    "iso3", "--out", other,
                ],
                ["sample-points", case_, "--out", Path.Combine(_folder, "points.csv")],
            ];
        string[] asked = verbs[random.Next(verbs.Length)];
        int exit = Run(asked, out string said);
        foreach (string left in new[] { other, Path.Combine(_folder, "points.csv"), case_ })
        {
            if (Directory.Exists(left))
                Directory.Delete(left, recursive: true);
            File.Delete(left);
        }

        if (exit == (int)ExitCode.Unexpected || (exit != 0 && !said.Contains("ldn: ", StringComparison.Ordinal)))
            throw new WrongFigures($"exit {exit} of {string.Join(' ', asked)} with {hit}: {said}");
        if (exit != 0)
            throw Fault.Input.Error(said.Length > 2_000 ? said[..2_000] : said);
    }

    public void Dispose() => _job.Dispose();

    /// <summary>JSON whose last member proves the bytes before it, proved anew.</summary>
    private static string Sealed(string text, bool anew)
    {
        int at = text.LastIndexOf("\"sha256\"", StringComparison.Ordinal), end = at < 0 ? -1 : text.LastIndexOf(',', at);
        if (!anew || end < 0 || text.IndexOf('}', at) is var close && close >= 0 && text.AsSpan(close + 1).Trim().Length > 0)
            return text;
        string body = text[..end], seal = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
        (string before, string after) = text[end..at].Contains('\n', StringComparison.Ordinal) ? (" ", "\n") : ("", "");
        return $"{body}{text[end..at]}\"sha256\":{before}\"{seal}\"{after}}}\n";
    }

    private static void Run(params string[] arguments)
    {
        if (Run(arguments, out string said) != 0)
            throw new WrongFigures(said);
    }

    private static int Run(string[] arguments, out string said)
    {
        TextWriter before = Console.Error;
        using var text = new StringWriter();
        Console.SetError(text);
        try
        {
            return CommandLine.Run(AllVerbs.InOrder, [.. arguments, "--quiet", "--verbose", "--threads", "1"]);
        }
        finally
        {
            Console.SetError(before);
            said = text.ToString();
        }
    }
}

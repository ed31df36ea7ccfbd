using System.Text.Json;
using System.Text.RegularExpressions;
using Ldn.Cli.Flags;
using Ldn.Cli.Terminal;
using Ldn.Discovery;
using Ldn.Gdal;
using Ldn.Jobs;
using Ldn.Jobs.Flags;
using Ldn.Run;

namespace Ldn.Cli.Verbs;

/// <summary><c>ldn init</c>: a job from the files of a folder.</summary>
internal static class InitVerb
{
    /// <summary>More files of one kind whose names differ in numbers alone are told by the first and the last.</summary>
    private const int MostAlike = 6;

    private static readonly TextFlag s_job = new("--out", "JOB")
    {
        Short = "-o",
        Group = FlagGroup.Outputs,
        Doc = "The job file to write; one that is there is never touched",
        Default = "DIR/job.json",
        Example = "job.json",
    };

    private static readonly TextFlag s_zones = new("--zones", "FILE")
    {
        Group = FlagGroup.Inputs,
        Doc = "The zones, where they do not lie in the folder or several layers could be meant",
        Example = "countries.geojson",
    };

    private static readonly SwitchFlag s_yes = new("--yes")
    {
        Group = FlagGroup.Running,
        Doc = "Ask nothing, also on a terminal",
        Example = "",
    };

    public static Verb Verb { get; } = new("init", "Write a job from the files of a folder")
    {
        Run = Run,
        Doc = "Tells what each file is taken for and why, by its name, values and attributes, and what is unclear. The job "
            + "holds the alternatives as comments; "
            + "what is yours to decide, such as stand-ins for missing years, is a comment only.",
        Operands = [new("DIR", "The folder of the files; folders below it are looked through too")],
        Flags = [s_zones, s_job, s_yes, ZoneFlags.TextEncoding, .. RunFlags.Saying],
        Examples = [new("init data", "writes data/job.json"),
            new("init data --zones countries.geojson -o job.json", "with zones from elsewhere")],
    };

    private static int Run(Call call)
    {
        string folder = Path.GetFullPath(call.Operand!);
        string target = Path.GetFullPath(call.Of(s_job) ?? Path.Combine(folder, "job.json"));
        if (Path.Exists(target))
            throw Fault.Output.Error($"{target} is there already", "choose another -o JOB; init never writes over a file");
        var geodata = new GdalGeodata();
        var finder = new FolderFinder(geodata);
        IReadOnlyList<Finding> findings = finder.Of(folder);
        IReadOnlyList<Finding> given = call.Of(s_zones) is { } named ? Zones(named, finder) : [];
        Finding? zones = given.Count > 0 ? given[0] : null;
        findings = [.. findings, .. given.Skip(1)];
        if (zones is null && !call.Quiet && !call.Is(s_yes) && !Console.IsInputRedirected && !Console.IsErrorRedirected)
            zones = Asked(findings);
        string home = Path.GetDirectoryName(target)!;
        JobDraft Draft() => JobDraft.Of(
            findings, zones, Path.GetFileName(folder.TrimEnd('/', '\\')),
                file => Path.GetRelativePath(home, Path.Combine(folder, file)).Replace('\\', '/'));
        JobDraft draft = Draft();
        string? legend = WriteLegend(draft, home, call);
        if (!draft.HasInputs)
        {
            if (!call.Quiet)
                Tell(findings, draft);
            if (legend is not null)
                throw Fault.Missing.Error(
                    $"{folder} holds land cover in codes of no built-in legend, and nothing else to compute from",
                    $"fill in the column unccd of {legend}, and call init again");
            throw Fault.Missing.Error(
                $"{folder} holds nothing that land cover, productivity or soil carbon can be computed from",
                "put years into the names of the files (lc2000.tif, lc2015.tif) and words that tell what they are, or write the "
                    + "job by hand: 'ldn schema job'");
        }

        WholeFile.Write(target, draft.Text, overwrite: false);
        JobReview review = JobReview.Of(target, null, geodata);
        // What lies beyond the indicator must not keep anybody from it: what cannot be used as it is, is told and left out.
        while (review.Faults.Select(f => (Fault: f, Of: Optional(f, findings)))
            .FirstOrDefault(f => f.Of.Count > 0) is { Fault: not null } unfit)
        {
            findings = [.. findings.Select(f => unfit.Of.Contains(f)
                ? f with { Kind = LayerKind.Unknown, Doubt = unfit.Fault.Error.Message } : f)];
            draft = Draft();
            WholeFile.Write(target, draft.Text);
            review = JobReview.Of(target, null, geodata);
        }

        if (!call.Quiet)
            Tell(zones is null || findings.Contains(zones) ? findings : [.. findings, zones], draft);
        if (!call.Quiet)
            Ending(target, review);
        if (call.Is(RunFlags.Json))
            WriteJson(target, findings, draft, review, legend);
        return (int)ExitCode.Success;
    }

    /// <summary>
    /// On a terminal, where several layers could be the zones, a person is asked; without an answer the coarsest is taken.
    /// </summary>
    private static Finding? Asked(IReadOnlyList<Finding> findings)
    {
        Finding[] layers = [.. findings.Where(f => f is { Kind: LayerKind.Zones, Zones.Id: not null })
            .OrderBy(f => f.Zones!.Count)];
        if (layers.Length < 2)
            return null;
        for (int i = 0; i < layers.Length; i++)
            Console.Error.WriteLine($"  {i + 1}  {PlainTable.Plain(layers[i].Name)}: {PlainTable.Plain(layers[i].Why)}");
        Console.Error.Write("which layer holds the zones (1)? ");
        return int.TryParse(Console.ReadLine(), out int chosen) && chosen >= 1 && chosen <= layers.Length ? layers[chosen - 1]
            : null;
    }

    /// <summary>The zones of a file that was named; of several layers the coarsest first.</summary>
    private static IReadOnlyList<Finding> Zones(string file, FolderFinder finder)
    {
        string path = Path.GetFullPath(file);
        if (!Path.Exists(path))
            throw Fault.Missing.Error($"zones {file}: no such file", "relative paths start at the current folder");
        IReadOnlyList<Finding> found = finder.Of(path, path);
        Finding[] layers = [.. found.Where(f => f is { Kind: LayerKind.Zones, Zones.Id: not null }).OrderBy(f => f.Zones!.Count)];
        if (layers.Length > 0)
            return layers;
        return found switch
        {
            [{ Doubt: { } doubt }, ..] and not [{ Kind: not LayerKind.Zones and not LayerKind.Unknown }, ..] =>
                throw Fault.ZoneChoice.Error($"zones {file}: {doubt}", "see 'ldn info' for its attributes"),
            [var other, ..] => [other with { File = path, Kind = LayerKind.Zones, Zones = null }],
            _ => throw Fault.Polygons.Error($"zones {file} is neither a layer of polygons nor a raster",
                "give polygons of any format GDAL reads"),
        };
    }

    /// <summary>The files behind a fault that the job can do without.</summary>
    private static IReadOnlyList<Finding> Optional(JobFault fault, IReadOnlyList<Finding> findings)
    {
        LayerKind[] kinds = fault.Section switch
        {
            "corrections" => [LayerKind.Corrections],
            "activities" => [LayerKind.Activities],
            "landCover" => [LayerKind.Regions, LayerKind.RegionMatrices],
            "targets" => [LayerKind.Targets],
            "strata" => [LayerKind.Population, LayerKind.Aridity, LayerKind.Drought, LayerKind.Rain, LayerKind.Driver,
                LayerKind.Category,
                LayerKind.Statistics],
            _ => [],
        };
        Finding[] all = [.. findings.Where(f => kinds.Contains(f.Kind))];
        Finding[] named = [.. all.Where(f => fault.Error.Message.Contains(f.File, StringComparison.Ordinal))];
        return named.Length > 0 || fault.Section == "landCover" ? named : all;
    }

    /// <summary>Puts a legend to be filled in beside the job; one that is there is never touched. Its name, or null.</summary>
    private static string? WriteLegend(JobDraft draft, string home, Call call)
    {
        if (draft.LegendToFillIn is not { } text)
            return null;
        string file = Path.Combine(home, JobDraft.LegendFile),
        shown = Path.GetRelativePath(Directory.GetCurrentDirectory(), file);
        if (!File.Exists(file))
        {
            WholeFile.Write(file, text, overwrite: false);
            if (!call.Quiet)
                Console.Error.WriteLine($"written: {shown}, the codes of the land cover: fill in its column unccd");
        }

        return shown;
    }

    private static void Tell(IReadOnlyList<Finding> findings, JobDraft draft)
    {
        var rows = new List<string[]>();
        foreach (var alike in findings.GroupBy(f => (Regex.Replace(f.Name, "[0-9]+", "0"), f.Called, IsUsed(f, draft))))
        {
            Finding[] all = [.. alike];
            rows.Add(Row(all[0], all[0].Name, all[0].Years, draft));
            if (all.Length > MostAlike)
                rows.Add(Row(
                    all[1] with { Why = "" }, $"… and {all.Length - 2} more like these",
                    [.. all.SelectMany(f => f.Years).Order()], draft));
            foreach (Finding more in all.Length > MostAlike ? all[^1..] : all[1..])
                rows.Add(Row(more, more.Name, more.Years, draft));
        }

        PlainTable.Write(Console.Error, ["file", "taken for", "years", "why"], rows, Screen.Width);
        foreach (var doubt in findings.Where(f => f.Doubt is not null).GroupBy(f => f.Doubt!))
        {
            string[] files = [.. doubt.Select(f => PlainTable.Plain(f.Name))];
            string named = files.Length > 2 ? $"{files[0]} and {files.Length - 1} more" : string.Join(" and ", files);
            Screen.Say("", Tone.Warning, "unclear:", $" {named}: {PlainTable.Plain(doubt.Key)}");
        }

        if (draft.Without.Count is > 0 and < 3)
            Console.Error.WriteLine($"nothing found for {string.Join(" and ", draft.Without)}: the job leaves it out, and "
                + $"results are called partial");
    }

    private static string[] Row(Finding finding, string name, IReadOnlyList<int> years, JobDraft draft)
    {
        bool used = IsUsed(finding, draft);
        return [name, used ? finding.Called : $"({finding.Called})",
            years.Count == 0 ? "" : years[0] == years[^1] ? $"{years[0]}" : $"{years[0]}–{years[^1]}", finding.Why];
    }

    private static bool IsUsed(Finding finding, JobDraft draft) => draft.Used.Contains(finding.Name);

    private static void Ending(string target, JobReview review)
    {
        string shown = Path.GetRelativePath(Directory.GetCurrentDirectory(), target);
        Console.Error.WriteLine($"written: {shown}");
        foreach (var fault in review.Faults)
            Console.Error.WriteLine($"  to be mended: "
                + $"{(fault.Line is { } line ? $"line {line}: " : "")}{fault.Error.Message}{(fault.Error.Remedy is { } cure ? $": {cure}" : "")}");
        Console.Error.WriteLine($"next: look it through, then  ldn validate {shown}  and  ldn compute {shown} --out result");
    }

    private static void WriteJson(string target, IReadOnlyList<Finding> findings, JobDraft draft, JobReview review,
        string? legend)
    {
        using Stream stdout = Console.OpenStandardOutput();
        using (var json = new Utf8JsonWriter(stdout))
        {
            json.WriteStartObject();
            json.WriteString("job", target);
            json.WriteString("legend", legend);
            json.WriteBoolean("valid", review.Faults.Count == 0);
            json.WriteStartArray("faults");
            foreach (JobFault fault in review.Faults)
                json.WriteStringValue(fault.Error.Message);
            json.WriteEndArray();
            json.WriteStartArray("files");
            foreach (Finding finding in findings)
            {
                json.WriteStartObject();
                json.WriteString("file", finding.File);
                if (finding.Layer is { } layer)
                    json.WriteString("layer", layer);
                json.WriteString("kind", JsonNamingPolicy.SnakeCaseLower.ConvertName(finding.Kind.ToString()));
                json.WriteString("detail", finding.Detail);
                json.WriteStartArray("years");
                foreach (int year in finding.Years)
                    json.WriteNumberValue(year);
                json.WriteEndArray();
                json.WriteString("why", finding.Why);
                json.WriteString("unclear", finding.Doubt);
                json.WriteBoolean("used", IsUsed(finding, draft));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("without");
            foreach (string sub in draft.Without)
                json.WriteStringValue(sub);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        stdout.WriteByte((byte)'\n');
    }
}

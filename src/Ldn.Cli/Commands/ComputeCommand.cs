using System.CommandLine;
using System.Text.Json;
using Ldn.Gdal;
using Ldn.Jobs;
using Ldn.Reports;
using Ldn.Run;
using Ldn.Tables;

namespace Ldn.Cli.Commands;

/// <summary><c>ldn compute</c>: the whole job, from job files or from flags.</summary>
internal static class ComputeCommand
{
    public static Command Create()
    {
        var jobs = new Argument<string[]>("JOB") { Description = "Job files; without any, the flags describe one period", Arity = ArgumentArity.ZeroOrMore };
        Option<string?> failOn = FailOnOption();
        var options = new JobOptions();
        var command = new Command("compute", "Compute the indicator: rasters, summaries, report") { jobs, failOn, ReportCommand.Language };
        options.AddTo(command);
        command.WithCommonOptions();
        var shard = new ShardOptions();
        shard.AddTo(command);
        command.SetAction(parsed =>
        {
            if (shard.PlanOf(parsed) is { } plan)
                return shard.Run(plan, [.. options.Given(parsed).Keys, .. parsed.GetValue(jobs) ?? []], parsed);
            string[] files = parsed.GetValue(jobs) ?? [];
            FailOn[] checks = FailOn.Parse(parsed.GetValue(failOn));
            string folder = CommonOptions.OutFolder(parsed);
            var failures = new List<string>();
            foreach (string? file in files.Length == 0 ? [null] : files.AsEnumerable<string?>())
            {
                Job job = Read(file, options, parsed);
                foreach (FailOn check in checks)
                    check.Require(job);
                string target = files.Length > 1 ? Path.Combine(folder, Path.GetFileNameWithoutExtension(file!)) : folder;
                failures.AddRange(Run(job, target, options, checks, parsed));
            }

            return Ended(failures);
        });
        return command;
    }

    public static Option<string?> FailOnOption() =>
        new("--fail-on") { Description = "Exit 4 on targets off track (targets), land types that lose (not-neutral), or a headline column beyond a bound, such as degraded_pct_of_land>20", HelpName = "EXPR[,…]" };

    /// <summary>A job from a file with flags laid over it, or from flags alone.</summary>
    public static Job Read(string? file, JobOptions options, ParseResult parsed)
    {
        (JobConfig config, string folder) = ReadConfig(file, options, parsed);
        return JobResolver.Resolve(config, folder);
    }

    /// <summary>The same, not yet resolved, with the folder its relative paths start from.</summary>
    public static (JobConfig Config, string Folder) ReadConfig(string? file, JobOptions options, ParseResult parsed) =>
        (options.Overlay(file is null ? null : JobReader.Read(file), parsed),
        file is null ? Directory.GetCurrentDirectory() : Path.GetDirectoryName(Path.GetFullPath(file))!);

    /// <summary>Runs one job into --out.</summary>
    public static int Run(Job job, JobOptions options, ParseResult parsed, params (string Name, string Value)[] given)
    {
        _ = Run(job, CommonOptions.OutFolder(parsed), options, [], parsed, given).Count();
        return (int)ExitCode.Success;
    }

    /// <summary>Runs one job and then the checks; a failed one is an error, with the results in place.</summary>
    /// <exception cref="LdnException">Exit 2: the job gives a check nothing to check; exit 4: a check failed.</exception>
    public static int RunChecked(Job job, string folder, JobOptions options, FailOn[] checks, ParseResult parsed)
    {
        foreach (FailOn check in checks)
            check.Require(job);
        return Ended([.. Run(job, folder, options, checks, parsed)]);
    }

    private static int Ended(IReadOnlyCollection<string> failures) =>
        failures.Count == 0 ? (int)ExitCode.Success : throw LdnException.Check($"a check failed: {string.Join("; ", failures)}");

    private static IEnumerable<string> Run(Job job, string folder, JobOptions options, FailOn[] checks, ParseResult parsed, params (string Name, string Value)[] given)
    {
        SortedDictionary<string, string> inForce = options.Given(parsed);
        foreach ((string name, string value) in given)
            inForce[name] = value;
        var how = new ComputeOptions(
            folder, parsed.GetValue(CommonOptions.Overwrite), CommonOptions.ThreadCount(parsed), CommonOptions.MemoryBytes(parsed), inForce)
        {
            // Before an hour of computing, not after it.
            Language = Texts.Load(parsed.GetValue(ReportCommand.Language) ?? "en").Language,
            HashRemote = options.HashesRemote(parsed),
        };
        ComputeResult result;
        using (ConsoleProgress? progress = ConsoleProgress.Create(parsed))
            result = ComputeRun.Execute(job, how, new GdalGeodata(), progress, CommandLine.Cancellation);
        Say(result, parsed);
        return checks.SelectMany(check => check.Failures(result));
    }

    /// <summary>Says what came out: the closing table on standard error, JSON on standard output, as asked.</summary>
    public static void Say(ComputeResult result, ParseResult parsed)
    {
        if (!parsed.GetValue(CommonOptions.Quiet))
            ClosingSummary.Write(result);
        if (parsed.GetValue(CommonOptions.Json))
            WriteJson(result);
    }

    private static void WriteJson(ComputeResult result)
    {
        using Stream stdout = Console.OpenStandardOutput();
        using (var json = new Utf8JsonWriter(stdout))
        {
            json.WriteStartObject();
            json.WriteString("name", result.Job.Name);
            json.WriteString("out", result.Folder);
            json.WriteStartArray("headline");
            ResultTable headline = result.Table("headline");
            foreach (object?[] row in headline.Rows)
            {
                json.WriteStartObject();
                for (int c = 0; c < row.Length; c++)
                {
                    json.WritePropertyName(headline.Columns[c].Name);
                    if (row[c] is null)
                        json.WriteNullValue();
                    else if (row[c] is string text)
                        json.WriteStringValue(text);
                    else
                        json.WriteRawValue(ResultTable.Format(row[c]));
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("warnings");
            foreach (string warning in result.Warnings)
                json.WriteStringValue(warning);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        stdout.WriteByte((byte)'\n');
    }
}

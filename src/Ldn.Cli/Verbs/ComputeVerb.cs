using System.Text.Json;
using Ldn.Cli.Flags;
using Ldn.Cli.Terminal;
using Ldn.Gdal;
using Ldn.Jobs;
using Ldn.Jobs.Flags;
using Ldn.Reports;
using Ldn.Run;
using Ldn.Run.Shards;
using Ldn.Tables;

namespace Ldn.Cli.Verbs;

/// <summary><c>ldn compute</c>: the whole job, from job files or from flags.</summary>
internal static class ComputeVerb
{
    /// <summary>
    /// What describes a job: all that a job file's scalars can be overridden with, and the short form of one period.
    /// </summary>
    public static IReadOnlyList<Flag> JobFlags { get; } =
        [.. InputFlags.All, .. ZoneFlags.All, .. RuleFlags.All, .. QuestionFlags.All, .. OutputFlags.All];

    public static Verb Verb { get; } = new("compute", "Compute the indicator: rasters, tables, report")
    {
        Run = Run,
        Doc = "Computes the jobs of the files named; without any, the flags describe a job of one period. Of several each goes "
            + "to OUT/NAME, NAME its file's name or, "
            + "where two are alike, its folder's; a job that fails does not stop the others, the exit code is the worst, and "
            + "OUT/batch.csv holds the headline rows of all. "
            + "Flags go before LDN_ variables, these before the job file, and that before presets and defaults.",
        Operands = [new("JOB", "Job files; without any, the flags describe one period", 0, Operand.Any)],
        Flags =
        [
            .. JobFlags, RunFlags.Out, RunFlags.Overwrite, RunFlags.SkipDone, RunFlags.Language, RunFlags.FailOn,
            RunFlags.HashRemote,
            ShardFlags.Plan, ShardFlags.Shard, ShardFlags.Stage, .. RunFlags.Common.Skip(2),
        ],
        Examples =
        [
            new(
                "compute sample-data/north-east-asia/job.json --out result",
                "six countries, three periods, of the synthetic sample"),
            new("compute --land-cover-initial lc2000.tif --land-cover-final lc2015.tif --legend esa-cci --lpd lpd.tif "
                + "--soc-initial soc2000.tif "
                + "--soc-final soc2015.tif --zones countries.geojson --zone-id iso3 --out result", "one period, no job file"),
            new(
                "compute provinces/*.json --out provinces --skip-done",
                "many jobs, each to a folder of its own; only those whose job or inputs changed"),
            new("compute job.json --missing available --out available", "a job under another rule"),
            new("compute --plan run/plan.json --shard 2", "one shard of a plan"),
        ],
    };

    private static int Run(Call call)
    {
        if (ShardRuns.PlanOf(call) is { } plan)
            return ShardRuns.Run(plan, [.. call.Recorded().Keys, .. call.Operands], call);
        if (call.Is(RunFlags.SkipDone) && call.Has(RunFlags.FailOn))
            throw LdnException.Usage(
                "--skip-done is given with --fail-on, but what is skipped is not checked", "leave one of the two out");
        string folder = RunFlags.OutFolder(call);
        if (call.Operands.Count > 1)
            return Batch.Run(call, folder);
        (JobConfig config, string from) = call.Config(call.Operand);
        string hash = JobHash(config, from, call);
        if (call.Is(RunFlags.SkipDone) && DoneBefore.WhyNot(folder, hash, CommandLine.Cancellation) is null)
        {
            if (!call.Quiet)
                Console.Error.WriteLine($"  done before, nothing to do: {folder}");
            return (int)ExitCode.Success;
        }

        return RunChecked(Call.Resolved(call.Operand, config, from), folder, call, hash);
    }

    /// <summary>What a job is, to know it again.</summary>
    public static string JobHash(JobConfig config, string folder, Call call) =>
        DoneBefore.JobHash(config, folder, call.Of(RunFlags.Language) ?? "en");

    /// <summary>Runs one job into a folder and then the checks; a failed one is an error, with the results in place.</summary>
    /// <exception cref="LdnException">Exit 2: the job gives a check nothing to check; exit 4: a check failed.</exception>
    public static int RunChecked(Job job, string folder, Call call, string? jobHash = null)
    {
        ComputeResult result = Compute(job, folder, call, jobHash, out string[] failures);
        Say(result, call);
        return Ended(failures);
    }

    /// <summary>Runs one job into a folder.</summary>
    /// <param name="job">The job.</param>
    /// <param name="folder">Where its result goes.</param>
    /// <param name="call">How.</param>
    /// <param name="jobHash">As <see cref="JobHash"/> makes it.</param>
    /// <param name="failures">What --fail-on found, one sentence each.</param>
    public static ComputeResult Compute(Job job, string folder, Call call, string? jobHash, out string[] failures)
    {
        FailOn[] checks = FailOn.Parse(call.Of(RunFlags.FailOn));
        foreach (FailOn check in checks)
            check.Require(job);
        ComputeResult result;
        using (ConsoleProgress? progress = ConsoleProgress.Create(call))
        {
            result = ComputeRun.Execute(
                job, How(call, folder) with { JobHash = jobHash, Begins = progress is null ? null : progress.Begins },
                new GdalGeodata(), progress?.Heard, CommandLine.Cancellation);
            progress?.Ends(folder);
        }

        failures = [.. checks.SelectMany(check => check.Failures(result))];
        return result;
    }

    /// <summary>How a run is carried out, as the flags say.</summary>
    public static ComputeOptions How(Call call, string folder, IReadOnlyDictionary<string, string>? recorded = null) =>
        new(folder, call.Is(RunFlags.Overwrite), call.Threads, call.Memory, recorded ?? call.Recorded())
        {
            // Before an hour of computing, not after it.
            Language = Texts.Load(call.Of(RunFlags.Language) ?? "en").Language,
            HashRemote = call.Is(RunFlags.HashRemote),
        };

    /// <summary>Says what came out: the closing table on standard error, JSON on standard output, as asked.</summary>
    public static void Say(ComputeResult result, Call call)
    {
        if (!call.Quiet)
            ClosingSummary.Write(result, call.Is(RunFlags.Verbose));
        if (call.Is(RunFlags.Json))
            WriteJson(result);
    }

    /// <summary>Exit 0, or an error that names the checks that failed.</summary>
    public static int Ended(IReadOnlyCollection<string> failures) =>
        failures.Count == 0 ? (int)ExitCode.Success : throw LdnException.Check($"a check failed: {string.Join("; ", failures)}");

    public static void WriteJson(ComputeResult result, string? job = null)
    {
        using Stream stdout = Streams.OpenOutput();
        using (var json = new Utf8JsonWriter(stdout))
        {
            json.WriteStartObject();
            if (job is not null)
                json.WriteString("job", job);
            json.WriteString("name", result.Job.Name);
            json.WriteString("out", result.Folder);
            string figures = result.Job.WithoutIndicator ? "drought" : "headline";
            json.WriteStartArray(figures);
            ResultTable headline = result.Table(figures);
            foreach (Row row in headline.Walk())
            {
                json.WriteStartObject();
                foreach (Column column in headline.Columns)
                {
                    json.WritePropertyName(column.Name);
                    if (row[column] is null)
                        json.WriteNullValue();
                    else if (row[column] is string text)
                        json.WriteStringValue(text);
                    else
                        json.WriteRawValue(Cell.Format(row[column]));
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

/// <summary><c>ldn compute --plan</c>: one shard of a plan; everything else is in the plan.</summary>
internal static class ShardRuns
{
    /// <summary>The plan file, or null for a run of a job.</summary>
    public static string? PlanOf(Call call)
    {
        if (call.Of(ShardFlags.Plan) is { } plan)
            return plan;
        return call.Has(ShardFlags.Shard) || call.Has(ShardFlags.Stage)
            ? throw LdnException.Usage(
                "--shard and --stage go with --plan", "name the plan that 'ldn plan' wrote with --plan FILE")
            : null;
    }

    /// <summary>Computes the shard.</summary>
    /// <param name="path">The plan file.</param>
    /// <param name="beside">Jobs and flags of jobs given beside it, which a plan does not take.</param>
    /// <param name="call">The call.</param>
    public static int Run(string path, IReadOnlyList<string> beside, Call call)
    {
        if (beside.Count > 0 || call.Has(RunFlags.Out))
        {
            throw LdnException.Usage(
                $"'{(beside.Count > 0 ? beside[0] : "out")}' is given beside --plan",
                "the plan holds the whole job, and its parts lie beside it: leave it out, or make another plan");
        }

        int shard = call.Of(ShardFlags.Shard) ?? throw LdnException.Usage("--plan needs --shard", "shards are numbered from 0");
        ShardPlan plan = ShardPlan.Load(path);
        ComputeOptions how = ComputeVerb.How(call, plan.PartsFolder, plan.Options) with { Overwrite = true };
        bool computed;
        using (ConsoleProgress? progress = ConsoleProgress.Create(call))
            computed = ShardRun.Execute(
                plan, shard, call.Of(ShardFlags.Stage), how with { Begins = progress is null ? null : progress.Begins },
                new GdalGeodata(), progress?.Heard, CommandLine.Cancellation);
        if (!call.Quiet)
            Console.Error.WriteLine(computed ? $"shard {shard}: done" : $"shard {shard}: done before, nothing to do");
        return (int)ExitCode.Success;
    }
}

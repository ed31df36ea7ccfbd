using System.CommandLine;
using Ldn.Gdal;
using Ldn.Run;
using Ldn.Run.Shards;

namespace Ldn.Cli;

/// <summary>The flags with which <c>ldn compute</c> computes one shard of a plan; everything else is in the plan.</summary>
internal sealed class ShardOptions
{
    private Option<string?> Plan { get; } = new("--plan") { Description = "Compute a shard of this plan; the job and its flags are the plan's", HelpName = "FILE" };

    private Option<string?> Shard { get; } = new("--shard") { Description = "Which shard, from 0; leading zeros allowed", HelpName = "I" };

    private Option<int?> Stage { get; } = new("--stage") { Description = "1 or 2 of a plan with two stages (default: the last)", HelpName = "N" };

    /// <summary>Whether an option says how a shard is computed; every other is a matter of the plan.</summary>
    public static bool Takes(Option option) => option.Name is "--plan" or "--shard" or "--stage" or "--threads" or "--memory" or "--json"
        or "--quiet" or "--verbose" or "--no-progress" or "--progress" or "--no-remote" or "--reader";

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { Plan, Shard, Stage })
            command.Options.Add(option);
    }

    /// <summary>The plan file, or null for a run of a job.</summary>
    public string? PlanOf(ParseResult parsed)
    {
        if (parsed.GetValue(Plan) is { } plan)
            return plan;
        return parsed.GetValue(Shard) is null && parsed.GetValue(Stage) is null ? null
            : throw LdnException.Usage("--shard and --stage go with --plan", "name the plan that 'ldn plan' wrote with --plan FILE");
    }

    /// <summary>Computes the shard.</summary>
    /// <param name="path">The plan file.</param>
    /// <param name="beside">Jobs and flags of jobs given beside it, which a plan does not take.</param>
    public int Run(string path, IReadOnlyList<string> beside, ParseResult parsed)
    {
        if (beside.Count > 0 || parsed.GetValue(CommonOptions.Out) is not null)
            throw LdnException.Usage($"'{(beside.Count > 0 ? beside[0] : "out")}' is given beside --plan", "the plan holds the whole job, and its parts lie beside it: leave it out, or make another plan");
        string text = parsed.GetValue(Shard) ?? throw LdnException.Usage("--plan needs --shard", "shards are numbered from 0");
        if (!int.TryParse(text, System.Globalization.NumberStyles.None, null, out int shard))
            throw LdnException.Usage($"--shard {text} is not a number", "shards are numbered from 0");
        ShardPlan plan = ShardPlan.Load(path);
        var how = new ComputeOptions(plan.PartsFolder, true, CommonOptions.ThreadCount(parsed), CommonOptions.MemoryBytes(parsed), plan.Options);
        bool computed;
        using (ConsoleProgress? progress = ConsoleProgress.Create(parsed))
            computed = ShardRun.Execute(plan, shard, parsed.GetValue(Stage), how, new GdalGeodata(), progress, CommandLine.Cancellation);
        if (!parsed.GetValue(CommonOptions.Quiet))
            Console.Error.WriteLine(computed ? $"shard {shard}: done" : $"shard {shard}: done before, nothing to do");
        return (int)ExitCode.Success;
    }
}

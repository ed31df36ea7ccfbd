using Ldn.Jobs.Flags;

namespace Ldn.Cli.Flags;

/// <summary>Flags of runs in shards.</summary>
internal static class ShardFlags
{
    public static TextFlag Plan { get; } = new("--plan", "FILE")
    {
        Group = FlagGroup.Running,
        Doc = "Compute a shard of this plan; the job and its flags are the plan's",
        Example = "run/plan.json",
    };

    public static WholeFlag Shard { get; } = new("--shard", "I")
    {
        Group = FlagGroup.Running,
        Doc = "Which shard of --plan, from 0; leading zeros allowed",
        Example = "17",
    };

    public static WholeFlag Stage { get; } = new("--stage", "N")
    {
        Group = FlagGroup.Running,
        Doc = "Which stage of a plan with two",
        Default = "the last",
        Example = "1",
    };

    public static WholeFlag Shards { get; } = new("--shards", "N")
    {
        Group = FlagGroup.Running,
        Doc = "Number of shards",
        Example = "3",
    };

    public static SwitchFlag Calibrate { get; } = new("--calibrate")
    {
        Group = FlagGroup.Running,
        Doc = "Measure on this machine what the run will cost: a second's work of its own windows, spread over the whole, is "
            + "done and thrown away. Without it the cost is that of a usual machine, which may be wrong by a factor of two",
        Example = "",
    };

    /// <summary>In place of the folder of a result.</summary>
    public static TextFlag PlanFile { get; } = new("--out", "FILE")
    {
        Short = "-o",
        Group = FlagGroup.Outputs,
        Doc = "The plan to write; parts will lie beside it",
        Example = "run/plan.json",
    };

    public static SwitchFlag Cog { get; } = new("--cog")
    {
        Group = FlagGroup.Outputs,
        Doc = "Join the parts of each raster to one Cloud-Optimized GeoTIFF; otherwise a virtual raster (VRT) reads from them",
        Example = "",
    };

    /// <summary>How a shard is computed; every other flag is a matter of the plan.</summary>
    public static IReadOnlyList<Flag> OfShard { get; } =
    [
        Plan, Shard, Stage, RunFlags.Threads, RunFlags.Memory, RunFlags.Json, RunFlags.Quiet, RunFlags.Verbose,
        RunFlags.NoProgress, RunFlags.Progress, RunFlags.Color,
        RunFlags.NoRemote, RunFlags.Reader,
    ];
}

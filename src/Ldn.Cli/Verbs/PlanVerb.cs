using System.Globalization;
using System.Text.Json;
using Ldn.Cli.Flags;
using Ldn.Cli.Terminal;
using Ldn.Gdal;
using Ldn.Jobs;
using Ldn.Run.Shards;

namespace Ldn.Cli.Verbs;

/// <summary><c>ldn plan</c>: a job cut into shards, with what they will cost.</summary>
internal static class PlanVerb
{
    private const int MostRows = 24;

    public static Verb Verb { get; } = new("plan", "Check a job, pin its inputs and cut it into shards for a cluster")
    {
        Run = Run,
        Doc = "Checks everything, hashes the inputs, shares the land out and tells what the run will cost. 'ldn compute --plan' "
            + "computes a shard, 'ldn merge' the result.",
        Operands = [new("JOB", "A job file; without one, the flags describe one period", 0)],
        Flags =
        [
            .. ComputeVerb.JobFlags, ShardFlags.Shards, ShardFlags.PlanFile, ShardFlags.Calibrate, RunFlags.Language,
            RunFlags.HashRemote, .. RunFlags.Common.Skip(1),
        ],
        Examples =
        [
            new("plan job.json --shards 3 -o run/plan.json", "three shards"),
            new("plan job.json --shards 3 -o run/plan.json --calibrate", "what they will cost, measured on this machine"),
        ],
    };

    private static int Run(Call call)
    {
        int count = call.Of(ShardFlags.Shards) ?? throw LdnException.Usage("no number of shards", "give --shards N");
        string path = call.Of(ShardFlags.PlanFile)
            ?? throw LdnException.Usage("no plan file", "name it with -o FILE, such as -o run/plan.json");
        (JobConfig config, string folder) = call.Config(call.Operand);
        (ShardPlan plan, CostEstimate cost) = ShardPlanner.Execute(
            config, folder, count, path, ComputeVerb.How(call, path), new GdalGeodata(),
            call.Is(ShardFlags.Calibrate) ? () => Environment.CpuUsage.TotalTime.TotalSeconds : null);
        if (!call.Quiet)
            Say(plan, cost);
        if (call.Is(RunFlags.Json))
            WriteJson(plan, cost);
        return (int)ExitCode.Success;
    }

    private static void Say(ShardPlan plan, CostEstimate cost)
    {
        static void Line(string text) => Console.Error.WriteLine(text);
        Line($"  {"shard",5}  {"windows",9}  {"land cells",15}");
        foreach ((ShardUnits shard, int number) in plan.Shards.Select((s, i) => (s, i)).Take(MostRows))
            Line($"  {number,5}  {shard.Count,9}  {shard.LandCells,15:N0}");
        if (plan.Shards.Count > MostRows)
            Line($"  and {plan.Shards.Count - MostRows} more");
        Line($"  cells      {cost.Cells:N0}, of them {cost.LandCells:N0} inside zones");
        Line(
            $"  read       {Size(cost.StoredBytes)} stored, {Size(cost.DecodedBytes)} decoded, in {plan.Stages} "
                + $"stage{(plan.Stages > 1 ? "s" : "")}");
        Line($"  written    {Size(cost.WrittenBytes)} before encoding");
        Line(
            $"  core time  {Time(cost.Seconds(plan.Shards.Count))} s (decode {Time(cost.DecodeSeconds)}, compute "
                + $"{Time(cost.KernelSeconds)}, encode {Time(cost.EncodeSeconds)}, starts "
                + $"{Time(cost.Pace.StartSeconds * plan.Shards.Count * cost.Stages)}); longest shard "
                + $"{Time(cost.LongestSeconds(plan.Shards))} s on one core; "
                + (cost.MeasuredUnits == 0 ? "of a usual machine: --calibrate measures this one"
                    : $"measured on {cost.MeasuredUnits} windows here"));
        Line($"  memory     {Size(CostEstimate.ProgramBytes)} and {Size(cost.WorkerBytes)} for each thread");
        Line($"  written: {plan.Path}");
    }

    private static string Time(double seconds) =>
        seconds.ToString(seconds < 10 ? "N1" : "N0", CultureInfo.InvariantCulture);

    private static string Size(long bytes) => bytes switch
    {
        >= 10L << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes >> 30} GB"),
        >= 10L << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes >> 20} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(bytes + 1023) >> 10} kB"),
    };

    private static void WriteJson(ShardPlan plan, CostEstimate cost)
    {
        using Stream stdout = Streams.OpenOutput();
        using (var json = new Utf8JsonWriter(stdout))
        {
            json.WriteStartObject();
            json.WriteString("plan", plan.Path);
            json.WriteString("id", plan.Id);
            json.WriteNumber("shards", plan.Shards.Count);
            json.WriteNumber("stages", plan.Stages);
            json.WriteNumber("cells", cost.Cells);
            json.WriteNumber("land_cells", cost.LandCells);
            json.WriteNumber("stored_bytes", cost.StoredBytes);
            json.WriteNumber("decoded_bytes", cost.DecodedBytes);
            json.WriteNumber("written_bytes", cost.WrittenBytes);
            json.WriteNumber("core_seconds", Math.Round(cost.Seconds(plan.Shards.Count), 3));
            json.WriteNumber("longest_shard_core_seconds", Math.Round(cost.LongestSeconds(plan.Shards), 3));
            json.WriteNumber("measured_windows", cost.MeasuredUnits);
            json.WriteNumber("thread_bytes", cost.WorkerBytes);
            json.WriteEndObject();
        }

        stdout.WriteByte((byte)'\n');
    }
}

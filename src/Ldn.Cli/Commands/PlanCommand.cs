using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Ldn.Gdal;
using Ldn.Jobs;
using Ldn.Reports;
using Ldn.Run;
using Ldn.Run.Shards;

namespace Ldn.Cli.Commands;

/// <summary><c>ldn plan</c>: a job cut into shards, with what they will cost.</summary>
internal static class PlanCommand
{
    private const int MostRows = 24;

    public static Command Create()
    {
        var jobs = new Argument<string?>("JOB") { Description = "A job file; without one, the flags describe one period", Arity = ArgumentArity.ZeroOrOne };
        var shards = new Option<int?>("--shards") { Description = "Number of shards", HelpName = "N" };
        var target = new Option<string?>("--out", "-o") { Description = "The plan file; parts will lie beside it", HelpName = "FILE" };
        var options = new JobOptions();
        var command = new Command("plan", "Check a job, pin its inputs and cut it into shards for a cluster") { jobs, shards, ReportCommand.Language };
        options.AddTo(command);
        command.WithCommonOptions(target);
        command.SetAction(parsed =>
        {
            int count = parsed.GetValue(shards) ?? throw LdnException.Usage("no number of shards", "give --shards N");
            string path = parsed.GetValue(target) ?? throw LdnException.Usage("no plan file", "name it with -o FILE, such as -o run/plan.json");
            (JobConfig config, string folder) = ComputeCommand.ReadConfig(parsed.GetValue(jobs), options, parsed);
            var how = new ComputeOptions(path, parsed.GetValue(CommonOptions.Overwrite), CommonOptions.ThreadCount(parsed), CommonOptions.MemoryBytes(parsed), options.Given(parsed))
            {
                Language = Texts.Load(parsed.GetValue(ReportCommand.Language) ?? "en").Language,
                HashRemote = options.HashesRemote(parsed),
            };
            (ShardPlan plan, CostEstimate cost) = ShardPlanner.Execute(config, folder, count, path, how, new GdalGeodata());
            if (!parsed.GetValue(CommonOptions.Quiet))
                Say(plan, cost);
            if (parsed.GetValue(CommonOptions.Json))
                WriteJson(plan, cost);
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static void Say(ShardPlan plan, CostEstimate cost)
    {
        static void Line(FormattableString text) => Console.Error.WriteLine(text.ToString(CultureInfo.InvariantCulture));
        Line($"  {"shard",5}  {"windows",9}  {"land cells",15}");
        foreach ((ShardUnits shard, int number) in plan.Shards.Select((s, i) => (s, i)).Take(MostRows))
            Line($"  {number,5}  {shard.Count,9}  {shard.LandCells,15:N0}");
        if (plan.Shards.Count > MostRows)
            Line($"  and {plan.Shards.Count - MostRows} more");
        Line($"  cells      {cost.Cells:N0}, of them {cost.LandCells:N0} inside zones");
        Line($"  read       {Size(cost.StoredBytes)} stored, {Size(cost.DecodedBytes)} decoded, in {plan.Stages} stage{(plan.Stages > 1 ? "s" : "")}");
        Line($"  written    {Size(cost.WrittenBytes)} before encoding");
        Line($"  core time  {cost.Seconds(plan.Shards.Count):N0} s (decode {cost.DecodeSeconds:N0}, compute {cost.KernelSeconds:N0}, encode {cost.EncodeSeconds:N0}); longest shard {cost.LongestSeconds(plan.Shards):N0} s on one core");
        Line($"  memory     {Size(CostEstimate.ProgramBytes)} and {Size(cost.WorkerBytes)} for each thread");
        Line($"  written: {plan.Path}");
    }

    private static string Size(long bytes) => bytes switch
    {
        >= 10L << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes >> 30} GB"),
        >= 10L << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes >> 20} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(bytes + 1023) >> 10} kB"),
    };

    private static void WriteJson(ShardPlan plan, CostEstimate cost)
    {
        using Stream stdout = Console.OpenStandardOutput();
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
            json.WriteNumber("thread_bytes", cost.WorkerBytes);
            json.WriteEndObject();
        }

        stdout.WriteByte((byte)'\n');
    }
}

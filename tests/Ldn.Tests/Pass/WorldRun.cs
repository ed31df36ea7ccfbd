using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Run;
using Ldn.Tables;

namespace Ldn.Tests.Pass;

/// <summary>A world planned by the product's own planner and run in memory.</summary>
internal sealed class WorldRun : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ldn-world-").FullName;

    public WorldRun(WorldOptions options, Action<World>? change = null)
    {
        World = new World(options);
        change?.Invoke(World);
        Plan = RunPlanner.Plan(World.Job(_folder), World.Geodata);
        Units = IndicatorPass.Units(Plan.Pass);
    }

    public World World { get; }

    public RunPlan Plan { get; }

    public IReadOnlyList<Window> Units { get; }

    /// <summary>One output a kind and period, written to memory.</summary>
    public List<OpenOutput> Outputs()
    {
        var outputs = new List<OpenOutput>();
        for (int p = 0; p < World.Options.Periods; p++)
        {
            Add(IndicatorOutputs.Indicator, p, IndicatorOutputs.FillIndicator(p));
            foreach (SubIndicator sub in Plan.Job.SubIndicators)
                Add(IndicatorOutputs.Of(sub), p, IndicatorOutputs.Fill(sub, p));
            if (p > 0)
                Add(IndicatorOutputs.Status, p, IndicatorOutputs.FillStatus(p));
        }

        return outputs;

        void Add(RasterKind kind, int period, OutputFill fill)
        {
            var output = Output.Of(
                kind, $"{period}", "", fill, World.Options.Signed, Plan.Pass.Grid.Crop(Plan.Pass.Extent), RasterCompression.None,
                1);
            outputs.Add(new OpenOutput(output, new MemorySink(output.Raster)));
        }
    }

    public PassResult Run(IReadOnlyList<Window> units, IReadOnlyList<OpenOutput> outputs, int threads) =>
        IndicatorPass.Run(Plan.Pass, units, outputs, threads, null, CancellationToken.None);

    public RunStatistics Statistics(PassResult result) => new(
        Plan.Job, Plan.Zones, Plan.PlaceIndex, Plan.Pass.Recodes, Plan.Pass.Tables, Plan.Pass.SoilCarbonRank, result,
        questions: Plan.Pass.Questions);

    /// <summary>
    /// Everything a result holds, in an order of its own, as text: two results are the same when their texts are.
    /// </summary>
    public static string Content(PassResult result)
    {
        var lines = new List<string>();
        foreach ((string question, Tally tally) in result.Tallies)
            lines.AddRange(Rows(question, tally));
        for (int p = 0; p < result.RasterAreas.Length; p++)
            lines.Add($"rasters {p}: {string.Join(' ', result.RasterAreas[p].Skip(1))}");
        lines.Add("covered: " + string.Join(' ', result.Covered));
        lines.AddRange(result.Unmapped.Rows.Select(r => $"unmapped {r}"));
        return string.Join('\n', lines);
    }

    public void Dispose()
    {
        Plan.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static IEnumerable<string> Rows(string name, Tally tally) =>
        tally.Rows().OrderBy(r => r.Place).ThenBy(r => r.Key)
            .Select(r => $"{name}: {r.Place} {r.Key:x} {r.Pixels} {r.Area} {string.Join(' ', r.Sums.ToArray())}");
}

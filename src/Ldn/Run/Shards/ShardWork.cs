using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Subjects;

namespace Ldn.Run.Shards;

/// <summary>A plan made ready to compute with: inputs open, units found again.</summary>
internal sealed class ShardWork : IDisposable
{
    private ShardWork(ShardPlan plan, RunPlan run, IReadOnlyList<Window> units) => (Plan, Run, Units) = (plan, run, units);

    public ShardPlan Plan { get; }

    public RunPlan Run { get; }

    /// <summary>Every unit of the run, in order.</summary>
    public IReadOnlyList<Window> Units { get; }

    /// <exception cref="LdnException">Exit 3: an input has changed.</exception>
    public static ShardWork Open(ShardPlan plan, IGeodata geodata)
    {
        plan.CheckFiles(geodata);
        RunPlan run = RunPlanner.Plan(JobResolver.Resolve(plan.Job, plan.Folder, AllSubjects.InOrder), geodata);
        IReadOnlyList<Window> units = IndicatorPass.Units(run.Pass);
        if (run.Pass.Extent == plan.Extent && units.Count == plan.UnitCount)
            return new ShardWork(plan, run, units);
        run.Dispose();
        throw Fault.Changed.Error(
            "the grid or the zones are not those of the plan",
            "some input changed unseen, on another server perhaps: make the plan anew and compute all shards again");
    }

    public IReadOnlyList<Window> UnitsOf(int shard) => [.. Units.Skip(Plan.Shards[shard].First).Take(Plan.Shards[shard].Count)];

    /// <summary>The smallest window of the run's grid that holds all units of a shard: what its rasters cover.</summary>
    public Window Box(int shard)
    {
        IReadOnlyList<Window> units = UnitsOf(shard);
        int column = units.Min(u => u.Column), row = units.Min(u => u.Row);
        return new Window(column, row, units.Max(u => u.EndColumn) - column, units.Max(u => u.EndRow) - row);
    }

    public void Dispose() => Run.Dispose();
}

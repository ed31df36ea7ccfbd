using System.Text.Json;
using Ldn.Pass;
using Ldn.Productivity;
using Ldn.Rasters;

namespace Ldn.Run.Shards;

/// <summary>
/// Measures what a job costs on the machine at hand: some of its own units, spread over the whole, are read, computed, counted
/// and written as a shard would, and what came of them is thrown away. The clock is the processor time of the process, so that
/// other work on the machine changes little.
/// </summary>
internal sealed class Calibration
{
    /// <summary>Processor seconds that a measurement is meant to take.</summary>
    private const double Goal = 0.8;

    private readonly RunPlan _run;
    private readonly IReadOnlyList<Window> _units;
    private readonly CostEstimate _cost;
    private readonly ComputeOptions _how;
    private readonly IGeodata _geodata;
    private readonly string _folder;
    private readonly Func<double> _clock;

    private Calibration(
        RunPlan run, IReadOnlyList<Window> units, CostEstimate cost, ComputeOptions how, IGeodata geodata, string folder,
        Func<double> clock) =>
        (_run, _units, _cost, _how, _geodata, _folder, _clock) =
            (run, units, cost, how with { Threads = 1 }, geodata, folder, clock);

    /// <summary>The estimate of a plan with the pace of this machine.</summary>
    /// <param name="cost">The estimate from sizes.</param>
    /// <param name="run">The run, its inputs open and nothing of it computed.</param>
    /// <param name="units">All of its units.</param>
    /// <param name="started">Processor seconds that the process took until the run was planned, as each shard does.</param>
    /// <param name="how">Memory.</param>
    /// <param name="geodata">Writes the rasters that are thrown away.</param>
    /// <param name="beside">A file in whose folder they are written.</param>
    /// <param name="clock">Processor seconds of this process so far.</param>
    /// <exception cref="LdnException">What computing a shard meets.</exception>
    public static CostEstimate Of(
        CostEstimate cost, RunPlan run, IReadOnlyList<Window> units, double started, ComputeOptions how, IGeodata geodata,
        string beside, Func<double> clock)
    {
        string folder = Path.Combine(Path.GetDirectoryName(beside)!, ".ldn-calibration-" + Path.GetRandomFileName());
        Directory.CreateDirectory(folder);
        try
        {
            return new Calibration(run, units, cost, how, geodata, folder, clock).Measured(started);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private CostEstimate Measured(double started)
    {
        // The one in the middle by what it should cost, twice: the first time everything is made ready.
        Window one = _units.OrderBy(u => Expected([u])).ElementAt(_units.Count / 2);
        double cold = Seconds(one), warm = Seconds(one), start = started + Math.Max(0, cold - warm);
        Window[] some = Spread((int)Math.Clamp(Goal / Math.Max(warm, 1e-4), 1, _units.Count));
        // One by one: rasters of windows that lie apart are laid out over all that lies between.
        (IReadOnlyList<Window> measured, double took) = some.Length == 1 ? ([one], warm) : (some, some.Sum(Seconds));
        double expected = Expected(measured);
        return _cost with
        {
            Pace = CostPace.Usual.Times(expected > 0 ? took / expected : 1) with { StartSeconds = start },
            MeasuredUnits = measured.Count,
        };
    }

    /// <summary>So many units, evenly over all.</summary>
    private Window[] Spread(int count) =>
        [.. Enumerable.Range(0, count).Select(i => _units[(int)(((2L * i) + 1) * _units.Count / (2L * count))])];

    /// <summary>What units would cost at the usual pace, without the start.</summary>
    private double Expected(IReadOnlyList<Window> units)
    {
        double cells = units.Sum(u => (double)u.Width * u.Height) / Math.Max(1, _cost.Cells);
        double land = units.Sum(u => (double)_run.Pass.Places.CellCount(u)) / Math.Max(1, _cost.LandCells);
        CostEstimate usual = _cost with { Pace = CostPace.Usual };
        return (cells * (usual.DecodeSeconds + usual.EncodeSeconds)) + (land * usual.KernelSeconds);
    }

    /// <summary>Computes a unit as a shard of it alone, in both stages where there are two.</summary>
    private double Seconds(Window unit)
    {
        double before = _clock();
        PassPlan plan = _run.Pass;
        if (FirstStage.IsNeeded(plan))
        {
            IReadOnlyList<PerformanceHistograms> histograms =
                PerformancePass.Run(plan, [unit], [], 1, null, CancellationToken.None);
            using var first = new Utf8JsonWriter(Stream.Null);
            first.WriteStartObject();
            FirstStage.Write(first, histograms);
            plan = plan.WithLimits([.. histograms.Select(h => h.Limits())]);
        }

        using (var pass = RunPass.Open(
            plan, [unit], RunOutputs.Of(_run, 1),
            o => PartRaster.Create(o, Path.Combine(_folder, o.Name + ".tif"), plan.Extent, unit, _geodata), _how))
        {
            PassResult result = pass.Execute(Path.Combine(_folder, SeriesSpool.Name), null, null, CancellationToken.None);
            pass.CompleteRasters(null, CancellationToken.None);
            using var part = new Utf8JsonWriter(Stream.Null);
            part.WriteStartObject();
            PassResultJson.Write(part, result, _run.PlaceIndex);
        }

        return _clock() - before;
    }
}

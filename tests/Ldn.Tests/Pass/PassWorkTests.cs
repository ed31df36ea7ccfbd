using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Zones;

namespace Ldn.Tests.Pass;

/// <summary>Progress is told in work, of which cells inside zones make the most.</summary>
internal sealed class PassWorkTests
{
    [TestCase(1)]
    [TestCase(3)]
    public void APassTellsTheWorkOfItsCellsAndOfThoseInZones(int threads)
    {
        using var run = new WorldRun(new WorldOptions(1));
        PassPlan plan = run.Plan.Pass;
        List<OpenOutput> outputs = run.Outputs();
        var work = PassWork.Of(plan, outputs);
        long cells = 0, land = 0;
        foreach (Window unit in run.Units)
        {
            cells += (long)unit.Width * unit.Height;
            for (int row = unit.Row; row < unit.EndRow; row++)
                foreach (PlaceSpan span in plan.Places.Row(row))
                    land += Math.Max(0, Math.Min(span.End, unit.EndColumn) - Math.Max(span.Start, unit.Column));
        }

        Assert.That(land, Is.GreaterThan(0).And.LessThan(cells));
        Assert.That(work.LandCell, Is.GreaterThan(0));
        var seen = new Seen();
        IndicatorPass.Run(plan, run.Units, outputs, threads, seen, CancellationToken.None);
        Assert.That(
            seen.Reports.Select(p => p.CellsInAll).Distinct(),
            Is.EqualTo(new[] { (cells * work.Cell) + (land * work.LandCell) }));
        Assert.That(seen.Reports.Max(p => p.CellsDone), Is.EqualTo(seen.Reports[0].CellsInAll));
    }

    [Test]
    public void RastersThatAreNotCompressedYetTakeLongerToLayOut()
    {
        using var run = new WorldRun(new WorldOptions(1));
        OpenOutput classes = run.Outputs()[0];
        var values =
            classes with { Output = classes.Output with { Raster = classes.Output.Raster with { CellType = CellType.Float32 } } };
        Assert.That(PassWork.OfLayout([values], 1000), Is.GreaterThan(10 * PassWork.OfLayout([classes], 1000)));
    }

    private sealed class Seen : IProgress<PassProgress>
    {
        public List<PassProgress> Reports { get; } = [];

        public void Report(PassProgress value)
        {
            lock (Reports)
                Reports.Add(value);
        }
    }
}

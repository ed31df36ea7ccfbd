using Ldn.Counting;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Productivity;
using Ldn.Rasters;
using Ldn.Run;
using Ldn.Subjects;
using Ldn.Tables;
using Ldn.Tables.Prais;
using Ldn.Tests.Pass;

namespace Ldn.Tests.Indicator;

/// <summary>
/// Every kind of productivity, from the rasters to all that tells LPD classes: either each of them knows the classes, and the
/// same, or none does.
/// </summary>
[Category("Slow")]
internal sealed class ProductivityEvidenceTests
{
    private const int FirstYear = 2000, Years = 8;

    [TestCase("lpd", "prais-2026", true)]
    [TestCase("lpd", "gpg-v1", true)]
    [TestCase("condition", "prais-2026", false)]
    [TestCase("parts", "prais-2026", true)]
    [TestCase("parts", "gpg-v2", false)]
    [TestCase("series", "prais-2026", true)]
    [TestCase("series", "gpg-v1", false)]
    [TestCase("series fao-wocat", "gpg-v1", true)]
    public void EveryoneMeansTheSameLpdClasses(string kind, string lpdTable, bool classes)
    {
        ProductivityKind declared = kind switch
        {
            "lpd" => ProductivityKind.Lpd,
            "condition" => ProductivityKind.Condition,
            "parts" => ProductivityKind.Parts,
            _ => ProductivityKind.Series
        };
        var world = new World(
            new WorldOptions(61) { Productivity = declared == ProductivityKind.Series ? ProductivityKind.Lpd : declared });
        string folder = Directory.CreateTempSubdirectory("ldn-evidence-").FullName;
        try
        {
            Job job = world.Job(folder);
            job = job with
            {
                Rules = job.Rules with { LpdTable = lpdTable },
                Productivity = declared == ProductivityKind.Series
                ? Series(world, job, kind) : job.Productivity
            };
            RunStatistics run = Run(job, world, out byte[] ofThePass);
            IReadOnlyList<ResultTable> tables = RunTables.All(run), prais = PraisTables.All(run, _ => []);
            Assert.Multiple(() =>
            {
                Assert.That(ofThePass.Any(c => c != 0), Is.EqualTo(classes), "the pass");
                Assert.That(tables.Any(t => t.Name == "lpd_by_transition"), Is.EqualTo(classes), "lpd_by_transition.csv");
                Assert.That(prais.Any(t => t.Name == "SO1-2.T1"), Is.EqualTo(classes), "SO1-2.T1");
                Assert.That(prais.Any(t => t.Name == "SO1-2.T2"), Is.EqualTo(classes), "SO1-2.T2");
                Assert.That(
                    new RunTargetFigures(run).Of(TargetMetric.Parse("lpd_pct:1").Metric!, 0)!.Latest is not null,
                    Is.EqualTo(classes), "targets");
            });
            if (classes)
                SameAreas(run, Named(tables, "lpd_by_transition"), [Named(prais, "SO1-2.T1"), Named(prais, "SO1-2.T2")]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Area of each LPD class per zone and period: the forms hold what the table does.</summary>
    private static void SameAreas(RunStatistics run, ResultTable table, IEnumerable<ResultTable> forms)
    {
        string[] columns = [
            "no_data_km2", "declining_km2", "moderate_decline_km2", "stressed_km2", "stable_km2", "increasing_km2"];
        var expected = new Dictionary<(string, string, int), Area>();
        foreach (
            Row row in table.Rows.Where(
                r => r[Columns.ZoneKind] == "zone" && !(r[Columns.FromClass] == "7" && r[Columns.ToClass] == "7")))
        {
            var key = (row[Columns.ZoneId]!, row[Columns.Period]!, (int)row[CrossTables.Lpd]!.Value);
            expected[key] = expected.GetValueOrDefault(key) + row[Columns.TrueArea]!.Value;
        }

        Assert.That(expected.Keys.Select(k => k.Item3).Distinct().Count(), Is.GreaterThan(2), "the world has several classes");
        foreach (ResultTable form in forms)
        {
            foreach (IGrouping<(string, string), Row> rows in form.Rows.GroupBy(r => (r[Columns.ZoneId]!, r[Columns.Period]!)))
            {
                for (int lpd = 0; lpd < columns.Length; lpd++)
                {
                    Column<Area> column = Column.Area(columns[lpd], "");
                    Assert.That(
                        Area.Sum(rows.Select(r => r[column]!.Value)),
                        Is.EqualTo(expected.GetValueOrDefault((rows.Key.Item1, rows.Key.Item2, lpd))),
                        $"{form.Name} {rows.Key} LPD {lpd}");
                }
            }
        }
    }

    private static ResultTable Named(IEnumerable<ResultTable> tables, string name) => tables.Single(t => t.Name == name);

    private static RunStatistics Run(Job job, World world, out byte[] lpdClasses)
    {
        using RunPlan plan = RunPlanner.Plan(job, world.Geodata);
        IReadOnlyList<Window> units = IndicatorPass.Units(plan.Pass);
        PassPlan pass = PerformancePass.Complete(plan.Pass, units, [], 2, null, CancellationToken.None);
        lpdClasses = pass.LpdClasses;
        PassResult result = IndicatorPass.Run(pass, units, [], 2, null, CancellationToken.None);
        return new RunStatistics(
            plan.Job, plan.Zones, plan.PlaceIndex, pass.Recodes, pass.Tables, pass.SoilCarbonRank, result,
            questions: plan.Pass.Questions);
    }

    /// <summary>Eight years that rise, fall or wander from cell to cell, and two ecological units.</summary>
    private static ProductivityInput Series(World world, Job job, string kind)
    {
        var random = new Random(7);
        double[] slopes = [.. Enumerable.Range(0, world.Cells).Select(_ => (random.Next(5) - 2) * 0.02)];
        var files = new SortedDictionary<int, string>();
        for (int y = 0; y < Years; y++)
        {
            files[FirstYear + y] = $"ndvi{y}";
            float[] values = [.. slopes.Select(s => (float)(0.5 + (s * (y - (Years / 2))) + (random.NextDouble() * 0.02)))];
            world.Geodata.Rasters[$"ndvi{y}"] = new MemoryRaster(world.Grid, CellType.Float32, values);
        }

        world.Geodata.Rasters["units"] = new MemoryRaster(
            world.Grid, CellType.Byte, Enumerable.Range(0, world.Cells).Select(c => (byte)(1 + (c % 2))).ToArray());
        bool combined = kind == "series";
        return new ProductivityInput(ProductivityKind.Series, new Dictionary<string, string[]>())
        {
            Series = new SeriesInput(
                files, [], combined ? ["units"] : [], null, null,
                new ProductivityOptions
                {
                    MinYears = 4,
                    PerformanceScope = PerformanceScope.Run,
                    LpdMethod = combined ? LpdMethod.Combination : LpdMethod.FaoWocat,
                },
                job.Periods.ToDictionary(p => p.Id, _ => new SeriesWindow(FirstYear, FirstYear + Years - 1))),
        };
    }
}

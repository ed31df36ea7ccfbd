using Ldn.Gdal;
using Ldn.Run;
using Ldn.Run.Explain;
using Ldn.Tests;

namespace Ldn.Cli.Tests.Explain;

/// <summary>
/// What <c>ldn explain</c> tells of a cell is what the result's rasters hold there: cells of every kind of job, at random; with
/// LDN_TEST_FULL=1 every
/// cell of all of them, more than ten thousand.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ExplainRasterTests
{
    private const int Sample = 50;
    private static readonly string[] s_conditions = ["no_data", "degraded", "stable", "improved"];

    private static readonly string[] s_status =
    [
        "no_data", "persistent_degradation", "recent_degradation", "baseline_degradation", "stability", "baseline_improvement",
        "recent_improvement",
        "persistent_improvement",
    ];

    [TestCaseSource(typeof(ExplainJobs), nameof(ExplainJobs.Names))]
    public void EqualsTheRasters(string name)
    {
        using var jobs = new ExplainJobs();
        string folder = jobs.Run(name);
        var rasters = new Rasters(folder, name.Contains("signed", StringComparison.Ordinal));
        var geodata = new GdalGeodata();
        using var run = ExplainRun.Open(folder, FileCheck.Dates, geodata, CancellationToken.None);
        Assert.That(run.WhyRasters, Is.Null);
        using var centres = new Centres(rasters.Grid, geodata);
        var random = new Random(name.Length);
        int cells = rasters.Grid.Width * rasters.Grid.Height, told = 0;
        for (int i = 0; i < (FullRun.Asked ? cells : Sample); i++)
        {
            int cell = FullRun.Asked ? i : random.Next(cells);
            (int column, int row) = (cell % rasters.Grid.Width, cell / rasters.Grid.Width);
            (double longitude, double latitude) = centres.Of(column, row);
            CellStory story = run.Tell(longitude, latitude, null, CancellationToken.None);
            Assert.That((story.Cell.Column, story.Cell.Row), Is.EqualTo((column, row)));
            if (story.Periods.Count == 0)
            {
                Assert.That(story.Reason?.ToString(), Does.StartWith("outside"));
                Assert.That(story.Zones, Is.Empty);
                rasters.HoldNothing(cell);
                continue;
            }

            told++;
            foreach ((string id, PeriodStory period) in story.Periods)
                Equal(rasters, id, period, cell);
        }

        Assert.That(told, Is.GreaterThan(Sample / 4), "cells in zones");
    }

    private static void Equal(Rasters rasters, string id, PeriodStory p, int cell)
    {
        string where = $"{id}, cell {cell}";
        Assert.That(p.Indicator.Condition, Is.EqualTo(s_conditions[rasters.Code($"{id}_indicator", cell)!.Value]), where);
        Same(rasters.Code($"{id}_land_cover", cell), p.LandCover?.Condition);
        Same(rasters.Code($"{id}_productivity", cell), p.Productivity?.Condition);
        Same(rasters.Code($"{id}_soil_organic_carbon", cell), p.SoilOrganicCarbon?.Condition);
        Same(rasters.Code($"{id}_trend", cell), p.Productivity?.Series?.Trend.Condition);
        Same(rasters.Code($"{id}_state", cell), p.Productivity?.Series?.State?.Condition);
        Same(rasters.Code($"{id}_performance", cell), p.Productivity?.Series?.Performance?.Condition);
        if (rasters.Code($"status_{id}", cell) is { } status)
            Assert.That(p.Status!.Class, Is.EqualTo(s_status[status]), where);
        else
            Assert.That(p.Status, Is.Null, where);
        bool water = p.Indicator.Reason?.ToString().StartsWith("water", StringComparison.Ordinal) == true;
        if (rasters.Code($"{id}_lpd", cell) is { } lpd && !water)
            Assert.That(p.Productivity!.Lpd ?? 0, Is.EqualTo(lpd), where);
        TrendStory? trend = p.Productivity?.Series?.Trend;
        Number($"{id}_trend_s", trend?.S);
        Number($"{id}_trend_z", trend?.Z);
        Number($"{id}_trend_p", trend?.P);
        Number($"{id}_trend_slope", trend?.Slope);
        Number($"soc_change_{id}", p.SoilOrganicCarbon?.ChangePct);
        foreach (StockStep step in p.SoilOrganicCarbon?.Model?.Steps ?? [])
            Number($"soc_{step.Year}", step.Stock);
        Assert.That(p.Indicator.Reason is null, Is.EqualTo(p.Indicator.Condition != "no_data"), where);

        // The rules in force are among the combinations, and say what the raster says.
        if (p.Combinations is { } combinations)
            Assert.That(combinations.Count(c => c.Condition == p.Indicator.Condition), Is.Positive, where);
        foreach (FlipStory flip in p.Flips ?? [])
            Assert.That(flip.Becomes, Is.Not.EqualTo(p.Indicator.Condition), where);

        void Same(int? code, string? condition)
        {
            if (code is { } c)
                Assert.That(condition, Is.EqualTo(s_conditions[c]), where);
        }

        void Number(string raster, double? told)
        {
            if (rasters.Value(raster, cell) is { } value)
                Assert.That(told is { } t ? (float)t : float.NaN, Is.EqualTo((float)value), $"{raster}, {where}");
        }
    }

    /// <summary>All rasters of a result, read once.</summary>
    private sealed class Rasters
    {
        private readonly Dictionary<string, double[]> _values = [];
        private readonly bool _signed;

        public Rasters(string folder, bool signed)
        {
            _signed = signed;
            foreach (string file in Directory.EnumerateFiles(folder, "*.tif"))
                (Grid, _values[Path.GetFileNameWithoutExtension(file)], _) = Workspace.Read(file);
        }

        public Ldn.Rasters.Grid Grid { get; private set; } = null!;

        public int? Code(string raster, int cell)
        {
            if (Value(raster, cell) is not { } value)
                return null;
            return !_signed || raster.StartsWith("status", StringComparison.Ordinal)
                || raster.EndsWith("lpd", StringComparison.Ordinal) ? (int)value
                : value == -32768 ? 0 : (int)value + 2;
        }

        public double? Value(string raster, int cell) => _values.TryGetValue(raster, out double[]? values) ? values[cell] : null;

        public void HoldNothing(int cell)
        {
            foreach ((string name, double[] values) in _values)
                Assert.That(double.IsNaN(values[cell]) || values[cell] is 0 or -32768, $"{name}, cell {cell}");
        }
    }

    private sealed class Centres(Ldn.Rasters.Grid grid, GdalGeodata geodata) : IDisposable
    {
        private readonly Ldn.Rasters.ICoordinateTransform _transform = geodata.CreateTransform(
            grid.Crs, geodata.GeographicOf(grid.Crs));

        public (double Longitude, double Latitude) Of(int column, int row)
        {
            double[] x = [grid.CentreX(column)], y = [grid.CentreY(row)];
            _transform.Transform(x, y);
            return (x[0], y[0]);
        }

        public void Dispose() => _transform.Dispose();
    }
}

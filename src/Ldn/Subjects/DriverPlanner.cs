using Ldn.Counting;
using Ldn.Csv;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Run;
using Ldn.Zones;

namespace Ldn.Subjects;

/// <summary>
/// Turns what stands behind degradation and what it does to people and climate (method §11) into inputs, members and questions to the pass. Opened after the run's
/// grid is chosen, which none of these layers decides.
/// </summary>
internal sealed class DriverPlanner
{
    public const string PopulationOption = "population";
    public const string AridityOption = "aridity";
    public const string DroughtOption = "drought";
    public const string DriverOption = "drivers";
    public const string CategoryOption = "categories";

    /// <summary>Names of the layers in <c>--nodata</c>.</summary>
    public static IReadOnlyList<string> Options { get; } = [PopulationOption, AridityOption, DroughtOption, DriverOption, CategoryOption];

    /// <summary>Step of layers that are no whole numbers, where the job names none.</summary>
    private const double DefaultQuantum = 0.001;

    private readonly Job _job;
    private readonly DriverInputs _asked;
    private readonly List<PopulationLayer> _population = [];
    private readonly List<AridityPlane> _aridity = [];
    private readonly List<(DriverLayer Layer, int Input)> _drivers = [];
    private readonly List<(LandTypeLayer Layer, CombinationPlane? Raster)> _categories = [];
    private readonly List<DroughtPlane> _drought = [];

    public DriverPlanner(Job job, InputSet inputs)
    {
        (_job, _asked) = (job, job.Strata?.Drivers ?? new DriverInputs());
        foreach (PopulationInput people in _asked.Population)
            _population.Add(Open(people, inputs));
        foreach ((int? year, string file) in _asked.Aridity)
            _aridity.Add(new AridityPlane(inputs.Open($"aridity{(year is null ? "" : $" {year}")}", AridityOption, file, Resampling.Nearest, LayerValues.Aridity)));
        foreach (DriverInput driver in _asked.Drivers)
            _drivers.Add(Open(driver, inputs));
        foreach (StratumLayerInput layer in _asked.Categories)
            _categories.Add(Open(layer, inputs));
        DroughtBounds bounds = job.Rules.Profile == "trends-earth" ? DroughtBounds.TrendsEarth : DroughtBounds.Default;
        foreach ((int year, string file) in _asked.Drought)
            _drought.Add(new DroughtPlane(inputs.Open($"drought {year}", DroughtOption, file, Resampling.Nearest, LayerValues.StandardisedIndex), bounds));
    }

    /// <summary>Adds the polygons of categories to the zones, and checks that the statistics are of zones of the run.</summary>
    /// <exception cref="LdnException">Exit 2: a statistic of an unknown zone.</exception>
    public void AddMembers(ZoneSet zones)
    {
        for (int i = 0; i < _categories.Count; i++)
        {
            if (!_categories[i].Layer.IsPolygons)
                continue;
            StratumLayerInput input = _asked.Categories[i];
            (IReadOnlyList<Zone> classes, IReadOnlyList<RowSpan[]> spans) = zones.Read(new ZoneLayerInput(input.File, input.Layer, input.Id, null, null, null, Dissolve: true));
            _categories[i] = (_categories[i].Layer with { FirstMember = zones.Add(spans), PolygonIds = [.. classes.Select(c => c.Id)] }, null);
        }

        string[] known = [.. zones.Zones.Select(z => z.Id)];
        if (_asked.Statistics.FirstOrDefault(s => !known.Contains(s.ZoneId)) is { } stray)
            throw Fault.InputTable.Error($"statistics {_asked.StatisticsFile}: '{stray.ZoneId}' is no zone or group of the run{NearestName.Hint(stray.ZoneId, known)}", "leave its rows out, or mend its id");
    }

    /// <summary>The frame with the questions of this planner; null where nothing is asked.</summary>
    public StrataFrame? Join(StrataFrame? frame, IReadOnlyList<PeriodPlan> periods, PlaceIndex places)
    {
        StratumQuestion[] more = [.. periods.SelectMany((period, p) => OfPeriod(period, p)), .. OfDates(periods)];
        if (more.Length == 0)
            return frame;
        var drivers = new DriverFrame
        {
            Population = _population,
            AridityYears = [.. _asked.Aridity.Select(a => a.Year)],
            Drivers = [.. _drivers.Select(d => d.Layer)],
            Categories = [.. _categories.Select(c => new CategoryLayer(c.Layer.Name, new LandTypes([c.Layer], c.Raster, places)))],
            DroughtYears = [.. _asked.Drought.Select(d => d.Year)],
        };
        return frame is null
            ? new StrataFrame(new StrataPlan(more)) { Drivers = drivers }
            : frame with { Plan = new StrataPlan([.. frame.Plan.Questions, .. more]), Drivers = drivers };
    }

    private IEnumerable<StratumQuestion> OfPeriod(PeriodPlan period, int p)
    {
        string id = period.Period.Id;
        var conditions = new ConditionsPlane(p);
        if ((_job.Activities is not null || _asked.Climate) && period.SoilCarbon is { IsChange: false } soil)
            yield return new StratumQuestion(Questions.CarbonChange(id), [conditions], new StockChangeSum(soil.Initial, soil.Final));
        if (PopulationAt(period.Period.FinalYear) is { } people)
            yield return new StratumQuestion(Questions.Population(id), [conditions], [.. people.Rasters]);
        if (_aridity.Count > 0)
            yield return new StratumQuestion(
                Questions.Drylands(id), [conditions, _aridity[DriverFrame.Serving([.. _asked.Aridity.Select(a => a.Year)], period.Period.FinalYear)]]);
        for (int d = 0; d < _drivers.Count; d++)
        {
            yield return _drivers[d].Layer.Steps is { } steps
                ? new StratumQuestion(Questions.Driver(d, id), [conditions, steps])
                : new StratumQuestion(Questions.Driver(d, id), [conditions], new CountSum(_drivers[d].Input));
        }

        for (int c = 0; c < _categories.Count; c++)
            yield return new StratumQuestion(Questions.Category(c, id), [conditions, .. _categories[c].Raster is { } raster ? [raster] : Array.Empty<StratumPlane>()]);
    }

    private IEnumerable<StratumQuestion> OfDates(IReadOnlyList<PeriodPlan> periods)
    {
        // Water is that of the baseline's initial year throughout.
        var baseline = new ConditionsPlane(0);
        if (_aridity.Count > 0)
            yield return new StratumQuestion(Questions.AridityDates, [baseline, .. _aridity]);
        int[] years = [.. _asked.Drought.Select(d => d.Year)];
        for (int i = 0; i < years.Length; i++)
            yield return new StratumQuestion(Questions.Drought(years[i]), [baseline, _drought[i]], [.. PopulationAt(years[i])?.Rasters ?? []]);
        foreach ((int first, int last, IReadOnlyList<int> inBlock) in DroughtClasses.Blocks(years))
        {
            IReadOnlyList<PopulationLayer> dates = new DriverFrame { Population = _population }.PopulationOfBlock(inBlock, last);
            byte Date(int year) => (byte)(dates.ToList().IndexOf(PopulationAt(year)!) + 1);
            var worst = new WorstDroughtPlane([.. inBlock.Select(year => _drought[Array.IndexOf(years, year)])], [.. inBlock.Select(Date)], Date(last));
            yield return new StratumQuestion(Questions.DroughtBlock(first), [baseline, worst], [.. dates.SelectMany(d => d.Rasters)]);
        }

        // What a target may ask of a continuous layer: its mean over a class of land cover at the end of the run.
        for (int d = 0; d < _drivers.Count; d++)
            if (_drivers[d].Layer.Steps is { } steps && periods[^1].ToCover >= 0 && _job.Strata!.Targets.Any(t => t.Metric.Kind == TargetMetricKind.Mean && t.Metric.Code is not null))
                yield return new StratumQuestion(Questions.DriverByCover(d), [new CoverPlane(periods[^1].ToCover)], new AreaWeightedSum(steps.Input, steps.Quantum));
    }

    private PopulationLayer? PopulationAt(int? moment) => new DriverFrame { Population = _population }.PopulationAt(moment);

    private static PopulationLayer Open(PopulationInput people, InputSet inputs)
    {
        var rasters = new List<CountSum>();
        var sexes = new List<(string, IReadOnlyList<int>)>();
        void Add(string sex, string? file)
        {
            if (file is null)
                return;
            rasters.Add(new CountSum(inputs.Open($"population {people.Year} {sex}", PopulationOption, file, Resampling.Share)));
            sexes.Add((sex, [rasters.Count - 1]));
        }

        Add("female", people.Female);
        Add("male", people.Male);
        if (people.Total is null && rasters.Count == 2)
            sexes.Add(("total", [0, 1]));
        Add("total", people.Total);
        return new PopulationLayer(people.Year, rasters, sexes);
    }

    private static (DriverLayer, int) Open(DriverInput driver, InputSet inputs)
    {
        int input = inputs.Open($"driver {driver.Name}", DriverOption, driver.File, driver.Method);
        if (driver.IsCount)
            return (new DriverLayer(driver.Name, driver.Unit, null), input);
        IRasterSource source = inputs.Source(input);
        bool whole = !source.CellType.IsFloatingPoint() && driver.Method == Resampling.Nearest;
        double quantum = driver.Quantum ?? (whole && source.Scale > 0 ? source.Scale : DefaultQuantum);
        // Few bytes where the type cannot hold more steps anyway: each costs a little a pixel.
        int bytes = whole && driver.Quantum is null && source is { Scale: 1, Offset: 0 } && source.CellType.Size() == 1 ? 2
            : whole && driver.Quantum is null && source is { Scale: 1, Offset: 0 } && source.CellType.Size() == 2 ? 3 : 5;
        return (new DriverLayer(driver.Name, driver.Unit, new QuantumPlane(input, quantum, bytes)), input);
    }

    private static (LandTypeLayer, CombinationPlane?) Open(StratumLayerInput layer, InputSet inputs)
    {
        if (layer.IsPolygons)
            return (new LandTypeLayer(layer.Name, -1, -1, [], layer.Names), null);
        int input = inputs.Open($"category {layer.Name}", CategoryOption, layer.File, Resampling.Nearest);
        return (new LandTypeLayer(layer.Name, 0, -1, [], layer.Names), new CombinationPlane([new CombinedRaster(input, new WholeNumberCodes(inputs.Source(input).CellType, inputs.NoData(input)))]));
    }
}

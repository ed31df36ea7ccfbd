using Ldn.Jobs;
using Ldn.Rasters;
using Ldn.Subjects;

namespace Ldn.Run.Explain;

/// <summary>
/// <c>ldn explain</c>: single cells of a finished run, told from its inputs or, where these are not what they were, from its
/// rasters (firmness U9). Dispose when done.
/// </summary>
internal sealed class ExplainRun : IDisposable
{
    private readonly string _folder;
    private readonly RunPlan? _plan;
    private readonly CellTeller? _teller;
    private readonly Dictionary<int, CellTeller> _ofRegion = [];
    private readonly RasterTeller? _rasters;
    private readonly GridPlaces _places;
    private readonly Window _extent;

    private ExplainRun(string folder, RunPlan plan, IGeodata geodata)
    {
        (_folder, _plan, _extent) = (folder, plan, plan.Pass.Extent);
        _teller = new CellTeller(plan);
        _places = new GridPlaces(plan.Pass.Grid, geodata);
    }

    private ExplainRun(string folder, RasterTeller rasters, IGeodata geodata)
    {
        (_folder, _rasters, _extent) = (folder, rasters, rasters.Grid.Extent);
        _places = new GridPlaces(rasters.Grid, geodata);
    }

    /// <summary>Why the cells are told from the rasters; null where the inputs tell.</summary>
    public string? WhyRasters => _rasters?.Why;

    /// <summary>Opens a result.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="check">How the inputs are held against what the run recorded of them.</param>
    /// <param name="geodata">Opens inputs and rasters.</param>
    /// <param name="cancellation">Cancels while inputs are hashed.</param>
    /// <exception cref="LdnException">Exit 3: no finished run; or neither its inputs nor its rasters are there to
    /// tell.</exception>
    public static ExplainRun Open(string folder, FileCheck check, IGeodata geodata, CancellationToken cancellation)
    {
        FinishedRun run = FinishedRun.Open(folder);
        string? why = run.WhyNotAgain(check, geodata, new Dictionary<string, string>(), cancellation);
        if (why is null)
        {
            try
            {
                return OfInputs(run.Folder, run.Job(), ZoneRows.Read(run), geodata);
            }
            catch (LdnException e) when (e.ExitCode is ExitCode.Input or ExitCode.Usage)
            {
                why = e.Message;
            }
        }

        return new ExplainRun(run.Folder, RasterTeller.Open(run, why, geodata), geodata);
    }

    /// <summary>A result whose inputs are what they were.</summary>
    private static ExplainRun OfInputs(string folder, Job job, ZoneRows? zones, IGeodata geodata)
    {
        RunPlan plan = Plan(job, zones, geodata);
        try
        {
            if (plan.Pass.NeedsLimits)
                plan = plan.With(plan.Pass.WithLimits(PerformanceTable.Read(folder, plan) ?? throw Fault.Run.Error(
                    $"{Path.Combine(folder, PerformanceTable.FileName)} is not there", "compute the run again")));
            return new ExplainRun(folder, plan, geodata);
        }
        catch
        {
            plan.Dispose();
            throw;
        }
    }

    /// <summary>Tells the cell that holds a point.</summary>
    /// <param name="longitude">Degrees, on the datum of the run's grid.</param>
    /// <param name="latitude">Degrees.</param>
    /// <param name="point">Name of the point; null for none.</param>
    /// <param name="cancellation">Cancels between two cells.</param>
    /// <exception cref="LdnException">Exit 3: the point lies outside the grid.</exception>
    public CellStory Tell(double longitude, double latitude, string? point, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        (int column, int row) = _places.CellAt(longitude, latitude) ?? throw Outside(longitude, latitude);
        (double east, double north) = _places.Centre(column, row);
        var place = new CellPlace(column - _extent.Column, row - _extent.Row, east, north);
        if (_rasters is not null)
            return _rasters.Tell(_folder, longitude, latitude, point, place);
        IReadOnlyList<StoryZone> zones = _teller!.Zones(column, row);
        bool inside = zones.Count > 0;
        (string? region, CellTeller teller) = inside ? OfRegion(column, row) : (null, _teller);
        (StoryClass? landType, IReadOnlyDictionary<string, PeriodStory> periods) =
            inside ? teller.Tell(column, row, cancellation) : (null, new Dictionary<string, PeriodStory>());
        return new CellStory
        {
            Result = _folder,
            Point = point,
            Longitude = longitude,
            Latitude = latitude,
            ToldFrom = "inputs",
            Cell = place,
            AreaKm2 = _teller.Area(column, row),
            Zones = zones,
            Region = region,
            Reason = inside ? null : OutsideZones,
            LandType = landType,
            Periods = periods,
            Notes = _plan!.Job.Notes,
        };
    }

    /// <summary>The region that a cell of the zones lies in, by whose rules it is told; null in a run without.</summary>
    private (string? Region, CellTeller Teller) OfRegion(int column, int row)
    {
        if (_plan!.Regions is not { JudgesApart: true } regions)
            return (null, _teller!);
        int region = regions.RegionOfPlace[_plan.Pass.Places.PlaceAt(row, column)];
        if (!_ofRegion.TryGetValue(region, out CellTeller? teller))
            _ofRegion[region] = teller = new CellTeller(_plan.OfRegion(region));
        return (regions.Id(region), teller);
    }

    /// <summary>Why a cell that no zone holds has nothing to tell.</summary>
    internal static Saying OutsideZones { get; } = new("why.outside");

    public void Dispose()
    {
        _places.Dispose();
        _plan?.Dispose();
        _rasters?.Dispose();
    }

    private LdnException Outside(double longitude, double latitude)
    {
        Grid grid = _places.Grid;
        double east = grid.OriginX + (grid.Width * grid.CellWidth), south = grid.OriginY + (grid.Height * grid.CellHeight);
        return Fault.Coverage.Error(
            FormattableString.Invariant(
                $"the point {longitude}, {latitude} lies outside the grid of the run, which reaches from ")
                + FormattableString.Invariant($"{grid.OriginX:0.####} to {east:0.####} and from ")
                + FormattableString.Invariant($"{Math.Min(south, grid.OriginY):0.####} to {Math.Max(south, grid.OriginY):0.####} ")
                + $"({grid.Crs.Name})",
            "give longitude, then latitude, in degrees, of a place in the zones");
    }

    /// <summary>
    /// The plan of the indicator, every raster asked for. Of what else the job asks only corrections and land types say something
    /// of a cell; the rest is left alone, unless the run's grid or its no-data values hang on it.
    /// </summary>
    private static RunPlan Plan(Job job, ZoneRows? zones, IGeodata geodata)
    {
        job = job with
        {
            Outputs = job.Outputs with
            {
                Rasters = RasterOutputs.Indicator | RasterOutputs.SubIndicators | RasterOutputs.Status | RasterOutputs.Parts,
                SignedEncoding = false,
                Tables = new HashSet<string>(),
            },
        };
        Job less = job with { Asked = [.. job.Asked.Where(a => a is CorrectionsAsked or LandTypesAsked)] };
        if (job.Grid.Like == "finest")
            return RunPlanner.Plan(job, geodata, zones);
        try
        {
            return RunPlanner.Plan(less, geodata, zones);
        }
        catch (LdnException e) when (e.ExitCode == ExitCode.Usage && less.Asked.Count < job.Asked.Count)
        {
            return RunPlanner.Plan(job, geodata, zones);
        }
    }
}

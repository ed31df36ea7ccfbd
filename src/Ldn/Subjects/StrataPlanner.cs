using Ldn.Counting;
using Ldn.Csv;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Run;
using Ldn.Tables;
using Ldn.Zones;

namespace Ldn.Subjects;

/// <summary>
/// Turns what a job asks beyond the indicator into inputs, members of places, and questions to the pass. Three steps, as planning goes:
/// <see cref="Open"/> the rasters, <see cref="AddMembers"/> to the zones, <see cref="Ask"/> when places are known.
/// </summary>
internal sealed class StrataPlanner
{
    public const string LandTypesOption = "land-types";
    public const string RiskOption = "risk";
    private const int MostListed = 30;

    private readonly Job _job;
    private readonly Strata _strata;
    private readonly List<LandTypeLayer> _landTypes = [];
    private readonly CombinationPlane? _rasters;
    private readonly IGeodata _geodata;
    private readonly int _risk = -1;
    private HotspotPolygons? _hotspots;

    private StrataPlanner(Job job, Strata strata, InputSet inputs, IGeodata geodata)
    {
        (_job, _strata, _geodata) = (job, strata, geodata);
        var combined = new List<CombinedRaster>();
        foreach (StratumLayerInput layer in strata.LandTypes)
        {
            if (layer.IsPolygons)
            {
                _landTypes.Add(new LandTypeLayer(layer.Name, -1, -1, [], layer.Names));
                continue;
            }

            int input = inputs.Open($"land types {layer.Name}", LandTypesOption, layer.File, Resampling.Nearest);
            _landTypes.Add(new LandTypeLayer(layer.Name, combined.Count, -1, [], layer.Names));
            combined.Add(new CombinedRaster(input, new WholeNumberCodes(inputs.Source(input).CellType, inputs.NoData(input))));
        }

        _rasters = combined.Count > 0 ? new CombinationPlane(combined) : null;
        if (strata.Risk is { } risk)
            _risk = inputs.Open("risk", RiskOption, risk, Resampling.Nearest);
    }

    /// <summary>Opens the rasters of the strata; null where nothing is asked.</summary>
    public static StrataPlanner? Open(Job job, InputSet inputs, IGeodata geodata) => job.Strata is { } strata ? new StrataPlanner(job, strata, inputs, geodata) : null;

    /// <exception cref="LdnException">Exit 2: a target is set for what is no zone of the run.</exception>
    public void CheckTargets(IReadOnlyList<SummaryZone> zones)
    {
        string[] known = [.. zones.Select(z => z.Id)];
        if (_strata.Targets.FirstOrDefault(t => !known.Contains(t.ZoneId)) is { } target)
        {
            throw Fault.Job.Error(
                $"target {target.Id} is set for '{target.ZoneId}', which is no zone or group of the run{NearestName.Hint(target.ZoneId, known)}",
                $"there are {string.Join(", ", known.Take(MostListed))}{(known.Length > MostListed ? ", …" : "")}");
        }
    }

    /// <summary>Adds the polygon layers to the zones, whose places then know them.</summary>
    public void AddMembers(ZoneSet zones)
    {
        for (int i = 0; i < _landTypes.Count; i++)
        {
            if (!_landTypes[i].IsPolygons)
                continue;
            (IReadOnlyList<Zone> classes, IReadOnlyList<RowSpan[]> spans) = zones.Read(Polygons(_strata.LandTypes[i]));
            _landTypes[i] = _landTypes[i] with { FirstMember = zones.Add(spans), PolygonIds = [.. classes.Select(c => c.Id)] };
        }

        if (_strata.Hotspots?.Polygons is { } layer)
        {
            (IReadOnlyList<Zone> polygons, IReadOnlyList<RowSpan[]> spans) = zones.Read(Polygons(layer));
            _hotspots = new HotspotPolygons(zones.Add(spans), [.. polygons.Select(p => p.Id)], layer.Names);
        }
    }

    /// <summary>The questions to the pass, and what they mean; null where nothing is left to ask.</summary>
    /// <exception cref="LdnException">Exit 3: polygons of one layer of land types overlap.</exception>
    public StrataFrame? Ask(IReadOnlyList<PeriodPlan> periods, PlaceIndex places)
    {
        var questions = new List<StratumQuestion>();
        if (_landTypes.Count > 0)
        {
            CheckDistinct(places);
            for (int p = FirstPeriod; p < _job.Periods.Count; p++)
                questions.Add(new StratumQuestion(Questions.LandTypes(_job.Periods[p].Id), [new ConditionsPlane(p), .. _rasters is { } r ? [r] : Array.Empty<StratumPlane>()]));
        }

        if (_strata.ResponseHierarchy)
            for (int p = 0; p < _job.Periods.Count; p++)
                questions.Add(new StratumQuestion(
                    Questions.Response(_job.Periods[p].Id),
                    [new ConditionsPlane(p), new LpdPlane(p), .. _risk >= 0 ? [new PositivePlane(_risk)] : Array.Empty<StratumPlane>()]));
        if (_strata.Severity is not null)
            for (int p = 0; p < periods.Count; p++)
                questions.Add(new StratumQuestion(
                    Questions.Severity(_job.Periods[p].Id),
                    [
                        new ConditionsPlane(p), new DegradedCountPlane(p), new LpdPlane(p),
                        .. p > 0 ? [new DegradedCountPlane(0), new LpdPlane(0)] : Array.Empty<StratumPlane>(),
                        .. periods[p].ToCover >= 0 ? [new CoverPlane(periods[p].ToCover)] : Array.Empty<StratumPlane>(),
                    ]));
        EqualAreaGrid? cells = _strata.Hotspots?.CellKm is { } km ? new EqualAreaGrid(km) : null;
        int latest = _job.Periods.Count - 1;
        if (_strata.Hotspots is not null)
            questions.Add(new StratumQuestion(
                Questions.Hotspots(_job.Periods[latest].Id), [new ConditionsPlane(latest), .. cells is null ? Array.Empty<StratumPlane>() : [new EqualAreaPlane(cells, _geodata)]]));
        return questions.Count == 0 ? null : new StrataFrame(new StrataPlan(questions))
        {
            HotspotCells = cells,
            HotspotPolygons = _hotspots,
            LandTypes = _landTypes.Count > 0 ? new LandTypes(_landTypes, _rasters, places) : null,
        };
    }

    /// <summary>Every reporting period's codes hold the baseline's too; alone it is asked for itself.</summary>
    private int FirstPeriod => _job.Periods.Count > 1 ? 1 : 0;

    private static ZoneLayerInput Polygons(StratumLayerInput layer) => new(layer.File, layer.Layer, layer.Id, null, null, null, Dissolve: true);

    private void CheckDistinct(PlaceIndex places)
    {
        foreach (LandTypeLayer layer in _landTypes.Where(l => l.IsPolygons))
        {
            for (int place = 0; place < places.Count; place++)
            {
                int[] inside = [.. places.Members(place).ToArray().Where(m => m >= layer.FirstMember && m < layer.FirstMember + layer.PolygonIds.Count)];
                if (inside.Length > 1)
                {
                    throw Fault.Overlap.Error(
                        $"land types {layer.Name}: the polygons of '{layer.PolygonIds[inside[0] - layer.FirstMember]}' and '{layer.PolygonIds[inside[1] - layer.FirstMember]}' overlap",
                        "mend the layer so that each place has one land type");
                }
            }
        }
    }
}

using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Subjects;
using Ldn.Tables;
using Ldn.Zones;

namespace Ldn.Run;

/// <summary>
/// A job made ready: inputs open, grid and extent chosen, zones scan-converted, tables made. Disposing closes the inputs.
/// </summary>
internal sealed class RunPlan : IDisposable
{
    private readonly InputSet _inputs;

    internal RunPlan(InputSet inputs) => _inputs = inputs;

    public required Job Job { get; init; }

    public required PassPlan Pass { get; init; }

    public required PlaceIndex PlaceIndex { get; init; }

    public required IReadOnlyList<SummaryZone> Zones { get; init; }

    /// <summary>Zones of the first layer, those that report: their members are the first of all.</summary>
    public int FirstLayerCount => ZonesOfLayers[0];

    /// <summary>Zones of each layer, in the order of <see cref="Zones"/>.</summary>
    internal IReadOnlyList<int> ZonesOfLayers { get; init; } = [];

    /// <summary>The regions over the places; null without.</summary>
    public required RegionPlaces? Regions { get; init; }

    /// <summary>The subjects that the job asks something of.</summary>
    internal Inquiries Subjects { get; init; } = [];

    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>
    /// The run as it is in one region, by number: as if its rules held everywhere. It shares the inputs, which are this one's to
    /// close.
    /// </summary>
    internal RunPlan OfRegion(int region)
    {
        if (Regions is not { JudgesApart: true } regions)
            return this;
        Job job = regions.Set.Rules[region] with { Regions = null, Asked = Job.Asked, Outputs = Job.Outputs, Notes = Job.Notes };
        if (Pass.Regions.Count == 0)
            return With(Pass, job);
        RegionPass own = Pass.Regions[region];
        return With(Pass with
        {
            Regions = [],
            Series = own.Series < 0 ? [] : [Pass.Series[own.Series]],
            Periods = [.. Pass.Periods.Select((p, i) => p with { Productivity = own.Productivity[i] })],
            StockModel = own.StockModel,
            SoilCarbonRank = own.SoilRank,
            SoilTest = own.SoilTest,
            JointSoilEvidence = null,
            Tables = RunPlanner.Tables(job, own.SoilRank),
            LpdClasses = ProductivityEvidence.LpdClasses(job) ?? new byte[Evidence.Limit],
        }, job);
    }

    /// <summary>Zone and region whose pixels share the percentiles of a number of <see cref="SeriesPlan.ZoneOfPlace"/>.</summary>
    internal (int Zone, int Region) JudgedWith(int number) => (number % FirstLayerCount, number / FirstLayerCount);

    /// <summary>The number of <see cref="JudgedWith"/>.</summary>
    internal int JudgedAs(int zone, int region) => (region * FirstLayerCount) + zone;

    /// <summary>The same run with another pass; it takes the inputs over, and this one is disposed no more.</summary>
    internal RunPlan With(PassPlan pass, Job? job = null) => new(_inputs)
    {
        Job = job ?? Job,
        Pass = pass,
        PlaceIndex = PlaceIndex,
        Zones = Zones,
        ZonesOfLayers = ZonesOfLayers,
        Regions = Regions,
        Subjects = Subjects,
        Warnings = Warnings,
    };

    public void Dispose()
    {
        Pass.Areas.Dispose();
        _inputs.Dispose();
    }
}

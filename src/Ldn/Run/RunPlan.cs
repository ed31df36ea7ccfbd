using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Subjects;
using Ldn.Tables;
using Ldn.Zones;

namespace Ldn.Run;

/// <summary>
/// A job made ready: inputs open, grid and extent chosen, zones scan-converted, tables made. Disposing closes the inputs.
/// </summary>
public sealed class RunPlan : IDisposable
{
    private readonly InputSet _inputs;

    internal RunPlan(InputSet inputs) => _inputs = inputs;

    public required Job Job { get; init; }

    public required PassPlan Pass { get; init; }

    public required PlaceIndex PlaceIndex { get; init; }

    public required IReadOnlyList<SummaryZone> Zones { get; init; }

    /// <summary>Zones of the first layer, those that report: their members are the first of all.</summary>
    public required int FirstLayerCount { get; init; }

    /// <summary>Number of regions that hold each place; empty without regional matrices.</summary>
    public required IReadOnlyList<int> RegionsOfPlace { get; init; }

    /// <summary>The subjects that the job asks something of.</summary>
    internal Inquiries Subjects { get; init; } = [];

    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The same run with another pass; it takes the inputs over, and this one is disposed no more.</summary>
    internal RunPlan With(PassPlan pass) => new(_inputs)
    {
        Job = Job,
        Pass = pass,
        PlaceIndex = PlaceIndex,
        Zones = Zones,
        FirstLayerCount = FirstLayerCount,
        RegionsOfPlace = RegionsOfPlace,
        Subjects = Subjects,
        Warnings = Warnings,
    };

    public void Dispose()
    {
        Pass.Areas.Dispose();
        _inputs.Dispose();
    }
}

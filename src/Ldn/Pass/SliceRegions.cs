using Ldn.Rasters;
using Ldn.Zones;

namespace Ldn.Pass;

/// <summary>Where in a slice each region lies. One a worker.</summary>
internal sealed class SliceRegions
{
    private readonly PassPlan _plan;
    private readonly List<(int Start, int End)>[] _runs;
    private readonly List<int> _present = [];

    public SliceRegions(PassPlan plan)
    {
        _plan = plan;
        _runs = [.. plan.Regions.Select(_ => new List<(int, int)>())];
    }

    /// <summary>The regions that the slice meets, ascending.</summary>
    public IReadOnlyList<int> Present => _present;

    /// <summary>Cells of a region in the slice, from the start of each run to before its end.</summary>
    public List<(int Start, int End)> Runs(int region) => _runs[region];

    /// <summary>Goes to another slice.</summary>
    public void Move(Window slice)
    {
        foreach (int region in _present)
            _runs[region].Clear();
        _present.Clear();
        foreach (PlaceRun run in _plan.Places.Inside(slice))
        {
            int region = _plan.RegionOfPlace[run.Place];
            if (_runs[region].Count == 0)
                _present.Add(region);
            if (_runs[region].Count > 0 && _runs[region][^1].End == run.Start)
                _runs[region][^1] = (_runs[region][^1].Start, run.End);
            else
                _runs[region].Add((run.Start, run.End));
        }

        _present.Sort();
    }
}

using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Tables;
using Ldn.Zones;

namespace Ldn.Run;

/// <summary>
/// Makes ready what differs by region (drought §6): inputs and codes of productivity and soil carbon of each, and which region
/// holds each place.
/// </summary>
internal sealed class RegionPlanner
{
    /// <summary>Regions that the form of the platform takes.</summary>
    private const int FormTakes = 5;

    private readonly RegionSet _set;
    private readonly string[] _names;
    private readonly InputSet _inputs;
    private int _firstMember;
    private int[] _numbers = [];

    /// <param name="job">The run.</param>
    /// <param name="set">Its regions.</param>
    /// <param name="first">Layers of the rules with number 0.</param>
    /// <param name="periods">Their periods.</param>
    /// <param name="rank">Their thresholds of soil carbon.</param>
    /// <param name="series">Number of each region's series, −1 without.</param>
    /// <param name="inputs">Where rasters are opened.</param>
    public RegionPlanner(
        Job job, RegionSet set, PeriodPlanner first, IReadOnlyList<PeriodPlan> periods, ChangeRank rank,
        IReadOnlyList<int> series, InputSet inputs)
    {
        (_set, _inputs) = (set, inputs);
        _names = [RegionSet.Default, .. set.All.Select(r => r.Id)];
        if (set.MatricesOnly)
            return;
        if (set.All.Count > FormTakes)
            Warnings.Add(Fault.Taken.Say($"{set.All.Count} regions: the form of the UNCCD's platform takes {FormTakes}"));
        if (set.SoilRulesDiffer)
            SoilEvidence = new SoilRulesByRegion(new ChangeRank([.. RuleCombinations.Thresholds]));
        var passes = new List<RegionPass>();
        Job[] all = [.. set.Rules];
        for (int r = 0; r < all.Length; r++)
        {
            Job rules = all[r];
            // The first with the same: this one where there is none before it.
            int like = Array.FindIndex(all, o => ReferenceEquals(o.Productivity, rules.Productivity));
            int ranked = Array.FindIndex(all, o => o.Rules.SocThreshold == rules.Rules.SocThreshold);
            PeriodPlanner layers = r == 0 ? first : new PeriodPlanner(rules, inputs, first);
            ChangeRank own = r == 0 ? rank : ranked < r ? passes[ranked].SoilRank
                : new ChangeRank([.. RuleCombinations.Thresholds, rules.Rules.SocThreshold]);
            passes.Add(new RegionPass(
                r == 0 ? [.. periods.Select(p => p.Productivity)] : like < r ? passes[like].Productivity : layers.Productivity(),
                series[r],
                ProductivityEvidence.OfRegion(job, rules),
                ReferenceEquals(rules.SoilCarbon, all[0].SoilCarbon) ? first.StockModel : layers.StockModel,
                own,
                SoilEvidence?.Codes(own, rules.Rules.SocThreshold, rules.Rules.SocInclusive))
            {
                SoilTest = layers.SoilTest,
            });
        }

        Passes = passes.Exists(p => p.Productivity != passes[0].Productivity || p.Series != passes[0].Series
            || p.StockModel != passes[0].StockModel
            || p.SoilCodes is not null || p.ProductivityCodes is not null) ? passes : [];
    }

    /// <summary>What the pass does in each region; empty where matrices alone differ.</summary>
    public IReadOnlyList<RegionPass> Passes { get; } = [];

    /// <summary>What soil evidence means where thresholds differ; null elsewhere.</summary>
    public SoilRulesByRegion? SoilEvidence { get; }

    public List<string> Warnings { get; } = [];

    /// <summary>Lays the regions over the grid.</summary>
    /// <exception cref="LdnException">Exit 2: a region without rules, or rules without region.</exception>
    public void AddMembers(ZoneSet zones, IGeodata geodata)
    {
        bool vector = !geodata.IsRaster(_set.Zones);
        (IReadOnlyList<Zone> layer, IReadOnlyList<RowSpan[]> spans) = zones.Read(new ZoneLayerInput(
            _set.Zones, _set.Layer, vector ? _set.Id : null, vector ? _set.Name : null, null, null, Dissolve: true));
        _numbers = [.. layer.Select(zone => 1 + _set.All.ToList().FindIndex(r => r.Id == zone.Id))];
        string file = Path.GetFileName(_set.Zones);
        int unknown = Array.IndexOf(_numbers, 0);
        if (unknown >= 0)
        {
            throw _set.MatricesOnly
                ? Fault.Job.Error($"region '{layer[unknown].Id}' of {_set.Zones} has no matrix",
                    "give every region a row in the table of matrices")
                : Fault.Job.Error(
                    $"region '{layer[unknown].Id}' of {file} is not in regions.define",
                    $"define it, if only as \"{layer[unknown].Id}\": {{}}, which leaves it to the job's own rules; defined are "
                        + string.Join(", ", _set.All.Select(r => r.Id)));
        }

        if (!_set.MatricesOnly && _set.All.FirstOrDefault(r => layer.All(z => z.Id != r.Id)) is { } stray)
            throw Fault.Job.Error(
                $"regions.define has '{stray.Id}', which is no region of {file}",
                $"mend its id; the file has {string.Join(", ", layer.Take(12).Select(z => z.Id))}"
                    + (layer.Count > 12 ? ", …" : ""));
        for (int i = 0; i < layer.Count; i++)
            _names[_numbers[i]] = layer[i].Name;
        _firstMember = zones.Add(spans);
        if (!_set.MatricesOnly)
            Warnings.AddRange(Enumerable.Range(0, layer.Count).Where(i => zones.CellCount(_firstMember + i) == 0)
                .Select(i => Fault.EmptyZone.Say($"region '{layer[i].Id}' has no cell inside the zones")));
    }

    /// <summary>Which region holds each place.</summary>
    public RegionPlaces Places(PlaceIndex places)
    {
        var all = new int[places.Count][];
        for (int place = 0; place < all.Length; place++)
        {
            var held = new List<int>();
            foreach (int member in places.Members(place))
                if (member >= _firstMember && member < _firstMember + _numbers.Length)
                    held.Add(_numbers[member - _firstMember]);
            all[place] = [.. held];
        }

        return new RegionPlaces(_set, _names, [.. all.Select(held => held.Length == 0 ? 0 : held[^1])], all);
    }

    /// <summary>In which regions each input is read; null for one that is read everywhere.</summary>
    /// <param name="series">Every series, by number.</param>
    public IReadOnlyList<bool[]?> OfInputs(IReadOnlyList<SeriesPlan> series)
    {
        if (Passes.Count == 0)
            return [];
        HashSet<int>[] of = [.. Passes.Select(p => new HashSet<int>(
        [
            .. p.Series < 0 ? [] : series[p.Series].Inputs,
            .. p.Productivity.OfType<EvidencePlan>().SelectMany(e => e.Parts).Select(part => part.Input),
            .. p.StockModel?.Inputs ?? [],
            .. p.SoilTest is { StandardError: >= 0 and var error } ? [error] : Array.Empty<int>(),
        ]))];
        // Land outside the regions is read by the rules of some region only where nothing counts.
        return [.. Enumerable.Range(0, _inputs.Count).Select(input => of.Any(o => o.Contains(input))
            ? of.Select((o, region) => o.Contains(input) && (region > 0 || _set.Outside is not null)).ToArray() : null)];
    }
}

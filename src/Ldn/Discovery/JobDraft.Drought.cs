using System.Globalization;
using Ldn.Drought;

namespace Ldn.Discovery;

/// <summary>Drought from rasters by month, and rules by region: what a job says of them.</summary>
internal sealed partial class JobDraft
{
    private const int MostNamed = 12;

    /// <summary>
    /// The index that rainfall by month gives; null where the usual reference is not there, for another is a person's to choose.
    /// </summary>
    private string? DroughtOfMonths()
    {
        HashSet<int> months = [.. _choices.MonthlyRain.SelectMany(f => f.Months)];
        var usual = new IndexOptions();
        return WholeYears(months).Count(y => y >= usual.FirstReference && y <= usual.LastReference) < usual.FewestYears ? null
            : $"{{ \"index\": \"spi\", \"precipitation\": {Layers(_choices.MonthlyRain, all: true)} }}";
    }

    /// <summary>What rasters by month can tell beside what the job takes of them.</summary>
    private void MonthsBeside(bool isTaken)
    {
        if (_choices.MonthlyRain is not { Count: > 0 } rain)
            return;
        if (!isTaken)
        {
            int[] years = WholeYears([.. rain.SelectMany(f => f.Months)]);
            _json.Comment("Rainfall by month can tell drought (docs/drought.md): in strata \"drought\": { \"precipitation\": "
                + $"{Layers(rain, all: false)}{(years.Length > 1 ? $", \"reference\": [{years[0]}, {years[^1]}]" : "")} }}");
            _json.Comment(
                "the usual reference is 1981-2010 and needs 26 of its years; 30 years or more are usual, 20 the fewest.");
        }

        if (Evapotranspiration() is { } pet)
            _json.Comment("Drought with temperature, the SPEI: in strata \"drought\": { \"index\": \"spei\", \"precipitation\": "
                + $"{Layers(rain, all: false)}, \"pet\": {pet} }}");
        _used.UnionWith(rain.Select(f => Plain(f.File)));
    }

    /// <summary>How evapotranspiration can come about from what is there; null where it cannot.</summary>
    private string? Evapotranspiration()
    {
        Finding[] Of(LayerKind kind, string? detail) =>
            [.. _choices.Of(kind).Where(f => f.Months.Count > 0 && (detail is null || f.Detail == detail))];
        Finding[] given = Of(LayerKind.Evapotranspiration, null), mean = Of(LayerKind.Temperature, "mean"),
            low = Of(LayerKind.Temperature, "minimum"), high = Of(LayerKind.Temperature, "maximum");
        _used.UnionWith(given.Concat(mean).Concat(low).Concat(high).Select(f => Plain(f.File)));
        return given.Length > 0 ? Layers(given, all: false)
            : low.Length > 0 && high.Length > 0
                ? $"{{ \"method\": \"hargreaves\", \"minimum\": {Layers(low, false)}, \"maximum\": {Layers(high, false)} }}"
            : mean.Length > 0 ? $"{{ \"method\": \"thornthwaite\", \"mean\": {Layers(mean, false)} }}"
            : null;
    }

    /// <summary>A stack as a job has it; of many files the first two where not all are wanted.</summary>
    private string Layers(IReadOnlyList<Finding> findings, bool all)
    {
        string[] files = [.. findings.OrderBy(f => f.Months.Count > 0 ? f.Months[0] : 0).Select(f => f.File)];
        string named = all && files.Length > 2 ? $"[\n        {string.Join(",\n        ", files.Select(File))},\n      ]"
            : $"[{string.Join(", ", files.Take(2).Select(File))}{(files.Length > 2 ? ", …" : "")}]";
        string Number(string key, double? value) =>
            value is { } v ? string.Create(CultureInfo.InvariantCulture, $", \"{key}\": {v:R}") : "";
        return $"{{ \"layers\": {named}{Number("scale", findings[0].Scale)}{Number("offset", findings[0].Offset)} }}";
    }

    private static int[] WholeYears(HashSet<int> months) =>
    [
        .. months.Select(m => m / 12).Distinct().Order()
            .Where(year => Enumerable.Range(1, 12).All(m => months.Contains(MonthlyLayer.Number(year, m)))),
    ];

    /// <summary>Regions that no table of matrices tells of: their rules are a person's to say.</summary>
    private void Regions()
    {
        Finding? regions = _choices.Of(LayerKind.Regions) is [var first, ..] ? first : null;
        if (regions is null || _choices.First(LayerKind.RegionMatrices) is not null)
            return;
        string[] ids = regions.Zones is { } fields ? [.. fields.Ids]
            : [.. regions.Codes.Select(c => c.ToString(CultureInfo.InvariantCulture))];
        string id = regions.Zones?.Id is { } field ? $"\"id\": {CommentedJson.Quoted(field)}, " : "";
        _json.Beside("Each region by rules of its own (docs/regions.md), here none yet: its matrix, productivity, factors of "
            + "soil carbon, thresholds:");
        _json.Beside($"\"regions\": {{ \"zones\": {File(regions.File)}, {id}\"define\": {{ "
            + string.Join(", ", ids.Take(MostNamed).Select(i => $"{CommentedJson.Quoted(i)}: {{}}"))
            + $"{(ids.Length > MostNamed ? ", …" : "")} }} }},");
    }
}

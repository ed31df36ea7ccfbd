using Ldn.Indicator;

namespace Ldn.Pass;

/// <summary>
/// What corrections do in one place (method §8): per period, the new condition of each original one of the indicator or of a
/// sub-indicator. A corrected sub-indicator goes through one-out-all-out again. No data and water are never recoded.
/// </summary>
internal sealed class PlaceRecode
{
    private readonly Dictionary<(int Period, SubIndicator? Layer), Condition[]> _tables = [];

    /// <summary>
    /// Lays one correction over those before it, of which none of the same period and layer counts any more, also where this one
    /// leaves a condition.
    /// </summary>
    /// <param name="period">Index of the period.</param>
    /// <param name="layer">The sub-indicator, or null for the indicator.</param>
    /// <param name="to">New condition of degraded, stable and improved, in this order; null leaves the condition.</param>
    public void Add(int period, SubIndicator? layer, params ReadOnlySpan<Condition?> to)
    {
        Condition[] table = Enum.GetValues<Condition>();
        for (int c = 1; c <= 3; c++)
            table[c] = to[c - 1] ?? table[c];
        _tables[(period, layer)] = table;
    }

    /// <summary>The conditions of a joint code after the corrections.</summary>
    public Outcome Apply(IndicatorTables tables, int period, byte land, byte soil)
    {
        Outcome outcome = tables.Of(land, soil);
        if (outcome.Water)
            return outcome;
        Condition landCover = Recode(period, SubIndicator.LandCover, outcome.LandCover);
        Condition productivity = Recode(period, SubIndicator.Productivity, outcome.Productivity);
        Condition soilCarbon = Recode(period, SubIndicator.SoilCarbon, outcome.SoilCarbon);
        Condition indicator = tables.Combined(landCover, productivity, soilCarbon);
        return new Outcome(false, landCover, productivity, soilCarbon, Recode(period, null, indicator));
    }

    /// <summary>Whether two places (null: without corrections) are corrected alike.</summary>
    public static bool AreSame(PlaceRecode? one, PlaceRecode? other) =>
        one is null || other is null ? one is null && other is null
        : one._tables.Count == other._tables.Count && one._tables.All(
            t => other._tables.TryGetValue(t.Key, out Condition[]? table) && table.AsSpan().SequenceEqual(t.Value));

    private Condition Recode(int period, SubIndicator? layer, Condition condition) =>
        _tables.TryGetValue((period, layer), out Condition[]? table) ? table[(int)condition] : condition;
}

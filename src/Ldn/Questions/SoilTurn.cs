using Ldn.Indicator;
using Ldn.Pass;
using Ldn.Zones;

namespace Ldn.Questions;

/// <summary>What the reported figure of a period makes of a cell whose soil carbon is uncertain (firmness U5).</summary>
internal enum SoilTurn
{
    /// <summary>Water, which the figure leaves out.</summary>
    NoLand,

    /// <summary>Not degraded, whatever the soil's error.</summary>
    Never,

    /// <summary>Degraded, likewise.</summary>
    Always,

    /// <summary>Degraded where soil carbon is.</summary>
    BySoil,
}

/// <summary>
/// Tells it of the cells of a slice; what the other evidence and the baseline say is taken as it is. One a worker.
/// </summary>
internal sealed class SoilTurns
{
    private readonly PassPlan _plan;
    private readonly int _period;
    private readonly Condition[] _conditions;
    private readonly byte _degraded;
    private readonly byte _stable;
    private readonly PlaceRecode?[] _recodes;
    private SliceAtHand _slice = null!;

    public SoilTurns(PassPlan plan, int period, int capacity)
    {
        (_plan, _period, _conditions) = (plan, period, plan.Tables.SoilCarbonConditions!);
        _degraded = (byte)Array.IndexOf(_conditions, Condition.Degraded);
        _stable = (byte)Array.IndexOf(_conditions, Condition.Stable);
        _recodes = plan.Recodes.Count > 0 ? new PlaceRecode?[capacity] : [];
    }

    public void Begin(SliceAtHand slice)
    {
        _slice = slice;
        if (_recodes.Length > 0)
            foreach (PlaceRun run in _plan.Places.Inside(slice.Window))
                _recodes.AsSpan(run.Start, run.Length).Fill(_plan.Recodes[run.Place]);
    }

    /// <param name="cell">Cell of the slice.</param>
    /// <param name="uncertain">Whether its soil carbon may be otherwise than observed.</param>
    public SoilTurn Of(int cell, bool uncertain)
    {
        byte land = _slice.Evidence.Land[_period][cell], soil = _slice.Evidence.Soil[_period][cell];
        if (Evidence.Water(land) || Evidence.Water(_slice.Evidence.Land[0][cell]))
            return SoilTurn.NoLand;
        bool observed = Degraded(cell, land, soil);
        if (!uncertain || _conditions[soil] == Condition.NoData)
            return observed ? SoilTurn.Always : SoilTurn.Never;
        bool with = Degraded(cell, land, _degraded);
        bool without = Degraded(cell, land, _conditions[soil] == Condition.Degraded ? _stable : soil);
        return with && !without ? SoilTurn.BySoil : observed ? SoilTurn.Always : SoilTurn.Never;
    }

    /// <summary>Whether a cell is degraded as reported, with a soil evidence.</summary>
    private bool Degraded(int cell, byte land, byte soil)
    {
        PlaceRecode? recode = _recodes.Length > 0 ? _recodes[cell] : null;
        Condition now = (recode?.Apply(_plan.Tables, _period, land, soil) ?? _plan.Tables.Of(land, soil)).Indicator;
        return (_period == 0 ? now
            : StatusLaw.Of((Condition)_slice.Indicators[0][cell], now, _plan.StatusRule).ThreeClass()) == Condition.Degraded;
    }
}

using Ldn.Indicator;
using Ldn.Rasters;
using Ldn.Zones;

namespace Ldn.Pass;

/// <summary>The slice at hand as outputs see it. One a worker.</summary>
internal sealed class OutputSlice(PassPlan plan, SliceAtHand slice, SliceQuestions? questions)
{
    public PassPlan Plan => plan;

    public Window Window => slice.Window;

    /// <summary>Stored cells of an input.</summary>
    public CellsOf Cells => slice.Cells;

    public SliceStocks Stocks => slice.Evidence.Stocks;

    /// <summary>What a productivity series comes to in a period.</summary>
    public SeriesPlanes Series(int period) => slice.Evidence.Planes(period);

    /// <summary>Dense legend indexes of one of the plan's covers, 0 no data.</summary>
    public ReadOnlySpan<byte> Cover(int cover) => slice.Evidence.Covers[cover].AsSpan(0, slice.Count);

    /// <summary>Land byte of the joint code (<see cref="Evidence"/>).</summary>
    public ReadOnlySpan<byte> Land(int period) => slice.Evidence.Land[period].AsSpan(0, slice.Count);

    /// <summary>Soil byte of the joint code.</summary>
    public ReadOnlySpan<byte> Soil(int period) => slice.Evidence.Soil[period].AsSpan(0, slice.Count);

    /// <summary>The indicator after corrections, 0 on water.</summary>
    public ReadOnlySpan<byte> Indicator(int period) => slice.Indicators[period].AsSpan(0, slice.Count);

    /// <summary>The planes of a question that the run asks, byte by byte.</summary>
    public byte[][] Planes(string question) => questions!.Planes(question);

    /// <summary>Applies the corrections of a period, in place, where a place has any.</summary>
    /// <param name="period">The period.</param>
    /// <param name="layer">The sub-indicator; null for the indicator.</param>
    /// <param name="conditions">Conditions of the slice.</param>
    public void Correct(int period, SubIndicator? layer, Span<byte> conditions)
    {
        if (plan.Recodes.Count == 0)
            return;
        ReadOnlySpan<byte> land = Land(period), soil = Soil(period);
        foreach (PlaceRun run in plan.Places.Inside(slice.Window))
        {
            if (plan.Recodes[run.Place] is not { } recode)
                continue;
            for (int i = run.Start; i < run.End; i++)
            {
                Outcome outcome = recode.Apply(plan.Tables, period, land[i], soil[i]);
                bool blank = outcome.Water && (plan.Tables.MaskWater || layer is null or SubIndicator.SoilCarbon);
                conditions[i] = blank ? (byte)0 : (byte)(layer is { } sub ? outcome.Of(sub) : outcome.Indicator);
            }
        }
    }
}

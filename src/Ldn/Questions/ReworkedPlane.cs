using Ldn.Indicator;
using Ldn.Pass;
using Ldn.Productivity;
using Ldn.Zones;

namespace Ldn.Questions;

/// <summary>
/// A period as it would be with the years of its series in another order, or with another test of their trend (firmness U2):
/// after corrections the indicator (bits 0 and 1), water (bit 2) and the condition of productivity (bits 4 and 5).
/// </summary>
/// <param name="Period">The period.</param>
/// <param name="Order">Number of the order; −1 for the years as they were.</param>
/// <param name="Years">
/// Which year stands in the place of each, among the plan's years of the series; null: each in its own.
/// </param>
/// <param name="Autocorrelation">How the trend is tested.</param>
internal sealed record ReworkedPlane(
    int Period, int Order, IReadOnlyList<int>? Years, Autocorrelation Autocorrelation = Autocorrelation.Ignored) : Plane(1)
{
    private const int ProductivityShift = 4;

    internal override bool ReadsSeries => true;

    /// <summary>State of the cell as <see cref="ConditionPair"/> has it: the condition, 4 on water.</summary>
    public static int State(byte code) => Evidence.Water(code) ? Evidence.WaterBit : code & 3;

    public static Condition Productivity(byte code) => (Condition)(code >> ProductivityShift);

    /// <summary>
    /// Two of them are one where period, number and test are, so that a plane that several questions name is filled once.
    /// </summary>
    public bool Equals(ReworkedPlane? other) => other is not null
        && (Period, Order, Autocorrelation) == (other.Period, other.Order, other.Autocorrelation);

    public override int GetHashCode() => HashCode.Combine(Period, Order, Autocorrelation);

    internal override PlaneFiller Open(PassPlan plan, int capacity) => new Filler(plan, this, capacity);

    private sealed class Filler : PlaneFiller
    {
        private readonly PassPlan _plan;
        private readonly ReworkedPlane _plane;
        private readonly byte[] _evidence;
        private readonly byte[] _table = new byte[256 * Evidence.Limit];
        private SliceSeries.ReworkedKernel? _kernel;

        public Filler(PassPlan plan, ReworkedPlane plane, int capacity)
            : base(Buffers(1, capacity))
        {
            (_plan, _plane, _evidence) = (plan, plane, new byte[capacity]);
            for (int i = 0; i < _table.Length; i++)
                _table[i] = Code(plan.Tables.Of((byte)i, (byte)(i >> 8)));
        }

        public override void Fill(SliceAtHand slice)
        {
            SliceSeries series = slice.Evidence.Series!;
            _kernel ??= series.Reworked(_plane.Period, _plane.Years, _plane.Autocorrelation, _evidence.Length);
            Span<byte> codes = Bytes[0].AsSpan(0, slice.Count), land = _evidence.AsSpan(0, slice.Count);
            series.Rework(_plane.Period, _kernel, slice, land);
            ReadOnlySpan<byte> observed = slice.Evidence.Land[_plane.Period].AsSpan(0, slice.Count);
            ReadOnlySpan<byte> soil = slice.Evidence.Soil[_plane.Period].AsSpan(0, slice.Count);
            for (int i = 0; i < codes.Length; i++)
            {
                land[i] = (byte)((observed[i] & ((1 << Evidence.ProductivityShift) - 1))
                    | (land[i] << Evidence.ProductivityShift));
                codes[i] = _table[(soil[i] << 8) | land[i]];
            }

            if (_plan.Recodes.Count == 0)
                return;
            foreach (PlaceRun run in _plan.Places.Inside(slice.Window))
                if (_plan.Recodes[run.Place] is { } recode)
                    for (int i = run.Start; i < run.End; i++)
                        codes[i] = Code(recode.Apply(_plan.Tables, _plane.Period, land[i], soil[i]));
        }

        private static byte Code(Outcome outcome) => (byte)(
            (outcome.Water ? Evidence.WaterBit : (int)outcome.Indicator) | ((int)outcome.Productivity << ProductivityShift));
    }
}

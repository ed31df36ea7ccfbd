using Ldn.Indicator;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Zones;

namespace Ldn.Questions;

/// <summary>
/// The indicator of the baseline and of a period after corrections, from which condition and status follow: see
/// <see cref="ConditionPair"/>. For period 0 both halves are the baseline's.
/// </summary>
internal sealed record ConditionsPlane(int Period) : Plane(1)
{
    internal override PlaneFiller Open(PassPlan plan, int capacity) => new Filler(Period, capacity);

    private sealed class Filler(int period, int capacity) : PlaneFiller(Buffers(1, capacity))
    {
        public override void Fill(SliceAtHand slice)
        {
            int count = slice.Count;
            Span<byte> codes = Bytes[0].AsSpan(0, count);
            ReadOnlySpan<byte> before = slice.Indicators[0].AsSpan(0, count),
            landBefore = slice.Evidence.Land[0].AsSpan(0, count);
            ReadOnlySpan<byte> now = slice.Indicators[period].AsSpan(0, count),
            landNow = slice.Evidence.Land[period].AsSpan(0, count);
            for (int i = 0; i < codes.Length; i++)
                codes[i] = (byte)(
                    (before[i] | (landBefore[i] & Evidence.WaterBit)) | ((now[i] | (landNow[i] & Evidence.WaterBit)) << 4));
        }
    }
}

/// <summary>
/// A code of <see cref="ConditionsPlane"/>: the baseline's condition in the low four bits, the period's in the high; 4 is water.
/// </summary>
internal readonly record struct ConditionPair(byte Code)
{
    /// <summary>Water in the baseline's initial year.</summary>
    public bool BaselineWater => (Code & Evidence.WaterBit) != 0;

    /// <summary>Water in the period's initial year.</summary>
    public bool PeriodWater => (Code >> 4 & Evidence.WaterBit) != 0;

    /// <summary>Water in either, which has no status (method §7).</summary>
    public bool StatusWater => BaselineWater || PeriodWater;

    public Condition Baseline => (Condition)(Code & 3);

    public Condition Period => (Condition)(Code >> 4 & 3);

    public Status Status(StatusRule rule) => StatusLaw.Of(Baseline, Period, rule);

    public static ConditionPair Of(Condition baseline, Condition period) => new((byte)((int)baseline | (int)period << 4));
}

/// <summary>How many sub-indicators are degraded in a period, after corrections of sub-indicators; 0 on water.</summary>
internal sealed record DegradedCountPlane(int Period) : Plane(1)
{
    internal override PlaneFiller Open(PassPlan plan, int capacity) => new Filler(plan, Period, capacity);

    private sealed class Filler : PlaneFiller
    {
        private readonly PassPlan _plan;
        private readonly int _period;
        private readonly byte[] _counts = new byte[256 * Evidence.Limit];

        public Filler(PassPlan plan, int period, int capacity)
            : base(Buffers(1, capacity))
        {
            (_plan, _period) = (plan, period);
            for (int i = 0; i < _counts.Length; i++)
                _counts[i] = Count(plan.Tables.Of((byte)i, (byte)(i >> 8)));
        }

        public override void Fill(SliceAtHand slice)
        {
            ReadOnlySpan<byte> land = slice.Evidence.Land[_period].AsSpan(0, slice.Count),
            soil = slice.Evidence.Soil[_period].AsSpan(0, slice.Count);
            Span<byte> codes = Bytes[0].AsSpan(0, slice.Count);
            for (int i = 0; i < codes.Length; i++)
                codes[i] = _counts[soil[i] << 8 | land[i]];
            if (_plan.Recodes.Count > 0)
                Correct(slice.Window, land, soil, codes);
        }

        private void Correct(Window window, ReadOnlySpan<byte> land, ReadOnlySpan<byte> soil, Span<byte> codes)
        {
            foreach (PlaceRun run in _plan.Places.Inside(window))
            {
                if (_plan.Recodes[run.Place] is not { } recode)
                    continue;
                for (int i = run.Start; i < run.End; i++)
                    codes[i] = Count(recode.Apply(_plan.Tables, _period, land[i], soil[i]));
            }
        }

        private static byte Count(Outcome outcome) => outcome.Water ? (byte)0 : (byte)(
            Degraded(outcome.LandCover) + Degraded(outcome.Productivity) + Degraded(outcome.SoilCarbon));

        private static int Degraded(Condition condition) => condition == Condition.Degraded ? 1 : 0;
    }
}

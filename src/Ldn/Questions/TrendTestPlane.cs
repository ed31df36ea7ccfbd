using System.Buffers.Binary;
using Ldn.Indicator;
using Ldn.Pass;
using Ldn.Productivity;
using Ldn.Productivity.Laws;

namespace Ldn.Questions;

/// <summary>
/// What decides on the trend of a period beside its slope (firmness U2): valid years (one byte), S and the tie term. 0 years on
/// water.
/// </summary>
internal sealed record TrendTestPlane(int Period) : Plane(6)
{
    internal override bool ReadsSeries => true;

    /// <summary>The parts of a code.</summary>
    public static (int ValidYears, int S, int TieTerm) Read(ulong code) =>
        ((byte)code, (short)(code >> 8), (int)(code >> 24));

    internal override PlaneFiller Open(PassPlan plan, int capacity) => new Filler(Period, capacity);

    private sealed class Filler(int period, int capacity) : PlaneFiller(Buffers(6, capacity))
    {
        private readonly short[] _s = new short[capacity];
        private readonly int[] _ties = new int[capacity];
        private readonly byte[] _code = new byte[sizeof(ulong)];
        private SliceSeries.ReworkedKernel? _kernel;

        public override void Fill(SliceAtHand slice)
        {
            SliceSeries series = slice.Evidence.Series!;
            int count = slice.Count;
            _kernel ??= series.Reworked(period, null, Autocorrelation.Ignored, _s.Length);
            Span<byte> valid = Bytes[0].AsSpan(0, count);
            Span<short> s = _s.AsSpan(0, count);
            Span<int> ties = _ties.AsSpan(0, count);
            series.Rework(period, _kernel, count, new() { Valid = valid, S = s, TieTerm = ties });
            ReadOnlySpan<byte> land = slice.Evidence.Land[period].AsSpan(0, count);
            for (int i = 0; i < count; i++)
            {
                // Neither water nor too few years are a test: one code for both.
                bool tested = !Evidence.Water(land[i]) && s[i] != TrendLaw.NoS;
                ulong code = tested ? valid[i] | ((ulong)(ushort)s[i] << 8) | ((ulong)(uint)ties[i] << 24) : 0;
                BinaryPrimitives.WriteUInt64LittleEndian(_code, code);
                for (int b = 0; b < Bytes.Length; b++)
                    Bytes[b][i] = _code[b];
            }
        }
    }
}

using System.Numerics;
using Ldn.Lanes;

namespace Ldn.Tests.Lanes;

/// <summary>
/// Each operation of the lanes against the same done cell by cell, at every width that this process has and for every type that
/// kernels use it with.
/// </summary>
internal sealed class LanesTests
{
    private static IEnumerable<SimdLevel> Levels => SimdTests.Available.Where(level => level != SimdLevel.Scalar);

    [TestCaseSource(nameof(Levels))]
    public void Widening(SimdLevel level)
    {
        short[] shorts = [short.MinValue, -1, 0, 1, short.MaxValue, 255, 256, -9999];
        ushort[] words = [0, 1, 255, 256, 32767, 32768, 65535, 9];
        byte[] bytes = [0, 1, 127, 128, 254, 255, 7, 100];
        sbyte[] signed = [sbyte.MinValue, -1, 0, 1, sbyte.MaxValue, 5, -5, 64];
        int[] whole = [int.MinValue, -1, 0, 1, int.MaxValue, 5, -5, 64];
        float[] singles = [float.NaN, -0f, 0.1f, float.MaxValue, float.NegativeInfinity, float.Epsilon, 3, -7];
        Each(level, new Widen<short, int>(shorts), new Widen<short, float>(shorts), new Widen<ushort, float>(words),
            new Widen<byte, float>(bytes),
            new Widen<sbyte, float>(signed), new Widen<int, long>(whole), new Widen<float, double>(singles), new Widen<float,
            float>(singles));
    }

    [TestCaseSource(nameof(Levels))]
    public void Narrowing(SimdLevel level)
    {
        int[] whole = [0, 1, 2, 127, 128, 254, 255, 31];
        double[] doubles = [0, 1, 2, 127, 128, 254, 255, 31];
        double[] any = [0.1, -1e300, double.NaN, 1 / 3.0, double.Epsilon, 16777217, -0.0, 5];
        Each(
            level, new Narrow<int, byte>(whole), new Narrow<double, byte>(doubles), new Narrow<double, float>(any),
            new Narrow<double, double>(any));
    }

    [TestCaseSource(nameof(Levels))]
    public void Arithmetic(SimdLevel level) => Each(
        level,
        new Compute<byte>(17), new Compute<short>(18), new Compute<int>(19), new Compute<long>(20), new Compute<float>(21),
        new Compute<double>(22));

    [TestCaseSource(nameof(Levels))]
    public void Bytes(SimdLevel level) => Each(level, new OfBytes());

    private static void Each(SimdLevel level, params IWork[] work)
    {
        foreach (IWork one in work)
            one.Run(level);
    }

    private interface IWork
    {
        void Run(SimdLevel level);
    }

    /// <summary>Work on lanes of one type, at a width.</summary>
    private abstract class Work<T> : IWork
        where T : unmanaged
    {
        public void Run(SimdLevel level)
        {
            if (level == SimdLevel.Vector512)
                Run<Lanes512<T>>();
            else if (level == SimdLevel.Vector256)
                Run<Lanes256<T>>();
            else
                Run<Lanes128<T>>();
        }

        protected abstract void Run<TLanes>()
            where TLanes : struct, ILanes<TLanes, T>;

        protected static T[] Stored<TLanes>(TLanes value)
            where TLanes : struct, ILanes<TLanes, T>
        {
            var cells = new T[TLanes.Count];
            TLanes.Store(value, ref cells[0], 0);
            return cells;
        }
    }

    private sealed class Widen<TNarrow, T>(TNarrow[] pattern) : Work<T>
        where TNarrow : unmanaged, INumberBase<TNarrow>
        where T : unmanaged, INumberBase<T>
    {
        protected override void Run<TLanes>()
        {
            TNarrow[] source = [.. Enumerable.Range(0, TLanes.Count + 3).Select(i => pattern[i % pattern.Length])];
            for (int from = 0; from <= 3; from++)
                Assert.That(
                    Stored(TLanes.LoadWidened(ref source[0], from)),
                    Is.EqualTo(source.Skip(from).Take(TLanes.Count).Select(T.CreateTruncating)), typeof(TNarrow).Name);
        }
    }

    private sealed class Narrow<T, TNarrow>(T[] pattern) : Work<T>
        where TNarrow : unmanaged, INumberBase<TNarrow>
        where T : unmanaged, INumberBase<T>
    {
        protected override void Run<TLanes>()
        {
            T[] source = [.. Enumerable.Range(0, TLanes.Count).Select(i => pattern[i % pattern.Length])];
            TNarrow guard = TNarrow.CreateTruncating(99);
            TNarrow[] target = [.. Enumerable.Repeat(guard, TLanes.Count + 3)];
            TLanes.StoreNarrowed(TLanes.Load(ref source[0], 0), ref target[0], 2);
            TNarrow[] expected = [guard, guard, .. source.Select(TNarrow.CreateTruncating), guard];
            Assert.That(target, Is.EqualTo(expected), typeof(TNarrow).Name);
        }
    }

    private sealed class Compute<T>(int seed) : Work<T>
        where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        protected override void Run<TLanes>()
        {
            var random = new Random(seed);
            for (int round = 0; round < 50; round++)
            {
                T[] a = Cells(random, TLanes.Count), b = Cells(random, TLanes.Count);
                TLanes x = TLanes.Load(ref a[0], 0), y = TLanes.Load(ref b[0], 0);
                Check(x + y, (p, q) => p + q);
                Check(x - y, (p, q) => p - q);
                Check(x * y, (p, q) => p * q);
                Check(TLanes.Min(x, y), T.Min);
                Check(TLanes.Max(x, y), T.Max);
                TLanes less = TLanes.Less(x, y), equal = TLanes.Equal(x, y);
                Check(TLanes.Select(less, x, y), (p, q) => p < q ? p : q);
                Check(less & x, (p, q) => p < q ? p : T.Zero);
                Check(TLanes.Select(less | equal, x, TLanes.Zero), (p, q) => p <= q ? p : T.Zero);
                Check(TLanes.Select(TLanes.LessOrEqual(x, y) ^ less, x, TLanes.Zero), (p, q) => p == q ? p : T.Zero);
                Assert.That(TLanes.Any(less), Is.EqualTo(a.Zip(b).Any(c => c.First < c.Second)));
                Assert.That(TLanes.All(less | equal), Is.EqualTo(a.Zip(b).All(c => c.First <= c.Second)));
                Assert.That(
                    TLanes.Bits(less),
                    Is.EqualTo(a.Zip(b).Select((c, i) => c.First < c.Second ? 1UL << i : 0).Aggregate((l, r) => l | r)));
                Assert.That(TLanes.Sum(x), Is.EqualTo(a.Aggregate((p, q) => p + q)));
                if (a[0] is not (byte or short))
                {
                    TLanes counters = TLanes.CountEqual(TLanes.CountLess(TLanes.CountLess(TLanes.Zero, x, y), x, y), x, y);
                    Assert.That(
                        Stored(TLanes.Values(counters)),
                        Is.EqualTo(a.Zip(b, (p, q) => T.CreateTruncating(p < q ? 2 : p == q ? 1 : 0))));
                }

                void Check(TLanes value, Func<T, T, T> law) => Assert.That(
                    Stored(value), Is.EqualTo(a.Zip(b, law)), $"{typeof(T).Name}, round {round}");
            }
        }

        /// <summary>Small whole numbers, so that ties are many and floating sums exact.</summary>
        private static T[] Cells(Random random, int count) =>
            [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating(random.Next(12)))];
    }

    private sealed class OfBytes : Work<byte>
    {
        protected override void Run<TLanes>()
        {
            var random = new Random(3);
            byte[] a = new byte[TLanes.Count], b = new byte[TLanes.Count], table = new byte[16];
            random.NextBytes(a);
            random.NextBytes(b);
            random.NextBytes(table);
            TLanes x = TLanes.Load(ref a[0], 0), y = TLanes.Load(ref b[0], 0);
            Assert.That(
                Stored(TLanes.Lookup(TLanes.Table(table), x & TLanes.Broadcast(15))), Is.EqualTo(a.Select(i => table[i & 15])));
            for (int bits = 0; bits < 8; bits++)
                Assert.That(Stored(TLanes.ShiftRight(x, bits)), Is.EqualTo(a.Select(v => (byte)(v >> bits))));
            (TLanes even, TLanes odd) = TLanes.Unzip(x, y);
            Assert.That(Stored(even), Is.EqualTo(a.Concat(b).Where((_, i) => i % 2 == 0)));
            Assert.That(Stored(odd), Is.EqualTo(a.Concat(b).Where((_, i) => i % 2 == 1)));
        }
    }
}

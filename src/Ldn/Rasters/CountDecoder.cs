using System.Numerics;
using System.Runtime.InteropServices;

namespace Ldn.Rasters;

/// <summary>
/// How a raster of counts (people or animals in each cell) is brought onto the run's grid so that its sum is kept (method §11).
/// </summary>
/// <param name="Areas">Areas of the run's cells, by which coarser source cells are shared.</param>
internal sealed record CountSharing(CellArea Areas)
{
    /// <summary>
    /// Fixed-point parts of one unit: a 32-bit float from 0.002 on is kept exactly, a run cell holds up to two thousand million.
    /// </summary>
    public const long PartsPerUnit = 1L << 32;

    /// <summary>Amount of a run cell that an impossible source value, one below 0, went into.</summary>
    public const long Impossible = long.MinValue;

    /// <summary>Adds to a run cell; whatever is added to an impossible amount leaves it impossible.</summary>
    /// <exception cref="LdnException">Exit 3: more than fixed point holds.</exception>
    internal static void Add(ref long amount, long more, string name)
    {
        if (amount == Impossible || more == Impossible)
            amount = Impossible;
        else if ((amount += more) < 0)
            throw TooMuch(name, "more than two thousand million in one cell of the run's grid");
    }

    /// <summary>
    /// The part of a count that goes to an area after those before it: the difference of its running totals, rounded down, so
    /// that the parts add up to it.
    /// </summary>
    /// <exception cref="LdnException">Exit 3: a source cell of continental size with more counts than such a product
    /// holds.</exception>
    internal static long Share(long count, UInt128 before, ulong area, UInt128 all, string name)
    {
        try
        {
            UInt128 whole = (ulong)count;
            return checked((long)((whole * (before + area) / all) - (whole * before / all)));
        }
        catch (OverflowException e)
        {
            throw Fault.Values.Error(
                $"{name}: a cell is too large and holds too much to be shared among the run's cells",
                "check its grid and its unit", e);
        }
    }

    /// <summary>
    /// The weight of a run cell: its area, at least 1, for a cell at the edge of the map may have none and people are to lie
    /// somewhere.
    /// </summary>
    internal static ulong Weight(ulong area) => Math.Max(1, area);

    internal static LdnException TooMuch(string name, string what) =>
        Fault.Values.Error($"{name} holds {what}", "counts are per cell; check the unit, or give them in thousands");
}

/// <summary>
/// Turns stored cells into fixed-point counts: no data is 0, a value below 0 is <see cref="CountSharing.Impossible"/>.
/// </summary>
internal abstract class CountDecoder
{
    /// <exception cref="LdnException">Exit 3: a value too large for fixed point.</exception>
    public abstract void Decode(ReadOnlySpan<byte> cells, Span<long> counts);

    public static CountDecoder Create(IRasterSource source, IReadOnlyList<double> noData)
    {
        double[] all = [.. noData, .. source.NoData is { } declared ? [declared] : Array.Empty<double>()];
        return source.CellType switch
        {
            CellType.Byte => new Of<byte>(source, all),
            CellType.SByte => new Of<sbyte>(source, all),
            CellType.UInt16 => new Of<ushort>(source, all),
            CellType.Int16 => new Of<short>(source, all),
            CellType.UInt32 => new Of<uint>(source, all),
            CellType.Int32 => new Of<int>(source, all),
            CellType.UInt64 => new Of<ulong>(source, all),
            CellType.Int64 => new Of<long>(source, all),
            CellType.Float32 => new Of<float>(source, all),
            _ => new Of<double>(source, all),
        };
    }

    private sealed class Of<T>(IRasterSource source, double[] noData) : CountDecoder
        where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        private const double Largest = 1L << 62;

        private readonly Validity<T> _validity = new(noData);

        public override void Decode(ReadOnlySpan<byte> cells, Span<long> counts)
        {
            ReadOnlySpan<T> values = MemoryMarshal.Cast<byte, T>(cells);
            for (int i = 0; i < counts.Length; i++)
            {
                if (!_validity.IsValid(values[i]))
                {
                    counts[i] = 0;
                    continue;
                }

                double value = (double.CreateTruncating(values[i]) * source.Scale) + source.Offset;
                double parts = Math.Round(value * CountSharing.PartsPerUnit);
                if (!(parts < Largest))
                    throw CountSharing.TooMuch(source.Name, FormattableString.Invariant($"a cell of {value}"));
                counts[i] = value < 0 ? CountSharing.Impossible : (long)parts;
            }
        }
    }
}

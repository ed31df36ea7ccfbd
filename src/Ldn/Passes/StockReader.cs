using System.Runtime.InteropServices;
using Ldn.Grids;
using Ldn.Kernels;

namespace Ldn.Passes;

/// <summary>Soil-carbon evidence of a slice from the stored cells of its rasters, choosing the narrowest exact arithmetic.</summary>
internal sealed class StockReader(PassPlan plan, int capacity)
{
    private readonly float[] _single0 = new float[capacity];
    private readonly float[] _single1 = new float[capacity];
    private readonly double[] _double0 = new double[capacity];
    private readonly double[] _double1 = new double[capacity];

    /// <summary>
    /// rank[i] for a slice of cells; returns whether some value is impossible (a negative stock, a change below −100 %), which is an error
    /// where it lies inside a zone.
    /// </summary>
    public bool Rank(SoilCarbonPlan soil, SliceCells initial, SliceCells final, Span<byte> rank)
    {
        RasterInput first = plan.Inputs[soil.InitialInput];
        if (soil.IsChange)
        {
            Span<double> change = _double0.AsSpan(0, rank.Length);
            ToPhysical(first, initial, change);
            bool low = false;
            for (int i = 0; i < rank.Length; i++)
            {
                rank[i] = plan.SoilCarbonRank.OfChange(change[i]);
                low |= change[i] < -100;
            }

            return low;
        }

        RasterInput last = plan.Inputs[soil.FinalInput];
        if (plan.SoilCarbonRank.WholeThresholds && IsPlainShort(first, initial) && IsPlainShort(last, final))
        {
            ReadOnlySpan<short> a = MemoryMarshal.Cast<byte, short>(initial.Cells), b = MemoryMarshal.Cast<byte, short>(final.Cells);
            int noDataA = NoData(first), noDataB = NoData(last);
            plan.SoilCarbonRank.OfStocks(a, b, noDataA, noDataB, rank);
            return StockCheck.AnyNegative(a, noDataA) || StockCheck.AnyNegative(b, noDataB);
        }

        if (IsSingle(first) && IsSingle(last))
        {
            Span<float> a = _single0.AsSpan(0, rank.Length), b = _single1.AsSpan(0, rank.Length);
            ToPhysical(first, initial, a);
            ToPhysical(last, final, b);
            plan.SoilCarbonRank.OfStocks(a, b, rank);
            return StockCheck.AnyNegative(a) || StockCheck.AnyNegative(b);
        }

        Span<double> c = _double0.AsSpan(0, rank.Length), d = _double1.AsSpan(0, rank.Length);
        ToPhysical(first, initial, c);
        ToPhysical(last, final, d);
        plan.SoilCarbonRank.OfStocks(c, d, rank);
        return StockCheck.AnyNegative(c) || StockCheck.AnyNegative(d);
    }

    /// <summary>The impossible value of one cell, if it is one.</summary>
    public static bool IsImpossible(RasterInput input, SliceCells cells, int index, bool isChange, out double value)
    {
        value = Cells.Value(cells.Cells, input.Raster.OutputType, index);
        if (double.IsNaN(value) || input.NoData.Contains(value) || (!cells.Outside.IsEmpty && cells.Outside[index] != 0))
            return false;
        value = (value * input.Source.Scale) + input.Source.Offset;
        return value < (isChange ? -100 : 0);
    }

    private static void ToPhysical<T>(RasterInput input, SliceCells slice, Span<T> values)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> =>
        Cells.ToPhysical(
            slice.Cells, input.Raster.OutputType, input.NoData is double[] noData ? noData : [.. input.NoData],
            input.Source.Scale, input.Source.Offset, slice.Outside, values);

    private static bool IsSingle(RasterInput input) =>
        input.Source is { Scale: 1, Offset: 0 }
        && input.Raster.OutputType is CellType.Byte or CellType.SByte or CellType.Int16 or CellType.UInt16 or CellType.Float32;

    private static bool IsPlainShort(RasterInput input, SliceCells slice) =>
        input.Source is { Scale: 1, Offset: 0 } && input.Raster.OutputType == CellType.Int16 && slice.Outside.IsEmpty && input.NoData.Count <= 1;

    private static int NoData(RasterInput input) =>
        input.NoData is [double value] && value == Math.Floor(value) && Math.Abs(value) < int.MaxValue ? (int)value : int.MinValue;
}

/// <summary>Stored cells of one input over a slice; <see cref="Outside"/> is empty when the input covers all of it.</summary>
internal readonly ref struct SliceCells(ReadOnlySpan<byte> cells, ReadOnlySpan<byte> outside)
{
    public ReadOnlySpan<byte> Cells { get; } = cells;

    public ReadOnlySpan<byte> Outside { get; } = outside;
}

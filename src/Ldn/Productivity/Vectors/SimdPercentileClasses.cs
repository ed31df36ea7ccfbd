using System.Runtime.CompilerServices;
using Ldn.Lanes;
using Ldn.Productivity.Laws;

namespace Ldn.Productivity.Vectors;

/// <summary>
/// <see cref="PercentileClasses"/> for a vector of pixels: sorts a sample of years by a network and counts the limits below two
/// means.
/// </summary>
internal sealed class SimdPercentileClasses
{
    private readonly int _from;
    private readonly int _size;
    private readonly bool _extended;
    private readonly int _lanes;
    private readonly SortingNetwork _network;

    // Where the limits lie, by number of valid years.
    private readonly (int Offset, double Fraction)[][] _positions;

    // Room for one value before the sorted ones and one after.
    private readonly AlignedBuffer<double> _sample;

    // Two vectors of single precision a year.
    private readonly AlignedBuffer<float> _stored;

    /// <summary>
    /// The sample is <paramref name="size"/> years from year <paramref name="from"/> on, extended as state does or not.
    /// </summary>
    public SimdPercentileClasses(int from, int size, bool extended, int lanes)
    {
        (_from, _size, _extended, _lanes) = (from, size, extended, lanes);
        _network = SortingNetwork.Sort(size);
        _sample = new AlignedBuffer<double>((size + 2) * lanes);
        _stored = new AlignedBuffer<float>(size * 4 * lanes);
        _positions = [.. Enumerable.Range(0, size + 1).Select(Positions)];
    }

    /// <summary>Sorts a sample without gaps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public TLanes SortComplete<TLanes>(ref double plane)
        where TLanes : struct, ILanes<TLanes, double>
    {
        ref double sorted = ref _sample.Span[_lanes];
        for (int t = 0; t < _size; t++)
            TLanes.Store(TLanes.Load(ref plane, (_from + t) * SeriesChunk.Stride), ref sorted, t * TLanes.Count);
        _network.Run<TLanes>(ref sorted);
        TLanes low = TLanes.Load(ref sorted, 0), high = TLanes.Load(ref sorted, (_size - 1) * TLanes.Count);
        return TLanes.Broadcast(ValidValues.Noise) * TLanes.Max(TLanes.Abs(low), TLanes.Abs(high));
    }

    /// <summary>
    /// Sorts samples without gaps of two vectors by their stored values, whose order is that of the physical ones, at half the
    /// price. <see cref="TakeSorted{TDouble}"/> gives a part of them.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SortStored<TSingle>(ref float plane)
        where TSingle : struct, ILanes<TSingle, float>
    {
        ref float stored = ref _stored.First;
        for (int t = 0, row = _from * SeriesChunk.Stride; t < _size; t++, row += SeriesChunk.Stride)
        {
            TSingle.Store(TSingle.Load(ref plane, row), ref stored, 2 * t * TSingle.Count);
            TSingle.Store(TSingle.Load(ref plane, row + TSingle.Count), ref stored, ((2 * t) + 1) * TSingle.Count);
        }

        _network.RunTwo<TSingle, float>(ref stored);
    }

    /// <summary>
    /// Makes the sorted stored values from pixel <paramref name="at"/> of the two vectors on physical, by the decoder's own
    /// operations, for <see cref="ChangeComplete"/>; the result is the rounding noise of their values.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public TDouble TakeSorted<TDouble>(int at, (double Scale, double Offset) encoding)
        where TDouble : struct, ILanes<TDouble, double>
    {
        ref float stored = ref _stored.First;
        ref double sorted = ref _sample.Span[_lanes];
        TDouble scale = TDouble.Broadcast(encoding.Scale), offset = TDouble.Broadcast(encoding.Offset);
        for (int t = 0; t < _size; t++)
            TDouble.Store(
                (TDouble.LoadWidened(ref stored, (t * 4 * _lanes) + at) * scale) + offset, ref sorted, t * TDouble.Count);
        TDouble low = TDouble.Load(ref sorted, 0), high = TDouble.Load(ref sorted, (_size - 1) * TDouble.Count);
        return TDouble.Broadcast(ValidValues.Noise) * TDouble.Max(TDouble.Abs(low), TDouble.Abs(high));
    }

    /// <summary>
    /// Sorts the sample of the vector that starts at <paramref name="plane"/>; the result is the rounding noise of its values.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public TLanes Sort<TLanes>(ref double plane)
        where TLanes : struct, ILanes<TLanes, double>
    {
        ref double sorted = ref _sample.Span[_lanes];
        TLanes above = TLanes.Broadcast(double.PositiveInfinity), largest = TLanes.Zero;
        for (int t = 0; t < _size; t++)
        {
            TLanes value = TLanes.Load(ref plane, (_from + t) * SeriesChunk.Stride);
            TLanes valid = TLanes.Equal(value, value);
            largest = TLanes.Max(largest, TLanes.Abs(value) & valid);
            TLanes.Store(TLanes.Select(valid, value, above), ref sorted, t * TLanes.Count);
        }

        _network.Run<TLanes>(ref sorted);
        return TLanes.Broadcast(ValidValues.Noise) * largest;
    }

    /// <summary>
    /// Class of <paramref name="later"/> minus class of <paramref name="earlier"/>. Only lanes whose number of valid years is at
    /// least <paramref name="fewest"/> have a meaning: limits lie at other places for another number, so each number that occurs
    /// is dealt with in turn.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public TLanes Change<TLanes>(TLanes later, TLanes earlier, TLanes noise, TLanes validYears, int fewest)
        where TLanes : struct, ILanes<TLanes, double>
    {
        if (TLanes.All(TLanes.Equal(validYears, TLanes.Broadcast(_size))))
            return ChangeComplete(later, earlier, noise);
        TLanes change = TLanes.Zero;
        for (int years = fewest; years <= _size; years++)
        {
            TLanes these = TLanes.Equal(validYears, TLanes.Broadcast(years));
            if (TLanes.Any(these))
                change = TLanes.Select(these, Change(later - noise, earlier - noise, years), change);
        }

        return change;
    }

    /// <summary>The same for a sample without gaps.</summary>
    public TLanes ChangeComplete<TLanes>(TLanes later, TLanes earlier, TLanes noise)
        where TLanes : struct, ILanes<TLanes, double> => Change(later - noise, earlier - noise, _size);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private TLanes Change<TLanes>(TLanes later, TLanes earlier, int years)
        where TLanes : struct, ILanes<TLanes, double>
    {
        ref double sample = ref _sample.First;
        TLanes end = TLanes.Zero;
        if (_extended)
        {
            TLanes low = TLanes.Load(ref sample, TLanes.Count), high = TLanes.Load(ref sample, years * TLanes.Count);
            TLanes beyond = TLanes.Broadcast(PercentileClasses.Extension) * (high - low);
            end = TLanes.Load(ref sample, (years + 1) * TLanes.Count);
            TLanes.Store(low - beyond, ref sample, 0);
            TLanes.Store(high + beyond, ref sample, (years + 1) * TLanes.Count);
        }

        TLanes laterClass = TLanes.Zero, earlierClass = TLanes.Zero;
        foreach ((int offset, double fraction) in _positions[years])
        {
            TLanes below = TLanes.Load(ref sample, offset), above = TLanes.Load(ref sample, offset + TLanes.Count);
            TLanes limit = below + (TLanes.Broadcast(fraction) * (above - below));
            laterClass = TLanes.CountLess(laterClass, limit, later);
            earlierClass = TLanes.CountLess(earlierClass, limit, earlier);
        }

        // The place after the last value may hold one of a lane with more years.
        if (_extended)
            TLanes.Store(end, ref sample, (years + 1) * TLanes.Count);
        return TLanes.Values(laterClass) - TLanes.Values(earlierClass);
    }

    /// <summary>
    /// Positions of the nine limits in the sample memory of so many valid years; none for fewer than a sample can have.
    /// </summary>
    private (int Offset, double Fraction)[] Positions(int years)
    {
        if (years < 2)
            return [];
        var positions = new (int Offset, double Fraction)[PercentileClasses.Limits];
        for (int k = 1; k <= positions.Length; k++)
        {
            (int index, double fraction) = PercentileClasses.Position(k, _extended ? years + 2 : years);
            positions[k - 1] = ((index + (_extended ? 0 : 1)) * _lanes, fraction);
        }

        return positions;
    }
}

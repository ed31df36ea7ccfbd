using System.Numerics;
using Ldn.Rasters;

namespace Ldn.Samples;

/// <summary>The ranks of all fields over one row of a window; of one worker.</summary>
internal sealed class SampleRow
{
    private readonly NoiseRows[] _rows;
    private readonly int[][] _ranks;

    public SampleRow(SampleFields fields, Window window, bool baselineOnly)
    {
        LatticeNoise?[] noises =
        [
            fields.Relief, fields.Moisture, fields.Cover, fields.Variety, fields.EarlyChange, fields.Productivity, fields.Soil,
            baselineOnly ? null : fields.LateChange,
            baselineOnly ? null : fields.LateProductivity,
        ];
        _rows = [.. noises.OfType<LatticeNoise>().Select(noise => new NoiseRows(noise, window.Column, window.Width))];
        // Without the later years their fields stand still at the middle: no change.
        _ranks = [.. noises.Select(_ => new int[window.Width])];
        foreach (int[] ranks in _ranks)
            Array.Fill(ranks, 32768);
    }

    public int[] Relief => _ranks[0];

    public int[] Moisture => _ranks[1];

    public int[] Cover => _ranks[2];

    public int[] Variety => _ranks[3];

    public int[] EarlyChange => _ranks[4];

    public int[] Productivity => _ranks[5];

    public int[] Soil => _ranks[6];

    public int[] LateChange => _ranks[7];

    public int[] LateProductivity => _ranks[8];

    public void MoveTo(int row)
    {
        for (int i = 0; i < _rows.Length; i++)
            _rows[i].Fill(row, _ranks[i]);
    }
}

/// <summary>
/// Ranks of a <see cref="LatticeNoise"/> over one range of columns, row by row. Hashes are taken once per lattice row and carried
/// from row to row, so rows are cheap in ascending order and right in any. Not thread-safe.
/// </summary>
internal sealed class NoiseRows
{
    private readonly LatticeNoise _noise;
    private readonly int _column;
    private readonly State[] _states;
    private readonly int[] _sum;

    public NoiseRows(LatticeNoise noise, int column, int width)
    {
        _noise = noise;
        _column = column;
        _sum = new int[width];
        _states = [
            .. noise.Octaves.Select(
                o => new State(((column + o.PhaseX + width - 1) >> o.ShiftX) - ((column + o.PhaseX) >> o.ShiftX) + 2))];
    }

    /// <summary>Fills the ranks (0…65535) of one row of the grid.</summary>
    public void Fill(int row, Span<int> ranks)
    {
        Array.Clear(_sum);
        for (int i = 0; i < _states.Length; i++)
            AddOctave(_noise.Octaves[i], _states[i], row);
        for (int i = 0; i < ranks.Length; i++)
            ranks[i] = _noise.Rank(_sum[i]);
    }

    private void AddOctave(LatticeNoise.Octave octave, State state, int row)
    {
        int column = _column + octave.PhaseX, first = column >> octave.ShiftX, y = (row + octave.PhaseY) >> octave.ShiftY;
        if (state.Row != y)
        {
            if (state.Row == y - 1)
                (state.Top, state.Bottom) = (state.Bottom, state.Top);
            else
                Hash(octave, first, y, state.Top);
            Hash(octave, first, y + 1, state.Bottom);
            state.Row = y;
        }

        int weight = octave.WeightsY[(row + octave.PhaseY) & ((1 << octave.ShiftY) - 1)];
        int[] top = state.Top, bottom = state.Bottom, weights = octave.WeightsX;
        int position = column & (weights.Length - 1), start = 0;
        int left = LatticeNoise.Between(top[0], bottom[0], weight);
        for (int node = 1; start < _sum.Length; node++)
        {
            int right = LatticeNoise.Between(top[node], bottom[node], weight);
            int end = Math.Min(start + weights.Length - position, _sum.Length);
            if (weights.Length > 8)
                Interpolate(_sum.AsSpan(start, end - start), weights.AsSpan(position), left, right - left);
            else
                InterpolateFew(_sum, start, end, weights, position, left, right - left);
            left = right;
            start = end;
            position = 0;
        }
    }

    private static void InterpolateFew(int[] sum, int start, int end, int[] weights, int position, int left, int difference)
    {
        for (int i = start; i < end; i++)
            sum[i] += left + ((difference * weights[position++]) >> 10);
    }

    private static void Interpolate(Span<int> sum, ReadOnlySpan<int> weights, int left, int difference)
    {
        int i = 0;
        if (Vector.IsHardwareAccelerated)
        {
            var from = new Vector<int>(left);
            var slope = new Vector<int>(difference);
            for (; i <= sum.Length - Vector<int>.Count; i += Vector<int>.Count)
            {
                Vector<int> value = from + Vector.ShiftRightArithmetic(slope * new Vector<int>(weights[i..]), 10);
                (new Vector<int>(sum[i..]) + value).CopyTo(sum[i..]);
            }
        }

        for (; i < sum.Length; i++)
            sum[i] += left + ((difference * weights[i]) >> 10);
    }

    private static void Hash(LatticeNoise.Octave octave, int first, int y, int[] nodes)
    {
        for (int i = 0; i < nodes.Length; i++)
            nodes[i] = octave.Node(first + i, y);
    }

    private sealed class State(int nodes)
    {
        public int Row { get; set; } = int.MinValue;

        public int[] Top { get; set; } = new int[nodes];

        public int[] Bottom { get; set; } = new int[nodes];
    }
}

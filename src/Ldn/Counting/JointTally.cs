using Ldn.Lanes;
using Ldn.Rasters;

namespace Ldn.Counting;

/// <summary>
/// Questions whose planes lie over the same cells, counted as one: each run of cells with one joint code of all their planes goes
/// into one small table, from which the tally of each question is summed up now and then. A run is found and looked up once,
/// however many questions it answers.
/// </summary>
internal sealed class JointTally
{
    private const int MostCodes = 1 << 14;

    private readonly byte[][] _planes;
    private readonly (Tally Tally, int[] Planes)[] _questions;
    private readonly Tally _codes = new();
    private readonly int[] _ends;

    /// <param name="longest">Most cells of a call of <see cref="Add"/>.</param>
    /// <param name="questions">The tally of each question with its planes, lowest first; at most eight different ones in
    /// all.</param>
    public JointTally(int longest, params IReadOnlyList<(Tally Tally, byte[][] Planes)> questions)
    {
        _planes = [.. questions.SelectMany(q => q.Planes).Distinct()];
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_planes.Length, sizeof(ulong), nameof(questions));
        _questions = [.. questions.Select(q => (q.Tally, q.Planes.Select(p => Array.IndexOf(_planes, p)).ToArray()))];
        _ends = new int[longest];
    }

    /// <summary>
    /// Adds the columns <paramref name="start"/> … <paramref name="end"/> (exclusive) of the row that starts at
    /// <paramref name="rowStart"/>, all in one place.
    /// </summary>
    public void Add(int place, int rowStart, int start, int end, RowAreas areas)
    {
        int runs = Runs.Find(_planes, rowStart + start, rowStart + end, _ends), from = rowStart + start;
        for (int r = 0; r < runs; r++)
        {
            int to = _ends[r];
            _codes.Add(place, Tally.Key(_planes, from), to - from, areas.Of(from - rowStart, to - rowStart));
            from = to;
        }

        if (_codes.Count > MostCodes)
            Flush();
    }

    /// <summary>Sums what was added up into the questions' own tallies, which are complete only afterwards.</summary>
    public void Flush()
    {
        foreach (TallyRow row in _codes.Rows())
        {
            foreach ((Tally tally, int[] planes) in _questions)
            {
                ulong key = 0;
                for (int plane = planes.Length - 1; plane >= 0; plane--)
                    key = (key << 8) | row.Plane(planes[plane]);
                tally.Add(row.Place, key, row.Pixels, row.Area);
            }
        }

        _codes.Clear();
    }
}

/// <summary>
/// Areas of runs of cells along one row: a product where the area is constant along rows, a prefix sum where it varies.
/// </summary>
internal sealed class RowAreas(CellArea areas, int capacity)
{
    private readonly ulong[] _cells = areas.ConstantAlongRows ? [] : new ulong[capacity];
    private readonly Int128[] _prefix = areas.ConstantAlongRows ? [] : new Int128[capacity + 1];
    private ulong _ofRow;

    /// <summary>Whether every cell of the row has the same area, then <see cref="Cell"/>.</summary>
    public bool Constant => areas.ConstantAlongRows;

    /// <summary>Area in mm² of each cell of the current row where that is one number.</summary>
    public ulong Cell => _ofRow;

    /// <summary>
    /// Moves to a row of the run's grid; columns are counted from <paramref name="firstColumn"/> on afterwards.
    /// </summary>
    public void Move(int row, int firstColumn, int width)
    {
        if (Constant)
        {
            _ofRow = areas.OfRow(row);
            return;
        }

        areas.Fill(row, firstColumn, _cells.AsSpan(0, width));
        for (int i = 0; i < width; i++)
            _prefix[i + 1] = _prefix[i] + _cells[i];
    }

    /// <summary>Area of the cells from <paramref name="start"/> to <paramref name="end"/> (exclusive).</summary>
    public Area Of(int start, int end) => Constant ? Of(end - start) : new(_prefix[end] - _prefix[start]);

    /// <summary>Area of so many cells of a row where every cell has the same.</summary>
    public Area Of(int cells) => new(new Int128(Math.BigMul(_ofRow, (ulong)cells, out ulong low), low));
}

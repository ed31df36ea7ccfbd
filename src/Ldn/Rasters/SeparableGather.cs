namespace Ldn.Rasters;

/// <summary>
/// The plain law between two grids of one CRS: columns and rows are looked up apart. Each block is decoded once a window. Not
/// thread-safe.
/// </summary>
internal sealed class SeparableGather(IRasterSource source, BlockCache cache, SharedMaps maps)
{
    /// <summary>Shorter runs of neighbouring source columns are cheaper gathered cell by cell than copied.</summary>
    private const int WorthCopying = 8;

    private readonly int _size = source.CellType.Size();
    private readonly List<Segment> _segments = [];
    private (int Column, int Width) _segmented;

    /// <summary>As <see cref="AlignedRaster.Read"/>.</summary>
    public bool Read(Window window, Span<byte> cells, Span<byte> outside, Func<Window, bool>? wanted = null)
    {
        ReadOnlySpan<int> columns = maps.Columns.AsSpan(window.Column, window.Width),
        rows = maps.Rows.AsSpan(window.Row, window.Height);
        if (TryWholeBlocks(columns, rows, cells))
            return true;
        bool inside = !columns.Contains(-1) && !rows.Contains(-1);
        if (!inside)
        {
            outside.Clear();
            cells.Clear();
        }
        if (_segmented != (window.Column, window.Width))
        {
            FindSegments(columns);
            _segmented = (window.Column, window.Width);
        }
        for (int row = 0, end; row < rows.Length; row = end)
        {
            int blockRow = BlockRow(rows[row]);
            for (end = row + 1; end < rows.Length && BlockRow(rows[end]) == blockRow;)
                end++;
            bool whole = end - row == rows.Length && _segments[0].Block == _segments[^1].Block, taken = true;
            for (int s = 0; s < _segments.Count; s++)
            {
                Segment segment = _segments[s];
                if (wanted is not null && !whole && (s == 0 || segment.Block != _segments[s - 1].Block))
                    taken = wanted(new Window(
                        window.Column + segment.Start, window.Row + row, EndOfBlock(s) - segment.Start, end - row));
                if (blockRow < 0 || segment.Block < 0)
                    for (int r = row; r < end; r++)
                        outside.Slice((r * window.Width) + segment.Start, segment.Length).Fill(1);
                else if (taken)
                    Copy(segment, columns, rows[row..end], blockRow, cells[(row * window.Width * _size)..], window.Width);
            }
        }
        return inside;
    }

    /// <summary>Where in the window the column of blocks ends in which a segment lies.</summary>
    private int EndOfBlock(int segment)
    {
        int block = _segments[segment].Block;
        while (segment + 1 < _segments.Count && _segments[segment + 1].Block == block)
            segment++;
        return _segments[segment].Start + _segments[segment].Length;
    }

    private int BlockRow(int sourceRow) => sourceRow < 0 ? -1 : sourceRow / source.BlockHeight;

    /// <summary>A window of exactly one block, or of whole strips one below the other, needs no copy.</summary>
    private bool TryWholeBlocks(ReadOnlySpan<int> columns, ReadOnlySpan<int> rows, Span<byte> cells)
    {
        if (
            columns.Length != source.BlockWidth || rows.Length % source.BlockHeight != 0 || !AxisMap.IsShift(columns)
                || !AxisMap.IsShift(rows))
            return false;
        (int blockColumn, int left) = Math.DivRem(columns[0], source.BlockWidth);
        (int blockRow, int top) = Math.DivRem(rows[0], source.BlockHeight);
        if (left != 0 || top != 0)
            return false;
        for (int done = 0; done < rows.Length * source.BlockWidth * _size; done += cache.BlockBytes)
            cache.CopyTo(blockColumn, blockRow++, cells.Slice(done, cache.BlockBytes));
        return true;
    }

    /// <summary>
    /// Cuts the window's columns where the source block changes, and further into runs of neighbouring columns where these are
    /// long.
    /// </summary>
    private void FindSegments(ReadOnlySpan<int> columns)
    {
        _segments.Clear();
        for (int start = 0, end; start < columns.Length; start = end)
        {
            int block = columns[start] < 0 ? -1 : columns[start] / source.BlockWidth, runs = 1;
            for (
                end = start + 1; end < columns.Length
                    && (columns[end] < 0 ? -1 : columns[end] / source.BlockWidth) == block; end++)
                runs += columns[end] == columns[end - 1] + 1 ? 0 : 1;
            if (block < 0 || runs * WorthCopying > end - start)
            {
                _segments.Add(new Segment(start, end - start, block, runs == 1));
                continue;
            }
            for (int first = start, next; first < end; first = next)
            {
                for (next = first + 1; next < end && columns[next] == columns[next - 1] + 1;)
                    next++;
                _segments.Add(new Segment(first, next - first, block, true));
            }
        }
    }

    private void Copy(
        Segment segment, ReadOnlySpan<int> columns, ReadOnlySpan<int> rows, int blockRow, Span<byte> cells, int width)
    {
        ReadOnlySpan<byte> block = cache.Get(segment.Block, blockRow);
        int stride = source.BlockWidth * _size, bytes = segment.Length * _size, origin = segment.Block * source.BlockWidth;
        ReadOnlySpan<int> index = columns.Slice(segment.Start, segment.Length);
        for (int r = 0; r < rows.Length; r++)
        {
            Span<byte> to = cells.Slice(((r * width) + segment.Start) * _size, bytes);
            ReadOnlySpan<byte> line = block.Slice((rows[r] - (blockRow * source.BlockHeight)) * stride, stride);
            if (segment.Contiguous)
                line.Slice((index[0] - origin) * _size, bytes).CopyTo(to);
            else if (r > 0 && rows[r] == rows[r - 1])
                cells.Slice((((r - 1) * width) + segment.Start) * _size, bytes).CopyTo(to);
            else
                CellCopy.Gather(line, index, origin, to, _size);
        }
    }

    /// <summary>Neighbouring columns of the window that lie in one column of blocks (−1: outside the source).</summary>
    private readonly record struct Segment(int Start, int Length, int Block, bool Contiguous);
}

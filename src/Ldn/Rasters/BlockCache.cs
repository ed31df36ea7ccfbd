namespace Ldn.Rasters;

/// <summary>
/// The decoded blocks of one source that were used last, within a number of bytes (always at least one). Buffers are reused. Not
/// thread-safe.
/// </summary>
internal sealed class BlockCache
{
    private readonly IRasterSource _source;
    private readonly int _blocksAcross;
    private readonly int _capacity;
    private readonly Dictionary<long, LinkedListNode<Block>> _blocks = [];
    private readonly LinkedList<Block> _byUse = new();

    public BlockCache(IRasterSource source, long budget)
    {
        _source = source;
        _blocksAcross = ((source.Grid.Width - 1) / source.BlockWidth) + 1;
        long bytes = (long)source.BlockWidth * source.BlockHeight * source.CellType.Size();
        if (bytes > Array.MaxLength)
            throw Fault.Cells.Error($"{source.Name}: a block of {source.BlockWidth} × {source.BlockHeight} cells does not fit "
                + "the memory of one buffer",
                "Rewrite the file in tiles of 512 × 512");
        BlockBytes = (int)bytes;
        _capacity = (int)Math.Clamp(budget / bytes, 1, int.MaxValue);
    }

    public int BlockBytes { get; }

    /// <summary>Blocks decoded since the beginning.</summary>
    public long Decoded { get; private set; }

    /// <summary>A block, decoded now or earlier; valid until the next call.</summary>
    public ReadOnlySpan<byte> Get(int blockColumn, int blockRow)
    {
        long key = ((long)blockRow * _blocksAcross) + blockColumn;
        if (_blocks.TryGetValue(key, out LinkedListNode<Block>? node))
        {
            if (node != _byUse.First)
            {
                _byUse.Remove(node);
                _byUse.AddFirst(node);
            }
            return node.Value.Cells;
        }
        if (_blocks.Count < _capacity)
            node = new LinkedListNode<Block>(new Block(BlockBytes));
        else
        {
            node = _byUse.Last!;
            _byUse.RemoveLast();
            _blocks.Remove(node.Value.Key);
        }
        // Entered only once it is whole: a block that fails to decode leaves nothing behind.
        Decode(blockColumn, blockRow, node.Value.Cells);
        node.Value.Key = key;
        _byUse.AddFirst(node);
        _blocks.Add(key, node);
        return node.Value.Cells;
    }

    /// <summary>A block straight into a buffer of its size, without keeping it.</summary>
    public void CopyTo(int blockColumn, int blockRow, Span<byte> cells)
    {
        if (_blocks.TryGetValue(((long)blockRow * _blocksAcross) + blockColumn, out LinkedListNode<Block>? node))
            node.Value.Cells.CopyTo(cells);
        else
            Decode(blockColumn, blockRow, cells);
    }

    private void Decode(int blockColumn, int blockRow, Span<byte> cells)
    {
        Decoded++;
        _source.ReadBlock(blockColumn, blockRow, cells);
    }

    private sealed class Block(int bytes)
    {
        public long Key { get; set; }

        public byte[] Cells { get; } = new byte[bytes];
    }
}

namespace Ldn.Rasters;

/// <summary>
/// A source without cells that notes which blocks are asked of it, each once, in their order: whoever is to know what reading
/// will need reads over it. Not thread-safe.
/// </summary>
internal sealed class BlockRecorder(IRasterSource like) : IRasterSource
{
    private readonly HashSet<(int Column, int Row)> _known = [];

    /// <summary>The blocks that were asked for since <see cref="Clear"/>.</summary>
    public List<(int Column, int Row)> Asked { get; } = [];

    public string Name => like.Name;

    public Grid Grid => like.Grid;

    public CellType CellType => like.CellType;

    public double? NoData => like.NoData;

    public double Scale => like.Scale;

    public double Offset => like.Offset;

    public int BlockWidth => like.BlockWidth;

    public int BlockHeight => like.BlockHeight;

    public void Clear()
    {
        _known.Clear();
        Asked.Clear();
    }

    public void ReadBlock(int blockColumn, int blockRow, Span<byte> destination)
    {
        if (_known.Add((blockColumn, blockRow)))
            Asked.Add((blockColumn, blockRow));
    }

    public IRasterSource Reopen() => new BlockRecorder(like);

    public void Dispose()
    {
    }
}

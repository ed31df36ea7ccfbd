using Ldn.Tables;

namespace Ldn.Reports;

/// <summary>The cells of a row as files tell them: each number made text once, for all files it goes into.</summary>
internal sealed class RowText(ResultTable table)
{
    private readonly object?[] _cells = new object?[table.Columns.Count];
    private readonly (int Start, int Length)[] _numbers = new (int, int)[table.Columns.Count];
    private byte[] _text = new byte[table.Columns.Count * 32];

    /// <summary>Cells of a row.</summary>
    public int Count => _cells.Length;

    /// <summary>Takes the next row.</summary>
    public RowText Read(Row row)
    {
        int end = 0;
        for (int c = 0; c < _cells.Length; c++)
        {
            object? cell = Cell.Told(table.Columns[c], row.Values[c]);
            _cells[c] = cell;
            if (cell is null or string)
                continue;
            if (_text.Length - end < Cell.LongestNumber)
                Array.Resize(ref _text, (2 * _text.Length) + Cell.LongestNumber);
            int length = Cell.Format(cell, _text.AsSpan(end));
            _numbers[c] = (end, length);
            end += length;
        }

        return this;
    }

    /// <summary>Whether a cell is empty.</summary>
    public bool IsEmpty(int cell) => _cells[cell] is null;

    /// <summary>The words of a cell; null of a number and of an empty cell.</summary>
    public string? Words(int cell) => _cells[cell] as string;

    /// <summary>The text of a cell that is neither empty nor words; valid until the next row.</summary>
    public ReadOnlySpan<byte> Number(int cell) => _text.AsSpan(_numbers[cell].Start, _numbers[cell].Length);
}

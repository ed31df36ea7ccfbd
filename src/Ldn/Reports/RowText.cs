using System.Text;
using System.Text.Json;
using Ldn.Tables;

namespace Ldn.Reports;

/// <summary>The cells of a row as files tell them: numbers and words made text once, for all files they go into.</summary>
internal sealed class RowText(ResultTable table)
{
    private readonly Column[] _columns = [.. table.Columns];
    private readonly object?[] _cells = new object?[table.Columns.Count];
    private readonly (int Start, int Length)[] _numbers = new (int, int)[table.Columns.Count];
    private readonly ToldWords[] _words = [.. table.Columns.Select(_ => new ToldWords())];
    private byte[] _text = new byte[table.Columns.Count * 32];

    /// <summary>Cells of a row.</summary>
    public int Count => _cells.Length;

    /// <summary>Takes the next row.</summary>
    public RowText Read(Row row)
    {
        int end = 0;
        ReadOnlySpan<object?> values = row.Cells;
        for (int c = 0; c < _cells.Length; c++)
        {
            object? cell = Cell.Told(_columns[c], values[c]);
            _cells[c] = cell;
            if (cell is null)
                continue;
            if (cell is string words)
            {
                _words[c].Take(words);
                continue;
            }

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

    /// <summary>The words of a cell, in the forms of files; null of a number and of an empty cell.</summary>
    public ToldWords? Words(int cell) => _cells[cell] is string ? _words[cell] : null;

    /// <summary>The text of a cell that is neither empty nor words; valid until the next row.</summary>
    public ReadOnlySpan<byte> Number(int cell) => _text.AsSpan(_numbers[cell].Start, _numbers[cell].Length);
}

/// <summary>
/// Words of a column in the forms of files. Rows repeat ids, names and classes, mostly the same objects one after the other, or
/// in the same turn as before.
/// </summary>
internal sealed class ToldWords
{
    private const int MostTexts = 256;

    private readonly Dictionary<object, Text> _texts = new(ReferenceEqualityComparer.Instance);
    private Text _now = new("");

    /// <summary>As a value of JSON, quoted.</summary>
    public ReadOnlySpan<byte> Json => _now.Json;

    /// <summary>As a field of CSV, not quoted.</summary>
    public ReadOnlySpan<byte> Csv => _now.Csv;

    /// <summary>Takes the words of the next row.</summary>
    public void Take(string words)
    {
        if (ReferenceEquals(_now.Words, words))
            return;
        if (_now.Next is { } next && ReferenceEquals(next.Words, words))
        {
            _now = next;
            return;
        }

        if (!_texts.TryGetValue(words, out Text? text))
        {
            if (_texts.Count == MostTexts)
            {
                _texts.Clear();
                _now = new Text("");
            }

            _texts[words] = text = new Text(words);
        }

        _now.Next = text;
        _now = text;
    }

    /// <summary>A text, and the one that followed it last.</summary>
    private sealed class Text(string words)
    {
        public string Words { get; } = words;

        public byte[] Json { get; } = JsonSerializer.SerializeToUtf8Bytes(words, TextJson.Default.String);

        public byte[] Csv { get; } = Encoding.UTF8.GetBytes(CsvReport.Defused(words));

        public Text? Next { get; set; }
    }
}

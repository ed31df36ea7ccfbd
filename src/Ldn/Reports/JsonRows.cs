using System.Buffers;
using System.Text;
using System.Text.Json;
using Ldn.Tables;

namespace Ldn.Reports;

/// <summary>Rows of a table as JSON objects in UTF-8, one after the other in one buffer.</summary>
internal sealed class JsonRows(ResultTable table)
{
    private const int MostTexts = 256;

    private readonly RowText _text = new(table);
    private readonly ArrayBufferWriter<byte> _row = new();
    private readonly byte[][] _heads =
        [.. table.Columns.Select((c, i) => Encoding.UTF8.GetBytes($"{(i == 0 ? "{" : ", ")}\"{c.Name}\": "))];

    // Rows repeat ids, names and classes, mostly the same objects.
    private readonly Dictionary<object, byte[]> _texts = new(ReferenceEqualityComparer.Instance);

    /// <summary>A row; valid until the next.</summary>
    public ReadOnlySpan<byte> Of(Row row) => Of(_text.Read(row));

    /// <inheritdoc cref="Of(Row)"/>
    public ReadOnlySpan<byte> Of(RowText row)
    {
        _row.ResetWrittenCount();
        for (int c = 0; c < _heads.Length; c++)
        {
            _row.Write(_heads[c]);
            if (row.IsEmpty(c))
                _row.Write("null"u8);
            else if (row.Words(c) is { } words)
                _row.Write(Quoted(words));
            else
                _row.Write(row.Number(c));
        }

        _row.Write("}"u8);
        return _row.WrittenSpan;
    }

    private byte[] Quoted(string text)
    {
        if (_texts.TryGetValue(text, out byte[]? quoted))
            return quoted;
        if (_texts.Count == MostTexts)
            _texts.Clear();
        return _texts[text] = JsonSerializer.SerializeToUtf8Bytes(text, TextJson.Default.String);
    }
}

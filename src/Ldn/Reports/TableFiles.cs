using System.Text;
using CsvHelper;
using Ldn.Tables;

namespace Ldn.Reports;

/// <summary>
/// The tables of a run as files: each as CSV, all in summary.json, written row by row as they are made, so that no table has to
/// be held.
/// </summary>
internal static class TableFiles
{
    /// <param name="run">What is told of before the tables.</param>
    /// <param name="tables">The tables.</param>
    /// <param name="path">Where a file is written.</param>
    /// <param name="told">Zones of the document that is returned; null where none is wanted.</param>
    /// <returns>summary.json of the zones told, as the reports read it.</returns>
    public static ReadOnlyMemory<byte>? Write(
        RunStatistics run, IReadOnlyList<ResultTable> tables, Func<string, string> path, ToldZones? told)
    {
        using FileStream file = Created(path(SummaryJson.FileName));
        using MemoryStream? document = told is null ? null : new MemoryStream();
        using var all = new SummaryJson(file, run);
        using SummaryJson? some = document is null ? null : new SummaryJson(document, run);
        foreach (ResultTable table in tables)
        {
            using CsvWriter csv = CsvReport.Begin(path(table.Name + ".csv"), table);
            var text = new RowText(table);
            var json = new JsonRows(table);
            Column? zone = told?.Cut == true ? table.Column(Columns.ZoneId.Name) : null;
            all.Begin(table);
            some?.Begin(table);
            foreach (Row row in table.Walk())
            {
                CsvReport.Write(csv, text.Read(row));
                ReadOnlySpan<byte> line = json.Of(text);
                all.Add(line);
                if (some is not null && (zone is null || told!.Has((string?)row[zone])))
                    some.Add(line);
            }

            all.End();
            some?.End();
        }

        all.Dispose();
        some?.Dispose();
        return document is null ? null : document.GetBuffer().AsMemory(0, (int)document.Length);
    }

    private static FileStream Created(string path) => new(
        path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 1 << 17 });
}

/// <summary>Rows of a table as JSON objects in UTF-8, one after the other in one buffer.</summary>
internal sealed class JsonRows(ResultTable table)
{
    private readonly RowText _text = new(table);
    private readonly byte[][] _heads =
        [.. table.Columns.Select((c, i) => Encoding.UTF8.GetBytes($"{(i == 0 ? "{" : ", ")}\"{c.Name}\": "))];

    private byte[] _row = new byte[1024];

    /// <summary>A row; valid until the next.</summary>
    public ReadOnlySpan<byte> Of(Row row) => Of(_text.Read(row));

    /// <inheritdoc cref="Of(Row)"/>
    public ReadOnlySpan<byte> Of(RowText row)
    {
        int end = 0;
        for (int c = 0; c < _heads.Length; c++)
        {
            ReadOnlySpan<byte> head = _heads[c];
            ReadOnlySpan<byte> value = row.IsEmpty(c) ? "null"u8 : row.Words(c) is { } words ? words.Json : row.Number(c);
            // With the brace after the last.
            int next = end + head.Length + value.Length;
            if (next >= _row.Length)
                Array.Resize(ref _row, 2 * (next + 1));
            head.CopyTo(_row.AsSpan(end));
            value.CopyTo(_row.AsSpan(end + head.Length));
            end = next;
        }

        _row[end++] = (byte)'}';
        return _row.AsSpan(0, end);
    }
}

/// <summary>
/// The zones that page, workbook and the forms of PRAIS tell of. Of a hundred thousand nobody reads a page or opens a workbook
/// each: the first ones of the run, every group, and everything in the tables beside.
/// </summary>
internal sealed class ToldZones
{
    private readonly HashSet<string> _left;

    private ToldZones(int zones, int told, HashSet<string> left) => (Count, Told, _left) = (zones, told, left);

    /// <summary>Zones of the run, groups not counted.</summary>
    public int Count { get; }

    /// <summary>Of them told.</summary>
    public int Told { get; }

    /// <summary>Whether some zone is left out.</summary>
    public bool Cut => _left.Count > 0;

    /// <summary>What the reader has to know where some are left out.</summary>
    public string Note => Fault.ZonesCut.Say(FormattableString.Invariant(
        $"page, workbook and PRAIS forms tell of the first {Told} of {Count} zones and of every group (--report-zones); ")
        + "all zones are in the CSV tables, summary.json and the vector files");

    /// <param name="zones">Id and kind, each once, in the order of the run.</param>
    /// <param name="most">Zones to tell of.</param>
    public static ToldZones Of(IEnumerable<(string Id, string Kind)> zones, int most)
    {
        int count = 0;
        HashSet<string> left = [.. zones.Where(z => z.Kind == "zone" && ++count > most).Select(z => z.Id)];
        return new ToldZones(count, count - left.Count, left);
    }

    /// <inheritdoc cref="Of(IEnumerable{ValueTuple{string, string}}, int)"/>
    public static ToldZones Of(IEnumerable<SummaryZone> zones, int most) => Of(zones.Select(z => (z.Id, z.Kind)), most);

    /// <summary>Whether a zone or group is told of; rows of no zone always are.</summary>
    public bool Has(string? zone) => zone is null || !_left.Contains(zone);

    /// <summary>A table without the rows of zones that are left out.</summary>
    public ResultTable Of(ResultTable table)
    {
        if (!Cut || table.Column(Columns.ZoneId.Name) is not { } id)
            return table;
        var told = new ResultTable(table.Name, table.Title, table.Columns);
        foreach (Row row in table.Walk().Where(r => Has((string?)r[id])))
            told.Add([.. row.Values]);
        return told;
    }
}

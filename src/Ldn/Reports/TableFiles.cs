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

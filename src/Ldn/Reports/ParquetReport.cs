using System.Globalization;
using System.Runtime.CompilerServices;
using Ldn.Counting;
using Ldn.Tables;
using Parquet;
using Parquet.Schema;

namespace Ldn.Reports;

/// <summary>
/// Writes a table as Apache Parquet, for data frames: the columns of the CSV under their names, with types. Text is a string,
/// whole numbers are 64-bit integers, areas (km²), shares and other numbers doubles of the value the CSV prints, yes and no
/// booleans; an undefined figure is null, and so are text that is not there and a year that nobody named, which the CSV tells as
/// initial or final. Text is as it is: nothing here is a formula.
/// </summary>
internal static class ParquetReport
{
    public const string Extension = ".parquet";

    /// <summary>Rows of a group; a table of more is written group by group, so that it is never held.</summary>
    private const int MostRows = 1 << 17;

    public static void Write(string path, ResultTable table)
    {
        using FileStream file = File.Create(path);
        // The library's calls return when they are done: the stream is a local file.
        WriteAsync(file, table).GetAwaiter().GetResult();
    }

    private static async Task WriteAsync(Stream stream, ResultTable table)
    {
        DataField[] fields = [.. table.Columns.Select(Field)];
        ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable closing = writer.ConfigureAwait(false);
        foreach (Row[] rows in table.Walk().Chunk(MostRows))
            await WriteAsync(writer, fields, table.Columns, rows).ConfigureAwait(false);
    }

    private static async Task WriteAsync(
        ParquetWriter writer, DataField[] fields, IReadOnlyList<Column> columns, Row[] some)
    {
        using ParquetRowGroupWriter rows = writer.CreateRowGroup();
        for (int c = 0; c < fields.Length; c++)
        {
            int column = c;
            Column of = columns[c];
            IEnumerable<object?> cells = some.Select(row => Cell.Told(of, row.Values[column]));
            await (of.Type switch
            {
                ColumnType.Text => rows.WriteAsync(fields[c], cells.Select(cell => cell is "" ? null : (string?)cell).ToArray()!),
                ColumnType.Integer => rows.WriteAsync<long>(fields[c], cells.Select(cell => cell as long?).ToArray()),
                ColumnType.Flag => rows.WriteAsync<bool>(fields[c], cells.Select(cell => (bool?)cell).ToArray()),
                _ => rows.WriteAsync<double>(fields[c], cells.Select(Printed).ToArray()),
            }).ConfigureAwait(false);
        }

        rows.CompleteValidate();
    }

    private static DataField Field(Column column) => new(
        column.Name,
        column.Type switch
        {
            ColumnType.Text => typeof(string),
            ColumnType.Integer => typeof(long),
            ColumnType.Flag => typeof(bool),
            _ => typeof(double),
        },
        isNullable: true);

    /// <summary>The number that stands in the CSV, so that no format knows more digits than another.</summary>
    private static double? Printed(object? cell) => cell switch
    {
        null => null,
        Area or Ratio or double => double.Parse(Cell.Format(cell), CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"no number is a {cell.GetType().Name}", nameof(cell)),
    };
}

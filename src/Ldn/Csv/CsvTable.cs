using System.Globalization;
using CsvHelper;

namespace Ldn.Csv;

/// <summary>
/// An input table: CSV, header row, comma separated, in UTF-8 or as <see cref="TextEncoding"/> tells. Columns are known whatever
/// their capitals where no other has the same letters. Read whole; input tables are small.
/// </summary>
internal sealed class CsvTable
{
    /// <summary>Bytes of the largest table: each is held whole, several times over.</summary>
    private const long LargestFile = 64L << 20;

    /// <summary>Characters of a field: as many as a cell of a workbook holds.</summary>
    private const int LongestField = 32_000;

    private readonly Dictionary<string, int> _columns;

    private CsvTable(string name, string[] columns, List<CsvRow> rows)
    {
        Name = name;
        Columns = columns;
        Rows = rows;
        _columns = columns.Select((column, index) => (column, index)).ToDictionary(c => c.column, c => c.index);
        foreach (var same in columns.Select((column, index) => (column, index)).GroupBy(c => Plain(c.column)))
            if (same.Count() == 1)
                _columns.TryAdd(same.Key, same.First().index);
    }

    /// <summary>File name, for messages.</summary>
    public string Name { get; }

    public IReadOnlyList<string> Columns { get; }

    public IReadOnlyList<CsvRow> Rows { get; }

    /// <summary>Reads a file and checks that the named columns are there.</summary>
    /// <exception cref="LdnException">Exit 2: missing, unreadable, malformed, a column missing or given twice.</exception>
    public static CsvTable Read(string path, params string[] required)
    {
        string what = $"table {path}";
        byte[] bytes = PlainFile.ReadBytes(what, path, Fault.InputTable, LargestFile);
        // Named .csv or not: what Excel saves, new and old, is told by how it begins.
        if (bytes is [(byte)'P', (byte)'K', 3, 4, ..] or [0xD0, 0xCF, 0x11, 0xE0, ..])
            throw Fault.InputTable.Error(
                $"{what} is a workbook or an archive, not a CSV",
                "save its sheet as comma-separated UTF-8 (CSV); in Excel: Save As, CSV UTF-8");
        return Parse(TextEncoding.OfFile(what, path, bytes), path, required);
    }

    /// <summary>Parses a table given as text; <paramref name="name"/> is used in messages.</summary>
    public static CsvTable Parse(string text, string name, params string[] required)
    {
        string[] columns;
        var rows = new List<CsvRow>();
        try
        {
            using var reader = CsvReader.FromText(text, CsvReaderOptions.Default with
            {
                HasHeader = false,
                Separator = ',',
                TrimWhitespace = true,
                MalformedData = CsvMalformedDataHandling.Throw,
            });
            if (!reader.Read())
                throw Fault.InputTable.Error($"table {name} is empty", $"its header row needs {string.Join(", ", required)}");
            columns = Fields(reader);
            if (columns is [var only] && only.AsSpan().IndexOfAny(";\t") is >= 0 and int at
                && required.Any(r => only.Contains(r, StringComparison.OrdinalIgnoreCase)))
                throw Fault.InputTable.Error(
                    $"table {name}: its columns are separated by {(only[at] == ';' ? "semicolons" : "tabs")}: no column "
                        + string.Join(", ", required),
                    "use commas, and a point in decimals: in Excel: Save As, CSV UTF-8; where the system writes semicolons: "
                        + $"tr '{(only[at] == ';' ? ";" : "\\t")}' ',' < {Path.GetFileName(name)} > commas.csv");
            while (reader.Read())
            {
                string[] fields = Fields(reader);
                int line = (int)reader.RowNumber;
                if (fields.Length == 1 && fields[0].Length == 0)
                    continue;
                if (Array.Find(fields, f => f.Length > LongestField) is { } novel)
                    throw Fault.InputTable.Error(
                        $"table {name}, row {line}: a field of {novel.Length} characters",
                        $"fields have at most {LongestField}: shorten it");
                if (fields.Length != columns.Length)
                    throw Fault.InputTable.Error(
                        $"table {name}, row {line}: {fields.Length} fields where the header has {columns.Length}",
                        "a field that holds a comma stands in double quotes, and no comma stands at the end of a row");
                rows.Add(new CsvRow(line, fields));
            }
        }
        catch (Exception e) when (e is not LdnException)
        {
            throw Fault.InputTable.Error(
                $"table {name} is not a readable CSV: {e.Message}", "save it as comma-separated UTF-8 with a header row", e);
        }

        string? twice = columns.GroupBy(c => c).FirstOrDefault(g => g.Count() > 1)?.Key;
        if (twice is not null)
            throw Fault.InputTable.Error(
                $"table {name}: column {twice} is given twice", "name it otherwise, or take one of them out");
        string[] missing = [.. required.Except(columns).Where(r => columns.Count(c => Plain(c) == r) != 1)];
        if (missing.Length > 0)
        {
            throw Fault.InputTable.Error(
                $"table {name}: no column {string.Join(", ", missing)}",
                $"its header has {string.Join(", ", columns)}; it needs {string.Join(",", required)}");
        }

        return new CsvTable(name, columns, rows);
    }

    /// <summary>A table that came in another form, so that its readers need not know; rows are counted from 1.</summary>
    public static CsvTable Of(string name, string[] columns, IEnumerable<string[]> rows) =>
        new(name, columns, [.. rows.Select((fields, i) => new CsvRow(i + 1, fields))]);

    /// <summary>A field by column name; empty when the table has no such (optional) column.</summary>
    public string Text(CsvRow row, string column) => _columns.TryGetValue(column, out int index) ? row.Fields[index] : "";

    /// <summary>A column's name as programs of tables may have changed it: <c>Zone_ID</c> for <c>zone_id</c>.</summary>
    private static string Plain(string column) => column.ToLowerInvariant();

    /// <summary>A number in invariant culture.</summary>
    public double Number(CsvRow row, string column)
    {
        string text = Text(row, column);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw Wrong(
                row, column, "a number with a decimal point", Typed.Number(text) is { } plain ? $"write {plain}" : null);
    }

    /// <summary>A whole number in invariant culture.</summary>
    public int Integer(CsvRow row, string column)
    {
        string text = Text(row, column);
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw Wrong(row, column, "a whole number");
    }

    /// <summary>The error for a field that is not <paramref name="expected"/>.</summary>
    /// <param name="row">Its row.</param>
    /// <param name="column">Its column.</param>
    /// <param name="expected">What it should be.</param>
    /// <param name="cure">How it is mended; by correcting the field where nothing more can be said.</param>
    public LdnException Wrong(CsvRow row, string column, string expected, string? cure = null) => Fault.InputTable.Error(
        $"table {Name}, row {row.Line}, column {column}: '{Text(row, column)}' is not {expected}",
        cure ?? $"correct the field {column} in row {row.Line} of {Path.GetFileName(Name)}");

    private static string[] Fields(CsvReader reader)
    {
        var fields = new string[reader.FieldCount];
        for (int i = 0; i < fields.Length; i++)
            fields[i] = reader.GetString(i);
        return fields;
    }
}

/// <summary>One data row and the number of its row in the file (the header is row 1).</summary>
internal sealed record CsvRow(int Line, string[] Fields);

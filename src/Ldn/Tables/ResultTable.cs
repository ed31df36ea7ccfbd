using System.Globalization;

namespace Ldn.Tables;

/// <summary>What the cells of a column are; every output format follows from it.</summary>
public enum ColumnType
{
    Text,

    /// <summary>Whole number (<see cref="long"/>).</summary>
    Integer,

    /// <summary>Area, kept in mm² (<see cref="Int128"/>), printed in km² with 6 decimals.</summary>
    Area,

    /// <summary>Share in per cent (<see cref="double"/>), printed with 6 decimals.</summary>
    Percent,

    /// <summary>Any other number (<see cref="double"/>), printed with 6 decimals.</summary>
    Number,

    /// <summary>Yes or no (<see cref="bool"/>), printed true or false.</summary>
    Flag,
}

/// <summary>A column: name as in the files, type, and one sentence that says what it holds.</summary>
public sealed record Column(string Name, ColumnType Type, string Description);

/// <summary>
/// One table of results, from which CSV, JSON, workbook and page are written alike. A cell is a <see cref="string"/>, <see cref="long"/>,
/// <see cref="Int128"/> (area), <see cref="double"/> or <see cref="bool"/> according to its column, or null where the figure is undefined.
/// </summary>
public sealed record ResultTable(string Name, string Title, IReadOnlyList<Column> Columns)
{
    public List<object?[]> Rows { get; } = [];

    public void Add(params object?[] cells)
    {
        if (cells.Length != Columns.Count)
            throw new ArgumentException($"table {Name} has {Columns.Count} columns, the row {cells.Length}", nameof(cells));
        Rows.Add(cells);
    }

    /// <summary>A cell as text: dot decimal, fixed decimals, empty for null.</summary>
    public static string Format(object? cell) => cell switch
    {
        null => "",
        string text => text,
        long number => number.ToString(CultureInfo.InvariantCulture),
        Int128 area => SquareKilometres(area),
        double number => Fixed(number),
        bool flag => flag ? "true" : "false",
        _ => throw new ArgumentException($"no cell is a {cell.GetType().Name}", nameof(cell)),
    };

    /// <summary>mm² as km² with 6 decimals (one decimal unit is a square metre), rounded half away from zero in integers.</summary>
    public static string SquareKilometres(Int128 mm2)
    {
        Int128 absolute = mm2 < 0 ? -mm2 : mm2;
        Int128 squareMetres = (absolute + 500_000) / 1_000_000;
        (Int128 whole, Int128 rest) = Int128.DivRem(squareMetres, 1_000_000);
        string sign = mm2 < 0 && squareMetres != 0 ? "-" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{whole}.{(long)rest:D6}");
    }

    private static string Fixed(double number)
    {
        string text = number.ToString("F6", CultureInfo.InvariantCulture);
        return text == "-0.000000" ? "0.000000" : text;
    }
}

using System.Globalization;
using System.Text;
using Ldn.Counting;
using Ldn.Jobs;

namespace Ldn.Tables;

/// <summary>What the cells of a column are; every output format follows from it.</summary>
public enum ColumnType
{
    /// <summary><see cref="string"/>.</summary>
    Text,

    /// <summary>Whole number (<see cref="long"/>).</summary>
    Integer,

    /// <summary><see cref="Counting.Area"/>, printed in km² with 6 decimals.</summary>
    Area,

    /// <summary>Share in per cent (<see cref="Ratio"/>), exact until it is printed with 6 decimals.</summary>
    Percent,

    /// <summary>Any other number (<see cref="double"/> or <see cref="Ratio"/>), printed with 6 decimals.</summary>
    Number,

    /// <summary>Yes or no (<see cref="bool"/>), printed true or false.</summary>
    Flag,
}

/// <summary>A column of a table.</summary>
/// <param name="Name">As in the files.</param>
/// <param name="Type">What its cells are.</param>
/// <param name="Description">One sentence that says what it holds.</param>
public record Column(string Name, ColumnType Type, string Description)
{
    /// <summary>
    /// Whether its whole numbers are years: they have no thousands to set apart, and one that nobody named is told as initial or
    /// final (<see cref="YearSpan.Told"/>).
    /// </summary>
    public bool IsYear =>
        Type == ColumnType.Integer && (Name == "year" || Name.EndsWith("_year", StringComparison.Ordinal));

    internal static Column<string> Text(string name, string description) => new(name, ColumnType.Text, description);

    internal static Column<long> Integer(string name, string description) => new(name, ColumnType.Integer, description);

    internal static Column<Area> Area(string name, string description) => new(name, ColumnType.Area, description);

    internal static Column<Ratio> Percent(string name, string description) => new(name, ColumnType.Percent, description);

    internal static Column<double> Number(string name, string description) => new(name, ColumnType.Number, description);

    /// <summary>A number that is exact until it is printed.</summary>
    internal static Column<Ratio> Exact(string name, string description) => new(name, ColumnType.Number, description);

    internal static Column<bool> Flag(string name, string description) => new(name, ColumnType.Flag, description);

    /// <summary>Whether a value may stand in a column of a type.</summary>
    internal static bool Holds(ColumnType type, object? value) => value is null || type switch
    {
        ColumnType.Text => value is string,
        ColumnType.Integer => value is long,
        ColumnType.Area => value is Area,
        ColumnType.Percent => value is Ratio,
        ColumnType.Flag => value is bool,
        _ => value is double or Ratio,
    };
}

/// <summary>
/// A column whose cells are <typeparamref name="T"/>. A column that several tables have is defined once (<see cref="Columns"/>);
/// one that only its table has, beside it. Cells are made and read through the column, so the compiler knows their type and no
/// one has to count.
/// </summary>
/// <typeparam name="T">What its cells are.</typeparam>
/// <param name="Name">As in the files.</param>
/// <param name="Type">The same for files.</param>
/// <param name="Description">One sentence that says what it holds.</param>
public sealed record Column<T>(string Name, ColumnType Type, string Description) : Column(Name, Type, Description)
{
    /// <summary>The same column where it holds something more special; still written and read as this one.</summary>
    internal Column<T> Meaning(string description) => this with { Description = description };

    /// <summary>A cell of the column.</summary>
    internal Cell Is(T? value) => new(this, value);
}

/// <summary>A value for a column of a row.</summary>
internal readonly record struct Cell(Column Column, object? Value)
{
    /// <summary>Dot decimal, fixed decimals, empty for null.</summary>
    public static string Format(object? value) => value switch
    {
        null => "",
        string text => text,
        long number => number.ToString(CultureInfo.InvariantCulture),
        Area area => area.ToString(),
        Ratio ratio => ratio.ToString(),
        double number => Fixed(number),
        bool flag => flag ? "true" : "false",
        _ => throw new ArgumentException($"no cell is a {value.GetType().Name}", nameof(value)),
    };

    /// <summary>Most bytes of a number as <see cref="Format(object, Span{byte})"/> writes it.</summary>
    internal const int LongestNumber = 512;

    /// <summary>The same text as UTF-8, of whatever is no text itself.</summary>
    /// <param name="value">A number, area, share or flag.</param>
    /// <param name="utf8">At least <see cref="LongestNumber"/> bytes.</param>
    /// <returns>Bytes written.</returns>
    internal static int Format(object value, Span<byte> utf8)
    {
        int written;
        bool done = value switch
        {
            long number => number.TryFormat(utf8, out written, provider: CultureInfo.InvariantCulture),
            Area area => area.TryFormat(utf8, out written),
            Ratio ratio => ratio.TryFormat(utf8, out written),
            _ => Encoding.UTF8.TryGetBytes(Format(value), utf8, out written),
        };
        return done ? written : throw new ArgumentException("a number longer than any", nameof(value));
    }

    /// <summary>What a cell of a column says; the years of a period that nobody named as words.</summary>
    public static object? Told(Column column, object? value) =>
        value is long year && column.IsYear && YearSpan.Told(year) is ("initial" or "final") and var word ? word : value;

    private static string Fixed(double number)
    {
        string text = number.ToString("F6", CultureInfo.InvariantCulture);
        return text == "-0.000000" ? "0.000000" : text;
    }
}

/// <summary>Cells of figures that may be undefined.</summary>
internal static class CellsOfColumns
{
    public static Cell Is(this Column<long> column, long? value) => new(column, value);

    public static Cell Is(this Column<Area> column, Area? value) => new(column, value);

    public static Cell Is(this Column<Ratio> column, Ratio? value) => new(column, value);

    public static Cell Is(this Column<double> column, double? value) => new(column, value);

    /// <summary>An undefined figure.</summary>
    public static Cell IsEmpty(this Column column) => new(column, null);
}

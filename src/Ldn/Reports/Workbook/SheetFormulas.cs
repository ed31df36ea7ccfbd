using System.Globalization;
using Ldn.Tables;

namespace Ldn.Reports.Workbook;

/// <summary>
/// Sums and shares as live formulas, so that a reader sees where a figure comes from and can change a row. A formula stands only
/// where it gives, from the rounded areas of the sheet, the very figure of the CSV; elsewhere (zones of a few cells, whose
/// rounding shows) the figure itself stands.
/// </summary>
internal sealed class SheetFormulas
{
    private const int Decimals = 6;
    private readonly Dictionary<(int Row, string Column), string> _formulas = [];
    private readonly ResultTable _table;
    private readonly int _firstRow;

    private SheetFormulas(ResultTable table, int firstRow)
    {
        _table = table;
        _firstRow = firstRow;
    }

    public string? Of(int row, Column column) => _formulas.GetValueOrDefault((row, column.Name));

    /// <param name="table">Its columns decide by their names which formulas there are, whatever the table.</param>
    /// <param name="firstRow">Row of the sheet that holds the table's first row.</param>
    public static SheetFormulas For(ResultTable table, int firstRow)
    {
        var formulas = new SheetFormulas(table, firstRow);
        for (int row = 0; row < table.Rows.Count; row++)
        {
            formulas.Sum(row, ConditionTables.Valid, Columns.Degraded, Columns.Stable, Columns.Improved);
            formulas.Sum(row, Columns.Land, ConditionTables.Valid, Columns.NoData);
            formulas.Share(row, Columns.DegradedOfLand, Columns.Degraded, Columns.Land);
            formulas.Share(row, ConditionTables.DegradedOfValid, Columns.Degraded, ConditionTables.Valid);
            formulas.Share(row, ConditionTables.NoDataShare, Columns.NoData, Columns.Land);
            formulas.Difference(row, Columns.Delta, Columns.Gains, Columns.Losses);
        }

        formulas.Shares();
        formulas.Changes();
        return formulas;
    }

    private string Name(int row, Column column) =>
        SheetWriter.ColumnName(_table.PlaceOf(column)) + (_firstRow + row).ToString(CultureInfo.InvariantCulture);

    private decimal? Value(int row, Column column) => _table.Has(column) && _table.Rows[row][column] is { } cell and not string
        ? decimal.Parse(Cell.Format(cell), CultureInfo.InvariantCulture)
        : null;

    private void Sum(int row, Column target, params Column[] parts)
    {
        decimal?[] values = [.. parts.Select(c => Value(row, c))];
        if (!Array.Exists(values, v => v is null))
            Put(row, target, string.Join('+', parts.Select(c => Name(row, c))), values.Sum() ?? 0);
    }

    private void Difference(int row, Column target, Column left, Column right)
    {
        if (Value(row, left) is { } from && Value(row, right) is { } minus)
            Put(row, target, $"{Name(row, left)}-{Name(row, right)}", from - minus);
    }

    private void Share(int row, Column target, Column part, Column whole)
    {
        if (Value(row, part) is { } value && Value(row, whole) is { } all and not 0)
            Put(row, target, $"{Name(row, part)}/{Name(row, whole)}*100", value / all * 100);
    }

    /// <summary>
    /// Shares within a block of classes: consecutive rows of one zone, period and indicator, land first, water last.
    /// </summary>
    private void Shares()
    {
        Column[] keys = [Columns.ZoneId, Columns.Period, Columns.Indicator];
        if (
            !Array.TrueForAll(
                [.. keys, Columns.TrueArea, Columns.Class, Columns.ShareOfLand, ConditionTables.ShareOfValid], _table.Has))
            return;
        for (int first = 0, end; first < _table.Rows.Count; first = end)
        {
            end = first + 1;
            while (end < _table.Rows.Count && Array.TrueForAll(keys, k => Equals(_table.Rows[end][k], _table.Rows[first][k])))
                end++;
            int land = first, valid = first;
            while (land < end && _table.Rows[land][Columns.Class] != "water")
                land++;
            while (valid < land && _table.Rows[valid][Columns.Class] != "no_data")
                valid++;
            for (int row = first; row < land; row++)
            {
                BlockShare(row, Columns.ShareOfLand, first, land);
                BlockShare(row, ConditionTables.ShareOfValid, first, valid);
            }
        }
    }

    private void BlockShare(int row, Column target, int first, int end)
    {
        Column area = Columns.TrueArea;
        decimal sum = 0;
        for (int r = first; r < end; r++)
            sum += Value(r, area) ?? 0;
        if (sum != 0 && Value(row, area) is { } value)
            Put(row, target, $"{Name(row, area)}/SUM({Name(first, area)}:{Name(end - 1, area)})*100", value / sum * 100);
    }

    /// <summary>Change against the baseline, which is the first of a zone's rows.</summary>
    private void Changes()
    {
        if (!Array.TrueForAll([Columns.ZoneId, Columns.Degraded, ConditionTables.Change], (Column c) => _table.Has(c)))
            return;
        for (int row = 1, first = 0; row < _table.Rows.Count; row++)
        {
            if (_table.Rows[row][Columns.ZoneId] != _table.Rows[first][Columns.ZoneId])
                first = row;
            if (first == row)
                continue;
            Change(row, first, ConditionTables.Change, Columns.Degraded);
            Change(row, first, ConditionTables.ChangeOfShare, Columns.DegradedOfLand);
        }
    }

    private void Change(int row, int first, Column target, Column figure)
    {
        if (Value(row, figure) is { } now && Value(first, figure) is { } before)
            Put(row, target, $"{Name(row, figure)}-{Name(first, figure)}", now - before);
    }

    private void Put(int row, Column column, string expression, decimal value)
    {
        if (Value(row, column) is { } figure && Math.Round(value, Decimals, MidpointRounding.AwayFromZero) == figure)
            _formulas[(row, column.Name)] = $"ROUND({expression},{Decimals})";
    }
}

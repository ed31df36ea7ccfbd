using System.Globalization;
using Ldn.Tables;

namespace Ldn.Reports.Workbook;

/// <summary>
/// Sums and shares as live formulas, so that a reader sees where a figure comes from and can change a row. A formula stands only where it gives, from the
/// rounded areas of the sheet, the very figure of the CSV; elsewhere (zones of a few cells, whose rounding shows) the figure itself stands.
/// </summary>
internal sealed class SheetFormulas
{
    private const int Decimals = 6;
    private readonly Dictionary<(int Row, int Column), string> _formulas = [];
    private readonly ResultTable _table;
    private readonly int _firstRow;

    private SheetFormulas(ResultTable table, int firstRow)
    {
        _table = table;
        _firstRow = firstRow;
    }

    public string? Of(int row, int column) => _formulas.GetValueOrDefault((row, column));

    /// <param name="table">Its columns decide by their names which formulas there are, whatever the table.</param>
    /// <param name="firstRow">Row of the sheet that holds the table's first row.</param>
    public static SheetFormulas For(ResultTable table, int firstRow)
    {
        var formulas = new SheetFormulas(table, firstRow);
        for (int row = 0; row < table.Rows.Count; row++)
        {
            formulas.Sum(row, "valid_km2", ["degraded_km2", "stable_km2", "improved_km2"]);
            formulas.Sum(row, "land_km2", ["valid_km2", "no_data_km2"]);
            formulas.Share(row, "degraded_pct_of_land", "degraded_km2", "land_km2");
            formulas.Share(row, "degraded_pct_of_valid", "degraded_km2", "valid_km2");
            formulas.Share(row, "no_data_pct", "no_data_km2", "land_km2");
            formulas.Difference(row, "delta_km2", "gains_km2", "losses_km2");
        }

        formulas.Shares();
        formulas.Changes();
        return formulas;
    }

    private int Column(string name)
    {
        for (int c = 0; c < _table.Columns.Count; c++)
            if (_table.Columns[c].Name == name)
                return c;
        return -1;
    }

    private string Cell(int row, int column) => SheetWriter.ColumnName(column) + (_firstRow + row).ToString(CultureInfo.InvariantCulture);

    private decimal? Value(int row, int column) =>
        column >= 0 && _table.Rows[row][column] is { } cell and not string ? decimal.Parse(ResultTable.Format(cell), CultureInfo.InvariantCulture) : null;

    private void Sum(int row, string target, string[] parts)
    {
        int to = Column(target);
        int[] from = [.. parts.Select(Column)];
        decimal?[] values = [.. from.Select(c => Value(row, c))];
        if (!Array.Exists(values, v => v is null))
            Put(row, to, string.Join('+', from.Select(c => Cell(row, c))), values.Sum());
    }

    private void Difference(int row, string target, string left, string right)
    {
        int l = Column(left), r = Column(right);
        if (Value(row, l) is { } from && Value(row, r) is { } minus)
            Put(row, Column(target), $"{Cell(row, l)}-{Cell(row, r)}", from - minus);
    }

    private void Share(int row, string target, string part, string whole)
    {
        int p = Column(part), w = Column(whole);
        if (Value(row, p) is { } value && Value(row, w) is { } all and not 0)
            Put(row, Column(target), $"{Cell(row, p)}/{Cell(row, w)}*100", value / all * 100);
    }

    /// <summary>Shares within a block of classes: consecutive rows of one zone, period and indicator, land first, water last.</summary>
    private void Shares()
    {
        int area = Column("area_km2"), name = Column("class"), ofLand = Column("share_of_land_pct"), ofValid = Column("share_of_valid_pct");
        int[] keys = [Column("zone_id"), Column("period"), Column("indicator")];
        if (area < 0 || name < 0 || ofLand < 0 || ofValid < 0 || keys.Contains(-1))
            return;
        for (int first = 0, end; first < _table.Rows.Count; first = end)
        {
            end = first + 1;
            while (end < _table.Rows.Count && Array.TrueForAll(keys, k => Equals(_table.Rows[end][k], _table.Rows[first][k])))
                end++;
            int land = first, valid = first;
            while (land < end && (string?)_table.Rows[land][name] != "water")
                land++;
            while (valid < land && (string?)_table.Rows[valid][name] != "no_data")
                valid++;
            for (int row = first; row < land; row++)
            {
                BlockShare(row, ofLand, area, first, land);
                BlockShare(row, ofValid, area, first, valid);
            }
        }
    }

    private void BlockShare(int row, int target, int area, int first, int end)
    {
        decimal sum = 0;
        for (int r = first; r < end; r++)
            sum += Value(r, area) ?? 0;
        if (sum != 0 && Value(row, area) is { } value)
            Put(row, target, $"{Cell(row, area)}/SUM({Cell(first, area)}:{Cell(end - 1, area)})*100", value / sum * 100);
    }

    /// <summary>Change against the baseline, which is the first of a zone's rows.</summary>
    private void Changes()
    {
        int zone = Column("zone_id"), degraded = Column("degraded_km2"), share = Column("degraded_pct_of_land");
        int change = Column("degraded_change_km2"), changeShare = Column("degraded_change_pct_of_land");
        if (zone < 0 || degraded < 0 || change < 0)
            return;
        for (int row = 1, first = 0; row < _table.Rows.Count; row++)
        {
            if (!Equals(_table.Rows[row][zone], _table.Rows[first][zone]))
                first = row;
            if (first == row)
                continue;
            Put(row, change, $"{Cell(row, degraded)}-{Cell(first, degraded)}", Value(row, degraded) - Value(first, degraded));
            Put(row, changeShare, $"{Cell(row, share)}-{Cell(first, share)}", Value(row, share) - Value(first, share));
        }
    }

    private void Put(int row, int column, string expression, decimal? value)
    {
        if (value is { } computed && Value(row, column) is { } figure && Math.Round(computed, Decimals, MidpointRounding.AwayFromZero) == figure)
            _formulas[(row, column)] = $"ROUND({expression},{Decimals})";
    }
}

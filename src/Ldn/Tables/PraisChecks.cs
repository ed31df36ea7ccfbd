namespace Ldn.Tables;

/// <summary>The checks that the reporting platform runs on its tables: nothing negative, no part above the land, land + water = total.</summary>
internal static class PraisChecks
{
    private static readonly string[] s_changes = ["change_km2"];

    /// <exception cref="InvalidOperationException">A table breaks a check: a defect of the program, for inputs cannot make it so.</exception>
    public static void Run(IEnumerable<ResultTable> tables)
    {
        foreach (ResultTable table in tables)
        {
            int land = Column(table, "land_km2"), water = Column(table, "water_km2"), total = Column(table, "total_km2");
            foreach (object?[] row in table.Rows)
            {
                for (int c = 0; c < row.Length; c++)
                {
                    if (row[c] is not Int128 area || s_changes.Contains(table.Columns[c].Name))
                        continue;
                    Demand(area >= 0, table, row, $"{table.Columns[c].Name} is negative");
                    Demand(land < 0 || c == water || c == total || area <= (Int128)row[land]!, table, row, $"{table.Columns[c].Name} is above the land area");
                }

                if (total >= 0)
                    Demand((Int128)row[land]! + (Int128)row[water]! == (Int128)row[total]!, table, row, "land and water are not the total");
            }
        }
    }

    private static int Column(ResultTable table, string name) => table.Columns.ToList().FindIndex(c => c.Name == name);

    private static void Demand(bool holds, ResultTable table, object?[] row, string failure)
    {
        if (!holds)
            throw new InvalidOperationException($"{table.Name}, {string.Join(' ', row.Take(2))}: {failure}");
    }
}

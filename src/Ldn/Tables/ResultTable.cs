using Ldn.Counting;

namespace Ldn.Tables;

/// <summary>
/// One table of results, from which CSV, JSON, workbook and page are written alike. A row is given as cells of its columns, in
/// any order, each column once; it is read by column: <c>row[Columns.ZoneId]</c>. Writers of files walk <see cref="Columns"/> and
/// <see cref="Row.Values"/> side by side.
/// </summary>
/// <param name="Name">As in the names of files: <c>headline</c>.</param>
/// <param name="Title">For people.</param>
/// <param name="Columns">In the order of the file.</param>
public sealed record ResultTable(string Name, string Title, IReadOnlyList<Column> Columns)
{
    private readonly Dictionary<string, int> _places =
        Columns.Select((c, i) => (c.Name, i)).ToDictionary(c => c.Name, c => c.i, StringComparer.Ordinal);

    /// <summary>Parts of which all rows are kept once they are made; of more, those that are walked are made anew.</summary>
    private const int MostKept = 1000;

    private readonly List<Row> _rows = [];
    private readonly (Column? Column, int Place)[] _given = new (Column?, int)[Columns.Count];
    private int _parts;
    private Action<ResultTable, int>? _make;

    /// <summary>Every row, held together; a table of very many is better walked (<see cref="Walk()"/>).</summary>
    public IReadOnlyList<Row> Rows
    {
        get
        {
            if (_make is { } make)
            {
                _make = null;
                for (int part = 0; part < _parts; part++)
                    make(this, part);
            }

            return _rows;
        }
    }

    /// <summary>
    /// Leaves the rows to be made when they are read, part by part in the order of the file: of a hundred thousand zones no more
    /// than one is then held.
    /// </summary>
    /// <param name="parts">Number of parts, such as zones.</param>
    /// <param name="make">Adds the rows of a part, always the same ones, to the table it is given.</param>
    /// <returns>This table, to which nothing else is added.</returns>
    internal ResultTable MadeBy(int parts, Action<ResultTable, int> make)
    {
        (_parts, _make) = (parts, make);
        return this;
    }

    /// <summary>Every row in order, to be used one by one.</summary>
    public IEnumerable<Row> Walk() => Walk(_parts);

    /// <summary>The rows of the first parts at least, of a table that is made by parts.</summary>
    internal IEnumerable<Row> Walk(int parts) =>
        _make is { } make && _parts > MostKept ? Made(make, Math.Min(parts, _parts)) : Rows;

    /// <summary>Number of rows, without making those of many parts.</summary>
    /// <param name="ofPart">Rows that each part has.</param>
    internal int Count(int ofPart) => _make is not null && _parts > MostKept ? _parts * ofPart : Rows.Count;

    /// <summary>The column of a name, or null.</summary>
    public Column? Column(string name) => _places.TryGetValue(name, out int place) ? Columns[place] : null;

    /// <summary>Whether the table has a column of this name.</summary>
    public bool Has(Column column) => _places.ContainsKey(column.Name);

    /// <summary>Adds a row.</summary>
    /// <exception cref="ArgumentException">A column is missing, given twice, unknown to the table or of another type: a mistake
    /// of the table's maker.</exception>
    internal void Add(params ReadOnlySpan<Cell> cells) => Add(cells, []);

    /// <summary>The same, of cells that many rows share and others.</summary>
    /// <inheritdoc cref="Add(ReadOnlySpan{Cell})"/>
    internal void Add(ReadOnlySpan<Cell> shared, params ReadOnlySpan<Cell> cells)
    {
        var values = new object?[Columns.Count];
        Span<bool> given = Columns.Count <= 64 ? stackalloc bool[Columns.Count] : new bool[Columns.Count];
        for (int i = 0; i < shared.Length + cells.Length; i++)
        {
            Cell cell = i < shared.Length ? shared[i] : cells[i - shared.Length];
            int place = PlaceOf(cell.Column, i, nameof(cells));
            if (given[place])
                throw new ArgumentException($"table {Name}: column {cell.Column.Name} is given twice in a row", nameof(cells));
            if (!Tables.Column.Holds(Columns[place].Type, cell.Value))
                throw new ArgumentException(
                    $"table {Name}: column {cell.Column.Name} holds {Columns[place].Type}, not {cell.Value}", nameof(cells));
            (values[place], given[place]) = (cell.Value, true);
        }

        if (given.IndexOf(false) is >= 0 and int missing)
            throw new ArgumentException($"table {Name}: a row lacks {Columns[missing].Name}", nameof(cells));
        _rows.Add(new Row(this, values));
    }

    /// <summary>
    /// Adds a row by the values of all columns in their order: for what is read back from files, and forms whose columns the data
    /// decide.
    /// </summary>
    /// <exception cref="ArgumentException">Too few or many values, or one of another type than its column.</exception>
    internal void Add(params object?[] values)
    {
        if (values.Length != Columns.Count)
            throw new ArgumentException($"table {Name} has {Columns.Count} columns, the row {values.Length}", nameof(values));
        for (int c = 0; c < values.Length; c++)
            if (!Tables.Column.Holds(Columns[c].Type, values[c]))
                throw new ArgumentException(
                    $"table {Name}: column {Columns[c].Name} holds {Columns[c].Type}, not {values[c]}", nameof(values));
        _rows.Add(new Row(this, values));
    }

    /// <summary>Where a column stands; rows are mostly given in one order, which is remembered.</summary>
    private int PlaceOf(Column column, int given, string cells)
    {
        if (given < _given.Length && ReferenceEquals(_given[given].Column, column))
            return _given[given].Place;
        if (!_places.TryGetValue(column.Name, out int place))
            throw new ArgumentException($"table {Name} has no column {column.Name}", cells);
        if (given < _given.Length)
            _given[given] = (column, place);
        return place;
    }

    private IEnumerable<Row> Made(Action<ResultTable, int> make, int parts)
    {
        var some = new ResultTable(Name, Title, Columns);
        for (int part = 0; part < parts; part++)
        {
            some._rows.Clear();
            make(some, part);
            foreach (Row row in some._rows)
                yield return row;
        }
    }

    /// <summary>Adds the rows of a table of the same columns.</summary>
    internal void AddRows(ResultTable other)
    {
        // Rows that are still to be made come first.
        _ = Rows;
        foreach (Row row in other.Rows)
            Add([.. row.Values]);
    }

    /// <summary>Sorts the rows; those of equal keys keep their order.</summary>
    internal void SortBy<TKey>(Func<Row, TKey> key)
    {
        Row[] sorted = [.. Rows.OrderBy(key)];
        _rows.Clear();
        _rows.AddRange(sorted);
    }

    /// <summary>Where a column stands, counted from 0: for writers of files with cells of their own names.</summary>
    /// <exception cref="InvalidOperationException">The table has no such column.</exception>
    internal int PlaceOf(Column column) => _places.TryGetValue(column.Name, out int place)
        ? place
        : throw new InvalidOperationException($"table {Name} has no column {column.Name}");
}

/// <summary>A row of a table; cells are found by their column.</summary>
public sealed class Row(ResultTable table, object?[] values)
{
    /// <summary>Values in the order of the table's columns.</summary>
    public IReadOnlyList<object?> Values => values;

    /// <summary>The same.</summary>
    internal ReadOnlySpan<object?> Cells => values;

    /// <summary>Text; null where the cell is empty.</summary>
    public string? this[Column<string> column] => (string?)this[(Column)column];

    /// <summary>A whole number; null where the cell is empty.</summary>
    public long? this[Column<long> column] => (long?)this[(Column)column];

    /// <summary>An area; km² in files; null where the cell is empty.</summary>
    public Area? this[Column<Area> column] => (Area?)this[(Column)column];

    /// <summary>A share in per cent, or another exact number; null where the cell is empty.</summary>
    public Ratio? this[Column<Ratio> column] => (Ratio?)this[(Column)column];

    /// <summary>Any other number, in the unit its name ends with; null where the cell is empty.</summary>
    public double? this[Column<double> column] => (double?)this[(Column)column];

    /// <summary>Yes or no; null where the cell is empty.</summary>
    public bool? this[Column<bool> column] => (bool?)this[(Column)column];

    /// <summary>Whatever the cell is; null where it is empty.</summary>
    /// <exception cref="InvalidOperationException">The table has no such column.</exception>
    public object? this[Column column] => values[table.PlaceOf(column)];
}

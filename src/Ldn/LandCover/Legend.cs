using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text;
using Ldn.Csv;

namespace Ldn.LandCover;

/// <summary>One class of a land cover legend.</summary>
/// <param name="Code">Its value in the rasters, any integer.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Color">Its colour as <c>#rrggbb</c>.</param>
/// <param name="Unccd">The UNCCD class it is nested in (method §2).</param>
public sealed record LegendClass(int Code, string Name, string Color, UnccdClass Unccd);

/// <summary>A code that a legend declares to be no data; name and colour serve documentation only and may be empty.</summary>
/// <param name="Code">Its value in the rasters, any integer.</param>
/// <param name="Name">What it stands for.</param>
/// <param name="Color">Colour as <c>#rrggbb</c>.</param>
public sealed record LegendNoData(int Code, string Name, string Color);

/// <summary>
/// A land cover legend (method §2). Inside the program a class is its <b>dense index</b> 1…<see cref="Count"/>, in the order of
/// the legend; 0 is no data. The index fits a byte whatever the codes are, so every lookup table stays small.
/// </summary>
public sealed class Legend
{
    /// <summary>The greatest number of classes: dense indexes 1…255 with 0 for no data fill a byte.</summary>
    public const int MaxClasses = 255;

    private readonly FrozenDictionary<int, int> _indexes;

    private Legend(string name, LegendClass[] classes, LegendNoData[] noData)
    {
        Name = name;
        Classes = classes;
        NoData = noData;
        NoDataCodes = [.. noData.Select(n => n.Code)];
        var indexes = new Dictionary<int, int>();
        for (int i = 0; i < classes.Length; i++)
            indexes.Add(classes[i].Code, i + 1);
        // Last: a code declared no data is no data even where it is also a class (see WithNoData).
        foreach (LegendNoData entry in noData)
            indexes[entry.Code] = 0;
        _indexes = indexes.ToFrozenDictionary();
    }

    /// <summary>Name of a built-in legend, or the file's name.</summary>
    public string Name { get; }

    /// <summary>Whether this is one of the built-in legends, which are no country's own.</summary>
    public bool IsBuiltIn => BuiltInLegends.Get(Name) is { } known && known.Classes.SequenceEqual(Classes);

    /// <summary>The classes in the order of the file; the class of dense index i is <c>Classes[i − 1]</c>.</summary>
    public IReadOnlyList<LegendClass> Classes { get; }

    /// <summary>What the legend and <see cref="WithNoData"/> declare to be no data.</summary>
    public IReadOnlyList<LegendNoData> NoData { get; }

    /// <summary>The codes of <see cref="NoData"/>.</summary>
    public IReadOnlyList<int> NoDataCodes { get; }

    /// <summary>Number of classes, 1…255.</summary>
    public int Count => Classes.Count;

    /// <summary>Names of the built-in legends: <c>unccd-7</c>, <c>esa-cci</c>, <c>igbp</c>, <c>copernicus-lc100</c>.</summary>
    public static IReadOnlyList<string> BuiltInNames => BuiltInLegends.Names;

    /// <summary>
    /// A built-in legend (method §2). <c>igbp</c> serves both codings of MODIS MCD12Q1, water as 0 (codes 0–16) and as 17 (codes
    /// 1–17): it has a class for each. A raster coded 1–17 that uses 0 as an undeclared fill would therefore show water there;
    /// declare the fill.
    /// </summary>
    /// <exception cref="LdnException">Exit 2: no legend of this name; the message lists them and the nearest.</exception>
    public static Legend BuiltIn(string name) => BuiltInLegends.Get(name) ?? throw BuiltInLegends.Unknown(name);

    /// <summary>A built-in legend by name or else a legend file (CSV).</summary>
    /// <exception cref="LdnException">Exit 2: neither; or the table is wrong, see <see cref="Parse"/>.</exception>
    public static Legend Load(string nameOrFile)
    {
        if (BuiltInLegends.Get(nameOrFile) is { } builtIn)
            return builtIn;
        if (!File.Exists(nameOrFile))
            throw BuiltInLegends.Unknown(nameOrFile);
        return Parse(CsvTable.Read(nameOrFile, LegendTable.Columns));
    }

    /// <summary>
    /// A legend from a table <c>code,name,color,unccd</c>: codes any 32-bit integers, colours <c>#rrggbb</c> (empty: the colour
    /// of the UNCCD class), unccd 1…7 or <c>nodata</c>.
    /// </summary>
    /// <exception cref="LdnException"> Exit 2, naming the row: missing column, code given twice, bad colour, unccd outside 1…7,
    /// class without a name, more than 255 classes or none. </exception>
    internal static Legend Parse(CsvTable table) => LegendTable.Read(table, Path.GetFileNameWithoutExtension(table.Name));

    /// <summary>
    /// This legend with further codes that are no data, such as the file's no-data tag or the user's list. They win over a class
    /// of the same code; classes and dense indexes stay as they are.
    /// </summary>
    public Legend WithNoData(params IEnumerable<int> codes)
    {
        LegendNoData[] more = [.. codes.Distinct().Except(NoDataCodes).Select(code => new LegendNoData(code, "", ""))];
        return more.Length == 0 ? this : new Legend(Name, [.. Classes], [.. NoData, .. more]);
    }

    /// <summary>
    /// Dense index of a code: 1…<see cref="Count"/>, 0 for no data, −1 for a code that is neither (an error to report, §2).
    /// </summary>
    public int IndexOf(int code) => _indexes.GetValueOrDefault(code, -1);

    /// <summary>The class of a dense index 1…<see cref="Count"/>.</summary>
    public LegendClass ClassAt(int index) => Classes[index - 1];

    /// <summary>
    /// Lookup table dense index → UNCCD class code, of length <see cref="Count"/> + 1; entry 0 (no data) is 0.
    /// </summary>
    public byte[] UnccdTable() => [0, .. Classes.Select(c => (byte)c.Unccd)];

    /// <summary>
    /// Lookup table dense index → 1 where the class is water (UNCCD 7), else 0; of length <see cref="Count"/> + 1.
    /// </summary>
    public byte[] WaterTable() => [0, .. Classes.Select(c => c.Unccd == UnccdClass.WaterBody ? (byte)1 : (byte)0)];

    /// <summary>
    /// The legend as a table that <see cref="Parse"/> reads back: classes first, then no data; lines end with a line feed.
    /// </summary>
    public string ToCsv()
    {
        var csv = new StringBuilder("code,name,color,unccd\n");
        foreach (LegendClass c in Classes)
            csv.Append($"{c.Code},{LegendTable.Quote(c.Name)},{c.Color},{(int)c.Unccd}\n");
        foreach (LegendNoData n in NoData)
            csv.Append($"{n.Code},{LegendTable.Quote(n.Name)},{n.Color},{LegendTable.NoData}\n");
        return csv.ToString();
    }

    internal static Legend Create(string name, IEnumerable<LegendClass> classes, IEnumerable<LegendNoData> noData) =>
        new(name, [.. classes], [.. noData]);
}

/// <summary>The legends that come with the program, kept as CSV resources in the format that users write.</summary>
internal static class BuiltInLegends
{
    public static readonly string[] Names = ["unccd-7", "esa-cci", "igbp", "copernicus-lc100"];

    private static readonly ConcurrentDictionary<string, Legend> Loaded = new();

    /// <summary>The legend, or null when there is none of this name.</summary>
    public static Legend? Get(string name) => Names.Contains(name) ? Loaded.GetOrAdd(name, Read) : null;

    public static LdnException Unknown(string name)
    {
        string list = string.Join(", ", Names);
        if (Path.HasExtension(name))
            return Fault.Legend.Error($"legend {name}: no such file", $"check the path, or use a built-in legend: {list}");
        // A job's folder stands before whatever it names.
        name = Path.GetFileName(name.Replace('\\', '/').TrimEnd('/'));
        string nearest = Names.MinBy(known => Distance(name.ToUpperInvariant(), known.ToUpperInvariant()))!;
        return Fault.Legend.Error($"'{name}' is neither a built-in legend ({list}) nor a file; the nearest is {nearest}"
            + NearestName.Lookalike(name, Names),
            "name one of these, or a CSV with the columns " + string.Join(",", LegendTable.Columns));
    }

    private static Legend Read(string name)
    {
        using Stream stream = typeof(BuiltInLegends).Assembly.GetManifestResourceStream($"Legends/{name}.csv")
            ?? throw new InvalidOperationException($"the resource of legend {name} is missing from the assembly");
        using var reader = new StreamReader(stream);
        return LegendTable.Read(CsvTable.Parse(reader.ReadToEnd(), $"{name}.csv"), name);
    }

    /// <summary>Edit distance: insertions, deletions and substitutions that turn one word into the other.</summary>
    private static int Distance(string a, string b)
    {
        int[] above = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = above[0];
            above[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = above[j];
                above[j] = Math.Min(substituted, Math.Min(above[j], above[j - 1]) + 1);
            }
        }

        return above[^1];
    }
}

/// <summary>Reads <c>code,name,color,unccd</c> and says which row is wrong.</summary>
internal static class LegendTable
{
    public const string NoData = "nodata";

    public static readonly string[] Columns = ["code", "name", "color", "unccd"];

    public static Legend Read(CsvTable table, string name)
    {
        if (Columns.Except(table.Columns).FirstOrDefault() is { } missing)
            throw Fault.InputTable.Error(
                $"table {table.Name}: no column {missing}", $"a legend has the columns {string.Join(",", Columns)}");

        var classes = new List<LegendClass>();
        var noData = new List<LegendNoData>();
        var rows = new Dictionary<int, int>();
        foreach (CsvRow row in table.Rows)
        {
            int code = table.Integer(row, "code");
            if (!rows.TryAdd(code, row.Line))
                throw Fault.InputTable.Error(
                    $"table {table.Name}, row {row.Line}: code {code} is given twice, first in row {rows[code]}");
            string text = table.Text(row, "name"), unccd = table.Text(row, "unccd"), color = Color(table, row);
            if (unccd.Equals(NoData, StringComparison.OrdinalIgnoreCase))
            {
                noData.Add(new LegendNoData(code, text, color));
                continue;
            }

            if (unccd is not [>= '1' and <= '7'])
                throw table.Wrong(row, "unccd", $"a UNCCD class 1…7 or {NoData}");
            if (text.Length == 0)
                throw Fault.InputTable.Error($"table {table.Name}, row {row.Line}: class {code} has no name");
            if (classes.Count == Legend.MaxClasses)
                throw Fault.InputTable.Error($"table {table.Name}, row {row.Line}: more than {Legend.MaxClasses} classes",
                    "merge classes, or leave out those that do not occur");
            var nested = (UnccdClass)(unccd[0] - '0');
            classes.Add(new LegendClass(code, text, color.Length == 0 ? nested.Color() : color, nested));
        }

        if (classes.Count == 0)
            throw Fault.InputTable.Error(
                $"table {table.Name} has no class", $"a legend needs at least one row with unccd 1…7, not only {NoData}");
        return Legend.Create(name, classes, noData);
    }

    /// <summary>A CSV field, quoted where it must be.</summary>
    public static string Quote(string field) =>
        field.AsSpan().ContainsAny(",\"\r\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;

    private static string Color(CsvTable table, CsvRow row)
    {
        string color = table.Text(row, "color");
        bool valid = color.Length == 0 || (color.Length == 7 && color[0] == '#' && color.Skip(1).All(char.IsAsciiHexDigit));
        return valid ? color : throw table.Wrong(row, "color", "a colour such as #1a2b3c");
    }
}

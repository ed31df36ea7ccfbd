using System.Collections.Concurrent;
using Ldn.Csv;

namespace Ldn.LandCover;

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
        return Fault.Legend.Error($"'{name}' is neither a built-in legend ({list}) nor a file; the nearest is {nearest}",
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

using System.Buffers;
using System.Text.Json;
using Ldn.Jobs;
using Ldn.LandCover;

namespace Ldn.Run.TrendsEarth;

/// <summary>
/// The land-cover classes of the archive (trends-earth-package.md §4): the country's own legend where its form can hold it, else
/// the UNCCD's seven, into which every other legend nests. Classes are counted 1 … <see cref="Count"/>, 0 is no data.
/// </summary>
internal sealed class ArchiveLegend
{
    /// <summary>What the platform's form holds at most, and how many the manual advises.</summary>
    private const int MostClasses = 38, AdvisedClasses = 15;

    private const int ShortName = 20, LongName = 120, NoDataCode = -32768;
    private readonly byte[] _classOf;
    private readonly TransitionMatrix _matrix;
    private readonly string[] _labels;

    private ArchiveLegend(Legend legend, TransitionMatrix matrix, byte[] classOf, string name)
    {
        (Legend, _matrix, _classOf, Name) = (legend, matrix, classOf, name);
        _labels = ShortNames([.. legend.Classes.Select(c => c.Name)]);
    }

    public Legend Legend { get; }

    public string Name { get; }

    public int Count => Legend.Count;

    /// <summary>What the user should know of the legend; null where there is nothing.</summary>
    public string? Warning =>
        Count > AdvisedClasses ? $"the archive's legend has {Count} classes; PRAIS advises at most {AdvisedClasses}" : null;

    /// <summary>The class of a dense index of the job's legend.</summary>
    public int this[byte index] => _classOf[index];

    /// <exception cref="LdnException">Exit 2: a legend or a matrix that the archive's form cannot hold.</exception>
    public static ArchiveLegend Of(LandCoverInput cover)
    {
        Legend legend = cover.Legend;
        if (!legend.IsBuiltIn && legend.Count <= MostClasses)
        {
            if (legend.Classes.FirstOrDefault(c => c.Code is <= NoDataCode or > short.MaxValue) is { } far)
                throw Fault.Job.Error(
                    $"the archive for PRAIS holds land-cover codes of 16 bits, and the legend has {far.Code}",
                    "renumber the legend's classes, or leave trends-earth out of the tables");
            return new ArchiveLegend(
                legend, cover.Matrix, [.. Enumerable.Range(0, legend.Count + 1).Select(i => (byte)i)],
                Cut(legend.Name, LongName));
        }

        if (!cover.Matrix.ConditionTable.AsSpan().SequenceEqual(TransitionMatrix.Default(legend).ConditionTable))
        {
            throw Fault.Job.Error(
                $"the archive for PRAIS takes legend '{legend.Name}' in the UNCCD's seven classes, and its matrix is not theirs",
                $"bring a legend of your own of at most {MostClasses} classes with its matrix, leave the matrix out, or leave "
                    + "trends-earth out of the tables");
        }

        Legend seven = Legend.BuiltIn("unccd-7");
        return new ArchiveLegend(seven, TransitionMatrix.Default(seven), legend.UnccdTable(), ParentName);
    }

    private const string ParentName = "UNCCD Land Cover";

    public string Label(int index) => index == 0 ? "No data" : _labels[index - 1];

    public int Code(int index) => Legend.ClassAt(index).Code;

    /// <summary>Number of a transition in the raster of transitions: the class itself where nothing changes.</summary>
    public int Transition(int from, int to) => from == to ? from : (from * (Count > 10 ? 100 : 10)) + to;

    public void WriteNesting(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WritePropertyName("parent");
        WriteLegend(json, Legend.BuiltIn("unccd-7"), ParentName, [.. UnccdClasses.All.Select(c => c.DisplayName())]);
        json.WritePropertyName("child");
        WriteLegend(json, Legend, Name, _labels);
        json.WriteStartObject("nesting");
        foreach (UnccdClass parent in UnccdClasses.All)
        {
            json.WriteStartArray(((int)parent).ToString(System.Globalization.CultureInfo.InvariantCulture));
            foreach (LegendClass c in Legend.Classes.Where(c => c.Unccd == parent))
                json.WriteNumberValue(c.Code);
            json.WriteEndArray();
        }

        json.WriteStartArray("-32768");
        json.WriteNumberValue(NoDataCode);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public void WriteMatrix(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WritePropertyName("legend");
        WriteLegend(json, Legend, Name, _labels);
        json.WriteString("name", "Land cover degradation transition matrix");
        json.WriteStartObject("definitions");
        json.WriteString("name", "Land cover degradation transition meanings");
        json.WriteStartArray("transitions");
        for (int from = 1; from <= Count; from++)
        {
            for (int to = 1; to <= Count; to++)
            {
                json.WriteStartObject();
                json.WritePropertyName("initial");
                WriteClass(json, Legend.ClassAt(from), _labels[from - 1]);
                json.WritePropertyName("final");
                WriteClass(json, Legend.ClassAt(to), _labels[to - 1]);
                json.WriteString("meaning", _matrix[from, to] switch { < 0 => "degradation", 0 => "stable", _ => "improvement" });
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>A part as JSON on one line, as the metadata of bands hold it.</summary>
    public static string Text(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            write(json);
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The first characters of each name; a later one that is equal so gets ~2, ~3, ….</summary>
    private static string[] ShortNames(string[] names)
    {
        var taken = new HashSet<string>();
        return [.. names.Select(name =>
        {
            string label = Cut(name, ShortName);
            for (int n = 2; !taken.Add(label); n++)
                label = Cut(name, ShortName - $"~{n}".Length) + $"~{n}";
            return label;
        })];
    }

    /// <summary>At most so many UTF-16 characters, never half of a pair.</summary>
    private static string Cut(string text, int most) =>
        text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];

    private static void WriteLegend(Utf8JsonWriter json, Legend legend, string name, IReadOnlyList<string> labels)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteStartArray("key");
        foreach ((LegendClass c, string label) in legend.Classes.Zip(labels).OrderBy(c => c.First.Code))
            WriteClass(json, c, label);
        json.WriteEndArray();
        json.WritePropertyName("nodata");
        WriteClass(json, new LegendClass(NoDataCode, "No data", "#000000", default), "No data");
        json.WriteEndObject();
    }

    private static void WriteClass(Utf8JsonWriter json, LegendClass c, string label)
    {
        json.WriteStartObject();
        json.WriteNumber("code", c.Code);
        json.WriteString("name_short", label);
        json.WriteString("name_long", Cut(c.Name, LongName));
        json.WriteNull("description");
        json.WriteString("color", c.Color.ToUpperInvariant());
        json.WriteEndObject();
    }
}

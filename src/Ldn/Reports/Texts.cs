using System.Text.Json;
using Ldn.Tables;

namespace Ldn.Reports;

/// <summary>
/// The words of the reports in one language, from a resource file of keys and texts. A key that a language lacks is said in
/// English, so that an untranslated note is never lost.
/// </summary>
public sealed class Texts
{
    private static readonly string[] s_caveats = [
        "note.boundaries", "note.denominators", "note.areas", "note.rule", "note.status", "note.maps"];
    private readonly Dictionary<string, string> _texts;

    private Texts(string language, Dictionary<string, string> texts)
    {
        Language = language;
        _texts = texts;
    }

    /// <summary>ISO 639-1 code.</summary>
    public string Language { get; }

    /// <summary>The languages there are: English and those of the six countries of North-East Asia.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "zh", "ja", "ko", "mn", "ru"];

    /// <exception cref="KeyNotFoundException">No such key even in English: a mistake in a template.</exception>
    public string this[string key] => _texts[key];

    /// <summary>Method notes and caveats that belong to every report.</summary>
    public IEnumerable<string> Caveats => s_caveats.Select(key => this[key]);

    /// <exception cref="LdnException">Exit 2: no such language.</exception>
    public static Texts Load(string language)
    {
        if (!Languages.Contains(language))
            throw LdnException.Usage($"no language '{language}'", $"there are {string.Join(", ", Languages)}");
        Dictionary<string, string> texts = Read("en");
        if (language != "en")
            foreach ((string key, string text) in Read(language))
                texts[key] = text;
        return new Texts(language, texts);
    }

    public string? Find(string key) => _texts.GetValueOrDefault(key);

    /// <summary>A text with {0}, {1} … filled in.</summary>
    public string Format(string key, params object[] values)
    {
        string text = this[key];
        for (int i = 0; i < values.Length; i++)
            text = text.Replace($"{{{i}}}", values[i].ToString(), StringComparison.Ordinal);
        return text;
    }

    public string Indicator(string id) => Find("indicator." + id) ?? id.Replace('_', ' ');

    public string Class(string id) => KnownClass(id) ?? id.Replace('_', ' ');

    /// <summary>
    /// The text of a class, also of a transition between two ("a_to_b") or none ("a_unchanged"); null where there is none.
    /// </summary>
    internal string? KnownClass(string id)
    {
        const string To = "_to_", Unchanged = "_unchanged";
        if (Find("class." + id) is { } text)
            return text;
        if (id.EndsWith(Unchanged, StringComparison.Ordinal) && Find("class." + id[..^Unchanged.Length]) is { } same)
            return Format("class.unchanged", same);
        int at = id.IndexOf(To, StringComparison.Ordinal);
        return at > 0 && Find("class." + id[..at]) is { } from && Find("class." + id[(at + To.Length)..]) is { } to
            ? Format("class.transition", from, to)
            : null;
    }

    /// <summary>The title of a table.</summary>
    public string Title(ResultTable table) => Find("table." + table.Name) ?? table.Title;

    /// <summary>The head of a column for people; its name in the files where there is no other.</summary>
    public string Caption(Column column) => Find("column." + column.Name) ?? column.Name;

    /// <summary>baseline, report_1, report_2 … for people.</summary>
    public string Period(string id) => Find("period." + id)
        ?? (id.StartsWith("report_", StringComparison.Ordinal) ? Format("period.report_n", id["report_".Length..]) : id);

    internal static Dictionary<string, string> Read(string language)
    {
        using Stream stream = typeof(Texts).Assembly.GetManifestResourceStream($"Texts/{language}.json")!;
        using JsonDocument json = JsonDocument.Parse(stream);
        return json.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!, StringComparer.Ordinal);
    }
}

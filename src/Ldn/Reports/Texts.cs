using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Ldn.Jobs;
using Ldn.Reports.Page;
using Ldn.Tables;

namespace Ldn.Reports;

/// <summary>
/// The words of the reports in one language, from a resource file of keys and texts. A key that a language lacks is said in
/// English, so that an untranslated note is never lost.
/// </summary>
internal sealed partial class Texts
{
    private static readonly string[] s_caveats = [
        "note.boundaries", "note.denominators", "note.areas", "note.rule", "note.status", "note.maps"];
    private const string StatusPrefix = "status_";

    /// <summary>Columns whose values are words of the method.</summary>
    private static readonly HashSet<string> s_worded =
    [
        "class", "condition", "from_condition", "to_condition", "baseline_condition", "period_condition", "status", "land_cover",
        "productivity", "soil_organic_carbon", "response", "grade", "drought", "zone_kind", "basis", "sex", "part", "aridity",
        "from_aridity", "to_aridity", "kind", "spot_kind", "lpd_name", "unccd_name",
    ];

    private readonly Dictionary<string, string> _texts;

    private Texts(string language, Dictionary<string, string> texts)
    {
        Language = language;
        Numbers = new Numbers(language);
        _texts = texts;
    }

    /// <summary>ISO 639-1 code.</summary>
    public string Language { get; }

    /// <summary>Numbers by the custom of the language.</summary>
    internal Numbers Numbers { get; }

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
        // In one go: a name that holds {0} stays that name.
        return Place().Replace(
            this[key], m => int.Parse(m.Groups[1].ValueSpan, CultureInfo.InvariantCulture) is var i && i < values.Length
                ? $"{values[i]}" : m.Value);
    }

    public string Indicator(string id) => Find("indicator." + id) ?? id.Replace('_', ' ');

    /// <summary>
    /// An indicator's condition of a later period: what is reported of it is its status, so its condition alone never bears the
    /// indicator's name.
    /// </summary>
    public string OwnCondition(string id) => id is "sdg_15_3_1" or "indicator" ? Indicator("own_condition")
        : Format("indicator.own_of", Indicator(id));

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

    /// <summary>
    /// The word for a value of a table's column; null where the column holds names, codes or what users wrote.
    /// </summary>
    internal string? Word(string column, string value) => column switch
    {
        "period" => Period(value),
        "years" => Years(value),
        "indicator" => Find("indicator." + value) ?? (value switch
        {
            "status_expanded" => this["report.status"],
            _ when value.StartsWith(StatusPrefix, StringComparison.Ordinal)
                && Find("indicator." + value[StatusPrefix.Length..]) is { } sub => $"{this["indicator.status"]}: {sub}",
            _ => null,
        }),
        "cause" => string.Join(" + ", value.Split(';').Select(c => Find("word." + c) ?? Indicator(c))),
        "rule" => Find("rule." + value),
        "neutral" => Find("neutral." + value),
        "verdict" => Find("target." + value) ?? Find("verdict." + value),
        "stakeholder" or "type" => value == "unspecified" ? this["word.unspecified"] : null,
        "land_type" => Find("land_type." + value),
        _ when s_worded.Contains(column) => Find("word." + value) ?? KnownClass(value),
        _ => null,
    };

    /// <summary>The title of a table.</summary>
    public string Title(ResultTable table) => Find("table." + table.Name) ?? table.Title;

    /// <summary>The head of a column for people; its name in the files where there is no other.</summary>
    public string Caption(Column column) => Find("column." + column.Name) ?? column.Name;

    /// <summary>baseline, report_1, report_2 … for people.</summary>
    public string Period(string id) => Find("period." + id)
        ?? (id.StartsWith("report_", StringComparison.Ordinal) ? Format("period.report_n", id["report_".Length..]) : id);

    /// <summary>Years as tables tell them, a stand-in told as what it is.</summary>
    internal string Years(string told) => told == "initial–final"
        ? this["report.undated"]
        : ServingYear().Replace(told, m => Format("report.years_for", m.Groups[1].Value, m.Groups[2].Value));

    /// <summary>A year; initial or final where nobody named it.</summary>
    internal string Year(long year) => YearSpan.Told(year) is var told && Find("word." + told) is { } word ? word : told;

    /// <summary>A latitude, north positive, as maps of the language write it; the number in a .NET format.</summary>
    internal string Latitude(double degrees, string format) => Degrees(degrees, format, "map.south", "map.north");

    /// <summary>A longitude, east positive, likewise.</summary>
    internal string Longitude(double degrees, string format) => Degrees(degrees, format, "map.west", "map.east");

    private string Degrees(double degrees, string format, string below, string above)
    {
        string number = Numbers.Of(Math.Abs(degrees), format);
        return degrees == 0 ? number + "°" : Format(degrees < 0 ? below : above, number);
    }

    /// <summary>The value of a rule in words; numbers and names of tables and legends as they stand.</summary>
    internal string RuleValue(string value) => Find("option." + value.ToLowerInvariant()) ?? value;

    [GeneratedRegex(@"\{([0-9]{1,2})\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"(\d+) \(for (\d+)\)")]
    private static partial Regex ServingYear();

    internal static Dictionary<string, string> Read(string language)
    {
        using Stream stream = typeof(Texts).Assembly.GetManifestResourceStream($"Texts/{language}.json")!;
        using JsonDocument json = JsonDocument.Parse(stream);
        return json.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!, StringComparer.Ordinal);
    }
}

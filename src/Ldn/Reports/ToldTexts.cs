using System.Globalization;
using System.Text.RegularExpressions;

namespace Ldn.Reports;

/// <summary>
/// What a run said in English, in the language of the report. The English texts are patterns that give back what fills them; what
/// none of them fits stays as it stands, so that nothing a run said is lost.
/// </summary>
internal sealed partial class Texts
{
    private const string WithoutPrefix = "partial: computed without ";
    private const string Noted = "noted.", Reasons = "reason.", LayerPrefix = "layer.";

    private static readonly Lazy<Dictionary<string, string>> s_english = new(() => Read("en"));
    private static readonly Lazy<(string Key, Regex Said)[]> s_said = new(() =>
    [
        .. s_english.Value.Where(
            t => t.Key.StartsWith(Noted, StringComparison.Ordinal) || t.Key.StartsWith(Reasons, StringComparison.Ordinal))
            .Select(t => (t.Key, Pattern(t.Value))),
    ]);

    /// <summary>What fills a text can hold commas; an area does not, so that a list ends before it.</summary>
    private static Regex Pattern(string text) => new(
        "^" + Regex.Replace(Regex.Escape(text), @"\\\{\d{1,2}}", "(.+?)").Replace(
            @"(.+?)\ km2", @"([\d.]+)\ km2", StringComparison.Ordinal) + "$");

    /// <summary>What a run noted, the code of its message with it.</summary>
    internal string Note(string note)
    {
        if (StandIn(note) is { } standIn)
            return standIn;
        if (note.StartsWith(WithoutPrefix, StringComparison.Ordinal))
            return Format("note.without", Layer(note[WithoutPrefix.Length..]));
        string code = CodeOfMessage().Match(note).Value;
        return Said(Noted, note[..^code.Length]) is { } said ? said + code : note;
    }

    /// <summary>Whether a note is English in a report of another language.</summary>
    internal bool IsForeign(string note) => Language != "en" && Note(note) == note;

    /// <summary>A note that one year stands in for another, in the language; null for any other note.</summary>
    internal string? StandIn(string note) => StandInNote().Match(note) is { Success: true } match
        ? Format("note.stand_in", Layer(match.Groups[1].Value), match.Groups[2].Value, match.Groups[3].Value)
        : null;

    /// <summary>Why a level of confidence is what it is, piece by piece.</summary>
    internal string Reason(string told) => string.Join("; ", told.Split("; ").Select(piece => Said(Reasons, piece) ?? piece));

    /// <summary>A layer of the inputs, such as "land cover 2000"; what is no word of ours stays as it stands.</summary>
    internal string Layer(string told)
    {
        string[] words = told.Split(' ');
        for (int n = Math.Min(2, words.Length); n > 0; n--)
        {
            string name = string.Join(' ', words.Take(n));
            string? known = name == "soil carbon" ? Indicator("soil_organic_carbon")
                : Find("indicator." + name.Replace(' ', '_')) ?? Find(LayerPrefix + name);
            if (known is not null)
                return string.Join(
                    ' ', words.Skip(n).Where(w => w != "of").Select(w => Find("word." + w) ?? Period(w)).Prepend(known));
        }

        return told;
    }

    /// <summary>A text of the prefix that says what is said in English; null where none does.</summary>
    private string? Said(string prefix, string told)
    {
        if (Language == "en")
            return told;
        foreach ((string key, Regex said) in s_said.Value)
            if (key.StartsWith(prefix, StringComparison.Ordinal) && said.Match(told) is { Success: true } match)
                return Format(key, [.. match.Groups.Values.Skip(1).Select((g, i) => Filled(key, i, g.Value))]);
        return null;
    }

    private string Filled(string key, int place, string value) => (key, place) switch
    {
        ("reason.untried", _) => string.Join(
            this["list.comma"], value.Split(", ").Select(w => Find("untried." + w.Replace(' ', '_')) ?? w)),
        ("noted.no_report", 1) => Layer(value),
        ("noted.unmapped_legend" or "noted.unmapped_lpd", 1) => Said("noted.values", value) ?? Pixels(value),
        ("noted.values", 0) => Pixels(value),
        ("noted.same_file", 2) => value.Replace(" and for ", this["list.comma"], StringComparison.Ordinal),
        ("noted.drought", 1) => Said("noted.every_month", value) ?? Format(
            "noted.month", Array.IndexOf(CultureInfo.InvariantCulture.DateTimeFormat.MonthNames, value) + 1),
        (_, 0) when key.StartsWith("noted.target_", StringComparison.Ordinal) => value,
        (_, 0) when key.StartsWith(Noted, StringComparison.Ordinal) => Layer(value),
        _ when key.StartsWith(Noted, StringComparison.Ordinal) => value,
        _ => Word("verdict", value) ?? value.Replace(".", Numbers.Decimal, StringComparison.Ordinal),
    };

    private string Pixels(string values) => PixelCount().Replace(values, m => Format("noted.pixels", m.Groups[1].Value));

    [GeneratedRegex(@"(\d+) pixels")]
    private static partial Regex PixelCount();

    [GeneratedRegex(@" \[LDN\d+\]$")]
    private static partial Regex CodeOfMessage();

    [GeneratedRegex(@"^(\w[\w ]*) of (\d+) stands in for (\d+)$")]
    private static partial Regex StandInNote();
}

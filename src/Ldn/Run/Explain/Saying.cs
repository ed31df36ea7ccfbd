using System.Text.Json;
using System.Text.Json.Serialization;
using Ldn.Reports;

namespace Ldn.Run.Explain;

/// <summary>
/// A part of a story as a key of the texts and what fills it: the document says it in English, the page in its language.
/// </summary>
/// <param name="Key">Key of the texts.</param>
/// <param name="Values">Text, <see cref="Term"/>, <see cref="Figure"/> or another saying.</param>
[JsonConverter(typeof(SayingConverter))]
internal sealed record Saying(string Key, params IReadOnlyList<object> Values)
{
    private static readonly Lazy<Texts> s_english = new(() => Texts.Load("en"));

    /// <summary>Nothing said.</summary>
    public static Saying None { get; } = new("");

    /// <summary>In a language.</summary>
    public string In(Texts texts) => Key.Length == 0 ? "" : texts.Format(Key, [.. Values.Select(v => v switch
    {
        Saying saying => saying.In(texts),
        Term term => term.In(texts),
        Figure figure => texts.Numbers.Of(figure.Value, figure.Format),
        _ => v,
    })]);

    /// <summary>In English.</summary>
    public override string ToString() => In(s_english.Value);
}

/// <summary>A word of the method by its id, such as <c>no_data</c> or <c>land_cover</c>.</summary>
internal readonly record struct Term(string Id)
{
    /// <summary>As it stands within a sentence.</summary>
    public string In(Texts texts)
    {
        string id = Id.Replace(' ', '_');
        if (texts.Language == "en" || (texts.KnownClass(id) ?? texts.Find("indicator." + id)) is not { } word)
            return Id.Replace('_', ' ');
        return char.ToLowerInvariant(word[0]) + word[1..];
    }
}

/// <summary>Words of the method side by side.</summary>
internal static class Listed
{
    /// <summary>All of them, joined two by two.</summary>
    public static object Of(IReadOnlyList<string> ids) => ids.Count switch
    {
        0 => "",
        1 => new Term(ids[0]),
        _ => new Saying("cell.and", Of([.. ids.SkipLast(1)]), new Term(ids[^1])),
    };
}

/// <summary>A number that is written by the custom of the language.</summary>
/// <param name="Value">The number.</param>
/// <param name="Format">Its .NET format.</param>
internal readonly record struct Figure(double Value, string Format = "0.######");

/// <summary>Writes a saying as the English it says.</summary>
internal sealed class SayingConverter : JsonConverter<Saying>
{
    public override Saying Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, Saying value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

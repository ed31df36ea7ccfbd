using Ldn.Gdal;
using Ldn.Jobs.Flags;
using Ldn.Rasters;

namespace Ldn.Cli.Help;

/// <summary>
/// What a word of a command line can become. The scripts of all shells ask for it, so that names and values are those of the
/// flags themselves.
/// </summary>
internal static class Completion
{
    /// <summary>In place of a candidate: the shell's own files, or folders.</summary>
    public const string Files = ":files", Folders = ":folders";

    /// <summary>Candidates with what they mean; the last of the words is the one to complete.</summary>
    public static IEnumerable<(string Text, string Doc)> Of(IReadOnlyList<Verb> verbs, IReadOnlyList<string> words)
    {
        if (words.Count == 0)
            return [];
        string typed = words[^1];
        if (words.Count == 1)
            return Starting(
                typed,
                [.. verbs.Select(v => (v.Name, v.Summary)), ("--help", "What there is"), ("--version", "The program's version")]);
        if (verbs.FirstOrDefault(v => v.Name == words[0]) is not { } verb)
            return [];

        // Shells may give --missing=st as one word, or as three.
        if (typed == "=" && verb.Flag(words[^2]) is { Value: not null } empty)
            return ValuesOf(empty, "", words);
        if (words.Count > 2 && words[^2] == "=" && verb.Flag(words[^3]) is { Value: not null } split)
            return ValuesOf(split, typed, words);
        if (typed.Split('=', 2) is [var name, var part] && verb.Flag(name) is { Value: not null } joined)
            return ValuesOf(joined, part, words).Select(c => c.Text.StartsWith(':') ? c : ($"{name}={c.Text}", c.Doc));
        if (verb.Flag(words[^2]) is { Value: not null } before)
            return ValuesOf(before, typed, words);
        return typed.StartsWith('-')
            ? Starting(typed, [.. verb.Flags.Where(f => f.Repeats || !words.SkipLast(1).Contains(f.Name))
                .Select(f => (f.Name, f.Doc)), ("--help", "All about the command")])
            : Operands(verb, typed);
    }

    private static IEnumerable<(string Text, string Doc)> Operands(Verb verb, string typed) =>
        verb.Operands.Count == 0 ? [] : verb.Operands[0] switch
        {
            { Values.Count: > 0 } operand => Starting(typed, operand.Values.Select(v => (v, operand.Doc))),
            { Name: "DIR" or "RUN_DIR" or "RESULT" } => [(Folders, "")],
            _ => [(Files, "")],
        };

    private static IEnumerable<(string Text, string Doc)> ValuesOf(Flag flag, string typed, IReadOnlyList<string> words)
    {
        // Of names separated by commas the last is completed.
        int comma = flag is NamesFlag ? typed.LastIndexOf(',') + 1 : 0;
        string done = typed[..comma];
        foreach (
            (string text, string doc) in Starting(
                typed[comma..], (flag.Value == "FIELD" ? Fields(words) : flag.Values).Select(v => (v, flag.Doc))))
            yield return (done + text, doc);
        if (flag.Value!.Contains("FILE", StringComparison.Ordinal))
            yield return (Files, "");
        if (flag.Value == "DIR")
            yield return (Folders, "");
    }

    /// <summary>Attributes of the zones that the line names.</summary>
    private static IReadOnlyList<string> Fields(IReadOnlyList<string> words)
    {
        int at = words.ToList()
            .FindLastIndex(w => w == ZoneFlags.Zones.Name || w.StartsWith(ZoneFlags.Zones.Name + "=", StringComparison.Ordinal));
        string[] after = at < 0 ? [] : words[at]
            .Contains('=') ? [words[at].Split('=', 2)[1]] : [.. words.Skip(at + 1).SkipWhile(w => w == "=")];
        if (after is not [{ Length: > 0 } file, ..])
            return [];
        try
        {
            return [.. ((IGeodata)new GdalGeodata()).ReadPolygons(file, null).Fields];
        }
        catch (LdnException)
        {
            // Not readable, or not yet: nothing to offer.
            return [];
        }
    }

    private static IEnumerable<(string Text, string Doc)> Starting(string typed, IEnumerable<(string Text, string Doc)> all) =>
        all.Where(c => c.Text.StartsWith(typed, StringComparison.Ordinal));
}

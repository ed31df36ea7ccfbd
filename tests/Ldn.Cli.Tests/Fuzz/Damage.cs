using System.Text;

namespace Ldn.Cli.Tests.Fuzz;

/// <summary>What happens to files between two programs: bytes flipped, parts lost or doubled, values of another kind.</summary>
internal static class Damage
{
    private static readonly string[] s_values =
    [
        "null", "true", "-1", "0", "1e400", "1e-400", "99999999999999999999", "-9223372036854775808", "0.1", "\"\"", "\"x\"",
        "\"2015\"",
        "[]", "{}", "[2000]", "[[]]", "{ \"a\": 1 }", "\"\\ud800\"", "\"../../etc/passwd\"", "\"\\u0000\"", "NaN", "\"degraded\"",
        "1e9",
    ];

    /// <summary>A text of JSON with up to four values replaced, removed, doubled or spoilt.</summary>
    public static string Json(string text, Random random)
    {
        for (int i = random.Next(1, 5); i > 0; i--)
        {
            int at = random.Next(text.Length), start = text.IndexOfAny([':', ',', '['], at);
            if (start < 0 || start + 1 >= text.Length)
                continue;
            int end = ++start;
            if (text[start] == '"')
                end = text.IndexOf('"', start + 1) + 1;
            while (end < text.Length && end >= start && text[end] is not (',' or '}' or ']' or '\n'))
                end++;
            if (end <= start)
                continue;
            text = random.Next(7) switch
            {
                0 => text.Insert(start, text[start..end] + ","),
                1 => text.Remove(start, end - start),
                2 => text[..start] + text[random.Next(text.Length)..],
                _ => text[..start] + s_values[random.Next(s_values.Length)] + text[end..],
            };
        }

        return text;
    }

    /// <summary>Bytes of any file: some flipped, the end lost, a part doubled, or all of it gone.</summary>
    public static byte[] Bytes(byte[] bytes, Random random)
    {
        bytes = [.. bytes];
        switch (random.Next(5))
        {
            case 0 when bytes.Length > 0:
                return bytes[..random.Next(bytes.Length)];
            case 1 when bytes.Length > 0:
                int at = random.Next(bytes.Length);
                return [.. bytes[..at], .. bytes[random.Next(bytes.Length)..]];
            case 2 when random.Next(10) == 0:
                return [];
            default:
                for (int i = random.Next(1, 6); i > 0 && bytes.Length > 0; i--)
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                return bytes;
        }
    }

    /// <summary>A word as people, scripts and attackers type it.</summary>
    public static string Word(Random random, IReadOnlyList<string> known)
    {
        string word = known.Count > 0
            && random.Next(3) > 0 ? known[random.Next(known.Count)] : s_words[random.Next(s_words.Length)];
        if (random.Next(4) == 0 && word.Length > 0)
        {
            int at = random.Next(word.Length);
            word = random.Next(4) switch
            {
                0 => word.Remove(at, 1),
                1 => word.Insert(at, ((char)random.Next(1, 0x2200)).ToString()),
                2 => word.ToUpperInvariant(),
                _ => word + word[at..],
            };
        }

        return word;
    }

    private static readonly string[] s_words =
    [
        "", " ", "-", "--", "=", "a", "0", "-1", "1e400", "NaN", "7,5", "10%", "2015-2000", "2000-2015", "999999999999",
        "2000=a.tif", "=x", "soc=-1",
        "soc=", "../..", "a.tif#band=0", "a.tif#band=99999999999", "/vsizip/", "/vsicurl/", "NETCDF:", "\u2014out", "\ud800",
        "\u202e", "\t", "\n", "x\0y",
        "degraded_pct_of_land>5", "degraded>>", "{}", "[", "\"", "'", "*", "?", "$HOME", "~", "2G", "1K", "C:\\data",
        new string('x', 9_000),
    ];

    /// <summary>A text as bytes that may be no text.</summary>
    public static byte[] Encoded(string text) => Encoding.UTF8.GetBytes(text);
}

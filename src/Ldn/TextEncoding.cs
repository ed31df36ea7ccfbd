using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Ldn;

/// <summary>
/// How bytes of attribute tables and CSV files become text (interface contract §1): as the file declares, else as UTF-8, else as
/// <c>--text-encoding</c> says, and never with replacement characters. Decoding is strict: bytes that an encoding does not know
/// are an error, not a guess.
/// </summary>
internal static partial class TextEncoding
{
    private const int Latin1 = 28591, Windows1252 = 1252, Utf16 = 1200, LongestShown = 24;

    /// <summary>What users of the field's tables have, with the letters by which a reading looks right.</summary>
    private static readonly (string Name, Func<char, bool> Fits)[] s_usual =
    [
        ("CP1251", c => c is >= '\u0400' and <= '\u04FF' or '№'),
        ("CP949", c => c is >= '\uAC00' and <= '\uD7A3'),
        ("CP932", c => c is >= '\u3040' and <= '\u30FF' or >= '\u4E00' and <= '\u9FFF'),
        ("GBK", c => c is >= '\u4E00' and <= '\u9FFF'),
        ("Big5", c => c is >= '\u4E00' and <= '\u9FFF'),
    ];

    /// <summary>Names that programs of the field use and the runtime does not.</summary>
    private static readonly Dictionary<string, int> s_others = new(StringComparer.OrdinalIgnoreCase)
    {
        ["sjis"] = 932,
        ["shift-jis"] = 932,
        ["shiftjis"] = 932,
        ["uhc"] = 949,
        ["gbk"] = 936,
        ["gb2312"] = 936,
        ["euc-kr"] = 949,
        ["euckr"] = 949,
        ["big-5"] = 950,
        ["big5-hkscs"] = 950,
        ["latin-1"] = Latin1,
        ["utf8"] = 65001,
        ["utf16"] = Utf16,
        ["utf16le"] = Utf16,
        ["utf16be"] = 1201,
        ["utf-16"] = Utf16,
        ["koi8r"] = 20866,
    };

    private static readonly AsyncLocal<string?> s_given = new();

    static TextEncoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>
    /// What a job's <c>textEncoding</c> says of files that declare nothing, for all that is read for the job from here on, as the
    /// current culture is a matter of whoever asks; <see cref="OfProgram"/> where the job says nothing.
    /// </summary>
    /// <exception cref="LdnException">Exit 2: no such encoding.</exception>
    public static string? Given
    {
        get => s_given.Value ?? OfProgram;
        set => s_given.Value = value is null ? null : Checked(value);
    }

    /// <summary>What <c>--text-encoding</c> says, for the whole process; null where nothing is said.</summary>
    public static string? OfProgram { get; set => field = value is null ? null : Checked(value); }

    /// <summary>UTF-8 that refuses what is none.</summary>
    public static Encoding Utf8 { get; } = new UTF8Encoding(false, throwOnInvalidBytes: true);

    /// <summary>The encoding of a name such as CP1251, windows-1251, 1251, GBK, Shift_JIS, UTF-16; null where there is
    /// none.</summary>
    public static Encoding? Find(string name)
    {
        string text = name.Trim();
        try
        {
            int page = CodePage().Match(text) is { Success: true } number ? int.Parse(number.Groups[1].ValueSpan)
                : IsoPart().Match(text) is { Success: true } part ? 28590 + int.Parse(part.Groups[1].ValueSpan)
                : s_others.TryGetValue(text, out int other) ? other : Encoding.GetEncoding(text).CodePage;
            // Files that call themselves Latin-1 hold what Windows writes: the same letters, and dashes and quotes beside them.
            return Encoding.GetEncoding(
                page == Latin1 ? Windows1252 : page, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>The text of bytes, or null where an encoding does not know one of them.</summary>
    public static string? TryDecode(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        try
        {
            return encoding.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>
    /// The text of a whole file: by its byte-order mark, as UTF-8, by a code page (.cpg) beside it, as <see cref="Given"/>.
    /// </summary>
    /// <param name="what">The file, as messages call it.</param>
    /// <param name="path">Its name.</param>
    /// <param name="bytes">What it holds.</param>
    /// <exception cref="LdnException">Exit 3: none of them; letters that were lost before.</exception>
    public static string OfFile(string what, string path, ReadOnlySpan<byte> bytes)
    {
        string text = Marked(bytes) ?? (bytes.Contains((byte)0) ? null : TryDecode(bytes, Utf8))
            ?? (Beside(path) is { } declared ? TryDecode(bytes, declared) : null)
            ?? (Given is { } given && Find(given) is { } encoding ? TryDecode(bytes, encoding) : null)
            ?? throw Undeclared(what, bytes, null);
        return text.Contains('\uFFFD') ? throw Lost(what) : text;
    }

    /// <summary>The error of bytes that no encoding is known for, with what they would read as.</summary>
    /// <param name="what">The file, as messages call it.</param>
    /// <param name="bytes">Some of its bytes that are not ASCII.</param>
    /// <param name="declared">What the file declares in vain, or null.</param>
    public static LdnException Undeclared(string what, ReadOnlySpan<byte> bytes, string? declared)
    {
        bool wide = bytes.Contains((byte)0);
        byte[] sample = Sample(bytes);
        string[] readings = [.. s_usual.Where(_ => !wide).Select(usual =>
            (usual.Name, Text: TryDecode(sample, Find(usual.Name)!), usual.Fits))
            .Where(r => r.Text is not null && r.Text.All(c => c < 128 || r.Fits(c)))
            .Select(r => $"{r.Name}, which reads '{r.Text!.Trim()}'")];
        string cure = wide ? "UTF-16" : readings.Length > 0 ? string.Join(", or ", readings)
            : "CP1251, CP949, CP932, GBK or Big5";
        string cause = Given is { } given ? $"it is neither UTF-8 nor {given}"
            : declared is not null ? $"it declares {declared}, which its text is not"
            : wide ? "its text is not UTF-8 (zero bytes) and no byte-order mark tells what it is"
            : "its text is not UTF-8, and it declares no other encoding";
        return Fault.Encoding.Error($"{what}: {cause}", $"give its encoding with --text-encoding {cure}; or save it as UTF-8");
    }

    /// <summary>The error of letters that somebody's program has replaced already.</summary>
    public static LdnException Lost(string what) => Fault.Encoding.Error(
        $"{what} holds U+FFFD, which stands for letters that were lost when it was converted",
        "get the original, and name its encoding with --text-encoding where it is not UTF-8");

    private static string Checked(string name) => Find(name) is not null ? name
        : throw Fault.Usage.Error(
            $"--text-encoding: '{name}' is no encoding that is known",
            "for example CP1251, CP949, CP932, GBK, Big5, windows-1252 or UTF-16");

    private static string? Marked(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("\uFEFF"u8) ? TryDecode(bytes[3..], Utf8)
        : bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) ? TryDecode(bytes[2..], Find("UTF-16")!)
        : bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? TryDecode(bytes[2..], Find("utf16be")!) : null;

    private static readonly SearchValues<byte> s_endsOfCell = SearchValues.Create(",;\"\t\r\n"u8);

    /// <summary>The code page that a file beside a table names, as it does beside a shapefile.</summary>
    private static Encoding? Beside(string path)
    {
        string side = Path.ChangeExtension(path, ".cpg");
        return File.Exists(side) && FileFacts.Of(side) is { Kind: FileKind.Regular, Bytes: < 100 }
            ? Find(File.ReadAllText(side)) : null;
    }

    /// <summary>The first words that are not ASCII, whole.</summary>
    private static byte[] Sample(ReadOnlySpan<byte> bytes)
    {
        int first = bytes.IndexOfAnyExceptInRange((byte)0, (byte)127), start = Math.Max(first, 0);
        if (first < 0)
            return [];
        ReadOnlySpan<byte> rest = bytes[start..];
        int end = rest.IndexOfAny(s_endsOfCell);
        rest = end < 0 ? rest : rest[..end];
        // Two bytes make a letter in most: an even cut keeps them whole.
        return rest.Length > LongestShown ? rest[..LongestShown].ToArray() : rest.ToArray();
    }

    [GeneratedRegex(@"^(?:cp|ms|ibm|windows|win|ansi|oem|dos|x-cp|codepage)?[-_ ]?(\d{3,5})$", RegexOptions.IgnoreCase)]
    private static partial Regex CodePage();

    [GeneratedRegex(@"^(?:iso)?[-_ ]?8859[-_ ]?(\d{1,2})$", RegexOptions.IgnoreCase)]
    private static partial Regex IsoPart();
}

using System.Runtime.InteropServices;
using System.Text;
using Ldn.Gdal.Interop;

namespace Ldn.Gdal;

/// <summary>
/// Texts of a vector layer as bytes until it is known what they are: one encoding for all of them, since single words of one
/// can be sound in another. What is ASCII needs none.
/// </summary>
internal sealed unsafe class AttributeTexts(string name)
{
    /// <summary>The code of dBASE for the code page of whoever wrote the file, which says nothing about it.</summary>
    private const string NoCodePage = "87";

    private readonly List<(string?[] Row, int Column, byte[] Bytes, bool Full)> _pending = [];

    /// <summary>Puts a text of GDAL's into its row, now or when all are settled.</summary>
    /// <param name="row">Where it goes.</param>
    /// <param name="column">Its place there.</param>
    /// <param name="text">What GDAL gives; nothing is put for a null pointer.</param>
    /// <param name="width">Bytes of the field where it has that many at most, else 0: a text as long may be cut in a
    /// letter.</param>
    public void Put(string?[] row, int column, nint text, int width = 0)
    {
        if (text == 0)
            return;
        ReadOnlySpan<byte> bytes = MemoryMarshal.CreateReadOnlySpanFromNullTerminated((byte*)text);
        if (System.Text.Ascii.IsValid(bytes))
            row[column] = Encoding.ASCII.GetString(bytes);
        else
            _pending.Add((row, column, bytes.ToArray(), width > 0 && bytes.Length >= width));
    }

    /// <summary>
    /// Decodes all texts: as the layer's file declares, else as UTF-8, else as the user says. What was taken for want of a
    /// declaration is remarked.
    /// </summary>
    /// <exception cref="LdnException">Exit 3, naming the file: none of them fits.</exception>
    public void Settle(nint layer, bool isShapefile, List<string> remarks)
    {
        if (_pending.Count == 0)
            return;
        string? Declared(string key) => isShapefile ? GdalApi.Text(GdalApi.GDALGetMetadataItem(layer, key, "SHAPEFILE")) : null;
        bool nothing = Declared("LDID_VALUE") == NoCodePage;
        string? declared = Declared("CPG_VALUE") ?? (nothing ? null : Declared("ENCODING_FROM_LDID"));
        Encoding? known = declared is null ? null
            : TextEncoding.Find(declared) ?? (Declared("ENCODING_FROM_CPG") is { Length: > 0 } other ? TextEncoding.Find(other)
                : null);
        if (TryAll(known ?? TextEncoding.Utf8, remarks))
            return;
        if (nothing && _pending.TrueForAll(p => LooksWestern(p.Bytes)) && TryAll(TextEncoding.Find("windows-1252")!, remarks))
        {
            remarks.Add(Fault.Taken.Say($"{name}: no code page is declared; its texts are taken for windows-1252"));
            return;
        }

        if (TextEncoding.Given is { } given && TryAll(TextEncoding.Find(given)!, remarks))
            return;
        byte[] sample = [.. _pending.MaxBy(p => p.Bytes.Length).Bytes];
        throw TextEncoding.Undeclared($"attributes of {name}", sample, known is null ? null : declared);
    }

    private bool TryAll(Encoding encoding, List<string> remarks)
    {
        string[] texts = new string[_pending.Count];
        int cut = 0;
        for (int i = 0; i < texts.Length; i++)
        {
            byte[] bytes = _pending[i].Bytes;
            string? text = TextEncoding.TryDecode(bytes, encoding);
            for (int less = 1; text is null && _pending[i].Full && less < 4 && less < bytes.Length; less++)
            {
                text = TextEncoding.TryDecode(bytes.AsSpan(..^less), encoding);
                cut += text is null ? 0 : 1;
            }

            if (text is null)
                return false;
            texts[i] = text;
        }

        for (int i = 0; i < texts.Length; i++)
            _pending[i].Row[_pending[i].Column] = texts[i];
        if (cut > 0)
            remarks.Add(Fault.Taken.Say($"{name}: {cut} attribute texts are cut off inside a letter, which is left out"));
        return true;
    }

    /// <summary>Letters of western Europe stand among others, one or two at a time; words of other scripts are made of
    /// them.</summary>
    private static bool LooksWestern(byte[] bytes)
    {
        string text = TextEncoding.Find("windows-1252")!.GetString(bytes);
        int run = 0;
        bool beside = false;
        foreach (char c in text.Append(' '))
        {
            if (c < 128)
            {
                beside |= char.IsLetter(c);
                run = 0;
            }
            else if (!char.IsLetter(c) || ++run > 2)
            {
                return false;
            }
        }

        return beside;
    }
}

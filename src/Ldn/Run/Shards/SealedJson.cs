using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ldn.Run.Shards;

/// <summary>
/// JSON files that prove to be whole: the last member, <c>sha256</c>, is the hash of every byte before it.
/// </summary>
internal static class SealedJson
{
    private const string Seal = "sha256";

    /// <summary>Writes a file of the members that <paramref name="members"/> writes and returns its seal.</summary>
    public static string Write(string path, Action<Utf8JsonWriter> members, bool indented = false)
    {
        (byte[] text, string seal) = Make(members, indented);
        WholeFile.Write(path, stream => stream.Write(text));
        return seal;
    }

    /// <summary>The bytes of such a file and their seal.</summary>
    public static (byte[] Text, string Seal) Make(Action<Utf8JsonWriter> members, bool indented = false)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(
            buffer,
            new JsonWriterOptions { Indented = indented, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        members(json);
        json.Flush();
        string seal = Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan));
        json.WriteString(Seal, seal);
        json.WriteEndObject();
        json.Flush();
        return ([.. buffer.WrittenSpan, (byte)'\n'], seal);
    }

    /// <summary>Reads a file and checks its seal.</summary>
    /// <exception cref="InvalidDataException">It is no such file, or not as it was written.</exception>
    public static (JsonDocument Document, string Seal) Read(string path)
    {
        byte[] text = Bytes(path);
        int name = text.AsSpan().LastIndexOf(Encoding.UTF8.GetBytes($"\"{Seal}\""));
        if (name < 0)
            throw new InvalidDataException("it is cut off or was never complete");
        ReadOnlySpan<byte> body = text.AsSpan(0, name).TrimEnd(" \n"u8);
        try
        {
            var document = JsonDocument.Parse(text);
            string? seal = document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty(Seal, out JsonElement member) ? member.GetString() : null;
            if (body.Length > 0 && body[^1] == (byte)',' && seal == Convert.ToHexStringLower(SHA256.HashData(body[..^1])))
                return (document, seal);
            document.Dispose();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException("it is cut off or damaged", e);
        }

        throw new InvalidDataException("its bytes are not those that were written");
    }

    private static byte[] Bytes(string path)
    {
        try
        {
            return PlainFile.ReadBytes(path, path, Fault.Plan);
        }
        catch (LdnException e) when (e.ExitCode != ExitCode.Temporary)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using Ldn.Cli.Terminal;

namespace Ldn.Cli;

/// <summary>Serialisation without reflection at run time.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class CliJson : JsonSerializerContext
{
    /// <summary>One line on standard output in place of a result: <c>{"error":{"code","exit","message","remedy"}}</c>.</summary>
    public static void WriteError(string code, int exitCode, string message, string? remedy)
    {
        using Stream stdout = Streams.OpenOutput();
        using (var json = new Utf8JsonWriter(stdout))
        {
            json.WriteStartObject();
            json.WriteStartObject("error");
            json.WriteString("code", code);
            json.WriteNumber("exit", exitCode);
            json.WriteString("message", message);
            json.WriteString("remedy", remedy);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        stdout.WriteByte((byte)'\n');
    }
}

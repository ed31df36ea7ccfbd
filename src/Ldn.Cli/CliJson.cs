using System.Text.Json.Serialization;

namespace Ldn.Cli;

/// <summary>Serialisation without reflection at run time.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class CliJson : JsonSerializerContext;

using System.Text.Json;
using System.Text.Json.Serialization;

using Ldn.Subjects.Uncertainty;

namespace Ldn.Subjects;

/// <summary>Shapes of the job's sections, without reflection at run time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(bool?))]
[JsonSerializable(typeof(int?))]
[JsonSerializable(typeof(double?))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(JsonElement?))]
[JsonSerializable(typeof(List<string>))]
[JsonSerializable(typeof(List<int>))]
[JsonSerializable(typeof(List<JsonElement>))]
[JsonSerializable(typeof(List<DriverConfig>))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(Dictionary<string, PopulationConfig>))]
[JsonSerializable(typeof(DroughtConfig))]
[JsonSerializable(typeof(Dictionary<string, ProductConfig>))]
[JsonSerializable(typeof(SoilErrorConfig))]
[JsonSerializable(typeof(VulnerabilityConfig))]
[JsonSerializable(typeof(HotspotsConfig))]
[JsonSerializable(typeof(LayerConfig))]
[JsonSerializable(typeof(ActivitiesConfig))]
[JsonSerializable(typeof(CorrectionsConfig))]
internal sealed partial class SubjectJson : JsonSerializerContext;

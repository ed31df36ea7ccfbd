using System.Text;
using Ldn.Csv;
using Ldn.Jobs;
using Ldn.Reports;
using Ldn.Subjects;

namespace Ldn.Run;

/// <summary>
/// The published JSON Schemas: of job files and summaries from the types that read and write them, of the others from files.
/// </summary>
internal static class Schemas
{
    public static IReadOnlyList<string> Names { get; } = [
        "job", "summary", "provenance", "legend", "plan", "part", "validate", "explain", "compare", "progress"];

    /// <exception cref="LdnException">Exit 2: no such schema.</exception>
    public static string Get(string name) => name switch
    {
        "job" => JobSchema.Text(SummaryJson.SchemaName, AllSubjects.InOrder),
        "summary" => Encoding.UTF8.GetString(SummaryJson.Schema(AllSubjects.Kinds())),
        "provenance" or "legend" or "plan" or "part" or "validate" or "explain" or "compare"
            or "progress" => Resource(name),
        _ => throw LdnException.Usage(
            $"no schema '{name}'{NearestName.Hint(name, Names)}", $"there are {string.Join(", ", Names)}"),
    };

    private static string Resource(string name)
    {
        using Stream stream = typeof(Schemas).Assembly.GetManifestResourceStream($"Schemas/{name}.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

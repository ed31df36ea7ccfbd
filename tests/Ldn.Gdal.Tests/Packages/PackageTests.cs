using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Ldn.Run;
using Ldn.Tests;

namespace Ldn.Gdal.Tests.Packages;

/// <summary>What the packages promise: examples that run, a public API that is listed, one version everywhere.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed partial class PackageTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [TestCase("src/Ldn/README.md")]
    [TestCase("src/Ldn.Gdal/README.md")]
    public void TheExampleOnThePageIsTheOneThatRuns(string page)
    {
        string example = Block().Match(File.ReadAllText(Path.Combine(TestData.Root, page))).Groups[1].Value;
        string code = File.ReadAllText(
            Path.Combine(TestData.Root, "tests", "Ldn.Gdal.Tests", "Packages", $"{nameof(PackageExamples)}.cs"));
        string[] lines = [.. example.TrimEnd().Split('\n').Select(line => line.Length == 0 ? line : $"        {line}")];
        Assert.That(lines, Has.Length.GreaterThan(5));
        Assert.That(code, Does.Contain(string.Join('\n', lines)));
    }

    /// <summary>The tests may see what no user of the packages sees; the examples must not.</summary>
    [Test]
    public void TheExamplesNeedNothingInternal()
    {
        string code = File.ReadAllText(
            Path.Combine(TestData.Root, "tests", "Ldn.Gdal.Tests", "Packages", $"{nameof(PackageExamples)}.cs"));
        Type[] types = [.. typeof(LdnException).Assembly.GetTypes(), .. typeof(GdalGeodata).Assembly.GetTypes()];
        ILookup<string, Type> byName = types.Where(t => !t.IsNested).ToLookup(t => t.Name.Split('`')[0]);
        string[] used = [.. Word().Matches(code).Select(m => m.Value).Distinct().Where(byName.Contains)];
        Assert.That(used, Does.Contain("ComputeRun").And.Contain("IndicatorKernel").And.Contain("GdalGeodata"));
        Assert.That(used.Where(name => !byName[name].Any(t => t.IsPublic)), Is.Empty);
        string[] hidden = [
            .. from match in MemberOf().Matches(code)
               let owner = byName[match.Groups[1].Value].FirstOrDefault(t => t.IsPublic)
               where owner is not null && owner.GetMember(match.Groups[2].Value).Length == 0
               select match.Value];
        Assert.That(hidden, Is.Empty);
    }

    /// <summary>One cell degraded by each sub-indicator, one stable, one improved, one without a stock.</summary>
    [Test]
    public void AnIndicatorFromArrays() => Assert.That(
        PackageExamples.FromArrays(
            [1, 2, 2, 2, 2, 2], [4, 2, 4, 3, 5, 4], [50, 50, 50, 50, 50, float.NaN], [50, 50, 44.9f, 45, 50, 50]),
        Is.EqualTo(new byte[] { 1, 1, 1, 2, 3, 0 }));

    [Test]
    public void AWholeJobFromAProgram()
    {
        string sample = Path.Combine(TestData.Root, "sample-data", "north-east-asia");
        string[] degraded = [
            .. PackageExamples.WholeJob(Path.Combine(sample, "job.json"), Path.Combine(_scratch.Folder, "result"))];
        string[] lines = File.ReadAllLines(Path.Combine(sample, "expected", "headline.csv"));
        string[] header = lines[0].Split(',');
        int share = Array.IndexOf(header, "degraded_pct_of_land"), period = Array.IndexOf(header, "period");
        Assert.That(degraded, Is.EqualTo(
            lines[1..].Select(CellsOfLine).Select(cells => $"{cells[0]} {cells[period]} {double.Parse(cells[share]):F1}")));
    }

    /// <summary>A job that no file holds: its paths start from the folder given, and a mistake in it is told.</summary>
    [Test]
    public void AJobFromText()
    {
        string sample = Path.Combine(TestData.Root, "sample-data", "north-east-asia");
        var how = new ComputeOptions(
            Path.Combine(_scratch.Folder, "text"), Overwrite: false, Threads: 1, MemoryBytes: 1L << 30,
            new Dictionary<string, string>());
        string job = File.ReadAllText(Path.Combine(sample, "job.json"));
        ComputeResult result = ComputeRun.ExecuteText(job, sample, how, new GdalGeodata());
        Assert.That(
            File.ReadAllBytes(Path.Combine(result.Folder, "headline.csv")),
            Is.EqualTo(File.ReadAllBytes(Path.Combine(sample, "expected", "headline.csv"))));
        LdnException error = Assert.Throws<LdnException>(
            () => ComputeRun.ExecuteText("""{ "nam": "x" }""", sample, how, new GdalGeodata()))!;
        Assert.That((error.ExitCode, error.Fault.Code), Is.EqualTo((ExitCode.Usage, "LDN201")));
        Assert.That(error.Message, Does.Contain("nam").And.Contain("in memory"));
    }

    /// <summary>
    /// The public API, a line each, so that a change of it is seen in review. With LDN_WRITE_DOCS=1 the lists are written anew.
    /// </summary>
    [TestCase(typeof(LdnException), "Ldn")]
    [TestCase(typeof(GdalGeodata), "Ldn.Gdal")]
    public void ThePublicApiIsTheOneListed(Type inside, string name)
    {
        string page = Path.Combine(TestData.Root, "docs", "api", $"{name}.txt");
        string[] api = [.. inside.Assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal).SelectMany(Lines)];
        if (Environment.GetEnvironmentVariable("LDN_WRITE_DOCS") == "1")
            File.WriteAllText(page, string.Join('\n', api) + "\n");
        else
            Assert.That(
                File.ReadAllLines(page), Is.EqualTo(api), "write it anew: LDN_WRITE_DOCS=1, Name=ThePublicApiIsTheOneListed");
    }

    /// <summary>
    /// Every public figure (a number with decimals, an area, a ratio) says what it is: in its own comment, in a
    /// <c>param</c> of its record, or, for a key of the job, in the sentence of the schema.
    /// </summary>
    [TestCase(typeof(LdnException))]
    [TestCase(typeof(GdalGeodata))]
    public void PublicFiguresSayWhatTheyAre(Type inside)
    {
        XElement[] members = [
            .. XDocument.Load(Path.ChangeExtension(inside.Assembly.Location, ".xml")).Descendants("member")];
        HashSet<string> told = [.. members.Select(m => ((string)m.Attribute("name")!).Split('(')[0][2..])];
        Dictionary<string, string[]> parameters = members.Where(m => ((string)m.Attribute("name")!).StartsWith("T:"))
            .ToDictionary(
                m => ((string)m.Attribute("name")!)[2..],
                m => m.Elements("param").Select(p => (string)p.Attribute("name")!).ToArray());
        string[] silent = [
            .. from type in inside.Assembly.GetExportedTypes()
               let name = type.FullName!.Replace('+', '.')
               from member in type.GetMembers(
                   BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
               where IsFigure(member) && !member.IsDefined(typeof(CompilerGeneratedAttribute))
                   && !member.IsDefined(typeof(Ldn.Jobs.JobKeyAttribute))
               where !told.Contains($"{name}.{member.Name}")
                   && !parameters.GetValueOrDefault(name, []).Contains(member.Name)
               select $"{name}.{member.Name}"];
        Assert.That(silent, Is.Empty);
    }

    private static bool IsFigure(MemberInfo member)
    {
        Type? type = member switch
        {
            PropertyInfo property => property.PropertyType,
            FieldInfo { IsSpecialName: false } field => field.FieldType,
            MethodInfo { IsSpecialName: false } method => method.ReturnType,
            _ => null,
        };
        type = type is null ? null : Nullable.GetUnderlyingType(type) ?? type.GetElementType() ?? type;
        return type == typeof(double) || type == typeof(float) || type == typeof(decimal)
            || type == typeof(Ldn.Counting.Area) || type == typeof(Ldn.Counting.Ratio);
    }

    /// <summary>The version of the build is that of the pages beside it.</summary>
    [TestCase("CITATION.cff", @"^version: (\S+)$")]
    [TestCase("src/packaging/conda/meta.yaml", @"set version = ""(\S+)""")]
    public void OneVersionEverywhere(string file, string pattern)
    {
        XDocument build = XDocument.Load(Path.Combine(TestData.Root, "Directory.Build.props"));
        string version = build.Descendants("Version").Single().Value;
        Assert.That(
            Regex.Match(File.ReadAllText(Path.Combine(TestData.Root, file)), pattern, RegexOptions.Multiline).Groups[1].Value,
            Is.EqualTo(version));
    }

    private static IEnumerable<string> Lines(Type type)
    {
        const BindingFlags Declared =
            BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        string kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : "class";
        yield return $"{kind} {Name(type)}";
        IEnumerable<string> members = type.IsEnum
            ? Enum.GetNames(type)
            : type.GetMembers(Declared)
                .Where(m => m is not (Type or MethodInfo { IsSpecialName: true }))
                .Where(m => !m.IsDefined(typeof(CompilerGeneratedAttribute)))
                .Select(Member);
        foreach (string member in members.Order(StringComparer.Ordinal))
            yield return $"  {member}";
    }

    private static string Member(MemberInfo member) => member switch
    {
        MethodBase method => $"{(method is MethodInfo m ? $"{Name(m.ReturnType)} {m.Name}" : "new")}"
            + $"({string.Join(", ", method.GetParameters().Select(p => $"{Name(p.ParameterType)} {p.Name}"))})",
        PropertyInfo property => $"{Name(property.PropertyType)} {property.Name} {{{(property.CanRead ? " get;" : "")}"
            + $"{(property.SetMethod is { IsPublic: true } ? " set;" : "")} }}",
        FieldInfo field => $"{Name(field.FieldType)} {field.Name}",
        _ => member.ToString()!,
    };

    private static string Name(Type type) => type.IsGenericParameter ? type.Name
        : type.IsArray ? $"{Name(type.GetElementType()!)}[]"
        : type.IsByRef ? $"ref {Name(type.GetElementType()!)}"
        : type.IsGenericType
            ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
            : type.Namespace?.StartsWith("Ldn", StringComparison.Ordinal) == true ? type.FullName!.Replace('+', '.') : type.Name;

    private static string[] CellsOfLine(string line) =>
        [.. CsvCell().Matches(line).Select(m => m.Groups[1].Value.Trim('"'))];

    [GeneratedRegex(@"(?<![.\w])[A-Z]\w+")]
    private static partial Regex Word();

    [GeneratedRegex(@"(?<![.\w])([A-Z]\w+)\.([A-Z]\w+)")]
    private static partial Regex MemberOf();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("(?:^|,)(\"[^\"]*\"|[^,]*)")]
    private static partial Regex CsvCell();
}

using System.Reflection;
using System.Text.RegularExpressions;

namespace Ldn.Tests;

/// <summary>
/// The direction of dependence (design: the house), read from the sources: namespaces named by a folder's files.
/// </summary>
internal sealed partial class ArchitectureTests
{
    private static readonly string Source = Path.Combine(TestData.Root, "src", "Ldn");

    /// <summary>
    /// The rooms from the ground up: each may know those before it. A room that is not here is new and needs a decision.
    /// </summary>
    private static readonly string[] Order =
    [
        "Csv", "Lanes", "Rasters", "Indicator", "LandCover", "SoilCarbon", "Productivity",
        "Drought", "Zones", "Counting", "Jobs", "Pass", "Questions", "Discovery",
        "Tables", "Reports", "Accuracy", "Subjects", "Samples", "Run", "Compare",
    ];

    private static IEnumerable<string> Folders =>
        Directory.EnumerateDirectories(Source).Where(d => Directory.EnumerateFiles(d, "*.cs", SearchOption.AllDirectories).Any())
            .Select(d => Path.GetFileName(d)!)
        .Where(d => d is not ("obj" or "bin")).Order();

    [TestCaseSource(nameof(Folders))]
    public void ARoomKnowsOnlyWhatLiesBelowIt(string room)
    {
        int at = Array.IndexOf(Order, room);
        Assert.That(at, Is.Not.Negative, $"give {room} its place in the order");
        foreach (string file in Files(room))
        {
            string[] beyond = [.. Known(file).Where(other => Array.IndexOf(Order, other) > at)];
            Assert.That(beyond, Is.Empty, $"{Path.GetFileName(file)} in {room}");
        }
    }

    /// <summary>
    /// The picture in docs/architecture.md is what the sources say. With LDN_WRITE_DOCS=1 it is drawn anew instead.
    /// </summary>
    [Test]
    public void ThePublishedArrowsAreThoseOfTheSources()
    {
        const string Begin = "<!-- arrows: drawn by ArchitectureTests -->\n", End = "<!-- arrows end -->";
        string page = Path.Combine(TestData.Root, "docs", "architecture.md"), text = File.ReadAllText(page);
        IEnumerable<string> rows = Order.Reverse().Where(Folders.Contains).Select(room =>
        {
            HashSet<string> known = [.. Files(room).SelectMany(Known)];
            return $"| {room} | {Files(room).Count()} | "
                + $"{string.Join(", ", Order.Where(other => other != room && known.Contains(other)))} |\n";
        });
        string drawn = $"| room | files | knows |\n|---|---|---|\n{string.Concat(rows)}";
        int from = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, to = text.IndexOf(End, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("LDN_WRITE_DOCS") == "1")
            File.WriteAllText(page, text[..from] + drawn + text[to..]);
        else
            Assert.That(text[from..to], Is.EqualTo(drawn), "draw it anew: LDN_WRITE_DOCS=1 dotnet test "
                + "artifacts/bin/Ldn.Tests/release/Ldn.Tests.dll --filter Name=ThePublishedArrowsAreThoseOfTheSources");
    }

    [Test]
    public void TheLibraryKnowsNeitherGdalNorTheCommandLine()
    {
        string[] references = [.. typeof(LdnException).Assembly.GetReferencedAssemblies().Select(a => a.Name!)];
        Assert.That(references, Is.Not.Empty);
        Assert.That(references.Where(r => r.Contains("Gdal", StringComparison.OrdinalIgnoreCase)
            || r is "System.CommandLine" or "System.Console" or "System.Net.Http"), Is.Empty);
        // What a file is, and whether it is still the same one, only the system itself tells.
        foreach (string file in AllFiles().Where(f => Path.GetFileName(f) != "FileFacts.cs"))
            Assert.That(CodeOf(file), Does.Not.Match(@"\b(DllImport|LibraryImport)\b"), file);
    }

    /// <summary>Who ships the program must name what of others it contains.</summary>
    [Test]
    public void EveryPackageOfTheProgramIsInTheNotices()
    {
        string notices = File.ReadAllText(Path.Combine(TestData.Root, "THIRD-PARTY-NOTICES.md"));
        string[] packages =
        [
            .. Directory.EnumerateFiles(Path.Combine(TestData.Root, "src"), "*.csproj", SearchOption.AllDirectories)
                .SelectMany(project => PackageReference().Matches(File.ReadAllText(project)))
                    .Select(match => match.Groups[1].Value).Distinct(),
        ];
        Assert.That(packages, Is.Not.Empty);
        Assert.That(packages.Where(package => !Regex.IsMatch(notices, $@"(?<![\w.]){Regex.Escape(package)}(?![\w.])")), Is.Empty);
    }

    /// <summary>No clock, no environment, no console: same inputs, same bytes. Provenance alone records the run.</summary>
    [Test]
    public void OnlyProvenanceKnowsClockAndEnvironment()
    {
        var forbidden = new Regex(@"\b(DateTime(Offset)?\.(Now|UtcNow|Today)|TimeProvider\.System|Environment\.(GetEnvironmentVariable|MachineName|UserName|TickCount|CurrentDirectory)"
            + @"|Console\.|new Random\(\)|Random\.Shared|Guid\.NewGuid)");
        string[] found = [
            .. AllFiles().Where(f => forbidden.IsMatch(CodeOf(f)))
                .Select(f => Path.GetRelativePath(Source, f).Replace('\\', '/'))];
        Assert.That(found, Is.EqualTo(new[] { "Run/Provenance.cs" }));
    }

    /// <summary>Code is read beside other code: 130 characters a line. Only a text that is one piece may be longer.</summary>
    [Test]
    public void LinesFitBesideEachOther()
    {
        const int Longest = 130;
        var found = new List<string>();
        foreach (string folder in new[] { "src", "tests", "benchmarks" })
        {
            foreach (string file in Directory.EnumerateFiles(Path.Combine(TestData.Root, folder), "*.cs", SearchOption.AllDirectories)
                .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}")))
            {
                bool raw = false;
                foreach ((int number, string line) in File.ReadLines(file).Index())
                {
                    int fences = line.Split("\"\"\"").Length - 1;
                    bool within = raw || fences > 0;
                    raw ^= fences % 2 == 1;
                    if (!within && line.Length > Longest && Literal().Replace(line, "").Length > Longest)
                        found.Add($"{Path.GetRelativePath(TestData.Root, file)}:{number + 1}");
                }
            }
        }

        Assert.That(found, Is.Empty);
    }

    [Test]
    public void NamespacesFollowFolders()
    {
        foreach (string file in AllFiles())
        {
            string? folder = Path.GetDirectoryName(Path.GetRelativePath(Source, file));
            string expected = string.IsNullOrEmpty(folder)
                ? "namespace Ldn;"
                : $"namespace Ldn.{folder.Replace(Path.DirectorySeparatorChar, '.')};";
            Assert.That(File.ReadAllLines(file), Does.Contain(expected), file);
        }
    }

    /// <summary>Public signatures of the lower folders name no type of a higher one, whatever the using lines say.</summary>
    [Test]
    public void SignaturesKeepTheDirection()
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
            | BindingFlags.DeclaredOnly;
        foreach (Type type in typeof(LdnException).Assembly.GetTypes().Where(t => Order.Contains(FolderOf(t))))
        {
            IEnumerable<Type> used = type.GetFields(All).Select(f => f.FieldType)
                .Concat(type.GetMethods(All).SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType)))
                .Concat(type.GetConstructors(All).SelectMany(c => c.GetParameters().Select(p => p.ParameterType)))
                .SelectMany(Parts);
            string own = FolderOf(type);
            Assert.That(
                used.Where(u => u.Assembly == type.Assembly).Select(FolderOf)
                    .Where(f => Array.IndexOf(Order, f) > Array.IndexOf(Order, own)),
                Is.Empty, type.FullName);
        }
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Source, folder), "*.cs", SearchOption.AllDirectories);

    private static IEnumerable<string> AllFiles() => Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories)
        .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"));

    /// <summary>Folders that a file names: in using lines and in qualified names.</summary>
    private static IEnumerable<string> Known(string file)
    {
        string code = CodeOf(file);
        HashSet<string> folders = [.. Folders];
        return UsingLine().Matches(code).Select(m => m.Groups[1].Value)
            .Concat(QualifiedName().Matches(code).Select(m => m.Groups[1].Value)).Where(folders.Contains).Distinct();
    }

    /// <summary>Without comments, which may name anything.</summary>
    private static string CodeOf(string file) => Comment().Replace(File.ReadAllText(file), "");

    private static string FolderOf(Type type) =>
        type.Namespace?.StartsWith("Ldn.", StringComparison.Ordinal) == true ? type.Namespace.Split('.')[1] : "";

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!) : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts)
            .Append(type) : [type];

    [GeneratedRegex("\"(?:\\\\.|\"\"|[^\"\\\\])*\"")]
    private static partial Regex Literal();

    [GeneratedRegex(@"^\s*using (?:static )?Ldn\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex UsingLine();

    /// <summary>From inside namespace Ldn.X, Y.Type means Ldn.Y.Type.</summary>
    [GeneratedRegex(@"(?:\bLdn\.|(?<![\w.""]))([A-Z]\w+)\.[A-Z]\w*")]
    private static partial Regex QualifiedName();

    [GeneratedRegex(@"<PackageReference Include=""([^""]+)""")]
    private static partial Regex PackageReference();

    [GeneratedRegex(@"//[^\n]*")]
    private static partial Regex Comment();
}

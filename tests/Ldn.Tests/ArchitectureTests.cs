using System.Reflection;
using System.Text.RegularExpressions;

namespace Ldn.Tests;

/// <summary>The direction of dependence (design: the house), read from the sources: namespaces named by a folder's files.</summary>
public partial class ArchitectureTests
{
    private static readonly string Source = Path.Combine(TestData.Root, "src", "Ldn");

    /// <summary>What each folder may know beside itself; a folder that is not here is new and needs a decision.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Conditions"] = [],
        ["Tables"] = [],
        ["Kernels"] = ["Conditions"],
        ["Grids"] = [],
        ["Tallies"] = [],
        ["Climate"] = [],
        ["LandCover"] = ["Conditions", "Tables"],
        ["SoilCarbon"] = ["Conditions", "Kernels", "Grids", "LandCover", "Tables"],
        ["Productivity"] = ["Conditions", "Kernels", "Grids", "Tables"],
        ["Zones"] = ["Grids", "Tables"],
        ["Neutrality"] = ["Conditions", "Tables"],
        ["Jobs"] = ["Climate", "Conditions", "Grids", "LandCover", "Neutrality", "Productivity", "SoilCarbon", "Tables", "Zones"],
        ["Passes"] = ["Climate", "Conditions", "Grids", "Jobs", "Kernels", "LandCover", "Neutrality", "Productivity", "SoilCarbon", "Tallies", "Zones"],
        ["Summaries"] = ["Climate", "Conditions", "Grids", "Jobs", "Kernels", "LandCover", "Neutrality", "Passes", "Productivity", "SoilCarbon", "Tallies", "Zones"],
        ["Reports"] = ["Conditions", "Grids", "Jobs", "LandCover", "Neutrality", "Passes", "Productivity", "Summaries", "Tables", "Zones"],
        ["Samples"] = ["Conditions", "Grids", "Jobs", "LandCover", "Tables", "Zones"],
    };

    private static IEnumerable<string> Folders => Directory.EnumerateDirectories(Source).Select(d => Path.GetFileName(d)!).Where(d => d is not ("obj" or "bin")).Order();

    [TestCaseSource(nameof(Folders))]
    public void AFolderKnowsOnlyWhatLiesBelowIt(string folder)
    {
        // Compute ties everything together.
        if (folder == "Compute")
            return;
        Assert.That(Allowed, Contains.Key(folder));
        foreach (string file in Files(folder))
        {
            string[] beyond = [.. Known(file).Where(f => f != folder && !Allowed[folder].Contains(f))];
            Assert.That(beyond, Is.Empty, $"{Path.GetFileName(file)} in {folder}");
        }
    }

    /// <summary>The table above has no circle: each folder can be reached from itself by no path.</summary>
    [Test]
    public void TheAllowedDirectionsHaveNoCircle()
    {
        var done = new HashSet<string>();
        while (Allowed.Keys.Except(done).FirstOrDefault(f => Allowed[f].All(done.Contains)) is { } next)
            done.Add(next);
        Assert.That(done, Is.EquivalentTo(Allowed.Keys));
    }

    [Test]
    public void NobodyBelowKnowsTheRun()
    {
        foreach (string folder in Folders.Where(f => f != "Compute"))
            foreach (string file in Files(folder))
                Assert.That(Known(file), Does.Not.Contain("Compute"), Path.GetFileName(file));
    }

    [Test]
    public void TheLibraryKnowsNeitherGdalNorTheCommandLine()
    {
        string[] references = [.. typeof(LdnException).Assembly.GetReferencedAssemblies().Select(a => a.Name!)];
        Assert.That(references, Is.Not.Empty);
        Assert.That(references.Where(r => r.Contains("Gdal", StringComparison.OrdinalIgnoreCase)
            || r is "System.CommandLine" or "System.Console" or "System.Net.Http"), Is.Empty);
        foreach (string file in AllFiles())
            Assert.That(CodeOf(file), Does.Not.Match(@"\b(DllImport|LibraryImport)\b"), file);
    }

    /// <summary>No clock, no environment, no console: same inputs, same bytes. Provenance alone records the run.</summary>
    [Test]
    public void OnlyProvenanceKnowsClockAndEnvironment()
    {
        var forbidden = new Regex(@"\b(DateTime(Offset)?\.(Now|UtcNow|Today)|TimeProvider\.System|Environment\.(GetEnvironmentVariable|MachineName|UserName|TickCount|CurrentDirectory)"
            + @"|Console\.|new Random\(\)|Random\.Shared|Guid\.NewGuid)");
        string[] found = [.. AllFiles().Where(f => forbidden.IsMatch(CodeOf(f))).Select(f => Path.GetRelativePath(Source, f).Replace('\\', '/'))];
        Assert.That(found, Is.EqualTo(new[] { "Compute/Provenance.cs" }));
    }

    [Test]
    public void NamespacesFollowFolders()
    {
        foreach (string file in AllFiles())
        {
            string? folder = Path.GetDirectoryName(Path.GetRelativePath(Source, file));
            string expected = string.IsNullOrEmpty(folder) ? "namespace Ldn;" : $"namespace Ldn.{folder.Replace(Path.DirectorySeparatorChar, '.')};";
            Assert.That(File.ReadAllLines(file), Does.Contain(expected), file);
        }
    }

    /// <summary>Public signatures of the lower folders name no type of a higher one, whatever the using lines say.</summary>
    [Test]
    public void SignaturesKeepTheDirection()
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (Type type in typeof(LdnException).Assembly.GetTypes().Where(t => Allowed.ContainsKey(FolderOf(t))))
        {
            IEnumerable<Type> used = type.GetFields(All).Select(f => f.FieldType)
                .Concat(type.GetMethods(All).SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType)))
                .Concat(type.GetConstructors(All).SelectMany(c => c.GetParameters().Select(p => p.ParameterType)))
                .SelectMany(Parts);
            string own = FolderOf(type);
            Assert.That(
                used.Where(u => u.Assembly == type.Assembly).Select(FolderOf).Where(f => f.Length > 0 && f != own && !Allowed[own].Contains(f)),
                Is.Empty, type.FullName);
        }
    }

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(Path.Combine(Source, folder), "*.cs", SearchOption.AllDirectories);

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

    private static string FolderOf(Type type) => type.Namespace?.StartsWith("Ldn.", StringComparison.Ordinal) == true ? type.Namespace.Split('.')[1] : "";

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!) : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type) : [type];

    [GeneratedRegex(@"^\s*using (?:static )?Ldn\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex UsingLine();

    /// <summary>From inside namespace Ldn.X, Y.Type means Ldn.Y.Type.</summary>
    [GeneratedRegex(@"(?:\bLdn\.|(?<![\w.""]))([A-Z]\w+)\.[A-Z]\w*")]
    private static partial Regex QualifiedName();

    [GeneratedRegex(@"//[^\n]*")]
    private static partial Regex Comment();
}

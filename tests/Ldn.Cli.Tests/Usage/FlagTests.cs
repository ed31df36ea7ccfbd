using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ldn.Cli.Help;
using Ldn.Jobs;
using Ldn.Jobs.Flags;
using Ldn.Subjects;

namespace Ldn.Cli.Tests.Usage;

/// <summary>Every flag of every command: told (help, manual page, completion), tried and of some effect.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed partial class FlagTests
{
    /// <summary>A job with a part of everything, for flags to change.</summary>
    private const string Whole = """
        {
          "name": "whole",
          "periods": { "baseline": { "landCover": [2000, 2010], "productivity": [2000, 2010], "soilCarbon": [2000, 2010] } },
          "landCover": { "legend": "unccd-7", "years": { "2000": "a.tif", "2010": "b.tif" } },
          "productivity": { "kind": "series", "years": { "2000": "n0.tif", "2001": "n1.tif" } },
          "soilCarbon": { "kind": "reference", "reference": "s.tif", "factor": 0.5 },
          "zones": [ { "file": "z.geojson", "id": "code" } ]
        }
        """;

    private static IEnumerable<TestCaseData> AllFlags =>
        from verb in AllVerbs.InOrder
        from flag in verb.AllFlags
        select new TestCaseData(verb, flag).SetArgDisplayNames(verb.Name, flag.Name);

    private static IEnumerable<TestCaseData> Verbs =>
        AllVerbs.InOrder.Select(v => new TestCaseData(v).SetArgDisplayNames(v.Name));

    [TestCaseSource(nameof(AllFlags))]
    public void AFlagIsToldAndItsExampleIsTaken(object verb, object flag)
    {
        var (v, f) = ((Verb)verb, (Flag)flag);
        using IDisposable all = Assert.EnterMultipleScope();
        Assert.That(f.Name, Does.Match("^--[a-z][a-z0-9-]+$"));
        Assert.That(f.Doc, Is.Not.Empty.And.Not.EndsWith("."));
        Assert.That(f.Example.Length == 0, Is.EqualTo(f is SwitchFlag), "a switch has no example, everything else has one");
        Assert.That(Parse(v, f).Has(f));
        if (!v.Idle.Contains(f))
        {
            Assert.That(HelpText.Of(v, whole: false, 100), Does.Contain(HelpText.Head(f)));
            Assert.That(HelpText.Of(v, whole: true, 100), Does.Contain(HelpText.Head(f)).And.Contains(f.Variable));
            Assert.That(ManPage.Of(v, AllVerbs.InOrder), Does.Contain(f.Variable));
            Assert.That(Completion.Of(AllVerbs.InOrder, [v.Name, f.Name]).Select(c => c.Text), Does.Contain(f.Name));
        }
    }

    [TestCaseSource(nameof(AllFlags))]
    public void AFlagHasAnEffect(object verb, object flag)
    {
        var (v, f) = ((Verb)verb, (Flag)flag);
        if (v.Idle.Contains(f))
            return;
        if (f.IsOfJob)
        {
            JobConfig before = JobReader.Parse(System.Text.Encoding.UTF8.GetBytes(Whole), "whole", AllSubjects.InOrder),
            after = f.LayOver(before, Parse(v, f));
            Assert.That(At(after, f.Field!), Is.Not.EqualTo(At(before, f.Field!)), $"{f.Field} is as it was");
            return;
        }

        // Elsewhere: some file of the program asks for its value.
        (string owner, string member) = Owner(f);
        string asked = $@"\b(?:Of|Is|Has|For)\((?:{owner}\.)?{member}\)";
        Assert.That(
            Sources().Any(text => Regex.IsMatch(text, asked)),
            $"nobody asks for {owner}.{member}: it is Of(…), Is(…) or Has(…) nowhere");
    }

    [Test]
    public void NoFlagIsForgotten()
    {
        HashSet<Flag> taken = [.. AllVerbs.InOrder.SelectMany(v => v.AllFlags)];
        Assert.That(
            Defined().Where(d => !taken.Contains(d.Flag)).Select(d => $"{d.Type}.{d.Member}"), Is.Empty,
            "no verb takes it: list it in the All of its file, or in the Flags of a verb");
    }

    [TestCaseSource(nameof(Verbs))]
    public void NamesAreUnique(object verb)
    {
        Flag[] flags = [.. ((Verb)verb).AllFlags];
        Assert.That(flags.Select(f => f.Name), Is.Unique);
        Assert.That(flags.Select(f => f.Short).Where(s => s is not null), Is.Unique);
        Assert.That(flags.Select(f => f.Variable), Is.Unique);
    }

    [TestCaseSource(nameof(Verbs))]
    public void ExamplesOfACommandAreTaken(object verb)
    {
        var v = (Verb)verb;
        Assert.That(v.Examples, Is.Not.Empty);
        foreach (Example example in v.Examples)
        {
            string[] words = [.. Word().Matches(example.Line).Select(m => m.Value.Trim('\''))];
            Assert.That(Call.Parse(AllVerbs.InOrder, words, _ => null).Verb, Is.SameAs(v), example.Line);
            Assert.That(HelpText.Of(v, whole: true, 1000), Does.Contain(example.Line.Split(' ')[0]));
        }
    }

    [TestCaseSource(nameof(Verbs))]
    public void HelpFitsTheWidth(object verb)
    {
        foreach (int width in new[] { 40, 80, 100 })
        {
            foreach (bool whole in new[] { false, true })
            {
                foreach (string line in HelpText.Of((Verb)verb, whole, width).Split('\n'))
                    Assert.That(
                        line.Length <= width || !line.Trim().Contains(' ') || line.StartsWith("  -", StringComparison.Ordinal),
                        $"{width}: {line}");
            }
        }
    }

    /// <summary>A variable stands for its flag.</summary>
    [TestCaseSource(nameof(AllFlags))]
    public void AVariableStandsForItsFlag(object verb, object flag)
    {
        var (v, f) = ((Verb)verb, (Flag)flag);
        string value = f is SwitchFlag ? "true" : f.Example;
        Call call = Call.Parse(AllVerbs.InOrder, [v.Name, .. Operands(v)], name => name == f.Variable ? value : null);
        Assert.That(call.Has(f));
        Assert.That(call.Blame($"{f.Name} is wrong"), Does.Contain($"{f.Variable}={value}"));
    }

    private static Call Parse(Verb verb, Flag flag) =>
        Call.Parse(
            AllVerbs.InOrder,
            [verb.Name, .. Operands(verb), flag.Name, .. flag is SwitchFlag ? Array.Empty<string>() : [flag.Example]], _ => null);

    private static IEnumerable<string> Operands(Verb verb) =>
        verb.Operands.Where(o => o.Least > 0).Select(o => o.Values.Count > 0 ? o.Values[0] : "given");

    /// <summary>What stands under a key of the job file, as JSON.</summary>
    private static string? At(JobConfig job, string field)
    {
        JsonNode? node = JsonSerializer.SerializeToNode(job, JobJson.Default.JobConfig);
        foreach (string key in field.Split('.'))
            node = key.EndsWith("[]", StringComparison.Ordinal) ? node?[key[..^2]]?[0] : node?[key];
        return node?.ToJsonString();
    }

    private static (string Type, string Member) Owner(Flag flag) =>
        Defined().FirstOrDefault(d => ReferenceEquals(d.Flag, flag)) is { Flag: not null } found
            ? (found.Type, found.Member)
            : throw new InvalidOperationException($"{flag.Name} is no member of a type: give it a static property");

    /// <summary>Every flag that is a static member of a type, of the program and of the library.</summary>
    private static IEnumerable<(string Type, string Member, Flag Flag)> Defined()
    {
        const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        foreach (Type type in new[] { typeof(Verb).Assembly, typeof(Flag).Assembly }
            .SelectMany(a => a.GetTypes()).Where(t => !t.ContainsGenericParameters))
        {
            foreach (PropertyInfo property in type.GetProperties(Static).Where(p => p.PropertyType.IsAssignableTo(typeof(Flag))))
                yield return (type.Name, property.Name, (Flag)property.GetValue(null)!);
            foreach (FieldInfo field in type.GetFields(Static)
                .Where(f => f.FieldType.IsAssignableTo(typeof(Flag)) && !f.Name.Contains('<')))
                yield return (type.Name, field.Name, (Flag)field.GetValue(null)!);
        }
    }

    private static IEnumerable<string> Sources() =>
        new[] { "src/Ldn.Cli", "src/Ldn/Jobs/Flags" }.SelectMany(folder => Directory
            .EnumerateFiles(Path.Combine(Root(), folder), "*.cs", SearchOption.AllDirectories)).Select(File.ReadAllText);

    internal static string Root()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Ldn.sln")))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    [GeneratedRegex(@"'[^']*'|\S+")]
    private static partial Regex Word();
}

using System.Text.Json;
using Ldn.Reports.Page;
using Ldn.Run;
using Ldn.Subjects;
using Ldn.Tables;

namespace Ldn.Tests.Subjects;

/// <summary>The one list of subjects: whoever forgets to register something is told what to do.</summary>
internal sealed class AllSubjectsTests
{
    [Test]
    public void EverySubjectIsInTheList() => Assert.That(
        typeof(ISubject).Assembly.GetTypes().Where(t => !t.IsAbstract && typeof(ISubject).IsAssignableFrom(t)),
        Is.EquivalentTo(AllSubjects.InOrder.Select(s => s.GetType())),
        "put the new subject into AllSubjects.InOrder, where its tables are to stand");

    [Test]
    public void EverySectionOfThePageBelongsToASubjectAndTellsOfItsTable()
    {
        RunStatistics empty = RunStatistics.Empty();
        Assert.That(
            typeof(PageSection).Assembly.GetTypes().Where(t => !t.IsAbstract && typeof(PageSection).IsAssignableFrom(t)),
            Is.EquivalentTo(AllSubjects.Sections.Select(s => s.GetType())), "name the section in Sections of its subject");
        foreach (ISubject subject in AllSubjects.InOrder)
            Assert.That(subject.Sections.Select(s => s.Table), Is.SubsetOf(subject.Kinds(empty).Select(t => t.Name)));
    }

    [Test]
    public void NoTwoSubjectsShareAKeyAnInputOrATable()
    {
        string[] keys = [.. AllSubjects.InOrder.SelectMany(s => s.Keys).Select(k => k.Path)];
        Assert.That(keys, Is.Unique);
        Assert.That(
            keys.SelectMany(key => keys.Where(other => other.StartsWith(key + ".", StringComparison.Ordinal))), Is.Empty,
            "a key inside the section of another");
        Assert.That(AllSubjects.Inputs.Select(i => i.Name), Is.Unique);
        Assert.That(AllSubjects.Kinds().Select(t => t.Name), Is.Unique);
    }

    [Test]
    public void EverySubjectHasAKeyAndATable()
    {
        RunStatistics empty = RunStatistics.Empty();
        foreach (ISubject subject in AllSubjects.InOrder)
        {
            Assert.That(subject.Keys, Is.Not.Empty, $"{subject.GetType().Name}: give it the keys of the job that ask for it");
            Assert.That(
                subject.Kinds(empty), Is.Not.Empty,
                $"{subject.GetType().Name}: list its tables in Kinds, without rows, so that the schema publishes them");
            Assert.That(subject.Kinds(empty).SelectMany(t => t.Rows), Is.Empty, subject.GetType().Name);
        }
    }

    [Test]
    public void TheSchemaOfTheJobHasEveryKeyWithItsShape()
    {
        using var schema = JsonDocument.Parse(Schemas.Get("job"));
        foreach (string path in AllSubjects.InOrder.SelectMany(s => s.Keys).Select(k => k.Path))
        {
            JsonElement at = schema.RootElement;
            foreach (string part in path.Split('.'))
                Assert.That(at.GetProperty("properties").TryGetProperty(part, out at), path);
        }

        JsonElement ring = schema.RootElement.GetProperty("properties").GetProperty("activities").GetProperty("properties")
            .GetProperty("ringKm");
        Assert.That(ring.GetProperty("type").EnumerateArray().Select(t => t.GetString()), Is.EqualTo(new[] { "number", "null" }));
    }
}

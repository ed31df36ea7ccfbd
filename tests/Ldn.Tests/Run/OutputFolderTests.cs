using Ldn.Run;
using Ldn.Tests.LandCover;

namespace Ldn.Tests.Run;

/// <summary>The folder of a result: whole or not at all, and nothing of others is touched.</summary>
public class OutputFolderTests
{
    private string _root = "";
    private string _out = "";

    [SetUp]
    public void Make()
    {
        _root = Directory.CreateTempSubdirectory("ldn-out-").FullName;
        _out = Path.Combine(_root, "result");
    }

    [TearDown]
    public void Remove() => Directory.Delete(_root, recursive: true);

    [Test]
    public void FilesAppearTogetherWhenPublished()
    {
        using (OutputFolder folder = OutputFolder.Open(_out, overwrite: false))
        {
            Write(folder, "summary.csv", "new");
            Write(folder, OutputFolder.Provenance, "new");
            Assert.That(folder.Files, Is.EqualTo(new[] { "provenance.json", "summary.csv" }));
            Assert.That(Names(), Is.EqualTo(new[] { ".ldn-partial" }), "until then only the temporary folder is there");
            folder.Publish();
        }

        Assert.That(Names(), Is.EqualTo(new[] { "provenance.json", "summary.csv" }));
    }

    [Test]
    public void AFolderThatTheRunMadeIsRemovedWhenItFails()
    {
        using (OutputFolder folder = OutputFolder.Open(_out, overwrite: false))
            Write(folder, "summary.csv", "half");
        Assert.That(Directory.Exists(_out), Is.False);
    }

    [Test]
    public void AFolderThatWasThereStaysAsItWasWhenTheRunFails()
    {
        Directory.CreateDirectory(_out);
        File.WriteAllText(Path.Combine(_out, "notes.txt"), "mine");
        using (OutputFolder folder = OutputFolder.Open(_out, overwrite: true))
            Write(folder, "notes.txt", "half");
        Assert.That(Names(), Is.EqualTo(new[] { "notes.txt" }));
        Assert.That(Text("notes.txt"), Is.EqualTo("mine"));
        Directory.Delete(_out, recursive: true);
        Directory.CreateDirectory(_out);
        OutputFolder.Open(_out, overwrite: false).Dispose();
        Assert.That(Directory.Exists(_out), Is.True, "an empty folder that was there stays");
    }

    [Test]
    public void AnExistingResultIsNeverTouchedWithoutOverwrite()
    {
        Result("old");
        Assert.That(() => OutputFolder.Open(_out, overwrite: false), UsageError.With("already holds a result"));
        Assert.That((Text("summary.csv"), Text(OutputFolder.Provenance)), Is.EqualTo(("old", "old")));
        Assert.That(Names(), Is.EqualTo(new[] { "provenance.json", "summary.csv" }));
    }

    [Test]
    public void AFileInTheWayIsNotReplacedWithoutOverwrite()
    {
        Directory.CreateDirectory(_out);
        File.WriteAllText(Path.Combine(_out, "summary.csv"), "mine");
        using (OutputFolder folder = OutputFolder.Open(_out, overwrite: false))
        {
            Write(folder, "headline.csv", "new");
            Write(folder, "summary.csv", "new");
            Write(folder, OutputFolder.Provenance, "new");
            Assert.That(folder.Publish, UsageError.With("summary.csv is there already"));
        }

        Assert.That(Names(), Is.EqualTo(new[] { "summary.csv" }));
        Assert.That(Text("summary.csv"), Is.EqualTo("mine"));
    }

    [Test]
    public void OverwriteReplacesTheRunsOwnFilesOnly()
    {
        Result("old");
        File.WriteAllText(Path.Combine(_out, "notes.txt"), "mine");
        File.WriteAllText(Path.Combine(_out, "old_raster.tif"), "another run's");
        using (OutputFolder folder = OutputFolder.Open(_out, overwrite: true))
        {
            Write(folder, "summary.csv", "new");
            Write(folder, OutputFolder.Provenance, "new");
            Assert.That((Text("summary.csv"), Text(OutputFolder.Provenance)), Is.EqualTo(("old", "old")), "the old result holds until the end");
            folder.Publish();
        }

        Assert.That((Text("summary.csv"), Text(OutputFolder.Provenance), Text("notes.txt"), Text("old_raster.tif")), Is.EqualTo(("new", "new", "mine", "another run's")));
    }

    [Test]
    public void WhatAKilledRunLeftIsRemoved()
    {
        string partial = Path.Combine(_out, ".ldn-partial");
        Directory.CreateDirectory(Path.Combine(partial, "spool"));
        File.WriteAllText(Path.Combine(partial, "half.tif"), "half");
        File.WriteAllText(Path.Combine(partial, "spool", "tile"), "half");
        File.WriteAllText(Path.Combine(partial, ".lock"), "");
        using (OutputFolder folder = OutputFolder.Open(_out, overwrite: false))
        {
            Assert.That(folder.Files, Is.Empty);
            Write(folder, OutputFolder.Provenance, "new");
            folder.Publish();
        }

        Assert.That(Names(), Is.EqualTo(new[] { "provenance.json" }));
    }

    [Test]
    public void ASecondRunInTheSameFolderIsToldToWaitAndHarmsNothing()
    {
        using OutputFolder first = OutputFolder.Open(_out, overwrite: false);
        Write(first, "summary.csv", "first");
        LdnException error = Assert.Throws<LdnException>(() => OutputFolder.Open(_out, overwrite: false))!;
        Assert.That((error.ExitCode, error.Message), Is.EqualTo((ExitCode.Temporary, $"another run is writing into {_out}")));
        Assert.That(first.Files, Is.EqualTo(new[] { "summary.csv" }), "the first run's files are still there");
    }

    [Test]
    public void WhereNothingCanBeWrittenIsAUsageError()
    {
        string file = Path.Combine(_root, "file");
        File.WriteAllText(file, "mine");
        Assert.That(() => OutputFolder.Open(file, overwrite: true), UsageError.With(file, "cannot be written"));
        Assert.That(() => OutputFolder.Open(Path.Combine(file, "out"), overwrite: true), UsageError.With("cannot be written"));
        Assert.That(File.ReadAllText(file), Is.EqualTo("mine"));
    }

    /// <summary>Folders above the result that the run had to make are its own, too.</summary>
    [Test]
    public void ParentsThatTheRunMadeAreRemovedWhenItFails()
    {
        OutputFolder.Open(Path.Combine(_root, "a", "b", "c"), overwrite: false).Dispose();
        Assert.That(Directory.EnumerateFileSystemEntries(_root), Is.Empty);
    }

    private static void Write(OutputFolder folder, string name, string text) => File.WriteAllText(folder[name], text);

    private void Result(string text)
    {
        Directory.CreateDirectory(_out);
        File.WriteAllText(Path.Combine(_out, "summary.csv"), text);
        File.WriteAllText(Path.Combine(_out, OutputFolder.Provenance), text);
    }

    private string Text(string name) => File.ReadAllText(Path.Combine(_out, name));

    private string[] Names() => [.. Directory.EnumerateFileSystemEntries(_out).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];
}

using Ldn.Run;
using Ldn.Tests.LandCover;

namespace Ldn.Tests.Run;

/// <summary>The folder of a result: whole or not at all, and nothing of others is touched.</summary>
internal sealed class OutputFolderTests
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
            Assert.That(() => folder.Publish(), UsageError.With("summary.csv is there already"));
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
            Assert.That(
                (Text("summary.csv"), Text(OutputFolder.Provenance)), Is.EqualTo(("old", "old")),
                "the old result holds until the end");
            folder.Publish();
        }

        Assert.That(
            (Text("summary.csv"), Text(OutputFolder.Provenance), Text("notes.txt"), Text("old_raster.tif")),
            Is.EqualTo(("new", "new", "mine", "another run's")));
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
        Assert.That(() => OutputFolder.Open(file, overwrite: true), UsageError.With(file, "is a file, not a folder"));
        Assert.That(() => OutputFolder.Open(Path.Combine(file, "out"), overwrite: true), UsageError.With(file, "is a file, not a folder"));
        Assert.That(File.ReadAllText(file), Is.EqualTo("mine"));
    }

    /// <summary>Folders above the result that the run had to make are its own, too.</summary>
    [Test]
    public void ParentsThatTheRunMadeAreRemovedWhenItFails()
    {
        OutputFolder.Open(Path.Combine(_root, "a", "b", "c"), overwrite: false).Dispose();
        Assert.That(Directory.EnumerateFileSystemEntries(_root), Is.Empty);
    }

    /// <summary>
    /// A link where the work folder should be, to a folder or a file, or a folder of somebody else's: nothing behind it is
    /// touched.
    /// </summary>
    [TestCase("link to a folder")]
    [TestCase("link to a file")]
    [TestCase("link to nothing")]
    [TestCase("file")]
    [TestCase("folder of another")]
    [TestCase("link as lock")]
    [Platform("Unix")]
    public void AWorkFolderThatIsNotItsOwnIsRefused(string way)
    {
        string partial = Path.Combine(_out, ".ldn-partial"), others = Path.Combine(_root, "others");
        Directory.CreateDirectory(_out);
        Directory.CreateDirectory(others);
        File.WriteAllText(Path.Combine(others, "precious.txt"), "mine");
        switch (way)
        {
            case "file":
                File.WriteAllText(partial, "mine");
                break;
            case "folder of another":
                Directory.CreateDirectory(partial);
                File.WriteAllText(Path.Combine(partial, "precious.txt"), "mine");
                break;
            case "link as lock":
                Directory.CreateDirectory(partial);
                File.CreateSymbolicLink(Path.Combine(partial, ".lock"), Path.Combine(others, "new.txt"));
                break;
            default:
                File.CreateSymbolicLink(
                    partial,
                    way == "link to a folder"
                        ? others
                        : Path.Combine(others, way == "link to a file" ? "precious.txt" : "new.txt"));
                break;
        }

        string[] before = Everything();
        Assert.That(() => OutputFolder.Open(_out, overwrite: true), UsageError.With(".ldn-partial is in the way"));
        Assert.That(Everything(), Is.EqualTo(before));
        Assert.That(File.ReadAllText(Path.Combine(others, "precious.txt")), Is.EqualTo("mine"));
    }

    /// <summary>Links inside a killed run's folder go; what they lead to stays.</summary>
    [Test]
    [Platform("Unix")]
    public void LinksLeftInTheWorkFolderLeadNowhere()
    {
        string partial = Path.Combine(_out, ".ldn-partial"), others = Path.Combine(_root, "others");
        Directory.CreateDirectory(Path.Combine(partial, "inner"));
        Directory.CreateDirectory(others);
        File.WriteAllText(Path.Combine(others, "precious.txt"), "mine");
        File.WriteAllText(Path.Combine(partial, ".lock"), "");
        Directory.CreateSymbolicLink(Path.Combine(partial, "link"), others);
        Directory.CreateSymbolicLink(Path.Combine(partial, "inner", "link"), others);
        Directory.CreateSymbolicLink(Path.Combine(partial, ".replaced"), others);
        File.WriteAllText(Path.Combine(partial, ".publishing"), "precious.txt\n../others/precious.txt\nprovenance.json\n");
        OutputFolder.Open(_out, overwrite: false).Dispose();
        Assert.That(Names(), Is.Empty);
        Assert.That(File.ReadAllText(Path.Combine(others, "precious.txt")), Is.EqualTo("mine"));
    }

    /// <summary>A folder in a file's place is told before anything is renamed.</summary>
    [Test]
    public void AFolderInTheWayIsToldBeforeAnythingIsReplaced([Values] bool overwrite)
    {
        if (overwrite)
            Result("old");
        Directory.CreateDirectory(Path.Combine(_out, "headline.csv"));
        string[] before = Everything();
        using (OutputFolder folder = OutputFolder.Open(_out, overwrite))
        {
            Write(folder, "headline.csv", "new");
            Write(folder, "summary.csv", "new");
            Write(folder, OutputFolder.Provenance, "new");
            Assert.That(() => folder.Publish(), UsageError.With("headline.csv", "is no file"));
        }

        Assert.That(Everything(), Is.EqualTo(before));
        Assert.That(!overwrite || Text("summary.csv") == "old");
    }

    /// <summary>
    /// At every rename of a publication that replaces a result, a kill leaves what the next run makes the old result of again; it
    /// may replace it then.
    /// </summary>
    [Test]
    public void AKilledPublicationIsTakenBack([Range(0, 6)] int renames)
    {
        Result("old");
        File.WriteAllText(Path.Combine(_out, "notes.txt"), "mine");
        string partial = Path.Combine(_out, ".ldn-partial");
        Directory.CreateDirectory(Path.Combine(partial, ".replaced"));
        File.WriteAllText(Path.Combine(partial, ".lock"), "");
        string[] files = ["extra.csv", "more.csv", "summary.csv", "provenance.json"];
        foreach (string file in files)
            File.WriteAllText(Path.Combine(partial, file), "new");
        File.WriteAllLines(Path.Combine(partial, ".publishing"), files);
        (string From, string To)[] order =
        [
            ("provenance.json", ".ldn-partial/.replaced/provenance.json"), ("summary.csv", ".ldn-partial/.replaced/summary.csv"),
            .. files.Select(f => (".ldn-partial/" + f, f)),
        ];
        foreach ((string from, string to) in order.Take(renames))
            File.Move(Path.Combine(_out, from), Path.Combine(_out, to));

        bool complete = renames >= order.Length, begun = renames > 0 && !complete;
        if (complete || !begun)
            Assert.That(() => OutputFolder.Open(_out, overwrite: false), UsageError.With("already holds a result"));
        string expected = complete ? "new" : "old";
        using (OutputFolder folder = OutputFolder.Open(_out, overwrite: !begun))
        {
            string[] there = complete
                ? ["extra.csv", "more.csv", "notes.txt", "provenance.json", "summary.csv"]
                : ["notes.txt", "provenance.json", "summary.csv"];
            Assert.That(Names().Where(n => n != ".ldn-partial"), Is.EqualTo(there));
            Assert.That(
                (Text("summary.csv"), Text(OutputFolder.Provenance), Text("notes.txt")),
                Is.EqualTo((expected, expected, "mine")));
            Write(folder, "summary.csv", "newer");
            Write(folder, OutputFolder.Provenance, "newer");
            folder.Publish();
        }

        Assert.That(
            (Text("summary.csv"), Text(OutputFolder.Provenance), Text("notes.txt")), Is.EqualTo(("newer", "newer", "mine")));
        Assert.That(Directory.Exists(partial), Is.False);
    }

    /// <summary>A rename that fails midway: everything is as it was.</summary>
    [Test]
    public void AFailingPublicationIsTakenBack()
    {
        Result("old");
        using (OutputFolder folder = OutputFolder.Open(_out, overwrite: true))
        {
            Write(folder, "summary.csv", "new");
            Write(folder, "zz.csv", "new");
            // Without the file that makes it a result, the last rename has nothing to rename.
            Assert.That(
                () => folder.Publish(), Throws.TypeOf<LdnException>().With.Property("ExitCode").EqualTo(ExitCode.Temporary));
        }

        Assert.That(Names(), Is.EqualTo(new[] { "provenance.json", "summary.csv" }));
        Assert.That((Text("summary.csv"), Text(OutputFolder.Provenance)), Is.EqualTo(("old", "old")));
    }

    /// <summary>
    /// An input that lies in the result's folder under an output's name, itself or under another name, is never replaced.
    /// </summary>
    [TestCase("itself")]
    [TestCase("hard link")]
    [TestCase("link to it")]
    [Platform("Linux")]
    public void AnInputIsNeverReplaced(string way)
    {
        Directory.CreateDirectory(_out);
        string there = Path.Combine(_out, "targets.csv"), input = way == "itself" ? there : Path.Combine(_root, "input.csv");
        File.WriteAllText(there, "mine");
        if (way == "link to it")
            File.CreateSymbolicLink(input, there);
        if (way == "hard link")
            using (var link = System.Diagnostics.Process.Start("ln", [there, input]))
                link.WaitForExit();
        using (OutputFolder folder = OutputFolder.Open(_out, overwrite: true))
        {
            Assert.That(() => folder.Protect([input], "summary.csv"), Throws.Nothing);
            Assert.That(() => folder.Protect([input], "summary.csv", "targets.csv"), UsageError.With("targets.csv is an input"));
            Assert.That(() => folder["targets.csv"], UsageError.With("targets.csv is an input"));
            File.WriteAllText(Path.Combine(folder.Work, "targets.csv"), "new");
            Write(folder, OutputFolder.Provenance, "new");
            Assert.That(() => folder.Publish(), UsageError.With("targets.csv is an input"));
        }

        Assert.That(Names(), Is.EqualTo(new[] { "targets.csv" }));
        Assert.That(File.ReadAllText(input), Is.EqualTo("mine"));
    }

    private string[] Everything() =>
        [.. Directory.EnumerateFileSystemEntries(_root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private static void Write(OutputFolder folder, string name, string text) => File.WriteAllText(folder[name], text);

    private void Result(string text)
    {
        Directory.CreateDirectory(_out);
        File.WriteAllText(Path.Combine(_out, "summary.csv"), text);
        File.WriteAllText(Path.Combine(_out, OutputFolder.Provenance), text);
    }

    private string Text(string name) => File.ReadAllText(Path.Combine(_out, name));

    private string[] Names() =>
        [.. Directory.EnumerateFileSystemEntries(_out).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];
}

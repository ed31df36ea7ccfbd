using Ldn.Cli.Help;
using Ldn.Jobs.Flags;

namespace Ldn.Cli.Tests.Usage;

/// <summary>The manual pages: published as the flags are, whole, and sound to the formatter.</summary>
internal sealed class ManPageTests
{
    private static IEnumerable<Verb?> Pages => AllVerbs.InOrder.Prepend<Verb?>(null);

    /// <summary>With LDN_WRITE_DOCS=1 the pages are written anew instead.</summary>
    [Test]
    public void ThePublishedPagesAreTheFlags()
    {
        string folder = Path.Combine(FlagTests.Root(), "docs", "man");
        if (Environment.GetEnvironmentVariable("LDN_WRITE_DOCS") == "1")
        {
            Directory.CreateDirectory(folder);
            foreach (Verb? verb in Pages)
                File.WriteAllText(Path.Combine(folder, ManPage.NameOf(verb) + ".1"), ManPage.Of(verb, AllVerbs.InOrder));
        }

        const string Anew = "write them anew: LDN_WRITE_DOCS=1 dotnet test "
            + "artifacts/bin/Ldn.Cli.Tests/release/Ldn.Cli.Tests.dll --filter Name=ThePublishedPagesAreTheFlags";
        Assert.That(
            Directory.GetFiles(folder).Select(f => Path.GetFileName(f)),
            Is.EquivalentTo(Pages.Select(v => ManPage.NameOf(v) + ".1")), Anew);
        foreach (Verb? verb in Pages)
            Assert.That(
                File.ReadAllText(Path.Combine(folder, ManPage.NameOf(verb) + ".1")),
                Is.EqualTo(ManPage.Of(verb, AllVerbs.InOrder)), $"{ManPage.NameOf(verb)}; {Anew}");
    }

    [Test]
    public void APageTellsEveryFlag()
    {
        foreach (Verb verb in AllVerbs.InOrder)
        {
            string page = ManPage.Of(verb, AllVerbs.InOrder);
            foreach (Flag flag in verb.AllFlags)
                Assert.That(
                    page, Does.Contain(flag.Name.Replace("-", "\\-", StringComparison.Ordinal)), $"{verb.Name} {flag.Name}");
        }
    }

    [Test]
    public void TheFormatterHasNothingToComplainOf()
    {
        using var work = new Workspace();
        foreach (Verb? verb in Pages)
        {
            string page = work.Text("page.1", ManPage.Of(verb, AllVerbs.InOrder));
            LdnResult formatted = LdnProcess.Tool(work.Folder, "groff", "-man", "-Tutf8", "-P-cbou", "-ww", page).Succeeded();
            Assert.That(formatted.Error, Is.Empty, ManPage.NameOf(verb));
            Assert.That(formatted.Out, Does.Contain("EXIT STATUS"));
        }
    }

    [Test]
    public void PrintedByTheCommand()
    {
        LdnResult page = LdnProcess.Run(Path.GetTempPath(), ["man", "soc"]).Succeeded();
        Assert.That(page.Out, Is.EqualTo(ManPage.Of(AllVerbs.InOrder.First(v => v.Name == "soc"), AllVerbs.InOrder)));
        Assert.That(LdnProcess.Run(Path.GetTempPath(), ["man", "sock"]).Error, Does.Contain("did you mean 'soc'?"));
    }
}

using System.Reflection;
using System.Text.RegularExpressions;

namespace Ldn.Tests;

/// <summary>The catalogue of errors and warnings: whole, consistent, in use, and published as it is.</summary>
internal sealed partial class FaultTests
{
    private static readonly string Page = Path.Combine(TestData.Root, "docs", "messages.md");

    [Test]
    public void EveryEntryIsListedOnceInTheOrderOfTheCodes()
    {
        Fault[] defined = [
            .. typeof(Fault).GetProperties(BindingFlags.NonPublic | BindingFlags.Static)
                .Where(p => p.PropertyType == typeof(Fault))
                .Select(p => (Fault)p.GetValue(null)!)];
        Assert.That(defined, Has.Length.GreaterThan(30));
        Assert.That(Fault.All, Is.EquivalentTo(defined));
        Assert.That(Fault.All.Select(f => f.Code), Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal).And.Unique);
    }

    [Test]
    public void TheFirstDigitTellsTheExitCode()
    {
        foreach (Fault fault in Fault.All)
        {
            int exit = fault.Code[3] switch { '1' => 1, '7' => 75, '9' => 0, char digit => digit - '0' };
            Assert.That((int)fault.ExitCode, Is.EqualTo(exit), fault.Code);
            Assert.That(fault.Code, Does.Match("^LDN[1-9][0-9]{2}$"));
            Assert.That(new[] { fault.Text, fault.Cause, fault.Remedy }, Has.All.Match(@"^[^|\n]{3,}[^|\n.]$"), fault.Code);
        }
    }

    /// <summary>
    /// An entry that no source names is none; a message outside the catalogue has the code of its general kind.
    /// </summary>
    [Test]
    public void EveryEntryIsInUse()
    {
        string[] sources = [.. Directory.EnumerateFiles(Path.Combine(TestData.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.EndsWith("Fault.Catalogue.cs", StringComparison.Ordinal)).Select(File.ReadAllText)];
        HashSet<string> used = [.. sources.SelectMany(s => Use().Matches(s)).Select(m => m.Groups[1].Value)];
        string[] defined = [
            .. typeof(Fault).GetProperties(BindingFlags.NonPublic | BindingFlags.Static)
                .Where(p => p.PropertyType == typeof(Fault))
                .Select(p => p.Name)];
        Assert.That(defined.Except(used), Is.Empty);
    }

    [Test]
    public void AnErrorCarriesItsKind()
    {
        var cause = new IOException("no");
        LdnException error = Fault.Values.Error("lc.tif has 42", "declare it", cause);
        Assert.That(
            (error.Fault, error.ExitCode, error.Message, error.Remedy, error.InnerException),
            Is.EqualTo((Fault.Values, ExitCode.Input, "lc.tif has 42", "declare it", cause)));
        Assert.That(error.Fault.Say(error.Message), Is.EqualTo("lc.tif has 42 [LDN306]"));
        Assert.That(LdnException.Usage("x").Fault, Is.SameAs(Fault.Usage));
        Assert.That(LdnException.Input("x").Fault, Is.SameAs(Fault.Input));
    }

    /// <summary>With LDN_WRITE_DOCS=1 the page is written anew instead.</summary>
    [Test]
    public void ThePublishedPageIsTheCatalogue()
    {
        string page = $"""
            # Messages

            Every error ends with a code in brackets, on standard error and, with `--json`, as `{"{"}"error":{"{"}"code":…{"}"}{"}"}` on standard output. The message says what is
            wrong and where, the line below it how to mend it; this page says what the codes mean. Warnings carry codes too and never change the exit code.

            {Fault.Table()}
            """;
        if (Environment.GetEnvironmentVariable("LDN_WRITE_DOCS") == "1")
            File.WriteAllText(Page, page);
        Assert.That(
            File.ReadAllText(Page), Is.EqualTo(page),
            "write it anew: LDN_WRITE_DOCS=1 dotnet test artifacts/bin/Ldn.Tests/release/Ldn.Tests.dll --filter "
                + "Name=ThePublishedPageIsTheCatalogue");
    }

    [GeneratedRegex(@"\bFault\.(\w+)\b")]
    private static partial Regex Use();
}

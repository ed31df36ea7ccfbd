using System.Text.RegularExpressions;
using Ldn.Reports;
using Ldn.Reports.Page;

namespace Ldn.Tests.Reports;

public sealed class TextsTests
{
    private static readonly Dictionary<string, string> s_english = Texts.Read("en");

    public static IEnumerable<string> Languages => Texts.Languages;

    [TestCaseSource(nameof(Languages))]
    public void LanguageHasTheKeysOfEnglishAndTheirPlaces(string language)
    {
        Dictionary<string, string> texts = Texts.Read(language);
        Assert.That(texts.Keys, Is.SubsetOf(s_english.Keys));
        foreach ((string key, string text) in texts)
        {
            Assert.That(text, Is.Not.Empty, key);
            Assert.That(Places(text), Is.EquivalentTo(Places(s_english[key])), key);
        }
    }

    [TestCaseSource(nameof(Languages))]
    public void LanguageSaysHeadingsClassesAndNotes(string language)
    {
        string[] wanted = [.. s_english.Keys.Where(k => Regex.IsMatch(k, "^(class|unccd|indicator|period|note|report)\\."))];
        Assert.That(wanted.Except(Texts.Read(language).Keys), Is.Empty);
    }

    [TestCase("page.html")]
    [TestCase("subject.html")]
    [TestCase("map.html")]
    public void TemplatesAskForTextsThatAreThere(string file)
    {
        foreach (Match match in Regex.Matches(Template.Resource(file), @"\{\{t\.([a-z0-9_.]+)\}\}"))
            Assert.That(s_english.Keys, Does.Contain(match.Groups[1].Value));
    }

    [Test]
    public void UnknownLanguageIsRefused() =>
        Assert.That(() => Texts.Load("xx"), Throws.InstanceOf<LdnException>().With.Property(nameof(LdnException.ExitCode)).EqualTo(ExitCode.Usage));

    private static IEnumerable<string> Places(string text) => Regex.Matches(text, @"\{\d\}").Select(m => m.Value);
}

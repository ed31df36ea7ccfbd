using System.Text.RegularExpressions;
using Ldn.Reports;
using Ldn.Reports.Page;
using Ldn.Subjects;
using Ldn.Tables;

namespace Ldn.Tests.Reports;

internal sealed class TextsTests
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
    public void LanguageSaysEverythingThatEnglishSays(string language) =>
        Assert.That(s_english.Keys.Except(Texts.Read(language).Keys), Is.Empty);

    /// <summary>Whoever adds a table or a column says in every language what it is called.</summary>
    [Test]
    public void EveryTableAndColumnHasItsName()
    {
        IReadOnlyList<ResultTable> tables = AllSubjects.Kinds();
        string[] titles = [.. tables.Select(t => "table." + t.Name).Distinct()],
        captions = [.. tables.SelectMany(t => t.Columns).Select(c => "column." + c.Name).Distinct()];
        Assert.That(s_english.Keys.Where(k => Regex.IsMatch(k, "^(table|column)\\.")), Is.EquivalentTo(titles.Concat(captions)),
            "each table and column has table.NAME or column.NAME in Texts/en.json and the other languages, and no other has");
        foreach (ResultTable table in tables)
            Assert.That(s_english["table." + table.Name], Is.EqualTo(table.Title));
        foreach (string language in Texts.Languages.Where(l => l != "en"))
            Assert.That(
                Texts.Read(language).Where(t => titles.Concat(captions).Contains(t.Key) && t.Value == s_english[t.Key]), Is.Empty,
                language);
    }

    [TestCase("page.html")]
    [TestCase("subject.html")]
    [TestCase("map.html")]
    [TestCase("section.html")]
    [TestCase("viewer.html")]
    [TestCase("brief.html")]
    public void TemplatesAskForTextsThatAreThere(string file)
    {
        foreach (Match match in Regex.Matches(Template.Resource(file), @"\{\{t\.([a-z0-9_.]+)\}\}"))
            Assert.That(s_english.Keys, Does.Contain(match.Groups[1].Value));
    }

    [Test]
    public void UnknownLanguageIsRefused() =>
        Assert.That(
            () => Texts.Load("xx"),
            Throws.InstanceOf<LdnException>().With.Property(nameof(LdnException.ExitCode)).EqualTo(ExitCode.Usage));

    private static IEnumerable<string> Places(string text) => Regex.Matches(text, @"\{\d\}").Select(m => m.Value);
}

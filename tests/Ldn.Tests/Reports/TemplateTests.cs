using Ldn.Reports;
using Ldn.Reports.Page;

namespace Ldn.Tests.Reports;

internal sealed class TemplateTests
{
    [TestCase("{{a}}", "&lt;x&gt;")]
    [TestCase("{{{markup}}}", "<b>")]
    [TestCase("{{#list}}[{{item}}{{a}}]{{/list}}", "[1&lt;x&gt;][2&lt;x&gt;]")]
    [TestCase("{{^none}}nothing{{/none}}{{#none}}something{{/none}}", "nothing")]
    [TestCase("{{#yes}}a{{#yes}}b{{/yes}}{{/yes}}", "ab")]
    [TestCase("{{t.class.degraded}} {{> other}}", "Degraded (&lt;x&gt;)")]
    [TestCase("no places", "no places")]
    public void Fills(string template, string expected) => Assert.That(Render(template), Is.EqualTo(expected));

    [TestCase("{{nowhere}}", "nowhere")]
    [TestCase("{{{a}}}", "not markup")]
    [TestCase("{{#list}}", "not closed")]
    [TestCase("{{#list}}{{/other}}", "closes")]
    [TestCase("{{a", "not closed")]
    public void RefusesMistakes(string template, string words) =>
        Assert.That(() => Render(template), Throws.InstanceOf<FormatException>().With.Message.Contains(words));

    private static string Render(string template)
    {
        var view = new View
        {
            ["a"] = "<x>",
            ["markup"] = new Html("<b>"),
            ["list"] = new[] { new View { ["item"] = "1" }, new View { ["item"] = "2" } },
            ["none"] = Array.Empty<View>(),
            ["yes"] = true,
        };
        using var writer = new StringWriter();
        new Template(name => name == "other" ? "({{a}})" : template, Texts.Load("en")).Render(writer, "main", view);
        return writer.ToString();
    }
}

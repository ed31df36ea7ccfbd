using Ldn.Csv;

namespace Ldn.Tests;

internal sealed class CsvTableTests
{
    [Test]
    public void ReadsQuotesBomCrLfAndBlankLines()
    {
        var table = CsvTable.Parse("\uFEFFid,name\r\n1,\"a, \"\"b\"\"\"\r\n\r\n2,c\r\n", "t.csv", "id", "name");
        Assert.That(table.Rows.Select(r => table.Text(r, "name")), Is.EqualTo(new[] { "a, \"b\"", "c" }));
        Assert.That(table.Integer(table.Rows[1], "id"), Is.EqualTo(2));
    }

    [TestCase("", "empty")]
    [TestCase("id;name\n1;2\n", "no column id, name")]
    [TestCase("id,id,name\n1,2,3\n", "given twice")]
    [TestCase("id,name\n1\n", "1 fields where the header has 2")]
    [TestCase("id,name\n1,\"open\n", "not a readable CSV")]
    public void NamesWhatIsWrong(string text, string expected)
    {
        LdnException error = Assert.Throws<LdnException>(() => CsvTable.Parse(text, "t.csv", "id", "name"))!;
        Assert.That(error.ExitCode, Is.EqualTo(ExitCode.Usage));
        Assert.That(error.Message, Does.Contain(expected).And.Contain("t.csv"));
    }
}

using System.Globalization;
using System.Text.Json;
using Ldn.Cli.Tests.Reports;

namespace Ldn.Cli.Tests.Outputs;

/// <summary>Tables as Parquet, read back by a reader in another language: the figures of the CSV, with types.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ParquetTests : IDisposable
{
    private readonly SmallJob _job = new();

    public void Dispose() => _job.Dispose();

    [Test]
    public void AnotherReaderFindsTheFiguresOfTheCsv()
    {
        string reader = Tool.Npm("hyparquet@1.33.0");
        _job.Flags["--tables"] = "csv,parquet";
        _job.Run().Succeeded();
        string script = _job.Work.Text("read.mjs", $$"""
            import { asyncBufferFromFile, parquetReadObjects, parquetMetadataAsync } from '{{reader}}/src/node.js';
            const file = await asyncBufferFromFile(process.argv[2]);
            const types = (await parquetMetadataAsync(file)).schema.slice(1).map(c => [c.name, c.type]);
            const rows = await parquetReadObjects({ file });
            console.log(JSON.stringify({ types, rows }, (_, value) => typeof value === 'bigint' ? Number(value) : value));
            """);
        string[] tables =
            [.. Directory.EnumerateFiles(_job["result"], "*.csv").Select(f => Path.GetFileNameWithoutExtension(f)!)];
        Assert.That(tables, Does.Contain("headline").And.Contain("summary").And.Contain("sensitivity"));
        foreach (string table in tables)
        {
            (string output, string errors) = Tool.Run(Tool.Find("node"), script, _job[$"result/{table}.parquet"]);
            Assert.That(errors, Is.Empty, table);
            using var read = JsonDocument.Parse(output);
            var types = read.RootElement.GetProperty("types").EnumerateArray()
                .ToDictionary(t => t[0].GetString()!, t => t[1].GetString());
            IReadOnlyList<CsvLine> lines = CsvRows.Read(_job[$"result/{table}.csv"]);
            JsonElement[] rows = [.. read.RootElement.GetProperty("rows").EnumerateArray()];
            Assert.That(rows, Has.Length.EqualTo(lines.Count), table);
            foreach ((CsvLine line, JsonElement row) in lines.Zip(rows))
                foreach ((string column, string? type) in types)
                    Assert.That(Cell(row, column, type!), Is.EqualTo(Cell(line[column], type!)), $"{table}.{column}");
        }
    }

    [Test]
    public void TheSameRunGivesTheSameBytes()
    {
        _job.Flags["--tables"] = "csv,parquet";
        _job.Run().Succeeded();
        byte[] first = File.ReadAllBytes(_job["result/summary.parquet"]);
        _job.Flags["--out"] = _job["again"];
        _job.Flags["--threads"] = "1";
        _job.Run().Succeeded();
        Assert.That(File.ReadAllBytes(_job["again/summary.parquet"]), Is.EqualTo(first));
    }

    private static object? Cell(JsonElement row, string column, string type) =>
        !row.TryGetProperty(column, out JsonElement value) || value.ValueKind == JsonValueKind.Null ? null : type switch
        {
            "BYTE_ARRAY" => value.GetString(),
            "BOOLEAN" => value.GetBoolean(),
            _ => value.GetDouble(),
        };

    private static object? Cell(string text, string type) => text.Length == 0 ? null : type switch
    {
        "BYTE_ARRAY" => text,
        "BOOLEAN" => text == "true",
        // A year that nobody named is no number: no year 1 or 2 is made up.
        "INT64" when text is "initial" or "final" => null,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };
}

using System.Globalization;
using System.Text.RegularExpressions;
using Ldn.Cli.Tests.Reports;
using Ldn.Tests;

namespace Ldn.Cli.Tests.Docs;

/// <summary>
/// A page's commands, carried out one after the other in one folder that looks like a clone: <c>ldn</c>, <c>./ldn</c> and
/// <c>sample-data</c> are there, and cloning and entering the clone count as done.
/// </summary>
internal sealed class DocRun : IDisposable
{
    private readonly Workspace _work = new();
    private readonly DocPage _page;
    private readonly Dictionary<string, string> _environment;
    private readonly string _shellSaid;

    /// <summary>Runs what the page runs in a shell.</summary>
    public DocRun(DocPage page)
    {
        _page = page;
        string program = string.Join(' ', LdnProcess.Program.Select(word => $"'{word}'"));
        string starter = _work.Text("ldn", $"#!/bin/sh\nexec {program} \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(starter, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (string folder in new[] { "sample-data", "docs", "benchmarks" })
            File.CreateSymbolicLink(_work[folder], Path.Combine(TestData.Root, folder));
        _environment = new()
        {
            ["PATH"] = $"{_work.Folder}:{Environment.GetEnvironmentVariable("PATH")}",
            ["LDN_NO_PROGRESS"] = "true",
        };
        try
        {
            foreach (string command in page.Before)
                Shell(command, $"{page.Name}, before: {command}");
            _shellSaid = Run("sh");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Files of the folder.</summary>
    public string this[string name] => _work[name];

    /// <summary>Carries out the page's blocks of a language and compares what each says with the page.</summary>
    /// <returns>All that was said.</returns>
    public string Run(string language)
    {
        if (language == "sh" && _shellSaid is not null)
            return _shellSaid;
        var all = new List<string>();
        foreach (DocBlock block in _page.Blocks.Where(b => b.Language == language && b.NotRun is null))
        {
            string where = $"{_page.Name}, line {block.Line}";
            string said = language switch
            {
                "sh" => Shell(block.Text, where),
                "python" => Script(File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3", "block.py", block.Text),
                "r" => Script("Rscript", "block.r", block.Text),
                "sql" => Sql(block.Text),
                _ => throw new ArgumentException($"{where}: nothing runs blocks of {language}"),
            };
            if (block.Says is not null)
                Assert.That(said, Does.Match(Pattern(block.Says)), $"{where} says otherwise");
            all.Add(said);
        }

        return string.Concat(all);
    }

    /// <summary>Holds a number of the page against its source.</summary>
    public void Check(DocNumber number)
    {
        string where = $"{_page.Name}, line {number.Line}: {number.Printed}";
        string[] words = number.Source.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words[0] == "given:")
            return;
        if (words[0] == "in")
        {
            string text = File.ReadAllText(Path.Combine(TestData.Root, words[1])).Replace(",", "", StringComparison.Ordinal);
            Assert.That(text, Does.Match($@"(?<![\d.]){Regex.Escape(number.Printed)}(?![\d]|\.\d)"), where);
            return;
        }

        (string Column, string Value)[] conditions = [
            .. words[1..^1].Select(w => w.Split('=', 2)).Select(pair => (pair[0], pair[1]))];
        CsvLine[] rows = [
            .. CsvRows.Read(_work[words[0]]).Where(row => conditions.All(c => row[c.Column] == c.Value))];
        Assert.That(rows, Has.Length.EqualTo(1), $"{where}: one row of {number.Source}");
        int decimals = number.Printed.Contains('.', StringComparison.Ordinal) ? number.Printed.Length
            - number.Printed.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
        decimal value = decimal.Parse(rows[0][words[^1]], CultureInfo.InvariantCulture);
        Assert.That(
            Math.Round(value, decimals, MidpointRounding.AwayFromZero),
            Is.EqualTo(decimal.Parse(number.Printed, CultureInfo.InvariantCulture)), $"{where}: {number.Source}");
    }

    public void Dispose() => _work.Dispose();

    /// <summary>
    /// What a block <c>text</c> says as an expression: its lines one after the other, a line of … for lines left out, … in a line
    /// for the rest of a word or line.
    /// </summary>
    internal static string Pattern(string says) => "(?m)^" + string.Concat(says.TrimEnd('\n').Split('\n').Select(line =>
        line.Trim() == "…"
            ? "(?:.*\n)*?"
            : Regex.Escape(line.TrimEnd()).Replace("…", "[^\n]*", StringComparison.Ordinal) + "[ ]*\n"));

    private string Shell(string commands, string where)
    {
        const string Clone = "git() { :; }\ncd() { [ \"$1\" = ldn ] || builtin cd \"$1\"; }\nset -e\n";
        LdnResult result = LdnProcess.Script(
            _work.Folder, _environment, 120_000, "bash",
            ["-c", $"{Clone}exec 2>&1\n{commands.Replace("<this repository>", ".", StringComparison.Ordinal)}"]);
        Assert.That(result.ExitCode, Is.Zero, $"{where}\n{result.Out}");
        // Nobody sees which blank it is.
        return result.Out.Replace('\u00a0', ' ').Replace('\u202f', ' ');
    }

    private string Script(string program, string name, string text)
    {
        LdnResult said = LdnProcess.Tool(_work.Folder, program, _work.Text(name, text));
        if (said.Error.Contains("ModuleNotFoundError", StringComparison.Ordinal))
            Assert.Ignore($"not installed: {said.Error.Trim().Split('\n')[^1]}");
        if (said.Error.Contains("there is no package called", StringComparison.Ordinal))
            Assert.Ignore($"not installed: {said.Error.Trim()}");
        return said.Succeeded().Out;
    }

    private string Sql(string query)
    {
        FullRun.Only("loads DuckDB from npm, 60 MB");
        string script = _work.Text("query.mjs", $$"""
            import { DuckDBInstance } from '{{Tool.Npm("@duckdb/node-api@1.5.6-r.1")}}/lib/index.js';
            const connection = await (await DuckDBInstance.create(':memory:')).connect();
            const result = await connection.runAndReadAll(`{{query.Trim()}}`);
            console.log(result.getRows().map(row => row.join(' ')).join('\n'));
            """);
        return LdnProcess.Tool(_work.Folder, Tool.Find("node"), script).Succeeded().Out;
    }
}

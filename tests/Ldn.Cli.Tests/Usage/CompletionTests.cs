using Ldn.Cli.Help;
using Ldn.Jobs.Flags;
using Ldn.LandCover;

namespace Ldn.Cli.Tests.Usage;

/// <summary>
/// What a word can become, asked as the scripts of the shells ask, and by the shells themselves where they are installed.
/// </summary>
internal sealed class CompletionTests
{
    [Test]
    public void EveryFlagOfEveryCommandIsOffered()
    {
        foreach (Verb verb in AllVerbs.InOrder)
        {
            Assert.That(Texts(verb.Name[..2]), Does.Contain(verb.Name));
            foreach (Flag flag in verb.Flags)
                Assert.That(Texts(verb.Name, flag.Name[..4]), Does.Contain(flag.Name), verb.Name);
        }
    }

    /// <summary>Whatever is offered as a value the parser takes.</summary>
    [Test]
    public void EveryValueOfEveryFlagIsOfferedAndTaken()
    {
        foreach (Verb verb in AllVerbs.InOrder)
        {
            foreach (Flag flag in verb.Flags.Where(f => f.Values.Count > 0))
            {
                string[] offered = Texts(verb.Name, flag.Name, "");
                Assert.That(flag.Values, Is.SubsetOf(offered));
                foreach (string value in flag.Values)
                    Assert.DoesNotThrow(() => flag.Read(flag.Name, [value]));
            }
        }
    }

    [Test]
    public void ValuesInEveryForm()
    {
        Assert.That(Texts("compute", "--missing", "st"), Is.EqualTo(new[] { "strict" }));
        Assert.That(Texts("compute", "--missing=st"), Is.EqualTo(new[] { "--missing=strict" }));
        Assert.That(Texts("compute", "--missing", "=", "st"), Is.EqualTo(new[] { "strict" }));
        Assert.That(Texts("compute", "--missing", "="), Does.Contain("available"));
        Assert.That(Texts("compute", "--tables", "csv,xl"), Is.EqualTo(new[] { "csv,xlsx" }));
        Assert.That(Texts("compute", "--legend", ""), Is.SupersetOf(Legend.BuiltInNames).And.Contains(Completion.Files));
        Assert.That(Texts("compute", "--out", ""), Is.EqualTo(new[] { Completion.Folders }));
        Assert.That(Texts("compute", ""), Is.EqualTo(new[] { Completion.Files }));
        Assert.That(Texts("neutrality", ""), Is.EqualTo(new[] { Completion.Folders }));
        Assert.That(Texts("template", "s"), Is.EqualTo(new[] { "slurm", "snakemake" }));
        Assert.That(Texts("nonsense", "x"), Is.Empty);
    }

    [Test]
    public void AttributesOfTheZones()
    {
        using var job = new SmallJob();
        Assert.That(Texts("compute", "--zones", job["zones.geojson"], "--zone-id", ""), Is.EqualTo(new[] { "iso3", "name" }));
        Assert.That(Texts("compute", $"--zones={job["zones.geojson"]}", "--zone-name", "n"), Is.EqualTo(new[] { "name" }));
        Assert.That(Texts("compute", "--zones", job["nowhere.geojson"], "--zone-id", ""), Is.Empty);
    }

    [Test]
    public void BashCompletes()
    {
        using var work = new Workspace();
        string ldn = Prepare(work, "bash");
        string script = $$"""
            cd '{{work.Folder}}'
            source ./script
            try() { COMP_WORDS=('{{ldn}}' "$@"); COMP_CWORD=$#; _ldn; printf '%s\n' "${COMPREPLY[@]}" | sort | paste -sd' '; }
            try comp
            try compute --missing st
            try compute --missing = av
            try report RUN --out r
            try compute jo
            """;
        LdnResult result = LdnProcess.Tool(work.Folder, "bash", "-c", script).Succeeded();
        Assert.That(
            result.Out.Split('\n'), Is.EqualTo(new[] { "compare completion compute", "strict", "available", "result", "job.json", "" }),
            result.Error);
    }

    [Test]
    public void FishCompletes()
    {
        using var work = new Workspace();
        string ldn = Prepare(work, "fish");
        LdnResult result = LdnProcess.Tool(
            work.Folder, "fish", "--no-config", "-c",
            $"cd {work.Folder}; source script; set PATH {Path.GetDirectoryName(ldn)} $PATH; complete -C 'ldn compute --missing "
                + "st'; complete -C 'ldn compute jo'").Succeeded();
        Assert.That(result.Out, Does.StartWith("strict\t").And.Contains("job.json"), result.Error);
    }

    [Test]
    public void ZshTakesTheScript()
    {
        using var work = new Workspace();
        string ldn = Prepare(work, "zsh");
        string script = $$"""
            cd '{{work.Folder}}'
            compdef() { :; }
            _describe() { print -r -- "$1: ${(P)2}"; }
            _files() { print -r -- "files $*"; }
            source ./script
            words=('{{ldn}}' compute --missing st); CURRENT=4; _ldn
            words=('{{ldn}}' compute ''); CURRENT=3; _ldn
            words=('{{ldn}}' compute --out ''); CURRENT=4; _ldn
            """;
        LdnResult result = LdnProcess.Tool(work.Folder, "zsh", "-f", "-c", script);
        Assert.That(
            result.Out, Does.Contain("ldn: strict:What a cell becomes").And.Contains("files \n").And.Contains("files -/"),
            result.Error);
    }

    /// <summary>A folder with a job and a result, the shell's script, and the program as a single word.</summary>
    private static string Prepare(Workspace work, string shell)
    {
        work.Text("job.json", "");
        Directory.CreateDirectory(work["result"]);
        work.Text("script", LdnProcess.Run(work.Folder, ["completion", shell]).Succeeded().Out);
        Directory.CreateDirectory(work["bin"]);
        string ldn = work.Text("bin/ldn", $"#!/bin/sh\nexec {string.Join(' ', LdnProcess.Program)} \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(ldn, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return ldn;
    }

    private static string[] Texts(params string[] words) => [.. Completion.Of(AllVerbs.InOrder, words).Select(c => c.Text)];
}

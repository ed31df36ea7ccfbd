using System.Globalization;
using System.Text.RegularExpressions;
using Ldn.Cli.Tests.Fuzz;
using Ldn.Tests;

namespace Ldn.Cli.Tests.BadInput;

/// <summary>
/// <c>--no-remote</c> with every format that GDAL registers here: each name before an address, and files with addresses in them
/// under every ending that a format claims. Nobody comes to the address; without the option somebody does.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed partial class EveryFormatTests
{
    [Test]
    public void NoFormatLeadsOut()
    {
        using var work = new Workspace();
        using var trap = new Trap();
        string listed = LdnProcess.Tool(work.Folder, "gdalinfo", "--formats").Out
            + LdnProcess.Tool(work.Folder, "ogrinfo", "--formats").Out;
        string[] formats = [.. Format().Matches(listed).Select(m => m.Groups[1].Value).Distinct()];
        string[] endings = [.. Ending().Matches(listed).Select(m => m.Groups[1].Value.ToLowerInvariant()).Concat(
            ["geojson", "json", "xml", "gml", "kml", "wms", "vrt", "ovf", "tab", "lbl", "img", "hdr", "txt", "csv", "tif", "gpkg",
                "bin"])
            .Distinct()];
        Assert.That(formats, Has.Length.GreaterThan(20));
        int cases = Try(
            work, [trap.Url, .. formats.Select(f => "format " + f).Concat(endings.Select(e => "ending " + e))]);
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"campaign: ways to the network, {formats.Length} formats, {endings.Length} endings: {cases} names and files, "
                + $"{trap.Connections} connections"));
        Assert.That(trap.Connections, Is.Zero);
    }

    /// <summary>The trap can be sprung: by the plainest names, without the option.</summary>
    [Test]
    public void WithoutTheOptionSomebodyComes()
    {
        FullRun.Only("waits for connections that nobody answers; NoRemoteTests springs its own trap");
        using var work = new Workspace();
        using var trap = new Trap();
        Try(work, [trap.Url, "free"]);
        Assert.That(trap.Connections, Is.Positive);
    }

    /// <summary>Tries every case of some ways in a process of its own; returns how many there are.</summary>
    private static int Try(Workspace work, string[] ways)
    {
        work.Text(RemoteCases.List, string.Join('\n', ways));
        int cases = RemoteCases.Count(ways);
        LdnResult result = LdnProcess.Host(work.Folder, 300_000, FuzzHost.Argument, "remote", "1", $"{cases}", work.Folder);
        string[] lines = result.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(result.ExitCode, Is.Zero, $"{string.Join('\n', lines.TakeLast(12))}\n{result.Error}");
        return cases;
    }

    [GeneratedRegex(@"^  (\S[^(]*?) -(?:raster|vector|multi|gnm)", RegexOptions.Multiline)]
    private static partial Regex Format();

    [GeneratedRegex(@"\(\*?\.(\w{1,8})[/)]")]
    private static partial Regex Ending();
}

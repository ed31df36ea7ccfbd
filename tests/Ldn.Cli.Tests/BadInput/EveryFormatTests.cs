using System.Globalization;
using System.Text.RegularExpressions;
using Ldn.Cli.Tests.Fuzz;

namespace Ldn.Cli.Tests.BadInput;

/// <summary>
/// <c>--no-remote</c> with every format that GDAL registers here: each name before an address, and files with addresses in them
/// under every ending that a format claims. Nobody comes to the address; without the option somebody does.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed partial class EveryFormatTests
{
    [TestCase(false)]
    [TestCase(true)]
    public void NoFormatLeadsOut(bool free)
    {
        if (free && Environment.GetEnvironmentVariable("LDN_TEST_FULL") != "1")
            Assert.Ignore("waits for connections that nobody answers; LDN_TEST_FULL=1 runs it, NoRemoteTests springs its own trap");
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
        // That the trap can be sprung needs no more than the plainest names.
        string[] ways = [
            trap.Url, .. free ? ["free"] : formats.Select(f => "format " + f).Concat(endings.Select(e => "ending " + e))];
        work.Text(RemoteCases.List, string.Join('\n', ways));
        int cases = RemoteCases.Count(ways);
        LdnResult result = LdnProcess.Host(work.Folder, 300_000, FuzzHost.Argument, "remote", "1", $"{cases}", work.Folder);
        string[] lines = result.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(result.ExitCode, Is.Zero, $"{string.Join('\n', lines.TakeLast(12))}\n{result.Error}");
        if (free)
        {
            Assert.That(trap.Connections, Is.Positive);
            return;
        }

        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"campaign: ways to the network, {formats.Length} formats, {endings.Length} endings: {cases} names and files, "
                + $"{trap.Connections} connections"));
        Assert.That(trap.Connections, Is.Zero);
    }

    [GeneratedRegex(@"^  (\S[^(]*?) -(?:raster|vector|multi|gnm)", RegexOptions.Multiline)]
    private static partial Regex Format();

    [GeneratedRegex(@"\(\*?\.(\w{1,8})[/)]")]
    private static partial Regex Ending();
}

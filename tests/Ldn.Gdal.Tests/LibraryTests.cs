using System.Diagnostics;
using System.Net;
using Ldn.Gdal.Interop;

namespace Ldn.Gdal.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class LibraryTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Test]
    public void TheVariableIsTheOnlyCandidate() => Assert.That(
        LibrarySearch.Candidates("/opt/libgdal.so.99", _scratch.Folder, "linux-x64"),
        Is.EqualTo(new[] { new LibraryCandidate("/opt/libgdal.so.99", null, null, Required: true) }));

    [Test]
    public void TheSystemsNamesComeNewestFirst()
    {
        string[] names = [.. LibrarySearch.Candidates(null, _scratch.Folder, "linux-x64").Select(candidate => candidate.Path)];
        Assert.That(names[..2], Is.EqualTo(new[] { "libgdal.so", "libgdal.so.40" }));
        Assert.That(names[^1], Is.EqualTo("libgdal.so.32"));
        Assert.That(LibrarySearch.Candidates("", _scratch.Folder, "win-x64").Single().Path, Is.EqualTo("gdal.dll"));
        Assert.That(LibrarySearch.Candidates(null, _scratch.Folder, "osx-arm64").First().Path, Is.EqualTo("libgdal.dylib"));
    }

    [TestCase("linux-x64", "libgdal.so.38", "libgdal_wrap.so", "libproj.so.25")]
    [TestCase("osx-arm64", "libgdal.38.dylib", "libgdal_wrap.dylib", "libproj.25.dylib")]
    [TestCase("win-x64", "gdal.dll", "gdal_wrap.dll", "proj.dll")]
    public void TheBundleComesBeforeTheSystemWithItsData(string rid, string library, params string[] others)
    {
        string native = Place("runtimes", rid, "native");
        foreach (string name in (string[])[library, .. others])
            File.WriteAllText(Path.Combine(native, name), "");
        string gdalData = Place("runtimes", "any", "native", "gdal-data"), projData = Path.Combine(native, "maxrev.gdal.core.libshared");
        Directory.CreateDirectory(projData);
        File.WriteAllText(Path.Combine(projData, "proj.db"), "");
        LibraryCandidate[] candidates = [.. LibrarySearch.Candidates(null, _scratch.Folder, rid)];
        Assert.That(candidates[0], Is.EqualTo(new LibraryCandidate(Path.Combine(native, library), gdalData, projData, Required: false)));
        Assert.That(candidates.Count(candidate => Path.IsPathRooted(candidate.Path) && candidate.Path.StartsWith(_scratch.Folder, StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(candidates[^1].GdalData, Is.Null, "the system's library finds its own data");
    }

    [Test]
    public void TheHighestBundledVersionWins()
    {
        string native = Place("runtimes", "linux-x64", "native");
        foreach (string name in new[] { "libgdal.so.9", "libgdal.so.38", "libgdal.so.37" })
            File.WriteAllText(Path.Combine(native, name), "");
        Assert.That(Path.GetFileName(LibrarySearch.Candidates(null, _scratch.Folder, "linux-x64").First().Path), Is.EqualTo("libgdal.so.38"));
    }

    [Test]
    public void TheVersionsAreKnown()
    {
        GdalVersions versions = GdalVersions.Read();
        Assert.That(Version.Parse(versions.Gdal.Split('-', 'b', 'r')[0]), Is.GreaterThanOrEqualTo(new Version(3, 6)));
        Assert.That(Version.Parse(versions.Proj).Major, Is.GreaterThanOrEqualTo(6));
        Assert.That(versions.Library, Does.Contain("gdal"));
    }

    [Test]
    public void ABundledLibraryIsReallyLoaded()
    {
        string? system = OperatingSystem.IsLinux() ? SystemLibrary() : null;
        if (system is null)
            Assert.Ignore("needs a system libgdal on Linux");
        Copy();
        File.CreateSymbolicLink(Path.Combine(Place("runtimes", LibrarySearch.CurrentRid, "native"), Path.GetFileName(system)), system);
        (int code, string output) = Run(null);
        Assert.That(output, Does.Contain(Path.Combine(_scratch.Folder, "runtimes")));
        Assert.That(code, Is.Zero, output);
    }

    [Test]
    public void ALibraryNamedWrongIsAUsageError()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Ignore("Linux only");
        Copy();
        (int code, string output) = Run("/no/such/libgdal.so");
        Assert.That(code, Is.EqualTo((int)ExitCode.Usage), output);
        Assert.That(output, Does.Contain("LDN_GDAL_LIBRARY=/no/such/libgdal.so"));
        (code, output) = Run("libc.so.6");
        Assert.That(code, Is.EqualTo((int)ExitCode.Usage), output);
        Assert.That(output, Does.Contain("libc.so.6 is not GDAL"));
    }

    [TestCase(HttpStatusCode.ServiceUnavailable, ExitCode.Temporary)]
    [TestCase(HttpStatusCode.InternalServerError, ExitCode.Temporary)]
    [TestCase(HttpStatusCode.TooManyRequests, ExitCode.Temporary)]
    [TestCase(HttpStatusCode.NotFound, ExitCode.Input)]
    [TestCase(HttpStatusCode.Forbidden, ExitCode.Input)]
    public void RemoteFailuresAreToldApart(HttpStatusCode status, ExitCode expected)
    {
        // What failed is known after one try.
        GdalApi.CPLSetThreadLocalConfigOption("GDAL_HTTP_MAX_RETRY", "0");
        (HttpListener server, string url) = Listen();
        using (server)
        {
            Task serving = Task.Run(() =>
            {
                try
                {
                    while (true)
                    {
                        HttpListenerContext context = server.GetContext();
                        context.Response.StatusCode = (int)status;
                        context.Response.Close();
                    }
                }
                catch (Exception e) when (e is HttpListenerException or InvalidOperationException) // stopped, perhaps between two requests
                {
                }
            });
            Scratch.Fails(() => Scratch.Geodata.OpenRaster($"/vsicurl/{url}{status}.tif"), expected, $"{status}.tif");
            server.Stop();
            serving.Wait();
        }
    }

    [Test]
    public void AServerThatIsNotThereIsTemporary()
    {
        (HttpListener server, string url) = Listen();
        server.Close();
        Scratch.Fails(() => Scratch.Geodata.OpenRaster($"/vsicurl/{url}gone.tif"), ExitCode.Temporary, "gone.tif");
    }

    private static (HttpListener Server, string Url) Listen()
    {
        for (int port = 49_200; ; port++)
        {
            HttpListener server = new();
            server.Prefixes.Add($"http://127.0.0.1:{port}/");
            try
            {
                server.Start();
                return (server, server.Prefixes.Single());
            }
            catch (HttpListenerException) when (port < 65_000)
            {
                server.Close();
            }
        }
    }

    private string Place(params string[] parts) => Directory.CreateDirectory(Path.Combine([_scratch.Folder, .. parts])).FullName;

    /// <summary>The file behind the library this process has loaded.</summary>
    private static string? SystemLibrary()
    {
        GdalVersions.Read();
        return File.ReadLines("/proc/self/maps").Select(line => line[(line.LastIndexOf(' ') + 1)..])
            .FirstOrDefault(path => Path.GetFileName(path).StartsWith("libgdal.so", StringComparison.Ordinal));
    }

    /// <summary>The test program beside nothing but its own assemblies, so that a bundle can be laid beside it.</summary>
    private void Copy()
    {
        foreach (string file in Directory.GetFiles(AppContext.BaseDirectory, "Ldn*"))
            File.Copy(file, Path.Combine(_scratch.Folder, Path.GetFileName(file)));
        foreach (string file in Directory.GetFiles(AppContext.BaseDirectory, "*.dll"))
            File.Copy(file, Path.Combine(_scratch.Folder, Path.GetFileName(file)), overwrite: true);
    }

    private (int Code, string Output) Run(string? library)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(_scratch.Folder, "Ldn.Gdal.Tests.dll"), ChildProgram.Argument])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[LibrarySearch.Variable] = library;
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}

using System.Diagnostics;
using System.Net;
using Ldn.Gdal.Interop;
using Ldn.Tests;

namespace Ldn.Gdal.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class LibraryTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    /// <summary>A machine whose whole file system is the scratch folder.</summary>
    private Machine Fake(string rid, params (string Name, string Value)[] variables) => new(
        rid, _scratch.Folder, name => variables.Where(v => v.Name == name).Select(v => v.Value).SingleOrDefault());

    private string[] Search(string rid, params (string Name, string Value)[] variables) =>
        [.. LibrarySearch.Candidates(At("app"), Fake(rid, variables)).Select(candidate => candidate.Path)];

    [TestCase("linux-x64")]
    [TestCase("win-x64")]
    public void TheVariableIsTheOnlyCandidate(string rid) => Assert.That(
        LibrarySearch.Candidates(
            _scratch.Folder, Fake(rid, (LibrarySearch.Variable, "/opt/libgdal.so.99"), ("CONDA_PREFIX", "/c"))),
        Is.EqualTo(new[] { new LibraryCandidate("/opt/libgdal.so.99", null, null, Required: true) }));

    [Test]
    public void TheSystemsNamesComeNewestFirst()
    {
        string[] names = Search("linux-x64", (LibrarySearch.Variable, ""));
        Assert.That(names[..2], Is.EqualTo(new[] { "libgdal.so", "libgdal.so.44" }));
        Assert.That(names[^1], Is.EqualTo("libgdal.so.32"));
        Assert.That(Search("osx-arm64"), Is.EqualTo(new[] { "libgdal.dylib" }));
        Assert.That(Search("win-x64"), Is.Empty, "there is no loader's folder beside PATH");
    }

    /// <summary>The places of docs/install.md, each with its library alone: found there, and the page names the place.</summary>
    [TestCase("linux-x64", "app/libgdal.so.38", "beside the program")]
    [TestCase("linux-x64", "env/lib/libgdal.so.37", "$CONDA_PREFIX/lib")]
    [TestCase("linux-arm64", "usr/local/lib/libgdal.so.36", "/usr/local/lib")]
    [TestCase("linux-x64", "home/linuxbrew/.linuxbrew/lib/libgdal.so.38", "/home/linuxbrew/.linuxbrew/lib")]
    [TestCase("osx-arm64", "env/lib/libgdal.37.dylib", "$CONDA_PREFIX/lib")]
    [TestCase("osx-arm64", "opt/homebrew/lib/libgdal.38.dylib", "/opt/homebrew/lib")]
    [TestCase("osx-x64", "usr/local/lib/libgdal.dylib", "/usr/local/lib")]
    [TestCase("osx-arm64", "opt/local/lib/libgdal.dylib", "/opt/local/lib")]
    [TestCase("win-x64", "env/Library/bin/gdal.dll", "%CONDA_PREFIX%\\Library\\bin")]
    [TestCase("win-x64", "tools/gdal310.dll", "PATH")]
    [TestCase("win-x64", "osgeo/bin/gdal309.dll", "%OSGEO4W_ROOT%\\bin")]
    [TestCase("win-x64", "OSGeo4W/bin/gdal310.dll", "C:\\OSGeo4W\\bin")]
    [TestCase("win-x64", "OSGeo4W64/bin/gdal308.dll", "C:\\OSGeo4W64\\bin")]
    [TestCase("win-x64", "programs/QGIS 3.40.1/bin/gdal310.dll", "%ProgramFiles%\\QGIS*\\bin")]
    public void ALibraryIsFoundWhereItsInstallerPutsIt(string rid, string file, string place)
    {
        string library = Touch(file);
        string[] found = Search(
            rid, ("CONDA_PREFIX", At("env")), ("OSGEO4W_ROOT", At("osgeo")), ("ProgramFiles", At("programs")),
            ("PATH", $"{At("nothing")};{At("tools")}"));
        Assert.That(found.Where(Path.IsPathRooted), Is.EqualTo(new[] { library }));
        Assert.That(File.ReadAllText(Path.Combine(TestData.Root, "docs", "install.md")), Does.Contain(place));
    }

    /// <summary>The application's own, then the active environment's, then PATH, OSGeo4W and the newest QGIS.</summary>
    [Test]
    public void NearerPlacesComeFirst()
    {
        string[] order =
        [
            .. new[]
            {
                "app/gdal.dll", "env/Library/bin/gdal310.dll", "tools/gdal308.dll", "osgeo/bin/gdal309.dll",
                "OSGeo4W/bin/gdal307.dll",
                "programs/QGIS 3.40.1/bin/gdal310.dll", "programs/QGIS 3.34.9/bin/gdal308.dll",
            }.Select(Touch),
        ];
        Assert.That(
            Search(
                "win-x64", ("CONDA_PREFIX", At("env")), ("OSGEO4W_ROOT", At("osgeo")), ("ProgramFiles", At("programs")),
                ("PATH", At("tools"))),
            Is.EqualTo(order));
        string conda = Touch("env/lib/libgdal.so.36");
        Assert.That(Search("linux-x64", ("CONDA_PREFIX", At("env")))[..2], Is.EqualTo(new[] { conda, "libgdal.so" }));
    }

    [Test]
    public void LibrariesOfWindowsBringTheDataInShare()
    {
        Touch("OSGeo4W/bin/gdal310.dll");
        Touch("OSGeo4W/bin/gdalconst_wrap.dll");
        Touch("OSGeo4W/share/gdal/gdalvrt.xsd");
        Touch("OSGeo4W/share/proj/proj.db");
        Assert.That(LibrarySearch.Candidates(At("app"), Fake("win-x64")), Is.EqualTo(new[]
        {
            new LibraryCandidate(
                At("OSGeo4W/bin/gdal310.dll"), At("OSGeo4W/share/gdal"), At("OSGeo4W/share/proj"), Required: false),
        }));
    }

    [TestCase("ID=debian", "libgdal32")]
    [TestCase("ID=linuxmint\nID_LIKE=\"ubuntu debian\"", "libgdal32")]
    [TestCase("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"", "dnf install gdal-libs")]
    [TestCase("ID=alpine", "apk add gdal")]
    [TestCase("ID=arch", "pacman -S gdal")]
    [TestCase("ID=\"opensuse-tumbleweed\"\nID_LIKE=\"opensuse suse\"", "zypper install gdal")]
    [TestCase("ID=plan9", "conda install libgdal")]
    public void WhoLacksGdalIsToldTheWayOfTheirSystem(string release, string way)
    {
        File.WriteAllText(Touch("etc/os-release"), release);
        Assert.That(LibrarySearch.Remedy(Fake("linux-x64")), Does.Contain(way).And.Contain(LibrarySearch.Variable));
        Assert.That(
            File.ReadAllText(Path.Combine(TestData.Root, "docs", "install.md")),
            Does.Contain(way.Replace("libgdal32", "libgdal")));
    }

    [TestCase("linux-x64", "libgdal.so.38", "libgdal_wrap.so", "libproj.so.25")]
    [TestCase("osx-arm64", "libgdal.38.dylib", "libgdal_wrap.dylib", "libproj.25.dylib")]
    [TestCase("win-x64", "gdal.dll", "gdal_wrap.dll", "proj.dll")]
    public void TheBundleComesBeforeTheSystemWithItsData(string rid, string library, params string[] others)
    {
        string native = Place("runtimes", rid, "native");
        foreach (string name in (string[])[library, .. others])
            File.WriteAllText(Path.Combine(native, name), "");
        string gdalData = Place("runtimes", "any", "native", "gdal-data"),
        projData = Path.Combine(native, "maxrev.gdal.core.libshared");
        Directory.CreateDirectory(projData);
        File.WriteAllText(Path.Combine(projData, "proj.db"), "");
        LibraryCandidate[] candidates = [.. LibrarySearch.Candidates(_scratch.Folder, Fake(rid))];
        Assert.That(
            candidates[0], Is.EqualTo(new LibraryCandidate(Path.Combine(native, library), gdalData, projData, Required: false)));
        Assert.That(candidates.Count(candidate => Path.IsPathRooted(candidate.Path)), Is.EqualTo(1));
        Assert.That(candidates.Skip(1), Has.All.Property("GdalData").Null, "the system's library finds its own data");
    }

    [Test]
    public void TheHighestBundledVersionWins()
    {
        foreach (string name in new[] { "libgdal.so.9", "libgdal.so.38", "libgdal.so.37" })
            Touch($"app/{name}");
        Assert.That(Path.GetFileName(Search("linux-x64")[0]), Is.EqualTo("libgdal.so.38"));
    }

    private string At(string path) => Path.Combine(_scratch.Folder, path);

    private string Touch(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), "");
        return At(path);
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
        File.CreateSymbolicLink(Path.Combine(Place("runtimes", Machine.This.Rid, "native"), Path.GetFileName(system)), system);
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
                catch (Exception e) when (e is HttpListenerException or InvalidOperationException)
                {
                    // Stopped, perhaps between two requests.
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

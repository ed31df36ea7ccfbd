using Ldn.Cli.Tests.BadInput;

namespace Ldn.Cli.Tests.Faults;

/// <summary>
/// A disk or mount that answers a read with an error of its own is worth another try, whichever file and read it is; a damaged
/// file is not.
/// </summary>
[Platform("Linux")]
[Parallelizable(ParallelScope.All)]
internal sealed class DiskFaultTests
{
    private const int InputOutput = 5, StaleHandle = 116;

    /// <summary>
    /// Answers reads of one file from the n-th on with an error, as a mount does that has lost its server. Loaded before the C
    /// library.
    /// </summary>
    private const string Shim = """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <errno.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <sys/stat.h>
        #include <sys/types.h>

        static int fails(int fd)
        {
            static int reads;
            struct stat wanted, read;
            const char* path = getenv("FAULT_FILE");
            if (!path || stat(path, &wanted) || fstat(fd, &read) || wanted.st_ino != read.st_ino || wanted.st_dev != read.st_dev)
                return 0;
            if (__sync_add_and_fetch(&reads, 1) < atoi(getenv("FAULT_FROM")))
                return 0;
            errno = atoi(getenv("FAULT_ERROR"));
            return 1;
        }

        size_t fread(void* to, size_t size, size_t count, FILE* file)
        {
            return fails(fileno(file)) ? 0 : ((size_t (*)(void*, size_t, size_t, FILE*))dlsym(RTLD_NEXT, "fread"))(to, size, count, file);
        }

        #define READ(name, parameters, arguments) ssize_t name parameters \
            { return fails(fd) ? -1 : ((ssize_t (*) parameters)dlsym(RTLD_NEXT, #name)) arguments; }

        READ(read, (int fd, void* to, size_t count), (fd, to, count))
        READ(pread, (int fd, void* to, size_t count, off_t at), (fd, to, count, at))
        READ(pread64, (int fd, void* to, size_t count, off64_t at), (fd, to, count, at))
        """;

    private string _shim = "";
    private Workspace _work = null!;

    [OneTimeSetUp]
    public void Compile()
    {
        _work = new Workspace();
        _shim = _work["fault.so"];
        _work.Text("fault.c", Shim);
        LdnResult compiled = LdnProcess.Tool(_work.Folder, "cc", "-shared", "-fPIC", "-o", _shim, "fault.c", "-ldl");
        Assert.That(compiled.ExitCode, Is.Zero, compiled.Error);
    }

    [OneTimeTearDown]
    public void Remove() => _work?.Dispose();

    /// <summary>From the first read (the header) on, and from reads of the cells on.</summary>
    [Test]
    public void ARasterWhoseDiskFailsIsTemporary([Values(InputOutput, StaleHandle)] int error, [Values(1, 2, 5)] int from)
    {
        using var job = new SmallJob();
        Failing(job, "soc1.tif", from, error).Refused(
            job, ExitCode.Temporary, "soc1.tif", error == InputOutput ? "Input/output error" : "Stale file handle", "run again");
    }

    [TestCase("zones.geojson")]
    [TestCase("legend.csv")]
    public void ATableOrPolygonsWhoseDiskFailsAreTemporary(string file)
    {
        using var job = new SmallJob();
        job.Work.Text("legend.csv", LdnProcess.Run(job.Work.Folder, ["legend", "unccd-7"]).Succeeded().Out);
        job.Flags["--legend"] = "legend.csv";
        Failing(job, file, 1, InputOutput).Refused(job, ExitCode.Temporary, file);
    }

    /// <summary>Cells that are cut off are no fault of the disk, and no try mends them.</summary>
    [Test]
    public void ADamagedRasterIsNotTemporary()
    {
        using var job = new SmallJob();
        byte[] whole = File.ReadAllBytes(job["soc1.tif"]);
        File.WriteAllBytes(job["soc1.tif"], whole[..(whole.Length * 2 / 3)]);
        Failing(job, "lc0.tif", 1 << 30, InputOutput).Refused(job, ExitCode.Input, "soc1.tif");
    }

    private LdnResult Failing(SmallJob job, string file, int from, int error) =>
        LdnProcess.Run(job.Work.Folder, job.Arguments(), new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = _shim,
            ["FAULT_FILE"] = job[file],
            ["FAULT_FROM"] = $"{from}",
            ["FAULT_ERROR"] = $"{error}",
        });
}

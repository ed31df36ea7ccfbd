namespace Ldn.Cli.Tests.Faults;

/// <summary>A disk that fills up, and file handles that run out.</summary>
[Platform("Linux")]
internal sealed class ResourceTests
{
    /// <summary>
    /// File systems of a few kilobytes more each time, until the result fits: each refusal is the right one and leaves nothing.
    /// </summary>
    [Test]
    public void DiskFull()
    {
        using var job = new SmallJob();
        Directory.CreateDirectory(job["disk"]);
        job.Flags["--out"] = "disk/result";
        int full = 0;
        bool fitted = false;
        for (int kilobytes = 16; !fitted && kilobytes < 16_384; kilobytes = kilobytes * 3 / 2)
        {
            LdnResult mount = LdnProcess.Tool(
                job.Work.Folder, "mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "none", job["disk"]);
            if (mount.ExitCode != 0)
                Assert.Ignore($"no small file system can be mounted here: {mount.Error.Trim()}");
            try
            {
                LdnResult result = job.Run();
                fitted = result.ExitCode == 0;
                if (fitted)
                {
                    SmallRun.AssertTrue(job["disk/result"]);
                    continue;
                }

                full++;
                Assert.That(result.ExitCode, Is.EqualTo((int)ExitCode.Temporary), $"{kilobytes} KB: {result.Error}");
                Assert.That(
                    result.Error, Does.Contain("disk").And.Not.Contains("   at ").And.Not.Contains("unexpected"),
                    $"{kilobytes} KB");
                Assert.That(Directory.GetFileSystemEntries(job["disk"]), Is.Empty, $"{kilobytes} KB: {result.Error}");
            }
            finally
            {
                LdnProcess.Tool(job.Work.Folder, "umount", "-l", job["disk"]);
            }
        }

        Assert.That(fitted && full > 3, $"{full} refusals");
    }

    /// <summary>Limits from what the runtime needs to start up to plenty: success or a refusal, never a half result.</summary>
    [Test]
    public void FileHandlesRunOut()
    {
        using var job = new SmallJob();
        int refused = 0, done = 0;
        for (int handles = 24; handles <= 264; handles += handles < 120 ? 12 : 48)
        {
            LdnResult result = LdnProcess.Tool(
                job.Work.Folder, "prlimit", [$"--nofile={handles}", .. LdnProcess.Program, .. job.Arguments("--overwrite")]);
            if (result.ExitCode == 0)
            {
                done++;
                SmallRun.AssertTrue(job["result"]);
                Directory.Delete(job["result"], recursive: true);
                continue;
            }

            Assert.That(Path.Exists(job["result"]), Is.False, $"{handles}: {result.Error}");
            if (!result.Error.StartsWith("ldn: ", StringComparison.Ordinal))
                continue; // The runtime itself could not start.
            refused++;
            Assert.That(result.ExitCode, Is.AnyOf(2, 3, 75), $"{handles}: {result.Error}");
        }

        TestContext.Out.WriteLine($"campaign: limits of open files: {refused} refused by the program, {done} done");
        Assert.That(done, Is.Positive);
    }
}

namespace Ldn.Cli.Tests.Faults;

/// <summary>
/// Something goes wrong at the n-th block that a run reads, for each n: the complete result or none, and an earlier one as it
/// was.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ReadFaultTests
{
    [Test]
    public void AReadThatFailsAtAnyBlock([Values(1, 3)] int threads)
    {
        using var run = new SmallRun();
        Assert.That(run.Blocks, Is.GreaterThanOrEqualTo(5 * SmallJob.Height), "every strip of every raster is read");
        run.Execute(_ => { }, "earlier", threads);
        for (int n = 1; n <= run.Blocks; n++)
        {
            string folder = n % 2 == 0 ? "earlier" : "none";
            Fault fault = n % 3 == 0 ? Fault.Network : Fault.Unreadable;
            LdnException error = Assert.Throws<LdnException>(
                () => run.Execute(block => Fail(block, n, fault), folder, threads), $"block {n}")!;
            Assert.That((error.Fault, error.Message), Is.EqualTo((fault, "strip cannot be read")));
            Assert.That(Path.Exists(run["none"]), Is.False, $"block {n}");
        }

        run.AssertComplete("earlier");
        run.Execute(_ => { }, "none", threads);
        run.AssertComplete("none");
    }

    [Test]
    public void CancelledAtAnyBlock()
    {
        using var run = new SmallRun();
        run.Execute(_ => { }, "earlier");
        for (int n = 1; n <= run.Blocks; n += 4)
        {
            using var cancel = new CancellationTokenSource();
            Assert.That(
                () => run.Execute(block => CancelAt(block, n), n % 8 == 1 ? "none" : "earlier", 2, cancel.Token),
                Throws.InstanceOf<OperationCanceledException>(), $"block {n}");
            Assert.That(Path.Exists(run["none"]), Is.False);

            void CancelAt(int block, int at)
            {
                if (block == at)
                    cancel.Cancel();
            }
        }

        run.AssertComplete("earlier");
    }

    /// <summary>What is written into a folder that is gone is no result; the error says so.</summary>
    [Test]
    public void TheOutputFolderIsRemoved()
    {
        using var run = new SmallRun();
        for (int n = 1; n <= run.Blocks; n += 15)
        {
            LdnException error = Assert.Throws<LdnException>(
                () => run.Execute(block => RemoveAt(block, n), "gone"), $"block {n}")!;
            Assert.That(error.ExitCode, Is.AnyOf(ExitCode.Temporary, ExitCode.Usage), error.Message);
            Assert.That(error.Message, Does.Contain(run["gone"]));
            Assert.That(Path.Exists(run["gone"]), Is.False);
        }

        run.Execute(_ => { }, "gone");
        run.AssertComplete("gone");

        void RemoveAt(int block, int at)
        {
            if (block == at)
                Directory.Delete(run["gone"], recursive: true);
        }
    }

    /// <summary>
    /// Open files stay readable after removal, and cut ones may be read from memory: still nothing is published under a hash of
    /// other bytes.
    /// </summary>
    [Test]
    public void AnInputIsRemovedOrCut([Values] bool cut)
    {
        using var run = new SmallRun();
        foreach (string name in SmallRun.Rasters)
        {
            byte[] whole = File.ReadAllBytes(run[name]);
            DateTime time = File.GetLastWriteTimeUtc(run[name]);
            for (int n = 1; n <= run.Blocks; n += 29)
            {
                LdnException error = Assert.Throws<LdnException>(
                    () => run.Execute(block => Spoil(block, n), "none"), $"{name}, block {n}")!;
                Assert.That(error.ExitCode, Is.AnyOf(ExitCode.Input, ExitCode.Temporary));
                Assert.That(error.Message, Does.Contain(name));
                Assert.That(error.Remedy, Is.Not.Null);
                Assert.That(Path.Exists(run["none"]), Is.False);
                File.WriteAllBytes(run[name], whole);
                File.SetLastWriteTimeUtc(run[name], time);
            }

            void Spoil(int block, int at)
            {
                if (block != at)
                    return;
                if (!cut)
                    File.Delete(run[name]);
                else
                    using (FileStream file = File.OpenWrite(run[name]))
                        file.SetLength(whole.Length / 2);
            }
        }

        run.Execute(_ => { }, "none");
        run.AssertComplete("none");
    }

    private static void Fail(int block, int at, Fault fault)
    {
        if (block == at)
            throw fault.Error("strip cannot be read");
    }
}

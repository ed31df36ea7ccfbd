using System.Globalization;
using Ldn.Rasters;

namespace Ldn.Cli.Tests.Drought;

/// <summary>Monthly input as users have it: what is refused with its cure, what is warned of, what is read.</summary>
internal sealed class DroughtInputTests
{
    internal const int First = 1981, Years = 32, Width = 6, Height = 4;

    internal static Grid Grid => Workspace.Grid(Width, Height, 100, 50, 0.5);

    /// <summary>Rain of a month, mm: different in every cell, year and month.</summary>
    internal static double Rain(int cell, int month) => 5 + ((((month * 7919) ^ (cell * 104729)) & 1023) / 16.0);

    internal static Workspace World(
        Func<int, int, double> value, string format = "pr_{0:D4}-{1:D2}.tif", Func<int, bool>? without = null)
    {
        var work = new Workspace();
        for (int m = 0; m < Years * 12; m++)
            if (without?.Invoke(m) != true)
                work.Raster(
                    string.Format(CultureInfo.InvariantCulture, format, First + (m / 12), (m % 12) + 1), Grid,
                    CellType.Float32, [.. Enumerable.Range(0, Width * Height).Select(i => value(i, m))], -9999);
        return work;
    }

    internal static LdnResult Run(Workspace work, params string[] flags) => LdnProcess.Run(
        work.Folder,
        [
            "drought", "--precipitation", .. Directory.GetFiles(work.Folder, "pr*.tif").Order(StringComparer.Ordinal),
            "--out", "d", "--tables", "csv", .. flags,
        ]);

    [Test]
    public void FilesAMonthWithoutZonesAreOneZone()
    {
        using Workspace work = World(Rain, "pr.{0:D4}.{1:D2}.tif");
        Run(work, "--threads", "2").Succeeded();
        Assert.That(CsvRows.Read(work["d/drought.csv"]).Select(r => r["year"]).Distinct().Count(), Is.EqualTo(Years));
        byte[] map = File.ReadAllBytes(work["d/spi12_2000.tif"]), table = File.ReadAllBytes(work["d/drought.csv"]);
        foreach (string[] how in new[] { new[] { "--threads", "1" }, ["--memory", "64M"], ["--reader", "gdal"] })
        {
            Run(work, [.. how, "--overwrite"]).Succeeded();
            Assert.That(File.ReadAllBytes(work["d/spi12_2000.tif"]), Is.EqualTo(map), how[0]);
            Assert.That(File.ReadAllBytes(work["d/drought.csv"]), Is.EqualTo(table), how[0]);
        }
    }

    [Test]
    public void MissingMonthsLeaveTheirYearsOutWithAWarning()
    {
        using Workspace work = World(Rain, without: m => m == ((2005 - First) * 12) + 4);
        LdnResult result = Run(work).Succeeded();
        Assert.That(result.Error, Does.Contain("no index of 2005").And.Contain("2005-05").And.Contain("LDN914"));
        Assert.That(File.Exists(work["d/spi12_2005.tif"]), Is.False);
        BadInput.Refusal.Said(Run(work, "--years", "2004-2006", "--overwrite", "-q"), ExitCode.Usage, "2005-05", "--years");
    }

    [Test]
    public void ReferencesBesideTheSeriesAreRefused()
    {
        using Workspace work = World(Rain);
        BadInput.Refusal.Said(Run(work, "-q", "--reference", "1951-1980"), ExitCode.Usage, "0 years", "--reference");
        BadInput.Refusal.Said(Run(work, "-q", "--reference", "1991-2005"), ExitCode.Usage, "15 years", "--min-years");
        LdnResult shorter = Run(work, "--reference", "1991-2012").Succeeded();
        Assert.That(shorter.Error, Does.Contain("LDN913"));
    }

    [Test]
    public void AMonthTwiceIsRefused()
    {
        using Workspace work = World(Rain);
        work.Raster("prx_1990-07-15.tif", Grid, CellType.Float32, [.. Enumerable.Repeat(1.0, Width * Height)], -9999);
        BadInput.Refusal.Said(Run(work, "-q"), ExitCode.Usage, "1990-07", "one layer a month");
    }

    [Test]
    public void ValuesThatCannotBeStopTheRun()
    {
        using Workspace fills = World((i, m) => i == 3 && m == 40 ? -99 : Rain(i, m));
        BadInput.Refusal.Said(Run(fills, "-q"), ExitCode.Input, "-99", "--nodata precipitation=-99");
        Run(fills, "--nodata", "precipitation=-99").Succeeded();

        using Workspace kelvin = World(Rain);
        for (int m = 0; m < Years * 12; m++)
            kelvin.Raster(
                $"t_{First + (m / 12):D4}-{(m % 12) + 1:D2}.tif", Grid, CellType.Float32,
                [.. Enumerable.Range(0, Width * Height).Select(i => 285.0 + (m % 12))], -9999);
        string[] temperature = [.. Directory.GetFiles(kelvin.Folder, "t_*.tif").Order(StringComparer.Ordinal)];
        string[] flags = ["-q", "--index", "spei", "--temperature", .. temperature];
        BadInput.Refusal.Said(Run(kelvin, flags), ExitCode.Input, "degrees Celsius", "-273.15");
    }

    [TestCase(0.001, "metres")]
    [TestCase(1000, "20,000")]
    public void UnitsThatAreNotMmAreWarnedOf(double factor, string word)
    {
        using Workspace work = World((i, m) => Rain(i, m) * factor);
        Assert.That(Run(work).Succeeded().Error, Does.Contain(word).And.Contain("LDN915"));
    }

    [Test]
    public void EveryMonthHasRastersAndDecemberHasTables()
    {
        using Workspace work = World(Rain);
        Run(work, "--months", "3", "--end-month", "every", "--rasters", "drought,parts").Succeeded();
        Assert.That(File.Exists(work["d/spi3_1999_07.tif"]) && File.Exists(work["d/drought_fit_7_years.tif"]), Is.True);
        Run(work, "--months", "3", "--end-month", "7", "--overwrite").Succeeded();
        double[] july = Workspace.Read(work["d/spi3_1999.tif"]).Values;
        Run(work, "--months", "3", "--end-month", "every", "--overwrite").Succeeded();
        Assert.That(Workspace.Read(work["d/spi3_1999_07.tif"]).Values, Is.EqualTo(july));
    }
}

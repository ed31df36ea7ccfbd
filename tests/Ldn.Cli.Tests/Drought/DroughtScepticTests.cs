using System.Globalization;
using Ldn.Rasters;
using Ldn.Tests;
using static Ldn.Cli.Tests.Drought.DroughtInputTests;

namespace Ldn.Cli.Tests.Drought;

/// <summary>
/// What a sceptical hydrologist would try: the order of months, calendars and time zones of netCDF files, units, series that end
/// in
/// mid-year, one month alone; and classes, blocks and people once more, plainly, from the written index.
/// </summary>
internal sealed class DroughtScepticTests
{
    private Workspace _rain = null!;

    /// <summary>Rain by month, and its index.</summary>
    [OneTimeSetUp]
    public void Compute()
    {
        _rain = World(Rain);
        DroughtInputTests.Run(_rain).Succeeded();
    }

    [OneTimeTearDown]
    public void Clear() => _rain.Dispose();

    private static byte[] Bytes(Workspace work, string file) => File.ReadAllBytes(work["d/" + file]);

    [Test]
    public void TheOrderOfMonthsSaysNothing()
    {
        Workspace work = _rain;
        (byte[] map, byte[] table) = (Bytes(work, "spi12_2001.tif"), Bytes(work, "drought.csv"));
        string[] files = Directory.GetFiles(work.Folder, "pr*.tif");
        new Random(5).Shuffle(files);
        LdnProcess.Run(
            work.Folder,
            ["drought", "--precipitation", .. files, "--out", "shuffled", "--tables", "csv", "--overwrite"]).Succeeded();
        Assert.That(File.ReadAllBytes(work["shuffled/spi12_2001.tif"]), Is.EqualTo(map));
        Assert.That(File.ReadAllBytes(work["shuffled/drought.csv"]), Is.EqualTo(table));
    }

    /// <summary>Writes the rasters of a folder as netCDF with a time axis: units, calendar, times, unit of the values.</summary>
    private const string Script = """
        import sys, glob
        import numpy as np
        from osgeo import gdal
        folder, out, units, calendar, unit, times = sys.argv[1:]
        files = sorted(glob.glob(folder + '/pr_*.tif'))
        first = gdal.Open(files[0])
        x, cell, _, y, _, down = first.GetGeoTransform()
        data = np.stack([gdal.Open(f).ReadAsArray() for f in files]).astype('f4')
        ds = gdal.GetDriverByName('netCDF').CreateMultiDimensional(out)
        g = ds.GetRootGroup()
        def put(name, dims, kind, values, **attributes):
            v = g.CreateMDArray(name, dims, gdal.ExtendedDataType.Create(kind))
            for k, text in attributes.items():
                if text:
                    v.CreateAttribute(k, [], gdal.ExtendedDataType.CreateString()).Write(text)
            v.Write(np.ascontiguousarray(values))
        lat = g.CreateDimension('lat', gdal.DIM_TYPE_HORIZONTAL_Y, '', data.shape[1])
        lon = g.CreateDimension('lon', gdal.DIM_TYPE_HORIZONTAL_X, '', data.shape[2])
        put('lat', [lat], gdal.GDT_Float64, y + down * (np.arange(data.shape[1]) + .5), units='degrees_north',
            standard_name='latitude')
        put('lon', [lon], gdal.GDT_Float64, x + cell * (np.arange(data.shape[2]) + .5), units='degrees_east',
            standard_name='longitude')
        time = g.CreateDimension('time', gdal.DIM_TYPE_TEMPORAL, '', len(files))
        put('time', [time], gdal.GDT_Float64, np.array([float(t) for t in times.split(',')]), units=units, calendar=calendar,
            standard_name='time')
        put('pr', [time, lat, lon], gdal.GDT_Float32, data, units=unit)
        """;

    private static void Netcdf(Workspace work, string units, string calendar, string unit, Func<int, double> time)
    {
        const string python = "/usr/bin/python3";
        if (LdnProcess.Tool(work.Folder, python, "-c", "from osgeo import gdal; assert gdal.GetDriverByName('netCDF')")
            .ExitCode != 0)
            Assert.Ignore($"{python} has no GDAL with netCDF");
        LdnProcess.Tool(
            work.Folder, python, "-c", Script, work.Folder, work["pr.nc"], units, calendar, unit,
            string.Join(',', Enumerable.Range(0, Years * 12).Select(m => time(m).ToString("R", CultureInfo.InvariantCulture))))
            .Succeeded();
    }

    private static LdnResult RunNetcdf(Workspace work) => LdnProcess.Run(
        work.Folder, ["drought", "--precipitation", "pr.nc", "--out", "n", "--tables", "csv", "--overwrite"]);

    private static DateTime Month(int m) => new DateTime(First, 1, 1).AddMonths(m);

    /// <summary>Days of a month since 1850 in each calendar, at its middle, its first midnight or its last hour.</summary>
    private static IEnumerable<TestCaseData> Calendars()
    {
        static double Days(DateTime at) => (at - new DateTime(1850, 1, 1)).TotalDays;
        yield return new("days since 1850-01-01", "standard", (Func<int, double>)(m => Days(Month(m)) + 14.5));
        yield return new("days since 1850-01-01", "360_day", (Func<int, double>)(m => ((131 * 360) + (m * 30.0))));
        yield return new("days since 1850-01-01", "noleap", (Func<int, double>)(m =>
            ((131 + (m / 12)) * 365) + new DateTime(2001, 1 + (m % 12), 1).DayOfYear - 1));
        yield return new("days since 1850-01-01", "julian", (Func<int, double>)(m => Days(Month(m)) + 15 - 12));
        yield return new("hours since 1-1-1 00:00:0.0", "standard", (Func<int, double>)(m =>
            ((Month(m) - new DateTime(1, 1, 1)).TotalDays + 2) * 24));
        yield return new("hours since 1850-01-01 00:00:00 +8:00", "proleptic_gregorian", (Func<int, double>)(m =>
            Days(Month(m)) * 24));
        yield return new("seconds since 1850-01-01T00:00:00Z", "gregorian", (Func<int, double>)(m =>
            (Days(Month(m + 1)) * 86400) - 3600));
        yield return new("months since 1981-01-01", "360", (Func<int, double>)(m => m + 0.5));
        yield return new("day as %Y%m%d.%f", "proleptic_gregorian", (Func<int, double>)(m =>
            (Month(m).Year * 10000) + (Month(m).Month * 100) + 16.5));
    }

    [TestCaseSource(nameof(Calendars))]
    public void CalendarsTellTheMonths(string units, string calendar, Func<int, double> time)
    {
        if (calendar is not ("360_day" or "noleap" or "gregorian"))
            FullRun.Only("a netCDF file of 384 months takes seconds; TimeAxisTests look at every calendar");
        Workspace work = _rain;
        Netcdf(work, units, calendar, "mm", time);
        LdnResult result = RunNetcdf(work).Succeeded();
        Assert.That(result.Error, Does.Not.Contain("LDN915"));
        foreach (int year in new[] { 1982, 1996, 2012 })
            Assert.That(
                Workspace.Read(work[$"n/spi12_{year}.tif"]).Values,
                Is.EqualTo(Workspace.Read(work[$"d/spi12_{year}.tif"]).Values));
        Assert.That(File.ReadAllBytes(work["n/drought.csv"]), Is.EqualTo(Bytes(work, "drought.csv")));
    }

    [Test]
    public void ACalendarThatNobodyKnowsIsNamed()
    {
        Workspace work = _rain;
        Netcdf(work, "days since 1850-01-01", "lunar", "mm", m => 30 * m);
        LdnResult result = RunNetcdf(work);
        Assert.That(result.ExitCode, Is.EqualTo((int)ExitCode.Usage), result.Error);
        Assert.That(result.Error, Does.Contain("calendar 'lunar'").And.Contain("table with columns layer and date"));
    }

    [Test]
    public void TheUnitOfTheFileIsHeeded()
    {
        Workspace work = _rain;
        Netcdf(work, "months since 1981-01-01", "standard", "mm/day", m => m);
        Assert.That(RunNetcdf(work).Succeeded().Error, Does.Contain("LDN915").And.Contain("multiply each month by its days"));
    }

    [Test]
    public void ASeriesThatEndsInJuneHasNoDecember()
    {
        using Workspace work = World(Rain, without: m => m >= ((2012 - First) * 12) + 6);
        LdnResult result = DroughtInputTests.Run(work).Succeeded();
        Assert.That(File.Exists(work["d/spi12_2011.tif"]) && !File.Exists(work["d/spi12_2012.tif"]), Is.True);
        Assert.That(result.Error, Does.Not.Contain("LDN914"), "the end of the series is no gap");
        DroughtInputTests.Run(work, "--end-month", "6", "--overwrite").Succeeded();
        Assert.That(File.Exists(work["d/spi12_2012.tif"]), Is.True);
        BadInput.Refusal.Said(
            DroughtInputTests.Run(work, "--years", "2010-2012", "--overwrite", "-q"), ExitCode.Usage, "spi12 2012", "2012-07",
            "--years");
    }

    /// <summary>A month of every year; thirty years of reference among thirty-one.</summary>
    [Test]
    public void OneMonthAloneAndAReferenceOfThirtyYears()
    {
        using Workspace work = World((i, m) => i == 2 ? 0 : Rain(i, m), without: m => m % 12 != 6 || m / 12 == 31);
        DroughtInputTests.Run(work, "--months", "1", "--end-month", "7").Succeeded();
        double[] map = Workspace.Read(work["d/spi1_2011.tif"]).Values;
        Assert.That(map.Select((v, i) => double.IsNaN(v) == (i == 2)), Is.All.True, "the desert alone has no index");
        Assert.That(CsvRows.Read(work["d/drought.csv"]).Select(r => r["year"]).Distinct().Count(), Is.EqualTo(31));
        CsvLine fit = CsvRows.Read(work["d/drought_fit.csv"]).Single();
        Assert.That(fit.Number("dry_km2"), Is.GreaterThan(0));

        // Plainly: the rank of 2011 among thirty Julys is that of its index.
        double[] julys = [.. Enumerable.Range(0, 30).Select(y => Rain(0, (y * 12) + 6))];
        double mean = julys.Average(), a = Math.Log(mean) - julys.Average(Math.Log);
        double shape = (1 + Math.Sqrt(1 + (4 * a / 3))) / (4 * a);
        Assert.That(fit.Number("short_km2"), Is.Zero);
        Assert.That(shape, Is.GreaterThan(0));
        double[] index = [.. Enumerable.Range(0, 31).Select(y => Workspace.Read(work[$"d/spi1_{First + y}.tif"]).Values[0])];
        int[] byRain = [.. Enumerable.Range(0, 31).OrderBy(y => Rain(0, (y * 12) + 6))];
        Assert.That(byRain.Select(y => index[y]), Is.Ordered);
    }

    /// <summary>Classes, blocks and people in drought from the index as it is written, cell by cell.</summary>
    [Test]
    public void ClassesBlocksAndPeopleAreThoseOfAPlainCount()
    {
        using Workspace work = World((i, m) => (i + m) % 97 == 0 ? -9999 : i == 5 && m % 12 < 11 ? 0 : Rain(i, m));
        var random = new Random(8);
        double[][] people = [.. Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, Width * Height)
            .Select(_ => (double)random.Next(1, 500)).ToArray())];
        foreach ((string name, int i) in new[] { "f2001", "m2001", "f2010", "m2010" }.Select((n, i) => (n, i)))
            work.Raster($"people_{name}.tif", DroughtInputTests.Grid, CellType.Float32, people[i], -1);
        work.Raster(
            "water.tif", DroughtInputTests.Grid, CellType.Byte,
            [.. Enumerable.Range(0, Width * Height).Select(i => i % 7 == 0 ? 1.0 : 0)], 255);
        string layers = string.Join(
            ", ",
            Directory.GetFiles(work.Folder, "pr*.tif").Order(StringComparer.Ordinal).Select(f => $"\"{Path.GetFileName(f)}\""));
        work.Text("job.json", $$"""
            { "water": "water.tif", "strata": { "drought": { "index": "spi", "precipitation": { "layers": [{{layers}}] } },
              "population": { "2001": { "female": "people_f2001.tif", "male": "people_m2001.tif" },
                "2010": { "female": "people_f2010.tif", "male": "people_m2010.tif" } } } }
            """);
        LdnProcess.Run(work.Folder, ["drought", "job.json", "--out", "d", "--tables", "csv"]).Succeeded();
        int[] years = [.. Enumerable.Range(First, Years).Where(y => File.Exists(work[$"d/spi12_{y}.tif"]))];
        Dictionary<int, double[]> index = years.ToDictionary(y => y, y => Workspace.Read(work[$"d/spi12_{y}.tif"]).Values);
        int[] land = [.. Enumerable.Range(0, Width * Height).Where(i => i % 7 != 0)];
        static string Class(double x) => double.IsNaN(x) ? "no_data" : x > 0 ? "none" : x > -1 ? "mild" : x > -1.5 ? "moderate"
            : x > -2 ? "severe" : "extreme";
        double Women(int i, int year) => people[Math.Abs(year - 2001) <= Math.Abs(year - 2010) ? 0 : 2][i];
        double Men(int i, int year) => people[Math.Abs(year - 2001) <= Math.Abs(year - 2010) ? 1 : 3][i];
        Dictionary<string, CsvLine> rows = CsvRows.Read(work["d/drought.csv"]).ToDictionary(r => r.Key("year", "drought"));
        foreach (int year in years)
            foreach (string name in new[] { "none", "mild", "moderate", "severe", "extreme", "no_data" })
            {
                int[] cells = [.. land.Where(i => Class(index[year][i]) == name)];
                CsvLine row = rows[$"{year}/{name}"];
                (double women, double men) = (cells.Sum(i => Women(i, year)), cells.Sum(i => Men(i, year)));
                Assert.That(row.Number("female_persons"), Is.EqualTo(women).Within(1e-6), $"{year} {name}");
                Assert.That(row.Number("male_persons"), Is.EqualTo(men).Within(1e-6), $"{year} {name}");
                Assert.That(row.Number("pixels"), Is.EqualTo(cells.Length), $"{year} {name}");
            }

        Dictionary<string, CsvLine> blocks = CsvRows.Read(work["d/drought_blocks.csv"])
            .ToDictionary(r => r.Key("first_year", "drought"));
        int[] firsts = [.. years.Select(y => 2000 + (4 * (int)Math.Floor((y - 2000) / 4.0))).Distinct()];
        Assert.That(blocks.Values.Select(r => (int)r.Number("first_year")).Distinct().Order(), Is.EqualTo(firsts));
        foreach (int first in firsts)
        {
            int[] inBlock = [.. years.Where(y => y >= first && y < first + 4)];
            (string Class, int Year)[] worst = [.. Enumerable.Range(0, Width * Height).Select(i =>
            {
                int[] known = [.. inBlock.Where(y => !double.IsNaN(index[y][i]))];
                int year = known.Length == 0 ? first + 3 : known.OrderBy(y => index[y][i]).ThenBy(y => y).First();
                return (known.Length == 0 ? "no_data" : Class(index[year][i]), year);
            })];
            foreach (string name in new[] { "none", "mild", "moderate", "severe", "extreme", "no_data" })
            {
                int[] cells = [.. land.Where(i => worst[i].Class == name)];
                CsvLine row = blocks[$"{first}/{name}"];
                Assert.That(row.Number("pixels"), Is.EqualTo(cells.Length), $"{first} {name}");
                (double women, double men) = (cells.Sum(i => Women(i, worst[i].Year)), cells.Sum(i => Men(i, worst[i].Year)));
                Assert.That(row.Number("female_persons"), Is.EqualTo(women).Within(1e-6), $"{first} {name}");
                Assert.That(row.Number("male_persons"), Is.EqualTo(men).Within(1e-6), $"{first} {name}");
            }
        }
    }
}

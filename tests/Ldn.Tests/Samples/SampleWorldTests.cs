using System.Text.Json;
using Ldn.Rasters;
using Ldn.Samples;

namespace Ldn.Tests.Samples;

[Category("Slow")]
internal sealed class SampleWorldTests
{
    private static readonly int[] EsaCci =
    [
        0, 10, 11, 12, 20, 30, 40, 50, 60, 61, 62, 70, 71, 72, 80, 81, 82, 90, 100, 110, 120, 121, 122, 130, 140, 150, 151, 152,
        153,
        160, 170, 180, 190, 200, 201, 202, 210, 220,
    ];

    private static readonly SampleOptions Small = new(870, 660, 1, Threads: 2);
    private static readonly Lazy<(
        Dictionary<string, MemoryRaster> Rasters, Dictionary<string, string> Files)> World = new(() => Write(Small));

    [Test]
    public void TheFilesAreTheSameForAnyThreadsAndLayout()
    {
        foreach (
            SampleOptions options in new[]
            {
                Small with { Threads = 1 }, Small with { Threads = 5 }, Small with { Layout = RasterLayout.Striped }
            })
        {
            (Dictionary<string, MemoryRaster> rasters, Dictionary<string, string> files) = Write(options);
            Assert.That(rasters.Keys, Is.EquivalentTo(World.Value.Rasters.Keys));
            Assert.That(files, Is.EquivalentTo(World.Value.Files));
            foreach ((string name, MemoryRaster raster) in rasters)
            {
                Assert.That(raster.Cells.AsSpan().SequenceEqual(World.Value.Rasters[name].Cells), $"{name} with {options}");
                if (options.Layout == RasterLayout.Tiled)
                    Assert.That(
                        raster.Windows, Is.EqualTo(World.Value.Rasters[name].Windows), "rasters are written in one order");
            }
        }
    }

    [Test]
    public void ABaselineIsThePartOfTheWholeAndSeedsDiffer()
    {
        (Dictionary<string, MemoryRaster> rasters, _) = Write(Small with { BaselineOnly = true });
        Assert.That(
            rasters.Keys, Is.EquivalentTo(new[] { "lc2000.tif", "lc2015.tif", "lpd2015.tif", "soc2000.tif", "soc2015.tif" }));
        foreach ((string name, MemoryRaster raster) in rasters)
            Assert.That(raster.Cells.AsSpan().SequenceEqual(World.Value.Rasters[name].Cells), name);
        (rasters, _) = Write(Small with { BaselineOnly = true, Seed = 2 });
        foreach ((string name, MemoryRaster raster) in rasters)
            Assert.That(raster.Cells.AsSpan().SequenceEqual(World.Value.Rasters[name].Cells), Is.False, name);
    }

    [TestCase("lpd", 0, 5)]
    [TestCase("land_types", 0, 14)]
    [TestCase("climate_zones", 0, 12)]
    [TestCase("soc", 0, 800)]
    [TestCase("aridity", 0.001, 3)]
    [TestCase("population", 0, 1e7)]
    public void ValuesStayInTheirRange(string prefix, double least, double most)
    {
        foreach (
            (string name, MemoryRaster raster) in World.Value.Rasters.Where(
                r => r.Key.StartsWith(prefix, StringComparison.Ordinal)))
        {
            double[] values = [.. raster.Values().Where(v => v != raster.Description.NoData)];
            Assert.That(values, Is.Not.Empty, name);
            Assert.That(values.Min(), Is.AtLeast(least), name);
            Assert.That(values.Max(), Is.AtMost(most), name);
        }
    }

    [Test]
    public void EveryCodeOccursAndNoOther()
    {
        foreach (string name in new[] { "lc2000.tif", "lc2015.tif", "lc2016.tif", "lc2019.tif", "lc2022.tif" })
            Assert.That(Present(name), Is.SubsetOf(EsaCci), name);
        Assert.That(Present("lc2000.tif").Select(Unccd).Distinct(), Is.EquivalentTo(new[] { 0, 1, 2, 3, 4, 5, 6, 7 }));
        foreach (string name in new[] { "lpd2015.tif", "lpd2019.tif", "lpd2023.tif" })
            Assert.That(Present(name), Is.EquivalentTo(new[] { 0, 1, 2, 3, 4, 5 }), name);
        double[] aridity = [.. World.Value.Rasters["aridity.tif"].Values().Where(v => v > 0)];
        foreach ((double from, double to) in new[] { (0, 0.05), (0.05, 0.2), (0.2, 0.5), (0.5, 0.65), (0.65, 9) })
            Assert.That(aridity.Any(a => a >= from && a < to), $"some land from {from} to {to}");
    }

    [Test]
    public void CoverIsCoherentAndChangesALittle()
    {
        byte[] before = World.Value.Rasters["lc2000.tif"].Cells, after = World.Value.Rasters["lc2015.tif"].Cells;
        double[] early = World.Value.Rasters["soc2000.tif"].Values(), late = World.Value.Rasters["soc2015.tif"].Values();
        int land = 0, alike = 0, changed = 0, lost = 0, gained = 0;
        for (int i = 1; i < before.Length; i++)
        {
            if (early[i] <= 0 || late[i] <= 0)
                continue;
            land++;
            alike += Unccd(before[i]) == Unccd(before[i - 1]) ? 1 : 0;
            changed += Unccd(before[i]) != Unccd(after[i]) ? 1 : 0;
            lost += 100 * late[i] < 90 * early[i] ? 1 : 0;
            gained += 100 * late[i] > 110 * early[i] ? 1 : 0;
        }

        Assert.Multiple(() =>
        {
            Assert.That((double)alike / land, Is.GreaterThan(0.8));
            Assert.That((double)changed / land, Is.InRange(0.01, 0.03));
            Assert.That((double)lost / land, Is.InRange(0.01, 0.1));
            Assert.That((double)gained / land, Is.InRange(0.005, 0.1));
        });
    }

    [Test]
    public void EachCountryHasSeveralClasses()
    {
        Grid grid = SampleWorld.Grid(Small.Width, Small.Height);
        var countries = new SampleCountries(grid);
        byte[] cover = World.Value.Rasters["lc2000.tif"].Cells, productivity = World.Value.Rasters["lpd2015.tif"].Cells;
        HashSet<int>[] covers = [.. Enumerable.Range(0, 6).Select(_ => new HashSet<int>())],
        classes = [.. covers.Select(_ => new HashSet<int>())];
        var outside = new bool[cover.Length];
        Array.Fill(outside, true);
        for (int row = 0; row < grid.Height; row++)
            foreach (SampleCountries.Span span in countries.Row(row))
                for (int i = (row * grid.Width) + span.Start; i < (row * grid.Width) + span.End; i++)
                {
                    covers[span.Country].Add(Unccd(cover[i]));
                    classes[span.Country].Add(productivity[i]);
                    outside[i] = false;
                }

        Assert.That(covers.Select(c => c.Count), Has.All.GreaterThanOrEqualTo(4));
        Assert.That(classes.Select(c => c.Count), Has.All.GreaterThanOrEqualTo(4));
        Assert.That(outside.Count(o => !o), Is.InRange(0.33 * cover.Length, 0.39 * cover.Length));
        Assert.That(
            Enumerable.Range(0, cover.Length)
                .Count(i => outside[i] && (cover[i] != SampleLandCover.Water || productivity[i] != 0)),
            Is.Zero);
    }

    [TestCase(false)]
    [TestCase(true)]
    public void TheJobNamesExactlyWhatIsThere(bool baselineOnly)
    {
        (
            Dictionary<string, MemoryRaster> rasters, Dictionary<string,
            string> files) = Write(new SampleOptions(64, 40, BaselineOnly: baselineOnly));
        using JsonDocument job = JsonDocument.Parse(files["job.json"]);
        List<string> named = [.. Strings(job.RootElement).Where(s => s.EndsWith(".tif", StringComparison.Ordinal))];
        Assert.That(named, Is.EquivalentTo(rasters.Keys));
        Assert.That(files["README.txt"], Does.StartWith("SYNTHETIC DATA"));
        Assert.That(files["groups.csv"].Split('\n'), Has.Length.EqualTo(8));
        Assert.That(
            Strings(JsonDocument.Parse(files["countries.geojson"]).RootElement),
            Is.SupersetOf(new[] { "CHN", "PRK", "JPN", "MNG", "KOR", "RUS" }));
    }

    [Test]
    public void WholeExtentAndFloatStocks()
    {
        (Dictionary<string, MemoryRaster> rasters, _) = Write(
            new SampleOptions(600, 520, WholeExtent: true, FloatSoilCarbon: true));
        Assert.That(rasters["lc2000.tif"].Cells.Count(c => c == SampleLandCover.Water), Is.LessThan(600 * 520 / 10));
        Assert.That(rasters["soc2000.tif"].Description.CellType, Is.EqualTo(CellType.Float32));
        Assert.That(rasters["soc2000.tif"].Values().Any(v => v > 0 && v != Math.Floor(v)));
    }

    [Test]
    public void RefusesWhatCannotBe()
    {
        Assert.That(
            () => SampleWorld.Grid(15, 100), Throws.TypeOf<LdnException>().With.Property("ExitCode").EqualTo(ExitCode.Usage));
        string folder = Directory.CreateTempSubdirectory("ldn-sample").FullName;
        try
        {
            var options = new SampleOptions(20, 20);
            SampleWorld.Write(folder, options, new MemoryGeodata());
            Assert.That(
                () => SampleWorld.Write(folder, options, new MemoryGeodata()),
                Throws.TypeOf<LdnException>().With.Message.Contains("job.json"));
            Assert.That(() => SampleWorld.Write(folder, options with { Overwrite = true }, new MemoryGeodata()), Throws.Nothing);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [Test]
    public void AFailureOnAWorkerIsToldAsItselfAndLeavesNoJob()
    {
        string folder = Directory.CreateTempSubdirectory("ldn-sample").FullName;
        try
        {
            var geodata = new FailingGeodata();
            Assert.That(
                () => SampleWorld.Write(folder, new SampleOptions(600, 600, Threads: 2), geodata),
                Throws.TypeOf<LdnException>().With.Property("ExitCode").EqualTo(ExitCode.Temporary));
            Assert.That(Directory.GetFiles(folder), Is.Empty);
            Assert.That(
                geodata.Inner.Rasters.Values, Has.All.Matches<MemoryRaster>(r => r is { Completed: false, Disposed: true }));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static (Dictionary<string, MemoryRaster> Rasters, Dictionary<string, string> Files) Write(SampleOptions options)
    {
        string folder = Directory.CreateTempSubdirectory("ldn-sample").FullName;
        try
        {
            var geodata = new MemoryGeodata();
            var fractions = new List<double>();
            SampleWorld.Write(folder, options, geodata, new Recorder(fractions));
            Assert.That(fractions, Is.Ordered.And.Not.Empty);
            Assert.That(fractions[^1], Is.EqualTo(1));
            Assert.That(geodata.Rasters.Values, Has.All.Matches<MemoryRaster>(r => r is { Completed: true, Disposed: true }));
            return (geodata.Rasters, Directory.GetFiles(folder).ToDictionary(f => Path.GetFileName(f)!, File.ReadAllText));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static int[] Present(string name) => [.. World.Value.Rasters[name].Cells.Distinct().Select(v => (int)v)];

    private static int Unccd(int code) => code switch
    {
        0 => 0,
        >= 10 and <= 40 => 3,
        >= 50 and <= 100 => 1,
        >= 110 and <= 153 => 2,
        >= 160 and <= 180 => 4,
        190 => 5,
        210 => 7,
        _ => 6,
    };

    private static IEnumerable<string> Strings(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Strings(p.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Strings),
        JsonValueKind.String => [element.GetString()!],
        _ => [],
    };

    private sealed class Recorder(List<double> fractions) : IProgress<double>
    {
        public void Report(double value) => fractions.Add(value);
    }

    private sealed class FailingGeodata : IGeodata
    {
        public MemoryGeodata Inner { get; } = new();

        public IRasterSink CreateRaster(string path, RasterDescription description)
        {
            var raster = (MemoryRaster)Inner.CreateRaster(path, description);
            raster.OnWrite = _ => throw LdnException.Temporary("disk full");
            return raster;
        }

        public IRasterSource OpenRaster(string name) => Inner.OpenRaster(name);

        public IReadOnlyList<string> BandNames(string name) => Inner.BandNames(name);

        public VectorLayer ReadPolygons(string name, string? layer) => Inner.ReadPolygons(name, layer);

        public bool SameCrs(Crs left, Crs right) => Inner.SameCrs(left, right);

        public Crs GeographicOf(Crs crs) => Inner.GeographicOf(crs);

        public ICoordinateTransform CreateTransform(Crs from, Crs to) => Inner.CreateTransform(from, to);
    }
}

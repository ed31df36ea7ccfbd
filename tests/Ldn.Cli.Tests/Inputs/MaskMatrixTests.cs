using System.Globalization;
using System.Text.Json.Nodes;
using Ldn.Rasters;
using Ldn.Tests;

namespace Ldn.Cli.Tests.Inputs;

/// <summary>
/// Validity that is kept beside the cells, for every layer a job can name (method §1): a mask inside the file, a <c>.msk</c>
/// beside it, a band of opacity; cells by the own decoder and by GDAL; one process and shards. In every job each layer has a hole
/// of its own. The run must give, to the byte, the files of the same run over rasters with a declared no-data value in the holes.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class MaskMatrixTests
{
    /// <summary>Narrow and long, so that there are shards to make; a hole is four columns of eight rows.</summary>
    private const int Width = 8, Height = 1100, HoleEvery = 40, Apart = 4;

    /// <summary>
    /// Where the mask is, and what holds the cells: <c>plain</c> and <c>cog</c> are for the own decoder, the others for GDAL.
    /// </summary>
    private static readonly string[] s_ways =
    [
        .. from form in new[] { "plain", "cog", "lzma", "vrt" } from kind in new[] { "inside", "beside", "alpha" }
            select $"{kind}-{form}",
        "beside-img",
    ];

    private static readonly Grid s_grid = Workspace.Grid(Width, Height, 100, 48, 0.01);

    private static readonly Dictionary<string, Lazy<World>> s_worlds = MaskedJob.All().ToDictionary(
        j => j.Name, j => new Lazy<World>(() => new World(j)));

    /// <summary>
    /// All turns, or in every check three, which have every layer with every kind of mask. Of monthly rasters one is enough then:
    /// a world of them is made of hundreds of files.
    /// </summary>
    private static IEnumerable<TestCaseData> Turns() =>
        from job in MaskedJob.All()
        from turn in Enumerable.Range(0, s_ways.Length)
        where FullRun.Asked || (turn % Apart == 0 && turn <= (job.Verb == "compute" ? 2 * Apart : 0))
        select new TestCaseData(job.Name, turn);

    /// <summary>
    /// In every turn each layer of a job comes in another way than in the turn before, so that all turns are the whole matrix.
    /// </summary>
    [TestCaseSource(nameof(Turns))]
    public void MaskedIsNoData(string job, int turn)
    {
        World world = s_worlds[job].Value;
        string folder = $"turn{turn}";
        world.Link(folder, [.. world.Masked.Select((file, i) => (file, s_ways[(i + turn) % s_ways.Length]))]);
        foreach (string reader in FullRun.Asked ? ["auto", "gdal"] : new[] { turn == Apart ? "gdal" : "auto" })
        {
            world.Run(folder, $"{folder}/{reader}", ["--reader", reader]);
            world.Same($"{folder}/{reader}");
            if (world.Job.Verb == "compute" && (FullRun.Asked ? reader == (turn % 2 == 0 ? "auto" : "gdal") : turn == 0))
                world.Same(world.RunShards(folder, $"{folder}/shards-{reader}", ["--reader", reader]), ".csv");
        }
    }

    /// <summary>All layers, or in every check two: this is about the inputs of the test, not about the program.</summary>
    private static IEnumerable<TestCaseData> Layers() =>
        (from job in MaskedJob.All() from layer in job.Layers where layer.Masked select new TestCaseData(job.Name, layer.File))
            .Take(FullRun.Asked ? int.MaxValue : 2);

    /// <summary>Without the hole of one layer some file is another: no layer of the matrix is there for show.</summary>
    [TestCaseSource(nameof(Layers))]
    public void EveryHoleMatters(string job, string layer)
    {
        World world = s_worlds[job].Value;
        string folder = "but-" + layer;
        world.Link(folder, [.. world.Masked.Select(file => (file, file == layer ? "full" : "tagged"))]);
        world.Run(folder, $"{folder}/result", []);
        Assert.That(world.Differs($"{folder}/result"), layer);
    }

    [OneTimeTearDown]
    public void Remove()
    {
        foreach (Lazy<World> world in s_worlds.Values.Where(w => w.IsValueCreated))
            world.Value.Work.Dispose();
    }

    /// <summary>The folder of a job: its rasters whole, tagged and masked in every way, and what the tagged run wrote.</summary>
    private sealed class World
    {
        private readonly SortedDictionary<string, string> _expected;

        public World(MaskedJob job)
        {
            Job = job;
            Directory.CreateDirectory(Work["full"]);
            foreach ((int i, MaskedLayer layer) in job.Layers.OrderBy(l => l.Masked ? 0 : 1).Index())
                Work.Raster(
                    $"full/{layer.File}", s_grid, layer.Type,
                    [.. Enumerable.Range(0, Width * Height).Select(cell => (InHole(cell, i) ? layer.Value : layer.Else)(
                        cell % Width, cell / Width))], layer.NoData, RasterLayout.Tiled, RasterCompression.Lzw);
            Work.Zones("zones.geojson", [
                ("\"iso3\":\"MNG\"", Workspace.Rectangle(100, 37, 100.045, 48)),
                ("\"iso3\":\"CHN\"", Workspace.Rectangle(100.045, 37, 100.08, 48))]);
            Work.Text("matrices.csv", "region,matrix\n1,strict.csv\n2,mild.csv\n");
            foreach ((string file, string other) in new[] { ("strict.csv", "-1"), ("mild.csv", "1") })
                Work.Text(file, "from,1,2,3,4,5,6,7\n" + string.Concat(Enumerable.Range(1, 7).Select(from =>
                    $"{from},{string.Join(',', Enumerable.Range(1, 7).Select(to => to == from ? "0" : other))}\n")));
            Work.Text("emissions.csv", "land_cover,climate_zone,t_c_per_ha_year\n1,,0.5\n3,2,2\n3,1,1\n");
            LdnProcess.Tool(
                Work.Folder, File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3",
                ["-c", Masks, $"{HoleEvery}", .. Masked]).Succeeded();
            Run("tagged", "tagged/result", []);
            _expected = Files("tagged/result");
            Assert.That(_expected, Has.Count.GreaterThan(1));
        }

        public Workspace Work { get; } = new();

        public MaskedJob Job { get; }

        public IEnumerable<string> Masked => Job.Layers.Where(l => l.Masked).Select(l => l.File);

        public void Run(string folder, string result, string[] more) =>
            Call([Job.Verb, JobFile(folder), "--out", Work[result], .. more]);

        public string RunShards(string folder, string run, string[] more)
        {
            const int Shards = 2;
            string plan = Work[$"{run}/plan.json"];
            Call(["plan", JobFile(folder), "--shards", $"{Shards}", "-o", plan]);
            foreach (string[] stage in Job.Stages)
                for (int i = 0; i < Shards; i++)
                    Call(["compute", "--plan", plan, "--shard", i.ToString(CultureInfo.InvariantCulture), .. stage, .. more]);
            Call(["merge", plan, "--out", Work[$"{run}/merged"]]);
            return $"{run}/merged";
        }

        public void Link(string folder, (string File, string Of)[] files)
        {
            Directory.CreateDirectory(Work[folder]);
            foreach ((string file, string of) in files)
                foreach (string name in new[] { file, file + ".msk" })
                    if (File.Exists(Work[$"{of}/{name}"]))
                        File.Copy(Work[$"{of}/{name}"], Work[$"{folder}/{name}"]);
        }

        public void Same(string result, string ending = "")
        {
            SortedDictionary<string, string> found = Files(result);
            foreach ((string file, string text) in _expected.Where(f => f.Key.EndsWith(ending)))
                Assert.That(found.GetValueOrDefault(file), Is.EqualTo(text), $"{result}: {file}");
        }

        public bool Differs(string result) => !Files(result).SequenceEqual(_expected);

        /// <summary>Tables and rasters of a result, as text that a failure can show; not what tells of files and times.</summary>
        private SortedDictionary<string, string> Files(string result) => new(
            Directory.GetFiles(Work[result], "*", SearchOption.AllDirectories)
                .Where(f => f.EndsWith(".csv") || f.EndsWith(".tif"))
                .ToDictionary(
                    f => Path.GetRelativePath(Work[result], f),
                    f => f.EndsWith(".csv") ? File.ReadAllText(f) : Convert.ToHexString(File.ReadAllBytes(f))),
            StringComparer.Ordinal);

        private static bool InHole(int cell, int layer) =>
            cell % Width is >= 2 and < 6 && cell / Width - (layer * HoleEvery) is >= 3 and < 11;

        private string JobFile(string folder)
        {
            JsonNode job = JsonNode.Parse(Job.Text)!;
            job["name"] = "masks";
            return Work.Text($"{folder}/job-{Guid.NewGuid():N}.json", job.ToJsonString());
        }

        private void Call(string[] arguments)
        {
            if (CommandLine.Run(AllVerbs.InOrder, [.. arguments, "--no-progress"]) != 0)
                Assert.Fail($"{string.Join(' ', arguments)}: {LdnProcess.Run(Work.Folder, arguments).Error}");
        }
    }

    /// <summary>
    /// Writes each of full/NAME … as tagged/NAME, with its no-data value in the hole, and as KIND-FORM/NAME, all values as they
    /// are and no tag, with the hole masked out.
    /// </summary>
    private const string Masks = """
        import os, struct, sys
        from osgeo import gdal
        gdal.UseExceptions()
        gdal.PushErrorHandler('CPLQuietErrorHandler')
        every = int(sys.argv[1])
        GTIFF, MEM = gdal.GetDriverByName('GTiff'), gdal.GetDriverByName('MEM')
        FORMS = {'plain': ('GTiff', ['COMPRESS=LZW', 'TILED=YES', 'BLOCKXSIZE=128', 'BLOCKYSIZE=128']),
                 'cog': ('COG', ['COMPRESS=DEFLATE', 'BLOCKSIZE=128', 'OVERVIEWS=NONE']),
                 'lzma': ('GTiff', [
                     'COMPRESS=LZMA' if 'LZMA' in GTIFF.GetMetadataItem('DMD_CREATIONOPTIONLIST') else 'COMPRESS=PACKBITS']),
                 'img': ('HFA', [])}

        def memory(source, bands):
            made = MEM.Create('', source.RasterXSize, source.RasterYSize, bands, source.GetRasterBand(1).DataType)
            made.SetGeoTransform(source.GetGeoTransform())
            made.SetProjection(source.GetProjection())
            made.GetRasterBand(1).WriteRaster(0, 0, source.RasterXSize, source.RasterYSize, source.GetRasterBand(1).ReadRaster())
            return made

        for i, name in enumerate(sys.argv[2:]):
            full = gdal.Open('full/' + name)
            width, height, fill = full.RasterXSize, full.RasterYSize, full.GetRasterBand(1).GetNoDataValue()
            hole = (2, i * every + 3, 4, 8)
            for folder in ['tagged'] + [k + '-' + f for k in ('inside', 'beside', 'alpha') for f in (*FORMS, 'vrt')]:
                os.makedirs(folder, exist_ok=True)
            tagged = GTIFF.CreateCopy('tagged/' + name, full)
            tagged.GetRasterBand(1).WriteRaster(*hole, struct.pack('32d', *[fill] * 32), buf_type=gdal.GDT_Float64)
            tagged = None
            bare, masked, alpha = memory(full, 1), memory(full, 1), memory(full, 2)
            masked.CreateMaskBand(gdal.GMF_PER_DATASET)
            alpha.GetRasterBand(2).SetColorInterpretation(gdal.GCI_AlphaBand)
            for band in (masked.GetRasterBand(1).GetMaskBand(), alpha.GetRasterBand(2)):
                band.WriteRaster(0, 0, width, height, bytes([255]) * (width * height), buf_type=gdal.GDT_Byte)
                band.WriteRaster(*hole, bytes(32), buf_type=gdal.GDT_Byte)
            for kind in ('inside', 'beside', 'alpha'):
                for form, (driver, options) in FORMS.items():
                    if form == 'img' and kind != 'beside':
                        continue
                    path = f'{kind}-{form}/{name}'
                    gdal.SetConfigOption('GDAL_TIFF_INTERNAL_MASK', 'YES' if kind == 'inside' else 'NO')
                    more = ['ALPHA=YES'] if kind == 'alpha' and driver == 'GTiff' else []
                    source = alpha if kind == 'alpha' else masked if kind == 'inside' else bare
                    gdal.GetDriverByName(driver).CreateCopy(path, source, options=options + more)
                    if kind == 'beside':
                        opened = gdal.Open(path)
                        opened.CreateMaskBand(gdal.GMF_PER_DATASET)
                        opened.GetRasterBand(1).GetMaskBand().WriteRaster(
                            0, 0, width, height, masked.GetRasterBand(1).GetMaskBand().ReadRaster())
                        opened = None
                        assert os.path.exists(path + '.msk'), path
                gdal.Translate(f'{kind}-vrt/{name}', os.path.abspath(f'{kind}-plain/{name}'), format='VRT')
        """;
}

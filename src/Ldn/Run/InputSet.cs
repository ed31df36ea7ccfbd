using Ldn.Csv;
using Ldn.Drought;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Subjects;

namespace Ldn.Run;

/// <summary>
/// The rasters of a run, each opened once however many periods use it. First they are opened, which tells the run's grid; then
/// <see cref="Align"/> brings them onto it.
/// </summary>
internal sealed class InputSet(IGeodata geodata, Job job) : IInputs, IDisposable
{
    private readonly List<(
        string Layer, string Option, string File, Resampling Method, IRasterSource Source, IReadOnlyList<double> NoData,
        LayerValues Values, double? Scale, double? Offset, bool Computed)> _inputs = [];
    private readonly List<(string Option, string File, IRasterSource Source)> _aside = [];
    private readonly Dictionary<int, ClassRecoder> _recoders = [];

    /// <summary>
    /// Decoded blocks that one worker keeps of all inputs together, as far as a block each fits: a long series has hundreds of
    /// inputs.
    /// </summary>
    private const long AllCachesBytes = 128L << 20;
    private readonly List<AlignedRaster> _aligned = [];
    private static readonly string[] s_options = [
        "land-cover", "productivity", SeriesPlanner.ClimateOption, SeriesPlanner.UnitsOption, SeriesPlanner.GreatestOption, "soc",
        "soc-standard-error", "organic-soils", "fires",
        "water", .. AllSubjects.Inputs.Select(i => i.Name)];
    private static readonly HashSet<string> s_besideTheGrid = [
        .. AllSubjects.Inputs.Where(i => !i.TellsGrid).Select(i => i.Name)];

    /// <summary>Opens a raster, or finds it among those open already; returns its number.</summary>
    /// <param name="layer">Name for messages, such as <c>land cover 2000</c>.</param>
    /// <param name="option">Name of the layer in <c>--nodata</c>.</param>
    /// <param name="file">The raster.</param>
    /// <param name="method">How it is brought onto the run's grid.</param>
    /// <param name="values">Which physical values are possible; classes are judged by their recoder.</param>
    /// <param name="scale">In place of the file's, or null.</param>
    /// <param name="offset">Likewise.</param>
    /// <param name="noData">Values without data by the nature of the layer.</param>
    public int Open(
        string layer, string option, string file, Resampling method, LayerValues? values = null, double? scale = null,
        double? offset = null,
        params IEnumerable<double> noData)
    {
        int known = _inputs.FindIndex(
            i => i.File == file && i.Option == option && i.Method == method && (i.Scale, i.Offset) == (scale, offset));
        if (known >= 0)
            return known;
        IRasterSource source = OpenSource(layer, option, file);
        _inputs.Add((
            layer, option, file, method, source, Fills(source, option, file, noData), values ?? LayerValues.Any, scale, offset,
            false));
        return _inputs.Count - 1;
    }

    /// <inheritdoc/>
    public (IRasterSource Source, IReadOnlyList<double> NoData) OpenAside(string layer, string option, string file)
    {
        IRasterSource source = OpenSource(layer, option, file);
        _aside.Add((option, file, source));
        return (source, Fills(source, option, file, []));
    }

    /// <inheritdoc/>
    public int Add(string layer, string option, string file, IRasterSource source, LayerValues values)
    {
        _inputs.Add((layer, option, file, Resampling.Nearest, source, [], values, null, null, true));
        return _inputs.Count - 1;
    }

    /// <inheritdoc/>
    public void Keep(IndexSeries series) => Series = series;

    /// <summary>What computes rasters while they are read; null where nothing does.</summary>
    public IndexSeries? Series { get; private set; }

    /// <summary>Stored values without data: the file's own, those of the layer's nature, those the user declares.</summary>
    private IReadOnlyList<double> Fills(IRasterSource source, string option, string file, IEnumerable<double> noData)
    {
        var fills = new SortedSet<double>(noData);
        if (source.NoData is { } declared)
            fills.Add(declared);
        foreach ((string name, IReadOnlyList<double> fillsOf) in job.NoData)
            if (Names(name, option, file))
                fills.UnionWith(fillsOf);
        return [.. fills.Where(v => !double.IsNaN(v)).Select(v => source.CellType.AsStored(v)).Distinct()];
    }

    /// <summary>What descriptions of bands say of a layer, and what they must not say: of its change or its condition.</summary>
    private static readonly (string Option, string[] Words)[] s_described =
    [
        ("land-cover", ["land cover", "landcover", "lc_"]), ("productivity", ["land productivity dynamics", "lpd"]),
        ("soc", ["soil organic carbon", "soc_"]),
        .. AllSubjects.Inputs.Select(i => (i.Name, i.Words.ToArray())),
    ];

    private static readonly string[] s_derived = ["degradation", "transition", "status", "affected", "change", "sdg"];

    /// <exception cref="LdnException">As <see cref="IGeodata.OpenRaster"/>; of several bands those are proposed whose description
    /// fits the layer.</exception>
    private IRasterSource OpenSource(string layer, string option, string file)
    {
        try
        {
            return geodata.OpenRaster(file);
        }
        catch (LdnException e) when (e.Fault == Fault.SeveralParts && RasterName.Parse(file) is { Band: null } name)
        {
            string[] words = Array.Find(s_described, d => d.Option == option).Words ?? [];
            int[] fitting = [.. geodata.BandNames(file).Select((text, i) => (Text: text.ToLowerInvariant(), Band: i + 1))
                .Where(b => words.Any(b.Text.Contains) && !s_derived.Any(b.Text.Contains)).Select(b => b.Band)];
            throw fitting.Length == 0 ? e : Fault.SeveralParts.Error(
                e.Message, $"by its description {layer} is {string.Join(" or ", fitting.Select(band => DataSetName.Quoted($"{name.OfBand(band)}")))}: name it so", e);
        }
    }

    /// <summary>Rasters open so far.</summary>
    public int Count => _inputs.Count;

    public IRasterSource Source(int input) => _inputs[input].Source;

    public string File(int input) => _inputs[input].File;

    /// <summary>What messages call an input.</summary>
    public string Layer(int input) => _inputs[input].Layer;

    /// <summary>Stored values without data.</summary>
    public IReadOnlyList<double> NoData(int input) => _inputs[input].NoData;

    /// <summary>The recoder of a categorical input; no data wins over a class of the same value.</summary>
    public ClassRecoder Recoder(int input, Dictionary<double, byte> codes)
    {
        if (_recoders.TryGetValue(input, out ClassRecoder? known))
            return known;
        foreach (double fill in NoData(input))
            codes[fill] = 0;
        return _recoders[input] = new ClassRecoder(Source(input).CellType, codes);
    }

    /// <summary>
    /// Every undeclared fill must be that of some layer: one given under a misspelt name would be data, unnoticed.
    /// </summary>
    /// <exception cref="LdnException">Exit 2, with the nearest name there is.</exception>
    public void CheckNoData()
    {
        (string Option, string File)[] all = [
            .. _inputs.Select(i => (i.Option, i.File)), .. _aside.Select(a => (a.Option, a.File))];
        string[] known = [.. s_options, .. all.Select(i => Path.GetFileName(i.File)).Distinct()];
        foreach (string name in job.NoData.Keys)
            if (!s_options.Contains(name) && !Array.Exists(all, i => Names(name, i.Option, i.File)))
                throw Fault.Job.Error(
                    $"no-data values are given for '{name}', which is no layer of this run{NearestName.Hint(name, known)}",
                    $"layers are {string.Join(", ", known)}");
    }

    /// <summary>The grid of the first input of a layer, of the finest input, or of a file.</summary>
    public Grid RunGrid(string like)
    {
        string? option =
            like switch
            {
                "landCover" => "land-cover",
                "productivity" => "productivity",
                "soilCarbon" => "soc",
                DroughtJob.Grid => "drought",
                _ => null,
            };
        if (option is not null)
        {
            if (Series is { } series && like == DroughtJob.Grid)
                return series.Grid;
            int first = _inputs.FindIndex(i => i.Option == option || i.Option.StartsWith(option + "-", StringComparison.Ordinal));
            return first >= 0 ? Source(first).Grid
                : throw Fault.Job.Error($"the grid is to be like {like}, which this run leaves out", "choose another grid.like");
        }

        if (like == "finest")
            return _inputs.Where(i => !s_besideTheGrid.Contains(i.Option)).Select(i => i.Source.Grid).MinBy(CellSize)!;
        using IRasterSource file = geodata.OpenRaster(like);
        return file.Grid;
    }

    /// <summary>
    /// What the user should know of how the inputs were taken, and of those that lie half a cell beside the run's grid.
    /// </summary>
    public IEnumerable<string> Remarks(Grid run)
    {
        foreach (string remark in _inputs.Select(i => i.Source).Concat(_aside.Select(a => a.Source)).SelectMany(s => s.Remarks)
            .Distinct())
            yield return Fault.Taken.Say(remark);
        foreach (var input in _inputs.DistinctBy(i => (i.Layer, i.File)))
        {
            Grid grid = input.Source.Grid;
            if (input.Method != Resampling.Nearest || !geodata.SameCrs(grid.Crs, run.Crs))
                continue;
            bool columns = AxisMap.IsHalfBeside(Axis.Columns(grid), Axis.Columns(run)),
            rows = AxisMap.IsHalfBeside(Axis.Rows(grid), Axis.Rows(run));
            if (columns || rows)
            {
                yield return Fault.Taken.Say(
                    $"{input.Layer} ({input.File}) lies half a cell beside the run's grid: each cell takes the one whose edge "
                        + "its centre lies on, to the "
                    + $"{(rows ? "south" : "")}{(columns ? "east" : "")}");
            }
        }
    }

    /// <summary>Brings every input onto the run's grid; afterwards the aligned rasters own the sources.</summary>
    public IReadOnlyList<RasterInput> Align(Grid grid, CellArea areas)
    {
        var inputs = new List<RasterInput>();
        bool bands = _inputs.Any(i => IsStriped(i.Source));
        for (int i = 0; i < _inputs.Count; i++)
        {
            var input = _inputs[i];
            var aligned = new AlignedRaster(
                input.Source, grid, geodata, input.Method, input.NoData,
                input.Computed ? 1 : CacheBytes(input.Source, bands, _inputs.Count),
                input.Method == Resampling.Share ? new CountSharing(areas) : null);
            _aligned.Add(aligned);
            inputs.Add(new RasterInput(
                input.Layer, input.Option, input.File, input.Source, aligned, [.. input.NoData], _recoders.GetValueOrDefault(i),
                input.Values,
                input.Scale ?? input.Source.Scale, input.Offset ?? input.Source.Offset)
            {
                IsComputed = input.Computed,
            });
        }

        return inputs;
    }

    public void Dispose()
    {
        foreach (AlignedRaster aligned in _aligned)
            aligned.Dispose();
        foreach (var input in _inputs.Skip(_aligned.Count))
            input.Source.Dispose();
        Series?.Dispose();
        foreach ((_, _, IRasterSource source) in _aside)
            source.Dispose();
    }

    private static bool IsStriped(IRasterSource source) =>
        source.BlockWidth >= source.Grid.Width && source.BlockHeight < source.Grid.Height;

    /// <summary>Bands of whole rows come back to the same row of tiles many times, so that row must stay decoded.</summary>
    private static long CacheBytes(IRasterSource source, bool bands, int inputs)
    {
        long across = (source.Grid.Width + (long)source.BlockWidth - 1) / source.BlockWidth;
        long rowOfBlocks = across * source.BlockWidth * source.BlockHeight * source.CellType.Size();
        long share = Math.Min(AlignedRaster.DefaultCacheBytes, AllCachesBytes / inputs);
        return bands ? Math.Max(share, rowOfBlocks) : share;
    }

    /// <summary>
    /// Whether a name in the table of fills means an input: by layer, by its family (soc of soc-change), or by its file as given,
    /// however much of the path that is. Climate and ecological units are other quantities than productivity, whose fills they do
    /// not share.
    /// </summary>
    private static bool Names(string name, string option, string file) =>
        name == option
        || (
            option.StartsWith(name + "-", StringComparison.Ordinal)
                && option is not (SeriesPlanner.ClimateOption or SeriesPlanner.UnitsOption or SeriesPlanner.GreatestOption))
        || name == file || (file.EndsWith(name, StringComparison.Ordinal) && file[file.Length - name.Length - 1] is '/' or '\\');

    /// <summary>Rough size of a cell in square degrees, so that degrees and metres can be compared.</summary>
    private static double CellSize(Grid grid)
    {
        const double metresPerDegree = 111_320;
        double unit = grid.Crs.IsGeographic ? 1 : metresPerDegree * metresPerDegree;
        return Math.Abs(grid.CellWidth * grid.CellHeight) / unit;
    }
}

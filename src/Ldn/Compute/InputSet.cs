using Ldn.Grids;
using Ldn.Jobs;
using Ldn.Passes;

namespace Ldn.Compute;

/// <summary>
/// The rasters of a run, each opened once however many periods use it. First they are opened, which tells the run's grid; then
/// <see cref="Align"/> brings them onto it.
/// </summary>
internal sealed class InputSet(IGeodata geodata, Job job) : IDisposable
{
    private readonly List<(string Layer, string Option, string File, Resampling Method, IRasterSource Source, IReadOnlyList<double> NoData)> _inputs = [];
    private readonly List<AlignedRaster> _aligned = [];

    /// <summary>Opens a raster, or finds it among those open already; returns its number.</summary>
    /// <param name="layer">Name for messages, such as <c>land cover 2000</c>.</param>
    /// <param name="option">Name of the layer in <c>--nodata</c>.</param>
    /// <param name="file">The raster.</param>
    /// <param name="method">How it is brought onto the run's grid.</param>
    /// <param name="noData">Values without data by the nature of the layer.</param>
    public int Open(string layer, string option, string file, Resampling method, params IEnumerable<double> noData)
    {
        int known = _inputs.FindIndex(i => i.File == file && i.Option == option && i.Method == method);
        if (known >= 0)
            return known;
        IRasterSource source = geodata.OpenRaster(file);
        var fills = new SortedSet<double>(noData);
        if (source.NoData is { } declared)
            fills.Add(declared);
        foreach ((string name, IReadOnlyList<double> values) in job.NoData)
            if (name == option || name == file || name == Path.GetFileName(file))
                fills.UnionWith(values);
        _inputs.Add((layer, option, file, method, source, [.. fills.Where(v => !double.IsNaN(v)).Select(v => source.CellType.AsStored(v)).Distinct()]));
        return _inputs.Count - 1;
    }

    public IRasterSource Source(int input) => _inputs[input].Source;

    public string File(int input) => _inputs[input].File;

    /// <summary>Stored values without data.</summary>
    public IReadOnlyList<double> NoData(int input) => _inputs[input].NoData;

    /// <summary>The grid of the first input of a layer, of the finest input, or of a file.</summary>
    public Grid RunGrid(string like)
    {
        string? option = like switch { "landCover" => "land-cover", "productivity" => "productivity", "soilCarbon" => "soc", _ => null };
        if (option is not null)
        {
            int first = _inputs.FindIndex(i => i.Option == option);
            return first >= 0 ? Source(first).Grid
                : throw LdnException.Usage($"the grid is to be like {like}, which this run leaves out", "choose another grid.like");
        }

        if (like == "finest")
            return _inputs.Select(i => i.Source.Grid).MinBy(CellSize)!;
        using IRasterSource file = geodata.OpenRaster(like);
        return file.Grid;
    }

    /// <summary>Brings every input onto the run's grid; afterwards the aligned rasters own the sources.</summary>
    public IReadOnlyList<RasterInput> Align(Grid grid)
    {
        var inputs = new List<RasterInput>();
        foreach ((string layer, _, string file, Resampling method, IRasterSource source, IReadOnlyList<double> noData) in _inputs)
        {
            var aligned = new AlignedRaster(source, grid, geodata, method, noData);
            _aligned.Add(aligned);
            inputs.Add(new RasterInput(layer, file, source, aligned, noData));
        }

        return inputs;
    }

    public void Dispose()
    {
        foreach (AlignedRaster aligned in _aligned)
            aligned.Dispose();
        foreach (var input in _inputs.Skip(_aligned.Count))
            input.Source.Dispose();
    }

    /// <summary>Rough size of a cell in square degrees, so that degrees and metres can be compared.</summary>
    private static double CellSize(Grid grid)
    {
        const double metresPerDegree = 111_320;
        double unit = grid.Crs.IsGeographic ? 1 : metresPerDegree * metresPerDegree;
        return Math.Abs(grid.CellWidth * grid.CellHeight) / unit;
    }
}

using System.Globalization;
using Ldn.Rasters;

namespace Ldn.Pass;

/// <summary>A kind of raster that runs write: all that is known of it but its cells.</summary>
/// <param name="Layer">What it holds, as tables, texts and catalogues call it.</param>
/// <param name="File">Name of its file without extension; {0} stands for the period or the year it is of.</param>
/// <param name="Look">What it looks like.</param>
internal sealed record RasterKind(string Layer, string File, RasterLook Look)
{
    /// <summary>What it looks like in the signed encoding (method §1); null where there is no such thing.</summary>
    public RasterLook? SignedLook { get; init; }

    /// <summary>Whether the page draws it.</summary>
    public bool OnPage { get; init; }

    /// <summary>No data of classes: 0, unless that is a class.</summary>
    public byte NoData { get; init; }

    /// <summary>Whether it is of a year rather than of a period.</summary>
    public bool OfYear { get; init; }

    /// <summary>Whether it holds 32-bit floats, NaN no data, rather than classes, 0 no data.</summary>
    public bool HoldsValues => Look.Ramp.Count > 0;

    /// <summary>Endings of a raster's file: a merge of shards may leave a virtual raster over their parts.</summary>
    public static IReadOnlyList<string> Endings { get; } = [".tif", ".vrt"];

    public string Name(string of) => string.Format(CultureInfo.InvariantCulture, File, of);

    /// <summary>The files that may hold the raster of a period or a year.</summary>
    public IEnumerable<string> FileNames(string of) => Endings.Select(ending => Name(of) + ending);

    public RasterLook LookOf(bool signed) => signed && SignedLook is { } look ? look : Look;
}

/// <summary>Writes the classes of the slice at hand, one a cell in its order, 0 no data.</summary>
internal delegate void ClassFill(OutputSlice slice, Span<byte> classes);

/// <summary>Writes the values of the slice at hand, one a cell in its order, NaN no data.</summary>
internal delegate void ValueFill(OutputSlice slice, Span<float> values);

/// <summary>How the cells of an output come about: one of two ways. Workers share a fill; it keeps nothing.</summary>
internal sealed class OutputFill
{
    private OutputFill(ClassFill? classes, ValueFill? values) => (Classes, Values) = (classes, values);

    internal ClassFill? Classes { get; }

    internal ValueFill? Values { get; }

    /// <summary>The part of a productivity series that it writes, and of which period; others are not computed.</summary>
    internal (SeriesPart Part, int Period)? Part { get; private init; }

    internal static OutputFill OfClasses(ClassFill fill) => new(fill, null);

    internal static OutputFill OfValues(ValueFill fill) => new(null, fill);

    internal OutputFill Of(SeriesPart part, int period) => new(Classes, Values) { Part = (part, period) };
}

/// <summary>A raster that a run writes: kind, name of its file without extension, the file as a whole, and its cells.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Name">Name of its file without extension.</param>
/// <param name="Signed">Whether its conditions are written in the signed encoding.</param>
/// <param name="Raster">Grid, cell type, no data, caption, colours.</param>
/// <param name="Fill">Its cells.</param>
internal sealed record Output(RasterKind Kind, string Name, bool Signed, RasterDescription Raster, OutputFill Fill)
{
    /// <param name="kind">What it holds.</param>
    /// <param name="of">The period or the year.</param>
    /// <param name="caption">What the file says of itself.</param>
    /// <param name="fill">Its cells.</param>
    /// <param name="signed">Whether conditions are asked for in the signed encoding; kinds without one do not heed it.</param>
    /// <param name="grid">Its cells' places.</param>
    /// <param name="compression">How it is compressed.</param>
    /// <param name="threads">Workers that GDAL may use for it.</param>
    public static Output Of(
        RasterKind kind, string of, string caption, OutputFill fill, bool signed, Grid grid, RasterCompression compression,
        int threads)
    {
        signed &= kind.SignedLook is not null;
        RasterLook look = kind.LookOf(signed);
        CellType type = kind.HoldsValues ? CellType.Float32 : signed ? CellType.Int16 : CellType.Byte;
        double noData = kind.HoldsValues ? double.NaN : signed ? Indicator.ConditionEncoding.SignedNoData : kind.NoData;
        var raster = new RasterDescription(grid, type, noData, caption, look.NamedClasses, compression, threads);
        return new Output(kind, kind.Name(of), signed, raster with { Ramp = look.Ramp }, fill);
    }

    /// <summary>Bytes of a cell.</summary>
    public int CellSize => Raster.CellType.Size();

    /// <summary>Begins to write it.</summary>
    public OpenOutput Create(string path, IGeodata geodata) => new(this, geodata.CreateRaster(path, Raster));
}

/// <summary>An output being written.</summary>
internal sealed record OpenOutput(Output Output, IRasterSink Sink);

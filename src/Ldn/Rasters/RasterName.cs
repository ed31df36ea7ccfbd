using System.Globalization;

namespace Ldn.Rasters;

/// <summary>
/// A raster's name taken apart: the data set, a path or any name of GDAL's, and the band, from 1, that a suffix <c>#band=N</c>
/// chooses; null where none is named.
/// </summary>
internal readonly record struct RasterName(string Dataset, int? Band)
{
    private const string Suffix = "#band=";

    /// <summary>The data set's file without folder and extension, for layers that have no name of their own.</summary>
    public string Title => Path.GetFileNameWithoutExtension(Dataset);

    /// <exception cref="LdnException">Exit 3: the band is not a number from 1.</exception>
    public static RasterName Parse(string name)
    {
        int at = name.LastIndexOf(Suffix, StringComparison.Ordinal);
        if (at < 0)
            return new RasterName(name, null);
        string number = name[(at + Suffix.Length)..];
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int band) && band >= 1
            ? new RasterName(name[..at], band)
            : throw Fault.Cells.Error($"{name}: '{number}' is not a band", "bands are numbered from 1, such as #band=2");
    }

    /// <summary>The same data set, another band.</summary>
    public RasterName OfBand(int band) => this with { Band = band };

    /// <summary>As users write it; <see cref="Parse"/> reads it back.</summary>
    public override string ToString() =>
        Band is { } band ? string.Create(CultureInfo.InvariantCulture, $"{Dataset}{Suffix}{band}") : Dataset;
}

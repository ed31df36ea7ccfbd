using System.Globalization;

namespace Ldn.Gdal;

/// <summary>A raster's name taken apart: GDAL's name of the dataset and the band, from 1, chosen by a suffix <c>#band=N</c>.</summary>
internal readonly record struct RasterName(string Full, string Dataset, int Band)
{
    private const string Suffix = "#band=";

    /// <exception cref="LdnException">Exit 3: the band is not a number from 1.</exception>
    public static RasterName Parse(string name)
    {
        int at = name.LastIndexOf(Suffix, StringComparison.Ordinal);
        if (at < 0)
            return new RasterName(name, name, 1);
        string number = name[(at + Suffix.Length)..];
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int band) && band >= 1
            ? new RasterName(name, name[..at], band)
            : throw Fault.Cells.Error($"{name}: '{number}' is not a band", "bands are numbered from 1, such as #band=2");
    }
}

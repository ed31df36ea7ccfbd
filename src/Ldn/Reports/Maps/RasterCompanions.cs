using Ldn.Rasters;

namespace Ldn.Reports.Maps;

/// <summary>What goes beside each raster for those who look at it elsewhere: a style in OGC's SLD, and a small picture.</summary>
internal static class RasterCompanions
{
    /// <summary>Longest side of a quicklook in pixels.</summary>
    private const int MostPixels = 600;

    /// <summary>Endings of what may lie beside a raster of a result, after its name without one.</summary>
    public static IReadOnlyList<string> Endings { get; } = [".qml", ".sld", ".quicklook.png", ".tif.aux.xml", ".vrt.aux.xml"];

    public static string QuicklookName(RunRaster raster) => raster.Name + ".quicklook.png";

    public static string StyleName(RunRaster raster) => raster.Name + ".sld";

    public static void Write(IReadOnlyList<RunRaster> rasters, Func<string, string> path, IGeodata geodata, Texts texts)
    {
        foreach (RunRaster raster in rasters)
        {
            StyledLayer.Write(path(StyleName(raster)), raster, texts);
            File.WriteAllBytes(path(QuicklookName(raster)), Quicklook(raster, geodata));
        }
    }

    /// <summary>Each colour once, and which of them a code has: there may be more classes than a small palette holds.</summary>
    private static (string?[] Palette, byte[] OfCode) Palette(RunRaster raster)
    {
        string[] colors = [.. raster.Classes.Select(c => c.Color).Distinct()];
        var ofCode = new byte[256];
        for (int i = 0; i < raster.Classes.Count; i++)
            ofCode[raster.Signed ? i + 1 : raster.Classes[i].Value] = (byte)(Array.IndexOf(colors, raster.Classes[i].Color) + 1);
        return ([null, .. colors], ofCode);
    }

    /// <summary>The whole raster in its own grid, at most <see cref="MostPixels"/> on the longer side.</summary>
    private static byte[] Quicklook(RunRaster raster, IGeodata geodata)
    {
        double factor = Math.Max(1, (double)Math.Max(raster.Grid.Width, raster.Grid.Height) / MostPixels);
        using IRasterSource source = geodata.OpenOverview(raster.Path, factor);
        int rest = (Math.Max(source.Grid.Width, source.Grid.Height) + MostPixels - 1) / MostPixels;
        RasterLook look = raster.Look;
        if (look.Ramp.Count == 0)
        {
            (byte[] codes, int width, int height) = ClassView.Read(source, source.Grid.Extent).Reduce(rest);
            (string?[] palette, byte[] ofCode) = Palette(raster);
            return PngImage.Encode(width, height, [.. codes.Select(c => ofCode[c])], palette);
        }

        (float[] values, int across, int down) = ValueView.Read(source, rest);
        return PngImage.Encode(across, down, ValueView.Match(values, look.Ramp), [null, .. ValueView.Palette(look.Ramp)]);
    }
}

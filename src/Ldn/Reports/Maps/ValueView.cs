using System.Globalization;
using System.Runtime.InteropServices;
using Ldn.Rasters;

namespace Ldn.Reports.Maps;

/// <summary>
/// A raster of 32-bit floating-point values for display: averaged into pixels, and the pixels matched to the colours of a ramp.
/// </summary>
internal static class ValueView
{
    /// <summary>
    /// Colours that a picture of values has: with transparent no more than <see cref="PngImage"/> takes, and more than an eye
    /// tells apart.
    /// </summary>
    public const int Colors = 15;

    /// <summary>The mean of the values in each square of cells; NaN where there is none.</summary>
    public static (float[] Values, int Width, int Height) Read(IRasterSource source, int factor)
    {
        if (source.CellType != CellType.Float32)
            throw new ArgumentException($"{source.Name} holds no 32-bit floating-point values", nameof(source));
        (Window window, byte[] bytes) = StoredCells.Read(source, source.Grid.Extent);
        ReadOnlySpan<float> cells = MemoryMarshal.Cast<byte, float>(bytes);
        int width = (window.Width + factor - 1) / factor, height = (window.Height + factor - 1) / factor;
        var means = new float[width * height];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                double sum = 0;
                int count = 0;
                for (int row = y * factor; row < Math.Min(window.Height, (y + 1) * factor); row++)
                {
                    foreach (
                        float value in cells.Slice(
                            (row * window.Width) + (x * factor), Math.Min(factor, window.Width - (x * factor))))
                    {
                        if (float.IsNaN(value))
                            continue;
                        sum += value;
                        count++;
                    }
                }

                means[(y * width) + x] = count == 0 ? float.NaN : (float)(sum / count);
            }
        }

        return (means, width, height);
    }

    /// <summary>Colours evenly spread over the stops of a ramp, the ends included.</summary>
    public static IReadOnlyList<string> Palette(IReadOnlyList<RampStop> ramp) =>
        [.. Enumerable.Range(0, Colors).Select(i => Mix(ramp, (double)i / (Colors - 1) * (ramp.Count - 1)))];

    /// <summary>The nearest of <see cref="Palette"/>'s colours for each value, counted from 1; 0 for NaN.</summary>
    public static byte[] Match(ReadOnlySpan<float> values, IReadOnlyList<RampStop> ramp)
    {
        var pixels = new byte[values.Length];
        for (int i = 0; i < pixels.Length; i++)
            if (!float.IsNaN(values[i]))
                pixels[i] = (byte)(1 + Math.Round(Position(ramp, values[i]) / (ramp.Count - 1) * (Colors - 1)));
        return pixels;
    }

    /// <summary>Where a value lies among the stops: 0 at the first, 1 at the second, and so on; within the ends.</summary>
    private static double Position(IReadOnlyList<RampStop> ramp, double value)
    {
        int above = 1;
        while (above < ramp.Count - 1 && value > ramp[above].Value)
            above++;
        double from = ramp[above - 1].Value, to = ramp[above].Value;
        return above - 1 + Math.Clamp((value - from) / (to - from), 0, 1);
    }

    private static string Mix(IReadOnlyList<RampStop> ramp, double position)
    {
        int stop = Math.Min((int)position, ramp.Count - 2);
        int from = Rgb(ramp[stop].Color), to = Rgb(ramp[stop + 1].Color);
        int Channel(int shift) => (int)Math.Round(double.Lerp((from >> shift) & 255, (to >> shift) & 255, position - stop));
        return $"#{Channel(16):x2}{Channel(8):x2}{Channel(0):x2}";
    }

    private static int Rgb(string color) =>
        int.Parse(color.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}

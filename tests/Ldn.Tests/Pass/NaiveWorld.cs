using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.Rasters;

namespace Ldn.Tests.Pass;

/// <summary>
/// The indicator of a world, cell by cell, written from method §3–§8 alone: plain conditions as characters . - 0 +, W for water.
/// It shares no table and no
/// rule with the code under test; only the area of a cell is taken from the grid.
/// </summary>
internal sealed class NaiveWorld(World world)
{
    /// <summary>The default matrix of method §3, rows initial class, columns final class 1…7.</summary>
    private static readonly string[] DefaultMatrix = [
        "0-----0", "+0+---0", "+-0---0", "---0--0", "++++0+0", "++++-00", "0000000"];

    /// <summary>gpg-v1 conditions of method §4.2 by trend, state and performance.</summary>
    private static readonly Dictionary<string, char> GpgV1 = new()
    {
        ["++0"] = '+',
        ["++-"] = '+',
        ["+00"] = '+',
        ["+0-"] = '+',
        ["+-0"] = '+',
        ["+--"] = '-',
        ["0+0"] = '0',
        ["0+-"] = '0',
        ["000"] = '0',
        ["00-"] = '0',
        ["0-0"] = '0',
        ["0--"] = '-',
        ["-+0"] = '-',
        ["-+-"] = '-',
        ["-00"] = '-',
        ["-0-"] = '-',
        ["--0"] = '-',
        ["---"] = '-',
    };

    private static readonly Dictionary<string, int> Statuses = new()
    {
        ["--"] = 1,
        ["0-"] = 2,
        ["+-"] = 2,
        ["-0"] = 3,
        ["00"] = 4,
        ["+0"] = 5,
        ["-+"] = 6,
        ["0+"] = 6,
        ["++"] = 7,
    };

    private readonly WorldOptions _options = world.Options;

    /// <summary>Conditions of a cell in a period: indicator, land cover, productivity, soil carbon; after corrections.</summary>
    public (bool Water, char[] Layers) At(int cell, int period, bool corrected = true)
    {
        (int first, int last) = World.YearsOf(period);
        char[] subs = [LandCover(cell, first, last), Productivity(cell, period), SoilCarbon(cell, period, first, last)];
        if (Water(cell, first))
            return (true, ['.', .. subs]);
        if (corrected)
            for (int s = 0; s < 3; s++)
                subs[s] = Corrected(cell, period, (SubIndicator)s, subs[s]);
        char indicator = Combined(_options.LandCover ? subs : subs[1..]);
        return (false, [corrected ? Corrected(cell, period, null, indicator) : indicator, .. subs]);
    }

    /// <summary>0 no data, 1…7; the caller has left out water of either period.</summary>
    public int Status(char baseline, char period)
    {
        if (baseline == '.' || period == '.')
            return 0;
        return _options.Status == StatusRule.Progress2022 && baseline == '-'
            && period == '+' ? 4 : Statuses[$"{baseline}{period}"];
    }

    private bool Water(int cell, int year)
    {
        if (!_options.LandCover)
            return world.WaterMask[cell] is not (0 or 255);
        int index = Array.IndexOf(World.Codes, world.Covers[year][cell]);
        return index >= 0 && World.Unccd[index] == 7;
    }

    private char LandCover(int cell, int first, int last)
    {
        if (!_options.LandCover)
            return '.';
        int from = Array.IndexOf(World.Codes, world.Covers[first][cell]),
        to = Array.IndexOf(World.Codes, world.Covers[last][cell]);
        if (from < 0 || to < 0)
            return '.';
        return _options.Regions
            ? "-0+"[world.Matrices[world.RegionOf[cell] - 1][(from * World.Codes.Length) + to] + 1]
            : DefaultMatrix[World.Unccd[from] - 1][World.Unccd[to] - 1];
    }

    private char Productivity(int cell, int period)
    {
        if (_options.Productivity == ProductivityKind.Parts)
        {
            string three = string.Concat(world.Parts[period].Select(part => ".-0+"[part[cell]]));
            return three.Contains('.') ? '.' : GpgV1[three];
        }

        int value = world.Productivity[period][cell];
        return _options.Productivity == ProductivityKind.Lpd
            ? value switch { 1 or 2 => '-', 3 or 4 => '0', 5 => '+', _ => '.' }
            : value switch { 1 => '-', 2 => '0', 3 => '+', _ => '.' };
    }

    private char SoilCarbon(int cell, int period, int first, int last)
    {
        if (_options.Soil == "change")
        {
            int change = world.Changes[period][cell];
            return change == -9999 ? '.' : change < -10 ? '-' : change > 10 ? '+' : '0';
        }

        if (_options.Soil == "coarse")
        {
            int column = cell % world.Grid.Width / 3, row = cell / world.Grid.Width / 2;
            if (column >= world.Grid.Width / 3 || row >= world.Grid.Height / 2)
                return '.';
            cell = (row * 2 * world.Grid.Width) + (column * 3);
        }

        int before = world.Stocks[first][cell], after = world.Stocks[last][cell];
        if (before <= 0 || after < 0)
            return '.';
        return 10 * after < 9 * before ? '-' : 10 * after > 11 * before ? '+' : '0';
    }

    private char Combined(ReadOnlySpan<char> subs)
    {
        bool bad = subs.Contains('-'), good = subs.Contains('+'), gap = subs.Contains('.');
        char known = bad ? '-' : good ? '+' : subs.Contains('0') ? '0' : '.';
        return _options.Policy switch
        {
            MissingDataPolicy.Strict => gap ? '.' : known,
            MissingDataPolicy.Precautionary => bad ? '-' : gap ? '.' : known,
            _ => known,
        };
    }

    /// <summary>The last rectangle wins, also where it leaves the condition (method §8).</summary>
    private char Corrected(int cell, int period, SubIndicator? layer, char original)
    {
        int column = cell % world.Grid.Width, row = cell / world.Grid.Width, which = "-0+".IndexOf(original);
        if (which < 0)
            return original;
        for (int i = world.Rectangles.Count - 1; i >= 0; i--)
        {
            CorrectionRectangle r = world.Rectangles[i];
            Window w = r.Cells;
            bool inside = column >= w.Column && column < w.EndColumn && row >= w.Row && row < w.EndRow;
            if (inside && r.Layer == layer && r.Periods.Contains(period))
                return r.To[which] is { } to ? ".-0+"[to] : original;
        }

        return original;
    }
}

using System.Globalization;
using Ldn.Pass;
using Ldn.Rasters;

namespace Ldn.Discovery;

/// <summary>
/// What some of a raster's cells hold, spread over all of it: enough to tell what kind of layer it is, not to compute from.
/// </summary>
/// <param name="Type">Of the cells as stored.</param>
/// <param name="NoData">The declared value without data, or null.</param>
/// <param name="Cells">Cells looked at.</param>
/// <param name="Values">Stored values with data and how often each was met; null where there are more than <see
/// cref="MostValues"/> different ones.</param>
/// <param name="Smallest">Of the stored values with data; NaN where there is none.</param>
/// <param name="Greatest">Of the stored values with data.</param>
/// <param name="Fills">Undeclared values that are usually fills and take more than 1 % of the cells looked at.</param>
/// <param name="WithoutData">Share of the cells looked at that hold the declared value, or NaN.</param>
/// <param name="Scale">Physical value of a stored 1, as the file declares it; 1 where it does not.</param>
/// <param name="Offset">Physical value of a stored 0.</param>
internal sealed record RasterSample(
    CellType Type, double? NoData, double Scale, double Offset, long Cells, IReadOnlyDictionary<double, long>? Values,
        double Smallest, double Greatest,
    IReadOnlyList<double> Fills, double WithoutData)
{
    /// <summary>More different values than any legend has classes.</summary>
    public const int MostValues = 300;

    private const int MostBlocks = 48;
    private const long MostCells = 1 << 21;
    private const double FillShare = 0.01;

    private static readonly double[] s_usualFills =
        [-3000, -9999, -32768, -32767, 32767, 32766, 65533, 65534, 65535, 255, 254,
            32761, 32762, 32763, 32764, 32765, 65529, 65530, 65531, 65532, -99999, 1e20, float.MinValue, float.MaxValue,
            -1e34, 2147483647, -2147483648];

    public bool IsWhole { get; private init; }

    public bool HasData => !double.IsNaN(Smallest);

    /// <summary>Different stored values with data, ascending, without the fills; empty where there are too many.</summary>
    public IReadOnlyList<double> Classes => IsWhole && Values is not null
        ? [.. Values.Keys.Where(v => !Fills.Contains(v)).Order()] : [];

    /// <summary>Looks at blocks evenly spread over the raster.</summary>
    /// <exception cref="LdnException">Exit 3: the cells cannot be read.</exception>
    public static RasterSample Of(IRasterSource source)
    {
        Grid grid = source.Grid;
        int across = (grid.Width + source.BlockWidth - 1) / source.BlockWidth,
            down = (grid.Height + source.BlockHeight - 1) / source.BlockHeight;
        long blocks = (long)across * down, blockCells = (long)source.BlockWidth * source.BlockHeight;
        long taken = Math.Clamp(MostCells / blockCells, 1, Math.Min(blocks, blockCells < 4096 ? blocks : MostBlocks));
        byte[] block = new byte[blockCells * source.CellType.Size()];
        var tally = new Tally(source.CellType, source.NoData);
        for (long i = 0; i < taken; i++)
        {
            // The middle of each of as many equal parts: the first and last block are mostly sea or margin.
            long at = ((2 * i) + 1) * blocks / (2 * taken);
            int column = (int)(at % across), row = (int)(at / across);
            source.ReadBlock(column, row, block);
            tally.Add(block, source.BlockWidth, Math.Min(source.BlockWidth, grid.Width - (column * source.BlockWidth)),
                Math.Min(source.BlockHeight, grid.Height - (row * source.BlockHeight)));
        }

        return tally.Sample(source);
    }

    /// <summary>The physical value of a stored one.</summary>
    public double Physical(double stored) => (stored * Scale) + Offset;

    /// <summary>Classes or range, as a person wants to see them.</summary>
    public string Described()
    {
        if (!HasData)
            return "no cell with data";
        if (Classes is { Count: > 0 and <= 20 } few)
            return $"values {string.Join(", ", few.Select(v => Number(Physical(v))))}";
        return $"{(Classes.Count > 0 ? $"{Classes.Count} values, " : "")}{Number(Physical(Smallest))} to "
            + $"{Number(Physical(Greatest))}";
    }

    /// <summary>A number in few digits.</summary>
    public static string Number(double value) => value.ToString("G5", CultureInfo.InvariantCulture);

    private sealed class Tally(CellType type, double? noData)
    {
        private readonly Dictionary<double, long> _values = [];
        private readonly Dictionary<double,
            long> _fills = s_usualFills.Select(v => type.AsStored(v)).Distinct().ToDictionary(v => v, _ => 0L);
        private bool _whole = true, _many;
        private double _smallest = double.NaN, _greatest = double.NaN;
        private long _cells, _without;

        public void Add(ReadOnlySpan<byte> block, int stride, int width, int height)
        {
            for (int row = 0; row < height; row++)
                for (int column = 0; column < width; column++)
                    Add(Pass.Cells.Value(block, type, (row * stride) + column));
        }

        public RasterSample Sample(IRasterSource source)
        {
            double[] fills = [.. _fills.Where(f => f.Value > _cells * FillShare).Select(f => f.Key)];
            IEnumerable<double> rest = _values.Keys.Except(fills);
            // Fills at the edges are no part of the range; those that are classes are told apart by whoever knows the legend.
            bool known = !_many && fills.Length > 0 && rest.Any();
            return new RasterSample(
                type, noData, source.Scale, source.Offset, _cells, _many ? null : _values, known ? rest.Min() : _smallest,
                    known ? rest.Max() : _greatest, fills,
                _cells == 0 ? 0 : (double)_without / _cells)
            { IsWhole = _whole };
        }

        private void Add(double value)
        {
            _cells++;
            if (double.IsNaN(value) || (noData is { } declared && value == type.AsStored(declared)))
            {
                _without++;
                return;
            }

            bool usual = _fills.TryGetValue(value, out long fill);
            if (usual)
                _fills[value] = fill + 1;
            if (_many && usual)
                return;
            _whole &= value == Math.Floor(value);
            _smallest = !(value >= _smallest) ? value : _smallest;
            _greatest = !(value <= _greatest) ? value : _greatest;
            if (_many)
                return;
            _values[value] = _values.GetValueOrDefault(value) + 1;
            if (_values.Count > MostValues)
            {
                _many = true;
                IEnumerable<double> real = _values.Keys.Where(v => !_fills.ContainsKey(v));
                (_smallest, _greatest) = (real.Min(), real.Max());
                _values.Clear();
            }
        }
    }
}

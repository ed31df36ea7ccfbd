namespace Ldn.Samples;

/// <summary>
/// Fractal value noise over the cells of a grid: octaves of hashed lattice values, smoothly interpolated, each half as wide as
/// the one before. Integers throughout, so a cell has the same value on every machine, in every window and in any order.
/// </summary>
internal sealed class LatticeNoise
{
    private const int WeightBits = 10;
    private const int BinBits = 13;
    private const int SampleCount = 32768;

    private readonly ushort[] _ranks;
    private readonly int _span;
    private readonly int _binShift;

    /// <param name="seed">Tells fields apart.</param>
    /// <param name="coarseX">Binary logarithm of the coarsest lattice's width in cells.</param>
    /// <param name="coarseY">The same for its height.</param>
    /// <param name="finest">Binary logarithm of the finest lattice, at most the coarse ones.</param>
    /// <param name="gain">Amplitude of an octave in 256ths of the coarser one's.</param>
    public LatticeNoise(uint seed, int coarseX, int coarseY, int finest, int gain)
    {
        int count = Math.Max(1, Math.Min(coarseX, coarseY) - finest + 1);
        Octaves = new Octave[count];
        int amplitude = 256;
        for (int i = 0; i < count; i++)
        {
            Octaves[i] = new Octave(Mix(seed + (uint)i * 0x6C8E9CF5u), coarseX - i, coarseY - i, amplitude);
            _span += amplitude << 8;
            amplitude = Math.Max(1, amplitude * gain / 256);
        }

        while ((2 * _span) >> _binShift >= 1 << BinBits)
            _binShift++;
        _ranks = Ranks();
    }

    internal Octave[] Octaves { get; }

    /// <summary>The value of one cell: the law that <see cref="NoiseRows"/> follows faster.</summary>
    public int At(int column, int row)
    {
        int sum = 0;
        foreach (Octave octave in Octaves)
        {
            int phasedColumn = column + octave.PhaseX, phasedRow = row + octave.PhaseY;
            int x = phasedColumn >> octave.ShiftX, y = phasedRow >> octave.ShiftY;
            int wx = octave.WeightsX[phasedColumn & ((1 << octave.ShiftX) - 1)],
            wy = octave.WeightsY[phasedRow & ((1 << octave.ShiftY) - 1)];
            int left = Between(octave.Node(x, y), octave.Node(x, y + 1), wy);
            int right = Between(octave.Node(x + 1, y), octave.Node(x + 1, y + 1), wy);
            sum += Between(left, right, wx);
        }

        return sum;
    }

    /// <summary>
    /// Turns a value into its rank among all: evenly spread over 0…65535, so that a threshold is a share of the area.
    /// </summary>
    public int Rank(int value) => _ranks[Bin(value)];

    internal static int Between(int from, int to, int weight) => from + (((to - from) * weight) >> WeightBits);

    private static uint Mix(uint value)
    {
        value ^= value >> 16;
        value *= 0x7A4D1E35u;
        value ^= value >> 13;
        value *= 0xB5297A4Du;
        return value ^ (value >> 16);
    }

    private int Bin(int value) => (value + _span) >> _binShift;

    private ushort[] Ranks()
    {
        var counts = new int[Bin(_span) + 1];
        for (uint i = 0; i < SampleCount; i++)
            counts[Bin(At((int)(Mix(i) & 0xFFFFF), (int)(Mix(i + 0x51ED270Bu) & 0xFFFFF)))]++;
        var ranks = new ushort[counts.Length];
        long below = 0;
        for (int bin = 0; bin < counts.Length; bin++)
        {
            ranks[bin] = (ushort)(((2 * below) + counts[bin]) * 65535 / (2L * SampleCount));
            below += counts[bin];
        }

        return ranks;
    }

    /// <summary>One lattice: spacings as powers of two, hash key, amplitude (256 = full).</summary>
    internal sealed class Octave(uint key, int shiftX, int shiftY, int amplitude)
    {
        public int ShiftX { get; } = shiftX;

        public int ShiftY { get; } = shiftY;

        /// <summary>Where the lattice starts, in cells: lattices that shared their nodes would show as squares.</summary>
        public int PhaseX { get; } = (int)(Mix(key) & 0xFFFF);

        public int PhaseY { get; } = (int)(Mix(key ^ 0x3C6EF372u) & 0xFFFF);

        /// <summary>Interpolation weights of the cells between two nodes, 0…1023.</summary>
        public int[] WeightsX { get; } = Weights(shiftX);

        public int[] WeightsY { get; } = Weights(shiftY);

        /// <summary>The value of a node: ± 2^8 × amplitude.</summary>
        public int Node(int x, int y)
        {
            uint hash = Mix(key ^ ((uint)x * 0x9D2C5681u) ^ Mix((uint)y * 0xEFC60001u));
            return ((short)(hash >> 16) * amplitude) >> 7;
        }

        // The polynomial 3t² − 2t³: flat at the nodes, so that lattices leave no creases.
        private static int[] Weights(int shift)
        {
            long n = 1L << shift;
            var weights = new int[n];
            for (long t = 0; t < n; t++)
                weights[t] = (int)(((t * t * ((3 * n) - (2 * t))) << WeightBits) / (n * n * n));
            return weights;
        }
    }
}

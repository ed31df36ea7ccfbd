using System.Numerics;

namespace Ldn.Rasters;

/// <summary>
/// A rectangle of cells of a projected grid in a quadtree anchored at cell (0, 0): a polynomial where the areal scale is smooth,
/// else four smaller patches, and single cells at last. Resolved when first asked for, by whichever thread; every thread would
/// find the same.
/// </summary>
internal sealed class AreaPatch(Window cells, int level)
{
    private const int Leaf = 16;
    private const int BoundarySamples = 4096;
    private const int Checks = 5;
    private static readonly double[] CheckPositions = [0, 0.2346, 0.5557, 0.8013, 1];

    private Content? _content;

    /// <summary>
    /// Largest |s − 1| met at the nodes and check points; infinite unless one polynomial holds for the whole patch.
    /// </summary>
    public double Departure(AreaSampler sampler) => Resolve(sampler).Departure;

    /// <summary>Writes areas of consecutive cells of one row, all of them inside this patch.</summary>
    public void Fill(CellArea owner, int row, int firstColumn, Span<ulong> mm2)
    {
        Content content = Volatile.Read(ref _content) ?? ResolveWith(owner);
        if (content.Polynomial is not null)
            content.Polynomial.Fill(row, firstColumn, mm2);
        else if (content.Cells is not null)
            content.Cells.AsSpan(((row - cells.Row) * cells.Width) + firstColumn - cells.Column, mm2.Length).CopyTo(mm2);
        else if (content.Children is null)
            mm2.Clear();
        else
            foreach (AreaPatch child in content.Children)
            {
                Window part = child.Area.Intersect(new Window(firstColumn, row, mm2.Length, 1));
                if (!part.IsEmpty)
                    child.Fill(owner, row, part.Column, mm2.Slice(part.Column - firstColumn, part.Width));
            }
    }

    private Window Area => cells;

    private Content ResolveWith(CellArea owner)
    {
        AreaSampler sampler = owner.Rent();
        try
        {
            return Resolve(sampler);
        }
        finally
        {
            owner.Return(sampler);
        }
    }

    private Content Resolve(AreaSampler sampler) =>
        Volatile.Read(ref _content) ?? Interlocked.CompareExchange(ref _content, Compute(sampler), null) ?? _content!;

    private Content Compute(AreaSampler sampler)
    {
        bool small = cells.Width <= Leaf && cells.Height <= Leaf;
        // Every cell of the boundary where that is affordable: the cusps of interrupted maps are a few cells wide.
        int stride = Math.Max(1, Math.Max(cells.Width, cells.Height) / BoundarySamples);
        (bool some, bool all) = sampler.BoundaryOnMap(cells, stride);
        if (all && Smooth(sampler, small) is { } smooth)
            return smooth;
        if (small)
        {
            ulong[] areas = new ulong[cells.Width * cells.Height];
            sampler.EveryCell(cells, areas);
            return new Content(null, areas.AsSpan().ContainsAnyExcept(0UL) ? areas : null, null, double.PositiveInfinity);
        }
        // A map far larger than the patch cannot lie inside it without crossing its boundary.
        bool off = !some && (stride == 1 || !sampler.BoundaryOnMap(cells, 1).Some) && !sampler.InteriorOnMap(cells);
        return new Content(null, null, off ? null : Split(), double.PositiveInfinity);
    }

    private Content? Smooth(AreaSampler sampler, bool small)
    {
        int terms = level switch { 0 => 9, 1 or 2 => 6, _ => 4 };
        double[] columns = AreaPolynomial.Nodes(cells.Column, cells.Width, terms),
        rows = AreaPolynomial.Nodes(cells.Row, cells.Height, terms);
        double[] values = new double[terms * terms];
        sampler.Lattice(columns, rows, values);
        double departure = sampler.Departure(values);
        if (double.IsNaN(departure))
            return null;
        var polynomial = new AreaPolynomial(cells, terms, values);

        double[] checkColumns = Array.ConvertAll(CheckPositions, p => cells.Column + (p * (cells.Width - 1)));
        double[] checkRows = Array.ConvertAll(CheckPositions, p => cells.Row + (p * (cells.Height - 1)));
        double[] truth = new double[Checks * Checks];
        sampler.Lattice(checkColumns, checkRows, truth);
        // At the smallest size a slight kink of the map may stay: still well inside the 1e-6 of method §9.
        double allowed = small ? 4e-7 : 3e-8;
        for (int i = 0; i < truth.Length; i++)
            if (!(Math.Abs(polynomial.At(checkColumns[i % Checks], checkRows[i / Checks]) - truth[i]) <= allowed * truth[i]))
                return null;
        return new Content(polynomial, null, null, Math.Max(departure, sampler.Departure(truth)));
    }

    private AreaPatch[] Split()
    {
        int width = cells.Width > Leaf ? (cells.Width + 1) / 2 : cells.Width,
        height = cells.Height > Leaf ? (cells.Height + 1) / 2 : cells.Height;
        var children = new List<AreaPatch>(4);
        for (int row = cells.Row; row < cells.EndRow; row += height)
            for (int column = cells.Column; column < cells.EndColumn; column += width)
                children.Add(new AreaPatch(new Window(column, row, width, height).Intersect(cells), level + 1));
        return [.. children];
    }

    /// <summary>Exactly one of the three, or none of them where no cell of the patch lies on the map.</summary>
    private sealed record Content(AreaPolynomial? Polynomial, ulong[]? Cells, AreaPatch[]? Children, double Departure);
}

/// <summary>
/// Cell areas in mm² over a rectangle of cells as a polynomial in column and row, interpolated at Chebyshev nodes. Immutable. A
/// cell's value depends on the cell alone: columns are evaluated by the same operations in the same order whatever the vector
/// width and wherever a run starts.
/// </summary>
internal sealed class AreaPolynomial
{
    private const double Negligible = 1e-12;

    private readonly int _terms;
    private readonly double[] _coefficients;
    private readonly double _middleColumn;
    private readonly double _middleRow;
    private readonly double _columnScale;
    private readonly double _rowScale;

    /// <param name="cells">The rectangle.</param>
    /// <param name="terms">Nodes along each side.</param>
    /// <param name="values">Areas at the nodes of <see cref="Nodes"/>, row by row.</param>
    public AreaPolynomial(Window cells, int terms, ReadOnlySpan<double> values)
    {
        _terms = terms;
        (_middleColumn, double halfWidth) = Middle(cells.Column, cells.Width);
        (_middleRow, double halfHeight) = Middle(cells.Row, cells.Height);
        _columnScale = halfWidth > 0 ? 1 / halfWidth : 0;
        _rowScale = halfHeight > 0 ? 1 / halfHeight : 0;

        // values = N C Nᵀ with N the powers at the nodes, hence C = N⁻¹ values N⁻ᵀ.
        double[] inverse = PowerBasis(terms);
        double[] half = new double[terms * terms];
        _coefficients = new double[terms * terms];
        for (int i = 0; i < terms; i++)
            for (int j = 0; j < terms; j++)
                for (int k = 0; k < terms; k++)
                    half[(i * terms) + j] += inverse[(i * terms) + k] * values[(k * terms) + j];
        for (int i = 0; i < terms; i++)
            for (int j = 0; j < terms; j++)
                for (int k = 0; k < terms; k++)
                    _coefficients[(i * terms) + j] += half[(i * terms) + k] * inverse[(j * terms) + k];
    }

    /// <summary>Positions (in cells, centres at whole numbers) of the nodes along one side.</summary>
    public static double[] Nodes(int first, int count, int terms)
    {
        (double middle, double half) = Middle(first, count);
        double[] nodes = new double[terms];
        for (int i = 0; i < terms; i++)
            nodes[i] = middle + (half * Node(i, terms));
        return nodes;
    }

    public double At(double column, double row)
    {
        double u = (column - _middleColumn) * _columnScale, v = (row - _middleRow) * _rowScale;
        double sum = 0;
        for (int i = _terms - 1; i >= 0; i--)
        {
            double inner = 0;
            for (int j = _terms - 1; j >= 0; j--)
                inner = (inner * u) + _coefficients[(i * _terms) + j];
            sum = (sum * v) + inner;
        }
        return sum;
    }

    /// <summary>Writes the areas, rounded to whole mm², of consecutive cells of one row.</summary>
    public void Fill(int row, int firstColumn, Span<ulong> mm2)
    {
        double v = (row - _middleRow) * _rowScale;
        Span<double> line = stackalloc double[_terms];
        for (int j = 0; j < _terms; j++)
        {
            double sum = 0;
            for (int i = _terms - 1; i >= 0; i--)
                sum = (sum * v) + _coefficients[(i * _terms) + j];
            line[j] = sum;
        }

        // Adding 2⁵² leaves the rounded integer in the low bits of the double: one rounding (half to even) for vectors and
        // scalars alike.
        const double Shift = 4503599627370496;
        const ulong Mask = (1UL << 52) - 1;
        double bound = 0;
        foreach (double coefficient in line)
            bound += Math.Abs(coefficient);
        bool small = bound < Shift / 2;
        // The tail of a smooth map's series is nothing; dropping it costs less than 1e-11 of an area and spares half the work.
        int terms = line.Length;
        while (terms > 1 && Math.Abs(line[terms - 1]) < Negligible * bound)
            terms--;
        line = line[..terms];
        int n = 0;
        if (small && Vector.IsHardwareAccelerated)
        {
            var middle = new Vector<double>(_middleColumn);
            for (; n <= mm2.Length - Vector<double>.Count; n += Vector<double>.Count)
            {
                Vector<double> u = (Vector.CreateSequence((double)(firstColumn + n), 1.0) - middle) * _columnScale;
                Vector<double> sum = Vector<double>.Zero;
                for (int j = line.Length - 1; j >= 0; j--)
                    sum = (sum * u) + new Vector<double>(line[j]);
                ((sum + new Vector<double>(Shift)).As<double, ulong>() & new Vector<ulong>(Mask)).CopyTo(mm2[n..]);
            }
        }
        for (; n < mm2.Length; n++)
        {
            double u = (firstColumn + n - _middleColumn) * _columnScale, sum = 0;
            for (int j = line.Length - 1; j >= 0; j--)
                sum = (sum * u) + line[j];
            mm2[n] = small ? BitConverter.DoubleToUInt64Bits(sum + Shift) & Mask : CellArea.Round(sum);
        }
    }

    private static (double Middle, double Half) Middle(int first, int count) => (first + ((count - 1) / 2.0), (count - 1) / 2.0);

    private static double Node(int i, int terms) => -Math.Cos(((2 * i) + 1) * Math.PI / (2 * terms));

    /// <summary>Row p, column k: the coefficient of uᵖ in the polynomial that is 1 at node k and 0 at the others.</summary>
    private static double[] PowerBasis(int terms)
    {
        double[] basis = new double[terms * terms];
        double[] polynomial = new double[terms];
        for (int k = 0; k < terms; k++)
        {
            Array.Clear(polynomial);
            polynomial[0] = 1;
            int degree = 0;
            for (int i = 0; i < terms; i++)
            {
                if (i == k)
                    continue;
                double root = Node(i, terms), factor = 1 / (Node(k, terms) - root);
                for (int p = ++degree; p >= 0; p--)
                    polynomial[p] = factor * ((p > 0 ? polynomial[p - 1] : 0) - (root * polynomial[p]));
            }
            for (int p = 0; p < terms; p++)
                basis[(p * terms) + k] = polynomial[p];
        }
        return basis;
    }
}

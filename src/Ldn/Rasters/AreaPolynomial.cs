using System.Numerics;

namespace Ldn.Rasters;

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

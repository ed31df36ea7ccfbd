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

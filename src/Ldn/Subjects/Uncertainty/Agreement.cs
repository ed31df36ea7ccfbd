using Ldn.Counting;

namespace Ldn.Subjects.Uncertainty;

/// <summary>
/// How far several classifications of the same land agree, areas as weights: pairs of them by kappa and by disagreement in
/// quantity and in allocation (Pontius and Millones 2011), all together by the kappa of Fleiss. Sums are exact integers;
/// quotients
/// come last. One classification a rater.
/// </summary>
internal sealed class Agreement
{
    private readonly int _raters;
    private readonly int _classes;
    private readonly Area[,,,] _pairs;
    private readonly Area[] _shares;
    private Area _all;
    private Area _agreeing;

    public Agreement(int raters, int classes)
    {
        (_raters, _classes) = (raters, classes);
        _pairs = new Area[raters, raters, classes, classes];
        _shares = new Area[classes];
    }

    /// <summary>Land on which all raters have the same class.</summary>
    public Area Full { get; private set; }

    /// <summary>Adds land; a class from 0, below 0 where a rater has none. Pairs count where both have one.</summary>
    public void Add(ReadOnlySpan<int> classes, Area area)
    {
        for (int i = 0; i < _raters; i++)
            for (int j = i + 1; j < _raters; j++)
                if (classes[i] >= 0 && classes[j] >= 0)
                    _pairs[i, j, classes[i], classes[j]] += area;
        Span<int> counts = stackalloc int[_classes];
        foreach (int of in classes)
        {
            if (of < 0)
                return;
            counts[of]++;
        }

        _all += area;
        int squares = 0;
        for (int c = 0; c < _classes; c++)
        {
            squares += counts[c] * counts[c];
            _shares[c] += new Area(area.SquareMillimetres * counts[c]);
            if (counts[c] == _raters)
                Full += area;
        }

        _agreeing += new Area(area.SquareMillimetres * (squares - _raters));
    }

    /// <summary>Kappa of Fleiss; null where there is no land, or one class alone, of which chance alone agrees.</summary>
    public double? Fleiss()
    {
        double n = (double)_all.SquareMillimetres;
        if (n == 0)
            return null;
        double observed = (double)_agreeing.SquareMillimetres / (n * _raters * (_raters - 1));
        double expected = _shares.Sum(s => Math.Pow((double)s.SquareMillimetres / (n * _raters), 2));
        return _shares.Count(s => !s.IsZero) < 2 ? null : (observed - expected) / (1 - expected);
    }

    /// <summary>Kappa of Cohen of two raters, i before j; null likewise.</summary>
    public double? Kappa(int i, int j)
    {
        (Area all, Area[] rows, Area[] columns) = Margins(i, j);
        if (all.IsZero || rows.Zip(columns).Any(m => m.First == all && m.Second == all))
            return null;
        double n = (double)all.SquareMillimetres;
        double observed = Enumerable.Range(0, _classes).Sum(c => (double)_pairs[i, j, c, c].SquareMillimetres) / n;
        double expected = rows.Zip(columns).Sum(
            m => (double)m.First.SquareMillimetres / n * ((double)m.Second.SquareMillimetres / n));
        return (observed - expected) / (1 - expected);
    }

    /// <summary>
    /// Of the land where both have a class, the share in per cent by which areas of classes differ (quantity), and what is left
    /// of their disagreement (allocation); null without such land.
    /// </summary>
    public (Ratio Quantity, Ratio Allocation)? Disagreement(int i, int j)
    {
        (Area all, Area[] rows, Area[] columns) = Margins(i, j);
        if (all.IsZero)
            return null;
        Area quantity = Area.Zero, allocation = Area.Zero;
        for (int c = 0; c < _classes; c++)
        {
            Area less = rows[c] < columns[c] ? rows[c] : columns[c];
            quantity += Area.Max(rows[c], columns[c]) - less;
            allocation += less - _pairs[i, j, c, c];
        }

        return (new Ratio((System.Numerics.BigInteger)quantity.SquareMillimetres * 50, all.SquareMillimetres),
            allocation.PercentOf(all)!.Value);
    }

    private (Area All, Area[] Rows, Area[] Columns) Margins(int i, int j)
    {
        Area[] rows = new Area[_classes], columns = new Area[_classes];
        for (int a = 0; a < _classes; a++)
        {
            for (int b = 0; b < _classes; b++)
            {
                rows[a] += _pairs[i, j, a, b];
                columns[b] += _pairs[i, j, a, b];
            }
        }

        return (Area.Sum(rows), rows, columns);
    }
}

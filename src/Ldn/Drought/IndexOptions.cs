namespace Ldn.Drought;

/// <summary>Which standardised index is computed (drought §1).</summary>
public enum DroughtIndex
{
    /// <summary>Of precipitation.</summary>
    Spi,

    /// <summary>Of precipitation less potential evapotranspiration.</summary>
    Spei,
}

/// <summary>How the distribution of the reference is found (drought §1.4, §1.5).</summary>
public enum IndexFit
{
    /// <summary>Gamma, Thom's approximation of greatest likelihood.</summary>
    Thom,

    /// <summary>Gamma, greatest likelihood.</summary>
    MaximumLikelihood,

    /// <summary>Log-logistic, unbiased probability-weighted moments.</summary>
    UnbiasedMoments,

    /// <summary>Log-logistic, moments of plotting positions.</summary>
    PlottingPositions,
}

/// <summary>What a total of zero stands for among the zeros of the reference (drought §1.4).</summary>
public enum ZeroRule
{
    /// <summary>The probability of a zero, as McKee et al. have it.</summary>
    McKee,

    /// <summary>The centre of that probability (Stagge et al.).</summary>
    Centre,
}

/// <summary>Everything that decides an index, beside the data (drought §1).</summary>
public sealed record IndexOptions
{
    /// <summary>Largest number of months that are added up.</summary>
    public const int MostMonths = 48;

    /// <summary>Which index.</summary>
    public DroughtIndex Index { get; init; }

    /// <summary>Months that a value adds up, 1…48.</summary>
    public int Months { get; init; } = 12;

    /// <summary>The month that ends it, 1…12; null: every month.</summary>
    public int? EndMonth { get; init; } = 12;

    /// <summary>First year of the reference.</summary>
    public int FirstReference { get; init; } = 1981;

    /// <summary>Last year of the reference, included.</summary>
    public int LastReference { get; init; } = 2010;

    /// <summary>How the distribution is found.</summary>
    public IndexFit Fit { get; init; }

    /// <summary>What a total of zero stands for; of a gamma distribution.</summary>
    public ZeroRule Zeros { get; init; }

    /// <summary>Fewest years of the reference with a value; null: 85 % of them, rounded up.</summary>
    public int? MinYears { get; init; }

    /// <summary>Fewest of them that are above zero, of a gamma distribution.</summary>
    public int MinPositive { get; init; } = 10;

    /// <summary>Monthly precipitation below this many mm counts as 0.</summary>
    public double Trace { get; init; }

    /// <summary>Bound of the index, 3 to 8.21.</summary>
    public double Clip { get; init; } = 3.09;

    /// <summary>Years of the reference.</summary>
    public int ReferenceYears => LastReference - FirstReference + 1;

    /// <summary>Fewest of them with a value.</summary>
    public int FewestYears => MinYears ?? ((85 * ReferenceYears) + 99) / 100;

    /// <summary>Months that end a value, ascending.</summary>
    public IReadOnlyList<int> EndMonths => EndMonth is { } month ? [month] : [.. Enumerable.Range(1, 12)];

    /// <summary>The month of which tables tell: that which ends a value, of every month December.</summary>
    public int TableMonth => EndMonth ?? 12;

    /// <summary>Such as <c>spi12</c>.</summary>
    public string Name => FormattableString.Invariant($"{(Index == DroughtIndex.Spi ? "spi" : "spei")}{Months}");
}

/// <summary>What became of the fit of one cell and calendar month.</summary>
public enum FitState : byte
{
    /// <summary>Outside the data.</summary>
    None = 0,

    /// <summary>There is an index.</summary>
    Fitted = 1,

    /// <summary>There is an index, of a distribution that lies far from the reference (drought §1.8).</summary>
    Poor = 2,

    /// <summary>Too few years of the reference have a value.</summary>
    Short = 3,

    /// <summary>Too few of them are above zero, or all are equal.</summary>
    Dry = 4,
}

/// <summary>
/// The distribution of a cell's reference in one calendar month. Gamma: shape α in <paramref name="A"/>, scale β in
/// <paramref name="B"/>. Log-logistic: α, ξ and κ in <paramref name="A"/>, <paramref name="B"/> and <paramref name="C"/>.
/// </summary>
/// <param name="State">Whether there is an index.</param>
/// <param name="Years">Years of the reference with a value.</param>
/// <param name="Zeros">Those of them that are zero (gamma).</param>
/// <param name="A">Shape α of gamma; scale α of the log-logistic, mm.</param>
/// <param name="B">Scale β of gamma, mm; location ξ of the log-logistic, mm.</param>
/// <param name="C">Shape κ of the log-logistic; 0 for gamma.</param>
public readonly record struct ReferenceFit(FitState State, int Years, int Zeros, double A = 0, double B = 0, double C = 0)
{
    /// <summary>Whether values of this cell and month have an index.</summary>
    public bool HasIndex => State is FitState.Fitted or FitState.Poor;

    /// <summary>Values that the distribution was fitted to.</summary>
    public int Fitted => Years - Zeros;
}

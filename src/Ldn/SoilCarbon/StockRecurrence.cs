namespace Ldn.SoilCarbon;

/// <summary>
/// The annual recurrence of soil organic carbon for one pixel: the law that the block form is held to (method §5).
/// </summary>
public static class StockRecurrence
{
    /// <summary>Years over which the effect of a change is spread.</summary>
    public const int TransitionYears = 20;

    /// <summary>True for a stock that cannot be: negative or infinite. NaN is no data, not invalid.</summary>
    public static bool IsInvalid(double stock) => stock < 0 || double.IsInfinity(stock);

    /// <summary>
    /// Stocks of the years reference … reference + n from the stock of the reference year. At each step k, if the cover changes,
    /// d = S_k (1 − F(c_k, c_{k+1})) / 20 and its age is 1, else the age grows and beyond 20 d = 0; S_{k+1} = S_k − d. A new
    /// change replaces what is left of the one before. Double precision, nothing rounded. (method §5)
    /// </summary>
    /// <param name="reference">Stock in t C/ha; NaN is no data, and negative or infinite is invalid.</param>
    /// <param name="covers">c₀…c_n: class of each year in the classes of the factor table; 0 is no data, from there on the stock
    /// is no data.</param>
    /// <param name="factor">F(from, to); NaN (no data) makes the stock no data from there on.</param>
    /// <param name="stocks">Receives S₀…S_n, NaN for no data; as long as <paramref name="covers"/>.</param>
    /// <returns>False where the reference stock is invalid; all stocks are then NaN.</returns>
    public static bool Run(double reference, ReadOnlySpan<byte> covers, Func<int, int, double> factor, Span<double> stocks)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(stocks.Length, covers.Length);
        stocks.Fill(double.NaN);
        if (IsInvalid(reference))
            return false;
        if (covers.IsEmpty || covers[0] == 0)
            return true;

        double stock = reference, step = 0;
        int age = 0;
        stocks[0] = stock;
        for (int k = 0; k + 1 < covers.Length && covers[k + 1] != 0; k++)
        {
            if (covers[k] != covers[k + 1])
            {
                step = stock * (1 - factor(covers[k], covers[k + 1])) / TransitionYears;
                age = 1;
            }
            else if (++age > TransitionYears)
            {
                step = 0;
            }

            stock -= step;
            stocks[k + 1] = stock;
        }

        return true;
    }
}

using System.Text;
using Ldn.Csv;

namespace Ldn.LandCover;

/// <summary>
/// What each change from one land cover class to another means (method §3): an n×n table over the user's legend with −1 degraded,
/// 0 stable, 1 improved. Indexes are the legend's dense indexes 1…n; 0 is no data and has no entry here.
/// </summary>
public sealed class TransitionMatrix
{
    // Rows initial, columns final, classes 1…7.
    private static readonly sbyte[,] Unccd =
    {
        { 0, -1, -1, -1, -1, -1, 0 },
        { 1, 0, 1, -1, -1, -1, 0 },
        { 1, -1, 0, -1, -1, -1, 0 },
        { -1, -1, -1, 0, -1, -1, 0 },
        { 1, 1, 1, 1, 0, 1, 0 },
        { 1, 1, 1, 1, -1, 0, 0 },
        { 0, 0, 0, 0, 0, 0, 0 },
    };

    private readonly sbyte[] _cells;

    internal TransitionMatrix(Legend legend, sbyte[] cells)
    {
        Legend = legend;
        _cells = cells;
        ConditionTable = new byte[(Count + 1) * (Count + 1)];
        for (int from = 1; from <= Count; from++)
            for (int to = 1; to <= Count; to++)
                ConditionTable[(from * (Count + 1)) + to] = (byte)(this[from, to] + 2);
    }

    /// <summary>The legend whose classes the matrix is over.</summary>
    public Legend Legend { get; }

    /// <summary>Number of classes n.</summary>
    public int Count => Legend.Count;

    /// <summary>
    /// The table for kernels: entry <c>from · (n + 1) + to</c> of dense indexes 0…n is the condition byte of method §1: 1
    /// degraded, 2 stable, 3 improved, 0 no data where either index is 0. Of length (n + 1)²; not to be written to.
    /// </summary>
    public byte[] ConditionTable { get; }

    /// <summary>−1, 0 or 1 for dense indexes 1…n.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index outside 1…n.</exception>
    public sbyte this[int fromIndex, int toIndex]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(fromIndex, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(fromIndex, Count);
            ArgumentOutOfRangeException.ThrowIfLessThan(toIndex, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(toIndex, Count);
            return _cells[((fromIndex - 1) * Count) + toIndex - 1];
        }
    }

    /// <summary>
    /// The default matrix of method §3 through the legend's nesting, so a change inside one UNCCD class is stable.
    /// </summary>
    public static TransitionMatrix Default(Legend legend) => new(legend,
        [.. from initial in legend.Classes from final in legend.Classes
            select Unccd[(int)initial.Unccd - 1, (int)final.Unccd - 1]]);

    /// <summary>
    /// A matrix from a table <c>from,&lt;code&gt;,&lt;code&gt;,…</c> with one row and one column a class, in legend codes and any
    /// order; cells −1, 0 or 1.
    /// </summary>
    /// <exception cref="LdnException"> Exit 2, naming row or column: a class missing, given twice or not of the legend, another
    /// cell value, or a matrix over UNCCD-7 codes for a legend with codes of its own. </exception>
    internal static TransitionMatrix Parse(CsvTable table, Legend legend) => TransitionMatrixTable.Read(table, legend);

    /// <summary>Reads a matrix file, see <see cref="Parse"/>.</summary>
    public static TransitionMatrix Load(string path, Legend legend) => Parse(CsvTable.Read(path), legend);

    /// <summary>
    /// The matrix as a table that <see cref="Parse"/> reads back, in the order of the legend; lines end with a line feed.
    /// </summary>
    public string ToCsv()
    {
        var csv = new StringBuilder("from");
        foreach (LegendClass to in Legend.Classes)
            csv.Append($",{to.Code}");
        for (int from = 1; from <= Count; from++)
        {
            csv.Append($"\n{Legend.ClassAt(from).Code}");
            for (int to = 1; to <= Count; to++)
                csv.Append($",{this[from, to]}");
        }

        return csv.Append('\n').ToString();
    }
}

namespace Ldn.Reports.Page;

/// <summary>What the page takes from beside the document, and how much it shows.</summary>
/// <param name="Polygons">The polygons of each feature of a vector file of the run; none where there is no such file.</param>
/// <param name="MostMaps">Zones that have maps of their own.</param>
/// <param name="Brief">Whether it is the short form: one sheet of paper a zone.</param>
public sealed record PageOptions(
    Func<string, IReadOnlyList<IReadOnlyList<IReadOnlyList<double[]>>>> Polygons, int MostMaps = PageOptions.UsualMaps,
    bool Brief = false)
{
    /// <summary>Zones with maps where nobody asks for more or fewer.</summary>
    public const int UsualMaps = 12;
}

using Ldn.Csv;

namespace Ldn.LandCover;

/// <summary>
/// The matrix of one region; <paramref name="Region"/> is the value of the polygons' <c>region</c> field or of the zone raster.
/// </summary>
internal sealed record RegionMatrix(string Region, TransitionMatrix Matrix);

/// <summary>
/// Regional transition matrices (method §3): a table <c>region,matrix</c>, each matrix a CSV over the same legend. Which pixels
/// belong to which region, and that each land pixel has exactly one, is for the caller to establish.
/// </summary>
internal sealed class RegionMatrices
{
    private static readonly string[] Columns = ["region", "matrix"];

    private readonly Dictionary<string, int> _indexes;

    private RegionMatrices(RegionMatrix[] regions)
    {
        Regions = regions;
        _indexes = regions.Select((r, i) => (r.Region, i)).ToDictionary(r => r.Region, r => r.i);
    }

    /// <summary>The regions in the order of the table.</summary>
    public IReadOnlyList<RegionMatrix> Regions { get; }

    /// <summary>Position of a region in <see cref="Regions"/>, or −1.</summary>
    public int IndexOf(string region) => _indexes.GetValueOrDefault(region, -1);

    /// <summary>Reads the table and every matrix; matrix paths are relative to the table's folder.</summary>
    /// <exception cref="LdnException">Exit 2, as <see cref="Parse"/>.</exception>
    public static RegionMatrices Load(string path, Legend legend) =>
        Parse(CsvTable.Read(path, Columns), Path.GetDirectoryName(Path.GetFullPath(path))!, legend);

    /// <summary>
    /// As <see cref="Load"/>, for a table already read; matrix paths are relative to <paramref name="folder"/>.
    /// </summary>
    /// <exception cref="LdnException"> Exit 2, naming the row: a column or value missing, a region given twice, a matrix that
    /// cannot be read or is wrong (<see cref="TransitionMatrix.Parse"/>), no region at all. </exception>
    public static RegionMatrices Parse(CsvTable table, string folder, Legend legend)
    {
        if (Columns.Except(table.Columns).FirstOrDefault() is { } missing)
            throw Fault.InputTable.Error(
                $"table {table.Name}: no column {missing}", "region matrices have the columns region,matrix");

        var rows = new Dictionary<string, int>();
        var regions = new List<RegionMatrix>();
        // Regions often share a matrix: read each file once.
        var read = new Dictionary<string, TransitionMatrix>();
        foreach (CsvRow row in table.Rows)
        {
            string region = table.Text(row, "region"), file = table.Text(row, "matrix");
            if (region.Length == 0 || file.Length == 0)
                throw Fault.InputTable.Error(
                    $"table {table.Name}, row {row.Line}: {(region.Length == 0 ? "region" : "matrix")} is empty");
            if (!rows.TryAdd(region, row.Line))
                throw Fault.InputTable.Error(
                    $"table {table.Name}, row {row.Line}: region {region} is given twice, first in row {rows[region]}");
            string path = Path.Combine(folder, file);
            if (!File.Exists(path))
                throw Fault.InputTable.Error($"table {table.Name}, row {row.Line}: the matrix of region {region}, {path}, does "
                    + "not exist",
                    "matrix paths are relative to the table that names them");
            if (!read.TryGetValue(path, out TransitionMatrix? matrix))
                read.Add(path, matrix = TransitionMatrix.Load(path, legend));
            regions.Add(new RegionMatrix(region, matrix));
        }

        if (regions.Count == 0)
            throw Fault.InputTable.Error($"table {table.Name} has no region");
        return new RegionMatrices([.. regions]);
    }
}

using System.Globalization;
using System.Text;
using Ldn.Csv;

namespace Ldn.Discovery;

/// <summary>
/// A legend to be filled in, for land cover whose codes are in no built-in one: what a code means is its maker's to say, never a
/// guess.
/// </summary>
internal static class LegendTemplate
{
    /// <summary>Name of the file, beside the job.</summary>
    public const string FileName = "land_cover_legend.csv";

    /// <summary>What goes into the column that is left open.</summary>
    public const string Meaning =
        "1 tree-covered, 2 grassland, 3 cropland, 4 wetland, 5 artificial, 6 other land, 7 water, or nodata";

    /// <summary>A row for each code; names, colours and classes of the UNCCD open.</summary>
    public static string Text(IEnumerable<double> codes)
    {
        var text = new StringBuilder("code,name,color,unccd\n");
        foreach (double code in codes.Distinct().Order())
            text.Append(CultureInfo.InvariantCulture, $"{code},,,\n");
        return text.ToString();
    }

    /// <summary>Rows of a legend that have no class of the UNCCD; 0 for every other table.</summary>
    public static int Open(CsvTable table) => table.Columns.SequenceEqual(["code", "name", "color", "unccd"])
        ? table.Rows.Count(r => table.Text(r, "unccd").Length == 0) : 0;
}

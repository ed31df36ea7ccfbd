using Ldn.Pass;
using Ldn.Rasters;

namespace Ldn.Compare;

/// <summary>What can differ between two runs so that their figures do (firmness U8), in the order of tables.</summary>
internal enum Factor
{
    /// <summary>Which land belongs to a zone.</summary>
    Zones,

    /// <summary>The grid of the run, onto which its inputs are brought.</summary>
    Grid,

    /// <summary>Land-cover rasters, legend, transition matrix and regions: the condition of land cover.</summary>
    LandCover,

    /// <summary>The productivity product or series, with all that makes evidence of it.</summary>
    Productivity,

    /// <summary>Stocks, changes or the stock model.</summary>
    SoilCarbon,

    /// <summary>Where water is in the initial year.</summary>
    Water,

    /// <summary>Missing data, threshold of soil carbon, table of LPD, rule of status.</summary>
    Rules,

    /// <summary>Polygons that correct conditions.</summary>
    Corrections,

    /// <summary>A later period, which the earlier run did not have: replaced last.</summary>
    Period,
}

/// <summary>Names and colours of factors.</summary>
internal static class Factors
{
    /// <summary>Code of a cell that did not change, in the rasters of factors; factors follow, then several at once.</summary>
    public const byte Unchanged = 1;

    private static readonly string[] s_colors =
        ["#8c564b", "#7f7f7f", "#2ca02c", "#d62728", "#e8a33d", "#1f77b4", "#9467bd", "#17becf", "#bcbd22"];

    /// <summary>Those that can be put in place one by one, of the same period.</summary>
    public static IReadOnlyList<Factor> Exchangeable { get; } = [.. Enum.GetValues<Factor>().Where(f => f != Factor.Period)];

    /// <summary>
    /// Of which factor each cell changed: the one that weighs most in its change; several where two weigh the same.
    /// </summary>
    public static RasterKind Changed { get; } = new("changed_by", "changed_by_{0}", RasterLook.Classed(
        [
            new RasterClass(Unchanged, "unchanged", "#eceee9"),
            .. Exchangeable.Select(f => new RasterClass(Code(f), f.Name(), f.Color())),
            new RasterClass(Several, "several", "#3b3b3b"),
        ]));

    /// <summary>Code of a cell that several factors changed alike.</summary>
    public static byte Several => (byte)(Unchanged + Exchangeable.Count + 1);

    /// <summary>Code of a cell that a factor changed.</summary>
    public static byte Code(Factor factor) => (byte)(Unchanged + 1 + (int)factor);

    public static string Color(this Factor factor) => s_colors[(int)factor];

    /// <summary>As in the tables.</summary>
    public static string Name(this Factor factor) => factor switch
    {
        Factor.LandCover => "land_cover",
        Factor.SoilCarbon => "soil_organic_carbon",
        _ => factor.ToString().ToLowerInvariant(),
    };
}

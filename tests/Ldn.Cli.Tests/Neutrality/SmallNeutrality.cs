using Ldn.Rasters;

namespace Ldn.Cli.Tests.Neutrality;

/// <summary>
/// Twelve cells of one size in a row, counted by hand: productivity alone, baseline and one reporting period, three land types.
/// Type 1 gains three cells and
/// loses one, type 2 loses one, type 3 has no change, and the last cell, which gains, has no type.
/// </summary>
internal sealed class SmallNeutrality : IDisposable
{
    public const int Cells = 12;

    //                                          type 1            type 2         type 3   none
    private static readonly double[] s_types = [1, 1, 1, 1, 1, /**/ 2, 2, 2, 2, /**/ 3, 3, /**/ 0];
    private static readonly double[] s_before = [2, 2, 3, 2, 2, /**/ 2, 1, 3, 0, /**/ 2, 2, /**/ 2];
    private static readonly double[] s_now = [3, 3, 3, 1, 2, /**/ 1, 2, 2, 3, /**/ 2, 2, /**/ 3];

    public SmallNeutrality()
    {
        foreach ((string name, double[] values) in new[] { ("types.tif", s_types), ("before.tif", s_before), ("now.tif", s_now) })
            Work.Raster(name, Grid, CellType.Byte, values, 0);
    }

    public static Grid Grid => Workspace.Grid(Cells, 1, 100, 45, 0.1);

    public static string Job => """
        {
          "name": "small",
          "periods": { "baseline": { "productivity": [2000, 2015] }, "report_1": { "productivity": [2004, 2019] } },
          "without": ["land-cover", "soil-carbon"],
          "productivity": { "kind": "condition", "periods": { "baseline": "before.tif", "report_1": "now.tif" } },
          "strata": { "landTypes": ["types.tif"] },
          "outputs": { "tables": ["csv", "json", "prais"] }
        }
        """;

    public Workspace Work { get; } = new();

    /// <summary>Area of a cell as the tables give it.</summary>
    public double Cell => CsvRows.Read(Work["result/headline.csv"])[0].Number("land_km2") / Cells;

    public LdnResult Run(string job, params string[] extra) =>
        LdnProcess.Run(Work.Folder, ["compute", Work.Text("job.json", job), "--out", "result", .. extra]);

    public void Dispose() => Work.Dispose();
}

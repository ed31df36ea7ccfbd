using System.Text.Json;
using Ldn.Rasters;

namespace Ldn.Cli.Tests.Neutrality;

/// <summary>A land type for almost every place: 40,000 of them, in three zones and two reporting periods.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ManyLandTypesTests
{
    private const int Side = 400, Types = 40_000;
    private const long Bound = 1L << 30;

    [Test]
    public void FortyThousandLandTypesStayWithinTheMemoryBound()
    {
        using var work = new Workspace();
        Grid grid = Workspace.Grid(Side, Side, 100, 50, 0.01);
        double[] Cells(Func<int, int, double> value) => [
            .. Enumerable.Range(0, Side * Side).Select(i => value(i % Side, i / Side))];

        // Each type is a square of two cells by two, so that it meets several conditions.
        work.Raster("types.tif", grid, CellType.UInt16, Cells((c, r) => 1 + (c / 2) + (r / 2 * (Side / 2))), 0);
        for (int p = 0; p < 3; p++)
            work.Raster($"c{p}.tif", grid, CellType.Byte, Cells((c, r) => 1 + (((c * 7) + (r * 3) + (p * c * r)) % 3)), 0);
        work.Zones(
            "zones.geojson",
            Enumerable.Range(0, 3)
                .Select(
                    z => (
                        $"\"id\":\"z{z}\"",
                        Workspace.Rectangle(100 + (z * 1.34), 46, Math.Min(104, 100 + ((z + 1) * 1.34)), 50))));
        work.Text("job.json", """
            {
              "periods": { "baseline": { "productivity": [2000, 2015] }, "report_1": { "productivity": [2004, 2019] }, "report_2": { "productivity": [2008, 2023] } },
              "without": ["land-cover", "soil-carbon"],
              "productivity": { "kind": "condition", "periods": { "baseline": "c0.tif", "report_1": "c1.tif", "report_2": "c2.tif" } },
              "zones": [ { "file": "zones.geojson", "id": "id" } ],
              "strata": { "landTypes": ["types.tif"] },
              "outputs": { "tables": ["csv"] }
            }
            """);
        LdnProcess.Run(work.Folder, ["compute", "job.json", "--out", "result", "--memory", $"{Bound >> 20}M"]).Succeeded();
        using JsonDocument provenance = JsonDocument.Parse(File.ReadAllText(work["result/provenance.json"]));
        Assert.That(provenance.RootElement.GetProperty("peak_memory_bytes").GetInt64(), Is.LessThan(Bound));

        Dictionary<string,
        CsvLine[]> zones = CsvRows.Read(work["result/neutrality.csv"]).Where(r => r["period"] == "report_2")
            .GroupBy(r => r["zone_id"]).ToDictionary(g => g.Key, g => g.ToArray());
        Assert.That(zones.Values.Sum(rows => rows.Length - 1), Is.GreaterThanOrEqualTo(Types), "every type is in some zone");
        foreach ((string zone, CsvLine[] rows) in zones)
        {
            Assert.That(rows[^1]["land_type"], Is.EqualTo("all"));
            foreach (string column in new[] { "gains_km2", "losses_km2", "land_km2" })
                Assert.That(
                    rows[..^1].Sum(r => r.Number(column)), Is.EqualTo(rows[^1].Number(column)).Within(1e-6 * rows.Length),
                    $"{zone} {column}");
        }
    }
}

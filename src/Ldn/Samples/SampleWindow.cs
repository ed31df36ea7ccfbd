using Ldn.Rasters;

namespace Ldn.Samples;

/// <summary>
/// Makes every layer of one window in one go: a cell's climate and cover decide its carbon, productivity and people.
/// </summary>
internal sealed class SampleWindow(
    Grid grid, SampleFields fields, SampleCountries? countries, IReadOnlyList<SampleLayer> layers, bool baselineOnly)
{
    // Cover is wanted for these years; two are enough for the baseline.
    private readonly int _years = baselineOnly ? 2 : SampleLandCover.Years.Length;

    /// <summary>
    /// Fills the cells of each layer (in the order of the layers, row by row), and says whether any cell is inside.
    /// </summary>
    public bool Fill(Window window, byte[][] cells)
    {
        bool inside = countries is null || countries.Touches(window);
        if (countries is not null)
            for (int i = 0; i < layers.Count; i++)
                FillOutside(layers[i], cells[i], window.Width * window.Height);
        if (!inside)
            return false;
        var row = new SampleRow(fields, window, baselineOnly);
        var climate = new SampleClimate(grid, window);
        var kinds = new CoverKind[SampleLandCover.Years.Length];
        var stocks = new int[SampleCarbon.Years.Length];
        for (int y = 0; y < window.Height; y++)
        {
            ReadOnlySpan<SampleCountries.Span> spans = countries is null
                ? [new(0, grid.Width, 0)]
                : countries.Row(window.Row + y);
            bool moved = false;
            foreach (SampleCountries.Span span in spans)
            {
                int start = Math.Max(span.Start - window.Column, 0), end = Math.Min(span.End - window.Column, window.Width);
                if (start >= end)
                    continue;
                if (!moved)
                {
                    row.MoveTo(window.Row + y);
                    climate.MoveTo(window.Row + y);
                    moved = true;
                }

                for (int x = start; x < end; x++)
                    FillCell(x, (y * window.Width) + x, window.Row + y, row, climate, kinds, stocks, cells);
            }
        }

        return true;
    }

    private static void FillOutside(SampleLayer layer, byte[] cells, int count)
    {
        layer.Store(cells, 0, layer.Outside);
        int size = layer.CellType.Size();
        for (int filled = 1; filled < count;)
        {
            int next = Math.Min(filled, count - filled);
            cells.AsSpan(0, next * size).CopyTo(cells.AsSpan(filled * size));
            filled += next;
        }
    }

    private void FillCell(
        int x, int index, int gridRow, SampleRow row, SampleClimate climate, CoverKind[] kinds, int[] stocks, byte[][] cells)
    {
        int warmth = climate.Warmth(x, row), moisture = climate.Moisture(x, row);
        Biome biome = SampleClimate.BiomeOf(warmth, moisture);
        for (int i = 0; i < _years; i++)
            kinds[i] = SampleLandCover.Kind(biome, row.Cover[x], SampleLandCover.Movement(x, i, row));
        FillStocks(x, row, biome, kinds, stocks);
        double area = 0, people = 0;
        if (!baselineOnly)
        {
            area = SampleStrata.CellArea(grid.CentreY(gridRow), grid.CellWidth, -grid.CellHeight);
            people = SampleStrata.People(x, row, biome, kinds[1], area);
        }

        for (int i = 0; i < layers.Count; i++)
        {
            SampleLayer layer = layers[i];
            double value = layer.Subject switch
            {
                SampleSubject.LandCover => Cover(x, layer.Index, row, biome, kinds[layer.Index]),
                SampleSubject.Productivity => Productivity(x, layer.Index, row, biome, kinds),
                SampleSubject.SoilCarbon => Stock(layer, stocks[layer.Index]),
                SampleSubject.Aridity => SampleClimate.Aridity(moisture) / 1000.0,
                SampleSubject.PopulationFemale => SampleStrata.Women(x, row, people) / 64,
                SampleSubject.PopulationMale => (people - SampleStrata.Women(x, row, people)) / 64,
                SampleSubject.LandType => SampleStrata.LandType(biome, row.Relief[x]),
                _ => SampleClimate.ClimateZone(warmth, moisture),
            };
            layer.Store(cells[i], index, value);
        }
    }

    // Clouds and gaps: small patches without data, other ones in the later years.
    private static byte Cover(int x, int year, SampleRow row, Biome biome, CoverKind kind) =>
        (year < 2 ? row.Productivity[x] < 60 : row.LateProductivity[x] < 60)
            ? (byte)0
            : SampleLandCover.Code(biome, kind, row.Variety[x]);

    private static byte Productivity(int x, int period, SampleRow row, Biome biome, CoverKind[] kinds) => period switch
    {
        0 => SampleProductivity.Class(x, 0, row, biome, kinds[0], kinds[1]),
        1 => SampleProductivity.Class(x, 1, row, biome, kinds[2], kinds[3]),
        _ => SampleProductivity.Class(x, 2, row, biome, kinds[2], kinds[4]),
    };

    private static double Stock(SampleLayer layer, int tenths) =>
        tenths == 0 ? layer.NoData : layer.CellType == CellType.Float32 ? tenths / 10.0 : (tenths + 5) / 10;

    private void FillStocks(int x, SampleRow row, Biome biome, CoverKind[] kinds, int[] stocks)
    {
        stocks[0] = SampleCarbon.Initial(x, row, biome, kinds[0]);
        int count = baselineOnly ? 2 : stocks.Length;
        for (int i = 1; i < count; i++)
        {
            int patch = i == 1 ? row.EarlyChange[x] : i == 2 ? row.LateChange[x] : 32768;
            stocks[i] = SampleCarbon.Next(
                stocks[i - 1], kinds[SampleCarbon.CoverYears[i - 1]], kinds[SampleCarbon.CoverYears[i]], patch);
        }
    }
}

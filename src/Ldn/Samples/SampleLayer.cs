using System.Runtime.InteropServices;
using Ldn.Rasters;

namespace Ldn.Samples;

/// <summary>What a layer shows.</summary>
internal enum SampleSubject
{
    LandCover,
    Productivity,
    SoilCarbon,
    Aridity,
    PopulationFemale,
    PopulationMale,
    LandType,
    ClimateZone,
}

/// <summary>One raster of the sample: file name, subject, and its year or period as an index of the subject.</summary>
internal sealed record SampleLayer(
    string File, SampleSubject Subject, int Index, CellType CellType, double NoData, string Description)
{
    private const double MissingStock = -32768;
    private const double Missing = -9999;

    public static IReadOnlyList<SampleLayer> All(SampleOptions options)
    {
        CellType stocks = options.FloatSoilCarbon ? CellType.Float32 : CellType.Int16;
        string[] periods = ["2015", "2019", "2023"];
        var layers = new List<SampleLayer>();
        for (int i = 0; i < (options.BaselineOnly ? 2 : SampleLandCover.Years.Length); i++)
            layers.Add(
                new(
                    $"lc{SampleLandCover.Years[i]}.tif", SampleSubject.LandCover, i, CellType.Byte, 0,
                    "synthetic land cover, ESA CCI codes"));
        for (int i = 0; i < (options.BaselineOnly ? 1 : periods.Length); i++)
            layers.Add(
                new(
                    $"lpd{periods[i]}.tif", SampleSubject.Productivity, i, CellType.Byte, 0,
                    "synthetic land productivity dynamics 1-5"));
        for (int i = 0; i < (options.BaselineOnly ? 2 : SampleCarbon.Years.Length); i++)
            layers.Add(
                new(
                    $"soc{SampleCarbon.Years[i]}.tif", SampleSubject.SoilCarbon, i, stocks, MissingStock,
                    "synthetic soil organic carbon, t/ha"));
        if (!options.BaselineOnly)
        {
            layers.Add(new("aridity.tif", SampleSubject.Aridity, 0, CellType.Float32, Missing, "synthetic aridity index, P/PET"));
            layers.Add(
                new(
                    "population_female_2015.tif", SampleSubject.PopulationFemale, 0, CellType.Float32, Missing,
                    "synthetic women and girls per cell"));
            layers.Add(
                new(
                    "population_male_2015.tif", SampleSubject.PopulationMale, 0, CellType.Float32, Missing,
                    "synthetic men and boys per cell"));
            layers.Add(new("land_types.tif", SampleSubject.LandType, 0, CellType.Byte, 0, "synthetic land types 1-14"));
            layers.Add(
                new("climate_zones.tif", SampleSubject.ClimateZone, 0, CellType.Byte, 0, "synthetic IPCC climate zones 1-12"));
        }

        return layers;
    }

    /// <summary>What a cell outside the countries holds.</summary>
    public double Outside => Subject == SampleSubject.LandCover ? SampleLandCover.Water : NoData;

    /// <summary>Stores one value.</summary>
    public void Store(Span<byte> cells, int index, double value)
    {
        switch (CellType)
        {
            case CellType.Byte:
                cells[index] = (byte)value;
                break;
            case CellType.Int16:
                MemoryMarshal.Cast<byte, short>(cells)[index] = (short)value;
                break;
            default:
                MemoryMarshal.Cast<byte, float>(cells)[index] = (float)value;
                break;
        }
    }
}

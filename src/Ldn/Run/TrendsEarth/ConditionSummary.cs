using System.Text.Json;
using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.Rasters;
using Ldn.Subjects;
using Ldn.Tables;

namespace Ldn.Run.TrendsEarth;

/// <summary>
/// The document of land condition of one zone, by the schema Trends.Earth publishes and the platform reads
/// (trends-earth-package.md §3). Its known faults are not repeated: status and change follow from the classes, years are those of
/// the maps, people are by status.
/// </summary>
internal sealed class ConditionSummary(
    RunStatistics run, ArchiveLegend legend, ArchiveFigures figures, IReadOnlyList<PopulationLayer> population,
    IReadOnlyList<CorrectionShape> corrections)
{
    private const double MmPerKm = 1e12;
    private static readonly string[] s_lpd = ["No data", "Declining", "Moderate decline", "Stressed", "Stable", "Increasing"];
    private readonly byte[]? _lpdClasses = ProductivityEvidence.LpdClasses(run.Job);

    public void Write(Utf8JsonWriter json, int zone, Action<Utf8JsonWriter> metadata)
    {
        json.WriteStartObject();
        json.WritePropertyName("metadata");
        metadata(json);
        json.WriteStartObject("land_condition");
        for (int p = 0; p < run.Job.Periods.Count; p++)
        {
            json.WriteStartObject(PeriodName(p));
            json.WritePropertyName("period_assessment");
            WritePeriod(json, zone, p);
            json.WritePropertyName("status_assessment");
            WriteStatus(json, zone, p);
            json.WritePropertyName("change_assessment");
            WriteChange(json, zone, p);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartObject("affected_population");
        for (int p = 0; p < run.Job.Periods.Count; p++)
        {
            if (PopulationTables.Sums(run, p, population) is not { } people)
                continue;
            json.WriteStartObject(PeriodName(p));
            json.WriteStartObject("summary");
            foreach ((string sex, Int128[,] sums) in people.Sexes.OrderBy(s => s.Sex == "total" ? 0 : s.Sex == "female" ? 1 : 2))
            {
                WritePeople(json, sex, "Population by degradation class", ArchiveFigures.Classes.Select(
                    c => (
                        c.Name,
                        sums[zone, (int)c.Condition] + (
                            c.Condition == Condition.NoData ? sums[zone, ReportedClasses.Water] : 0))));
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The name of a period by its place: the document knows no other ids.</summary>
    public static string PeriodName(int period) => period == 0 ? "baseline" : $"report_{period}";

    /// <summary>One sex's people by class, in whole persons, each sum rounded once, half up.</summary>
    public static void WritePeople(Utf8JsonWriter json, string sex, string name, IEnumerable<(string Name, Int128 Parts)> classes)
    {
        string type = sex switch { "female" => "Female population", "male" => "Male population", _ => "Total population" };
        json.WriteStartObject(type);
        json.WriteString("name", name);
        json.WriteStartArray("values");
        foreach ((string of, Int128 parts) in classes)
        {
            json.WriteStartObject();
            json.WriteString("name", of);
            json.WriteNumber("population", (long)((parts + (CountSharing.PartsPerUnit / 2)) / CountSharing.PartsPerUnit));
            json.WriteString("type", type);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void WriteAreas(Utf8JsonWriter json, string name, IEnumerable<(string Name, Int128 Area)> areas)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("unit", "sq km");
        json.WriteStartArray("areas");
        foreach ((string of, Int128 area) in areas)
        {
            json.WriteStartObject();
            json.WriteString("name", of);
            json.WriteNumber("area", (double)area / MmPerKm);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WritePeriod(Utf8JsonWriter json, int zone, int period)
    {
        YearSpan cover = Maps(SubIndicator.LandCover, period), productivity = Maps(SubIndicator.Productivity, period);
        Int128[,,,] covers = ArchiveFigures.Covers(run, legend, period, _lpdClasses);
        json.WriteStartObject();
        json.WriteStartObject("sdg");
        Own(json, "summary", zone, period, ArchiveLayer.IndicatorBefore, "SDG Indicator 15.3.1");
        json.WriteEndObject();
        json.WriteStartObject("productivity");
        json.WriteStartObject("summaries");
        Own(json, "all_cover_types", zone, period, ArchiveLayer.Productivity, "Productivity");
        Own(json, "non_water", zone, period, ArchiveLayer.ProductivityOnLand, "Productivity");
        json.WriteEndObject();
        json.WriteStartArray("crosstabs_by_productivity_class");
        for (int lpd = 5; lpd >= 0 && _lpdClasses is not null; lpd--)
            WriteCrossTab(json, s_lpd[lpd], productivity, (from, to) => covers[zone, from, to, lpd]);
        json.WriteEndArray();
        json.WriteEndObject();

        Int128 Both(int from, int to) => Enumerable.Range(0, 6).Aggregate(
            (Int128)0, (sum, lpd) => sum + covers[zone, from, to, lpd]);
        json.WriteStartObject("land_cover");
        Own(json, "summary", zone, period, ArchiveLayer.LandCover, "Land cover");
        json.WritePropertyName("legend_nesting");
        legend.WriteNesting(json);
        json.WritePropertyName("transition_matrix");
        legend.WriteMatrix(json);
        json.WriteStartArray("crosstabs_by_land_cover_class");
        WriteCrossTab(json, "Land area by land cover transition type", cover, Both);
        json.WriteEndArray();
        int[] classes = [.. Enumerable.Range(0, legend.Count + 1)];
        WriteByYear(json, "land_cover_areas_by_year", "Area by year by land cover class", "sq km",
        [
            (cover.First, c => (double)classes.Aggregate((Int128)0, (sum, to) => sum + Both(c, to)) / MmPerKm),
            (cover.Last, c => (double)classes.Aggregate((Int128)0, (sum, from) => sum + Both(from, c)) / MmPerKm),
        ]);
        json.WriteEndObject();

        json.WriteStartObject("soil_organic_carbon");
        json.WriteStartObject("summaries");
        Own(json, "all_cover_types", zone, period, ArchiveLayer.SoilCarbon, "Soil organic carbon");
        Own(json, "non_water", zone, period, ArchiveLayer.SoilCarbonOnLand, "Soil organic carbon");
        json.WriteEndObject();
        YearSpan soil = Maps(SubIndicator.SoilCarbon, period);
        WriteByYear(json, "soc_stock_by_year", "Soil organic carbon by year by land cover class", "tonnes",
            [.. new[] { soil.First, soil.Last }.Select(y => (y, ArchiveFigures.Stocks(run, legend, y)))
                .Where(s => s.Item2 is not null)
                .Select(s => (s.y, (Func<int, double>)(c => s.Item2![zone, c])))]);
        json.WriteEndObject();
        WriteCorrections(json, zone, period);
        json.WriteEndObject();
    }

    private void WriteStatus(Utf8JsonWriter json, int zone, int period)
    {
        if (period == 0)
        {
            json.WriteNullValue();
            return;
        }

        void List(string key, ArchiveLayer layer, string name)
        {
            json.WritePropertyName(key);
            WriteAreas(
                json, name + " (progress since baseline)",
                ArchiveFigures.Classes.Select(c => (c.Name, figures.Status(period, zone, layer, c.Condition))));
        }

        json.WriteStartObject();
        List("sdg", ArchiveLayer.Indicator, "SDG Indicator 15.3.1");
        json.WriteStartObject("productivity");
        List("all_cover_types", ArchiveLayer.Productivity, "Productivity");
        List("non_water", ArchiveLayer.ProductivityOnLand, "Productivity");
        json.WriteEndObject();
        List("land_cover", ArchiveLayer.LandCover, "Land cover");
        json.WriteStartObject("soil_organic_carbon");
        List("all_cover_types", ArchiveLayer.SoilCarbon, "Soil organic carbon");
        List("non_water", ArchiveLayer.SoilCarbonOnLand, "Soil organic carbon");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteChange(Utf8JsonWriter json, int zone, int period)
    {
        if (period == 0)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        foreach ((string key, ArchiveLayer layer, SubIndicator years, string name) in new[]
        {
            ("sdg", ArchiveLayer.Indicator, SubIndicator.Productivity, "one-out all-out layer"),
            ("productivity", ArchiveLayer.Productivity, SubIndicator.Productivity, "land productivity"),
            ("land_cover", ArchiveLayer.LandCover, SubIndicator.LandCover, "land cover"),
            ("soil_organic_carbon", ArchiveLayer.SoilCarbon, SubIndicator.SoilCarbon, "soil organic carbon"),
        })
        {
            json.WritePropertyName(key);
            WriteCrossTab(
                json,
                key == "sdg"
                    ? $"Land area by baseline vs reporting period assessment ({name})"
                    : $"Land area by baseline vs reporting period {name} assessment",
                new YearSpan(Maps(years, 0).First, Maps(years, period).Last),
                from before in ArchiveFigures.Classes
                from now in ArchiveFigures.Classes
                select (before.Name, now.Name, figures.Change(period, zone, layer, before.Condition, now.Condition)));
        }

        json.WriteEndObject();
    }

    private void WriteCorrections(Utf8JsonWriter json, int zone, int period)
    {
        CorrectionShape[] polygons = [
            .. corrections.Where(c => c.Correction.Layer is null && c.Correction.Periods.Contains(period))];
        if (polygons.Length == 0)
        {
            json.WriteNull("error_recode");
            json.WriteNull("sdg_error_recode");
            return;
        }

        json.WritePropertyName("error_recode");
        ErrorRecode.Write(json, run, zone, polygons);
        Own(
            json, "sdg_error_recode", zone, period, ArchiveLayer.Indicator,
            "SDG Indicator 15.3.1 (progress since baseline), with errors recoded");
    }

    private void Own(Utf8JsonWriter json, string key, int zone, int period, ArchiveLayer layer, string name)
    {
        json.WritePropertyName(key);
        WriteAreas(json, name, ArchiveFigures.Classes.Select(c => (c.Name, figures.Own(period, zone, layer, c.Condition))));
    }

    /// <summary>Every pair of cover classes, zeros too; no data is no class.</summary>
    private void WriteCrossTab(Utf8JsonWriter json, string name, YearSpan years, Func<int, int, Int128> area) => WriteCrossTab(
        json, name, years,
        from initial in Enumerable.Range(1, legend.Count)
        from final in Enumerable.Range(1, legend.Count)
        select (legend.Label(initial), legend.Label(final), area(initial, final)));

    private static void WriteCrossTab(
        Utf8JsonWriter json, string name, YearSpan years, IEnumerable<(string Initial, string Final, Int128 Area)> values)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("unit", "sq km");
        json.WriteNumber("initial_year", years.First);
        json.WriteNumber("final_year", years.Last);
        json.WriteStartArray("values");
        foreach ((string initial, string final, Int128 area) in values)
        {
            json.WriteStartObject();
            json.WriteString("initial_label", initial);
            json.WriteString("final_label", final);
            json.WriteNumber("value", (double)area / MmPerKm);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteByYear(
        Utf8JsonWriter json, string key, string name, string unit, IEnumerable<(int Year, Func<int, double> Value)> years)
    {
        json.WriteStartObject(key);
        json.WriteString("name", name);
        json.WriteString("unit", unit);
        json.WriteStartObject("values");
        foreach ((int year, Func<int, double> value) in years.DistinctBy(y => y.Year))
        {
            json.WriteStartObject(year.ToString(System.Globalization.CultureInfo.InvariantCulture));
            foreach (int c in Enumerable.Range(1, legend.Count).Append(0))
                json.WriteNumber(legend.Label(c), value(c));
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private YearSpan Maps(SubIndicator sub, int period) => ArchiveBands.Maps(run.Job, sub, period);
}

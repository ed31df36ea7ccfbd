using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.LandCover;

namespace Ldn.Tables.Prais;

/// <summary>
/// The tables of the UNCCD's reporting platform (PRAIS 4) that follow from a run, under their own names, one row group a zone
/// (prais-forms.md §3). Groups of zones do not report and are left out. Areas in km² of the run; land-cover classes are the
/// UNCCD's seven, beside them the country's own where it has a legend.
/// </summary>
internal static class PraisTables
{
    /// <summary>The forms that subjects beside the indicator fill, in the order of the file.</summary>
    private static readonly string[] s_ofSubjects =
        ["SO1.subnational", "SO1-4.confidence", "SO1-4", "SO1-VT", "SO1.IA", "CP-1", "SO2", "SO3"];

    /// <param name="run">The run.</param>
    /// <param name="ofSubjects">The forms that subjects beside the indicator fill.</param>
    /// <param name="mostZones">Zones that report at most, the first of the run.</param>
    internal static IReadOnlyList<ResultTable> All(
        RunStatistics run, Func<PraisFrame, IEnumerable<ResultTable>> ofSubjects, int mostZones = int.MaxValue)
    {
        var frame = new PraisFrame(run, mostZones);
        var tables = new List<ResultTable>();
        if (run.Legend is { } legend)
        {
            tables.AddRange(PraisLandCover.All(frame, legend));
            tables.Add(PraisDegradation.LandCover(frame));
        }

        if (run.Job.Productivity is not null)
        {
            if (run.Legend is { } covers && ProductivityEvidence.TableClasses(run.Job) is { } classes)
                tables.AddRange(PraisProductivity.ByCover(frame, covers, classes));
            tables.Add(PraisDegradation.OnLand(frame, SubIndicator.Productivity, "SO1-2.T3", "Land productivity degradation"));
        }

        if (run.Job.SoilCarbon is not null)
        {
            if (run.Carbon.Count > 0 && run.Legend is { } covers)
                tables.AddRange(CoverClasses.Of(covers).Select(c => PraisCarbon.ByClass(frame, c)));
            tables.Add(PraisDegradation.OnLand(frame, SubIndicator.SoilCarbon, "SO1-3.T2", "Soil organic carbon degradation"));
        }

        if (run.Job.Periods.Count > 1)
            tables.Add(PraisDegradation.StatusMatrix(frame));
        if (!run.Job.WithoutIndicator)
            tables.Add(PraisDegradation.DegradedLand(frame));
        tables.AddRange(ofSubjects(frame)
            .OrderBy(t => Array.FindIndex(s_ofSubjects, f => t.Name.StartsWith(f, StringComparison.Ordinal)))
            .ThenBy(t => t.Name, StringComparer.Ordinal));
        if (run.Job.Sources.Count > 0)
            tables.Add(PraisSources.Sources(run.Job));
        return tables;
    }
}

/// <summary>PRAIS SO1-3.T1: soil organic carbon by land-cover class and year.</summary>
internal static class PraisCarbon
{
    public static ResultTable ByClass(PraisFrame frame, CoverClasses classes)
    {
        var table = new ResultTable("SO1-3.T1" + classes.Suffix, "Soil organic carbon by land-cover class and year",
        [
            PraisFrame.ZoneColumn, new("year", ColumnType.Integer, "Row of the form."),
            new("land_cover", ColumnType.Text, "Class of the land cover beside the stock."),
            new("soc_t_per_ha", ColumnType.Number, "Mean stock where it is known, 0–30 cm, t C/ha."),
            new("soc_area_km2", ColumnType.Area, "Area with a known stock."),
            PraisFrame.DataYearColumn, PraisFrame.AskedColumn,
            .. classes.IsOwn ? new Column[] { new("code", ColumnType.Integer, "Code in the country's legend.") } : [],
        ]);
        foreach ((int year, int question) in Years(frame))
        {
            var sums = new (Int128 Stock, Area Known)[frame.Run.Zones.Count, classes.Count + 1];
            var there = new bool[frame.Run.Zones.Count, classes.Count + 1];
            foreach (TallyRow row in frame.Run.Result.Carbon[question].Rows())
            {
                int c = classes[row.Plane(0)];
                foreach (int zone in frame.Run.ZonesOf(row))
                {
                    (Int128 stock, Area known) = sums[zone, c];
                    (sums[zone, c], there[zone, c]) = ((stock + row.Sums.Span[0], known + new Area(row.Sums.Span[1])), true);
                }
            }

            foreach ((int z, SummaryZone zone) in frame.Zones)
                for (int c = 1; c <= classes.Count; c++)
                    if (there[z, c] && !classes.IsWater(c))
                        table.Add(
                        [
                            zone.Id, (long)year, classes.Name(c),
                            sums[z, c].Known.IsZero
                                ? null
                                : (double)sums[z, c].Stock * CarbonTables.TonnesPerUnit / sums[z, c].Known.Hectares,
                                sums[z, c].Known,
                            (long)frame.Run.Carbon[question].StockYear, frame.AsksYear(SubIndicator.SoilCarbon, year),
                            .. classes.IsOwn ? [classes.Code(c)] : Array.Empty<object?>(),
                        ]);
        }

        return frame.Sorted(table);
    }

    /// <summary>The rows of the form, each with the tally of its stock over the land cover of its own period.</summary>
    private static IEnumerable<(int Year, int Question)> Years(PraisFrame frame)
    {
        var questions = frame.Run.Carbon.ToList();
        var wanted = frame.Periods.Where(p => p.SoilCarbon is not null)
            .SelectMany(p => new[] { (p.SoilCarbon!.First, p.LandCover?.First), (p.SoilCarbon.Last, p.LandCover?.Last) })
                .DistinctBy(y => y.Item1).OrderBy(y => y.Item1);
        foreach ((int year, int? cover) in wanted)
        {
            int stock = frame.Serving(SubIndicator.SoilCarbon, year);
            int? map = cover is { } known ? frame.Serving(SubIndicator.LandCover, known) : null;
            int exact = questions.FindIndex(q => q.StockYear == stock && q.CoverYear == map);
            if ((exact >= 0 ? exact : questions.FindIndex(q => q.StockYear == stock)) is >= 0 and int question)
                yield return (year, question);
        }
    }
}

/// <summary>
/// PRAIS SO1-2.T1 and T2: land productivity dynamics within each land-cover class, baseline and reporting periods.
/// </summary>
internal static class PraisProductivity
{
    private static readonly string[] s_lpd = [
        "no_data_km2", "declining_km2", "moderate_decline_km2", "stressed_km2", "stable_km2", "increasing_km2"];

    /// <summary>
    /// A row a class for land whose class is the same in both years, and the row <c>changed</c> for land that changed; initial
    /// water is left out.
    /// </summary>
    public static IEnumerable<ResultTable> ByCover(PraisFrame frame, Legend legend, byte[] lpdClasses)
    {
        foreach (CoverClasses classes in CoverClasses.Of(legend))
        {
            for (int t = 1; t <= Math.Min(2, frame.Periods.Count); t++)
            {
                var table = new ResultTable(
                    $"SO1-2.T{t}{classes.Suffix}",
                    t == 1
                        ? "Land productivity dynamics by land cover, baseline"
                        : "Land productivity dynamics by land cover, reporting periods",
                [
                    PraisFrame.ZoneColumn, PraisFrame.PeriodColumn,
                    new("land_cover", ColumnType.Text, "Class in both years; changed; no_data."),
                    .. s_lpd.Skip(1).Append(s_lpd[0]).Select(n => new Column(n, ColumnType.Area, "True area of the LPD class.")),
                    PraisFrame.YearsColumn, PraisFrame.AskedColumn,
                    .. classes.IsOwn ? new Column[] { new("code", ColumnType.Integer, "Code in the country's legend.") } : [],
                    .. ProductivityEvidence.HasUnclassified(frame.Run.Job)
                        ? new Column[] { new("unclassified", ColumnType.Area, "Land of regions without LPD classes.") } : [],
                ]);
                for (int p = t == 1 ? 0 : 1; p < (t == 1 ? 1 : frame.Periods.Count); p++)
                    AddRows(table, frame, classes, lpdClasses, p);
                yield return frame.Sorted(table);
            }
        }
    }

    private static void AddRows(ResultTable table, PraisFrame frame, CoverClasses classes, byte[] lpdClasses, int period)
    {
        int changed = classes.Count + 1;
        var sums = new Area[frame.Run.Zones.Count, changed + 1, ProductivityEvidence.Unclassified + 1];
        foreach (TallyRow row in frame.Run.Result.Transitions[period].Rows().Where(r => !Evidence.Water(r.Plane(2))))
        {
            int from = classes[row.Plane(0)], to = classes[row.Plane(1)], cover = from == 0
                || to == 0 ? 0 : from == to ? from : changed;
            foreach (int zone in frame.Run.ZonesOf(row))
                sums[zone, cover, lpdClasses[Evidence.Productivity(row.Plane(2))]] += row.Area;
        }

        foreach ((int z, SummaryZone zone) in frame.Zones)
        {
            foreach (int cover in Enumerable.Range(1, changed).Append(0).Where(c => c == changed || !classes.IsWater(c)))
            {
                table.Add(
                [
                    zone.Id, frame.Periods[period].Id, cover == changed ? "changed" : classes.Name(cover),
                    .. Enumerable.Range(1, 5).Append(0).Select(lpd => (object?)sums[z, cover, lpd]),
                    frame.Years(SubIndicator.Productivity, period), frame.Asks(period),
                    .. classes.IsOwn ? [cover == changed ? null : classes.Code(cover)] : Array.Empty<object?>(),
                    .. ProductivityEvidence.HasUnclassified(frame.Run.Job)
                        ? [(object?)sums[z, cover, ProductivityEvidence.Unclassified]] : Array.Empty<object?>(),
                ]);
            }
        }
    }
}

/// <summary>The sources of the data, as Annex II asks for them.</summary>
internal static class PraisSources
{
    /// <summary>Sources as Annex II asks for them, each with the forms that its layer fills.</summary>
    public static ResultTable Sources(Job job)
    {
        var table = new ResultTable("sources", "Sources of the data",
        [
            new("form", ColumnType.Text, "Forms that the layer fills."), new("layer", ColumnType.Text, "Layer of the job."),
            new("title", ColumnType.Text, "Title."),
            new("link", ColumnType.Text, "DOI, else address."), new("publisher", ColumnType.Text, "Author or publisher."),
            new("citation", ColumnType.Text, "Full citation."),
        ]);
        foreach ((string layer, SourceConfig source) in job.Sources.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            string form = layer switch
            {
                "landCover" => "CP-1, SO1-1",
                "productivity" => "SO1-2",
                "soilCarbon" => "SO1-3",
                "population" => "SO2-3, SO3-2",
                "officialPopulation" => "CP-1",
                "drought" => "SO3-1",
                _ => "",
            };
            table.Add(
                form, layer, source.Title,
                source.Doi is { } doi
                    ? "https://doi.org/" + doi.Replace("https://doi.org/", "", StringComparison.Ordinal)
                    : source.Link,
                source.Publisher, source.Citation);
        }

        return table;
    }
}

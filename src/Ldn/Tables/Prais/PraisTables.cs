using Ldn.Indicator;
using Ldn.Subjects;

namespace Ldn.Tables.Prais;

/// <summary>
/// The tables of the UNCCD's reporting platform (PRAIS 4) that follow from a run, under their own names, one row group a zone (prais-forms.md §3). Groups of zones
/// do not report and are left out. Areas in km² of the run; land-cover classes are the UNCCD's seven, beside them the country's own where it has a legend.
/// </summary>
public static class PraisTables
{
    public static IReadOnlyList<ResultTable> All(RunStatistics run, IReadOnlyList<Correction> corrections)
    {
        var frame = new PraisFrame(run);
        var tables = new List<ResultTable>();
        if (run.Legend is { } legend)
        {
            tables.AddRange(PraisLandCover.All(frame, legend));
            tables.Add(PraisDegradation.LandCover(frame));
        }

        if (run.Job.Productivity is not null)
        {
            if (run.Legend is { } covers && ProductivityEvidence.LpdClasses(run.Job) is { } classes)
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
        tables.Add(PraisDegradation.DegradedLand(frame));
        tables.Add(PraisDegradation.Confidence(frame));
        if (corrections.Count > 0)
            tables.Add(PraisPlaces.Corrections(frame, corrections));
        if (run.Job.Strata?.Hotspots is not null)
            tables.AddRange(HotspotTables.Prais(run));
        tables.AddRange(PraisPlaces.All(frame));
        tables.AddRange(PraisPeople.All(frame));
        if (run.Job.Sources.Count > 0)
            tables.Add(PraisPlaces.Sources(run.Job));
        return tables;
    }
}

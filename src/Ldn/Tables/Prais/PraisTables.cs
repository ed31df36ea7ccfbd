using Ldn.Indicator;
using Ldn.Jobs;

namespace Ldn.Tables.Prais;

/// <summary>
/// The tables of the UNCCD's reporting platform (PRAIS 4) that follow from a run, under their own names, one row group a zone
/// (prais-forms.md §3). Groups of zones do not report and are left out. Areas in km² of the run; land-cover classes are the
/// UNCCD's seven, beside them the country's own where it has a legend.
/// </summary>
public static class PraisTables
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

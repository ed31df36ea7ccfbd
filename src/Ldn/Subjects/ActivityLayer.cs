using System.Globalization;
using Ldn.Rasters;
using Ldn.Reports;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>
/// activities.gpkg: the activities with their figures over all zones together, to share with those who carry them out.
/// </summary>
public static class ActivityLayer
{
    public static VectorTable Of(RunStatistics run, ActivitiesAsked input, IReadOnlyList<Activity> activities, IGeodata geodata)
    {
        VectorLayer layer = geodata.ReadPolygons(input.File, input.Layer);
        IReadOnlyList<IReadOnlyList<IReadOnlyList<double[]>>> polygons = ZoneShapes.InWgs84(layer, geodata);
        ActivityLand[] lands = [
            new ActivityLand(run, activities, "", around: false),
            .. input.RingKm is null ? Array.Empty<ActivityLand>() : [new ActivityLand(run, activities, "ring_", around: true)]];
        VectorField[] fields =
        [
            new("id", typeof(string), "Activity."),
            new("name", typeof(string), "Its name."),
            new("stakeholder", typeof(string), "Who carries it out."),
            new("type", typeof(string), "What kind it is."),
            new("start_year", typeof(long), "When it began."),
            .. lands.SelectMany(land => land.Fields),
        ];
        return new VectorTable(
            "activities", run.Job.Name, fields,
            [.. activities.Select(
                (a, i) => ((object?[])[a.Id, a.Name, a.Stakeholder, a.Type, (long?)a.StartYear, .. lands
                .SelectMany(land => land.Values(i))], polygons[i]))],
            null);
    }

    /// <summary>Figures of all activities, or of the rings round them, as attributes: one a period and figure.</summary>
    private sealed class ActivityLand
    {
        private readonly Cell[][][] _cells;

        public ActivityLand(RunStatistics run, IReadOnlyList<Activity> activities, string prefix, bool around)
        {
            _cells = ActivityTables.Whole(run, activities, around);
            Fields =
            [
                .. run.Job.Periods.SelectMany(p => ActivityTables.FigureColumns.Select(
                    c => new VectorField($"{prefix}{p.Id}_{c.Name}", typeof(double), c.Description))),
            ];
        }

        public IReadOnlyList<VectorField> Fields { get; }

        public IEnumerable<object?> Values(int activity) => _cells.SelectMany(period => period[activity]).Select(
            cell => cell.Value is null ? null : (object?)double.Parse(Cell.Format(cell.Value), CultureInfo.InvariantCulture));
    }
}

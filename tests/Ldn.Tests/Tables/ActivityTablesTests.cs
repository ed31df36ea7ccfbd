using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Pass;
using Ldn.Questions;
using Ldn.Subjects;
using Ldn.Tables;
using Ldn.Zones;

namespace Ldn.Tests.Tables;

/// <summary>
/// Zone A of 20 pixels of 2 km²: activity X of 6 and Y of 5 pixels, 2 of them in both; the ring of X has 4 pixels, one of which
/// lies in Y. X and Y are of one
/// stakeholder and of two types. Zone B holds one pixel of Y and 3 others, one of them in the ring of X.
/// </summary>
internal sealed class ActivityTablesTests
{
    private const Condition Bad = Condition.Degraded, Same = Condition.Stable, Good = Condition.Improved;

    private static (RunStatistics Run, IReadOnlyList<Activity> Activities) Run(bool rings)
    {
        const int A = 0, B = 1, X = 10, Y = 11, RingX = 20;
        var places = new PlaceIndex();
        Question question = new(ClimateInquiry.Question("report_1"), [new ConditionsPlane(1)], new StockChangeSum(0, 1));
        var result = PassResult.Empty(2, 0, [question]);

        // Stocks in t C/ha before and after, of every pixel of the place.
        void Add(
            int[] members, int pixels, Condition before, Condition now, int carbonBefore = 50, int carbonNow = 50,
            bool water = false)
        {
            int place = places.Intern(members);
            HandRun.Count(result, place, pixels, (before, 0, water), (now, 0, water));
            Int128 area = (Int128)HandRun.Pixel * pixels;
            Int128[] sums = [area * carbonBefore * 1000, area * carbonNow * 1000, area];
            byte pair = water ? (byte)0x44 : ConditionPair.Of(before, now).Code;
            result.Answers[0].Add(place, pair, pixels, new Area(area), sums);
        }

        Add([A, X], 3, Bad, Good, 40, 60);           // recent improvement: a gain
        Add([A, X], 1, Same, Bad);                    // a loss
        Add([A, X, Y], 2, Good, Good, 30, 33);        // persistent improvement: a gain of both
        Add([A, Y], 2, Bad, Bad, 20, 10);             // persistent degradation: a loss
        Add([A, Y, RingX], 1, Same, Same);            // of Y, so not in the surroundings of X
        Add([A, RingX], 3, Same, Bad, 50, 40);        // the ring of X
        Add([A], 7, Same, Same);
        Add([A], 1, Same, Same, 9, 99, water: true);  // water: no land, no carbon
        Add([B, Y], 1, Same, Good);
        Add([B], 2, Bad, Bad);
        Add([B, RingX], 1, Bad, Bad);
        Activity[] activities =
        [
            new("X", "Planting", "Forest agency", "trees", 2010, X, rings ? RingX : -1),
            new("Y", "Fencing", "Forest agency", "", null, Y, rings ? 21 : -1),
        ];
        SummaryZone[] zones = [
            new("A", "A", "zone", [A], null), new("B", "B", "zone", [B], null), new("G", "G", "group", [A, B], null)];
        return (HandRun.Of(places, result, zones, question), activities);
    }

    private static string[] Rows((RunStatistics Run, IReadOnlyList<Activity> Activities) run, string table, string start) =>
        [.. HandRun.Lines(ActivityTables.All(run.Run, run.Activities).Single(t => t.Name == table))
            .Where(l => l.StartsWith(start, StringComparison.Ordinal)).Select(l => Figures(l[start.Length..]))];

    /// <summary>What stands before basis, name of the zone and years.</summary>
    private static string Figures(string line)
    {
        string[] fields = line.Replace(".000000", "").Split(',');
        Assert.That(string.Join(',', fields[^3..]), Does.Match("^(condition,[ABG],2000–2015|status,[ABG],2016–2019)$"));
        return string.Join(',', fields[..^3]);
    }

    /// <summary>
    /// Land, degraded, stable, improved, no data, gains, losses, two shares; 10 of 12 km² … carbon: 3 pixels of 200 ha gained 20,
    /// 2 gained 3 t C/ha.
    /// </summary>
    [Test]
    public void AnActivityIsCountedOnItsOwnBesideTheRestOfItsZone()
    {
        (RunStatistics Run, IReadOnlyList<Activity> Activities) run = Run(rings: false);
        Assert.That(Rows(run, "activities", "X,Planting,Forest agency,trees,2010,A,zone,report_1,"), Is.EqualTo(new[]
        {
            "inside,12,2,0,10,0,10,2,16.666667,83.333333,12,13200,48400,11",
            "surroundings,20,6,14,0,0,0,6,30,0,20,-6000,-22000,-3",
        }));
        Assert.That(Rows(run, "activities", "X,Planting,Forest agency,trees,2010,B"), Is.Empty, "X has no land in B");
        Assert.That(
            Rows(run, "activities", "Y,Fencing,Forest agency,unspecified,,A,zone,report_1,inside,"),
            Is.EqualTo(new[] { "10,4,2,4,0,4,4,40,40,10,-2800,-10266.666667,-2.800000" }));
        Assert.That(Rows(run, "activities", "Y,Fencing,Forest agency,unspecified,,B,zone,report_1,"), Is.EqualTo(new[]
        {
            "inside,2,0,0,2,0,2,0,0,100,2,0,0,0",
            "surroundings,6,6,0,0,0,0,6,100,0,6,0,0,0",
        }));
    }

    /// <summary>The baseline has conditions, not gains; here the surroundings are the ring, without what lies in Y.</summary>
    [Test]
    public void ARingLeavesOtherActivitiesOut()
    {
        (RunStatistics Run, IReadOnlyList<Activity> Activities) run = Run(rings: true);
        Assert.That(Rows(run, "activities", "X,Planting,Forest agency,trees,2010,A,zone,"), Is.EqualTo(new[]
        {
            "baseline,inside,12,6,2,4,0,,,50,33.333333,,,,",
            "baseline,surroundings,6,0,6,0,0,,,0,0,,,,",
            "report_1,inside,12,2,0,10,0,10,2,16.666667,83.333333,12,13200,48400,11",
            "report_1,surroundings,6,6,0,0,0,0,6,100,0,6,-6000,-22000,-10",
        }));
        Assert.That(
            Rows(run, "activities", "X,Planting,Forest agency,trees,2010,G,group,report_1,surroundings,"),
            Is.EqualTo(new[] { "8,8,0,0,0,0,8,100,0,8,-6000,-22000,-7.500000" }));
        Assert.That(
            Rows(run, "activities", "X,Planting,Forest agency,trees,2010,B"), Is.Empty,
            "its ring reaches B, the activity does not");
    }

    /// <summary>The two pixels in both count once: 6 + 5 − 2 in A, one in B.</summary>
    [Test]
    public void AStakeholderIsTheUnionOfItsActivities()
    {
        (RunStatistics Run, IReadOnlyList<Activity> Activities) run = Run(rings: false);
        Assert.That(
            Rows(run, "activities_by_stakeholder", "Forest agency,2,A,zone,report_1,inside,"),
            Has.One.StartsWith("18,6,2,10,0,10,6,"));
        Assert.That(
            Rows(run, "activities_by_stakeholder", "Forest agency,2,G,group,report_1,inside,"),
            Has.One.StartsWith("20,6,2,12,0,12,6,"));
        Assert.That(Rows(run, "activities_by_type", "trees,1,A,zone,report_1,inside,"), Has.One.StartsWith("12,"));
        Assert.That(Rows(run, "activities_by_type", "unspecified,1,G,group,report_1,inside,"), Has.One.StartsWith("12,"));
        Assert.That(
            ActivityTables.AreaOfType(run.Run, run.Activities, "trees")!.Select(a => a.SquareKilometres),
            Is.EqualTo(new[] { 12.0, 0, 12 }));
        Assert.That(ActivityTables.AreaOfType(run.Run, run.Activities, "dams"), Is.Null);
    }

    [Test]
    public void TheSharedLayerHasEachActivityWhole()
    {
        (RunStatistics Run, IReadOnlyList<Activity> Activities) run = Run(rings: true);
        Cell[][] inside = ActivityTables.Whole(run.Run, run.Activities, around: false)[1],
        ring = ActivityTables.Whole(run.Run, run.Activities, around: true)[1];
        Assert.That(Land(inside[1]), Is.EqualTo(12), "Y in A and B");
        Assert.That(Land(ring[0]), Is.EqualTo(8), "the ring of X in A and B");
        Assert.That(inside[0], Has.Length.EqualTo(ActivityTables.FigureColumns.Count));

        static double Land(Cell[] cells) => ((Area)cells.Single(c => c.Column.Name == Columns.Land.Name).Value!).SquareKilometres;
    }
}

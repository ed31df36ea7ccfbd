using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.LandCover;
using Ldn.Pass;
using Ldn.Tables;
using Ldn.Zones;

namespace Ldn.Tests.Tables;

/// <summary>
/// A run of 18 pixels of 2 km² each, counted by hand: zone A of 11, zone B of 12, five of them in both; zone C without a pixel;
/// group G of all three.
/// Land cover and soil carbon, productivity left out; baseline and one reporting period.
/// </summary>
internal static class HandRun
{
    /// <summary>Area of a pixel in mm².</summary>
    public const ulong Pixel = 2_000_000_000_000;

    private static readonly ChangeRank Rank = new(5, 10, 15);

    public static RunStatistics Create(string nameOfA = "Aland", bool official = true)
    {
        var places = new PlaceIndex();
        int a = places.Intern([0]), both = places.Intern([0, 1]), b = places.Intern([1]);
        var result = PassResult.Empty(2, 0);
        const Condition Bad = Condition.Degraded, Same = Condition.Stable, Good = Condition.Improved, None = Condition.NoData;

        void Add(
            int place, int pixels, (Condition Cover, double Change, bool Water) before,
            (Condition Cover, double Change, bool Water) now) =>
            Count(result, place, pixels, before, now);

        Add(a, 3, (Same, 0, false), (Bad, 0, false));       // stable, degraded: recent degradation
        Add(a, 2, (Good, 0, false), (Same, 0, false));      // improved, stable: baseline improvement
        Add(a, 1, (Same, 0, true), (Same, 0, false));       // water, stable: no status
        Add(both, 4, (Bad, 0, false), (Same, 0, false));    // degraded, stable: baseline degradation
        Add(both, 1, (Same, -10, false), (Same, 0, false)); // exactly −10 %: stable, stable
        Add(b, 2, (None, 0, false), (Same, 0, false));      // no data, stable: no data
        Add(b, 5, (Same, -50, true), (Same, 0, true));      // water throughout

        void Cover(int period, int place, int pixels, int from, int to) => result.Transitions[period].Add(
            place, (ulong)(from | to << 8 | (from == 7 ? Evidence.WaterBit : 0) << 16), pixels, new Area((Int128)Pixel * pixels));
        Cover(0, a, 5, 1, 1);
        Cover(0, a, 1, 7, 1);
        Cover(0, both, 4, 1, 1);
        Cover(0, both, 1, 1, 7);
        Cover(0, b, 2, 2, 0);
        Cover(0, b, 5, 7, 7);
        Cover(1, a, 6, 1, 1);
        Cover(1, both, 5, 1, 1);
        Cover(1, b, 2, 2, 2);
        Cover(1, b, 5, 7, 7);

        SummaryZone[] zones =
        [
            new("A", nameOfA, "zone", [0], official ? Area.OfSquareKilometres(40) : null), new("B", "Bee", "zone", [1], null),
            new("C", "Empty", "zone", [2], null),
            new("G", "Group", "group", [0, 1, 2], null),
        ];
        return Of(places, result, zones);
    }

    /// <summary>
    /// Adds pixels of a place to the reporting period: in baseline and period land cover, change of soil carbon in per cent, and
    /// whether it is water.
    /// </summary>
    public static void Count(
        PassResult result, int place, int pixels, (Condition Cover, double Change, bool Water) before,
        (Condition Cover, double Change, bool Water) now)
    {
        ulong key = 0;
        foreach ((Condition cover, double change, bool water) in new[] { now, before })
            key = (key << 16) | ((ulong)Rank.OfChange(change) << 8) | Evidence.Land(cover, water, 0);
        result.Conditions[1].Add(place, key, pixels, new Area((Int128)Pixel * pixels));
    }

    /// <summary>The run of such a result: land cover and soil carbon, one reporting period.</summary>
    public static RunStatistics Of(
        PlaceIndex places, PassResult result, IReadOnlyList<SummaryZone> zones, params IReadOnlyList<Question> questions)
    {
        var legend = Legend.BuiltIn("unccd-7");
        var years = new YearSpan(2000, 2015);
        var job = new Job
        {
            Name = "by hand",
            Periods = [
                new Period("baseline", years, null, years), new Period("report_1", new(2016, 2019), null, new(2016, 2019))],
            LandCover = new LandCoverInput(
                legend, TransitionMatrix.Default(legend), null, new DatedFiles([], new Dictionary<int, int>()), true),
            SoilCarbon = new SoilCarbonInput(
                SoilCarbonKind.Change, new DatedFiles([], new Dictionary<int, int>()), new Dictionary<string, string>(), null),
            Zones = [],
            Rules = new Rules("default", MissingDataPolicy.Strict, "prais-2026", 10, false, false, true, StatusRule.Addendum2025),
            Grid = new GridOptions("landCover", false, default, default, default),
            Outputs = new OutputOptions(RasterOutputs.None, false, new HashSet<string>(), default),
            Notes = ["partial: computed without productivity"],
        };
        var tables = new IndicatorTables(true, null, Rank.Conditions(10, false), MissingDataPolicy.Strict);
        return new RunStatistics(job, zones, places, [], tables, Rank, result, questions: questions);
    }

    public static ResultTable Table(RunStatistics run, string name) => RunTables.All(run).Single(t => t.Name == name);

    /// <summary>Rows of a table as text, fields joined by commas.</summary>
    public static string[] Lines(ResultTable table) =>
        [.. table.Rows.Select(row => string.Join(',', row.Values.Select(Cell.Format)))];
}

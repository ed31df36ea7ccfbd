using Ldn.Indicator;
using Ldn.Pass;
using Ldn.Tables;
using Ldn.Zones;

namespace Ldn.Tests.Tables;

/// <summary>Every figure of 18 pixels, counted by hand.</summary>
internal sealed class HandRunTests
{
    [Test]
    public void TheHeadlineIsTheReportedFigureWithEveryDenominator() => Assert.That(
        HandRun.Lines(HandRun.Table(HandRun.Create(), "headline")), Is.EqualTo("""
            A,Aland,zone,baseline,20.000000,20.000000,2.000000,0.000000,8.000000,8.000000,4.000000,40.000000,40.000000,0.000000,,,20.000000,20.000000,40.000000,,,condition,2000–2015
            A,Aland,zone,report_1,20.000000,20.000000,2.000000,0.000000,14.000000,2.000000,4.000000,70.000000,70.000000,0.000000,6.000000,30.000000,22.000000,35.000000,63.636364,6.000000,0.000000,status,2016–2019
            B,Bee,zone,baseline,14.000000,10.000000,10.000000,4.000000,8.000000,2.000000,0.000000,57.142857,80.000000,28.571429,,,12.000000,,66.666667,,,condition,2000–2015
            B,Bee,zone,report_1,14.000000,10.000000,10.000000,4.000000,8.000000,2.000000,0.000000,57.142857,80.000000,28.571429,0.000000,0.000000,14.000000,,57.142857,0.000000,0.000000,status,2016–2019
            C,Empty,zone,baseline,0.000000,0.000000,0.000000,0.000000,0.000000,0.000000,0.000000,,,,,,0.000000,,,,,condition,2000–2015
            C,Empty,zone,report_1,0.000000,0.000000,0.000000,0.000000,0.000000,0.000000,0.000000,,,,0.000000,,0.000000,,,0.000000,0.000000,status,2016–2019
            G,Group,group,baseline,24.000000,20.000000,12.000000,4.000000,8.000000,8.000000,4.000000,33.333333,40.000000,16.666667,,,24.000000,,33.333333,,,condition,2000–2015
            G,Group,group,report_1,24.000000,20.000000,12.000000,4.000000,14.000000,2.000000,4.000000,58.333333,70.000000,16.666667,6.000000,25.000000,26.000000,,53.846154,6.000000,0.000000,status,2016–2019
            """.Split('\n')));

    [Test]
    public void HeadlineAndSummaryHaveTheColumnsOfTheContract()
    {
        RunStatistics run = HandRun.Create();
        Assert.That(string.Join(',', HandRun.Table(run, "headline").Columns.Select(c => c.Name)), Is.EqualTo(
            "zone_id,zone_name,zone_kind,period,land_km2,valid_km2,water_km2,no_data_km2,degraded_km2,stable_km2,improved_km2,degraded_pct_of_land,"
            + "degraded_pct_of_valid,no_data_pct,degraded_change_km2,degraded_change_pct_of_land,final_year_land_km2,degraded_pct_of_official_land,"
            + "degraded_pct_of_final_year_land,degraded_change_on_common_land_km2,degraded_left_account_km2,basis,years"));
        Assert.That(string.Join(',', HandRun.Table(run, "summary").Columns.Select(c => c.Name)), Is.EqualTo(
            "zone_id,zone_name,zone_kind,period,indicator,class,pixels,area_km2,share_of_land_pct,share_of_valid_pct,basis,years"));
        Assert.That(string.Join(',', HandRun.Table(run, "crosstab_subindicators").Columns.Select(c => c.Name)), Is.EqualTo(
            "zone_id,zone_kind,period,water,land_cover,productivity,soil_organic_carbon,indicator,pixels,area_km2,basis,zone_name,years"));
        Assert.That(string.Join(',', HandRun.Table(run, "land_cover_transitions").Columns.Select(c => c.Name)), Is.EqualTo(
            "zone_id,period,from_class,to_class,pixels,area_km2,condition,from_class_name,to_class_name,basis,zone_name,zone_kind,years"));
        Assert.That(string.Join(',', HandRun.Table(run, "sensitivity").Columns.Select(c => c.Name)), Does.StartWith(
            "zone_id,zone_kind,period,rule,option,degraded_km2,stable_km2,improved_km2,no_data_km2"));
    }

    [Test]
    public void SummaryRowsComeInTheOrderOfTheContractZeroRowsIncluded()
    {
        string[] classes = ["degraded", "stable", "improved", "no_data", "water"];
        string[] expanded =
        [
            "persistent_degradation", "recent_degradation", "baseline_degradation", "stability", "baseline_improvement",
            "recent_improvement",
            "persistent_improvement", "no_data", "water",
        ];
        string[] conditions = ["sdg_15_3_1", "land_cover", "soil_organic_carbon"];
        IEnumerable<string> Rows(string zone) =>
        [
            .. conditions.SelectMany(i => classes.Select(c => $"{zone},baseline,{i},{c}")),
            .. conditions.Append("status").SelectMany(i => classes.Select(c => $"{zone},report_1,{i},{c}")),
            .. expanded.Select(c => $"{zone},report_1,status_expanded,{c}"),
            .. new[]
            {
                "status_land_cover", "status_soil_organic_carbon"
            }.SelectMany(i => classes.Select(c => $"{zone},report_1,{i},{c}")),
        ];
        Assert.That(
            HandRun.Table(HandRun.Create(), "summary")
                .Rows.Select(r => $"{r[Columns.ZoneId]},{r[Columns.Period]},{r[Columns.Indicator]},{r[Columns.Class]}"),
            Is.EqualTo(new[] { "A", "B", "C", "G" }.SelectMany(Rows)));
    }

    [TestCase("B,Bee,zone,baseline,sdg_15_3_1,degraded,4,8.000000,57.142857,80.000000,condition,2000–2015")]
    [TestCase("B,Bee,zone,baseline,sdg_15_3_1,no_data,2,4.000000,28.571429,,condition,2000–2015")]
    [TestCase("B,Bee,zone,baseline,sdg_15_3_1,water,5,10.000000,,,condition,2000–2015")]
    [TestCase("B,Bee,zone,baseline,soil_organic_carbon,stable,7,14.000000,100.000000,100.000000,condition,2000–2015")]
    [TestCase("B,Bee,zone,baseline,land_cover,no_data,2,4.000000,28.571429,,condition,2000–2015")]
    [TestCase("A,Aland,zone,report_1,sdg_15_3_1,degraded,3,6.000000,27.272727,27.272727,condition,2016–2019")]
    [TestCase("A,Aland,zone,report_1,status,degraded,7,14.000000,70.000000,70.000000,status,2016–2019")]
    [TestCase("A,Aland,zone,report_1,status_expanded,recent_degradation,3,6.000000,30.000000,30.000000,status,2016–2019")]
    [TestCase("A,Aland,zone,report_1,status_expanded,baseline_degradation,4,8.000000,40.000000,40.000000,status,2016–2019")]
    [TestCase("A,Aland,zone,report_1,status_expanded,baseline_improvement,2,4.000000,20.000000,20.000000,status,2016–2019")]
    [TestCase("A,Aland,zone,report_1,status_expanded,water,1,2.000000,,,status,2016–2019")]
    [TestCase("C,Empty,zone,report_1,status,degraded,0,0.000000,,,status,2016–2019")]
    [TestCase("G,Group,group,report_1,status,degraded,7,14.000000,58.333333,70.000000,status,2016–2019")]
    [TestCase("G,Group,group,baseline,sdg_15_3_1,stable,4,8.000000,33.333333,40.000000,condition,2000–2015")]
    public void SummaryFiguresAreThoseCounted(string line) =>
        Assert.That(HandRun.Lines(HandRun.Table(HandRun.Create(), "summary")), Does.Contain(line));

    [Test]
    public void TheCrossTableShowsSubIndicatorsBeforeTheWaterMask() => Assert.That(
        HandRun.Lines(HandRun.Table(HandRun.Create(), "crosstab_subindicators"))
            .Where(l => l.StartsWith("B,zone,baseline", StringComparison.Ordinal)), Is.EqualTo(new[]
        {
            "B,zone,baseline,0,no_data,,stable,no_data,2,4.000000,condition,Bee,2000–2015",
            "B,zone,baseline,0,degraded,,stable,degraded,4,8.000000,condition,Bee,2000–2015",
            "B,zone,baseline,0,stable,,stable,stable,1,2.000000,condition,Bee,2000–2015",
            "B,zone,baseline,1,stable,,degraded,water,5,10.000000,condition,Bee,2000–2015",
        }));

    [Test]
    public void TransitionsKeepWaterAndNoDataAndLeaveZeroRowsOut() => Assert.That(
        HandRun.Lines(HandRun.Table(HandRun.Create(), "land_cover_transitions"))
            .Where(l => l.StartsWith("B,baseline", StringComparison.Ordinal)), Is.EqualTo(new[]
        {
            "B,baseline,1,1,4,8.000000,no_data,Tree-covered,Tree-covered,condition,Bee,zone,2000–2015",
            "B,baseline,1,7,1,2.000000,no_data,Tree-covered,Water body,condition,Bee,zone,2000–2015",
            "B,baseline,2,no_data,2,4.000000,no_data,Grassland,no_data,condition,Bee,zone,2000–2015",
            "B,baseline,7,7,5,10.000000,no_data,Water body,Water body,condition,Bee,zone,2000–2015",
        }));

    [Test]
    public void TheStatusTableIsTheMatrixOfTheMethod() => Assert.That(
        HandRun.Lines(HandRun.Table(HandRun.Create(), "crosstab_status"))
            .Where(l => l.StartsWith("G,group,report_1,sdg_15_3_1", StringComparison.Ordinal)), Is.EqualTo(new[]
        {
            "G,group,report_1,sdg_15_3_1,no_data,stable,no_data,2,4.000000,status,Group,2016–2019",
            "G,group,report_1,sdg_15_3_1,degraded,stable,baseline_degradation,4,8.000000,status,Group,2016–2019",
            "G,group,report_1,sdg_15_3_1,stable,degraded,recent_degradation,3,6.000000,status,Group,2016–2019",
            "G,group,report_1,sdg_15_3_1,stable,stable,stability,1,2.000000,status,Group,2016–2019",
            "G,group,report_1,sdg_15_3_1,improved,stable,baseline_improvement,2,4.000000,status,Group,2016–2019",
        }));

    /// <summary>
    /// Newly degraded: 3 cells by land cover, 1 by soil carbon, 4 by both; degraded before, and improved now, are no new losses.
    /// </summary>
    [Test]
    public void NewLossesAreToldByTheSubIndicatorsThatAreDegradedThere()
    {
        var places = new PlaceIndex();
        int place = places.Intern([0]);
        var result = PassResult.Empty(2, 0);
        HandRun.Count(result, place, 3, (Condition.Stable, 0, false), (Condition.Degraded, 0, false));
        HandRun.Count(result, place, 1, (Condition.Improved, 0, false), (Condition.Stable, -50, false));
        HandRun.Count(result, place, 4, (Condition.Stable, 0, false), (Condition.Degraded, -50, false));
        HandRun.Count(result, place, 7, (Condition.Degraded, 0, false), (Condition.Degraded, 0, false));
        HandRun.Count(result, place, 9, (Condition.Stable, 0, false), (Condition.Improved, 0, false));
        HandRun.Count(result, place, 2, (Condition.Stable, 0, true), (Condition.Degraded, 0, false));
        RunStatistics run = HandRun.Of(places, result, [new SummaryZone("A", "Aland", "zone", [0], null)]);
        Assert.That(
            HandRun.Lines(HandRun.Table(run, "new_losses")), Is.EqualTo(new[]
        {
            "A,zone,report_1,land_cover,3,6.000000,37.500000,status,Aland,2016–2019",
            "A,zone,report_1,soil_organic_carbon,1,2.000000,12.500000,status,Aland,2016–2019",
            "A,zone,report_1,land_cover;soil_organic_carbon,4,8.000000,50.000000,status,Aland,2016–2019",
        }));
    }

    [TestCase("A,zone,baseline,soc_inclusive,false,8.000000,8.000000,4.000000,0.000000,8.000000,8.000000,4.000000,0.000000,condition,Aland,2000–2015")]
    [TestCase("A,zone,baseline,soc_inclusive,true,10.000000,6.000000,4.000000,0.000000,10.000000,6.000000,4.000000,0.000000,condition,Aland,2000–2015")]
    [TestCase("A,zone,baseline,soc_threshold,5,10.000000,6.000000,4.000000,0.000000,10.000000,6.000000,4.000000,0.000000,condition,Aland,2000–2015")]
    [TestCase("B,zone,baseline,missing,available,8.000000,6.000000,0.000000,0.000000,8.000000,6.000000,0.000000,0.000000,condition,Bee,2000–2015")]
    [TestCase("B,zone,report_1,missing,strict,8.000000,2.000000,0.000000,4.000000,0.000000,14.000000,0.000000,0.000000,status,Bee,2016–2019")]
    public void OtherRulesMoveThePixelsTheyShould(string line) =>
        Assert.That(HandRun.Lines(HandRun.Table(HandRun.Create(), "sensitivity")), Does.Contain(line));
}

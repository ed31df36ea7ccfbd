using Ldn.Counting;
using Ldn.Csv;
using Ldn.Indicator;
using Ldn.Subjects;
using Ldn.Tests.LandCover;

namespace Ldn.Tests.Subjects;

internal sealed class SeverityTests
{
    /// <summary>
    /// Mongolia's four grades: by the number of degraded sub-indicators, one up where productivity is declining.
    /// </summary>
    [TestCase(1, 2, "weak")]
    [TestCase(1, 0, "weak")]
    [TestCase(1, 1, "medium")]
    [TestCase(2, 4, "medium")]
    [TestCase(2, 1, "strong")]
    [TestCase(3, 2, "strong")]
    [TestCase(3, 1, "very_strong")]
    [TestCase(0, 1, null)]
    public void TheDefaultGradesAreThoseOfTheMethod(int degraded, int lpd, string? grade) =>
        Assert.That(SeverityTable.Default.Grade(degraded, lpd), Is.EqualTo(grade));

    [Test]
    public void GradesGoFromTheLightestToTheHeaviest() =>
        Assert.That(SeverityTable.Default.Grades, Is.EqualTo(new[] { "weak", "medium", "strong", "very_strong" }));

    [Test]
    public void OfAUsersTableTheFirstRowThatFitsCounts()
    {
        var table = SeverityTable.Parse(
            CsvTable.Parse("degraded_sub_indicators,lpd,grade\n2,1,worst\n2,,bad\n,,slight\n", "s.csv"));
        Assert.That(
            new[] { table.Grade(2, 1), table.Grade(2, 5), table.Grade(1, 1), table.Grade(3, 0) },
            Is.EqualTo(new[] { "worst", "bad", "slight", "slight" }));
    }

    [TestCase("4,,x", "column degraded_sub_indicators", "0 to 3")]
    [TestCase("1,6,x", "column lpd", "0 to 5")]
    [TestCase("one,,x", "column degraded_sub_indicators", "a whole number")]
    [TestCase("1,,", "column grade")]
    public void AWrongGradeIsAnErrorThatSaysWhere(string row, params string[] says) =>
        Assert.That(
            () => SeverityTable.Parse(CsvTable.Parse($"degraded_sub_indicators,lpd,grade\n{row}\n", "s.csv")),
            UsageError.With([.. says, "s.csv", "row 2"]));

    [Test]
    public void CostsFollowTheFirstRowThatFits()
    {
        var costs = CostTable.Parse(
            CsvTable.Parse("land_cover,grade,usd_per_ha_year\n3,strong,40.5\n3,,10\n,weak,1\n", "c.csv"), [1, 2, 3],
            ["weak", "strong"]);
        Assert.That(
            new[]
            {
                costs.UsdPerHectare(3, "strong"), costs.UsdPerHectare(3, "weak"), costs.UsdPerHectare(1, "weak"),
                costs.UsdPerHectare(null, "weak"), costs.UsdPerHectare(1, "strong")
            },
            Is.EqualTo(new double?[] { 40.5, 10, 1, 1, null }));
    }

    [TestCase("9,weak,1", "column land_cover", "1, 2, 3")]
    [TestCase("1,week,1", "column grade", "did you mean 'weak'?")]
    [TestCase("1,weak,-1", "column usd_per_ha_year")]
    public void AWrongCostIsAnErrorThatSaysWhere(string row, params string[] says) => Assert.That(
        () => CostTable.Parse(
            CsvTable.Parse($"land_cover,grade,usd_per_ha_year\n{row}\n", "c.csv"), [1, 2, 3],
            ["weak", "strong"]), UsageError.With([.. says, "c.csv", "row 2"]));

    [TestCase(Condition.Degraded, 5, false, Response.Reverse)]
    [TestCase(Condition.Degraded, 3, true, Response.Reverse)]
    [TestCase(Condition.Stable, 3, false, Response.Reduce)]
    [TestCase(Condition.Improved, 3, false, Response.Reduce)]
    [TestCase(Condition.Stable, 4, true, Response.Reduce)]
    [TestCase(Condition.Stable, 4, false, Response.Avoid)]
    [TestCase(Condition.Improved, 0, false, Response.Avoid)]
    [TestCase(Condition.NoData, 3, true, Response.NoData)]
    public void TheResponseFollowsConditionProductivityAndRisk(Condition condition, int lpd, bool risk, Response response) =>
        Assert.That(ResponseHierarchy.Of(condition, lpd, risk), Is.EqualTo(response));

    /// <summary>From 100 in 2015 to 140 in 2023: 5 a year, so 175 in 2030 and a shortfall of 75.</summary>
    [Test]
    public void ProjectionIsTheLineThroughTwoDates()
    {
        Assert.That(Projection.At(new(2015, 100), new(2023, 140), 2030), Is.EqualTo((Ratio)175));
        Assert.That(Projection.Shortfall(175, 100), Is.EqualTo((Ratio)75));
        Assert.That(Projection.Shortfall(90, 100), Is.EqualTo((Ratio)0));
        Assert.That(Projection.At(new(2015, 100), new(2015, 140), 2030), Is.Null);
        Assert.That(Projection.At(new(2015, 100), new(2020, 20), 2030), Is.EqualTo((Ratio)(-140)), "the line is not bent");
    }
}

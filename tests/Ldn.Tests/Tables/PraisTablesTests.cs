using Ldn.Counting;
using Ldn.Tables;
using Ldn.Tables.Prais;

namespace Ldn.Tests.Tables;

/// <summary>The forms of PRAIS over <see cref="HandRun"/>, counted by hand: pixels of 2 km².</summary>
internal sealed class PraisTablesTests
{
    private static readonly IReadOnlyList<ResultTable> s_tables = PraisTables.All(HandRun.Create(), _ => []);

    /// <summary>
    /// Zone A has 11 pixels; in report_1 three are degraded within the period and eight stable, initial water among them. By
    /// status four more, degraded before and
    /// stable since, count as degraded: 14 km², which is no figure of this form.
    /// </summary>
    [Test]
    public void LandCoverDegradationIsThePeriodsOwn()
    {
        Assert.That(Rows("SO1-1.T7", "A", "degraded_km2", "stable_km2", "improved_km2", "no_data_km2", "country_km2"), Is.EqualTo(new[]
        {
            "baseline 8.000000 10.000000 4.000000 0.000000 22.000000",
            "report_1 6.000000 16.000000 0.000000 0.000000 22.000000",
        }));
        Assert.That(Rows("SO1-1.T7", "A", "degraded_pct", "stable_pct")[1], Is.EqualTo("report_1 27.272727 72.727273"));
        Assert.That(
            Rows("SO1-1.T7", "B", "degraded_km2", "stable_km2", "improved_km2", "no_data_km2", "country_km2")[0],
            Is.EqualTo("baseline 8.000000 12.000000 0.000000 4.000000 24.000000"));
    }

    /// <summary>
    /// Initial water is left out; the shares are of the land of the final year, of which one pixel of both zones has become
    /// water.
    /// </summary>
    [Test]
    public void SoilCarbonDegradationIsThePeriodsOwn()
    {
        Assert.That(Rows("SO1-3.T2", "A", "degraded_km2", "stable_km2", "assessed_km2", "land_km2", "stable_pct"), Is.EqualTo(new[]
        {
            "baseline 0.000000 20.000000 20.000000 20.000000 100.000000",
            "report_1 0.000000 22.000000 22.000000 22.000000 100.000000",
        }));
        Assert.That(
            Rows("SO1-3.T2", "B", "stable_km2", "assessed_km2", "land_km2", "stable_pct")[0],
            Is.EqualTo("baseline 14.000000 14.000000 12.000000 116.666667"));
    }

    [Test]
    public void TheStatusMatrixHasEveryCombination()
    {
        ResultTable table = Table("SO1-4.T1");
        Assert.That(table.Rows.Count(r => r[Columns.ZoneId] == "A"), Is.EqualTo(16));
        Assert.That(
            Rows("SO1-4.T1", "A", "baseline_condition", "period_condition", "status", "area_km2")
                .Where(r => !r.EndsWith(" 0.000000", StringComparison.Ordinal)),
            Is.EqualTo(new[]
            {
                "report_1 degraded stable baseline_degradation 8.000000", "report_1 stable degraded recent_degradation 6.000000",
                "report_1 stable stable stability 2.000000", "report_1 improved stable baseline_improvement 4.000000",
            }));
    }

    [Test]
    public void DegradedLandIsByStatusAndAShareOfTheFinalYearsLand() =>
        Assert.That(Rows("SO1-4.T2", "A", "year", "land_km2", "degraded_km2", "degraded_pct", "change_km2", "change_pct"), Is.EqualTo(new[]
        {
            "baseline 2015 20.000000 8.000000 40.000000  ",
            "report_1 2019 22.000000 14.000000 63.636364 6.000000 23.636364",
        }));

    /// <summary>What the platform would refuse is told with form, row and both numbers, and stops nothing.</summary>
    [Test]
    public void WhatThePlatformRefusesIsTold() =>
        Assert.That(PraisChecks.Of(s_tables),
            Does.Contain("SO1-3.T2, B baseline: stable_km2 14.000000 is above land_km2 12.000000")
            .And.None.Contains("SO1-1.T7"));

    /// <summary>
    /// A hotspot's cell reaches over the coast, and may lie west of Greenwich: neither is anything the platform would refuse.
    /// </summary>
    [Test]
    public void ASpotIsBoundByNoLandOfItsOwn()
    {
        ResultTable Spots(double longitude, int share)
        {
            Column<double> east = Column.Number("longitude", "Of its centre.");
            var table = new ResultTable(
                "SO1-4.T5", "Brightspots", [Columns.ZoneId, east, Columns.Land, Columns.TrueArea, Columns.DegradedOfLand]);
            table.Add(
                Columns.ZoneId.Is("A"), east.Is(longitude), Columns.Land.Is(Area.OfSquareKilometres(5)),
                Columns.TrueArea.Is(Area.OfSquareKilometres(9)), Columns.DegradedOfLand.Is(Ratio.Percent(share, 100)));
            return table;
        }

        Assert.That(PraisChecks.Of([Spots(-173.4, 100)]), Is.Empty);
        Assert.That(PraisChecks.Of([Spots(10, 101)]), Has.One.Contains("is above 100"));
    }

    /// <summary>More people exposed than the country has, of each sex by its own figure of the row's year.</summary>
    [Test]
    public void MorePeopleThanTheCountryHasAreTold()
    {
        Column zone = Columns.ZoneId, year = new("year", ColumnType.Integer, "");
        string[] sexes = ["total", "female", "male"];
        var country = new ResultTable(
            "CP-1.T2", "", [zone, year, .. sexes.Select(s => new Column(s + "_thousands", ColumnType.Number, ""))]);
        country.Add(["A", 2015L, 2.5, 1.2, null]);
        var exposed = new ResultTable(
            "SO2-3.T1", "",
            [
                zone, year with { Name = "population_year" },
                .. sexes.Select(s => new Column(s + "_exposed_persons", ColumnType.Number, "")),
            ]);
        exposed.Add(["A", 2015L, 2500.0, 1300.0, 900.0]);
        exposed.Add(["A", 2016L, 9000.0, 9000.0, 9000.0]);
        var drought = new ResultTable("SO3-2.T1", "", [zone, year, new Column("exposed_persons", ColumnType.Number, "")]);
        drought.Add(["A", 2015L, 2600.0]);
        Assert.That(PraisChecks.Of([country, exposed, drought]), Is.EqualTo(new[]
        {
            "SO2-3.T1, A 2015: female_exposed_persons 1300.000000 is above the female people of CP-1.T2, 1.200000 thousand",
            "SO3-2.T1, A 2015: exposed_persons 2600.000000 is above the total people of CP-1.T2, 2.500000 thousand",
        }));
    }

    [Test]
    public void RowsTellWhatIsAskedAndWhen()
    {
        Assert.That(
            Rows("SO1-1.T7", "A", "years", "asked"), Is.EqualTo(new[] { "baseline 2000–2015 true", "report_1 2016–2019 true" }));
        ResultTable areas = Table("CP-1.T1");
        Assert.That(
            areas.Rows.Where(r => r[Columns.ZoneId] == "A").Select(r => string.Join(' ', r.Values.Skip(1).Select(Cell.Format))),
            Is.EqualTo(new[]
            {
                "2000 20.000000 2.000000 22.000000 2000 true", "2015 20.000000 2.000000 22.000000 2015 true",
                "2016 22.000000 0.000000 22.000000 2016 false", "2019 22.000000 0.000000 22.000000 2019 true",
            }));
        Assert.That(Table("SO1-1.T3").Rows, Has.Count.EqualTo(49));
        Assert.That(s_tables.Select(t => t.Name), Does.Not.Contain("SO1-1.T2"), "the seven classes are no country's own legend");
    }

    private static ResultTable Table(string name) => s_tables.Single(t => t.Name == name);

    /// <summary>Rows of a zone: the period, then the columns asked for.</summary>
    private static string[] Rows(string name, string zone, params string[] columns)
    {
        ResultTable table = Table(name);
        Column?[] wanted = [.. columns.Prepend("period").Select(table.Column)];
        Assert.That(wanted, Does.Not.Contain(null), name);
        return [
            .. table.Rows.Where(r => r[Columns.ZoneId] == zone)
                .Select(r => string.Join(' ', wanted.Select(c => Cell.Format(r[c!]))))];
    }
}

using Ldn.Productivity;

namespace Ldn.Tests.Productivity;

internal sealed class ProductivityOptionsTests
{
    private static readonly SeriesWindow s_window = new(2001, 2016);

    [Test]
    public void YearsAreFoundInAnyOrder() =>
        Assert.That(
            new SeriesWindow(2002, 2005).Find([2005, 2004, 2003, 2002, 2001], "series"), Is.EqualTo(new[] { 3, 2, 1, 0 }));

    [Test]
    public void EachMistakeInTheYearsHasItsOwnMessage() => Assert.Multiple(() =>
    {
        Fails(() => s_window.Find([2001, 2002, 2001], "series"), "series: the year 2001 is given twice");
        Fails(() => s_window.Find([.. Enumerable.Range(2001, 16).Where(y => y is not (2004 or 2009))], "climate series"),
            "climate series: no layer for 2004, 2009 inside the window 2001-2016");
        Fails(() => _ = new SeriesWindow(2001, 2003), "3 years, and a trend needs at least 4");
        Fails(() => _ = new SeriesWindow(2016, 2001), "the last year lies before the first");
        Fails(() => _ = new SeriesWindow(1, 2016), "more than the 128");
    });

    [Test]
    public void EachMistakeInTheOptionsHasItsOwnMessage() => Assert.Multiple(() =>
    {
        Fails(new ProductivityOptions { MinYears = 3 }, "at least 4 valid years");
        Fails(new ProductivityOptions { MinYears = 17 }, "fewer than --min-years 17");
        Fails(new ProductivityOptions { RecentYears = 1 }, "1 recent years");
        Fails(new ProductivityOptions { RecentYears = 15 }, "15 recent years");
        Fails(new ProductivityOptions { StateMinimum = -1 }, "--state-minimum");
        Fails(new ProductivityOptions { SlopeMinimum = double.NaN }, "smallest slope");
        Fails(new ProductivityOptions { Quantum = 0 }, "--quantum");
        Fails(new ProductivityOptions { LpdMethod = LpdMethod.FaoWocat, FaoWocatYears = 9 }, "at most half of the 16 years");
        Fails(new ProductivityOptions { LpdMethod = LpdMethod.FaoWocat, FaoWocatLow = 0.8 }, "must rise");
        Fails(() => new ProductivityOptions
        {
            Significance = TrendSignificance.TrendsEarth
        }.Validate(new SeriesWindow(1950, 2000)),
            "tabulated for 4 to 50 years");
    });

    [Test]
    public void DefaultsHoldForTheUsualWindow()
    {
        Assert.DoesNotThrow(() => new ProductivityOptions().Validate(s_window));
        Assert.DoesNotThrow(() => new ProductivityOptions { LpdMethod = LpdMethod.FaoWocat }.Validate(s_window));
        Assert.That(new ProductivityOptions().StateMinimumInForce, Is.EqualTo(0.01));
        Assert.That(new ProductivityOptions { Variable = ProductivityVariable.Npp }.StateMinimumInForce, Is.Zero);
    }

    private static void Fails(ProductivityOptions options, string message) => Fails(() => options.Validate(s_window), message);

    private static void Fails(Action action, string message)
    {
        LdnException error = Assert.Throws<LdnException>(action)!;
        Assert.That(error.Message, Does.Contain(message));
        Assert.That(error.ExitCode, Is.EqualTo(ExitCode.Usage));
    }
}

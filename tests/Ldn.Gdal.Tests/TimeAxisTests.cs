namespace Ldn.Gdal.Tests;

/// <summary>Times of netCDF axes in CF's calendars, by dates that are known from elsewhere.</summary>
internal sealed class TimeAxisTests
{
    // Noon of 2000-01-01 is Julian day 2451545; MATLAB's and Unix's origins; the reform of 1582.
    [TestCase("days since -", null, 0, null)]
    [TestCase("days since 1970-01-01", "standard", 10957, "2000-01-01")]
    [TestCase("seconds since 1970-01-01 00:00:00", "proleptic_gregorian", 951782400, "2000-02-29")]
    [TestCase("hours since 1900-01-01 00:00:0.0", "gregorian", 876576, "2000-01-01")]
    [TestCase("hours since 1900-01-01T00:00:00Z", null, 876576, "2000-01-01")]
    [TestCase("minutes since 2000-01-01 00:00", "standard", 1439, "2000-01-01")]
    [TestCase("minutes since 2000-01-01 00:00", "standard", 1440, "2000-01-02")]
    // Origins before the reform are of the Julian calendar in CF's standard one: two days beside the proleptic.
    [TestCase("days since 1-1-1 00:00:00", "standard", 730121, "2000-01-01")]
    [TestCase("hours since 1-1-1 00:00:0.0", null, 17522904, "2000-01-01")]
    [TestCase("days since 0001-01-01", "proleptic_gregorian", 730119, "2000-01-01")]
    [TestCase("days since 1582-10-04", "standard", 1, "1582-10-15")]
    [TestCase("days since 1582-10-04", "julian", 1, "1582-10-05")]
    [TestCase("days since 1582-10-04", "proleptic_gregorian", 1, "1582-10-05")]
    // The Julian calendar is 13 days late in our time, and has a leap day in 1900, which ours has not.
    [TestCase("days since 1900-02-28", "julian", 1, "1900-02-28")]
    [TestCase("days since 1900-02-28", "julian", 2, "1900-03-01")]
    [TestCase("days since 1850-01-01", "julian", 54787, "2000-01-01")]
    // No leap years, or nothing else.
    [TestCase("days since 1850-01-01", "noleap", 54750, "2000-01-01")]
    [TestCase("days since 1850-01-01", "365_day", 54809, "2000-03-01")]
    [TestCase("days since 0000-01-01", "noleap", 730000, "2000-01-01")]
    [TestCase("days since 1999-01-01", "all_leap", 59, "1999-02-28")]
    [TestCase("days since 1999-01-01", "366_day", 60, "1999-03-01")]
    // Twelve months of thirty days; what our February has not is its last day.
    [TestCase("days since 1850-01-01", "360_day", 54000, "2000-01-01")]
    [TestCase("days since 2000-02-30", "360_day", 0, "2000-02-29")]
    [TestCase("days since 2001-02-30", "360_day", 0, "2001-02-28")]
    [TestCase("days since 2001-02-30", "360_day", 1, "2001-03-01")]
    [TestCase("months since 1960-01-01", "360", 480.5, "2000-01-01")]
    [TestCase("months since 2000-01-15", null, -1, "1999-12-01")]
    [TestCase("years since 1990-01-01", "standard", 10, "2000-01-01")]
    // A month that begins at midnight of some zone is that month, whatever day it then is in Greenwich.
    [TestCase("hours since 1981-01-01 00:00:00 +9:00", "standard", 0, "1981-01-01")]
    [TestCase("days since 1981-01-01 12:00:00", "standard", 30.5, "1981-02-01")]
    [TestCase("days since 1981-01-01 12:00:00", "standard", 30.49, "1981-01-31")]
    // Times as numbers that are dates.
    [TestCase("day as %Y%m%d.%f", "standard", 20010116.5, "2001-01-16")]
    [TestCase("month as %Y%m.%f", "proleptic_gregorian", 200112.5, "2001-12-01")]
    [TestCase("day as %Y%m%d.%f", null, 20011399, null)]
    // What is none.
    [TestCase("days since 2000-01-01", "martian", 3, null)]
    [TestCase("days since 2000-13-01", "standard", 3, null)]
    [TestCase("days since 2001-02-29", "noleap", 3, null)]
    [TestCase("mm", null, 3, null)]
    [TestCase("days since 2000-01-01", null, double.NaN, null)]
    [TestCase("days since 2000-01-01", null, 9e9, null)]
    [TestCase("days since 2000-01-01", null, -9e9, null)]
    public void DatesOfCalendars(string units, string? calendar, double value, string? date) =>
        Assert.That(TimeAxis.Date(units, calendar, value), Is.EqualTo(date));

    /// <summary>Every day of three centuries, as the runtime's own calendar counts them.</summary>
    [Test]
    public void DaysFollowEachOther()
    {
        var origin = new DateOnly(1850, 1, 1);
        for (int day = 0; day < 110_000; day += 17)
            foreach (string calendar in new[] { "standard", "proleptic_gregorian" })
                Assert.That(
                    TimeAxis.Date("days since 1850-01-01", calendar, day), Is.EqualTo($"{origin.AddDays(day):yyyy-MM-dd}"));
    }
}

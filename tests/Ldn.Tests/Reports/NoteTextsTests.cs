using Ldn.Reports;

namespace Ldn.Tests.Reports;

/// <summary>What a run notes in English is said in the language of the report, names and numbers as they were.</summary>
internal sealed class NoteTextsTests
{
    /// <summary>One note of every kind, as runs say it, and what of it must be there in every language.</summary>
    private static readonly (string Note, string[] Kept)[] s_notes =
    [
        ("land cover of 2022 stands in for 2023", ["2022", "2023"]),
        ("partial: computed without land_cover", []),
        ("the climate series is not used by trend method trend", ["trend"]),
        ("the FAO-WOCAT limits of initial biomass are made for ndvi, and the series is of npp", ["ndvi", "npp"]),
        ("the ecological units are not used by LPD method fao-wocat", ["fao-wocat"]),
        ("no ecological units: trend and state alone; performance, and with it land productivity dynamics, needs units (--units "
            + "FILE…, such as land cover or soil types)", ["--units"]),
        ("no report for 2017, 2018: no soil carbon", ["2017, 2018"]),
        ("the job's land cover is not read, and so water is land here; give --water, or let 'ldn compute' make these "
            + "rasters",
            ["--water", "ldn compute"]),
        ("the response hierarchy knows no classes of land productivity dynamics: the rasters of a finished run do not hold "
            + "them", []),
        ("water counts as land without data: the rasters of a finished run do not tell them apart; a water mask does", []),
        ("water counts as land without data: the rasters of a finished run do not tell them apart; a water mask does "
            + "(lc2000.tif has changed)", ["lc2000.tif has changed"]),
        ("land cover 2000: values that are in no legend taken as no data: 3 (12 pixels), 7 (4 pixels), 1.25 km2 [LDN402]",
            ["2000", "3 (", "12", "7 (", "1.25", "[LDN402]"]),
        ("land cover 2000: values that are in no legend taken as no data: 3 (12 pixels), 7 (4 pixels) and 40 more values, 99 "
            + "pixels in all, 1.25 km2 [LDN402]", ["40", "99", "1.25", "[LDN402]"]),
        ("productivity of baseline: values that are no classes of land productivity dynamics (1 to 5, 0 no data) taken as no "
            + "data: 9 (1 pixels), 0.5 km2 [LDN402]", ["9 (", "0.5", "[LDN402]"]),
        ("productivity holds 0 in every year in 25 cells (6.5 km2), which is a usual fill; if it is one, declare it with "
            + "--nodata productivity=0 [LDN330]", ["25", "6.5", "--nodata productivity=0", "[LDN330]"]),
        ("soil carbon 2015 (soc.tif) holds 0 in 25 cells (6.5 km2), which is a usual fill; if it is one, declare it with "
            + "--nodata soc=0 [LDN330]", ["2015", "soc.tif", "25", "6.5", "--nodata soc=0", "[LDN330]"]),
        ("soil carbon 2015 (soc.tif) holds more than 1000 in 7 cells, such as 2500: stocks are in t C/ha (kg/m2 x 10); check the "
            + "unit, or declare a fill with --nodata soc=VALUE [LDN330]", ["soc.tif", "1000", "2500", "--nodata soc=VALUE"]),
        ("population 2015 female (pop.tif) does not overlap the zones [LDN331]", ["2015", "pop.tif", "[LDN331]"]),
        ("precipitation (p_2000.nc, …) comes to more than 20,000 mm a year in 3 cells: check its unit and fills [LDN332]",
            ["p_2000.nc", "3", "[LDN332]"]),
        ("precipitation (p_2000.nc, …) comes to less than 20 mm a year everywhere: it may be in metres, or a rate a second or "
            + "a day; monthly totals in mm are needed [LDN332]", ["p_2000.nc"]),
        ("errors of soil carbon are larger than the stock itself in most cells: in another unit than percent? "
            + "(uncertainty.soilError.unit) [LDN330]", ["percent", "uncertainty.soilError.unit"]),
        ("errors of soil carbon are below 1 % of the stock in most cells: in another unit than t/ha, such as shares of 1? "
            + "(uncertainty.soilError.unit) [LDN330]", ["t/ha", "uncertainty.soilError.unit"]),
        ("chance: 9 orders of the years make no band of 95 %, and a figure outside them is not beyond chance: ask for 39",
            ["9", "39"]),
        ("points: forest, steppe with a single point, which has no variance: give each stratum two at least", ["forest, steppe"]),
        ("land cover: lc.tif is given for 2000 and for 2015; a year that another stands for goes into standIns [LDN330]",
            ["lc.tif", "2000", "2015", "standIns"]),
        ("soil carbon: the names of the files say 2015 for the initial and 2000 for the final year: swapped? [LDN330]",
            ["2015", "2000"]),
        ("land cover of 2000: the name of lc2015.tif says 2015, and that of 2015 says 2000: swapped? [LDN330]",
            ["lc2015.tif", "2000"]),
        ("land cover of 2000: the name of lc1999.tif says 1999 [LDN330]", ["lc1999.tif", "2000", "1999"]),
        ("drought index SPEI12 ending in December, reference 1981-2010, fit ub-pwm, evapotranspiration hargreaves, within ±8",
            ["SPEI12", "12", "1981-2010", "ub-pwm", "±8"]),
        ("drought index SPI3 ending in every month, tables of December, reference 1981-2010, fit thom, zeros centre, within ±8",
            ["SPI3", "thom, zeros centre"]),
        ("the run has no stocks of soil carbon", []),
        ("the run has no classes of land productivity dynamics", []),
        ("no reporting period", []),
        ("the run has no land cover", []),
        ("the run has no categorical layer 'sandy_land'", ["sandy_land"]),
        ("the run has no continuous layer 'vegetation'", ["vegetation"]),
        ("the run has no activities of type 'restoration'", ["restoration"]),
        ("the run has no figures of people_pct", ["people_pct"]),
        ("no figure in the latest period", []),
        ("its year is past: judged by 2023", ["2023"]),
        ("the year of the latest figure is not told", []),
        ("its year is reached", []),
        ("a single date, through which no line can be drawn", []),
        (ToldZones.Of([("a", "zone"), ("b", "zone"), ("c", "zone")], 2).Note, ["2", "3", "--report-zones", "[LDN"]),
    ];

    public static IEnumerable<string> Languages => Texts.Languages;

    [TestCaseSource(nameof(Languages))]
    public void EveryNoteIsSaid(string language)
    {
        var texts = Texts.Load(language);
        string[] english = [" the ", " is ", " of ", " in ", " and ", "pixels", "cells", "km2 ", "land cover", "soil carbon"];
        Assert.Multiple(() =>
        {
            foreach ((string note, string[] kept) in s_notes)
            {
                string said = texts.Note(note);
                foreach (string piece in kept)
                    Assert.That(said, Does.Contain(piece), $"{language}: {note}");
                Assert.That(said, Does.Not.Match(@"\{\d\}"), note);
                if (language == "en")
                    continue;
                Assert.That(texts.IsForeign(note), Is.False, note);
                Assert.That(said, Is.Not.EqualTo(note));
                string own = kept.Aggregate(said, (s, piece) => s.Replace(piece, "", StringComparison.Ordinal));
                Assert.That(english.Where(own.Contains), Is.Empty, said);
            }
        });
    }

    /// <summary>A text of a note that no note here fits is untested, or fits none that a run says.</summary>
    [Test]
    public void EveryTextOfANoteIsMeantHere()
    {
        var texts = Texts.Load("ru");
        string[] parts = ["noted.values", "noted.pixels", "noted.month", "noted.every_month"];
        string[] opened = [.. s_notes.Select(n => texts.Note(n.Note))];
        foreach ((string key, string text) in Texts.Read("ru").Where(t => t.Key.StartsWith("noted.", StringComparison.Ordinal)))
        {
            string[] pieces = [.. System.Text.RegularExpressions.Regex.Split(text, @"\{\d\}").Where(p => p.Trim().Length > 3)];
            Assert.That(parts.Contains(key) || opened.Any(o => pieces.All(o.Contains)), key);
        }
    }

    [TestCase("land cover 2000", "наземный покров 2000")]
    [TestCase("population 2015 female", "население 2015 женщины")]
    [TestCase("productivity of baseline", "продуктивность земель базовый период")]
    [TestCase("zones", "территории")]
    [TestCase("my layer", "my layer")]
    public void LayersHaveTheirNames(string told, string said) =>
        Assert.That(Texts.Load("ru").Layer(told), Is.EqualTo(said).IgnoreCase);

    /// <summary>A name that looks like a place of a text stays that name.</summary>
    [Test]
    public void NamesAreFilledInAsTheyAre() => Assert.That(
        Texts.Load("en").Format("lead.range", "{1}", "20 %", "{0}{9}", "5 %"),
        Is.EqualTo("Highest share: {1} (20 %). Lowest: {0}{9} (5 %)."));
}

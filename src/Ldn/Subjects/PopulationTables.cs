using System.Globalization;
using Ldn.Counting;
using Ldn.Jobs;
using Ldn.Rasters;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>
/// population.csv: people by condition of the land they live on, by sex (SO2-3, method §11); never rounded to whole persons.
/// </summary>
internal static class PopulationTables
{
    public static Column<string> Sex { get; } = Column.Text("sex", "female, male or total.");

    public static Column<double> People { get; } = Column.Number("persons", "People who live there.");

    public static Column<Ratio> Share { get; } = Column.Percent("share_pct", "Of all people of the zone in that year.");

    public static ResultTable ByCondition(RunStatistics run, IReadOnlyList<PopulationLayer> layers)
    {
        var table = Columns.Table("population", "People by condition of the land",
        [
            Columns.ZoneId, Columns.ZoneKind, Columns.Period, Columns.PopulationYear, Sex, Columns.ReportedClass, People, Share,
            Columns.Basis,
        ]);
        for (int p = 0; p < run.Job.Periods.Count; p++)
        {
            if (Sums(run, p, layers) is not { } people)
                continue;
            for (int z = 0; z < run.Zones.Count; z++)
            {
                foreach ((string sex, Int128[,] sums) in people.Sexes)
                {
                    Int128 all = Enumerable.Range(0, ReportedClasses.Count).Aggregate((Int128)0, (sum, c) => sum + sums[z, c]);
                    foreach ((int c, string name) in ReportedClasses.InOrder)
                    {
                        table.Add(
                        [
                            .. Columns.Of(run.Zones[z]), .. Columns.Of(run.Job, p), Columns.PopulationYear.Is(people.Year),
                            Sex.Is(sex),
                            Columns.Class.Is(name), People.Is(Persons(sums[z, c])), Share.Is(Ratio.Percent(sums[z, c], all)),
                            Columns.AsReported(p),
                        ]);
                    }
                }
            }
        }

        run.SortByZone(table);
        return table;
    }

    /// <summary>People by sex, zone and reported class in parts of a person; null where a period has none.</summary>
    internal static (int Year, IReadOnlyList<(string Sex, Int128[,] Sums)> Sexes)? Sums(
        RunStatistics run, int period, IReadOnlyList<PopulationLayer> layers)
    {
        Period of = run.Job.Periods[period];
        if (
            PopulationLayer.At(layers, of.FinalYear) is not { } population
                || run.Answer(PopulationInquiry.Question(of.Id)) is not { } answer)
            return null;
        var rasters = new Int128[population.Rasters.Count][,];
        for (int r = 0; r < rasters.Length; r++)
            rasters[r] = new Int128[run.Zones.Count, ReportedClasses.Count];
        foreach (TallyRow row in answer.Rows)
        {
            int reported = ReportedClasses.Of(answer.Code(row, 0), period, run.Job.Rules.Status);
            foreach (int zone in run.ZonesOf(row))
                for (int r = 0; r < rasters.Length; r++)
                    rasters[r][zone, reported] += row.Sums.Span[r];
        }

        return (population.Year, [.. population.Sexes.Select(s => (s.Sex, Together(s.Rasters.Select(r => rasters[r]))))]);
    }

    /// <summary>
    /// Numbers that look like another unit than people in each cell, such as people per km2: far from the official ones, or more
    /// than live on any land of that size.
    /// </summary>
    internal static IEnumerable<string> Doubts(
        RunStatistics run, IReadOnlyList<PopulationLayer> layers, IReadOnlyList<OfficialPeople> official)
    {
        const double mostApart = 2, leastLand = 1000, mostDense = 20_000;
        const string cure = "are the rasters people in each cell, not per km2 or in thousands?";
        foreach (int period in Enumerable.Range(0, run.Job.Periods.Count).Reverse())
        {
            if (Sums(run, period, layers) is not { } people || people.Sexes.Count == 0 || people.Sexes[^1].Sex != "total")
                continue;
            Int128[,] sums = people.Sexes[^1].Sums;
            double Of(int zone) => Enumerable.Range(0, ReportedClasses.Count).Sum(c => Persons(sums[zone, c]));
            foreach (OfficialPeople told in official.Where(o => o.Year == people.Year && o.Total > 0))
            {
                int zone = run.Zones.Index().Where(z => z.Item.Id == told.ZoneId).Select(z => z.Index).FirstOrDefault(-1);
                if (zone >= 0 && Of(zone) is var found && (found > mostApart * told.Total || told.Total > mostApart * found))
                    yield return string.Create(CultureInfo.InvariantCulture,
                        $"population {people.Year} adds up to {found:0} people in {told.ZoneId}, officially {told.Total:0}: "
                        + $"{cure}");
            }

            TallyRow[] rows = [.. run.Answer(PopulationInquiry.Question(run.Job.Periods[period].Id))!.Rows];
            double land = Area.Sum(rows.Select(r => r.Area)).SquareKilometres;
            PopulationLayer layer = layers.First(l => l.Year == people.Year);
            double all = layer.Sexes[^1].Rasters.Sum(r => rows.Sum(row => Persons(row.Sums.Span[r])));
            if (land > leastLand && all > mostDense * land)
                yield return string.Create(CultureInfo.InvariantCulture,
                    $"population {people.Year} adds up to {all:0} people on {land:0} km2, more than live on any land so large: "
                    + $"{cure}");
        }
    }

    /// <summary>Parts of a person as persons.</summary>
    internal static double Persons(Int128 parts) => (double)parts / CountSharing.PartsPerUnit;

    internal static Int128[,] Together(IEnumerable<Int128[,]> rasters)
    {
        Int128[,]? all = null;
        foreach (Int128[,] raster in rasters)
        {
            all ??= new Int128[raster.GetLength(0), raster.GetLength(1)];
            for (int i = 0; i < all.GetLength(0); i++)
                for (int j = 0; j < all.GetLength(1); j++)
                    all[i, j] += raster[i, j];
        }

        return all!;
    }
}

using System.Text.Json;
using Ldn.Csv;
using Ldn.Jobs;
using Ldn.Rasters;

namespace Ldn.Subjects;

/// <summary>Checks the part of a job that asks for people, drylands, drivers, drought and statistics; opens no raster.</summary>
internal sealed class DriverResolver(StrataConfig config, JobFiles files, Func<JsonElement, string, StratumLayerInput> layer)
{
    /// <summary>Dates of aridity that fit beside the conditions into one key.</summary>
    private const int MostAridityDates = 7;

    /// <exception cref="LdnException">Exit 2, one message for each thing that can be wrong.</exception>
    public DriverInputs Resolve()
    {
        DriverInput[] drivers = [.. (config.Drivers ?? []).Select(Driver)];
        StratumLayerInput[] categories = [.. (config.Categories ?? []).Select((c, i) => layer(c, $"strata.categories[{i}]"))];
        if (drivers.Select(d => d.Name).Concat(categories.Select(c => c.Name)).GroupBy(n => n).FirstOrDefault(g => g.Count() > 1)?.Key is { } twice)
            throw Fault.Job.Error($"two layers of strata are called '{twice}'", "give each a name of its own");
        return new DriverInputs
        {
            Aridity = config.Aridity is { ValueKind: not JsonValueKind.Null } aridity ? Aridity(aridity) : [],
            Population = [.. (config.Population ?? []).Select(p => Population(p.Key, p.Value)).OrderBy(p => p.Year)],
            Drivers = drivers,
            Categories = categories,
            Drought = [.. files.Dated(config.Drought, null, "strata.drought").Files.Select(f => (f.Key, f.Value))],
            Statistics = config.Statistics is { } table ? Statistics(CsvTable.Read(files.Resolved(table), "zone_id", "year", "variable", "value", "unit")) : [],
            StatisticsFile = config.Statistics is { } name ? files.Resolved(name) : null,
            OfficialPopulation = config.OfficialPopulation is { } people ? Official(CsvTable.Read(files.Resolved(people), "zone_id", "year", "total")) : [],
            Climate = config.Climate ?? false,
        };
    }

    private static OfficialPeople[] Official(CsvTable table)
    {
        var seen = new HashSet<(string, int)>();
        return [.. table.Rows.Select(row =>
        {
            double? Count(string column) => table.Columns.Contains(column) && table.Text(row, column).Length > 0
                ? table.Number(row, column) is >= 0 and var people ? people : throw table.Wrong(row, column, "a number of people, 0 or more") : null;
            double total = Count("total") ?? throw table.Wrong(row, "total", "a number of people");
            var people = new OfficialPeople(table.Text(row, "zone_id"), table.Integer(row, "year"), Count("female"), Count("male"), total);
            return seen.Add((people.ZoneId, people.Year)) ? people : throw table.Wrong(row, "year", "free: the zone has a row of that year already");
        })];
    }

    private (int? Year, string File)[] Aridity(JsonElement aridity)
    {
        if (aridity.ValueKind == JsonValueKind.String)
            return [(null, files.Resolved(aridity.GetString()!))];
        if (aridity.ValueKind != JsonValueKind.Object || aridity.EnumerateObject().Any(p => p.Value.ValueKind != JsonValueKind.String))
            throw Fault.Job.Error("strata.aridity is neither a file nor files by year", "give \"aridity.tif\", or { \"2000\": \"a.tif\", \"2015\": \"b.tif\" }");
        (int? Year, string File)[] dates =
        [
            .. files.Dated(aridity.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!), null, "strata.aridity").Files.Select(f => ((int?)f.Key, f.Value)),
        ];
        return dates.Length <= MostAridityDates ? dates
            : throw Fault.Job.Error($"strata.aridity has {dates.Length} dates", $"give up to {MostAridityDates}");
    }

    private PopulationInput Population(string text, PopulationConfig people)
    {
        int year = JobFiles.Year(text) ?? throw Fault.Job.Error($"strata.population: '{text}' is not a year");
        if (people.Female is null && people.Male is null && people.Total is null)
            throw Fault.Job.Error($"strata.population.{text} names no raster", "give female and male, or total");
        string? File(string? name) => name is null ? null : files.Resolved(name);
        return new PopulationInput(year, File(people.Female), File(people.Male), File(people.Total));
    }

    private DriverInput Driver(DriverConfig driver, int index)
    {
        string path = $"strata.drivers[{index}]";
        string file = driver.File is { Length: > 0 } given ? given : throw Fault.Job.Error($"{path} has no file");
        bool count = JobResolver.Choice($"{path}.kind", driver.Kind ?? "mean", [("mean", false), ("count", true)]);
        if (driver.Quantum is { } quantum && !(quantum > 0 && double.IsFinite(quantum)))
            throw Fault.Job.Error(FormattableString.Invariant($"{path}.quantum is {quantum}"), "give a step above 0");
        if (count && (driver.Quantum ?? (object?)driver.Resampling) is not null)
            throw Fault.Job.Error($"{path} is a count, which has neither quantum nor resampling", "counts are shared among cells so that their sum is kept");
        return new DriverInput(
            driver.Name ?? RasterName.Parse(file).Title, files.Resolved(file), driver.Unit ?? "", count, driver.Quantum,
            count ? Rasters.Resampling.Share
                : JobResolver.Choice($"{path}.resampling", driver.Resampling ?? "nearest", [("nearest", Resampling.Nearest), ("average", Resampling.Average)]));
    }

    private static Statistic[] Statistics(CsvTable table)
    {
        var seen = new HashSet<(string, int, string)>();
        return [.. table.Rows.Select(row =>
        {
            var statistic = new Statistic(table.Text(row, "zone_id"), table.Integer(row, "year"), table.Text(row, "variable"), table.Number(row, "value"), table.Text(row, "unit"));
            return seen.Add((statistic.ZoneId, statistic.Year, statistic.Variable)) ? statistic
                : throw table.Wrong(row, "variable", "free: the zone has it for that year already");
        })];
    }
}

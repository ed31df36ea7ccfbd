using System.Globalization;
using System.Text.Json;
using Ldn.Jobs;
using Ldn.Reports;
using Ldn.Subjects;
using Ldn.Tables;

namespace Ldn.Run;

/// <summary>
/// <c>ldn neutrality</c>: land types, targets, response, hotspots and projection for a finished run, from the indicator rasters
/// in its folder.
/// </summary>
public static class NeutralityRun
{
    private const string NoLpd =
        "the response hierarchy knows no classes of land productivity dynamics: the rasters of a finished run do not hold them";
    private const string NoWater =
        "water counts as land without data: the rasters of a finished run do not tell them apart; a water mask does";

    /// <summary>The zones a finished run was computed for, as it left them; none where it left none.</summary>
    public static List<ZoneConfig> Zones(string folder)
    {
        string file = Path.Combine(folder, "zones.geojson");
        return File.Exists(file) ? [new ZoneConfig { File = file, Id = "zone_id", Name = "zone_name" }] : [];
    }

    /// <summary>The job that asks a finished run's rasters.</summary>
    /// <param name="folder">Folder of the run.</param>
    /// <param name="asked">What is asked: strata, targets, activities; zones, water mask and outputs.</param>
    /// <exception cref="LdnException">Exit 3: the folder holds no finished run, or not its indicator rasters; exit 2: nothing is
    /// asked, or what rasters cannot tell.</exception>
    public static Job Job(string folder, JobConfig asked)
    {
        var document = RunDocument.Parse(OutputFolder.SummaryOf(folder), [], "", AllSubjects.Kinds());
        if (!AllSubjects.InOrder.Any(subject => subject is not CorrectionsSubject && Asks(asked, subject)))
            throw Fault.Usage.Error(
                "nothing is asked of the run", "give --land-types, --targets, --activities, --risk or --hotspot-km");
        if (AllSubjects.InOrder.Any(subject => subject.NeedsSubIndicators && Asks(asked, subject)))
            throw Fault.Usage.Error(
                "severity and cost need the sub-indicators, which the indicator's rasters do not tell",
                "ask for them with 'ldn compute'");
        if (asked.Zones is not { Count: > 0 } && document.Table("headline")?.Rows.Any(r => r[Columns.ZoneId] != "all") != false)
            throw Fault.Usage.Error(
                $"{folder} holds no zones.geojson with the zones of the run", "name them with --zones FILE and --zone-id FIELD");
        Job job = JobResolver.Resolve(Config(folder, asked, document), Directory.GetCurrentDirectory(), AllSubjects.InOrder);
        var notes = new List<string>(job.Notes.Where(n => !n.StartsWith("partial:", StringComparison.Ordinal)));
        if (job.Asks<ResponseAsked>() is not null)
            notes.Add(NoLpd);
        if (job.WaterMask is null)
            notes.Add(NoWater);
        return job with { IndicatorIsGiven = true, Notes = notes };
    }

    private static bool Asks(JobConfig asked, ISubject subject) => subject.Keys.Any(key => asked.Section(key.Path) is not null);

    /// <summary>The rasters of the indicator stand in for one condition, which the indicator then is.</summary>
    private static JobConfig Config(string folder, JobConfig asked, RunDocument document)
    {
        var rasters = document.Periods.ToDictionary(p => p.Id, p => Path.Combine(folder, p.Id + "_indicator.tif"));
        if (rasters.Values.FirstOrDefault(f => !File.Exists(f)) is { } missing)
            throw Fault.Run.Error($"{missing} is not there", "compute the run with its indicator rasters (--rasters indicator)");
        return asked with
        {
            Name = asked.Name ?? document.Name,
            Preset = null,
            Periods = document.Periods.ToDictionary(p => p.Id, p => new PeriodConfig { Productivity = Years(p) }),
            Without = ["land-cover", "soil-carbon"],
            Productivity = new ProductivityConfig
            {
                Kind = "condition",
                Periods = rasters.ToDictionary(
                    r => r.Key, r => JsonSerializer.SerializeToElement(Path.GetFullPath(r.Value), JobJson.Default.String)),
            },
            Rules = new RulesConfig { Status = document.Rule("status") },
            Outputs = (
                asked.Outputs ?? new OutputsConfig()) with
            {
                Rasters = asked.Outputs?.Rasters
                    ?? ["neutrality", "response"],
                Tables = ["csv", "json"]
            },
        };
    }

    /// <summary>The years that the period's figures are of, as <see cref="Period.FinalYear"/> chooses them.</summary>
    private static int[]? Years(DocumentPeriod period)
    {
        string[] order = ["productivity", "land_cover", "soil_organic_carbon"];
        string? years = order.Select(sub => period.Years.FirstOrDefault(y => y.SubIndicator == sub).Years)
            .FirstOrDefault(y => y is not null);
        if (years is null)
            return null;
        int[] parts = [.. years.Split('-').Select(y => int.Parse(y, CultureInfo.InvariantCulture))];
        return [parts[0], parts[^1]];
    }
}

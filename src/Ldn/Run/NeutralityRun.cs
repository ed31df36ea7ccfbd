using System.Text.Json;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Reports;
using Ldn.Subjects;
using Ldn.Tables;

namespace Ldn.Run;

/// <summary>
/// <c>ldn neutrality</c>: land types, targets, response, hotspots and projection for a finished run, from the indicator rasters
/// in its folder.
/// </summary>
internal static class NeutralityRun
{
    private const string NoLpd =
        "the response hierarchy knows no classes of land productivity dynamics: the rasters of a finished run do not hold them";
    private const string NoWater =
        "water counts as land without data: the rasters of a finished run do not tell them apart; a water mask does";

    /// <summary>
    /// Zones and groups of a finished run: as its job names them, where they still are what they were; else the zones as it left
    /// them, without groups; none where it left none.
    /// </summary>
    public static JobConfig Zones(string folder, IGeodata geodata)
    {
        if (File.Exists(Path.Combine(folder, OutputFolder.Provenance)) && FinishedRun.Open(folder) is { Written: { } written } run
            && written.Config.Zones is { Count: > 0 } zones && WhyNotAgain(run, geodata) is null)
        {
            string Here(string name) => DataSetName.Resolved(name, written.Folder);
            return new JobConfig
            {
                Zones = [
                    .. zones.Select(z => z with
                    {
                        File = z.File is { } file ? Here(file) : null,
                        Groups = z.Groups is null or "north-east-asia" or "m49" ? z.Groups : Here(z.Groups),
                        LandArea = z.LandArea is { } area ? Here(area) : null,
                    })],
                Total = written.Config.Total,
            };
        }

        string left = Path.Combine(folder, "zones.geojson");
        return new JobConfig
        {
            Zones = File.Exists(left) ? [new ZoneConfig { File = left, Id = "zone_id", Name = "zone_name" }] : [],
        };
    }

    /// <summary>The job that asks a finished run's rasters.</summary>
    /// <param name="folder">Folder of the run.</param>
    /// <param name="asked">What is asked: strata, targets, activities; zones, water mask and outputs.</param>
    /// <param name="geodata">Tells whether the inputs of the run are what they were.</param>
    /// <exception cref="LdnException">Exit 3: the folder holds no finished run, or not its indicator rasters; exit 2: nothing is
    /// asked, or what rasters cannot tell.</exception>
    public static Job Job(string folder, JobConfig asked, IGeodata geodata)
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
            job = WithWater(job, FinishedRun.Open(folder), geodata, notes);
        return job with { IndicatorIsGiven = true, Notes = notes };
    }

    /// <summary>
    /// The job with the water that the run left out: that of its land cover in the first year of each period, or of its mask.
    /// Where the run's inputs are not what they were, water cannot be told from no data, which is noted.
    /// </summary>
    private static Job WithWater(Job job, FinishedRun run, IGeodata geodata, List<string> notes)
    {
        if (WhyNotAgain(run, geodata) is { } why)
        {
            notes.Add($"{NoWater} ({why})");
            return job;
        }

        Job computed = run.Job();
        if (computed.LandCover is not { } cover)
        {
            if (computed.WaterMask is null)
                notes.Add(NoWater);
            return job with { WaterMask = computed.WaterMask, NoData = NoData("water") };
        }

        return job with
        {
            WaterCover = new WaterCover(cover, computed.Periods.ToDictionary(p => p.Id, p => p.LandCover!.First)),
            Grid = job.Grid with { LandCover = computed.Grid.LandCover },
            NoData = NoData("land-cover"),
            Rules = job.Rules with { UnmappedIsNoData = computed.Rules.UnmappedIsNoData },
        };

        Dictionary<string, IReadOnlyList<double>> NoData(string layer) => new(
            job.NoData.Concat(
                computed.NoData.Where(n => n.Key == layer && !job.NoData.ContainsKey(n.Key))));
    }

    private static string? WhyNotAgain(FinishedRun run, IGeodata geodata) =>
        run.WhyNotAgain(FileCheck.Dates, geodata, new Dictionary<string, string>(), CancellationToken.None);

    private static bool Asks(JobConfig asked, ISubject subject) => subject.Keys.Any(key => asked.Section(key.Path) is not null);

    /// <summary>The rasters of the indicator stand in for one condition, which the indicator then is.</summary>
    private static JobConfig Config(string folder, JobConfig asked, RunDocument document)
    {
        var rasters = document.Periods.ToDictionary(
            p => p.Id, p => ResultRaster.File(folder, IndicatorOutputs.Indicator, p.Id, "indicator"));
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
        return YearSpan.Parse(years ?? "") is var (first, last) ? [first, last] : null;
    }
}

using Ldn.Csv;
using Ldn.Indicator;
using Ldn.Zones;

namespace Ldn.Jobs;

/// <summary>
/// Checks a <see cref="JobConfig"/> and fills in defaults, profile and preset. Opens tables of rules, no raster.
/// </summary>
internal sealed class JobResolver
{
    private readonly JobConfig _config;
    private readonly JobFiles _files;
    private readonly JobFaults _faults;
    private readonly IReadOnlyList<IJobSection> _sections;
    private readonly List<string> _notes = [];

    private JobResolver(JobConfig config, string folder, IReadOnlyList<IJobSection> sections, JobFaults faults)
    {
        _sections = sections;
        _config = config;
        _files = new JobFiles(folder);
        _faults = faults;
    }

    /// <param name="config">The job with command-line options already laid over it.</param>
    /// <param name="folder">Folder that relative paths start from.</param>
    /// <param name="sections">Who reads the sections that this room does not know, in their order.</param>
    /// <exception cref="LdnException">Exit 2 with what is wrong and the choices there are.</exception>
    public static Job Resolve(JobConfig config, string folder, IReadOnlyList<IJobSection> sections) =>
        new JobResolver(config, folder, sections, JobFaults.Thrown).Resolve()! with
        {
            Files = JobFiles.Named(config, folder),
            Written = new WrittenJob(config, folder),
        };

    /// <summary>
    /// The same for the job of a file, whose plain files must be there: told is where its paths start and where a missing one may
    /// lie.
    /// </summary>
    /// <exception cref="LdnException">Exit 2 as above; exit 3: a file is missing.</exception>
    public static Job ResolveFile(JobConfig config, string folder, IReadOnlyList<IJobSection> sections)
    {
        var resolver = new JobResolver(config, folder, sections, JobFaults.Thrown);
        Job job = resolver.Resolve()!;
        return resolver._files.All.Keys.Select(resolver._files.Missing)
            .FirstOrDefault(missing => missing is not null) is { } first ? throw first
            : job with { Files = JobFiles.Named(config, folder), Written = new WrittenJob(config, folder) };
    }

    /// <summary>The same, with every fault gathered by key; null where there is one.</summary>
    internal static (Job? Job, JobFiles Files) Resolve(
        JobConfig config, string folder, IReadOnlyList<IJobSection> sections, JobFaults faults)
    {
        var resolver = new JobResolver(config, folder, sections, faults);
        Job? job = resolver.Resolve();
        return (faults.Any || job is null ? null : job with { Files = JobFiles.Named(config, folder) }, resolver._files);
    }

    private Job? Resolve()
    {
        _faults.Try("textEncoding", () => TextEncoding.Given = _config.TextEncoding, null);
        HashSet<SubIndicator> without = [.. (_config.Without ?? []).Select(
            w => _faults.Choice("without", w, [.. Enum.GetValues<SubIndicator>().Select(s => (s.OptionName(), s))]))];
        Rules rules = _faults.Try(
            "rules", () => RulesResolver.Rules(_config.Rules ?? new RulesConfig(), _faults),
                RulesResolver.Rules(new RulesConfig(), _faults));
        DatedFiles covers = _faults.Try(
            "landCover", () => _files.Dated(_config.LandCover?.Years, _config.LandCover?.StandIns, "landCover"),
                _files.Dated(null, null, "landCover"));
        IReadOnlyList<Period> periods = _faults.Try<IReadOnlyList<Period>>(
            _config.Preset is null ? "periods" : "preset",
                () => new PeriodResolver(_config, _files, covers, without, rules.Profile, _notes).Resolve(), []);
        RegionsSection? regions = _sections.Any(s => s.Keys.Contains(RegionsResolver.Key))
            ? _faults.Try("regions", () => _config.Get(RegionsResolver.Key), null) : null;
        ProductivityConfig? given = RegionsResolver.ProductivityOf(_config, regions);
        var layers = new LayerResolver(_config, _files, periods, covers, rules.Profile, _notes, _faults);
        var job = new Job
        {
            Name = _config.Name ?? "Land degradation",
            Preset = _config.Preset,
            Periods = periods,
            LandCover = _faults.Try("landCover",
                () => Part(SubIndicator.LandCover, without, _config.LandCover, layers.LandCover), null),
            Productivity = _faults.Try("productivity",
                () => Part(SubIndicator.Productivity, without, given, layers.Productivity), null),
            SoilCarbon = _faults.Try("soilCarbon",
                () => Part(SubIndicator.SoilCarbon, without, _config.SoilCarbon, layers.SoilCarbon), null),
            WaterMask = _config.Water is { } water ? _files.Resolved(water) : null,
            Zones = [.. (_config.Zones ?? []).Select((zone, i) => _faults.Try($"zones[{i}]", () => ResolveZone(zone), null))
                .OfType<ZoneLayerInput>()],
            Total = _faults.Try("total", () => _config.Total is { } total ? Total(total) : null, null),
            Rules = rules,
            Grid = RulesResolver.Grid(_config.Grid ?? new GridConfig(), _config, without, rules, _files, _faults),
            Outputs = RulesResolver.Outputs(_config.Outputs ?? new OutputsConfig(), _faults),
            NoData = (_config.NoData ?? []).ToDictionary(p => p.Key, p => (IReadOnlyList<double>)p.Value),
            Sources = _config.Sources ?? [],
            Notes = _notes,
        };
        if (job.Productivity?.Series is { } series)
            job = job with
            {
                Periods =
                [.. periods.Select(p =>
                p with { Productivity = new YearSpan(series.Windows[p.Id].FirstYear, series.Windows[p.Id].LastYear) })]
            };
        if (regions is not null && !_faults.Any)
        {
            Job plain = job;
            job = _faults.Try(
                "regions", () => new RegionsResolver(_config, _files, covers, _notes, _faults).Resolve(plain, regions), job);
        }

        if (!_faults.Any)
            _ = _faults.Try("rules.socTest", () =>
            {
                if (job.Regions is null)
                    SoilTestRules.Check(job);
                return job;
            }, job);

        // What is asked of layers that are not sound yet would only repeat their faults.
        bool sound = !_faults.Any;
        foreach (IJobSection section in sound ? _sections : [])
            if (_faults.Try(section.Keys[0].Path, () => section.Read(new JobSections(_config, job, _files)), null) is { } asked)
                job = job with { Asked = [.. job.Asked, asked] };
        if (sound && !job.SubIndicators.Any())
            _faults.Add("without", Fault.Job.Error("all three sub-indicators are left out", "keep at least one"));
        if (job.LandCover is not null && job.WaterMask is not null)
            _faults.Add("water", Fault.Job.Error("a water mask is given beside land cover",
                "water comes from the land cover; drop the mask"));
        foreach (SubIndicator sub in without)
            _notes.Add($"partial: computed without {sub.Name()}");
        return job;
    }

    private static Zone Total(TotalConfig total) => total.Id is { Length: > 0 } id ? new Zone(id, total.Name ?? id)
        : throw Fault.Job.Error("total has no id", "for example \"total\": { \"id\": \"MNG\", \"name\": \"Mongolia\" }");

    private static T? Part<TConfig, T>(SubIndicator sub, HashSet<SubIndicator> without, TConfig? config, Func<TConfig, T> resolve)
        where TConfig : class
        where T : class
    {
        if (without.Contains(sub))
            return null;
        return config is null
            ? throw Fault.Job.Error($"no input for {sub.OptionName()}",
                $"give it, or leave it out deliberately with --without {sub.OptionName()}")
            : resolve(config);
    }

    private ZoneLayerInput ResolveZone(ZoneConfig zone)
    {
        string file = zone.File ?? throw Fault.Job.Error("a zone layer has no 'file'");
        bool builtIn = zone.Groups is "north-east-asia" or "m49";
        return new ZoneLayerInput(
            _files.Resolved(file), zone.Layer, zone.Id, zone.Name,
            zone.Groups is null || builtIn ? zone.Groups : _files.Resolved(zone.Groups),
            zone.LandArea is null ? null : _files.Resolved(zone.LandArea), zone.Dissolve ?? false);
    }

    /// <summary>The value of a name, or an error that lists the names there are.</summary>
    internal static T Choice<T>(string option, string given, IEnumerable<(string Name, T Value)> choices)
    {
        (string Name, T Value)[] all = [.. choices];
        foreach ((string name, T value) in all)
            if (name == given)
                return value;
        string[] names = [.. all.Select(c => c.Name)];
        throw Fault.Job.Error($"{option}: unknown value '{given}'{NearestName.Hint(given, names)}",
            $"use one of {string.Join(", ", names)}");
    }
}

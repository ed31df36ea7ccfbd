using Ldn.Csv;
using Ldn.Indicator;
using Ldn.Subjects;

namespace Ldn.Jobs;

/// <summary>Checks a <see cref="JobConfig"/> and fills in defaults, profile and preset. Opens tables of rules, no raster.</summary>
public sealed class JobResolver
{
    private readonly JobConfig _config;
    private readonly JobFiles _files;
    private readonly List<string> _notes = [];

    private JobResolver(JobConfig config, string folder)
    {
        _config = config;
        _files = new JobFiles(folder);
    }

    /// <param name="config">The job with command-line options already laid over it.</param>
    /// <param name="folder">Folder that relative paths start from.</param>
    /// <exception cref="LdnException">Exit 2 with what is wrong and the choices there are.</exception>
    public static Job Resolve(JobConfig config, string folder) =>
        new JobResolver(config, folder).Resolve() with { Files = JobFiles.Named(config, folder) };

    private Job Resolve()
    {
        HashSet<SubIndicator> without = [.. (_config.Without ?? []).Select(
            w => Choice("without", w, Enum.GetValues<SubIndicator>().Select(s => (s.OptionName(), s))))];
        Rules rules = RulesResolver.Rules(_config.Rules ?? new RulesConfig());
        DatedFiles covers = _files.Dated(_config.LandCover?.Years, _config.LandCover?.StandIns, "landCover");
        IReadOnlyList<Period> periods = new PeriodResolver(_config, _files, covers, without, rules.Profile, _notes).Resolve();
        var layers = new LayerResolver(_config, _files, periods, covers, rules.Profile, _notes);
        var job = new Job
        {
            Name = _config.Name ?? "Land degradation",
            Preset = _config.Preset,
            Periods = periods,
            LandCover = Part(SubIndicator.LandCover, without, _config.LandCover, layers.LandCover),
            Productivity = Part(SubIndicator.Productivity, without, _config.Productivity, layers.Productivity),
            SoilCarbon = Part(SubIndicator.SoilCarbon, without, _config.SoilCarbon, layers.SoilCarbon),
            WaterMask = _config.Water is { } water ? _files.Resolved(water) : null,
            Zones = [.. (_config.Zones ?? []).Select(ResolveZone)],
            Corrections = _config.Corrections?.File is { } corrections ? _files.Resolved(corrections) : null,
            CorrectionsLayer = _config.Corrections?.Layer,
            Activities = _config.Activities is { } activities ? ActivitiesInput.Resolve(activities, _files) : null,
            Rules = rules,
            Grid = RulesResolver.Grid(_config.Grid ?? new GridConfig(), _config, without, rules, _files),
            Outputs = RulesResolver.Outputs(_config.Outputs ?? new OutputsConfig()),
            NoData = (_config.NoData ?? []).ToDictionary(p => p.Key, p => (IReadOnlyList<double>)p.Value),
            Notes = _notes,
        };
        if (job.Productivity?.Series is { } series)
            job = job with { Periods = [.. periods.Select(p => p with { Productivity = new YearSpan(series.Windows[p.Id].FirstYear, series.Windows[p.Id].LastYear) })] };
        job = job with { Strata = StrataResolver.Resolve(_config, job, _files) };
        if (!job.SubIndicators.Any())
            throw Fault.Job.Error("all three sub-indicators are left out", "keep at least one");
        if (job.LandCover is not null && job.WaterMask is not null)
            throw Fault.Job.Error("a water mask is given beside land cover", "water comes from the land cover; drop the mask");
        foreach (SubIndicator sub in without)
            _notes.Add($"partial: computed without {sub.Name()}");
        return job;
    }

    private static T? Part<TConfig, T>(SubIndicator sub, HashSet<SubIndicator> without, TConfig? config, Func<TConfig, T> resolve)
        where TConfig : class
        where T : class
    {
        if (without.Contains(sub))
            return null;
        return config is null
            ? throw Fault.Job.Error($"no input for {sub.OptionName()}", $"give it, or leave it out deliberately with --without {sub.OptionName()}")
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
        throw Fault.Job.Error($"{option}: unknown value '{given}'{NearestName.Hint(given, names)}", $"use one of {string.Join(", ", names)}");
    }
}

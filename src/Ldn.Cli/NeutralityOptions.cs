using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Ldn.Jobs;
using Ldn.Subjects;

namespace Ldn.Cli;

/// <summary>The flags of land degradation neutrality: what stands under <c>strata</c> and <c>targets</c> in a job file.</summary>
internal sealed class NeutralityOptions : OptionSet
{
    private const string IdMark = "#id=";

    public NeutralityOptions()
    {
        LandTypes = List("--land-types", "FILE[#id=FIELD]", "Land types: a raster of whole numbers, or polygons told apart by an attribute; repeat to combine several");
        Targets = Text("--targets", "FILE", "National targets, CSV or JSON");
        Risk = Text("--risk", "FILE", "Raster above 0 where land is at risk, for the response hierarchy");
        Severity = Text("--severity", "default|FILE", "Grades of degradation: default, or a CSV");
        Cost = Text("--cost", "FILE", "Cost of degradation in USD per ha and year, CSV");
        HotspotKm = Text("--hotspot-km", "KM", "Look for hotspots and brightspots in equal-area cells of so many km");
        TargetYear = Text("--target-year", "YEAR", "Year of the projection (default: 2030)");
    }

    private Option<string[]> LandTypes { get; }

    private Option<string?> Targets { get; }

    private Option<string?> Risk { get; }

    private Option<string?> Severity { get; }

    private Option<string?> Cost { get; }

    private Option<string?> HotspotKm { get; }

    private Option<string?> TargetYear { get; }

    /// <summary>The table of targets, or null where it is not given.</summary>
    public string? TargetsOf(ParseResult parsed) => parsed.GetValue(Targets) is { } file ? SeriesOptions.FromHere(file) : null;

    /// <summary>Lays the flags over what a job file says; null where neither says anything.</summary>
    public StrataConfig? Overlay(StrataConfig? file, ParseResult parsed)
    {
        if (!All.Any(option => option != Targets && parsed.GetResult(option) is { Implicit: false }))
            return file;
        StrataConfig config = file ?? new StrataConfig();
        return config with
        {
            LandTypes = parsed.GetValue(LandTypes) is { Length: > 0 } layers ? [.. layers.Select(Layer)] : config.LandTypes,
            Risk = File(parsed, Risk) ?? config.Risk,
            Severity = parsed.GetValue(Severity) == "default" ? "default" : File(parsed, Severity) ?? config.Severity,
            Cost = File(parsed, Cost) ?? config.Cost,
            Hotspots = parsed.GetValue(HotspotKm) is { } km
                ? (config.Hotspots ?? new HotspotsConfig()) with { CellKm = double.TryParse(km, NumberStyles.Float, CultureInfo.InvariantCulture, out double side) ? side : throw Wrong(HotspotKm, km) }
                : config.Hotspots,
            TargetYear = parsed.GetValue(TargetYear) is { } text
                ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int year) ? year : throw Wrong(TargetYear, text)
                : config.TargetYear,
        };
    }

    private static LdnException Wrong(Option option, string text) => LdnException.Usage($"{option.Name}: '{text}' is not a number");

    private static string? File(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is { } file ? SeriesOptions.FromHere(file) : null;

    private static JsonElement Layer(string given)
    {
        int mark = given.LastIndexOf(IdMark, StringComparison.Ordinal);
        var layer = new StratumLayerConfig
        {
            File = SeriesOptions.FromHere(mark < 0 ? given : given[..mark]),
            Id = mark < 0 ? null : given[(mark + IdMark.Length)..],
        };
        return JsonSerializer.SerializeToElement(layer, JobJson.Default.StratumLayerConfig);
    }
}

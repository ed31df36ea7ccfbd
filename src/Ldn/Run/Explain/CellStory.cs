using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ldn.Jobs;

namespace Ldn.Run.Explain;

/// <summary>
/// What one cell of a finished run says of itself and why (firmness U9): the document of <c>ldn explain --json</c>, whose schema
/// is <c>ldn schema explain</c>. What does not apply is null, and absent in the document. Conditions are those of the result's
/// rasters, by name: <c>degraded</c>, <c>stable</c>, <c>improved</c>, <c>no_data</c>.
/// </summary>
internal sealed record CellStory
{
    public const string RuleBasedSignal =
        "A rule-based signal of one cell: no proof of degradation there, nor of its cause.";

    public int SchemaVersion { get; init; } = 1;

    /// <summary>Folder of the result.</summary>
    public required string Result { get; init; }

    /// <summary>Name of the point, where a file of points gave it one.</summary>
    public string? Point { get; init; }

    /// <summary>As it was asked, degrees.</summary>
    public required double Longitude { get; init; }

    /// <inheritdoc cref="Longitude"/>
    public required double Latitude { get; init; }

    /// <summary><c>inputs</c>, or <c>rasters</c> of the result where the inputs are not what they were.</summary>
    public required string ToldFrom { get; init; }

    public required CellPlace Cell { get; init; }

    /// <summary>True area, km².</summary>
    public required double AreaKm2 { get; init; }

    /// <summary>Zones and groups that hold the cell's centre.</summary>
    public required IReadOnlyList<StoryZone> Zones { get; init; }

    /// <summary>The region whose rules hold there, default for land in none; null in a run without regions.</summary>
    public string? Region { get; init; }

    /// <summary>Why nothing is told of it: it lies outside the zones.</summary>
    public Saying? Reason { get; init; }

    public StoryClass? LandType { get; init; }

    /// <summary>By period id, baseline first; none outside the zones.</summary>
    public required IReadOnlyDictionary<string, PeriodStory> Periods { get; init; }

    /// <summary>What the rasters alone cannot tell, and why the inputs cannot be asked.</summary>
    public IReadOnlyList<Saying> CannotTell { get; init; } = [];

    public IReadOnlyList<string> Notes { get; init; } = [];

    public string Caveat { get; init; } = RuleBasedSignal;
}

/// <summary>A cell of the result's rasters, from 0, and its centre in degrees.</summary>
/// <param name="Longitude">Of the centre, degrees east.</param>
/// <param name="Latitude">Of the centre, degrees north.</param>
internal sealed record CellPlace(int Column, int Row, double Longitude, double Latitude);

/// <summary>A zone or group.</summary>
internal sealed record StoryZone(string Id, string Name, string Kind);

/// <summary>A code and what it means.</summary>
internal sealed record StoryClass(string Code, string Name);

/// <summary>One period of a cell.</summary>
internal sealed record PeriodStory
{
    /// <summary>Years, a stand-in told.</summary>
    public string? Years { get; init; }

    public LandCoverStory? LandCover { get; init; }

    public ProductivityStory? Productivity { get; init; }

    public SoilStory? SoilOrganicCarbon { get; init; }

    public required IndicatorStory Indicator { get; init; }

    /// <summary>Against the baseline; null for the baseline itself.</summary>
    public StatusStory? Status { get; init; }

    /// <summary>Correction polygons of this period that hold the cell, in the order of their file.</summary>
    public IReadOnlyList<CorrectionStory>? Corrections { get; init; }

    /// <summary>Single changes that would give the indicator another condition, the smallest first.</summary>
    public IReadOnlyList<FlipStory>? Flips { get; init; }

    /// <summary>The indicator under every combination of rules.</summary>
    public IReadOnlyList<CombinationStory>? Combinations { get; init; }

    /// <summary>Whether the cells around have the same condition.</summary>
    public NeighbourStory? Neighbours { get; init; }
}

/// <summary>A sub-indicator's condition; before corrections where these changed it.</summary>
internal abstract record SubIndicatorStory
{
    public required string Condition { get; init; }

    /// <summary>The condition before corrections, where they changed it.</summary>
    public string? Uncorrected { get; init; }
}

internal sealed record LandCoverStory : SubIndicatorStory
{
    public CoverStory? From { get; init; }

    public CoverStory? To { get; init; }

    /// <summary>Which transition matrix holds there: <c>default</c>, the legend's own, or the region it is of.</summary>
    public string? Matrix { get; init; }

    /// <summary>The matrix's cell.</summary>
    public string? MatrixCondition { get; init; }
}

/// <summary>Land cover of a year.</summary>
/// <param name="Year">Year of the raster; in the document initial or final where nobody named it.</param>
/// <param name="StandsFor">The year it stands in for.</param>
/// <param name="Value">The raster's cell.</param>
/// <param name="Class">Name in the legend; null for no data.</param>
/// <param name="Unccd">UNCCD class 1…7.</param>
/// <param name="UnccdName">Its name.</param>
internal sealed record CoverStory(
    [property: JsonConverter(typeof(ToldYear))] int Year, int? StandsFor, SourceValue Value, string? Class, int? Unccd,
    string? UnccdName);

/// <summary>A year as documents tell it: a number, or initial or final where nobody named it.</summary>
internal sealed class ToldYear : JsonConverter<int>
{
    /// <inheritdoc/>
    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number ? reader.GetInt32()
            : YearSpan.Read(reader.GetString()!) ?? throw new JsonException("no year");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options)
    {
        if (YearSpan.Told(value) is ("initial" or "final") and var told)
            writer.WriteStringValue(told);
        else
            writer.WriteNumberValue(value);
    }
}

/// <summary>A cell of an input.</summary>
/// <param name="Layer">What the input is.</param>
/// <param name="File">Where it lies.</param>
/// <param name="Column">Of the input's own grid, from 0: the cell that holds the centre; null outside.</param>
/// <param name="Row">Likewise.</param>
/// <param name="Stored">As it is stored, in the run's cell; null outside the input.</param>
/// <param name="Value">Physical value; null for no data.</param>
/// <param name="Resampling"><c>mode</c> or <c>average</c> where the run's cell takes several of the input's.</param>
internal sealed record SourceValue(
    string Layer, string File, int? Column, int? Row, double? Stored, double? Value, string? Resampling = null);

internal sealed record ProductivityStory : SubIndicatorStory
{
    /// <summary>lpd, condition, parts or series.</summary>
    public required string Kind { get; init; }

    /// <summary>LPD class 1…5, as it stands or as the parts make it; null for none.</summary>
    public int? Lpd { get; init; }

    public string? LpdName { get; init; }

    /// <summary>The table that combines trend, state and performance.</summary>
    public string? LpdTable { get; init; }

    public IReadOnlyList<SourceValue>? Sources { get; init; }

    /// <summary>Condition of the trend, where it is known.</summary>
    public string? Trend { get; init; }

    public string? State { get; init; }

    public string? Performance { get; init; }

    public SeriesStory? Series { get; init; }
}

/// <summary>Soil organic carbon, t C/ha.</summary>
internal sealed record SoilStory : SubIndicatorStory
{
    /// <summary>stocks, change or reference.</summary>
    public required string Kind { get; init; }

    public IReadOnlyList<SourceValue>? Sources { get; init; }

    public StockStory? Initial { get; init; }

    public StockStory? Final { get; init; }

    /// <summary>Change in per cent of the initial stock.</summary>
    public double? ChangePct { get; init; }

    /// <summary>Per cent from which a change counts.</summary>
    public double? Threshold { get; init; }

    /// <summary>Whether exactly the threshold counts.</summary>
    public bool? Inclusive { get; init; }

    /// <summary>The statistical test, in place of the threshold; null without.</summary>
    public SoilTestStory? Test { get; init; }

    public StockModelStory? Model { get; init; }
}

/// <summary>The statistical test of soil carbon, t C/ha; null where something is missing.</summary>
/// <param name="BaselineMean">Mean of the baseline's years.</param>
/// <param name="Low">Lower bound of that mean.</param>
/// <param name="High">Upper bound.</param>
/// <param name="PeriodMean">Mean of the period's years.</param>
/// <param name="Level">Level of confidence.</param>
internal sealed record SoilTestStory(double? BaselineMean, double? Low, double? High, double? PeriodMean, double Level);

/// <summary>A stock and the year it is of.</summary>
/// <param name="Stock">t C/ha; null where there are no data.</param>
internal sealed record StockStory(
    [property: JsonConverter(typeof(ToldYear))] int Year, int? StandsFor, double? Stock);

/// <summary>What the model of stocks from land cover had to go by, and each year of it.</summary>
/// <param name="ReferenceYear">Year of the reference stock.</param>
/// <param name="ClimateZone">IPCC climate zone; null with a constant factor or where none is needed.</param>
/// <param name="CropFactor">f: of the zone, or the constant.</param>
/// <param name="Practice">Management × input; null where neither is given.</param>
/// <param name="Steps">From the reference year on.</param>
internal sealed record StockModelStory(
    int ReferenceYear, int? ClimateZone, double? CropFactor, double? Practice, IReadOnlyList<StockStep> Steps)
{
    /// <summary>True for an organic soil, which emits by a table in place of the factors; null for any other.</summary>
    public bool? Organic { get; init; }
}

/// <summary>A year of the recurrence (method §5).</summary>
/// <param name="Year">The year.</param>
/// <param name="Class">Class in the factor table; null for no data.</param>
/// <param name="Factor">F of a change of class into this year; null where there is none.</param>
/// <param name="Lost">What the step into this year took off, t C/ha.</param>
/// <param name="Stock">t C/ha; null for no data.</param>
internal sealed record StockStep(int Year, StoryClass? Class, double? Factor, double? Lost, double? Stock);

internal sealed record IndicatorStory
{
    public required string Condition { get; init; }

    /// <summary>
    /// The sub-indicators that decide: those of the indicator's condition or, for no data, those that are missing. None on water,
    /// and none where the indicator itself was given.
    /// </summary>
    public required IReadOnlyList<string> Deciding { get; init; }

    /// <summary>Why it is no data: water, or what is missing under which policy.</summary>
    public Saying? Reason { get; init; }

    /// <summary>The condition before corrections of the indicator, where they changed it.</summary>
    public string? Uncorrected { get; init; }

    /// <summary>What a missing sub-indicator does: strict, precautionary, available.</summary>
    public string? Missing { get; init; }

    /// <summary>The input that is the indicator, where it was made elsewhere.</summary>
    public SourceValue? Source { get; init; }
}

/// <summary>Status against the baseline.</summary>
/// <param name="Class">One of the seven classes, or no_data.</param>
/// <param name="Condition">In three classes.</param>
/// <param name="Reason">Why it has none.</param>
internal sealed record StatusStory(string Class, string Condition, Saying? Reason);

/// <summary>A correction polygon (method §8).</summary>
/// <param name="Id">Its id.</param>
/// <param name="Layer">What it recodes.</param>
/// <param name="From">Condition that it found.</param>
/// <param name="To">Condition that it gave; the same where it leaves it.</param>
/// <param name="Counts">Whether it counts: of polygons that overlap the later one does.</param>
/// <param name="Justification">Why.</param>
internal sealed record CorrectionStory(string Id, string Layer, string From, string To, bool Counts, string Justification);

/// <summary>A single change that would give the indicator another condition.</summary>
/// <param name="What">The change, in words.</param>
/// <param name="Of">The sub-indicator whose input changes; <c>rules</c> for a rule.</param>
/// <param name="Becomes">The indicator's condition then.</param>
/// <param name="Distance">
/// How far the value lies from the limit it would have to cross, as a share of that limit; 1 for a class, a method or a policy
/// that would be another; null where the value is not known.
/// </param>
internal sealed record FlipStory(Saying What, string Of, string Becomes, double? Distance);

/// <summary>The indicator's condition under one combination of rules; a rule that cannot act is absent.</summary>
/// <param name="SocThreshold">Per cent.</param>
internal sealed record CombinationStory(
    string? Missing, double? SocThreshold, bool? SocInclusive, string? LpdTable, string Condition);

/// <summary>The eight cells around: of the same condition, of another, without any.</summary>
internal sealed record NeighbourStory(int Same, int Other, int None);

/// <summary>Writes stories as JSON, names in snake case.</summary>
[JsonSerializable(typeof(CellStory))]
[JsonSerializable(typeof(IReadOnlyList<CellStory>))]
internal sealed partial class StoryJson : JsonSerializerContext
{
    /// <summary>Names are kept as they are written, in whichever letters.</summary>
    public static StoryJson Plain { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}

/// <summary>The document of <c>ldn explain --json</c>.</summary>
internal static class StoryDocument
{
    /// <summary>Writes one story as an object, or any number as an array.</summary>
    public static void Write(Stream stream, IReadOnlyList<CellStory> stories, bool single)
    {
        if (single)
            JsonSerializer.Serialize(stream, stories[0], StoryJson.Plain.CellStory);
        else
            JsonSerializer.Serialize(stream, stories, StoryJson.Plain.IReadOnlyListCellStory);
        stream.WriteByte((byte)'\n');
    }
}

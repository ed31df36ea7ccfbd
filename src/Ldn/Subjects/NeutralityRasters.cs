using Ldn.Indicator;
using Ldn.Pass;
using Ldn.Questions;
using Ldn.Rasters;

namespace Ldn.Subjects;

/// <summary>Codes of the raster of gains and losses; 0 where there is no status.</summary>
internal enum GainLoss : byte
{
    None = 0,
    Loss = 1,
    Neither = 2,
    Gain = 3,
}

/// <summary>Codes of the raster of verdicts; 0 where land has no type, and on water.</summary>
internal enum TypeVerdict : byte
{
    None = 0,
    NotNeutral = 1,
    Neutral = 2,
}

/// <summary>The class rasters of neutrality that follow from the codes of a slice by table.</summary>
internal sealed class NeutralityRasters
{
    public static RasterKind GainsLosses { get; } = new("gains_losses", "gains_losses_{0}", RasterLook.Classed(
        new((int)GainLoss.Loss, "loss", "#9b2779"), new((int)GainLoss.Neither, "neither", "#ffffe0"),
        new((int)GainLoss.Gain, "gain", "#006500")));

    public static RasterKind Verdict { get; } = new("neutrality", "neutrality_{0}", RasterLook.Classed(
        new((int)TypeVerdict.NotNeutral, "not_neutral", "#9b2779"), new((int)TypeVerdict.Neutral, "neutral", "#006500")));

    public static RasterKind Hierarchy { get; } = new("response", "response_{0}", RasterLook.Classed(
        new[]
        {
            Response.Avoid, Response.Reduce, Response.Reverse
        }.Select(r => new RasterClass((int)r, r.Name(), r.Color()))))
    { OnPage = true };

    /// <summary>In the order of catalogues and maps.</summary>
    public static IReadOnlyList<RasterKind> Kinds { get; } = [GainsLosses, Verdict, Hierarchy];

    private const int LpdClasses = 8;
    private readonly byte[] _gains = [.. Enum.GetValues<Status>().Select(s => (byte)(
        s == Status.NoData ? GainLoss.None : Counterbalance.IsLoss(
            s) ? GainLoss.Loss : Counterbalance.IsGain(s) ? GainLoss.Gain : GainLoss.Neither))];

    private readonly byte[] _baseline;
    private readonly byte[] _later;

    public NeutralityRasters(StatusRule rule)
    {
        _baseline = Table(pair => pair.Baseline);
        _later = Table(pair => pair.Status(rule).ThreeClass());
    }

    /// <summary>Gains and losses of a period against the baseline.</summary>
    public OutputFill FillGainsLosses(int period) => OutputFill.OfClasses((slice, classes) =>
    {
        IndicatorOutputs.WriteStatus(slice, period, classes);
        for (int i = 0; i < classes.Length; i++)
            classes[i] = _gains[classes[i]];
    });

    /// <summary>The response of each cell from the planes of its question (<see cref="ResponseInquiry"/>).</summary>
    public OutputFill FillResponse(int period) => OutputFill.OfClasses((slice, classes) =>
    {
        byte[][] planes = slice.Planes(ResponseInquiry.Question(slice.Plan.Periods[period].Period.Id));
        byte[] table = period == 0 ? _baseline : _later, conditions = planes[0], lpd = planes[1];
        byte[]? risk = planes.Length > 2 ? planes[2] : null;
        for (int i = 0; i < classes.Length; i++)
            classes[i] = table[(conditions[i] * LpdClasses + lpd[i]) * 2 + (risk is null ? 0 : risk[i])];
    });

    private static byte[] Table(Func<ConditionPair, Condition> condition)
    {
        var table = new byte[256 * LpdClasses * 2];
        for (int code = 0; code < 256; code++)
        {
            var pair = new ConditionPair((byte)code);
            for (int i = 0; i < LpdClasses * 2; i++)
                table[(code * LpdClasses * 2) + i] = pair.StatusWater
                    ? (byte)0
                    : (byte)ResponseHierarchy.Of(condition(pair), i / 2, i % 2 == 1);
        }

        return table;
    }
}

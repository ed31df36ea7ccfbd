using Ldn.Counting;
using Ldn.Indicator;

namespace Ldn.Subjects;

/// <summary>Codes of the raster of gains and losses; 0 where there is no status.</summary>
public enum GainLoss : byte
{
    None = 0,
    Loss = 1,
    Neither = 2,
    Gain = 3,
}

/// <summary>Codes of the raster of verdicts; 0 where land has no type, and on water.</summary>
public enum TypeVerdict : byte
{
    None = 0,
    NotNeutral = 1,
    Neutral = 2,
}

/// <summary>The class rasters of neutrality that follow from the codes of a slice by table.</summary>
internal sealed class NeutralityRasters
{
    private const int LpdClasses = 8;
    private readonly byte[] _gains = [.. Enum.GetValues<Status>().Select(s => (byte)(
        s == Status.NoData ? GainLoss.None : Counterbalance.IsLoss(s) ? GainLoss.Loss : Counterbalance.IsGain(s) ? GainLoss.Gain : GainLoss.Neither))];

    private readonly byte[] _baseline;
    private readonly byte[] _later;

    public NeutralityRasters(StatusRule rule)
    {
        _baseline = Table(pair => pair.Baseline);
        _later = Table(pair => pair.Status(rule).ThreeClass());
    }

    /// <summary>Turns status classes into gains and losses, in place.</summary>
    public void GainsAndLosses(Span<byte> status)
    {
        for (int i = 0; i < status.Length; i++)
            status[i] = _gains[status[i]];
    }

    /// <summary>The response of each cell from the planes of its question (<see cref="Questions.Response"/>).</summary>
    public void Responses(byte[][] planes, int period, Span<byte> responses)
    {
        byte[] table = period == 0 ? _baseline : _later, conditions = planes[0], lpd = planes[1];
        byte[]? risk = planes.Length > 2 ? planes[2] : null;
        for (int i = 0; i < responses.Length; i++)
            responses[i] = table[(conditions[i] * LpdClasses + lpd[i]) * 2 + (risk is null ? 0 : risk[i])];
    }

    private static byte[] Table(Func<ConditionPair, Condition> condition)
    {
        var table = new byte[256 * LpdClasses * 2];
        for (int code = 0; code < 256; code++)
        {
            var pair = new ConditionPair((byte)code);
            for (int i = 0; i < LpdClasses * 2; i++)
                table[(code * LpdClasses * 2) + i] = pair.StatusWater ? (byte)0 : (byte)ResponseHierarchy.Of(condition(pair), i / 2, i % 2 == 1);
        }

        return table;
    }
}

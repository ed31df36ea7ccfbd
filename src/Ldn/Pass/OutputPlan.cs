using Ldn.Indicator;
using Ldn.Rasters;
using Ldn.Subjects;

namespace Ldn.Pass;

/// <summary>What a written raster of the pass holds.</summary>
public enum OutputKind
{
    Indicator,
    LandCover,
    Productivity,
    SoilCarbon,
    Status,

    /// <summary>LPD class 1…5.</summary>
    Lpd,

    /// <summary>Stock of a year, t C/ha, 32-bit floats.</summary>
    Stock,

    /// <summary>Change of the stock over a period in per cent, 32-bit floats.</summary>
    StockChange,

    /// <summary>Conditions of the parts of productivity.</summary>
    Trend,
    State,
    Performance,

    /// <summary>Of the trend: units of its series a year, Mann–Kendall S, Z and the probability of Z; 32-bit floats.</summary>
    TrendSlope,
    TrendS,
    TrendZ,
    TrendP,

    /// <summary>Gains and losses of a reporting period against the baseline (<see cref="GainLoss"/>).</summary>
    GainsLosses,

    /// <summary>Response hierarchy (<see cref="Response"/>).</summary>
    Response,
}

/// <summary>
/// A raster being written: what it holds, of which period (of which of the plan's stocks, for <see cref="OutputKind.Stock"/>), and in which encoding (method §1).
/// </summary>
public sealed record OutputPlan(OutputKind Kind, int Index, bool Signed, IRasterSink Sink)
{
    public bool IsContinuous => HoldsValues(Kind);

    /// <summary>Whether a kind holds values rather than classes.</summary>
    public static bool HoldsValues(OutputKind kind) => kind is OutputKind.Stock or OutputKind.StockChange
        or OutputKind.TrendSlope or OutputKind.TrendS or OutputKind.TrendZ or OutputKind.TrendP;

    /// <summary>Bytes of a cell.</summary>
    public int CellSize => IsContinuous ? sizeof(float) : Signed ? sizeof(short) : 1;

    public static OutputKind Of(SubIndicator sub) => sub switch
    {
        SubIndicator.LandCover => OutputKind.LandCover,
        SubIndicator.Productivity => OutputKind.Productivity,
        _ => OutputKind.SoilCarbon,
    };
}

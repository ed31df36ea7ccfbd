using Ldn.Conditions;
using Ldn.Grids;

namespace Ldn.Passes;

/// <summary>What a written raster of the pass holds.</summary>
public enum OutputKind
{
    Indicator,
    LandCover,
    Productivity,
    SoilCarbon,
    Status,
}

/// <summary>A raster being written: what it holds, of which period, and in which encoding (method §1).</summary>
public sealed record OutputPlan(OutputKind Kind, int Period, bool Signed, IRasterSink Sink)
{
    public static OutputKind Of(SubIndicator sub) => sub switch
    {
        SubIndicator.LandCover => OutputKind.LandCover,
        SubIndicator.Productivity => OutputKind.Productivity,
        _ => OutputKind.SoilCarbon,
    };
}

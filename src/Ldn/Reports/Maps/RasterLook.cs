using Ldn.Indicator;
using Ldn.Rasters;
using Ldn.Subjects;

namespace Ldn.Reports.Maps;

/// <summary>
/// What a raster of a run looks like by what it holds: its classes, or the colours of its values (method §1). One place for the palette inside the file, the styles
/// beside it, its quick look and the maps of the page.
/// </summary>
/// <param name="Classes">Stored value, name as in the tables and colour of each class, in the order of the codes 1, 2, …; empty for values.</param>
/// <param name="Ramp">Values with their colours, ascending; empty for classes.</param>
public sealed record RasterLook(IReadOnlyList<RasterClass> Classes, IReadOnlyList<RampStop> Ramp)
{
    /// <summary>From loss to gain, as the status classes have it.</summary>
    private static readonly string[] s_diverging = ["#762a83", "#af8dc3", "#f7f7f7", "#7fbf7b", "#1b7837"];

    /// <param name="layer">What the raster holds: <c>sdg_15_3_1</c>, a sub-indicator, <c>status</c>, or the name its file has beside period or year.</param>
    /// <param name="signed">Whether conditions are stored in the signed encoding.</param>
    public static RasterLook Of(string layer, bool signed) => layer switch
    {
        "status" => Classed(Enum.GetValues<Status>().Where(s => s != Status.NoData).Select(s => new RasterClass((int)s, s.Name(), s.Color()))),
        "performance" => Classed([Class(Condition.Degraded, signed), Class(Condition.Stable, signed) with { Name = "not_degraded" }]),
        "lpd" => Classed(
        [
            new((int)LpdClass.Declining, "declining", "#9b2779"), new((int)LpdClass.ModerateDecline, "moderate_decline", "#c0749b"),
            new((int)LpdClass.Stressed, "stressed", "#e1b9bd"), new((int)LpdClass.Stable, "stable", "#ffffe0"), new((int)LpdClass.Increasing, "increasing", "#006500"),
        ]),
        "gains_losses" => Classed([new((int)GainLoss.Loss, "loss", "#9b2779"), new((int)GainLoss.Neither, "neither", "#ffffe0"), new((int)GainLoss.Gain, "gain", "#006500")]),
        "neutrality" => Classed([new((int)TypeVerdict.NotNeutral, "not_neutral", "#9b2779"), new((int)TypeVerdict.Neutral, "neutral", "#006500")]),
        "response" => Classed(new[] { Response.Avoid, Response.Reduce, Response.Reverse }.Select(r => new RasterClass((int)r, r.Name(), r.Color()))),

        // Units of a vegetation index, or kg C/m² of NPP and GPP, a year: 0.005 over 16 years is a change anyone sees.
        "trend_slope" => Diverging(-0.02, -0.005, 0, 0.005, 0.02),

        // 36 is significant and 120 the most there is in the 16 years of the presets.
        "trend_s" => Diverging(-120, -36, 0, 36, 120),

        // Two-sided 5 % and 0.1 %.
        "trend_z" => Diverging(-3.29, -1.96, 0, 1.96, 3.29),
        "trend_p" => new([], [new(0, "#3f007d"), new(0.05, "#807dba"), new(0.1, "#dadaeb"), new(1, "#fcfbfd")]),
        "soc" => new([], [new(0, "#fff7e6"), new(25, "#f3dcae"), new(50, "#d9ae72"), new(100, "#a9723b"), new(200, "#6b3f1a"), new(400, "#2f1a08")]),

        // 10 % is where soil carbon counts as degraded or improved.
        "soc_change" => Diverging(-50, -10, 0, 10, 50),
        _ => Classed(new[] { Condition.Degraded, Condition.Stable, Condition.Improved }.Select(c => Class(c, signed))),
    };

    /// <summary>The classes with names for people: English, without underscores.</summary>
    public IReadOnlyList<RasterClass> NamedClasses => [.. Classes.Select(c => c with { Name = c.Name.Replace('_', ' ') })];

    private static RasterLook Classed(IEnumerable<RasterClass> classes) => new([.. classes], []);

    private static RasterLook Diverging(params IEnumerable<double> stops) => new([], [.. stops.Zip(s_diverging, (value, color) => new RampStop(value, color))]);

    private static RasterClass Class(Condition condition, bool signed) =>
        new(signed ? ConditionEncoding.Signed(condition) : (int)condition, condition.Name(), condition.Color());
}

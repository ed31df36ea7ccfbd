namespace Ldn.Rasters;

/// <summary>
/// What a raster looks like: its classes, or the colours of its values (method §1). One record for the palette inside the file,
/// the styles beside it, its quick look and the maps of the page.
/// </summary>
/// <param name="Classes">Stored value, name as in the tables and colour of each class, in the order of the codes 1, 2, …; empty
/// for values.</param>
/// <param name="Ramp">Values with their colours, ascending; empty for classes.</param>
public sealed record RasterLook(IReadOnlyList<RasterClass> Classes, IReadOnlyList<RampStop> Ramp)
{
    /// <summary>From loss to gain, as the status classes have it.</summary>
    private static readonly string[] s_diverging = ["#762a83", "#af8dc3", "#f7f7f7", "#7fbf7b", "#1b7837"];

    /// <summary>The classes with names for people: English, without underscores.</summary>
    public IReadOnlyList<RasterClass> NamedClasses => [.. Classes.Select(c => c with { Name = c.Name.Replace('_', ' ') })];

    public static RasterLook Classed(params IEnumerable<RasterClass> classes) => new([.. classes], []);

    public static RasterLook Ramped(params IEnumerable<RampStop> stops) => new([], [.. stops]);

    /// <summary>Five values from loss to gain.</summary>
    public static RasterLook Diverging(params IEnumerable<double> stops) =>
        Ramped(stops.Zip(s_diverging, (value, color) => new RampStop(value, color)));
}

using Ldn.Csv;

namespace Ldn.Rasters;

/// <summary>A polygon layer as read.</summary>
/// <param name="Name">The file, for messages.</param>
/// <param name="LayerName">The layer in it.</param>
/// <param name="Crs">The system of the coordinates.</param>
/// <param name="Fields">Names of the attributes.</param>
/// <param name="Features">In the order of the file.</param>
public sealed record VectorLayer(
    string Name, string LayerName, Crs Crs, IReadOnlyList<string> Fields, IReadOnlyList<VectorFeature> Features)
{
    /// <summary>Characters that dBASE leaves of a field's name.</summary>
    private const int ShortName = 10;

    /// <summary>What was read otherwise than it stands in the file, whole sentences for the user.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>
    /// The index of an attribute, −1 where there is none: of that name or, where one alone can be meant, of the name in other
    /// capitals or cut at ten characters, as shapefiles cut it.
    /// </summary>
    public int Find(string field)
    {
        int[] Where(Func<string, bool> like) => [.. Enumerable.Range(0, Fields.Count).Where(i => like(Fields[i]))];
        if (Where(f => f == field) is [var exact, ..])
            return exact;
        if (Where(f => f.Equals(field, StringComparison.OrdinalIgnoreCase)) is { Length: > 0 } capitals)
            return capitals is [var one] ? one : -1;
        return field.Length > ShortName
            && Where(f => f.Equals(field[..ShortName], StringComparison.OrdinalIgnoreCase)) is [var cut] ? cut : -1;
    }

    /// <summary>What to say of attributes that were found under other names; null where all have their own.</summary>
    public string? Renamed(params IEnumerable<string> fields)
    {
        string[] others = [.. fields.Where(f => Find(f) is >= 0 and int i && Fields[i] != f).Distinct()
            .Select(f => $"{Fields[Find(f)]} as {f}")];
        return others.Length == 0 ? null
            : Fault.Taken.Say($"{Title}: attributes are taken by other names: {string.Join(", ", others)}");
    }

    /// <summary>An attribute's text of a feature, without blanks round it; empty where it is not set or there is none.</summary>
    /// <exception cref="LdnException">Exit 3: letters that were lost when the file was made.</exception>
    public string Text(VectorFeature feature, string field) => Text(feature, Find(field));

    /// <inheritdoc cref="Text(VectorFeature, string)"/>
    public string Text(VectorFeature feature, int field)
    {
        string text = field < 0 ? "" : feature.Attributes[field]?.Trim() ?? "";
        return text.Contains('\uFFFD')
            ? throw TextEncoding.Lost($"{Title}: {Fields[field]} of a feature ('{text.Replace('\uFFFD', '?')}')") : text;
    }

    /// <summary>File and, where it has another name, layer, for messages.</summary>
    internal string Title => LayerName.Length == 0 || LayerName == Path.GetFileNameWithoutExtension(Name) ? Name
        : $"{Name} ({LayerName})";

    /// <summary>Which features have no polygon, null and empty geometries, as messages say it; empty where all have.</summary>
    internal string Bare()
    {
        const int listed = 5;
        int[] bare = [.. Features.Where(f => f.Polygons.Count == 0).Select(f => f.Number)];
        return bare.Length == 0 ? ""
            : $"feature{(bare.Length == 1 ? "" : "s")} {string.Join(", ", bare.Take(listed))}"
                + $"{(bare.Length > listed ? $" and {bare.Length - listed} more" : "")} "
                + $"{(bare.Length == 1 ? "has" : "have")} no polygon";
    }

    /// <summary>The error of an attribute that is needed and not there.</summary>
    internal LdnException Lacks(string field) => Fault.ZoneChoice.Error(
        $"{Title} has no attribute '{field}'{NearestName.Hint(field, Fields)}",
        Fields.Count == 0 ? "it has no attributes at all; those of a shapefile stand in its .dbf, which belongs beside it"
            : $"its attributes are {string.Join(", ", Fields)}");
}

/// <summary>
/// One feature. <paramref name="Polygons"/>: each polygon a list of closed rings, outer first; each ring x and y alternating.
/// Empty where the feature has no polygon.
/// </summary>
/// <param name="Attributes">As text, in the order of the layer's fields; null where unset.</param>
/// <param name="Polygons">In units of the layer's CRS.</param>
public sealed record VectorFeature(IReadOnlyList<string?> Attributes, IReadOnlyList<IReadOnlyList<double[]>> Polygons)
{
    /// <summary>Its place in the file, counted from 1; 0 where it comes of none.</summary>
    public int Number { get; init; }
}

/// <summary>
/// A vector layer to be written, in WGS 84. A value is a <see cref="string"/>, <see cref="long"/>, <see cref="double"/> or null;
/// polygons are as in <see cref="VectorFeature"/>. <paramref name="Style"/>: the layer's default style as QGIS keeps it (QML), or
/// null.
/// </summary>
/// <param name="Name">Name of the layer.</param>
/// <param name="Description">What it holds, in one sentence; kept in the file.</param>
/// <param name="Fields">Its attributes.</param>
/// <param name="Features">Values in the order of the fields, with polygons in degrees, longitude first.</param>
/// <param name="Style">QML, or null.</param>
public sealed record VectorTable(
    string Name, string Description, IReadOnlyList<VectorField> Fields,
    IReadOnlyList<(object?[] Values, IReadOnlyList<IReadOnlyList<double[]>> Polygons)> Features, string? Style)
{
    /// <summary>False for a table of attributes alone, which no map shows.</summary>
    public bool IsSpatial { get; init; } = true;

    /// <summary>Whether each feature is the one point that its polygons hold in place of a ring.</summary>
    public bool IsPoints { get; init; }
}

/// <summary>An attribute of a written layer.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type"><see cref="string"/>, <see cref="long"/> or <see cref="double"/>.</param>
/// <param name="Description">What it holds, in one sentence.</param>
public sealed record VectorField(string Name, Type Type, string Description);

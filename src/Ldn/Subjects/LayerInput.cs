using System.Text.Json;
using Ldn.Csv;
using Ldn.Jobs;
using Ldn.Rasters;

namespace Ldn.Subjects;

/// <summary>
/// A layer that divides the land, as a job writes it in its long form: a raster of whole numbers, or polygons that
/// <see cref="Id"/> tells apart.
/// </summary>
internal sealed record LayerConfig
{
    [JobKey("A raster of whole numbers, or polygons", "\"soils.tif\"")]
    public string? File { get; init; }

    [JobKey("Layer of the file, where it has several", "\"soils\"")]
    public string? Layer { get; init; }

    [JobKey("Attribute with the id of a polygon's class; polygons that share one are one class", "\"code\"")]
    public string? Id { get; init; }

    [JobKey("What the layer is called in tables and targets; the file's name without it", "\"soils\"")]
    public string? Name { get; init; }

    [JobKey("A CSV of code,name", "\"soil_names.csv\"")]
    public string? Classes { get; init; }
}

/// <summary>
/// A layer that divides the land. Polygons have an <see cref="Id"/> attribute; a raster has none and holds whole numbers.
/// <see cref="Names"/> by id or code.
/// </summary>
internal sealed record LayerInput(string File, string? Layer, string? Id, string Name, IReadOnlyDictionary<string, string> Names)
{
    public bool IsPolygons => Id is not null;

    /// <summary>The polygons as zones are read.</summary>
    internal ZoneLayerInput Polygons => new(File, Layer, Id, null, null, null, Dissolve: true);

    /// <summary>Reads a file name, or an object that says more.</summary>
    /// <param name="element">What the job says.</param>
    /// <param name="path">Where it says so, for messages.</param>
    /// <param name="files">Names of files.</param>
    /// <exception cref="LdnException">Exit 2: neither, an unknown key, no file, a table of names that cannot be read.</exception>
    internal static LayerInput Read(JsonElement element, string path, JobFiles files) => element.ValueKind switch
    {
        JsonValueKind.String => Read(new LayerConfig { File = element.GetString() }, path, files),
        JsonValueKind.Object => Read(JobReader.Part(element, SubjectJson.Default.LayerConfig, path), path, files),
        _ => throw Fault.Job.Error($"{path} is no layer", "give a file name, or an object with file, layer, id, name, classes"),
    };

    /// <inheritdoc cref="Read(JsonElement, string, JobFiles)"/>
    internal static LayerInput Read(LayerConfig layer, string path, JobFiles files)
    {
        string file = layer.File is { Length: > 0 } given ? given : throw Fault.Job.Error($"{path} has no file");
        return new LayerInput(
            files.Resolved(file), layer.Layer, layer.Id, layer.Name ?? RasterName.Parse(file).Title,
            layer.Classes is { } classes
                ? ReadNames(CsvTable.Read(files.Resolved(classes), "code", "name"))
                : new Dictionary<string, string>());
    }

    private static Dictionary<string, string> ReadNames(CsvTable table)
    {
        var names = new Dictionary<string, string>();
        foreach (CsvRow row in table.Rows)
            if (!names.TryAdd(table.Text(row, "code"), table.Text(row, "name")))
                throw table.Wrong(row, "code", "free: it has a row already");
        return names;
    }
}

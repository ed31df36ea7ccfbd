using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Ldn.Cli.Flags;
using Ldn.Cli.Terminal;
using Ldn.Discovery;
using Ldn.Gdal;
using Ldn.Jobs.Flags;
using Ldn.Lanes;
using Ldn.Rasters;
using Ldn.Run;

namespace Ldn.Cli.Verbs;

/// <summary><c>ldn info</c>: describes rasters and zones; without a file, the program and its libraries.</summary>
internal static class InfoVerb
{
    public static Verb Verb { get; } = new("info", "Describe rasters and zones, or the program itself")
    {
        Run = Run,
        Doc = "Tells size, grid, type and no-data value of rasters, and layer, size and attributes of zones.",
        Operands = [new("FILE", "Rasters or zones; without any: versions of the program and its libraries", 0, Operand.Any)],
        Flags = [ZoneFlags.TextEncoding, .. RunFlags.Saying],
        Examples = [new("info lc2000.tif countries.geojson", "a raster and a layer of zones"), new("info", "versions")],
    };

    private static int Run(Call call)
    {
        var geodata = new GdalGeodata();
        IEnumerable<List<(string Key, object Value)>> facts = call.Operands.Count == 0
            ? [Program(geodata)]
            : call.Operands.Select(name => Describe(name, geodata));
        foreach (List<(string Key, object Value)> item in facts)
        {
            if (call.Is(RunFlags.Json))
                WriteJson(item);
            else
                WriteText(item);
        }

        return (int)ExitCode.Success;
    }

    private static List<(string, object)> Program(GdalGeodata geodata) =>
    [
        ("ldn", Provenance.ProgramVersion),
        (".NET", RuntimeInformation.FrameworkDescription),
        .. geodata.Versions.Select(v => (v.Name, (object)v.Version)),
        ("libdeflate", GdalVersions.Deflate ?? "not found: GDAL decodes DEFLATE"),
        ("SIMD", Simd.Widest.ToString()),
        ("processors", (long)Environment.ProcessorCount),
    ];

    private static List<(string, object)> Describe(string given, GdalGeodata geodata)
    {
        string name = DataSetName.Resolved(given, Directory.GetCurrentDirectory());
        LdnException failure;
        try
        {
            // Whatever the bands hold, they lie on one grid: of several the first is described.
            var raster = RasterName.Parse(name);
            IReadOnlyList<string> bands = geodata.BandNames(name);
            using IRasterSource source = geodata.OpenRaster($"{raster.OfBand(raster.Band ?? 1)}");
            return [.. Raster(given, raster.Band ?? 1, source, bands), .. Values(source, ((IGeodata)geodata).IsRemote(name))];
        }
        catch (LdnException e)
        {
            failure = e;
        }

        VectorLayer layer;
        try
        {
            layer = geodata.ReadPolygons(name, null);
        }
        catch (LdnException)
        {
            throw failure;
        }

        return
        [
            ("file", given), ("kind", "zones"), ("layer", layer.LayerName), ("crs", layer.Crs.Name),
            ("features", (long)layer.Features.Count),
            ("fields", string.Join(", ", layer.Fields.Select((field, f) => Example(layer, f) is { } example
                ? $"{field} ({example})" : field))),
            .. layer.Remarks.Concat(layer.Bare() is { Length: > 0 } bare
                ? [Fault.EmptyZone.Say($"{layer.Title}: {bare} and so no cells")] : Array.Empty<string>())
                .Select((remark, i) => ($"remark_{i + 1}", (object)remark)),
        ];
    }

    /// <summary>What a sample of the cells holds, and what of it may be a fill; a remote file is not read for that.</summary>
    private static IEnumerable<(string, object)> Values(IRasterSource source, bool isRemote)
    {
        if (isRemote)
            yield break;
        RasterSample? sample = null;
        string damage = "";
        try
        {
            sample = RasterSample.Of(source);
        }
        catch (LdnException e)
        {
            damage = e.Message;
        }

        yield return ("values", sample is null ? $"cannot be read: {damage}" : $"{sample.Described()} (in a sample of cells)");
        if (sample?.Fills.Count > 0)
        {
            string fills = string.Join(", ", sample.Fills.Select(RasterSample.Number));
            yield return (
                "suspected_fill",
                $"{fills}: more than 1 % of the sample; if it means no data, declare it with --nodata LAYER=VALUE");
        }
    }

    /// <summary>The first value that an attribute has; null where it has none.</summary>
    private static string? Example(VectorLayer layer, int field)
    {
        const int most = 24;
        return layer.Features.Select(f => f.Attributes[field]?.Trim()).FirstOrDefault(v => v is { Length: > 0 })
            is not { } value ? null
            : value.Length > most ? value[..most] + "…" : value;
    }

    private static List<(string, object)> Raster(string name, int band, IRasterSource raster, IReadOnlyList<string> bands)
    {
        Grid grid = raster.Grid;
        var facts = new List<(string, object)>
        {
            ("file", name), ("kind", "raster"), ("width", (long)grid.Width), ("height", (long)grid.Height),
            ("bands", (long)bands.Count),
            ("type", raster.CellType.ToString()), ("crs", grid.Crs.Name), ("origin_x", grid.OriginX), ("origin_y", grid.OriginY),
            ("cell_width", grid.CellWidth), ("cell_height", grid.CellHeight), ("block_width", (long)raster.BlockWidth),
            ("block_height", (long)raster.BlockHeight),
        };
        if (raster.NoData is { } noData)
            facts.Add(("no_data", noData));
        if (raster.Mask is { } mask)
            facts.Add(("mask", mask));
        if (raster.Scale != 1 || raster.Offset != 0)
            facts.AddRange([("scale", raster.Scale), ("offset", raster.Offset)]);
        facts.AddRange(raster.Remarks.Select((remark, i) => ($"remark_{i + 1}", (object)remark)));
        if (bands.Count > 1)
            facts.Add(("described", $"band {band}"));
        for (int i = 0; i < bands.Count; i++)
            if (bands[i].Length > 0)
                facts.Add(($"band_{i + 1}", bands[i]));
        return facts;
    }

    private static void WriteText(List<(string Key, object Value)> facts)
    {
        int width = facts.Max(f => f.Key.Length);
        foreach ((string key, object value) in facts)
            Console.Out.WriteLine($"{key.PadRight(width)}  {Text(value)}");
        Console.Out.WriteLine();
    }

    private static void WriteJson(List<(string Key, object Value)> facts)
    {
        using Stream stdout = Streams.OpenOutput();
        using (var json = new Utf8JsonWriter(stdout))
        {
            json.WriteStartObject();
            foreach ((string key, object value) in facts)
            {
                if (value is double number && double.IsFinite(number))
                    json.WriteNumber(key, number);
                else if (value is long whole)
                    json.WriteNumber(key, whole);
                else
                    json.WriteString(key, Text(value));
            }

            json.WriteEndObject();
        }

        stdout.WriteByte((byte)'\n');
    }

    private static string Text(object value) =>
        value is double number ? number.ToString("R", CultureInfo.InvariantCulture) : value.ToString() ?? "";
}

using Ldn.Zones;

namespace Ldn.Jobs.Flags;

/// <summary>Flags of the zones that figures are told for.</summary>
internal static class ZoneFlags
{
    public static TextFlag Zones { get; } = new("--zones", "FILE")
    {
        Group = FlagGroup.Zones,
        Doc = "Zones: polygons of any format GDAL reads, or a raster of whole numbers",
        More = "Without zones there is one, called all: the whole grid. Over a job file it replaces all zone layers of the job.",
        Example = "countries.geojson",
        Field = "zones",
        Lay = (job, file, given) => job with { Zones = [new ZoneConfig { File = given.Path(file) }] },
    };

    public static TextFlag ZoneLayer { get; } = new("--zone-layer", "LAYER")
    {
        Group = FlagGroup.Zones,
        Doc = "Layer of the zones, where the file has several",
        Example = "ADM1",
        Field = "zones[].layer",
        Lay = (job, layer, _) => OfFirst(job, "--zone-layer", z => z with { Layer = layer }),
    };

    public static TextFlag ZoneId { get; } = new("--zone-id", "FIELD")
    {
        Group = FlagGroup.Zones,
        Doc = "Attribute with the zones' ids",
        More = "'ldn info FILE' lists the attributes of a file.",
        Example = "iso3",
        Field = "zones[].id",
        Lay = (job, field, _) => OfFirst(job, "--zone-id", z => z with { Id = field }),
    };

    public static TextFlag ZoneName { get; } = new("--zone-name", "FIELD")
    {
        Group = FlagGroup.Zones,
        Doc = "Attribute with the zones' names",
        Default = "the id",
        Example = "name",
        Field = "zones[].name",
        Lay = (job, field, _) => OfFirst(job, "--zone-name", z => z with { Name = field }),
    };

    public static SwitchFlag Dissolve { get; } = new("--dissolve")
    {
        Group = FlagGroup.Zones,
        Doc = "Take features that share an id as one zone; otherwise they are an error",
        Example = "",
        Field = "zones[].dissolve",
        Lay = (job, dissolve, _) => OfFirst(job, "--dissolve", z => z with { Dissolve = dissolve }),
    };

    public static TextFlag Groups { get; } = new("--groups", "NAME|FILE")
    {
        Group = FlagGroup.Zones,
        Doc = "Groups of zones: built-in ones by name, or a CSV group_id,group_name,zone_id",
        More = "The built-in groups need ISO 3166 alpha-3 ids; members that are not among the zones are listed.",
        Values = ZoneGroups.BuiltInNames,
        Example = "north-east-asia",
        Field = "zones[].groups",
        Lay = (job, groups, given) => OfFirst(
            job, "--groups", z => z with { Groups = ZoneGroups.BuiltInNames.Contains(groups) ? groups : given.Path(groups) }),
    };

    public static TextFlag LandArea { get; } = new("--land-area", "FILE")
    {
        Group = FlagGroup.Zones,
        Doc = "Official land areas, CSV zone_id,land_km2",
        Example = "land.csv",
        Field = "zones[].landArea",
        Lay = (job, file, given) => OfFirst(job, "--land-area", z => z with { LandArea = given.Path(file) }),
    };

    public static TextFlag Total { get; } = new("--total", "[ID=]NAME")
    {
        Group = FlagGroup.Zones,
        Doc = "Add a group of all zones of the first layer, called so",
        More = "Provinces then come with the figures of the whole country. Without an ID the name is the id too.",
        Example = "MNG=Mongolia",
        Field = "total",
        Lay = (job, text, _) => job with
        {
            Total = text.Split('=', 2) is [var id, var name]
                ? new TotalConfig { Id = id, Name = name }
                : new TotalConfig { Id = text, Name = text },
        },
    };

    public static TextFlag TextEncoding { get; } = new("--text-encoding", "NAME")
    {
        Group = FlagGroup.Zones,
        Doc = "Encoding of attribute tables and CSV files that declare none and are not UTF-8",
        More = "Such files are an error without it. What a shapefile's .cpg, a byte-order mark or a format declares holds, and "
            + "so does UTF-8. Names are those of code pages: CP1251, CP949, CP932, GBK, Big5, windows-1252, UTF-16.",
        Example = "CP1251",
        Field = "textEncoding",
        Lay = (job, name, _) => job with { TextEncoding = name },
    };

    public static IReadOnlyList<Flag> All { get; } =
        [Zones, ZoneLayer, ZoneId, ZoneName, Dissolve, Groups, LandArea, Total, TextEncoding];

    private static JobConfig OfFirst(JobConfig job, string flag, Func<ZoneConfig, ZoneConfig> change)
    {
        if (job.Zones is not { Count: > 0 } zones)
            throw Fault.Usage.Error($"{flag} is given, but no zones", "name them with --zones FILE");
        return job with { Zones = [change(zones[0]), .. zones.Skip(1)] };
    }
}

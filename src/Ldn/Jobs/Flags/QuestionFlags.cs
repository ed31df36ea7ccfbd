using System.Text.Json.Nodes;

namespace Ldn.Jobs.Flags;

/// <summary>Flags of what is asked beyond the indicator: land degradation neutrality, targets, activities.</summary>
internal static class QuestionFlags
{
    private const string IdMark = "#id=";

    public static SeveralFlag LandTypes { get; } = new("--land-types", "FILE[#id=FIELD]")
    {
        Group = FlagGroup.Questions,
        Doc = "Land types: a raster of whole numbers, or polygons told apart by an attribute; repeat to combine several",
        Example = "soils.tif",
        Field = "strata.landTypes",
        Lay = (job, layers, given) => job.With("strata.landTypes", new JsonArray([.. layers.Select(l => Layer(l, given))])),
    };

    public static TextFlag Targets { get; } = new("--targets", "FILE")
    {
        Group = FlagGroup.Questions,
        Doc = "National targets, CSV or JSON",
        Example = "targets.csv",
        Field = "targets",
        Lay = (job, file, given) => job.With("targets", given.Path(file)),
    };

    public static TextFlag Risk { get; } = new("--risk", "FILE")
    {
        Group = FlagGroup.Questions,
        Doc = "Raster above 0 where land is at risk, for the response hierarchy",
        Example = "risk.tif",
        Field = "strata.risk",
        Lay = (job, file, given) => job.With("strata.risk", given.Path(file)),
    };

    public static TextFlag Severity { get; } = new("--severity", "default|FILE")
    {
        Group = FlagGroup.Questions,
        Doc = "Grades of degradation: default, or a CSV degraded_sub_indicators,lpd,grade",
        Values = ["default"],
        Example = "default",
        Field = "strata.severity",
        Lay = (job, grades, given) => job.With("strata.severity", grades == "default" ? grades : given.Path(grades)),
    };

    public static TextFlag Cost { get; } = new("--cost", "FILE")
    {
        Group = FlagGroup.Questions,
        Doc = "Cost of degradation, CSV land_cover,grade,usd_per_ha_year",
        Example = "cost.csv",
        Field = "strata.cost",
        Lay = (job, file, given) => job.With("strata.cost", given.Path(file)),
    };

    public static NumberFlag HotspotKm { get; } = new("--hotspot-km", "KM")
    {
        Group = FlagGroup.Questions,
        Doc = "Look for hotspots and brightspots in equal-area cells of so many km",
        Example = "50",
        Field = "strata.hotspots.cellKm",
        Lay = (job, km, _) => job.With("strata.hotspots.cellKm", km!.Value),
    };

    public static WholeFlag TargetYear { get; } = new("--target-year", "YEAR")
    {
        Group = FlagGroup.Questions,
        Doc = "Year of the projection",
        Default = "2030",
        Example = "2040",
        Field = "strata.targetYear",
        Lay = (job, year, _) => job.With("strata.targetYear", year!.Value),
    };

    public static TextFlag Activities { get; } = new("--activities", "FILE")
    {
        Group = FlagGroup.Questions,
        Doc = "Polygons of restoration and control projects: id, name, stakeholder, type, start_year",
        Example = "projects.gpkg",
        Field = "activities.file",
        Lay = (job, file, given) => job.With("activities.file", given.Path(file)),
    };

    public static IReadOnlyList<Flag> All { get; } = [
        LandTypes, Targets, Risk, Severity, Cost, HotspotKm, TargetYear, Activities];

    private static JsonObject Layer(string given, IGiven all)
    {
        int mark = given.LastIndexOf(IdMark, StringComparison.Ordinal);
        var layer = new JsonObject { ["file"] = all.Path(mark < 0 ? given : given[..mark]) };
        if (mark >= 0)
            layer["id"] = given[(mark + IdMark.Length)..];
        return layer;
    }
}

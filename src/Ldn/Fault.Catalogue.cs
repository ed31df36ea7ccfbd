namespace Ldn;

/// <summary>The entries; <see cref="All"/> lists them in the order of their codes.</summary>
public sealed partial record Fault
{
    internal static Fault Unexpected { get; } = new(
        "LDN100", ExitCode.Unexpected, "an error the program did not foresee", "a defect of the program",
        "run again with `-v` and report what it prints");

    /// <summary>Ends with 130 or 143, as the signal says.</summary>
    internal static Fault Interrupted { get; } = new(
        "LDN101", ExitCode.Unexpected, "interrupted; nothing was written", "Ctrl-C, or a scheduler's signal", "run again");

    internal static Fault Usage { get; } = new(
        "LDN200", ExitCode.Usage, "an option or its value is not understood, or two contradict each other",
        "a misspelt or superfluous flag",
        "`ldn COMMAND --help` lists the options");

    internal static Fault JobFile { get; } = new(
        "LDN201", ExitCode.Usage, "the job file cannot be read",
        "a misspelt key, a value of another type, a key given twice, not JSON, not UTF-8",
        "compare with `ldn schema job`; the message names the key and the nearest known one");

    internal static Fault Job { get; } = new(
        "LDN202", ExitCode.Usage, "the job is incomplete or contradicts itself",
        "a year without raster, a period without years, a sub-indicator without input",
        "give what the message names, name a stand-in, or leave the sub-indicator out with `--without`");

    internal static Fault InputTable { get; } = new(
        "LDN203", ExitCode.Usage, "an input table cannot be used",
        "a column missing, a cell that is no number, semicolons in place of commas, a row given twice",
        "mend the row and column that the message names; tables are comma-separated UTF-8 with a header row");

    internal static Fault Legend { get; } = new(
        "LDN204", ExitCode.Usage, "a legend is not known", "a misspelt name or path",
        "`ldn legend` lists the built-in ones; others are CSV files");

    internal static Fault ZoneChoice { get; } = new(
        "LDN205", ExitCode.Usage, "a layer, attribute or group of the zones is not there",
        "a misspelt `--zone-layer`, `--zone-id`, `--zone-name` or `--groups`",
        "take one of the names in the message, or see `ldn info FILE`");

    internal static Fault Output { get; } = new(
        "LDN206", ExitCode.Usage, "the result cannot be written there",
        "a result is there already, a file in the way, no permission",
        "choose another `--out`, or replace the result with `--overwrite`");

    internal static Fault Series { get; } = new(
        "LDN207", ExitCode.Usage, "an annual series cannot be computed as asked",
        "years missing in the window, a window too short, a rule that needs another input",
        "give the years or option that the message names");

    internal static Fault SoilRule { get; } = new(
        "LDN208", ExitCode.Usage, "a rule of soil organic carbon is not possible",
        "a threshold outside 0 to 100 %, an inclusive threshold of 0, a factor not above 0",
        "the usual threshold is 10");

    internal static Fault Library { get; } = new(
        "LDN209", ExitCode.Usage, "GDAL is missing, too old, or lacks a format", "the native library is not installed",
        "install GDAL 3.6 or newer, or let `LDN_GDAL_LIBRARY` name it");

    internal static Fault Remote { get; } = new(
        "LDN210", ExitCode.Usage, "the input reaches beyond this machine's plain files, which `--no-remote` refuses",
        "a network address, a database, a virtual raster (VRT), a format that may name other files",
        "copy the data to a local file of a plain format, or drop `--no-remote`");

    internal static Fault CrsName { get; } = new(
        "LDN211", ExitCode.Usage, "the name of a coordinate reference system is not understood", "a misspelt code",
        "give an EPSG code such as EPSG:4326, WKT or a PROJ string");

    internal static Fault Plan { get; } = new(
        "LDN212", ExitCode.Usage, "a plan of shards cannot be used as asked",
        "no such shard or stage, more shards than windows, a plan of another version or cut off",
        "`ldn plan` makes it anew; shards count from 0");

    internal static Fault Comparison { get; } = new(
        "LDN213", ExitCode.Usage, "two results cannot be held against each other",
        "results of other zones, or of other periods",
        "compare results that have zones and periods of the same ids");

    internal static Fault Input { get; } = new(
        "LDN300", ExitCode.Input, "an input cannot be used as it is", "see the message", "see the message");

    internal static Fault Missing { get; } = new(
        "LDN301", ExitCode.Input, "no such file", "a misspelt path, or one relative to another folder",
        "paths in a job are relative to the job file, paths of flags to the current folder");

    internal static Fault Unreadable { get; } = new(
        "LDN302", ExitCode.Input, "a file cannot be opened or read to its end",
        "damaged or cut off in transfer, or a format GDAL does not know",
        "get the file again; `gdalinfo -checksum FILE` reads it through");

    internal static Fault Georeference { get; } = new(
        "LDN303", ExitCode.Input, "a raster or layer has no usable place on Earth",
        "no coordinate reference system, no or a rotated grid",
        "declare it with `gdal_edit.py` or `ogr2ogr -a_srs`, or rectify with `gdalwarp`");

    internal static Fault Cells { get; } = new(
        "LDN304", ExitCode.Input, "the cells of a raster cannot be read as they lie",
        "a band that is not there, complex numbers, blocks larger than memory",
        "choose the band with `#band=N`, or rewrite with `gdal_translate -co TILED=YES`");

    internal static Fault Polygons { get; } = new(
        "LDN305", ExitCode.Input, "polygons cannot be used",
        "ids missing or given twice, broken coordinates, a CRS that does not fit them",
        "mend the feature that the message names; `--dissolve` joins features of one id");

    internal static Fault Values { get; } = new(
        "LDN306", ExitCode.Input, "a raster holds values without meaning inside the zones",
        "an undeclared fill value, another legend, another unit",
        "declare fills with `--nodata LAYER=VALUE`, correct the legend, or accept them with `--unmapped nodata`");

    internal static Fault Coverage { get; } = new(
        "LDN307", ExitCode.Input, "a raster and the zones do not meet", "another place, or a wrongly declared CRS",
        "compare both with `ldn info`");

    internal static Fault Overlap { get; } = new(
        "LDN308", ExitCode.Input, "land lies in no region or in several where exactly one is needed",
        "regions or zones that overlap or leave gaps",
        "mend the polygons, or see `--outside-regions` and `--performance-scope`");

    internal static Fault Run { get; } = new(
        "LDN309", ExitCode.Input, "a folder holds no finished run", "a run that failed, or files changed by hand",
        "compute the run again");

    internal static Fault Changed { get; } = new(
        "LDN310", ExitCode.Input, "an input is not what it was when the plan was made",
        "a file replaced or removed between shards",
        "put the file back as it was, or make the plan anew and compute all shards again");

    internal static Fault Encoding { get; } = new(
        "LDN311", ExitCode.Input, "the text of a table or of attributes is in an encoding that is not told",
        "a table saved in the code page of its country, a shapefile without `.cpg`",
        "give `--text-encoding CP1251` (CP949, CP932, GBK, Big5, …), in a job `\"textEncoding\"`, or save the file as UTF-8");

    internal static Fault SeveralParts { get; } = new(
        "LDN320", ExitCode.Input, "a file holds several bands or data sets where one is meant",
        "a stack of years, a file of many layers, an archive",
        "name the one that is meant: `file.tif#band=2`, `/vsizip/file.zip/lc.tif`; `ldn info FILE` lists the bands");

    internal static Fault Memory { get; } = new(
        "LDN321", ExitCode.Input, "the run needs more memory than it may use",
        "very many zones, groups or values of drivers, a header that declares more than the file holds",
        "give more with `--memory`, or ask for less at once: fewer zones or groups, drivers with a coarser `quantum`");

    internal static Fault Check { get; } = new(
        "LDN400", ExitCode.CheckFailed, "a check that was asked for failed; results are complete",
        "a figure beyond the bound of `--fail-on`", "look at the figure");

    internal static Fault Incomplete { get; } = new(
        "LDN500", ExitCode.Incomplete, "parts of a run are missing or damaged", "shards not yet computed",
        "compute the parts that the message names");

    internal static Fault Temporary { get; } = new(
        "LDN700", ExitCode.Temporary, "reading or writing failed for now", "a disk or mount that fails, too many open files",
        "run again; if it fails again, check the disk");

    internal static Fault DiskFull { get; } = new(
        "LDN701", ExitCode.Temporary, "the disk is full", "rasters are spooled beside the result before they are laid out",
        "free some space, or write to another disk, and run again");

    internal static Fault FolderInUse { get; } = new(
        "LDN702", ExitCode.Temporary, "another run is writing into the folder", "two runs with one `--out`",
        "wait for it, or choose another `--out`");

    internal static Fault Network { get; } = new(
        "LDN703", ExitCode.Temporary, "remote storage failed for the moment", "throttling, time-outs, a broken connection",
        "run again");

    internal static Fault AbsentMembers { get; } = new(
        "LDN901", ExitCode.Success, "members of a built-in group are not among the zones", "zones of some countries only",
        "none needed: the group is the sum of those that are there");

    internal static Fault EmptyZone { get; } = new(
        "LDN902", ExitCode.Success, "a zone or an activity has no cells",
        "a feature without geometry, outside the zones, or smaller than a cell",
        "give it polygons that hold the centre of a cell, or leave it out");

    internal static Fault LongEdge { get; } = new(
        "LDN903", ExitCode.Success, "an edge of more than 180° was read the short way across the antimeridian",
        "a polygon around the world with few vertices",
        "add a vertex to the edge if the long way is meant");

    internal static Fault OtherGrids { get; } = new(
        "LDN904", ExitCode.Success, "the years of a series lie on different grids", "products of different versions",
        "none needed: each is brought onto the run's grid");

    internal static Fault Unmapped { get; } = new(
        "LDN905", ExitCode.Success, "values in no legend were taken as no data", "`--unmapped nodata`",
        "declare or correct the values that the message lists");

    internal static Fault NotMade { get; } = new(
        "LDN906", ExitCode.Success, "a report was left out", "the run lacks what it needs", "see the message");

    internal static Fault NoOverlap { get; } = new(
        "LDN907", ExitCode.Success, "a layer beyond the indicator does not meet the zones; its tables say no data",
        "another place, or a wrongly declared CRS",
        "compare both with `ldn info`, or leave the layer out");

    internal static Fault PraisRefuses { get; } = new(
        "LDN908", ExitCode.Success, "a figure of the PRAIS tables that the platform would refuse on saving",
        "water that spreads: land of the initial year is more than that of the final year",
        "explain it in the comments of the form, or give the platform the land area of CP-1.T1 that holds the figure");

    internal static Fault ShortReference { get; } = new(
        "LDN913", ExitCode.Success, "a drought index stands on a reference of fewer than 30 years", "a short series",
        "take a longer reference (`--reference 1981-2010`) where there is one");

    internal static Fault MissingMonths { get; } = new(
        "LDN914", ExitCode.Success, "a drought index has no value in some years, for months are not listed",
        "months that were not downloaded, or whose layers have no date that is found",
        "give the months that the message names");

    internal static Fault RainUnit { get; } = new(
        "LDN915", ExitCode.Success, "monthly precipitation does not look like mm a month",
        "metres, a rate a second or a day, tenths of mm, an undeclared fill",
        "give scale and offset in `strata.drought.precipitation`, or declare the fill with `--nodata precipitation=VALUE`");

    internal static Fault Doubt { get; } = new(
        "LDN920", ExitCode.Success, "an input does not look like what it is said to be",
        "two files swapped, another layer, an undeclared fill value",
        "look at the file that the message names; if it is right, go on");

    internal static Fault Taken { get; } = new(
        "LDN921", ExitCode.Success, "an input was taken otherwise than it says, or for want of what it says",
        "no coordinate reference system but axes in degrees, a meridian twice, cells half a cell beside the run's",
        "none needed where the message is right");

    internal static Fault ZonesCut { get; } = new(
        "LDN940", ExitCode.Success, "page, workbook and PRAIS forms do not tell of every zone",
        "more zones than a reader can use",
        "take the others from the CSV tables, or raise the limit with `--report-zones`");

    /// <summary>Every entry, by code.</summary>
    public static IReadOnlyList<Fault> All { get; } =
    [
        Unexpected, Interrupted, Usage, JobFile, Job, InputTable, Legend, ZoneChoice, Output, Series, SoilRule, Library, Remote,
        CrsName, Plan, Comparison,
        Input, Missing, Unreadable, Georeference, Cells, Polygons, Values, Coverage, Overlap, Run, Changed,
        Encoding, SeveralParts, Memory,
        Check, Incomplete,
        Temporary, DiskFull, FolderInUse, Network, AbsentMembers, EmptyZone, LongEdge, OtherGrids, Unmapped, NotMade, NoOverlap,
        PraisRefuses, ShortReference, MissingMonths, RainUnit, Doubt,
        Taken, ZonesCut,
    ];
}

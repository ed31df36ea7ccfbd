using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ldn.Rasters;

namespace Ldn.Jobs;

/// <summary>The names of files in a job, which start from its folder.</summary>
internal sealed class JobFiles(string folder)
{
    private readonly Dictionary<string, string> _resolved = [];

    /// <summary>Every name that was asked for, with what it became.</summary>
    public IReadOnlyDictionary<string, string> All => _resolved;

    /// <summary>Paths, also those inside GDAL's own names (/vsizip/…, NETCDF:"f":v), are relative to the job.</summary>
    public string Resolved(string name) => _resolved[name] = Located(name);

    /// <summary>
    /// The error of a plain file that is not there, with where names start from and where it may lie; null for GDAL's own names
    /// and for files that are there.
    /// </summary>
    public LdnException? Missing(string name)
    {
        string path = _resolved[name], plain = RasterName.Parse(path).Dataset, given = RasterName.Parse(name).Dataset;
        bool ofGdal = path.StartsWith("/vsi", StringComparison.Ordinal) || path.Contains("://", StringComparison.Ordinal)
            || path.Contains('<', StringComparison.Ordinal)
            || plain.AsSpan(Math.Min(2, plain.Length)).Contains(':');
        if (ofGdal || Path.Exists(plain))
            return null;
        string where = Path.IsPathRooted(name) ? "" : $": paths in a job start at its folder, {folder}";
        return Fault.Missing.Error($"{given}: no such file{where}", FilesNearby.Hint(given, folder) ?? "check the path");
    }

    /// <summary>What a name becomes, without taking note of it.</summary>
    public string Located(string name) => name.Contains('\0')
        ? throw Fault.Job.Error(
            $"'{name.Replace("\0", "\\0", StringComparison.Ordinal)}' is a name that no file can have", "correct the name")
        : DataSetName.Resolved(name, folder);

    /// <summary>Whatever of a job may name a file, where it would lie: every text in it.</summary>
    public static IReadOnlyList<string> Named(JobConfig config, string folder) =>
        [.. Texts(JsonSerializer.SerializeToNode(config, JobJson.Default.JobConfig)).Where(t => t.Length > 0 && !t.Contains('\0'))
            .Distinct().Select(new JobFiles(folder).Likely)];

    /// <summary>Where a text would lie if it named a file; one that cannot is taken for a path like any other.</summary>
    private string Likely(string text)
    {
        try
        {
            return Located(text);
        }
        catch (LdnException)
        {
            return Path.Combine(folder, text);
        }
    }

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(member => Texts(member.Value)),
        JsonArray a => a.SelectMany(Texts),
        JsonValue v when v.TryGetValue(out string? text) => [text],
        _ => [],
    };

    /// <summary>Files by year, with the years that stand in for others.</summary>
    /// <exception cref="LdnException">Exit 2: a key is not a year, a year is given twice, or one raster for two
    /// years.</exception>
    public DatedFiles Dated(Dictionary<string, string>? files, Dictionary<string, int>? standIns, string layer)
    {
        var dated = new SortedDictionary<int, string>(ByYear(files, layer).ToDictionary(f => f.Key, f => Resolved(f.Value)));
        var years = new Dictionary<RasterName, int>();
        foreach ((int year, string file) in dated)
        {
            RasterName name = RasterName.Parse(file);
            if (!years.TryAdd(name.OfBand(name.Band ?? 1), year))
            {
                if (year == YearSpan.Unnamed.Last)
                    throw Fault.Job.Error(
                        $"{layer}: {file} is given for the initial and for the final year: nothing could change",
                        "give each its own raster or band (file.tif#band=2)");
                throw Fault.Job.Error(
                    $"{layer}: {file} is given for two years, {years[name.OfBand(name.Band ?? 1)]} and {year}",
                    "give each year its own raster or band (file.tif#band=2); where one year stands for another, leave the "
                        + "other out and name it in standIns");
            }
        }

        return new DatedFiles(dated, ByYear(standIns, layer));
    }

    /// <summary>The year a text names, or null.</summary>
    public static int? Year(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int year)
        ? year : null;

    private static Dictionary<int, T> ByYear<T>(Dictionary<string, T>? given, string layer)
    {
        var years = new Dictionary<int, T>();
        foreach ((string text, T value) in given ?? [])
        {
            int year = Year(text) ?? throw Fault.Job.Error(
                $"{layer}: '{text}' is not a year", "write all four digits, such as \"2015\"");
            if (year is > 2 and < 1000)
                throw Fault.Job.Error(
                    $"{layer}: '{text}' is not a year of four digits", $"write it out, such as \"{2000 + (year % 100)}\"");
            if (!years.TryAdd(year, value))
                throw Fault.Job.Error($"{layer}: the year {year} is given twice", "give one raster or band for each year");
        }

        return years;
    }
}

using System.Globalization;
using System.Text;
using Ldn.Csv;
using Ldn.Jobs;
using Ldn.Rasters;

namespace Ldn.Discovery;

/// <summary>
/// Writes a job of what was found, with the alternatives beside it as comments. Stand-ins and other decisions that are a person's
/// are comments only.
/// </summary>
internal sealed partial class JobDraft
{
    private readonly JobChoices _choices;
    private readonly Func<string, string> _fromJob;
    private readonly CommentedJson _json = new();
    private readonly HashSet<string> _used = [];

    private JobDraft(JobChoices choices, Func<string, string> fromJob) => (_choices, _fromJob) = (choices, fromJob);

    /// <summary>The job file.</summary>
    public string Text => _json.Text;

    /// <summary>Names of the files that the job takes or names as an alternative.</summary>
    public IReadOnlySet<string> Used => _used;

    /// <summary>
    /// A legend to be filled in and put beside the job as <see cref="LegendFile"/>; null where every land cover has one.
    /// </summary>
    public string? LegendToFillIn => _choices.UnnamedCodes.Count == 0 ? null : LegendTemplate.Text(_choices.UnnamedCodes);

    /// <summary>Its name.</summary>
    public static string LegendFile => LegendTemplate.FileName;

    /// <summary>Sub-indicators for which nothing was found.</summary>
    public IReadOnlyList<string> Without => _choices.Without;

    /// <summary>Whether there is anything to compute.</summary>
    public bool HasInputs => _choices.Without.Count < 3;

    /// <param name="findings">What was found.</param>
    /// <param name="zones">The zones that were named; null to choose among those found.</param>
    /// <param name="name">Title of the run.</param>
    /// <param name="fromJob">A file's path from the folder of the job.</param>
    public static JobDraft Of(IReadOnlyList<Finding> findings, Finding? zones, string name, Func<string, string> fromJob)
    {
        var draft = new JobDraft(JobChoices.Make(findings, zones), fromJob);
        draft.Write(name);
        return draft;
    }

    private void Write(string name)
    {
        _json.Begin(
            "A job for ldn, drafted from the files of a folder. Paths start at this file's folder; lines that start with // are "
                + "comments.",
            "  ldn validate JOB                  checks it without computing",
            "  ldn compute JOB --out result      computes it");
        _json.Key("name", CommentedJson.Quoted(name));
        if (TextEncoding.Given is { } encoding)
        {
            _json.Comment("Attribute tables and CSV files that declare no encoding and are not UTF-8 are read as:");
            _json.Key("textEncoding", CommentedJson.Quoted(encoding));
        }

        Periods();
        LandCover();
        Productivity();
        SoilCarbon();
        if (_choices.Without.Count > 0)
        {
            _json.Comment($"Nothing was found for {string.Join(" and ", _choices.Without)}: the result is called partial. Give "
                + $"the input, and take it off this list.");
            _json.Key("without", $"[{string.Join(", ", _choices.Without.Select(CommentedJson.Quoted))}]");
        }

        if (_choices.Covers.Count == 0 && _choices.First(LayerKind.Water) is { } water)
            _json.Key("water", File(water));
        Zones();
        Regions();
        Beyond();
        Fills();
        Sources();
        _json.Comment(
            "Rules in force without being named: missing data strict, soil carbon threshold 10 %. Others: "
            + "\"rules\": { \"missing\": \"available\", \"socThreshold\": 5 }");
        _json.End();
    }

    private void Periods()
    {
        if (_choices.Preset is { } preset)
        {
            _json.Comment($"{preset}: {string.Join(", ", Presets.Periods(preset, []).Select(p => $"{p.Id} {p.LandCover}"))}. "
                + $"Every input it needs is there.");
            _json.Key("preset", CommentedJson.Quoted(preset));
        }
        else
        {
            _json.Comment("No reporting cycle of the UNCCD (unccd-2018, -2022, -2026) has all its years here: one period, of "
                + "the years that are there.");
            _json.Key(
                "periods",
                $"{{ \"baseline\": {{ {string.Join(", ", _choices.Baseline.Select(b => $"\"{b.Key}\": [{b.First}, {b.Last}]"))} "
                    + $"}} }}");
            if (_choices.Covers is { Count: > 3 } covers
                && covers.Keys.Where(y => y > covers.Keys.First() && y < covers.Keys.Last()).ToList() is [_, _, ..] between)
            {
                int last = between.Contains(2015) ? 2015 : between[between.Count / 2];
                int next = covers.Keys.First(y => y > last);
                _json.Beside($"With a report after the baseline: land cover of {covers.Keys.First()}-{last} and "
                    + $"{next}-{covers.Keys.Last()}, and the other sub-indicators' years likewise:");
                _json.Beside(
                    $"\"periods\": {{ \"baseline\": {{ \"landCover\": [{covers.Keys.First()}, {last}] }}, \"report_1\": {{ "
                        + $"\"landCover\": [{next}, {covers.Keys.Last()}] }} }},");
            }
        }

        if (_choices.Larger is { } larger)
        {
            _json.Beside($"{larger.Preset} is possible with stand-ins, which are yours to decide. In place of the "
                + $"{(_choices.Preset is null ? "periods" : "preset")} above:");
            _json.Beside($"\"preset\": {CommentedJson.Quoted(larger.Preset)},");
            foreach (var layer in larger.StandIns.GroupBy(s => s.Key))
                _json.Beside($"and in {layer.Key}: \"standIns\": "
                    + $"{{ {string.Join(", ", layer.Select(s => $"\"{s.Missing}\": {s.Nearest}"))} }}");
        }
    }

    private void LandCover()
    {
        if (_choices.Covers.Count == 0)
        {
            if (_choices.Unnamed.Count == 0)
                return;
            _json.Comment($"Land cover is there in codes of no built-in legend. {LegendTemplate.FileName} lists those met in a "
                + $"sample of cells: tell the class of the UNCCD of each in its column unccd ({LegendTemplate.Meaning}), and "
                + "take this in:");
            _json.Comment($"\"landCover\": {{ \"legend\": {CommentedJson.Quoted(LegendTemplate.FileName)}, \"years\": "
                + $"{{ {string.Join(", ", _choices.Unnamed.Select(y => $"\"{y.Key}\": {File(y.Value)}"))} }} }},");
            _used.ExceptWith(_choices.Unnamed.Values.SelectMany(f => new[] { f, Plain(f) }));
            return;
        }

        _json.Open("landCover");
        bool own = _choices.Legend!.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);
        _json.Key("legend", own ? File(_choices.Legend) : CommentedJson.Quoted(_choices.Legend), 2);
        if (_choices.Matrix is { } matrix)
            _json.Comment($"\"matrix\": {File(matrix)},   in place of the default matrix", 2);
        if (_choices.First(LayerKind.Regions) is { } regions)
        {
            if (_choices.First(LayerKind.RegionMatrices) is { } matrices)
                _json.Key("regions", $"{{ \"zones\": {File(regions)}, \"matrices\": {File(matrices)} }}", 2);
            else
                _json.Comment($"with a table of region,matrix (a matrix CSV each), other matrices by region: \"regions\": "
                    + $"{{ \"zones\": {File(regions)}, \"matrices\": \"matrices.csv\" }},", 2);
        }

        Table("years", Needed(_choices.Covers, p => p.LandCover), 2);
        Others(_choices.Covers, p => p.LandCover);
        _json.Close();
    }

    private void SoilCarbon()
    {
        if (_choices.SoilKind is not { } kind)
        {
            if (_choices.Reference is { } one && _choices.Covers.Count > 0)
            {
                _json.Comment("One stock alone: with land cover it can be carried on from its year, with a raster of IPCC "
                    + "climate zones or one factor for all cropping:");
                _json.Comment($"\"soilCarbon\": "
                    + $"{{ \"kind\": \"reference\", \"reference\": {File(one.File)}, \"referenceYear\": {one.Year ?? 2000}, "
                    + $"\"factor\": 0.8 }},");
            }

            return;
        }

        _json.Open("soilCarbon");
        _json.Key("kind", CommentedJson.Quoted(kind), 2);
        if (kind == "stocks")
        {
            Table("years", Needed(_choices.Stocks, p => p.SoilCarbon), 2);
            Others(_choices.Stocks, p => p.SoilCarbon);
            if (_choices.SoilChanges.Count > 0)
                _json.Comment($"or the change, if it is in per cent: \"kind\": \"change\", \"periods\": "
                    + $"{{ \"baseline\": {File(_choices.SoilChanges[0].File)} }}", 2);
        }
        else if (kind == "change")
        {
            ByPeriod(_choices.SoilChanges, p => p.SoilCarbon);
        }
        else
        {
            _json.Key("reference", File(_choices.Reference!.Value.File), 2);
            int year = _choices.Reference.Value.Year ?? (_choices.Preset is null ? _choices.Covers.Keys.First() : 2000);
            if (_choices.Reference.Value.Year is null)
                _json.Comment($"Its name tells no year; {year} was taken.", 2);
            _json.Key("referenceYear", $"{year}", 2);
            _json.Key("climateZones", File(_choices.ClimateZones!), 2);
        }

        _json.Close();
        if (kind != "reference" && _choices.ClimateZones is { } zones && _choices.Reference is { } first)
        {
            _used.Add(zones);
            _json.Beside("or one stock carried on by land cover: \"soilCarbon\": { \"kind\": \"reference\", \"reference\": "
                + $"{File(first.File)}, \"referenceYear\": {first.Year ?? 2000}, \"climateZones\": {File(zones)} }},");
        }
    }

    private void ByPeriod(IReadOnlyList<Finding> files, Func<Period, YearSpan?> span)
    {
        IReadOnlyList<(string Id, Finding File)> periods = _choices.Preset is { } preset
            ? [.. Presets.Periods(preset, []).Select(p => (p.Id, JobChoices.ServingPeriod(files, p.Id, span(p)?.Last)!))]
            : [("baseline", files[0])];
        Table("periods", periods.Select(p => (p.Id, p.File.File)), 2);
        foreach (Finding other in files.Except(periods.Select(p => p.File)))
            _json.Comment($"also there: {File(other.File)}", 2);
    }

    /// <summary>The years that the periods ask for, first.</summary>
    private IEnumerable<KeyValuePair<int, string>> Needed(SortedDictionary<int, string> years, Func<Period, YearSpan?> span)
    {
        HashSet<int> needed = Asked(years, span);
        return years.Where(y => needed.Contains(y.Key));
    }

    private void Others(SortedDictionary<int, string> years, Func<Period, YearSpan?> span)
    {
        HashSet<int> needed = Asked(years, span);
        if (years.Where(y => !needed.Contains(y.Key)).ToList() is { Count: > 0 } others)
        {
            _json.Comment("years that no period asks for:", 2);
            foreach ((int year, string file) in others)
                _json.Comment($"  \"{year}\": {File(file)},", 2);
        }
    }

    /// <summary>Soil carbon that land cover carries on uses every cover there is.</summary>
    private HashSet<int> Asked(SortedDictionary<int, string> years, Func<Period, YearSpan?> span)
    {
        if (_choices.SoilKind == "reference" && years == _choices.Covers)
            return [.. years.Keys];
        if (_choices.Preset is { } preset)
            return [.. Presets.Periods(preset, []).SelectMany(p => new[] { span(p)!.First, span(p)!.Last })];
        return [years.Keys.First(), years.Keys.Last()];
    }

    private void Table(string key, IEnumerable<KeyValuePair<int, string>> years, int depth) =>
        Table(key, years.Select(y => ($"{y.Key}", y.Value)), depth);

    private void Table(string key, IEnumerable<(string Key, string File)> files, int depth) =>
        _json.Table(key, files.Select(f => (f.Key, File(f.File))), depth);

    private string File(string name)
    {
        _used.Add(Plain(name));
        _used.Add(name);
        // A part of a container: the file is what stands between the quotes.
        if (name.Split('"') is [var driver, var container, ..] and [_, _, ..] && driver.EndsWith(':'))
            return CommentedJson.Quoted(name.Replace(
                $"\"{container}\"", $"\"{_fromJob(container)}\"", StringComparison.Ordinal));
        int band = name.IndexOf("#band=", StringComparison.Ordinal);
        return CommentedJson.Quoted(band < 0 ? _fromJob(name) : _fromJob(name[..band]) + name[band..]);
    }

    private static string Plain(string name) => RasterName.Parse(name).Dataset;
}

/// <summary>
/// A legend to be filled in, for land cover whose codes are in no built-in one: what a code means is its maker's to say, never a
/// guess.
/// </summary>
internal static class LegendTemplate
{
    /// <summary>Name of the file, beside the job.</summary>
    public const string FileName = "land_cover_legend.csv";

    /// <summary>What goes into the column that is left open.</summary>
    public const string Meaning =
        "1 tree-covered, 2 grassland, 3 cropland, 4 wetland, 5 artificial, 6 other land, 7 water, or nodata";

    /// <summary>A row for each code; names, colours and classes of the UNCCD open.</summary>
    public static string Text(IEnumerable<double> codes)
    {
        var text = new StringBuilder("code,name,color,unccd\n");
        foreach (double code in codes.Distinct().Order())
            text.Append(CultureInfo.InvariantCulture, $"{code},,,\n");
        return text.ToString();
    }

    /// <summary>Rows of a legend that have no class of the UNCCD; 0 for every other table.</summary>
    public static int Open(CsvTable table) => table.Columns.SequenceEqual(["code", "name", "color", "unccd"])
        ? table.Rows.Count(r => table.Text(r, "unccd").Length == 0) : 0;
}

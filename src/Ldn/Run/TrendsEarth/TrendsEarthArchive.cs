using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Reports;
using Ldn.Reports.TrendsEarth;
using Ldn.Subjects;
using Ldn.Tables;

namespace Ldn.Run.TrendsEarth;

/// <summary>What the archive is made of beside the figures: the plan's places and rasters.</summary>
/// <param name="Pass">The plan of the pass.</param>
/// <param name="FirstLayer">Zones of the first layer: those that report.</param>
/// <param name="Bands">The bands that the pass wrote; null where rasters are left out.</param>
internal sealed record ArchiveSource(PassPlan Pass, int FirstLayer, ArchiveBands? Bands, Inquiries Subjects);

/// <summary>
/// The archive that the UNCCD's platform imports, one a zone of the first layer, made to the schema that Trends.Earth publishes
/// (trends-earth-package.md): documents of land condition and drought, area of interest, rasters with their keys, packed as
/// tar.gz.
/// </summary>
internal sealed class TrendsEarthArchive
{
    /// <summary>Its name among a job's tables.</summary>
    public const string Name = "trends-earth";

    private const int MostReports = 2;
    private static readonly JsonWriterOptions s_indented = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping
    };
    private readonly RunStatistics _run;
    private readonly ArchiveSource _source;
    private readonly Func<string, string> _path;
    private readonly IGeodata _geodata;
    private readonly string _program;
    private readonly string _released;
    private readonly List<string> _warnings = [];

    private TrendsEarthArchive(
        RunStatistics run, ArchiveSource source, Func<string, string> path, IGeodata geodata, string version, DateOnly released)
    {
        (_run, _source, _path, _geodata) = (run, source, path, geodata);
        (_program, _released) = ("ldn " + version, ArchiveFiles.Midnight(released));
    }

    /// <summary>Refuses a job whose result the archive cannot hold, before anything is computed.</summary>
    /// <exception cref="LdnException">Exit 2: a sub-indicator left out, an indicator made elsewhere, a legend or matrix beyond
    /// its form.</exception>
    public static void Check(Job job)
    {
        if (!job.Outputs.Tables.Contains(Name))
            return;
        SubIndicator[] missing = [.. Enum.GetValues<SubIndicator>().Except(job.SubIndicators)];
        if (missing.Length > 0)
        {
            throw Fault.Job.Error(
                "the archive for PRAIS needs all three sub-indicators, and the job has no "
                    + $"{string.Join(" and no ", missing.Select(m => m.OptionName()))}",
                "give them, or leave trends-earth out of the tables");
        }

        if (
            job.Periods.SelectMany(p => Enum.GetValues<SubIndicator>().Select(s => p.Of(s)))
                .Any(years => years is not { IsNamed: true }) || !job.LandCover!.Dated)
            throw Fault.Job.Error(
                "the archive for PRAIS names years, and the job's periods have none",
                "give the years of each sub-indicator, or leave trends-earth out of the tables");
        _ = ArchiveLegend.Of(job.LandCover);
    }

    /// <summary>Writes the archive of every zone of the first layer.</summary>
    /// <param name="run">The figures.</param>
    /// <param name="source">Places and rasters.</param>
    /// <param name="path">Where a file of the run lies or is written; folders in names are made.</param>
    /// <param name="geodata">Reads and writes rasters and polygons.</param>
    /// <param name="version">Version of the program.</param>
    /// <param name="released">Its date.</param>
    /// <param name="cancellation">Cancels between two blocks.</param>
    /// <returns>What the user should know.</returns>
    public static IReadOnlyList<string> Write(
        RunStatistics run, ArchiveSource source, Func<string, string> path, IGeodata geodata, string version, DateOnly released,
        CancellationToken cancellation)
    {
        var archive = new TrendsEarthArchive(run, source, path, geodata, version, released);
        archive.WriteAll(cancellation);
        return archive._warnings;
    }

    private void WriteAll(CancellationToken cancellation)
    {
        Job job = _run.Job;
        var legend = ArchiveLegend.Of(job.LandCover!);
        if (legend.Warning is { } warning)
            _warnings.Add(Fault.NotMade.Say(warning));
        if (job.Periods.Count > MostReports + 1)
            _warnings.Add(
                Fault.NotMade.Say($"the archive holds {job.Periods.Count - 1} reporting periods; PRAIS knows {MostReports}"));
        (int Index, SummaryZone Zone)[] zones =
            [.. _run.Zones.Select((zone, i) => (i, zone))
                .Where(z => z.zone.Kind == "zone" && z.zone.Members[0] < _source.FirstLayer)];
        string[] names = ArchiveFiles.ZoneNames([.. zones.Select(z => z.Zone.Id)]);
        var condition = new ConditionSummary(
            _run, legend, new ArchiveFigures(_run), _source.Subjects.Of<PopulationInquiry>()?.People ?? [],
            Shapes(_source.Subjects.Of<CorrectionsInquiry>()?.Corrections ?? []));
        var drought = new DroughtSummary(_run, _source.Subjects);
        Dictionary<string, ZoneShape> shapes = ZoneShapes.Collect(job, _run.Zones, _geodata).ToDictionary(s => s.Id);
        for (int i = 0; i < zones.Length; i++)
        {
            (int z, SummaryZone zone) = zones[i];
            bool Holds(int place) => _run.ZonesOf(place).Contains(z);
            IReadOnlyList<IReadOnlyList<double[]>> border = shapes.TryGetValue(zone.Id, out ZoneShape? shape)
                && shape.Polygons.Count > 0
                ? shape.Polygons : AreaOfInterest.OfCells(_source.Pass, Holds, _geodata);
            string stem = ArchiveFiles.Condition(names[i]), dry = ArchiveFiles.Drought(names[i]);
            List<string> files = [];
            string File(string name)
            {
                files.Add(_path($"{ArchiveFiles.Folder}/{name}"));
                return files[^1];
            }

            WriteJson(File(stem + "_summary.json"), json => condition.Write(json, z, j => WriteMetadata(j, zone, border)));
            if (drought.Any)
                WriteJson(File(dry + "_summary.json"), json => drought.Write(json, z, j => WriteMetadata(j, zone, border)));
            if (_source.Bands is { } bands)
            {
                WriteJson(File(stem + "_aoi.geojson"), json => AreaOfInterest.Write(json, zone.Name, border));
                WriteRaster(File, stem, zone.Id, bands.Condition, Holds, cancellation);
                if (drought.Any && bands.Drought.Count > 0)
                    WriteRaster(File, dry, zone.Id, bands.Drought, Holds, cancellation);
            }

            ArchiveFiles.Pack(_path(zones.Length == 1 ? "trends-earth.tar.gz" : $"trends-earth-{names[i]}.tar.gz"), files);
        }
    }

    private CorrectionShape[] Shapes(IReadOnlyList<Correction> corrections)
    {
        if (corrections.Count == 0 || _run.Job.Asks<CorrectionsAsked>() is not { } asked)
            return [];
        IReadOnlyList<IReadOnlyList<IReadOnlyList<double[]>>> polygons = ZoneShapes.InWgs84(
            _geodata.ReadPolygons(asked.File, asked.Layer), _geodata);
        return [.. corrections.Select((c, i) => new CorrectionShape(c, polygons[i]))];
    }

    private void WriteMetadata(Utf8JsonWriter json, SummaryZone zone, IReadOnlyList<IReadOnlyList<double[]>> border)
    {
        json.WriteStartObject();
        json.WriteString("title", "ldn Summary Report");
        json.WriteString("date", ArchiveFiles.Date(_run.Job));
        json.WriteStartObject("trends_earth_version");
        json.WriteString("version", _program);
        json.WriteString("release_date", _released);
        json.WriteNull("revision");
        json.WriteEndObject();
        json.WriteStartObject("area_of_interest");
        json.WriteString("name", zone.Name);
        json.WritePropertyName("geojson");
        AreaOfInterest.Write(json, zone.Name, border);
        json.WriteString("crs_wkt", AreaOfInterest.Wkt);
        json.WriteEndObject();
        json.WriteBoolean("affected_areas_only", _run.Job.Outputs.AffectedAreasOnly);
        json.WriteEndObject();
    }

    /// <summary>The bands of a zone as one file over the zone's part of the run's grid, and the key to them.</summary>
    private void WriteRaster(
        Func<string, string> file, string stem, string zone, IReadOnlyList<ArchiveBand> bands, Func<int, bool> holds,
        CancellationToken cancellation)
    {
        PassPlan pass = _source.Pass;
        var cut = ZoneCut.Of(pass, holds);
        (ArchiveBand Band, double Largest)[] all = [.. bands.Select(b => (b, cut.Largest(Open(b), cancellation)))];
        ArchiveBand[] fitting = [.. all.Where(b => b.Largest <= short.MaxValue).Select(b => b.Band)];
        foreach (var left in all.Where(b => b.Largest > short.MaxValue).GroupBy(b => b.Band.Name))
        {
            _warnings.Add(
                Fault.NotMade.Say(
                    FormattableString.Invariant(
                        $"the archive of {zone} is without {left.Count()} bands '{left.Key}': a cell of theirs holds up to ")
                        + FormattableString.Invariant($"{left.Max(b => b.Largest)}, and cells of the archive have 16 bits")));
        }

        using (
            IBandSink sink = _geodata.CreateBands(
                file(stem + ".tif"), pass.Grid.Crop(cut.Window), [.. fitting.Select(b => b.Name)],
                ConditionEncoding.SignedNoData))
        {
            for (int b = 0; b < fitting.Length; b++)
            {
                int band = b;
                cut.ForEach(Open(fitting[b]), (window, cells) => sink.Write(band, window, cells), cancellation);
            }

            sink.Complete();
        }

        WriteJson(file(stem + "_band_key.json"), json => WriteKey(json, stem + ".tif", fitting));
    }

    private Func<IRasterSource> Open(ArchiveBand band) => () =>
        _geodata.OpenRaster(RasterKind.Endings.Select(ending => _path(band.File + ending)).First(File.Exists));

    private static void WriteKey(Utf8JsonWriter json, string path, IReadOnlyList<ArchiveBand> bands)
    {
        json.WriteStartObject();
        json.WriteString("path", path);
        json.WriteStartArray("bands");
        foreach (ArchiveBand band in bands)
        {
            json.WriteStartObject();
            json.WriteString("name", band.Name);
            json.WriteStartObject("metadata");
            foreach ((string key, object value) in band.Metadata)
            {
                if (value is int number)
                    json.WriteNumber(key, number);
                else
                    json.WriteString(key, (string)value);
            }

            json.WriteEndObject();
            json.WriteNumber("no_data_value", ConditionEncoding.SignedNoData);
            json.WriteBoolean("activated", true);
            json.WriteBoolean("add_to_map", band.Shown);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteJson(string path, Action<Utf8JsonWriter> write)
    {
        using FileStream file = new(path, FileMode.Create, FileAccess.Write);
        using (var json = new Utf8JsonWriter(file, s_indented))
            write(json);
        file.WriteByte((byte)'\n');
    }
}

/// <summary>
/// The document of drought of one zone (trends-earth-package.md §7): land and people by class and year, both without the
/// baseline's initial water, and the vulnerability index where the job has one.
/// </summary>
internal sealed class DroughtSummary
{
    private static readonly (DroughtClass Class, string Name)[] s_classes =
    [
        (DroughtClass.Mild, "Mild drought"), (DroughtClass.Moderate, "Moderate drought"), (DroughtClass.Severe, "Severe drought"),
        (DroughtClass.Extreme, "Extreme drought"), (DroughtClass.None, "Non-drought"), (DroughtClass.NoData, "No data"),
    ];

    private static readonly string[] s_sexes = ["total", "female", "male"];
    private readonly (int Year, DroughtExposure Exposure)[] _years;
    private readonly ILookup<int, (int Year, double Index)> _vulnerability;

    public DroughtSummary(RunStatistics run, Inquiries subjects)
    {
        _years =
        [
            .. (subjects.Of<DroughtInquiry>()?.Years ?? [])
                .Select(year => (year, DroughtTables.OfYear(run, year, subjects.Of<PopulationInquiry>()?.People ?? []))),
        ];
        _vulnerability = (subjects.Of<VulnerabilityInquiry>()?.OfZones(run) ?? []).ToLookup(v => v.Zone, v => (v.Year, v.Index));
    }

    /// <summary>Whether the run has a drought layer at all.</summary>
    public bool Any => _years.Length > 0;

    public void Write(Utf8JsonWriter json, int zone, Action<Utf8JsonWriter> metadata)
    {
        json.WriteStartObject();
        json.WritePropertyName("metadata");
        metadata(json);
        json.WriteStartObject("drought");
        json.WriteStartObject("tier_one");
        foreach ((int year, DroughtExposure exposure) in _years)
        {
            json.WritePropertyName(Text(year));
            ConditionSummary.WriteAreas(
                json, "Area by drought class",
                s_classes.Select(c => (c.Name, exposure.Land[zone, (int)c.Class].Area.SquareMillimetres)));
        }

        json.WriteEndObject();
        json.WriteStartObject("tier_two");
        foreach ((int year, DroughtExposure exposure) in _years.Where(y => y.Exposure.People.Count > 0))
        {
            json.WriteStartObject(Text(year));
            foreach (string sex in s_sexes.Where(exposure.People.ContainsKey))
                ConditionSummary.WritePeople(
                    json, sex, "Population by drought class",
                    s_classes.Select(c => (c.Name, exposure.People[sex][zone, (int)c.Class])));
            json.WriteEndObject();
        }

        json.WriteEndObject();

        // Years without an index are left out: the schema wants the key and refuses null.
        json.WriteStartObject("tier_three");
        foreach ((int year, double index) in _vulnerability[zone])
        {
            json.WriteStartObject(Text(year));
            json.WriteString("name", "Mean value");
            json.WriteNumber("value", index);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Text(int year) => year.ToString(CultureInfo.InvariantCulture);
}

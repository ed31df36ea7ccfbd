using Ldn.Rasters;
using Ldn.Reports;
using Ldn.Subjects;
using Ldn.Tables;

namespace Ldn.Run;

/// <summary>The reports of a run that is still in its temporary folder.</summary>
internal static class RunReports
{
    /// <summary>Writes the reports the job asks for; returns what the user should know.</summary>
    public static IReadOnlyList<string> Write(
        OutputFolder folder, Inquiries subjects, RunStatistics run, IReadOnlyList<ResultTable> tables,
        ReadOnlyMemory<byte>? summary, ToldZones told, byte[]? prais, IReadOnlyList<InputRecord> inputs, string language,
        IGeodata geodata)
    {
        var options = new ReportOptions(run.Job.Outputs.Tables, language);
        if (!options.Any || summary is not { } bytes)
            return [];
        RunDocument document = RunDocument.Parse(
            bytes, [.. inputs.Select(Document)], "ldn " + Provenance.ProgramVersion, tables, prais)
            .CutTo(told, tables);
        if (options.Tables.Contains("gpkg"))
            foreach ((string file, VectorTable layer) in subjects.SelectMany(s => s.Layers(run)))
                geodata.WriteGeoPackage(folder[file], layer);
        IReadOnlyList<ZoneShape> shapes = options.NeedsShapes ? ZoneShapes.Collect(run.Job, run.Zones, geodata) : [];
        return [
            .. told.Cut ? [told.Note] : Array.Empty<string>(),
            .. ReportSet.Write(
                folder.Files, name => folder[name], name => folder[name], document, shapes, options, RunOutputs.OfReports,
                geodata),
        ];
    }

    /// <summary>Reports name files, never folders.</summary>
    private static DocumentInput Document(InputRecord input) =>
        new(input.Layer, DocumentInput.FileName(input.Path), input.Bytes, input.Sha256);
}

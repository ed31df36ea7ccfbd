using System.Security.Cryptography;
using System.Text;
using Ldn.Rasters;
using Ldn.Reports.Maps;
using Ldn.Tables;

namespace Ldn.Reports.Page;

/// <summary>
/// report.html: everything on one page that needs nothing but itself. Layout and style are the files in Templates.
/// </summary>
public static class HtmlReport
{
    public static void Write(
        string path, RunDocument document, IReadOnlyList<ZoneShape> shapes, IReadOnlyList<RunRaster> rasters, Texts texts,
        IGeodata geodata)
    {
        var template = new Template(Template.Resource, texts);
        var figures = new Figures(document);
        var maps = new MapViews(document, shapes, rasters, texts, geodata);
        using var writer = new StreamWriter(path, false, new UTF8Encoding(false), 1 << 14) { NewLine = "\n" };
        template.Render(writer, "page.html", Page(document, figures, maps, texts));
    }

    private static View Page(RunDocument document, Figures figures, MapViews maps, Texts texts)
    {
        string script = Template.Resource("script.js");
        string last = document.Periods[^1].Id;
        double most = figures.Subjects.Select(s => figures.Share(s.Id, last, Columns.DegradedOfLand) ?? 0).DefaultIfEmpty().Max();
        View[] subjects = [.. figures.Subjects.Select((s, i) => SubjectView.Of(s, i, document, figures, maps, texts, most))];
        return new View
        {
            ["language"] = texts.Language,
            ["name"] = document.Name,
            ["css"] = new Html(Template.Resource("style.css")),
            ["script"] = new Html(script),
            // The page runs this script and nothing else, and asks nobody for anything, whatever the names in it hold.
            ["script_hash"] = new Html(Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))),
            ["synthetic"] = document.Synthetic,
            ["partial"] = document.Partial,
            ["overview_text"] = texts.Format("report.overview_text", PeriodLabel(document.Periods[^1], texts)),
            ["subjects"] = subjects,
            ["maps_cut"] = maps.Cut is { } cut ? texts.Format(
                "report.maps_first", cut) : maps.None ? texts["report.maps_none"] : null,
            ["tables"] = document.Tables.Select(t => TableView.Of(t, texts)).ToArray(),
            ["preset"] = document.Preset,
            ["program"] = document.Program,
            ["periods"] = document.Periods.Select(p => new View
            {
                ["period"] = texts.Period(p.Id),
                ["years"] = string.Join(
                    "; ", p.Years.Select(y => $"{texts.Indicator(y.SubIndicator)} {y.Years.Replace('-', '–')}")),
            }).ToArray(),
            ["rules"] = document.Rules.Select(
                r => new View { ["rule"] = texts.Find("rule." + r.Name) ?? r.Name, ["value"] = r.Value }).ToArray(),
            ["notes"] = document.Notes.Concat(texts.Caveats).Select(n => new View { ["note"] = n }).ToArray(),
            ["inputs"] = document.Inputs.Select(i => new View
            {
                ["layer"] = i.Layer,
                ["file"] = i.File,
                ["bytes"] = i.Bytes is { } bytes ? bytes.ToString("N0", System.Globalization.CultureInfo.InvariantCulture) : "",
                ["hash"] = i.Sha256 ?? "",
            }).ToArray(),
        };
    }

    /// <summary>The period's name with its years where they are told.</summary>
    internal static string PeriodLabel(DocumentPeriod period, Texts texts) =>
        period.Label is { } years ? $"{texts.Period(period.Id)} {years}" : texts.Period(period.Id);
}

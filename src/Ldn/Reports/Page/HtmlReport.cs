using System.Security.Cryptography;
using System.Text;
using Ldn.Rasters;
using Ldn.Reports.Maps;
using Ldn.Tables;

namespace Ldn.Reports.Page;

/// <summary>
/// report.html, or brief.html where the short form is asked for: everything on one page that needs nothing but itself. Layout and
/// style are the files in Templates.
/// </summary>
internal static class HtmlReport
{
    public static void Write(
        string path, RunDocument document, IReadOnlyList<ZoneShape> shapes, IReadOnlyList<RunRaster> rasters, Texts texts,
        IGeodata geodata, PageOptions options)
    {
        var template = new Template(Template.Resource, texts);
        var figures = new Figures(document);
        var maps = new MapViews(document, figures, shapes, rasters, texts, geodata, options);
        using var writer = new StreamWriter(path, false, new UTF8Encoding(false), 1 << 14) { NewLine = "\n" };
        template.Render(
            writer, options.Brief ? "brief.html" : "page.html",
            Page(document, figures, shapes, maps, options.Sections, texts, options.Brief));
    }

    private static View Page(
        RunDocument document, Figures figures, IReadOnlyList<ZoneShape> shapes, MapViews maps,
        IReadOnlyList<PageSection> sections, Texts texts, bool brief)
    {
        string script = Template.Resource("script.js");
        string last = document.Periods[^1].Id;
        double most = figures.Subjects.Select(s => figures.Share(s.Id, last, Columns.DegradedOfLand) ?? 0).DefaultIfEmpty().Max();
        View[] subjects = [
            .. figures.Subjects.Select(s => SubjectView.Of(s, document, figures, maps, sections, texts, most, brief))];
        View[] look = LookAgain.Of(document, figures, texts);
        // A group, or the one zone there is, speaks for the page; the first of many zones does not where there is more to say.
        string range = Lead.OfZones(document, figures, texts);
        bool speaks = figures.Subjects is [_] or [{ IsGroup: true }, ..] || (figures.Subjects.Count > 0 && range.Length == 0);
        return new View
        {
            ["language"] = texts.Language,
            ["decimal"] = texts.Numbers.Decimal,
            ["name"] = document.Name,
            ["css"] = new Html(Template.Resource("style.css")),
            ["script"] = new Html(script),
            // The page runs this script and nothing else, and asks nobody for anything, whatever the names in it hold.
            ["script_hash"] = new Html(Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))),
            ["synthetic"] = document.Synthetic,
            ["partial"] = document.Partial,
            ["overview_text"] = texts.Format("report.overview_text", figures.PeriodLabel(document.Periods[^1], texts)),
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
            ["stand_ins"] = document.Notes.Select(texts.StandIn).OfType<string>().Select(n => new View { ["note"] = n })
                .ToArray(),
            ["said"] = figures.Subjects.Count > 0,
            ["first"] = speaks ? figures.Subjects[0].Name : null,
            ["first_lead"] = speaks ? Lead.Brief(figures.Subjects[0], document, figures, texts) : null,
            ["no_total"] = figures.Subjects.Count > 1 && !figures.Subjects.Any(s => s.IsGroup),
            ["range"] = range,
            ["look"] = look,
            ["look_there"] = look.Length > 0,
            ["choropleth"] = ChoroplethView.Of(document, figures, shapes, maps, texts),
            ["explain"] = Explain(document, figures, texts, speaks),
            ["rules"] = document.Rules.Select(r => new View
            {
                ["rule"] = texts.Find("rule." + r.Name) ?? r.Name,
                ["value"] = texts.RuleValue(r.Value),
            }).ToArray(),
            ["notes"] = document.Notes.Select(n => (Text: texts.Note(n), Foreign: texts.IsForeign(n)))
                .Concat(texts.Caveats.Select(n => (Text: n, Foreign: false)))
                .Select(n => new View { ["note"] = n.Text, ["english"] = n.Foreign }).ToArray(),
            ["inputs"] = document.Inputs.Select(i => new View
            {
                ["layer"] = texts.Layer(i.Layer),
                ["file"] = i.File,
                ["bytes"] = i.Bytes is { } bytes ? texts.Numbers.Whole(bytes) : "",
                ["hash"] = i.Sha256 ?? "",
            }).ToArray(),
        };
    }

    /// <summary>
    /// The three figures that bear different names, of whom the page speaks first, else of the zone with the highest share, which
    /// is named above; null in a run of the baseline alone.
    /// </summary>
    private static View? Explain(RunDocument document, Figures figures, Texts texts, bool speaks)
    {
        string first = document.Periods[0].Id, last = document.Periods[^1].Id;
        Subject? subject = speaks ? figures.Subjects[0]
            : figures.Subjects.MaxBy(s => figures.Share(s.Id, last, Columns.DegradedOfLand) ?? -1);
        if (first == last || subject is null)
            return null;
        return new View
        {
            ["of_baseline"] = texts.Numbers.Percent(figures.Share(subject.Id, first, Columns.DegradedOfLand)),
            ["of_period"] = texts.Numbers.Percent(figures.ShareOf(subject.Id, last, "sdg_15_3_1", "degraded")),
            ["of_status"] = texts.Numbers.Percent(figures.Share(subject.Id, last, Columns.DegradedOfLand)),
            ["baseline_label"] = figures.PeriodLabel(document.Periods[0], texts),
            ["period_label"] = figures.PeriodLabel(document.Periods[^1], texts),
            ["explain_text"] = texts.Format("explain.text", subject.Name),
        };
    }
}

/// <summary>What the page takes from beside the document, and how much it shows.</summary>
/// <param name="Polygons">The polygons of each feature of a vector file of the run; none where there is no such file.</param>
/// <param name="Sections">What it says of a zone beyond the indicator.</param>
/// <param name="MostMaps">Zones that have maps of their own.</param>
/// <param name="Brief">Whether it is the short form: one sheet of paper a zone.</param>
internal sealed record PageOptions(
    Func<string, IReadOnlyList<IReadOnlyList<IReadOnlyList<double[]>>>> Polygons, IReadOnlyList<PageSection> Sections,
    int MostMaps = PageOptions.UsualMaps, bool Brief = false)
{
    /// <summary>Zones with maps where nobody asks for more or fewer.</summary>
    public const int UsualMaps = 12;

    /// <summary>Threads that draw maps.</summary>
    public int Threads { get; init; } = 1;
}

using System.Globalization;
using System.Numerics;
using System.Text;
using Ldn.Counting;
using Ldn.Rasters;
using Ldn.Reports;
using Ldn.Reports.Maps;
using Ldn.Reports.Page;
using Ldn.Run;
using Ldn.Tables;

namespace Ldn.Compare;

/// <summary>compare.html: the sentence first, then why, where, and of every zone; needs nothing but itself.</summary>
internal static class ComparePage
{
    private const int MapWidth = 900, MostSentences = 30;

    /// <param name="path">Where it is written.</param>
    /// <param name="found">The comparison.</param>
    /// <param name="raster">Path and period of the raster of what changed in the last pair of periods; null without one.</param>
    /// <param name="texts">The language.</param>
    /// <param name="geodata">Opens the raster.</param>
    public static void Write(string path, Comparison found, (string Path, string Period)? raster, Texts texts, IGeodata geodata)
    {
        var sentences = new Sentences(found, texts);
        string main = Main(found);
        HeadlineChange[] ofMain = [.. found.Changes.Where(c => c.Zone.Id == main)];
        using var writer = new StreamWriter(path, false, new UTF8Encoding(false), 1 << 14) { NewLine = "\n" };
        View[] differences = [.. Differences(found, texts)];
        new Template(Template.Resource, texts).Render(writer, "compare.html", new View
        {
            ["language"] = texts.Language,
            ["css"] = new Html(Template.Resource("style.css") + Template.Resource("compare.css")),
            ["title"] = found.After.Name,
            ["sentence"] = sentences.Of(ofMain[^1]),
            ["before"] = Called(found.Before),
            ["after"] = Called(found.After),
            ["synthetic"] = found.After.Run?.Document.Synthetic ?? false,
            ["missing"] = found.Missing is { } missing ? texts.Format("compare.missing", Plain(missing)) : null,
            ["falls"] = ofMain.Reverse().Select(change => new View
            {
                ["zone_name"] = change.Zone.Name,
                ["period"] = Label(found, change.Pair, texts),
                ["chart"] = Waterfall.Of(change, sentences.Of(change), texts),
            }).ToArray(),
            ["map"] = raster is { } drawn ? Map(found, drawn.Path, drawn.Period, texts, geodata) : null,
            ["parted"] = found.Changes.Any(c => c.Parts.Count > 0),
            ["pairs"] = found.Pairs.Reverse().Select(pair => Table(found, pair, texts)).ToArray(),
            ["sentences"] = found.Changes.Where(c => c.Pair == found.Pairs[^1] && c.Zone.Id != main).Take(MostSentences)
                .Where(c => c.Points is { Numerator.IsZero: false })
                .Select(c => new View { ["text"] = sentences.Of(c) }).ToArray(),
            ["differing"] = found.Differing == 0 ? texts.Format("compare.none_differs", found.Table.Rows.Count)
                : texts.Format("compare.differing", found.Differing, found.Table.Rows.Count),
            ["has_cells"] = found.Cells is not null,
            ["differences"] = differences,
            ["has_differences"] = differences.Length > 0,
            ["notes"] = found.Notes.Select(n => new View { ["note"] = n }).ToArray(),
            ["program"] = "ldn " + Provenance.ProgramVersion,
        });
    }

    /// <summary>The zone that the page begins with: the group, or where there is none the zone, with the most land.</summary>
    private static string Main(Comparison found)
    {
        string last = found.After.Periods[found.Pairs[^1].Final].Id;
        return found.Zones.OrderByDescending(z => z.Kind == "group")
            .ThenByDescending(z => found.After.Figure(z.Id, last, Columns.Land) ?? Area.Zero).First().Id;
    }

    private static string Called(Side side) => side.Program.Length == 0 ? side.Name : $"{side.Name} ({side.Program})";

    /// <summary>A reason without the folders of this machine.</summary>
    private static string Plain(string reason) => string.Join(
        ' ', reason.Split(' ').Select(word => word.StartsWith('/') ? DocumentInput.FileName(word) : word));

    private static string Label(Comparison found, PeriodPair pair, Texts texts)
    {
        string before = PeriodLabel(found.Before.Periods[pair.Before], texts),
        after = PeriodLabel(found.After.Periods[pair.Final], texts);
        return before == after ? after : $"{before} → {after}";
    }

    private static string PeriodLabel(DocumentPeriod period, Texts texts) =>
        period.Label is { } years ? $"{texts.Period(period.Id)} {years}" : texts.Period(period.Id);

    private static View Table(Comparison found, PeriodPair pair, Texts texts)
    {
        HeadlineChange[] changes = [.. found.Changes.Where(c => c.Pair == pair)];
        Factor[] factors = [.. changes.SelectMany(c => c.Parts).Select(p => p.Factor).Distinct().Order()];
        return new View
        {
            ["period"] = Label(found, pair, texts),
            ["factors"] = factors.Select(f => new View { ["factor"] = texts["compare.factor." + f.Name()] }).ToArray(),
            ["rows"] = changes.Select(change => (Change: change, Parts: Sentences.Rounded(change))).Select(row => new View
            {
                ["is_group"] = row.Change.Zone.Kind == "group",
                ["zone_name"] = row.Change.Zone.Name,
                ["share_before"] = texts.Numbers.Percent(row.Change.Before?.ToDouble()),
                ["share_after"] = texts.Numbers.Percent(row.Change.After?.ToDouble()),
                ["points"] = row.Change.Points is null ? "–" : Sentences.Signed(Sentences.Whole(row.Change), texts),
                ["cells"] = factors.Select(factor => new View
                {
                    ["cell"] = Array.FindIndex(row.Parts, p => p.Part.Factor == factor) is >= 0 and int at
                        ? Sentences.Signed(row.Parts[at].Tenths, texts) : "–",
                }).ToArray(),
            }).ToArray(),
        };
    }

    private static View? Map(Comparison found, string path, string period, Texts texts, IGeodata geodata)
    {
        using IRasterSource source = geodata.OpenRaster(path);
        var raster = new RunRaster(Path.GetFileNameWithoutExtension(path), path, period, Factors.Changed, source.Grid, false);
        // A result may have no outlines; the other one has the same zones.
        IReadOnlyList<double[]>[] polygons = ((Side[])[found.After, found.Before]).Select(side => ZoneShapes.Read(
            Path.Combine(side.Run!.Folder, "zones.geojson")).SelectMany(s => s.Polygons).ToArray())
            .FirstOrDefault(p => p.Length > 0) ?? [];
        MapFrame? frame = polygons.Length > 0
            ? MapFrame.Around(polygons, MapWidth, MapWidth)
            : MapFrame.Around(ChangedCells.Ends(raster, geodata), MapWidth, MapWidth);
        if (frame is null)
            return null;
        var painter = new MapPainter(frame, polygons.Length > 0 ? MapShapes.Mask(frame, polygons) : null, raster, geodata);
        (double kilometres, double share) = MapViews.Scale(frame);
        HashSet<string> factors =
            [.. found.Changes.SelectMany(c => c.Parts).Select(p => p.Factor.Name()), "unchanged", "several"];
        RasterClass[] classes = [.. raster.Classes.Where(c => factors.Contains(c.Name))];
        string title = texts["compare.map"];
        DocumentPeriod years = found.After.Periods.First(p => p.Id == period);
        return new View
        {
            ["title"] = texts.Period(period),
            ["years"] = years.Label,
            ["label"] = texts.Format(
                "report.map_of", found.After.Name, $"{title}, {PeriodLabel(years, texts)}",
                string.Join(", ", classes.Select(c => texts["compare.factor." + c.Name]))),
            ["width"] = frame.Width.ToString(CultureInfo.InvariantCulture),
            ["height"] = frame.Height.ToString(CultureInfo.InvariantCulture),
            ["ratio"] = Numbers.Svg((double)frame.Width / frame.Height),
            ["image"] = (Action<TextWriter>)(writer => MapViews.WriteImage(writer, painter.Paint(
                raster, pixels => ChangedCells.Mark(pixels, frame, raster, geodata)))),
            ["outline"] = MapShapes.Path(frame, polygons),
            ["scale"] = texts.Format("report.scale", texts.Numbers.Whole(kilometres)),
            ["scale_width"] = Numbers.Svg(share),
            ["classes"] = classes.Select(
                c => new View { ["class"] = texts["compare.factor." + c.Name], ["color"] = c.Color }).ToArray(),
        };
    }

    /// <summary>Rules with two values, and inputs of other bytes, by layer.</summary>
    private static IEnumerable<View> Differences(Comparison found, Texts texts)
    {
        foreach ((string name, string value) in found.After.Rules)
        {
            string? was = found.Before.Rules.FirstOrDefault(r => r.Name == name).Value;
            if (found.Before.Run is not null && was != value)
                yield return Difference(texts.Find("rule." + name) ?? name, was ?? "–", value);
        }

        if (found.Before.Run is not { } before || found.After.Run is not { } after)
            yield break;
        foreach (string layer in before.Files.Concat(after.Files).Select(f => f.Layer).Where(l => l != "beside").Distinct())
        {
            RecordedFile[] old = [.. before.Files.Where(f => f.Layer == layer)],
            now = [.. after.Files.Where(f => f.Layer == layer)];
            if (!old.Select(Hash).SequenceEqual(now.Select(Hash)))
                yield return Difference(layer, Named(old), Named(now));
        }

        static string Hash(RecordedFile file) => file.Sha256 ?? file.Path;

        static string Named(RecordedFile[] files) => files.Length == 0 ? "–" : string.Join(", ", files.Select(f =>
            DocumentInput.FileName(f.Path) + (f.Sha256 is { } hash ? $" ({hash[..8]})" : "")));

        static View Difference(string what, string was, string now) =>
            new() { ["what"] = what, ["was"] = was, ["is"] = now };
    }
}

/// <summary>
/// A figure before, what each factor adds to it or takes, and the figure after, as inline SVG: positions in per cent of the
/// width, letters of one size.
/// </summary>
internal static class Waterfall
{
    private const int RowHeight = 42, BarHeight = 14;

    /// <param name="change">The figure of a zone and pair of periods.</param>
    /// <param name="spoken">What it says, for those who do not see it.</param>
    /// <param name="texts">The language.</param>
    public static Html Of(HeadlineChange change, string spoken, Texts texts)
    {
        if (change.Before is not { } before || change.After is not { } after)
            return new Html($"<p>{Html.Escape(spoken)}</p>");
        double from = before.ToDouble(), to = after.ToDouble(), at = from;
        var rows = new List<(string Label, string Value, double Start, double End, string? Color)>
        {
            (texts["compare.before"], texts.Numbers.Percent(from), from, from, null),
        };
        (Part Part, BigInteger Tenths)[] parts = Sentences.Rounded(change);
        foreach ((Part part, BigInteger tenths) in parts)
        {
            double end = at + part.Points!.Value;
            rows.Add((
                texts["compare.factor." + part.Factor.Name()], Sentences.Signed(tenths, texts), at, end, part.Factor.Color()));
            at = end;
        }

        if (parts.Length == 0 && from != to)
            rows.Add((texts["compare.points"], Sentences.Points(to - from, texts), from, to, "#7f7f7f"));
        rows.Add((texts["compare.after"], texts.Numbers.Percent(to), to, to, null));
        double low = rows.Min(r => Math.Min(r.Start, r.End)), high = rows.Max(r => Math.Max(r.Start, r.End));
        double pad = Math.Max((high - low) * 0.08, 0.05);
        (low, high) = (Math.Max(0, low - pad), high + pad);
        double X(double share) => (share - low) / (high - low) * 100;
        var svg = new StringBuilder();
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<svg class=\"fall\" role=\"img\" aria-label=\"{Html.Escape(spoken)}\" width=\"100%\" "
                + $"height=\"{rows.Count * RowHeight}\"><title>{Html.Escape(spoken)}</title>");
        for (int i = 0; i < rows.Count; i++)
        {
            (string label, string value, double start, double end, string? color) = rows[i];
            int top = i * RowHeight, bar = top + 20;
            string total = color is null ? " total" : "";
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<text class=\"{total.Trim()}\" x=\"0\" y=\"{top + 14}\">{Html.Escape(label)}</text>"
                    + $"<text class=\"end{total}\" x=\"100%\" y=\"{top + 14}\">{Html.Escape(value)}</text>");
            double left = X(Math.Min(start, end)), width = Math.Abs(X(end) - X(start));
            svg.Append(color is null
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"<rect class=\"total\" x=\"{Numbers.Svg(left)}%\" y=\"{bar}\" width=\"4\" height=\"{BarHeight}\"/>")
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"<rect class=\"part\" x=\"{Numbers.Svg(left)}%\" y=\"{bar}\" width=\"{Numbers.Svg(Math.Max(width, 0.2))}%\" "
                        + $"height=\"{BarHeight}\" fill=\"{color}\"/>"));
            if (i + 1 < rows.Count)
            {
                svg.Append(
                    CultureInfo.InvariantCulture,
                    $"<line class=\"soft\" x1=\"{Numbers.Svg(X(end))}%\" x2=\"{Numbers.Svg(X(end))}%\" y1=\"{bar + BarHeight}\" "
                        + $"y2=\"{bar + RowHeight}\"/>");
            }
        }

        return new Html(svg.Append("</svg>").ToString());
    }
}

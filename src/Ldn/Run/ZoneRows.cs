using System.Security.Cryptography;
using Ldn.Rasters;
using Ldn.Tables;
using Ldn.Zones;

namespace Ldn.Run;

/// <summary>
/// zone_rows.bin: which cells of the run's grid lie in which zones, row by row, as the run found it. No figure of the result, but
/// what spares <c>ldn explain</c> to read, mend and scan-convert all polygons again (or a whole raster of zones) for a single
/// cell: a million vertices take seconds. The file is taken only where it has the SHA-256 that the run recorded of it.
/// </summary>
/// <remarks>
/// Little-endian; numbers 7 bits a byte, the lowest first. A mark, width and height of the grid, column, row, width and height of
/// the rasters on it, layers; of each layer its zones, id and name. Then rows from the first with a span: the first row, how
/// many, and of each row its spans: cells left free since the span before, cells, and the set of zones, numbered as sets are met;
/// a new one is followed by its zones, counted through all layers.
/// </remarks>
internal sealed class ZoneRows
{
    public const string FileName = "zone_rows.bin";

    private const string Mark = "ldn rows of zones 1";

    private readonly (int Width, int Height) _grid;
    private readonly Window _extent;
    private readonly IReadOnlyList<(IReadOnlyList<Zone> Zones, IReadOnlyList<RowSpan[]> Spans)> _layers;

    private ZoneRows(
        (int Width, int Height) grid, Window extent,
        IReadOnlyList<(IReadOnlyList<Zone> Zones, IReadOnlyList<RowSpan[]> Spans)> layers) =>
        (_grid, _extent, _layers) = (grid, extent, layers);

    /// <summary>Layers of zones.</summary>
    public int Layers => _layers.Count;

    /// <summary>The same on the grid of the run's rasters.</summary>
    public ZoneRows OnRasters() => new(
        (_extent.Width, _extent.Height), new Window(0, 0, _extent.Width, _extent.Height),
        [.. _layers.Select(layer => (layer.Zones, (IReadOnlyList<RowSpan[]>)[.. layer.Spans.Select(Moved)]))]);

    /// <summary>
    /// The zones of each layer of a job with their cells; null where they are of another grid or of other layers.
    /// </summary>
    public IReadOnlyList<(IReadOnlyList<Zone> Zones, IReadOnlyList<RowSpan[]> Spans)>? Of(Grid grid, int layers) =>
        _grid == (grid.Width, grid.Height) && _layers.Count == layers ? _layers : null;

    /// <summary>Writes those of a run; nothing where all land is its zone.</summary>
    public static void Write(Func<string, string> place, RunPlan plan)
    {
        if (plan.Job.Zones.Count == 0)
            return;
        using var file = new BinaryWriter(File.Create(place(FileName)));
        SummaryZone[] zones = [.. plan.Zones.Take(plan.ZonesOfLayers.Sum())];
        file.Write(Mark);
        Number(plan.Pass.Grid.Width);
        Number(plan.Pass.Grid.Height);
        Number(plan.Pass.Extent.Column);
        Number(plan.Pass.Extent.Row);
        Number(plan.Pass.Extent.Width);
        Number(plan.Pass.Extent.Height);
        Number(plan.ZonesOfLayers.Count);
        int named = 0;
        foreach (int count in plan.ZonesOfLayers)
        {
            Number(count);
            foreach (SummaryZone zone in zones.AsSpan(named, count))
            {
                file.Write(zone.Id);
                file.Write(zone.Name);
            }

            named += count;
        }

        Window bounds = plan.Pass.Places.Bounds ?? default;
        Number(bounds.Row);
        Number(bounds.Height);
        var sets = new PlaceIndex();
        var spans = new List<PlaceSpan>();
        for (int row = bounds.Row; row < bounds.EndRow; row++)
        {
            // Places that other polygons divide are one where their zones are the same; a set's number tells whether it is new.
            spans.Clear();
            int known = sets.Count, end = 0;
            foreach (PlaceSpan span in plan.Pass.Places.Row(row))
            {
                ReadOnlySpan<int> members = plan.PlaceIndex.Members(span.Place);
                int others = members.BinarySearch(zones.Length), set = sets.Intern(members[..(others < 0 ? ~others : others)]);
                if (set > 0)
                    PlaceSpans.Append(spans, 0, span with { Place = set });
            }

            Number(spans.Count);
            foreach (PlaceSpan span in spans)
            {
                Number(span.Start - end);
                Number(span.End - span.Start);
                Number(span.Place);
                end = span.End;
                if (span.Place < known)
                    continue;
                known = span.Place + 1;
                ReadOnlySpan<int> members = sets.Members(span.Place);
                Number(members.Length);
                foreach (int zone in members)
                    Number(zone);
            }
        }

        void Number(int number) => file.Write7BitEncodedInt(number);
    }

    /// <summary>What a run left; null where it left nothing, or what is there now is another's or damaged.</summary>
    /// <exception cref="LdnException">Exit 75: the file cannot be read for the moment.</exception>
    public static ZoneRows? Read(FinishedRun run)
    {
        string path = Path.Combine(run.Folder, FileName);
        if (!run.Outputs.TryGetValue(FileName, out string? hash) || !File.Exists(path))
            return null;
        byte[] bytes = PlainFile.ReadBytes(path, path, Fault.Run);
        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != hash)
            return null;
        try
        {
            using var file = new BinaryReader(new MemoryStream(bytes));
            return file.ReadString() == Mark ? Parse(file) : null;
        }
        catch (Exception e) when (SystemErrors.IsOfDamagedDocument(e) || e is EndOfStreamException)
        {
            return null;
        }
    }

    private static ZoneRows Parse(BinaryReader file)
    {
        (int Width, int Height) grid = (file.Read7BitEncodedInt(), file.Read7BitEncodedInt());
        var extent = new Window(
            file.Read7BitEncodedInt(), file.Read7BitEncodedInt(), file.Read7BitEncodedInt(), file.Read7BitEncodedInt());
        var zones = new Zone[Count(file)][];
        for (int layer = 0; layer < zones.Length; layer++)
        {
            zones[layer] = new Zone[Count(file)];
            foreach (ref Zone zone in zones[layer].AsSpan())
                zone = new Zone(file.ReadString(), file.ReadString());
        }

        var spans = new List<RowSpan>[zones.Sum(z => z.Length)];
        foreach (ref List<RowSpan> of in spans.AsSpan())
            of = [];
        ReadRows(file, spans);
        int first = 0;
        var layers = new List<(IReadOnlyList<Zone> Zones, IReadOnlyList<RowSpan[]> Spans)>();
        foreach (Zone[] layer in zones)
        {
            layers.Add((layer, [.. spans[first..(first + layer.Length)].Select(s => s.ToArray())]));
            first += layer.Length;
        }

        return new ZoneRows(grid, extent, layers);
    }

    private RowSpan[] Moved(RowSpan[] spans) => [.. spans.Select(
        s => new RowSpan(s.Row - _extent.Row, s.Start - _extent.Column, s.End - _extent.Column))];

    /// <summary>How many follow: each takes a byte at least.</summary>
    private static int Count(BinaryReader file) =>
        file.Read7BitEncodedInt() is var count && count >= 0 && count <= file.BaseStream.Length - file.BaseStream.Position ? count
            : throw new InvalidDataException("more than there is");

    private static void ReadRows(BinaryReader file, List<RowSpan>[] spans)
    {
        var sets = new List<int[]> { Array.Empty<int>() };
        int first = file.Read7BitEncodedInt(), end = first + Count(file);
        for (int row = first; row < end; row++)
        {
            int column = 0;
            for (int left = Count(file); left > 0; left--)
            {
                int start = column + file.Read7BitEncodedInt();
                column = start + file.Read7BitEncodedInt();
                int set = file.Read7BitEncodedInt();
                if (set == sets.Count)
                {
                    sets.Add(new int[Count(file)]);
                    foreach (ref int zone in sets[set].AsSpan())
                        zone = file.Read7BitEncodedInt();
                }

                foreach (int zone in sets[set])
                {
                    // A zone goes on where another begins or ends beside it.
                    if (spans[zone] is [.., var before] && before.Row == row && before.End == start)
                        spans[zone][^1] = before with { End = column };
                    else
                        spans[zone].Add(new RowSpan(row, start, column));
                }
            }
        }
    }
}

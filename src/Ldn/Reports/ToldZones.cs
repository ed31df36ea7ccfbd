using Ldn.Tables;

namespace Ldn.Reports;

/// <summary>
/// The zones that page, workbook and the forms of PRAIS tell of. Of a hundred thousand nobody reads a page or opens a workbook
/// each: the first ones of the run, every group, and everything in the tables beside.
/// </summary>
public sealed class ToldZones
{
    private readonly HashSet<string> _left;

    private ToldZones(int zones, int told, HashSet<string> left) => (Count, Told, _left) = (zones, told, left);

    /// <summary>Zones of the run, groups not counted.</summary>
    public int Count { get; }

    /// <summary>Of them told.</summary>
    public int Told { get; }

    /// <summary>Whether some zone is left out.</summary>
    public bool Cut => _left.Count > 0;

    /// <summary>What the reader has to know where some are left out.</summary>
    public string Note => Fault.ZonesCut.Say(FormattableString.Invariant(
        $"page, workbook and PRAIS forms tell of the first {Told} of {Count} zones and of every group (--report-zones); ")
        + "all zones are in the CSV tables, summary.json and the vector files");

    /// <param name="zones">Id and kind, each once, in the order of the run.</param>
    /// <param name="most">Zones to tell of.</param>
    public static ToldZones Of(IEnumerable<(string Id, string Kind)> zones, int most)
    {
        int count = 0;
        HashSet<string> left = [.. zones.Where(z => z.Kind == "zone" && ++count > most).Select(z => z.Id)];
        return new ToldZones(count, count - left.Count, left);
    }

    /// <inheritdoc cref="Of(IEnumerable{ValueTuple{string, string}}, int)"/>
    public static ToldZones Of(IEnumerable<SummaryZone> zones, int most) => Of(zones.Select(z => (z.Id, z.Kind)), most);

    /// <summary>Whether a zone or group is told of; rows of no zone always are.</summary>
    public bool Has(string? zone) => zone is null || !_left.Contains(zone);

    /// <summary>A table without the rows of zones that are left out.</summary>
    public ResultTable Of(ResultTable table)
    {
        if (!Cut || table.Column(Columns.ZoneId.Name) is not { } id)
            return table;
        var told = new ResultTable(table.Name, table.Title, table.Columns);
        foreach (Row row in table.Walk().Where(r => Has((string?)r[id])))
            told.Add([.. row.Values]);
        return told;
    }
}

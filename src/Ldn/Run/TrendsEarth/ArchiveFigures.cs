using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Subjects;
using Ldn.Tables;

namespace Ldn.Run.TrendsEarth;

/// <summary>What a class list of the archive is of: which cells, and the class of each (trends-earth-package.md §3).</summary>
internal enum ArchiveLayer
{
    /// <summary>The indicator before its polygons; those of sub-indicators are in it, as in the lists of these.</summary>
    IndicatorBefore,

    /// <summary>The indicator after all corrections.</summary>
    Indicator,

    /// <summary>All cells, before the water mask.</summary>
    Productivity,

    /// <summary>Without the cells that are water at first.</summary>
    ProductivityOnLand,

    /// <summary>All cells: what the matrix says, water or not.</summary>
    LandCover,

    /// <summary>All cells, initial water without data.</summary>
    SoilCarbon,

    SoilCarbonOnLand,
}

/// <summary>The areas of the archive by zone of the run, in mm²: exact sums over the joint codes.</summary>
internal sealed class ArchiveFigures
{
    /// <summary>The order of every class list.</summary>
    public static readonly (Condition Condition, string Name)[] Classes =
        [(Condition.Improved, "Improved"), (Condition.Stable, "Stable"), (Condition.Degraded, "Degraded"), (Condition.NoData, "No data")];

    private static readonly int s_layers = Enum.GetValues<ArchiveLayer>().Length;
    private readonly RunStatistics _run;
    private readonly Int128[][,,] _own;
    private readonly Int128[][,,,] _pairs;

    public ArchiveFigures(RunStatistics run)
    {
        _run = run;
        _own = [.. run.Job.Periods.Select(_ => new Int128[run.Zones.Count, s_layers, Classes.Length])];
        _pairs = [.. run.Job.Periods.Select(_ => new Int128[run.Zones.Count, s_layers, Classes.Length, Classes.Length])];
        for (int p = 0; p < run.Job.Periods.Count; p++)
            foreach ((Outcome baseline, Outcome now, TallyRow row) in run.Outcomes(p, run.Tables))
                foreach (int zone in run.ZonesOf(row))
                    Add(p, zone, baseline, now, row.Area.SquareMillimetres);
    }

    /// <summary>Area of a condition by the period's own assessment.</summary>
    public Int128 Own(int period, int zone, ArchiveLayer layer, Condition condition) =>
        _own[period][zone, (int)layer, (int)condition];

    /// <summary>Area of a pair of conditions, the baseline's and the period's.</summary>
    public Int128 Change(int period, int zone, ArchiveLayer layer, Condition before, Condition now) =>
        _pairs[period][zone, (int)layer, (int)before, (int)now];

    /// <summary>Area of a class of the status (method §7).</summary>
    public Int128 Status(int period, int zone, ArchiveLayer layer, Condition condition)
    {
        Int128 sum = 0;
        foreach ((Condition before, _) in Classes)
            foreach ((Condition now, _) in Classes)
                if (StatusLaw.Of(before, now, _run.Job.Rules.Status).ThreeClass() == condition)
                    sum += Change(period, zone, layer, before, now);
        return sum;
    }

    /// <summary>Cover class × cover class × LPD class of a period, all cells, zone by zone. Index 0 is no data.</summary>
    public static Int128[,,,] Covers(RunStatistics run, ArchiveLegend legend, int period, byte[]? lpdClasses)
    {
        var sums = new Int128[run.Zones.Count, legend.Count + 1, legend.Count + 1, 6];
        foreach (TallyRow row in run.Result.Transitions[period].Rows())
        {
            int lpd = lpdClasses is null ? 0 : lpdClasses[Evidence.Productivity(row.Plane(2))];
            foreach (int zone in run.ZonesOf(row))
                sums[zone, legend[row.Plane(0)], legend[row.Plane(1)], lpd] += row.Area.SquareMillimetres;
        }

        return sums;
    }

    /// <summary>Tonnes of carbon by cover class of the same year; null where the run has no such pair.</summary>
    public static double[,]? Stocks(RunStatistics run, ArchiveLegend legend, int year)
    {
        int question = run.Carbon.ToList().FindIndex(c => c.StockYear == year && c.CoverYear == year);
        if (question < 0)
            return null;
        var sums = new Int128[run.Zones.Count, legend.Count + 1];
        foreach (TallyRow row in run.Result.Carbon[question].Rows())
            foreach (int zone in run.ZonesOf(row))
                sums[zone, legend[row.Plane(0)]] += row.Sums.Span[0];
        var tonnes = new double[sums.GetLength(0), sums.GetLength(1)];
        for (int z = 0; z < tonnes.GetLength(0); z++)
            for (int c = 0; c < tonnes.GetLength(1); c++)
                tonnes[z, c] = (double)sums[z, c] * CarbonTables.TonnesPerUnit;
        return tonnes;
    }

    /// <summary>Area of each condition in a zone's part of a correction polygon, before corrections.</summary>
    public static Int128[] InPolygon(RunStatistics run, Correction correction, int zone, ArchiveLayer layer)
    {
        var sums = new Int128[Classes.Length];
        foreach ((_, Outcome outcome, TallyRow row) in run.Outcomes(correction.Periods.Min(), run.Tables, corrected: false))
            if (run.Places.Contains(row.Place, correction.Member) && run.ZonesOf(row).Contains(zone))
                sums[(int)Of(outcome, layer, run.Tables)] += row.Area.SquareMillimetres;
        return sums;
    }

    private static Condition Of(Outcome outcome, ArchiveLayer layer, IndicatorTables tables) => layer switch
    {
        ArchiveLayer.IndicatorBefore => outcome.Water
            ? Condition.NoData
            : tables.Combined(outcome.LandCover, outcome.Productivity, outcome.SoilCarbon),
        ArchiveLayer.Indicator => outcome.Indicator,
        ArchiveLayer.LandCover => outcome.LandCover,
        ArchiveLayer.Productivity or ArchiveLayer.ProductivityOnLand => outcome.Productivity,
        _ => outcome.Water ? Condition.NoData : outcome.SoilCarbon,
    };

    private void Add(int period, int zone, Outcome baseline, Outcome now, Int128 area)
    {
        for (int l = 0; l < s_layers; l++)
        {
            var layer = (ArchiveLayer)l;
            bool onLand = layer is ArchiveLayer.ProductivityOnLand or ArchiveLayer.SoilCarbonOnLand;
            Condition before = Of(baseline, layer, _run.Tables), after = Of(now, layer, _run.Tables);
            if (!(onLand && now.Water))
                _own[period][zone, l, (int)after] += area;
            if (!(onLand && baseline.Water))
                _pairs[period][zone, l, (int)before, (int)after] += area;
        }
    }
}

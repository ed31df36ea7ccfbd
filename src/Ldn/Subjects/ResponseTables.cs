using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>response_hierarchy.csv: how much land calls for which response (method §10).</summary>
public static class ResponseTables
{
    private static readonly Response[] s_order = [Response.Reverse, Response.Reduce, Response.Avoid, Response.NoData];

    public static Column<string> ResponseName { get; } = Column.Text(
        "response", "reverse: degraded; reduce: not degraded, but stressed (LPD 3) or at risk; avoid: the rest; no_data.");

    public static ResultTable Hierarchy(RunStatistics run)
    {
        var table = Columns.Table("response_hierarchy", "Response hierarchy: avoid, reduce, reverse",
        [
            Columns.ZoneId, Columns.ZoneKind, Columns.Period, ResponseName, Columns.Pixels, Columns.TrueArea, Columns.ShareOfLand,
            Columns.Basis,
        ]);
        for (int p = 0; p < run.Job.Periods.Count; p++)
        {
            if (run.Answer(Questions.Response(run.Job.Periods[p].Id)) is not { } answer)
                continue;
            var sums = new Amount[run.Zones.Count, s_order.Length];
            foreach (TallyRow row in answer.Rows)
            {
                if (Of(answer.Question, row.Key, p, run.Job.Rules.Status) is not { } response)
                    continue;
                foreach (int zone in run.ZonesOf(row))
                    sums[zone, (int)response] += RunStatistics.AmountOf(row);
            }

            for (int z = 0; z < run.Zones.Count; z++)
            {
                Amount land = s_order.Aggregate(new Amount(), (sum, r) => sum + sums[z, (int)r]);
                foreach (Response response in s_order)
                {
                    Amount amount = sums[z, (int)response];
                    table.Add(
                    [
                        .. Columns.Of(run.Zones[z]), .. Columns.Of(run.Job, p), ResponseName.Is(response.Name()), .. Columns.Of(amount),
                        Columns.ShareOfLand.Is(amount.ShareOf(land)), Columns.AsReported(p),
                    ]);
                }
            }
        }

        run.SortByZone(table);
        return table;
    }

    /// <summary>The response of a key of the question; null for water.</summary>
    private static Response? Of(StratumQuestion question, ulong key, int period, StatusRule rule)
    {
        var pair = new ConditionPair((byte)question.Code(key, 0));
        return pair.StatusWater ? null : ResponseHierarchy.Of(
            period == 0 ? pair.Baseline : pair.Status(rule).ThreeClass(), (int)question.Code(key, 1), question.Planes.Count > 2 && question.Code(key, 2) != 0);
    }
}

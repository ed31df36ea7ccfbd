using Ldn.Counting;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>
/// Writes <c>neutrality_&lt;period&gt;.tif</c>: each land type in the colour of its verdict in the zone a cell lies in.
/// </summary>
internal static class VerdictRasters
{
    /// <summary>Does nothing where there is no reporting period, or the rasters are not asked for.</summary>
    public static void Write(LandTypes types, LateRasters to)
    {
        Job job = to.Counted.Job;
        if (job.Periods.Count == 1 || !job.Outputs.Rasters.HasFlag(RasterOutputs.Neutrality))
            return;
        var outputs = new List<VerdictOutput>();
        try
        {
            for (int p = 1; p < job.Periods.Count; p++)
            {
                string id = job.Periods[p].Id;
                outputs.Add(new VerdictOutput(
                    p, Verdicts(to.Counted, types, p),
                    to.Create(NeutralityRasters.Verdict, id, $"neutrality of the land type in its zone, {id}")));
            }

            VerdictPass.Run(to.Pass, types.Rasters, IndicatorPass.Units(to.Pass), outputs, to.Threads, to.Cancellation);
            foreach (VerdictOutput output in outputs)
                output.Sink.Complete();
        }
        finally
        {
            foreach (VerdictOutput output in outputs)
                output.Sink.Dispose();
        }
    }

    /// <summary>
    /// The verdict of every place and code that occurs; a cell in several zones takes that of the first in the order of the
    /// tables.
    /// </summary>
    private static Dictionary<(int Place, ulong Code), TypeVerdict> Verdicts(RunStatistics run, LandTypes types, int period)
    {
        var verdicts = new Dictionary<(int Place, ulong Code), TypeVerdict>();
        LandTypeBalances balances = LandTypeBalances.Of(run, types, period)!;
        Answer answer = run.Answer(LandTypesInquiry.Question(run.Job.Periods[period].Id))!;
        foreach (TallyRow row in answer.Rows)
        {
            ulong code = types.Rasters is null ? 0 : answer.Code(row, 1);
            if (types.Of(row.Place, code) is { } type && run.ZonesOf(row) is [int zone, ..])
                verdicts[(row.Place, code)] = balances.Verdict(zone, type) switch
                {
                    NeutralityVerdict.Neutral => TypeVerdict.Neutral,
                    NeutralityVerdict.NotNeutral => TypeVerdict.NotNeutral,
                    _ => TypeVerdict.None,
                };
        }

        return verdicts;
    }
}

using Ldn.SoilCarbon;

namespace Ldn.Jobs;

/// <summary>What the statistical test of soil carbon needs of a job (drought §7), and the years it goes by.</summary>
internal static class SoilTestRules
{
    /// <summary>Whether any land of a job is judged by the test.</summary>
    public static bool AreAsked(Job job) => job.Rules.SocTestLevel is not null
        || (job.Regions?.InUse.Any(r => r.Job.Rules.SocTestLevel is not null) ?? false);

    /// <summary>Years of a period of which there is a stock: of files, or every year of a model.</summary>
    public static IReadOnlyList<int> Years(SoilCarbonInput soil, YearSpan span) =>
        [.. Enumerable.Range(span.First, span.Last - span.First + 1)
            .Where(y => soil.Kind == SoilCarbonKind.Reference || soil.Years.Files.ContainsKey(y))];

    /// <exception cref="LdnException">Exit 2: the test has not what it needs, or what it alone needs is given without
    /// it.</exception>
    public static void Check(Job job)
    {
        if (job.SoilCarbon is not { } soil)
            return;
        if (job.Rules.SocTestLevel is null)
        {
            if (soil.StandardError is not null)
                throw Fault.SoilRule.Error(
                    "soilCarbon.standardError is given, which only the statistical test uses",
                    "add \"rules\": { \"socTest\": \"interval\" } (--soc-test interval), or leave it out");
            return;
        }

        if (job.Periods.Count < 2)
            throw Fault.SoilRule.Error(
                "rules.socTest interval judges reporting periods, and the job has none: the baseline keeps the threshold",
                "add a reporting period, or leave socTest out");
        if (soil.Kind == SoilCarbonKind.Change)
            throw Fault.SoilRule.Error(
                "rules.socTest interval needs stocks, and soil carbon is given as a change in per cent",
                "give soilCarbon of kind stocks with a raster for each year, or leave socTest out");
        if (soil.StandardError is not null)
            return;
        if (soil.Kind == SoilCarbonKind.Reference)
            throw Fault.SoilRule.Error(
                "rules.socTest interval: stocks modelled from land cover do not vary from year to year where cover stays, so "
                    + "their years tell no error",
                "give soilCarbon.standardError, a raster in t C/ha, or leave socTest out");
        IReadOnlyList<int> years = Years(soil, job.Periods[0].SoilCarbon!);
        if (years.Count < SoilTest.FewestYears)
            throw Fault.SoilRule.Error(
                $"rules.socTest interval needs stocks of at least {SoilTest.FewestYears} years of the baseline "
                    + $"{job.Periods[0].SoilCarbon}, and there are {years.Count}",
                "give soilCarbon.years more of them, or soilCarbon.standardError, a raster in t C/ha");
    }
}

using System.Globalization;
using Ldn.Rasters;

namespace Ldn.Jobs.Flags;

/// <summary>Flags of the rules by which cells are judged, and of periods and fills.</summary>
internal static class RuleFlags
{
    public static TextFlag Preset { get; } = new("--preset", "NAME")
    {
        Group = FlagGroup.Rules,
        Doc = "Periods of a reporting cycle; yearly reports every year that has inputs",
        Values = Presets.Names,
        Example = "unccd-2026",
        Field = "preset",
        Lay = (job, preset, _) => job with { Preset = preset, Periods = null },
    };

    public static TextFlag Profile { get; } = new("--profile", "NAME")
    {
        Group = FlagGroup.Rules,
        Doc = "Bundle of rules: the program's own, or those of Trends.Earth",
        Values = ["default", "trends-earth"],
        Default = "default",
        Example = "trends-earth",
        Field = "rules.profile",
        Lay = (job, profile, _) => Rules(job, r => r with { Profile = profile }),
    };

    public static TextFlag Missing { get; } = new("--missing", "POLICY")
    {
        Group = FlagGroup.Rules,
        Doc = "What a cell becomes where one of its sub-indicators has no data",
        More = "strict: no data. precautionary: degraded if any sub-indicator that is there says so, else no data. available: "
            + "judged by those that are there.",
        Values = ["strict", "precautionary", "available"],
        Default = "strict",
        Example = "available",
        Field = "rules.missing",
        Lay = (job, policy, _) => Rules(job, r => r with { Missing = policy }),
    };

    public static TextFlag LpdTable { get; } = new("--lpd-table", "NAME")
    {
        Group = FlagGroup.Rules,
        Doc = "How trend, state and performance become a class of land productivity dynamics",
        Values = ["prais-2026", "gpg-v2", "gpg-v1"],
        Default = "prais-2026",
        Example = "gpg-v2",
        Field = "rules.lpdTable",
        Lay = (job, table, _) => Rules(job, r => r with { LpdTable = table }),
    };

    public static NumberFlag SocThreshold { get; } = new("--soc-threshold", "PERCENT")
    {
        Group = FlagGroup.Rules,
        Doc = "Change of soil carbon beyond which land counts as changed",
        Default = "10",
        Example = "5",
        Field = "rules.socThreshold",
        Lay = (job, threshold, _) => Rules(job, r => r with { SocThreshold = threshold }),
    };

    public static SwitchFlag SocInclusive { get; } = new("--soc-inclusive")
    {
        Group = FlagGroup.Rules,
        Doc = "A change of exactly the threshold counts too",
        Example = "",
        Field = "rules.socInclusive",
        Lay = (job, inclusive, _) => Rules(job, r => r with { SocInclusive = inclusive }),
    };

    public static TextFlag SocTest { get; } = new("--soc-test", "TEST")
    {
        Group = FlagGroup.Rules,
        Doc = "How soil carbon of a reporting period is judged: by the threshold, or by a test against the baseline's yearly "
            + "stocks",
        Values = ["threshold", "interval"],
        Default = "threshold",
        Example = "interval",
        Field = "rules.socTest",
        Lay = (job, test, _) => Rules(job, r => r with { SocTest = test }),
    };

    public static NumberFlag SocLevel { get; } = new("--soc-level", "LEVEL")
    {
        Group = FlagGroup.Rules,
        Doc = "Level of confidence of the test of soil carbon",
        Default = "0.95",
        Example = "0.9",
        Field = "rules.socLevel",
        Lay = (job, level, _) => Rules(job, r => r with { SocLevel = level }),
    };

    public static TextFlag Status { get; } = new("--status", "RULE")
    {
        Group = FlagGroup.Rules,
        Doc = "Rule of the status against the baseline",
        Values = ["addendum-2025", "progress-2022"],
        Default = "addendum-2025",
        Example = "progress-2022",
        Field = "rules.status",
        Lay = (job, rule, _) => Rules(job, r => r with { Status = rule }),
    };

    public static TextFlag Unmapped { get; } = new("--unmapped", "WHAT")
    {
        Group = FlagGroup.Rules,
        Doc = "What values are that stand in no legend",
        Values = ["error", "nodata"],
        Default = "error",
        Example = "nodata",
        Field = "rules.unmapped",
        Lay = (job, what, _) => Rules(job, r => r with { Unmapped = what }),
    };

    public static TextFlag ConditionEncoding { get; } = new("--condition-encoding", "NAME")
    {
        Group = FlagGroup.Rules,
        Doc = "How condition rasters are read, where their values do not tell: byte is 1, 2, 3, signed is -1, 0, 1",
        Values = ["byte", "signed"],
        Example = "byte",
        Field = "rules.conditionEncoding",
        Lay = (job, encoding, _) => Rules(job, r => r with { ConditionEncoding = encoding }),
    };

    public static SeveralFlag Without { get; } = new("--without", "NAME")
    {
        Group = FlagGroup.Rules,
        Doc = "Leave a sub-indicator out on purpose; the result is then labelled partial",
        Values = ["land-cover", "productivity", "soil-carbon"],
        OtherWords = [("soc", "soil-carbon"), ("lpd", "productivity"), ("npp", "productivity"), ("lc", "land-cover")],
        Example = "soil-carbon",
        Field = "without",
        Lay = (job, names, _) => job with { Without = [.. names] },
    };

    public static SeveralFlag NoData { get; } = new("--nodata", "LAYER=V[,V…]")
    {
        Group = FlagGroup.Rules,
        Doc = "Undeclared fill values of a layer: land-cover, productivity, soc or any name of the job",
        Example = "soc=-9999",
        Field = "noData",
        Lay = Fills,
    };

    public static IReadOnlyList<Flag> All { get; } = [
        Preset, Profile, Missing, LpdTable, SocThreshold, SocInclusive, SocTest, SocLevel, Status, Unmapped, ConditionEncoding,
        Without, NoData];

    private static JobConfig Rules(JobConfig job, Func<RulesConfig, RulesConfig> change) =>
        job with { Rules = change(job.Rules ?? new RulesConfig()) };

    private static JobConfig Fills(JobConfig job, IReadOnlyList<string> given, IGiven all)
    {
        var fills = new Dictionary<string, List<double>>(job.NoData ?? []);
        foreach (string item in given)
        {
            if (item.Split('=', 2) is not [{ Length: > 0 } layer, { Length: > 0 } values])
                throw Fault.Usage.Error($"--nodata {item} is not LAYER=VALUE", "for example --nodata soc=-9999");
            // The first and the last land cover of the short form are known by their files.
            string key = layer switch
            {
                "land-cover-initial" => all.Of(InputFlags.LandCoverInitial) is { } first
                    ? DataSetName.Resolved(first, Directory.GetCurrentDirectory())
                    : layer,
                "land-cover-final" => all.Of(InputFlags.LandCoverFinal) is { } last
                    ? DataSetName.Resolved(last, Directory.GetCurrentDirectory())
                    : layer,
                _ => layer,
            };
            fills[key] = [.. fills.GetValueOrDefault(key) ?? [], .. values.Split(',').Select(Number)];
        }

        return job with { NoData = fills };
    }

    private static double Number(string text) => text.ToLowerInvariant() switch
    {
        "inf" or "+inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => number,
        _ => throw Fault.Usage.Error($"--nodata: '{text}' is not a number", "for example --nodata soc=-9999"),
    };
}

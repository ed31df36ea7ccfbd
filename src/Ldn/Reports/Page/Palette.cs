using Ldn.Indicator;
using Ldn.LandCover;

namespace Ldn.Reports.Page;

/// <summary>Colours of the classes by their names in the tables (method §1).</summary>
internal static class Palette
{
    public const string NoData = "#c9ccd1";

    private static readonly Dictionary<string, string> s_colors =
        Enum.GetValues<Condition>().Where(c => c != Condition.NoData).Select(c => (Name: c.Name(), Color: c.Color()))
            .Concat(Enum.GetValues<Status>().Where(s => s != Status.NoData).Select(s => (Name: s.Name(), Color: s.Color())))
            .Concat(UnccdClasses.All.Select(u => (Name: u.Id(), Color: u.Color())))
            .ToDictionary(c => c.Name, c => c.Color);

    /// <summary>Colours of loss, which are hatched as well: without colour they would look like those of gain.</summary>
    private static readonly HashSet<string> s_losses =
    [
        Condition.Degraded.Color(), Status.PersistentDegradation.Color(), Status.RecentDegradation.Color(),
        Status.BaselineDegradation.Color(),
    ];

    public static bool IsLoss(string color) => s_losses.Contains(color);

    public static string Of(string name) => s_colors.GetValueOrDefault(name, NoData);
}

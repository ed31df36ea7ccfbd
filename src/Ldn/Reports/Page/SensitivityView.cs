using Ldn.Counting;

namespace Ldn.Reports.Page;

/// <summary>The reported share under each alternative rule, one rule after the other, with the option in force marked.</summary>
internal static class SensitivityView
{
    public static View[] Of(Subject subject, string period, RunDocument document, Figures figures, Texts texts)
    {
        (string Rule, string Option, double Share, Area Degraded)[] all = [.. figures.Sensitivity(subject.Id, period)];
        double most = all.Select(a => a.Share).DefaultIfEmpty().Max();
        return [.. all.GroupBy(a => a.Rule).Select(rule => new View
        {
            ["rule"] = texts.Find("rule." + rule.Key) ?? rule.Key,
            ["options"] = rule.Select(o => new View
            {
                ["option"] = o.Option,
                ["in_force"] = string.Equals(document.Rule(o.Rule), o.Option, StringComparison.OrdinalIgnoreCase),
                ["bar"] = Charts.Single(
                    o.Share, most, Palette.Of("degraded"),
                    string.Equals(document.Rule(o.Rule), o.Option, StringComparison.OrdinalIgnoreCase)),
                ["share"] = Numbers.Percent(o.Share),
                ["area"] = Numbers.Area(o.Degraded),
            }).ToArray(),
        })];
    }
}

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
            ["options"] = rule.Select((o, i) => (Option: o, InForce: IsInForce(o.Rule, o.Option, i))).Select(s => new View
            {
                ["option"] = texts.RuleValue(s.Option.Option),
                ["in_force"] = s.InForce,
                ["bar"] = Charts.Single(s.Option.Share, most, Palette.Of("degraded"), s.InForce),
                ["share"] = texts.Numbers.Percent(s.Option.Share),
                ["area"] = texts.Numbers.Area(s.Option.Degraded),
            }).ToArray(),
        })];

        // A rule that the document does not tell has the option in force first.
        bool IsInForce(string rule, string option, int place) => document.Rule(rule) is { } inForce
            ? string.Equals(inForce, option, StringComparison.OrdinalIgnoreCase) : place == 0;
    }
}

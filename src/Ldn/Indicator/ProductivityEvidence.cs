using Ldn.Jobs;

namespace Ldn.Indicator;

/// <summary>
/// What productivity evidence means, by kind of input (method §4): the LPD class 1…5, the condition 1…3, or the code of trend, state and
/// performance 1…18 (<see cref="LpdParts"/>). 0 is no data in each.
/// </summary>
public static class ProductivityEvidence
{
    /// <summary>The tables that combine trend, state and performance.</summary>
    public static IEnumerable<string> TableNames => LpdTable.All.Select(t => t.Name);

    /// <summary>Condition of each evidence value, <see cref="Evidence.Limit"/> entries.</summary>
    public static Condition[] Conditions(ProductivityKind kind, string lpdTable)
    {
        var conditions = new Condition[Evidence.Limit];
        ReadOnlySpan<byte> known = kind switch
        {
            ProductivityKind.Lpd => LpdClasses.Conditions,
            ProductivityKind.Condition => [0, 1, 2, 3],
            ProductivityKind.Status => [0, 1, 1, 1, 2, 3, 3, 3],
            _ => LpdTable.ByName(lpdTable).Conditions,
        };
        for (int i = 0; i < known.Length; i++)
            conditions[i] = (Condition)known[i];
        return conditions;
    }

    /// <summary>LPD class 1…5 of each evidence value, 0 for no data; null where the inputs carry no classes.</summary>
    public static byte[]? LpdClass(ProductivityKind kind, string lpdTable) => kind switch
    {
        ProductivityKind.Lpd => [0, 1, 2, 3, 4, 5],
        ProductivityKind.Parts when LpdTable.ByName(lpdTable) is { HasClasses: true } table => table.Classes.ToArray(),
        _ => null,
    };
}

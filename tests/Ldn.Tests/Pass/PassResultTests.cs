using System.Collections;
using System.Reflection;
using Ldn.Counting;
using Ldn.Pass;

namespace Ldn.Tests.Pass;

internal sealed class PassResultTests
{
    /// <summary>A tally that the list leaves out would be lost in every merge, silently.</summary>
    [Test]
    public void TheListNamesEveryTallyOnce()
    {
        using var world = new WorldRun(new WorldOptions(1));
        PassResult result = PassResult.Empty(world.Plan.Pass);
        var held = new HashSet<Tally>();
        foreach (PropertyInfo property in typeof(PassResult).GetProperties().Where(p => p.Name != nameof(PassResult.Tallies)))
            held.UnionWith(TalliesIn(property.GetValue(result)));
        (string Question, Tally Tally)[] listed = [.. result.Tallies];
        Assert.That(held, Has.Count.GreaterThan(4));
        Assert.That(listed.Select(l => l.Tally), Is.EquivalentTo(held));
        Assert.That(listed.Select(l => l.Question), Is.Unique);
    }

    private static IEnumerable<Tally> TalliesIn(object? value) => value switch
    {
        Tally tally => [tally],
        IEnumerable items and not string => items.Cast<object?>().SelectMany(TalliesIn),
        _ => [],
    };
}

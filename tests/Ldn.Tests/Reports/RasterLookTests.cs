using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Reports;
using Ldn.Reports.Maps;
using Ldn.Run;

namespace Ldn.Tests.Reports;

internal sealed class RasterLookTests
{
    private static readonly RampStop[] s_ramp = [new(-10, "#000000"), new(0, "#646464"), new(100, "#c86464")];

    private static IEnumerable<RasterKind> Kinds => RunOutputs.Kinds;

    [TestCaseSource(nameof(Kinds))]
    public void KindHasClassesOrARamp(RasterKind kind)
    {
        foreach (bool signed in new[] { false, true })
        {
            RasterLook look = kind.LookOf(signed);
            Assert.That(look.Classes.Count == 0, Is.Not.EqualTo(look.Ramp.Count == 0));
            Assert.That(look.Ramp.Select(s => s.Value), Is.Ordered.Ascending.And.Unique);
            Assert.That(look.Classes.Select(c => c.Value), Is.Ordered.Ascending.And.Unique);
            foreach (string color in look.Classes.Select(c => c.Color).Concat(look.Ramp.Select(s => s.Color)))
                Assert.That(color, Does.Match("^#[0-9A-Fa-f]{6}$"));
            foreach (string language in Texts.Languages)
                Assert.That(
                    look.Classes.Select(c => c.Name)
                        .Where(name => Texts.Load(language).KnownClass(name) is null && !int.TryParse(name, out _)), Is.Empty,
                    language);
        }
    }

    [Test]
    public void PaletteRunsThroughTheStops()
    {
        IReadOnlyList<string> palette = ValueView.Palette(s_ramp);
        Assert.That(palette, Has.Count.EqualTo(15));
        Assert.That((palette[0], palette[7], palette[14]), Is.EqualTo(("#000000", "#646464", "#c86464")));

        // Two sevenths of the way from black to the grey of 100: 28.57.
        Assert.That(palette[2], Is.EqualTo("#1d1d1d"));
        Assert.That(palette[9], Is.EqualTo("#816464"));
    }

    [TestCase(float.NaN, 0)]
    [TestCase(float.NegativeInfinity, 1)]
    [TestCase(-10, 1)]
    [TestCase(-5.1f, 4)]
    [TestCase(0, 8)]
    [TestCase(51, 12)]
    [TestCase(100, 15)]
    [TestCase(1e30f, 15)]
    public void ValueTakesTheNearestColour(float value, int expected) =>
        Assert.That(ValueView.Match([value], s_ramp)[0], Is.EqualTo(expected));
}

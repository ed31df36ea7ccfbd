using Ldn.Lanes;

namespace Ldn.Tests.Lanes;

internal sealed class SimdTests
{
    /// <summary>The levels this process can run, scalar first.</summary>
    public static IEnumerable<SimdLevel> Available => Enum.GetValues<SimdLevel>().Where(level => level <= Simd.Widest);

    /// <summary>
    /// The runtime ignores a misspelt switch in silence, so that whoever asks for a level names what must come of it.
    /// </summary>
    [Test]
    public void TheLevelThatRunsIsTheOneExpected()
    {
        string? expected = Environment.GetEnvironmentVariable("LDN_EXPECTED_SIMD");
        if (string.IsNullOrEmpty(expected))
            Assert.Ignore($"LDN_EXPECTED_SIMD is not set; this process runs {Simd.Widest}");
        Assert.That(Simd.Widest.ToString().ToLowerInvariant(), Is.EqualTo(expected));
    }
}

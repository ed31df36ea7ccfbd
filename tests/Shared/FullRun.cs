namespace Ldn.Tests;

/// <summary>Whether everything is asked for (<c>./test.sh --full</c>), not a sample.</summary>
internal static class FullRun
{
    public static bool Asked { get; } = Environment.GetEnvironmentVariable("LDN_TEST_FULL") == "1";

    /// <summary>Skips a test that is too long for every check.</summary>
    /// <param name="why">What it takes or waits for, and where every check looks instead.</param>
    public static void Only(string why)
    {
        if (!Asked)
            Assert.Ignore($"{why}; LDN_TEST_FULL=1 runs it");
    }
}

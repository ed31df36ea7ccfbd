namespace Ldn.Tests;

/// <summary>Where the repository and, beside it, the real test data lie.</summary>
internal static class TestData
{
    /// <summary>The repository's root: the nearest folder above the tests that holds Ldn.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A file of the real data set; the test is skipped, saying so, where the set is not there.</summary>
    public static string Real(string relative)
    {
        string path = Path.GetFullPath(Path.Combine(Root, "..", "shared", "data", relative));
        if (!Path.Exists(path))
            Assert.Ignore($"real test data is not here: ../shared/data/{relative}");
        return path;
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Ldn.sln")))
                return folder.FullName;
        throw new InvalidOperationException("no Ldn.sln above the tests");
    }
}

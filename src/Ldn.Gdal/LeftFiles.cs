namespace Ldn.Gdal;

/// <summary>What a writer leaves when it gives up, or needs no longer.</summary>
internal static class LeftFiles
{
    /// <summary>Removing is best effort: the error that led here matters more than a file left behind.</summary>
    public static void Remove(params ReadOnlySpan<string> paths)
    {
        foreach (string path in paths)
        {
            try
            {
                File.Delete(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
            }
        }
    }
}

using System.Text;

namespace Ldn;

/// <summary>
/// Single files that somebody waits for: written beside their place, forced to the disk and renamed, so that whoever looks, on
/// another machine too, sees all of it, or what lay there before.
/// </summary>
internal static class WholeFile
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">Its name; a link of that name is replaced, never followed.</param>
    /// <param name="write">Writes its bytes.</param>
    /// <param name="overwrite">Whether one that is there by then is replaced.</param>
    /// <exception cref="LdnException">Exit 2: it cannot be written there; 75: the disk is full or fails. Nothing of it is
    /// left.</exception>
    public static void Write(string path, Action<Stream> write, bool overwrite = true)
    {
        string beside = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            // Whatever lies there is a killed run's, or a trap: it is removed, and never written through.
            File.Delete(beside);
            using (var stream = new FileStream(beside, FileMode.CreateNew, FileAccess.Write))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            // A move that replaces nothing is a second name and the end of the first: half of it may fail.
            if (!overwrite && FileFacts.Of(path, throughLinks: false).Kind != FileKind.Missing)
                throw new IOException("there is a file of that name");
            File.Move(beside, path, overwrite: true);
        }
        catch (Exception e)
        {
            TryDelete(beside);
            if (e is IOException or UnauthorizedAccessException)
                throw SystemErrors.Writing(path, e);
            throw;
        }
    }

    /// <summary>Writes a text as UTF-8.</summary>
    /// <inheritdoc cref="Write(string, Action{Stream}, bool)"/>
    public static void Write(string path, string text, bool overwrite = true) =>
        Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)), overwrite);

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Why the file could not be written is what counts; the next one removes this.
        }
    }
}

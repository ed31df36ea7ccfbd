using System.Text;

namespace Ldn;

/// <summary>
/// Single files that somebody waits for: written beside their place, forced to the disk and renamed, so that whoever looks, on
/// another machine too, sees all of it, or what lay there before.
/// </summary>
public static class WholeFile
{
    /// <summary>Writes a file, over one that is there.</summary>
    /// <param name="path">Its name; a link of that name is replaced, never followed.</param>
    /// <param name="write">Writes its bytes.</param>
    /// <exception cref="LdnException">Exit 2: it cannot be written there; 75: the disk is full or fails. Nothing of it is
    /// left.</exception>
    public static void Write(string path, Action<Stream> write)
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

            File.Move(beside, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TryDelete(beside);
            throw SystemErrors.Writing(path, e);
        }
    }

    /// <summary>Writes a text as UTF-8.</summary>
    /// <inheritdoc cref="Write(string, Action{Stream})"/>
    public static void Write(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

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

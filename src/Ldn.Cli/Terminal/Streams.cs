using System.Runtime.InteropServices;
using System.Text;

namespace Ldn.Cli.Terminal;

/// <summary>
/// Standard output and error, made safe: lines are <see cref="Printable"/>; a standard error that is closed, full or gone with
/// its terminal is written to no more, for it must not take the exit code with it.
/// </summary>
internal static partial class Streams
{
    private const int Output = 1, Error = 2, DescriptorFlags = 1, StatusFlags = 3, AccessMode = 3, ReadOnly = 0, ReadAndWrite = 2;

    /// <summary>TIOCGWINSZ: rows and columns, 16 bits each.</summary>
    private const nuint WindowSize = 0x5413;

    /// <summary>
    /// To be called before anything is opened: a file that took the place of a closed stream would be written into.
    /// </summary>
    public static void Prepare()
    {
        bool output = true, error = true;
        if (!OperatingSystem.IsWindows())
        {
            FillGaps();
            // The runtime may have opened a file of its own in the place of a closed stream: nobody gives a stream to write to
            // that can only be read.
            output = !IsReadOnly(Output);
            error = !IsReadOnly(Error);
        }

        Console.SetOut(new Writer(output ? Plain(Output, Console.IsOutputRedirected) : TextWriter.Null, mayFail: true));
        Console.SetError(error ? new Writer(Plain(Error, Console.IsErrorRedirected), mayFail: false) : TextWriter.Null);
    }

    /// <summary>Columns of the terminal behind a stream; null where there is none or it does not tell.</summary>
    /// <param name="output">Standard output, else standard error.</param>
    public static int? Columns(bool output)
    {
        if (output ? Console.IsOutputRedirected : Console.IsErrorRedirected)
            return null;
        if (OperatingSystem.IsLinux())
            return Ask(output ? Output : Error, WindowSize, out ulong size) == 0
                && (ushort)(size >> 16) is > 0 and var wide ? wide : null;
        return Console.WindowWidth is > 0 and var width ? width : null;
    }

    /// <summary>
    /// A stream as text. Before it writes to a terminal, the console's own stream sends it codes for the mode of its keys, which
    /// a program that only prints has no use for; elsewhere that stream is the right one, for it keeps no place of its own in
    /// files.
    /// </summary>
    private static StreamWriter Plain(int descriptor, bool redirected)
    {
        Stream stream = !redirected && OperatingSystem.IsLinux()
            ? new TerminalStream(descriptor)
            : descriptor == Output ? Console.OpenStandardOutput() : Console.OpenStandardError();
        Encoding encoding = Console.OutputEncoding;
        return new StreamWriter(stream, encoding is UTF8Encoding ? new UTF8Encoding(false) : encoding) { AutoFlush = true };
    }

    /// <summary>Standard output for a result of many bytes.</summary>
    /// <exception cref="LdnException">While writing, exit 75: it is closed or full.</exception>
    public static Stream OpenOutput() => new OutputStream(Console.OpenStandardOutput());

    private static LdnException Unwritten(Exception cause) => Fault.Temporary.Error(
        $"standard output cannot be written: {cause.Message}",
            "give the program an output that takes what it prints; files of a result are complete", cause);

    private static void FillGaps()
    {
        for (int stream = 0; stream <= Error; stream++)
            if (Control(stream, DescriptorFlags) < 0 && Open("/dev/null", ReadAndWrite) < 0)
                return;
    }

    private static bool IsReadOnly(int stream) => Control(stream, StatusFlags) is >= 0 and var flags
        && (flags & AccessMode) == ReadOnly;

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(int stream, int command);

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int Ask(int stream, nuint what, out ulong answer);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Send(int stream, ReadOnlySpan<byte> bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    private sealed class Writer(TextWriter inner, bool mayFail) : TextWriter
    {
        private readonly Lock _gate = new();
        private bool _gone;

        public override Encoding Encoding => inner.Encoding;

        public override void Write(char value) => Try(() => inner.Write(value));

        public override void Write(string? value) => Try(() => inner.Write(value));

        public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

        public override void WriteLine() => Try(inner.WriteLine);

        public override void WriteLine(string? value) => Try(() => inner.WriteLine(Printable.Of(value ?? "")));

        public override void WriteLine(object? value) => WriteLine(value?.ToString());

        public override void Flush() => Try(inner.Flush);

        private void Try(Action action)
        {
            lock (_gate)
            {
                if (_gone)
                    return;
                try
                {
                    action();
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
                {
                    _gone = true;
                    if (mayFail)
                        throw Unwritten(e);
                }
            }
        }
    }

    /// <summary>A stream that can do nothing but take bytes.</summary>
    private abstract class TakingStream : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }

    /// <summary>A terminal, written to as it is; where it takes nothing for the moment, or a signal comes, again.</summary>
    private sealed class TerminalStream(int descriptor) : TakingStream
    {
        private const int Interrupted = 4, Again = 11, Pause = 5;

        public override void Flush()
        {
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            ReadOnlySpan<byte> rest = buffer.AsSpan(offset, count);
            while (rest.Length > 0)
            {
                nint written = Send(descriptor, rest, (nuint)rest.Length);
                int error = written < 0 ? Marshal.GetLastPInvokeError() : 0;
                if (error == Again)
                    Thread.Sleep(Pause);
                else if (error is not (0 or Interrupted))
                    throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
                rest = rest[(int)Math.Max(0, written)..];
            }
        }
    }

    private sealed class OutputStream(Stream inner) : TakingStream
    {
        public override void Flush() => Try(inner.Flush);

        public override void Write(byte[] buffer, int offset, int count) => Try(() => inner.Write(buffer, offset, count));

        private static void Try(Action action)
        {
            try
            {
                action();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw Unwritten(e);
            }
        }
    }
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ldn.Cli.Tests.Cluster;

/// <summary>What a server does to a request.</summary>
internal enum Mishap
{
    None,

    /// <summary>503 instead of an answer.</summary>
    Unavailable,

    /// <summary>Half of what was promised, then the connection ends.</summary>
    Cut,

    /// <summary>The head of an answer and nothing after it.</summary>
    Stall,

    /// <summary>All of the file, whatever range was asked for.</summary>
    Whole,
}

/// <summary>
/// A folder over HTTP on the loopback, with ranges; every so many requests it does something else. Remembers what was asked for.
/// </summary>
internal sealed class RangeServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly string _folder;
    private readonly Mishap _mishap;
    private readonly int _every;
    private readonly CancellationTokenSource _end = new();
    private readonly List<(string File, long From, long To)> _ranges = [];
    private readonly Task _serving;
    private int _requests;

    public RangeServer(string folder, Mishap mishap = Mishap.None, int every = 1)
    {
        (_folder, _mishap, _every) = (folder, mishap, every);
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Url = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        }

        _listener.Prefixes.Add(Url);
        _listener.Start();
        _serving = Task.Run(Serve);
    }

    public string Url { get; }

    public int Mishaps { get; private set; }

    /// <summary>Ranges sent since the last call: file, first byte, end.</summary>
    public IReadOnlyList<(string File, long From, long To)> TakeRanges()
    {
        lock (_ranges)
        {
            (string, long, long)[] taken = [.. _ranges];
            _ranges.Clear();
            return taken;
        }
    }

    public void Dispose()
    {
        _end.Cancel();
        _listener.Stop();
        _serving.Wait();
        _listener.Close();
        _end.Dispose();
    }

    private void Serve()
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = _listener.GetContext();
                _ = Task.Run(() => Answer(context));
            }
        }
        catch (Exception e) when (e is HttpListenerException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private void Answer(HttpListenerContext context)
    {
        try
        {
            bool strange = _mishap != Mishap.None && Interlocked.Increment(ref _requests) % _every == 0;
            if (strange)
                Mishaps++;
            Send(context, strange ? _mishap : Mishap.None);
        }
        catch (Exception e) when (e is HttpListenerException or IOException or InvalidOperationException)
        {
            // The client has gone.
        }
    }

    /// <summary>
    /// What a bucket of S3 (path style) answers to a question for its objects: a folder of the server is one.
    /// </summary>
    private static string Listing(string bucket, string prefix) =>
        $"""<?xml version="1.0"?><ListBucketResult><Name>{Path.GetFileName(bucket)}</Name><Prefix>{prefix}</Prefix>"""
        + "<Delimiter>/</Delimiter><IsTruncated>false</IsTruncated>"
        + string.Concat(Directory.GetFiles(bucket).Select(f => new FileInfo(f))
            .Where(f => f.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(f =>
                $"<Contents><Key>{f.Name}</Key><LastModified>{f.LastWriteTimeUtc:yyyy-MM-ddTHH:mm:ss.000Z}</LastModified>"
                + $"<Size>{f.Length}</Size></Contents>")) + "</ListBucketResult>";

    private void Send(HttpListenerContext context, Mishap mishap)
    {
        string name = context.Request.Url!.AbsolutePath.TrimStart('/'), path = Path.Combine(_folder, name);
        using HttpListenerResponse response = context.Response;
        if (mishap == Mishap.None && name.Length > 0 && Directory.Exists(path))
        {
            response.ContentType = "application/xml";
            response.OutputStream.Write(Encoding.UTF8.GetBytes(Listing(path, context.Request.QueryString["prefix"] ?? "")));
            return;
        }

        if (mishap == Mishap.Unavailable || !File.Exists(path))
        {
            response.StatusCode = mishap == Mishap.Unavailable ? 503 : 404;
            return;
        }

        byte[] bytes = File.ReadAllBytes(path);
        (int from, int to) = (0, bytes.Length);
        if (mishap != Mishap.Whole && context.Request.Headers["Range"] is { } range)
        {
            string[] ends = range["bytes=".Length..].Split('-');
            from = int.Parse(ends[0], CultureInfo.InvariantCulture);
            to = ends[1].Length == 0
                ? bytes.Length
                : Math.Min(bytes.Length, int.Parse(ends[1], CultureInfo.InvariantCulture) + 1);
            response.StatusCode = 206;
            response.Headers["Content-Range"] = $"bytes {from}-{to - 1}/{bytes.Length}";
        }

        response.Headers["Accept-Ranges"] = "bytes";
        response.Headers["Last-Modified"] = File.GetLastWriteTimeUtc(path).ToString("R", CultureInfo.InvariantCulture);
        response.ContentLength64 = to - from;
        if (context.Request.HttpMethod == "HEAD")
            return;
        lock (_ranges)
            _ranges.Add((name, from, to));
        if (mishap is Mishap.None or Mishap.Whole)
        {
            response.OutputStream.Write(bytes, from, to - from);
            return;
        }

        response.OutputStream.Write(bytes, from, mishap == Mishap.Cut ? (to - from) / 2 : 0);
        response.OutputStream.Flush();
        if (mishap == Mishap.Stall)
            _end.Token.WaitHandle.WaitOne(TimeSpan.FromMinutes(1));
        response.Abort();
    }
}

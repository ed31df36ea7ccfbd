using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Ldn.Gdal.Interop;
using Ldn.Rasters;

namespace Ldn.Gdal;

/// <summary>Files behind a network: how long they are waited for, and what their server says of them.</summary>
internal static unsafe partial class RemoteFiles
{
    /// <summary>
    /// What holds where the user has set nothing: failures for the moment are tried again after 1, 2, 4 and 8 seconds, and a
    /// server that sends nothing for a minute has failed. GDAL's own defaults are no second try and no end of waiting.
    /// </summary>
    private static readonly (string Option, string Value)[] s_defaults =
    [
        (MostTries, "4"), (FirstWait, "1"), ("GDAL_HTTP_CONNECTTIMEOUT", "30"), ("GDAL_HTTP_LOW_SPEED_TIME", "60"),
        ("GDAL_HTTP_LOW_SPEED_LIMIT", "1"),
    ];

    private const string MostTries = "GDAL_HTTP_MAX_RETRY", FirstWait = "GDAL_HTTP_RETRY_DELAY", Size = "Content-Length",
    Changed = "Last-Modified";

    private static readonly string[] s_beside = [".msk", ".aux.xml"];

    private static readonly string[] s_versionHeaders = [Size, "ETag", Changed];

    /// <summary>What servers said of files that are expected, until it is asked for.</summary>
    private static readonly ConcurrentDictionary<string, RemoteFile> s_told = [];

    public static void SetDefaults()
    {
        foreach ((string option, string value) in s_defaults)
            if (GdalApi.CPLGetConfigOption(option, null) == 0)
                GdalApi.CPLSetConfigOption(option, value);
    }

    /// <summary>
    /// Does something with what may be a remote file, and again where an answer broke off midway: GDAL asks again after a
    /// server's error, but takes half an answer for a damaged file.
    /// </summary>
    /// <param name="name">The file; nothing is done twice with one of this machine.</param>
    /// <param name="again">Forgets what came of the try before.</param>
    public static T Insist<T>(string name, Func<T> action, Action? again = null)
    {
        for (int tries = 0; ; tries++)
        {
            try
            {
                return action();
            }
            catch (LdnException e) when (GdalFailure.IsBrokenOff(e) && tries < (int)Number(MostTries))
            {
                Thread.Sleep(TimeSpan.FromSeconds(Number(FirstWait) * (1 << Math.Min(tries, 6))));
                Forget(AddressOf(name) ?? name);
                again?.Invoke();
            }
        }
    }

    /// <summary>See <see cref="IGeodata.Remote"/>.</summary>
    public static RemoteFile? Describe(string name)
    {
        if (AddressOf(name) is not { } address)
            return null;
        GdalLibrary.EnsureReady();
        return s_told.TryRemove(address, out RemoteFile? told) ? told : Insist(address, () => Ask(address));
    }

    /// <summary>
    /// See <see cref="IGeodata.Expect"/>, of files that are kept (<see cref="RemoteBlocks.IsKept"/>): their servers are asked for
    /// the version of each before anything of it is read, then the first bytes are brought near, and its family.
    /// </summary>
    public static void Expect(IEnumerable<string> names)
    {
        string[] files = [.. names.Distinct()];
        if (files.Length == 0 || LocalFiles.IsEnforced)
            return;
        GdalLibrary.EnsureReady();
        FewAtOnce.Select(files, name => Datasets.Unlisted(name, () =>
        {
            try
            {
                s_told[name] = Insist(name, () => Ask(name));
                return FirstBytes(name) && Family(name).Count > 0;
            }
            catch (LdnException)
            {
                s_told.TryRemove(name, out _);
                return false;
            }
        }));
    }

    private static bool FirstBytes(string name)
    {
        using ErrorScope errors = ErrorScope.Open();
        byte first;
        nint file = GdalApi.VSIFOpenL(name, "rb");
        bool came = file != 0 && GdalApi.VSIFReadL((nint)(&first), 1, 1, file) == 1;
        if (file != 0)
            _ = GdalApi.VSIFCloseL(file);
        if (!came)
            Forget(name);
        return came;
    }

    /// <summary>
    /// The names, without folders, of a remote file and of those beside it that say which of its cells hold data and what they
    /// mean. GDAL is told of them, as it lists no remote folder and looks for no file one by one that hardly ever is there. None
    /// where the name ends in what is no path.
    /// </summary>
    /// <exception cref="LdnException">Exit 75: the server does not say whether one is there.</exception>
    public static IReadOnlyList<string> Family(string name)
    {
        if (!RemoteBlocks.IsKept(name) || name.Contains('?'))
            return [];
        string own = name[(name.LastIndexOf('/') + 1)..];
        return [own, .. s_beside.Where(ending => IsThere(name + ending)).Select(ending => own + ending)];
    }

    private static bool IsThere(string file)
    {
        const int exists = 1, room = 512;
        Span<byte> stat = stackalloc byte[room];
        using ErrorScope errors = ErrorScope.Open();
        if (GdalApi.VSIStatExL(file, stat, exists) == 0)
            return true;
        foreach (GdalMessage message in errors.Messages)
        {
            if (Answer().Match(message.Text) is { Success: true } answer
                && int.Parse(answer.Groups[1].ValueSpan, CultureInfo.InvariantCulture) is 0 or 408 or 425 or 429 or >= 500)
            {
                Forget(file);
                throw GdalFailure.BrokenOff($"{file}: the server does not say whether it is there: {message.Text}");
            }
        }

        return false;
    }

    /// <summary>See <see cref="IGeodata.OpenRemote"/>.</summary>
    public static Stream Open(string name)
    {
        string address = AddressOf(name) ?? throw new ArgumentException($"{name} is not remote", nameof(name));
        GdalLibrary.EnsureReady();
        Forget(address);
        return Insist(address, () => new RemoteStream(address));
    }

    /// <summary>
    /// GDAL's name of the remote file itself behind the name of a data set: without the archive member or sub-dataset that is
    /// asked for in it; null for a file of this machine.
    /// </summary>
    internal static string? AddressOf(string name)
    {
        if (!GdalFailure.IsRemote(name))
            return null;
        Match quoted = Quoted().Match(name), archive = Archive().Match(name);
        string address = quoted.Success ? quoted.Groups[1].Value : archive.Success ? archive.Groups[1].Value : name;
        return address.StartsWith("/vsi", StringComparison.Ordinal) ? address : null;
    }

    /// <summary>What is remembered of a file would be no news.</summary>
    internal static void Forget(string address) => GdalApi.VSICurlPartialClearCache(address);

    private static RemoteFile Ask(string address)
    {
        using ErrorScope errors = ErrorScope.Open();
        Forget(address);
        byte** list = GdalApi.VSIGetFileMetadata(address, "HEADERS", null);
        List<string> headers = StringList.Copy(list);
        GdalApi.CSLDestroy(list);
        if (errors.Failed)
            throw GdalFailure.Reading(address, "the server does not tell its version", errors);
        string? Line(string wanted) => headers.Find(
            h => h.StartsWith(wanted + "=", StringComparison.OrdinalIgnoreCase)
                || h.StartsWith(wanted + ":", StringComparison.OrdinalIgnoreCase));
        string version = string.Join("; ", s_versionHeaders.Select(Line).OfType<string>());
        long? bytes = long.TryParse(
            Line(Size)?[(Size.Length + 1)..], NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out long size)
            ? size
            : null;
        string? modified = DateTime.TryParse(
            Line(Changed)?[(Changed.Length + 1)..], CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out DateTime time)
            ? time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) : null;
        return new RemoteFile(version, bytes, modified);
    }

    private static double Number(string option) =>
        double.TryParse(GdalApi.Text(GdalApi.CPLGetConfigOption(option, "0")), CultureInfo.InvariantCulture, out double value)
            && value >= 0 ? value : 0;

    /// <summary>HTTP response code on http://…: 503, a warning of GDAL's; 0 where there was no answer.</summary>
    [GeneratedRegex(@"HTTP response code on .*: (\d{1,3})$", RegexOptions.CultureInvariant)]
    private static partial Regex Answer();

    /// <summary>NETCDF:"/vsicurl/…":variable.</summary>
    [GeneratedRegex("\"(/vsi[^\"]+)\"", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();

    /// <summary>/vsizip//vsicurl/….zip/member, with or without braces about the archive.</summary>
    [GeneratedRegex(@"^(?:/vsi(?:zip|tar|gzip|7z|rar)/\{?)+(/vsi.*?\.(?:zip|kmz|tar|tgz|tar\.gz|gz|7z|rar))(?:\}|/|$)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Archive();
}

/// <summary>
/// A remote file read from its first byte to its last. A read that breaks off is tried again; short of the file's size is an
/// error, never an end.
/// </summary>
internal sealed unsafe class RemoteStream : Stream
{
    private readonly string _address;
    private readonly nint _file;
    private long _position;

    /// <exception cref="LdnException">Exit 75: the server fails for the moment; exit 3: it refuses.</exception>
    public RemoteStream(string address)
    {
        _address = address;
        using ErrorScope errors = ErrorScope.Open();
        _file = GdalApi.VSIFOpenL(address, "rb");
        if (_file == 0)
            throw GdalFailure.Reading(address, "cannot be opened", errors);
        _ = GdalApi.VSIFSeekL(_file, 0, SeekToEnd);
        Length = (long)GdalApi.VSIFTellL(_file);
    }

    private const int SeekFromStart = 0, SeekToEnd = 2;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int wanted = (int)Math.Min(buffer.Length, Length - _position);
        if (wanted == 0)
            return 0;
        fixed (byte* to = buffer)
        {
            nint target = (nint)to;
            RemoteFiles.Insist(_address, () => Fill(target, wanted));
        }

        _position += wanted;
        return wanted;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _ = GdalApi.VSIFCloseL(_file);
        base.Dispose(disposing);
    }

    private bool Fill(nint target, int wanted)
    {
        using ErrorScope errors = ErrorScope.Open();
        _ = GdalApi.VSIFSeekL(_file, (ulong)_position, SeekFromStart);
        nuint read = GdalApi.VSIFReadL(target, 1, (nuint)wanted, _file);
        return (int)read == wanted ? true
            : throw GdalFailure.BrokenOff($"{_address}: {read} of {wanted} bytes came at {_position}");
    }
}

using Ldn.Gdal.Interop;

namespace Ldn.Gdal;

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

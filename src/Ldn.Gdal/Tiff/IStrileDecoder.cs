namespace Ldn.Gdal.Tiff;

/// <summary>
/// Undoes one compression scheme of TIFF. Keeps scratch memory between calls: one for each source. Not thread-safe.
/// </summary>
internal interface IStrileDecoder : IDisposable
{
    /// <summary>
    /// Decodes a strile whose size is known. False where anything is amiss, with the target in any state: what a doubtful stream
    /// means is GDAL's to say.
    /// </summary>
    /// <param name="source">The stored bytes, perhaps damaged or hostile.</param>
    /// <param name="target">Filled to its last byte.</param>
    bool TryDecode(ReadOnlySpan<byte> source, Span<byte> target);
}

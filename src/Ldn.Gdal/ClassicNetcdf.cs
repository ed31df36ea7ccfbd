using System.Buffers.Binary;

namespace Ldn.Gdal;

/// <summary>
/// The header of netCDF files of the classic formats (CDF-1, CDF-2, CDF-5), as far as it tells where the last value lies: the
/// library reads zeros beyond the end of a file that was cut off. Anything the header says that cannot be is left to the library,
/// which says so.
/// </summary>
internal sealed class ClassicNetcdf
{
    private const long LargestHeader = 64L << 20;

    /// <summary>
    /// Bytes of a value of each type, by its number from 1: byte, char, short, int, float, double, and their unsigned and 64-bit
    /// relatives.
    /// </summary>
    private static readonly int[] s_sizes = [1, 1, 2, 4, 4, 8, 1, 2, 4, 8, 8];

    private readonly BinaryReader _reader;
    private readonly byte _version;

    private ClassicNetcdf(BinaryReader reader, byte version) => (_reader, _version) = (reader, version);

    /// <summary>Whether a file begins as such files do. All other netCDF files are HDF5.</summary>
    public static bool Is(string path)
    {
        Span<byte> start = stackalloc byte[4];
        using FileStream file = Open(path);
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length
            && start is [(byte)'C', (byte)'D', (byte)'F', 1 or 2 or 5];
    }

    /// <summary>Refuses a file that ends before its last value.</summary>
    /// <exception cref="LdnException">Exit 3: cut off; exit 75: it cannot be read at the moment.</exception>
    public static void Check(string path)
    {
        try
        {
            if (!Is(path))
                return;
            using var reader = new BinaryReader(new BufferedStream(Open(path), 1 << 16));
            long needed = new ClassicNetcdf(reader, reader.ReadBytes(4)[3]).End();
            if (needed > reader.BaseStream.Length)
                throw Fault.Unreadable.Error(
                    $"{path}: {reader.BaseStream.Length} bytes where its header tells of {needed}",
                        "the file was cut off in transfer: get it again");
        }
        catch (EndOfStreamException e)
        {
            throw Fault.Unreadable.Error(
                $"{path}: it ends within its header", "the file was cut off in transfer: get it again", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw GdalFailure.Reading(path, "cannot be read", e);
        }
        catch (Exception e) when (e is InvalidDataException or OverflowException)
        {
            // Not what such files say; the library knows better.
        }
    }

    private static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>Where the last value ends, in bytes.</summary>
    private long End()
    {
        long records = Count();
        bool streamed = records == (_version == 5 ? -1 : uint.MaxValue);
        long[] dimensions = List(() =>
        {
            SkipName();
            return Count();
        });
        SkipAttributes();
        (long Begin, long Bytes, bool IsRecord)[] variables = List(() => Variable(dimensions));
        long end = variables.Where(v => !v.IsRecord).Select(v => checked(v.Begin + v.Bytes)).DefaultIfEmpty().Max();
        (long Begin, long Bytes, bool IsRecord)[] recorded = [.. variables.Where(v => v.IsRecord)];
        if (recorded.Length == 0 || records <= 0 || streamed)
            return end;
        long record = recorded.Length == 1 ? recorded[0].Bytes : recorded.Sum(v => Padded(v.Bytes));
        return Math.Max(end, recorded.Max(v => checked(v.Begin + ((records - 1) * record) + v.Bytes)));
    }

    private (long Begin, long Bytes, bool IsRecord) Variable(long[] dimensions)
    {
        SkipName();
        long count = Count();
        long bytes = 1;
        bool isRecord = false;
        for (long i = 0; i < count; i++)
        {
            long dimension = Count();
            if (dimension < 0 || dimension >= dimensions.Length)
                throw new InvalidDataException("a dimension that is not there");
            // The unlimited dimension has no length of its own.
            if (i == 0 && dimensions[dimension] == 0)
                isRecord = true;
            else
                bytes = checked(bytes * dimensions[dimension]);
        }

        SkipAttributes();
        bytes = checked(bytes * SizeOf(Int32()));
        _ = Count(); // vsize, which large variables cannot tell.
        long begin = _version == 1 ? (uint)Int32() : Int64();
        return (begin, bytes, isRecord);
    }

    private void SkipAttributes() => List(() =>
    {
        SkipName();
        int size = SizeOf(Int32());
        Skip(Padded(checked(Count() * size)));
        return 0;
    });

    /// <summary>A list begins with a tag, which is 0 where there is none, and the number of its items.</summary>
    private T[] List<T>(Func<T> item)
    {
        _ = Int32();
        long count = Count();
        if (count is < 0 or > 1 << 20)
            throw new InvalidDataException("a list beyond measure");
        var items = new T[count];
        for (int i = 0; i < items.Length; i++)
            items[i] = item();
        return items;
    }

    private void SkipName() => Skip(Padded(Count()));

    private void Skip(long bytes)
    {
        if (bytes is < 0 or > LargestHeader)
            throw new InvalidDataException("a name or value beyond measure");
        if (_reader.BaseStream.Position + bytes > _reader.BaseStream.Length)
            throw new EndOfStreamException();
        _reader.BaseStream.Position += bytes;
    }

    private static long Padded(long bytes) => (bytes + 3) / 4 * 4;

    private static int SizeOf(int type) => type >= 1 && type <= s_sizes.Length ? s_sizes[type - 1]
        : throw new InvalidDataException("a type that is not known");

    private long Count() => _version == 5 ? Int64() : (uint)Int32();

    private int Int32() => BinaryPrimitives.ReverseEndianness(_reader.ReadInt32());

    private long Int64() => BinaryPrimitives.ReverseEndianness(_reader.ReadInt64());
}

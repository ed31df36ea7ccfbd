using Ldn.Gdal.Interop;
using Ldn.Rasters;

namespace Ldn.Gdal;

/// <summary>
/// Transforms points through PROJ, exactly. Among several operations between two datums PROJ chooses for each point by itself, by
/// where the point lies, so that no point's result depends on the others of its call.
/// </summary>
internal sealed unsafe class CoordinateTransform : ICoordinateTransform
{
    private const int ChunkPoints = 1024;

    /// <summary>Some projections are inverted without a look at their limits and give latitudes beyond the poles.</summary>
    private const double MostLatitude = 90 + 1e-9;

    private readonly TransformationHandle _handle;
    private readonly double _mostY;
    private readonly int[] _success = new int[ChunkPoints];

    /// <exception cref="LdnException">Exit 3: no transformation between the two.</exception>
    public CoordinateTransform(Crs from, Crs to)
    {
        _mostY = to.IsGeographic ? MostLatitude : double.MaxValue;
        using ErrorScope errors = ErrorScope.Open();
        using SpatialReferenceHandle source = SpatialReferences.Open(from), target = SpatialReferences.Open(to);
        _handle = GdalApi.OCTNewCoordinateTransformation(source, target);
        if (!_handle.IsInvalid)
            return;
        _handle.Dispose();
        throw GdalFailure.Reading(
            $"'{from.Name}' to '{to.Name}'", "no transformation between these coordinate reference systems", errors);
    }

    public void Transform(Span<double> x, Span<double> y)
    {
        if (x.Length != y.Length)
            throw new ArgumentException($"{x.Length} x for {y.Length} y", nameof(y));
        using ErrorScope errors = ErrorScope.Open();
        for (int start = 0; start < x.Length; start += ChunkPoints)
        {
            int count = Math.Min(ChunkPoints, x.Length - start);
            Span<double> partX = x.Slice(start, count), partY = y.Slice(start, count);
            Span<int> success = _success.AsSpan(0, count);
            success.Clear();
            GdalApi.OCTTransformEx(_handle, count, partX, partY, null, success);
            for (int i = 0; i < count; i++)
                if (success[i] == 0 || !double.IsFinite(partX[i]) || !(Math.Abs(partY[i]) <= _mostY))
                    partX[i] = partY[i] = double.NaN;
        }
    }

    public void Dispose() => _handle.Dispose();
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ldn.Gdal;

/// <summary>
/// What GDAL asks now and then while it lays a file out: whether to go on. Lives as long as the call it is given to.
/// </summary>
internal sealed unsafe class LayoutWatch : IDisposable
{
    private readonly Action<double>? _progress;
    private readonly CancellationToken _cancellation;
    private GCHandle _self;

    public LayoutWatch(Action<double>? progress, CancellationToken cancellation)
    {
        _progress = progress;
        _cancellation = cancellation;
        _self = GCHandle.Alloc(this);
    }

    /// <summary>GDALProgressFunc.</summary>
    public static nint Function => (nint)(delegate* unmanaged[Cdecl]<double, byte*, nint, int>)&GoOn;

    public nint Data => GCHandle.ToIntPtr(_self);

    public void Dispose() => _self.Free();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GoOn(double share, byte* message, nint data)
    {
        var watch = (LayoutWatch)GCHandle.FromIntPtr(data).Target!;
        if (watch._cancellation.IsCancellationRequested)
            return 0;
        watch._progress?.Invoke(share);
        return 1;
    }
}

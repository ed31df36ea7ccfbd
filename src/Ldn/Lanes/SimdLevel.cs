using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ldn.Lanes;

/// <summary>Vector widths a kernel can run at; the widest that the machine has is used, every one gives the same bytes.</summary>
public enum SimdLevel
{
    Scalar = 0,
    Vector128 = 128,
    Vector256 = 256,
    Vector512 = 512,
}

public static class Simd
{
    /// <summary>The widest level this machine and process offer (<c>DOTNET_EnableAVX512=0</c> and the like lower it).</summary>
    public static SimdLevel Widest { get; } =
        Vector512.IsHardwareAccelerated && Avx512BW.IsSupported ? SimdLevel.Vector512
        : Vector256.IsHardwareAccelerated && Avx2.IsSupported ? SimdLevel.Vector256
        : Vector128.IsHardwareAccelerated ? SimdLevel.Vector128
        : SimdLevel.Scalar;
}

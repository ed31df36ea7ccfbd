using Ldn.Indicator;

namespace Ldn.Subjects;

/// <summary>
/// What land calls for in the response hierarchy of LDN (method §10), as encoded in rasters; 0 where its condition is not known.
/// </summary>
internal enum Response : byte
{
    NoData = 0,
    Avoid = 1,
    Reduce = 2,
    Reverse = 3,
}

/// <summary>Avoid, reduce, reverse: prevention before cure.</summary>
internal static class ResponseHierarchy
{
    private const int Stressed = 3;

    /// <summary>The response of land, water left out.</summary>
    /// <param name="condition">Condition in the baseline, by the three classes of the status after it.</param>
    /// <param name="lpd">LPD class of the same period, 0 where it is not known.</param>
    /// <param name="atRisk">Whether a layer of risk is above 0.</param>
    public static Response Of(Condition condition, int lpd, bool atRisk) => condition switch
    {
        Condition.NoData => Response.NoData,
        Condition.Degraded => Response.Reverse,
        _ when lpd == Stressed || atRisk => Response.Reduce,
        _ => Response.Avoid,
    };

    public static string Name(this Response response) => response switch
    {
        Response.Avoid => "avoid",
        Response.Reduce => "reduce",
        Response.Reverse => "reverse",
        _ => "no_data",
    };

    public static string Color(this Response response) => response switch
    {
        Response.Avoid => "#006500",
        Response.Reduce => "#ffe08a",
        Response.Reverse => "#9b2779",
        _ => "#000000",
    };
}

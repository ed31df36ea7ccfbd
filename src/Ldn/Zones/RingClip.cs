namespace Ldn.Zones;

/// <summary>
/// Clips a ring to a half-plane (Sutherland–Hodgman): what lies beyond is flattened onto the boundary, which leaves even-odd
/// insides right on the kept side, for concave and self-crossing rings too. Rings are x and y alternating, open.
/// </summary>
internal static class RingClip
{
    /// <summary>Keeps x ≥ limit (or ≤).</summary>
    public static List<(double X, double Y)> ByX(List<(double X, double Y)> ring, double limit, bool keepGreater) =>
        Clip(ring, limit, keepGreater, byX: true);

    /// <summary>Keeps y ≥ limit (or ≤).</summary>
    public static List<(double X, double Y)> ByY(List<(double X, double Y)> ring, double limit, bool keepGreater) =>
        Clip(ring, limit, keepGreater, byX: false);

    private static List<(double X, double Y)> Clip(List<(double X, double Y)> ring, double limit, bool keepGreater, bool byX)
    {
        bool Inside((double X, double Y) point)
        {
            double value = byX ? point.X : point.Y;
            return keepGreater ? value >= limit : value <= limit;
        }

        if (ring.TrueForAll(Inside))
            return ring;
        var kept = new List<(double X, double Y)>(ring.Count + 4);
        if (ring.Count == 0)
            return kept;
        (double X, double Y) previous = ring[^1];
        bool previousInside = Inside(previous);
        foreach ((double X, double Y) point in ring)
        {
            bool inside = Inside(point);
            if (inside != previousInside)
                kept.Add(byX ? CrossX(previous, point, limit) : CrossY(previous, point, limit));
            if (inside)
                kept.Add(point);
            (previous, previousInside) = (point, inside);
        }

        return kept;
    }

    /// <summary>From the lesser end, so that both neighbours of a shared edge cut it at the same point.</summary>
    private static (double X, double Y) CrossX((double X, double Y) a, (double X, double Y) b, double limit)
    {
        if (a.X > b.X)
            (a, b) = (b, a);
        return (limit, a.Y + ((limit - a.X) * (b.Y - a.Y) / (b.X - a.X)));
    }

    private static (double X, double Y) CrossY((double X, double Y) a, (double X, double Y) b, double limit)
    {
        if (a.Y > b.Y)
            (a, b) = (b, a);
        return (a.X + ((limit - a.Y) * (b.X - a.X) / (b.Y - a.Y)), limit);
    }
}

namespace Ldn.Csv;

/// <summary>Finds what a user may have meant by a name that is not known.</summary>
internal static class NearestName
{
    /// <summary>
    /// The known name that takes the fewest edits (insert, delete, replace, swap of neighbours; case counts half) to reach, the
    /// first among equals; null when none is nearer than half of the letters, since a far-fetched hint misleads.
    /// </summary>
    public static string? Of(string name, IEnumerable<string> known)
    {
        string? nearest = null;
        int fewest = int.MaxValue;
        foreach (string candidate in known)
        {
            int edits = Distance(name, candidate);
            if (edits < fewest && edits <= Math.Max(name.Length, candidate.Length))
                (nearest, fewest) = (candidate, edits);
        }

        return nearest;
    }

    /// <summary>
    /// The nearest known name where it can hardly be another: at most two edits, and no more than a third of the letters.
    /// </summary>
    public static string? Close(string name, IEnumerable<string> known) =>
        Of(name, known) is { } nearest && Distance(name, nearest) <= Math.Min(4, 2 * name.Length / 3) ? nearest : null;

    /// <summary>A hint ready for a message: <c>; did you mean 'x'?</c>, or nothing.</summary>
    public static string Hint(string name, IEnumerable<string> known) => Lookalike(name, known)
        ?? (Of(name, known) is { } nearest ? $"; did you mean '{nearest}'?" : "");

    /// <summary>
    /// The hint at a name that looks the same on the screen and is spelt with letters of another script; null where there is
    /// none.
    /// </summary>
    public static string? Lookalike(string name, IEnumerable<string> known) =>
        Typed.Plain(name) is var plain && plain != name && known.FirstOrDefault(k => k == plain) is { } meant
            ? $", whose letters only look like those of '{meant}': type it with a Latin keyboard" : null;

    /// <summary>The hint or, where none is near, what known names look like.</summary>
    public static string HintOrExamples(string name, IReadOnlyCollection<string> known) =>
        Of(name, known) is not null ? Hint(name, known)
        : known.Count == 0 ? "" : $"; ids are such as {string.Join(", ", known.Take(3).Select(k => $"'{k}'"))}";

    /// <summary>Edits in halves: 2 each, 1 where only the case differs.</summary>
    private static int Distance(string left, string right)
    {
        int[] beforeLast = new int[right.Length + 1], last = new int[right.Length + 1], row = new int[right.Length + 1];
        for (int j = 0; j <= right.Length; j++)
            last[j] = 2 * j;
        for (int i = 1; i <= left.Length; i++)
        {
            row[0] = 2 * i;
            for (int j = 1; j <= right.Length; j++)
            {
                row[j] = Math.Min(last[j - 1] + Cost(left[i - 1], right[j - 1]), Math.Min(last[j], row[j - 1]) + 2);
                if (i > 1 && j > 1 && Cost(left[i - 1], right[j - 2]) < 2 && Cost(left[i - 2], right[j - 1]) < 2)
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 2);
            }

            (beforeLast, last, row) = (last, row, beforeLast);
        }

        return last[right.Length];
    }

    private static int Cost(char left, char right) =>
        left == right ? 0 : char.ToUpperInvariant(left) == char.ToUpperInvariant(right) ? 1 : 2;
}

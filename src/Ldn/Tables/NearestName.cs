namespace Ldn.Tables;

/// <summary>The known name that a mistyped one most probably means.</summary>
public static class NearestName
{
    /// <summary>The candidate with the smallest edit distance (letter case ignored; the first of equals); empty when there is none.</summary>
    public static string Of(string name, IEnumerable<string> candidates) =>
        candidates.MinBy(c => Distance(name.ToUpperInvariant(), c.ToUpperInvariant())) ?? "";

    private static int Distance(string a, string b)
    {
        Span<int> row = b.Length < 256 ? stackalloc int[b.Length + 1] : new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
            row[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substitution = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j - 1], row[j]) + 1);
            }
        }

        return row[^1];
    }
}

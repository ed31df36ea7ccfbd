using System.Formats.Tar;
using System.IO.Compression;
using Ldn.Jobs;

namespace Ldn.Reports.TrendsEarth;

/// <summary>
/// Names of the archive's files, and its packing: flat, sorted, without owner, time or name, so that the same files give the same
/// bytes.
/// </summary>
internal static class ArchiveFiles
{
    public const string Folder = "trends-earth";

    /// <summary>
    /// Names of zones as files bear them: what is no letter, digit, dot, line or dash becomes a dash; equal ones are told apart
    /// by -2, -3, ….
    /// </summary>
    public static string[] ZoneNames(IReadOnlyList<string> zones)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. zones.Select(zone =>
        {
            string clean = string.Concat(zone.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' ? c : ' '));
            clean = string.Join('-', clean.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Trim('-');
            clean = clean.Length == 0 ? "zone" : clean;
            string name = clean;
            for (int n = 2; !taken.Add(name); n++)
                name = $"{clean}-{n}";
            return name;
        })];
    }

    public static string Condition(string zone) => $"{zone}_sdg-15-3-1-summary";

    public static string Drought(string zone) => $"{zone}_drought-vulnerability-summary";

    /// <summary>The date of the document: what the job says, else the end of the last period.</summary>
    public static string Date(Job job)
    {
        if (job.Outputs.ReportDate is { } given)
            return Midnight(given);
        int? last = job.Periods.SelectMany(p => new[] { p.LandCover?.Last, p.Productivity?.Last, p.SoilCarbon?.Last }).Max();
        return Midnight(new DateOnly(Math.Clamp(last ?? 1970, 1, 9999), 12, 31));
    }

    /// <summary>A date as the platform's schema reads it: it refuses a Z.</summary>
    public static string Midnight(DateOnly date) => $"{date:yyyy-MM-dd}T00:00:00+00:00";

    /// <summary>Packs files, which lie flat in it under their own names.</summary>
    public static void Pack(string path, IEnumerable<string> files)
    {
        const long mostOfUstar = (8L << 30) - 1;
        using FileStream target = new(path, FileMode.Create, FileAccess.Write);
        using var packed = new GZipStream(target, CompressionLevel.Optimal);
        string[] sorted = [.. files.OrderBy(Path.GetFileName, StringComparer.Ordinal)];
        bool large = sorted.Any(f => new FileInfo(f).Length > mostOfUstar);
        using var tar = new TarWriter(packed, large ? TarEntryFormat.Gnu : TarEntryFormat.Ustar);
        foreach (string file in sorted)
        {
            using FileStream data = File.OpenRead(file);
            PosixTarEntry entry = large
                ? new GnuTarEntry(TarEntryType.RegularFile, Path.GetFileName(file))
                : new UstarTarEntry(TarEntryType.RegularFile, Path.GetFileName(file));
            entry.DataStream = data;
            entry.Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
            (
                entry.Uid, entry.Gid, entry.UserName, entry.GroupName,
                entry.ModificationTime) = (0, 0, "", "", DateTimeOffset.UnixEpoch);
            tar.WriteEntry(entry);
        }
    }
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ldn.Jobs;
using Ldn.Rasters;

namespace Ldn.Run;

/// <summary>
/// Whether a folder holds the finished result of the very same job over the very same inputs: what <c>--skip-done</c> leaves
/// alone. Everything that provenance names is read through and hashed again, so a file that was changed and dated back is seen.
/// </summary>
internal static class DoneBefore
{
    /// <summary>
    /// What a job is, with flags laid over it: SHA-256 of its text, its folder, the language of its reports and the program's
    /// version.
    /// </summary>
    public static string JobHash(JobConfig config, string folder, string language)
    {
        byte[] text = JsonSerializer.SerializeToUtf8Bytes(config, JobJson.Default.JobConfig);
        byte[] rest = Encoding.UTF8.GetBytes($"\n{Path.GetFullPath(folder)}\n{language}\n{Provenance.ProgramVersion}");
        return Convert.ToHexStringLower(SHA256.HashData([.. text, .. rest]));
    }

    /// <summary>Why a folder does not hold the result; null where it does.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="jobHash">As <see cref="JobHash"/> makes it.</param>
    /// <param name="cancellation">Cancels between two blocks of a file.</param>
    public static string? WhyNot(string folder, string jobHash, CancellationToken cancellation)
    {
        string path = Path.Combine(folder, OutputFolder.Provenance);
        if (!File.Exists(path))
            return "not computed yet";
        try
        {
            using var provenance = JsonDocument.Parse(File.ReadAllBytes(path));
            if (!provenance.RootElement.TryGetProperty("job_sha256", out JsonElement hash) || hash.GetString() != jobHash)
                return "the job is another";
            DateTime finished = FileFacts.LastWriteUtc(path);
            var inputs = new HashSet<string>();
            foreach (JsonElement input in provenance.RootElement.GetProperty("inputs").EnumerateArray()
                .Concat(provenance.RootElement.GetProperty("side_files").EnumerateArray()))
            {
                string name = input.GetProperty("path").GetString()!, file = DataSetName.LocalFile(name);
                if (file.Length == 0)
                    return $"{name} is not of this machine, or gone";
                if (inputs.Add(Path.GetFullPath(file)) && !IsAsItWas(file, input, cancellation))
                    return $"{file} has changed";
            }

            if (
                inputs.SelectMany(Beside)
                    .FirstOrDefault(f => !inputs.Contains(f) && FileFacts.LastWriteUtc(f) > finished) is { } newer)
                return $"{newer} is new";
            foreach (JsonElement output in provenance.RootElement.GetProperty("outputs").EnumerateArray())
            {
                string file = Path.Combine(folder, output.GetProperty("name").GetString()!);
                if (FileFacts.Of(file) is not { Kind: FileKind.Regular } now
                    || now.Bytes != output.GetProperty("bytes").GetInt64())
                    return $"{file} is gone or changed";
            }

            return null;
        }
        catch (Exception e) when (
            SystemErrors.IsOfDamagedDocument(e) || e is IOException or UnauthorizedAccessException)
        {
            return $"its provenance cannot be read: {e.Message}";
        }
    }

    private static bool IsAsItWas(string file, JsonElement record, CancellationToken cancellation) =>
        record.TryGetProperty("sha256", out JsonElement hash)
            && record.GetProperty("bytes").GetInt64() == FileFacts.Of(file).Bytes
        && FileHash.Of(file, cancellation).Sha256 == hash.GetString();

    /// <summary>Files of the same stem, which readers may take for parts of a file: masks, overviews, attributes.</summary>
    private static IEnumerable<string> Beside(string file) =>
        Directory.EnumerateFiles(
            Path.GetDirectoryName(file)!,
            Path.GetFileNameWithoutExtension(file).Replace("*", "?", StringComparison.Ordinal) + ".*");
}

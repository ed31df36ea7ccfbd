using System.Diagnostics;
using System.Globalization;
using System.Text;
using Ldn.Cli.Flags;
using Ldn.Cli.Terminal;
using Ldn.Csv;
using Ldn.Jobs;
using Ldn.Run;

namespace Ldn.Cli.Verbs;

/// <summary>
/// Several jobs in one call: every one runs, each into a folder of its own; one that fails is named and stops no other.
/// </summary>
internal static class Batch
{
    /// <summary>The headline rows of all jobs, with a column <c>job</c>.</summary>
    public const string Table = "batch.csv";

    public static int Run(Call call, string folder)
    {
        string[] names = Names(call.Operands);
        var ended = new List<BatchRow>();
        int worst = 0;
        foreach ((string file, string name) in call.Operands.Zip(names))
        {
            CommandLine.Cancellation.ThrowIfCancellationRequested();
            BatchRow row = RunOne(call, file, name, Path.Combine(folder, name));
            worst = Failure.Worse(worst, row.ExitCode);
            ended.Add(row);
            if (!call.Quiet && row.ExitCode is 0 or (int)ExitCode.CheckFailed)
                Console.Error.WriteLine($"  {ended.Count}/{names.Length} {name}: {row.State}{(row.Seconds > 0 ? string.Create(CultureInfo.InvariantCulture, $" in {row.Seconds:F1} s") : "")}");
        }

        if (ended.Any(r => r.HasResult))
            WriteTable(folder, ended);
        if (!call.Quiet)
            ClosingSummary.Write(ended, folder);
        return worst;
    }

    /// <summary>
    /// Folders of jobs: the file's name without extension; where two are alike, with the names of as many folders above it as it
    /// takes.
    /// </summary>
    /// <exception cref="LdnException">Exit 2: one file is given twice.</exception>
    public static string[] Names(IReadOnlyList<string> files)
    {
        string[] full = [.. files.Select(Path.GetFullPath)];
        if (full.GroupBy(f => f).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw Fault.Usage.Error($"the job {files[Array.IndexOf(full, twice.Key)]} is given twice", "give it once");
        int[] above = new int[full.Length];
        int most = full.Max(f => f.Count(c => c == Path.DirectorySeparatorChar)) + 1;
        for (int round = 0; ; round++)
        {
            string[] names = [.. full.Zip(above, Name)];
            int[] alike = [.. names.Select((n, i) => (n, i)).GroupBy(n => n.n, n => n.i, StringComparer.OrdinalIgnoreCase)
                .Where(g => g.Count() > 1).SelectMany(g => g)];
            if (alike.Length == 0)
                return names;
            // Names that differ in nothing but case, or in signs that names of folders do not keep, are told apart by their
            // place.
            if (round > most)
                return [.. names.Select((n, i) => alike.Contains(i) ? $"{n}-{i + 1}" : n)];
            foreach (int i in alike)
                above[i]++;
        }
    }

    /// <summary>The file's name, or the names of so many folders above it; when these are at their end, both.</summary>
    private static string Name(string file, int above)
    {
        string[] parts = Path.GetDirectoryName(file)!.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        if (above == 0)
            return Path.GetFileNameWithoutExtension(file);
        return above <= parts.Length ? string.Join('-', parts[^above..]) : string.Join('-', [.. parts, Path.GetFileName(file)]);
    }

    private static BatchRow RunOne(Call call, string file, string name, string folder)
    {
        long started = Stopwatch.GetTimestamp();
        try
        {
            (JobConfig config, string from) = call.Config(file);
            string hash = ComputeVerb.JobHash(config, from, call);
            if (call.Is(RunFlags.SkipDone) && DoneBefore.WhyNot(folder, hash, CommandLine.Cancellation) is null)
                return new BatchRow(name, "done before", 0, folder, true, 0);
            ComputeResult result = ComputeVerb.Compute(
                Call.Resolved(file, config, from), folder, call, hash, out string[] failures);
            if (call.Is(RunFlags.Json))
                ComputeVerb.WriteJson(result, name);
            if (call.Is(RunFlags.Verbose) && !call.Quiet)
                ClosingSummary.Write(result, files: true);
            double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            if (failures.Length == 0)
                return new BatchRow(name, "done", 0, folder, true, seconds);
            _ = CommandLine.SayOfJob(LdnException.Check($"a check failed: {string.Join("; ", failures)}"), call, name);
            return new BatchRow(name, "check failed", (int)ExitCode.CheckFailed, folder, true, seconds);
        }
        catch (Exception e) when (!CommandLine.Cancellation.IsCancellationRequested)
        {
            Failure failure = CommandLine.SayOfJob(e, call, name);
            return new BatchRow(name, $"failed {failure.Fault.Code}", failure.ExitCode, folder, false, 0);
        }
    }

    /// <summary>Puts the headline rows of all results together; the file is there whole or not at all.</summary>
    private static void WriteTable(string folder, IEnumerable<BatchRow> rows)
    {
        string[]? columns = null;
        var text = new StringBuilder();
        foreach (BatchRow row in rows.Where(r => r.HasResult))
        {
            CsvTable headline = row.Headline;
            if (columns is null)
                text.AppendJoin(',', (columns = [.. headline.Columns]).Prepend("job").Select(Quoted)).Append('\n');
            foreach (CsvRow line in headline.Rows)
                text.AppendJoin(',', columns.Select(c => headline.Text(line, c)).Prepend(row.Job).Select(Quoted)).Append('\n');
        }

        WholeFile.Write(Path.Combine(folder, Table), text.ToString());
    }

    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

/// <summary>How one of several jobs ended.</summary>
/// <param name="Job">Its name, which is its folder's.</param>
/// <param name="State">In a word or two.</param>
/// <param name="ExitCode">What it alone would have ended with.</param>
/// <param name="Folder">Its folder.</param>
/// <param name="HasResult">Whether a finished result lies there.</param>
/// <param name="Seconds">How long it took; 0 where it did not run.</param>
internal sealed record BatchRow(string Job, string State, int ExitCode, string Folder, bool HasResult, double Seconds)
{
    public CsvTable Headline =>
        CsvTable.Read(Path.Combine(Folder, "headline.csv"), "zone_name", "period", "degraded_pct_of_land");
}

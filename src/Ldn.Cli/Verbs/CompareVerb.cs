using System.Globalization;
using Ldn.Cli.Flags;
using Ldn.Cli.Terminal;
using Ldn.Compare;
using Ldn.Gdal;
using Ldn.Jobs.Flags;
using Ldn.Reports;

namespace Ldn.Cli.Verbs;

/// <summary><c>ldn compare</c>: what moved between two results, and why.</summary>
internal static class CompareVerb
{
    private static readonly NumberFlag s_tolerance = new("--tolerance", "PCT_POINTS")
    {
        Group = FlagGroup.Outputs,
        Doc = "Exit 4 where the degraded share of land of any zone and period of both moved by more percentage points",
        More = "The result is written all the same. A period that A does not have is no difference.",
        Example = "0.1",
    };

    public static Verb Verb { get; } = new("compare", "What moved between two results, and why")
    {
        Run = Run,
        Doc = "Holds every table of A against that of B and, where the inputs of both runs are what they were, every cell: the "
            + "difference of each figure is shared out exactly among zones, grid, land cover, productivity, soil organic carbon, "
            + "water, rules, corrections and a later period (Shapley values: the mean effect over all orders of replacing them). "
            + "Files go to --out; without it the figures are only told. A side can be a CSV file of an earlier submission with "
            + "zone_id, period and columns of headline.csv: then tables are compared.",
        Operands =
        [
            new("A", "Folder of the earlier result, or a CSV file of its figures"),
            new("B", "Folder of the later result, likewise"),
        ],
        Flags =
        [
            s_tolerance, RunFlags.Out, RunFlags.Overwrite, RunFlags.Language, RunFlags.Threads, RunFlags.Memory,
            RunFlags.Progress, RunFlags.NoProgress, .. RunFlags.Saying,
        ],
        Examples =
        [
            new("compare result-2022 result-2026 --out compare", "tables, cells, causes, and a page that says them"),
            new(
                "compare result-2022 result-2026 --tolerance 0.1",
                "fails a pipeline where a figure moved by more than 0.1 points"),
            new("compare submission-2022.csv result-2026 --json", "figures that were reported against a run"),
        ],
    };

    private static int Run(Call call)
    {
        decimal? tolerance = call.Of(s_tolerance) is { } points ? (decimal)points : null;
        if (tolerance < 0)
            throw LdnException.Usage($"--tolerance {tolerance} is below 0", "give percentage points, such as 0.1");
        string? folder = call.Has(RunFlags.Out) ? RunFlags.OutFolder(call) : null;
        Comparison found;
        using (ConsoleProgress? progress = ConsoleProgress.Create(call))
        {
            found = CompareRun.Execute(
                call.Operands[0], call.Operands[1], folder,
                ComputeVerb.How(call, folder ?? "") with { Begins = progress is null ? null : progress.Begins },
                new GdalGeodata(), progress?.Heard, CommandLine.Cancellation);
            if (folder is not null)
                progress?.Ends(folder);
        }

        var sentences = new Sentences(found, Texts.Load(call.Of(RunFlags.Language) ?? "en"));
        if (call.Is(RunFlags.Json))
        {
            using Stream stdout = Streams.OpenOutput();
            CompareJson.Write(stdout, found, folder, tolerance, [.. found.Changes.Select(sentences.Of)]);
        }

        if (!call.Quiet)
            Say(found, sentences, folder);
        string[] beyond = tolerance is { } most ? [.. Tolerance.Beyond(found, most).Select(c => Told(found, c))] : [];
        return beyond.Length == 0 ? (int)ExitCode.Success
            : throw LdnException.Check(
                $"beyond the tolerance of {tolerance} percentage points: {string.Join("; ", beyond.Take(6))}"
                    + $"{(beyond.Length > 6 ? $"; and {beyond.Length - 6} more" : "")}");
    }

    private static void Say(Comparison found, Sentences sentences, string? folder)
    {
        const int most = 12;
        foreach (HeadlineChange change in found.Changes.Where(c => c.Pair == found.Pairs[^1]).Take(most))
            Console.Error.WriteLine($"  {sentences.Of(change)}");
        Console.Error.WriteLine(
            found.Differing == 0 ? $"  no figure differs ({found.Table.Rows.Count} compared)"
                : $"  {found.Differing} of {found.Table.Rows.Count} figures differ");
        foreach (string note in found.Notes)
            Console.Error.WriteLine($"  note: {note}");
        if (found.Missing is { } missing)
            Console.Error.WriteLine($"  causes are not told: {missing}");
        if (folder is not null)
            Console.Error.WriteLine($"  written: {folder}");
    }

    private static string Told(Comparison found, HeadlineChange change) => string.Create(
        CultureInfo.InvariantCulture,
        $"{change.Zone.Id}, {found.After.Periods[change.Pair.Final].Id}: {change.Before?.ToString() ?? "undefined"} to "
            + $"{change.After?.ToString() ?? "undefined"} % of land");
}

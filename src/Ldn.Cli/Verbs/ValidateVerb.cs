using System.Globalization;
using System.Text.Json;
using Ldn.Cli.Flags;
using Ldn.Cli.Terminal;
using Ldn.Gdal;
using Ldn.Jobs;
using Ldn.Run;
using Ldn.Run.Shards;

namespace Ldn.Cli.Verbs;

/// <summary><c>ldn validate</c>: everything that can be checked without computing, every fault at once.</summary>
internal static class ValidateVerb
{
    public static Verb Verb { get; } = new("validate", "Check jobs without computing them")
    {
        Run = Run,
        Doc = "Tells every fault at once, by line, with its cure; where there is none, the inputs (grid, CRS, share of the "
            + "zones covered, values met in a sample of cells, no data), "
            + "stand-ins, what looks doubtful, and what the run will take. Nothing is written. Exit 0, 2 (job) or 3 (inputs).",
        Operands = [new("JOB", "Job files", 1, Operand.Any)],
        Flags = [.. ComputeVerb.JobFlags.Where(f => !f.WithoutJobFile), .. RunFlags.Saying],
        Examples = [new("validate job.json", "one job"), new("validate provinces/*.json", "many")],
    };

    private static int Run(Call call)
    {
        var geodata = new GdalGeodata();
        var reviews = new List<JobReview>();
        foreach (string file in call.Operands)
        {
            Mistakes.RefuseBesideJobFile(call, file);
            JobReview review = JobReview.Of(file, call.LayOver, geodata);
            reviews.Add(review);
            // Faults are errors, which are said even when nothing else is.
            if (review.Faults.Count > 0)
                TellFaults(review);
            else if (!call.Quiet)
                Tell(review);
        }

        if (reviews.Count > 1 && !call.Quiet)
            Console.Error.WriteLine($"{reviews.Count} jobs: {reviews.Count(r => r.Faults.Count == 0)} valid, "
                + $"{reviews.Count(r => r.Faults.Count > 0)} with faults");
        if (call.Is(RunFlags.Json))
            WriteJson(reviews);
        return (int)reviews.Max(r => r.ExitCode);
    }

    private static void TellFaults(JobReview review)
    {
        Screen.Say(
            "", Tone.Error, "ldn:", $" {review.File}: {review.Faults.Count} {(review.Faults.Count == 1 ? "fault" : "faults")}");
        foreach (var section in review.Faults.GroupBy(f => f.Section))
        {
            if (section.Key.Length > 0)
                Console.Error.WriteLine($"  {PlainTable.Plain(section.Key)}");
            foreach (JobFault fault in section)
            {
                string line = fault.Line is { } number ? $"line {number}: " : "";
                Console.Error.WriteLine($"    {line}{PlainTable.Plain(fault.Error.Fault.Say(fault.Error.Message))}");
                if (fault.Error.Remedy is { } remedy)
                    Console.Error.WriteLine($"      {PlainTable.Plain(remedy)}");
            }
        }
    }

    private static void Tell(JobReview review)
    {
        Console.Error.WriteLine(
            $"{review.File}: valid; {review.Periods.Count} periods, {review.Inputs.Count} rasters, {review.ZoneCount} zones and "
                + $"groups, grid {review.Grid!.Width} x {review.Grid.Height}");
        foreach (Period period in review.Periods)
            Console.Error.WriteLine($"  {period.Id}: "
                + string.Join(", ", new[] { Years("land cover", period.LandCover), Years("productivity", period.Productivity),
                Years("soil carbon", period.SoilCarbon) }.OfType<string>()));
        PlainTable.Write(Console.Error, ["layer", "file", "grid", "CRS", "zones", "values in a sample", "no data"],
            [.. review.Inputs.Select(Row)], Screen.Width);
        foreach (string note in review.Notes)
            Console.Error.WriteLine($"  note: {PlainTable.Plain(note)}");
        foreach (string doubt in review.Doubts)
            Screen.Say("  ", Tone.Warning, "doubtful:", $" {PlainTable.Plain(doubt)}");
        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
                $"  about {Duration(review.Cost!.Seconds(1))} on one core, "
                + $"{(CostEstimate.ProgramBytes + review.Cost.WorkerBytes) >> 20} MB of memory with one thread"));
    }

    private static string? Years(string layer, YearSpan? span) => span is null ? null : $"{layer} {span}";

    private static string[] Row(InputRow row) =>
    [
        row.Layer, Path.GetFileName(row.File),
            string.Create(CultureInfo.InvariantCulture, $"{row.Grid.Width} x {row.Grid.Height}, {row.Grid.CellWidth:G4}"),
            row.Grid.Crs.Name,
        string.Create(CultureInfo.InvariantCulture, $"{row.Covered * 100:0.#} %"), row.Sample.Described(),
        row.NoData.Count == 0 ? "none declared"
            : string.Join(", ", row.NoData.Select(v => v.ToString("G6", CultureInfo.InvariantCulture))),
    ];

    private static string Duration(double seconds) => seconds switch
    {
        < 90 => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(seconds)} s"),
        < 5400 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:0.#} h"),
    };

    private static void WriteJson(IReadOnlyList<JobReview> reviews)
    {
        using Stream stdout = Console.OpenStandardOutput();
        using (var json = new Utf8JsonWriter(stdout))
        {
            json.WriteStartObject();
            json.WriteBoolean("valid", reviews.All(r => r.Faults.Count == 0));
            json.WriteNumber("exit", (int)reviews.Max(r => r.ExitCode));
            json.WriteStartArray("jobs");
            foreach (JobReview review in reviews)
                WriteJson(json, review);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        stdout.WriteByte((byte)'\n');
    }

    private static void WriteJson(Utf8JsonWriter json, JobReview review)
    {
        json.WriteStartObject();
        json.WriteString("job", review.File);
        json.WriteBoolean("valid", review.Faults.Count == 0);
        json.WriteStartArray("faults");
        foreach (JobFault fault in review.Faults)
        {
            json.WriteStartObject();
            json.WriteString("key", fault.Key);
            if (fault.Line is { } line)
                json.WriteNumber("line", line);
            else
                json.WriteNull("line");
            json.WriteString("code", fault.Error.Fault.Code);
            json.WriteNumber("exit", (int)fault.Error.ExitCode);
            json.WriteString("message", fault.Error.Message);
            json.WriteString("remedy", fault.Error.Remedy);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("inputs");
        foreach (InputRow row in review.Inputs)
        {
            json.WriteStartObject();
            json.WriteString("layer", row.Layer);
            json.WriteString("file", row.File);
            json.WriteNumber("width", row.Grid.Width);
            json.WriteNumber("height", row.Grid.Height);
            json.WriteNumber("cell_width", row.Grid.CellWidth);
            json.WriteNumber("cell_height", row.Grid.CellHeight);
            json.WriteString("crs", row.Grid.Crs.Name);
            json.WriteNumber("zones_covered_pct", Math.Round(row.Covered * 100, 2));
            json.WriteString("values", row.Sample.Described());
            json.WriteStartArray("no_data");
            foreach (double value in row.NoData.Where(double.IsFinite))
                json.WriteNumberValue(value);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Texts(json, "notes", review.Notes);
        Texts(json, "doubts", review.Doubts);
        if (review.Cost is { } cost)
        {
            json.WriteStartObject("estimate");
            json.WriteNumber("cells", cost.Cells);
            json.WriteNumber("core_seconds", Math.Round(cost.Seconds(1), 1));
            json.WriteNumber("memory_bytes", CostEstimate.ProgramBytes + cost.WorkerBytes);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("estimate");
        }

        json.WriteEndObject();
    }

    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}

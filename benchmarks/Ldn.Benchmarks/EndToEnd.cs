using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Ldn.Benchmarks;

/// <summary>
/// A whole run against its floor, taken in turns so that whatever else the machine does meets both: the ratio of their medians,
/// in wall and in CPU time, and the largest memory of the run.
/// </summary>
internal static class EndToEnd
{
    /// <summary>
    /// e2e PROGRAM JOB.json [THREADS] [ROUNDS]: the program is <c>./ldn</c> or any other that understands <c>compute</c>.
    /// </summary>
    public static int Run(string program, string job, int threads, int rounds)
    {
        string folder = Directory.CreateTempSubdirectory("ldn-e2e-").FullName;
        try
        {
            string result = Path.Combine(folder, "result");
            var runs = new List<Cost>();
            var floors = new List<Cost>();

            // The first run warms the file cache and gives the floor its raster.
            Compute(program, job, result, threads);
            for (int round = 0; round < rounds; round++)
            {
                floors.Add(Floor.Cost(job, Path.Combine(result, "baseline_indicator.tif"), threads));
                runs.Add(Compute(program, job, result, threads));
            }

            (double wall, double cpu, double floorWall, double floorCpu) = (
                Median(runs, c => c.Wall), Median(runs, c => c.Cpu), Median(floors, c => c.Wall), Median(floors, c => c.Cpu));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{threads} threads, {rounds} rounds, medians: run {wall:F2} s wall, {cpu:F2} s CPU; floor {floorWall:F2} s "
                    + $"wall, {floorCpu:F2} s CPU; ratio {wall / floorWall:F2} wall, {cpu / floorCpu:F2} CPU; peak "
                    + $"{runs.Max(r => r.PeakBytes) >> 20} MB"));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Cost Compute(string program, string job, string result, int threads)
    {
        double before = CpuTime.OfChildren();
        long start = Stopwatch.GetTimestamp();
        using Process process = Process.Start(program, ["compute", job, "--out", result, "--overwrite", "--threads", $"{threads}", "--rasters", "indicator", "--tables", "csv,json", "--quiet"]);
        process.WaitForExit();
        double wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double after = CpuTime.OfChildren();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}");
        using JsonDocument provenance = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(result, "provenance.json")));
        return new Cost(wall, after - before, provenance.RootElement.GetProperty("peak_memory_bytes").GetInt64());
    }

    public static double Median(IEnumerable<Cost> costs, Func<Cost, double> of) => Gate.Median(costs.Select(of));
}

/// <summary>Seconds of wall and CPU time, and where it is known the largest resident set.</summary>
internal sealed record Cost(double Wall, double Cpu, long PeakBytes = 0)
{
    public static Cost operator +(Cost left, Cost right) => new(left.Wall + right.Wall, left.Cpu + right.Cpu);
}

using System.Globalization;
using BenchmarkDotNet.Running;
using Ldn.Benchmarks;

// gate [--against OTHER/Ldn.Benchmarks.dll] [--only KERNEL,…]: ratios against gate.json and another build
// gate --update gate.json · floor JOB RESULT.tif [THREADS] · e2e PROGRAM JOB [THREADS ROUNDS] · decode ROUNDS JOB|RASTER…
// anything else: BenchmarkDotNet's own arguments
string gateFile = Path.Combine(AppContext.BaseDirectory, "gate.json");
switch (args)
{
    case ["gate", .. string[] rest] when rest is [] or ["--against", _] or ["--only", _] or ["--against", _, "--only", _]:
        string? Given(string name) => Array.IndexOf(rest, name) is >= 0 and var at ? rest[at + 1] : null;
        return Gate.Run(gateFile, update: false, Given("--against"), Given("--only")?.Split(','));
    case ["gate", "--update", string path]:
        return Gate.Run(path, update: true);
    case ["floor", string job, string result]:
        return Floor.Run(job, result, Environment.ProcessorCount);
    case ["floor", string job, string result, string threads]:
        return Floor.Run(job, result, int.Parse(threads, CultureInfo.InvariantCulture));
    case ["e2e", string program, string job]:
        return EndToEnd.Run(program, job, Environment.ProcessorCount, rounds: 5);
    case ["e2e", string program, string job, string threads, string rounds]:
        return EndToEnd.Run(
            program, job, int.Parse(threads, CultureInfo.InvariantCulture), int.Parse(rounds, CultureInfo.InvariantCulture));
    case ["decode", string rounds, .. string[] rasters]:
        return Decoding.Run(rasters, int.Parse(rounds, CultureInfo.InvariantCulture));
    default:
        BenchmarkSwitcher.FromAssembly(typeof(KernelBenchmarks).Assembly).Run(args);
        return 0;
}

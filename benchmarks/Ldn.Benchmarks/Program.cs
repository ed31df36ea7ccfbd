using System.Globalization;
using BenchmarkDotNet.Running;
using Ldn.Benchmarks;

// gate [--against OTHER/Ldn.Benchmarks.dll]: ratios against gate.json and another build · gate --update gate.json · floor JOB
// RESULT.tif [THREADS] · e2e PROGRAM JOB [THREADS ROUNDS] · decode ROUNDS JOB|RASTER… · anything else: BenchmarkDotNet's own
// arguments.
string gateFile = Path.Combine(AppContext.BaseDirectory, "gate.json");
switch (args)
{
    case ["gate"] or ["gate", "--against", _]:
        // A machine shared with others may disturb a series or two; a slow kernel fails three.
        return Enumerable.Range(0, 3).Any(_ => Gate.Run(gateFile, update: false, against: args.ElementAtOrDefault(2)) == 0)
            ? 0
            : 1;
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

using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Ldn.Cli.Flags;
using Ldn.Gdal;
using Ldn.Lanes;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Run;

namespace Ldn.Cli.Terminal;

/// <summary>
/// What a run says while it works, on standard error: a line at its start, then a bar on a terminal, a plain line every ten
/// seconds elsewhere, or one JSON event a line (schema <c>progress</c>). It speaks on a clock of its own, so that a phase that
/// tells nothing is not silent.
/// </summary>
internal sealed class ConsoleProgress : IProgress<PassProgress>, IDisposable
{
    private static readonly TimeSpan s_ofBar = TimeSpan.FromMilliseconds(100), s_ofLines = TimeSpan.FromSeconds(10),
        s_ofEvents = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly TimeLeft _timeLeft = new();
    private readonly Form _form;
    private readonly bool _verbose;
    private readonly Timer? _timer;
    private PassProgress _at = new(0, 1, RunPhase.Inputs);
    private TimeSpan _phaseBegan;
    private TimeSpan? _ends;
    private long _cells;
    private int _drawn;
    private bool _told, _closed;

    private ConsoleProgress(Form form, bool verbose)
    {
        (_form, _verbose) = (form, verbose);
        TimeSpan interval = form switch { Form.Bar => s_ofBar, Form.Events => s_ofEvents, _ => s_ofLines };
        if (form != Form.Silent)
            _timer = new Timer(_ => Tick(), null, interval, interval);
    }

    private enum Form
    {
        Silent,
        Bar,
        Lines,
        Events,
    }

    /// <summary>Who is to be told how far the run has come; null where nobody wants to know.</summary>
    public IProgress<PassProgress>? Heard => _form == Form.Silent ? null : this;

    /// <summary>What the options ask for; null where nothing but errors is to be said.</summary>
    public static ConsoleProgress? Create(Call call)
    {
        if (call.Quiet)
            return null;
        Form form = call.Is(RunFlags.NoProgress) ? Form.Silent : call.Of(RunFlags.Progress) == "json" ? Form.Events
            : Screen.IsTerminal ? Form.Bar : Form.Lines;
        return new ConsoleProgress(form, call.Is(RunFlags.Verbose));
    }

    /// <summary>Says what the run is about to do.</summary>
    public void Begins(RunBeginning run)
    {
        (string Name, string Version)[] libraries = [.. ((IGeodata)new GdalGeodata()).Versions];
        lock (_lock)
        {
            Clear();
            _cells = run.Cells;
            if (_form == Form.Events)
            {
                Event("start", json =>
                {
                    json.WriteString("job", run.Job);
                    json.WriteString("version", Provenance.ProgramVersion);
                    json.WriteStartObject("libraries");
                    foreach ((string name, string version) in libraries)
                        json.WriteString(name, version);
                    json.WriteEndObject();
                    json.WriteNumber("width", run.Size.Width);
                    json.WriteNumber("height", run.Size.Height);
                    json.WriteNumber("cells", run.Cells);
                    if (run.Parts > 0)
                        json.WriteNumber("parts", run.Parts);
                    json.WriteNumber("threads", run.Workers);
                    json.WriteNumber("memory_bytes", run.MemoryBytes);
                    json.WriteNumber("simd_bits", (int)Simd.Widest);
                });
            }
            else
            {
                foreach (string line in Wrapped(
                    [
                        $"ldn {Provenance.ProgramVersion}",
                        .. libraries.Where(l => l.Name is "GDAL" or "PROJ").Select(l => $"{l.Name} {l.Version}"),
                        $".NET {Environment.Version}",
                        .. run.Cells == 0 ? ["tables alone"]
                            : new[]
                            {
                                $"{run.Size.Width} x {run.Size.Height} cells",
                                run.Parts == 0 ? $"{Short(run.Cells)} to read"
                                    : run.Parts == 1 ? "1 part to merge" : $"{run.Parts} parts to merge",
                            },
                        run.Workers == 1 ? "1 thread" : $"{run.Workers} threads",
                        $"about {Megabytes(run.MemoryBytes)}",
                        Simd.Widest == SimdLevel.Scalar ? "no SIMD" : $"SIMD {(int)Simd.Widest}",
                    ], Screen.Width))
                    Console.Error.WriteLine(line);
            }

            if (_verbose)
                foreach (string line in run.Explained())
                    Console.Error.WriteLine($"  {line}");
        }
    }

    /// <summary>Says that the result is in place.</summary>
    public void Ends(string folder)
    {
        lock (_lock)
        {
            if (_form == Form.Events)
                Event("end", json => json.WriteString("out", folder));
        }
    }

    public void Report(PassProgress value)
    {
        lock (_lock)
        {
            TimeSpan now = _clock.Elapsed;
            bool turns = value.Phase != _at.Phase || !_told;
            if (turns)
                _phaseBegan = now;
            _at = value;
            if (_timeLeft.Of(value, now) is { } left)
                _ends = now + left;
            if (_form == Form.Events && turns)
                Event("phase", json => json.WriteString("phase", Name(value.Phase)));
            // Events tell the end of the work also where it took less than a second.
            if (_form == Form.Events && value.CellsDone == value.CellsInAll)
                Say(now);
            _told = true;
        }
    }

    /// <summary>Takes the bar off the terminal.</summary>
    public void Dispose()
    {
        _timer?.Dispose();
        lock (_lock)
        {
            Clear();
            _closed = true;
        }
    }

    /// <summary>
    /// The bar with what is told beside it, always one column shorter than the terminal: where there is no room for all, memory
    /// goes first, then rate, phase and time left, at last the bar.
    /// </summary>
    internal static string Bar(int width, double share, string phase, string left, string rate, string memory)
    {
        const int Longest = 30, Shortest = 10;
        string percent = string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(share * 100),3} %");
        string[] parts = [memory, rate, phase, left];
        for (int dropped = 0; dropped <= parts.Length; dropped++)
        {
            string Kept(int part) => part < dropped || parts[part].Length == 0 ? "" : "  " + parts[part];
            string beside = $" {percent}{Kept(3)}{Kept(1)}{Kept(0)}", before = Kept(2);
            int room = Math.Min(Longest, width - 1 - before.Length - beside.Length - 4);
            if (room < Shortest)
                continue;
            int full = (int)(share * room);
            return $"{before}  [{new string('#', full)}{new string('.', room - full)}]{beside}";
        }

        return percent.Length < width ? percent : "";
    }

    /// <summary>Parts on as few lines as they fit on.</summary>
    internal static IReadOnlyList<string> Wrapped(IEnumerable<string> parts, int width)
    {
        var lines = new List<string>();
        foreach (string part in parts)
        {
            if (lines.Count > 0 && lines[^1].Length + part.Length + 3 < width)
                lines[^1] += ", " + part;
            else if (lines.Count == 0)
                lines.Add("  " + part);
            else
            {
                lines[^1] += ",";
                lines.Add("    " + part);
            }
        }

        return lines;
    }

    private double Share => _at.CellsInAll == 0 ? 1 : (double)_at.CellsDone / _at.CellsInAll;

    /// <summary>Cells of the run that the phase goes through in a second; null for phases that go through none.</summary>
    private double? Rate(TimeSpan now) => _at.Phase is RunPhase.Pass or RunPhase.Limits && now > _phaseBegan && _at.PhaseShare > 0
        ? _at.PhaseShare * _cells / (now - _phaseBegan).TotalSeconds : null;

    private void Tick()
    {
        lock (_lock)
        {
            if (!_closed)
                Say(_clock.Elapsed);
        }
    }

    private void Say(TimeSpan now)
    {
        // It passes also while nothing is told.
        TimeSpan? remains = _ends is { } end ? end > now ? end - now : TimeSpan.Zero : null;
        double? rate = Rate(now);
        long memory = Environment.WorkingSet;
        if (_form == Form.Events)
        {
            if (_at.Phase == RunPhase.Inputs)
                return;
            Event("progress", json =>
            {
                json.WriteString("phase", Name(_at.Phase));
                json.WriteNumber("done", _at.CellsDone);
                json.WriteNumber("total", _at.CellsInAll);
                json.WriteNumber("eta_seconds", Math.Round(remains?.TotalSeconds ?? 0, 1));
                if (rate is { } cells)
                    json.WriteNumber("cells_per_second", Math.Round(cells));
                json.WriteNumber("memory_bytes", memory);
            });
            return;
        }

        string left = remains is { } time ? $"{Clock(time)} left" : "";
        string pace = rate is { } a ? $"{Short((long)a)} cells/s" : "";
        if (_form == Form.Bar)
        {
            string line = Bar(Screen.Width, Share, Word(_at.Phase), left, pace, Megabytes(memory));
            Console.Error.Write("\r" + line.PadRight(Math.Max(line.Length, _drawn)));
            _drawn = line.Length;
        }
        else
        {
            string[] said = _at.Phase == RunPhase.Inputs ? [$"after {Clock(now)}", Megabytes(memory)]
                : [string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(Share * 100)} %"), left, pace, Megabytes(memory)];
            Console.Error.WriteLine($"{Word(_at.Phase)}: {string.Join(", ", said.Where(s => s.Length > 0))}");
        }
    }

    private void Clear()
    {
        if (_drawn > 0)
            Console.Error.Write("\r" + new string(' ', _drawn) + "\r");
        _drawn = 0;
    }

    private void Event(string name, Action<Utf8JsonWriter> content)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("event", name);
            content(json);
            json.WriteNumber("seconds", Math.Round(_clock.Elapsed.TotalSeconds, 3));
            json.WriteEndObject();
        }

        Console.Error.WriteLine(Encoding.UTF8.GetString(bytes.ToArray()));
    }

    private static string Name(RunPhase phase) => phase.ToString().ToLowerInvariant();

    private static string Word(RunPhase phase) => phase switch
    {
        RunPhase.Inputs => "opening inputs",
        RunPhase.Limits => "finding limits",
        RunPhase.Pass => "computing",
        RunPhase.Rasters => "laying out rasters",
        _ => "making reports",
    };

    private static string Clock(TimeSpan time) =>
        TimeSpan.FromSeconds(Math.Ceiling(time.TotalSeconds)).ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture);

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes >> 20} MB");

    private static string Short(long number) => number switch
    {
        >= 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{number / 1e9:0.0} G"),
        >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{number / 1e6:0.0} M"),
        >= 10_000 => string.Create(CultureInfo.InvariantCulture, $"{number / 1e3:0} k"),
        _ => number.ToString(CultureInfo.InvariantCulture),
    };
}

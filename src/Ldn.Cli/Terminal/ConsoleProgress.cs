using System.Diagnostics;
using System.Globalization;
using Ldn.Cli.Flags;
using Ldn.Pass;

namespace Ldn.Cli.Terminal;

/// <summary>
/// Progress on standard error: a bar on a terminal, a plain line every ten seconds otherwise, or one JSON event a line.
/// </summary>
internal sealed class ConsoleProgress : IProgress<PassProgress>, IDisposable
{
    private const int BarWidth = 30;
    private readonly Lock _lock = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly bool _json;
    private readonly bool _bar;
    private readonly TimeSpan _interval;
    private readonly TimeLeft _timeLeft = new();
    private TimeSpan _last;
    private bool _drawn;

    private ConsoleProgress(bool json)
    {
        _json = json;
        _bar = !json && !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";
        _interval = _bar ? TimeSpan.FromMilliseconds(100) : json ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(10);
    }

    /// <summary>The progress the options ask for, or null for none.</summary>
    public static ConsoleProgress? Create(Call call) =>
        call.Quiet || call.Is(RunFlags.NoProgress) ? null : new ConsoleProgress(call.Of(RunFlags.Progress) == "json");

    public void Report(PassProgress value)
    {
        lock (_lock)
        {
            bool end = value.CellsDone >= value.CellsInAll;
            double share = value.CellsInAll == 0 ? 1 : (double)value.CellsDone / value.CellsInAll;
            TimeSpan? estimate = _timeLeft.Of(share, _clock.Elapsed);
            if (_clock.Elapsed - _last < _interval && !(end && (_bar || _json)))
                return;
            _last = _clock.Elapsed;
            string percent = (share * 100).ToString("F0", CultureInfo.InvariantCulture);
            string eta = estimate is { } left
                ? TimeSpan.FromSeconds(Math.Ceiling(left.TotalSeconds)).ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture)
                : "?";
            if (_json)
            {
                Console.Error.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $$"""{"event":"progress","done":{{value.CellsDone}},"total":{{value.CellsInAll}},"seconds":{{_last.TotalSeconds:F3}},"eta_seconds":{{estimate?.TotalSeconds ?? 0:F1}}}"""));
            }
            else if (_bar)
            {
                int full = (int)(share * BarWidth);
                Console.Error.Write(
                    $"\r  [{new string('#', full)}{new string('.', BarWidth - full)}] {percent,3} %  {eta} left ");
                _drawn = true;
            }
            else
            {
                Console.Error.WriteLine($"computing: {percent} %, {eta} left");
            }
        }
    }

    /// <summary>Takes the bar off the terminal.</summary>
    public void Dispose()
    {
        if (_drawn)
            Console.Error.Write("\r" + new string(' ', BarWidth + 30) + "\r");
    }
}

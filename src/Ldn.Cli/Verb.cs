using Ldn.Cli.Flags;
using Ldn.Jobs.Flags;

namespace Ldn.Cli;

/// <summary>
/// A command of the program: what it is called, takes and does. Parser, help, manual page and completion are made from it.
/// </summary>
/// <param name="Name">As it is typed.</param>
/// <param name="Summary">What it does, in one sentence without a full stop.</param>
internal sealed record Verb(string Name, string Summary)
{
    /// <summary>Does it; returns the exit code.</summary>
    public required Func<Call, int> Run { get; init; }

    /// <summary>What more the help and the manual tell: whole sentences.</summary>
    public required string Doc { get; init; }

    public IReadOnlyList<Operand> Operands { get; init; } = [];

    /// <summary>The flags that have an effect, in the order of laying them over a job.</summary>
    public IReadOnlyList<Flag> Flags { get; init; } = [];

    /// <summary>Command lines that work, without the program's name.</summary>
    public required IReadOnlyList<Example> Examples { get; init; }

    /// <summary>It only prints: the flags that all others have in common are unknown to it.</summary>
    public bool OnlyPrints { get; init; }

    /// <summary>Common flags that are taken without effect, so that a line serves several commands.</summary>
    public IReadOnlyList<Flag> Idle => OnlyPrints ? [] : [.. RunFlags.Common.Where(c => Flags.All(f => f.Name != c.Name))];

    public IEnumerable<Flag> AllFlags => Flags.Concat(Idle);

    /// <summary>How it is called, in one line.</summary>
    public string Usage =>
        string.Join(
            ' ',
            Operands.Select(o => o.Usage).Prepend(Name).Prepend("ldn")
                .Concat(AllFlags.Any() ? ["[options]"] : Array.Empty<string>()));

    public Flag? Flag(string name) => AllFlags.FirstOrDefault(f => f.Name == name || f.Short == name);
}

/// <summary>What a command is given beside its flags.</summary>
/// <param name="Name">As the help calls it; JOB, FILE and PLAN complete to files, DIR and RESULT to folders.</param>
/// <param name="Doc">What it is, in one sentence without a full stop.</param>
/// <param name="Least">Fewest of them, 0 or 1.</param>
/// <param name="Most">Most of them.</param>
internal sealed record Operand(string Name, string Doc, int Least = 1, int Most = 1)
{
    public const int Any = 100_000;

    /// <summary>The names it can be, where these are few.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    public string Usage =>
        (Least, Most) switch { (0, 1) => $"[{Name}]", (0, _) => $"[{Name} …]", (_, 1) => Name, _ => $"{Name} …" };
}

/// <summary>A command line that works.</summary>
internal sealed record Example(string Line, string Does);

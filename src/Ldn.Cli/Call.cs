using System.CommandLine;
using Ldn.Cli.Flags;
using Ldn.Gdal;
using Ldn.Jobs;
using Ldn.Jobs.Flags;
using Ldn.Rasters;
using Ldn.Subjects;

namespace Ldn.Cli;

/// <summary>
/// One call of a verb: what was typed and, where a flag was not, what its <c>LDN_</c> variable says. Every value is read and
/// checked before the verb starts.
/// </summary>
internal sealed class Call : IGiven
{
    private readonly Dictionary<Flag, (object Value, string Text)> _given = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Flag> _ofVariables = new(ReferenceEqualityComparer.Instance);

    private Call(Verb verb, IReadOnlyList<string> operands) => (Verb, Operands) = (verb, operands);

    public Verb Verb { get; }

    public IReadOnlyList<string> Operands { get; }

    /// <summary>The one operand, or null where it is left out.</summary>
    public string? Operand => Operands.Count > 0 ? Operands[0] : null;

    /// <summary>Whether nothing but errors is to be said.</summary>
    public bool Quiet => Is(RunFlags.Quiet);

    /// <summary>Reads a command line.</summary>
    /// <exception cref="LdnException">Exit 2, with the nearest name: no such command or option, a value missing or
    /// impossible.</exception>
    public static Call Parse(IReadOnlyList<Verb> verbs, IReadOnlyList<string> args, Func<string, string?> variable)
    {
        Verb verb = Mistakes.VerbOf(verbs, args);
        Mistakes.RefuseUnknownOptions(verbs, verb, args);
        Command command = CommandOf(verb, out Dictionary<Flag, Option> options, out List<Argument> arguments);
        // No response files: a name that starts with @ is a name.
        ParseResult parsed = command.Parse([.. args.Skip(1)], new ParserConfiguration { ResponseFileTokenReplacer = null });
        string[] operands = [.. arguments.SelectMany(a => parsed.GetResult(a)?.Tokens ?? []).Select(t => t.Value)];
        Mistakes.RefuseParsed(verb, parsed, operands, args);
        var call = new Call(verb, operands);
        foreach ((Flag flag, Option option) in options)
        {
            if (parsed.GetResult(option) is { Implicit: false } result)
                call.Add(flag, flag.Name, [.. result.Tokens.Select(t => t.Value)]);
        }

        call.AddVariables(variable);
        return call;
    }

    public T? Of<T>(Flag<T> flag) => _given.TryGetValue(flag, out (object Value, string Text) given) ? (T)given.Value : default;

    public bool Has(Flag flag) => _given.ContainsKey(flag);

    public bool Is(SwitchFlag flag) => Of(flag) ?? false;

    /// <inheritdoc/>
    /// <remarks>Without a job file a job's folder is the current one, and names stay as they were typed.</remarks>
    public string Path(string name) => Operands.Count > 0 ? FromHere(name) : name;

    public IReadOnlyList<string> BandNames(string raster) => ((IGeodata)new GdalGeodata()).BandNames(raster);

    /// <summary>The job of a file with flags laid over it, or of flags alone.</summary>
    public Job Job(string? file)
    {
        (JobConfig config, string folder) = Config(file);
        return Resolved(file, config, folder);
    }

    /// <summary>What <see cref="Config"/> gave, checked; a job file is told where its paths start.</summary>
    public static Job Resolved(string? file, JobConfig config, string folder) => file is null
        ? JobResolver.Resolve(config, folder, AllSubjects.InOrder)
        : JobResolver.ResolveFile(config, folder, AllSubjects.InOrder);

    /// <summary>The same, not yet resolved, with the folder its relative paths start from.</summary>
    public (JobConfig Config, string Folder) Config(string? file)
    {
        if (file is null)
            return (LayOver(InputFlags.SinglePeriod(this)), Directory.GetCurrentDirectory());
        Mistakes.RefuseBesideJobFile(this, file);
        return (
            LayOver(JobReader.Read(file, AllSubjects.InOrder)),
            System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(file))!);
    }

    /// <summary>Lays every flag of the job over it.</summary>
    public JobConfig LayOver(JobConfig job) => Verb.Flags.Where(Has).Aggregate(job, (laid, flag) => flag.LayOver(laid, this));

    /// <summary>The flags that say what is computed, as given, for the record.</summary>
    public SortedDictionary<string, string> Recorded() => new(
        _given.Where(g => g.Key.Field is not null || g.Key == RunFlags.HashRemote)
            .ToDictionary(g => g.Key.Name.TrimStart('-'), g => g.Value.Text), StringComparer.Ordinal);

    /// <summary>Workers of --threads; all processors without it.</summary>
    public int Threads => Of(RunFlags.Threads) ?? Environment.ProcessorCount;

    /// <summary>Bytes of --memory for cells; half of what the process may use without it.</summary>
    public long Memory => Of(RunFlags.Memory) is { } given ? MemoryLimit.ForCells(given)
        : MemoryLimit.Available / 2;

    /// <summary>Which variables a message may be about: those whose flag or value it names.</summary>
    public string? Blame(string message)
    {
        string[
] blamed = [.. _ofVariables.Where(
                f => message.Contains(f.Name, StringComparison.Ordinal)
                    || message.Contains(_given[f].Text, StringComparison.Ordinal))
            .Select(f => $"{f.Variable}={_given[f].Text}")];
        return blamed.Length == 0 ? null : $"set by the environment: {string.Join(", ", blamed)}";
    }

    /// <summary>A file named on the command line is relative to where it is typed, whatever the job's folder.</summary>
    private static string FromHere(string name) => DataSetName.Resolved(name, Directory.GetCurrentDirectory());

    private static Command CommandOf(Verb verb, out Dictionary<Flag, Option> options, out List<Argument> arguments)
    {
        var command = new Command("\u0001");
        arguments = [];
        foreach (Operand operand in verb.Operands)
        {
            arguments.Add(operand.Most == 1
                ? new Argument<string>(operand.Name) { Arity = new ArgumentArity(operand.Least, 1) }
                : new Argument<string[]>(operand.Name) { Arity = new ArgumentArity(operand.Least, operand.Most) });
            command.Arguments.Add(arguments[^1]);
        }

        options = new Dictionary<Flag, Option>(ReferenceEqualityComparer.Instance);
        foreach (Flag flag in verb.AllFlags)
        {
            Option option = flag switch
            {
                SwitchFlag => new Option<bool?>(flag.Name) { Arity = ArgumentArity.ZeroOrOne },
                { Repeats: true } => new Option<string[]>(flag.Name)
                {
                    Arity = ArgumentArity.OneOrMore,
                    AllowMultipleArgumentsPerToken = flag.Many
                },
                _ => new Option<string>(flag.Name) { Arity = ArgumentArity.ExactlyOne },
            };
            if (flag.Short is not null)
                option.Aliases.Add(flag.Short);
            options.Add(flag, option);
            command.Options.Add(option);
        }

        return command;
    }

    private void Add(Flag flag, string said, IReadOnlyList<string> texts) =>
        _given[flag] = (flag.Read(said, texts), texts.Count == 0 ? "true" : string.Join(',', texts));

    private void AddVariables(Func<string, string?> variable)
    {
        // Whoever plans with LDN_ variables set has them set for the shards too, where the plan's own hold.
        bool shard = Verb.Flags.Contains(ShardFlags.Plan)
            && (Has(ShardFlags.Plan) || variable(ShardFlags.Plan.Variable) is { Length: > 0 });
        foreach (Flag flag in Verb.AllFlags.Where(f => !Has(f) && (!shard || ShardFlags.OfShard.Contains(f))))
        {
            if (variable(flag.Variable) is not { Length: > 0 } text)
                continue;
            Add(flag, flag.Variable, [text]);
            _ofVariables.Add(flag);
        }
    }
}

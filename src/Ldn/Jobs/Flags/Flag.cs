using System.Globalization;

namespace Ldn.Jobs.Flags;

/// <summary>Under which heading of the help a flag stands.</summary>
internal enum FlagGroup
{
    Inputs,
    Zones,
    Rules,
    Questions,
    Outputs,
    Running,
}

/// <summary>What was said on the command line and by <c>LDN_</c> variables, for flags that depend on others.</summary>
internal interface IGiven
{
    /// <summary>The value of a flag, or null where it is not given.</summary>
    T? Of<T>(Flag<T> flag);

    bool Has(Flag flag);

    /// <summary>
    /// The name of a file as the job must hold it: relative names start where the command is typed, whatever the job file's
    /// folder. GDAL's own names pass.
    /// </summary>
    string Path(string name);

    /// <summary>What the bands of a raster are called, empty where they have no names; it is opened for the question.</summary>
    IReadOnlyList<string> BandNames(string raster);
}

/// <summary>
/// A flag of the command line, written down once: from it follow parsing, help, manual page, completion, its <c>LDN_</c>
/// variable, its place in the job and the options that provenance records. A verb lists the flags it takes.
/// </summary>
/// <param name="Name">With its dashes: <c>--missing</c>.</param>
/// <param name="Value">What its value is called in the help; null for a switch. FILE, DIR and FIELD complete to files, folders
/// and attributes of the zones.</param>
internal abstract record Flag(string Name, string? Value)
{
    public required FlagGroup Group { get; init; }

    /// <summary>What it does, in one sentence without a full stop.</summary>
    public required string Doc { get; init; }

    /// <summary>A value as one would type it; empty for a switch.</summary>
    public required string Example { get; init; }

    /// <summary>What more the manual tells: whole sentences.</summary>
    public string? More { get; init; }

    /// <summary>One letter with its dash, such as <c>-o</c>.</summary>
    public string? Short { get; init; }

    /// <summary>What holds without the flag, where it can be said in a word or two.</summary>
    public string? Default { get; init; }

    /// <summary>The names its value can have, for help, completion and check.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Other words that people have for a value, each before the value itself.</summary>
    public IReadOnlyList<(string Said, string Meant)> OtherWords { get; init; } = [];

    /// <summary>
    /// The key of the job file that it overrides, such as <c>rules.missing</c>; null where it is no matter of the job.
    /// </summary>
    public string? Field { get; init; }

    /// <summary>Whether it may be given several times.</summary>
    public bool Repeats { get; init; }

    /// <summary>Whether several values may follow it at once.</summary>
    public bool Many { get; init; }

    /// <summary>Whether it only describes a period without a job file, and contradicts one.</summary>
    public bool WithoutJobFile { get; init; }

    /// <summary>The environment variable that stands for it where it is not given.</summary>
    public string Variable => "LDN_" + Name.TrimStart('-').Replace('-', '_').ToUpperInvariant();

    /// <summary>Whether its value is one or several of <see cref="Values"/> and nothing else.</summary>
    public bool IsClosed => Values.Count > 0 && Value?.Contains("FILE", StringComparison.Ordinal) != true;

    /// <summary>Whether it is laid over the job.</summary>
    public abstract bool IsOfJob { get; }

    /// <summary>Reads what was given, each text one value.</summary>
    /// <param name="said">Who says it, for messages: the flag, or its variable.</param>
    /// <param name="texts">At least one value; of a switch none is yes.</param>
    /// <exception cref="LdnException">Exit 2: no such value.</exception>
    public abstract object Read(string said, IReadOnlyList<string> texts);

    /// <summary>Lays its value over a job.</summary>
    public abstract JobConfig LayOver(JobConfig job, IGiven given);

    public sealed override string ToString() => Name;

    /// <summary>How the example is given by whoever said it: the flag, or its variable.</summary>
    protected string Shown(string said) => said == Variable ? $"{said}={Example}" : $"{Name} {Example}";

    /// <summary>One of the known names, or an error that lists them and tells the nearest.</summary>
    protected string Known(string said, string text)
    {
        if (!IsClosed || Values.Contains(text))
            return text;
        Fault fault = Field is null ? Fault.Usage : Fault.Job;
        string[] parts = text.Split(';', StringSplitOptions.TrimEntries);
        string word = text.ToLowerInvariant(), hint = parts.Length > 1 && parts.All(Values.Contains)
            ? $"; names are separated by commas: {string.Join(",", parts)}"
            : (Values.FirstOrDefault(v => v == word.Split('-', '_', '.')[0])
                ?? OtherWords.FirstOrDefault(w => w.Said == word).Meant) is { } meant ? $"; did you mean '{meant}'?"
            : Csv.NearestName.Hint(text, Values);
        throw fault.Error($"{said}: unknown value '{text}'{hint}", $"use one of {string.Join(", ", Values)}");
    }
}

/// <summary>A flag whose value is a <typeparamref name="T"/>.</summary>
internal abstract record Flag<T>(string Name, string? Value) : Flag(Name, Value)
{
    /// <summary>Its effect on the job; null where it has its effect elsewhere.</summary>
    public Func<JobConfig, T, IGiven, JobConfig>? Lay { get; init; }

    public sealed override bool IsOfJob => Lay is not null;

    public sealed override JobConfig LayOver(JobConfig job, IGiven given) =>
        Lay is not null && given.Of(this) is { } value ? Lay(job, value, given) : job;
}

/// <summary>A name, a file or any other text.</summary>
internal sealed record TextFlag(string Name, string Value) : Flag<string>(Name, Value)
{
    public override object Read(string said, IReadOnlyList<string> texts) => Known(said, texts[^1]);
}

/// <summary>Yes or no; without a value yes.</summary>
internal sealed record SwitchFlag(string Name) : Flag<bool?>(Name, null)
{
    public override object Read(string said, IReadOnlyList<string> texts) =>
        texts.Count == 0 ? true : texts[^1].ToLowerInvariant() switch
        {
            "true" or "1" or "yes" => true,
            "false" or "0" or "no" => false,
            _ => throw Fault.Usage.Error(
                $"{said}: '{texts[^1]}' is neither true nor false", $"give {Name} alone, or {Name}=false"),
        };
}

/// <summary>A number with a decimal point; a sign of per cent may follow a percentage.</summary>
internal sealed record NumberFlag(string Name, string Value) : Flag<double?>(Name, Value)
{
    public override object Read(string said, IReadOnlyList<string> texts)
    {
        string text = Value == "PERCENT" ? texts[^1].TrimEnd().TrimEnd('%') : texts[^1];
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && double.IsFinite(number)
            ? number
            : throw Fault.Usage.Error(
                $"{said}: '{texts[^1]}' is not a number",
                Csv.Typed.Number(texts[^1]) is { } plain ? $"write {plain}, in plain digits with a decimal point"
                    : $"for example {Shown(said)}, with a decimal point where there are decimals");
    }
}

/// <summary>A whole number, 0 or more.</summary>
internal sealed record WholeFlag(string Name, string Value) : Flag<int?>(Name, Value)
{
    /// <summary>The least and the greatest it can be.</summary>
    public (int Least, int Greatest) Range { get; init; } = (0, int.MaxValue);

    public override object Read(string said, IReadOnlyList<string> texts)
    {
        if (!int.TryParse(texts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            throw Fault.Usage.Error($"{said}: '{texts[^1]}' is not a whole number",
                Csv.Typed.Plain(texts[^1]) is var plain && plain != texts[^1] && plain.All(char.IsAsciiDigit)
                    ? $"write {plain}, in plain digits" : $"for example {Shown(said)}");
        return number >= Range.Least && number <= Range.Greatest
            ? number
            : throw Fault.Usage.Error(
                $"{said}: {number} is not between {Range.Least} and {Range.Greatest}", $"for example {Shown(said)}");
    }
}

/// <summary>Names separated by commas.</summary>
internal sealed record NamesFlag(string Name, string Value) : Flag<IReadOnlyList<string>>(Name, Value)
{
    public override object Read(string said, IReadOnlyList<string> texts) =>
        texts.SelectMany(t => t.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Select(t => Known(said, t)).ToArray();
}

/// <summary>Texts, one each time the flag is given.</summary>
internal sealed record SeveralFlag : Flag<IReadOnlyList<string>>
{
    public SeveralFlag(string name, string value)
        : base(name, value) => Repeats = true;

    public override object Read(string said, IReadOnlyList<string> texts) => texts.Select(t => Known(said, t)).ToArray();
}

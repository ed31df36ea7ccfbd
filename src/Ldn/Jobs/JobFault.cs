namespace Ldn.Jobs;

/// <summary>One thing that is wrong with a job: the key it belongs to (empty for the file as a whole) and its error.</summary>
internal sealed record JobFault(string Key, LdnException Error)
{
    /// <summary>Line of the job file, from 1; null where it is not known.</summary>
    public int? Line { get; init; }

    /// <summary>The part of the job that the key lies in, such as <c>landCover</c>.</summary>
    public string Section => Key.Split('.', '[')[0];
}

/// <summary>
/// Takes faults. A run wants the first one at once; a check wants all of them, and goes on with what is sound: what is found in a
/// section of which the reader already took something away is left out, for it may be a consequence.
/// </summary>
internal sealed class JobFaults
{
    private readonly List<JobFault>? _all;
    private readonly HashSet<string> _known;

    private JobFaults(List<JobFault>? all)
    {
        _all = all;
        // Rules and outputs have defaults: what was taken away leaves nothing missing.
        _known = [.. (all?.Select(f => f.Section) ?? []).Where(s => s is not ("rules" or "grid" or "outputs" or "noData"))];
    }

    /// <summary>Throws each fault as it is found.</summary>
    public static JobFaults Thrown { get; } = new(null);

    public bool Any => _all is { Count: > 0 };

    /// <summary>Adds them to a list that may hold those of the reader already.</summary>
    public static JobFaults Into(List<JobFault> all) => new(all);

    public void Add(string key, LdnException error)
    {
        if (_all is null)
            throw error;
        var fault = new JobFault(key, error);
        if (!_known.Contains(fault.Section) && !_all.Exists(f => f.Key == key && f.Error.Message == error.Message))
            _all.Add(fault);
    }

    /// <summary>What a step makes, or <paramref name="otherwise"/> where it fails and faults are gathered.</summary>
    public T Try<T>(string key, Func<T> step, T otherwise)
    {
        if (_all is null)
            return step();
        try
        {
            return step();
        }
        catch (LdnException e)
        {
            Add(key, e);
            return otherwise;
        }
    }

    /// <summary>The value of a name, or the first there is where the name is a fault that is gathered.</summary>
    public T Choice<T>(string key, string given, params IReadOnlyList<(string Name, T Value)> choices) =>
        Try(key, () => JobResolver.Choice(key, given, choices), choices[0].Value);

    public void Try(string key, Action step) => Try(key, () => { step(); return true; }, false);
}

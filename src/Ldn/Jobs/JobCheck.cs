namespace Ldn.Jobs;

/// <summary>A job file read as a whole: everything that is wrong with its text, its keys and the files it names, or the job.</summary>
public sealed class JobCheck
{
    private JobCheck(string file) => File = file;

    /// <summary>The job file, as it was named.</summary>
    public string File { get; }

    /// <summary>What is wrong, by line; empty where <see cref="Job"/> is there.</summary>
    public IReadOnlyList<JobFault> Faults { get; private set; } = [];

    public Job? Job { get; private set; }

    /// <summary>Reads a job file; nothing is thrown for what a person can mend.</summary>
    /// <param name="file">The job file.</param>
    /// <param name="overlay">Lays options over what was read.</param>
    public static JobCheck Of(string file, Func<JobConfig, JobConfig>? overlay = null)
    {
        var check = new JobCheck(file);
        var faults = new List<JobFault>();
        try
        {
            (JobConfig config, JobPlaces places) = JobReader.Read(file, faults);
            string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
            (Job? job, JobFiles files) = JobResolver.Resolve(overlay?.Invoke(config) ?? config, folder, JobFaults.Into(faults));
            foreach (string name in files.All.Keys)
                if (files.Missing(name) is { } missing && !faults.Exists(f => f.Error.Message.Contains(files.All[name], StringComparison.Ordinal)))
                    faults.Add(new JobFault(places.KeyOf(name) ?? "", missing));
            check.Faults = [.. faults.Select(f => f with { Line = f.Line ?? places.Line(f.Key) }).OrderBy(f => f.Line ?? 0)];
            check.Job = check.Faults.Count == 0 ? job : null;
        }
        catch (LdnException e)
        {
            check.Faults = [.. faults, new JobFault("", e)];
        }

        return check;
    }
}

using Ldn.Rasters;

namespace Ldn.Jobs;

/// <summary>
/// A job file read as a whole: everything that is wrong with its text, its keys and the files it names, or the job.
/// </summary>
internal sealed class JobCheck
{
    private JobPlaces? _places;

    private JobCheck(string file) => File = file;

    /// <summary>The job file, as it was named.</summary>
    public string File { get; }

    /// <summary>What is wrong, by line; empty where <see cref="Job"/> is there.</summary>
    public IReadOnlyList<JobFault> Faults { get; private set; } = [];

    public Job? Job { get; private set; }

    /// <summary>The files that the job names and that are there, each with its key and line.</summary>
    public IReadOnlyList<(string Key, int? Line, string Path)> Files { get; private set; } = [];

    /// <summary>The line of a key.</summary>
    public int? LineOf(string key) => key.Length == 0 ? null : _places?.Line(key);

    /// <summary>Reads a job file; nothing is thrown for what a person can mend.</summary>
    /// <param name="file">The job file.</param>
    /// <param name="sections">Who reads the sections that this room does not know.</param>
    /// <param name="overlay">Lays options over what was read.</param>
    public static JobCheck Of(string file, IReadOnlyList<IJobSection> sections, Func<JobConfig, JobConfig>? overlay = null)
    {
        var check = new JobCheck(file);
        var faults = new List<JobFault>();
        try
        {
            (JobConfig config, JobPlaces places) = JobReader.Read(file, sections, faults);
            string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
            (Job? job, JobFiles files) = JobResolver.Resolve(
                overlay?.Invoke(config) ?? config, folder, sections, JobFaults.Into(faults));
            foreach (string name in files.All.Keys)
                if (files.Missing(name) is { } missing
                    && !faults.Exists(f => f.Error.Message.Contains(files.All[name], StringComparison.Ordinal)))
                    faults.Add(new JobFault(places.KeyOf(name) ?? "", missing));
            check._places = places;
            check.Files = [.. files.All.Where(f => files.Missing(f.Key) is null
                && System.IO.File.Exists(RasterName.Parse(f.Value).Dataset))
                .Select(f => (places.KeyOf(f.Key) ?? "", places.KeyOf(f.Key) is { } key ? places.Line(key) : null, f.Value))];
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

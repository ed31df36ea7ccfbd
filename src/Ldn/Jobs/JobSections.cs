using System.Text.Json.Serialization.Metadata;

namespace Ldn.Jobs;

/// <summary>
/// A key of the job file that belongs to a subject: where it stands, such as <c>targets</c> or <c>strata.population</c>, and the
/// shape of what stands there. This room checks the shape and knows no more of it, so that a new subject changes nothing here.
/// </summary>
internal abstract record SectionKey(string Path, JsonTypeInfo Shape, JobKeyAttribute About);

/// <inheritdoc cref="SectionKey"/>
internal sealed record SectionKey<T>(string Path, JsonTypeInfo<T> Type, JobKeyAttribute About) : SectionKey(Path, Type, About)
{
    /// <param name="path">Where it stands.</param>
    /// <param name="type">Its shape.</param>
    /// <param name="description">One sentence without a final full stop.</param>
    /// <param name="example">A value, as JSON.</param>
    /// <param name="values">The texts that are allowed; empty where any is.</param>
    public SectionKey(string path, JsonTypeInfo<T> type, string description, string example, params string[] values)
        : this(path, type, new JobKeyAttribute(description, example, values))
    {
    }
}

/// <summary>Who reads some keys of a job.</summary>
internal interface IJobSection
{
    IReadOnlyList<SectionKey> Keys { get; }

    /// <summary>What the job asks under these keys, checked; null where it asks nothing. Opens tables, no raster.</summary>
    /// <exception cref="LdnException">Exit 2, one message for each thing that can be wrong.</exception>
    IAsked? Read(JobSections sections);
}

/// <summary>What a job asks of one subject, checked; as immutable as the job.</summary>
internal interface IAsked
{
    /// <summary>Files beside the rasters of the pass, for the record: polygons and tables, each with what it is.</summary>
    IEnumerable<(string Layer, string File)> Files => [];
}

/// <summary>The sections of a job file while they are read, with what it takes to check them.</summary>
/// <param name="config">The job as written.</param>
/// <param name="job">The job so far: all but the sections that come later in the list of subjects.</param>
/// <param name="files">Names of files.</param>
internal sealed class JobSections(JobConfig config, Job job, JobFiles files)
{
    public Job Job => job;

    public JobFiles Files => files;

    /// <summary>What stands under a key, or null.</summary>
    /// <exception cref="LdnException">Exit 2: unknown key, a value of the wrong type.</exception>
    public T? Get<T>(SectionKey<T> key) => config.Get(key);
}

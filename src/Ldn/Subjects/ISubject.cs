using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Reports.Page;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>
/// A subject: one thing that can be asked about land beside the indicator, whole in one file or folder, from the keys of the job
/// to the tables of the result. It is registered in <see cref="AllSubjects"/>; everything that has to know of it follows from
/// there. <see cref="Subject{TAsked}"/> is where to start.
/// </summary>
internal interface ISubject : IJobSection
{
    /// <summary>
    /// The rasters it opens, by their names in <c>--nodata</c>. Such a raster may lie beside the zones: that keeps nobody from
    /// the indicator.
    /// </summary>
    IReadOnlyList<InputName> Inputs { get; }

    /// <summary>Whether it is told from the sub-indicators, which the rasters of a finished run do not hold.</summary>
    bool NeedsSubIndicators { get; }

    /// <summary>Every table it may make, without rows, in the order of the files.</summary>
    /// <param name="empty">A run without a zone or a cell.</param>
    IEnumerable<ResultTable> Kinds(RunStatistics empty);

    /// <summary>Its sections of the page, in their order.</summary>
    IReadOnlyList<PageSection> Sections { get; }

    /// <summary>The subject at work in a run of the job; null where the job asks nothing of it. Opens its rasters.</summary>
    internal Inquiry? Open(Opening opening);
}

/// <summary>A raster of a subject, as <c>--nodata</c> names it.</summary>
/// <param name="Name">Such as <c>land-types</c>.</param>
/// <param name="TellsGrid">Whether it takes part where the run's grid is that of the finest raster.</param>
internal sealed record InputName(string Name, bool TellsGrid = false)
{
    /// <summary>What descriptions of bands say where one of several holds it, in small letters.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];
}

/// <summary>A subject, of whose keys the job asks a <typeparamref name="TAsked"/>.</summary>
internal abstract class Subject<TAsked> : ISubject
    where TAsked : class, IAsked
{
    /// <inheritdoc/>
    public abstract IReadOnlyList<SectionKey> Keys { get; }

    /// <inheritdoc/>
    public virtual IReadOnlyList<InputName> Inputs => [];

    /// <inheritdoc/>
    public virtual bool NeedsSubIndicators => false;

    /// <inheritdoc/>
    public abstract IReadOnlyList<PageSection> Sections { get; }

    IAsked? IJobSection.Read(JobSections sections) => Read(sections);

    Inquiry? ISubject.Open(Opening opening) => opening.Job.Asks<TAsked>() is { } asked ? Open(asked, opening) : null;

    /// <inheritdoc/>
    public abstract IEnumerable<ResultTable> Kinds(RunStatistics empty);

    /// <inheritdoc cref="IJobSection.Read"/>
    protected abstract TAsked? Read(JobSections sections);

    /// <inheritdoc cref="ISubject.Open"/>
    private protected abstract Inquiry? Open(TAsked asked, Opening opening);
}

/// <summary>What a subject has at hand when its work begins.</summary>
/// <param name="Job">The job.</param>
/// <param name="Inputs">Where it opens its rasters.</param>
/// <param name="Geodata">Reads polygons.</param>
/// <param name="Others">The other subjects at work: complete from the next step on, now those that come before it.</param>
internal sealed record Opening(Job Job, IInputs Inputs, IGeodata Geodata, Inquiries Others);

/// <summary>The rasters of a run while they are opened.</summary>
internal interface IInputs
{
    /// <summary>Opens a raster, or finds it among those open already; returns its number.</summary>
    /// <param name="layer">Name for messages, such as <c>drought 2015</c>.</param>
    /// <param name="option">Its <see cref="InputName"/>.</param>
    /// <param name="file">The raster.</param>
    /// <param name="method">How it is brought onto the run's grid.</param>
    /// <param name="values">What its values can be; null for classes, which their recoder judges.</param>
    /// <param name="scale">In place of the file's, or null.</param>
    /// <param name="offset">Likewise.</param>
    /// <param name="noData">Values without data by the nature of the layer.</param>
    int Open(
        string layer, string option, string file, Resampling method, LayerValues? values = null, double? scale = null,
        double? offset = null,
        params IEnumerable<double> noData);

    /// <summary>
    /// Opens a raster that no step of the pass reads, for it is only what others are computed of; returns it, open as long as
    /// the run's inputs are, with its values without data.
    /// </summary>
    (IRasterSource Source, IReadOnlyList<double> NoData) OpenAside(string layer, string option, string file);

    /// <summary>Adds a raster that is computed while it is read, of single precision, NaN no data; returns its number.</summary>
    /// <param name="layer">Name for messages.</param>
    /// <param name="option">Its <see cref="InputName"/>, or that of what it is computed of.</param>
    /// <param name="file">What it is computed of, for messages.</param>
    /// <param name="source">The raster.</param>
    /// <param name="values">What its values can be.</param>
    int Add(string layer, string option, string file, IRasterSource source, LayerValues values);

    /// <summary>Keeps what computes such rasters until the run's inputs are closed.</summary>
    void Keep(Drought.IndexSeries series);

    IRasterSource Source(int input);

    /// <summary>Stored values without data.</summary>
    IReadOnlyList<double> NoData(int input);

    /// <summary>The recoder of an input's classes to codes above 0; others than these and no data are errors.</summary>
    ClassRecoder Recoder(int input, Dictionary<double, byte> codes);
}

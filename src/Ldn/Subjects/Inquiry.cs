using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Tables;
using Ldn.Tables.Prais;
using Ldn.Zones;

namespace Ldn.Subjects;

/// <summary>
/// A subject at work in one run. It is asked for these things in this order: its polygons, when the zones are known; its
/// questions, when the places are; its tables, when the pass has answered. What it learns on the way it keeps to itself.
/// </summary>
internal abstract class Inquiry
{
    /// <summary>Adds polygons to the zones, whose places then know them.</summary>
    /// <exception cref="LdnException">Polygons that cannot be read, or what is set for no zone of the run.</exception>
    public virtual void AddMembers(IMembers members)
    {
    }

    /// <summary>The questions to the pass.</summary>
    /// <param name="periods">Inputs of each period.</param>
    /// <param name="places">Which members hold each place.</param>
    /// <exception cref="LdnException">Polygons that contradict each other.</exception>
    public virtual IEnumerable<Question> Ask(IReadOnlyList<PeriodPlan> periods, PlaceIndex places) => [];

    /// <summary>What must hold of the answers, by another route than the tables take.</summary>
    /// <exception cref="InvalidOperationException">It does not: a defect of the program.</exception>
    public virtual void Check(RunStatistics run)
    {
    }

    /// <summary>Its tables, in the order of the files.</summary>
    public abstract IEnumerable<ResultTable> Report(RunStatistics run);

    /// <summary>The tables of the UNCCD's reporting platform that it fills, under their own names.</summary>
    public virtual IEnumerable<ResultTable> Prais(PraisFrame frame) => [];

    /// <summary>What the user should know of its inputs before anything is computed.</summary>
    public virtual IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>What every output says of its figures.</summary>
    public virtual IEnumerable<string> Notes => [];

    /// <summary>What is doubtful about them, to be said in every output and as a warning.</summary>
    public virtual IEnumerable<string> Doubts(RunStatistics run) => [];

    /// <summary>Its maps, as far as the job asks for them.</summary>
    public virtual IEnumerable<(RasterKind Kind, string Of, string Caption, OutputFill Fill)> Rasters(RasterOutputs asked) => [];

    /// <summary>Writes the maps of what only the figures of the whole run tell, as far as the job asks for them.</summary>
    public virtual void WriteLateRasters(LateRasters to)
    {
    }

    /// <summary>Vector files beside its tables, where the job asks for GeoPackages.</summary>
    public virtual IEnumerable<(string File, VectorTable Layer)> Layers(RunStatistics run) => [];

    /// <summary>
    /// Which of some years, ascending, stands for a moment: the closest, the earlier of two as close (method §11); −1 where there
    /// is none.
    /// </summary>
    public static int Serving(IReadOnlyList<int?> years, int? moment)
    {
        int serving = years.Count > 0 ? 0 : -1;
        for (int i = 1; i < years.Count; i++)
            if (Math.Abs((long)(years[i] - moment ?? 0)) < Math.Abs((long)(years[serving] - moment ?? 0)))
                serving = i;
        return serving;
    }
}

/// <summary>The subjects at work in a run, in their order.</summary>
internal sealed class Inquiries : List<Inquiry>
{
    /// <summary>One of them, or null.</summary>
    public T? Of<T>()
        where T : Inquiry => this.OfType<T>().FirstOrDefault();
}

/// <summary>Rasters that are written when the run is counted.</summary>
/// <param name="Pass">The pass that counted it.</param>
/// <param name="Counted">The run.</param>
/// <param name="PathOf">Where a file of the result is written.</param>
/// <param name="Geodata">Writes rasters.</param>
/// <param name="Threads">Threads to use.</param>
/// <param name="Cancellation">Ends the work.</param>
internal sealed record LateRasters(
    PassPlan Pass, RunStatistics Counted, Func<string, string> PathOf, IGeodata Geodata, int Threads,
    CancellationToken Cancellation)
{
    /// <summary>Begins a raster over the pass's extent, named after its kind and <paramref name="of"/>.</summary>
    public IRasterSink Create(RasterKind kind, string of, string caption)
    {
        var output = Output.Of(
            kind, of, caption, OutputFill.OfValues((_, _) => { }), false, Pass.Grid.Crop(Pass.Extent),
            Counted.Job.Outputs.Compression, Threads);
        return Geodata.CreateRaster(PathOf(output.Name + ".tif"), output.Raster);
    }
}

/// <summary>Zones and polygons of a run while they are laid over its grid.</summary>
internal interface IMembers
{
    Grid Grid { get; }

    /// <summary>Zones and groups as lines of the tables.</summary>
    IReadOnlyList<SummaryZone> Zones { get; }

    /// <summary>What the user should know.</summary>
    List<string> Warnings { get; }

    /// <summary>Classes of a polygon layer and where they are.</summary>
    (IReadOnlyList<Zone> Zones, IReadOnlyList<RowSpan[]> Spans) Read(ZoneLayerInput input);

    /// <summary>Adds polygons, clipped to the zones; returns the member number of the first.</summary>
    int Add(IReadOnlyList<RowSpan[]> spans);

    /// <summary>Cells of a member inside the zones.</summary>
    long CellCount(int member);
}

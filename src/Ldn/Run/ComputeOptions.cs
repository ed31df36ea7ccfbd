namespace Ldn.Run;

/// <summary>How a run is carried out; nothing here changes a figure.</summary>
/// <param name="OutputFolder">Folder of the result.</param>
/// <param name="Overwrite">Whether an existing result may be replaced.</param>
/// <param name="Threads">Workers, at least 1.</param>
/// <param name="MemoryBytes">Memory the run may plan for.</param>
/// <param name="Options">The options in force as the user gave them, for the record.</param>
public sealed record ComputeOptions(
    string OutputFolder, bool Overwrite, int Threads, long MemoryBytes, IReadOnlyDictionary<string, string> Options)
{
    /// <summary>Language of the reports, a code of <see cref="Reports.Texts.Languages"/>.</summary>
    public string Language { get; init; } = "en";

    /// <summary>
    /// What the job is (<see cref="DoneBefore.JobHash"/>), for the record; null where nobody will ask whether it is done.
    /// </summary>
    public string? JobHash { get; init; }

    /// <summary>Told what the run is about to do once its plan stands, before the first cell; null for nobody.</summary>
    public Action<RunBeginning>? Begins { get; init; }

    /// <summary>
    /// Whether remote inputs are read through for their SHA-256, as local ones are; else their size and time of change stand for
    /// them.
    /// </summary>
    public bool HashRemote { get; init; }
}

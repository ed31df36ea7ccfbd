using Ldn.Jobs;
using Ldn.Rasters;

namespace Ldn.Run.Shards;

/// <summary>A file that a plan depends on, as it was when the plan was made. <see cref="Modified"/> in ticks of UTC.</summary>
internal sealed record FileStamp(string Path, long Modified, FileHash Hash)
{
    public static FileStamp Of(string path) => new(path, FileFacts.LastWriteUtc(path).Ticks, FileHash.Of(path));

    /// <summary>
    /// Refuses a file that is not what it was. Size and time of change are asked first; the content decides only where the time
    /// alone differs, as after a copy.
    /// </summary>
    /// <exception cref="LdnException">Exit 3: gone or changed.</exception>
    public void Check()
    {
        const string remedy = "put the file back as it was, or make the plan anew and compute all shards again";
        var now = FileFacts.Of(Path);
        if (now.Kind == FileKind.Missing)
            throw Fault.Changed.Error($"{Path} is gone since the plan was made", remedy);
        if (now.Bytes != Hash.Bytes || (FileFacts.LastWriteUtc(Path).Ticks != Modified && FileHash.Of(Path) != Hash))
            throw Fault.Changed.Error($"{Path} has changed since the plan was made", remedy);
    }

    /// <summary>
    /// Every file of this machine that a run depends on: its inputs with what belongs to them, and whatever of the job names a
    /// file, which are the tables of rules.
    /// </summary>
    public static IReadOnlyList<string> Paths(RunPlan plan, JobConfig config, string folder, IGeodata geodata)
    {
        string[] inputs = [.. Provenance.InputNames(plan)];
        return [.. inputs.Concat(inputs.SelectMany(geodata.FilesOf)).Concat(SideFiles.Of(inputs, geodata))
            .Concat(JobFiles.Named(config, folder)).Select(DataSetName.LocalFile)
            .Where(p => p.Length > 0).Select(System.IO.Path.GetFullPath).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>The remote files among the inputs.</summary>
    public static IReadOnlyList<RemoteStamp> Remote(RunPlan plan, bool hash, IGeodata geodata)
    {
        string[] inputs = [.. Provenance.InputNames(plan)];
        string[] names = [.. inputs.Concat(inputs.SelectMany(geodata.FilesOf)).Distinct().Order(StringComparer.Ordinal)
            .Where(geodata.IsRemote)];
        return [.. FewAtOnce.Select(names, name => RemoteStamp.Of(name, hash, geodata, CancellationToken.None))
            .OfType<RemoteStamp>()];
    }
}

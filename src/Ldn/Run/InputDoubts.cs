using Ldn.Discovery;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Rasters;

namespace Ldn.Run;

/// <summary>Holds samples of inputs, and the names of their files, against what the job says they are.</summary>
internal static class InputDoubts
{
    private const double FewestCovered = 0.95;

    public static IReadOnlyList<string> Of(InputRow row, RasterInput input)
    {
        var doubts = new List<string>();
        void Add(string what) => doubts.Add(Fault.Doubt.Say($"{row.Layer} ({Path.GetFileName(row.File)}): {what}"));
        if (!row.Sample.HasData)
            Add("none of the cells looked at has data");
        else if (Unlike(input, row.Sample) is { } unlike)
            Add(unlike);
        if (row.Covered < FewestCovered)
            Add(FormattableString.Invariant($"covers {row.Covered * 100:0.#} % of the zones"));
        double[] fills = [.. row.Sample.Fills.Where(f => !row.NoData.Contains(f)
            && (input.Recoder is null || row.Sample.Classes.Count == 0))];
        if (fills.Length > 0)
            Add($"{string.Join(", ", fills.Select(RasterSample.Number))} fills more than 1 % of the cells looked at; if it "
                + $"means no data, declare it with --nodata {input.Option}={RasterSample.Number(fills[0])}");
        return doubts;
    }

    /// <summary>Classes compressed with loss: near the edges of patches they are others than were written.</summary>
    public static IEnumerable<string> OfLoss(IEnumerable<RasterInput> inputs, IGeodata geodata)
    {
        foreach (RasterInput input in inputs.Where(i => i is { Recoder: not null, IsComputed: false }).DistinctBy(i => i.File))
        {
            ILookup<string, string> about = geodata.About(input.File).ToLookup(a => a.Key, a => a.Value);
            string[] ways = [.. about["compression"].Distinct()];
            if (about["compression_reversibility"].Any(r => r.StartsWith("LOSSY", StringComparison.OrdinalIgnoreCase))
                || ways.Any(w => w.EndsWith("JPEG", StringComparison.OrdinalIgnoreCase)))
                yield return Fault.Doubt.Say(
                    $"{input.Layer} ({Path.GetFileName(input.File)}): its cells were compressed with loss "
                    + $"({string.Join(", ", ways)}), so that classes are others than were written; take the file that it was "
                    + "made of, compressed without loss (COMPRESS=DEFLATE)");
        }
    }

    /// <summary>Files of two years that hold the same bytes: every one of a size that another has is read.</summary>
    public static IEnumerable<string> OfBytes(Job job) => Dated(job).SelectMany(l => SameBytes(l.Layer, l.Files));

    /// <summary>One file for two years, or a file whose name tells another of the years: swapped, perhaps.</summary>
    public static IReadOnlyList<string> OfNames(Job job)
    {
        var doubts = new List<string>();
        foreach ((string layer, IReadOnlyDictionary<int, string> files) in Dated(job))
        {
            foreach (var twice in files.GroupBy(f => f.Value).Where(g => g.Count() > 1))
                doubts.Add(Fault.Doubt.Say($"{layer}: {Path.GetFileName(twice.Key)} is given for "
                    + $"{string.Join(" and for ", twice.Select(f => f.Key))}; a year that another stands for goes into standIns"));
            if (files.Keys.All(y => y <= YearSpan.Unnamed.Last))
            {
                // Initial and final, of years that nobody named.
                if (files.Count == 2 && FileYears.Of(files.First().Value) is [int initial]
                    && FileYears.Of(files.Last().Value) is [int final] && initial > final)
                    doubts.Add(Fault.Doubt.Say($"{layer}: the names of the files say {initial} for the initial and {final} for "
                        + "the final year: swapped?"));
                continue;
            }

            foreach ((int year, string file) in files)
            {
                if (FileYears.Of(file) is [int named] && named != year)
                {
                    bool swapped = files.TryGetValue(named, out string? other) && FileYears.Of(other) is [int back]
                        && back == year;
                    if (!swapped || year < named)
                        doubts.Add(Fault.Doubt.Say($"{layer} of {year}: the name of {Path.GetFileName(file)} says "
                            + $"{named}{(swapped ? $", and that of {named} says {year}: swapped?" : "")}"));
                }
            }

        }

        return doubts;
    }

    private static IEnumerable<(string Layer, IReadOnlyDictionary<int, string> Files)> Dated(Job job) =>
        new (string Layer, IReadOnlyDictionary<int, string>? Files)[]
        {
            ("land cover", job.LandCover?.Years.Files), ("soil carbon", job.SoilCarbon?.Years.Files),
        }.Concat((RegionSet.Of(job)?.InUse.Select(r => r.Job) ?? [job]).Select(j => j.Productivity?.Series).Distinct()
            .SelectMany(s => new (string Layer, IReadOnlyDictionary<int, string>? Files)[]
            {
                ("productivity", s?.Files), ("climate", s?.Climate),
            })).Where(l => l.Files is not null).Select(l => (l.Layer, l.Files!));

    /// <summary>Files of one size that hold the same bytes.</summary>
    private static IEnumerable<string> SameBytes(string layer, IReadOnlyDictionary<int, string> files)
    {
        var local = files.Where(f => File.Exists(f.Value)).DistinctBy(f => f.Value);
        foreach (var sized in local.GroupBy(f => FileFacts.Of(f.Value).Bytes).Where(g => g.Count() > 1))
            foreach (var same in sized.GroupBy(f => FileHash.Of(f.Value).Sha256).Where(g => g.Count() > 1))
                yield return Fault.Doubt.Say($"{layer}: the files of {string.Join(" and ", same.Select(f => f.Key))} hold the "
                    + $"same bytes");
    }

    /// <summary>What values are that are not what the layer needs; null where they can be.</summary>
    private static string? Unlike(RasterInput input, RasterSample sample)
    {
        if (input.Recoder is { } recoder && sample.IsWhole)
        {
            double[] strange = [.. sample.Classes.Where(v => recoder.IsUnmapped(v))];
            return strange.Length == 0 ? null
                : $"{List(strange)} {(strange.Length == 1 ? "is" : "are")} in no legend of "
                + $"it{Likeness.Of(sample, input.Option).Told}";
        }

        if (input.Recoder is not null)
            return $"values with decimals, {sample.Described()}, where classes are needed"
                + Likeness.Of(sample, input.Option).Told;
        foreach (double stored in new[] { sample.Smallest, sample.Greatest })
            if (input.IsMeaningless(stored))
                return $"{RasterSample.Number(input.Physical(stored))}, among {input.Values.Impossible}";
        return null;
    }

    private static string List(double[] values) => string.Join(", ", values.Take(6).Select(RasterSample.Number))
        + (values.Length > 6 ? $" and {values.Length - 6} more values" : "");
}

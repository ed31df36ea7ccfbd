using System.Xml.Linq;
using Ldn.Pass;
using Ldn.Rasters;

namespace Ldn.Run.Shards;

/// <summary>A raster over the parts of a plan, which stay where they are.</summary>
internal static class VirtualRaster
{
    /// <summary>Where each shard's units lie in its file and in the whole: runs of units beside each other as one.</summary>
    public static IReadOnlyList<RasterTile> Tiles(ShardWork work, Output raster)
    {
        Window extent = work.Run.Pass.Extent;
        var tiles = new List<RasterTile>();
        for (int shard = 0; shard < work.Plan.Shards.Count; shard++)
        {
            string file = Part.RasterFile(work.Plan, shard, raster.Name);
            Window box = work.Box(shard);
            foreach (Window run in Runs(work.UnitsOf(shard)))
                tiles.Add(
                    new RasterTile(
                        file, box with { Column = 0, Row = 0 }, PartRaster.Within(box, run), PartRaster.Within(extent, run)));
        }

        return tiles;
    }

    /// <summary>
    /// Lets a virtual raster, written in a temporary folder, find its parts from <paramref name="folder"/>: by relative paths, so
    /// that both may be moved together.
    /// </summary>
    public static void Relocate(string path, string folder)
    {
        var document = XDocument.Load(path, LoadOptions.PreserveWhitespace);
        foreach (XElement file in document.Descendants("SourceFilename"))
        {
            file.Value = Path.GetRelativePath(
                Path.GetFullPath(folder), Path.GetFullPath(file.Value, Path.GetDirectoryName(path)!)).Replace('\\', '/');
            file.SetAttributeValue("relativeToVRT", "1");
        }

        using FileStream stream = File.Create(path);
        document.Save(stream, SaveOptions.DisableFormatting);
    }

    private static IEnumerable<Window> Runs(IReadOnlyList<Window> units)
    {
        Window run = units[0];
        foreach (Window unit in units.Skip(1))
        {
            if (unit.Row == run.Row && unit.Column == run.EndColumn && unit.Height == run.Height)
            {
                run = run with { Width = run.Width + unit.Width };
                continue;
            }

            yield return run;
            run = unit;
        }

        yield return run;
    }
}

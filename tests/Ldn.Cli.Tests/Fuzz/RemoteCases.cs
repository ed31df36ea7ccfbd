using System.Text.RegularExpressions;
using Ldn.Gdal;
using Ldn.Tests;

namespace Ldn.Cli.Tests.Fuzz;

/// <summary>
/// Ways to an address, each tried as a raster and as polygons with <c>--no-remote</c>: the name of every format that GDAL
/// registers here before an address, and files of every ending that any format claims whose contents lead to it.
/// </summary>
internal sealed class RemoteCases : IFuzzed
{
    /// <summary>A file of the folder: the address in its first line, then a name that GDAL lists in each.</summary>
    public const string List = "ways.txt";

    private static readonly string[] s_prefixes =
    [
        "WMS", "WCS", "WFS", "WFS3", "OAPIF", "OAPIF_COLLECTION", "WMTS", "CSW", "EEDA", "EEDAI", "OGCAPI", "PG", "MYSQL",
        "MSSQL", "ODBC", "PGEO", "CARTO", "AMIGOCLOUD", "ES", "ELASTIC", "PLMOSAIC", "PLSCENES", "NGW", "RASDAMAN", "DODS",
        "MVT", "PLANET", "GMLAS", "IRIS", "STACTA", "STACIT", "ZARR", "HTTP", "vrt://", "DERIVED_SUBDATASET:NDVI", "NETCDF",
        "HDF5", "HDF4_SDS", "GTIFF_DIR:1", "COG", "MONGODBV3", "S57", "gltp", "TIGER", "OZI", "PDF", "PDF_IMAGE:1:1",
        "/vsicurl/", "/vsicurl_streaming/", "/vsicurl?url=", "/vsisubfile/0_100,/vsicurl/", "/vsicrypt/key=x,file=/vsicurl/",
        "/vsigzip//vsicurl/", "/vsitar//vsicurl/", "/vsi7z//vsicurl/", "/vsizip/{/vsicurl/", "/vsisparse//vsicurl/",
        "/vsiwebhdfs/", "/vsioss/", "/vsiaz/",
    ];

    private readonly GdalGeodata _geodata = new();
    private readonly List<Func<string>> _ways = [];
    private readonly string _folder;

    public RemoteCases(string folder)
    {
        _folder = folder;
        string[] lines = File.ReadAllLines(Path.Combine(folder, List));
        string url = lines[0];
        if (!lines.Contains("free"))
            GdalGeodata.RefuseRemote();
        foreach (string name in lines[1..].Where(l => l.StartsWith("format ", StringComparison.Ordinal)).Select(l => l[7..])
            .Concat(s_prefixes))
            foreach (string way in (string[])["{0}:{1}/x.tif", "{0}:\"{1}/x.nc\":band", "{0}{1}/x", "{0}:/vsicurl/{1}/x"])
                _ways.Add(() => string.Format(null, way, name, url));
        string[] endings = [
            .. lines.Where(l => l.StartsWith("ending ", StringComparison.Ordinal)).Select(l => l[7..]).Distinct()];
        foreach (string ending in endings)
            foreach (string content in Contents(url))
                _ways.Add(() => Written($"f.{ending}", content));
    }

    /// <summary>All there are; what follows them is nothing.</summary>
    public static int Count(string[] lines) =>
        ((lines.Count(l => l.StartsWith("format ", StringComparison.Ordinal)) + s_prefixes.Length) * 4)
            + (lines.Where(l => l.StartsWith("ending ", StringComparison.Ordinal)).Distinct().Count() * Contents("").Count());

    public void Try(int seed)
    {
        string name = _ways[seed - 1]();
        int refused = 0;
        foreach (Action read in (Action[])[() => _geodata.OpenRaster(name).Dispose(), () => _geodata.ReadPolygons(name, null)])
        {
            try
            {
                read();
            }
            catch (LdnException)
            {
                refused++;
            }
        }

        if (refused == 2)
            throw Ldn.Fault.Remote.Error(name);
    }

    public void Dispose()
    {
    }

    /// <summary>One content a line, ADDRESS for the address; \n and \\ as C# writes them.</summary>
    private static IEnumerable<string> Contents(string url) =>
        File.ReadLines(Path.Combine(TestData.Root, "tests", "Ldn.Cli.Tests", "Fuzz", "remote-contents.txt")).Select(
            line => Regex.Replace(line, @"\\(.)", m => m.Value == @"\n" ? "\n" : m.Groups[1].Value)
                .Replace("ADDRESS", url, StringComparison.Ordinal));

    private string Written(string name, string content)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, content);
        return path;
    }
}

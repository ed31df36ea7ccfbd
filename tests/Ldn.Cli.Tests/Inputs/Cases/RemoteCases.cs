using System.Diagnostics;
using Ldn.Cli.Tests.Cluster;

namespace Ldn.Cli.Tests.Inputs.Cases;

/// <summary>Files that another program holds or writes, and files of servers.</summary>
internal static class RemoteCases
{
    private const string Kind = "Locked, moving and remote files";

    private static readonly Dictionary<string, string> s_near = new()
    {
        ["no_proxy"] = "127.0.0.1",
        ["GDAL_HTTP_MAX_RETRY"] = "0",
    };

    public static IEnumerable<InputCase> All =>
    [
        new(Kind, "a GeoPackage that another program has locked", "ends with exit 75 and its name", "run again", job =>
        {
            InputCase.Convert(job, "z.gpkg", "GPKG");
            job.Flags["--zones"] = "z.gpkg";
            const string hold = "import sqlite3, sys; c = sqlite3.connect('z.gpkg'); c.execute('BEGIN EXCLUSIVE'); "
                + "print('held', flush=True); sys.stdin.read()";
            using (Process editor = Process.Start(new ProcessStartInfo("python3", ["-c", hold])
            {
                WorkingDirectory = job.Work.Folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            })!)
            {
                Assert.That(editor.StandardOutput.ReadLine(), Is.EqualTo("held"));
                InputCase.Refuses(InputCase.Run(job), ExitCode.Temporary, "z.gpkg", "another program");
                editor.StandardInput.Close();
                editor.WaitForExit();
            }

            InputCase.Read(job);
        }),
        new(Kind, "a file that was cut off while it was copied", "refuses it, and what was made of it", "get it again", job =>
        {
            byte[] whole = File.ReadAllBytes(job["soc1.tif"]);
            File.WriteAllBytes(job["soc1.tif"], whole[..(whole.Length * 2 / 3)]);
            InputCase.Refused(job, "soc1.tif");
            File.WriteAllBytes(job["soc1.tif"], whole);
            InputCase.Read(job);
        }),
        new(Kind, "addresses of servers: `http://…`, `/vsicurl/…`", "reads them as files of this machine", "–", job =>
        {
            using var server = new RangeServer(job.Work.Folder);
            job.Run("--rasters", "none").Succeeded();
            string expected = File.ReadAllText(job["result/summary.csv"]);
            foreach (string name in new[] { $"{server.Url}soc0.tif", $"/vsicurl/{server.Url}soc0.tif" })
            {
                job.Flags["--soc-initial"] = name;
                job.RunWith(s_near, "--rasters", "none", "--overwrite").Succeeded();
                Assert.That(File.ReadAllText(job["result/summary.csv"]), Is.EqualTo(expected), name);
            }
        }),
        new(Kind, "rasters and zones of a bucket: `s3://…`, `/vsis3/…`, of any endpoint (`AWS_S3_ENDPOINT`)",
            "reads them as files of this machine", "–", job =>
        {
            job.Run("--rasters", "none").Succeeded();
            string expected = File.ReadAllText(job["result/summary.csv"]), bucket = Directory.CreateDirectory(job["b"]).FullName;
            InputCase.Convert(job, "b/z.shp", "ESRI Shapefile");
            LdnProcess.Tool(bucket, "python3", "-m", "zipfile", "-c", "lc.zip", "../lc0.tif").Succeeded();
            LdnProcess.Tool(bucket, "gdal_translate", "-q", "-of", "netCDF", "../lc0.tif", "lc.nc").Succeeded();
            foreach (string file in new[] { "soc0.tif", "zones.geojson" })
                File.Copy(job[file], Path.Combine(bucket, file));
            using var server = new RangeServer(job.Work.Folder);
            var environment = new Dictionary<string, string>(s_near)
            {
                ["AWS_S3_ENDPOINT"] = server.Url["http://".Length..].TrimEnd('/'),
                ["AWS_HTTPS"] = "NO",
                ["AWS_VIRTUAL_HOSTING"] = "FALSE",
                ["AWS_NO_SIGN_REQUEST"] = "YES",
            };
            foreach ((string flag, string name) in new[]
            {
                ("--soc-initial", "s3://b/soc0.tif"), ("--soc-initial", "/vsis3/b/soc0.tif"),
                ("--land-cover-initial", "/vsizip/vsis3/b/lc.zip/lc0.tif"), ("--zones", "s3://b/zones.geojson"),
                ("--zones", "s3://b/z.shp"),
            })
            {
                string before = job.Flags[flag]!;
                job.Flags[flag] = name;
                job.RunWith(environment, "--rasters", "none", "--overwrite").Succeeded();
                Assert.That(File.ReadAllText(job["result/summary.csv"]), Is.EqualTo(expected), name);
                job.Flags[flag] = before;
            }

            foreach ((string name, ExitCode code) in new[]
            {
                ("s3://b/none.tif", ExitCode.Input), ("s3://none/soc0.tif", ExitCode.Input), ("s3://b", ExitCode.Input),
            })
            {
                job.Flags["--soc-initial"] = name;
                InputCase.Refuses(job.RunWith(environment, "--overwrite"), code, name["s3://".Length..]);
            }
        }),
        new(Kind, "zones and rasters of a database: `PG:host=… dbname=…`, `postgresql://…`, `PG:… table=soc mode=2`",
            "reads them; of several layers names them for `--zone-layer`", "–", job =>
        {
            using var database = new PostgresCluster(job.Work.Folder);
            database.Zones("zones.geojson", "areas");
            job.Flags["--zones"] = database.Name;
            InputCase.Read(job);
            database.Zones("zones.geojson", "more");
            InputCase.Refuses(
                InputCase.Run(job, "--overwrite"), ExitCode.Usage, "2 layers", "areas", "more");
            job.Flags["--zone-layer"] = "areas";
            string url = $"postgresql://{PostgresCluster.User}@127.0.0.1:{database.Port}/postgres";
            foreach (string name in new[] { database.Name, url })
            {
                job.Flags["--zones"] = name;
                InputCase.Read(job);
            }

            job.Flags["--zones"] = "zones.geojson";
            job.Flags.Remove("--zone-layer");
            database.Raster("soc1.tif", "soc");
            job.Flags["--soc-final"] = $"{database.Name} table=soc mode=2";
            InputCase.Read(job);
            job.Flags["--soc-final"] = $"{database.Name} table=soc";
            InputCase.Refuses(InputCase.Run(job, "--overwrite"), ExitCode.Input, "add mode=2");
            job.Flags["--soc-final"] = $"{database.Name} table=none mode=2";
            InputCase.Refuses(InputCase.Run(job, "--overwrite"), ExitCode.Input, "none", "psql");
        }),
        new(Kind, "a database whose name holds a password, that does not answer, or that is not there",
            "refuses the first, for names stand in results; exit 75; refuses it in the database's words",
            "`PGPASSWORD` or `~/.pgpass`; run again", job =>
        {
            job.Flags["--zones"] = "PG:host=127.0.0.1 port=1 dbname=x";
            InputCase.Refuses(InputCase.Run(job), ExitCode.Temporary, "port 1", "run again");
            foreach (string name in new[]
            {
                "PG:host=127.0.0.1 dbname=x password=topsecret", "postgresql://me:topsecret@127.0.0.1/x",
                "PG:dbname='x' PassWord = 'topsecret'",
            })
            {
                foreach (string flag in new[] { "--zones", "--soc-final" })
                {
                    (string before, job.Flags[flag]) = (job.Flags[flag]!, name);
                    LdnResult refused = InputCase.Run(job);
                    InputCase.Refuses(refused, ExitCode.Usage, "password", "PGPASSWORD");
                    Assert.That(refused.Error, Does.Not.Contain("topsecret"));
                    job.Flags[flag] = before;
                }
            }

            using var database = new PostgresCluster(job.Work.Folder);
            job.Flags["--zones"] = database.Name.Replace("dbname=postgres", "dbname=none", StringComparison.Ordinal);
            InputCase.Refuses(InputCase.Run(job), ExitCode.Input, "\"none\" does not exist", "psql");
        }),
        new(Kind, "an address that names no file, and any address with `--no-remote`", "refuses it, with the address",
            "the right address, or the file", job =>
        {
            using var server = new RangeServer(job.Work.Folder);
            job.Flags["--soc-initial"] = $"{server.Url}none.tif";
            InputCase.Refuses(job.RunWith(s_near), ExitCode.Input, "none.tif");
            job.Flags["--soc-initial"] = $"{server.Url}soc0.tif";
            InputCase.Refuses(job.RunWith(s_near, "--no-remote"), ExitCode.Usage, "soc0.tif", "no-remote");
        }),
        new(Kind, "a server that does not answer for the moment", "ends with exit 75", "run again", job =>
        {
            using var server = new RangeServer(job.Work.Folder, Mishap.Unavailable);
            job.Flags["--soc-initial"] = $"{server.Url}soc0.tif";
            InputCase.Refuses(job.RunWith(s_near), ExitCode.Temporary, "soc0.tif");
        }),
    ];
}

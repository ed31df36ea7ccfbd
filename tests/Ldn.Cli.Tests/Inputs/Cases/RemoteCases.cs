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

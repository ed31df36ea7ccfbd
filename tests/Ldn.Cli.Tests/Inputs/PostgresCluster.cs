using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Ldn.Cli.Tests.Inputs;

/// <summary>
/// A database with PostGIS on the loopback, in a folder of its own and for as long as a test lasts. PostgreSQL refuses to run as
/// root: it is then run as the user that Debian makes for it. Tests skip where it is not installed.
/// </summary>
internal sealed class PostgresCluster : IDisposable
{
    private readonly string _work, _folder = Directory.CreateTempSubdirectory("ldn-pg-").FullName, _programs;
    private readonly bool _isRoot = Environment.UserName == "root";

    /// <param name="work">Folder of the test, for the files that are loaded.</param>
    public PostgresCluster(string work)
    {
        _work = work;
        _programs = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin"))
                .FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb"))) ?? "" : "";
        if (_programs.Length == 0
            || Directory.GetFiles("/usr/share/postgresql", "postgis.control", SearchOption.AllDirectories) is [])
        {
            Directory.Delete(_folder);
            Assert.Ignore("PostgreSQL with PostGIS is not installed");
        }

        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Port = ((IPEndPoint)probe.LocalEndpoint).Port;
        }

        if (_isRoot)
            LdnProcess.Tool(_work, "chown", "postgres", _folder).Succeeded();
        Run("initdb", "-D", $"{_folder}/data", "-A", "trust", "-U", User, "--no-sync");
        Run("pg_ctl", "-D", $"{_folder}/data", "-w", "-l", $"{_folder}/log", "-o", $"-p {Port} -c listen_addresses=127.0.0.1 "
            + $"-c unix_socket_directories={_folder} -c fsync=off", "start");
        Sql("create extension postgis; create extension postgis_raster");
    }

    public const string User = "ldn";

    public int Port { get; }

    /// <summary>GDAL's name of the database.</summary>
    public string Name => string.Create(
        CultureInfo.InvariantCulture, $"PG:host=127.0.0.1 port={Port} user={User} dbname=postgres");

    /// <summary>Loads a vector file as a table.</summary>
    public void Zones(string file, string table) =>
        LdnProcess.Tool(_work, "ogr2ogr", "-f", "PostgreSQL", Name, file, "-nln", table).Succeeded();

    /// <summary>Loads a raster as a table of tiles.</summary>
    public void Raster(string file, string table)
    {
        string script = Path.Combine(_work, "load.sql");
        string bytes = Convert.ToHexString(File.ReadAllBytes(Path.Combine(_work, file)));
        File.WriteAllText(script, $"""
            set postgis.gdal_enabled_drivers = 'GTiff';
            create table {table} (rid serial primary key, rast raster);
            insert into {table} (rast) select st_tile(st_fromgdalraster('\x{bytes}'::bytea, 4326), 20, 15);
            select addrasterconstraints('{table}'::name, 'rast'::name);
            """);
        LdnProcess.Tool(_work, "psql", "-q", "-v", "ON_ERROR_STOP=1", Name["PG:".Length..], "-f", script).Succeeded();
    }

    public void Dispose()
    {
        Run("pg_ctl", "-D", $"{_folder}/data", "-m", "immediate", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    private void Sql(string text) => LdnProcess.Tool(_work, "psql", "-q", Name["PG:".Length..], "-c", text).Succeeded();

    private void Run(string program, params string[] arguments)
    {
        string[] words = [Path.Combine(_programs, program), .. arguments];
        // What the server inherits it keeps open: its output goes nowhere.
        string[] quiet = ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", .. words];
        (_isRoot ? LdnProcess.Tool(_folder, "runuser", ["-u", "postgres", "--", "sh", .. quiet])
            : LdnProcess.Tool(_folder, "sh", quiet)).Succeeded();
    }
}

namespace Ldn.Gdal.Tests;

/// <summary>
/// The entry point of this program when a test starts it anew: loads GDAL, says from where, and ends with the exit code of what
/// went wrong.
/// </summary>
internal static class ChildProgram
{
    public const string Argument = "--load-gdal";

    private static int Main(string[] arguments)
    {
        if (arguments is not [Argument])
            return (int)ExitCode.Usage;
        try
        {
            GdalVersions versions = GdalVersions.Read();
            Console.WriteLine($"{versions.Gdal} {versions.Proj} {versions.Library}");
            Console.WriteLine(GdalGeodata.ParseCrs("EPSG:4326").Name);
            return (int)ExitCode.Success;
        }
        catch (LdnException e)
        {
            Console.WriteLine($"{e.Message} | {e.Remedy}");
            return (int)e.ExitCode;
        }
    }
}

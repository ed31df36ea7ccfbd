using Ldn.Cli.Flags;
using Ldn.Gdal;
using Ldn.Jobs;
using Ldn.Jobs.Flags;
using Ldn.Reports;
using Ldn.Reports.Page;
using Ldn.Run;

namespace Ldn.Cli.Verbs;

/// <summary><c>ldn report</c>: renders the reports of a finished run again, in another language or elsewhere.</summary>
internal static class ReportVerb
{
    private static readonly NamesFlag s_reports = new("--tables", "LIST")
    {
        Group = FlagGroup.Outputs,
        Doc = "Reports to render, names separated by commas",
        Values = ["html", "xlsx", "gpkg", "qgis"],
        Default = "all but qgis",
        Example = "html",
    };

    private static readonly TextFlag s_page = new("--page", "FORM")
    {
        Group = FlagGroup.Outputs,
        Doc = "Form of the page: full, report.html; or brief, brief.html with one sheet of paper a zone",
        Values = ["full", "brief"],
        Default = "full",
        Example = "brief",
    };

    private static readonly WholeFlag s_maps = new("--page-maps", "N")
    {
        Group = FlagGroup.Outputs,
        Doc = "Zones that have maps of their own on the page; groups always have",
        Default = "12",
        Example = "50",
    };

    public static Verb Verb { get; } = new(
        "report", "Render the reports of a finished run again, from its summary.json and rasters")
    {
        Run = Run,
        Doc = "In another language, or elsewhere with --out; nothing is computed again.",
        Operands = [new("RUN_DIR", "Folder of a finished run")],
        Flags = [RunFlags.Language, s_reports, s_page, s_maps, OutputFlags.ReportZones,
            RunFlags.Out, RunFlags.Overwrite, .. RunFlags.Saying],
        Examples =
        [
            new("report result --language mn --out result-mn", "in Mongolian"),
            new("report result --page brief", "one sheet of paper a country"),
            new("report result --tables qgis", "a project for QGIS, everything styled"),
        ],
    };

    private static int Run(Call call)
    {
        bool brief = call.Of(s_page) == "brief";
        var options = new ReportOptions(
            (call.Of(s_reports) ?? (brief ? ["html"] : ["html", "xlsx", "gpkg"])).ToHashSet(),
            call.Of(RunFlags.Language) ?? "en", brief, (int)(call.Of(s_maps) ?? PageOptions.UsualMaps))
        {
            Zones = call.Of(OutputFlags.ReportZones) ?? OutputOptions.UsualReportZones,
            Threads = Environment.ProcessorCount,
        };
        string folder = call.Operand!, target = call.Of(RunFlags.Out) ?? folder;
        IReadOnlyList<string> warnings = ReportRun.Execute(
            folder, target, call.Is(RunFlags.Overwrite), options, new GdalGeodata());
        if (!call.Quiet)
        {
            foreach (string warning in warnings)
                Console.Error.WriteLine($"  warning: {warning}");
            Console.Error.WriteLine($"  written: {target}");
        }

        return (int)ExitCode.Success;
    }
}

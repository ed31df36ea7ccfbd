using Ldn.Cli.Flags;
using Ldn.Gdal;
using Ldn.Jobs.Flags;
using Ldn.Reports;
using Ldn.Run;

namespace Ldn.Cli.Verbs;

/// <summary><c>ldn report</c>: renders the reports of a finished run again, in another language or elsewhere.</summary>
internal static class ReportVerb
{
    private static readonly NamesFlag s_reports = new("--tables", "LIST")
    {
        Group = FlagGroup.Outputs,
        Doc = "Reports to render, names separated by commas",
        Values = ["html", "xlsx", "gpkg"],
        Default = "all",
        Example = "html",
    };

    public static Verb Verb { get; } = new(
        "report", "Render the reports of a finished run again, from its summary.json and rasters")
    {
        Run = Run,
        Doc = "In another language, or elsewhere with --out; nothing is computed again.",
        Operands = [new("RUN_DIR", "Folder of a finished run")],
        Flags = [RunFlags.Language, s_reports, RunFlags.Out, RunFlags.Overwrite, .. RunFlags.Saying],
        Examples = [new("report result --language mn --out result-mn", "in Mongolian")],
    };

    private static int Run(Call call)
    {
        var options = new ReportOptions((call.Of(s_reports) ?? s_reports.Values).ToHashSet(), call.Of(RunFlags.Language) ?? "en");
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

using System.CommandLine;
using Ldn.Csv;
using Ldn.Gdal;
using Ldn.Reports;
using Ldn.Run;

namespace Ldn.Cli.Commands;

/// <summary><c>ldn report</c>: renders the reports of a finished run again, in another language or elsewhere.</summary>
internal static class ReportCommand
{
    private static readonly string[] s_reports = ["html", "xlsx", "gpkg"];

    /// <summary>Language of the reports; <c>compute</c> takes it too.</summary>
    public static Option<string> Language { get; } = new("--language")
    {
        Description = $"Language of the reports: {string.Join(", ", Texts.Languages)}",
        HelpName = "CODE",
        DefaultValueFactory = _ => "en",
    };

    public static Command Create()
    {
        var run = new Argument<string>("RUN_DIR") { Description = "Folder of a finished run" };
        var tables = new Option<string?>("--tables") { Description = "html, xlsx, gpkg (default: all)", HelpName = "LIST" };
        var command = new Command("report", "Render the reports of a finished run again, from its summary.json and rasters") { run, Language, tables };
        command.WithCommonOptions();
        command.SetAction(parsed =>
        {
            var options = new ReportOptions(Names(parsed.GetValue(tables)), parsed.GetValue(Language)!);
            string folder = parsed.GetValue(run)!, target = parsed.GetValue(CommonOptions.Out) ?? folder;
            IReadOnlyList<string> warnings = ReportRun.Execute(folder, target, parsed.GetValue(CommonOptions.Overwrite), options, new GdalGeodata());
            if (!parsed.GetValue(CommonOptions.Quiet))
            {
                foreach (string warning in warnings)
                    Console.Error.WriteLine($"  warning: {warning}");
                Console.Error.WriteLine($"  written: {target}");
            }

            return (int)ExitCode.Success;
        });
        return command;
    }

    private static HashSet<string> Names(string? list)
    {
        if (list is null)
            return [.. s_reports];
        string[] names = list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return Array.Find(names, n => !s_reports.Contains(n)) is { } unknown
            ? throw LdnException.Usage($"--tables: no report '{unknown}'{NearestName.Hint(unknown, s_reports)}", $"there are {string.Join(", ", s_reports)}")
            : [.. names];
    }
}

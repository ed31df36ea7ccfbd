using System.CommandLine;
using Ldn.Cli;
using Ldn.Cli.Commands;

var root = new RootCommand("Land Degradation Neutrality and SDG indicator 15.3.1 from rasters: tables, maps and a report.")
{
    ComputeCommand.Create(),
    SummarizeCommand.Create(),
    NeutralityCommand.Create(),
    ProductivityCommand.Create(),
    SocCommand.Create(),
    SampleCommand.Create(),
    ValidateCommand.Create(),
    InfoCommand.Create(),
    LegendCommand.Create(),
    SchemaCommand.Create(),
    ReportCommand.Create(),
    PlanCommand.Create(),
    MergeCommand.Create(),
    TemplateCommand.Create(),
};
return CommandLine.Run(root, args);

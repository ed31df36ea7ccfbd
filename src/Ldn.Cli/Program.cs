using Ldn.Cli;

return CommandLine.Run(AllVerbs.InOrder, args);

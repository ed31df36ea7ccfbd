using Ldn.Cli;
using Ldn.Cli.Terminal;

// Also opens the streams while there are file handles: a run that ends for lack of them must still be able to say so.
Streams.Prepare();
return CommandLine.Run(AllVerbs.InOrder, args, ownProcess: true);

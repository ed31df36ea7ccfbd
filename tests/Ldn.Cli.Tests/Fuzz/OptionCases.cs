using Ldn.Jobs;
using Ldn.Jobs.Flags;
using Ldn.Subjects;

namespace Ldn.Cli.Tests.Fuzz;

/// <summary>
/// Command lines and environments of any words: refused in words, or understood as they were typed and laid over a job. Half of
/// the
/// cases give options by their variables.
/// </summary>
internal sealed class OptionCases(string folder) : IFuzzed
{
    public void Try(int seed)
    {
        var random = new Random(seed);
        Verb verb = AllVerbs.InOrder[random.Next(AllVerbs.InOrder.Count)];
        Flag[] flags = [.. verb.AllFlags];
        var variables = new Dictionary<string, string>();
        var words = new List<string> { random.Next(30) == 0 ? Damage.Word(random, [verb.Name]) : verb.Name };
        for (int i = random.Next(0, 2); i > 0; i--)
            words.Add(random.Next(2) == 0 ? "job.json" : Damage.Word(random, []));
        for (int i = random.Next(0, 5); i > 0 && flags.Length > 0; i--)
        {
            Flag flag = flags[random.Next(flags.Length)];
            string value = random.Next(3) > 0 ? flag.Example : Damage.Word(random, flag.Values);
            if (seed % 2 == 0)
            {
                variables[random.Next(20) == 0 ? flag.Variable + "S" : flag.Variable] = value;
                continue;
            }

            string name = random.Next(12) == 0 ? Damage.Word(random, [flag.Name]) : flag.Short is not null
                && random.Next(2) == 0 ? flag.Short : flag.Name;
            if (flag is SwitchFlag && random.Next(5) > 0)
                words.Add(name);
            else if (random.Next(3) == 0)
                words.Add($"{name}={value}");
            else
                words.AddRange([name, value]);
        }

        // A single surrogate comes from no system.
        string[] args = [.. words.Select(w => w.Replace('\ud800', '?'))];
        Call call = Call.Parse(AllVerbs.InOrder, args, variables.GetValueOrDefault);
        _ = Mistakes.Variables(AllVerbs.InOrder, variables.Keys);
        foreach ((string variable, string value) in variables.Where(v => v.Value.Length > 0))
        {
            Flag? flag = call.Verb.AllFlags.FirstOrDefault(f => f.Variable == variable);
            bool shard = call.Verb.Name == "compute" && variables.ContainsKey("LDN_PLAN");
            if (flag is not null && !shard && !call.Has(flag))
                throw new WrongFigures($"{variable}={value} was passed over");
            if (flag is TextFlag text && !shard && call.Of(text) != value)
                throw new WrongFigures($"{variable}={value} was taken for {call.Of(text)}");
        }

        try
        {
            JobResolver.Resolve(call.LayOver(InputFlags.SinglePeriod(call)), folder, AllSubjects.InOrder);
        }
        catch (LdnException e) when (e.ExitCode is ExitCode.Usage or ExitCode.Input)
        {
            // Understood, and no whole job, for files are named that nobody has.
        }
    }

    public void Dispose()
    {
    }
}

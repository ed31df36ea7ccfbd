using System.Text;

namespace Ldn;

/// <summary>
/// One entry of the catalogue of errors and warnings: a kind of fault with the code that messages of it carry. The message itself
/// names file, place and value; this says what such a message means. The catalogue is published as docs/messages.md.
/// </summary>
/// <param name="Code">LDN and three digits, the first telling the exit code: 1 unexpected, 2 usage, 3 input, 4 check, 5
/// incomplete, 7 temporary, 9 warning.</param>
/// <param name="ExitCode">How the program ends; <see cref="ExitCode.Success"/> for warnings.</param>
/// <param name="Text">What happened, in general.</param>
/// <param name="Cause">What usually lies behind it.</param>
/// <param name="Remedy">What mends it.</param>
public sealed partial record Fault(string Code, ExitCode ExitCode, string Text, string Cause, string Remedy)
{
    /// <summary>An error of this kind.</summary>
    /// <param name="message">What is wrong, and where.</param>
    /// <param name="remedy">How to mend it; one sentence without a final full stop, or null where nothing helps.</param>
    /// <param name="inner">What was caught, for <c>-v</c>.</param>
    internal LdnException Error(string message, string? remedy = null, Exception? inner = null) =>
        new(this, message, remedy, inner);

    /// <summary>A message with its code, as it is shown and written.</summary>
    internal string Say(string message) => $"{message} [{Code}]";

    /// <summary>The catalogue as a table in Markdown.</summary>
    internal static string Table()
    {
        var table = new StringBuilder("| code | exit | what it says | usual cause | remedy |\n|---|---|---|---|---|\n");
        foreach (Fault fault in All)
        {
            string exit =
                fault == Interrupted ? "130, 143" : fault.ExitCode == ExitCode.Success ? "warning" : $"{(int)fault.ExitCode}";
            table.Append(string.Join(" | ", $"| {fault.Code}", exit, fault.Text, fault.Cause, fault.Remedy)).Append(" |\n");
        }

        return table.ToString();
    }
}

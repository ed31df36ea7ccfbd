using System.Globalization;
using System.Text;

namespace Ldn.Csv;

/// <summary>
/// What keyboards of other scripts and customs make of names and numbers, told as the program writes them: full-width signs of an
/// input method, Cyrillic and Greek letters that look Latin, decimal commas. It serves remedies; nothing is taken for another.
/// </summary>
internal static class Typed
{
    /// <summary>Letters of other scripts, each before the Latin one that looks like it.</summary>
    private const string Alike =
        "аaеeіiјjкkмmоoрpсcѕsуyхxАAВBЕEІIЈJКKМMНHОOРPСCЅSТTУYХXοoαaνvΑAΒBΕEΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXΖZ";

    /// <summary>The same in signs and letters of a Latin keyboard, as far as they are alike.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            int at = c > '\u007F' ? Alike.IndexOf(c, StringComparison.Ordinal) : -1;
            plain.Append(c switch
            {
                _ when at >= 0 => Alike[at + 1],
                >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
                '\u3000' or '\u00A0' or '\u202F' => ' ',
                >= '\u2010' and <= '\u2015' or '\u2212' => '-',
                '\u3001' or '\u060C' => ',',
                _ => c,
            });
        }

        return plain.ToString();
    }

    /// <summary>A number with a decimal comma, a sign of per cent, spaces or full-width digits; null where it is none.</summary>
    public static string? Number(string text)
    {
        string plain = Plain(text).Replace(" ", "", StringComparison.Ordinal).TrimEnd('%');
        if (plain.Count(c => c == ',') == 1 && !plain.Contains('.', StringComparison.Ordinal))
            plain = plain.Replace(',', '.');
        return plain.Length > 0 && double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && double.IsFinite(number) ? plain : null;
    }
}

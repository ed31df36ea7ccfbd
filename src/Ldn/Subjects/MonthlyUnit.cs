using System.Text.RegularExpressions;

namespace Ldn.Subjects;

/// <summary>
/// The unit that monthly rasters say they are in, where it is not the one an index needs (drought §1.1): mm a month, degrees
/// Celsius. Files say it in many ways or not at all; what is not known is left alone.
/// </summary>
internal static class MonthlyUnit
{
    private static readonly (string Pattern, string Cure)[] s_water =
    [
        ("^(m|metres?|meters?|mofwater(equivalent)?)$", "give scale 1000 beside the layers"),
        ("^(cm|centimet(re|er)s?)$", "give scale 10 beside the layers"),
        ("^(in|inch|inches)$", "give scale 25.4 beside the layers"),
        (@"^(mm|kgm-?2|kg/m2|m)(/|\.)?(day|d|days|24h(r|rs|ours)?)(-1)?$",
            "multiply each month by its days beforehand (cdo muldpm), and metres by 1000"),
        (@"^((mm|m)/?s(ec|econd)?(-1)?|kgm-2s-1|kg/m2/s|kg/\(m2s\)|kg/\(sm2\))$",
            "multiply each month by its seconds beforehand (cdo muldpm, then mulc,86400), and metres by 1000"),
        (@"^(mm|kgm-2|kg/m2)/?h(r|our)?(-1)?$", "multiply each month by its hours beforehand (cdo muldpm, then mulc,24)"),
    ];

    private static readonly (string Pattern, string Cure)[] s_warmth =
    [
        ("^(k|kelvins?|degk|degreesk|degree_kelvin|degrees_kelvin)$", "give offset -273.15 beside the layers"),
        (
            "^(f|°f|degf|degrees?_?f|fahrenheit|degrees?_?fahrenheit)$",
            "give scale 0.555556 and offset -17.777778 beside the layers"),
    ];

    /// <summary>The warning; null where the unit fits, is not told, or the user gives scale or offset.</summary>
    /// <param name="stack">The layers as the job has them.</param>
    /// <param name="layer">What messages call it.</param>
    /// <param name="isTemperature">Whether it is one.</param>
    /// <param name="about">What the raster says of itself.</param>
    public static string? Doubt(
        MonthlyFiles stack, string layer, bool isTemperature, IReadOnlyList<(string Key, string Value)> about)
    {
        if (stack.Scale is not null || stack.Offset is not null)
            return null;
        string given = about.FirstOrDefault(a => a.Key is "unit" or "units").Value ?? "";
        string plain = Regex.Replace(given, @"\s+|\*\*|\^", "").Replace('²', '2').ToLowerInvariant();
        foreach ((string pattern, string cure) in isTemperature ? s_warmth : s_water)
            if (Regex.IsMatch(plain, pattern))
                return (isTemperature ? Fault.Doubt : Fault.RainUnit).Say(
                    $"{layer} ({Path.GetFileName(stack.Files[0])}) says that its unit is {given}, and "
                        + $"{(isTemperature ? "degrees Celsius" : "mm a month")} are needed: {cure}");
        return null;
    }
}

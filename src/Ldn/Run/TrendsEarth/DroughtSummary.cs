using System.Globalization;
using System.Text.Json;
using Ldn.Subjects;
using Ldn.Tables;

namespace Ldn.Run.TrendsEarth;

/// <summary>
/// The document of drought of one zone (trends-earth-package.md §7): land and people by class and year, both without the
/// baseline's initial water.
/// </summary>
internal sealed class DroughtSummary
{
    private static readonly (DroughtClass Class, string Name)[] s_classes =
    [
        (DroughtClass.Mild, "Mild drought"), (DroughtClass.Moderate, "Moderate drought"), (DroughtClass.Severe, "Severe drought"),
        (DroughtClass.Extreme, "Extreme drought"), (DroughtClass.None, "Non-drought"), (DroughtClass.NoData, "No data"),
    ];

    private static readonly string[] s_sexes = ["total", "female", "male"];
    private readonly (int Year, DroughtExposure Exposure)[] _years;

    public DroughtSummary(RunStatistics run, Inquiries subjects) => _years =
    [
        .. (subjects.Of<DroughtInquiry>()?.Years ?? [])
            .Select(year => (year, DroughtTables.OfYear(run, year, subjects.Of<PopulationInquiry>()?.People ?? []))),
    ];

    /// <summary>Whether the run has a drought layer at all.</summary>
    public bool Any => _years.Length > 0;

    public void Write(Utf8JsonWriter json, int zone, Action<Utf8JsonWriter> metadata)
    {
        json.WriteStartObject();
        json.WritePropertyName("metadata");
        metadata(json);
        json.WriteStartObject("drought");
        json.WriteStartObject("tier_one");
        foreach ((int year, DroughtExposure exposure) in _years)
        {
            json.WritePropertyName(Text(year));
            ConditionSummary.WriteAreas(
                json, "Area by drought class",
                s_classes.Select(c => (c.Name, exposure.Land[zone, (int)c.Class].Area.SquareMillimetres)));
        }

        json.WriteEndObject();
        json.WriteStartObject("tier_two");
        foreach ((int year, DroughtExposure exposure) in _years.Where(y => y.Exposure.People.Count > 0))
        {
            json.WriteStartObject(Text(year));
            foreach (string sex in s_sexes.Where(exposure.People.ContainsKey))
                ConditionSummary.WritePeople(
                    json, sex, "Population by drought class",
                    s_classes.Select(c => (c.Name, exposure.People[sex][zone, (int)c.Class])));
            json.WriteEndObject();
        }

        json.WriteEndObject();

        // The vulnerability index is not computed here; the schema wants the key.
        json.WriteStartObject("tier_three");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Text(int year) => year.ToString(CultureInfo.InvariantCulture);
}

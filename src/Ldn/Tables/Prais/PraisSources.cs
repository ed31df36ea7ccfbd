using Ldn.Jobs;

namespace Ldn.Tables.Prais;

/// <summary>The sources of the data, as Annex II asks for them.</summary>
internal static class PraisSources
{
    /// <summary>Sources as Annex II asks for them, each with the forms that its layer fills.</summary>
    public static ResultTable Sources(Job job)
    {
        var table = new ResultTable("sources", "Sources of the data",
        [
            new("form", ColumnType.Text, "Forms that the layer fills."), new("layer", ColumnType.Text, "Layer of the job."),
            new("title", ColumnType.Text, "Title."),
            new("link", ColumnType.Text, "DOI, else address."), new("publisher", ColumnType.Text, "Author or publisher."),
            new("citation", ColumnType.Text, "Full citation."),
        ]);
        foreach ((string layer, SourceConfig source) in job.Sources.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            string form = layer switch
            {
                "landCover" => "CP-1, SO1-1",
                "productivity" => "SO1-2",
                "soilCarbon" => "SO1-3",
                "population" => "SO2-3, SO3-2",
                "officialPopulation" => "CP-1",
                "drought" => "SO3-1",
                _ => "",
            };
            table.Add(
                form, layer, source.Title,
                source.Doi is { } doi
                    ? "https://doi.org/" + doi.Replace("https://doi.org/", "", StringComparison.Ordinal)
                    : source.Link,
                source.Publisher, source.Citation);
        }

        return table;
    }
}

using Ldn.Indicator;
using Ldn.Jobs;

namespace Ldn.Tables;

/// <summary>The years of a period as tables tell them: a stand-in as what it is, <c>2016–2022 (for 2023)</c>.</summary>
internal static class PeriodYears
{
    /// <summary>
    /// What a reader calls a period by: the years of land cover, which bound it; productivity looks further back.
    /// </summary>
    private static readonly SubIndicator[] s_telling = [
        SubIndicator.LandCover, SubIndicator.SoilCarbon, SubIndicator.Productivity];

    /// <summary>
    /// The years of a period; null where none are told, <c>initial–final</c> where the two land covers have no dates.
    /// </summary>
    public static string? Of(Job job, int period) => job.LandCover is { Dated: false }
        ? "initial–final"
        : s_telling.Select(sub => Of(job, period, sub)).FirstOrDefault(years => years is not null);

    /// <summary>The years of a sub-indicator in a period; null where they are not told.</summary>
    public static string? Of(Job job, int period, SubIndicator sub)
    {
        if (job.Periods[period].Of(sub) is not { } years)
            return null;
        if (!years.IsNamed)
            return "initial–final";
        string Year(int year) => Serving(job, sub, year) is var data && data != year ? $"{data} (for {year})" : $"{year}";
        return years.First == years.Last ? Year(years.First) : $"{Year(years.First)}–{Year(years.Last)}";
    }

    /// <summary>The year of the map that stands for a year of a sub-indicator.</summary>
    public static int Serving(Job job, SubIndicator sub, int year) => sub switch
    {
        SubIndicator.LandCover => job.LandCover?.Years.Serving(year) ?? year,
        SubIndicator.SoilCarbon when job.SoilCarbon is { Kind: SoilCarbonKind.Stocks } stocks => stocks.Years.Serving(year),
        _ => year,
    };
}

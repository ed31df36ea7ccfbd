using Ldn.Subjects.Uncertainty;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>
/// Every subject there is. The job's schema, names of <c>--nodata</c>, order of inputs, tables and files follow from this list; a
/// subject that is not in it does not exist, which a test says.
/// </summary>
internal static class AllSubjects
{
    public static IReadOnlyList<ISubject> InOrder { get; } =
    [
        new RegionsSubject(),
        new LandTypesSubject(), new TargetsSubject(), new ResponseSubject(), new SeveritySubject(), new HotspotsSubject(),
        new ClimateSubject(), new PopulationSubject(),
        new DrylandsSubject(), new DriversSubject(), new CategoriesSubject(), new DroughtSubject(),
        new VulnerabilitySubject(), new StatisticsSubject(),
        new ActivitiesSubject(), new CorrectionsSubject(), new ProductsSubject(), new ChanceSubject(), new TrendTestSubject(),
        new SoilErrorSubject(), new ResolutionSubject(),
        new FirmnessSubject(),
    ];

    /// <summary>The rasters of all subjects.</summary>
    public static IReadOnlyList<InputName> Inputs { get; } = [.. InOrder.SelectMany(s => s.Inputs)];

    /// <summary>What the page says of a zone beyond the indicator.</summary>
    public static IReadOnlyList<Reports.Page.PageSection> Sections { get; } = [.. InOrder.SelectMany(s => s.Sections)];

    /// <summary>Every table that a run may have, without rows: their columns are what the schema publishes.</summary>
    public static IReadOnlyList<ResultTable> Kinds()
    {
        RunStatistics empty = RunStatistics.Empty();
        return [.. RunTables.Kinds(empty), .. InOrder.SelectMany(s => s.Kinds(empty))];
    }

    /// <summary>The subjects that a job asks something of, with their rasters open.</summary>
    internal static Inquiries Open(Jobs.Job job, IInputs inputs, Rasters.IGeodata geodata)
    {
        var open = new Inquiries();
        foreach (ISubject subject in InOrder)
            if (subject.Open(new Opening(job, inputs, geodata, open)) is { } inquiry)
                open.Add(inquiry);
        return open;
    }
}

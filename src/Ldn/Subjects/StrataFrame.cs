using Ldn.Counting;
using Ldn.Rasters;

namespace Ldn.Subjects;

/// <summary>What the questions beyond the indicator mean: the plan that was asked, and the layers its codes and members stand for.</summary>
public sealed record StrataFrame(StrataPlan Plan)
{
    /// <summary>Land types, or null where none are given.</summary>
    public LandTypes? LandTypes { get; init; }

    /// <summary>Cells in which hotspots are looked for; null where none are.</summary>
    public EqualAreaGrid? HotspotCells { get; init; }

    /// <summary>Polygons in which they are.</summary>
    public HotspotPolygons? HotspotPolygons { get; init; }

    /// <summary>People, drylands, drivers and drought, or null where none of them is asked.</summary>
    public DriverFrame? Drivers { get; init; }
}

/// <summary>The answer to one question: how to read its keys, and its rows.</summary>
public sealed record StratumAnswer(StratumQuestion Question, IEnumerable<TallyRow> Rows)
{
    /// <summary>The code of one plane of the question in a row.</summary>
    public ulong Code(TallyRow row, int plane) => Question.Code(row.Key, plane);
}

using Ldn.Jobs;

namespace Ldn.Subjects;

/// <summary>
/// Activities as written in a job: polygons with <c>id</c> and, where they are known, <c>name</c>, <c>stakeholder</c>, <c>type</c>, <c>start_year</c>.
/// </summary>
public sealed record ActivitiesConfig
{
    public string? File { get; init; }

    /// <summary>Layer of the file, where it has several.</summary>
    public string? Layer { get; init; }

    /// <summary>Width in km of the ring that an activity is compared with; without it the rest of its zone.</summary>
    public double? RingKm { get; init; }
}

/// <summary>A layer of activities; <paramref name="RingKm"/> is null where the rest of the zone is the comparison.</summary>
public sealed record ActivitiesInput(string File, string? Layer, double? RingKm)
{
    private const double WidestRingKm = 1000;

    internal static ActivitiesInput Resolve(ActivitiesConfig config, JobFiles files)
    {
        string file = config.File is { Length: > 0 } given ? given : throw Fault.Job.Error("activities name no 'file'", "give the polygons of the activities");
        if (config.RingKm is { } km && !(km is > 0 and <= WidestRingKm))
            throw Fault.Job.Error(FormattableString.Invariant($"activities.ringKm is {km}"), $"give the width of the ring in km, above 0 and up to {WidestRingKm}");
        return new ActivitiesInput(files.Resolved(file), config.Layer, config.RingKm);
    }
}

/// <summary>
/// One restoration or control project (method §10): where it is, as a member of places, and the ring round it, −1 where the rest of its zone is the
/// comparison. Texts are empty, the year null, where the layer does not tell them.
/// </summary>
public sealed record Activity(string Id, string Name, string Stakeholder, string Type, int? StartYear, int Member, int RingMember)
{
    /// <summary>Source of funding, where the layer tells it (<c>funding</c>).</summary>
    public string Funding { get; init; } = "";
}

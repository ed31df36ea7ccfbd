namespace Ldn.Zones;

/// <summary>A zone of the run: id (unique over all layers and groups) and display name.</summary>
internal sealed record Zone(string Id, string Name);

/// <summary>
/// A union of zones. <paramref name="Members"/> are ids of zones of the run, in the order of the zones; <paramref name="Absent"/>
/// are ids that a built-in group would have and the run has not, for the log and the report (always empty for users' groups).
/// </summary>
internal sealed record ZoneGroup(string Id, string Name, IReadOnlyList<string> Members, IReadOnlyList<string> Absent);

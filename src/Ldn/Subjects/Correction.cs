using Ldn.Indicator;

namespace Ldn.Subjects;

/// <summary>
/// One correction polygon (method §8): where and why conditions of some periods are recoded. <see cref="To"/> holds the new condition of
/// degraded, stable and improved, null where it stays.
/// </summary>
public sealed record Correction(
    string Id, IReadOnlyList<int> Periods, SubIndicator? Layer, IReadOnlyList<Condition?> To, string Justification, string Process, string Basis, int Member);

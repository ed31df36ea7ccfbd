using NUnit.Framework.Constraints;

namespace Ldn.Tests.LandCover;

/// <summary>The constraint that code ends with exit 2 and a message that holds the given texts.</summary>
internal static class UsageError
{
    public static IResolveConstraint With(params string[] texts)
    {
        Constraint constraint = Throws.TypeOf<LdnException>()
            .With.Property(nameof(LdnException.ExitCode)).EqualTo(ExitCode.Usage);
        foreach (string text in texts)
            constraint = constraint.And.Message.Contains(text);
        return constraint;
    }
}

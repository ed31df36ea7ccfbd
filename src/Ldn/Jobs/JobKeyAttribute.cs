namespace Ldn.Jobs;

/// <summary>
/// What a key of a job file is, once for the published schema and for the words about mistakes: a description, an example as it
/// would stand in the file (JSON) and, where only some texts are allowed, which.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class JobKeyAttribute(string description, string example, params string[] values) : Attribute
{
    /// <summary>One sentence without a final full stop.</summary>
    public string Description { get; } = description;

    /// <summary>A value of the key, as JSON.</summary>
    public string Example { get; } = example;

    /// <summary>The texts that are allowed; empty where any is.</summary>
    public IReadOnlyList<string> Values { get; } = values;
}

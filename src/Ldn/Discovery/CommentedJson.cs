using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ldn.Discovery;

/// <summary>
/// Writes an object as a person would: keys with their comments above them, a blank line between the parts. Every key ends with a
/// comma.
/// </summary>
internal sealed class CommentedJson
{
    private readonly StringBuilder _text = new();
    private bool _commented = true;

    public string Text => _text.ToString();

    public static string Quoted(string text) =>
        $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    public void Begin(params IEnumerable<string> comments)
    {
        foreach (string comment in comments)
            _text.Append("// ").Append(comment).Append('\n');
        _text.Append("{\n");
    }

    /// <summary>The last comma may stay.</summary>
    public void End() => _text.Append("}\n");

    /// <summary>An object of texts that are JSON already, each on a line of its own.</summary>
    public void Table(string key, IEnumerable<(string Key, string Value)> values, int depth)
    {
        _text.Append(' ', 2 * depth).Append($"\"{key}\": {{\n");
        foreach ((string name, string value) in values)
            _text.Append(' ', 2 * (depth + 1)).Append($"\"{name}\": {value},\n");
        _text.Append(' ', 2 * depth).Append("},\n");
    }

    public void Open(string key)
    {
        Part(1);
        _text.Append($"  \"{key}\": {{\n");
    }

    public void Close() => _text.Append("  },\n");

    public void Key(string key, string value, int depth = 1)
    {
        Part(depth);
        _text.Append(' ', 2 * depth).Append($"\"{key}\": {value},\n");
    }

    public void Comment(string text, int depth = 1)
    {
        Part(depth);
        _commented = true;
        _text.Append(' ', 2 * depth).Append("// ").Append(string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)))
            .Append('\n');
    }

    /// <summary>An alternative to what stands above it.</summary>
    public void Beside(string text, int depth = 1)
    {
        _commented = true;
        Comment(text, depth);
        _commented = false;
    }

    /// <summary>A blank line before each part of the job, but none between its comment and itself.</summary>
    private void Part(int depth)
    {
        if (depth == 1 && !_commented)
            _text.Append('\n');
        _commented = false;
    }
}

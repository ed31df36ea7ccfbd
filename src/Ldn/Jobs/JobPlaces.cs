using System.Text;
using System.Text.Json;

namespace Ldn.Jobs;

/// <summary>
/// Lines of a job file by key, such as <c>landCover.years.2000</c> and <c>zones[0].id</c>, and of its texts by what they say.
/// </summary>
internal sealed class JobPlaces
{
    private readonly Dictionary<string, int> _lines = [];
    private readonly Dictionary<string, string> _keys = [];

    /// <param name="utf8">A text that is JSON.</param>
    public JobPlaces(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8,
            new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        var path = new List<(string Name, int Item)>();
        long counted = 0;
        int line = 1;
        while (reader.Read())
        {
            line += utf8[(int)counted..(int)reader.TokenStartIndex].Count((byte)'\n');
            counted = reader.TokenStartIndex;
            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                path.RemoveAt(path.Count - 1);
                continue;
            }

            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                path[^1] = (Text(ref reader), -1);
                _lines.TryAdd(Key(path), line);
                continue;
            }

            if (path is [.., (_, >= 0)])
            {
                path[^1] = ("", path[^1].Item + 1);
                _lines.TryAdd(Key(path), line);
            }

            if (reader.TokenType == JsonTokenType.String)
                _keys.TryAdd(Text(ref reader), Key(path));
            if (reader.TokenType == JsonTokenType.StartObject)
                path.Add(("", -1));
            if (reader.TokenType == JsonTokenType.StartArray)
                path.Add(("", 0));
        }
    }

    /// <summary>The line of a key, or of the nearest part of the job that holds it; null where nothing does.</summary>
    public int? Line(string key)
    {
        for (string at = key; at.Length > 0; at = at[..Math.Max(0, at.LastIndexOfAny(['.', '[']))])
            if (_lines.TryGetValue(at, out int line))
                return line;
        return null;
    }

    /// <summary>The first key whose value is this text, or null.</summary>
    public string? KeyOf(string text) => _keys.GetValueOrDefault(text);

    /// <summary>How a key within another is written.</summary>
    public static string Within(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string Key(List<(string Name, int Item)> path)
    {
        var key = new StringBuilder();
        foreach ((string name, int item) in path)
        {
            if (item > 0)
                key.Append($"[{item - 1}]");
            else if (name.Length > 0)
                key.Append(key.Length == 0 ? "" : ".").Append(name);
        }

        return key.ToString();
    }

    /// <summary>Half a surrogate pair has no text; the walk through the values tells of it.</summary>
    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }
}

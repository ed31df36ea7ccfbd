using System.Net;
using System.Text;

namespace Ldn.Reports.Page;

/// <summary>Markup that is already safe. Everything else that enters a page is escaped.</summary>
internal readonly record struct Html(string Markup)
{
    /// <summary>Text as markup.</summary>
    public static Html Of(string text) => new(Escape(text));

    /// <summary>Escapes text for content and for quoted attributes.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    public override string ToString() => Markup;
}

/// <summary>
/// What a template can see: values by name. A value is text, <see cref="Html"/>, an <see cref="Action{TextWriter}"/> that writes
/// markup too long to be held, a truth value, or views, which are asked for as they are written.
/// </summary>
internal sealed class View : Dictionary<string, object?>;

/// <summary>
/// A template of HTML, CSS or script text with places to fill: <c>{{name}}</c> escaped text, <c>{{{name}}}</c> markup,
/// <c>{{t.key}}</c> a text of the language, <c>{{#name}}…{{/name}}</c> once for each view of a list or when something is there,
/// <c>{{^name}}…{{/name}}</c> when nothing is, <c>{{&gt; file}}</c> another template. A name is looked for in the innermost view
/// first.
/// </summary>
internal sealed class Template
{
    private readonly Func<string, string> _load;
    private readonly Texts _texts;
    private readonly Dictionary<string, List<Node>> _files = [];

    /// <param name="load">The text of a template by its name.</param>
    /// <param name="texts">The language.</param>
    public Template(Func<string, string> load, Texts texts) => (_load, _texts) = (load, texts);

    private enum Kind
    {
        Text,
        Value,
        Markup,
        Section,
        Inverted,
        Partial,
    }

    private sealed record Node(Kind Kind, string Name, List<Node> Children);

    /// <exception cref="FormatException">The template is wrong: a section not closed, a name not there, text where markup is
    /// asked for.</exception>
    public void Render(TextWriter writer, string name, View view) => Render(writer, File(name), [view]);

    private List<Node> File(string name)
    {
        if (!_files.TryGetValue(name, out List<Node>? nodes))
        {
            string text = _load(name);
            int at = 0;
            _files[name] = nodes = Parse(name, text, ref at, null);
        }

        return nodes;
    }

    private static List<Node> Parse(string file, string text, ref int at, string? section)
    {
        var nodes = new List<Node>();
        while (true)
        {
            int open = text.IndexOf("{{", at, StringComparison.Ordinal);
            if (open < 0)
            {
                if (section is not null)
                    throw new FormatException($"{file}: section {section} is not closed");
                nodes.Add(new Node(Kind.Text, text[at..], []));
                return nodes;
            }

            nodes.Add(new Node(Kind.Text, text[at..open], []));
            bool markup = text.AsSpan(open).StartsWith("{{{", StringComparison.Ordinal);
            int close = text.IndexOf(markup ? "}}}" : "}}", open, StringComparison.Ordinal);
            if (close < 0)
                throw new FormatException($"{file}: a place is not closed");
            string tag = text[(open + (markup ? 3 : 2))..close].Trim();
            at = close + (markup ? 3 : 2);
            switch (tag[0])
            {
                case '#':
                case '^':
                    string name = tag[1..].Trim();
                    nodes.Add(new Node(tag[0] == '#' ? Kind.Section : Kind.Inverted, name, Parse(file, text, ref at, name)));
                    break;
                case '/':
                    return tag[1..].Trim() == section
                        ? nodes
                        : throw new FormatException($"{file}: {tag} closes {section ?? "nothing"}");
                case '>':
                    nodes.Add(new Node(Kind.Partial, tag[1..].Trim(), []));
                    break;
                default:
                    nodes.Add(new Node(markup ? Kind.Markup : Kind.Value, tag, []));
                    break;
            }
        }
    }

    private void Render(TextWriter writer, List<Node> nodes, List<View> views)
    {
        foreach (Node node in nodes)
        {
            switch (node.Kind)
            {
                case Kind.Text:
                    writer.Write(node.Name);
                    break;
                case Kind.Partial:
                    Render(writer, File(node.Name), views);
                    break;
                case Kind.Markup:
                    WriteMarkup(writer, node.Name, Find(node.Name, views));
                    break;
                case Kind.Value:
                    writer.Write(Html.Escape(Find(node.Name, views)?.ToString() ?? ""));
                    break;
                default:
                    RenderSection(writer, node, views);
                    break;
            }
        }
    }

    private static void WriteMarkup(TextWriter writer, string name, object? value)
    {
        switch (value)
        {
            case null:
                break;
            case Html html:
                writer.Write(html.Markup);
                break;
            case Action<TextWriter> write:
                write(writer);
                break;
            default:
                throw new FormatException($"{name} is {value.GetType().Name}, not markup");
        }
    }

    private void RenderSection(TextWriter writer, Node node, List<View> views)
    {
        object? value = Find(node.Name, views);
        bool there = value is not (null or false or "" or IReadOnlyCollection<View> { Count: 0 });
        if (node.Kind == Kind.Inverted)
        {
            if (!there)
                Render(writer, node.Children, views);
        }
        else if (there && value is IEnumerable<View> list)
        {
            foreach (View view in list)
                Render(writer, node.Children, [.. views, view]);
        }
        else if (value is View only)
        {
            Render(writer, node.Children, [.. views, only]);
        }
        else if (there)
        {
            Render(writer, node.Children, views);
        }
    }

    private object? Find(string name, List<View> views)
    {
        if (name.StartsWith("t.", StringComparison.Ordinal))
            return _texts[name[2..]];
        for (int i = views.Count - 1; i >= 0; i--)
            if (views[i].TryGetValue(name, out object? value))
                return value;
        throw new FormatException($"no value named {name}");
    }

    /// <summary>A template of this assembly.</summary>
    public static string Resource(string name)
    {
        using Stream stream = typeof(Template).Assembly.GetManifestResourceStream("Templates/" + name)
            ?? throw new FormatException($"no template {name}");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}

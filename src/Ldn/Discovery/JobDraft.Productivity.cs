using System.Globalization;

namespace Ldn.Discovery;

/// <summary>Productivity: classes, a condition, parts, or a series by year or with several layers a year.</summary>
internal sealed partial class JobDraft
{
    private void Productivity()
    {
        if (_choices.ProductivityKind is not { } kind)
            return;
        _json.Open("productivity");
        switch (kind)
        {
            case "lpd" or "condition":
                _json.Key("kind", CommentedJson.Quoted(kind), 2);
                ByPeriod(kind == "lpd" ? _choices.Lpd : _choices.Conditions, p => p.Productivity);
                if (_choices.Series.Count > 0)
                    _json.Comment($"or from the annual {_choices.SeriesFinding!.Detail} of "
                        + $"{_choices.Series.Keys.First()}-{_choices.Series.Keys.Last()}: \"kind\": \"series\", \"years\": "
                        + $"{{ … }}, \"units\": [ … ]", 2);
                break;
            case "parts":
                _json.Key("kind", CommentedJson.Quoted(kind), 2);
                _json.Key(
                    "periods",
                    $"{{ \"baseline\": {{ \"trend\": {File(_choices.Parts[0].File)}, \"state\": {File(_choices.Parts[1].File)}, "
                        + $"\"performance\": {File(_choices.Parts[2].File)} }} }}",
                    2);
                break;
            default:
                Series(kind == "layers");
                break;
        }

        _json.Close();
    }

    private void Series(bool layers)
    {
        Finding about = layers ? _choices.StackFinding! : _choices.SeriesFinding!;
        _json.Key("kind", CommentedJson.Quoted("series"), 2);
        _json.Key("variable", CommentedJson.Quoted(about.Detail!), 2);
        if (about.Scale is { } scale)
            _json.Key("scale", scale.ToString("R", CultureInfo.InvariantCulture), 2);
        if (layers)
        {
            string[] files = [.. _choices.StackFiles.Select(File)];
            _json.Key("layers", files is [var only] ? $"[{only}]" : $"[\n      {string.Join(",\n      ", files)},\n    ]", 2);
            _json.Key("integrate", "{ \"statistic\": \"mean\" }", 2);
        }
        else
        {
            Table("years", _choices.Series, 2);
            if (_choices.StackFinding is { } stack)
                _json.Comment($"or from several layers a year: \"layers\": [{File(stack.File)}"
                    + $"{(_choices.StackFiles.Count > 1 ? ", …" : "")}], \"integrate\": "
                    + $"{{ \"statistic\": \"mean\" }} in place of years", 2);
        }

        if (_choices.Of(LayerKind.Category)
            .FirstOrDefault(f => Products.Words(f.File).Contains(" unit", StringComparison.Ordinal)) is { } units)
        {
            _json.Key("units", $"[{File(units.File)}]", 2);
        }
        else if (_choices.Covers.Count > 0)
        {
            _json.Comment("Performance compares a cell with others of its ecological unit. Land cover alone is a coarse one: "
                + "add soil types where you have them.", 2);
            _json.Key("units", $"[{File(_choices.Covers.Values.First())}]", 2);
        }
        else
        {
            _json.Comment("Performance needs ecological units, and no raster of any was found: the FAO-WOCAT rule needs none.",
                2);
            _json.Comment("With units: \"units\": [\"units.tif\"] in place of the next line.", 2);
            _json.Key("lpdMethod", CommentedJson.Quoted("fao-wocat"), 2);
        }

        if (_choices.Rain.Count > 0)
        {
            _json.Comment("The trend freed of rainfall: \"method\": \"restrend\", \"climate\": { "
                + string.Join(", ", _choices.Rain.Take(2).Select(r => $"\"{r.Key}\": {File(r.Value)}"))
                    + (_choices.Rain.Count > 2 ? ", …" : "") + " }", 2);
            _used.UnionWith(_choices.Rain.Values.Select(Plain));
        }
    }
}

namespace Ldn.Counting;

/// <summary>
/// The rows of a tally by place, so that a zone's are found without walking all of them. Four bytes a row and a place; to be read
/// while nothing is added to the tally.
/// </summary>
public sealed class PlacedRows
{
    private readonly Tally _tally;
    private readonly int[] _starts;
    private readonly int[] _slots;

    internal PlacedRows(Tally tally, int places)
    {
        _tally = tally;
        _starts = new int[places + 1];
        _slots = new int[tally.Count];
        for (int slot = 0; slot < tally.Slots; slot++)
            if (tally.PlaceAt(slot) is >= 0 and int place)
                _starts[place + 1]++;
        for (int place = 0; place < places; place++)
            _starts[place + 1] += _starts[place];
        int[] next = _starts[..^1];
        for (int slot = 0; slot < tally.Slots; slot++)
            if (tally.PlaceAt(slot) is >= 0 and int place)
                _slots[next[place]++] = slot;
    }

    /// <summary>The rows of a place, in no particular order.</summary>
    public IEnumerable<TallyRow> Of(int place)
    {
        for (int i = _starts[place]; i < _starts[place + 1]; i++)
            yield return _tally.At(_slots[i]);
    }
}

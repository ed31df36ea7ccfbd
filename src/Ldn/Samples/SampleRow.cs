using Ldn.Rasters;

namespace Ldn.Samples;

/// <summary>The ranks of all fields over one row of a window; of one worker.</summary>
internal sealed class SampleRow
{
    private readonly NoiseRows[] _rows;
    private readonly int[][] _ranks;

    public SampleRow(SampleFields fields, Window window, bool baselineOnly)
    {
        LatticeNoise?[] noises =
        [
            fields.Relief, fields.Moisture, fields.Cover, fields.Variety, fields.EarlyChange, fields.Productivity, fields.Soil,
            baselineOnly ? null : fields.LateChange,
            baselineOnly ? null : fields.LateProductivity,
        ];
        _rows = [.. noises.OfType<LatticeNoise>().Select(noise => new NoiseRows(noise, window.Column, window.Width))];
        // Without the later years their fields stand still at the middle: no change.
        _ranks = [.. noises.Select(_ => new int[window.Width])];
        foreach (int[] ranks in _ranks)
            Array.Fill(ranks, 32768);
    }

    public int[] Relief => _ranks[0];

    public int[] Moisture => _ranks[1];

    public int[] Cover => _ranks[2];

    public int[] Variety => _ranks[3];

    public int[] EarlyChange => _ranks[4];

    public int[] Productivity => _ranks[5];

    public int[] Soil => _ranks[6];

    public int[] LateChange => _ranks[7];

    public int[] LateProductivity => _ranks[8];

    public void MoveTo(int row)
    {
        for (int i = 0; i < _rows.Length; i++)
            _rows[i].Fill(row, _ranks[i]);
    }
}

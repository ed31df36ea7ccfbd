using Ldn.Pass;
using Ldn.Rasters;

namespace Ldn.Run.Explain;

/// <summary>Every input of a run at one cell of its grid, as the pass over the cell read it.</summary>
internal sealed class CellInputs(PassPlan plan)
{
    private CellPass? _pass;
    private Window _cell;

    /// <summary>Stored cells of an input, one of each.</summary>
    public CellsOf Cells => input => _pass!.Cells(input);

    /// <summary>The cell as a window.</summary>
    public Window Cell => _cell;

    /// <summary>Takes another cell, which lies in a zone.</summary>
    public void Take(CellPass pass, int column, int row) => (_pass, _cell) = (pass, new Window(column, row, 1, 1));

    /// <summary>Physical value; NaN for no data and outside the input.</summary>
    public double Physical(int input)
    {
        Span<double> value = stackalloc double[1];
        plan.Inputs[input].ToPhysical(Cells(input), value);
        return value[0];
    }

    /// <summary>The same in the single precision that some kernels take.</summary>
    public float Single(int input)
    {
        Span<float> value = stackalloc float[1];
        plan.Inputs[input].ToPhysical(Cells(input), value);
        return value[0];
    }

    /// <summary>The code of a categorical input.</summary>
    public byte Code(int input, ClassRecoder recoder)
    {
        Span<byte> code = stackalloc byte[1];
        SliceCells cells = Cells(input);
        _ = recoder.Recode(cells.Cells, cells.Outside, code);
        return code[0];
    }

    /// <summary>What an input holds, and in which of its own cells.</summary>
    public SourceValue Source(int number)
    {
        RasterInput input = plan.Inputs[number];
        SliceCells cells = Cells(number);
        bool outside = !cells.Outside.IsEmpty && cells.Outside[0] != 0;
        double stored = Pass.Cells.Value(cells.Cells, input.Raster.OutputType, 0);
        double value = input.Recoder is null ? Physical(number)
            : outside || input.NoData.Contains(stored) ? double.NaN : stored;
        (int Column, int Row)? at = input.Raster.Holding(_cell.Column, _cell.Row);
        return new SourceValue(
            input.Layer, WithoutQuery(input.File), at?.Column, at?.Row, outside ? null : Known(stored), Known(value),
            input.Raster.Method switch
            {
                Resampling.Mode => "mode",
                Resampling.Average => "average",
                _ => null,
            });
    }

    /// <summary>A number as JSON can hold it; null where it is none.</summary>
    public static double? Known(double value) => double.IsFinite(value) ? value : null;

    /// <summary>The query of an address may hold a key.</summary>
    private static string WithoutQuery(string file) => file.Contains("://", StringComparison.Ordinal) ? file.Split('?')[0] : file;
}

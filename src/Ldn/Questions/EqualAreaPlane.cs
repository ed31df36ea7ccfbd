using Ldn.Pass;
using Ldn.Rasters;

namespace Ldn.Questions;

/// <summary>The equal-area cell that holds a pixel's centre.</summary>
/// <param name="Cells">The cells.</param>
/// <param name="Geodata">Brings the centres of a projected grid to longitude and latitude, one by one.</param>
internal sealed record EqualAreaPlane(EqualAreaGrid Cells, IGeodata Geodata) : Plane(4)
{
    internal override PlaneFiller Open(PassPlan plan, int capacity) => plan.Grid.Crs.IsGeographic
        ? new Separable(plan.Grid, Cells, capacity)
        : new Transformed(
            plan.Grid, Cells, Geodata.CreateTransform(plan.Grid.Crs, Geodata.GeographicOf(plan.Grid.Crs)), capacity);

    private static void Store(byte[][] bytes, int at, uint code)
    {
        for (int b = 0; b < bytes.Length; b++)
            bytes[b][at] = (byte)(code >> (8 * b));
    }

    /// <summary>On a geographic grid the row tells the cell's row, and the column how far round it lies.</summary>
    private sealed class Separable(Grid grid, EqualAreaGrid cells, int capacity) : PlaneFiller(Buffers(4, capacity))
    {
        private readonly double[] _turns = new double[capacity];

        public override void Fill(SliceAtHand slice)
        {
            Window window = slice.Window;
            for (int column = 0; column < window.Width; column++)
                _turns[column] = EqualAreaGrid.Turn(grid.CentreX(window.Column + column));
            for (int row = 0, at = 0; row < window.Height; row++)
            {
                int of = cells.Row(grid.CentreY(window.Row + row));
                for (int column = 0; column < window.Width; column++, at++)
                    Store(Bytes, at, cells.Code(of, _turns[column]));
            }
        }
    }

    private sealed class Transformed(
        Grid grid, EqualAreaGrid cells, ICoordinateTransform transform, int capacity) : PlaneFiller(Buffers(4, capacity))
    {
        private readonly double[] _x = new double[capacity];
        private readonly double[] _y = new double[capacity];

        public override void Fill(SliceAtHand slice)
        {
            Window window = slice.Window;
            for (int i = 0; i < slice.Count; i++)
                (_x[i], _y[i]) = (
                    grid.CentreX(window.Column + (i % window.Width)), grid.CentreY(window.Row + (i / window.Width)));
            transform.Transform(_x.AsSpan(0, slice.Count), _y.AsSpan(0, slice.Count));

            // A centre that lies nowhere on the Earth lies in no zone either; which cell it gets does not matter.
            for (int i = 0; i < slice.Count; i++)
                Store(Bytes, i, double.IsNaN(_x[i]) ? 0 : cells.Code(cells.Row(_y[i]), EqualAreaGrid.Turn(_x[i])));
        }

        public override void Dispose()
        {
            transform.Dispose();
            base.Dispose();
        }
    }
}

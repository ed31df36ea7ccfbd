using Ldn.Pass;

namespace Ldn.Questions;

/// <summary>
/// What a change of land cover may do to the soil carbon of a cell by factors that are uncertain (firmness U5): the
/// <see cref="SoilTurn"/>, the climate zone, and the class of the factor table in each dated cover of the stock model. Land
/// whose cover never changes, or is unknown, has its turn alone.
/// </summary>
/// <param name="Period">The period.</param>
/// <param name="Covers">Dated covers of the model that matter, in its order.</param>
internal sealed record FactorErrorPlane(int Period, int Covers) : Plane(2 + Covers)
{
    /// <summary>Dated covers that fit into a key.</summary>
    public const int MostCovers = 6;

    internal override PlaneFiller Open(PassPlan plan, int capacity) => new Filler(plan, this, capacity);

    private sealed class Filler(PassPlan plan, FactorErrorPlane plane, int capacity)
        : PlaneFiller(Buffers(2 + plane.Covers, capacity))
    {
        private readonly SoilTurns _turns = new(plan, plane.Period, capacity);
        private readonly byte[] _zones = new byte[capacity];

        public override void Fill(SliceAtHand slice)
        {
            StockModelPlan model = plan.StockModel!;
            Span<byte> zones = _zones.AsSpan(0, slice.Count);
            zones.Clear();
            if (model.ClimateRecoder is { } recoder)
                recoder.Recode(slice.Cells(model.ClimateInput).Cells, slice.Cells(model.ClimateInput).Outside, zones);
            _turns.Begin(slice);
            Span<byte> classes = stackalloc byte[MostCovers];
            classes = classes[..plane.Covers];
            for (int i = 0; i < slice.Count; i++)
            {
                for (int c = 0; c < classes.Length; c++)
                    classes[c] = (byte)model.Model.ClassOf(slice.Evidence.Covers[model.Covers[c]][i]);
                bool changes = !classes.Contains((byte)0) && classes.ContainsAnyExcept(classes[0]);
                Bytes[0][i] = (byte)_turns.Of(i, changes);
                Bytes[1][i] = changes ? zones[i] : (byte)0;
                for (int c = 0; c < classes.Length; c++)
                    Bytes[2 + c][i] = changes ? classes[c] : (byte)0;
            }
        }
    }
}

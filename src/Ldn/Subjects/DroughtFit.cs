using System.Globalization;
using Ldn.Counting;
using Ldn.Drought;
using Ldn.Pass;
using Ldn.Questions;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>
/// How well the reference of a computed index is founded (drought §1.3, §1.4, §1.8): drought_fit.csv, and what is said of the
/// index in every output.
/// </summary>
internal static class DroughtFit
{
    private const string Name = "drought_fit";
    private const double LeastRain = 20, MostRain = 20_000;

    private static readonly Column<long> s_month = Column.Integer("end_month", "Month that ends the index.");
    private static readonly Column<Area> s_index = Column.Area("index_km2", "Land with an index.");
    private static readonly Column<Area> s_short = Column.Area(
        "short_km2", "Land with values in too few years of the reference.");

    private static readonly Column<Area> s_dry = Column.Area(
        "dry_km2", "Land with too few values above zero in the reference, or all equal: no index.");

    private static readonly Column<Area> s_poor = Column.Area(
        "poor_fit_km2", "Land with an index whose distribution lies far from the reference: D above 1.36/√m.");

    private static readonly Column<double> s_zeros = Column.Number(
        "mean_zero_share", "Mean share of zeros in the reference, of land with an SPI.");

    /// <summary>Conditions of the baseline, whose water is that of every year; what is known of the fit.</summary>
    public static Question Question(FitInputs inputs) => new(Name, [new ConditionsPlane(0), new FitPlane(inputs)]);

    /// <summary>drought_fit.csv; null: without rows.</summary>
    public static ResultTable Table(RunStatistics run, ComputedIndex? computed)
    {
        ResultTable table = Columns.Table(Name, "How well the drought index is founded",
        [
            Columns.ZoneId, Columns.ZoneKind, s_month, Columns.Land, s_index, s_short, s_dry, s_poor, s_zeros,
        ]);
        if (computed is null || run.Answer(Name) is not { } answer)
            return table;
        var areas = new Area[run.Zones.Count, 5];
        var land = new Area[run.Zones.Count];

        // By years and zeros, so that the sum has one order whatever the order of the rows.
        SortedDictionary<int, Int128>[] shares = [.. run.Zones.Select(_ => new SortedDictionary<int, Int128>())];
        foreach (TallyRow row in answer.Rows.Where(r => ReportedClasses.IsLand(answer.Code(r, 0))))
        {
            FitCode code = new(answer.Code(row, 1));
            foreach (int zone in run.ZonesOf(row))
            {
                land[zone] += row.Area;
                areas[zone, (int)code.State] += row.Area;
                if (code.State is FitState.Fitted or FitState.Poor)
                    shares[zone][code.Share] = shares[zone].GetValueOrDefault(code.Share) + row.Area.SquareMillimetres;
            }
        }

        bool tells = computed.Asked.Options.Index == DroughtIndex.Spi;
        for (int z = 0; z < land.Length; z++)
        {
            Area index = areas[z, (int)FitState.Fitted] + areas[z, (int)FitState.Poor];
            double all = (double)index.SquareMillimetres;
            double zeros = shares[z].Sum(s => (double)s.Value * (s.Key & 255) / (s.Key >> 8));
            table.Add(
            [
                .. Columns.Of(run.Zones[z]), s_month.Is(computed.OfTables.Month), Columns.Land.Is(land[z]), s_index.Is(index),
                s_short.Is(areas[z, (int)FitState.Short]), s_dry.Is(areas[z, (int)FitState.Dry]),
                s_poor.Is(areas[z, (int)FitState.Poor]), s_zeros.Is(tells && all > 0 ? zeros / all : null),
            ]);
        }

        return table;
    }

    /// <summary>Whether its precipitation may be in another unit.</summary>
    public static IEnumerable<string> Doubts(RunStatistics run, ComputedIndex computed)
    {
        if (run.Answer(Name) is not { } answer)
            yield break;
        long low = 0, usual = 0, high = 0;
        foreach (TallyRow row in answer.Rows.Where(r => ReportedClasses.IsLand(answer.Code(r, 0))))
        {
            int rain = new FitCode(answer.Code(row, 1)).Rain;
            (low, usual, high) = (
                low + (rain == 1 ? row.Pixels : 0), usual + (rain == 2 ? row.Pixels : 0), high + (rain == 3 ? row.Pixels : 0));
        }

        string files = Path.GetFileName(computed.Asked.Precipitation.Files[0]);
        if (high > 0)
            yield return Fault.RainUnit.Say(
                $"precipitation ({files}, …) comes to more than 20,000 mm a year in {high} cells: check its unit and fills");
        else if (low > 0 && usual == 0)
            yield return Fault.RainUnit.Say(
                $"precipitation ({files}, …) comes to less than 20 mm a year everywhere: it may be in metres, or a rate a second "
                    + "or a day; monthly totals in mm are needed");
    }

    /// <summary>Index, months, fit and reference in one sentence.</summary>
    public static string Described(DroughtSeries series)
    {
        IndexOptions o = series.Options;
        string ending = o.EndMonth is { } month
            ? CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(month)
            : "every month, tables of December";
        string pet = series.Method is { } method ? $", evapotranspiration {method.ToString().ToLowerInvariant()}" : "";
        string zeros = o.Index == DroughtIndex.Spi ? $", zeros {(o.Zeros == ZeroRule.McKee ? "mckee" : "centre")}" : "";
        return FormattableString.Invariant(
            $"drought index {o.Name.ToUpperInvariant()} ending in {ending}, reference {o.FirstReference}-{o.LastReference}, ")
            + FormattableString.Invariant($"fit {FitName(o.Fit)}{zeros}{pet}, within ±{o.Clip}");
    }

    public static string FitName(IndexFit fit) => fit switch
    {
        IndexFit.Thom => "thom",
        IndexFit.MaximumLikelihood => "ml",
        IndexFit.UnbiasedMoments => "ub-pwm",
        _ => "pp-pwm",
    };

    /// <summary>Class of a year's precipitation: 1 below 20 mm, 2 usual, 3 above 20,000; 0 not known.</summary>
    private static int RainClass(double mm) => mm < LeastRain ? 1 : mm <= MostRain ? 2 : mm > MostRain ? 3 : 0;

    /// <summary>State, class of precipitation, years and zeros in one code of three bytes.</summary>
    private readonly record struct FitCode(ulong Code)
    {
        public FitState State => (FitState)(Code & 15);

        public int Rain => (int)((Code >> 4) & 15);

        /// <summary>Years × 256 + zeros.</summary>
        public int Share => (int)(((Code >> 8) & 255) << 8 | ((Code >> 16) & 255));
    }

    private sealed record FitPlane(FitInputs Inputs) : Plane(3)
    {
        internal override PlaneFiller Open(PassPlan plan, int capacity) => new Filler(plan, Inputs, capacity);

        private sealed class Filler(PassPlan plan, FitInputs inputs, int capacity) : PlaneFiller(Buffers(3, capacity))
        {
            private readonly float[] _values = new float[capacity];

            public override void Fill(SliceAtHand slice)
            {
                ReadOnlySpan<float> states = Values(inputs.State, slice);
                for (int i = 0; i < states.Length; i++)
                    Bytes[0][i] = float.IsNaN(states[i]) ? (byte)0 : (byte)states[i];
                ReadOnlySpan<float> rain = Values(inputs.AnnualPrecipitation, slice);
                for (int i = 0; i < rain.Length; i++)
                    Bytes[0][i] |= (byte)(RainClass(rain[i]) << 4);
                Copy(Values(inputs.Years, slice), Bytes[1]);
                Copy(Values(inputs.Zeros, slice), Bytes[2]);
            }

            private ReadOnlySpan<float> Values(int input, SliceAtHand slice)
            {
                Span<float> values = _values.AsSpan(0, slice.Count);
                plan.Inputs[input].ToPhysical(slice.Cells(input), values);
                return values;
            }

            private static void Copy(ReadOnlySpan<float> values, byte[] bytes)
            {
                for (int i = 0; i < values.Length; i++)
                    bytes[i] = float.IsNaN(values[i]) ? (byte)0 : (byte)values[i];
            }
        }
    }
}

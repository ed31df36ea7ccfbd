using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Pass;
using Ldn.Questions;
using Ldn.Subjects;
using Ldn.Tables;
using Ldn.Zones;

namespace Ldn.Tests.Tables;

internal sealed class ClimateTablesTests
{
    /// <summary>
    /// Two pixels of 200 ha lose 10 t C/ha, one gains 3: −4000 + 600 = −3400 t C, × 44/12 = −12466.67 t CO₂e; a pixel of water
    /// counts for nothing.
    /// </summary>
    [Test]
    public void CarbonIsToldAsCarbonDioxide()
    {
        var places = new PlaceIndex();
        int place = places.Intern([0]);
        var question = new Question(ClimateInquiry.Question("report_1"), [new ConditionsPlane(1)], new StockChangeSum(0, 1));
        var result = PassResult.Empty(2, 0, [question]);
        void Add(byte pair, int pixels, int before, int after)
        {
            Int128 area = (Int128)HandRun.Pixel * pixels;
            Int128[] sums = [area * before * 1000, area * after * 1000, area];
            result.Answers[0].Add(place, pair, pixels, new Area(area), sums);
        }

        Add(ConditionPair.Of(Condition.Stable, Condition.Degraded).Code, 2, 60, 50);
        Add(ConditionPair.Of(Condition.Stable, Condition.Improved).Code, 1, 10, 13);
        Add(0x44, 1, 100, 500);
        RunStatistics run = HandRun.Of(places, result, [new SummaryZone("A", "A", "zone", [0], null)], question);
        Assert.That(HandRun.Lines(ClimateInquiry.Change(run)).Select(l => l.Replace(".000000", "")), Is.EqualTo(new[]
        {
            "A,zone,report_1,2016,2019,all,6,26000,22600,-3400,-12466.666667,-5.666667,condition,A,2016–2019",
            "A,zone,report_1,2016,2019,degraded,4,24000,20000,-4000,-14666.666667,-10,condition,A,2016–2019",
            "A,zone,report_1,2016,2019,stable,0,0,0,0,0,,condition,A,2016–2019",
            "A,zone,report_1,2016,2019,improved,2,2000,2600,600,2200,3,condition,A,2016–2019",
            "A,zone,report_1,2016,2019,no_data,0,0,0,0,0,,condition,A,2016–2019",
        }));
    }
}

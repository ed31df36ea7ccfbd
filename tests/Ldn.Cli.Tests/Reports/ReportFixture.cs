namespace Ldn.Cli.Tests.Reports;

/// <summary>Removes what the report tests have made.</summary>
[SetUpFixture]
public sealed class ReportFixture
{
    [OneTimeTearDown]
    public void Remove() => ReportRuns.Remove();
}

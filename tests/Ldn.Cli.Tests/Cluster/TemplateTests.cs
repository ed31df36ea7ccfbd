using Ldn.Cli.Tests.BadInput;

namespace Ldn.Cli.Tests.Cluster;

/// <summary>Form of the templates; those of Slurm and Snakemake are also run.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class TemplateTests
{
    private const string Python = "/usr/bin/python3";

    [Test]
    public void UnknownNamesAreRefused()
    {
        using var work = new Workspace();
        Refusal.Said(
            LdnProcess.Run(work.Folder, ["template", "slurmm"]), ExitCode.Usage, "slurmm",
            "slurm, snakemake, kubernetes, github-action");
    }

    [Test]
    public void TheSlurmScriptIsWellFormed()
    {
        using var work = new Workspace();
        LdnProcess.Tool(work.Folder, "bash", "-n", Template(work, "slurm")).Succeeded();
        LdnResult help = LdnProcess.Tool(work.Folder, "bash", work["slurm"]);
        Assert.That(help.ExitCode, Is.EqualTo((int)ExitCode.Usage));
        Assert.That(help.Error, Does.Contain("ldn template slurm > ldn-slurm.sh"));
    }

    /// <summary>
    /// Three steps and the first stage, each with a pod that asks one plan for its work; failures that cannot mend themselves end
    /// it.
    /// </summary>
    [Test]
    public void TheKubernetesJobsAreWellFormed()
    {
        using var work = new Workspace();
        Template(work, "kubernetes");
        Check(work, """
            jobs = {d["metadata"]["name"]: d for d in yaml.safe_load_all(open("kubernetes"))}
            assert list(jobs) == ["ldn-plan", "ldn-histogram", "ldn-shard", "ldn-merge"], list(jobs)
            for name, job in jobs.items():
                assert (job["apiVersion"], job["kind"]) == ("batch/v1", "Job")
                assert job["metadata"]["labels"]["step"] == name[4:]
                pod = job["spec"]["template"]["spec"]
                assert pod["restartPolicy"] == "Never" and len(pod["containers"]) == 1
                assert pod["containers"][0]["volumeMounts"][0]["name"] == pod["volumes"][0]["name"]
            for name in ("ldn-histogram", "ldn-shard"):
                spec = jobs[name]["spec"]
                args = spec["template"]["spec"]["containers"][0]["args"]
                assert spec["completionMode"] == "Indexed" and str(spec["completions"]) in jobs["ldn-plan"]["spec"]["template"]["spec"]["containers"][0]["args"]
                assert spec["podFailurePolicy"]["rules"][0] == {"action": "FailJob", "onExitCodes": {"containerName": "ldn", "operator": "In", "values": [2, 3]}}
                assert spec["template"]["spec"]["containers"][0]["env"][0]["name"] == "LDN_SHARD" and args[:3] == ["compute", "--plan", "/data/run/plan.json"]
                assert ("--stage" in args) == (name == "ldn-histogram")
            """);
    }

    [Test]
    public void TheGitHubWorkflowIsWellFormed()
    {
        using var work = new Workspace();
        Template(work, "github-action");
        Check(work, """
            flow = yaml.safe_load(open("github-action"))
            jobs = flow["jobs"]
            assert list(jobs) == ["plan", "histogram", "shard", "merge"]
            for job in jobs.values():
                assert job["runs-on"] and all(("uses" in s) != ("run" in s) for s in job["steps"])
            for name in ("histogram", "shard"):
                assert jobs[name]["strategy"]["matrix"]["shard"] == list(range(flow["env"]["SHARDS"]))
                [script] = [s["run"] for s in jobs[name]["steps"] if "ldn compute" in s.get("run", "")]
                subprocess.run(["bash", "-n"], input=script.replace("${{ matrix.shard }}", "0"), text=True, check=True)
                assert ("--stage 1" in script) == (name == "histogram")
            *_, compare, keep = jobs["merge"]["steps"]
            # A failed comparison is what the page is for.
            assert "ldn compare before result" in compare["run"] and "$TOLERANCE" in compare["run"] and "TOLERANCE" in flow["env"]
            assert keep["with"]["path"] == "compare/" and keep["if"].startswith("${{ !cancelled()")
            """);
    }

    private static string Template(Workspace work, string name) =>
        work.Text(name, LdnProcess.Run(work.Folder, ["template", name]).Succeeded().Out);

    private static void Check(Workspace work, string script)
    {
        if (LdnProcess.Tool(work.Folder, Python, "-c", "import yaml").ExitCode != 0)
            Assert.Ignore("python3-yaml is not installed");
        LdnProcess.Tool(work.Folder, Python, "-c", "import subprocess, yaml\n" + script).Succeeded();
    }
}

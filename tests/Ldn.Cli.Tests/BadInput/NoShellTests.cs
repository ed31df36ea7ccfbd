using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Ldn.Cli.Tests.BadInput;

/// <summary>The program starts no other program: read from what its assemblies refer to.</summary>
internal sealed class NoShellTests
{
    private static readonly string[] Starters = [
        "system", "popen", "fork", "vfork", "posix_spawn", "posix_spawnp", "execve", "execv", "execvp", "ShellExecuteW",
        "CreateProcessW", "WinExec"];

    [TestCase("Ldn.dll")]
    [TestCase("Ldn.Gdal.dll")]
    [TestCase("Ldn.Cli.dll")]
    public void NothingStartsAProcess(string assembly)
    {
        using var file = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, assembly)));
        MetadataReader metadata = file.GetMetadataReader();
        string[] types = [
            .. metadata.TypeReferences.Select(metadata.GetTypeReference)
                .Select(t => $"{metadata.GetString(t.Namespace)}.{metadata.GetString(t.Name)}")];
        Assert.That(types, Has.Some.EqualTo("System.Object"), "the references are read");
        Assert.That(types, Has.None.EqualTo("System.Diagnostics.ProcessStartInfo"));
        string[] processMembers = [.. metadata.MemberReferences.Select(metadata.GetMemberReference)
            .Where(
                m => m.Parent.Kind == HandleKind.TypeReference
                    && metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)m.Parent).Name) == "Process")
            .Select(m => metadata.GetString(m.Name))];
        Assert.That(processMembers, Has.None.EqualTo("Start").And.None.EqualTo(".ctor"));
        string[
] imports = [.. metadata.MethodDefinitions.Select(metadata.GetMethodDefinition)
                .Where(m => m.Attributes.HasFlag(System.Reflection.MethodAttributes.PinvokeImpl))
            .Select(m => metadata.GetString(m.GetImport().Name))];
        Assert.That(imports.Intersect(Starters), Is.Empty);
        Assert.That(assembly == "Ldn.Gdal.dll" ? imports.Length : 1, Is.Positive, "the imports are read");
    }
}

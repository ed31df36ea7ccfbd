using System.Text.Json;
using Ldn.Run.Shards;

namespace Ldn.Tests.Run.Shards;

internal sealed class SealedJsonTests
{
    private string _folder = "";

    private string File => Path.Combine(_folder, "sealed.json");

    [SetUp]
    public void Make()
    {
        _folder = Directory.CreateTempSubdirectory("ldn-sealed-").FullName;
    }

    [TearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void GivesBackWhatWasWritten([Values] bool indented)
    {
        string seal = SealedJson.Write(File, Content, indented);
        (JsonDocument document, string read) = SealedJson.Read(File);
        using (document)
        {
            Assert.That(
                document.RootElement.GetProperty("numbers").EnumerateArray().Select(n => n.GetInt32()),
                Is.EqualTo(new[] { 1, 2, 3 }));
            Assert.That(document.RootElement.GetProperty("text").GetString(), Is.EqualTo("\"sha256\": \"no seal\""));
        }

        Assert.That(read, Is.EqualTo(seal));
        Assert.That(SealedJson.Make(Content, indented).Seal, Is.EqualTo(seal));
        Assert.That(Directory.GetFiles(_folder), Is.EqualTo(new[] { File }), "nothing else stays");
    }

    /// <summary>
    /// No byte can change and none can be lost without being noticed, but those after the seal, which hold nothing.
    /// </summary>
    [Test]
    public void NoticesEveryChangedOrMissingByte([Values] bool indented)
    {
        SealedJson.Write(File, Content, indented);
        byte[] whole = System.IO.File.ReadAllBytes(File);
        int last = Array.LastIndexOf(whole, (byte)'"');
        for (int at = 0; at <= last; at++)
        {
            byte[] changed = [.. whole];
            changed[at] ^= 1;
            System.IO.File.WriteAllBytes(File, changed);
            Assert.That(() => SealedJson.Read(File), Throws.InstanceOf<InvalidDataException>(), $"byte {at} changed");
            System.IO.File.WriteAllBytes(File, whole[..at]);
            Assert.That(() => SealedJson.Read(File), Throws.InstanceOf<InvalidDataException>(), $"{at} bytes left");
        }
    }

    private static void Content(Utf8JsonWriter json)
    {
        json.WriteStartArray("numbers");
        foreach (int n in new[] { 1, 2, 3 })
            json.WriteNumberValue(n);
        json.WriteEndArray();
        json.WriteString("text", "\"sha256\": \"no seal\"");
    }
}

using System.Text;

namespace Ldn.Cli.Tests.Inputs.Cases;

/// <summary>Names in the code pages of their countries, declared or not, in attributes and in tables.</summary>
internal static class EncodingCases
{
    private const string Kind = "Names and encodings";

    private static readonly (string Page, string Ogr, string Name, string Other)[] s_pages =
    [
        ("CP1251", "CP1251", "Монголия", "Китай"), ("CP949", "CP949", "몽골", "중국"), ("CP932", "CP932", "モンゴル", "中国"),
        ("GBK", "CP936", "蒙古", "中国"), ("Big5", "CP950", "蒙古", "中國"),
    ];

    public static IEnumerable<InputCase> All =>
    [
        new(Kind, "a shapefile in CP1251, CP949, CP932, GBK or Big5, its `.cpg` beside it", "reads it", "–", job =>
        {
            foreach ((string page, string ogr, string name, string other) in s_pages)
            {
                Shapefile(job, ogr, name, other);
                InputCase.Computed(job);
                Assert.That(InputCase.Names(job), Is.EqualTo(new[] { name, other, "Both sides" }), page);
            }
        }),
        new(Kind, "the same without `.cpg`, its code page in the header (LDID)", "reads it", "–", job =>
        {
            foreach ((int i, byte ldid) in new[] { (0, (byte)0xC9), (1, (byte)0x4E), (2, (byte)0x7B), (3, (byte)0x4D), (4,
                (byte)0x4F) })
            {
                Shapefile(job, s_pages[i].Ogr, s_pages[i].Name, s_pages[i].Other);
                Undeclare(job, ldid);
                InputCase.Computed(job);
                Assert.That(InputCase.Names(job), Is.EqualTo(new[] { s_pages[i].Name, s_pages[i].Other, "Both sides" }),
                    s_pages[i].Page);
            }
        }),
        new(Kind, "the same without either", "refuses it, with what the names would read as",
            "`--text-encoding CP1251`, in a job `\"textEncoding\"`", job =>
        {
            foreach ((string page, string ogr, string name, string other) in s_pages)
            {
                job.Flags.Remove("--text-encoding");
                Directory.CreateDirectory(job["result"]);
                Directory.Delete(job["result"], recursive: true);
                Shapefile(job, ogr, name, other);
                Undeclare(job, 0);
                InputCase.Refused(job, "z.shp", "--text-encoding", $"{page}, which reads '");
                job.Flags["--text-encoding"] = page;
                InputCase.Computed(job);
                Assert.That(InputCase.Names(job), Is.EqualTo(new[] { name, other, "Both sides" }), page);
            }
        }),
        new(Kind, "a shapefile that says its code page is the writer's own (LDID 0x57)",
            "takes UTF-8, or letters of western Europe; refuses the rest",
            "`--text-encoding`", job =>
        {
            Shapefile(job, "ISO-8859-1", "Türkei", "Île-de-France");
            Undeclare(job, 0x57);
            InputCase.Computed(job, "windows-1252");
            Assert.That(InputCase.Names(job), Is.EqualTo(new[] { "Türkei", "Île-de-France", "Both sides" }));
            Directory.Delete(job["result"], recursive: true);
            Shapefile(job, "CP1251", "Монголия", "Китай");
            Undeclare(job, 0x57);
            InputCase.Refused(job, "z.shp", "--text-encoding CP1251, which reads 'Монголия'");
        }),
        new(Kind, "a `.cpg` that is not true", "refuses the texts that do not fit it", "correct or remove the `.cpg`", job =>
        {
            Shapefile(job, "CP936", "蒙古国", "中国");
            File.WriteAllText(job["z.cpg"], "UTF-8");
            InputCase.Refused(job, "z.shp", "declares UTF-8, which its text is not", "--text-encoding");
        }),
        new(Kind, "names of fields in other letters", "reads them as it reads names", "–", job =>
        {
            job.Work.Text("zones.geojson", File.ReadAllText(job["zones.geojson"]).Replace("\"iso3\"", "\"код\"",
                StringComparison.Ordinal));
            InputCase.Convert(job, "z.shp", "ESRI Shapefile", "-lco", "ENCODING=CP1251", "-overwrite");
            job.Flags["--zones"] = "z.shp";
            job.Flags["--zone-id"] = "код";
            InputCase.Read(job);
        }),
        new(Kind, "MapInfo tables with a charset, and with none", "reads the first, refuses the second", "`--text-encoding`",
            job =>
        {
            Rename(job, "Монголия", "Китай");
            InputCase.Convert(job, "z.mif", "MapInfo File", "-lco", "ENCODING=CP1251");
            job.Flags["--zones"] = "z.mif";
            InputCase.Computed(job);
            Assert.That(InputCase.Names(job), Does.Contain("Монголия").And.Contain("Китай"));
            Directory.Delete(job["result"], recursive: true);
            File.WriteAllBytes(job["z.mif"], [.. File.ReadAllText(job["z.mif"], Encoding.Latin1)
                .Replace("WindowsCyrillic", "Neutral").Select(c => (byte)c)]);
            InputCase.Refused(job, "z.mif", "--text-encoding CP1251");
            job.Flags["--text-encoding"] = "windows-1251";
            InputCase.Computed(job);
            Assert.That(InputCase.Names(job), Does.Contain("Монголия"));
        }),
        new(Kind, "CSV tables in CP1251, CP949, CP932, GBK, Big5", "refuses them, with what the names would read as",
            "`--text-encoding CP949`", job =>
        {
            foreach ((string page, _, string name, _) in s_pages)
            {
                job.Flags.Remove("--text-encoding");
                if (Directory.Exists(job["result"]))
                    Directory.Delete(job["result"], recursive: true);
                File.WriteAllBytes(job["g.csv"],
                    TextEncoding.Find(page)!.GetBytes($"group_id,group_name,zone_id\nG,{name},MNG\nG,{name},CHN\n"));
                job.Flags["--groups"] = "g.csv";
                InputCase.Refused(job, "g.csv", "--text-encoding", page);
                job.Flags["--text-encoding"] = page;
                InputCase.Computed(job);
                Assert.That(InputCase.Names(job), Does.Contain(name), page);
            }
        }),
        new(Kind, "CSV in UTF-8, with and without its mark, and in UTF-16 with it", "reads it", "–", job =>
        {
            job.Flags["--groups"] = "g.csv";
            foreach (Encoding encoding in new Encoding[] { new UTF8Encoding(true), new UTF8Encoding(false), Encoding.Unicode,
                Encoding.BigEndianUnicode })
            {
                File.WriteAllBytes(job["g.csv"], [.. encoding.GetPreamble(),
                    .. encoding.GetBytes("group_id,group_name,zone_id\r\nG,蒙古 Монгол,MNG\r\n")]);
                InputCase.Computed(job);
                Assert.That(InputCase.Names(job), Does.Contain("蒙古 Монгол"));
            }
        }),
        new(Kind, "CSV in UTF-16 without its mark", "refuses it", "`--text-encoding UTF-16`", job =>
        {
            job.Flags["--groups"] = "g.csv";
            File.WriteAllBytes(job["g.csv"], Encoding.Unicode.GetBytes("group_id,group_name,zone_id\nG,蒙古,MNG\n"));
            InputCase.Refused(job, "g.csv", "--text-encoding UTF-16");
            job.Flags["--text-encoding"] = "UTF-16";
            InputCase.Computed(job);
            Assert.That(InputCase.Names(job), Does.Contain("蒙古"));
        }),
        new(Kind, "CSV that declares its code page in a `.cpg` of its name", "reads it", "–", job =>
        {
            job.Flags["--groups"] = "g.csv";
            File.WriteAllText(job["g.cpg"], "936\n");
            File.WriteAllBytes(job["g.csv"], TextEncoding.Find("GBK")!.GetBytes("group_id,group_name,zone_id\nG,蒙古,MNG\n"));
            InputCase.Computed(job);
            Assert.That(InputCase.Names(job), Does.Contain("蒙古"));
        }),
        new(Kind, "other CSV tables: legend, matrix, official areas, targets", "refuses them alike", "`--text-encoding`", job =>
        {
            foreach ((string flag, string text) in new[]
            {
                ("--legend", "code,name,color,unccd\n1,Лес,#111111,1\n"), ("--matrix", "from,1\n1,Лес\n"), ("--land-area",
                    "zone_id,land_km2,note\nMNG,1,Лес\n"),
                ("--targets", "id,zone_id,metric,comparator,value,year,Лес\n"),
            })
            {
                File.WriteAllBytes(job["t.csv"], TextEncoding.Find("CP1251")!.GetBytes(text));
                (string? before, bool had) = (job.Flags.GetValueOrDefault(flag), job.Flags.ContainsKey(flag));
                job.Flags[flag] = "t.csv";
                InputCase.Refused(job, "t.csv", "--text-encoding CP1251, which reads 'Лес");
                if (had)
                    job.Flags[flag] = before;
                else
                    job.Flags.Remove(flag);
            }
        }),
        new(Kind, "names with � (U+FFFD): letters lost in an earlier conversion", "refuses them where they would be used",
            "convert the original again", job =>
        {
            Rename(job, "M\uFFFDngolia", "China");
            InputCase.Refused(job, "zones.geojson", "U+FFFD");
            job.Flags["--zone-name"] = "iso3";
            InputCase.Computed(job);
            Directory.Delete(job["result"], recursive: true);
            job.Flags["--groups"] = job.Work.Text("g.csv", "group_id,group_name,zone_id\nG,\uFFFD\uFFFD,MNG\n");
            InputCase.Refused(job, "g.csv", "U+FFFD");
        }),
        new(Kind, "`--text-encoding` of no such name", "refuses it, with examples", "a name of the examples", job =>
        {
            job.Flags["--text-encoding"] = "klingon";
            InputCase.Refused(job, "klingon", "CP1251");
        }),
    ];

    private static void Rename(SmallJob job, string mongolia, string china) => job.Work.Zones("zones.geojson",
    [
        (SmallJob.Properties("MNG", mongolia), SmallJob.Zones[0].Polygons), (SmallJob.Properties("CHN", china),
            SmallJob.Zones[1].Polygons), SmallJob.Zones[2],
    ]);

    private static void Shapefile(SmallJob job, string encoding, string mongolia, string china)
    {
        Rename(job, mongolia, china);
        InputCase.Convert(job, "z.shp", "ESRI Shapefile", "-lco", $"ENCODING={encoding}", "-overwrite");
        job.Flags["--zones"] = "z.shp";
    }

    private static void Undeclare(SmallJob job, byte ldid)
    {
        const int place = 29;
        File.Delete(job["z.cpg"]);
        byte[] dbf = File.ReadAllBytes(job["z.dbf"]);
        dbf[place] = ldid;
        File.WriteAllBytes(job["z.dbf"], dbf);
    }
}

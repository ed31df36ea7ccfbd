using Ldn.Gdal.Interop;
using Ldn.Rasters;

namespace Ldn.Gdal.Tests;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class RasterDamageTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Test]
    public void AFileCutAtAnyLengthNeverReadsAsIfWhole(
        [Values("NONE", "LZW", "DEFLATE", "ZSTD")] string compression, [Values] bool tiled, [Values] bool big)
    {
        TestRaster raster = new(200, 150, CellType.Int16)
        {
            Options = [
                $"COMPRESS={compression}", tiled ? "TILED=YES" : "BLOCKYSIZE=3",
                .. tiled ? new[] { "BLOCKXSIZE=32", "BLOCKYSIZE=32" } : [], big ? "BIGTIFF=YES" : "BIGTIFF=NO"],
        };
        byte[] whole = File.ReadAllBytes(raster.Write(_scratch["whole.tif"]));
        byte[] expected = raster.Bytes();
        string path = _scratch["cut.tif"];
        for (int part = 0; part < 64; part++)
        {
            int length = part < 32 ? part * 24 : (int)((long)whole.Length * (part - 31) / 33);
            if (length >= whole.Length)
                continue;
            File.WriteAllBytes(path, whole[..length]);
            try
            {
                // The last bytes may be padding: then every cell must still be right.
                Assert.That(
                    Scratch.ReadAll(path).AsSpan().SequenceEqual(expected), $"{length} of {whole.Length} bytes read as if whole");
            }
            catch (LdnException e)
            {
                Assert.That(e.ExitCode, Is.EqualTo(ExitCode.Input), e.Message);
                Assert.That(e.Message, Does.Contain(path));
            }
        }
    }

    [Test]
    public void TilesWhoseOffsetsOrLengthsAreCutOffAreNotTakenForSparse(
        [Values("NONE", "DEFLATE")] string compression, [Values(324, 325)] int tag)
    {
        TestRaster raster = new(400, 400, CellType.Byte)
        {
            Options = ["TILED=YES", "BLOCKXSIZE=32", "BLOCKYSIZE=32", $"COMPRESS={compression}"],
            Content = (_, offset) => (byte)(1 + ((offset * 2654435761L) >> 13) % 200),
        };
        byte[] expected = raster.Bytes();
        string path = raster.Write(_scratch["moved.tif"]);
        File.WriteAllBytes(path, WithArrayCutAtTheEnd(File.ReadAllBytes(path), tag));
        using IRasterSource source = Scratch.Geodata.OpenRaster(path);
        int damaged = 0;
        for (int row = 0; row < 13; row++)
            for (int column = 0; column < 13; column++)
            {
                try
                {
                    byte[] block = Scratch.ReadBlock(source, column, row);
                    Assert.That(block[0], Is.EqualTo(expected[(row * 32 * 400) + (column * 32)]), $"block {column}, {row}");
                }
                catch (LdnException e) when (e.ExitCode == ExitCode.Input)
                {
                    damaged++;
                }
            }

        Assert.That(damaged, Is.GreaterThan(13 * 13 / 3));
    }

    /// <summary>Moves a directory entry's array to the end of a classic TIFF and cuts it in half.</summary>
    private static byte[] WithArrayCutAtTheEnd(byte[] file, int tag)
    {
        int directory = BitConverter.ToInt32(file, 4);
        for (int i = 0; i < BitConverter.ToUInt16(file, directory); i++)
        {
            int at = directory + 2 + (12 * i);
            if (BitConverter.ToUInt16(file, at) != tag)
                continue;
            int length = BitConverter.ToInt32(file, at + 4) * (BitConverter.ToUInt16(file, at + 2) == 3 ? 2 : 4);
            byte[] half = file[BitConverter.ToInt32(file, at + 8)..][..(length / 2)];
            BitConverter.GetBytes(file.Length).CopyTo(file, at + 8);
            return [.. file, .. half];
        }

        throw new InvalidOperationException($"no tag {tag}");
    }

    [Test]
    public void ADamagedBlockIsNamed([Values("DEFLATE", "ZSTD")] string compression)
    {
        TestRaster raster = new(128, 128, CellType.Int32)
        {
            Options = ["TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=64", $"COMPRESS={compression}"],
            Content = (_, offset) => (byte)((offset * 2654435761L) >> 13),
        };
        string path = raster.Write(_scratch["damaged.tif"]);
        byte[] bytes = File.ReadAllBytes(path);
        bytes.AsSpan(bytes.Length - 2000, 1900).Fill(0xAB);
        File.WriteAllBytes(path, bytes);
        using IRasterSource source = Scratch.Geodata.OpenRaster(path);
        Scratch.ReadBlock(source, 0, 0);
        LdnException error = Scratch.Fails(() => Scratch.ReadBlock(source, 1, 1), ExitCode.Input, path, "column 1, row 1");
        Assert.That(error.Remedy, Is.Not.Null);
    }

    [Test]
    public void RandomDamageNeverCrashesOrEscapesUntyped()
    {
        TestRaster raster = new(100, 100, CellType.UInt16)
        {
            Options = ["TILED=YES", "BLOCKXSIZE=32", "BLOCKYSIZE=32", "COMPRESS=LZW"],
            NoData = 9
        };
        byte[] whole = File.ReadAllBytes(raster.Write(_scratch["whole.tif"]));
        Random random = new(20);
        string path = _scratch["bad.tif"];
        for (int round = 0; round < 300; round++)
        {
            byte[] bytes = [.. whole];
            for (int i = random.Next(1, 6); i > 0; i--)
                bytes[random.Next(round % 2 == 0 ? 400 : bytes.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(path, bytes);
            try
            {
                using IRasterSource source = Scratch.Geodata.OpenRaster(path);
                if ((long)source.Grid.Width * source.Grid.Height < 1 << 22)
                    Scratch.ReadAll(source);
            }
            catch (LdnException e)
            {
                Assert.That(e.ExitCode, Is.EqualTo(ExitCode.Input), e.Message);
            }
        }
    }

    [Test]
    public void WhatIsNoRasterIsSaidPlainly()
    {
        Scratch.Fails(() => Scratch.Geodata.OpenRaster(_scratch["none.tif"]), ExitCode.Input, "none.tif", "no such file");
        Scratch.Fails(() => Scratch.Geodata.OpenRaster(""), ExitCode.Input, "empty");
        Scratch.Fails(
            () => Scratch.Geodata.OpenRaster(_scratch.Text("t.tif", "hello")), ExitCode.Input, "t.tif",
            "cannot be opened as a raster");
        Scratch.Fails(() => Scratch.Geodata.OpenRaster(_scratch.Text("e.tif", "")), ExitCode.Input, "e.tif");
        Scratch.Fails(() => Scratch.Geodata.OpenRaster(_scratch.Folder), ExitCode.Input, _scratch.Folder);
        Scratch.Fails(() => Scratch.Geodata.OpenRaster("NETCDF:\"/no/where.nc\":x"), ExitCode.Input, "where.nc");
    }

    [Test]
    public void GridsThatCannotBeUsedAreRefusedWithARemedy()
    {
        TestRaster raster = new(20, 10, CellType.Byte);
        (string Name, TestRaster Raster, string Word)[] cases =
        [
            ("rotated", raster with { Transform = [10, 0.01, 0.002, 50, 0.002, -0.01] }, "rotated"),
            ("no transform", raster with { Transform = null }, "no georeference"),
            ("no crs", raster with { Crs = null }, "no coordinate reference system"),
            ("mirrored", raster with { Transform = [10, -0.01, 0, 50, 0, -0.01] }, "east to west"),
            ("zero", raster with { Transform = [10, 0, 0.01, 50, -0.01, 0] }, "no grid"),
            ("local", raster with { Crs = "LOCAL_CS[\"site\",UNIT[\"metre\",1]]" }, "neither geographic nor projected"),
            ("geocentric", raster with { Crs = "EPSG:4978" }, "neither geographic nor projected"),
            ("grads", raster with { Crs = "EPSG:4807" }, "not in degrees"),
            ("complex", raster with { GdalType = 10, Content = null }, "CFloat32"),
        ];
        foreach ((string name, TestRaster made, string word) in cases)
        {
            string path = made.Write(_scratch[name + ".tif"]);
            LdnException error = Scratch.Fails(() => Scratch.Geodata.OpenRaster(path), ExitCode.Input, path, word);
            Assert.That(error.Remedy, Is.Not.Null.And.Not.Empty, name);
        }
    }

    [Test]
    public void CellsThatAreNotFiniteAreRefused([Values("nan", "inf")] string value)
    {
        string vrt = $"""
            <VRTDataset rasterXSize="8" rasterYSize="8"><SRS>EPSG:4326</SRS><GeoTransform>0,{value},0,8,0,-1</GeoTransform>
            <VRTRasterBand dataType="Byte" band="1"/></VRTDataset>
            """;
        Scratch.Fails(() => Scratch.Geodata.OpenRaster(_scratch.Text("n.vrt", vrt)), ExitCode.Input, "no grid");
    }

    [Test]
    public void AbsurdSizesCostNothingUntilRead()
    {
        string vrt = """
            <VRTDataset rasterXSize="2147483647" rasterYSize="2147483647"><SRS>EPSG:4326</SRS><GeoTransform>0,1e-8,0,8,0,-1e-8</GeoTransform>
            <VRTRasterBand dataType="Byte" band="1"/></VRTDataset>
            """;
        using (IRasterSource source = Scratch.Geodata.OpenRaster(_scratch.Text("huge.vrt", vrt)))
            Assert.That(source.Grid.Width, Is.EqualTo(int.MaxValue));
        string strip = new TestRaster(int.MaxValue, 1, CellType.Byte)
        {
            Transform = [10, 1e-8, 0, 50, 0, -0.01],
            Options = ["SPARSE_OK=TRUE", "BLOCKYSIZE=1"],
            Content = null
        }
            .Write(_scratch["strip.tif"]);
        Scratch.Fails(() => Scratch.Geodata.OpenRaster(strip), ExitCode.Input, "single block", "gdal_translate");
    }

    [Test]
    public unsafe void ContainersNameTheirParts()
    {
        string path = _scratch["two.gpkg"];
        using (
            DatasetHandle source = Datasets.Open(
                new TestRaster(8, 8, CellType.Byte).Write(_scratch["r.tif"]), GdalApi.OpenRaster, "raster"))
            foreach (string table in new[] { "ndvi", "soil" })
            {
                using StringList options = new($"RASTER_TABLE={table}", "APPEND_SUBDATASET=YES");
                GdalApi.GDALCreateCopy(GdalApi.GDALGetDriverByName("GPKG"), path, source, 0, options.Pointer, 0, 0).Dispose();
            }

        LdnException error = Scratch.Fails(() => Scratch.Geodata.OpenRaster(path), ExitCode.Input, "no bands", "ndvi", "soil");
        string remedy = error.Remedy ?? "";
        string part = remedy[remedy.IndexOf("GPKG:", StringComparison.Ordinal)..].Split(',')[0];
        Scratch.Geodata.OpenRaster(part).Dispose();
    }
}

using System.Globalization;
using System.Text.Json;

namespace Ldn.Run.Shards;

/// <summary>
/// What a shard leaves behind: a folder of the plan's parts with its rasters and, last, a sealed file that names them and holds
/// the tallies. A first stage leaves a sealed file of histograms there.
/// </summary>
internal static class Part
{
    public const string Result = "part.json";
    public const string Histograms = "stage1.json";

    /// <summary>Folder of a shard's parts.</summary>
    public static string Folder(ShardPlan plan, int shard) =>
        Path.Combine(plan.PartsFolder, shard.ToString("D5", CultureInfo.InvariantCulture));

    public static string RasterFile(ShardPlan plan, int shard, string raster) =>
        Path.Combine(Folder(plan, shard), raster + ".tif");

    /// <summary>Opens a shard's sealed file; its rasters must be there to the byte.</summary>
    /// <exception cref="InvalidDataException">Missing, damaged, or of another plan.</exception>
    public static JsonDocument Open(ShardPlan plan, int shard, string file)
    {
        string path = Path.Combine(Folder(plan, shard), file);
        if (!File.Exists(path))
            throw new InvalidDataException("missing");
        JsonDocument document = Read(path);
        try
        {
            JsonElement part = document.RootElement;
            if (part.GetProperty("plan").GetString() != plan.Id || part.GetProperty("shard").GetInt32() != shard)
                throw new InvalidDataException($"{path} belongs to another plan or shard");
            if (part.TryGetProperty("rasters", out JsonElement rasters))
                foreach (JsonElement raster in rasters.EnumerateArray())
                    CheckRaster(Path.Combine(Folder(plan, shard), raster.GetProperty("name").GetString()!), raster);
            return document;
        }
        catch (Exception e) when (SystemErrors.IsOfDamagedDocument(e))
        {
            document.Dispose();
            throw e as InvalidDataException ?? new InvalidDataException($"{path} is no part of a run: {e.Message}", e);
        }
    }

    /// <summary>Whether a shard's part is there and whole.</summary>
    public static bool IsValid(ShardPlan plan, int shard, string file)
    {
        try
        {
            Open(plan, shard, file).Dispose();
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>Begins a sealed file: which plan and shard it is of.</summary>
    public static void WriteHead(Utf8JsonWriter json, ShardPlan plan, int shard)
    {
        json.WriteNumber("schema_version", 1);
        json.WriteString("plan", plan.Id);
        json.WriteNumber("shard", shard);
    }

    private static JsonDocument Read(string path)
    {
        try
        {
            return SealedJson.Read(path).Document;
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    private static void CheckRaster(string path, JsonElement raster)
    {
        if (!File.Exists(path))
            throw new InvalidDataException($"{path} is missing");
        if (FileHash.Of(path) != new FileHash(raster.GetProperty("bytes").GetInt64(), raster.GetProperty("sha256").GetString()!))
            throw new InvalidDataException($"{path}: its bytes are not those that were written");
    }
}

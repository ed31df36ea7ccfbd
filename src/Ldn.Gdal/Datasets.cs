using System.Buffers;
using Ldn.Gdal.Interop;

namespace Ldn.Gdal;

/// <summary>Opens datasets for reading.</summary>
internal static unsafe class Datasets
{
    private static readonly SearchValues<char> InlineText = SearchValues.Create("<>{}\"\n");

    /// <summary>Opens a dataset as raster or vector by <paramref name="flags"/>; <paramref name="kind"/> is its word in messages.</summary>
    /// <exception cref="LdnException">Exit 3: missing, unreadable, unknown format; 75: storage fails for the moment.</exception>
    public static DatasetHandle Open(string name, uint flags, string kind)
    {
        GdalLibrary.EnsureReady();
        if (string.IsNullOrWhiteSpace(name))
            throw Fault.Missing.Error($"the name of a {kind} is empty");
        LocalFiles.Check(name);
        using ErrorScope errors = ErrorScope.Open();
        DatasetHandle dataset = GdalFailure.IsRemote(name) ? OpenRemote(name, flags) : OpenLocal(name, flags);
        if (!dataset.IsInvalid && !GdalFailure.LeftOut(errors))
            return dataset;
        dataset.Dispose();
        LdnException failure = GdalFailure.Reading(name, $"cannot be opened as a {kind}", errors);
        throw failure.ExitCode == ExitCode.Temporary ? failure : Missing(name) ?? Lookalike.Of(name, kind) ?? LocalFiles.Refusal(name, flags) ?? failure;
    }

    /// <summary>The files of a dataset: companions, and what a virtual raster reads from, itself perhaps virtual.</summary>
    public static IReadOnlyList<string> FilesOf(string name)
    {
        var files = new List<string>();
        var open = new Queue<string>([name]);
        while (open.TryDequeue(out string? next))
        {
            using DatasetHandle dataset = Open(next, GdalApi.OpenRaster | GdalApi.OpenVector, "raster or vector");
            byte** list = GdalApi.GDALGetFileList(dataset);
            foreach (string file in StringList.Copy(list).Except(files).ToArray())
            {
                files.Add(file);
                if (file != next && Path.GetExtension(file).Equals(".vrt", StringComparison.OrdinalIgnoreCase))
                    open.Enqueue(file);
            }

            GdalApi.CSLDestroy(list);
        }

        return files;
    }

    private static DatasetHandle OpenLocal(string name, uint flags) =>
        GdalApi.GDALOpenEx(name, flags | GdalApi.OpenVerboseError, null, null, null);

    /// <summary>Listing a remote folder for companions of a file can cost more than reading it.</summary>
    private static DatasetHandle OpenRemote(string name, uint flags)
    {
        const string option = "GDAL_DISABLE_READDIR_ON_OPEN";
        bool unset = GdalApi.CPLGetConfigOption(option, null) == 0;
        if (unset)
            GdalApi.CPLSetThreadLocalConfigOption(option, "EMPTY_DIR");
        try
        {
            return OpenLocal(name, flags);
        }
        finally
        {
            if (unset)
                GdalApi.CPLSetThreadLocalConfigOption(option, null);
        }
    }

    private static LdnException? Missing(string name)
    {
        // Anything but a plain path is GDAL's to judge: /vsi names, DRIVER:… names, inline text.
        if (name.StartsWith("/vsi", StringComparison.Ordinal) || name.AsSpan(Math.Min(2, name.Length)).Contains(':')
            || name.AsSpan().IndexOfAny(InlineText) >= 0 || Path.Exists(name))
            return null;
        return Fault.Missing.Error($"{name}: no such file", "check the path; relative paths in a job start at its folder, those of flags at the current one");
    }
}

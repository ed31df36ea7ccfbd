using Ldn.Grids;

namespace Ldn.Compute.Shards;

/// <summary>A remote file that a plan depends on, and what its server said of its version when the plan was made.</summary>
internal sealed record RemoteStamp(string Name, string Version)
{
    /// <summary>Refuses a file of which the server says something else than it did.</summary>
    /// <exception cref="LdnException">Exit 3: changed; exit 75: the server does not answer for the moment.</exception>
    public void Check(IGeodata geodata)
    {
        if (geodata.RemoteVersion(Name) != Version)
            throw Fault.Changed.Error($"{Name} has changed since the plan was made", "make the plan anew and compute all shards again");
    }
}

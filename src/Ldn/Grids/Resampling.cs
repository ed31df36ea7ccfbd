namespace Ldn.Grids;

/// <summary>How cells of another grid are brought onto the run's (method §9).</summary>
public enum Resampling
{
    /// <summary>The cell that holds the pixel's centre.</summary>
    Nearest,

    /// <summary>The most frequent valid code among the cells whose centres lie in the pixel; of equals the smallest.</summary>
    Mode,

    /// <summary>The mean of the valid values of the cells whose centres lie in the pixel.</summary>
    Average,
}

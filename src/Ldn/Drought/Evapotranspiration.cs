namespace Ldn.Drought;

/// <summary>How potential evapotranspiration comes about (drought §1.6).</summary>
internal enum EvapotranspirationMethod
{
    /// <summary>It is given, mm a month.</summary>
    Given,

    /// <summary>Of mean temperature (Thornthwaite 1948).</summary>
    Thornthwaite,

    /// <summary>Of lowest and highest temperature (Hargreaves, FAO-56).</summary>
    Hargreaves,
}

/// <summary>Potential evapotranspiration of a month, mm (drought §1.6). Months count from 1, latitudes are in degrees.</summary>
public static class Evapotranspiration
{
    private static readonly int[] s_days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    private static readonly int[] s_middles = [15, 46, 74, 105, 135, 166, 196, 227, 258, 288, 319, 349];

    /// <summary>Days of a month, of February 28 in every year.</summary>
    public static int Days(int month) => s_days[month - 1];

    /// <summary>Hours of daylight in the middle of a month, by the declination that goes with Thornthwaite's formula.</summary>
    public static double Daylight(double latitude, int month) =>
        24 * SunsetAngle(Radians(latitude), 0.4093 * Math.Sin((2 * Math.PI * s_middles[month - 1] / 365) - 1.405)) / Math.PI;

    /// <summary>Radiation at the top of the atmosphere in the middle of a month, MJ m⁻² a day (FAO-56 eq. 21).</summary>
    public static double Radiation(double latitude, int month)
    {
        double phi = Radians(latitude), turn = 2 * Math.PI * s_middles[month - 1] / 365;
        double declination = 0.409 * Math.Sin(turn - 1.39), sunset = SunsetAngle(phi, declination);
        return 1440 / Math.PI * 0.0820 * (1 + (0.033 * Math.Cos(turn)))
            * ((sunset * Math.Sin(phi) * Math.Sin(declination)) + (Math.Cos(phi) * Math.Cos(declination) * Math.Sin(sunset)));
    }

    /// <summary>One month's part of Thornthwaite's heat index.</summary>
    /// <param name="mean">Mean temperature of the calendar month over the reference, °C; below 0 counts as 0.</param>
    public static double Heat(double mean) => mean > 0 ? Math.Pow(mean / 5, 1.514) : mean <= 0 ? 0 : double.NaN;

    /// <summary>Thornthwaite's exponent of a heat index.</summary>
    public static double Exponent(double heat) =>
        (6.75e-7 * heat * heat * heat) - (7.71e-5 * heat * heat) + (0.01792 * heat) + 0.49239;

    /// <summary>Of a mean temperature, °C; NaN where it or the heat index is missing.</summary>
    /// <param name="temperature">Of the month.</param>
    /// <param name="month">1…12.</param>
    /// <param name="daylight">Hours of it (<see cref="Daylight"/>).</param>
    /// <param name="heat">Heat index: the sum of <see cref="Heat"/>.</param>
    /// <param name="exponent">Its <see cref="Exponent"/>.</param>
    public static double Thornthwaite(double temperature, int month, double daylight, double heat, double exponent) =>
        double.IsNaN(temperature) || double.IsNaN(heat) ? double.NaN
        : temperature <= 0 || heat == 0 ? 0
        : 16 * (daylight / 12) * (Days(month) / 30d) * Math.Pow(10 * temperature / heat, exponent);

    /// <summary>Of lowest, highest and mean temperature, °C; negative counts as 0, NaN where one is missing.</summary>
    /// <param name="minimum">Mean of the daily lowest.</param>
    /// <param name="maximum">Mean of the daily highest.</param>
    /// <param name="mean">Mean, half the sum of both where it is not given.</param>
    /// <param name="month">1…12.</param>
    /// <param name="radiation"><see cref="Radiation"/>.</param>
    public static double Hargreaves(double minimum, double maximum, double mean, int month, double radiation)
    {
        double given = Days(month) * 0.0023 * 0.408 * radiation * (mean + 17.8) * Math.Sqrt(maximum - minimum);
        return given < 0 ? 0 : given;
    }

    /// <summary>The angle of sunset: 0 in polar night, π in polar day.</summary>
    private static double SunsetAngle(double latitude, double declination) =>
        Math.Acos(Math.Clamp(-Math.Tan(latitude) * Math.Tan(declination), -1, 1));

    private static double Radians(double degrees) => degrees * Math.PI / 180;
}

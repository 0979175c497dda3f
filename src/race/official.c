#include "race/official.h"

#include <math.h>
#include <stdio.h>

#include "base/status.h"

int64_t hm_ceil_div(int64_t a, int64_t b)
{
    HM_ASSERT(b > 0);
    return a / b + (a % b > 0); /* C cuts off: too low only where something positive was cut */
}

int64_t hm_time_us(double time_s)
{
    return (int64_t)floor(time_s * 1e6 + 0.5);
}

int64_t hm_photo_line(int64_t time_us, int32_t rate_hz)
{
    return hm_ceil_div(time_us * rate_hz, 1000000);
}

int32_t hm_time_ms(int64_t time_us)
{
    return (int32_t)hm_ceil_div(time_us, 1000);
}

int32_t hm_official_cs(int64_t time_us)
{
    return (int32_t)hm_ceil_div(time_us, 10000);
}

int32_t hm_hand_ds(int64_t watch_us)
{
    return (int32_t)hm_ceil_div(watch_us, 100000);
}

int32_t hm_hand_combine_ds(int32_t n, const int32_t w[])
{
    HM_ASSERT(n >= 1 && n <= 3);
    if (n < 3)
        return n == 2 && w[1] > w[0] ? w[1] : w[0];
    /* of three the middle one: it is also the one on which two agree */
    int32_t low = w[0] < w[1] ? w[0] : w[1], high = w[0] < w[1] ? w[1] : w[0];
    return w[2] < low ? low : w[2] > high ? high : w[2];
}

int32_t hm_reaction_ms(double reaction_s)
{
    return (int32_t)(hm_time_us(reaction_s) / 1000);
}

int32_t hm_wind_cmps(double wind_mps)
{
    int64_t um = hm_time_us(wind_mps) + 5000; /* um/s first: -0.345 is no binary fraction */
    return (int32_t)(um >= 0 ? um / 10000 : -hm_ceil_div(-um, 10000));
}

int32_t hm_wind_dmps(int32_t wind_cmps)
{
    return (int32_t)hm_ceil_div(wind_cmps, 10);
}

const char *hm_time_text(int32_t official_cs, bool hand, char text[HM_OFFICIAL_TEXT])
{
    int32_t minute = official_cs / 6000, second = official_cs / 100 % 60, part = official_cs % 100;
    int32_t width = hand ? 1 : 2;
    part = hand ? part / 10 : part;
    if (minute)
        snprintf(text, HM_OFFICIAL_TEXT, "%d:%02d.%0*d", minute, second, width, part);
    else
        snprintf(text, HM_OFFICIAL_TEXT, "%d.%0*d", second, width, part);
    return text;
}

const char *hm_wind_text(int32_t wind_dmps, char text[HM_OFFICIAL_TEXT])
{
    int32_t size = wind_dmps < 0 ? -wind_dmps : wind_dmps; /* -0.3 has no sign in its whole part */
    snprintf(text, HM_OFFICIAL_TEXT, "%s%d.%d",
             wind_dmps < 0   ? "-"
             : wind_dmps > 0 ? "+"
                             : "",
             size / 10, size % 10);
    return text;
}

/* phone_time.c - when each image is taken, what the file says of it, and what changes from image to
 * image without being seen to move: the hand, the light. */
#include "phone_priv.h"

#include <math.h>

#include "base/rng.h"
#include "num/dmath.h"

enum { DRAW_INTERVAL, DRAW_DROP, DRAW_JITTER, DRAW_SHAKE, DRAW_LIGHT };
enum { N_WAVE = 6 };

static double draw(const hm_phone_opts *o, uint32_t when, uint32_t what)
{
    return hm_rng_unit(o->seed, HM_FOR_PHONE, (uint64_t)1 << 48, when, what);
}

/* Nearly normal, within 3.5: the sum of four even draws. */
static double bell(const hm_phone_opts *o, uint32_t when, uint32_t what)
{
    hm_draw4 d = hm_rng(o->seed, HM_FOR_PHONE, (uint64_t)1 << 48, when, what);
    double sum = 0;
    for (int i = 0; i < 4; i++)
        sum += ((double)d.u[i] + 0.5) / 4294967296.0 - 0.5;
    return sum * 1.7320508075688772;
}

/* Times of all images that are not lost; out may be NULL to count. */
static int64_t lay_times(const hm_phone_opts *o, double span_s, double out[])
{
    int64_t n = 0;
    double t = 0;
    for (uint32_t k = 0; t < span_s; k++) {
        if (k == 0 || draw(o, k, DRAW_DROP) >= o->drop_frac) {
            if (out)
                out[n] = t;
            n++;
        }
        double step = 1 + o->vary_frac * bell(o, k, DRAW_INTERVAL);
        t = o->vary_frac > 0 ? t + fmax(step, 0.3) / o->fps : (double)(k + 1) / o->fps;
    }
    return n;
}

static void lay_stamps(const hm_phone_opts *o, phone_clock *c)
{
    double ticks = o->tick_hz / c->play_frac;
    int64_t first = (int64_t)floor(o->start_offset_s * o->tick_hz + 0.5);
    for (int32_t k = 0; k < c->n_frame; k++) {
        double off = k > 0 ? o->jitter_s * (2 * draw(o, (uint32_t)k, DRAW_JITTER) - 1) : 0;
        c->stamp[k] = first + (int64_t)floor((c->time_s[k] + off) * ticks + 0.5);
        if (k > 0 && c->stamp[k] <= c->stamp[k - 1])
            c->stamp[k] = c->stamp[k - 1] + 1;
    }
}

hm_status phone_clock_make(const hm_phone_opts *o, double from_s, double to_s, hm_arena *arena,
                           phone_clock *clock, hm_err *err)
{
    phone_clock c = {.race_zero_s = from_s,
                     .play_frac = isnan(o->play_fps) ? 1 : o->play_fps / o->fps};
    if (!(to_s > from_s) || !((to_s - from_s) * o->fps < HM_CLIP_TRUTH_FRAME_MAX))
        return hm_err_set(err, HM_ERR_USAGE, "phone", 0, 0, "--to",
                          "expected a span of race time of at most %d images, found %g to %g s",
                          HM_CLIP_TRUTH_FRAME_MAX, from_s, to_s);
    if (!(c.play_frac <= 1))
        return hm_err_set(err, HM_ERR_USAGE, "phone", 0, 0, "play_fps",
                          "expected at most fps %g, found %g", o->fps, o->play_fps);
    c.n_frame = (int32_t)lay_times(o, to_s - from_s, NULL);
    c.time_s = HM_PUSH(arena, double, c.n_frame);
    c.stamp = HM_PUSH(arena, int64_t, c.n_frame);
    if (!c.time_s || !c.stamp)
        return hm_err_set(err, HM_ERR_SYSTEM, "phone", 0, 0, NULL, "no memory");
    lay_times(o, to_s - from_s, c.time_s);
    lay_stamps(o, &c);
    *clock = c;
    return HM_OK;
}

double phone_row_delay_s(const hm_phone_opts *o, const phone_camera *cam, double u_px, double v_px)
{
    double row = (v_px - 0.5) / (cam->h_px - 1) - 0.5,
           column = (u_px - 0.5) / (cam->w_px - 1) - 0.5;
    switch (o->readout) {
    case HM_READOUT_UP:
        return -row * o->readout_s;
    case HM_READOUT_RIGHT:
        return column * o->readout_s;
    case HM_READOUT_LEFT:
        return -column * o->readout_s;
    default:
        return row * o->readout_s;
    }
}

/* A hand: slow sway and tremor, each axis by itself. Frequencies by choice: sway below 1 Hz, tremor
 * near 9 Hz (recalled). */
static double sway(const hm_phone_opts *o, double t_s, uint32_t axis)
{
    static const double hz[N_WAVE] = {0.31, 0.74, 1.7, 3.1, 5.7, 9.2};
    static const double weight[N_WAVE] = {1, 0.8, 0.45, 0.25, 0.14, 0.1};
    double sum = 0, power = 0;
    for (uint32_t i = 0; i < N_WAVE; i++) {
        double phase = draw(o, 16 * axis + i, DRAW_SHAKE);
        sum += weight[i] * hm_sin(HM_TAU * (hz[i] * t_s + phase));
        power += 0.5 * weight[i] * weight[i];
    }
    return sum / sqrt(power);
}

void phone_shake(const hm_phone_opts *o, double race_s, double *u_px, double *v_px)
{
    *u_px = *v_px = 0;
    if (!(o->shake_px > 0))
        return;
    *u_px = o->shake_px * sway(o, race_s, 0);
    *v_px = o->shake_px * sway(o, race_s, 1);
}

double phone_gain(const hm_phone_opts *o, double race_s)
{
    double drift = hm_sin(HM_TAU * (0.23 * race_s + draw(o, 0, DRAW_LIGHT)));
    double wave = hm_sin(HM_TAU * (o->flicker_hz * race_s + draw(o, 1, DRAW_LIGHT)));
    double open = 0.5 * HM_TAU * o->flicker_hz * o->shutter_s; /* the shutter's mean of the wave */
    double mean = open > 1e-6 ? hm_sin(open) / open : 1;
    return (1 + o->exposure_drift_frac * drift) * (1 + o->flicker_frac * mean * wave);
}

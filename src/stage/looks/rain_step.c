/* rain_step.c - every footfall of a runner in order: before the race, in it, after it. */
#include "rain_priv.h"

/* From: 0 errands before, 1 the race, 2 errands after. */
int32_t rain_step_count(const look_drawing *d, int32_t i_lane, int32_t from)
{
    const rain_state *s = d->film->state;
    const rain_life *l = &s->life[i_lane];
    if (from == 1)
        return d->film->race->lane[i_lane].n_step;
    return !l->has ? 0 : from == 0 ? l->before.n_step : l->after.n_step;
}

static float grown(const hm_lane *l, int32_t k)
{
    double v = hm_curve_v_mps(&l->curve, l->step[k].on_s);
    double top = l->top_speed_mps > 1 ? l->top_speed_mps : 1;
    float hard = k < 8 ? 0.75f + 0.05f * (float)k : 1.15f, fast = (float)(v / top);
    return hard * (0.25f + 0.75f * (fast < 1 ? fast : 1));
}

rain_step rain_step_of(const look_drawing *d, int32_t i_lane, int32_t from, int32_t k)
{
    const rain_state *s = d->film->state;
    const hm_lane *lane = &d->film->race->lane[i_lane];
    if (from == 1) {
        const hm_step *t = &lane->step[k];
        return (rain_step){
            t->on_s,       t->off_s, (float)(hm_lane_centre_m(lane->lane) + t->side_m),
            (float)t->x_m, 0,        1,
            grown(lane, k)};
    }
    const hm_errands *e = from == 0 ? &s->life[i_lane].before : &s->life[i_lane].after;
    const hm_errand_step *t = &e->step[k];
    const hm_errand_step *next = k + 1 < e->n_step ? t + 1 : t;
    hm_vec3 way = hm_v3_unit(hm_v3(next->x_m - t->x_m, 0, next->z_m - t->z_m));
    return (rain_step){t->on_s, t->off_s, t->x_m, t->z_m, way.x, way.z, t->force};
}

static double on_s(const look_drawing *d, int32_t i_lane, int32_t from, int32_t k)
{
    const rain_state *s = d->film->state;
    return from == 1   ? d->film->race->lane[i_lane].step[k].on_s
           : from == 0 ? s->life[i_lane].before.step[k].on_s
                       : s->life[i_lane].after.step[k].on_s;
}

int32_t rain_step_after(const look_drawing *d, int32_t i_lane, int32_t from, double t_s)
{
    int32_t lo = 0, hi = rain_step_count(d, i_lane, from);
    while (lo < hi) {
        int32_t mid = (lo + hi) / 2;
        if (on_s(d, i_lane, from, mid) <= t_s)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

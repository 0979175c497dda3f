/* errand_step.c - the footsteps of errands: a foot is put down where the body will pass over it, so
 * it never has to slide. */
#include "errand_priv.h"

#include <string.h>

#include "num/dmath.h"

#define STILL_MPS 0.07
#define STILL_RAD 0.22 /* a second */
#define NEAR_M    0.012
#define NEAR_RAD  0.14

void errand_stand(const plan *p, int side, const errand_way *way, float walk, float *x, float *z)
{
    float h = (float)p->rig.s.stature_m, sx = side == 0 ? 1.0f : -1.0f;
    float lx = sx * h * (.058f - .026f * walk), lz = .058f * h + sx * .012f * h * (1 - walk);
    float c = hm_cosf(way->face), s = hm_sinf(way->face);
    *x = way->x + lx * c + lz * s;
    *z = way->z - lx * s + lz * c;
}

typedef struct foot {
    float x, z, yaw;
} foot;

static foot stand_at(const struct hm_errands_data *d, int side, double t_s)
{
    errand_way w = errand_way_at(d, t_s);
    foot f;
    errand_stand(d->p, side, &w, errand_walking(w.speed), &f.x, &f.z);
    f.yaw = w.face + (side == 0 ? .061f : -.061f);
    return f;
}

static bool apart(const foot *a, const foot *b)
{
    float dx = a->x - b->x, dz = a->z - b->z;
    return dx * dx + dz * dz > (float)(NEAR_M * NEAR_M) || fabsf(a->yaw - b->yaw) > (float)NEAR_RAD;
}

typedef struct walker {
    struct hm_errands_data *d;
    foot at[2];
    int next;
} walker;

static void close_contact(walker *w, int side, double off_s)
{
    w->d->contact[side][w->d->n_contact[side] - 1].off_s = off_s;
}

static void open_contact(walker *w, int side, double on_s, foot f)
{
    w->at[side] = f;
    w->d->contact[side][w->d->n_contact[side]++] =
        (errand_contact){.on_s = on_s, .off_s = 1e9, .x = f.x, .z = f.z, .yaw = f.yaw};
}

/* Time from step to step, and the share of two of them that a foot is in the air. */
static double step_s(const plan *p, double speed)
{
    double tall = sqrt(p->rig.s.stature_m / 1.8), v = speed / tall;
    double hz = v < 2 ? 1.45 + 0.36 * v : 2.17 + 0.42 * (v - 2);
    return tall / (v < 0.5 ? 1.75 : hz);
}

static double air_share(double speed)
{
    return 0.40 + 0.24 * (double)body_ramp(speed, 1.7, 3.0);
}

/* One step if there is a need for one; else false. */
static bool step(walker *w, double t_s)
{
    struct hm_errands_data *d = w->d;
    errand_way way = errand_way_at(d, t_s + .22);
    double one_s = step_s(d->p, (double)way.speed),
           air_s = 2 * one_s * air_share((double)way.speed);
    foot to[2];
    for (int side = 0; side < 2; side++)
        to[side] = stand_at(d, side, t_s + air_s + .5 * (2 * one_s - air_s));
    bool moves = way.speed > (float)STILL_MPS || fabsf(way.turn) > (float)STILL_RAD;
    bool need[2] = {apart(&to[0], &w->at[0]), apart(&to[1], &w->at[1])};
    if (!(need[0] || need[1]))
        return false;
    if (!moves && !need[w->next])
        w->next = 1 - w->next;
    if (moves && !need[w->next] && need[1 - w->next])
        w->next = 1 - w->next;
    int side = w->next;
    close_contact(w, side, t_s);
    open_contact(w, side, t_s + air_s, to[side]);
    d->beat[d->n_beat++] = (errand_beat){t_s, one_s, (uint8_t)side};
    w->next = 1 - side;
    return true;
}

/* After a stride: feet as it left them. */
static void land_from(walker *w, const errand_stride *s, hm_pose *pose)
{
    hm_gait_pose(&s->gait, errand_stride_clock(s->to_s - s->from_s), pose);
    for (int side = 0; side < 2; side++) {
        close_contact(w, side, s->from_s + .7);
        foot f = {pose->ball_m[side].x, pose->ball_m[side].z + (float)s->z0_m,
                  side == 0 ? .061f : -.061f};
        open_contact(w, side, s->to_s - .7, f);
    }
}

hm_status errand_make_steps(struct hm_errands_data *d, const hm_pose *as, hm_arena *arena,
                            hm_err *err)
{
    walker w = {.d = d};
    hm_pose *pose = HM_PUSH(arena, hm_pose, 1);
    if (!pose)
        return hm_err_set(err, HM_ERR_SYSTEM, "errand", 0, 0, NULL, "no memory for errands");
    for (int side = 0; side < 2; side++) {
        foot f = stand_at(d, side, d->from_s);
        if (as)
            f.x = as->ball_m[side].x, f.z = as->ball_m[side].z;
        open_contact(&w, side, d->from_s - 1e3, f);
    }
    int32_t i_stride = 0;
    for (double t = d->from_s; t < d->to_s - .3;) {
        const errand_stride *s = i_stride < d->n_stride ? &d->stride[i_stride] : NULL;
        if (s && t >= s->from_s - .05) {
            land_from(&w, s, pose);
            t = s->to_s;
            i_stride++;
        } else if (step(&w, t)) {
            t += d->beat[d->n_beat - 1].for_s;
        } else {
            t += 1.0 / ERRAND_HZ;
        }
    }
    return HM_OK;
}

/* ---- footfalls, as told to others ---- */

int32_t errand_list_steps(const struct hm_errands_data *d, hm_errand_step *out)
{
    int32_t n = 0;
    for (int side = 0; side < 2; side++)
        for (int32_t i = 1; i < d->n_contact[side]; i++) {
            const errand_contact *c = &d->contact[side][i];
            bool is_stride = false; /* stands after a stride: not a step */
            for (int32_t k = 0; k < d->n_stride; k++)
                is_stride |= fabs(c->on_s - (d->stride[k].to_s - .7)) < 1e-9;
            if (is_stride)
                continue;
            float v = errand_way_at(d, c->on_s).speed;
            out[n++] = (hm_errand_step){c->on_s, c->off_s, (hm_foot)side,  c->x,
                                        c->z,    c->yaw,   .06f + .10f * v};
        }
    for (int32_t k = 0; k < d->n_stride; k++)
        for (int32_t i = 0; i < d->stride[k].lane.n_step; i++) {
            const errand_stride *s = &d->stride[k];
            const hm_step *t = &s->lane.step[i];
            double v = hm_curve_v_mps(&s->lane.curve, t->on_s);
            out[n++] = (hm_errand_step){s->from_s + errand_stride_since(t->on_s),
                                        s->from_s + errand_stride_since(t->off_s),
                                        t->foot,
                                        d->p->lane_x_m + (float)t->side_m,
                                        (float)(t->x_m + s->z0_m),
                                        0,
                                        (float)(.2 + .08 * v)};
        }
    for (int32_t i = 1; i < n; i++) /* nearly in order: two lists in order and some runs */
        for (int32_t k = i; k > 0 && out[k].on_s < out[k - 1].on_s; k--) {
            hm_errand_step swap = out[k];
            out[k] = out[k - 1];
            out[k - 1] = swap;
        }
    return n;
}

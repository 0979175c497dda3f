/* steps_scene.c - what the search for contacts looks at: how fast and how high each toe is. */
#include "steps_priv.h"

#include <math.h>

#include "num/stat.h"

enum { FRAME_MIN = 8 };

#define RATE_MIN_HZ 40.0  /* a contact of 0.09 s is then 3.6 images; own choice */
#define LINE_S      0.010 /* a speed is taken over this time to each side; own choice */
#define NET_NOISE_PART                                                                             \
    0.5 /* of a net's sigma changes, over 2 LINE_S: the rest is what it takes for the toe; own */
#define GROUND_PART                                                                                \
    0.15 /* the toe is on the ground in at least this part of the frames: stance                   \
          * shares of a stride are 0.2 and more (docs/clips/steps.md) */

static const hm_body_point toe_of[HM_SIDE_COUNT] = {HM_POINT_TOE_L, HM_POINT_TOE_R};

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, "steps", 0, 0, NULL, "no memory");
}

static bool is_seen(const hm_seen_point *p)
{
    return isfinite(p->sigma_px) && isfinite(p->x_m) && isfinite(p->z_m);
}

/* ---- time and direction ---- */

static hm_status fill_times(steps_scene *s, hm_arena *arena, hm_err *err)
{
    double *gap_s = HM_PUSH(arena, double, s->n);
    if (!gap_s)
        return no_memory(err);
    for (int32_t i = 0; i < s->n; i++) {
        s->time_s[i] = s->person->frame[i].time_s;
        if (i > 0)
            gap_s[i - 1] = s->time_s[i] - s->time_s[i - 1];
    }
    s->dt_s = hm_nth_of(s->n - 1, gap_s, (s->n - 1) / 2);
    if (!(s->dt_s * RATE_MIN_HZ <= 1))
        return hm_err_set(err, HM_ERR_INPUT, "steps", 0, 0, NULL,
                          "expected %g images a second or more, found %.3g", RATE_MIN_HZ,
                          1 / s->dt_s);
    return HM_OK;
}

static double middle_x_m(const hm_track_frame *f, hm_body_point a, hm_body_point b)
{
    bool has_a = is_seen(&f->point[a]), has_b = is_seen(&f->point[b]);
    double xa = (double)f->point[a].x_m, xb = (double)f->point[b].x_m;
    return has_a && has_b ? (xa + xb) / 2 : has_a ? xa : has_b ? xb : (double)NAN;
}

static hm_status fill_hips(steps_scene *s, hm_err *err)
{
    double first = NAN, last = NAN;
    int32_t n = 0;
    for (int32_t i = 0; i < s->n; i++) {
        s->hip_m[i] = middle_x_m(&s->person->frame[i], HM_POINT_HIP_L, HM_POINT_HIP_R);
        if (isnan(s->hip_m[i]))
            continue;
        first = n == 0 ? s->hip_m[i] : first;
        last = s->hip_m[i];
        n++;
    }
    if (n < FRAME_MIN)
        return hm_err_set(err, HM_ERR_INPUT, "steps", 0, 0, NULL,
                          "expected hips in metres in %d images or more, found %d; metres come "
                          "from marks",
                          FRAME_MIN, n);
    s->direction = last >= first ? 1 : -1;
    for (int32_t i = 0; i < s->n; i++)
        s->hip_m[i] *= s->direction;
    return HM_OK;
}

/* ---- toes ---- */

/* Metres of a pixel at this person: the spread of all points in both. */
static double metres_a_pixel(const hm_track_frame *f)
{
    double px = 0, m = 0;
    const hm_seen_point *o = NULL;
    for (int p = 0; p < HM_POINT_COUNT; p++) {
        const hm_seen_point *q = &f->point[p];
        if (!is_seen(q))
            continue;
        if (o) {
            px += hypot((double)(q->x_px - o->x_px), (double)(q->y_px - o->y_px));
            m += hypot((double)(q->x_m - o->x_m), (double)(q->z_m - o->z_m));
        }
        o = q;
    }
    return px > 0 ? m / px : (double)NAN;
}

double steps_speed_at(const steps_scene *s, const double x_m[], int32_t i, double within_s)
{
    double n = 0, st = 0, sx = 0, stt = 0, stx = 0;
    for (int32_t k = 0; k < s->n; k++) {
        int32_t away = k > i ? k - i : i - k;
        bool near = away <= 1 || fabs(s->time_s[k] - s->time_s[i]) <= within_s;
        if (k > i && !near)
            break;
        if (!near || isnan(x_m[k]))
            continue;
        double t = s->time_s[k] - s->time_s[i];
        n += 1, st += t, sx += x_m[k], stt += t * t, stx += t * x_m[k];
    }
    double det = n * stt - st * st;
    return n >= 2 && det > 0 ? (n * stx - st * sx) / det : (double)NAN;
}

/* sigma_m and what follows from it, ground_m from the lowest frames. Returns how many frames show
 * the toe. */
static int32_t level(const steps_scene *s, hm_body_point point, steps_toe *t, double scratch[])
{
    int32_t n = 0;
    double sum2 = 0;
    int32_t n_net = 0;
    for (int32_t i = 0; i < s->n; i++) {
        const hm_seen_point *p = &s->person->frame[i].point[point];
        double scale = metres_a_pixel(&s->person->frame[i]);
        if (isnan(t->z_m[i]) || isnan(scale))
            continue;
        sum2 += pow((double)p->sigma_px * scale, 2);
        scratch[n++] = t->z_m[i];
        n_net += p->source == HM_SEEN_NET;
    }
    if (n == 0)
        return 0;
    t->sigma_m = sqrt(sum2 / n);
    t->by_net = 2 * n_net > n;
    t->noise_m = t->by_net ? NET_NOISE_PART * t->sigma_m : t->sigma_m;
    t->noise_mps = t->noise_m / (t->by_net ? fmax(s->dt_s, 2 * LINE_S) : s->dt_s);
    t->ground_m = hm_nth_of(n, scratch, (int64_t)(GROUND_PART * n));
    return n;
}

/* Mean of toe, heel and ankle along the run. */
static double foot_at(const hm_track_frame *f, hm_side side, double direction)
{
    const hm_seen_point *part[] = {&f->point[HM_POINT_ANKLE_L + (int)side],
                                   &f->point[HM_POINT_HEEL_L + (int)side],
                                   &f->point[HM_POINT_TOE_L + (int)side]};
    double sum = 0;
    for (int k = 0; k < 3; k++)
        sum += is_seen(part[k]) ? (double)part[k]->x_m : (double)NAN;
    return direction * sum / 3;
}

static hm_status fill_toe(steps_scene *s, hm_side side, double scratch[], hm_err *err)
{
    steps_toe *t = &s->toe[side];
    for (int32_t i = 0; i < s->n; i++) {
        const hm_seen_point *p = &s->person->frame[i].point[toe_of[side]];
        bool seen = is_seen(p);
        t->x_m[i] = seen ? s->direction * (double)p->x_m : (double)NAN;
        t->z_m[i] = seen ? (double)p->z_m : (double)NAN;
    }
    for (int32_t i = 0; i < s->n; i++)
        t->foot_m[i] = foot_at(&s->person->frame[i], side, s->direction);
    int32_t n = level(s, toe_of[side], t, scratch);
    if (n < FRAME_MIN)
        return hm_err_set(err, HM_ERR_INPUT, "steps", 0, 0, hm_body_point_word(toe_of[side]),
                          "expected the toe in %d images or more, found %d", FRAME_MIN, n);
    for (int32_t i = 0; i < s->n; i++)
        t->v_mps[i] = steps_speed_at(s, t->x_m, i, LINE_S);
    return HM_OK;
}

hm_status steps_scene_make(const hm_track_person *person, hm_arena *arena, steps_scene *scene,
                           hm_err *err)
{
    steps_scene s = {.person = person, .n = person->n_frame};
    if (s.n < FRAME_MIN)
        return hm_err_set(err, HM_ERR_INPUT, "steps", 0, 0, NULL,
                          "expected %d images or more, found %d", FRAME_MIN, s.n);
    double *room = HM_PUSH(arena, double, 11 * (size_t)s.n);
    if (!room)
        return no_memory(err);
    s.time_s = room;
    s.hip_m = room + s.n;
    for (int side = 0; side < HM_SIDE_COUNT; side++) {
        s.toe[side].x_m = room + (2 + 4 * side) * (int64_t)s.n;
        s.toe[side].z_m = room + (3 + 4 * side) * (int64_t)s.n;
        s.toe[side].v_mps = room + (4 + 4 * side) * (int64_t)s.n;
        s.toe[side].foot_m = room + (5 + 4 * side) * (int64_t)s.n;
    }
    double *scratch = room + 10 * (int64_t)s.n;
    HM_TRY(fill_times(&s, arena, err));
    HM_TRY(fill_hips(&s, err));
    HM_TRY(fill_toe(&s, HM_SIDE_LEFT, scratch, err));
    HM_TRY(fill_toe(&s, HM_SIDE_RIGHT, scratch, err));
    *scene = s;
    return HM_OK;
}

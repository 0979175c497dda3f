/* steps_observe.c - technique in numbers beside reference ranges. */
#include <math.h>

#include "measure/steps.h"
#include "num/dmath.h"

typedef enum when { AT_ON, AT_MIDDLE, AT_OFF, IN_SWING, ALWAYS } when;

/* What is looked at. Angles in degrees; ranges of elite sprinters at top speed, recalled from
 * coaching literature and not checked: docs/clips/steps.md. */
typedef struct look_row {
    const char *what;
    when when;
    int joint; /* of the left side; -1 = how far the ball of the foot is ahead of the hips [m] */
    double lo, hi;
} look_row;

static const look_row look[] = {
    {"trunk lean", ALWAYS, HM_JOINT_TRUNK_LEAN, 3, 8},
    {"knee at touch-down", AT_ON, HM_JOINT_KNEE_L, 20, 25},
    {"knee at mid-stance", AT_MIDDLE, HM_JOINT_KNEE_L, 35, 45},
    {"knee at toe-off", AT_OFF, HM_JOINT_KNEE_L, 15, 25},
    {"ankle at touch-down", AT_ON, HM_JOINT_ANKLE_L, -10, 0},
    {"ankle at toe-off", AT_OFF, HM_JOINT_ANKLE_L, -40, -30},
    {"most knee bend in swing", IN_SWING, HM_JOINT_KNEE_L, 135, 145},
    {"highest thigh in swing", IN_SWING, HM_JOINT_THIGH_L, 70, 80},
    {"foot ahead of the hips at touch-down", AT_ON, -1, 0.30, 0.40},
    {"foot behind the hips at toe-off", AT_OFF, -1, 0.50, 0.60},
};
enum { N_LOOK = sizeof look / sizeof *look };

static const char reference[] = "elite at top speed, recalled";

/* ---- one value ---- */

/* The ranges are told of the ball of the foot, which lies at about this part of the way from heel
 * to toe (own). */
#define BALL_PART 0.7

static double ball_ahead_m(const hm_track_frame *f, hm_side side, double direction)
{
    const hm_seen_point *toe = &f->point[HM_POINT_TOE_L + (int)side];
    const hm_seen_point *heel = &f->point[HM_POINT_HEEL_L + (int)side];
    const hm_seen_point *l = &f->point[HM_POINT_HIP_L], *r = &f->point[HM_POINT_HIP_R];
    if (!(isfinite(toe->sigma_px) && isfinite(heel->sigma_px) && isfinite(l->sigma_px) &&
          isfinite(r->sigma_px)))
        return NAN;
    double ball_m = (1 - BALL_PART) * (double)heel->x_m + BALL_PART * (double)toe->x_m;
    return direction * (ball_m - ((double)l->x_m + (double)r->x_m) / 2);
}

static double value_at(const hm_track_person *p, const hm_steps *s, const look_row *row,
                       hm_side side, int32_t frame)
{
    if (row->joint < 0) {
        double ahead = ball_ahead_m(&p->frame[frame], side, s->direction);
        return row->when == AT_OFF ? -ahead : ahead;
    }
    int joint = row->joint + (row->joint == HM_JOINT_TRUNK_LEAN ? 0 : (int)side);
    return s->angle_rad[frame][joint] * (180 / HM_PI);
}

/* At an instant between two frames. */
static double between(const hm_track_person *p, const hm_steps *s, const look_row *row,
                      hm_side side, double time_s, int32_t before)
{
    double t0 = p->frame[before].time_s, t1 = p->frame[before + 1].time_s;
    double a = value_at(p, s, row, side, before), b = value_at(p, s, row, side, before + 1);
    double part = fmin(fmax((time_s - t0) / (t1 - t0), 0), 1);
    return a + part * (b - a);
}

/* Largest from the toe-off of a contact to the next touch-down of the same foot. */
static double most_in_swing(const hm_track_person *p, const hm_steps *s, const look_row *row,
                            int32_t contact)
{
    const hm_contact *c = &s->contact[contact];
    double most = NAN;
    if (contact + 2 >= s->n_contact)
        return NAN;
    for (int32_t i = c->last + 1; i < s->contact[contact + 2].first; i++) {
        double v = value_at(p, s, row, c->side, i);
        most = isnan(most) || v > most ? v : most;
    }
    return most;
}

static double value_of(const hm_track_person *p, const hm_steps *s, const look_row *row,
                       int32_t contact)
{
    const hm_contact *c = &s->contact[contact];
    bool whole = !isnan(c->on_s.is) && !isnan(c->off_s.is);
    switch (row->when) {
    case AT_ON:
        return isnan(c->on_s.is) ? (double)NAN
                                 : between(p, s, row, c->side, c->on_s.is, c->first - 1);
    case AT_OFF:
        return isnan(c->off_s.is) ? (double)NAN : between(p, s, row, c->side, c->off_s.is, c->last);
    case IN_SWING:
        return whole ? most_in_swing(p, s, row, contact) : (double)NAN;
    default:
        return whole ? value_at(p, s, row, c->side, (c->first + c->last) / 2) : (double)NAN;
    }
}

/* ---- all contacts ---- */

static bool observe(const hm_track_person *p, const hm_steps *s, const look_row *row,
                    hm_observation *out)
{
    double sum = 0, sum2 = 0;
    int32_t n = 0;
    for (int32_t i = 0; i < s->n_contact; i++) {
        double v = value_of(p, s, row, i);
        if (isnan(v))
            continue;
        sum += v;
        sum2 += v * v;
        n++;
    }
    if (n == 0)
        return false;
    double mean = sum / n, scatter = (double)NAN;
    if (n > 1)
        scatter = sqrt(fmax(sum2 / n - mean * mean, 0) / (n - 1));
    bool far = row->joint < 0;
    *out = (hm_observation){
        row->what, {mean, scatter}, far ? "m" : "deg", row->lo, row->hi, reference, n};
    return true;
}

int32_t hm_steps_observe(const hm_track_person *person, const hm_steps *steps,
                         hm_observation found[])
{
    int32_t n = 0;
    for (int i = 0; i < N_LOOK; i++)
        n += observe(person, steps, &look[i], &found[n]);
    return n;
}

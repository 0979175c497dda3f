/* steps_speed.c - touch-down and toe-off by how fast the whole foot goes over the ground.
 *
 * A net sees a foot that leaves the ground too flat and its toe too early, but where toe, heel and
 * ankle are on the whole it sees well. Against the hips' speed their mean passes fixed shares when
 * the foot leaves and shortly before it lands: at toe-off the foot turns about the toe and its
 * middle is already fast, before touch-down it is pulled back. */
#include "steps_priv.h"

#include <math.h>

/* By tools/fit_contact_speed.py: eight drawn runners of 8.4 to 9.9 m/s, default net, 240 images a
 * second, 11 to 20 m off. The deviations are those within a runner; those between runners are
 * STEPS_ON_SHARED_S and STEPS_OFF_SHARED_S. 60 images a second and a faster runner are held against
 * it in make validate-video. */
#define OFF_FRAC  0.70   /* of the hips' speed, at toe-off */
#define OFF_SD_S  0.0057 /* standard deviation of the errors there */
#define ON_FRAC   0.40   /* and ON_LATE_S before touch-down */
#define ON_LATE_S 0.022
#define ON_SD_S   0.0063
#define WITHIN_S  0.030 /* to each side the speed is a line's slope over this */

#define NEAR_S  0.045 /* the slowest frame is looked for so near to the middle; own choice */
#define REACH_S 0.25  /* and an end of the contact so near to that; own choice */

static double hip_speed_mps(const steps_scene *s)
{
    int32_t first = -1, last = -1;
    for (int32_t i = 0; i < s->n; i++)
        if (!isnan(s->hip_m[i])) {
            first = first < 0 ? i : first;
            last = i;
        }
    return last > first ? (s->hip_m[last] - s->hip_m[first]) / (s->time_s[last] - s->time_s[first])
                        : (double)NAN;
}

/* Frame near the middle at which the foot is slowest; -1 = it is not seen there. */
static int32_t slowest(const steps_scene *s, const double foot_m[], int32_t middle)
{
    int32_t at = -1;
    double least = INFINITY;
    for (int32_t i = 0; i < s->n; i++) {
        if (fabs(s->time_s[i] - s->time_s[middle]) > NEAR_S)
            continue;
        double v_mps = steps_speed_at(s, foot_m, i, WITHIN_S);
        if (v_mps < least) {
            least = v_mps;
            at = i;
        }
    }
    return at;
}

bool steps_event_by_speed(const steps_scene *s, const steps_toe *t, bool is_on, int32_t middle,
                          hm_measured *event)
{
    double level_mps = (is_on ? ON_FRAC : OFF_FRAC) * hip_speed_mps(s), inner_mps = NAN;
    int32_t step = is_on ? -1 : 1, from = slowest(s, t->foot_m, middle), inner = from;
    for (int32_t i = from; i >= 0 && i < s->n; i += step) {
        if (fabs(s->time_s[i] - s->time_s[from]) > REACH_S)
            return false;
        double v_mps = steps_speed_at(s, t->foot_m, i, WITHIN_S);
        if (isnan(v_mps))
            continue;
        if (inner_mps < level_mps && v_mps >= level_mps) {
            double part = (level_mps - inner_mps) / (v_mps - inner_mps);
            double at_s = s->time_s[inner] + part * (s->time_s[i] - s->time_s[inner]);
            *event = is_on ? (hm_measured){at_s + ON_LATE_S, hypot(ON_SD_S, STEPS_ON_SHARED_S)}
                           : (hm_measured){at_s, hypot(OFF_SD_S, STEPS_OFF_SHARED_S)};
            return true;
        }
        inner = i;
        inner_mps = v_mps;
    }
    return false;
}

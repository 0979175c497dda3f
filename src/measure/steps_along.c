/* steps_along.c - what contacts tell of each other.
 *
 * A net's points leave each end of a contact unsure by some thousandths of a second, yet contacts
 * of one runner differ little from step to step, and in a known way with speed: what the others
 * predict is one more measurement of how long each lasts, worth as much as it is sure. */
#include "steps_priv.h"

#include <math.h>

#include "num/stat.h"

enum { AROUND = 8, LEAST = 3 }; /* other contacts that are heard, the nearest in time; own */

/* Contact times go with the speed to the power of -BY_SPEED: contact length grows little with speed
 * (src/sprint/steps.c). */
#define BY_SPEED    0.85
#define BY_SPEED_SD 0.25 /* own */
/* [1] standard deviation of one contact about the others at one speed; kinematics of repeated
 * starts vary by less than 10 % (Standing and Maulder 2017, jssm 16:154), at speed less; own choice
 */
#define FROM_STEP_TO_STEP 0.04
#define OUT_OF_STEP_SD    2.5  /* own */
#define SPEED_WITHIN_S    0.25 /* to each side: two steps; own */
#define SPEED_OVER_S      0.10 /* own */

/* A contact's duration and speed as logarithms; sigma of the duration [1]. */
typedef struct told {
    double ln_s, ln_mps, sigma;
    double length_s; /* 0 = not known */
} told;

/* Variance of an end of a contact without what all of the runner's have in common. */
static double own2(const steps_scene *s, const hm_contact *c, bool is_on)
{
    double sigma_s = is_on ? c->on_s.sigma : c->off_s.sigma;
    double shared_s = is_on ? STEPS_ON_SHARED_S : STEPS_OFF_SHARED_S;
    return fmax(sigma_s * sigma_s - (s->toe[c->side].by_net ? shared_s * shared_s : 0), 0);
}

/* Of the hips about a frame: the median, as a net loses them at the edge of a picture. NAN = they
 * are not seen. room (n of the scene) */
static double speed_mps(const steps_scene *s, int32_t middle, double room[])
{
    int32_t n = 0, i = middle;
    while (i > 0 && s->time_s[middle] - s->time_s[i - 1] <= SPEED_WITHIN_S)
        i--;
    int32_t to = i;
    for (; i < s->n && s->time_s[i] - s->time_s[middle] <= SPEED_WITHIN_S; i++) {
        while (to < s->n && s->time_s[to] < s->time_s[i] + SPEED_OVER_S)
            to++;
        if (to == s->n)
            break;
        double v_mps = (s->hip_m[to] - s->hip_m[i]) / (s->time_s[to] - s->time_s[i]);
        if (!isnan(v_mps))
            room[n++] = v_mps;
    }
    return n ? hm_nth_of(n, room, n / 2) : (double)NAN;
}

static told told_of(const steps_scene *s, const hm_contact *c, double room[])
{
    double v_mps = speed_mps(s, (c->first + c->last) / 2, room);
    if (!(c->contact_s.is > 0) || !(v_mps > 0))
        return (told){0};
    double sigma_s = sqrt(own2(s, c, true) + own2(s, c, false));
    return (told){log(c->contact_s.is), log(v_mps), sigma_s / c->contact_s.is, c->contact_s.is};
}

/* What the others nearest to contact i say of it, and the variance of each as a prediction. */
static int32_t others(const told t[], int32_t n, int32_t i, double ln_s[AROUND], double var[AROUND])
{
    int32_t heard = 0;
    for (int32_t away = 1; away < n && heard < AROUND; away++)
        for (int sign = -1; sign <= 1 && heard < AROUND; sign += 2) {
            int32_t k = i + sign * away;
            if (k < 0 || k >= n || t[k].length_s <= 0)
                continue;
            double faster = t[k].ln_mps - t[i].ln_mps, unsure = BY_SPEED_SD * faster;
            ln_s[heard] = t[k].ln_s + BY_SPEED * faster;
            var[heard++] =
                t[k].sigma * t[k].sigma + FROM_STEP_TO_STEP * FROM_STEP_TO_STEP + unsure * unsure;
        }
    return heard;
}

/* Their weighted mean, without those that are out of step; false = too few are left. */
static bool expect(const told t[], int32_t n, int32_t i, hm_measured *ln_s)
{
    double said[AROUND], var[AROUND], room[AROUND], sum = 0, weight = 0;
    int32_t heard = others(t, n, i, said, var), kept = 0;
    if (heard < LEAST)
        return false;
    for (int32_t k = 0; k < heard; k++)
        room[k] = said[k];
    double middle = hm_nth_of(heard, room, heard / 2);
    for (int32_t k = 0; k < heard; k++) {
        if (fabs(said[k] - middle) > OUT_OF_STEP_SD * sqrt(var[k]))
            continue;
        sum += said[k] / var[k];
        weight += 1 / var[k];
        kept++;
    }
    *ln_s = (hm_measured){sum / weight, hypot(1 / sqrt(weight), FROM_STEP_TO_STEP)};
    return kept >= LEAST;
}

/* Weigh the prediction with what both ends say; each end takes its share of the difference. */
static void take(const steps_scene *s, hm_contact *c, const told *own, const hm_measured *ln_s)
{
    double on2 = own2(s, c, true), off2 = own2(s, c, false);
    double apart_s = exp(ln_s->is) - own->length_s, said_s = exp(ln_s->is) * ln_s->sigma;
    double both2 = on2 + off2, said2 = said_s * said_s, sd_s = sqrt(both2 + said2);
    if (both2 <= 0)
        return;
    if (fabs(apart_s) > OUT_OF_STEP_SD * sd_s) { /* as unsure as it is wrong */
        double more = apart_s * apart_s / both2;
        on2 *= more;
        off2 *= more;
        both2 *= more;
    }
    double share = 1 / (both2 + said2);
    double on_sd_s = sqrt(on2 - on2 * on2 * share), off_sd_s = sqrt(off2 - off2 * off2 * share);
    c->on_s.is -= on2 * share * apart_s;
    c->off_s.is += off2 * share * apart_s;
    c->on_s.sigma = hypot(on_sd_s, STEPS_ON_SHARED_S);
    c->off_s.sigma = hypot(off_sd_s, STEPS_OFF_SHARED_S);
    c->contact_s.is = c->off_s.is - c->on_s.is;
    c->contact_s.sigma =
        hypot(sqrt(both2 * said2 * share), hypot(STEPS_ON_SHARED_S, STEPS_OFF_SHARED_S));
}

/* A net says so, and no hand has moved the toe meanwhile: hand marks win. */
static bool is_by_net(const steps_scene *s, const hm_contact *c)
{
    int32_t from = c->first > 0 ? c->first - 1 : 0, to = c->last + 1 < s->n ? c->last + 1 : c->last;
    int point = c->side == HM_SIDE_LEFT ? HM_POINT_TOE_L : HM_POINT_TOE_R;
    for (int32_t i = from; i <= to; i++)
        if (s->person->frame[i].point[point].source == HM_SEEN_HAND)
            return false;
    return s->toe[c->side].by_net;
}

bool steps_along(const steps_scene *s, hm_arena *arena, hm_contact contact[], int32_t n)
{
    told *t = HM_PUSH(arena, told, n + 1);
    double *room = HM_PUSH(arena, double, s->n);
    if (!t || !room)
        return false;
    for (int32_t i = 0; i < n; i++)
        t[i] = told_of(s, &contact[i], room);
    for (int32_t i = 0; i < n; i++) {
        hm_measured ln_s;
        if (t[i].length_s > 0 && is_by_net(s, &contact[i]) && expect(t, n, i, &ln_s))
            take(s, &contact[i], &t[i], &ln_s);
    }
    return true;
}

#include "camera_priv.h"
#include "cuts_priv.h"
#include "shots_priv.h"

#include <math.h>

#include "body/form.h"
#include "num/dmath.h"

#define LEAST_S       0.7  /* shortest shot of the run */
#define BEFORE_LINE_S 0.9  /* no cut later than this before the winner is at the line */
#define MOST_S        40.0 /* a longer run goes by faster in its middle */
#define LINE_MOST_S   3.0  /* the line is watched no longer than this before anybody comes */

/* ---- who differs ---- */

/* 0 immaculate .. 1 ragged in everything. */
static double ragged(const hm_lane *lane)
{
    hm_form f;
    if (!hm_form_preset(lane->form, &f))
        return 0;
    return (f.lean + f.sway + f.sit + f.knee + f.kick + f.overstride + f.arms + f.shoulders +
            f.hands + f.head + f.asymmetry) /
           11;
}

static double apart_m(const hm_lane *a, const hm_lane *b, double line_s)
{
    double most = 0;
    for (int k = 1; k <= 8; k++)
        most = fmax(most, fabs(hm_curve_x_m(&a->curve, line_s * k / 8) -
                               hm_curve_x_m(&b->curve, line_s * k / 8)));
    return most;
}

/* Unlike form, near one another. */
static cuts_pair find_pair(const hm_race *race)
{
    double line_s = shots_finish_s(race, false), best = -1e9;
    const hm_lane *one = &race->lane[shots_by_rank(race, 1)];
    cuts_pair p = {.calm = one, .wild = one};
    for (int32_t i = 0; i < race->n_lane; i++)
        for (int32_t k = i + 1; k < race->n_lane; k++) {
            const hm_lane *a = &race->lane[i], *b = &race->lane[k];
            if (!camera_is_running(a) || !camera_is_running(b))
                continue;
            double gap_m = apart_m(a, b, line_s);
            double score = 3 * fabs(ragged(a) - ragged(b)) + 1 / (1 + gap_m) -
                           0.15 * abs(a->lane - b->lane) - 0.1 * gap_m;
            score += a == one || b == one ? 1 : 0;
            if (score <= best)
                continue;
            best = score;
            bool turn = ragged(a) > ragged(b) || (ragged(a) >= ragged(b) && b->place == 1);
            p.calm = turn ? b : a, p.wild = turn ? a : b, p.apart_m = gap_m;
        }
    double x = hm_lane_centre_m(p.calm->lane), y = hm_lane_centre_m(p.wild->lane);
    p.right_x_m = fmin(x, y), p.left_x_m = fmax(x, y);
    return p;
}

static hm_status begin(cuts_list *c, staging *s, const hm_race *race, const hm_direct_opts *opts,
                       hm_err *err)
{
    HM_TRY(staging_begin(s, race, opts, err));
    *c = (cuts_list){.s = s, .pair = find_pair(race), .side_x_m = 1e9, .left_x_m = -1e9};
    for (int32_t i = 0; i < race->n_lane; i++) {
        double x_m = hm_lane_centre_m(race->lane[i].lane);
        c->side_x_m = fmin(c->side_x_m, x_m - 0.61);
        c->left_x_m = fmax(c->left_x_m, x_m + 0.61);
        c->stature_m = fmax(c->stature_m, race->lane[i].stature_m);
    }
    return HM_OK;
}

/* ---- shots ---- */

hm_shot *cuts_of_lane(hm_shot *shot, const hm_lane *lane)
{
    shot->n_focus = 1;
    shot->focus[0] = (hm_focus){HM_ROLE_LANE, lane->lane};
    return shot;
}

hm_shot *cuts_of_pair(hm_shot *shot, const cuts_pair *p)
{
    cuts_of_lane(shot, p->wild);
    if (p->calm != p->wild)
        shot->focus[shot->n_focus++] = (hm_focus){HM_ROLE_LANE, p->calm->lane};
    return shot;
}

double cuts_lens_deg(const cuts_list *c, double half_w_m, double half_h_m, double far_m)
{
    double aspect = (double)c->s->opts->w_px / c->s->opts->h_px;
    double half_m = fmax(half_h_m, half_w_m / aspect);
    return fmin(2 * hm_atan(half_m / far_m) * (180 / HM_PI), 80);
}

void cuts_key(const cuts_list *c, double at_frac, const double eye_m[3], const double aim_m[3],
              double vfov_deg)
{
    staging_key(c->s, &(hm_cam_key){.at_frac = at_frac,
                                    .eye_m = {eye_m[0], eye_m[1], eye_m[2]},
                                    .aim_m = {aim_m[0], aim_m[1], aim_m[2]},
                                    .vfov_deg = vfov_deg});
}

/* ---- a free view ---- */

/* How much a body at (x, z) is in the way between an eye and the origin, 0 .. 1, all in metres. */
static double in_the_way(const double eye_m[2], double x_m, double z_m)
{
    double far2 = eye_m[0] * eye_m[0] + eye_m[1] * eye_m[1];
    double along = (x_m * eye_m[0] + z_m * eye_m[1]) / far2;
    if (along < 0.12)
        return 0;
    along = fmin(along, 1);
    double dx = x_m - along * eye_m[0], dz = z_m - along * eye_m[1];
    double off_m = sqrt(dx * dx + dz * dz);
    return off_m < 0.9 ? 1 - off_m / 0.9 : 0;
}

static double blocked(const cuts_list *c, double from_m, double to_m, const double eye_m[2])
{
    const hm_race *race = c->s->race;
    double from_s = shots_leader_s(race, from_m), to_s = shots_leader_s(race, to_m), sum = 0;
    double mid_x_m = 0.5 * (c->pair.right_x_m + c->pair.left_x_m);
    for (int k = 0; k <= 6; k++) {
        double t_s = from_s + (to_s - from_s) * k / 6;
        double at_m = 0.5 * (hm_curve_x_m(&c->pair.calm->curve, t_s) +
                             hm_curve_x_m(&c->pair.wild->curve, t_s));
        for (int32_t i = 0; i < race->n_lane; i++) {
            const hm_lane *l = &race->lane[i];
            if (l == c->pair.calm || l == c->pair.wild || !camera_is_running(l))
                continue;
            double x_m = hm_lane_centre_m(l->lane);
            double z_m = hm_curve_x_m(&l->curve, t_s) - 0.2 - at_m;
            if (x_m < c->pair.right_x_m)
                sum += in_the_way(eye_m, x_m - mid_x_m, z_m);
        }
    }
    return sum;
}

void cuts_free_view(const cuts_list *c, double from_m, double to_m, double eye_m[2])
{
    double half_m = 0.5 * (c->pair.left_x_m - c->pair.right_x_m), best = 1e9;
    double out_m = 0.5 * (c->pair.right_x_m + c->pair.left_x_m) - c->side_x_m + 4.5;
    for (int i = 0; i < 2; i++)
        for (int k = 0; k <= 8; k++) {
            const double eye[2] = {i ? -half_m - 2.9 : -out_m, (i ? 0.9 : 1.2) * (k - 2)};
            double cost = blocked(c, from_m, to_m, eye) + 0.12 * abs(k - 5) + (i ? 0.25 : 0);
            if (cost < best)
                best = cost, eye_m[0] = eye[0], eye_m[1] = eye[1];
        }
}

/* ---- the run ---- */

/* The cuts that this race has room for, and when they begin. */
static int choose(const cuts_list *c, const cuts_cut cut[], int n, double first_s, int index[],
                  double from_s[], bool *late)
{
    int m = 0;
    *late = false;
    for (int i = 0; i < n; i++) {
        double at_s = i == 0 ? first_s : shots_leader_s(c->s->race, cut[i].from_m);
        bool last = i == n - 1 && at_s < c->s->finish_s - LINE_MOST_S;
        at_s = last ? c->s->finish_s - LINE_MOST_S : at_s;
        bool room =
            i == 0 || (at_s >= from_s[m - 1] + LEAST_S && at_s <= c->s->finish_s - BEFORE_LINE_S);
        if (!room)
            continue;
        index[m] = i, from_s[m++] = at_s;
        *late = last;
    }
    return m;
}

static void run(const cuts_list *c, const cuts_way *way)
{
    enum { CUT_MAX = 16 };
    const cuts_cut *cut = way->cut;
    double first_s = way->gun_s, to_s = way->line_s, from_s[CUT_MAX];
    int index[CUT_MAX], m;
    bool late;
    HM_ASSERT(way->n_cut <= CUT_MAX);
    m = choose(c, cut, way->n_cut, first_s, index, from_s, &late);
    double end_s = c->s->finish_s + to_s, live_s = end_s - first_s;
    double middle_s = m > 2 ? from_s[m - 1] - from_s[1] : 0;
    double left_s = fmax(middle_s - (live_s - MOST_S), 6);
    double rate = live_s > MOST_S && middle_s > left_s ? middle_s / left_s : 1;
    hm_anchor from = staging_at(HM_AT_GUN, first_s);
    for (int i = 0; i < m; i++) {
        const cuts_cut *k = &cut[index[i]];
        hm_anchor to = staging_at(HM_AT_FINISH, to_s);
        if (i + 1 < m)
            to = late && i + 2 == m ? staging_at(HM_AT_FINISH, -LINE_MOST_S)
                                    : staging_leader(cut[index[i + 1]].from_m);
        hm_shot *shot = staging_add(c->s, k->name, k->rig, from, to, k->role, k->overlays);
        shot->drift_frac = k->drift_frac;
        shot->rate = i > 0 && i + 1 < m ? rate : 1;
        shot->follow = k->keys && !k->stays;
        if (k->pair)
            cuts_of_pair(shot, &c->pair);
        if (k->keys)
            k->keys(c);
        from = to;
    }
}

hm_status cuts_direct(const cuts_way *way, const hm_race *race, const hm_direct_opts *opts,
                      hm_arena *arena, hm_film *film, hm_err *err)
{
    staging s;
    cuts_list c;
    HM_TRY(begin(&c, &s, race, opts, err));
    way->before(&c);
    run(&c, way);
    way->after(&c);
    return staging_end(&s, arena, film, err);
}

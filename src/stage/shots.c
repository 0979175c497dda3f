/* shots.c - anchors to times, roles to lanes: what ties a staging to one race. */
#include "stage/shots.h"

#include "camera_priv.h"
#include "shots_priv.h"

#include <math.h>
#include <string.h>

#include "stage/interest.h"

/* How far behind the first a runner may be and still be held in the picture when a shot is about
 * all [m]. Own choice: what the rig's widest lens takes in. */
static const double reach_m[HM_RIG_COUNT] = {
    [HM_RIG_KEYS] = 100,   [HM_RIG_CRANE] = 100,  [HM_RIG_LANES] = 100,   [HM_RIG_BREATH] = 100,
    [HM_RIG_BLOCKS] = 100, [HM_RIG_BEHIND] = 100, [HM_RIG_STEPS] = 2.5,   [HM_RIG_RAIL] = 4.0,
    [HM_RIG_OVERHEAD] = 5, [HM_RIG_HEAD_ON] = 12, [HM_RIG_QUARTER] = 4.0, [HM_RIG_LINE] = 1.2,
    [HM_RIG_REVERSE] = 3,  [HM_RIG_FACE] = 100,   [HM_RIG_WIDE] = 100};

double shots_finish_s(const hm_race *race, bool last)
{
    double best_s = -1, end_s = 0;
    for (int32_t i = 0; i < race->n_lane; i++) {
        const hm_lane *l = &race->lane[i];
        double t_s = 1e-6 * (double)l->time_us;
        if (l->time_us > 0 && (best_s < 0 || (last ? t_s > best_s : t_s < best_s)))
            best_s = t_s;
        if (camera_is_running(l) && l->end_s > end_s)
            end_s = l->end_s;
    }
    return best_s >= 0 ? best_s : end_s;
}

double shots_leader_s(const hm_race *race, double x_m)
{
    double best_s = -1, end_s = 0;
    for (int32_t i = 0; i < race->n_lane; i++) {
        const hm_lane *l = &race->lane[i];
        if (!camera_is_running(l))
            continue;
        double t_s = hm_curve_time_s(&l->curve, x_m);
        if (t_s >= 0 && (best_s < 0 || t_s < best_s))
            best_s = t_s;
        if (l->end_s > end_s)
            end_s = l->end_s;
    }
    return best_s >= 0 ? best_s : end_s;
}

static hm_status anchor_time(const hm_anchor *a, const hm_race *race, const char *shot,
                             const char *field, double *t_s, hm_err *err)
{
    double t = 0;
    switch (a->at) {
    case HM_AT_GUN:
        break;
    case HM_AT_SET:
        t = HM_SET_S;
        break;
    case HM_AT_FINISH:
        t = shots_finish_s(race, false);
        break;
    case HM_AT_LAST:
        t = shots_finish_s(race, true);
        break;
    case HM_AT_LEADER:
        t = shots_leader_s(race, a->x_m);
        break;
    case HM_AT_LANE: {
        const hm_lane *l = NULL;
        for (int32_t i = 0; i < race->n_lane; i++)
            if (race->lane[i].lane == a->lane)
                l = &race->lane[i];
        if (!l || !camera_is_running(l))
            return hm_err_set(err, HM_ERR_INPUT, shot, 0, 0, field,
                              "nobody runs in lane %d of this race", (int)a->lane);
        t = hm_curve_time_s(&l->curve, a->x_m);
        t = t >= 0 ? t : l->end_s;
        break;
    }
    }
    *t_s = t + a->plus_s;
    return HM_OK;
}

int32_t shots_by_rank(const hm_race *race, int32_t rank)
{
    int32_t best = -1;
    double best_x = -1;
    for (int32_t i = 0; i < race->n_lane; i++) {
        const hm_lane *l = &race->lane[i];
        int32_t ahead = 0;
        for (int32_t k = 0; k < race->n_lane && l->place > 0; k++) {
            int32_t p = race->lane[k].place;
            ahead += p > 0 && (p < l->place || (p == l->place && k < i));
        }
        if (l->place > 0 && ahead == rank - 1)
            return i;
        double x = camera_is_running(l) ? hm_curve_x_m(&l->curve, l->end_s) : -1;
        if (l->place == 0 && x > best_x && l->status != HM_RUN_DNS) {
            best_x = x;
            best = i;
        }
    }
    return rank == 1 ? best : -1;
}

int32_t shots_closest(const hm_race *race, int32_t pair[2])
{
    int64_t best_us = INT64_MAX;
    for (int32_t rank = 1; rank < race->n_lane; rank++) {
        int32_t a = shots_by_rank(race, rank), b = shots_by_rank(race, rank + 1);
        if (a < 0 || b < 0 || race->lane[a].time_us <= 0 || race->lane[b].time_us <= 0)
            break;
        int64_t gap_us = race->lane[b].time_us - race->lane[a].time_us;
        if (gap_us < best_us) {
            best_us = gap_us;
            pair[0] = a;
            pair[1] = b;
        }
    }
    return best_us < INT64_MAX ? 2 : 0;
}

static int32_t extreme(const hm_race *race, hm_role role)
{
    int32_t best = -1;
    double best_v = 0;
    for (int32_t i = 0; i < race->n_lane; i++) {
        const hm_lane *l = &race->lane[i];
        double v = role == HM_ROLE_STARTER ? -l->reaction_s : l->top_speed_mps;
        if (camera_is_running(l) && (best < 0 || v > best_v)) {
            best_v = v;
            best = i;
        }
    }
    return best;
}

static void add_lane(hm_shot *s, int32_t i)
{
    for (int32_t k = 0; k < s->n_lane; k++)
        if (s->lane[k] == i)
            return;
    if (i >= 0 && s->n_lane < HM_LANE_MAX)
        s->lane[s->n_lane++] = i;
}

/* Most that each is behind the first, over the whole shot; who does not run is not there. */
static void find_behind(const hm_shot *s, const hm_race *race, double behind_m[HM_LANE_MAX])
{
    for (int32_t i = 0; i < race->n_lane; i++)
        behind_m[i] = camera_is_running(&race->lane[i]) ? 0 : 1e9;
    for (int k = 0; k <= 8; k++) {
        double t_s = s->race_from_s + (s->race_to_s - s->race_from_s) * k / 8, lead_m = -1e9;
        for (int32_t i = 0; i < race->n_lane; i++)
            if (camera_is_running(&race->lane[i]))
                lead_m = fmax(lead_m, hm_curve_x_m(&race->lane[i].curve, t_s));
        for (int32_t i = 0; i < race->n_lane; i++)
            if (camera_is_running(&race->lane[i]))
                behind_m[i] = fmax(behind_m[i], lead_m - hm_curve_x_m(&race->lane[i].curve, t_s));
    }
}

/* All that stay within the rig's reach of the first. */
static void add_all(hm_shot *s, const hm_race *race)
{
    double behind_m[HM_LANE_MAX];
    find_behind(s, race, behind_m);
    for (int32_t i = 0; i < race->n_lane; i++)
        if (behind_m[i] <= reach_m[s->rig])
            add_lane(s, i);
}

/* Of those within reach who are not yet in it, the one who matters most. */
static void add_interest(hm_shot *s, const hm_race *race, const hm_interest *weights)
{
    double behind_m[HM_LANE_MAX], most = -1;
    int32_t best = -1;
    find_behind(s, race, behind_m);
    for (int32_t i = 0; i < race->n_lane; i++) {
        bool is_in = false;
        for (int32_t k = 0; k < s->n_lane; k++)
            is_in |= s->lane[k] == i;
        if (is_in || behind_m[i] > reach_m[s->rig])
            continue;
        double score = hm_interest_of(race, weights, i, s->race_from_s, s->race_to_s).score;
        if (score > most)
            best = i, most = score;
    }
    add_lane(s, best);
}

static hm_status add_focus(hm_shot *s, const hm_focus *f, const hm_race *race,
                           const hm_interest *weights, hm_err *err)
{
    int32_t pair[2];
    switch (f->role) {
    case HM_ROLE_LANE:
        for (int32_t i = 0; i < race->n_lane; i++)
            if (race->lane[i].lane == f->lane) {
                add_lane(s, i);
                return HM_OK;
            }
        return hm_err_set(err, HM_ERR_INPUT, s->name, 0, 0, "focus",
                          "lane %d is empty in this race", (int)f->lane);
    case HM_ROLE_ALL:
        add_all(s, race);
        return HM_OK;
    case HM_ROLE_WINNER:
        add_lane(s, shots_by_rank(race, 1));
        return HM_OK;
    case HM_ROLE_SECOND:
        add_lane(s, shots_by_rank(race, 2));
        return HM_OK;
    case HM_ROLE_THIRD:
        add_lane(s, shots_by_rank(race, 3));
        return HM_OK;
    case HM_ROLE_LAST:
        for (int32_t rank = race->n_lane; rank > 0; rank--)
            if (shots_by_rank(race, rank) >= 0) {
                add_lane(s, shots_by_rank(race, rank));
                return HM_OK;
            }
        return HM_OK;
    case HM_ROLE_CLOSEST:
        for (int32_t i = 0, n = shots_closest(race, pair); i < n; i++)
            add_lane(s, pair[i]);
        return HM_OK;
    case HM_ROLE_STARTER:
    case HM_ROLE_FASTEST:
        add_lane(s, extreme(race, f->role));
        return HM_OK;
    case HM_ROLE_INTEREST:
        add_interest(s, race, weights);
        return HM_OK;
    case HM_ROLE_COUNT:
        break;
    }
    return HM_OK;
}

static hm_status bind_shot(hm_shot *s, const hm_race *race, const hm_interest *weights,
                           double from_s, hm_err *err)
{
    HM_TRY(anchor_time(&s->from, race, s->name, "from", &s->race_from_s, err));
    HM_TRY(anchor_time(&s->to, race, s->name, "to", &s->race_to_s, err));
    double span_s = (s->race_to_s - s->race_from_s) / s->rate;
    if (!(span_s >= SHOTS_LEAST_S))
        return hm_err_set(err, HM_ERR_INPUT, s->name, 0, 0, "to",
                          "the shot would last %.3f s in this race, expected at least %g s", span_s,
                          SHOTS_LEAST_S);
    s->from_s = from_s;
    s->to_s = from_s + span_s;
    s->n_lane = 0;
    for (int32_t i = 0; i < s->n_focus; i++)
        HM_TRY(add_focus(s, &s->focus[i], race, weights, err));
    if (s->n_lane == 0)
        add_lane(s, shots_by_rank(race, 1));
    if (s->n_lane == 0)
        return hm_err_set(err, HM_ERR_INPUT, s->name, 0, 0, "focus", "nobody runs in this race");
    return HM_OK;
}

/* Keys become race times; they must come in time in this race. */
static hm_status bind_obsession(hm_obsession *o, const hm_race *race, const char *shot,
                                hm_arena *arena, hm_err *err)
{
    if (o->n == 0)
        return HM_OK;
    hm_obsession_key *key = HM_PUSH(arena, hm_obsession_key, o->n);
    if (!key)
        return hm_err_set(err, HM_ERR_SYSTEM, "film", 0, 0, NULL, "no memory");
    memcpy(key, o->key, (size_t)o->n * sizeof *key);
    for (int32_t i = 0; i < o->n; i++) {
        HM_TRY(anchor_time(&key[i].at, race, shot, "obsession", &key[i].race_s, err));
        if (i > 0 && !(key[i].race_s > key[i - 1].race_s))
            return hm_err_set(err, HM_ERR_INPUT, shot, 0, 0, "obsession",
                              "expected moments in time; number %d is at %.3f s in this race, the "
                              "one before at %.3f s",
                              (int)i + 1, key[i].race_s, key[i - 1].race_s);
    }
    o->key = key;
    return HM_OK;
}

static bool has_weights(const hm_interest *w)
{
    double sum = 0;
    for (int k = 0; k < HM_INTEREST_COUNT; k++)
        sum += w->weight[k];
    return sum > 0;
}

hm_status hm_film_bind(hm_film *film, const hm_race *race, hm_arena *arena, hm_err *err)
{
    HM_TRY(hm_film_check(film, err));
    hm_shot *shot = HM_PUSH(arena, hm_shot, film->n_shot);
    if (!shot)
        return hm_err_set(err, HM_ERR_SYSTEM, "film", 0, 0, NULL, "no memory");
    memcpy(shot, film->shot, (size_t)film->n_shot * sizeof *shot);
    hm_film bound = *film;
    bound.shot = shot;
    bound.duration_s = 0;
    if (!has_weights(&bound.interest))
        memcpy(bound.interest.weight, hm_interest_default().weight, sizeof bound.interest.weight);
    HM_TRY(bind_obsession(&bound.obsession, race, "film", arena, err));
    for (int32_t i = 0; i < film->n_shot; i++) {
        HM_TRY(bind_shot(&shot[i], race, &bound.interest, bound.duration_s, err));
        HM_TRY(bind_obsession(&shot[i].obsession, race, shot[i].name, arena, err));
        bound.duration_s = shot[i].to_s;
        HM_TRY(camera_track(&bound, race, &shot[i], arena, err));
    }
    *film = bound;
    return HM_OK;
}

/* director.c - the default staging: a fixed frame (introduction, start, race, line, replay, board)
 * whose middle is cut by what happens in this race. */
#include "stage/director.h"

#include "camera_priv.h"
#include "shots_priv.h"
#include "staging_priv.h"

#include <math.h>
#include <string.h>

#include "base/rng.h"
#include "stage/interest.h"

#define OPTS_COOKIE 0x64697231u

/* Pace of the cut, own choice after the grammar of stage shots: none under 12 drawings (0.5 s). */
#define LIVE_LEAST_S  0.7   /* shortest live shot */
#define BEFORE_LINE_S 0.9   /* no cut later than this before the winner is at the line */
#define LINE_MOST_S   3.0   /* the line is watched no longer than this before the winner comes */
#define LIVE_MOST_S   46.0  /* more than this and the middle of the race goes by faster */
#define FOOTFALL_S    0.14  /* a cut moves so far to fall on one: half a step of a child */
#define CARD_S        0.8   /* a runner's card in the introduction */
#define PHOTO_US      20000 /* a gap worth a replay of its own */

hm_direct_opts hm_direct_opts_default(void)
{
    return (hm_direct_opts){.cookie = OPTS_COOKIE,
                            .cut = HM_CUT_BROADCAST,
                            .look = "broadcast",
                            .w_px = 1280,
                            .h_px = 720,
                            .fps = 24,
                            .seed = 1};
}

/* ---- the middle of the race: which rig for which stretch ---- */

enum { N_SLOT = 3 };

static const double slot_m[N_SLOT + 1] = {20, 38, 54, 70};

static const struct {
    const char *name;
    hm_rig rig;
    uint32_t overlays;
} middle[N_SLOT] = {
    {"rail", HM_RIG_RAIL, HM_OVERLAY_CLOCK | HM_OVERLAY_ORDER | HM_OVERLAY_SPEED},
    {"overhead", HM_RIG_OVERHEAD,
     HM_OVERLAY_CLOCK | HM_OVERLAY_ORDER | HM_OVERLAY_TAGS | HM_OVERLAY_MARK},
    {"head-on", HM_RIG_HEAD_ON, HM_OVERLAY_CLOCK | HM_OVERLAY_ORDER | HM_OVERLAY_GRAPH}};

static int32_t leader_at_m(const hm_race *race, double x_m, double *gap_s)
{
    int32_t best = -1;
    double first_s = 0, second_s = -1;
    for (int32_t i = 0; i < race->n_lane; i++) {
        if (!camera_is_running(&race->lane[i]))
            continue;
        double t_s = hm_curve_time_s(&race->lane[i].curve, x_m);
        if (t_s < 0)
            continue;
        if (best < 0 || t_s < first_s) {
            second_s = best < 0 ? -1 : first_s;
            first_s = t_s;
            best = i;
        } else if (second_s < 0 || t_s < second_s) {
            second_s = t_s;
        }
    }
    *gap_s = second_s < 0 ? 1 : second_s - first_s;
    return best;
}

/* How well a rig tells what happens in a stretch: a change of the lead and the leader's top speed
 * want the side or the top, a close race without change wants the long lens that cannot tell. */
static double slot_score(const staging *c, int32_t i_slot, int32_t i_rig)
{
    double gap_s, score = i_slot == i_rig ? 0.5 : 0;
    int32_t before = leader_at_m(c->race, slot_m[i_slot], &gap_s);
    int32_t after = leader_at_m(c->race, slot_m[i_slot + 1], &gap_s);
    bool is_change = before != after;
    double close = gap_s < 0.1 ? 1 - gap_s / 0.1 : 0;
    double top_m = after >= 0 ? c->race->lane[after].top_speed_at_m : 0;
    bool is_top = top_m >= slot_m[i_slot] && top_m < slot_m[i_slot + 1];
    if (middle[i_rig].rig == HM_RIG_HEAD_ON)
        score += is_change ? -2 : close;
    else
        score += is_change ? 2 : 0;
    if (middle[i_rig].rig == HM_RIG_RAIL)
        score += is_top ? 0.8 : 0;
    double chance = hm_rng_unit(c->opts->seed, HM_FOR_CAMERA, UINT64_C(1) << 32, (uint32_t)i_slot,
                                (uint32_t)i_rig);
    return score + 0.2 * chance;
}

static void choose_middle(const staging *c, int32_t rig_of_slot[N_SLOT])
{
    static const int32_t order[6][N_SLOT] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                             {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    double best = -1e9;
    for (int k = 0; k < 6; k++) {
        double sum = 0;
        for (int32_t i = 0; i < N_SLOT; i++)
            sum += slot_score(c, i, order[k][i]);
        if (sum > best) {
            best = sum;
            memcpy(rig_of_slot, order[k], sizeof order[k]);
        }
    }
}

/* ---- the live part ---- */

typedef struct live_cut {
    const char *name;
    hm_rig rig;
    hm_anchor from;
    double from_s;
    uint32_t overlays;
    double drift_frac;
    bool may_hurry; /* slow races: this shot may go by faster */
} live_cut;

/* Cuts fall on a footfall of whoever leads, where one is near: the eye is busy with it. */
static void to_footfall(const hm_race *race, live_cut *cut)
{
    double gap_s, best_s = FOOTFALL_S + 1e-9, move_s = 0;
    int32_t lead = cut->from.at == HM_AT_LEADER ? leader_at_m(race, cut->from.x_m, &gap_s) : -1;
    for (int32_t i = 0; lead >= 0 && i < race->lane[lead].n_step; i++) {
        double off_s = race->lane[lead].step[i].on_s - cut->from_s;
        if (fabs(off_s) < best_s) {
            best_s = fabs(off_s);
            move_s = off_s;
        }
    }
    cut->from.plus_s = floor(1000 * move_s + 0.5) / 1000;
    cut->from_s += cut->from.plus_s;
}

static int32_t list_cuts(const staging *c, hm_anchor first, double first_s, live_cut cut[])
{
    static const uint32_t clock = HM_OVERLAY_CLOCK;
    int32_t rig[N_SLOT] = {0, 1, 2};
    choose_middle(c, rig);
    live_cut all[] = {
        {"blocks", HM_RIG_BLOCKS, first, first_s, clock, 0.15, false},
        {"behind", HM_RIG_BEHIND, staging_leader(1.5), 0, clock | HM_OVERLAY_REACTIONS, 0.3, true},
        {"steps", HM_RIG_STEPS, staging_leader(9), 0, clock | HM_OVERLAY_REACTIONS, 0.5, true},
        {middle[rig[0]].name, middle[rig[0]].rig, staging_leader(slot_m[0]), 0,
         middle[rig[0]].overlays, 0.2, true},
        {middle[rig[1]].name, middle[rig[1]].rig, staging_leader(slot_m[1]), 0,
         middle[rig[1]].overlays, 0.2, true},
        {middle[rig[2]].name, middle[rig[2]].rig, staging_leader(slot_m[2]), 0,
         middle[rig[2]].overlays, 0.2, true},
        {"quarter", HM_RIG_QUARTER, staging_leader(slot_m[3]), 0,
         clock | HM_OVERLAY_ORDER | HM_OVERLAY_TAGS, 0.3, true},
        {"line", HM_RIG_LINE, staging_leader(87), 0, clock | HM_OVERLAY_SPEED, 0, false}};
    int32_t n = 0, n_all = (int32_t)(sizeof all / sizeof all[0]);
    for (int32_t i = 0; i < n_all; i++) {
        if (i > 0)
            all[i].from_s = shots_leader_s(c->race, all[i].from.x_m);
        if (i > 0)
            to_footfall(c->race, &all[i]);
        if (i == n_all - 1 && all[i].from_s < c->finish_s - LINE_MOST_S) {
            all[i].from = staging_at(HM_AT_FINISH, -LINE_MOST_S); /* walkers */
            all[i].from_s = c->finish_s - LINE_MOST_S;
        }
        bool is_room = i == 0 || (all[i].from_s >= cut[n - 1].from_s + LIVE_LEAST_S &&
                                  all[i].from_s <= c->finish_s - BEFORE_LINE_S);
        if (is_room)
            cut[n++] = all[i];
    }
    return n;
}

/* Race seconds per film second of the middle, so that the live part stays within its limit. */
static double hurry_rate(const live_cut cut[], int32_t n, double end_s)
{
    double live_s = end_s - cut[0].from_s, middle_s = 0;
    for (int32_t i = 0; i < n; i++)
        if (cut[i].may_hurry)
            middle_s += (i + 1 < n ? cut[i + 1].from_s : end_s) - cut[i].from_s;
    if (live_s <= LIVE_MOST_S || middle_s <= 0)
        return 1;
    double left_s = middle_s - (live_s - LIVE_MOST_S);
    return middle_s / (left_s > 4 ? left_s : 4);
}

static void add_live(staging *c, hm_anchor first, double first_s)
{
    live_cut cut[16];
    int32_t n = list_cuts(c, first, first_s, cut);
    double rate = hurry_rate(cut, n, c->finish_s + 1.5);
    for (int32_t i = 0; i < n; i++) {
        hm_anchor to = i + 1 < n ? cut[i + 1].from : staging_at(HM_AT_FINISH, 1.5);
        hm_shot *s =
            staging_add(c, cut[i].name, cut[i].rig, cut[i].from, to, HM_ROLE_ALL, cut[i].overlays);
        s->drift_frac = cut[i].drift_frac;
        s->rate = cut[i].may_hurry ? rate : 1;
        if (cut[i].rig == HM_RIG_QUARTER) {
            s->n_focus = 2;
            s->focus[0].role = s->focus[1].role = HM_ROLE_INTEREST;
        }
    }
}

/* ---- before and after ---- */

static void add_introduction(staging *c)
{
    staging_add(c, "crane", HM_RIG_CRANE, staging_at(HM_AT_GUN, -13.6),
                staging_at(HM_AT_GUN, -10.5), HM_ROLE_ALL, HM_OVERLAY_TITLE);
    double cards_s = CARD_S * c->n_runner < 2 ? 2 : CARD_S * c->n_runner;
    staging_add(c, "lanes", HM_RIG_LANES, staging_at(HM_AT_GUN, -9.2 - cards_s),
                staging_at(HM_AT_GUN, -9.2), HM_ROLE_ALL, HM_OVERLAY_LANE_CARD);
    hm_shot *s = staging_add(c, "breath", HM_RIG_BREATH, staging_at(HM_AT_SET, -1.9),
                             staging_at(HM_AT_SET, -0.2), HM_ROLE_INTEREST, HM_OVERLAY_NAME);
    s->drift_frac = 0.5;
}

/* When the second is at the line, so that what parted him from the first can still be read. */
static double second_s(const hm_race *race)
{
    double t_s = 0;
    for (int32_t i = 0; i < race->n_lane; i++)
        if (race->lane[i].place == 2 || (race->lane[i].place == 1 && t_s <= 0))
            t_s = 1e-6 * (double)race->lane[i].time_us;
    return t_s;
}

/* Somebody else whom it was about, when he too is home: his face after the winner's. */
static void add_answer(staging *c)
{
    hm_interest w = staging_interest(c->opts);
    int32_t best = -1, winner = shots_by_rank(c->race, 1);
    double most = 0, from_s = c->finish_s + 3.8, to_s = from_s + 2;
    for (int32_t i = 0; i < c->race->n_lane; i++) {
        double score = hm_interest_of(c->race, &w, i, from_s, to_s).score;
        if (camera_is_running(&c->race->lane[i]) && score > most)
            best = i, most = score;
    }
    if (best < 0 || best == winner || winner < 0 || c->race->lane[best].time_us <= 0 ||
        1e-6 * (double)c->race->lane[best].time_us > from_s - 1)
        return;
    hm_shot *s = staging_add(c, "answer", HM_RIG_FACE, staging_at(HM_AT_FINISH, 3.8),
                             staging_at(HM_AT_FINISH, 5.8), HM_ROLE_INTEREST, HM_OVERLAY_NAME);
    s->drift_frac = 0.5;
}

static void add_aftermath(staging *c)
{
    hm_shot *s = staging_add(c, "face", HM_RIG_FACE, staging_at(HM_AT_FINISH, 1.6),
                             staging_at(HM_AT_FINISH, 3.8), HM_ROLE_WINNER, HM_OVERLAY_NAME);
    s->drift_frac = 0.5;
    add_answer(c);
    if (c->n_finisher > 0) {
        double over_s = fmin(fmax(second_s(c->race) - c->finish_s + 0.3, 0.35), 0.8);
        s = staging_add(c, "replay", HM_RIG_REVERSE, staging_at(HM_AT_FINISH, -0.55),
                        staging_at(HM_AT_FINISH, over_s), HM_ROLE_ALL,
                        HM_OVERLAY_REPLAY | HM_OVERLAY_CLOCK |
                            (c->n_finisher > 1 ? HM_OVERLAY_MARGIN : 0));
        s->rate = 0.25;
    }
    int32_t pair[2];
    if (shots_closest(c->race, pair) == 2) {
        const hm_lane *a = &c->race->lane[pair[0]], *b = &c->race->lane[pair[1]];
        if (a->place > 1 && b->time_us - a->time_us <= PHOTO_US) {
            hm_anchor line = {HM_AT_LANE, a->lane, 100, -0.3},
                      over = {HM_AT_LANE, b->lane, 100, 0.2};
            s = staging_add(c, "closest", HM_RIG_REVERSE, line, over, HM_ROLE_CLOSEST,
                            HM_OVERLAY_REPLAY | HM_OVERLAY_TAGS);
            s->rate = 0.25;
        }
    }
    double from_s = fmax(c->last_s + 2.5, c->finish_s + 5) - c->last_s;
    staging_add(c, "wide", HM_RIG_WIDE, staging_at(HM_AT_LAST, from_s),
                staging_at(HM_AT_LAST, from_s + 6), HM_ROLE_ALL, HM_OVERLAY_BOARD);
}

hm_status hm_direct(const hm_race *race, const hm_direct_opts *opts, hm_arena *arena, hm_film *film,
                    hm_err *err)
{
    HM_ASSERT(opts->cookie == OPTS_COOKIE);
    staging c;
    HM_TRY(staging_begin(&c, race, opts, err));
    if (opts->cut != HM_CUT_RACE) {
        add_introduction(&c);
        add_live(&c, staging_at(HM_AT_SET, -0.2), HM_SET_S - 0.2);
        add_aftermath(&c);
    } else {
        add_live(&c, staging_at(HM_AT_GUN, -1), -1);
    }
    return staging_end(&c, arena, film, err);
}

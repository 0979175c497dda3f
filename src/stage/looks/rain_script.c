/* rain_script.c - what everybody does in the long shot besides the race: out of the gate in
 * jackets, to the baskets, strides, shaking out, to the blocks; and afterwards back to the line, a
 * hand, off. The camera's path asks the same script where they are. */
#include "rain_priv.h"
#include "shots_priv.h"

#include "base/rng.h"
#include "num/dmath.h"

/* Times before the gun and after the line, s. Own choice. */
#define OUT_S     (-135.5) /* the first leaves the gate */
#define EACH_S    1.75     /* and the next after him */
#define LATER_S   4.5      /* the last takes his time */
#define UNDRESS_S 5.2
#define STRIDE_S  (-101.0) /* the first stride begins */
#define AGAIN_S   (-55.0)  /* a second, of some */
#define READY_S   (-27.0)  /* back behind the blocks */
#define BASKET_M  (-14.35)
#define LINE_M    1.15 /* strides begin here */
#define ASIDE_M   0.44 /* past one's own blocks */

rain_place rain_place_of(const hm_race *race)
{
    int32_t n = 8;
    for (int32_t i = 0; i < race->n_lane; i++)
        n = race->lane[i].lane > n ? race->lane[i].lane : n;
    double left = hm_lane_centre_m(1) + 0.61, right = left - 1.22 * n;
    return (rain_place){.left_m = left,
                        .right_m = right,
                        .wall_m = right - 8.1,
                        .board_m = right - 6.5,
                        .gate_in_m = right - 6.25,
                        .gate_out_m = right - 2.3,
                        .gate_z_m = 4.6,
                        .exit_z_m = 108.0,
                        .tower_x_m = right - 5.6,
                        .tower_z_m = 31.0,
                        .coat_z_m = 11.0,
                        .drain_z_m = 77.0};
}

/* A number of this runner, 0 .. 1. */
static double own(const hm_race *race, const hm_lane *lane, uint32_t what)
{
    return hm_rng_unit(race->seed, HM_FOR_VENUE, 0x7261696eu + (uint64_t)lane->lane, what, 0);
}

typedef struct script {
    hm_errand *e;
    int32_t n;
} script;

static hm_errand *add(script *s, hm_deed deed)
{
    HM_ASSERT(s->n < RAIN_ERRAND_MAX);
    hm_errand *e = &s->e[s->n++];
    *e = (hm_errand){.deed = deed, .from_s = -1e9};
    return e;
}

static hm_errand *go(script *s, double x_m, double z_m, double speed_mps)
{
    hm_errand *e = add(s, HM_DEED_GO);
    e->x_m = x_m, e->z_m = z_m, e->speed_mps = speed_mps;
    return e;
}

static hm_errand *stay(script *s, hm_act act, double for_s)
{
    hm_errand *e = add(s, HM_DEED_STAY);
    e->act = act, e->for_s = for_s;
    return e;
}

static hm_errand *look_to(hm_errand *e, double face_rad)
{
    e->turns = true, e->face_rad = face_rad;
    return e;
}

/* Who leaves the gate when: the one whom the film is about comes last. */
static int32_t turn_of(const hm_race *race, int32_t i, int32_t hero)
{
    int32_t turn = 0, n = 0;
    for (int32_t k = 0; k < race->n_lane; k++) {
        if (race->lane[k].curve.n == 0)
            continue;
        n++;
        turn += k < i && k != hero;
    }
    return i == hero ? n - 1 : turn;
}

/* From the basket to the line, past the blocks. */
static void to_line(script *s, double x, double speed_mps)
{
    go(s, x + ASIDE_M, -2.4, speed_mps);
    go(s, x + ASIDE_M, 0.35, speed_mps);
    look_to(go(s, x, LINE_M, speed_mps), 0);
}

static void loosen(const hm_race *race, const hm_lane *l, script *s, uint32_t what)
{
    static const hm_act acts[4] = {HM_ACT_SHAKE_LEGS, HM_ACT_HOP, HM_ACT_REACH, HM_ACT_SHAKE_ARMS};
    static const double last_s[4] = {6.0, 3.4, 3.2, 4.0};
    int32_t k = (int32_t)(own(race, l, what) * 3.999);
    stay(s, acts[k], last_s[k]);
    k = (k + 1 + (int32_t)(own(race, l, what + 1) * 2.999)) % 4;
    stay(s, acts[k], last_s[k]);
}

int32_t rain_script_before(const hm_race *race, int32_t i, int32_t hero, double wait_z_m,
                           hm_errand list[RAIN_ERRAND_MAX], int32_t *undress, double *from_s,
                           double *x_m, double *z_m)
{
    const hm_lane *l = &race->lane[i];
    rain_place p = rain_place_of(race);
    script s = {list, 0};
    int32_t turn = turn_of(race, i, hero);
    double x = hm_lane_centre_m(l->lane), walk = 1.22 + 0.16 * own(race, l, 1);
    /* two abreast, the first at the mouth */
    *from_s = RAIN_FROM_S - 1;
    *x_m = p.gate_out_m - 0.5 - 0.86 * (turn / 2);
    *z_m = p.gate_z_m + (turn % 2 ? -0.52 : 0.52);
    hm_act cold = own(race, l, 2) < 0.55 ? HM_ACT_POCKETS : HM_ACT_NONE;
    hm_errand *e = stay(&s, cold, 0.5);
    e = stay(&s, cold, 0.1);
    e->from_s = OUT_S + EACH_S * turn + (i == hero ? LATER_S : 0);
    go(&s, p.gate_out_m + 0.5, p.gate_z_m + (turn % 2 ? -0.25 : 0.25), walk)->act = cold;
    /* along the outside of the lanes, past the blocks */
    go(&s, p.right_m - 0.75, 1.6, walk)->act = cold;
    go(&s, p.right_m - 0.55, -3.4, walk)->act = cold;
    go(&s, p.right_m + 0.3 + 0.45 * (x - p.right_m), -11.2 - 0.25 * (turn % 3), walk)->act = cold;
    e = look_to(go(&s, x - 0.10, BASKET_M, walk), -1.25);
    e->act = cold;
    stay(&s, HM_ACT_NONE, 0.8 + own(race, l, 3));
    *undress = s.n;
    stay(&s, HM_ACT_UNDRESS, UNDRESS_S);
    stay(&s, HM_ACT_NONE, 1.8);
    to_line(&s, x, 1.3);
    loosen(race, l, &s, 10);
    double first = i == hero ? STRIDE_S + 22 : STRIDE_S + 2.2 * turn;
    e = add(&s, HM_DEED_STRIDE);
    e->from_s = first, e->speed_mps = 7.4 + 0.8 * own(race, l, 4);
    e->reach_m = 30 + 5 * own(race, l, 5);
    stay(&s, own(race, l, 6) < 0.5 ? HM_ACT_HIPS : HM_ACT_NONE, 1.2);
    go(&s, x + 0.15, 14, 1.5);
    go(&s, x + ASIDE_M, 1.6, 1.5);
    bool again = i != hero && own(race, l, 7) < 0.55;
    if (again) {
        look_to(go(&s, x, LINE_M, 1.2), 0);
        loosen(race, l, &s, 20);
        e = add(&s, HM_DEED_STRIDE);
        e->from_s = AGAIN_S + 1.1 * turn, e->speed_mps = 6.2, e->reach_m = 16;
        go(&s, x + ASIDE_M, 5, 1.45);
    } else {
        look_to(go(&s, x, LINE_M, 1.2), 0);
        loosen(race, l, &s, 20);
        stay(&s, HM_ACT_SKY, 3.5);
        stay(&s, HM_ACT_NONE, 2)->from_s = READY_S - 12 + 0.7 * turn;
    }
    go(&s, x + ASIDE_M, 0.2, 1.2);
    go(&s, x + ASIDE_M, wait_z_m + 0.1, 1.2);
    look_to(go(&s, x, wait_z_m, 0.9), 0);
    return s.n;
}

/* The one who came second goes up to the first. */
static void give_hand(script *s, double x, double other, double h, double at_s)
{
    double side = other > x ? 1 : -1;
    hm_errand *e = look_to(stay(s, HM_ACT_NONE, 0.3), side * HM_PI / 2);
    e->from_s = at_s - 1.4;
    e = look_to(stay(s, HM_ACT_SHAKE_HAND, 3.0), side * HM_PI / 2);
    e->from_s = at_s;
    e->hand_m[0] = x + side * RAIN_HAND_M, e->hand_m[1] = 0.56 * h, e->hand_m[2] = RAIN_STAND_M;
}

static void leave(script *s, const rain_place *p, double x, double speed_mps)
{
    go(s, 0.5 * (x + p->right_m) - 1, p->exit_z_m - 2.5, speed_mps);
    go(s, p->gate_out_m + 0.8, p->exit_z_m, speed_mps);
    go(s, p->gate_in_m + 0.8, p->exit_z_m + 0.2, speed_mps);
}

static const hm_act spent[4] = {HM_ACT_HIPS, HM_ACT_HEAD, HM_ACT_KNEES, HM_ACT_FOLD};

int32_t rain_script_after(const hm_race *race, int32_t i, int32_t hero, double x_m, double z_m,
                          hm_errand list[RAIN_ERRAND_MAX])
{
    const hm_lane *l = &race->lane[i];
    rain_place p = rain_place_of(race);
    script s = {list, 0};
    double x = x_m, walk = 1.18 + 0.2 * own(race, l, 31);
    int32_t second = shots_by_rank(race, 2);
    double end_s = rain_last_s(race), meet_s = end_s + RAIN_MEET_S;
    if (i == hero && z_m > 100) {
        stay(&s, HM_ACT_ARMS_UP, 2.2);
        stay(&s, HM_ACT_SKY, 3.5);
        go(&s, x, RAIN_STAND_M + 6, 1.32);
        look_to(go(&s, x, RAIN_STAND_M, 1.15), -HM_PI * 0.85);
        stay(&s, HM_ACT_KNEES, 6.5);
        stay(&s, HM_ACT_NONE, 0.5);
        if (second >= 0 && race->lane[second].time_us > 0) {
            double o = hm_lane_centre_m(race->lane[second].lane) > x ? 1 : -1;
            give_hand(&s, x, x + o, l->stature_m, meet_s);
        }
        look_to(stay(&s, HM_ACT_HIPS, 3), -HM_PI * 0.9);
        stay(&s, HM_ACT_SKY, 6);
        stay(&s, HM_ACT_NONE, 1)->from_s = meet_s + 13.5;
        leave(&s, &p, x, 1.25);
        return s.n;
    }
    int32_t k = (int32_t)(own(race, l, 32) * 3.999);
    stay(&s, spent[k], 2.5 + 4 * own(race, l, 33));
    if (z_m < 100) { /* did not get there: stays where he is, long */
        stay(&s, HM_ACT_KNEES, 20);
        leave(&s, &p, x, 1.0);
        return s.n;
    }
    if (i == second) {
        const hm_lane *w = &race->lane[hero];
        double wx = hm_lane_centre_m(w->lane), side = x > wx ? 1 : -1;
        go(&s, x, RAIN_STAND_M + 5, walk)->act = HM_ACT_HIPS;
        look_to(go(&s, wx + side * 2 * RAIN_HAND_M, RAIN_STAND_M, 1.2), -side * HM_PI / 2);
        give_hand(&s, wx + side * 2 * RAIN_HAND_M, wx, w->stature_m, meet_s);
        stay(&s, HM_ACT_NONE, 1.2);
        leave(&s, &p, x, 1.3);
        return s.n;
    }
    hm_act tired = k == 2 ? HM_ACT_NONE : spent[k];
    go(&s, x, 112 + 10 * own(race, l, 34), walk)->act = tired;
    stay(&s, spent[(k + 1) % 4], 5 + 6 * own(race, l, 35));
    go(&s, x, 106 + 5 * own(race, l, 36), 1.15);
    stay(&s, HM_ACT_NONE, 2)->from_s = end_s + 44 + 16 * own(race, l, 37);
    leave(&s, &p, x, walk);
    return s.n;
}

double rain_last_s(const hm_race *race)
{
    return shots_finish_s(race, true);
}

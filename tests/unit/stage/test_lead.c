/* With closed eyes: from nothing but how loud each runner is at the ear, who leads at each 10 m and
 * when that changes, against the race's curves. */
#include "ht.h"

#include <stdlib.h>
#include <string.h>

#include "data/sheet.h"
#include "io/file.h"
#include "race/replay.h"
#include "stage/look.h"
#include "stage/shots.h"
#include "stage/sound.h"

enum { HZ = 48000, FRAME_MAX = 2000, GRID_HZ = 20 };

/* Gaps below this need not be heard: 0.15 m are 1.7 dB at 12 dB a metre. A listener tells 1 dB of
 * two sounds in a row (the classical difference limen, recalled), and the landings of one runner
 * differ by about half a dB among themselves over the ear's window of four steps. */
#define BOUND_M   0.15
#define CHANGE_M  0.25 /* who takes a lead of so much has passed: 2.6 dB */
#define CHANGE_DB 2.6
#define CHANGE_S  0.5
#define WINDOW_S  1.1 /* Hann: about five landings, the middle ones count most */
#define FROM_MARK 10.0

/* A leads to 30 m, B to 70 m, C wins: own invention within what runners do. */
static const char twice[] = "# meet: Own invention\n"
                            "lane,name,reaction_s,split_10_s,split_20_s,split_30_s,split_40_s,"
                            "split_50_s,split_60_s,split_70_s,split_80_s,split_90_s,time_s\n"
                            "2,A,0.13,1.83,2.87,3.85,4.83,5.82,6.82,7.83,8.85,9.88,10.92\n"
                            "4,B,0.15,1.90,2.92,3.86,4.76,5.65,6.54,7.46,8.41,9.39,10.40\n"
                            "7,C,0.17,1.98,3.03,3.99,4.90,5.78,6.64,7.49,8.33,9.18,10.04\n";

typedef struct heard {
    hm_arena a;
    hm_race race;
    hm_film film;
    int64_t n_frame, n_grid;
    hm_listener *ear;
    double *db[HM_LANE_MAX]; /* (n_grid) level of each lane, every 1 / GRID_HZ of the film */
} heard;

static void ok(hm_status s, const hm_err *err)
{
    if (s != HM_OK)
        fail_msg("%s: %s", err->field, err->msg);
}

static void race_of(heard *h, const char *name)
{
    hm_err err = {0};
    char path[512], *bytes = NULL;
    size_t n = strlen(twice);
    snprintf(path, sizeof path, "%s/races/%s.csv", getenv("HM_DATA_DIR"), name ? name : "");
    if (name)
        ok(hm_file_read(path, 1 << 20, &h->a, &bytes, &n, &err), &err);
    hm_sheet_opts so = hm_sheet_opts_default();
    hm_replay_opts ro = hm_replay_opts_default();
    hm_sheet sheet;
    ok(hm_sheet_parse("sheet", name ? bytes : twice, n, &so, &h->a, &sheet, &err), &err);
    ok(hm_race_replay(&sheet, &ro, &h->a, &h->race, &err), &err);
}

static void listen(heard *h)
{
    hm_err err = {0};
    hm_direct_opts d = hm_direct_opts_default();
    d.cut = HM_CUT_LOOK;
    d.look = "sound";
    ok(hm_look_direct(hm_look_find("sound"), &h->race, &d, &h->a, &h->film, &err), &err);
    h->n_frame = hm_film_frame_count(&h->film, 24);
    h->ear = HM_PUSH(&h->a, hm_listener, h->n_frame);
    for (int64_t k = 0; k < h->n_frame; k++) {
        hm_moment m;
        hm_film_at(&h->film, &h->race, (double)k / 24, &m);
        h->ear[k] = hm_listener_of(m.film_t_s, m.race_t_s, &m.camera, m.i_shot);
    }
}

/* Energy of both ears under a Hann window about each instant. */
static void measure(heard *h, int32_t i, const hm_audio *a)
{
    h->n_grid = a->n_sample * GRID_HZ / HZ;
    h->db[i] = HM_PUSH(&h->a, double, h->n_grid);
    enum { BIN = HZ / 200 };
    int64_t n_bin = a->n_sample / BIN, half = (int64_t)(0.5 * WINDOW_S * 200);
    double *bin = calloc((size_t)n_bin, sizeof *bin);
    for (int64_t k = 0; k < 2 * n_bin * BIN; k++)
        bin[k / (2 * BIN)] += (double)a->lr[k] * (double)a->lr[k];
    for (int64_t g = 0; g < h->n_grid; g++) {
        double sum = 1e-30;
        for (int64_t k = -half; k <= half; k++) {
            int64_t at = g * 200 / GRID_HZ + k;
            if (at >= 0 && at < n_bin)
                sum += bin[at] * (1 + cos(3.141592653589793 * (double)k / (double)half));
        }
        h->db[i][g] = 10 * log10(sum);
    }
    free(bin);
}

static heard hear(const char *name)
{
    heard h = {0};
    hm_err err = {0};
    hm_arena_init(&h.a, 0);
    race_of(&h, name);
    listen(&h);
    hm_sound_opts o = hm_sound_opts_default();
    hm_look_sound(hm_look_find("sound"), NULL, &o);
    for (int32_t i = 0; i < h.race.n_lane; i++) {
        hm_arena a;
        hm_audio audio;
        hm_arena_init(&a, 0);
        ok(hm_sound_stem(&h.race, h.n_frame, h.ear, &o, HM_STEM_STEPS, h.race.lane[i].lane, &a,
                         &audio, &err),
           &err);
        measure(&h, i, &audio);
        hm_arena_free(&a);
    }
    return h;
}

static double x_m(const heard *h, int32_t i, double t_s)
{
    return h->race.lane[i].curve.n ? hm_curve_x_m(&h->race.lane[i].curve, t_s) : -1;
}

static int32_t seen(const heard *h, double t_s)
{
    int32_t best = 0;
    for (int32_t i = 1; i < h->race.n_lane; i++)
        if (x_m(h, i, t_s) > x_m(h, best, t_s))
            best = i;
    return best;
}

/* The grid's index at a race time: the film is 1:1, its first frame tells the offset; sound needs
 * a fiftieth of a second more. */
static int64_t grid_at(const heard *h, double t_s)
{
    double film_s = t_s - h->ear[0].race_t_s + 0.02;
    return (int64_t)(film_s * GRID_HZ + 0.5);
}

static double level_db(const heard *h, int32_t i, double t_s)
{
    int64_t g = grid_at(h, t_s);
    return g >= 0 && g < h->n_grid ? h->db[i][g] : -300;
}

static int32_t loudest(const heard *h, double t_s)
{
    int32_t best = 0;
    for (int32_t i = 1; i < h->race.n_lane; i++)
        if (level_db(h, i, t_s) > level_db(h, best, t_s))
            best = i;
    return best;
}

static double leader_s(const heard *h, double at_m)
{
    double best = 1e9;
    for (int32_t i = 0; i < h->race.n_lane; i++) {
        double t = h->race.lane[i].curve.n ? hm_curve_time_s(&h->race.lane[i].curve, at_m) : -1;
        best = t > 0 && t < best ? t : best;
    }
    return best;
}

static int marks(const heard *h)
{
    int n = 0;
    for (double m = FROM_MARK; m <= 100; m += 10) {
        double t = leader_s(h, m);
        int32_t by_eye = seen(h, t), by_ear = loudest(h, t);
        double gap_m = x_m(h, by_eye, t) - x_m(h, by_ear, t);
        if (gap_m > BOUND_M)
            fail_msg("%.0f m: lane %d leads by %.2f m but lane %d is heard %.1f dB above", m,
                     h->race.lane[by_eye].lane, gap_m, h->race.lane[by_ear].lane,
                     level_db(h, by_ear, t) - level_db(h, by_eye, t));
        n += by_eye == by_ear;
    }
    return n;
}

typedef struct change {
    int32_t to;
    double at_s;
} change;

typedef double measure_fn(const heard *, int32_t, double);

/* Who is above all others by the bound, -1 = nobody is. */
static int32_t clear_of_all(const heard *h, measure_fn *value, double bound, double t_s)
{
    int32_t best = 0;
    for (int32_t i = 1; i < h->race.n_lane; i++)
        if (value(h, i, t_s) > value(h, best, t_s))
            best = i;
    for (int32_t i = 0; i < h->race.n_lane; i++)
        if (i != best && value(h, best, t_s) - value(h, i, t_s) <= bound)
            return -1;
    return best;
}

/* Who passes whom for good, by a measure of each lane over time: the lead is his who is the bound
 * above the old leader, and it changed when he drew level. It begins with the first clear lead. */
static int changes(const heard *h, measure_fn *value, double bound, change out[8])
{
    double from = leader_s(h, FROM_MARK), to = leader_s(h, 100);
    int32_t now = -1;
    double level[HM_LANE_MAX] = {0}; /* when each was last not above the leader */
    int n = 0;
    for (double t = from; t < to; t += 0.02) {
        int32_t next = now;
        if (now < 0)
            next = now = clear_of_all(h, value, bound, t);
        for (int32_t i = 0; now >= 0 && i < h->race.n_lane; i++) {
            double over = value(h, i, t) - value(h, now, t);
            if (over <= 0)
                level[i] = t;
            if (over > bound && value(h, i, t) >= value(h, next, t))
                next = i;
        }
        if (next != now && n < 8)
            out[n++] = (change){next, level[next]};
        now = next;
    }
    return n;
}

static void same_changes(const heard *h, int want)
{
    change by_eye[8], by_ear[8];
    int n = changes(h, x_m, CHANGE_M, by_eye), m = changes(h, level_db, CHANGE_DB, by_ear);
    assert_int_equal(n, want);
    assert_int_equal(m, n);
    for (int k = 0; k < n; k++) {
        assert_int_equal(by_ear[k].to, by_eye[k].to);
        ht_near(by_ear[k].at_s, by_eye[k].at_s, CHANGE_S, 0);
    }
}

static void check(const char *name, int changes_of_lead, int least)
{
    heard h = hear(name);
    assert_true(marks(&h) >= least);
    same_changes(&h, changes_of_lead);
    hm_arena_free(&h.a);
}

static void the_lead_is_heard_in_berlin_2009(void **state)
{
    (void)state;
    check("2009-berlin-men-100m-final", 0, 9);
}

static void the_lead_is_heard_in_rome_1987(void **state)
{
    (void)state;
    check("1987-rome-men-100m-final", 0, 9);
}

static void the_lead_is_heard_in_seoul_1988(void **state)
{
    (void)state;
    check("1988-seoul-women-100m-final", 0, 9);
}

static void the_lead_is_heard_on_a_school_field(void **state)
{
    (void)state;
    check("school-100m-by-age", 0, 9);
}

static void two_changes_of_the_lead_are_heard_in_time(void **state)
{
    (void)state;
    check(NULL, 2, 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_lead_is_heard_in_berlin_2009),
        cmocka_unit_test(the_lead_is_heard_in_rome_1987),
        cmocka_unit_test(the_lead_is_heard_in_seoul_1988),
        cmocka_unit_test(the_lead_is_heard_on_a_school_field),
        cmocka_unit_test(two_changes_of_the_lead_are_heard_in_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

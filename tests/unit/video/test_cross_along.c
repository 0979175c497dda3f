/* A runner who passes gates at a constant speed, with a false front before some: what a lane's
 * gates tell of each other; and the parabola that leaves out what is far off. */
#include "cross_priv.h"
#include "ht.h"

#include <string.h>

#include "base/rng.h"

enum { N_PLANE = 9, N_ROW = 60 };

static const double speed_mps = 10, first_x_m = 30, apart_m = 2.5, row_m = 0.03, top_m = 2.1;

typedef struct run {
    hm_marks marks;
    hm_marks_lane lane;
    hm_view view;
    hm_crossing_job job;
    double plane_x_m[N_PLANE];
    cross_state s;
    cross_plane plane[N_PLANE];
    cross_line line[N_PLANE];
    cross_event event[N_PLANE][3 * N_ROW];
    cross_cover cover[N_PLANE][N_ROW];
    hm_torso torso[N_PLANE];
} run;

static double passes_s(int i)
{
    return 1 + i * apart_m / speed_mps;
}

static void add_front(cross_line *l, double low_m, double high_m, double time_s)
{
    for (int32_t i = 0; i < l->n_row; i++)
        if (l->row[i].z_m > low_m && l->row[i].z_m < high_m)
            l->event[l->n_event++] =
                (cross_event){.row = (int16_t)i, .speed_mps = (float)speed_mps, .time_s = time_s};
}

/* A trunk, a head a little before it, and what they cover. */
static void add_body(cross_line *l, double time_s)
{
    add_front(l, 0.95, 1.46, time_s);
    add_front(l, 1.5, 1.76, time_s - 0.004);
    for (int32_t i = 0; i < l->n_row; i++)
        if (l->row[i].z_m > 0.95 && l->row[i].z_m < 1.76)
            l->cover[l->n_cover++] = (cross_cover){(int16_t)i, time_s - 0.004, time_s + 0.03};
}

static void set_up(run *r)
{
    memset(r, 0, sizeof *r);
    r->marks.n_lane = 1;
    r->lane.lane = 4;
    r->marks.lane = &r->lane;
    for (int i = 0; i < N_PLANE; i++) {
        cross_line *l = &r->line[i];
        r->plane_x_m[i] = l->x_m = first_x_m + i * apart_m;
        l->i_plane = i;
        l->n_row = N_ROW;
        l->event = r->event[i];
        l->cover = r->cover[i];
        for (int k = 0; k < N_ROW; k++) {
            l->row[k] = (cross_row){.v_px = k, .z_m = top_m - k * row_m};
            l->cover_on_s[k] = NAN;
        }
        add_body(l, passes_s(i));
        r->plane[i] = (cross_plane){.n_line = 1, .line = l};
        r->torso[i] =
            (hm_torso){.lane = 4, .x_m = l->x_m, .seen = true, .time_s = passes_s(i), .n_row = 17};
    }
    r->job = (hm_crossing_job){
        .marks = &r->marks, .view = &r->view, .n_plane = N_PLANE, .plane_x_m = r->plane_x_m};
    r->s = (cross_state){.job = &r->job, .n_plane = N_PLANE, .plane = r->plane};
}

static void a_false_front_gives_way_to_the_trunk_that_the_others_expect(void **state)
{
    (void)state;
    static run r;
    for (int wrong = 0; wrong < N_PLANE; wrong++) {
        set_up(&r);
        add_front(&r.line[wrong], 0.95, 1.40, passes_s(wrong) - 0.040);
        r.torso[wrong].time_s -= 0.040;
        cross_along(&r.s, r.torso);
        for (int i = 0; i < N_PLANE; i++)
            ht_near(r.torso[i].time_s, passes_s(i), 1e-6, 0);
    }
}

static void two_false_fronts_side_by_side_give_way_too(void **state)
{
    (void)state;
    static run r;
    set_up(&r);
    for (int i = 4; i < 6; i++)
        r.torso[i].time_s += 0.035;
    cross_along(&r.s, r.torso);
    for (int i = 0; i < N_PLANE; i++)
        ht_near(r.torso[i].time_s, passes_s(i), 1e-6, 0);
}

static void a_torso_that_was_not_seen_is_found_where_it_is_expected(void **state)
{
    (void)state;
    static run r;
    set_up(&r);
    r.torso[6].seen = false;
    cross_along(&r.s, r.torso);
    assert_true(r.torso[6].seen);
    ht_near(r.torso[6].time_s, passes_s(6), 1e-6, 0);
}

static void who_stays_out_of_step_is_doubted(void **state)
{
    (void)state;
    static run r;
    set_up(&r);
    r.line[3].n_event = r.line[3].n_cover = 0;
    add_body(&r.line[3], passes_s(3) - 0.1);
    r.torso[3].time_s -= 0.1;
    cross_along(&r.s, r.torso);
    ht_near(r.torso[3].time_s, passes_s(3) - 0.1, 1e-6, 0);
    ht_near(r.torso[3].budget.sampling_s, 0.1, 1e-3, 0);
    assert_true(r.torso[2].budget.sampling_s < 0.01);
}

static void few_gates_say_nothing_of_each_other(void **state)
{
    (void)state;
    static run r;
    set_up(&r);
    r.s.n_plane = 5;
    r.torso[2].time_s -= 0.040;
    cross_along(&r.s, r.torso);
    ht_near(r.torso[2].time_s, passes_s(2) - 0.040, 1e-9, 0);
}

/* ---- the parabola ---- */

static const cross_curve_opts shape = {
    .middle = 3, .unit = 2, .first_spread_s = 0.05, .least_spread_s = 1e-6};

static void points_of_another_thing_do_not_bend_the_parabola(void **state)
{
    (void)state;
    double x[12], t_s[12], weight[12];
    for (int i = 0; i < 12; i++) {
        x[i] = 0.5 * i;
        t_s[i] = 0.3 + 0.02 * x[i] - 0.004 * x[i] * x[i];
        weight[i] = 1;
    }
    t_s[2] -= 0.2;
    t_s[9] += 0.3;
    cross_curve c;
    assert_true(cross_curve_fit(12, x, t_s, weight, &shape, &c));
    ht_near(c.kept, 10, 0.01, 0);
    ht_near(cross_curve_at(&c, 7), 0.3 + 0.14 - 0.004 * 49, 1e-6, 0);
}

/* The scatter of the curve over many noisy runs is what cross_curve_sigma_s says of one. */
static void its_deviation_is_that_of_many_noisy_ones(void **state)
{
    (void)state;
    enum { RUNS = 2000, N = 40 };
    double x[N], t_s[N], weight[N], off2 = 0, said2 = 0;
    for (int run_no = 0; run_no < RUNS; run_no++) {
        for (int i = 0; i < N; i++) {
            double sum = 0; /* of 12 uniform numbers: nearly normal, SD 1 */
            for (int k = 0; k < 12; k++)
                sum += hm_rng_unit(1, HM_FOR_PHONE, (uint64_t)run_no, (uint32_t)i, (uint32_t)k);
            x[i] = 0.15 * i;
            t_s[i] = 1e-3 * (sum - 6);
            weight[i] = 1;
        }
        cross_curve c;
        assert_true(cross_curve_fit(N, x, t_s, weight, &shape, &c));
        double at = cross_curve_at(&c, 7), said = cross_curve_sigma_s(&c, 7);
        off2 += at * at;
        said2 += said * said;
    }
    ht_near(sqrt(said2 / off2), 1, 0, 0.15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_false_front_gives_way_to_the_trunk_that_the_others_expect),
        cmocka_unit_test(two_false_fronts_side_by_side_give_way_too),
        cmocka_unit_test(a_torso_that_was_not_seen_is_found_where_it_is_expected),
        cmocka_unit_test(who_stays_out_of_step_is_doubted),
        cmocka_unit_test(few_gates_say_nothing_of_each_other),
        cmocka_unit_test(points_of_another_thing_do_not_bend_the_parabola),
        cmocka_unit_test(its_deviation_is_that_of_many_noisy_ones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The synthetic camera: geometry against closed forms, times against the race, bytes against
 * themselves. */
#include "film_race.h"
#include "ht_race.h"
#include "phone_priv.h"

#include "io/optab.h"

static const char two_runners[] = "lane,name,reaction_s,time_s\n"
                                  "4,A,0.150,10.31\n"
                                  "5,B,0.140,10.34\n"
                                  "6,C,,DNS\n";

typedef struct clip {
    hm_arena arena;
    hm_race race;
    hm_phone *phone;
    const hm_clip_truth *truth;
} clip;

static hm_status open(clip *c, const char *const set[], double from_s, double to_s, int n_thread,
                      hm_err *err)
{
    hm_phone_opts o;
    hm_phone_film f = {.w_px = 320,
                       .h_px = 180,
                       .from_s = from_s,
                       .to_s = to_s,
                       .venue = hm_venue_opts_default(),
                       .n_thread = n_thread};
    *c = (clip){.truth = NULL};
    hm_arena_init(&c->arena, 1 << 20);
    ht_race_typed(two_runners, &c->arena, &c->race);
    hm_option_defaults(&hm_phone_table, &o);
    for (int i = 0; set && set[i]; i++)
        HM_TRY(hm_optab_set(&hm_phone_table, &o, set[i], &c->arena, err));
    HM_TRY(hm_phone_new(&c->race, &o, &f, &c->phone, err));
    return hm_phone_truth(c->phone, "x.mp4", &c->truth, err);
}

static void shut(clip *c)
{
    hm_phone_destroy(c->phone);
    hm_arena_free(&c->arena);
}

/* The camera of a truth file, by the book: x = K (R X + t), distorted. */
static void by_the_book(const hm_truth_camera *c, const double at_m[3], double px[2])
{
    double q[3];
    for (int i = 0; i < 3; i++)
        q[i] = c->t_m[i] + c->r[3 * i] * at_m[0] + c->r[3 * i + 1] * at_m[1] +
               c->r[3 * i + 2] * at_m[2];
    double x = q[0] / q[2], y = q[1] / q[2], r2 = x * x + y * y;
    double k = 1 + c->k1 * r2 + c->k2 * r2 * r2;
    px[0] = c->centre_u_px + c->focal_px * x * k;
    px[1] = c->centre_v_px + c->focal_px * y * k;
}

static void marks_lie_where_the_camera_of_the_truth_sees_them(void **state)
{
    (void)state;
    const char *const set[] = {"k1=-0.12",   "k2=0.03",    "yaw_deg=4",
                               "roll_deg=2", "shake_px=0", NULL};
    clip c;
    assert_int_equal(open(&c, set, 10.2, 10.25, 1, NULL), HM_OK);
    const hm_marks *m = &c.truth->marks;
    assert_true(m->n_point > 12);
    int32_t n_high = 0;
    for (int32_t i = 0; i < m->n_point; i++) {
        const double at_m[3] = {m->point[i].x_m, m->point[i].y_m, m->point[i].z_m};
        double px[2];
        by_the_book(&c.truth->camera, at_m, px);
        ht_near(px[0], m->point[i].u_px, 1e-6, 0);
        ht_near(px[1], m->point[i].v_px, 1e-6, 0);
        n_high += m->point[i].z_m > 1;
    }
    assert_true(n_high >= 2);
    shut(&c);
}

/* A camera square to the track, level, at 1 m: all by hand. Focal length = 160 / tan(20 deg). */
static void a_pole_stands_at_the_pixel_of_the_closed_form(void **state)
{
    (void)state;
    const char *const set[] = {
        "place=side", "x_m=50", "distance_m=10", "height_m=1", "hfov_deg=40", "pitch_deg=0", NULL};
    clip c;
    assert_int_equal(open(&c, set, 5, 5.1, 1, NULL), HM_OK);
    double f_px = 160 / hm_tan(20 * HM_PI / 180), depth_m = 10 - 0.45;
    int n = 0;
    for (int32_t i = 0; i < c.truth->marks.n_point; i++) {
        const hm_marks_point *p = &c.truth->marks.point[i];
        if (p->y_m > -0.4 || p->x_m < 47 || p->x_m > 53)
            continue;
        /* from the infield the runners go to the left */
        ht_near(p->u_px, 160 - f_px * (p->x_m - 50) / depth_m, 1e-3, 0);
        ht_near(p->v_px, 90 - f_px * (p->z_m - 1) / depth_m, 1e-3, 0);
        n++;
    }
    assert_int_equal(n, 2); /* foot and head of the pole at 50 m */
    shut(&c);
}

static void the_lens_is_undone_exactly(void **state)
{
    (void)state;
    hm_phone_opts o;
    phone_camera c;
    hm_option_defaults(&hm_phone_table, &o);
    o.k1 = -0.2, o.k2 = 0.05, o.x_m = 100, o.distance_m = 14, o.height_m = 5, o.hfov_deg = 60;
    assert_int_equal(phone_camera_make(&o, 8, 640, 360, 1, &c, NULL), HM_OK);
    for (int i = 0; i <= 8; i++)
        for (int k = 0; k <= 4; k++) {
            double u = 80.0 * i, v = 90.0 * k, us, vs;
            phone_straighten(&c, u, v, &us, &vs);
            double x = (us - 320) / c.f_px, y = (vs - 180) / c.f_px, r2 = x * x + y * y;
            double s = 1 + o.k1 * r2 + o.k2 * r2 * r2;
            ht_near(320 + c.f_px * x * s, u, 1e-9, 0);
            ht_near(180 + c.f_px * y * s, v, 1e-9, 0);
        }
    o.k1 = -0.6;
    o.hfov_deg = 110; /* folds before its corners */
    hm_err err = {0};
    assert_int_equal(phone_camera_make(&o, 8, 640, 360, 1, &c, &err), HM_ERR_USAGE);
    assert_string_equal(err.field, "k1");
}

static void torsos_cross_when_the_race_says(void **state)
{
    (void)state;
    clip c;
    assert_int_equal(open(&c, NULL, NAN, NAN, 1, NULL), HM_OK);
    const hm_clip_truth *t = c.truth;
    assert_int_equal(t->n_lane, 2);
    const double official[2] = {10.31, 10.34};
    for (int i = 0; i < 2; i++) {
        const hm_truth_lane *l = &t->lane[i];
        assert_int_equal(l->lane, 4 + i);
        const hm_truth_crossing *x = &l->crossing[l->n_crossing - 1];
        for (int32_t k = 0; k < l->n_crossing; k++)
            if (l->crossing[k].x_m == 100)
                x = &l->crossing[k];
        assert_true(x->x_m == 100);
        ht_near(x->race_s, official[i], 0.0015, 0);
        ht_near(x->clip_s, x->race_s - t->race_zero_s, 1e-12, 0);
    }
    /* from 0.6 s before the first to 0.6 s after the last */
    ht_near(t->race_zero_s, hm_curve_time_s(&c.race.lane[0].curve, 100) - 0.6, 1e-6, 0);
    ht_near(t->time_s[t->n_frame - 1], 1.2 + 0.03, 0.006, 0);
    shut(&c);
}

static void the_same_seed_gives_the_same_bytes_on_any_number_of_threads(void **state)
{
    (void)state;
    const char *const set[] = {"k1=-0.1",        "shake_px=1.5", "rain_frac=0.3",
                               "jitter_s=0.002", "fps=60",       NULL};
    const char *const other[] = {
        "k1=-0.1", "shake_px=1.5", "rain_frac=0.3", "jitter_s=0.002", "fps=60", "seed=2", NULL};
    uint64_t hash[3];
    for (int i = 0; i < 3; i++) {
        clip c;
        assert_int_equal(open(&c, i == 2 ? other : set, 10.2, 10.34, 1 + (i & 1), NULL), HM_OK);
        assert_int_equal(hm_phone_hash(c.phone, NULL, NULL, &hash[i], NULL), HM_OK);
        shut(&c);
    }
    assert_true(hash[0] == hash[1]);
    assert_true(hash[0] != hash[2]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_lie_where_the_camera_of_the_truth_sees_them),
        cmocka_unit_test(a_pole_stands_at_the_pixel_of_the_closed_form),
        cmocka_unit_test(the_lens_is_undone_exactly),
        cmocka_unit_test(torsos_cross_when_the_race_says),
        cmocka_unit_test(the_same_seed_gives_the_same_bytes_on_any_number_of_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The synthetic camera against brute force: what is in its pictures lies where the bodies are, at
 * the time at which each row is read; crossings agree with the photo finish, which cuts the same
 * bodies by other code. */
#include "ht_race.h"
#include "phone_priv.h"

#include "num/dmath.h"
#include "stage/photo.h"

static const char one_runner[] = "lane,name,reaction_s,time_s\n4,A,0.150,10.31\n";

enum { W_PX = 640, H_PX = 360 };

typedef struct clip {
    hm_arena arena;
    hm_race race;
    hm_phone *phone;
} clip;

/* A long lens at the finish: 7.5 mm a pixel, so a pixel is 0.7 ms. */
static void open(clip *c, double readout_s, double k1)
{
    hm_phone_opts o;
    hm_phone_film f = {.w_px = W_PX,
                       .h_px = H_PX,
                       .from_s = 10.2,
                       .to_s = 10.201,
                       .venue = hm_venue_opts_default(),
                       .n_thread = 1};
    *c = (clip){.phone = NULL};
    hm_arena_init(&c->arena, 1 << 20);
    ht_race_typed(one_runner, &c->arena, &c->race);
    hm_option_defaults(&hm_phone_table, &o);
    o.distance_m = 14, o.height_m = 5;
    o.fps = 100, o.hfov_deg = 14, o.noise_frac = 0, o.shutter_s = 1e-5, o.marks = false;
    o.readout_s = readout_s, o.k1 = k1, o.height_m = 5;
    assert_int_equal(hm_phone_new(&c->race, &o, &f, &c->phone, NULL), HM_OK);
}

static void shut(clip *c)
{
    hm_phone_destroy(c->phone);
    hm_arena_free(&c->arena);
}

/* The one image of the clip, taken at race time t_s: red, green, blue and nothing. */
static uint8_t *draw_at(clip *c, double t_s)
{
    const hm_picture *pic;
    uint8_t *copy = hm_arena_push(&c->arena, (size_t)W_PX * H_PX, 4);
    c->phone->clock.time_s[0] = t_s - c->phone->clock.race_zero_s;
    assert_int_equal(hm_phone_draw(c->phone, 0, 0, &pic, NULL), HM_OK);
    for (int y = 0; y < H_PX; y++)
        memcpy(copy + (size_t)y * W_PX * 4, pic->rgbx + (size_t)y * (size_t)pic->stride,
               (size_t)W_PX * 4);
    return copy;
}

static double difference(const uint8_t *a, const uint8_t *b, int x, int y)
{
    size_t at = 4 * ((size_t)y * W_PX + (size_t)x);
    double d = 0;
    for (size_t i = 0; i < 3; i++)
        d += fabs((double)a[at + i] - b[at + i]);
    return d;
}

/* Where a body begins in a row, from the left: half of its contrast two pixels on. NAN = nowhere */
static double edge_px(const uint8_t *pic, const uint8_t *place, int y)
{
    for (int x = 1; x < W_PX - 3; x++) {
        double inside = difference(pic, place, x + 2, y);
        if (inside < 60 || difference(pic, place, x, y) < 0.5 * inside)
            continue;
        double a = difference(pic, place, x - 1, y), b = difference(pic, place, x, y);
        return x + 0.5 - (b - 0.5 * inside) / fmax(b - a, 1);
    }
    return (double)NAN;
}

/* The foremost corner of the whole skin in the picture at race time t_s [px]. */
static double foremost_px(const hm_phone *p, double t_s)
{
    hm_arena a;
    phone_reel reel;
    double least = INFINITY;
    hm_arena_init(&a, 1 << 20);
    assert_int_equal(phone_reel_make(&p->cast.player[0], p->detail, t_s, t_s, &a, &reel, NULL),
                     HM_OK);
    for (int32_t i = 0; i < reel.mesh->n_vert; i++) {
        hm_vec3 q = phone_reel_at(&reel, i, t_s);
        const double at[3] = {(double)q.x, (double)q.y, (double)q.z};
        double u, v;
        if (phone_pixel(&p->cam, at, &u, &v) && v > 0 && v < H_PX)
            least = fmin(least, u);
    }
    hm_arena_free(&a);
    return least;
}

static void a_silhouette_begins_where_the_body_does(void **state)
{
    (void)state;
    clip c;
    open(&c, 0, -0.2);
    const uint8_t *place = draw_at(&c, -5);
    for (int k = 0; k < 12; k++) {
        double t_s = 10.24 + 0.005 * k, least = INFINITY;
        const uint8_t *pic = draw_at(&c, t_s);
        for (int y = 0; y < H_PX; y++) {
            double e = edge_px(pic, place, y);
            least = isnan(e) ? least : fmin(least, e);
        }
        double late_px = least - foremost_px(c.phone, t_s);
        assert_true(late_px > -0.1 && late_px < 0.5); /* the very tip is thinner than a row */
    }
    shut(&c);
}

static void a_row_shows_the_body_at_the_time_of_the_row(void **state)
{
    (void)state;
    const double readout_s = 0.009, mid_s = 10.29;
    clip c;
    int n_row = 0;
    open(&c, readout_s, 0);
    const uint8_t *place = draw_at(&c, -5), *rolling = draw_at(&c, mid_s);
    double sum = 0, skew = 0, worst = 0;
    for (int y = 60; y < 252; y += 12) {
        double delay_s = ((double)y / (H_PX - 1) - 0.5) * readout_s;
        c.phone->o.readout_s = 0;
        double whole = edge_px(draw_at(&c, mid_s + delay_s), place, y);
        double still = edge_px(draw_at(&c, mid_s), place, y);
        c.phone->o.readout_s = readout_s;
        double row = edge_px(rolling, place, y);
        if (isnan(whole) || isnan(row) || isnan(still))
            continue;
        double off = fabs(row - whole);
        worst = fmax(worst, off);
        sum += off;
        skew += fabs(row - still);
        n_row++;
    }
    assert_true(n_row >= 8);
    assert_true(worst < 0.15);
    assert_true(sum / n_row < 0.03); /* 0.02 ms */
    assert_true(skew / n_row > 1.5); /* which is not nothing */
    shut(&c);
}

static void the_trunk_leans_by_its_speed_times_the_read_out(void **state)
{
    (void)state;
    const double readout_s = 0.008, mid_s = 10.29;
    clip c;
    open(&c, readout_s, 0);
    const uint8_t *place = draw_at(&c, -5), *rolling = draw_at(&c, mid_s);
    c.phone->o.readout_s = 0;
    const uint8_t *whole = draw_at(&c, mid_s);
    /* the chest goes nearly as fast as the runner */
    hm_pose pose;
    hm_gait_pose(&c.phone->cast.player[0].gait, mid_s, &pose);
    double v_mps = hm_curve_v_mps(&c.race.lane[0].curve, mid_s);
    const double chest[3] = {(double)pose.com_m.x, (double)pose.com_m.y + 0.35,
                             (double)pose.com_m.z};
    const double ahead[3] = {chest[0], chest[1], chest[2] + 1};
    double u0, v0, u1, v1;
    assert_true(phone_pixel(&c.phone->cam, chest, &u0, &v0));
    assert_true(phone_pixel(&c.phone->cam, ahead, &u1, &v1));
    int y = (int)v0;
    double delay_s = ((double)y / (H_PX - 1) - 0.5) * readout_s;
    double moved = edge_px(rolling, place, y) - edge_px(whole, place, y);
    ht_near(moved, (u1 - u0) * v_mps * delay_s, 1.5, 0);
    shut(&c);
}

static void crossings_agree_with_the_photo_finish(void **state)
{
    (void)state;
    clip c;
    hm_photo photo;
    hm_photo_opts o = hm_photo_opts_default();
    phone_trunk trunk;
    open(&c, 0, 0);
    assert_int_equal(hm_photo_record(&c.phone->cast, &o, &c.arena, &photo, NULL), HM_OK);
    assert_int_equal(
        phone_trunk_make(&c.phone->cast.player[0], HM_DETAIL_NEAR, &c.arena, &trunk, NULL), HM_OK);
    double late_s = hm_photo_read_s(&photo, 0) - phone_crossing_s(&trunk, 100);
    assert_true(late_s >= -1e-6); /* not before it is there, and on the next line but one */
    assert_true(late_s <= 2.0 / o.line_hz);
    /* the root is a root: 0.01 ms before it no point is there, 0.01 ms after it one is */
    double t_s = phone_crossing_s(&trunk, 100);
    for (int side = 0; side < 2; side++) {
        hm_pose pose;
        float most = 0;
        hm_gait_pose(&trunk.player->gait, t_s + (side ? 1e-5 : -1e-5), &pose);
        hm_mesh_skin(&trunk.mesh, &pose, trunk.pos_m, NULL);
        for (int32_t i = 0; i < trunk.mesh.n_vert; i++)
            most = fmaxf(most, trunk.pos_m[i].z);
        assert_true(side ? most > 100.0f : most < 100.0f);
    }
    shut(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_silhouette_begins_where_the_body_does),
        cmocka_unit_test(a_row_shows_the_body_at_the_time_of_the_row),
        cmocka_unit_test(the_trunk_leans_by_its_speed_times_the_read_out),
        cmocka_unit_test(crossings_agree_with_the_photo_finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

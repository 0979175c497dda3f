/* Films of every look, small, from set to afterwards: none flashes (stage/flash.h). And one that
 * does flash is not written. */
#include "ht_race.h"

#include <stdio.h>
#include <unistd.h>

#include "stage/look.h"
#include "stage/shots.h"
#include "stage/show.h"

enum { W = 160, H = 90 };

static const char junior[] = "# event: 60 m\n"
                             "lane,name,sex,age,time_s\n"
                             "1,A,women,15.2,8.21\n2,B,women,14.6,8.34\n3,C,women,15.8,7.98\n"
                             "4,D,women,14.1,8.05\n5,E,women,15.5,8.12\n6,F,women,15.0,8.45\n";

static hm_film staged(const hm_race *race, const char *look, hm_arena *a)
{
    hm_direct_opts d = hm_direct_opts_default();
    hm_film f = {0};
    d.cut = HM_CUT_LOOK, d.look = look, d.w_px = W, d.h_px = H;
    assert_int_equal(hm_look_direct(hm_look_find(look), race, &d, a, &f, NULL), HM_OK);
    return f;
}

static hm_flash_report flashes_of(const hm_race *race, const hm_film *film,
                                  const hm_show_opts *opts)
{
    hm_show *show = NULL;
    uint64_t hash;
    assert_int_equal(hm_show_new(race, film, opts, &show, NULL), HM_OK);
    assert_int_equal(hm_show_hash(show, NULL, NULL, &hash, NULL), HM_OK);
    hm_flash_report r = *hm_show_flashes(show);
    hm_show_destroy(show);
    return r;
}

/* From the shot in which the gun goes on, for span_s. obsession: of the look smear, NAN = by the
 * race */
static void is_silent(const hm_race *race, const char *look, int32_t fps, double span_s,
                      double obsession)
{
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_film film = staged(race, look, &a);
    hm_show_opts o = hm_show_opts_default();
    o.w_px = W, o.h_px = H, o.fps = fps, o.look = look, o.n_thread = 2;
    for (int32_t i = film.n_shot - 1; i >= 0 && film.shot[i].race_to_s > 0; i--)
        o.from_s = film.shot[i].from_s;
    o.to_s = o.from_s + span_s < film.duration_s ? o.from_s + span_s : film.duration_s;
    double own[64];
    const hm_option_table *table = hm_look_table(hm_look_find(look));
    assert_true(table->size <= sizeof own);
    hm_option_defaults(table, own);
    if (obsession >= 0)
        memcpy((char *)own + hm_option_find(table, "obsession_frac")->offset, &obsession,
               sizeof obsession);
    o.look_own = own;
    hm_flash_report r = flashes_of(race, &film, &o);
    if (r.n > 0)
        fail_msg("%s at %d fps: frames %lld to %lld turn %d times in a second", look, fps,
                 (long long)r.flash[0].from, (long long)r.flash[0].to, r.flash[0].n_half);
    hm_arena_free(&a);
}

static void no_look_flashes_on_a_final(void **state)
{
    (void)state;
    hm_arena a;
    hm_race race;
    hm_arena_init(&a, 0);
    ht_race_shipped("2009-berlin-men-100m-final", &a, &race);
    for (int32_t i = 0; hm_look_at(i); i++)
        is_silent(&race, hm_look_name(hm_look_at(i)), 24, 15, NAN);
    hm_arena_free(&a);
}

static void near_looks_flash_on_no_race_and_at_no_frame_rate(void **state)
{
    (void)state;
    static const char *const look[] = {"elastic", "rotoscope", "smear"};
    hm_arena a;
    hm_race final, school, young;
    hm_arena_init(&a, 0);
    ht_race_shipped("2009-berlin-men-100m-final", &a, &final);
    ht_race_shipped("school-100m-by-age", &a, &school);
    ht_race_typed(junior, &a, &young);
    for (int i = 0; i < 3; i++) {
        is_silent(&final, look[i], 12, 15, NAN);
        is_silent(&final, look[i], 60, 7, NAN);
        is_silent(&school, look[i], 24, 15, NAN);
        is_silent(&young, look[i], 24, 15, NAN);
    }
    hm_arena_free(&a);
}

static void bodies_wholly_lost_do_not_flash(void **state)
{
    (void)state;
    hm_arena a;
    hm_race race;
    hm_arena_init(&a, 0);
    ht_race_shipped("2009-berlin-men-100m-final", &a, &race);
    is_silent(&race, "smear", 24, 13, 1);
    hm_arena_free(&a);
}

/* A camera that nods from the sky to the ground and back, N_KEY / 2 times in 3 s. */
static void a_film_that_flashes_is_not_written(void **state)
{
    (void)state;
    enum { N_KEY = 28 };
    hm_arena a;
    hm_race race;
    hm_arena_init(&a, 0);
    ht_race_shipped("2009-berlin-men-100m-final", &a, &race);
    hm_cam_key key[N_KEY];
    for (int i = 0; i < N_KEY; i++)
        key[i] = (hm_cam_key){.at_frac = i / (N_KEY - 1.0),
                              .eye_m = {-12, 2, 50},
                              .aim_m = {0, i % 2 ? 14 : -6, 50},
                              .vfov_deg = 30};
    hm_shot shot = {.name = "nods",
                    .look = "",
                    .from = {.at = HM_AT_GUN, .plus_s = -5},
                    .to = {.at = HM_AT_GUN, .plus_s = -2},
                    .rate = 1,
                    .rig = HM_RIG_KEYS,
                    .n_key = N_KEY,
                    .key = key,
                    .n_focus = 1,
                    .focus = {{HM_ROLE_WINNER, 0}}};
    hm_film film = {.look = "broadcast",
                    .w_px = W,
                    .h_px = H,
                    .fps = 24,
                    .seed = 1,
                    .n_shot = 1,
                    .shot = &shot};
    hm_err err = {0};
    if (hm_film_bind(&film, &race, &a, &err) != HM_OK)
        fail_msg("%s: %s", err.field, err.msg);
    hm_show_opts o = hm_show_opts_default();
    o.w_px = W, o.h_px = H, o.n_hold = 1;
    o.venue.kind = HM_VENUE_SCHOOL;
    hm_flash_report r = flashes_of(&race, &film, &o);
    assert_int_equal(r.n, 1);
    assert_false(r.flash[0].red);
    assert_true(r.flash[0].n_half > 6);
    o.refuse_flashes = true;
    hm_show *show = NULL;
    hm_encode_opts e = hm_encode_opts_default();
    e.w_px = W, e.h_px = H;
    char dir[] = "/tmp/hm-flash-XXXXXX", path[64];
    assert_non_null(mkdtemp(dir));
    snprintf(path, sizeof path, "%s/film.mp4", dir);
    assert_int_equal(hm_show_new(&race, &film, &o, &show, NULL), HM_OK);
    assert_int_equal(hm_show_film(show, &e, path, NULL, NULL, NULL), HM_ERR_CHECK);
    assert_int_equal(rmdir(dir), 0); /* nothing is in it */
    hm_show_destroy(show);
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_look_flashes_on_a_final),
        cmocka_unit_test(near_looks_flash_on_no_race_and_at_no_frame_rate),
        cmocka_unit_test(bodies_wholly_lost_do_not_flash),
        cmocka_unit_test(a_film_that_flashes_is_not_written),
    };
    return cmocka_run_group_tests_name("stage/flash_looks", tests, NULL, NULL);
}

/* What stands still stays still: under a camera on a stand no pixel of the place changes from one
 * drawing to the next when a look's boil and weather are off, and little does when they are on. */
#include "film_race.h"
#include "ht.h"

#include <string.h>

#include "stage/look.h"
#include "stage/shots.h"
#include "stage/show.h"

enum { W = 192, H = 108, N_DRAWING = 4 };

/* What of a look moves by intent, with the largest mean and the largest share of changed pixels
 * (more than 8 of 255) from drawing to drawing when it is on. */
typedef struct still_look {
    const char *look;
    const char *off[6]; /* options that are 0 for the exact test */
    double mean, share;
    double off_mean; /* what is left of it with these off: light in the dark that breathes */
} still_look;

static const still_look LOOKS[] = {
    {"broadcast", {NULL}, 0, 0, 0},
    {"elastic", {"boil_px", "friend_frac", "dust_frac", NULL}, 0.25, 0.02, 0},
    {"rotoscope", {"boil_px", "shift_px", "grain_frac", NULL}, 0.25, 0.02, 0},
    {"smear", {"obsession_frac", NULL}, 0, 0, 0},
    {"sound", {"mist_frac", "light_frac", NULL}, 0.25, 0.02, 0.1},
    {"rain", {"drops_frac", "wet_frac", "ripple_frac", NULL}, 4.0, 0.30, 0},
};
enum { N_LOOK = sizeof LOOKS / sizeof LOOKS[0] };

/* A lane's middle of the way before the gun, nobody there: ground, lines, what stands beyond. */
static hm_film stand(const hm_race *r, const char *look, const double at_m[2][3], double from_s,
                     hm_arena *a)
{
    hm_cam_key *key = HM_PUSH(a, hm_cam_key, 1);
    *key = (hm_cam_key){.vfov_deg = 34};
    memcpy(key->eye_m, at_m[0], sizeof key->eye_m);
    memcpy(key->aim_m, at_m[1], sizeof key->aim_m);
    hm_shot *shot = HM_PUSH(a, hm_shot, 1);
    *shot = (hm_shot){.name = "still",
                      .look = "",
                      .from = {.at = HM_AT_GUN, .plus_s = from_s},
                      .to = {.at = HM_AT_GUN, .plus_s = from_s + 1},
                      .rate = 1,
                      .rig = HM_RIG_KEYS,
                      .n_key = 1,
                      .key = key,
                      .n_focus = 1,
                      .focus = {{HM_ROLE_WINNER, 0}}};
    hm_film f = {
        .look = look, .w_px = W, .h_px = H, .fps = 24, .seed = 1, .n_shot = 1, .shot = shot};
    hm_err e = {0};
    assert_int_equal(hm_film_bind(&f, r, a, &e), HM_OK);
    return f;
}

typedef struct drawings {
    uint8_t rgbx[N_DRAWING][H][W][4];
} drawings;

static void draw(const hm_race *r, const hm_film *f, hm_venue_kind venue, const still_look *l,
                 bool off, hm_arena *a, drawings *out)
{
    const hm_option_table *table = hm_look_table(hm_look_find(l->look));
    void *own = hm_arena_push(a, table->size, 1);
    hm_option_defaults(table, own);
    for (int i = 0; off && i < 6 && l->off[i]; i++) {
        const hm_option *row = hm_option_find(table, l->off[i]);
        assert_non_null(row);
        double zero = 0;
        memcpy((char *)own + row->offset, &zero, sizeof zero);
    }
    hm_show_opts o = hm_show_opts_default();
    o.w_px = W, o.h_px = H, o.n_hold = 1, o.overlays = false, o.look = l->look, o.look_own = own;
    o.venue.kind = venue;
    hm_show *show = NULL;
    hm_err e = {0};
    assert_int_equal(hm_show_new(r, f, &o, &show, &e), HM_OK);
    for (int k = 0; k < N_DRAWING; k++) {
        const hm_picture *pic;
        assert_int_equal(hm_show_draw_at(show, 0, 0.2 + k / 24.0, &pic, &e), HM_OK);
        for (int y = 0; y < H; y++)
            memcpy(out->rgbx[k][y], pic->rgbx + (size_t)y * (size_t)pic->stride,
                   sizeof out->rgbx[k][y]);
    }
    hm_show_destroy(show);
}

/* Mean change of a channel and share of pixels that change by more than 8, largest over the pairs.
 */
static void change_of(const drawings *d, double *mean, double *share)
{
    *mean = *share = 0;
    for (int k = 0; k + 1 < N_DRAWING; k++) {
        double sum = 0;
        int n = 0;
        for (int y = 0; y < H; y++)
            for (int x = 0; x < W; x++) {
                int most = 0;
                for (int c = 0; c < 3; c++) {
                    int off = abs((int)d->rgbx[k][y][x][c] - (int)d->rgbx[k + 1][y][x][c]);
                    sum += off;
                    most = off > most ? off : most;
                }
                n += most > 8;
            }
        *mean = fmax(*mean, sum / (3.0 * W * H));
        *share = fmax(*share, (double)n / (W * H));
    }
}

static hm_race one_runner(hm_arena *a)
{
    hm_race r = film_race(a, FILM_RACE_TEN);
    r.n_lane = 1;
    return r;
}

static void still_areas_change_within_the_intended_boil(void **state)
{
    (void)state;
    static drawings d;
    static const double at_m[2][3] = {{-11, 1.4, 55}, {10, 1.0, 56}};
    for (int i = 0; i < N_LOOK; i++)
        for (int off = 1; off >= 0; off--) {
            hm_arena a;
            hm_arena_init(&a, 0);
            hm_race r = one_runner(&a);
            hm_film f = stand(&r, LOOKS[i].look, at_m, -3, &a);
            draw(&r, &f, HM_VENUE_SCHOOL, &LOOKS[i], off, &a, &d);
            double mean, share;
            change_of(&d, &mean, &share);
            if (mean > (off ? LOOKS[i].off_mean : LOOKS[i].mean) ||
                share > (off ? 0 : LOOKS[i].share))
                fail_msg("%s%s: mean change %.3f, %.2f %% of the pixels", LOOKS[i].look,
                         off ? ", all off" : "", mean, 100 * share);
            hm_arena_free(&a);
        }
}

/* A crowd moves; it does not flicker. Held backgrounds hold it too. */
static void a_crowd_that_cheers_does_not_flicker(void **state)
{
    (void)state;
    static drawings d;
    static const double at_m[2][3] = {{14, 1.6, 55}, {-30, 6, 62}};
    for (int i = 0; i < N_LOOK - 2; i++) {
        hm_arena a;
        hm_arena_init(&a, 0);
        hm_race r = one_runner(&a);
        hm_film f = stand(&r, LOOKS[i].look, at_m, 9, &a);
        draw(&r, &f, HM_VENUE_STADIUM, &LOOKS[i], true, &a, &d);
        double mean, share;
        change_of(&d, &mean, &share);
        bool held = strcmp(LOOKS[i].look, "rotoscope") == 0;
        if (mean > (held ? 0 : 0.15) || share > (held ? 0 : 0.004))
            fail_msg("%s: mean change %.3f, %.2f %% of the pixels", LOOKS[i].look, mean,
                     100 * share);
        hm_arena_free(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(still_areas_change_within_the_intended_boil),
        cmocka_unit_test(a_crowd_that_cheers_does_not_flicker),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

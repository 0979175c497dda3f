/* What contacts tell of each other: hips at a known speed, contacts set by hand. */
#include "ht.h"
#include "steps_priv.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"

enum { N_FRAME = 720, N_MOST = 12 };
#define FPS          240.0
#define EVERY_S      0.24
#define STEP_TO_STEP 0.04 /* [1], as in steps_along.c: what contacts vary by */

typedef struct clip {
    steps_scene scene;
    hm_track_person person;
    hm_track_frame frame[N_FRAME]; /* all by a net */
    double time_s[N_FRAME], hip_m[N_FRAME];
    hm_contact contact[N_MOST];
} clip;

/* n contacts of so long, their ends with these standard deviations of their own; hips at 8 m/s, or
 * from the middle of the clip on at 10. */
static void make(clip *c, int n, double length_s, double on_sd_s, double off_sd_s, bool is_faster)
{
    memset(c, 0, sizeof *c);
    for (int i = 0; i < N_FRAME; i++) {
        c->time_s[i] = i / FPS;
        double later_s = fmax(0, c->time_s[i] - 1.44);
        c->hip_m[i] = 8 * c->time_s[i] + (is_faster ? 2 * later_s : 0);
    }
    c->person = (hm_track_person){.n_frame = N_FRAME, .frame = c->frame};
    c->scene = (steps_scene){.person = &c->person,
                             .n = N_FRAME,
                             .time_s = c->time_s,
                             .hip_m = c->hip_m,
                             .dt_s = 1 / FPS};
    c->scene.toe[HM_SIDE_LEFT].by_net = c->scene.toe[HM_SIDE_RIGHT].by_net = true;
    for (int k = 0; k < n; k++) {
        double on_s = 0.06 + k * EVERY_S;
        hm_contact *at = &c->contact[k];
        at->side = k % 2 ? HM_SIDE_RIGHT : HM_SIDE_LEFT;
        at->first = (int32_t)(on_s * FPS);
        at->last = (int32_t)((on_s + length_s) * FPS);
        at->on_s = (hm_measured){on_s, hypot(on_sd_s, STEPS_ON_SHARED_S)};
        at->off_s = (hm_measured){on_s + length_s, hypot(off_sd_s, STEPS_OFF_SHARED_S)};
        at->contact_s = (hm_measured){length_s, hypot(at->on_s.sigma, at->off_s.sigma)};
    }
}

static void set_length(hm_contact *c, double length_s)
{
    c->off_s.is = c->on_s.is + length_s;
    c->contact_s.is = length_s;
}

static void along(clip *c, int n)
{
    hm_arena a;
    hm_arena_init(&a, 0);
    assert_true(steps_along(&c->scene, &a, c->contact, n));
    hm_arena_free(&a);
}

/* Two measurements of one length: the ends' own and the prediction, by their variances; the ends
 * part the difference by theirs. */
static void a_contact_is_weighed_with_what_the_others_say(void **state)
{
    (void)state;
    static clip c;
    const double on_sd = 0.008, off_sd = 0.006, length = 0.120, own = 0.130;
    make(&c, 9, length, on_sd, off_sd, false);
    set_length(&c.contact[4], own);
    double was_on_s = c.contact[4].on_s.is, was_off_s = c.contact[4].off_s.is;
    along(&c, 9);
    /* eight others, each sure to the ends' deviations and what contacts vary by */
    double both2 = on_sd * on_sd + off_sd * off_sd, vary2 = STEP_TO_STEP * STEP_TO_STEP;
    double others2 = (both2 / (length * length) + vary2) / 8 + vary2;
    double said2 = length * length * others2, gain = both2 / (both2 + said2);
    ht_near(c.contact[4].contact_s.is, own + gain * (length - own), 1e-9, 0);
    double shared_s = hypot(STEPS_ON_SHARED_S, STEPS_OFF_SHARED_S);
    ht_near(c.contact[4].contact_s.sigma, hypot(sqrt(both2 * said2 / (both2 + said2)), shared_s),
            1e-9, 0);
    double moved_s = gain * (own - length);
    ht_near(c.contact[4].on_s.is - was_on_s, moved_s * 0.64, 1e-9, 0);
    ht_near(was_off_s - c.contact[4].off_s.is, moved_s * 0.36, 1e-9, 0);
    assert_true(c.contact[4].on_s.sigma < hypot(on_sd, STEPS_ON_SHARED_S));
    assert_true(c.contact[4].off_s.sigma < hypot(off_sd, STEPS_OFF_SHARED_S));
}

static void who_is_far_out_of_step_hardly_counts(void **state)
{
    (void)state;
    static clip c;
    make(&c, 9, 0.120, 0.008, 0.006, false);
    set_length(&c.contact[0], 0.200);
    along(&c, 9);
    ht_near(c.contact[0].contact_s.is, 0.120, 0.001, 0);
    for (int k = 1; k < 9; k++) /* nor does he mislead the others */
        ht_near(c.contact[k].contact_s.is, 0.120, 1e-9, 0);
}

/* The same runner, faster: contacts are shorter by the power of the speed, and left so. */
static void contacts_of_another_speed_are_compared_at_one(void **state)
{
    (void)state;
    static clip c;
    make(&c, 12, 0.120, 0.008, 0.006, true);
    double fast_s = 0.120 * pow(8.0 / 10, 0.85);
    for (int k = 6; k < 12; k++)
        set_length(&c.contact[k], fast_s);
    along(&c, 12);
    for (int k = 0; k < 12; k++)
        if (k != 5 && k != 6) /* whose hips change their speed meanwhile */
            ht_near(c.contact[k].contact_s.is, k < 6 ? 0.120 : fast_s, 1e-3, 0);
}

static void what_a_hand_has_marked_or_is_alone_stays(void **state)
{
    (void)state;
    static clip c;
    make(&c, 9, 0.120, 0.008, 0.006, false);
    set_length(&c.contact[4], 0.150);
    c.frame[c.contact[4].first + 3].point[HM_POINT_TOE_L].source = HM_SEEN_HAND;
    along(&c, 9);
    ht_near(c.contact[4].contact_s.is, 0.150, 0, 0);
    make(&c, 9, 0.120, 0.008, 0.006, false);
    c.scene.toe[HM_SIDE_LEFT].by_net = false; /* drawn points, say */
    set_length(&c.contact[4], 0.150);
    along(&c, 9);
    ht_near(c.contact[4].contact_s.is, 0.150, 0, 0);
    make(&c, 3, 0.120, 0.008, 0.006, false);
    set_length(&c.contact[1], 0.150);
    along(&c, 3);
    ht_near(c.contact[1].contact_s.is, 0.150, 0, 0);
    make(&c, 9, 0.120, 0.008, 0.006, false);
    c.contact[0].on_s = c.contact[0].contact_s = (hm_measured){NAN, NAN};
    along(&c, 9);
    assert_true(isnan(c.contact[0].on_s.is) && isnan(c.contact[0].contact_s.is));
    ht_near(c.contact[1].contact_s.is, 0.120, 1e-9, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_contact_is_weighed_with_what_the_others_say),
        cmocka_unit_test(who_is_far_out_of_step_hardly_counts),
        cmocka_unit_test(contacts_of_another_speed_are_compared_at_one),
        cmocka_unit_test(what_a_hand_has_marked_or_is_alone_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

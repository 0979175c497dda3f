#include "film_steps.h"
#include "ht.h"

#include <stdlib.h>

#include "base/hash.h"
#include "stage/director.h"
#include "stage/score.h"

/* The race of each test, its film, its score. */
typedef struct rig {
    hm_arena a;
    hm_race race;
    hm_film film;
    hm_score_opts o;
    hm_score s;
} rig;

static void rig_direct(rig *g, hm_cut cut)
{
    hm_err err = {0};
    hm_direct_opts o = hm_direct_opts_default();
    o.cut = cut;
    if (hm_direct(&g->race, &o, &g->a, &g->film, &err) != HM_OK)
        fail_msg("%s", err.msg);
}

static void rig_compose(rig *g)
{
    hm_err err = {0};
    if (hm_score_compose(&g->race, &g->film, &g->o, &g->a, &g->s, &err) != HM_OK)
        fail_msg("%s", err.msg);
}

static rig rig_new(film_race_kind kind, hm_cut cut)
{
    rig g = {0};
    hm_arena_init(&g.a, 0);
    g.race = film_race_stepping(&g.a, kind);
    g.o = hm_score_opts_default();
    rig_direct(&g, cut);
    rig_compose(&g);
    return g;
}

static void rig_free(rig *g)
{
    hm_arena_free(&g->a);
}

/* Two in lanes 4 and 5: even speeds, so that who leads when has a closed form. The second begins
 * later and is faster; he passes at cross_m. */
static void even_runner(rig *g, hm_lane *l, double start_s, double v_mps)
{
    for (int32_t i = 0; i < l->curve.n; i++) {
        double t = i * l->curve.dt_s - start_s;
        l->curve.x_m[i] = t > 0 ? v_mps * t : 0;
        l->curve.v_mps[i] = t > 0 ? v_mps : 0;
    }
    l->curve.v_mps[0] = 0;
    l->top_speed_mps = v_mps;
    l->time_us = (int64_t)(1e6 * (start_s + 100 / v_mps) + 0.5);
    l->n_step = 0;
    film_steps(&g->a, l);
}

static rig rig_crossing(double cross_m)
{
    rig g = {0};
    hm_arena_init(&g.a, 0);
    g.race = film_race_stepping(&g.a, FILM_RACE_EIGHT);
    g.race.lane += 3;
    g.race.n_lane = 2;
    even_runner(&g, &g.race.lane[0], 0.2, 9.5);
    /* x = 9.5 (t - 0.2) = 10 (t - s) at cross_m */
    even_runner(&g, &g.race.lane[1], 0.2 + cross_m / 9.5 - cross_m / 10.0, 10.0);
    film_race_rank(&g.race);
    g.o = hm_score_opts_default();
    rig_direct(&g, HM_CUT_RACE);
    rig_compose(&g);
    return g;
}

/* ---- time ---- */

/* Film times of all footfalls of all runners that the film shows, by the shots alone. */
static bool is_footfall(const rig *g, int32_t lane, double at_s, double tol_s)
{
    for (int32_t k = 0; k < g->film.n_shot; k++) {
        const hm_shot *shot = &g->film.shot[k];
        if (at_s < shot->from_s - tol_s || at_s > shot->to_s + tol_s)
            continue;
        double race_s = shot->race_from_s + shot->rate * (at_s - shot->from_s);
        for (int32_t i = 0; i < g->race.n_lane; i++) {
            const hm_lane *l = &g->race.lane[i];
            for (int32_t j = 0; (lane == 0 || l->lane == lane) && j < l->n_step; j++)
                if (fabs(l->step[j].on_s - race_s) < tol_s * shot->rate)
                    return true;
        }
    }
    return false;
}

static bool is_running(hm_score_kind k)
{
    return k == HM_SCORE_DRUMS || k == HM_SCORE_THEME || k == HM_SCORE_LAST || k == HM_SCORE_REPLAY;
}

static void every_drum_stroke_of_the_race_is_a_footfall(void **state)
{
    (void)state;
    static const film_race_kind kinds[] = {FILM_RACE_EIGHT, FILM_RACE_ONE, FILM_RACE_GAPS,
                                           FILM_RACE_SCHOOL, FILM_RACE_SLOW};
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++)
        for (int cut = 0; cut < 2; cut++) {
            rig g = rig_new(kinds[k], cut ? HM_CUT_RACE : HM_CUT_BROADCAST);
            int64_t n = 0;
            for (int64_t i = 0; i < g.s.n_note; i++) {
                const hm_score_note *x = &g.s.note[i];
                if ((x->part != HM_SCORE_PART_DRUMS && x->part != HM_SCORE_PART_TAIKO) ||
                    !is_running(hm_score_kind_at(&g.s, x->on_s)))
                    continue;
                assert_true(is_footfall(&g, 0, x->on_s, 0.0005));
                n++;
            }
            assert_true(n > 40 || g.s.n_beat < 10); /* the slow have no steps in this film */
            rig_free(&g);
        }
}

static void beats_are_the_focus_runners_footfalls(void **state)
{
    (void)state;
    rig g = rig_new(FILM_RACE_EIGHT, HM_CUT_RACE);
    assert_int_equal(g.s.focus_lane, 4); /* 9.58 */
    const hm_lane *l = &g.race.lane[3];
    int32_t n = 0;
    for (int32_t i = 0; i < l->n_step; i++) {
        double t = l->step[i].on_s;
        if (t >= 9.58)
            break;
        ht_near(g.s.beat[n].at_s, 1 + t, 1e-9, 0); /* the film begins 1 s before the gun */
        n++;
    }
    assert_int_equal(n, g.s.n_beat);
    g.o.focus_lane = 7;
    rig_compose(&g);
    assert_int_equal(g.s.focus_lane, 7);
    for (int32_t i = 0; i < g.s.n_beat; i++)
        assert_true(is_footfall(&g, 7, g.s.beat[i].at_s, 1e-6));
    rig_free(&g);
}

static void every_footfall_is_struck(void **state)
{
    (void)state;
    rig g = rig_new(FILM_RACE_EIGHT, HM_CUT_RACE);
    assert_true(g.s.n_beat > 35);
    for (int32_t i = 0; i < g.s.n_beat; i++) {
        bool struck = false;
        for (int64_t k = 0; k < g.s.n_note; k++)
            struck |= (g.s.note[k].part == HM_SCORE_PART_TAIKO ||
                       g.s.note[k].part == HM_SCORE_PART_DRUMS) &&
                      fabs(g.s.note[k].on_s - g.s.beat[i].at_s) < 1e-6;
        assert_true(struck);
    }
    rig_free(&g);
}

static void slow_motion_slows_the_drums(void **state)
{
    (void)state;
    rig g = rig_new(FILM_RACE_EIGHT, HM_CUT_BROADCAST);
    int n = 0;
    for (int32_t k = 0; k < g.film.n_shot; k++) {
        const hm_shot *shot = &g.film.shot[k];
        double last_s = -1;
        for (int64_t i = 0; i < g.s.n_note; i++) {
            const hm_score_note *x = &g.s.note[i];
            if (shot->rate > 0.5 || x->part != HM_SCORE_PART_TAIKO || x->on_s < shot->from_s ||
                x->on_s >= shot->to_s)
                continue;
            if (last_s >= 0) { /* a quarter of the speed, 4.6 steps/s */
                ht_near(x->on_s - last_s, 4 / 4.6, 0.02, 0);
                n++;
            }
            last_s = x->on_s;
        }
    }
    assert_true(n >= 3);
    rig_free(&g);
}

static void nothing_sounds_outside_the_film(void **state)
{
    (void)state;
    for (int kind = 0; kind < FILM_RACE_KINDS; kind++)
        for (int cut = 0; cut < 2; cut++) {
            rig g = rig_new((film_race_kind)kind, cut ? HM_CUT_RACE : HM_CUT_BROADCAST);
            for (int64_t i = 0; i < g.s.n_note; i++) {
                const hm_score_note *x = &g.s.note[i];
                assert_true(x->on_s >= 0 && x->off_s > x->on_s && x->off_s <= g.film.duration_s);
                assert_true(i == 0 || x->on_s >= g.s.note[i - 1].on_s);
            }
            for (int64_t i = 0; i < g.s.n_control; i++)
                assert_true(g.s.control[i].at_s >= 0 && g.s.control[i].at_s <= g.film.duration_s);
            rig_free(&g);
        }
}

static void sections_cover_the_film(void **state)
{
    (void)state;
    rig g = rig_new(FILM_RACE_EIGHT, HM_CUT_BROADCAST);
    double at_s = 0;
    bool seen[HM_SCORE_KINDS] = {false};
    for (int32_t i = 0; i < g.s.n_section; i++) {
        ht_near(g.s.section[i].from_s, at_s, 1e-9, 0);
        assert_true(g.s.section[i].to_s > at_s);
        at_s = g.s.section[i].to_s;
        seen[g.s.section[i].kind] = true;
    }
    ht_near(at_s, g.film.duration_s, 1e-9, 0);
    for (int k = 0; k < HM_SCORE_KINDS; k++)
        assert_true(seen[k]);
    rig_free(&g);
}

/* ---- form ---- */

static const hm_score_section *section_of(const rig *g, hm_score_kind kind)
{
    for (int32_t i = 0; i < g->s.n_section; i++)
        if (g->s.section[i].kind == kind)
            return &g->s.section[i];
    fail_msg("no such section");
    return NULL;
}

static int count_in(const rig *g, double from_s, double to_s, uint32_t parts)
{
    int n = 0;
    for (int64_t i = 0; i < g->s.n_note; i++)
        n += (parts >> g->s.note[i].part & 1) && g->s.note[i].on_s < to_s &&
             g->s.note[i].off_s > from_s;
    return n;
}

#define PERCUSSION                                                                                 \
    (1u << HM_SCORE_PART_DRUMS | 1u << HM_SCORE_PART_TAIKO | 1u << HM_SCORE_PART_TIMPANI)
#define TRUMPETS (1u << HM_SCORE_PART_TRUMPET | 1u << HM_SCORE_PART_TRUMPET_2)
#define ALL      ((1u << HM_SCORE_PART_COUNT) - 1)

static void drums_are_alone_until_the_trunk_is_upright(void **state)
{
    (void)state;
    rig g = rig_new(FILM_RACE_EIGHT, HM_CUT_BROADCAST);
    const hm_score_section *d = section_of(&g, HM_SCORE_DRUMS);
    assert_int_equal(count_in(&g, d->from_s, d->to_s, ALL & ~PERCUSSION), 0);
    assert_true(count_in(&g, d->from_s, d->to_s, PERCUSSION) > 20);
    assert_true(d->to_s - d->from_s >= 3.0 && d->to_s - d->from_s <= 4.3);
    /* and the trumpets come with the next beat, within a hand's breadth of time */
    bool enters = false;
    for (int64_t i = 0; i < g.s.n_note; i++)
        enters |=
            g.s.note[i].part == HM_SCORE_PART_TRUMPET && fabs(g.s.note[i].on_s - d->to_s) < 0.005;
    assert_true(enters);
    rig_free(&g);
}

static void the_one_tone_stops_at_set_and_nothing_sounds_before_the_gun(void **state)
{
    (void)state;
    rig g = rig_new(FILM_RACE_EIGHT, HM_CUT_BROADCAST);
    const hm_score_section *before = section_of(&g, HM_SCORE_BEFORE);
    const hm_score_section *set = section_of(&g, HM_SCORE_SET);
    int n = 0;
    for (int64_t i = 0; i < g.s.n_note; i++) {
        const hm_score_note *x = &g.s.note[i];
        if (x->on_s >= set->to_s ||
            (x->part != HM_SCORE_PART_TRUMPET && x->part != HM_SCORE_PART_TRUMPET_2))
            continue;
        ht_near(x->off_s, before->to_s, 1e-9, 0);
        n++;
    }
    assert_int_equal(n, 1);
    assert_true(count_in(&g, 0, set->from_s, 1u << HM_SCORE_PART_STRINGS) >= 3);
    assert_true(count_in(&g, 0, set->to_s, 1u << HM_SCORE_PART_TAIKO) >= 20); /* the heart */
    assert_int_equal(count_in(&g, set->to_s - 0.4, set->to_s - 1e-9, ALL), 0);
    rig_free(&g);
}

static void the_heart_quickens(void **state)
{
    (void)state;
    rig g = rig_new(FILM_RACE_EIGHT, HM_CUT_BROADCAST);
    double at[200];
    int n = 0;
    for (int64_t i = 0; i < g.s.n_note && n < 200; i++)
        if (g.s.note[i].part == HM_SCORE_PART_TAIKO &&
            g.s.note[i].on_s < section_of(&g, HM_SCORE_SET)->to_s)
            at[n++] = g.s.note[i].on_s;
    assert_true(n > 12 && n % 2 == 0);
    for (int i = 4; i + 1 < n; i += 2)
        assert_true(at[i] - at[i - 2] <= at[i - 2] - at[i - 4] + 1e-9);
    assert_true(at[n - 2] - at[n - 4] < 0.51 && at[2] - at[0] > 0.75);
    rig_free(&g);
}

static void nothing_but_steps_is_silence(void **state)
{
    (void)state;
    rig g = rig_new(FILM_RACE_EIGHT, HM_CUT_RACE);
    g.o.end = HM_SCORE_END_NOTHING;
    rig_compose(&g);
    const hm_score_section *last = section_of(&g, HM_SCORE_LAST);
    assert_true(last->to_s - last->from_s > 1.4);
    /* one stroke on its first beat, which rings off, then nothing until the line */
    assert_int_equal(count_in(&g, last->from_s + 0.35, last->to_s - 1e-6, ALL), 0);
    assert_int_equal(g.s.n_silence, 1);
    ht_near(g.s.silence[0].from_s, last->from_s, 1e-9, 0);
    ht_near(g.s.silence[0].to_s, last->to_s, 1e-9, 0);
    ht_near(last->to_s, 1 + 9.58, 0.001, 0);
    g.o.end = HM_SCORE_END_ALL;
    rig_compose(&g);
    assert_int_equal(g.s.n_silence, 0);
    for (uint32_t part = 0; part < HM_SCORE_PART_COUNT; part++)
        if (part != HM_SCORE_PART_MUTED)
            assert_true(count_in(&g, last->from_s, last->to_s, 1u << part) > 0);
    rig_free(&g);
}

static void a_close_race_ends_in_silence_and_a_decided_one_in_everything(void **state)
{
    (void)state;
    rig close = rig_crossing(99), wide = rig_crossing(20);
    assert_int_equal(close.s.n_silence, 1);
    assert_int_equal(wide.s.n_silence, 0);
    rig_free(&close);
    rig_free(&wide);
}

static void timpani_roll_until_the_order_is_known_and_then_the_tonic(void **state)
{
    (void)state;
    rig g = rig_new(FILM_RACE_EIGHT, HM_CUT_BROADCAST);
    const hm_score_section *wait = section_of(&g, HM_SCORE_WAIT);
    const hm_score_section *end = section_of(&g, HM_SCORE_RESOLVED);
    double last_s = wait->from_s + 0.8;
    for (int64_t i = 0; i < g.s.n_note; i++) {
        const hm_score_note *x = &g.s.note[i];
        if (x->part != HM_SCORE_PART_TIMPANI || x->on_s < last_s || x->on_s >= end->from_s - 0.01)
            continue;
        assert_true(x->on_s - last_s < 0.09); /* 14 strokes a second, by hand */
        last_s = x->on_s;
    }
    assert_true(end->from_s - last_s < 0.15);
    /* the board's first row: 1.65 s into its shot */
    const hm_shot *board = &g.film.shot[g.film.n_shot - 1];
    assert_true(board->overlays & HM_OVERLAY_BOARD);
    ht_near(end->from_s, board->from_s + 1.65, 1e-9, 0);
    /* open until then: no third over the line; then the triad of the tonic */
    const hm_score_chord *open = hm_score_chord_at(&g.s, wait->from_s + 0.01);
    const hm_score_chord *home = hm_score_chord_at(&g.s, end->from_s);
    assert_true(open->fourth && open->degree == 4);
    assert_true(!home->fourth && home->degree == 0 && home->tonic == g.s.key[g.s.n_key - 1].tonic);
    int root = 0;
    for (int64_t i = 0; i < g.s.n_note; i++)
        root += g.s.note[i].on_s >= end->from_s - 1e-9 &&
                g.s.note[i].part == HM_SCORE_PART_STRINGS && g.s.note[i].key % 12 == home->tonic;
    assert_true(root >= 1);
    rig_free(&g);
}

static void a_film_that_never_shows_the_order_never_resolves(void **state)
{
    (void)state;
    rig g = rig_new(FILM_RACE_EIGHT, HM_CUT_RACE);
    for (int32_t i = 0; i < g.s.n_section; i++)
        assert_int_not_equal(g.s.section[i].kind, HM_SCORE_RESOLVED);
    assert_true(g.s.chord[g.s.n_chord - 1].fourth);
    rig_free(&g);
}

static void a_race_without_a_finish_is_composed(void **state)
{
    (void)state;
    rig g = rig_new(FILM_RACE_NO_FINISH, HM_CUT_BROADCAST);
    assert_true(g.s.n_note > 100);
    for (int32_t i = 0; i < g.s.n_section; i++)
        assert_int_not_equal(g.s.section[i].kind, HM_SCORE_RESOLVED);
    rig_free(&g);
}

/* ---- keys and harmony ---- */

static void the_key_changes_where_the_lead_changes(void **state)
{
    (void)state;
    static const double cross_m[] = {22, 47, 63, 71};
    for (int k = 0; k < 4; k++) {
        rig g = rig_crossing(cross_m[k]);
        double cross_s = 0.2 + cross_m[k] / 9.5;
        assert_int_equal(g.s.n_key, 2);
        assert_int_equal(g.s.key[0].lane, 4);
        assert_int_equal(g.s.key[1].lane, 5);
        assert_int_not_equal(g.s.key[0].tonic, g.s.key[1].tonic);
        ht_near(g.s.key[1].race_s, cross_s, 0.011, 0);
        /* on the next footfall of the winner: at most a step later */
        assert_true(g.s.key[1].at_s >= 1 + cross_s - 1e-9 && g.s.key[1].at_s < 1 + cross_s + 0.26);
        assert_true(is_footfall(&g, 5, g.s.key[1].at_s, 1e-6));
        const hm_score_chord *c = hm_score_chord_at(&g.s, g.s.key[1].at_s + 0.01);
        if (hm_score_kind_at(&g.s, g.s.key[1].at_s) == HM_SCORE_THEME)
            assert_true(c->tonic == g.s.key[1].tonic && c->degree == 0);
        rig_free(&g);
    }
}

static void no_change_of_lead_no_change_of_key(void **state)
{
    (void)state;
    rig g = rig_new(FILM_RACE_ONE, HM_CUT_BROADCAST);
    assert_int_equal(g.s.n_key, 1);
    rig_free(&g);
}

static void harmony_moves_at_ten_metre_marks(void **state)
{
    (void)state;
    rig g = rig_new(FILM_RACE_ONE, HM_CUT_RACE);
    const hm_lane *l = &g.race.lane[0];
    for (int m = 50; m <= 90; m += 10) { /* each on the first footfall behind the mark */
        double mark_s = 1 + hm_curve_time_s(&l->curve, m);
        bool moved = false;
        for (int32_t i = 0; i < g.s.n_chord; i++)
            moved |= g.s.chord[i].at_s >= mark_s && g.s.chord[i].at_s < mark_s + 0.25 &&
                     is_footfall(&g, l->lane, g.s.chord[i].at_s, 1e-6);
        assert_true(moved);
    }
    rig_free(&g);
}

static void long_trumpet_notes_belong_to_the_harmony(void **state)
{
    (void)state;
    int n = 0;
    for (int who = 0; who < 20; who++) {
        rig g = rig_new(FILM_RACE_EIGHT, HM_CUT_RACE);
        char name[8][16];
        for (int i = 0; i < 8; i++) {
            snprintf(name[i], sizeof name[i], "%d of %d", i, who);
            g.race.lane[i].name = name[i];
        }
        rig_compose(&g);
        for (int64_t i = 0; i < g.s.n_note; i++) {
            const hm_score_note *x = &g.s.note[i];
            hm_score_kind at = hm_score_kind_at(&g.s, x->on_s);
            if (x->part != HM_SCORE_PART_TRUMPET || x->off_s - x->on_s < 0.3 ||
                (at != HM_SCORE_THEME && at != HM_SCORE_LAST))
                continue;
            /* the note fills 0.86 of its time */
            double mid_s = x->on_s + 0.5 * (x->off_s - x->on_s) / 0.86;
            const hm_score_chord *a = hm_score_chord_at(&g.s, mid_s - 0.01);
            const hm_score_chord *b = hm_score_chord_at(&g.s, mid_s + 0.01);
            assert_true(hm_score_chord_has(a, x->key) || hm_score_chord_has(b, x->key));
            n++;
        }
        rig_free(&g);
    }
    assert_true(n > 60);
}

static bool consonant(int a, int b)
{
    int apart = abs(a - b) % 12;
    return apart != 1 && apart != 2 && apart != 6 && apart != 10 && apart != 11;
}

static void the_second_voice_never_clashes_with_the_first(void **state)
{
    (void)state;
    int n = 0;
    for (int m = 0; m < 8; m++) {
        rig g = rig_crossing(35 + 6 * m);
        g.o.end = HM_SCORE_END_ALL;
        rig_compose(&g);
        for (int64_t i = 0; i < g.s.n_note; i++) {
            const hm_score_note *x = &g.s.note[i];
            for (int64_t k = 0; x->part == HM_SCORE_PART_TRUMPET_2 && k < g.s.n_note; k++) {
                const hm_score_note *y = &g.s.note[k];
                double from = fmax(x->on_s, y->on_s), to = fmin(x->off_s, y->off_s);
                if (y->part != HM_SCORE_PART_TRUMPET || to - from < 0.03)
                    continue;
                assert_true(consonant(x->key, y->key));
                n++;
            }
        }
        rig_free(&g);
    }
    assert_true(n > 50);
}

static void every_part_stays_within_reach(void **state)
{
    (void)state;
    /* What a player reaches, sounding (recalled: orchestration primers): trumpet E3-C6, horn B1-F5,
     * trombone E2-B4, timpani D2-A3, double bass C1 to cello A4, violin G3 up. */
    static const int lo[HM_SCORE_PART_COUNT] = {52, 52, 40, 35, 24, 50, 38, 0, 52, 27, 36};
    static const int hi[HM_SCORE_PART_COUNT] = {84, 84, 74, 77, 69, 96, 57, 127, 84, 87, 71};
    for (int kind = 0; kind < FILM_RACE_KINDS; kind++) {
        rig g = rig_new((film_race_kind)kind, HM_CUT_BROADCAST);
        for (int64_t i = 0; i < g.s.n_note; i++) {
            const hm_score_note *x = &g.s.note[i];
            assert_in_range(x->part, 0, HM_SCORE_PART_COUNT - 1);
            assert_in_range(x->key, lo[x->part], hi[x->part]);
            assert_in_range(x->velocity, 1, 127);
        }
        rig_free(&g);
    }
}

static void a_key_is_never_struck_while_it_sounds(void **state)
{
    (void)state;
    for (int kind = 0; kind < FILM_RACE_KINDS; kind++) {
        rig g = rig_new((film_race_kind)kind, HM_CUT_BROADCAST);
        for (int64_t i = 0; i < g.s.n_note; i++)
            for (int64_t k = i + 1; k < g.s.n_note && g.s.note[k].on_s <= g.s.note[i].off_s; k++)
                assert_false(g.s.note[k].part == g.s.note[i].part &&
                             g.s.note[k].key == g.s.note[i].key);
        rig_free(&g);
    }
}

/* ---- who ---- */

/* Of one part while the theme is on; of one drum only, if key > 0. */
static double mean_velocity(const rig *g, hm_score_part part, int key)
{
    double sum = 0;
    int n = 0;
    for (int64_t i = 0; i < g->s.n_note; i++)
        if (g->s.note[i].part == part && (key == 0 || g->s.note[i].key == key) &&
            hm_score_kind_at(&g->s, g->s.note[i].on_s) == HM_SCORE_THEME) {
            sum += g->s.note[i].velocity;
            n++;
        }
    return n > 0 ? sum / n : 0;
}

static void the_nearer_the_second_the_louder(void **state)
{
    (void)state;
    rig close = rig_crossing(60), wide = rig_crossing(10);
    assert_true(mean_velocity(&close, HM_SCORE_PART_TRUMPET, 0) >
                mean_velocity(&wide, HM_SCORE_PART_TRUMPET, 0) + 4);
    assert_true(mean_velocity(&close, HM_SCORE_PART_DRUMS, 36) >
                mean_velocity(&wide, HM_SCORE_PART_DRUMS, 36) + 2);
    rig_free(&close);
    rig_free(&wide);
}

static void a_duel_has_a_second_voice_and_a_lonely_run_has_none(void **state)
{
    (void)state;
    rig duel = rig_crossing(50), alone = rig_new(FILM_RACE_ONE, HM_CUT_RACE);
    const hm_score_section *d = section_of(&duel, HM_SCORE_THEME);
    const hm_score_section *a = section_of(&alone, HM_SCORE_THEME);
    assert_true(count_in(&duel, d->from_s, d->to_s, 1u << HM_SCORE_PART_TRUMPET_2) >= 3);
    /* up to a hand's 4 ms before the last 20 m, where it may come in */
    assert_int_equal(count_in(&alone, a->from_s, a->to_s - 0.005, 1u << HM_SCORE_PART_TRUMPET_2),
                     0);
    rig_free(&duel);
    rig_free(&alone);
}

static void nobody_has_anothers_motif(void **state)
{
    (void)state;
    rig g = rig_new(FILM_RACE_TEN, HM_CUT_RACE);
    for (int i = 0; i < 10; i++)
        for (int k = 0; k < i; k++)
            assert_false(hm_motif_equal(&g.s.motif[i], &g.s.motif[k]));
    g.race.lane[4].name = g.race.lane[2].name = "";
    g.race.lane[6].name = g.race.lane[7].name = "Twin";
    rig_compose(&g);
    assert_false(hm_motif_equal(&g.s.motif[4], &g.s.motif[2]));
    assert_false(hm_motif_equal(&g.s.motif[6], &g.s.motif[7]));
    rig_free(&g);
}

static void the_trumpet_plays_the_leaders_motif(void **state)
{
    (void)state;
    rig g = rig_new(FILM_RACE_ONE, HM_CUT_RACE);
    /* only tones of the triad, so that the harmony of the first bar leaves them as they are */
    assert_int_equal(hm_motif_parse("major 1:2 5:2 3:2 8:2", &g.o.voice[0].motif, NULL), HM_OK);
    g.o.voice[0].lane = g.race.lane[0].lane;
    g.o.voice[0].has_motif = true;
    g.o.n_voice = 1;
    rig_compose(&g);
    static const int want[] = {0, 7, 4, 12};
    double entry_s = section_of(&g, HM_SCORE_THEME)->from_s;
    int n = 0, tonic = 0;
    for (int64_t i = 0; i < g.s.n_note && n < 3; i++) {
        const hm_score_note *x = &g.s.note[i];
        if (x->part != HM_SCORE_PART_TRUMPET || x->on_s < entry_s - 0.01)
            continue;
        tonic = n == 0 ? x->key : tonic;
        assert_int_equal(x->key - tonic, want[n++]);
    }
    assert_int_equal(n, 3);
    assert_int_equal(tonic % 12, g.s.key[0].tonic);
    assert_false(g.s.key[0].minor);
    rig_free(&g);
}

static void a_pupils_motif_is_heard_with_the_teachers_head(void **state)
{
    (void)state;
    rig g = rig_new(FILM_RACE_EIGHT, HM_CUT_RACE);
    hm_motif pupil = g.s.motif[1], teacher = g.s.motif[6];
    hm_motif want = hm_motif_quote(&pupil, &teacher);
    g.o.n_voice = 1;
    g.o.voice[0] = (hm_score_voice){.lane = 2, .quotes_lane = 7};
    rig_compose(&g);
    assert_true(hm_motif_equal(&g.s.motif[1], &want));
    assert_true(hm_motif_equal(&g.s.motif[6], &teacher));
    rig_free(&g);
}

static void options_that_name_nobody_are_refused(void **state)
{
    (void)state;
    rig g = rig_new(FILM_RACE_EIGHT, HM_CUT_RACE);
    hm_score s = {.n_note = 77};
    hm_score_opts bad = g.o;
    bad.focus_lane = 9;
    assert_int_equal(hm_score_compose(&g.race, &g.film, &bad, &g.a, &s, NULL), HM_ERR_USAGE);
    bad = g.o;
    bad.n_voice = 1;
    bad.voice[0].lane = 10;
    assert_int_equal(hm_score_compose(&g.race, &g.film, &bad, &g.a, &s, NULL), HM_ERR_USAGE);
    bad.voice[0] = (hm_score_voice){.lane = 1, .quotes_lane = 10};
    assert_int_equal(hm_score_compose(&g.race, &g.film, &bad, &g.a, &s, NULL), HM_ERR_USAGE);
    bad.n_voice = 2;
    bad.voice[0] = bad.voice[1] = (hm_score_voice){.lane = 1};
    assert_int_equal(hm_score_compose(&g.race, &g.film, &bad, &g.a, &s, NULL), HM_ERR_USAGE);
    assert_int_equal(s.n_note, 77);
    rig_free(&g);
}

/* ---- sameness ---- */

static uint64_t hash_of(const hm_score *s)
{
    uint64_t h = HM_HASH_START;
    for (int64_t i = 0; i < s->n_note; i++) {
        const hm_score_note *x = &s->note[i];
        h = hm_hash(h, &x->on_s, sizeof x->on_s);
        h = hm_hash(h, &x->off_s, sizeof x->off_s);
        h = hm_hash_u64(h, (uint64_t)x->part << 16 | (uint64_t)x->key << 8 | x->velocity);
    }
    return h;
}

static void the_same_race_has_the_same_score_and_another_has_another(void **state)
{
    (void)state;
    rig a = rig_new(FILM_RACE_EIGHT, HM_CUT_BROADCAST);
    rig b = rig_new(FILM_RACE_EIGHT, HM_CUT_BROADCAST);
    rig c = rig_new(FILM_RACE_GAPS, HM_CUT_BROADCAST);
    assert_true(hash_of(&a.s) == hash_of(&b.s));
    assert_true(hash_of(&a.s) != hash_of(&c.s));
    rig_free(&a);
    rig_free(&b);
    rig_free(&c);
}

static void music_is_for_looks_that_ask_for_it(void **state)
{
    (void)state;
    assert_true(hm_score_by_look("rain"));
    assert_false(hm_score_by_look("broadcast"));
    assert_false(hm_score_by_look("sound"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_drum_stroke_of_the_race_is_a_footfall),
        cmocka_unit_test(beats_are_the_focus_runners_footfalls),
        cmocka_unit_test(every_footfall_is_struck),
        cmocka_unit_test(slow_motion_slows_the_drums),
        cmocka_unit_test(nothing_sounds_outside_the_film),
        cmocka_unit_test(sections_cover_the_film),
        cmocka_unit_test(drums_are_alone_until_the_trunk_is_upright),
        cmocka_unit_test(the_one_tone_stops_at_set_and_nothing_sounds_before_the_gun),
        cmocka_unit_test(the_heart_quickens),
        cmocka_unit_test(nothing_but_steps_is_silence),
        cmocka_unit_test(a_close_race_ends_in_silence_and_a_decided_one_in_everything),
        cmocka_unit_test(timpani_roll_until_the_order_is_known_and_then_the_tonic),
        cmocka_unit_test(a_film_that_never_shows_the_order_never_resolves),
        cmocka_unit_test(a_race_without_a_finish_is_composed),
        cmocka_unit_test(the_key_changes_where_the_lead_changes),
        cmocka_unit_test(no_change_of_lead_no_change_of_key),
        cmocka_unit_test(harmony_moves_at_ten_metre_marks),
        cmocka_unit_test(long_trumpet_notes_belong_to_the_harmony),
        cmocka_unit_test(the_second_voice_never_clashes_with_the_first),
        cmocka_unit_test(every_part_stays_within_reach),
        cmocka_unit_test(a_key_is_never_struck_while_it_sounds),
        cmocka_unit_test(the_nearer_the_second_the_louder),
        cmocka_unit_test(a_duel_has_a_second_voice_and_a_lonely_run_has_none),
        cmocka_unit_test(nobody_has_anothers_motif),
        cmocka_unit_test(the_trumpet_plays_the_leaders_motif),
        cmocka_unit_test(a_pupils_motif_is_heard_with_the_teachers_head),
        cmocka_unit_test(options_that_name_nobody_are_refused),
        cmocka_unit_test(the_same_race_has_the_same_score_and_another_has_another),
        cmocka_unit_test(music_is_for_looks_that_ask_for_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

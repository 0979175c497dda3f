/* Costumes: same person same looks, neighbours apart, bibs that can be read. */
#include "costume_priv.h"
#include "figure_case.h"
#include "ht.h"
#include "surface_priv.h"

#include "base/rng.h"
#include "num/dmath.h"

static double apart(hm_rgb a, hm_rgb b)
{
    double r = (double)(a.r - b.r), g = (double)(a.g - b.g), c = (double)(a.b - b.b);
    return sqrt(r * r + g * g + c * c);
}

static void same_name_and_build_give_the_same_person_in_another_lane(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    figure_case c;
    assert_int_equal(figure_case_make(5, &a, &c), HM_OK);
    hm_lane moved = c.lane[3];
    moved.lane = 8;
    c.race.lane[7] = moved;
    hm_costume again;
    assert_int_equal(hm_costume_of(&c.race, &moved, &c.shape[3], 5, NULL, &a, &again, NULL), HM_OK);
    assert_memory_equal(&again.face, &c.costume[3].face, sizeof again.face);
    assert_memory_equal(&again.skin, &c.costume[3].skin, sizeof again.skin);
    assert_memory_equal(&again.hair, &c.costume[3].hair, sizeof again.hair);
    hm_arena_free(&a);
}

/* Share of a face's points where two drawings differ in line or feature. */
static double faces_differ(const figure_case *c, int i, int j)
{
    hm_mien m = hm_mien_of(HM_MOOD_CALM);
    hm_costume pi = c->costume[i], pj = c->costume[j];
    pj.skin = pi.skin; /* drawing only, not tone */
    hm_figure gi, gj;
    hm_figure_of(&pi, &c->shape[i], &m, NULL, &gi);
    hm_figure_of(&pj, &c->shape[j], &m, NULL, &gj);
    int n = 0, far = 0;
    for (int y = -50; y < 35; y++)
        for (int x = -40; x <= 40; x++) {
            float fx = 0.0015f * (float)x, fy = 0.002f * (float)y;
            hm_surface a = figure_case_face(&gi, fx, fy, 0.0015f);
            hm_surface b = figure_case_face(&gj, fx, fy, 0.0015f);
            far += fabs((double)(a.ink - b.ink)) > 0.25 || apart(a.albedo, b.albedo) > 0.15;
            n++;
        }
    return (double)far / n;
}

static void any_two_runners_have_different_faces(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    figure_case c;
    assert_int_equal(figure_case_make(11, &a, &c), HM_OK);
    for (int i = 0; i < 8; i++)
        for (int j = 0; j < i; j++)
            assert_true(faces_differ(&c, i, j) > 0.02);
    assert_true(faces_differ(&c, 2, 2) == 0.0);
    hm_arena_free(&a);
}

static void neighbours_wear_colours_that_stand_apart(void **state)
{
    (void)state;
    static const char *team[] = {"JAM", "USA", "GBR", "JPN", "", "TTO", "Club A", "Club B", "FRA"};
    for (uint32_t k = 0; k < 300; k++) {
        hm_lane lane[9];
        hm_race race = {.n_lane = 9, .lane = lane};
        for (uint32_t i = 0; i < 9; i++) {
            uint32_t r = hm_rng(k, HM_FOR_TEST, i, 0, 0).u[0];
            lane[i] =
                (hm_lane){.lane = (int32_t)i + 1, .name = "X", .team = team[r % 9u], .age_yr = 25};
        }
        hm_costume before = {0};
        for (int i = 0; i < 9; i++) {
            hm_costume c = {0};
            costume_kit(&race, &lane[i], k, &c);
            if (i > 0)
                assert_true(apart(c.main_rgb, before.main_rgb) > 0.25);
            before = c;
        }
    }
}

static void children_run_in_white_gym_wear_with_a_name_patch(void **state)
{
    (void)state;
    hm_lane lane = {.lane = 1, .name = "佐藤 翔", .team = "3-2", .age_yr = 9};
    hm_race race = {.n_lane = 1, .lane = &lane};
    hm_costume c = {0};
    costume_kit(&race, &lane, 1, &c);
    assert_int_equal(c.top, HM_TOP_TEE);
    assert_true(c.name_patch);
    assert_true(c.main_rgb.r > 0.9f && c.main_rgb.g > 0.9f && c.main_rgb.b > 0.9f);
}

/* Flood from (x, y) over cells that are paper; marks them. */
static void flood(uint8_t *paper, int w, int h, int at)
{
    static int stack[256 * 256];
    int n = 0;
    stack[n++] = at;
    paper[at] = 0;
    while (n > 0) {
        int p = stack[--n], x = p % w, y = p / w;
        int next[4] = {x > 0 ? p - 1 : p, x + 1 < w ? p + 1 : p, y > 0 ? p - w : p,
                       y + 1 < h ? p + w : p};
        for (int i = 0; i < 4; i++)
            if (paper[next[i]]) {
                paper[next[i]] = 0;
                stack[n++] = next[i];
            }
    }
}

/* Pieces of paper that the text cuts: 1 + the closed loops of its digits. */
static int pieces_of_paper(const hm_bib *b, float px_m)
{
    static uint8_t paper[256 * 256];
    int w = 256, h = 192, n = 0;
    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++)
            paper[y * w + x] =
                bib_cover(b, ((float)x + 0.5f) / 256.0f, ((float)y + 0.5f) / 192.0f, px_m) < 0.5f;
    for (int i = 0; i < w * h; i++)
        if (paper[i]) {
            flood(paper, w, h, i);
            n++;
        }
    return n;
}

static void digits_keep_their_loops_when_sampled_near_and_far(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int pieces;
    } want[] = {{"1", 1}, {"7", 1}, {"0", 2}, {"6", 2}, {"8", 3}, {"10", 2}, {"88", 5}};
    hm_arena a;
    hm_arena_init(&a, 0);
    bib_maker maker = {0};
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
        hm_bib b;
        assert_int_equal(costume_bib(&maker, want[i].text, "", 0.22f, 0.165f, &a, &b, NULL), HM_OK);
        assert_int_equal(pieces_of_paper(&b, 0.0005f), want[i].pieces);
        assert_int_equal(pieces_of_paper(&b, 0.004f), want[i].pieces);
    }
    bib_maker_close(&maker);
    hm_arena_free(&a);
}

static double linear(double v)
{
    return v <= 0.04045 ? v / 12.92 : hm_pow((v + 0.055) / 1.055, 2.4);
}

static double luminance(hm_rgb c)
{
    return 0.2126 * linear((double)c.r) + 0.7152 * linear((double)c.g) +
           0.0722 * linear((double)c.b);
}

static void text_on_a_bib_has_the_contrast_of_wcag_aa(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    bib_maker maker = {0};
    hm_bib b;
    assert_int_equal(costume_bib(&maker, "8", "", 0.22f, 0.165f, &a, &b, NULL), HM_OK);
    double lo = 1, hi = 0;
    for (int y = 20; y < 190; y++)
        for (int x = 20; x < 236; x++) {
            hm_surface s = {.albedo = {0.5f, 0.5f, 0.5f}};
            assert_true(bib_paint(&b, (float)x / 256.0f, (float)y / 192.0f, 0.0008f,
                                  (hm_rgb){0.1f, 0.2f, 0.4f}, &s));
            double l = luminance(s.albedo);
            lo = l < lo ? l : lo;
            hi = l > hi ? l : hi;
        }
    assert_true((hi + 0.05) / (lo + 0.05) >= 4.5); /* WCAG 2.1, 1.4.3 */
    bib_maker_close(&maker);
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_name_and_build_give_the_same_person_in_another_lane),
        cmocka_unit_test(any_two_runners_have_different_faces),
        cmocka_unit_test(neighbours_wear_colours_that_stand_apart),
        cmocka_unit_test(children_run_in_white_gym_wear_with_a_name_patch),
        cmocka_unit_test(digits_keep_their_loops_when_sampled_near_and_far),
        cmocka_unit_test(text_on_a_bib_has_the_contrast_of_wcag_aa),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "chart_case.h"

#include <stdlib.h>
#include <string.h>

#include "chart/draw.h"

static char *drawn(const hm_chart_figure *fig, hm_chart_format format, hm_arena *arena, size_t *n)
{
    hm_err err = {0};
    char *bytes = NULL;
    if (hm_chart_draw(fig, format, 1, arena, &bytes, n, &err) != HM_OK)
        fail_msg("%s: %s", err.field, err.msg);
    return bytes;
}

static void each_format_is_what_it_says(void **state)
{
    (void)state;
    static chart_case k;
    hm_arena arena;
    hm_arena_init(&arena, 0);
    size_t n;
    case_full(&k, 8);
    char *b = drawn(&k.fig, HM_CHART_PNG, &arena, &n);
    assert_memory_equal(b, "\x89PNG\r\n\x1a\n", 8);
    assert_memory_equal(b + n - 8, "IEND\xae\x42\x60\x82", 8);
    b = drawn(&k.fig, HM_CHART_SVG, &arena, &n);
    assert_memory_equal(b, "<?xml", 5);
    assert_memory_equal(b + n - 7, "</svg>\n", 7);
    hm_arena_free(&arena);
}

static void the_same_figure_gives_the_same_bytes(void **state)
{
    (void)state;
    static chart_case k;
    hm_arena arena;
    hm_arena_init(&arena, 0);
    case_full(&k, 8);
    for (int f = 0; f <= HM_CHART_PNG; f++) { /* PDF: test_pdf.c */
        size_t n[2];
        char *a = drawn(&k.fig, (hm_chart_format)f, &arena, &n[0]);
        char *b = drawn(&k.fig, (hm_chart_format)f, &arena, &n[1]);
        assert_int_equal(n[0], n[1]);
        assert_memory_equal(a, b, n[0]);
    }
    hm_arena_free(&arena);
}

/* One plot, no words: the shapes of the SVG can be counted. */
static hm_chart_figure bare(hm_chart_panel *p, const hm_chart_series *s)
{
    hm_chart_figure fig = hm_chart_figure_default();
    *p = hm_chart_panel_default();
    p->series = s;
    p->n_series = 1;
    fig.w_pt = fig.h_pt = 300;
    fig.panel = p;
    fig.n_panel = 1;
    return fig;
}

static int strokes_of(const char *svg, const char *rgb)
{
    int n = 0;
    for (const char *at = svg; (at = strstr(at, "<path style=\"fill:none;")) != NULL; at++) {
        const char *end = strstr(at, "/>");
        const char *ink = strstr(at, rgb);
        if (!ink || ink > end)
            continue;
        for (const char *m = strstr(ink, " d=\""); m && m < end; m++)
            n += *m == 'M';
    }
    return n;
}

static void a_gap_breaks_a_line(void **state)
{
    (void)state;
    hm_arena arena;
    hm_arena_init(&arena, 0);
    const double x[] = {0, 1, 2, 3, 4}, y[] = {0, 1, NAN, 3, 4};
    const hm_chart_series s = {.kind = HM_CHART_LINE, .n = 5, .x = x, .y = y, .ink = HM_INK_BLUE};
    hm_chart_panel p;
    hm_chart_figure fig = bare(&p, &s);
    size_t n;
    char *svg = drawn(&fig, HM_CHART_SVG, &arena, &n);
    assert_int_equal(strokes_of(svg, "rgb(0%,44.705882%,69.803922%)"), 2);
    hm_arena_free(&arena);
}

static int fills_of(const char *svg, const char *rgb)
{
    int n = 0;
    for (const char *at = svg; (at = strstr(at, "fill:")) != NULL; at++)
        n += strncmp(at + strlen("fill:"), rgb, strlen(rgb)) == 0;
    return n;
}

/* The darkest is the ink itself, with white words; the palest has a hint of it; a gap has no box.
 */
static void a_cell_is_as_dark_as_its_value(void **state)
{
    (void)state;
    hm_arena arena;
    hm_arena_init(&arena, 0);
    const double x[] = {0, 1, 0, 1}, y[] = {0, 0, 1, 1}, lo[] = {1, 0, NAN, 1};
    const char *const word[] = {"99", "1", "-", NULL}, *const name[] = {"a", "b"};
    const hm_chart_series s = {
        .kind = HM_CHART_CELLS, .n = 4, .x = x, .y = y, .lo = lo, .name = word, .ink = HM_INK_BLUE};
    hm_chart_panel p;
    hm_chart_figure fig = bare(&p, &s);
    p.x.scale = p.y.scale = HM_SCALE_NAMES;
    p.x.n_name = p.y.n_name = 2;
    p.x.name = p.y.name = name;
    size_t n;
    char *svg = drawn(&fig, HM_CHART_SVG, &arena, &n);
    assert_int_equal(fills_of(svg, "rgb(0%,44.705882%,69.803922%)"), 2);
    assert_int_equal(fills_of(svg, "rgb(95%,97.235294%,98.490196%)"), 1); /* 0.05 of the ink */
    assert_true(fills_of(svg, "rgb(100%,100%,100%)") >= 2); /* paper and the letters of 99 */
    hm_arena_free(&arena);
}

/* Plain, all equal, all gaps, far too large, and far too large for one coordinate of two. */
static double value_of(int fill, int i, double plain)
{
    switch (fill) {
    case 1:
        return 3;
    case 2:
        return NAN;
    case 3:
        return i % 2 ? 1e300 : -1e14;
    case 4:
        return i % 3 ? -HUGE_VAL : 1e14;
    default:
        return plain;
    }
}

static void any_data_give_a_picture(void **state)
{
    (void)state;
    enum { MANY = 100000 };
    double *x = calloc(MANY, sizeof *x), *y = calloc(MANY, sizeof *y);
    hm_arena arena;
    hm_arena_init(&arena, 0);
    size_t n;
    for (int fill = 0; fill < 5; fill++)
        for (int kind = 0; kind <= HM_CHART_RULE; kind++) {
            for (int i = 0; i < MANY; i++) {
                x[i] = value_of(fill, i, i);
                y[i] = value_of(fill, i, sin(i * 0.01) + i % 17);
            }
            const int32_t count[] = {0, 1, 3, fill == 0 ? MANY : 2500};
            for (int c = 0; c < 4; c++) {
                const hm_chart_series s = {.kind = (hm_chart_kind)kind,
                                           .n = count[c],
                                           .x = x,
                                           .y = y,
                                           .lo = y,
                                           .hi = x,
                                           .label = "what"};
                hm_chart_panel p;
                hm_chart_figure fig = bare(&p, &s);
                (void)drawn(&fig, HM_CHART_SVG, &arena, &n);
                if (kind == HM_CHART_LINE || kind == HM_CHART_POINTS || kind == HM_CHART_BAND)
                    assert_in_range(n, 1000, 8000000);
            }
        }
    free(x);
    free(y);
    hm_arena_free(&arena);
}

static void broken_text_is_drawn_as_far_as_it_goes(void **state)
{
    (void)state;
    static chart_case k;
    hm_arena arena;
    hm_arena_init(&arena, 0);
    size_t n;
    case_full(&k, 2);
    k.fig.title = "bad \xff\xfe utf-8 & <b> \x01 \n new line";
    k.fig.subtitle = "";
    assert_non_null(drawn(&k.fig, HM_CHART_SVG, &arena, &n));
    hm_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_format_is_what_it_says),
        cmocka_unit_test(the_same_figure_gives_the_same_bytes),
        cmocka_unit_test(a_gap_breaks_a_line),
        cmocka_unit_test(a_cell_is_as_dark_as_its_value),
        cmocka_unit_test(any_data_give_a_picture),
        cmocka_unit_test(broken_text_is_drawn_as_far_as_it_goes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "chart_case.h"
#include "page_priv.h"

#include "chart/draw.h"

enum { WORD_MAX = 2000 };

/* Lay out and draw onto nothing, keeping the box of each word. */
static void lay_out(const hm_chart_figure *fig, hm_arena *arena, chart_canvas *v, chart_page *page)
{
    hm_err err = {0};
    assert_int_equal(chart_canvas_open(v, arena, &err), HM_OK);
    assert_int_equal(chart_layout(fig, v, page, &err), HM_OK);
    cairo_surface_t *s = cairo_recording_surface_create(CAIRO_CONTENT_COLOR, NULL);
    v->c = cairo_create(s);
    v->word = HM_PUSH(arena, chart_box, WORD_MAX);
    v->cap_word = WORD_MAX;
    assert_int_equal(chart_page_draw(fig, v, page, &err), HM_OK);
    assert_int_equal(cairo_status(v->c), CAIRO_STATUS_SUCCESS);
    cairo_destroy(v->c);
    cairo_surface_destroy(s);
    chart_canvas_close(v);
}

static chart_box shrunk(chart_box b)
{
    return (chart_box){b.x + 0.5, b.y + 1, b.w - 1, b.h - 2}; /* the air that a font adds */
}

static void assert_no_word_meets_another(const chart_canvas *v, const chart_page *page)
{
    assert_true(v->n_word < WORD_MAX);
    for (int32_t i = 0; i < v->n_word; i++) {
        chart_box b = v->word[i];
        if (b.x < 0 || b.y < 0 || b.x + b.w > page->w || b.y + b.h > page->h)
            fail_msg("word %d is cut: %.1f %.1f %.1f %.1f", i, b.x, b.y, b.w, b.h);
        for (int32_t k = 0; k < i; k++)
            if (chart_box_meets(shrunk(b), shrunk(v->word[k])))
                fail_msg("word %d (%.1f %.1f %.1f %.1f) meets word %d (%.1f %.1f %.1f %.1f)", i,
                         b.x, b.y, b.w, b.h, k, v->word[k].x, v->word[k].y, v->word[k].w,
                         v->word[k].h);
    }
}

static void no_word_is_cut_or_meets_another(void **state)
{
    (void)state;
    static chart_case k;
    for (int32_t n_name = 0; n_name <= CASE_N; n_name += 12) {
        hm_arena arena;
        hm_arena_init(&arena, 0);
        chart_canvas v;
        chart_page page;
        case_full(&k, n_name);
        lay_out(&k.fig, &arena, &v, &page);
        assert_true(v.n_word > 40);
        assert_no_word_meets_another(&v, &page);
        hm_arena_free(&arena);
    }
}

static void plots_do_not_meet_and_line_up(void **state)
{
    (void)state;
    static chart_case k;
    hm_arena arena;
    hm_arena_init(&arena, 0);
    chart_canvas v;
    chart_page page;
    case_full(&k, 8);
    lay_out(&k.fig, &arena, &v, &page);
    for (int32_t i = 0; i < CASE_PANEL; i++)
        for (int32_t j = 0; j < i; j++)
            assert_false(chart_box_meets(page.plan[i].plot, page.plan[j].plot));
    ht_near(page.plan[0].plot.x, page.plan[1].plot.x, 1e-9, 0);
    ht_near(page.plan[0].plot.w, page.plan[1].plot.w, 1e-9, 0);
    ht_near(page.plan[2].plot.y, page.plan[3].plot.y, 1e-9, 0);
    ht_near(page.plan[3].plot.x - page.plan[3].left_pt, /* a table fills its cell */
            page.plan[5].plot.x - page.plan[5].left_pt, 1e-9, 0);
    hm_arena_free(&arena);
}

static void a_page_grows_with_its_names_and_not_before(void **state)
{
    (void)state;
    static chart_case k;
    double h[2];
    for (int i = 0; i < 2; i++) {
        hm_arena arena;
        hm_arena_init(&arena, 0);
        chart_canvas v;
        chart_page page;
        case_full(&k, i ? CASE_N : 4);
        lay_out(&k.fig, &arena, &v, &page);
        h[i] = page.h;
        hm_arena_free(&arena);
    }
    ht_near(h[0], 841.89, 1e-9, 0);
    assert_true(h[1] >= 60 * CHART_NAME_PITCH_PT + 300);
}

static void rows_share_the_page_by_weight(void **state)
{
    (void)state;
    hm_arena arena;
    hm_arena_init(&arena, 0);
    chart_canvas v;
    chart_page page;
    const double x[] = {0, 1}, weight[] = {3, 1};
    const hm_chart_series s = {.kind = HM_CHART_LINE, .n = 2, .x = x, .y = x};
    hm_chart_panel p[2] = {hm_chart_panel_default(), hm_chart_panel_default()};
    p[1].row = 1;
    p[0].series = p[1].series = &s;
    p[0].n_series = p[1].n_series = 1;
    hm_chart_figure fig = hm_chart_figure_default();
    fig.n_row = 2;
    fig.row_weight = weight;
    fig.panel = p;
    fig.n_panel = 2;
    lay_out(&fig, &arena, &v, &page);
    ht_near(page.plan[0].plot.h, 3 * page.plan[1].plot.h, 1e-9, 0);
    assert_true(page.plan[1].plot.y + page.plan[1].plot.h > 0.9 * page.h);
    hm_arena_free(&arena);
}

static void a_range_holds_its_values_with_air(void **state)
{
    (void)state;
    const double x[] = {0, 10, NAN}, y[] = {-2, 6, 1e300};
    const hm_chart_series s = {.kind = HM_CHART_LINE, .n = 3, .x = x, .y = y};
    hm_chart_panel p = hm_chart_panel_default();
    p.series = &s;
    p.n_series = 1;
    chart_axis ax = chart_axis_of(&p, CHART_X), ay = chart_axis_of(&p, CHART_Y);
    ht_near(ax.lo, -0.5, 1e-12, 0);
    ht_near(ax.hi, 10.5, 1e-12, 0);
    ht_near(ay.lo, -2.4, 1e-12, 0);
    ht_near(ay.hi, 6.4, 1e-12, 0);
    p.x.zero = true;
    assert_true(chart_axis_of(&p, CHART_X).lo == 0);
    p.x.lo = 3;
    assert_true(chart_axis_of(&p, CHART_X).lo == 3);
    p.x.lo = 30; /* beyond all values: still a range */
    ax = chart_axis_of(&p, CHART_X);
    assert_true(ax.hi > ax.lo);
}

static void a_lone_value_stands_in_the_middle(void **state)
{
    (void)state;
    static const double lone[] = {0, 9.58, -3, 1e-9, 1e14};
    for (int i = 0; i < 5; i++) {
        const hm_chart_series s = {.kind = HM_CHART_POINTS, .n = 1, .x = &lone[i], .y = &lone[i]};
        hm_chart_panel p = hm_chart_panel_default();
        p.series = &s;
        p.n_series = 1;
        chart_axis a = chart_axis_of(&p, CHART_Y);
        assert_true(a.hi > a.lo && !a.is_empty);
        ht_near(0.5 * (a.lo + a.hi), lone[i], 1e-12, 1e-9);
    }
}

static void what_cannot_be_a_page_is_refused(void **state)
{
    (void)state;
    static chart_case k;
    hm_arena arena;
    hm_arena_init(&arena, 0);
    hm_err err = {0};
    char *bytes = NULL;
    size_t n = 7;
    hm_chart_figure fig = hm_chart_figure_default();
    assert_int_equal(hm_chart_draw(&fig, HM_CHART_SVG, 1, &arena, &bytes, &n, &err), HM_ERR_INPUT);
    assert_string_equal(err.msg, "there is nothing to draw");
    case_full(&k, 8);
    k.fig.w_pt = 120;
    err = (hm_err){0};
    assert_int_equal(hm_chart_draw(&k.fig, HM_CHART_SVG, 1, &arena, &bytes, &n, &err),
                     HM_ERR_INPUT);
    assert_string_equal(err.field, "w_pt");
    case_full(&k, 8);
    k.fig.h_pt = 20000;
    err = (hm_err){0};
    assert_int_equal(hm_chart_draw(&k.fig, HM_CHART_SVG, 1, &arena, &bytes, &n, &err),
                     HM_ERR_INPUT);
    assert_string_equal(err.field, "h_pt");
    k.fig.h_pt = 3000;
    err = (hm_err){0};
    assert_int_equal(hm_chart_draw(&k.fig, HM_CHART_PNG, 16, &arena, &bytes, &n, &err),
                     HM_ERR_INPUT);
    assert_null(bytes);
    assert_int_equal(n, 7);
    hm_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_word_is_cut_or_meets_another),
        cmocka_unit_test(plots_do_not_meet_and_line_up),
        cmocka_unit_test(a_page_grows_with_its_names_and_not_before),
        cmocka_unit_test(rows_share_the_page_by_weight),
        cmocka_unit_test(a_range_holds_its_values_with_air),
        cmocka_unit_test(a_lone_value_stands_in_the_middle),
        cmocka_unit_test(what_cannot_be_a_page_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The record over the years, as steps. */
#include "book_records.h"

#include <string.h>

#include "io/utf8.h"
#include "race/official.h"

enum { N_SERIES = 4, NAMED_MAX = 14, AIDED_NAMED_MAX = 4, NAME_WIDTH = 22 };

typedef struct points {
    int32_t n;
    double *x, *y;
    const char **name;
} points;

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
}

static hm_status make_points(points *p, int32_t n, hm_arena *arena, hm_err *err)
{
    *p = (points){.x = HM_PUSH(arena, double, n + 1),
                  .y = HM_PUSH(arena, double, n + 1),
                  .name = HM_PUSH(arena, const char *, n + 1)};
    return p->x && p->y && p->name ? HM_OK : no_memory(err);
}

static void add(points *p, double x, double y)
{
    p->x[p->n] = x;
    p->y[p->n++] = y;
}

/* Who, and the time: the latest records of all, since early ones fall fast and close together. */
static hm_status name_point(points *p, const hm_book_row *r, hm_arena *arena, hm_err *err)
{
    char time[HM_OFFICIAL_TEXT];
    int n = hm_utf8_clip(r->name, NAME_WIDTH);
    p->name[p->n - 1] = hm_arena_printf(arena, "%.*s%s %s", n, r->name, r->name[n] ? "..." : "",
                                        hm_time_text(r->official_cs, r->hand, time));
    return p->name[p->n - 1] ? HM_OK : no_memory(err);
}

static hm_status dots(const hm_book_line *line, bool named, hm_arena *arena, points *p, hm_err *err)
{
    HM_TRY(make_points(p, line->n, arena, err));
    for (int32_t i = 0; i < line->n; i++) {
        if (line->record[i].day == HM_BOOK_NO_DAY)
            continue;
        add(p, (double)line->record[i].day, line->record[i].row.official_cs / 100.0);
        if (named && line->n - i <= NAMED_MAX && !line->record[i].equalled)
            HM_TRY(name_point(p, &line->record[i].row, arena, err));
    }
    return HM_OK;
}

/* Along at a record until it falls, and down. */
static hm_status steps(const points *dot, double to_day, hm_arena *arena, points *p, hm_err *err)
{
    HM_TRY(make_points(p, 2 * dot->n + 1, arena, err));
    for (int32_t i = 0; i < dot->n; i++) {
        if (i > 0)
            add(p, dot->x[i], dot->y[i - 1]);
        add(p, dot->x[i], dot->y[i]);
    }
    if (dot->n && to_day > dot->x[dot->n - 1])
        add(p, to_day, dot->y[dot->n - 1]);
    return HM_OK;
}

static hm_chart_series series(hm_chart_kind kind, const points *p, hm_chart_ink ink,
                              const char *label)
{
    return (hm_chart_series){.kind = kind,
                             .n = p->n,
                             .x = p->x,
                             .y = p->y,
                             .name = (const char *const *)p->name,
                             .ink = ink,
                             .label = label};
}

hm_status book_records_plot(const hm_book_records *r, const char *title, hm_chart_format format,
                            hm_arena *arena, char **bytes, size_t *n, hm_err *err)
{
    points legal, aided, hand, line;
    HM_TRY(dots(&r->legal, true, arena, &legal, err));
    HM_TRY(dots(&r->aided, r->aided.n <= AIDED_NAMED_MAX, arena, &aided, err));
    HM_TRY(dots(&r->hand, false, arena, &hand, err));
    if (legal.n + aided.n + hand.n == 0)
        return hm_err_set(err, HM_ERR_INPUT, "records", 0, 0, title, "none has a day");
    HM_TRY(steps(&legal, r->last_day == HM_BOOK_NO_DAY ? -1e9 : (double)r->last_day, arena, &line,
                 err));
    hm_chart_series s[N_SERIES];
    int32_t m = 0;
    line.name = NULL;
    if (legal.n) {
        s[m] = series(HM_CHART_LINE, &line, HM_INK_BLUE, NULL);
        s[m++].size_pt = 1.6;
        s[m++] = series(HM_CHART_POINTS, &legal, HM_INK_BLUE, "record");
    }
    if (aided.n) {
        s[m] = series(HM_CHART_POINTS, &aided, HM_INK_RED, "too much wind, or none measured");
        s[m++].mark = HM_MARK_RING;
    }
    if (hand.n) {
        s[m] = series(HM_CHART_POINTS, &hand, HM_INK_GREY, "by hand");
        s[m++].mark = HM_MARK_SQUARE;
    }
    hm_chart_panel panel = hm_chart_panel_default();
    panel.x.scale = HM_SCALE_DATE;
    panel.y.title = "Time, s";
    panel.n_series = m;
    panel.series = s;
    hm_chart_figure fig = hm_chart_figure_default();
    fig.title = hm_arena_printf(arena, "%s: the record and when it fell", title);
    if (!fig.title)
        return no_memory(err);
    fig.subtitle = "automatic times with a wind of at most 2.0 m/s, of the marks in this book";
    fig.footer = "The same time again while a record stood is one more point on its line.";
    fig.h_pt = 400;
    fig.w_pt = 720;
    fig.n_panel = 1;
    fig.panel = &panel;
    return hm_chart_draw(&fig, format, 2, arena, bytes, n, err);
}

#include "panel_priv.h"

#include <math.h>

enum { ANCHOR_MAX = 9, END_MAX = 64 };
static const double leader_pt = 10; /* a label farther off than this gets a line to what it names */

/* A thin line from the nearest edge of the label to the point that it names. */
static void leader(chart_canvas *v, chart_box b, double x, double y, chart_rgb rgb)
{
    double ex = fmin(fmax(x, b.x), b.x + b.w), ey = fmin(fmax(y, b.y), b.y + b.h);
    double d = sqrt((ex - x) * (ex - x) + (ey - y) * (ey - y));
    if (d > leader_pt)
        chart_line(v, ex, ey, x + (ex - x) * 3 / d, y + (ey - y) * 3 / d, CHART_HAIR_PT, rgb);
}

static void label_near(chart_canvas *v, chart_place *place, const char *text, chart_rgb rgb,
                       bool by_line, int32_t n, const double x[], const double y[])
{
    const chart_set set = {.halo = true, .max_w_pt = 0.7 * place->box.w};
    chart_box b = chart_measure(v, CHART_LABEL, text, set), at;
    int32_t near = 0;
    if (n < 1 || !chart_place_label(place, b.w, b.h, n, x, y, &at, &near))
        return;
    if (!by_line)
        leader(v, at, x[near], y[near], rgb);
    chart_write(v, CHART_LABEL, rgb, text, at.x, at.y, 0, 0, set);
}

static bool is_inside(const chart_plan *p, double x, double y)
{
    const chart_box b = p->plot;
    return x >= b.x - 1 && x <= b.x + b.w + 1 && y >= b.y - 1 && y <= b.y + b.h + 1;
}

/* Places along a line where its label may hang, the later ones first. */
static int32_t line_anchors(const chart_plan *p, const hm_chart_series *s, double x[], double y[])
{
    int32_t n = 0;
    for (int32_t i = 0; i < ANCHOR_MAX; i++) {
        int32_t k = (int32_t)((int64_t)s->n * (ANCHOR_MAX - i) / (ANCHOR_MAX + 1));
        double px = chart_at_x(p, s->x[k]);
        double py = chart_at_y(p, s, s->kind == HM_CHART_BAND ? s->hi[k] : s->y[k]);
        if (!isnan(px + py) && is_inside(p, px, py)) {
            x[n] = px;
            y[n++] = py;
        }
    }
    return n;
}

static int32_t rule_anchors(const chart_plan *p, const hm_chart_series *s, double x[], double y[])
{
    static const double at_frac[ANCHOR_MAX] = {0.96, 0.04, 0.85, 0.15, 0.75, 0.25, 0.65, 0.35, 0.5};
    const chart_box b = p->plot;
    for (int32_t i = 0; i < ANCHOR_MAX; i++) {
        x[i] = s->y ? b.x + at_frac[i] * b.w : chart_at_x(p, s->x[0]);
        y[i] = s->y ? chart_at_y(p, s, s->y[0]) : b.y + (1 - at_frac[i]) * b.h;
        if (isnan(x[i] + y[i]) || !is_inside(p, x[i], y[i]))
            return 0;
    }
    return ANCHOR_MAX;
}

static void label_on(chart_canvas *v, const chart_plan *p, const hm_chart_series *s,
                     chart_place *place)
{
    double x[ANCHOR_MAX], y[ANCHOR_MAX];
    int32_t n = s->kind == HM_CHART_RULE ? rule_anchors(p, s, x, y) : line_anchors(p, s, x, y);
    if (s->where == HM_LABEL_ON) {
        label_near(v, place, s->label, chart_ink_text(s->ink), true, n, x, y);
        return;
    }
    const chart_set set = {.halo = true};
    chart_box b = chart_measure(v, CHART_LABEL, s->label, set), at;
    if (chart_place_centred(place, b.w, b.h, n, x, y, &at))
        chart_write(v, CHART_LABEL, chart_ink_text(s->ink), s->label, at.x, at.y, 0, 0, set);
}

static void label_points(chart_canvas *v, const chart_plan *p, const hm_chart_series *s,
                         chart_place *place)
{
    for (int32_t i = 0; i < s->n; i++) {
        if (!s->name[i] || !*s->name[i])
            continue;
        double x = chart_at_x(p, s->x[i]), y = chart_at_y(p, s, s->y[i]);
        if (!isnan(x + y) && is_inside(p, x, y))
            label_near(v, place, s->name[i], chart_ink_text(s->ink), false, 1, &x, &y);
    }
}

typedef struct end_label {
    const hm_chart_series *s;
    double x, y, want_y; /* last point; where the label comes, and wants to */
} end_label;

static bool last_point(const chart_plan *p, const hm_chart_series *s, end_label *e)
{
    for (int32_t i = s->n - 1; i >= 0; i--) {
        double v = s->kind == HM_CHART_BAND ? 0.5 * (s->lo[i] + s->hi[i]) : s->y[i];
        double x = s->x ? chart_at_x(p, s->x[i]) : p->plot.x + p->plot.w;
        double y = chart_at_y(p, s, v);
        if (isnan(x + y) || !is_inside(p, x, y))
            continue;
        *e = (end_label){s, x, y, y};
        return true;
    }
    return false;
}

/* Push labels apart from the top down, then back up from the bottom edge. */
static void spread(end_label *e, int32_t n, double pitch, double top, double bottom)
{
    for (int32_t i = 1; i < n; i++) /* by place, the order of the series where they are equal */
        for (int32_t k = i; k > 0 && e[k].y < e[k - 1].y; k--) {
            end_label t = e[k];
            e[k] = e[k - 1];
            e[k - 1] = t;
        }
    for (int32_t i = 0; i < n; i++)
        e[i].y = fmax(e[i].y, i ? e[i - 1].y + pitch : top);
    for (int32_t i = n - 1; i >= 0; i--)
        e[i].y = fmin(e[i].y, i < n - 1 ? e[i + 1].y - pitch : bottom);
}

static void label_ends(chart_canvas *v, const chart_plan *p)
{
    end_label e[END_MAX];
    int32_t n = 0;
    double pitch = chart_measure(v, CHART_LABEL, "Hg", (chart_set){0}).h;
    int32_t most = (int32_t)(p->plot.h / pitch) + 1;
    for (int32_t i = 0; i < p->spec->n_series && n < END_MAX && n < most; i++) {
        const hm_chart_series *s = &p->spec->series[i];
        if (s->label && s->where == HM_LABEL_END && s->n > 0 && last_point(p, s, &e[n]))
            n++;
    }
    spread(e, n, pitch, p->plot.y, p->plot.y + p->plot.h);
    double right = p->plot.x + p->plot.w;
    for (int32_t i = 0; i < n; i++) {
        chart_rgb rgb = chart_ink_text(e[i].s->ink);
        double x = right + 2 * CHART_PAD_PT;
        if (fabs(e[i].y - e[i].want_y) > 2)
            chart_line(v, right + 2, e[i].want_y, x - 1, e[i].y, CHART_HAIR_PT, rgb);
        chart_write(v, CHART_LABEL, rgb, e[i].s->label, x, e[i].y, 0, 0.5,
                    (chart_set){.max_w_pt = p->side_text_pt + 1});
    }
}

/* One text for each name of the y axis, in a column of its own. */
static void label_beside(chart_canvas *v, const chart_plan *p, const hm_chart_series *s)
{
    double x = p->plot.x + p->plot.w + 2 * CHART_PAD_PT + p->side_text_pt;
    for (int32_t i = 0; i < s->n; i++)
        if (s->name[i] && chart_is_value(s->y[i]))
            chart_write(v, CHART_TICK, chart_text_rgb(), s->name[i], x, chart_at_y(p, s, s->y[i]),
                        1, 0.5, (chart_set){.max_w_pt = p->side_text_pt + 1});
}

void chart_labels_draw(chart_canvas *v, const chart_plan *p, chart_place *place)
{
    label_ends(v, p);
    for (int32_t i = 0; i < p->spec->n_series; i++) /* words in lines first: they cannot move */
        if (p->spec->series[i].label && p->spec->series[i].where == HM_LABEL_IN &&
            p->spec->series[i].n > 0)
            label_on(v, p, &p->spec->series[i], place);
    for (int32_t i = 0; i < p->spec->n_series; i++) {
        const hm_chart_series *s = &p->spec->series[i];
        if (s->n < 1 || s->kind == HM_CHART_CELLS)
            continue;
        if (s->name && p->y.spec->scale == HM_SCALE_NAMES)
            label_beside(v, p, s);
        else if (s->name)
            label_points(v, p, s, place);
        if (s->label && s->where == HM_LABEL_ON)
            label_on(v, p, s, place);
    }
}

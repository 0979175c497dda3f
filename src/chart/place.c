#include "place_priv.h"

#include <math.h>

static const double cell_pt = 2;
static const double word_gap_pt = 4;     /* so that 6 and 8 do not read 68 */
static const double ink_cost = 1;        /* [1] of a covered cell */
static const double distance_cost = .25; /* [1] of a pt between label and anchor */
static const double anchor_cost = .8;    /* [1] of each anchor that was liked better */

hm_status chart_place_open(chart_place *p, chart_box plot, int32_t max_label, hm_arena *arena,
                           hm_err *err)
{
    *p = (chart_place){.box = plot, .cap_taken = max_label};
    p->nx = (int32_t)(plot.w / cell_pt) + 1;
    p->ny = (int32_t)(plot.h / cell_pt) + 1;
    p->ink = HM_PUSH(arena, uint8_t, (size_t)p->nx * (size_t)p->ny);
    p->taken = HM_PUSH(arena, chart_box, max_label > 0 ? max_label : 1);
    return p->ink && p->taken ? HM_OK
                              : hm_err_set(err, HM_ERR_SYSTEM, "figure", 0, 0, NULL, "no memory");
}

static void mark_cell(chart_place *p, double x, double y)
{
    double i = floor((x - p->box.x) / cell_pt), k = floor((y - p->box.y) / cell_pt);
    if (i >= 0 && k >= 0 && i < p->nx && k < p->ny)
        p->ink[(size_t)k * (size_t)p->nx + (size_t)i] = 1;
}

void chart_place_segment(chart_place *p, double x0, double y0, double x1, double y1)
{
    double far = 2 * (p->box.w + p->box.h);
    double length = fmax(fabs(x1 - x0), fabs(y1 - y0));
    if (!(length < 20 * far))
        return;
    int32_t n = (int32_t)(length / (0.5 * cell_pt)) + 1;
    for (int32_t i = 0; i <= n; i++)
        mark_cell(p, x0 + (x1 - x0) * i / n, y0 + (y1 - y0) * i / n);
}

void chart_place_box(chart_place *p, chart_box b)
{
    for (double y = fmax(b.y, p->box.y); y < fmin(b.y + b.h, p->box.y + p->box.h); y += cell_pt)
        for (double x = fmax(b.x, p->box.x); x < fmin(b.x + b.w, p->box.x + p->box.w); x += cell_pt)
            mark_cell(p, x, y);
}

static double covered(const chart_place *p, chart_box b)
{
    int32_t x0 = (int32_t)((b.x - p->box.x) / cell_pt), y0 = (int32_t)((b.y - p->box.y) / cell_pt);
    int32_t x1 = (int32_t)((b.x + b.w - p->box.x) / cell_pt);
    int32_t y1 = (int32_t)((b.y + b.h - p->box.y) / cell_pt);
    int32_t n = 0;
    for (int32_t y = y0; y <= y1 && y < p->ny; y++)
        for (int32_t x = x0; x <= x1 && x < p->nx; x++)
            n += p->ink[y * p->nx + x];
    return n;
}

static bool is_free(const chart_place *p, chart_box b)
{
    if (b.x < p->box.x || b.y < p->box.y || b.x + b.w > p->box.x + p->box.w ||
        b.y + b.h > p->box.y + p->box.h)
        return false;
    const chart_box wide = {b.x - word_gap_pt, b.y, b.w + 2 * word_gap_pt, b.h};
    for (int32_t i = 0; i < p->n_taken; i++)
        if (chart_box_meets(wide, p->taken[i]))
            return false;
    return true;
}

/* Eight sides of an anchor: right, left, above, below, then the corners. */
static const struct {
    int x, y;
} side[8] = {{1, 0}, {-1, 0}, {0, -1}, {0, 1}, {1, -1}, {-1, -1}, {1, 1}, {-1, 1}};

static chart_box beside(double x, double y, double w, double h, int i, double gap)
{
    double dx = side[i].x ? side[i].x * (gap + 0.5 * w) : 0;
    double dy = side[i].y ? side[i].y * (gap * 0.7 + 0.5 * h) : 0;
    return (chart_box){x + dx - 0.5 * w, y + dy - 0.5 * h, w, h};
}

bool chart_place_label(chart_place *p, double w, double h, int32_t n, const double x[],
                       const double y[], chart_box *at, int32_t *near)
{
    static const double gap_pt[] = {4, 7, 12, 20, 32, 48, 64};
    double best = INFINITY;
    for (int32_t a = 0; a < n; a++)
        for (int g = 0; g < 7; g++)
            for (int i = 0; i < 8; i++) {
                double base = anchor_cost * a + distance_cost * gap_pt[g] + 0.1 * i;
                if (base >= best)
                    continue;
                chart_box b = beside(x[a], y[a], w, h, i, gap_pt[g]);
                if (!is_free(p, b))
                    continue;
                double cost = base + ink_cost * covered(p, b);
                if (cost < best) {
                    best = cost;
                    *at = b;
                    *near = a;
                }
            }
    if (isinf(best) || p->n_taken >= p->cap_taken)
        return false;
    p->taken[p->n_taken++] = *at;
    return true;
}

bool chart_place_centred(chart_place *p, double w, double h, int32_t n, const double x[],
                         const double y[], chart_box *at)
{
    double best = INFINITY;
    for (int32_t a = 0; a < n; a++) {
        chart_box b = {x[a] - 0.5 * w, y[a] - 0.5 * h, w, h};
        double cost = is_free(p, b) ? covered(p, b) : (double)INFINITY;
        if (cost < best) {
            best = cost;
            *at = b;
        }
    }
    if (isinf(best) || p->n_taken >= p->cap_taken)
        return false;
    p->taken[p->n_taken++] = *at;
    return true;
}

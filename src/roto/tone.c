#include "parts_priv.h"
#include "tone_priv.h"

#include <math.h>
#include <string.h>

#include "num/dmath.h"

/* Luma counts less than colour: it is what light changes. Own choice, by eye. */
static const float weight_y = 0.42f, weight_c = 1.25f;
static const float alike_most = 17, alike_least = 10; /* tones nearer than this are one */
static const float alike_frac = 0.5f; /* of the spread of all of a person's colours */
static const float follow = 0.06f;    /* share by which tones move in a drawing */

static float distance2(float dy, float db, float dr)
{
    dy *= weight_y, db *= weight_c, dr *= weight_c;
    return dy * dy + db * db + dr * dr;
}

float roto_tone_distance(const roto_tone *a, const roto_tone *b)
{
    return sqrtf(distance2(a->y - b->y, a->cb - b->cb, a->cr - b->cr));
}

static bool inner(const roto_cells *w, int32_t i)
{
    return w->alpha[i] > 0.8f && w->part[i] != ROTO_NONE;
}

/* ---- finding them ---- */

typedef struct heap {
    double n, y, cb, cr;
} heap;

static heap heap_sum(heap a, heap b)
{
    return (heap){a.n + b.n, a.y + b.y, a.cb + b.cb, a.cr + b.cr};
}

static float heap_distance(const heap *a, const heap *b)
{
    return sqrtf(distance2((float)(a->y / a->n - b->y / b->n), (float)(a->cb / a->n - b->cb / b->n),
                           (float)(a->cr / a->n - b->cr / b->n)));
}

/* Means of the darker and the lighter half, moved to the middle of two clusters. */
static void two_of_kind(const roto_cells *w, int kind, heap out[2])
{
    double sum = 0, n = 0;
    ROTO_EACH (i, &w->win)
        if (inner(w, i) && roto_kind(w->part[i]) == kind)
            sum += (double)w->luma[i], n++;
    float mid = n > 0 ? (float)(sum / n) : 0;
    float c[2][3] = {{mid - 30, 0, 0}, {mid + 30, 0, 0}};
    for (int round = 0; round < 8; round++) {
        out[0] = out[1] = (heap){0};
        ROTO_EACH (i, &w->win) {
            if (!inner(w, i) || roto_kind(w->part[i]) != kind)
                continue;
            float d[2];
            for (int k = 0; k < 2; k++)
                d[k] = distance2(w->luma[i] - c[k][0], round ? w->cb[i] - c[k][1] : 0,
                                 round ? w->cr[i] - c[k][2] : 0);
            heap one = {1, (double)w->luma[i], (double)w->cb[i], (double)w->cr[i]};
            int k = d[1] < d[0];
            out[k] = heap_sum(out[k], one);
        }
        for (int k = 0; k < 2; k++)
            if (out[k].n > 0)
                c[k][0] = (float)(out[k].y / out[k].n), c[k][1] = (float)(out[k].cb / out[k].n),
                c[k][2] = (float)(out[k].cr / out[k].n);
    }
}

/* Join the two that are most alike until all are different and few enough. */
static int join(int n, heap h[], float alike)
{
    for (;;) {
        int a = -1, b = -1;
        float least = INFINITY;
        for (int i = 0; i < n; i++)
            for (int k = i + 1; k < n; k++) {
                /* a small heap goes into another sooner */
                float small = (float)(h[i].n < h[k].n ? h[i].n : h[k].n);
                float d = heap_distance(&h[i], &h[k]) * (small < 120 ? 0.4f : 1.0f);
                if (d < least)
                    least = d, a = i, b = k;
            }
        if (a < 0 || (least > alike && n <= ROTO_TONE_MAX))
            return n;
        h[a] = heap_sum(h[a], h[b]);
        h[b] = h[--n];
    }
}

/* Who stands in the dark has colours that lie close together. */
static float alike_of(const roto_cells *w)
{
    double n = 0, sum[3] = {0}, sum2[3] = {0};
    ROTO_EACH (i, &w->win) {
        float v[3] = {w->luma[i] * weight_y, w->cb[i] * weight_c, w->cr[i] * weight_c};
        if (!inner(w, i))
            continue;
        n++;
        for (int c = 0; c < 3; c++)
            sum[c] += (double)v[c], sum2[c] += (double)v[c] * (double)v[c];
    }
    double var = 0;
    for (int c = 0; c < 3 && n > 0; c++)
        var += sum2[c] / n - sum[c] / n * (sum[c] / n);
    return roto_clamp(alike_frac * sqrtf((float)var), alike_least, alike_most);
}

static void find(roto_tones *t, const roto_cells *w)
{
    heap h[2 * ROTO_KIND_COUNT];
    int n = 0;
    double all = 0;
    for (int kind = 0; kind < ROTO_KIND_COUNT; kind++) {
        heap two[2];
        two_of_kind(w, kind, two);
        for (int k = 0; k < 2; k++)
            if (two[k].n > 12)
                h[n++] = two[k], all += two[k].n;
    }
    memset(t, 0, sizeof *t);
    t->alike = alike_of(w);
    n = join(n, h, t->alike);
    for (int k = 0; k < n && all > 200; k++) {
        float y = (float)(h[k].y / h[k].n), cb = (float)(h[k].cb / h[k].n),
              cr = (float)(h[k].cr / h[k].n);
        t->tone[k] = (roto_tone){y, cb, cr, 0.75f * y, cb, cr, -1, (float)(h[k].n / all)};
        t->n = k + 1;
    }
    for (int kind = 0; kind < ROTO_KIND_COUNT; kind++)
        for (int k = 0; k < t->n; k++)
            t->of_kind[kind][k] = 1.0f / (float)t->n;
}

/* ---- laying them ---- */

/* The tone that a cell had in the drawing before. */
static int was_of(const roto_bench *bench, const uint8_t *was, int32_t i)
{
    float x = bench->back[i].x + 0.5f, y = bench->back[i].y + 0.5f;
    if (!was || !(x >= 0 && y >= 0 && x < ROTO_SIDE && y < ROTO_SIDE))
        return ROTO_NONE;
    return was[(int32_t)y * ROTO_SIDE + (int32_t)x];
}

/* Radius of what is smoothed, in cells: so much of the body that a fold of cloth is no shade. */
static int32_t fold_cells(const roto_cells *w)
{
    float r = 0.028f * w->body.trunk_px / w->grid.cell_px;
    return (int32_t)roto_clamp(r + 0.5f, 2, 6);
}

/* How far the colour of a cell is from a tone, in spreads, squared. */
static float colour_cost(const roto_tone *o, const roto_cells *w, int32_t i, float unit)
{
    float dy = w->luma[i] - o->y; /* the dark side of a tone is that tone too */
    if (dy < 0 && o->border_y > 0)
        dy = fminf(0, w->luma[i] - o->shade_y) * 0.7f + 0.3f * dy;
    float c = unit * distance2(dy, w->cb[i] - o->cb, w->cr[i] - o->cr);
    return c < 20 ? c : 20;
}

/* Lays the tone of each cell; seen: the one nearest by colour, wherever it lies. */
static void nearest(const roto_tones *t, roto_cells *w, const uint8_t *was_tone,
                    const roto_bench *bench, const float where[], uint8_t seen[])
{
    float spread = 0.75f * t->alike; /* of colours about their tone */
    const float hold = 3.5f;         /* what another tone than just now costs */
    int32_t blur = fold_cells(w);
    float *best = bench->spare[0], *cost = bench->spare[1], *scratch = bench->spare[2];
    float *plain = bench->spare[4];
    memset(w->tone, ROTO_NONE, ROTO_CELL);
    memset(seen, ROTO_NONE, ROTO_CELL);
    for (int k = 0; k < t->n; k++) {
        float rare[ROTO_MAP_PLOT], of_kind[ROTO_KIND_COUNT];
        for (int q = 0; q < ROTO_KIND_COUNT; q++)
            of_kind[q] = t->of_kind[q][k];
        roto_tone_map_rare(&t->map, k, of_kind, rare);
        ROTO_EACH (i, &w->win) {
            cost[i] = 0;
            if (w->alpha[i] < 0.25f || w->part[i] == ROTO_NONE)
                continue;
            float c = colour_cost(&t->tone[k], w, i, 1 / (spread * spread));
            if (k == 0 || c < plain[i])
                plain[i] = c, seen[i] = (uint8_t)k;
            int was = was_of(bench, was_tone, i);
            c += rare[(int32_t)where[i]] + (was != ROTO_NONE && was != k ? hold : 0);
            cost[i] = c * w->alpha[i];
        }
        roto_box(&w->win, cost, blur, scratch, cost);
        roto_box(&w->win, cost, blur, scratch, cost);
        ROTO_EACH (i, &w->win)
            if (w->alpha[i] >= 0.25f && w->part[i] != ROTO_NONE && (k == 0 || cost[i] < best[i]))
                best[i] = cost[i], w->tone[i] = (uint8_t)k;
    }
}

/* Tones by colour, place on the body and what was there before; the map learns from colour. */
static void lay(roto_tones *t, roto_cells *w, const uint8_t *was_tone, const roto_bench *bench)
{
    float *where = bench->spare[3];
    uint8_t *seen = bench->part;
    bool first = t->usual_miss <= 0;
    roto_tone_map_place(w, where);
    nearest(t, w, was_tone, bench, where, seen);
    roto_tone_map_follow(&t->map, t->n, w, where, seen, first);
    if (first) /* again, now that it is known where they lie */
        nearest(t, w, was_tone, bench, where, seen);
}

/* A sleeve's colour in a strip of trunk along the arm is the arm: the border between two parts
 * follows that of their tones. */
static void mend_parts(const roto_tones *t, roto_cells *w)
{
    ROTO_EACH (i, &w->win) {
        int part = w->part[i], tone = w->tone[i];
        if (part == ROTO_NONE || tone == ROTO_NONE || t->of_kind[roto_kind(part)][tone] > 0.06f)
            continue;
        roto_xy p = roto_cell_at(&w->grid, (float)(i % ROTO_SIDE), (float)(i / ROTO_SIDE));
        float near = 0.10f * w->body.trunk_px;
        for (int k = 0; k < ROTO_PART_COUNT; k++) {
            float d = roto_bone_distance(&w->body.bone[k], p);
            if (k != part && d < near && t->of_kind[roto_kind(k)][tone] > 0.25f)
                near = d, w->part[i] = (uint8_t)k;
        }
    }
}

/* ---- light and shade ---- */

/* Otsu's threshold of the luma of a tone; < 0 when there is no contrast worth two tones. */
static float border_of(const int64_t count[256])
{
    double all = 0, sum = 0, n = 0, below = 0, best = 0, where = -1;
    for (int v = 0; v < 256; v++)
        all += (double)count[v], sum += (double)count[v] * v;
    for (int v = 0; v < 256 && all > 0; v++) {
        n += (double)count[v], below += (double)count[v] * v;
        if (n < 0.06 * all || n > 0.94 * all)
            continue;
        double lo = below / n, hi = (sum - below) / (all - n), part = n / all;
        double between = part * (1 - part) * (hi - lo) * (hi - lo);
        if (between > best && hi - lo > 8 + 0.10 * hi)
            best = between, where = v + 0.5;
    }
    return (float)where;
}

/* How far the luma of each cell lies above the border of its tone, smoothed over the person alone:
 * neither the light behind him nor the step from one tone to another makes a rim. */
static void find_light(const roto_tones *t, const roto_cells *w, const roto_bench *bench)
{
    float *sum = bench->spare[0], *weight = bench->spare[1], *scratch = bench->spare[2];
    ROTO_EACH (i, &w->win) {
        bool has =
            w->tone[i] != ROTO_NONE && w->alpha[i] > 0.5f && t->tone[w->tone[i]].border_y >= 0;
        weight[i] = has ? w->alpha[i] : 0;
        sum[i] =
            has ? weight[i] * roto_clamp(w->luma[i] - t->tone[w->tone[i]].border_y, -30, 30) : 0;
    }
    for (int k = 0; k < 2; k++) {
        roto_box(&w->win, sum, fold_cells(w), scratch, sum);
        roto_box(&w->win, weight, fold_cells(w), scratch, weight);
    }
    ROTO_EACH (i, &w->win)
        sum[i] = weight[i] > 0.02f ? sum[i] / weight[i] : 0;
}

/* Light is held as the body's own: where it falls changes slower than a sleeve stirs. */
static void hold_light(roto_cells *w, const uint8_t *was_light, const roto_bench *bench)
{
    const float hold_frac = 0.72f, unit = 4; /* steps of `light` in one of luma */
    memset(w->light, 0, ROTO_CELL);
    ROTO_EACH (i, &w->win) {
        float now = bench->spare[0][i];
        int was = was_of(bench, was_light, i);
        if (w->tone[i] == ROTO_NONE)
            continue;
        if (was != ROTO_NONE && was != 0)
            now += hold_frac * ((float)(was - 128) / unit - now);
        w->light[i] = (uint8_t)roto_clamp(128.5f + unit * now, 1, 254);
    }
}

static void find_borders(roto_tones *t, const roto_cells *w, const roto_bench *bench)
{
    float *smooth = bench->spare[0], *scratch = bench->spare[1];
    int64_t count[ROTO_TONE_MAX][256] = {{0}};
    roto_box(&w->win, w->luma, 2, scratch, smooth);
    roto_box(&w->win, smooth, 2, scratch, smooth);
    ROTO_EACH (i, &w->win)
        if (w->tone[i] != ROTO_NONE && inner(w, i))
            count[w->tone[i]][(int)roto_clamp(smooth[i], 0, 255)]++;
    for (int k = 0; k < t->n; k++) {
        float now = border_of(count[k]), *held = &t->tone[k].border_y;
        if (now >= 0)
            *held = *held < 0 ? now : *held + 0.15f * (now - *held);
    }
}

static void lay_shade(roto_tones *t, roto_cells *w, const roto_cells *was, const roto_bench *bench)
{
    find_borders(t, w, bench);
    find_light(t, w, bench);
    hold_light(w, was ? was->light : NULL, bench);
    memset(w->shade, 0, ROTO_CELL);
    ROTO_EACH (i, &w->win) {
        if (w->tone[i] == ROTO_NONE || t->tone[w->tone[i]].border_y < 0)
            continue;
        int before = was_of(bench, was ? was->shade : NULL, i);
        int keep = before == 1 ? 10 : before == 0 ? -10 : 0;
        w->shade[i] = w->light[i] < 128 + keep;
    }
}

/* ---- following ---- */

static void step(float *held, double sum, double n, float share)
{
    *held += share * ((float)(sum / n) - *held);
}

static void follow_light(roto_tones *t, const roto_cells *w)
{
    heap lit[ROTO_TONE_MAX] = {{0}}, dark[ROTO_TONE_MAX] = {{0}};
    double of_kind[ROTO_KIND_COUNT][ROTO_TONE_MAX] = {{0}}, miss = 0, n = 0;
    ROTO_EACH (i, &w->win) {
        int k = w->tone[i];
        if (k == ROTO_NONE || !inner(w, i))
            continue;
        const roto_tone *o = &t->tone[k];
        float d2 = distance2(w->luma[i] - (w->shade[i] ? o->shade_y : o->y), w->cb[i] - o->cb,
                             w->cr[i] - o->cr);
        miss += (double)sqrtf(d2), n++;
        of_kind[roto_kind(w->part[i])][k]++;
        heap one = {1, (double)w->luma[i], (double)w->cb[i], (double)w->cr[i]};
        heap *h = w->shade[i] ? &dark[k] : &lit[k];
        *h = heap_sum(*h, one);
    }
    bool first = t->usual_miss <= 0;
    float share = first ? 1 : follow;
    for (int k = 0; k < t->n; k++) {
        roto_tone *o = &t->tone[k];
        if (lit[k].n > 30)
            step(&o->y, lit[k].y, lit[k].n, share), step(&o->cb, lit[k].cb, lit[k].n, share),
                step(&o->cr, lit[k].cr, lit[k].n, share);
        if (dark[k].n > 30)
            step(&o->shade_y, dark[k].y, dark[k].n, share),
                step(&o->shade_cb, dark[k].cb, dark[k].n, share),
                step(&o->shade_cr, dark[k].cr, dark[k].n, share);
    }
    for (int q = 0; q < ROTO_KIND_COUNT; q++) {
        double all = 0;
        for (int k = 0; k < t->n; k++)
            all += of_kind[q][k];
        for (int k = 0; k < t->n && all > 20; k++)
            step(&t->of_kind[q][k], of_kind[q][k], all, first ? 1 : 0.15f);
    }
    t->miss = n > 0 ? (float)(miss / n) : 0;
    t->usual_miss = first ? t->miss + 0.01f : t->usual_miss + 0.1f * (t->miss - t->usual_miss);
}

void roto_tone_lay(roto_tones *t, roto_cells *w, const roto_cells *was, const roto_bench *bench)
{
    /* clothes of another person, or a first drawing that was no good */
    bool lost = t->n > 0 && t->miss > 1.8f * t->usual_miss + 8;
    if (t->n == 0 || lost)
        find(t, w);
    lay(t, w, was ? was->tone : NULL, bench);
    if (t->usual_miss > 0)
        mend_parts(t, w);
    lay_shade(t, w, was, bench);
    follow_light(t, w);
}

static float byte_frac(float v)
{
    return roto_clamp(v * (1 / 255.0f), 0, 1);
}

hm_rgb roto_tone_rgb(const roto_tone *t, bool shade)
{
    float y = shade ? t->shade_y : t->y, cb = shade ? t->shade_cb : t->cb;
    float cr = shade ? t->shade_cr : t->cr;
    return (hm_rgb){byte_frac(y + 1.402f * cr), byte_frac(y - 0.344f * cb - 0.714f * cr),
                    byte_frac(y + 1.772f * cb)};
}

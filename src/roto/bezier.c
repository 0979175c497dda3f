/* Curves through points: least squares for the two handles, points moved along by Newton's step,
 * split where the fit is worst. Philip Schneider, "An algorithm for automatically fitting digitized
 * curves", Graphics Gems, 1990 (recalled). */
#include "contour_priv.h"

#include <math.h>
#include <string.h>

enum { ROUNDS = 3, DEPTH = 14 };

typedef struct fit {
    const roto_xy *p; /* all points; closed ones repeat the first at the end */
    float *u;         /* (n) place along the piece, 0 .. 1 */
    float error_px;
    hm_arena *arena;
    size_t cap;
    roto_curve *out;
    hm_err *err;
} fit;

static roto_xy sub(roto_xy a, roto_xy b)
{
    return (roto_xy){a.x - b.x, a.y - b.y};
}

static roto_xy mad(roto_xy a, float k, roto_xy b)
{
    return (roto_xy){a.x + k * b.x, a.y + k * b.y};
}

static float dot(roto_xy a, roto_xy b)
{
    return a.x * b.x + a.y * b.y;
}

static roto_xy unit(roto_xy a)
{
    float len = sqrtf(dot(a, a));
    return len > 1e-9f ? (roto_xy){a.x / len, a.y / len} : (roto_xy){1, 0};
}

static roto_xy at(const roto_xy b[4], float t)
{
    float u = 1 - t;
    roto_xy q = {0, 0};
    q = mad(q, u * u * u, b[0]);
    q = mad(q, 3 * u * u * t, b[1]);
    q = mad(q, 3 * u * t * t, b[2]);
    return mad(q, t * t * t, b[3]);
}

static void measure(const fit *f, int32_t from, int32_t to)
{
    f->u[from] = 0;
    for (int32_t i = from + 1; i <= to; i++) {
        roto_xy d = sub(f->p[i], f->p[i - 1]);
        f->u[i] = f->u[i - 1] + sqrtf(dot(d, d));
    }
    float all = f->u[to] > 0 ? f->u[to] : 1;
    for (int32_t i = from + 1; i <= to; i++)
        f->u[i] /= all;
}

/* Lengths of both handles along the given directions. */
static void handles(const fit *f, int32_t from, int32_t to, roto_xy ta, roto_xy tb, roto_xy b[4])
{
    double c00 = 0, c01 = 0, c11 = 0, x0 = 0, x1 = 0;
    b[0] = f->p[from], b[3] = f->p[to];
    for (int32_t i = from; i <= to; i++) {
        float t = f->u[i], v = 1 - t, k1 = 3 * v * v * t, k2 = 3 * v * t * t;
        float k0 = v * v * v + k1, k3 = t * t * t + k2;
        roto_xy a0 = {ta.x * k1, ta.y * k1}, a1 = {tb.x * k2, tb.y * k2};
        roto_xy rest = mad(mad(f->p[i], -k0, b[0]), -k3, b[3]);
        c00 += (double)dot(a0, a0), c01 += (double)dot(a0, a1), c11 += (double)dot(a1, a1);
        x0 += (double)dot(a0, rest), x1 += (double)dot(a1, rest);
    }
    roto_xy chord = sub(b[3], b[0]);
    float len = sqrtf(dot(chord, chord)), det = (float)(c00 * c11 - c01 * c01);
    float la = len / 3, lb = len / 3;
    if (det > 1e-9f) {
        float ga = (float)((x0 * c11 - x1 * c01) / (double)det);
        float gb = (float)((c00 * x1 - c01 * x0) / (double)det);
        if (ga > 0.01f * len && gb > 0.01f * len && ga < 3 * len && gb < 3 * len)
            la = ga, lb = gb;
    }
    b[1] = mad(b[0], la, ta), b[2] = mad(b[3], lb, tb);
}

/* A Newton step of each point toward its nearest place on the curve. */
static void settle(const fit *f, int32_t from, int32_t to, const roto_xy b[4])
{
    for (int32_t i = from + 1; i < to; i++) {
        float t = f->u[i], v = 1 - t;
        roto_xy e = sub(at(b, t), f->p[i]), d = {0, 0}, dd = {0, 0};
        d = mad(d, 3 * v * v, sub(b[1], b[0]));
        d = mad(d, 6 * v * t, sub(b[2], b[1]));
        d = mad(d, 3 * t * t, sub(b[3], b[2]));
        dd = mad(dd, 6 * v, mad(mad(b[2], -2, b[1]), 1, b[0]));
        dd = mad(dd, 6 * t, mad(mad(b[3], -2, b[2]), 1, b[1]));
        float down = dot(d, d) + dot(e, dd);
        if (fabsf(down) > 1e-9f)
            f->u[i] = roto_clamp(t - dot(e, d) / down, 0, 1);
    }
}

static float worst(const fit *f, int32_t from, int32_t to, const roto_xy b[4], int32_t *where)
{
    float most = 0;
    *where = (from + to) / 2;
    for (int32_t i = from + 1; i < to; i++) {
        roto_xy e = sub(at(b, f->u[i]), f->p[i]);
        if (dot(e, e) > most)
            most = dot(e, e), *where = i;
    }
    return most;
}

static hm_status put(fit *f, const roto_xy b[4])
{
    hm_err *err = f->err;
    size_t n = f->out->n > 0 ? (size_t)(3 * f->out->n + 1) : 0;
    roto_xy *room = hm_arena_grow(f->arena, f->out->p, n, 4, &f->cap, sizeof *room);
    ROTO_NEED(room);
    f->out->p = room;
    memcpy(room + 3 * f->out->n, b, 4 * sizeof *b);
    f->out->n++;
    return HM_OK;
}

/* Direction at a point of the row, seen over some points on both sides. */
static roto_xy tangent(const fit *f, int32_t from, int32_t i, int32_t to)
{
    int32_t a = i - 3 < from ? from : i - 3, b = i + 3 > to ? to : i + 3;
    return unit(sub(f->p[b], f->p[a]));
}

static hm_status piece(fit *f, int32_t from, int32_t to, roto_xy ta, roto_xy tb, int depth)
{
    roto_xy b[4];
    int32_t split;
    if (to - from < 2) {
        b[0] = f->p[from], b[3] = f->p[to];
        b[1] = mad(b[0], 1.0f / 3, sub(b[3], b[0])), b[2] = mad(b[0], 2.0f / 3, sub(b[3], b[0]));
        return put(f, b);
    }
    measure(f, from, to);
    float limit = f->error_px * f->error_px;
    for (int k = 0; k < ROUNDS; k++) {
        handles(f, from, to, ta, tb, b);
        float e = worst(f, from, to, b, &split);
        if (e <= limit || depth <= 0)
            return put(f, b);
        if (e > 30 * limit)
            break;
        settle(f, from, to, b);
    }
    roto_xy t = tangent(f, from, split, to), back = {-t.x, -t.y};
    HM_TRY(piece(f, from, split, ta, back, depth - 1));
    return piece(f, split, to, t, tb, depth - 1);
}

/* Does the way turn by more than about 50 degrees here? */
static bool corner(const roto_xy *p, int32_t n, int32_t i, bool closed, int32_t reach)
{
    if (!closed && (i < reach || i + reach >= n))
        return false;
    roto_xy a = sub(p[i], p[(i - reach + n) % n]), b = sub(p[(i + reach) % n], p[i]);
    return dot(unit(a), unit(b)) < 0.62f;
}

hm_status roto_bezier(int32_t n, const roto_xy *p, bool closed, float error_px, hm_arena *arena,
                      roto_curve *curve, hm_err *err)
{
    int32_t m = closed ? n + 1 : n;
    roto_xy *row = HM_PUSH(arena, roto_xy, m + 1);
    float *u = HM_PUSH(arena, float, m + 1);
    ROTO_NEED(row && u ? row : NULL);
    memcpy(row, p, (size_t)n * sizeof *p);
    if (closed)
        row[n] = p[0];
    *curve = (roto_curve){.closed = closed};
    fit f = {.p = row, .u = u, .error_px = error_px, .arena = arena, .out = curve, .err = err};
    int32_t from = 0, reach = n > 24 ? 4 : 2;
    roto_xy start = closed ? unit(sub(p[1 % n], p[n - 1])) : unit(sub(p[n > 2 ? 2 : n - 1], p[0]));
    roto_xy lead = start;
    for (int32_t i = 1; i < m && n > 1; i++) {
        bool last = i == m - 1,
             sharp = !last && i - from > reach && i + reach < m && corner(p, n, i, closed, reach);
        bool far = i - from >= 48; /* pieces stay short enough to fit */
        if (!last && !sharp && !far)
            continue;
        roto_xy t = last && closed ? start
                    : sharp        ? unit(sub(row[i], row[i - 2]))
                                   : tangent(&f, from, i, m - 1);
        HM_TRY(piece(&f, from, i, lead, (roto_xy){-t.x, -t.y}, DEPTH));
        lead = sharp ? unit(sub(row[i + 2 < m ? i + 2 : m - 1], row[i])) : t;
        from = i;
    }
    return HM_OK;
}

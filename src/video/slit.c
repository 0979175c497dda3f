#include "video/slit.h"

#include <math.h>
#include <string.h>

/* ---- constants, own ---- */
static const double nominal_mps = 10.5; /* at which proportions are true */
static const double chest_m = 1.2;      /* height at which lanes are placed */
static const double over_m = 2.2, under_m = -0.2;
static const double still_s = 0.4; /* beyond the span, for the background */
enum { STILL_MAX = 15 };           /* images whose middle is the background */

/* Where the plane lies in the lanes' chests, from the top of the picture down. */
typedef struct anchor {
    double u_px, v_px, px_per_m;
} anchor;

/* One row of the slit picture. */
typedef struct slit_row {
    double u_px, v_px, px_per_m, delay_s;
} slit_row;

typedef struct recorder {
    const hm_marks *marks;
    const hm_view *view;
    double x_m;
    hm_slit out;
    slit_row *row;  /* (out.h_px) */
    uint8_t *strip; /* (strip_h x strip_w x 3) the image before */
    uint8_t *still; /* (n_still x strip) images for the background; then the first is it */
    int32_t n_still;
    int32_t strip_u, strip_w, strip_v, strip_h;
    double strip_s, interval_s;
    int64_t n_image;
    int32_t done; /* columns */
} recorder;

static bool anchor_of(const recorder *r, double y_m, double z_m, anchor *a)
{
    const double at[3] = {r->x_m, y_m, z_m}, on[3] = {r->x_m + 0.1, y_m, z_m};
    double u1, v1;
    if (!hm_view_pixel(r->view, at, &a->u_px, &a->v_px) || !hm_view_pixel(r->view, on, &u1, &v1))
        return false;
    a->px_per_m = (u1 - a->u_px) / 0.1;
    return true;
}

/* Chests of all lanes, above them the far lane's upper end, below them the near lane's feet. */
static int32_t find_anchors(const recorder *r, anchor a[HM_MARKS_LANE_MAX + 2])
{
    const hm_marks *m = r->marks;
    int32_t n = 0;
    for (int32_t k = 0; k < 3 * m->n_lane; k++) {
        static const double height_m[3] = {chest_m, over_m, under_m};
        const hm_marks_lane *l = &m->lane[k % m->n_lane];
        anchor new, *to;
        if (!anchor_of(r, 0.5 * (l->from_y_m + l->to_y_m), height_m[k / m->n_lane], &new))
            continue;
        /* of the ends only those beyond all chests count */
        if (k >= m->n_lane && n > 0 && new.v_px >= a[0].v_px &&new.v_px <= a[n - 1].v_px)
            continue;
        if (k >= m->n_lane && n == HM_MARKS_LANE_MAX + 2)
            continue;
        for (to = a + n++; to > a && to[-1].v_px > new.v_px; to--)
            *to = to[-1];
        *to = new;
    }
    return n;
}

static slit_row row_at(const anchor a[], int32_t n, double v_px)
{
    int32_t i = 0;
    while (i < n - 2 && a[i + 1].v_px < v_px)
        i++;
    double f = n > 1 ? (v_px - a[i].v_px) / (a[i + 1].v_px - a[i].v_px) : 0;
    const anchor *b = n > 1 ? &a[i + 1] : &a[i];
    f = fmax(0, fmin(1, f));
    return (slit_row){a[i].u_px + f * (b->u_px - a[i].u_px), v_px,
                      a[i].px_per_m + f * (b->px_per_m - a[i].px_per_m), 0};
}

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the slit picture");
}

/* Rows, size and time axis of the picture. */
static hm_status lay_out(recorder *r, double from_s, double to_s, hm_arena *arena, hm_err *err)
{
    anchor a[HM_MARKS_LANE_MAX + 2];
    int32_t n = find_anchors(r, a);
    double h = r->view->height_px, w = r->view->width_px;
    double top = n ? fmax(0, floor(a[0].v_px)) : 0, low = n ? fmin(h, ceil(a[n - 1].v_px)) : 0;
    if (!(low - top >= 8))
        return hm_err_set(err, HM_ERR_INPUT, "marks", 0, 0, NULL,
                          "the plane of the slit picture lies outside of the clip's picture");
    double scale = fmax(1, ceil(HM_SLIT_H_MIN / (low - top)));
    hm_slit *s = &r->out;
    s->h_px = (int32_t)(scale * (low - top));
    s->top_v_px = top;
    s->row_per_px = scale;
    s->line_hz = scale * nominal_mps * fabs(row_at(a, n, 0.5 * (top + low)).px_per_m);
    s->from_s = from_s;
    s->w_px = (int32_t)fmin(HM_SLIT_W_MAX, ceil((to_s - from_s) * s->line_hz));
    r->row = HM_PUSH(arena, slit_row, s->h_px);
    s->rgb = hm_arena_push(arena, 3 * (size_t)s->w_px, (size_t)s->h_px);
    if (!r->row || !s->rgb || s->w_px < 1)
        return no_memory(err);
    double low_u = w, high_u = 0;
    for (int32_t i = 0; i < s->h_px; i++) {
        slit_row *q = &r->row[i];
        *q = row_at(a, n, top + (i + 0.5) / scale);
        q->delay_s = hm_view_row_delay_s(r->view, r->marks, q->u_px, q->v_px);
        double far = (1.5 * r->interval_s + fabs(q->delay_s)) * nominal_mps * fabs(q->px_per_m) + 3;
        low_u = fmin(low_u, q->u_px - far);
        high_u = fmax(high_u, q->u_px + far);
    }
    r->strip_u = (int32_t)floor(fmax(0, low_u));
    r->strip_w = (int32_t)ceil(fmin(w, high_u)) - r->strip_u;
    r->strip_v = (int32_t)top;
    r->strip_h = (int32_t)(low - top);
    if (r->strip_w < 2)
        return hm_err_set(err, HM_ERR_INPUT, "marks", 0, 0, NULL,
                          "the plane of the slit picture lies outside of the clip's picture");
    r->strip = hm_arena_push(arena, 3 * (size_t)r->strip_w, (size_t)r->strip_h);
    r->still = hm_arena_push(arena, 3 * STILL_MAX * (size_t)r->strip_w, (size_t)r->strip_h);
    return r->strip && r->still ? HM_OK : no_memory(err);
}

static size_t strip_bytes(const recorder *r)
{
    return 3 * (size_t)r->strip_w * (size_t)r->strip_h;
}

static void copy_strip(const recorder *r, const hm_clip_image *im, uint8_t *to)
{
    for (int32_t v = 0; v < r->strip_h; v++)
        memcpy(to + 3 * (size_t)v * (size_t)r->strip_w,
               im->bytes + (r->strip_v + v) * im->stride + 3 * (int64_t)r->strip_u,
               3 * (size_t)r->strip_w);
}

static void keep(recorder *r, const hm_clip_image *im)
{
    copy_strip(r, im, r->strip);
    r->strip_s = im->time_s;
    r->n_image++;
}

/* The background: of each byte the middle over the still images. */
static void find_still(recorder *r)
{
    size_t all = strip_bytes(r);
    for (size_t i = 0; i < all; i++) {
        uint8_t sorted[STILL_MAX] = {0};
        for (int32_t k = 0; k < r->n_still; k++) {
            uint8_t v = r->still[(size_t)k * all + i];
            int32_t at = k;
            for (; at > 0 && sorted[at - 1] > v; at--)
                sorted[at] = sorted[at - 1];
            sorted[at] = v;
        }
        r->still[i] = sorted[r->n_still / 2];
    }
}

/* Images for the background, evenly over the span and a little beyond. */
static hm_status take_stills(recorder *r, const char *path, const hm_clip_opts *opts,
                             hm_arena *arena, hm_err *err)
{
    hm_clip_opts o = *opts;
    hm_clip_times times;
    hm_clip_image image;
    hm_clip *clip;
    bool more = true;
    o.from_s = fmax(0, opts->from_s - still_s);
    o.to_s = opts->to_s + still_s;
    HM_TRY(hm_clip_times_read(path, &o, arena, &times, err));
    int64_t by = 1 + times.n / STILL_MAX;
    HM_TRY(hm_clip_open(path, &o, arena, &clip, err));
    hm_status status = HM_OK;
    for (int64_t i = 0; r->n_still < STILL_MAX; i++) {
        status = hm_clip_next(clip, &image, &more, err);
        if (status != HM_OK || !more)
            break;
        if (i % by == 0)
            copy_strip(r, &image, r->still + strip_bytes(r) * (size_t)r->n_still++);
    }
    hm_clip_close(clip);
    if (status == HM_OK && r->n_still)
        find_still(r);
    return status;
}

/* Bilinear in a strip; clamped at its edges. */
static void sample(const recorder *r, const uint8_t *strip, double u_px, double v_px, double out[3])
{
    double x = fmax(0, fmin(r->strip_w - 1.001, u_px - 0.5 - r->strip_u)),
           y = fmax(0, fmin(r->strip_h - 1.001, v_px - 0.5 - r->strip_v));
    int32_t i = (int32_t)x, j = (int32_t)y;
    double a = x - i, b = y - j;
    const uint8_t *p = strip + 3 * ((size_t)j * (size_t)r->strip_w + (size_t)i),
                  *q = p + 3 * (size_t)r->strip_w;
    for (int c = 0; c < 3; c++)
        out[c] = (1 - b) * ((1 - a) * p[c] + a * p[c + 3]) + b * ((1 - a) * q[c] + a * q[c + 3]);
}

/* One point of the picture: the background on the line, and what is moving over it. */
static void lay_point(const recorder *r, const slit_row *q, double beside_px, uint8_t out[3])
{
    double seen[3], still[3], line[3];
    sample(r, r->strip, q->u_px - beside_px, q->v_px, seen);
    sample(r, r->still, q->u_px - beside_px, q->v_px, still);
    sample(r, r->still, q->u_px, q->v_px, line);
    double off =
        fmax(fabs(seen[0] - still[0]), fmax(fabs(seen[1] - still[1]), fabs(seen[2] - still[2])));
    double body = fmax(0, fmin(1, (off - 14) / 20)); /* levels: noise up to bodies */
    for (int c = 0; c < 3; c++)
        out[c] = (uint8_t)(0.5 + body * seen[c] + (1 - body) * line[c]);
}

/* The columns up to until_s from the kept image. */
static void lay_columns(recorder *r, double until_s)
{
    hm_slit *s = &r->out;
    for (; r->done < s->w_px; r->done++) {
        double t = s->from_s + (r->done + 0.5) / s->line_hz;
        if (t >= until_s)
            return;
        for (int32_t i = 0; i < s->h_px; i++) {
            const slit_row *q = &r->row[i];
            lay_point(r, q, q->px_per_m * nominal_mps * (t - r->strip_s - q->delay_s),
                      s->rgb + 3 * ((size_t)i * (size_t)s->w_px + (size_t)r->done));
        }
    }
}

static hm_status go_through(recorder *r, hm_clip *clip, hm_err *err)
{
    hm_clip_image image;
    bool more = true;
    while (r->done < r->out.w_px) {
        HM_TRY(hm_clip_next(clip, &image, &more, err));
        if (!more)
            break;
        if (r->n_image == 0) /* nothing is known before the first image */
            r->out.from_s = fmax(r->out.from_s, image.time_s - 0.5 * r->interval_s);
        else
            lay_columns(r, 0.5 * (r->strip_s + image.time_s));
        keep(r, &image);
    }
    if (r->n_image)
        lay_columns(r, r->strip_s + 0.5 * r->interval_s);
    return HM_OK;
}

/* Columns that the clip did not reach are cut off. */
static void cut(hm_slit *s, int32_t w_px)
{
    for (int32_t i = 1; i < s->h_px && w_px < s->w_px; i++)
        memmove(s->rgb + 3 * (size_t)i * (size_t)w_px, s->rgb + 3 * (size_t)i * (size_t)s->w_px,
                3 * (size_t)w_px);
    s->w_px = w_px;
}

hm_status hm_slit_record(const char *path, const hm_clip_opts *opts, const hm_marks *marks,
                         const hm_view *view, double x_m, double from_s, double to_s,
                         hm_arena *arena, hm_slit *slit, hm_err *err)
{
    hm_clip *clip;
    hm_clip_times times;
    hm_clip_opts o = *opts;
    if (!view->has_camera || marks->n_lane == 0)
        return hm_err_set(err, HM_ERR_INPUT, "marks", 0, 0, "points", "%s",
                          view->has_camera ? "expected lanes" : view->no_camera);
    o.from_s = fmax(0, from_s);
    o.to_s = to_s;
    o.pixels = HM_CLIP_RGB;
    HM_TRY(hm_clip_times_read(path, &o, arena, &times, err));
    if (times.n < 2 || !(to_s > from_s))
        return hm_err_set(err, HM_ERR_INPUT, path, 0, 0, NULL,
                          "no images from %.2f to %.2f s for the slit picture", from_s, to_s);
    recorder r = {.marks = marks, .view = view, .x_m = x_m, .interval_s = times.median_s};
    HM_TRY(lay_out(&r, o.from_s, to_s, arena, err));
    HM_TRY(take_stills(&r, path, &o, arena, err));
    HM_TRY(hm_clip_open(path, &o, arena, &clip, err));
    hm_status status = go_through(&r, clip, err);
    hm_clip_close(clip);
    HM_TRY(status);
    if (r.done == 0)
        return hm_err_set(err, HM_ERR_INPUT, path, 0, 0, NULL,
                          "no images from %.2f to %.2f s for the slit picture", from_s, to_s);
    cut(&r.out, r.done);
    *slit = r.out;
    return HM_OK;
}

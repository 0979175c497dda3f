#include "faces_priv.h"

#include <math.h>

/* Discs to be blurred. */
typedef struct disc {
    float x, y, r;
} disc;

static const double lost_s = 2.0; /* a person is still blurred so long before and after */

static bool good(const hm_seen_point *p)
{
    return isfinite(p->x_px) && isfinite(p->y_px) && isfinite(p->sigma_px);
}

static disc around(const hm_track_frame *f, int from, int to, int *n)
{
    disc d = {0, 0, 0};
    *n = 0;
    for (int k = from; k <= to; k++)
        if (good(&f->point[k]))
            d.x += f->point[k].x_px, d.y += f->point[k].y_px, ++*n;
    if (*n == 0)
        return d;
    d.x /= (float)*n, d.y /= (float)*n;
    for (int k = from; k <= to; k++)
        if (good(&f->point[k]))
            d.r = fmaxf(d.r, hypotf(f->point[k].x_px - d.x, f->point[k].y_px - d.y));
    return d;
}

/* The head; a doubtful one grows by its doubt, a missing one takes the upper third of the body. */
static disc head_of(const hm_track_frame *f)
{
    int n_head, n_all;
    disc head = around(f, HM_POINT_NOSE, HM_POINT_MOUTH_R, &n_head);
    disc all = around(f, HM_POINT_NOSE, HM_POINT_TOE_R, &n_all);
    float doubt = 0, top = INFINITY, least = 0.16f * all.r;
    for (int k = 0; k < HM_POINT_COUNT; k++) {
        if (!good(&f->point[k]))
            continue;
        top = fminf(top, f->point[k].y_px);
        doubt = k <= HM_POINT_MOUTH_R ? fmaxf(doubt, f->point[k].sigma_px) : doubt;
    }
    if (n_head >= 3) {
        head.r = fmaxf(2.0f * head.r, least) + 2 * doubt;
        return head;
    }
    return n_all > 0 ? (disc){all.x, top, 0.75f * all.r} : (disc){0, 0, 0};
}

static void blur_disc(disc d, int32_t w_px, int32_t h_px, uint8_t *rgb)
{
    /* squares of a fifth of the disc: nothing finer is left */
    int32_t cell = (int32_t)(0.4f * d.r) + 2;
    int32_t x0 = (int32_t)floorf(d.x - d.r), y0 = (int32_t)floorf(d.y - d.r);
    int32_t n = (int32_t)(2 * d.r) / cell + 1;
    for (int32_t q = 0; q < n * n; q++) {
        int32_t ax = x0 + q % n * cell, ay = y0 + q / n * cell;
        int64_t sum[3] = {0}, count = 0;
        for (int pass = 0; pass < 2; pass++)
            for (int32_t y = ay < 0 ? 0 : ay; y < ay + cell && y < h_px; y++)
                for (int32_t x = ax < 0 ? 0 : ax; x < ax + cell && x < w_px; x++) {
                    uint8_t *p = rgb + 3 * ((int64_t)y * w_px + x);
                    for (int c = 0; c < 3; c++)
                        if (pass == 0)
                            sum[c] += p[c];
                        else
                            p[c] = (uint8_t)(sum[c] / count);
                    count += pass == 0;
                }
    }
}

/* Frame of a person that is nearest in time; NULL = he is not there, nor was just now. */
static const hm_track_frame *nearest(const hm_track_person *p, double time_s)
{
    const hm_track_frame *best = NULL;
    double least = lost_s;
    int32_t lo = 0, hi = p->n_frame;
    while (lo < hi) {
        int32_t mid = (lo + hi) / 2;
        if (p->frame[mid].time_s < time_s)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (int32_t i = lo > 0 ? lo - 1 : 0; i <= lo && i < p->n_frame; i++)
        if (fabs(p->frame[i].time_s - time_s) < least)
            least = fabs(p->frame[i].time_s - time_s), best = &p->frame[i];
    return best;
}

void roto_faces_blur(const hm_track *track, double time_s, float px_frac, int32_t w_px,
                     int32_t h_px, uint8_t *rgb)
{
    for (int32_t k = 0; k < track->n_person; k++) {
        const hm_track_frame *f = nearest(&track->person[k], time_s);
        if (!f)
            continue;
        disc d = head_of(f);
        /* the longer ago he was seen, the more may hide him */
        d.r *= 1 + 1.5f * (float)fabs(f->time_s - time_s);
        d.x /= px_frac, d.y /= px_frac, d.r /= px_frac;
        if (d.r > 0.5f)
            blur_disc(d, w_px, h_px, rgb);
    }
}

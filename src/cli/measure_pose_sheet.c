#include "measure_pose.h"

#include <math.h>
#include <string.h>

#include "io/png.h"

enum { COLUMNS = 4, ROWS = 3, SHEET_W = 1920, GAP = 4, DOTS_MAX = 12 };

typedef struct sheet {
    int32_t w, h, cell_w, cell_h;
    double scale; /* [1] cell px per clip px */
    uint8_t *rgb;
} sheet;

typedef struct ink {
    uint8_t r, g, b;
} ink;

static const ink left = {255, 140, 20}, right = {30, 140, 255}, middle = {250, 250, 250};

/* bones by point; which side they are of */
static const struct {
    uint8_t a, b, side; /* 0 left, 1 right, 2 both */
} bone[] = {
    {HM_POINT_SHOULDER_L, HM_POINT_SHOULDER_R, 2},
    {HM_POINT_HIP_L, HM_POINT_HIP_R, 2},
    {HM_POINT_SHOULDER_L, HM_POINT_HIP_L, 2},
    {HM_POINT_SHOULDER_R, HM_POINT_HIP_R, 2},
    {HM_POINT_EAR_L, HM_POINT_EAR_R, 2},
    {HM_POINT_NOSE, HM_POINT_EAR_L, 2},
    {HM_POINT_NOSE, HM_POINT_EAR_R, 2},
    {HM_POINT_SHOULDER_L, HM_POINT_ELBOW_L, 0},
    {HM_POINT_ELBOW_L, HM_POINT_WRIST_L, 0},
    {HM_POINT_WRIST_L, HM_POINT_INDEX_FINGER_L, 0},
    {HM_POINT_HIP_L, HM_POINT_KNEE_L, 0},
    {HM_POINT_KNEE_L, HM_POINT_ANKLE_L, 0},
    {HM_POINT_ANKLE_L, HM_POINT_HEEL_L, 0},
    {HM_POINT_HEEL_L, HM_POINT_TOE_L, 0},
    {HM_POINT_SHOULDER_R, HM_POINT_ELBOW_R, 1},
    {HM_POINT_ELBOW_R, HM_POINT_WRIST_R, 1},
    {HM_POINT_WRIST_R, HM_POINT_INDEX_FINGER_R, 1},
    {HM_POINT_HIP_R, HM_POINT_KNEE_R, 1},
    {HM_POINT_KNEE_R, HM_POINT_ANKLE_R, 1},
    {HM_POINT_ANKLE_R, HM_POINT_HEEL_R, 1},
    {HM_POINT_HEEL_R, HM_POINT_TOE_R, 1},
};

/* Cell pixels; each is the mean of the clip's pixels under it. */
static void put_image(sheet *s, int32_t i, const hm_clip_image *image)
{
    int32_t left_px = i % COLUMNS * (s->cell_w + GAP), top_px = i / COLUMNS * (s->cell_h + GAP);
    for (int32_t y = 0; y < s->cell_h; y++)
        for (int32_t x = 0; x < s->cell_w; x++) {
            int32_t x0 = (int32_t)(x / s->scale), y0 = (int32_t)(y / s->scale);
            int32_t x1 = (int32_t)fmin(image->width_px, ceil((x + 1) / s->scale));
            int32_t y1 = (int32_t)fmin(image->height_px, ceil((y + 1) / s->scale));
            uint32_t sum[3] = {0}, n = 0;
            for (int32_t v = y0; v < y1; v++)
                for (int32_t u = x0; u < x1; u++, n++)
                    for (int k = 0; k < 3; k++)
                        sum[k] += image->bytes[v * image->stride + 3 * u + k];
            uint8_t *to = s->rgb + 3 * ((ptrdiff_t)(top_px + y) * s->w + left_px + x);
            for (int k = 0; k < 3; k++)
                to[k] = (uint8_t)(n ? sum[k] / n : 0);
        }
}

/* Round-ended line within cell i, in cell pixels; edges half a pixel soft. */
static void put_line(sheet *s, int32_t i, double ax, double ay, double bx, double by, double half,
                     ink c)
{
    int32_t x0 = (int32_t)fmax(0, floor(fmin(ax, bx) - half - 1));
    int32_t x1 = (int32_t)fmin(s->cell_w - 1, ceil(fmax(ax, bx) + half + 1));
    int32_t y0 = (int32_t)fmax(0, floor(fmin(ay, by) - half - 1));
    int32_t y1 = (int32_t)fmin(s->cell_h - 1, ceil(fmax(ay, by) + half + 1));
    double dx = bx - ax, dy = by - ay, len2 = dx * dx + dy * dy;
    for (int32_t y = y0; y <= y1; y++)
        for (int32_t x = x0; x <= x1; x++) {
            double px = x + 0.5 - ax, py = y + 0.5 - ay;
            double t = len2 > 0 ? fmin(1, fmax(0, (px * dx + py * dy) / len2)) : 0;
            double far = sqrt((px - t * dx) * (px - t * dx) + (py - t * dy) * (py - t * dy));
            double part = fmin(1, fmax(0, half + 0.5 - far));
            uint8_t *to = s->rgb + 3 * ((ptrdiff_t)(i / COLUMNS * (s->cell_h + GAP) + y) * s->w +
                                        i % COLUMNS * (s->cell_w + GAP) + x);
            to[0] = (uint8_t)(to[0] + part * (c.r - to[0]));
            to[1] = (uint8_t)(to[1] + part * (c.g - to[1]));
            to[2] = (uint8_t)(to[2] + part * (c.b - to[2]));
        }
}

static void put_person(sheet *s, int32_t i, const hm_track_person *who, const hm_track_frame *f)
{
    const ink by_side[3] = {left, right, middle};
    double half = f->ambiguous ? 0.6 : 1.4, top_x = 0, top_y = INFINITY;
    for (size_t k = 0; k < sizeof bone / sizeof *bone; k++) {
        const hm_seen_point *a = &f->point[bone[k].a], *b = &f->point[bone[k].b];
        if (isnan(a->sigma_px) || isnan(b->sigma_px))
            continue;
        put_line(s, i, s->scale * (double)a->x_px, s->scale * (double)a->y_px,
                 s->scale * (double)b->x_px, s->scale * (double)b->y_px, half,
                 by_side[bone[k].side]);
    }
    for (int k = 0; k < HM_POINT_COUNT; k++)
        if (!isnan(f->point[k].sigma_px) && (double)f->point[k].y_px < top_y) {
            top_y = (double)f->point[k].y_px;
            top_x = (double)f->point[k].x_px;
        }
    for (int k = 0; k < who->id && k < DOTS_MAX && isfinite(top_y); k++) {
        double x = s->scale * top_x + 7 * (k - 0.5 * (who->id - 1)), y = s->scale * top_y - 14;
        put_line(s, i, x, y, x, y, 2.2, middle);
    }
}

static void put_people(sheet *s, int32_t i, const hm_track *track, double time_s)
{
    for (int32_t k = 0; k < track->n_person; k++)
        for (int32_t f = 0; f < track->person[k].n_frame; f++)
            if (fabs(track->person[k].frame[f].time_s - time_s) < 1e-4)
                put_person(s, i, &track->person[k], &track->person[k].frame[f]);
}

static hm_status make_sheet(const hm_clip_info *info, hm_arena *arena, sheet *s, hm_err *err)
{
    s->cell_w = SHEET_W / COLUMNS - GAP;
    s->scale = fmin(1, (double)s->cell_w / info->width_px);
    s->cell_w = (int32_t)(info->width_px * s->scale);
    s->cell_h = (int32_t)(info->height_px * s->scale);
    s->w = COLUMNS * (s->cell_w + GAP) - GAP;
    s->h = ROWS * (s->cell_h + GAP) - GAP;
    s->rgb = HM_PUSH(arena, uint8_t, (size_t)s->w * (size_t)s->h * 3);
    return s->rgb ? HM_OK : hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
}

/* From the first to the last time somebody is seen. */
static void span_of(const hm_track *track, double *from_s, double *to_s)
{
    *from_s = INFINITY;
    *to_s = -INFINITY;
    for (int32_t k = 0; k < track->n_person; k++) {
        const hm_track_person *who = &track->person[k];
        *from_s = fmin(*from_s, who->frame[0].time_s);
        *to_s = fmax(*to_s, who->frame[who->n_frame - 1].time_s);
    }
}

static hm_status fill_sheet(const measure_job *job, const hm_track *track, hm_clip *clip, sheet *s,
                            hm_err *err)
{
    double from_s, to_s;
    int32_t i = 0;
    span_of(track, &from_s, &to_s);
    HM_TRY(make_sheet(hm_clip_info_of(clip), job->args->arena, s, err));
    while (i < COLUMNS * ROWS) {
        hm_clip_image image;
        bool more;
        HM_TRY(hm_clip_next(clip, &image, &more, err));
        if (!more)
            return HM_OK;
        double due_s = from_s + (to_s - from_s) * i / (COLUMNS * ROWS - 1.0);
        if (image.time_s < due_s - 1e-4 && isfinite(due_s))
            continue;
        put_image(s, i, &image);
        put_people(s, i++, track, image.time_s);
    }
    return HM_OK;
}

hm_status measure_pose_sheet(const measure_job *job, const hm_track *track, const char *path,
                             hm_err *err)
{
    hm_clip_opts opts = job->clip;
    hm_clip *clip;
    sheet s = {0};
    opts.pixels = HM_CLIP_RGB;
    HM_TRY(hm_clip_open(job->path, &opts, job->args->arena, &clip, err));
    hm_status status = fill_sheet(job, track, clip, &s, err);
    hm_clip_close(clip);
    HM_TRY(status);
    const hm_png png = {HM_PNG_RGB, s.w, s.h, 3 * s.w, s.rgb};
    return hm_png_write(path, &png, err);
}

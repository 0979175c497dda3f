#include "motion_priv.h"
#include "people_priv.h"
#include "region_priv.h"

#include <math.h>
#include <string.h>

#include "num/dmath.h"

/* One thread goes through a range of the clip. Each person is looked for where a constant velocity
 * puts the region of the last image; new ones by the detector, in the whole picture and where
 * something moves that nobody known explains. Whoever is found is followed back through the last
 * images too, so that nothing is lost between two searches. */

enum {
    LIVE_MAX = 16,  /* people at once */
    PATH_MAX = 256, /* in a range */
    RING = 8,       /* images kept; also how often is searched */
    OLD = 64,       /* brightness kept */
    WHOLE_EVERY = 4 /* searches */
};

static const double look_s = 1.0 / 60;   /* see people_looks */
static const double score_least = 0.5;   /* [1] of the nets' own graph */
static const double score_new = 0.6;     /* [1] own: a stranger must be surer */
static const double lost_after_s = 0.12; /* own */
static const double change_over_s = 0.2; /* own: what moves is compared with so long ago */
static const double twin_least = 0.6;    /* [1] own: of the smaller mask within the other */
static const double near_frac = 0.25; /* [1] own: of the side, between two regions of one person */
static const double jump_frac = 0.08; /* [1] own: of the side, beyond what was predicted */

typedef struct live {
    hm_pose pose;
    double vx_px_s, vy_px_s;
    double time_s;    /* seen last */
    double miss_frac; /* of the side: how far from where it was looked for */
    people_path *path;
} live;

typedef struct kept_image {
    hm_pose_image image;
    uint8_t *rgb;
    double time_s;
} kept_image;

typedef struct work {
    hm_pose_net *net;
    people_chunk *chunk;
    hm_arena *arena;  /* of what is found */
    hm_arena scratch; /* of images: gone with the range */
    kept_image ring[RING];
    pose_motion old[OLD];
    int64_t i; /* image of the chunk, from 0 */
    int32_t n_live;
    live *who[LIVE_MAX];
    live *spare[LIVE_MAX];
    hm_pose *pose; /* scratch */
    uint8_t *mark;
    int32_t *stack;
    int32_t n_search;
} work;

void people_hip(const hm_pose_point point[], double *x_px, double *y_px)
{
    *x_px = 0.5 * ((double)point[HM_POINT_HIP_L].x_px + (double)point[HM_POINT_HIP_R].x_px);
    *y_px = 0.5 * ((double)point[HM_POINT_HIP_L].y_px + (double)point[HM_POINT_HIP_R].y_px);
}

double people_looks(const people_path *p, int32_t i)
{
    int32_t a = i > 0 ? i - 1 : 0, b = i + 1 < p->n ? i + 1 : i;
    double each_s = b > a ? (p->frame[b].time_s - p->frame[a].time_s) / (b - a) : look_s;
    return fmin(1, each_s / look_s);
}

double people_px_per_m(const people_frame *frame)
{
    return frame->region.side_px / (1.2 * 1.75);
}

/* ---- are two poses the same person? ---- */

/* Is the person of this mask at a place of the image? */
static bool covers(const hm_pose *p, double x_px, double y_px)
{
    double dx = (x_px - p->region.u_px) / p->region.side_px;
    double dy = (y_px - p->region.v_px) / p->region.side_px;
    double c = hm_cos(p->region.rotation_rad), s = hm_sin(p->region.rotation_rad);
    double u = (dx * c + dy * s + 0.5) * HM_POSE_MASK_SIDE;
    double v = (-dx * s + dy * c + 0.5) * HM_POSE_MASK_SIDE;
    if (!(u >= 0 && v >= 0 && u < HM_POSE_MASK_SIDE && v < HM_POSE_MASK_SIDE))
        return false;
    return p->mask[(int)v * HM_POSE_MASK_SIDE + (int)u] > 0;
}

/* Part of a's mask that b's covers, on every eighth pixel. */
static double part_within(const hm_pose *a, const hm_pose *b)
{
    int n = 0, both = 0;
    for (int v = 4; v < HM_POSE_MASK_SIDE; v += 8)
        for (int u = 4; u < HM_POSE_MASK_SIDE; u += 8) {
            double x, y;
            if (!(a->mask[v * HM_POSE_MASK_SIDE + u] > 0))
                continue;
            pose_region_place(&a->region, (double)u / HM_POSE_MASK_SIDE,
                              (double)v / HM_POSE_MASK_SIDE, &x, &y);
            n++;
            both += covers(b, x, y);
        }
    return n ? (double)both / n : 0;
}

static bool are_near(const hm_pose_region *a, const hm_pose_region *b)
{
    double reach = near_frac * fmin(a->side_px, b->side_px), ratio = a->side_px / b->side_px;
    return fabs(a->u_px - b->u_px) < reach && fabs(a->v_px - b->v_px) < reach && ratio > 0.5 &&
           ratio < 2;
}

/* A ghost beside somebody shares his mask or his place. */
static bool are_twins(const hm_pose *a, const hm_pose *b)
{
    double reach = 0.5 * (a->region.side_px + b->region.side_px);
    if (fabs(a->next.u_px - b->next.u_px) > reach || fabs(a->next.v_px - b->next.v_px) > reach)
        return false;
    if (are_near(&a->next, &b->next) &&
        fabs(a->next.u_px - b->next.u_px) < 0.3 * near_frac * a->next.side_px)
        return true;
    return fmax(part_within(a, b), part_within(b, a)) > twin_least;
}

/* ---- the path of one person ---- */

static hm_status no_memory(work *w)
{
    return hm_err_set(&w->chunk->err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
}

static hm_status add_frame(work *w, people_path *path, const hm_pose *pose, double time_s)
{
    people_frame *grown = HM_GROW(w->arena, path->frame, path->n, &path->cap);
    if (!grown)
        return no_memory(w);
    path->frame = grown;
    people_frame *f = &path->frame[path->n++];
    *f = (people_frame){.time_s = time_s, .score = pose->score, .region = pose->region};
    memcpy(f->point, pose->point, sizeof f->point);
    return HM_OK;
}

static hm_pose_region moved(const hm_pose_region *r, double vx_px_s, double vy_px_s, double dt_s)
{
    hm_pose_region out = *r;
    out.u_px += vx_px_s * dt_s;
    out.v_px += vy_px_s * dt_s;
    return out;
}

static void look(work *w, const hm_pose_image *image, const hm_pose_region *region, hm_pose *pose)
{
    hm_pose_at(w->net, image, region, pose);
    w->chunk->n_net++;
}

/* Follow one person into the image; false = not seen in it. */
static hm_status follow(work *w, live *l, const hm_pose_image *image, double time_s, bool *seen)
{
    double dt_s = time_s - l->time_s, x, y, x_was, y_was;
    hm_pose_region where = moved(&l->pose.next, l->vx_px_s, l->vy_px_s, dt_s);
    look(w, image, &where, w->pose);
    *seen = w->pose->score >= score_least;
    if (!*seen)
        return HM_OK;
    people_hip(l->pose.point, &x_was, &y_was);
    people_hip(w->pose->point, &x, &y);
    double vx = (x - x_was) / dt_s, vy = (y - y_was) / dt_s;
    l->miss_frac =
        (fabs(x - x_was - l->vx_px_s * dt_s) + fabs(y - y_was - l->vy_px_s * dt_s)) / where.side_px;
    /* half of the new: the hips jitter by a hundredth of the region */
    l->vx_px_s += 0.5 * (vx - l->vx_px_s);
    l->vy_px_s += 0.5 * (vy - l->vy_px_s);
    l->pose = *w->pose;
    l->time_s = time_s;
    return add_frame(w, l->path, &l->pose, time_s);
}

static void end_live(work *w, int32_t k)
{
    w->spare[LIVE_MAX - w->n_live] = w->who[k];
    w->who[k] = w->who[--w->n_live];
}

/* Of two that have become one: who jumped goes, else who came later. */
static void drop_twins(work *w)
{
    for (int32_t a = 0; a < w->n_live; a++)
        for (int32_t b = a + 1; b < w->n_live; b++) {
            live *x = w->who[a], *y = w->who[b];
            if (x->time_s != y->time_s || !are_twins(&x->pose, &y->pose))
                continue;
            bool x_goes = x->miss_frac > y->miss_frac + jump_frac ||
                          (!(y->miss_frac > x->miss_frac + jump_frac) &&
                           x->path->frame[0].time_s > y->path->frame[0].time_s);
            int32_t k = x_goes ? a : b;
            w->who[k]->path->n--; /* its last image was the other's */
            end_live(w, k);
            b = w->n_live;
            a = -1;
        }
}

/* ---- newcomers ---- */

/* Back through the kept images, newest first; what was seen stands before the first frame. */
static hm_status follow_back(work *w, live *l)
{
    hm_pose *pose = w->pose;
    hm_pose_region where = l->pose.next;
    double vx = 0, vy = 0, time_s = l->time_s, x_was, y_was, x, y;
    people_path back = {0};
    people_hip(l->pose.point, &x_was, &y_was);
    for (int64_t i = w->i - 1; i >= 0 && i > w->i - RING; i--) {
        const kept_image *k = &w->ring[i % RING];
        double dt_s = k->time_s - time_s;
        where = moved(&where, vx, vy, dt_s);
        look(w, &k->image, &where, pose);
        if (pose->score < score_least)
            break;
        HM_TRY(add_frame(w, &back, pose, k->time_s));
        people_hip(pose->point, &x, &y);
        if (back.n == 1) { /* for the way forward */
            l->vx_px_s = (x - x_was) / dt_s;
            l->vy_px_s = (y - y_was) / dt_s;
        }
        vx += 0.5 * ((x - x_was) / dt_s - vx);
        vy += 0.5 * ((y - y_was) / dt_s - vy);
        where = pose->next;
        time_s = k->time_s;
        x_was = x;
        y_was = y;
    }
    for (int32_t k = back.n - 1; k >= 0; k--) {
        people_frame *grown = HM_GROW(w->arena, l->path->frame, l->path->n, &l->path->cap);
        if (!grown)
            return no_memory(w);
        l->path->frame = grown;
        l->path->frame[l->path->n++] = back.frame[k];
    }
    return HM_OK;
}

static hm_status begin_live(work *w, const hm_pose *pose, double time_s)
{
    live *l = w->spare[LIVE_MAX - 1 - w->n_live];
    *l = (live){.time_s = time_s, .path = &w->chunk->path[w->chunk->n_path++]};
    l->pose = *pose;
    HM_TRY(follow_back(w, l));
    HM_TRY(add_frame(w, l->path, &l->pose, time_s));
    w->who[w->n_live++] = l;
    return HM_OK;
}

/* What the detector offers in a window; each must be nobody known, and a person to the landmark
 * net. */
static hm_status search(work *w, const hm_pose_image *image, double time_s, const double window[4])
{
    hm_pose_region region[HM_POSE_FOUND_MAX];
    double score[HM_POSE_FOUND_MAX];
    int32_t n = hm_pose_find(w->net, image, window, region, score);
    w->chunk->n_detect++;
    for (int32_t i = 0; i < n && w->n_live < LIVE_MAX && w->chunk->n_path < PATH_MAX; i++) {
        bool known = false;
        for (int32_t k = 0; k < w->n_live && !known; k++)
            known = are_near(&region[i], &w->who[k]->pose.next);
        if (known)
            continue;
        look(w, image, &region[i], w->pose);
        if (w->pose->score < score_new)
            continue;
        hm_pose_region again = w->pose->next; /* centred by the finer net */
        look(w, image, &again, w->pose);
        for (int32_t k = 0; k < w->n_live && !known; k++)
            known = are_twins(w->pose, &w->who[k]->pose);
        if (!known && w->pose->score >= score_new)
            HM_TRY(begin_live(w, w->pose, time_s));
    }
    return HM_OK;
}

/* Boxes around the points of those known, with a margin for hair, hands and clothes. */
static int32_t known_boxes(const work *w, double box[LIVE_MAX][4])
{
    for (int32_t k = 0; k < w->n_live; k++) {
        double x0 = INFINITY, y0 = INFINITY, x1 = -INFINITY, y1 = -INFINITY;
        for (int p = 0; p < HM_POINT_COUNT; p++) {
            const hm_pose_point *q = &w->who[k]->pose.point[p];
            x0 = fmin(x0, (double)q->x_px);
            x1 = fmax(x1, (double)q->x_px);
            y0 = fmin(y0, (double)q->y_px);
            y1 = fmax(y1, (double)q->y_px);
        }
        double margin = 0.1 * w->who[k]->pose.region.side_px;
        box[k][0] = x0 - margin;
        box[k][1] = y0 - margin;
        box[k][2] = x1 - x0 + 2 * margin;
        box[k][3] = y1 - y0 + 2 * margin;
    }
    return w->n_live;
}

/* Squares over a picture that is not square, at the start: each shows people larger. */
static hm_status search_tiles(work *w, const hm_pose_image *image, double time_s)
{
    double side = fmin(image->width_px, image->height_px);
    double length = fmax(image->width_px, image->height_px);
    int n = (int)ceil((length - side) / (0.5 * side)) + 1;
    HM_TRY(search(w, image, time_s, NULL));
    for (int k = 0; k < n && n > 1; k++) {
        double at = (length - side) * k / (n - 1);
        bool wide = image->width_px > image->height_px;
        const double window[4] = {wide ? at : 0, wide ? 0 : at, side, side};
        HM_TRY(search(w, image, time_s, window));
    }
    return HM_OK;
}

static hm_status search_motion(work *w, const hm_pose_image *image, double time_s)
{
    const pose_motion *now = &w->old[w->i % OLD], *before = NULL;
    for (int64_t i = w->i - 1; i >= 0 && i > w->i - OLD; i--) {
        before = &w->old[i % OLD];
        if (before->time_s <= time_s - change_over_s)
            break;
    }
    double box[LIVE_MAX][4], window[POSE_MOTION_WINDOW_MAX][4];
    int32_t n_box = known_boxes(w, box), n = 0;
    if (before)
        n = pose_motion_windows(before, now, n_box, (const double(*)[4])box, w->mark, w->stack,
                                window);
    if (n == 0 && w->n_search % WHOLE_EVERY)
        return HM_OK;
    HM_TRY(search(w, image, time_s, NULL));
    for (int32_t k = 0; k < n; k++)
        HM_TRY(search(w, image, time_s, window[k]));
    return HM_OK;
}

/* ---- the range ---- */

static hm_status open_work(work *w, const hm_pose_image *image)
{
    size_t bytes = (size_t)image->width_px * (size_t)image->height_px * 3;
    size_t cells = pose_motion_size(image);
    bool whole = true;
    for (int k = 0; k < RING; k++) {
        w->ring[k].rgb = HM_PUSH(&w->scratch, uint8_t, bytes + 1);
        w->ring[k].image = (hm_pose_image){image->width_px, image->height_px,
                                           3 * (int64_t)image->width_px, w->ring[k].rgb};
        whole = whole && w->ring[k].rgb;
    }
    for (int k = 0; k < OLD; k++)
        whole = (w->old[k].cell = HM_PUSH(&w->scratch, uint8_t, cells + 1)) && whole;
    for (int k = 0; k < LIVE_MAX; k++)
        whole = (w->spare[k] = HM_PUSH(&w->scratch, live, 1)) && whole;
    w->pose = HM_PUSH(&w->scratch, hm_pose, 1);
    w->mark = HM_PUSH(&w->scratch, uint8_t, cells + 1);
    w->stack = HM_PUSH(&w->scratch, int32_t, cells + 1);
    w->chunk->path = HM_PUSH(w->arena, people_path, PATH_MAX);
    return whole && w->pose && w->mark && w->stack && w->chunk->path ? HM_OK : no_memory(w);
}

static void keep_image(work *w, const hm_pose_image *image, double time_s)
{
    kept_image *k = &w->ring[w->i % RING];
    for (int32_t y = 0; y < image->height_px; y++)
        memcpy(k->rgb + (ptrdiff_t)y * k->image.stride, image->rgb + y * image->stride,
               (size_t)k->image.stride);
    k->time_s = time_s;
    pose_motion_of(image, time_s, &w->old[w->i % OLD]);
}

static hm_status one_image(work *w, const hm_pose_image *image, double time_s)
{
    if (w->i == 0)
        HM_TRY(open_work(w, image));
    if (image->width_px != w->ring[0].image.width_px ||
        image->height_px != w->ring[0].image.height_px)
        return HM_OK; /* a stream that changes its size ends what can be followed */
    keep_image(w, image, time_s);
    for (int32_t k = 0; k < w->n_live; k++) {
        bool seen;
        HM_TRY(follow(w, w->who[k], image, time_s, &seen));
        if (!seen && time_s - w->who[k]->time_s > lost_after_s)
            end_live(w, k--);
    }
    drop_twins(w);
    if (w->i == 0)
        HM_TRY(search_tiles(w, image, time_s));
    else if (w->i % RING == RING - 1) {
        w->n_search++;
        HM_TRY(search_motion(w, image, time_s));
    }
    w->i++;
    w->chunk->n_image++;
    return HM_OK;
}

static void run_range(work *w, const hm_people_clip *clip, people_chunk *chunk)
{
    void *reader;
    chunk->status =
        clip->open(clip->ctx, chunk->from_s, chunk->to_s, &w->scratch, &reader, &chunk->err);
    if (chunk->status != HM_OK)
        return;
    for (bool more = true; chunk->status == HM_OK && more;) {
        hm_pose_image image;
        double time_s;
        chunk->status = clip->next(reader, &image, &time_s, &more, &chunk->err);
        if (chunk->status == HM_OK && more)
            chunk->status = one_image(w, &image, time_s);
    }
    clip->close(reader);
}

void people_chunk_run(const hm_people_clip *clip, hm_pose_net *net, people_chunk *chunk)
{
    work w = {.net = net, .chunk = chunk, .arena = &chunk->arena};
    hm_arena_init(&w.scratch, 1 << 20);
    run_range(&w, clip, chunk);
    hm_arena_free(&w.scratch);
}

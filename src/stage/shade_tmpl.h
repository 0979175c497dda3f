/* shade_tmpl.h - the tile loop of every paint. Included once by each file in paints/, after it has
 * defined PAINT_TILE (the function's name) and
 *
 *   HOT_INLINE hm_rgb paint_point(const raster_job *job, const shade_point *p, bool actors);
 *
 * so that the kernel is compiled into the loop. With PAINT_GROUND defined it also defines
 *
 *   HOT_INLINE hm_rgb paint_ground(const raster_job *job, const shade_point *p, hm_rgb c);
 *
 * which is asked after paint_point in rows where something receives shadows (p->ground says where).
 * With PAINT_DEPTH defined the fourth byte of a pixel is depth_byte_of its depth.
 * The kernel must be straight arithmetic (choices as
 * ?: of values) for the compiler to run eight points at once. */
#include "shade_priv.h"
#include "vec8_priv.h"
#ifdef PAINT_DEPTH
#include "depth_byte_priv.h"
#endif

/* What all points of one triangle share. */
typedef struct shade_face {
    const raster_tri *t;
    const hm_object *o;
    float x0, y0;
    float n[3][3], r[3][3]; /* normal, rest position: of corner 0, and the steps to 1 and 2 */
    bool flat, has_rest;
} shade_face;

static void face_flat_normal(shade_face *f, const int32_t *v)
{
    const hm_vec3 *p = f->o->pos_m;
    hm_vec3 n = hm_v3_unit(hm_v3_cross(hm_v3_sub(p[v[1]], p[v[0]]), hm_v3_sub(p[v[2]], p[v[0]])));
    float side = f->t->kind == RASTER_BACK ? -1.0f : 1.0f;
    f->n[0][0] = n.x * side, f->n[0][1] = n.y * side, f->n[0][2] = n.z * side;
}

static void corner_steps(float out[3][3], const hm_vec3 *a, const hm_vec3 *b, const hm_vec3 *c,
                         float side)
{
    out[0][0] = a->x * side, out[0][1] = a->y * side, out[0][2] = a->z * side;
    out[1][0] = (b->x - a->x) * side, out[1][1] = (b->y - a->y) * side;
    out[1][2] = (b->z - a->z) * side;
    out[2][0] = (c->x - a->x) * side, out[2][1] = (c->y - a->y) * side;
    out[2][2] = (c->z - a->z) * side;
}

static void face_set(shade_face *f, const raster_job *job, uint32_t id)
{
    const raster_tri *t = &job->tri[id - 1];
    const hm_object *o = &job->scene->object[t->i_object];
    const int32_t *v = o->tri[t->i_tri];
    f->t = t;
    f->o = o;
    f->x0 = (float)t->x[0] * (1.0f / RASTER_SUB);
    f->y0 = (float)t->y[0] * (1.0f / RASTER_SUB);
    f->flat = !o->nrm;
    f->has_rest = o->rest_m != NULL;
    if (f->flat)
        face_flat_normal(f, v);
    else
        corner_steps(f->n, &o->nrm[v[0]], &o->nrm[v[1]], &o->nrm[v[2]],
                     t->kind == RASTER_BACK ? -1.0f : 1.0f);
    if (f->has_rest)
        corner_steps(f->r, &o->rest_m[v[0]], &o->rest_m[v[1]], &o->rest_m[v[2]], 1.0f);
}

/* Depth and world position of points i .. i + 7, all on the face. */
HOT_INLINE void place8(const shade_face *f, const raster_view *v, shade_row *s, int i, hot_f8 dx,
                       hot_f8 dy)
{
    const raster_tri *t = f->t;
    hot_f8 iz = within8(t->iz[0] + t->iz[1] * dx + t->iz[2] * dy, t->iz_lo, t->iz_hi);
    hot_f8 d = 1.0f / iz;
    hot_f8 sx = (load8(&s->x_px[i]) - v->cx_px) * v->px_frac * d;
    hot_f8 sy = (v->cy_px - load8(&s->y_px[i])) * v->px_frac * d;
    store8(&s->depth_m[i], d);
    store8(&s->pos[0][i], v->eye_m.x + d * v->fwd.x + sx * v->right.x + sy * v->up.x);
    store8(&s->pos[1][i], v->eye_m.y + d * v->fwd.y + sx * v->right.y + sy * v->up.y);
    store8(&s->pos[2][i], v->eye_m.z + d * v->fwd.z + sx * v->right.z + sy * v->up.z);
}

/* Normal and rest position. The weights may leave the triangle a little, for points that speak for
 * a pixel at its border; slivers are held at that. */
HOT_INLINE void blend8(const shade_face *f, shade_row *s, int i, hot_f8 dx, hot_f8 dy)
{
    const raster_tri *t = f->t;
    hot_f8 d = load8(&s->depth_m[i]);
    hot_f8 a = within8((t->w1[0] + t->w1[1] * dx + t->w1[2] * dy) * d, -0.5f, 1.5f);
    hot_f8 b = within8((t->w2[0] + t->w2[1] * dx + t->w2[2] * dy) * d, -0.5f, 1.5f);
    hot_f8 sum = a + b;
    hot_f8 k = pick8(sum > all8(1.5f), 1.5f / sum, all8(1.0f));
    a *= k, b *= k;
    for (int c = 0; c < 3; c++) {
        store8(&s->nrm[c][i], f->n[0][c] + a * f->n[1][c] + b * f->n[2][c]);
        store8(&s->rest[c][i], f->r[0][c] + a * f->r[1][c] + b * f->r[2][c]);
    }
}

/* Points i0 .. i1 - 1 lie on one face. */
static void face_points(const shade_face *f, const raster_view *v, shade_row *s, int i0, int i1)
{
    for (int i = i0; i < i1; i += 8) {
        hot_f8 dx = load8(&s->x_px[i]) - f->x0, dy = load8(&s->y_px[i]) - f->y0;
        place8(f, v, s, i, dx, dy);
        if (!f->flat || f->has_rest)
            blend8(f, s, i, dx, dy);
        if (f->flat)
            for (int c = 0; c < 3; c++)
                store8(&s->nrm[c][i], all8(f->n[0][c]));
        if (!f->has_rest)
            for (int c = 0; c < 3; c++)
                store8(&s->rest[c][i], load8(&s->pos[c][i]));
    }
}

/* How far apart the colours of two points may be for the points between them to be blended: less
 * than shows. */
#define SHADE_ALIKE_SKY   0.03f
#define SHADE_ALIKE_PLACE 0.05f
#define SHADE_ALIKE_ACTOR 0.015f
/* Painted lines are so wide [World Athletics TR 14.4]: no line hides between points closer than
 * that. */
#define SHADE_LINE_M 0.05f
/* Lines drawn on runners are wider than a pixel where pixels are smaller than this: their soft
 * borders then reach one of two points two apart. */
#define SHADE_NEAR_M 0.006f

static void sky_point(const raster_job *job, shade_row *s, int i)
{
    const raster_view *v = &job->view;
    float sx = (s->x_px[i] - v->cx_px) * v->px_frac, sy = (v->cy_px - s->y_px[i]) * v->px_frac;
    hm_vec3 d = hm_v3_mad(hm_v3_mad(v->fwd, sx, v->right), sy, v->up);
    hm_rgb c = {0, 0, 0};
    if (job->scene->sky)
        c = job->scene->sky(job->scene->sky_ctx, hm_v3_unit(d));
    s->albedo[0][i] = c.r, s->albedo[1][i] = c.g, s->albedo[2][i] = c.b;
    s->depth_m[i] = 0; /* no haze on the sky */
    for (int k = 0; k < 3; k++)
        s->nrm[k][i] = s->pos[k][i] = 0;
    s->ink[i] = s->gloss[i] = s->bias[i] = s->cast[i] = 0;
    s->emit[i] = 1;
    s->surf_id[i] = 0;
}

/* Ask the surface at point i. */
HOT_INLINE void surface_point(const raster_job *job, const hm_object *o, hm_frag *f, shade_row *s,
                              int i)
{
    f->pos_m = hm_v3(s->pos[0][i], s->pos[1][i], s->pos[2][i]);
    f->nrm = hm_v3(s->nrm[0][i], s->nrm[1][i], s->nrm[2][i]);
    f->rest_m = hm_v3(s->rest[0][i], s->rest[1][i], s->rest[2][i]);
    f->depth_m = s->depth_m[i];
    f->px_m = f->depth_m * job->view.px_frac;
    hm_surface q = {.albedo = {0.5f, 0.5f, 0.5f}};
    o->surface(o->surface_ctx, f, &q);
    s->albedo[0][i] = q.albedo.r, s->albedo[1][i] = q.albedo.g, s->albedo[2][i] = q.albedo.b;
    s->ink[i] = q.ink, s->gloss[i] = q.gloss, s->emit[i] = q.emit;
    s->bias[i] = q.shade_bias;
    s->surf_id[i] = q.id;
    if (hm_v3_dot(q.nrm, q.nrm) > 0.5f) /* the surface knows better */
        s->nrm[0][i] = q.nrm.x, s->nrm[1][i] = q.nrm.y, s->nrm[2][i] = q.nrm.z;
}

HOT_INLINE int near_to(float a, float b, float within)
{
    float d = a - b;
    return d <= within && -d <= within;
}

/* Do two points show about the same? */
HOT_INLINE bool alike(const shade_row *s, int i, int j, float within)
{
    return near_to(s->albedo[0][i], s->albedo[0][j], within) &
           near_to(s->albedo[1][i], s->albedo[1][j], within) &
           near_to(s->albedo[2][i], s->albedo[2][j], within) &
           near_to(s->emit[i], s->emit[j], within) & near_to(s->ink[i], s->ink[j], 0) &
           near_to(s->gloss[i], s->gloss[j], within) & near_to(s->bias[i], s->bias[j], within) &
           (s->surf_id[i] == s->surf_id[j]);
}

/* Blend what lies between points i and j. */
HOT_INLINE void blend_between(shade_row *s, int i, int j, bool normals)
{
    float k = 1.0f / (float)(j - i);
    float step[3];
    for (int c = 0; c < 3; c++)
        step[c] = k * (s->albedo[c][j] - s->albedo[c][i]);
    for (int m = i + 1; m < j; m++) {
        for (int c = 0; c < 3; c++)
            s->albedo[c][m] = s->albedo[c][i] + step[c] * (float)(m - i);
        s->ink[m] = s->ink[i], s->gloss[m] = s->gloss[i], s->emit[m] = s->emit[i];
        s->bias[m] = s->bias[i], s->surf_id[m] = s->surf_id[i];
        for (int c = 0; normals && c < 3; c++) /* those that the surface gave */
            s->nrm[c][m] = s->nrm[c][i] + k * (float)(m - i) * (s->nrm[c][j] - s->nrm[c][i]);
    }
}

static void sky_points(const raster_job *job, shade_row *s, int i0, int i1)
{
    enum { STRIDE = 8 };
    sky_point(job, s, i0);
    for (int i = i0; i < i1 - 1; i += STRIDE) {
        int j = i + STRIDE < i1 - 1 ? i + STRIDE : i1 - 1;
        sky_point(job, s, j);
        bool smooth = alike(s, i, j, SHADE_ALIKE_SKY);
        if (smooth)
            blend_between(s, i, j, false);
        for (int m = i + 1; m < j; m++)
            if (smooth) {
                s->depth_m[m] = s->cast[m] = 0;
                for (int k = 0; k < 3; k++)
                    s->nrm[k][m] = s->pos[k][m] = 0;
            } else {
                sky_point(job, s, m);
            }
    }
}

static void unit_normals(shade_row *s)
{
    for (int i = 0; i < s->n; i++) {
        float x = s->nrm[0][i], y = s->nrm[1][i], z = s->nrm[2][i];
        float q = x * x + y * y + z * z;
        float k = 1.0f / sqrtf(q > 1.0e-20f ? q : 1.0e-20f);
        s->nrm[0][i] = x * k, s->nrm[1][i] = y * k, s->nrm[2][i] = z * k;
    }
}

/* Points apart at which a surface is asked first. */
HOT_INLINE int stride_of(const hm_object *o, float px_m)
{
    if (o->actor)
        return px_m < SHADE_NEAR_M ? 2 : 1;
    if (o->flags & HM_OBJECT_GROUND)
        return px_m < 0.125f * SHADE_LINE_M  ? 8
               : px_m < 0.25f * SHADE_LINE_M ? 4
               : px_m < 0.5f * SHADE_LINE_M  ? 2
                                             : 1;
    return o->flags & HM_OBJECT_SOFT ? 2 : 1;
}

/* Ask for the colours of the points a->at. */
static void ask_colours(const raster_job *job, const hm_object *o, uint8_t part, shade_row *s,
                        shade_ask *a)
{
    for (int k = 0; k < a->n || k % 8; k++) {
        int i = a->at[k < a->n ? k : a->n - 1];
        a->depth_m[k] = s->depth_m[i];
        for (int c = 0; c < 3; c++)
            a->rest[c][k] = s->rest[c][i];
    }
    const hm_frags f = {
        a->n, part, job->view.px_frac, a->depth_m, {a->rest[0], a->rest[1], a->rest[2]}};
    o->colours(o->surface_ctx, &f, (float *const[3]){a->colour[0], a->colour[1], a->colour[2]});
}

/* Points that are `stride` apart, and n - 1 gaps between them, onto out. */
HOT_INLINE void blend_gaps(float *restrict out, const float *restrict colour, int n, int stride)
{
    float share = 1.0f / (float)stride;
    for (int k = 0; k + 1 < n; k++) {
        float step = share * (colour[k + 1] - colour[k]);
        for (int m = 0; m < stride; m++)
            out[k * stride + m] = colour[k] + step * (float)m;
    }
    out[(n - 1) * stride] = colour[n - 1];
}

/* The points asked and a blend between them; the last gap may be shorter. */
static void blend_asked(shade_row *s, const shade_ask *a, int stride)
{
    int n = a->n, last = n > 1 ? a->at[n - 1] - a->at[n - 2] : 0;
    int even = last == stride || n == 1 ? n : n - 1; /* points that are as far apart as the first */
    for (int c = 0; c < 3; c++) {
        float *out = &s->albedo[c][a->at[0]];
        if (stride == 2)
            blend_gaps(out, a->colour[c], even, 2);
        else
            blend_gaps(out, a->colour[c], even, stride);
        if (even < n)
            blend_gaps(&s->albedo[c][a->at[n - 2]], &a->colour[c][n - 2], 2, last);
    }
}

/* What lies between neighbours that are not alike has to be asked too. */
static void list_unlike(const shade_ask *a, shade_ask *more)
{
    int32_t same[SHADE_CAP];
    for (int k = 0; k + 1 < a->n; k++)
        same[k] = near_to(a->colour[0][k], a->colour[0][k + 1], SHADE_ALIKE_PLACE) &
                  near_to(a->colour[1][k], a->colour[1][k + 1], SHADE_ALIKE_PLACE) &
                  near_to(a->colour[2][k], a->colour[2][k + 1], SHADE_ALIKE_PLACE);
    more->n = 0;
    for (int k = 0; k + 1 < a->n; k++)
        for (int i = a->at[k] + 1; !same[k] && i < a->at[k + 1]; i++)
            more->at[more->n++] = (uint8_t)i;
}

/* The same as surface_points for an object that gives nothing but colours. */
static void colour_points(const raster_job *job, const raster_tri *t, shade_row *s, int i0, int i1)
{
    const hm_object *o = &job->scene->object[t->i_object];
    int stride = stride_of(o, s->depth_m[i0] * job->view.px_frac);
    shade_ask first, more;
    first.n = 0;
    for (int i = i0; i < i1 - 1; i += stride)
        first.at[first.n++] = (uint8_t)i;
    first.at[first.n++] = (uint8_t)(i1 - 1);
    ask_colours(job, o, t->part, s, &first);
    blend_asked(s, &first, stride);
    if (stride > 1) {
        list_unlike(&first, &more);
        if (more.n > 0)
            ask_colours(job, o, t->part, s, &more);
        for (int k = 0; k < more.n; k++)
            for (int c = 0; c < 3; c++)
                s->albedo[c][more.at[k]] = more.colour[c][k];
    }
    float emit = o->flags & HM_OBJECT_BRIGHT ? 1.0f : 0.0f;
    for (int i = i0; i < i1; i++) {
        s->ink[i] = s->gloss[i] = s->bias[i] = 0;
        s->emit[i] = emit;
        s->surf_id[i] = 0;
    }
}

/* Ask the surface of one body's part for points i0 .. i1 - 1: some first, and those between only
 * where the first ones differ. */
static void surface_points(const raster_job *job, const raster_tri *t, shade_row *s, int i0, int i1)
{
    const hm_object *o = &job->scene->object[t->i_object];
    hm_frag f = {.part = t->part};
    int stride = stride_of(o, s->depth_m[i0] * job->view.px_frac);
    float within = o->actor ? SHADE_ALIKE_ACTOR : SHADE_ALIKE_PLACE;
    surface_point(job, o, &f, s, i0);
    for (int i = i0, j; i < i1 - 1; i = j) {
        j = i + stride < i1 - 1 ? i + stride : i1 - 1;
        surface_point(job, o, &f, s, j);
        if (j == i + 1)
            continue;
        if (alike(s, i, j, within))
            blend_between(s, i, j, o->actor != 0);
        else
            for (int m = i + 1; m < j; m++)
                surface_point(job, o, &f, s, m);
    }
}

/* Who stands at points i0 .. i1 - 1, and what falls on them. */
static void own_points(const hm_object *o, shade_row *s, int i0, int i1)
{
    float actor = o->actor ? 1.0f : 0.0f;
    s->any_actor |= o->actor != 0;
    float ground = o->flags & HM_OBJECT_GROUND ? 1.0f : 0.0f;
    for (int i = i0; i < i1; i++) {
        s->actor[i] = actor;
        s->ground[i] = ground;
        s->cast[i] *= ground;
    }
}

/* Do two triangles ask the same surface about the same part? */
HOT_INLINE bool same_surface(const raster_job *job, uint32_t a, uint32_t b)
{
    if (!a || !b)
        return a == b;
    return job->tri_key[a - 1] == job->tri_key[b - 1];
}

/* Runs of one face after another: geometry first, then the surfaces. */
static void trace_row(const raster_job *job, shade_row *s)
{
    shade_face f = {.t = NULL};
    for (int k = 0; k < s->n_run; k++) {
        int i = s->run[k], end = s->run[k + 1];
        if (!s->id[i]) { /* the sky has none */
            for (int c = 0; c < 3; c++)
                for (int m = i; m < end; m++)
                    s->nrm[c][m] = 0;
            continue;
        }
        face_set(&f, job, s->id[i]);
        face_points(&f, &job->view, s, i, end);
    }
    unit_normals(s);
    s->any_actor = false;
    for (int k = 0, next; k < s->n_run; k = next) {
        int i = s->run[k];
        for (next = k + 1; next < s->n_run && same_surface(job, s->id[i], s->id[s->run[next]]);)
            next++;
        int end = s->run[next];
        if (s->id[i]) {
            const raster_tri *t = &job->tri[s->id[i] - 1];
            const hm_object *o = &job->scene->object[t->i_object];
            if (o->colours)
                colour_points(job, t, s, i, end);
            else
                surface_points(job, t, s, i, end);
            own_points(o, s, i, end);
            continue;
        }
        sky_points(job, s, i, end);
        for (int m = i; m < end; m++)
            s->actor[m] = s->ground[m] = 0;
    }
}

/* The paint's kernel and the haze over all points of the row. With `actors` false no point is a
 * runner, and what only runners have falls away; the same with `ground`. */
HOT_INLINE void light_points(const raster_job *job, shade_row *s, bool actors, bool ground)
{
    const raster_view *v = &job->view;
    const hm_rgb haze = job->scene->haze;
    const float haze_per_m = job->scene->haze_per_m;
    for (int i = 0; i < s->n; i++) {
        float ex = v->eye_m.x - s->pos[0][i], ey = v->eye_m.y - s->pos[1][i];
        float ez = v->eye_m.z - s->pos[2][i];
        float q = ex * ex + ey * ey + ez * ez;
        float k = 1.0f / sqrtf(q > 1.0e-20f ? q : 1.0e-20f);
        shade_point p = {
            s->nrm[0][i],    s->nrm[1][i],    s->nrm[2][i],    s->depth_m[i] * v->px_frac,
            s->depth_m[i],   ex * k,          ey * k,          ez * k,
            s->albedo[0][i], s->albedo[1][i], s->albedo[2][i], s->ink[i],
            s->gloss[i],     s->emit[i],      s->bias[i],      actors ? s->actor[i] : 0.0f,
            s->cast[i],      s->x_px[i],      s->y_px[i],      s->pos[0][i],
            s->pos[1][i],    s->pos[2][i],    s->rest[0][i],   s->rest[1][i],
            s->rest[2][i],   s->ground[i]};
        hm_rgb c = paint_point(job, &p, actors);
#ifdef PAINT_GROUND
        c = ground ? paint_ground(job, &p, c) : c;
#else
        (void)ground;
#endif
        float x = haze_per_m * p.depth_m; /* 1 - e^-x to 1 % */
        float far = 1.0f - 1.0f / (1.0f + x * (1.0f + x * (0.5f + x * (0.1667f + x * 0.0417f))));
        s->rgb[0][i] = c.r + far * (haze.r - c.r);
        s->rgb[1][i] = c.g + far * (haze.g - c.g);
        s->rgb[2][i] = c.b + far * (haze.b - c.b);
    }
}

static void light_row(const raster_job *job, shade_row *s)
{
#ifdef PAINT_GROUND
    float most = 0;
    for (int i = 0; i < s->n; i++)
        most = s->ground[i] > most ? s->ground[i] : most;
    if (most > 0 && s->any_actor)
        light_points(job, s, true, true);
    else if (most > 0)
        light_points(job, s, false, true);
    else
#endif
        if (s->any_actor)
        light_points(job, s, true, false);
    else
        light_points(job, s, false, false);
}

/* Darken the ground under feet. */
static void spot_row(const raster_job *job, shade_row *s, uint64_t spots)
{
    for (; spots; spots &= spots - 1) {
        const raster_spot *o = &job->spot[__builtin_ctzll(spots)];
        float dark = o->dark * job->paint.contact_frac;
        float il = 1.0f / o->len_m, iw = 1.0f / o->wid_m;
        for (int i = 0; i < s->n; i++) {
            float x = s->pos[0][i] - o->x_m, z = s->pos[2][i] - o->z_m;
            float u = (x * o->ax + z * o->az) * il, v = (x * o->az - z * o->ax) * iw;
            float k = 1.0f - u * u - v * v;
            k = k > 0 ? k : 0;
            float keep = 1.0f - s->ground[i] * dark * k * k;
            for (int c = 0; c < 3; c++)
                s->rgb[c][i] *= keep;
        }
    }
}

/* Corners a little darker than the middle. */
static void vignette_row(const raster_job *job, shade_row *s)
{
    const raster_view *v = &job->view;
    float k = job->paint.vignette_frac / (v->cx_px * v->cx_px + v->cy_px * v->cy_px);
    for (int i = 0; i < s->n; i++) {
        float x = s->x_px[i] - v->cx_px, y = s->y_px[i] - v->cy_px;
        float keep = 1.0f - k * (x * x + y * y);
        for (int c = 0; c < 3; c++)
            s->rgb[c][i] *= keep;
    }
}

static const float sample_x[RASTER_SAMPLE] = {0.375f, 0.875f, 0.125f, 0.625f};
static const float sample_y[RASTER_SAMPLE] = {0.125f, 0.375f, 0.625f, 0.875f};

/* What samples of one pixel share so that one shading serves them. */
HOT_INLINE uint32_t share_key(const raster_job *job, uint32_t id)
{
    if (id == 0)
        return 0;
    return job->tri_key[id - 1];
}

/* One triangle to speak for a pixel that lies wholly on one part: that of the point before, so that
 * runs grow long, else one that two samples see (a sliver at a seam does not speak for the rest).
 */
HOT_INLINE uint32_t inner_face(const shade_row *s, const uint32_t id[4])
{
    uint32_t last = s->n > 0 ? s->id[s->n - 1] : 0;
    if (last == id[0] || last == id[1] || last == id[2] || last == id[3])
        return last;
    if (id[1] == id[2] || id[1] == id[3])
        return id[1];
    return id[2] == id[3] ? id[2] : id[0];
}

/* A pixel with one point in its middle. */
HOT_INLINE void whole_point(shade_row *s, uint32_t id, const int32_t *cast, float x, float y)
{
    int k = s->n++;
    s->id[k] = id;
    s->x_px[k] = x + 0.5f, s->y_px[k] = y + 0.5f;
    s->share[k] = 1;
    s->cast[k] = cast ? -0.25f * (float)(cast[0] + cast[1] + cast[2] + cast[3]) : 0.0f;
}

/* Points of a pixel whose samples see different triangles: one for each body or part, at the
 * middle of its samples. */
static void mixed_points(const raster_job *job, shade_row *s, const uint32_t id[4],
                         const int32_t *cast, float x, float y)
{
    uint32_t key[4];
    for (int i = 0; i < 4; i++)
        key[i] = share_key(job, id[i]);
    if (((key[0] ^ key[1]) | (key[0] ^ key[2]) | (key[0] ^ key[3])) == 0) {
        whole_point(s, inner_face(s, id), cast, x, y);
        return;
    }
    unsigned todo = 15;
    while (todo) {
        int first = __builtin_ctz(todo);
        float n = 0, sx = 0, sy = 0, dark = 0;
        for (int i = first; i < 4; i++)
            if ((todo >> i & 1) && key[i] == key[first]) {
                n += 1, sx += sample_x[i], sy += sample_y[i];
                dark += cast && cast[i] ? 1.0f : 0.0f;
                todo &= ~(1u << i);
            }
        int k = s->n++;
        s->id[k] = id[first];
        s->x_px[k] = x + sx / n, s->y_px[k] = y + sy / n;
        s->share[k] = 0.25f * n;
        s->cast[k] = dark / n;
    }
}

/* Does the whole row see one triangle, in the same light? */
HOT_INLINE bool one_face(const uint32_t *id, const int32_t *cast)
{
    uint32_t d = 0, dark = 0;
    for (int i = 0; i < RASTER_TILE * RASTER_SAMPLE; i++)
        d |= id[i] ^ id[0];
    if (cast)
        for (int i = 0; i < RASTER_TILE * RASTER_SAMPLE; i++)
            dark |= (uint32_t)cast[i];
    return (d | dark) == 0;
}

static void gather_one_face(shade_row *s, uint32_t id, float px0, float py)
{
    s->n = RASTER_TILE;
    s->n_run = 1;
    s->run[0] = 0, s->run[1] = RASTER_TILE;
    for (int x = 0; x < RASTER_TILE; x++) {
        s->first[x] = (uint8_t)x;
        s->id[x] = id;
        s->x_px[x] = px0 + (float)x + 0.5f;
        s->y_px[x] = py + 0.5f;
        s->cast[x] = 0;
    }
    s->first[RASTER_TILE] = RASTER_TILE;
}

/* All points of one row of the tile. */
static void gather_row(const raster_job *job, const raster_scratch *t, shade_row *s, int32_t y,
                       int32_t nx, float px0, float py)
{
    s->n = 0;
    s->mixed = false;
    const uint32_t *id = &t->id[y * RASTER_TILE * RASTER_SAMPLE];
    const int32_t *cast = t->has_cast ? &t->cast[y * RASTER_TILE * RASTER_SAMPLE] : NULL;
    if (nx == RASTER_TILE && one_face(id, cast)) {
        gather_one_face(s, id[0], px0, py);
        return;
    }
    for (int32_t x = 0; x < nx; x++, id += 4) {
        s->first[x] = (uint8_t)s->n;
        const int32_t *c = cast ? cast + x * 4 : NULL;
        if ((id[0] ^ id[1]) | (id[0] ^ id[2]) | (id[0] ^ id[3])) {
            mixed_points(job, s, id, c, px0 + (float)x, py);
            s->mixed |= s->n - s->first[x] > 1;
            continue;
        }
        whole_point(s, id[0], c, px0 + (float)x, py);
    }
    s->first[nx] = (uint8_t)s->n;
    s->n_run = 0;
    for (int i = 0; i < s->n; i++)
        if (i == 0 || s->id[i] != s->id[i - 1])
            s->run[s->n_run++] = (uint8_t)i;
    s->run[s->n_run] = (uint8_t)s->n;
}

/* Sum the points of each pixel, in place: pixel x then is point x. */
static void resolve_row(shade_row *s, int32_t nx)
{
    if (!s->mixed)
        return;
    for (int32_t x = 0; x < nx; x++) {
        float sum[3] = {0, 0, 0};
        for (int k = s->first[x]; k < s->first[x + 1]; k++)
            for (int c = 0; c < 3; c++)
                sum[c] += s->share[k] * s->rgb[c][k];
        for (int c = 0; c < 3; c++)
            s->rgb[c][x] = sum[c];
    }
}

/* R G B and 255 or the depth, lowest byte first. */
static void pack_row(const shade_row *s, int32_t nx, uint8_t *out)
{
    uint32_t px[RASTER_TILE];
    for (int32_t x = 0; x < nx; x++) {
        float r = s->rgb[0][x], g = s->rgb[1][x], b = s->rgb[2][x];
        r = r > 0 ? (r < 1 ? r : 1) : 0; /* NaN becomes 0 */
        g = g > 0 ? (g < 1 ? g : 1) : 0;
        b = b > 0 ? (b < 1 ? b : 1) : 0;
        uint32_t ri = (uint32_t)(int32_t)(r * 255.0f + 0.5f);
        uint32_t gi = (uint32_t)(int32_t)(g * 255.0f + 0.5f);
        uint32_t bi = (uint32_t)(int32_t)(b * 255.0f + 0.5f);
#ifdef PAINT_DEPTH
        px[x] = ri | gi << 8 | bi << 16 | depth_byte_of(s->depth_m[s->first[x]]) << 24;
#else
        px[x] = ri | gi << 8 | bi << 16 | 0xff000000u;
#endif
    }
    memcpy(out, px, (size_t)nx * 4);
}

/* Labels and depths for the ink. */
static void leave_for_ink(const raster_job *job, const raster_scratch *t, const shade_row *s,
                          int32_t y, int32_t nx, size_t k)
{
    const uint32_t *id = &t->id[y * RASTER_TILE * RASTER_SAMPLE];
    const float *iz = &t->iz[y * RASTER_TILE * RASTER_SAMPLE];
    uint16_t *label = &job->label[k * RASTER_SAMPLE];
    float *depth_m = &job->depth_m[k * RASTER_SAMPLE];
    for (int i = 0; i < nx * RASTER_SAMPLE; i++)
        depth_m[i] = 1.0f / (iz[i] > 1.0e-9f ? iz[i] : 1.0e-9f);
    for (int32_t x = 0; x < nx; x++, id += 4, label += 4) {
        int a = s->first[x], b = s->first[x + 1];
        if (b - a == 1) {
            unsigned no = id[0] ? job->ink_no[job->tri[id[0] - 1].i_object] : 0u;
            uint16_t l = (uint16_t)(no ? no << 8 | s->surf_id[a] : 0u);
            label[0] = label[1] = label[2] = label[3] = l;
            continue;
        }
        for (int i = 0; i < 4; i++) {
            uint32_t key = share_key(job, id[i]);
            int p = a;
            while (p < b - 1 && share_key(job, s->id[p]) != key)
                p++;
            unsigned no = id[i] ? job->ink_no[job->tri[id[i] - 1].i_object] : 0u;
            label[i] = (uint16_t)(no ? no << 8 | s->surf_id[p] : 0u);
        }
    }
}

static void forget_ink(const raster_job *job, int32_t px, int32_t py)
{
    for (int32_t y = py; y < py + RASTER_TILE; y++) {
        size_t k = (size_t)(y + RASTER_PAD) * (size_t)job->ink_stride + (size_t)(px + RASTER_PAD);
        memset(&job->label[k * RASTER_SAMPLE], 0, RASTER_TILE * RASTER_SAMPLE * sizeof *job->label);
    }
}

/* The spots that may touch the tile, as bits. */
static uint64_t spots_near(const raster_job *job, float px0, float py0)
{
    uint64_t bits = 0;
    for (int32_t i = 0; i < job->n_spot; i++) {
        const raster_spot *o = &job->spot[i];
        bool in = o->x_px + o->r_px > px0 && o->x_px - o->r_px < px0 + RASTER_TILE &&
                  o->y_px + o->r_px > py0 && o->y_px - o->r_px < py0 + RASTER_TILE;
        bits |= (uint64_t)in << i;
    }
    return bits;
}

void PAINT_TILE(const raster_job *job, int32_t i_tile, raster_scratch *t)
{
    HOT(visible_tile)(job, i_tile, t);
    int32_t px0 = (i_tile % job->n_tx) * RASTER_TILE, py0 = (i_tile / job->n_tx) * RASTER_TILE;
    int32_t nx = job->pic->w_px - px0, ny = job->pic->h_px - py0;
    nx = nx < RASTER_TILE ? nx : RASTER_TILE;
    ny = ny < RASTER_TILE ? ny : RASTER_TILE;
    if (job->tile_near_m[i_tile] > 0 && !t->has_ink)
        forget_ink(job, px0, py0);
    job->tile_near_m[i_tile] = t->has_ink ? 1.0f / t->ink_iz : 0.0f;
    uint64_t spots = spots_near(job, (float)px0, (float)py0);
    shade_row s;
    memset(s.rest, 0, sizeof s.rest);
    for (int32_t y = 0; y < ny; y++) {
        size_t k =
            (size_t)(py0 + y + RASTER_PAD) * (size_t)job->ink_stride + (size_t)(px0 + RASTER_PAD);
        gather_row(job, t, &s, y, nx, (float)px0, (float)(py0 + y));
        trace_row(job, &s);
        if (t->has_ink)
            leave_for_ink(job, t, &s, y, nx, k);
        light_row(job, &s);
        spot_row(job, &s, spots);
        vignette_row(job, &s);
        resolve_row(&s, nx);
        pack_row(&s, nx,
                 job->pic->rgbx + (size_t)(py0 + y) * (size_t)job->pic->stride + (size_t)px0 * 4);
    }
}

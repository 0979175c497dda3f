/* shade_points_tmpl.h - the points of a row: where each lies on its triangle, and what its surface
 * says there, asked as seldom as its neighbours allow. Part of shade_tmpl.h. */
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

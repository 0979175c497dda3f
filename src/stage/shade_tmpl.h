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
#include "shade_points_tmpl.h"

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

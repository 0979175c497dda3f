#include "stage/photo.h"

#include <string.h>

#include "base/par.h"

enum { PHOTO_COOKIE = 0x50686f74, BLOCK_LINE = 32, MAX_WORKER = 256 };
static const double max_line = 32000; /* what cairo can hold in one picture */
static const double plane_z_m = 100.0;
static const double margin_s = 0.15; /* before the first torso, after the last */
static const double reach_m = 1.6;   /* no limb is farther from the torso's front along the lane */

/* Where the camera stands: on the infield, high, so that runners overlap little. [m] */
static const float eye_x_m = 30.0f, eye_y_m = 12.0f;
static const float tall_m = 2.15f; /* headroom over the far lane */

/* What one point of a column sees before it is coloured. */
typedef struct photo_hit {
    float depth_m; /* 0 = nothing */
    hm_vec3 pos_m, nrm, rest_m;
    uint8_t actor, part;
} photo_hit;

typedef struct photo_job {
    const hm_cast *cast;
    hm_photo *photo;
    float near_x_m, far_x_m;   /* ground at the lower and the upper edge */
    float top_slope, px_slope; /* slope = rise over run seen from the eye */
    hm_arena *scratch;         /* (n_thread) */
    bool *no_memory;           /* (n_thread) */
} photo_job;

hm_photo_opts hm_photo_opts_default(void)
{
    return (hm_photo_opts){.cookie = PHOTO_COOKIE, .line_hz = 2000, .h_px = 1000, .n_thread = 1};
}

static float slope_of(float x_m, float y_m)
{
    return (y_m - eye_y_m) / (eye_x_m - x_m);
}

static float row_of(const photo_job *job, float x_m, float y_m)
{
    return (job->top_slope - slope_of(x_m, y_m)) / job->px_slope - 0.5f;
}

static hm_vec3 mix3(const hm_vec3 v[3], const float w[3])
{
    return hm_v3_mad(hm_v3_mad(hm_v3_mul(v[0], w[0]), w[1], v[1]), w[2], v[2]);
}

/* The two points at which a triangle crosses the plane, as weights of its corners. */
static bool crossing(const float d[3], float w[2][3])
{
    int n = 0;
    memset(w, 0, 2 * sizeof w[0]);
    for (int a = 0; a < 3 && n < 2; a++) {
        int b = (a + 1) % 3;
        if ((d[a] < 0.0f) == (d[b] < 0.0f))
            continue;
        float t = d[a] / (d[a] - d[b]);
        w[n][a] = 1.0f - t;
        w[n][b] = t;
        n++;
    }
    return n == 2;
}

typedef struct photo_skin {
    const hm_mesh *mesh;
    const hm_vec3 *pos_m, *nrm;
    uint8_t actor;
} photo_skin;

/* Draw the section of one triangle into a column. */
static void cut_triangle(const photo_job *job, const photo_skin *skin, int32_t i_tri,
                         photo_hit column[])
{
    const int32_t *tri = skin->mesh->tri[i_tri];
    const hm_vec3 p[3] = {skin->pos_m[tri[0]], skin->pos_m[tri[1]], skin->pos_m[tri[2]]};
    const float d[3] = {p[0].z - (float)plane_z_m, p[1].z - (float)plane_z_m,
                        p[2].z - (float)plane_z_m};
    float w[2][3];
    if (!crossing(d, w))
        return;
    hm_vec3 a = mix3(p, w[0]), b = mix3(p, w[1]);
    float ra = row_of(job, a.x, a.y), rb = row_of(job, b.x, b.y);
    float lo = ra < rb ? ra : rb, hi = ra < rb ? rb : ra;
    if (!(lo < (float)job->photo->h_px) || !(hi >= 0.0f))
        return;
    int32_t r0 = lo <= 0.0f ? 0 : (int32_t)ceilf(lo);
    int32_t r1 = hi >= (float)(job->photo->h_px - 1) ? job->photo->h_px - 1 : (int32_t)floorf(hi);
    for (int32_t r = r0; r <= r1; r++) {
        /* where the ray of this row meets the section */
        float slope = job->top_slope - ((float)r + 0.5f) * job->px_slope;
        float den = (b.y - a.y) + slope * (b.x - a.x);
        float num = eye_y_m + slope * (eye_x_m - a.x) - a.y;
        float s = den != 0.0f ? num / den : 0.0f;
        s = s < 0.0f ? 0.0f : s > 1.0f ? 1.0f : s;
        float depth_m = eye_x_m - (a.x + s * (b.x - a.x));
        photo_hit *h = &column[r];
        if (h->depth_m > 0.0f && h->depth_m <= depth_m)
            continue;
        float ws[3];
        for (int k = 0; k < 3; k++)
            ws[k] = w[0][k] + s * (w[1][k] - w[0][k]);
        const hm_vec3 nrm[3] = {skin->nrm[tri[0]], skin->nrm[tri[1]], skin->nrm[tri[2]]};
        const hm_vec3 rest[3] = {skin->mesh->rest_m[tri[0]], skin->mesh->rest_m[tri[1]],
                                 skin->mesh->rest_m[tri[2]]};
        *h = (photo_hit){.depth_m = depth_m,
                         .pos_m = mix3(p, ws),
                         .nrm = hm_v3_unit(mix3(nrm, ws)),
                         .rest_m = mix3(rest, ws),
                         .actor = skin->actor,
                         .part = skin->mesh->part[i_tri]};
    }
}

/* What lies under the runners on one row: the painted line, black where lane lines cross it so that
 * cameras can be set up by it, track beyond the lanes. It does not change from line to line. */
static hm_rgb ground(const photo_job *job, int32_t r)
{
    float slope = job->top_slope - ((float)r + 0.5f) * job->px_slope;
    float x_m = eye_x_m + eye_y_m / slope;
    float right_m = (float)hm_lane_centre_m(job->cast->race->n_lane > 8 ? 10 : 8) - 0.61f;
    float left_m = (float)hm_lane_centre_m(1) + 0.61f;
    if (x_m > left_m + 0.05f || x_m < right_m)
        return (hm_rgb){0.58f, 0.27f, 0.21f};
    float lane = (left_m - x_m) / 1.22f;
    float to_line_m = 1.22f * fabsf(lane - floorf(lane + 0.5f));
    if (to_line_m < 0.03f)
        return (hm_rgb){0.13f, 0.13f, 0.15f};
    return (hm_rgb){0.90f, 0.90f, 0.88f};
}

/* Three tones under a high light from the camera's side. */
static hm_rgb lit(const hm_surface *s, hm_vec3 nrm)
{
    const hm_vec3 sun = {0.57f, 0.76f, 0.31f};
    float c = hm_v3_dot(nrm, sun) + s->shade_bias;
    float k = c > 0.30f ? 1.0f : c > -0.05f ? 0.80f : 0.60f;
    k = k + s->emit * (1.0f - k);
    float ink = 1.0f - 0.85f * s->ink;
    return (hm_rgb){s->albedo.r * k * ink, s->albedo.g * k * ink,
                    s->albedo.b * (0.3f * (1.0f - k) + k) * ink};
}

static uint8_t byte_of(float v)
{
    float x = v * 255.0f + 0.5f;
    return (uint8_t)(x < 0.0f ? 0.0f : x > 255.0f ? 255.0f : x);
}

static void colour_column(const photo_job *job, int32_t i_line, const photo_hit column[],
                          const hm_figure figure[])
{
    hm_photo *ph = job->photo;
    for (int32_t r = 0; r < ph->h_px; r++) {
        const photo_hit *h = &column[r];
        hm_rgb c = ground(job, r);
        if (h->depth_m > 0.0f) {
            hm_vec3 to_eye = hm_v3(eye_x_m - h->pos_m.x, eye_y_m - h->pos_m.y, 0.0f);
            hm_vec3 nrm = hm_v3_dot(h->nrm, to_eye) < 0.0f ? hm_v3_mul(h->nrm, -1.0f) : h->nrm;
            hm_frag f = {.pos_m = h->pos_m,
                         .nrm = nrm,
                         .rest_m = h->rest_m,
                         .px_m = h->depth_m * job->px_slope,
                         .depth_m = h->depth_m,
                         .part = h->part};
            hm_surface s = {0};
            hm_figure_surface(&figure[h->actor - 1], &f, &s);
            bool bent = hm_v3_dot(s.nrm, s.nrm) > 0.0f;
            c = lit(&s, bent ? s.nrm : nrm);
        }
        size_t at = (size_t)r * (size_t)ph->w_px + (size_t)i_line;
        ph->actor[at] = h->depth_m > 0.0f ? h->actor : 0;
        ph->part[at] = h->part;
        ph->rgb[3 * at + 0] = byte_of(c.r);
        ph->rgb[3 * at + 1] = byte_of(c.g);
        ph->rgb[3 * at + 2] = byte_of(c.b);
    }
}

static bool record_line(const photo_job *job, int32_t i_line, hm_arena *scratch)
{
    const hm_cast *cast = job->cast;
    double t_s = job->photo->from_s + (double)i_line / job->photo->line_hz;
    photo_hit *column = HM_PUSH(scratch, photo_hit, job->photo->h_px);
    hm_figure *figure = HM_PUSH(scratch, hm_figure, cast->n_player);
    if (!column || !figure)
        return false;
    for (int32_t i = 0; i < cast->n_player; i++) {
        const hm_player *pl = &cast->player[i];
        if (pl->absent || fabs(hm_curve_x_m(&pl->lane->curve, t_s) - plane_z_m) > reach_m)
            continue;
        const hm_mesh *mesh = &pl->mesh[HM_DETAIL_NEAR];
        hm_vec3 *pos_m = HM_PUSH(scratch, hm_vec3, mesh->n_vert);
        hm_vec3 *nrm = HM_PUSH(scratch, hm_vec3, mesh->n_vert);
        if (!pos_m || !nrm)
            return false;
        hm_pose pose;
        hm_gait_pose(&pl->gait, t_s, &pose);
        hm_mesh_skin(mesh, &pose, pos_m, nrm);
        hm_mien mien;
        hm_mien_at(cast->race, pl->lane, t_s, &mien);
        hm_figure_of(&pl->costume, &pl->shape, &mien, &pose, &figure[i]);
        photo_skin skin = {mesh, pos_m, nrm, (uint8_t)(i + 1)};
        for (int32_t k = 0; k < mesh->n_tri; k++)
            cut_triangle(job, &skin, k, column);
    }
    colour_column(job, i_line, column, figure);
    return true;
}

static void record_block(void *ctx, int64_t i_block, int worker)
{
    photo_job *job = ctx;
    int32_t from = (int32_t)i_block * BLOCK_LINE, to = from + BLOCK_LINE;
    for (int32_t i = from; i < to && i < job->photo->w_px; i++) {
        hm_arena_mark m = hm_arena_mark_get(&job->scratch[worker]);
        if (!record_line(job, i, &job->scratch[worker]))
            job->no_memory[worker] = true;
        hm_arena_release(&job->scratch[worker], m);
    }
}

/* A thin line where one body meets another or the ground, and a thinner one between its parts. */
static void ink(hm_photo *ph)
{
    size_t w = (size_t)ph->w_px;
    for (int32_t r = 1; r < ph->h_px; r++)
        for (int32_t c = 1; c < ph->w_px; c++) {
            size_t at = (size_t)r * w + (size_t)c;
            bool edge = ph->actor[at] != ph->actor[at - 1] || ph->actor[at] != ph->actor[at - w];
            bool seam = ph->actor[at] &&
                        (ph->part[at] != ph->part[at - 1] || ph->part[at] != ph->part[at - w]);
            for (int k = 0; (edge || seam) && k < 3; k++)
                ph->rgb[3 * at + (size_t)k] =
                    (uint8_t)(ph->rgb[3 * at + (size_t)k] / (edge ? 5 : 2));
        }
}

/* First and last official finish; false = nobody finishes. */
static bool finish_span(const hm_race *race, double *first_s, double *last_s)
{
    bool any = false;
    for (int32_t i = 0; i < race->n_lane; i++) {
        const hm_lane *lane = &race->lane[i];
        double t_s = lane->time_us > 0 ? 1e-6 * (double)lane->time_us : -1;
        if (t_s < 0)
            continue;
        *first_s = any && *first_s < t_s ? *first_s : t_s;
        *last_s = any && *last_s > t_s ? *last_s : t_s;
        any = true;
    }
    return any;
}

static void aim(photo_job *job)
{
    int32_t last = job->cast->race->n_lane > 8 ? 10 : 8;
    job->near_x_m = (float)hm_lane_centre_m(1) + 1.1f;
    job->far_x_m = (float)hm_lane_centre_m(last) - 0.61f;
    job->top_slope = slope_of(job->far_x_m, tall_m);
    job->px_slope = (job->top_slope - slope_of(job->near_x_m, 0.0f)) / (float)job->photo->h_px;
}

static hm_status check(const hm_photo_opts *o, hm_err *err)
{
    HM_ASSERT(o->cookie == PHOTO_COOKIE && o->n_thread >= 1);
    if (o->line_hz < 100 || o->line_hz > 20000)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--lines",
                          "expected 100 to 20000 lines a second, found %d", o->line_hz);
    if (o->h_px < 200 || o->h_px > 4000)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--height",
                          "expected 200 to 4000 rows, found %d", o->h_px);
    return HM_OK;
}

hm_status hm_photo_record(const hm_cast *cast, const hm_photo_opts *opts, hm_arena *arena,
                          hm_photo *photo, hm_err *err)
{
    HM_TRY(check(opts, err));
    double first_s = 0, last_s = 0;
    if (!finish_span(cast->race, &first_s, &last_s))
        return hm_err_set(err, HM_ERR_INPUT, NULL, 0, 0, "time_s", "nobody finishes this race");
    double n_line = ceil((last_s - first_s + 2 * margin_s) * opts->line_hz - 1e-6);
    if (n_line > max_line)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--lines",
                          "%.2f s between first and last make %.0f lines, more than %.0f: ask for "
                          "%.0f a second",
                          last_s - first_s, n_line, max_line,
                          floor(max_line / n_line * opts->line_hz));
    size_t w = (size_t)n_line, h = (size_t)opts->h_px;
    hm_photo p = {.w_px = (int32_t)w,
                  .h_px = opts->h_px,
                  .line_hz = opts->line_hz,
                  .from_s = first_s - margin_s,
                  .rgb = hm_arena_push(arena, w * h, 3),
                  .actor = hm_arena_push(arena, w, h),
                  .part = hm_arena_push(arena, w, h)};
    int n_thread = opts->n_thread < MAX_WORKER ? opts->n_thread : MAX_WORKER;
    hm_arena scratch[MAX_WORKER];
    bool no_memory[MAX_WORKER] = {false};
    if (!p.rgb || !p.actor || !p.part)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the photo");
    photo_job job = {.cast = cast, .photo = &p, .scratch = scratch, .no_memory = no_memory};
    aim(&job);
    for (int k = 0; k < n_thread; k++)
        hm_arena_init(&scratch[k], 4 << 20);
    hm_par_for(n_thread, (p.w_px + BLOCK_LINE - 1) / BLOCK_LINE, record_block, &job);
    bool failed = false;
    for (int k = 0; k < n_thread; k++) {
        failed |= no_memory[k];
        hm_arena_free(&scratch[k]);
    }
    if (failed)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the photo");
    ink(&p);
    *photo = p;
    return HM_OK;
}

double hm_photo_read_s(const hm_photo *photo, int32_t i_lane)
{
    for (int32_t c = 0; c < photo->w_px; c++)
        for (int32_t r = 0; r < photo->h_px; r++) {
            size_t at = (size_t)r * (size_t)photo->w_px + (size_t)c;
            if (photo->actor[at] == i_lane + 1 && photo->part[at] == HM_PART_TORSO)
                return photo->from_s + (double)c / photo->line_hz;
        }
    return -1.0;
}

/* rival_record.c - the line of a record on the ground: a strip that asks the ground beneath for its
 * colours and lays the line over them, so that shadows and paints treat it as ground. */
#include "rival_priv.h"
#include "venue_priv.h"

static const hm_rgb line_colour = {0.36f, 1.0f, 0.62f}; /* L* far from tartan's and from paint's */

#define LIFT_M    0.003f /* over the ground, under the soles */
#define SHOW_M    0.5f   /* the line comes up over the first half metre */
#define STAY_S    1.2    /* at the finish line once the record is in, */
#define FADE_S    0.5    /* then it goes */
#define LEAST_PX  2.5f   /* width in the picture, */
#define WIDEST_M  3.0f   /* up to this on the ground */
#define TAIL_FRAC 0.42f  /* of the line's colour right behind it */

double rival_record_z_m(const hm_record_line *record, double t_s, double *alpha)
{
    double in_s = 0.01 * record->official_cs, z = hm_curve_x_m(record->curve, t_s);
    *alpha = 0;
    if (!(t_s > 0) || !(z > 0))
        return 0;
    double out = (in_s + STAY_S + FADE_S - t_s) / FADE_S;
    double in = z / (double)SHOW_M;
    *alpha = out < 0 ? 0 : out < 1 ? out : in < 1 ? in : 1;
    return z < 100 ? z : 100;
}

/* Share of the line at z, through a filter f wide: whole on the line, then the tail. Seen flat from
 * afar the line is wider than it is, so that it stays a line. */
static float share_at(const record_mark *m, float z, float f)
{
    float d = z - m->z_m, wide_m = LEAST_PX * f;
    wide_m = wide_m < RECORD_LINE_M ? RECORD_LINE_M : wide_m < WIDEST_M ? wide_m : WIDEST_M;
    float line = venue_cover(d, f, -wide_m, 0);
    float back = (d + wide_m) * (1.0f / RECORD_TAIL_M);
    float tail = back > 0 || back < -1 ? 0 : TAIL_FRAC * (1 + back) * (1 + back);
    return m->alpha * (line + (1 - line) * tail);
}

/* Colours of the ground, by whichever way it gives them. */
static void ask_ground(const hm_object *g, const hm_frags *f, float *const albedo[3])
{
    if (g->colours) {
        g->colours(g->surface_ctx, f, albedo);
        return;
    }
    for (int32_t i = 0; i < f->n; i++) {
        hm_frag one = {.pos_m = {f->rest_m[0][i], f->rest_m[1][i], f->rest_m[2][i]},
                       .nrm = {0, 1, 0},
                       .depth_m = f->depth_m[i],
                       .px_m = f->depth_m[i] * f->px_frac,
                       .part = f->part};
        one.rest_m = one.pos_m;
        hm_surface q = {.albedo = {0.5f, 0.5f, 0.5f}};
        g->surface(g->surface_ctx, &one, &q);
        albedo[0][i] = q.albedo.r, albedo[1][i] = q.albedo.g, albedo[2][i] = q.albedo.b;
    }
}

static void mark_colours(const void *ctx, const hm_frags *f, float *const albedo[3])
{
    const record_mark *m = ctx;
    const float line[3] = {line_colour.r, line_colour.g, line_colour.b};
    float per_eye_y = 1.0f / (m->eye_m.y > 0.05f ? m->eye_m.y : 0.05f);
    ask_ground(m->ground, f, albedo);
    for (int32_t i = 0; i < f->n; i++) {
        float z = f->rest_m[2][i], px_m = f->depth_m[i] * f->px_frac;
        float k = share_at(m, z, px_m * (1 + per_eye_y * venue_abs(z - m->eye_m.z)));
        for (int c = 0; c < 3; c++)
            albedo[c][i] = venue_mix(albedo[c][i], line[c], k);
    }
}

bool rival_record_mark(const hm_record_line *record, const hm_venue *venue, const hm_object *ground,
                       hm_vec3 eye_m, double t_s, record_mark *m)
{
    double alpha, z = rival_record_z_m(record, t_s, &alpha);
    if (!(alpha > 0))
        return false;
    *m = (record_mark){.tri = {{0, 1, 2}, {0, 2, 3}},
                       .ground = ground,
                       .eye_m = eye_m,
                       .z_m = (float)z,
                       .alpha = (float)alpha};
    float x0 = (float)hm_lane_centre_m(venue->n_lane) - 0.5f * VENUE_LANE_M;
    float x1 = (float)hm_lane_centre_m(1) + 0.5f * VENUE_LANE_M;
    float z0 = (float)z - RECORD_TAIL_M - WIDEST_M, z1 = (float)z + 1.0f;
    m->pos_m[0] = hm_v3(x0, LIFT_M, z0), m->pos_m[1] = hm_v3(x0, LIFT_M, z1);
    m->pos_m[2] = hm_v3(x1, LIFT_M, z1), m->pos_m[3] = hm_v3(x1, LIFT_M, z0);
    m->object = (hm_object){.n_vert = 4,
                            .n_tri = 2,
                            .pos_m = m->pos_m,
                            .tri = (const int32_t(*)[3])m->tri,
                            .surface_ctx = m,
                            .flags = HM_OBJECT_GROUND,
                            .colours = mark_colours};
    return true;
}

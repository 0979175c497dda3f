/* phone_marks.c - what is laid on the track so that the clip can be calibrated, and its marks. */
#include "phone_priv.h"
#include "venue_priv.h"

#include <math.h>

#define LANE_M      1.22
#define TAPE_M      0.06 /* half the length of a piece of tape, along the run */
#define TAPE_HIGH_M 0.001f
#define POLE_M      1.3 /* high */
#define STUB_M      0.3
#define POLE_R_M    0.02f
#define POLE_OFF_M  0.45 /* beside the outermost lines */
#define SIGMA_PX    0.2  /* what is said of places that are exact */
#define EDGE_PX     3.0  /* a mark this near to the border of the picture is left out */

enum { PART_TAPE, PART_WHITE, PART_RED };

static void surface(const void *ctx, const hm_frag *f, hm_surface *out)
{
    (void)ctx;
    static const hm_rgb colour[] = {
        {0.95f, 0.85f, 0.10f}, {0.95f, 0.95f, 0.93f}, {0.85f, 0.12f, 0.10f}};
    *out = (hm_surface){.albedo = colour[f->part]};
}

static hm_vec3 body_place(double x_m, double y_m, double z_m)
{
    const double marks_m[3] = {x_m, y_m, z_m};
    double at[3];
    phone_from_marks(marks_m, at);
    return hm_v3((float)at[0], (float)at[1], (float)at[2]);
}

/* A place as a mark of the clip, if it is well within the picture. */
static void add_point(const phone_camera *cam, hm_marks *m, const char *name, double x_m,
                      double y_m, double z_m)
{
    const double marks_m[3] = {x_m, y_m, z_m};
    double at[3], u, v;
    phone_from_marks(marks_m, at);
    if (m->n_point == HM_MARKS_POINT_MAX || !name || !phone_pixel(cam, at, &u, &v))
        return;
    if (u < EDGE_PX || v < EDGE_PX || u > cam->w_px - EDGE_PX || v > cam->h_px - EDGE_PX)
        return;
    m->point[m->n_point++] = (hm_marks_point){.name = name,
                                              .x_m = x_m,
                                              .y_m = y_m,
                                              .z_m = z_m,
                                              .u_px = u,
                                              .v_px = v,
                                              .sigma_px = SIGMA_PX};
}

/* A piece of tape on the outer edge of a lane's line; its middle is the mark. */
static void add_tape(const hm_phone *p, venue_mesh *mesh, hm_arena *arena, hm_marks *m, double x_m,
                     int32_t lane)
{
    double y_m = lane * LANE_M;
    const float along = (float)TAPE_M, across = 0.03f;
    if (p->o.marks && x_m != 100) {
        hm_vec3 c = body_place(x_m, y_m, 0);
        c.y = TAPE_HIGH_M;
        const hm_vec3 q[4] = {
            hm_v3(c.x - across, c.y, c.z - along), hm_v3(c.x - across, c.y, c.z + along),
            hm_v3(c.x + across, c.y, c.z + along), hm_v3(c.x + across, c.y, c.z - along)};
        venue_mesh_quad(mesh, q, NULL, PART_TAPE);
    }
    if (p->o.marks || x_m == 100)
        add_point(&p->cam, m, hm_arena_printf(arena, "line of lane %d at %g m", lane, x_m), x_m,
                  y_m, 0);
}

/* Red and white, thin; marks at its foot and head. On the near side it is a stub: a gate's plane
 * must not hide behind it. */
static void add_pole(const hm_phone *p, venue_mesh *mesh, hm_arena *arena, hm_marks *m, double x_m,
                     double y_m, double high_m)
{
    enum { BAND = 4 };
    for (int i = 0; i < BAND; i++)
        venue_mesh_tube(mesh, body_place(x_m, y_m, high_m * i / BAND),
                        body_place(x_m, y_m, high_m * (i + 1) / BAND), POLE_R_M, POLE_R_M, 6,
                        i % 2 ? PART_WHITE : PART_RED);
    add_point(&p->cam, m, hm_arena_printf(arena, "foot of the pole at %g m", x_m), x_m, y_m, 0);
    add_point(&p->cam, m, hm_arena_printf(arena, "head of the pole at %g m", x_m), x_m, y_m,
              high_m);
}

static void set_lanes(const hm_phone *p, hm_marks *m)
{
    for (int32_t i = 0; i < p->race->n_lane; i++) {
        const hm_lane *l = &p->race->lane[i];
        if (p->cast.player[i].absent)
            continue;
        m->lane[m->n_lane++] = (hm_marks_lane){.lane = l->lane,
                                               .name = l->name,
                                               .from_y_m = (l->lane - 1) * LANE_M,
                                               .to_y_m = l->lane * LANE_M};
    }
}

/* Is a plane across the track in the picture for whoever runs there, from the ground to the chest?
 */
static bool is_plane_seen(const hm_phone *p, const hm_marks *m, double x_m)
{
    for (int32_t i = 0; i < m->n_lane; i++)
        for (int k = 0; k < 4; k++) {
            const double place[3] = {x_m, k % 2 ? m->lane[i].from_y_m : m->lane[i].to_y_m,
                                     k < 2 ? 0.3 : 1.5};
            double at[3], u, v, edge = 0.015 * p->cam.w_px;
            phone_from_marks(place, at);
            if (!phone_pixel(&p->cam, at, &u, &v) || u < edge || u > p->cam.w_px - edge ||
                v < edge || v > p->cam.h_px - edge)
                return false;
        }
    return true;
}

static void set_known(const hm_phone *p, hm_marks *m)
{
    const hm_phone_opts *o = &p->o;
    m->width_px = p->cam.w_px;
    m->height_px = p->cam.h_px;
    m->focal_px = p->cam.f_px;
    m->k1 = o->k1;
    m->k2 = o->k2;
    m->readout_s = o->readout_s;
    m->readout = (hm_readout)o->readout;
    m->capture_fps = isnan(o->play_fps) ? (double)NAN : o->fps;
    m->gun_distance_m = p->gun_distance_m;
    m->gun_distance_sigma_m = 0.1;
    m->temp_c = p->aired.temp_c;
    m->temp_sigma_c = 0.5;
    m->av_offset_s = o->av_offset_s;
    m->av_offset_sigma_s = 0.001;
}

hm_status phone_marks_build(const hm_phone *p, hm_arena *arena, hm_object *object, hm_marks *marks,
                            hm_err *err)
{
    double every = p->o.gate_m;
    int32_t n_gate = (int32_t)floor(110 / every) + 1, n_lane = p->venue.n_lane;
    hm_marks m = hm_marks_default();
    venue_mesh mesh;
    m.lane = HM_PUSH(arena, hm_marks_lane, HM_LANE_MAX);
    m.point = HM_PUSH(arena, hm_marks_point, HM_MARKS_POINT_MAX);
    m.gate_x_m = HM_PUSH(arena, double, HM_MARKS_GATE_MAX);
    if (!m.lane || !m.point || !m.gate_x_m)
        return hm_err_set(err, HM_ERR_SYSTEM, "phone", 0, 0, NULL, "no memory");
    HM_TRY(venue_mesh_init(&mesh, (n_gate + 1) * (n_lane + 1 + 2 * 4 * 18), arena, err));
    set_known(p, &m);
    set_lanes(p, &m);
    for (int32_t k = 0; k < n_gate; k++) {
        double x_m = k * every;
        for (int32_t lane = 0; lane <= n_lane; lane++)
            add_tape(p, &mesh, arena, &m, x_m, lane);
        if (p->o.marks) {
            bool in = p->o.stand == HM_PHONE_INFIELD;
            add_pole(p, &mesh, arena, &m, x_m, -POLE_OFF_M, in ? STUB_M : POLE_M);
            add_pole(p, &mesh, arena, &m, x_m, n_lane * LANE_M + POLE_OFF_M, in ? POLE_M : STUB_M);
        }
        if (!is_plane_seen(p, &m, x_m))
            continue;
        if (x_m == 100)
            m.finish_x_m = 100;
        else if (m.n_gate < HM_MARKS_GATE_MAX)
            m.gate_x_m[m.n_gate++] = x_m;
    }
    if (isnan(m.finish_x_m) && is_plane_seen(p, &m, 100))
        m.finish_x_m = 100;
    *object = venue_mesh_object(&mesh, surface, NULL, 0);
    *marks = m;
    return HM_OK;
}

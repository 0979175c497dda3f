/* Where the lanes of a stadium lie, and the mesh of its ground. */
#include "venue_priv.h"

/* Standard oval: a straight of 84.39 m, 36.50 m to the inner edge of lane 1 (World Athletics). */
#define STRAIGHT_M 84.39f
#define BEND_R_M   36.5f

venue_track venue_track_of(int32_t n_lane)
{
    return (venue_track){.n_lane = n_lane,
                         .left_m = 4.0f * VENUE_LANE_M,
                         .width_m = (float)n_lane * VENUE_LANE_M,
                         .bend_x_m = 4.0f * VENUE_LANE_M + BEND_R_M,
                         .bend_lo_m = VENUE_FINISH_M - STRAIGHT_M,
                         .bend_hi_m = VENUE_FINISH_M,
                         .bend_r_m = BEND_R_M,
                         .back_m = -18.0f,
                         .out_m = 144.0f};
}

hm_status venue_ground_mesh(venue_mesh *m, hm_arena *arena, hm_err *err)
{
    /* a grid, not one face: keeps interpolated places exact to a fraction of a millimetre */
    enum { NX = 12, NZ = 16 };
    HM_TRY(venue_mesh_init(m, NX * NZ, arena, err));
    for (int i = 0; i < NX; i++) {
        for (int k = 0; k < NZ; k++) {
            float x0 = -80.0f + 20.0f * (float)i, z0 = -110.0f + 20.0f * (float)k;
            const hm_vec3 p[4] = {
                {x0, 0, z0}, {x0, 0, z0 + 20.0f}, {x0 + 20.0f, 0, z0 + 20.0f}, {x0 + 20.0f, 0, z0}};
            venue_mesh_quad(m, p, NULL, 0);
        }
    }
    return HM_OK;
}

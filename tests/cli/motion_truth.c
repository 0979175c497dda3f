/* Where the joints and the skin of a runner are, from the bodies themselves: what the readers of
 * BVH and GLB files in test_exports.py are compared with. Arguments: race file, lane, instants [s
 * from the gun]. Prints lines "joint T NAME x y z" and "vertex T INDEX x y z" in metres. */
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "body/gait.h"
#include "body/mesh.h"
#include "data/race_file.h"

static void print_at(const hm_shape *shape, const hm_mesh *mesh, const hm_gait *gait, double t_s,
                     hm_vec3 *pos_m)
{
    hm_pose pose;
    hm_gait_pose(gait, t_s, &pose);
    for (int b = 0; b < HM_BONE_COUNT; b++) {
        hm_vec3 p = hm_frame_point(&pose.bone[b], shape->joint_m[b]);
        printf("joint %.6f %s %.6f %.6f %.6f\n", t_s, hm_bone_name(b), (double)p.x, (double)p.y,
               (double)p.z);
    }
    hm_mesh_skin(mesh, &pose, pos_m, NULL);
    for (int32_t i = 0; i < mesh->n_vert; i++)
        printf("vertex %.6f %d %.6f %.6f %.6f\n", t_s, (int)i, (double)pos_m[i].x,
               (double)pos_m[i].y, (double)pos_m[i].z);
}

static hm_status run(int argc, char **argv, hm_arena *arena, hm_err *err)
{
    hm_race race;
    HM_TRY(hm_race_read(argv[1], arena, &race, err));
    const hm_lane *lane = NULL;
    for (int32_t i = 0; i < race.n_lane; i++)
        if (race.lane[i].lane == strtol(argv[2], NULL, 10))
            lane = &race.lane[i];
    if (!lane)
        return hm_err_set(err, HM_ERR_INPUT, argv[1], 0, 0, NULL, "no such lane");
    hm_shape shape = hm_shape_of(lane, race.seed);
    hm_mesh mesh;
    hm_gait gait;
    HM_TRY(hm_mesh_build(&shape, arena, &mesh, err));
    HM_TRY(hm_gait_plan(lane, &shape, NULL, arena, &gait, err));
    hm_vec3 *pos_m = HM_PUSH(arena, hm_vec3, mesh.n_vert);
    if (!pos_m)
        return HM_ERR_SYSTEM;
    for (int i = 3; i < argc; i++)
        print_at(&shape, &mesh, &gait, strtod(argv[i], NULL), pos_m);
    return HM_OK;
}

int main(int argc, char **argv)
{
    hm_arena arena;
    hm_err err = {0};
    if (argc < 4)
        return 2;
    hm_arena_init(&arena, 1 << 20);
    hm_status status = run(argc, argv, &arena, &err);
    if (status != HM_OK)
        fprintf(stderr, "%s\n", err.msg);
    hm_arena_free(&arena);
    return status == HM_OK ? 0 : 1;
}

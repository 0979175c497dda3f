/* rain_life.c - errands laid out for one runner, and which pose is his at an instant. */
#include "rain_priv.h"

#define MIX_S       0.7 /* from errands to the race's own and back: he stands still then */
#define BEFORE_TO_S (-15.0)

hm_status rain_life_plan(const hm_race *race, int32_t i, int32_t hero, const hm_gait *gait,
                         hm_arena *arena, rain_life *life, hm_err *err)
{
    hm_errand list[RAIN_ERRAND_MAX];
    double from_s, x_m, z_m, face_rad = 1.5707963267948966;
    int32_t undress, n = rain_script_before(race, i, hero, hm_gait_wait_z_m(gait), list, &undress,
                                            &from_s, &x_m, &z_m);
    HM_TRY(hm_errands_plan(gait, from_s, x_m, z_m, face_rad, NULL, n, list, BEFORE_TO_S, arena,
                           &life->before, err));
    life->undress_s = hm_errand_begin_s(&life->before, undress);
    life->undress_for_s = hm_errand_begin_s(&life->before, undress + 1) - life->undress_s;
    hm_pose *rest = HM_PUSH(arena, hm_pose, 1);
    if (!rest)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the runners");
    hm_gait_pose(gait, gait->last_s, rest);
    hm_vec3 mid = hm_v3_mix(rest->ball_m[0], rest->ball_m[1], 0.5f);
    double z = (double)mid.z - 0.058 * race->lane[i].stature_m;
    n = rain_script_after(race, i, hero, (double)mid.x, z, list);
    double end_s = rain_last_s(race) + RAIN_AFTER_S + 2;
    HM_TRY(hm_errands_plan(gait, gait->last_s, (double)mid.x, z, 0, rest, n, list, end_s, arena,
                           &life->after, err));
    life->has = true;
    return HM_OK;
}

/* b takes over from a, from_s on. */
static float over(double t_s, double from_s)
{
    return (float)look_ramp(t_s, from_s, from_s + MIX_S);
}

void rain_life_pose(const rain_life *life, double t_s, hm_pose *pose)
{
    if (!life->has)
        return;
    hm_pose errand;
    double home_s = life->before.to_s - MIX_S, gone_s = life->after.from_s;
    if (t_s < life->before.to_s) {
        hm_errands_pose(&life->before, t_s, &errand);
        hm_pose_mix(&errand, pose, over(t_s, home_s));
        *pose = errand;
    } else if (t_s > gone_s) {
        hm_errands_pose(&life->after, t_s, &errand);
        hm_pose_mix(pose, &errand, over(t_s, gone_s));
        for (int side = 0; side < 2; side++)
            pose->on_ground[side] = errand.on_ground[side];
    }
}

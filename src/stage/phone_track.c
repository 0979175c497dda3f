/* phone_track.c - joints of all who run, as a tracker would give them if it made no mistake. */
#include "phone_priv.h"

#include <math.h>

#include "data/track.h"

/* Where a point lies in the rest pose, and with which bone it goes. */
typedef struct anchor {
    int bone;
    hm_vec3 rest_m;
} anchor;

static anchor at_joint(const hm_shape *s, int bone, int joint)
{
    return (anchor){bone, s->joint_m[joint]};
}

/* Points of the face lie on the head's box. */
static anchor on_head(const hm_shape *s, float x, float y, float z)
{
    (void)s;
    return (anchor){HM_BONE_HEAD, hm_v3(x, y, z)};
}

static anchor face_anchor(const hm_shape *s, hm_body_point point)
{
    const hm_head_box *h = &s->head;
    bool left = point == HM_POINT_EAR_L || point == HM_POINT_MOUTH_L ||
                (point >= HM_POINT_EYE_INNER_L && point <= HM_POINT_EYE_OUTER_L);
    float side = left ? 1 : -1;
    switch (point) {
    case HM_POINT_NOSE:
        return (anchor){HM_BONE_HEAD, h->nose_tip_m};
    case HM_POINT_EAR_L:
    case HM_POINT_EAR_R:
        return on_head(s, side * h->half_width_m, h->ear_y_m, h->ear_z_m);
    case HM_POINT_MOUTH_L:
    case HM_POINT_MOUTH_R:
        return on_head(s, side * h->mouth_half_m, h->mouth_y_m, h->eye_z_m);
    default:
        break;
    }
    float k = point == HM_POINT_EYE_INNER_L || point == HM_POINT_EYE_INNER_R   ? 0.55f
              : point == HM_POINT_EYE_OUTER_L || point == HM_POINT_EYE_OUTER_R ? 1.45f
                                                                               : 1;
    return on_head(s, side * k * h->eye_x_m, h->eye_y_m, h->eye_z_m);
}

static anchor limb_anchor(const hm_shape *s, hm_body_point point)
{
    int side = ((int)point - HM_POINT_SHOULDER_L) % 2; /* left, right in turn */
    switch ((int)point - side) {
    case HM_POINT_SHOULDER_L:
        return at_joint(s, hm_bone_of(side, HM_SIDE_UPPER_ARM),
                        hm_bone_of(side, HM_SIDE_UPPER_ARM));
    case HM_POINT_ELBOW_L:
        return at_joint(s, hm_bone_of(side, HM_SIDE_FOREARM), hm_bone_of(side, HM_SIDE_FOREARM));
    case HM_POINT_WRIST_L:
        return at_joint(s, hm_bone_of(side, HM_SIDE_HAND), hm_bone_of(side, HM_SIDE_HAND));
    case HM_POINT_LITTLE_FINGER_L:
    case HM_POINT_INDEX_FINGER_L: /* knuckles: four fingers are one bone */
        return at_joint(s, hm_bone_of(side, HM_SIDE_FINGERS), hm_bone_of(side, HM_SIDE_FINGERS));
    case HM_POINT_THUMB_L:
        return at_joint(s, hm_bone_of(side, HM_SIDE_THUMB), hm_bone_of(side, HM_SIDE_THUMB));
    case HM_POINT_HIP_L:
        return at_joint(s, hm_bone_of(side, HM_SIDE_THIGH), hm_bone_of(side, HM_SIDE_THIGH));
    case HM_POINT_KNEE_L:
        return at_joint(s, hm_bone_of(side, HM_SIDE_SHANK), hm_bone_of(side, HM_SIDE_SHANK));
    case HM_POINT_ANKLE_L:
        return at_joint(s, hm_bone_of(side, HM_SIDE_FOOT), hm_bone_of(side, HM_SIDE_FOOT));
    case HM_POINT_HEEL_L:
        return (anchor){hm_bone_of(side, HM_SIDE_FOOT), s->heel_m[side]};
    default:
        return (anchor){hm_bone_of(side, HM_SIDE_TOE), s->toe_end_m[side]};
    }
}

static hm_vec3 place_of(const hm_player *pl, hm_body_point point, double t_s)
{
    hm_pose pose;
    anchor a = point < HM_POINT_SHOULDER_L ? face_anchor(&pl->shape, point)
                                           : limb_anchor(&pl->shape, point);
    hm_gait_pose(&pl->gait, t_s, &pose);
    return hm_frame_point(&pose.bone[a.bone], a.rest_m);
}

static bool see(const hm_phone *p, const hm_player *pl, hm_body_point point, double t_s,
                double marks_m[3], double *u, double *v)
{
    double delay = 0, su, sv;
    for (int k = 0; k < 4; k++) {
        hm_vec3 a = place_of(pl, point, t_s + delay);
        const double at[3] = {(double)a.x, (double)a.y, (double)a.z};
        phone_to_marks(at, marks_m);
        if (!phone_pixel(&p->cam, at, u, v))
            return false;
        phone_shake(&p->o, t_s + delay, &su, &sv);
        *u += su, *v += sv;
        if (!(p->o.readout_s > 0))
            break;
        delay = phone_row_delay_s(&p->o, &p->cam, *u, *v);
    }
    return *u >= 0 && *v >= 0 && *u <= p->cam.w_px && *v <= p->cam.h_px;
}

/* One runner in one image; false = no point of him is in it. */
static bool frame_of(const hm_phone *p, const hm_player *pl, int32_t k, hm_track_frame *out)
{
    double t_s = p->clock.race_zero_s + p->clock.time_s[k];
    bool any = false;
    *out = (hm_track_frame){.time_s = p->clock.time_s[k]};
    for (int i = 0; i < HM_POINT_COUNT; i++) {
        double m[3], u = NAN, v = NAN;
        bool seen = see(p, pl, (hm_body_point)i, t_s, m, &u, &v);
        out->point[i] = (hm_seen_point){.x_px = seen ? (float)u : NAN,
                                        .y_px = seen ? (float)v : NAN,
                                        .x_m = (float)m[0],
                                        .z_m = (float)m[2],
                                        .sigma_px = seen ? 0.1f : NAN,
                                        .source = HM_SEEN_TRUTH};
        any |= seen;
    }
    return any;
}

hm_status hm_phone_track_write(hm_phone *p, const char *path, hm_err *err)
{
    hm_arena a;
    hm_arena_init(&a, 1 << 20);
    hm_track track = {.person = HM_PUSH(&a, hm_track_person, HM_LANE_MAX)};
    hm_status status = track.person ? HM_OK : HM_ERR_SYSTEM;
    for (int32_t i = 0; i < p->cast.n_player && status == HM_OK; i++) {
        const hm_player *pl = &p->cast.player[i];
        hm_track_person *who = &track.person[track.n_person];
        if (pl->absent)
            continue;
        *who = (hm_track_person){.id = pl->lane->lane,
                                 .lane = pl->lane->lane,
                                 .frame = HM_PUSH(&a, hm_track_frame, p->clock.n_frame)};
        if (!who->frame)
            status = HM_ERR_SYSTEM;
        for (int32_t k = 0; who->frame && k < p->clock.n_frame; k++)
            who->n_frame += frame_of(p, pl, k, &who->frame[who->n_frame]);
        track.n_person += who->n_frame > 0;
    }
    if (status != HM_OK)
        hm_err_set(err, status, "phone", 0, 0, NULL, "no memory for the track");
    else
        status = hm_track_write(path, &track, err);
    hm_arena_free(&a);
    return status;
}

#include "cast_priv.h"

#include <math.h>

#include "num/dmath.h"

static const double gap_s = 0.30; /* a person may be lost for so long between two frames */

/* Where a point lies when it is not seen: with another point, plus a share of the way between two
 * others. Looked at in this order, so that chains of missing points work out. */
typedef struct stand_in {
    uint8_t point, at, from, to;
    float share;
} stand_in;

static const stand_in stand_ins[] = {
    {HM_POINT_SHOULDER_L, HM_POINT_SHOULDER_R, 0, 0, 0},
    {HM_POINT_SHOULDER_R, HM_POINT_SHOULDER_L, 0, 0, 0},
    {HM_POINT_HIP_L, HM_POINT_HIP_R, 0, 0, 0},
    {HM_POINT_HIP_R, HM_POINT_HIP_L, 0, 0, 0},
    {HM_POINT_ELBOW_L, HM_POINT_SHOULDER_L, HM_POINT_SHOULDER_L, HM_POINT_HIP_L, 0.6f},
    {HM_POINT_ELBOW_R, HM_POINT_SHOULDER_R, HM_POINT_SHOULDER_R, HM_POINT_HIP_R, 0.6f},
    {HM_POINT_WRIST_L, HM_POINT_ELBOW_L, HM_POINT_SHOULDER_L, HM_POINT_ELBOW_L, 0.9f},
    {HM_POINT_WRIST_R, HM_POINT_ELBOW_R, HM_POINT_SHOULDER_R, HM_POINT_ELBOW_R, 0.9f},
    {HM_POINT_INDEX_FINGER_L, HM_POINT_WRIST_L, HM_POINT_ELBOW_L, HM_POINT_WRIST_L, 0.25f},
    {HM_POINT_INDEX_FINGER_R, HM_POINT_WRIST_R, HM_POINT_ELBOW_R, HM_POINT_WRIST_R, 0.25f},
    {HM_POINT_LITTLE_FINGER_L, HM_POINT_INDEX_FINGER_L, 0, 0, 0},
    {HM_POINT_LITTLE_FINGER_R, HM_POINT_INDEX_FINGER_R, 0, 0, 0},
    {HM_POINT_THUMB_L, HM_POINT_INDEX_FINGER_L, 0, 0, 0},
    {HM_POINT_THUMB_R, HM_POINT_INDEX_FINGER_R, 0, 0, 0},
    {HM_POINT_KNEE_L, HM_POINT_HIP_L, HM_POINT_SHOULDER_L, HM_POINT_HIP_L, 0.85f},
    {HM_POINT_KNEE_R, HM_POINT_HIP_R, HM_POINT_SHOULDER_R, HM_POINT_HIP_R, 0.85f},
    {HM_POINT_ANKLE_L, HM_POINT_KNEE_L, HM_POINT_HIP_L, HM_POINT_KNEE_L, 1},
    {HM_POINT_ANKLE_R, HM_POINT_KNEE_R, HM_POINT_HIP_R, HM_POINT_KNEE_R, 1},
    {HM_POINT_HEEL_L, HM_POINT_ANKLE_L, HM_POINT_KNEE_L, HM_POINT_ANKLE_L, 0.12f},
    {HM_POINT_HEEL_R, HM_POINT_ANKLE_R, HM_POINT_KNEE_R, HM_POINT_ANKLE_R, 0.12f},
    {HM_POINT_TOE_L, HM_POINT_HEEL_L, HM_POINT_KNEE_L, HM_POINT_ANKLE_L, 0.1f},
    {HM_POINT_TOE_R, HM_POINT_HEEL_R, HM_POINT_KNEE_R, HM_POINT_ANKLE_R, 0.1f},
    {HM_POINT_NOSE, HM_POINT_SHOULDER_L, HM_POINT_HIP_L, HM_POINT_SHOULDER_L, 0.42f},
};

static bool seen(const hm_seen_point *p)
{
    return isfinite(p->x_px) && isfinite(p->y_px) && isfinite(p->sigma_px);
}

static void fill_in(roto_xy p[], bool have[])
{
    for (size_t k = 0; k < sizeof stand_ins / sizeof stand_ins[0]; k++) {
        const stand_in *s = &stand_ins[k];
        if (have[s->point])
            continue;
        roto_xy at = p[s->at], a = p[s->from], b = p[s->to];
        p[s->point] = (roto_xy){at.x + s->share * (b.x - a.x), at.y + s->share * (b.y - a.y)};
        have[s->point] = have[s->at];
    }
    for (int k = HM_POINT_EYE_INNER_L; k <= HM_POINT_MOUTH_R; k++)
        if (!have[k])
            p[k] = p[HM_POINT_NOSE];
}

bool roto_cast_at(const hm_track_person *person, double time_s, float px_frac, roto_body *body)
{
    int32_t lo = 0, hi = person->n_frame - 1;
    if (hi < 0)
        return false;
    while (lo < hi) { /* first frame at or after time_s */
        int32_t mid = (lo + hi) / 2;
        if (person->frame[mid].time_s < time_s - 1e-6)
            lo = mid + 1;
        else
            hi = mid;
    }
    const hm_track_frame *b = &person->frame[lo], *a = lo > 0 ? b - 1 : b;
    bool after = b->time_s < time_s - 1e-6, before = lo == 0 && b->time_s > time_s + 1e-6;
    if ((after && time_s - b->time_s > 0.06) || (before && b->time_s - time_s > 0.06) ||
        b->time_s - a->time_s > gap_s)
        return fabs(b->time_s - time_s) < 1e-3 &&
               roto_cast_at(&(hm_track_person){.n_frame = 1, .frame = person->frame + lo},
                            b->time_s, px_frac, body);
    double span = b->time_s - a->time_s;
    float u = span > 0 ? roto_clamp((float)((time_s - a->time_s) / span), 0, 1) : 1;
    bool have[HM_POINT_COUNT];
    int32_t n = 0;
    for (int k = 0; k < HM_POINT_COUNT; k++) {
        const hm_seen_point *pa = &a->point[k], *pb = &b->point[k];
        pa = seen(pa) ? pa : pb, pb = seen(pb) ? pb : pa;
        have[k] = seen(pa);
        n += have[k];
        float x = pa->x_px + u * (pb->x_px - pa->x_px), y = pa->y_px + u * (pb->y_px - pa->y_px);
        body->point[k] = have[k] ? (roto_xy){x / px_frac, y / px_frac} : (roto_xy){0, 0};
    }
    if (n < 6 || !(have[HM_POINT_SHOULDER_L] || have[HM_POINT_SHOULDER_R]) ||
        !(have[HM_POINT_HIP_L] || have[HM_POINT_HIP_R]))
        return false;
    fill_in(body->point, have);
    body->time_s = time_s;
    return true;
}

hm_pose_region roto_cast_region(const roto_body *body, float px_frac)
{
    const roto_xy *p = body->point;
    float hx = 0.5f * (p[HM_POINT_HIP_L].x + p[HM_POINT_HIP_R].x);
    float hy = 0.5f * (p[HM_POINT_HIP_L].y + p[HM_POINT_HIP_R].y);
    float sx = 0.5f * (p[HM_POINT_SHOULDER_L].x + p[HM_POINT_SHOULDER_R].x);
    float sy = 0.5f * (p[HM_POINT_SHOULDER_L].y + p[HM_POINT_SHOULDER_R].y);
    float far = 0;
    for (int k = 0; k < HM_POINT_COUNT; k++)
        far = fmaxf(far, (p[k].x - hx) * (p[k].x - hx) + (p[k].y - hy) * (p[k].y - hy));
    float r = fmaxf(1.12f * sqrtf(far), 1.5f * body->trunk_px);
    double turn = hm_atan2((double)(sx - hx), (double)(hy - sy));
    return (hm_pose_region){.u_px = (double)(hx * px_frac),
                            .v_px = (double)(hy * px_frac),
                            .side_px = 2.5 * (double)(r * px_frac),
                            .rotation_rad = turn};
}

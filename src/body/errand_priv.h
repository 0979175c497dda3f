/* errand_priv.h - errands laid out: where he is, what his feet do, what he does. */
#ifndef HM_BODY_ERRAND_PRIV_H
#define HM_BODY_ERRAND_PRIV_H

#include "plan_priv.h"

#include "body/errand.h"

enum { ERRAND_HZ = 30 }; /* samples of the way */

typedef struct errand_contact {
    double on_s, off_s;
    float x, z, yaw;
} errand_contact;

/** One foot leaves the ground and the body passes over the other. */
typedef struct errand_beat {
    double at_s, for_s;
    uint8_t side;
} errand_beat;

/** An errand in time. */
typedef struct errand_span {
    hm_errand e;
    double begin_s, end_s;
} errand_span;

/** A run of its own, by the planner of races. */
typedef struct errand_stride {
    double from_s, to_s; /* its poses are his */
    double z0_m;         /* its start line in the world */
    hm_gait gait;
    hm_lane lane;
    int32_t first_step; /* its steps among the errands' */
} errand_stride;

struct hm_errands_data {
    const plan *p;
    double from_s, to_s;
    int32_t n;           /* samples */
    float *x, *z, *face; /* (n) */
    int32_t n_contact[2];
    errand_contact *contact[2];
    int32_t n_beat;
    errand_beat *beat;
    int32_t n_span;
    errand_span *span;
    int32_t n_stride;
    errand_stride *stride;
};

/** A stride of this reach and top speed: a lane with a curve and steps of its own, standing start.
 *  errors HM_ERR_SYSTEM no memory */
hm_status errand_stride_plan(const plan *p, double top_mps, double reach_m, hm_arena *arena,
                             errand_stride *out, hm_err *err);

/** Time of the stride's own clock, `since_s` after it begins: what stands before the first push
 * goes by faster. And back: how long after it begins a time of its clock is. */
double errand_stride_clock(double since_s);
double errand_stride_since(double clock_s);

/** The way at an instant: place, direction, speed, rate of turning. */
typedef struct errand_way {
    float x, z, face, speed, turn;
} errand_way;

errand_way errand_way_at(const struct hm_errands_data *d, double t_s);

/** What an act does to body and legs, u of it. since_s, for_s: since it began, how long it lasts;
 *  foot heights go to the legs. */
void errand_act(const struct hm_errands_data *d, const errand_span *s, double t_s, float u,
                const errand_way *way, body_goal *g);

/** Where a foot stands under him at a place. */
void errand_stand(const plan *p, int side, const errand_way *way, float walk, float *x, float *z);

/** How much of a walk a speed is, 0 .. 1 at 1 m/s. */
static inline float errand_walking(float speed)
{
    return speed > 1 ? 1 : speed;
}

/** The stride he is in, NULL = none. */
const errand_stride *errand_stride_at(const struct hm_errands_data *d, double t_s);

/** Contacts and beats of the way that is laid; as = pose he comes with, or NULL.
 *  errors HM_ERR_SYSTEM no memory */
hm_status errand_make_steps(struct hm_errands_data *d, const hm_pose *as, hm_arena *arena,
                            hm_err *err);

/** Footfalls in time, those of strides too, into out. @return how many */
int32_t errand_list_steps(const struct hm_errands_data *d, hm_errand_step *out);

#endif

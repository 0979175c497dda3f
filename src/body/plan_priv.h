/* plan_priv.h - what is worked out once for one runner's race. */
#ifndef HM_BODY_PLAN_PRIV_H
#define HM_BODY_PLAN_PRIV_H

#include "curves_priv.h"
#include "rig_priv.h"

#include "body/gait.h"

/** Cubic that leads a free foot from where it left the ground to its own path, or back. Value and
 *  rate at the ground; they fade to 0 over span_s. */
typedef struct body_lead {
    hm_vec3 at, rate; /* ankle against hip [m], [m/s] */
    float pitch, pitch_rate, bend;
    double span_s;
} body_lead;

/** One stay of a foot on the ground. */
typedef struct body_contact {
    double on_s, off_s;
    double x_m; /* ball along the lane */
    float side_m;
    bool block;                    /* on a starting block, or the first stand */
    bool last;                     /* stands on */
    body_event event[BODY_EVENTS]; /* of the stride that begins here */
    body_lead leave, land;         /* after off_s; before on_s */
} body_contact;

/** Height of the centre of mass over one step: contact, then flight to the next one. */
typedef struct body_hop {
    double on_s, off_s;
    double h_m;         /* at touch-down */
    double v_in, v_out; /* vertical, m/s */
} body_hop;

struct hm_gait_plan_data {
    const hm_lane *lane;
    body_rig rig;
    hm_form form;
    float lane_x_m;
    double top_mps, finish_s; /* finish_s < 0: never */
    double stand_z_m;         /* behind the blocks */
    int32_t n_contact[2];
    body_contact *contact[2];
    int32_t n_hop;
    body_hop *hop;
    /* start */
    double reaction_s, exit_s;
    float set_root_y, set_root_z, set_com_y;
    double exit_h_m, exit_v_mps;
    /* end */
    double rest_s; /* stands for good from here */
    float rest_com_y;
    /* habits, -1 .. 1 */
    float habit[12];
    int celebrate; /* 0 hands on hips, 1 hands on knees, 2 arms up, 3 arms hang */
};

typedef struct hm_gait_plan_data plan;

/** What a pose needs besides the control: how the root is found. */
typedef struct body_goal {
    body_control c;
    double torso_z_m; /* torso front along the lane */
    float root_x;
    bool free;            /* root given, not found */
    float root_y, root_z; /* then: z from the lane's start */
    float com_y;
} body_goal;

float body_ramp(double v, double from, double to);

/** Angles of a leg and of the arm on its side at t_s. */
body_event body_leg_angles(const plan *p, int side, double t_s);

/** Control of the run (from the gun on, not the start's hands). */
void body_run_control(const plan *p, double t_s, body_goal *g);

/** Before the exit, and after the run. They change what the run's control says. */
void body_start_control(const plan *p, double t_s, body_goal *g);
void body_finish_control(const plan *p, double t_s, body_goal *g);

/** Standing: weight on one leg, loose arms; breath. Everything but the legs. */
void body_stand_control(const plan *p, double t_s, body_goal *g);

/** One arm hanging; shake 0 still .. 1 shaken out; breath -1 .. 1. */
void body_loose_arm(const plan *p, int side, double t_s, float shake, float breath, body_arm *a);

/** Arms at rest by `style` (as celebrate), by u of the way there. */
void body_rest_arms(const plan *p, int style, double t_s, float u, body_goal *g);

/** (1 - u) a + u b; a hand that only one of both puts somewhere stays there. */
void body_arm_mix(body_arm *a, const body_arm *b, float u);

/** Height of the centre of mass by the hops. */
double body_hop_y(const plan *p, double t_s);

/** Root that meets the goal; legs and upper body as they come to lie (z from origin_z). */
typedef struct body_solution {
    body_upper up;
    body_leg_pose leg[2];
    hm_vec3 root, com;
    double origin_z_m;
} body_solution;

void body_goal_at(const plan *p, double t_s, body_goal *g);
void body_solve(const plan *p, const body_goal *g, body_solution *s);

/** Contact i of a foot with on_s <= t_s, -1 when none. */
int32_t body_contact_at(const plan *p, int side, double t_s);

/** Leg of the control at t_s: planted, or swinging with its leads. */
void body_leg_control(const plan *p, int side, double t_s, double origin_z_m, body_leg *leg);

/** Lay out contacts, tables, hops and leads. */
hm_status body_plan_steps(plan *p, hm_arena *arena, hm_err *err);

/** The same for a runner who does not start. */
hm_status body_plan_stand_by(plan *p, hm_arena *arena, hm_err *err);

/** Standing still in the set position: finds its root. */
void body_plan_set(plan *p);

#endif

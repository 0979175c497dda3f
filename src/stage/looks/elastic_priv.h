/* elastic_priv.h - the parts of the look of childhood. */
#ifndef HM_STAGE_ELASTIC_PRIV_H
#define HM_STAGE_ELASTIC_PRIV_H

#include "look_priv.h"

typedef struct elastic_opts {
    double head_frac, hand_frac, foot_frac, eye_frac; /* larger by */
    double stretch_frac;                              /* most that a body is drawn out */
    double sway_m;                                    /* that the head lags and swings by */
    double face_frac;                                 /* more of every expression */
    double boil_px, line_frac;
    double dust_frac;   /* size of the puffs, 0 = none */
    double bounce_m;    /* bodies rise by this in flight */
    double wheel_frac;  /* strength of the wheels that legs become */
    double friend_frac; /* strength of the shadows of those who watch */
    double torn_lane;   /* who runs in trainers that come apart; 0 = nobody, NAN = by seed */
} elastic_opts;

/* Where in his stride a runner is. */
typedef struct elastic_beat {
    double stretch; /* -1 deepest in the knees .. 1 highest in flight [1] */
    double stride_rad;
    double speed_frac;    /* of his own top speed */
    double side_x_m, z_m; /* of the foot that bears him, world; only when on the ground */
    bool on_ground;
} elastic_beat;

/* beat of a lane at t_s; standing still: all zero */
elastic_beat elastic_beat_at(const hm_lane *lane, double t_s);

/* What a face does: joy, panic and fixation by who is near and who somebody is; then k times as
 * much of it. */
void elastic_face(const look_drawing *d, const look_body *body, float k);

/* Grow head, hands and feet; draw the body out and press it together, keeping its volume. */
void elastic_skin(const look_drawing *d, const look_body *body, const hm_mesh *mesh,
                  hm_vec3 pos_m[], hm_vec3 nrm[]);

/* Shots from a child's height, for HM_CUT_LOOK. */
hm_status elastic_direct(const hm_race *race, const hm_direct_opts *opts, hm_arena *arena,
                         hm_film *film, hm_err *err);

/* More objects: wheels of legs at top speed; shadows of friends beside the lanes. */
hm_status elastic_wheels(const look_drawing *d, const look_scene *s, hm_err *err);
hm_status elastic_friends(const look_drawing *d, const look_scene *s, hm_err *err);

/* Puffs of dust where feet have just been: one more object, or none. */
hm_status elastic_dust(const look_drawing *d, const look_scene *s, hm_err *err);

#endif

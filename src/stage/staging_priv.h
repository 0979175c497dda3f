/* staging_priv.h - shots put one after the other: what the director and the looks that stage a race
 * themselves work with. */
#ifndef HM_STAGE_STAGING_PRIV_H
#define HM_STAGE_STAGING_PRIV_H

#include "stage/director.h"

enum { STAGING_KEY_MAX = 320 }; /* camera keys of all shots */

typedef struct staging {
    const hm_race *race;
    const hm_direct_opts *opts;
    hm_shot shot[HM_SHOT_MAX];
    int32_t n_shot;
    hm_cam_key key[STAGING_KEY_MAX];
    int32_t n_key;
    double finish_s, last_s; /* first and last finisher at the line */
    int32_t n_runner, n_finisher;
} staging;

/* errors HM_ERR_INPUT nobody runs */
hm_status staging_begin(staging *s, const hm_race *race, const hm_direct_opts *opts, hm_err *err);

/* Weights of the director, with whom the options follow. */
hm_interest staging_interest(const hm_direct_opts *opts);

/* Seconds after an event; the leader's torso at x_m. */
hm_anchor staging_at(hm_anchor_at what, double plus_s);
hm_anchor staging_leader(double x_m);

/* The next shot, at life's speed; its fields may then be changed. */
hm_shot *staging_add(staging *s, const char *name, hm_rig rig, hm_anchor from, hm_anchor to,
                     hm_role role, uint32_t overlays);

/* A shot of HM_RIG_KEYS: the next camera key of the shot that was added last. */
void staging_key(staging *s, const hm_cam_key *key);

/* As it is, without looking for titles and credits. out film bound to the race; as hm_direct */
hm_status staging_bind(staging *s, hm_arena *arena, hm_film *film, hm_err *err);

/* With titles and credits as the options want them. As staging_bind */
hm_status staging_end(staging *s, hm_arena *arena, hm_film *film, hm_err *err);

#endif

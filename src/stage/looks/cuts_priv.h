/* cuts_priv.h - what looks that stage a race in several shots share: a list of cuts by where the
 * leader is, of which a race takes those that it has room for, and the two runners who differ. */
#ifndef HM_STAGE_CUTS_PRIV_H
#define HM_STAGE_CUTS_PRIV_H

#include "staging_priv.h"

/* Two runners to be seen beside one another. */
typedef struct cuts_pair {
    const hm_lane *calm, *wild; /* of better and of worse form; the same one when one runs alone */
    double right_x_m, left_x_m; /* their places across the track */
    double apart_m;             /* most that parts them along it until the line */
} cuts_pair;

typedef struct cuts_list {
    staging *s;
    cuts_pair pair;
    double side_x_m, left_x_m; /* right edge of the lane furthest to the right, and its opposite */
    double stature_m;          /* of the tallest */
} cuts_list;

/* One shot of the run, from where the leader is to the next one's. */
typedef struct cuts_cut {
    const char *name;
    hm_rig rig;
    double from_m; /* of the leader */
    hm_role role;
    bool pair; /* about the pair instead */
    uint32_t overlays;
    double drift_frac;
    void (*keys)(const cuts_list *c); /* HM_RIG_KEYS: puts them */
    bool stays;                       /* keys stand in the world: they do not follow */
} cuts_cut;

/* How a look stages a race: shots before the start, cuts of the run, shots afterwards. */
typedef struct cuts_way {
    void (*before)(const cuts_list *c);
    int32_t n_cut;
    const cuts_cut *cut; /* (n_cut) */
    double gun_s;        /* the run is shown from so long after the gun */
    double line_s;       /* and until so long after the first finisher */
    void (*after)(const cuts_list *c);
} cuts_way;

/* Stage a race so; as look_priv.h's direct. Cuts that would be shorter than 0.7 s or begin within
 * 0.9 s of the line fall out; when the run takes too long its middle goes by faster.
 * errors as staging_begin, staging_end */
hm_status cuts_direct(const cuts_way *way, const hm_race *race, const hm_direct_opts *opts,
                      hm_arena *arena, hm_film *film, hm_err *err);

/* A shot about the pair; about one runner. */
hm_shot *cuts_of_pair(hm_shot *shot, const cuts_pair *p);
hm_shot *cuts_of_lane(hm_shot *shot, const hm_lane *lane);

/* Vertical angle of a lens that holds so much at a distance [deg]. */
double cuts_lens_deg(const cuts_list *c, double half_w_m, double half_h_m, double far_m);

/* Where to go along with the pair so that nobody stands before it: of some places to the right of
 * it, the freest while the leader runs from from_m to to_m. out eye_m: x, z against the pair */
void cuts_free_view(const cuts_list *c, double from_m, double to_m, double eye_m[2]);

/* A camera key of the last shot. */
void cuts_key(const cuts_list *c, double at_frac, const double eye_m[3], const double aim_m[3],
              double vfov_deg);

#endif

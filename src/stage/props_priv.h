/* stage/props_priv.h - furniture and people of the place, as one palette of parts. */
#ifndef HM_STAGE_PROPS_PRIV_H
#define HM_STAGE_PROPS_PRIV_H

#include "venue_priv.h"

enum {
    PROP_STEEL,
    PROP_PEDAL,
    PROP_DARK,
    PROP_MESH,
    PROP_WHITE,
    PROP_MAT,
    PROP_CLOCK,
    PROP_SCREEN,
    PROP_SKIN_A,
    PROP_SKIN_B,
    PROP_BLAZER,
    PROP_TROUSERS,
    PROP_VEST,
    PROP_JEANS,
    PROP_RED,
    PROP_HAT,
    PROP_HAIR,
    PROP_BASKET,
    PROP_WOOD,
    PROP_LEAF,
    PROP_LEAF_DARK,
    PROP_FENCE,
    PROP_CHILD_A,
    PROP_CHILD_B,
    PROP_CHILD_C,
    PROP_NUMBER /* + lane: a box with the lane's number on its sides */
};

/* Feet of a runner in the blocks, from the lane's middle, of stature; as body/gait plants them. */
#define PROPS_FOOT_FRAC 0.062f

enum { PROPS_PEOPLE = 36 };

typedef enum props_stance {
    PROPS_STAND,
    PROPS_SIT,
    PROPS_KNEEL,
    PROPS_AIM,
    PROPS_CHEER
} props_stance;

typedef struct props_person {
    float x_m, z_m;
    float face_x, face_z; /* unit, where he looks */
    float stature_m;
    props_stance stance;
    uint8_t top, legs, skin, head; /* parts: jacket, trousers, skin, hat or hair */
} props_person;

void props_add_person(venue_mesh *m, const props_person *p);
void props_officials(venue_mesh *m, const venue_track *t);
void props_blocks(venue_mesh *m, const hm_lane *l);
void props_number_box(venue_mesh *m, int32_t lane, float x, float z, float scale);
void props_quad_panel(venue_mesh *m, const hm_venue_panel *p, uint8_t part);

/** Beside the track: blocks of each runner, finish, wind gauge, rail, officials. */
HM_CHECKED hm_status props_near(const hm_race *race, const venue_track *t, bool blocks,
                                venue_mesh *m, hm_venue_panel *clock, hm_arena *arena, hm_err *err);
/** Far away: screens, what stands on the grass. */
HM_CHECKED hm_status props_far(const venue_track *t, venue_mesh *m, hm_venue_panel screen[2],
                               hm_arena *arena, hm_err *err);
hm_surface_fn props_surface; /* ctx: venue_now */

/* ---- flags ---- */

enum { FLAG_MAX = 24, FLAG_COLS = 9 };

typedef struct props_flags {
    int32_t n;
    hm_vec3 top_m[FLAG_MAX]; /* of the mast */
    int32_t (*tri)[3];       /* the same for every instant */
    uint8_t *part;
    hm_vec3 *rest_m;
} props_flags;

HM_CHECKED hm_status props_flags_of(const hm_vec3 top_m[], int32_t n, hm_arena *arena,
                                    props_flags *f, hm_err *err);
/** The flags at t_s in a wind along z; places go to scratch. */
HM_CHECKED hm_status props_flags_at(const props_flags *f, float t_s, float wind_mps,
                                    hm_arena *scratch, hm_object *out, hm_err *err);
hm_surface_fn props_flag_surface; /* ctx: venue_now */

#endif

/* rain_priv.h - the parts of the look of the one shot in the rain. */
#ifndef HM_STAGE_RAIN_PRIV_H
#define HM_STAGE_RAIN_PRIV_H

#include "look_priv.h"

#include "body/errand.h"

typedef enum rain_length { RAIN_SHORT, RAIN_LONG } rain_length;

typedef struct rain_opts {
    rain_length length; /* of the path */
    double drops_frac;  /* how much falls, 0 .. 2 */
    double wet_frac;    /* how much water stands */
    double ripple_frac; /* how rough it is */
    double splash_frac; /* how high feet throw it */
    double fill_frac;   /* light on faces */
} rain_opts;

/* ---- who does what besides the race (rain_script.c) ---- */

enum { RAIN_ERRAND_MAX = 32 };

#define RAIN_FROM_S  (-140.0) /* the long path begins */
#define RAIN_EARLY_S (-20.0)  /* a film that shows what is before this shows errands */
#define RAIN_AFTER_S 76.0     /* and ends so long after the last is at the line */
#define RAIN_STAND_M 101.5    /* where the one stands to whom the camera comes back */
#define RAIN_MEET_S  53.5     /* after the last at the line: a hand is given */
#define RAIN_HAND_M  0.36     /* from there to each of the two */

/* Where things are, world; z along the track. */
typedef struct rain_place {
    double left_m, right_m;                 /* edges of the lanes */
    double wall_m;                          /* front of the stand on the right */
    double gate_in_m, gate_out_m, gate_z_m; /* a roofed way out of the stand */
    double exit_z_m;                        /* another, past the line */
    double tower_x_m, tower_z_m;            /* a lamp on its own feet, beside the track */
    double coat_z_m, drain_z_m;
} rain_place;

rain_place rain_place_of(const hm_race *race);

/* When the last finisher is at the line. */
double rain_last_s(const hm_race *race);

/* Errands of runner i before the start; hero leaves the gate last. wait_z_m from
 * hm_gait_wait_z_m. out their number; when and where he begins (looking along +x), and which of the
 * errands is taking off the jacket */
int32_t rain_script_before(const hm_race *race, int32_t i, int32_t hero, double wait_z_m,
                           hm_errand list[RAIN_ERRAND_MAX], int32_t *undress, double *from_s,
                           double *x_m, double *z_m);

/* And after he has come to rest at x_m, z_m. */
int32_t rain_script_after(const hm_race *race, int32_t i, int32_t hero, double x_m, double z_m,
                          hm_errand list[RAIN_ERRAND_MAX]);

/* One runner's errands. */
typedef struct rain_life {
    bool has;
    hm_errands before, after;
    double undress_s, undress_for_s; /* the jacket comes off */
} rain_life;

hm_status rain_life_plan(const hm_race *race, int32_t i, int32_t hero, const hm_gait *gait,
                         hm_arena *arena, rain_life *life, hm_err *err);

/* The pose at t_s: the race's own, or that of an errand. */
void rain_life_pose(const rain_life *life, const hm_gait *gait, double t_s, hm_pose *pose);

/* ---- the path (rain_staging.c, rain_path.c) ---- */

typedef struct rain_at {
    double x, y, z;
} rain_at;

/* The race as the path asks for it. */
typedef struct rain_path {
    struct staging *s;
    const hm_race *race;
    double from_s, to_s; /* race time */
    double right_x_m;    /* just outside the lane furthest to the right in which somebody runs */
    const hm_lane *hero;
    double hero_x_m;
    double reach_m; /* 100, or where he stopped */
} rain_path;

/* A key at a race time; z counts along the track. */
void rain_path_key(rain_path *p, double t_s, rain_at eye, rain_at aim, double vfov_deg);
double rain_path_hero_m(const rain_path *p, double t_s);

void rain_path_arrival(rain_path *p); /* the long form, to 16 s before the gun */
void rain_path_blocks(rain_path *p);  /* from 13 s before it */
void rain_path_race(rain_path *p);    /* until two seconds after the line */
void rain_path_after(rain_path *p);   /* the long form */

/* What begin makes. */
typedef struct rain_state {
    int32_t hero;
    rain_life life[HM_LANE_MAX]; /* by index into race->lane; has none in the short form */
} rain_state;

/* One worker's mirror of the scene. */
typedef struct rain_mirror rain_mirror;

hm_status rain_mirror_open(const look_film *film, hm_arena *arena, void **work, hm_err *err);
void rain_mirror_close(void *work);

/* Draw the scene from under its ground; out the picture, valid until the worker's next drawing. */
hm_status rain_mirror_draw(rain_mirror *m, const hm_scene *scene, const hm_paint_params *paint,
                           hm_arena *scratch, const hm_picture **pic, hm_err *err);

/* More objects: streaks of falling drops, rings where they hit, what feet throw up. */
hm_status rain_fall(const look_drawing *d, const look_scene *s, hm_err *err);
hm_status rain_splash(const look_drawing *d, const look_scene *s, hm_err *err);

/* Floodlights, and a night sky that glows about them. */
hm_status rain_lamps(const look_drawing *d, const look_scene *s, hm_err *err);

/* The one shot, for HM_CUT_LOOK. */
hm_status rain_direct(const hm_race *race, const hm_direct_opts *opts, hm_arena *arena,
                      hm_film *film, hm_err *err);

#endif

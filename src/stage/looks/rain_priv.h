/* rain_priv.h - the parts of the look of the one shot in the rain. */
#ifndef HM_STAGE_RAIN_PRIV_H
#define HM_STAGE_RAIN_PRIV_H

#include "glow_priv.h"
#include "look_priv.h"
#include "night_priv.h"

#include "body/errand.h"

typedef enum rain_length { RAIN_SHORT, RAIN_LONG } rain_length;

typedef struct rain_opts {
    rain_length length; /* of the path */
    double drops_frac;  /* how much falls, 0 .. 2 */
    double wet_frac;    /* how much water stands */
    double ripple_frac; /* how rough it is */
    double splash_frac; /* how high feet throw it */
    double fill_frac;   /* light on faces */
    double streak_frac; /* how long bodies stay as streaks of light */
    double chill_c;     /* how much the rain cools the air */
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
    double board_m;                         /* boards before it */
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

/* Into pose, which has the race's own, that of an errand where there is one at t_s. */
void rain_life_pose(const rain_life *life, double t_s, hm_pose *pose);

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

/* One worker's mirror of the scene. */
typedef struct rain_mirror rain_mirror;

hm_status rain_mirror_open(const look_film *film, hm_arena *arena, void **work, hm_err *err);
void rain_mirror_close(void *work);

/* Draw the scene from under its ground; out the picture, valid until the worker's next drawing, and
 * the camera that it was taken by. */
hm_status rain_mirror_draw(rain_mirror *m, const hm_scene *scene, const hm_paint_params *paint,
                           hm_arena *scratch, hm_picture **pic, hm_camera *under, hm_err *err);

/* ---- light (rain_lamps.c) ---- */

enum { RAIN_FAR = 10, RAIN_NEAR = 7 };

#define RAIN_ROOF_M  2.45f /* height of the gates */
#define RAIN_TOWER_M 4.2f

/* A lamp that stands near: it lights a cone. */
typedef struct rain_near {
    hm_vec3 at_m, way;
    float reach_m;
    hm_rgb c;
    float cos2; /* of half the cone, squared */
} rain_near;

typedef struct rain_light {
    rain_place place;
    int32_t n_far, n_near;
    hm_vec3 far_m[RAIN_FAR], far_dir[RAIN_FAR]; /* dir: unit, from the eye */
    float far_glow[RAIN_FAR];
    rain_near near[RAIN_NEAR];
    bool has_gates;
} rain_light;

void rain_light_at(const hm_race *race, hm_vec3 eye_m, rain_light *l);

/* What the paint needs to know of it. */
void rain_light_paint(const look_drawing *d, const rain_light *l, night_own *own);

/* How much of a near lamp's light a drop at a place catches. */
float rain_beam(const rain_near *lamp, hm_vec3 at_m);

/* Under the roof of a gate: no rain. */
bool rain_is_roofed(const rain_place *p, hm_vec3 at_m);

/* Floodlights, and a night sky that glows about them. l must outlive the drawing */
hm_status rain_lamps(const look_drawing *d, const look_scene *s, const rain_light *l, hm_err *err);

/* ---- what stands about (rain_world.c) ---- */

enum { RAIN_THING_MAX = 28 };

typedef struct rain_thing {
    hm_object object; /* surface_ctx is a rain_now */
    hm_vec3 mid_m;
    float r_m, seen_m; /* drawn when nearer than that */
    double from_s;     /* race time: is there from then on */
} rain_thing;

typedef struct rain_world {
    int32_t n;
    rain_thing thing[RAIN_THING_MAX];
} rain_world;

typedef struct rain_now {
    float t_s; /* of the film */
} rain_now;

/* in f  its state has the runners' errands */
hm_status rain_world_build(const look_film *f, rain_world *w, hm_arena *arena, hm_err *err);
hm_status rain_world_add(const look_drawing *d, const look_scene *s, hm_err *err);

/* A number adrift in the gutter, in the long form (rain_bib.c). */
hm_status rain_bib(const look_drawing *d, const look_scene *s, hm_err *err);

/* What begin makes. */
typedef struct rain_state {
    int32_t hero;
    rain_life life[HM_LANE_MAX]; /* by index into race->lane; has none in the short form */
    rain_world world;
} rain_state;

/* ---- clothes (rain_kit.c) ---- */

void rain_kit_skin(const look_drawing *d, const look_body *body, const hm_mesh *mesh,
                   hm_vec3 pos_m[], const hm_vec3 nrm[]);
hm_status rain_kit_wear(const look_drawing *d, const look_scene *s, hm_err *err);

/* ---- light on the picture ---- */

void rain_halos(const glow *g, const rain_light *l);                      /* rain_lamps.c */
void rain_fall(const look_drawing *d, const glow *g, const rain_light *l, /* rain_fall.c */
               const hm_camera *c);
void rain_ring(const glow *g, hm_vec3 at_m, float r_m, float wide_m, float bright);
void rain_splash(const look_drawing *d, const glow *g, const hm_camera *c); /* rain_splash.c */
void rain_trail(const look_drawing *d, const glow *g);                      /* rain_trail.c */
void rain_breath(const look_drawing *d, const glow *g);                     /* rain_breath.c */

void rain_lens(const look_drawing *d, hm_picture *pic); /* rain_lens.c */

/* The pose of a runner at any time, as this look shows him. */
void rain_pose(const look_drawing *d, int32_t i_player, double t_s, hm_pose *pose);

/* ---- footfalls (rain_step.c) ---- */

typedef struct rain_step {
    double on_s, off_s;
    float x_m, z_m, way_x, way_z; /* way: unit, where he goes */
    float force;                  /* 1 = at top speed */
} rain_step;

/* in from  0 before the race, 1 in it, 2 after it */
int32_t rain_step_count(const look_drawing *d, int32_t i_lane, int32_t from);
rain_step rain_step_of(const look_drawing *d, int32_t i_lane, int32_t from, int32_t k);
/* The first step after t_s. */
int32_t rain_step_after(const look_drawing *d, int32_t i_lane, int32_t from, double t_s);

/* Steps and water, for the sound (rain_sound.c). */
hm_status rain_hear(const look_film *f, hm_arena *arena, hm_sound_opts *sound, hm_err *err);

/* The one shot, for HM_CUT_LOOK. */
hm_status rain_direct(const hm_race *race, const hm_direct_opts *opts, hm_arena *arena,
                      hm_film *film, hm_err *err);

#endif

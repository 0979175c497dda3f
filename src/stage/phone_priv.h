/* phone_priv.h - what the files of the synthetic camera (phone*.c) share. */
#ifndef HM_STAGE_PHONE_PRIV_H
#define HM_STAGE_PHONE_PRIV_H

#include "stage/cast.h"
#include "stage/phone.h"
#include "stage/raster.h"
#include "stage/sound.h"

/* ---- the exact camera (phone_camera.c) ---- */

/** In double, from what the rasteriser is given in float: both see the same. World of bodies: x to
 *  the runners' left, y up, z along the run (num/vec.h). */
typedef struct phone_camera {
    int32_t w_px, h_px;
    double eye_m[3], right[3], up[3], fwd[3];
    double f_px, cu_px, cv_px, k1, k2;
    hm_camera drawn;        /* of the larger picture without distortion that is rasterised */
    int32_t draw_w, draw_h; /* of it [px] */
} phone_camera;

/** Lay out the camera. margin_px: how far around the picture more is drawn. */
HM_CHECKED hm_status phone_camera_make(const hm_phone_opts *o, int32_t n_lane, int32_t w_px,
                                       int32_t h_px, double margin_px, phone_camera *cam,
                                       hm_err *err);

/** Pixel of a place, with distortion; false = not before the lens. */
bool phone_pixel(const phone_camera *cam, const double at_m[3], double *u_px, double *v_px);

/** From a seen pixel to the one that a lens without distortion would give. */
void phone_straighten(const phone_camera *cam, double u_px, double v_px, double *us_px,
                      double *vs_px);

/** World of bodies to world of marks (data/marks.h) and back. */
void phone_to_marks(const double at_m[3], double marks_m[3]);
void phone_from_marks(const double marks_m[3], double at_m[3]);

/** Place on the ground that a pixel sees, in the world of marks; false = sky. */
bool phone_ground(const phone_camera *cam, double u_px, double v_px, double marks_m[3]);

/* ---- time (phone_time.c) ---- */

typedef struct phone_clock {
    double race_zero_s; /* race time of the first image */
    int32_t n_frame;
    double *time_s; /* (n_frame) clip time: middle of the exposure of the picture's middle */
    int64_t *stamp; /* (n_frame) ticks from the file's zero */
    double play_frac;
} phone_clock;

HM_CHECKED hm_status phone_clock_make(const hm_phone_opts *o, double from_s, double to_s,
                                      hm_arena *arena, phone_clock *clock, hm_err *err);

/** How much later than its image a pixel's row or column is seen [s]. */
double phone_row_delay_s(const hm_phone_opts *o, const phone_camera *cam, double u_px, double v_px);

/** How far the hand has moved the picture at a race time [px]. */
void phone_shake(const hm_phone_opts *o, double race_s, double *u_px, double *v_px);

/** Light at a race time against the mean [1]. */
double phone_gain(const hm_phone_opts *o, double race_s);

/* ---- bodies (phone_body.c) ---- */

/** The trunk of one runner: its part of the skin, alone. */
typedef struct phone_trunk {
    const hm_player *player;
    hm_mesh mesh; /* vertices of the trunk's triangles, no triangles */
    hm_vec3 *pos_m;
} phone_trunk;

HM_CHECKED hm_status phone_trunk_make(const hm_player *player, hm_detail detail, hm_arena *arena,
                                      phone_trunk *trunk, hm_err *err);

/** First instant at which a point of the trunk is at x_m along the run; NAN = never. */
double phone_crossing_s(const phone_trunk *trunk, double x_m);

/** Skin of one runner over a span of time, straight between instants. */
typedef struct phone_reel {
    const hm_mesh *mesh;
    double from_s, step_s;
    int32_t n;
    hm_vec3 **pos_m; /* (n) of (n_vert) */
    hm_vec3 *nrm;    /* in the middle */
    hm_pose pose;    /* in the middle */
} phone_reel;

HM_CHECKED hm_status phone_reel_make(const hm_player *player, hm_detail detail, double from_s,
                                     double to_s, hm_arena *arena, phone_reel *reel, hm_err *err);

hm_vec3 phone_reel_at(const phone_reel *reel, int32_t i_vert, double t_s);

/* ---- the whole ---- */

typedef struct phone_hand {
    hm_raster *raster;
    hm_arena scratch;
    hm_picture drawn, pic;
    float *light; /* (draw_h x draw_w x 3) linear light of the image */
    bool fresh;   /* light holds nothing but the place */
} phone_hand;

struct hm_phone {
    hm_arena arena;
    const hm_race *race;
    hm_race aired; /* the race at the clip's temperature, for the sound */
    hm_phone_opts o;
    hm_phone_film film;
    hm_cast cast;
    hm_venue venue;
    phone_camera cam;
    phone_clock clock;
    hm_detail detail;
    int32_t n_sub;      /* sub-exposures */
    double speed_pxps;  /* the fastest thing in the picture */
    int32_t n_object;   /* of the place */
    hm_object *object;  /* (n_object + HM_LANE_MAX) */
    float *plate_light; /* of the place without runners, as hand->light */
    float
        *map; /* (2 x map_w x map_h) where each seen pixel is in the drawn picture; NULL = there */
    int32_t map_pad_px;
    int n_worker;
    phone_hand *hand; /* (n_worker) */
    hm_clip_truth truth;
    double gun_distance_m;
    double c_mps;
};

/** Tape and poles, as an object. n_point marks go into point. */
HM_CHECKED hm_status phone_marks_build(const hm_phone *p, hm_arena *arena, hm_object *object,
                                       hm_marks *marks, hm_err *err);

/** Buffers, plate, map. */
HM_CHECKED hm_status phone_expose_begin(hm_phone *p, hm_err *err);
HM_CHECKED hm_status phone_expose(hm_phone *p, phone_hand *hand, int64_t frame, hm_err *err);

/** Light to a picture: lens, hand, rain, light, noise. */
void phone_develop(const hm_phone *p, phone_hand *hand, int64_t frame);

/** What the microphone hears, from the file's zero on; an hm_encode_sound_fn, ctx is this. */
typedef struct phone_hearing {
    int64_t n_sample;
    float *mono; /* (n_sample) */
} phone_hearing;
hm_encode_sound_fn phone_listen;

HM_CHECKED hm_status phone_sound_make(const hm_phone *p, hm_arena *arena, phone_hearing *hearing,
                                      hm_err *err);

/** From the starter's gun to the lens [m]. */
double phone_gun_distance_m(const phone_camera *cam);

/** Everything but images (phone_truth.c). */
HM_CHECKED hm_status phone_truth_make(hm_phone *p, hm_err *err);

#endif

/* stage/scene.h - what one drawing shows: objects, their surfaces, the light, the camera.
 *
 * An object is a triangle mesh in world metres plus a surface function. The rasteriser finds which
 * triangle each pixel sees; the surface function says what colour is there and whether a line is
 * drawn there; the paint turns both into the picture. So a surface knows nothing of paints, and a
 * paint nothing of faces or tracks. */
#ifndef HM_STAGE_SCENE_H
#define HM_STAGE_SCENE_H

#include <stdbool.h>
#include <stdint.h>

#include "num/vec.h"

/** Linear in display value, 0..1. */
typedef struct hm_rgb {
    float r, g, b;
} hm_rgb;

/** One visible point, as a surface function sees it. */
typedef struct hm_frag {
    hm_vec3 pos_m;  /* world */
    hm_vec3 nrm;    /* unit, world, toward the camera's side */
    hm_vec3 rest_m; /* runners: in the rest pose; everything else: equal to pos_m */
    float px_m;     /* width of one pixel at this depth [m]: fade detail finer than this */
    float depth_m;  /* along the camera's axis */
    uint8_t part;   /* of the triangle, hm_part for runners, own numbers elsewhere */
} hm_frag;

/** What is there, before light. */
typedef struct hm_surface {
    hm_rgb albedo;
    float ink;        /* 0..1 coverage of a line drawn on the surface (fold, eyelid, seam) */
    float gloss;      /* 0..1 strength of the small highlight */
    float emit;       /* 0..1: 1 = shown as it is, no light (screens, sky, crowd far away) */
    float shade_bias; /* added to N.L before the tones are cut: under the chin < 0 */
    hm_vec3 nrm; /* unit, world: light falls by this one instead; zero = the fragment's (faces) */
    uint8_t id;  /* ink is drawn where neighbours differ in id (kit against skin) */
} hm_surface;

/** Colour of one visible point. ctx is the object's own. Pure; called from many threads. */
typedef void hm_surface_fn(const void *ctx, const hm_frag *f, hm_surface *out);

/** Visible points of one part of an object, an array a quantity (see hm_frag). Arrays are filled up
 *  to a multiple of 8 by repeating the last point. */
typedef struct hm_frags {
    int32_t n; /* 1 .. 128 */
    uint8_t part;
    float px_frac;          /* width of a pixel at depth 1: px_m is this times depth_m */
    const float *depth_m;   /* (n) */
    const float *rest_m[3]; /* (n) */
} hm_frags;

/** Colours of many points at once, for surfaces that give nothing else: albedo (3 x n, room up to a
 *  multiple of 8). Pure; called from many threads. */
typedef void hm_colours_fn(const void *ctx, const hm_frags *f, float *const albedo[3]);

/** Colour of the sky in the unit direction dir. */
typedef hm_rgb hm_sky_fn(const void *ctx, hm_vec3 dir);

typedef enum hm_object_flags {
    HM_OBJECT_SHADOW = 1, /* casts a shadow on the ground plane */
    HM_OBJECT_INK = 2,    /* gets silhouette and crease lines */
    HM_OBJECT_TWO_SIDED = 4,
    HM_OBJECT_GROUND = 8, /* receives cast shadows; no paint narrower than a line, 50 mm */
    HM_OBJECT_SOFT = 16,  /* may be asked at every second pixel where colours are alike (crowd) */
    HM_OBJECT_BRIGHT = 32 /* colours are shown as they are: emit is 1 */
} hm_object_flags;

typedef struct hm_object {
    int32_t n_vert, n_tri;
    const hm_vec3 *pos_m;    /* (n_vert) world */
    const hm_vec3 *nrm;      /* (n_vert) unit; NULL = flat, from the triangle */
    const hm_vec3 *rest_m;   /* (n_vert); NULL = pos_m */
    const int32_t (*tri)[3]; /* (n_tri x 3) counter-clockwise seen from outside */
    const uint8_t *part;     /* (n_tri); NULL = 0 */
    hm_surface_fn *surface;  /* this or colours, the other is NULL */
    const void *surface_ctx;
    uint32_t flags; /* hm_object_flags */
    uint16_t actor; /* 1 .. for runners, 0 for the place */
    hm_colours_fn *colours;
} hm_object;

typedef struct hm_camera {
    hm_vec3 eye_m, aim_m;
    float vfov_rad; /* vertical field of view */
    float roll_rad;
    float near_m; /* 0.2 .. 0.3 */
} hm_camera;

typedef struct hm_light {
    hm_vec3 to_sun;          /* unit, from the scene toward the light */
    hm_rgb sun, sky, bounce; /* lit tone, ambient tone, from the ground up */
} hm_light;

typedef struct hm_scene {
    int32_t n_object;
    const hm_object *object; /* (n_object) */
    hm_sky_fn *sky;
    const void *sky_ctx;
    hm_light light;
    hm_camera camera;
    hm_rgb haze;      /* colour that far things go to */
    float haze_per_m; /* 1 - e^(-haze_per_m d) of it at distance d */
} hm_scene;

/** 8-bit picture, rows top down, 4 bytes a pixel: R G B and one that is not used. */
typedef struct hm_picture {
    int32_t w_px, h_px;
    int32_t stride; /* bytes from row to row, >= 4 w_px */
    uint8_t *rgbx;
} hm_picture;

#endif

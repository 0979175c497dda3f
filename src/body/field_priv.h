/* field_priv.h - bodies as signed distance: rounded primitives that melt into one another. */
#ifndef HM_BODY_FIELD_PRIV_H
#define HM_BODY_FIELD_PRIV_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#include "body/mesh.h"
#include "body/shape.h"

/** Closed skins of which a runner is made. A primitive may serve in several. */
typedef enum body_shell {
    BODY_SHELL_TRUNK, /* torso, neck base, shoulders */
    BODY_SHELL_ARM,   /* left; from the middle of the upper arm to the wrist */
    BODY_SHELL_LEG,   /* left; the right ones are mirror images, as of arm, hand and foot */
    BODY_SHELL_SHORTS,
    BODY_SHELL_HEAD,
    BODY_SHELL_HAIR,
    BODY_SHELL_HAND,
    BODY_SHELL_FOOT,
    BODY_SHELL_COUNT
} body_shell;

typedef enum body_kind { BODY_CONE, BODY_EGG } body_kind;

/** A rounded cone from a to b, radii ra and rb; or an ellipsoid about a with half axes b. */
typedef struct body_prim {
    hm_vec3 a, b;
    float ra, rb;
    body_kind kind;
    uint8_t bone;  /* hm_bone that carries it */
    uint8_t part;  /* hm_part of triangles nearest to it */
    uint8_t shell; /* body_shell */
    bool carve;    /* taken away instead of added */
} body_prim;

/** Keep what lies at dot(n, p) <= c. */
typedef struct body_cut {
    hm_vec3 n;
    float c;
} body_cut;

enum { BODY_PRIM_MAX = 220, BODY_CUT_MAX = 4 };

typedef struct body_field {
    int n_prim, n_cut;
    float k_m;       /* length over which primitives melt together */
    float carve_k_m; /* the same where one is taken away */
    body_prim prim[BODY_PRIM_MAX];
    body_cut cut[BODY_CUT_MAX];
} body_field;

/** From the nearest point of a cone's axis to p; *u how far along the axis that is, 0 .. 1. */
static inline hm_vec3 body_cone_out(const body_prim *q, hm_vec3 p, float *u)
{
    hm_vec3 ab = hm_v3_sub(q->b, q->a), ap = hm_v3_sub(p, q->a);
    float l2 = hm_v3_dot(ab, ab);
    float at = l2 > 0.0f ? hm_v3_dot(ap, ab) / l2 : 0.0f;
    *u = at < 0.0f ? 0.0f : at > 1.0f ? 1.0f : at;
    return hm_v3_mad(ap, -*u, ab);
}

/** p in half axes of an egg, once (*n) and twice divided by them. */
static inline hm_vec3 body_egg_out(const body_prim *q, hm_vec3 p, hm_vec3 *n)
{
    hm_vec3 d = hm_v3_sub(p, q->a);
    *n = hm_v3(d.x / q->b.x, d.y / q->b.y, d.z / q->b.z);
    return hm_v3(n->x / q->b.x, n->y / q->b.y, n->z / q->b.z);
}

/** Distance to one primitive [m], < 0 inside; of eggs to first order: exact on the surface and
 * along the axes. Inline: a skin asks it a million times. */
static inline float body_prim_distance(const body_prim *q, hm_vec3 p)
{
    if (q->kind == BODY_CONE) {
        float u, d = hm_v3_len(body_cone_out(q, p, &u));
        return d - (q->ra + u * (q->rb - q->ra));
    }
    hm_vec3 n, m = body_egg_out(q, p, &n);
    float k0 = hm_v3_len(n), k1 = hm_v3_len(m);
    if (k1 <= 0.0f)
        return -fminf(q->b.x, fminf(q->b.y, q->b.z));
    return k0 * (k0 - 1.0f) / k1;
}

/** Direction in which that distance grows (unit). */
hm_vec3 body_prim_outward(const body_prim *q, hm_vec3 p);

/** Distance to the surface of the whole field [m], < 0 inside; *grad unit, outward. */
float body_field_distance(const body_field *f, hm_vec3 p, hm_vec3 *grad);

/** e^x for -80 <= x <= 60, relative error 3e-7; + - x only, the same bits everywhere. */
float body_exp(float x);

/** Natural logarithm for x > 0 in float, by hm_log. */
float body_log(float x);

/** All flesh of a runner (no cloth, no hair), each primitive with its bone and shell. */
void body_flesh(const hm_shape *shape, body_field *all);

/** Add the head to all; and the hair, if it has volume. */
void body_flesh_head(const hm_shape *shape, body_field *all);
void body_hair(const hm_shape *shape, body_field *hair);

/** The field of one shell, cuts included. */
void body_shell_field(const hm_shape *shape, const body_field *all, body_shell shell,
                      body_field *out);

/** Add a primitive; the programmer sees to the room. */
body_prim *body_add(body_field *f, body_shell shell, int bone, hm_part part);

#endif

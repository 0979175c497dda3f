#include "field_priv.h"

#include "base/rng.h"

/* The head in its own box: x in half widths, y and z in half heights and half depths from the
 * middle of the box. Drawn by eye from three views. */

typedef struct skull {
    const hm_head_box *b;
    body_field *f;
    body_shell shell;
    int bone;
    hm_part part;
} skull;

static hm_vec3 place(const skull *k, float x, float y, float z)
{
    const hm_head_box *b = k->b;
    return hm_v3(b->centre_m.x + x * b->half_width_m, b->centre_m.y + y * b->half_height_m,
                 b->centre_m.z + z * b->half_depth_m);
}

static body_prim *add(skull *k)
{
    return body_add(k->f, k->shell, k->bone, k->part);
}

static body_prim *egg(skull *k, hm_vec3 at, float rx, float ry, float rz)
{
    body_prim *q = add(k);
    q->kind = BODY_EGG;
    q->a = at;
    q->b = hm_v3(rx * k->b->half_width_m, ry * k->b->half_height_m, rz * k->b->half_depth_m);
    return q;
}

/* Radii in half widths. */
static body_prim *rod(skull *k, hm_vec3 a, float ra, hm_vec3 b, float rb)
{
    body_prim *q = add(k);
    q->a = a;
    q->b = b;
    q->ra = ra * k->b->half_width_m;
    q->rb = rb * k->b->half_width_m;
    return q;
}

static void cranium(skull *k, float c)
{
    egg(k, place(k, 0, .24f, -.13f), .93f, .72f, .84f);
    egg(k, place(k, 0, .16f, .20f), .80f, .58f, .70f); /* forehead */
    egg(k, place(k, 0, -.34f, .30f), .60f + .04f * c, .56f, .56f);
    rod(k, place(k, 0, -.30f, -.52f), .42f, place(k, 0, -.62f, -.40f), .40f); /* nape */
}

static void jaw(skull *k, int e, float wide, float w)
{
    float x = (float)e;
    rod(k, place(k, x * .60f * wide, -.46f, -.02f), .17f, place(k, x * .24f * wide, -.86f, .56f),
        .155f - .02f * w);
    rod(k, place(k, x * .62f * wide, -.14f, -.04f), .20f, place(k, x * .58f * wide, -.48f, .0f),
        .17f);
    rod(k, place(k, x * .40f, -.14f, .60f), .22f, place(k, x * .58f, -.06f, .36f),
        .20f); /* cheek */
    egg(k, place(k, x * .34f, -.42f, .52f), .26f, .22f, .22f);
}

static void eye(skull *k, int e, float w)
{
    const hm_head_box *b = k->b;
    float x = (float)e, y = (b->eye_y_m - b->centre_m.y) / b->half_height_m;
    float ex = b->eye_x_m / b->half_width_m;
    float bz = (b->brow_y_m - b->centre_m.y) / b->half_height_m;
    rod(k, place(k, x * .12f, bz - .005f, .785f), .115f - .02f * w,
        place(k, x * .56f, bz - .015f, .62f), .10f - .02f * w); /* brow */
    body_prim *socket = egg(k, place(k, x * (ex + .02f), y - .005f, .93f), .22f, .115f, .13f);
    socket->carve = true;
    body_prim *ball = egg(k, place(k, x * ex, y, 0), .165f, .105f, .15f);
    ball->a.z = b->eye_z_m - .155f * b->half_depth_m;
}

static void nose(skull *k)
{
    const hm_head_box *b = k->b;
    float ey = (b->eye_y_m - b->centre_m.y) / b->half_height_m;
    hm_vec3 tip = b->nose_tip_m, up = place(k, 0, ey + .02f, .80f);
    tip.z -= .105f * b->half_width_m;
    rod(k, up, .085f, tip, .105f);
    for (int e = -1; e <= 1; e += 2) {
        hm_vec3 wing = hm_v3((float)e * .135f * b->half_width_m, tip.y - .025f * b->half_height_m,
                             tip.z - .13f * b->half_depth_m);
        rod(k, wing, .090f, hm_v3(wing.x * .6f, wing.y, wing.z + .08f * b->half_depth_m), .075f);
    }
}

static void mouth(skull *k)
{
    const hm_head_box *b = k->b;
    float y = (b->mouth_y_m - b->centre_m.y) / b->half_height_m;
    float x = b->mouth_half_m / b->half_width_m * .62f;
    for (int e = -1; e <= 1; e += 2) {
        rod(k, place(k, 0, y + .040f, .875f), .055f, place(k, (float)e * x, y + .012f, .80f),
            .045f);
        rod(k, place(k, 0, y - .055f, .865f), .065f, place(k, (float)e * x, y - .025f, .79f),
            .045f);
    }
    egg(k, place(k, 0, -.88f, .70f), .24f, .13f, .17f); /* chin */
}

static void ear(skull *k, int e)
{
    const hm_head_box *b = k->b;
    float x = (float)e * .97f;
    float y = (b->ear_y_m - b->centre_m.y) / b->half_height_m;
    float z = (b->ear_z_m - b->centre_m.z) / b->half_depth_m;
    rod(k, place(k, x * .93f, y - .20f, z + .06f), .075f, place(k, x * .99f, y - .02f, z - .06f),
        .095f);
    rod(k, place(k, x * .99f, y - .02f, z - .06f), .095f, place(k, x * 1.0f, y + .17f, z - .07f),
        .10f);
    rod(k, place(k, x * 1.0f, y + .17f, z - .07f), .10f, place(k, x * .94f, y + .19f, z + .08f),
        .07f);
}

void body_flesh_head(const hm_shape *s, body_field *all)
{
    skull k = {&s->head, all, BODY_SHELL_HEAD, HM_BONE_HEAD, HM_PART_HEAD};
    double u = hm_rng_unit(s->seed, HM_FOR_BODY, (uint64_t)(s->stature_m * 1e4), 20, 0);
    float wide = (1 + .10f * (float)(2 * u - 1)) * (1 - .08f * s->female - .06f * s->child);
    cranium(&k, s->child);
    for (int e = -1; e <= 1; e += 2) {
        jaw(&k, e, wide, s->female);
        eye(&k, e, fmaxf(s->female, s->child));
        ear(&k, e);
    }
    nose(&k);
    mouth(&k);
}

/* A cap over the cranium, thick by lift (in half widths). */
static void cap(skull *k, float lift)
{
    egg(k, place(k, 0, .24f, -.14f), .94f + lift, .73f + lift * .75f, .86f + lift * .8f);
    egg(k, place(k, 0, .22f, .14f), .84f + lift, .58f + lift * .75f, .70f + lift * .6f);
    rod(k, place(k, 0, -.16f, -.52f), .46f + lift * .5f, place(k, 0, -.30f, -.50f),
        .44f + lift * .4f);
}

/* Hair ends at the brow's hairline, leaves the face free down past the temples, and stops above a
 * plane from before the ear down to the nape. */
static void hairline(skull *k, float nape)
{
    hm_vec3 front = place(k, 0, .02f, .30f), back = place(k, 0, nape, -.95f);
    hm_vec3 d = hm_v3_sub(front, back), n = hm_v3_unit(hm_v3(0, -d.z, d.y));
    k->f->cut[k->f->n_cut++] = (body_cut){n, hm_v3_dot(n, back)};
    float top = (k->b->hairline_y_m - k->b->centre_m.y) / k->b->half_height_m;
    body_prim *face = egg(k, place(k, 0, top - .95f, .98f), .80f, 1.0f, .74f);
    face->carve = true;
}

static void parted(skull *k)
{
    cap(k, .10f);
    for (int i = 0; i < 5; i++) { /* swept from the parting across the brow */
        float u = (float)i / 4;
        rod(k, place(k, .42f - .2f * u, .80f + .02f * u, .50f - .9f * u), .22f,
            place(k, -.55f - .1f * u, .62f, .56f - .85f * u), .18f);
    }
    hairline(k, -.30f);
}

static void tail(skull *k)
{
    cap(k, .07f);
    hairline(k, -.25f);
    k->bone = HM_BONE_TAIL;
    rod(k, place(k, 0, .44f, -.92f), .17f, place(k, 0, .40f, -1.16f), .22f);
    rod(k, place(k, 0, .40f, -1.16f), .22f, place(k, 0, -.25f, -1.36f), .25f);
    rod(k, place(k, 0, -.25f, -1.36f), .25f, place(k, 0, -.95f, -1.28f), .09f);
}

static void bun(skull *k)
{
    cap(k, .06f);
    hairline(k, -.22f);
    egg(k, place(k, 0, .66f, -1.02f), .40f, .29f, .33f);
}

static void braids(skull *k)
{
    cap(k, .045f);
    for (int i = -2; i <= 2; i++) {
        float x = .36f * (float)i;
        rod(k, place(k, x * .75f, .72f - .05f * (float)(i * i), .55f), .09f,
            place(k, x, .98f - .07f * (float)(i * i), -.15f), .11f);
        rod(k, place(k, x, .98f - .07f * (float)(i * i), -.15f), .11f,
            place(k, x * .8f, .30f, -.98f), .10f);
    }
    hairline(k, -.22f);
    k->bone = HM_BONE_TAIL;
    rod(k, place(k, 0, .10f, -1.04f), .16f, place(k, 0, -.75f, -1.12f), .10f);
}

static void bob(skull *k)
{
    cap(k, .12f);
    for (int e = -1; e <= 1; e += 2)
        rod(k, place(k, (float)e * .82f, .20f, -.22f), .30f,
            place(k, (float)e * .84f, -.30f, -.26f), .22f);
    rod(k, place(k, 0, .2f, -.72f), .46f, place(k, 0, -.42f, -.66f), .40f);
    hairline(k, -.62f);
}

void body_hair(const hm_shape *s, body_field *f)
{
    skull k = {&s->head, f, BODY_SHELL_HAIR, HM_BONE_HEAD, HM_PART_HAIR};
    f->n_prim = f->n_cut = 0;
    f->k_m = .0030f * (float)s->stature_m;
    f->carve_k_m = f->k_m;
    switch (s->hair) {
    case HM_HAIR_SHAVED:
    case HM_HAIR_COUNT:
        return;
    case HM_HAIR_CROP:
        cap(&k, .075f);
        hairline(&k, -.30f);
        return;
    case HM_HAIR_AFRO:
        cap(&k, .10f);
        egg(&k, place(&k, 0, .38f, -.12f), 1.28f, .86f, 1.05f);
        hairline(&k, -.26f);
        return;
    case HM_HAIR_PARTED:
        parted(&k);
        return;
    case HM_HAIR_PONYTAIL:
        tail(&k);
        return;
    case HM_HAIR_BUN:
        bun(&k);
        return;
    case HM_HAIR_BRAIDS:
        braids(&k);
        return;
    case HM_HAIR_BOB:
        bob(&k);
        return;
    }
}

/* Officials, helpers, photographers: figures of a few tubes, each in its stance. */
#include "props_priv.h"

/* A figure's own axes: to its left, up, forward. */
typedef struct body_axes {
    hm_vec3 foot, left, ahead;
    float k; /* stature / 1.75 m */
} body_axes;

static hm_vec3 at(const body_axes *b, float left, float up, float ahead)
{
    hm_vec3 p = hm_v3_mad(hm_v3_mad(b->foot, left * b->k, b->left), ahead * b->k, b->ahead);
    return hm_v3(p.x, up * b->k, p.z);
}

static void limb(venue_mesh *m, const body_axes *b, hm_vec3 from, hm_vec3 to, float r0, float r1,
                 uint8_t part)
{
    venue_mesh_tube(m, from, to, r0 * b->k, r1 * b->k, 5, part);
}

static void add_legs(venue_mesh *m, const body_axes *b, const props_person *p, float hip)
{
    for (int s = -1; s <= 1; s += 2) {
        float x = 0.10f * (float)s;
        hm_vec3 h = at(b, x, hip, 0.0f), knee, foot;
        if (p->stance == PROPS_SIT) {
            knee = at(b, x * 1.3f, hip + 0.02f, 0.42f);
            foot = at(b, x * 1.3f, 0.06f, 0.46f);
        } else if (p->stance == PROPS_KNEEL) {
            knee = s > 0 ? at(b, x, 0.50f, 0.38f) : at(b, x, 0.07f, 0.12f);
            foot = s > 0 ? at(b, x, 0.06f, 0.40f) : at(b, x, 0.07f, -0.32f);
        } else {
            knee = at(b, x * 1.2f, 0.5f * hip, 0.02f);
            foot = at(b, x * 1.4f, 0.06f, 0.0f);
        }
        limb(m, b, h, knee, 0.085f, 0.065f, p->legs);
        limb(m, b, knee, foot, 0.065f, 0.05f, p->legs);
        limb(m, b, foot, hm_v3_mad(foot, 0.13f * b->k, b->ahead), 0.055f, 0.045f, PROP_DARK);
    }
}

static void add_arms(venue_mesh *m, const body_axes *b, const props_person *p, float hip)
{
    for (int s = -1; s <= 1; s += 2) {
        float x = 0.21f * (float)s, sh = hip + 0.52f;
        hm_vec3 shoulder = at(b, x, sh, 0.0f), elbow, hand;
        bool up = p->stance == PROPS_CHEER || (p->stance == PROPS_AIM && s < 0);
        if (up) {
            elbow = at(b, x * 1.5f, sh + 0.22f, 0.04f);
            hand = at(b, x * 1.6f, sh + 0.50f, 0.02f);
        } else if (p->stance == PROPS_SIT) {
            elbow = at(b, x * 1.2f, sh - 0.27f, 0.06f);
            hand = at(b, x * 0.6f, hip + 0.14f, 0.34f);
        } else if (p->stance == PROPS_KNEEL) {
            elbow = at(b, x * 1.2f, sh - 0.20f, 0.18f);
            hand = at(b, x * 0.4f, sh + 0.12f, 0.26f);
        } else {
            elbow = at(b, x * 1.25f, sh - 0.28f, -0.02f);
            hand = at(b, x * 1.15f, sh - 0.52f, 0.10f);
        }
        limb(m, b, shoulder, elbow, 0.065f, 0.05f, p->top);
        limb(m, b, elbow, hand, 0.05f, 0.04f, p->top);
        venue_mesh_tube(m, hand, hand, 0.05f * b->k, 0.05f * b->k, 5, p->skin);
    }
    if (p->stance == PROPS_AIM) /* the pistol */
        venue_mesh_block(m, at(b, -0.33f, hip + 1.10f, 0.05f), hm_v3(0.018f, 0.07f, 0.03f),
                         PROP_DARK);
    if (p->stance == PROPS_KNEEL)
        venue_mesh_tube(m, at(b, 0.0f, hip + 0.64f, 0.22f), at(b, 0.0f, hip + 0.62f, 0.52f),
                        0.06f * b->k, 0.075f * b->k, 6, PROP_DARK);
}

/* Two eyes, as small upright faces just in front of the head. */
static void add_eyes(venue_mesh *m, const body_axes *b, hm_vec3 head)
{
    for (int s = -1; s <= 1; s += 2) {
        hm_vec3 mid =
            hm_v3_mad(hm_v3_mad(head, 0.036f * (float)s * b->k, b->left), 0.098f * b->k, b->ahead);
        hm_vec3 l = hm_v3_mul(b->left, 0.011f * b->k);
        const float up = 0.017f * b->k;
        hm_vec3 p[4];
        for (int c = 0; c < 4; c++) {
            hm_vec3 q = c == 0 || c == 3 ? hm_v3_sub(mid, l) : hm_v3_add(mid, l);
            p[c] = hm_v3(q.x, q.y + (c < 2 ? -up : up), q.z);
        }
        venue_mesh_quad(m, p, NULL, PROP_HAIR);
    }
}

void props_add_person(venue_mesh *m, const props_person *p)
{
    const body_axes b = {.foot = {p->x_m, 0.0f, p->z_m},
                         .left = {p->face_z, 0.0f, -p->face_x},
                         .ahead = {p->face_x, 0.0f, p->face_z},
                         .k = p->stature_m * (1.0f / 1.75f)};
    float hip = p->stance == PROPS_SIT ? 0.48f : p->stance == PROPS_KNEEL ? 0.48f : 0.90f;
    add_legs(m, &b, p, hip);
    limb(m, &b, at(&b, 0, hip + 0.05f, 0), at(&b, 0, hip + 0.42f, 0.0f), 0.145f, 0.175f, p->top);
    limb(m, &b, at(&b, 0.11f, hip + 0.50f, 0), at(&b, -0.11f, hip + 0.50f, 0), 0.085f, 0.085f,
         p->top);
    add_arms(m, &b, p, hip);
    hm_vec3 head = at(&b, 0, hip + 0.735f, 0.02f);
    limb(m, &b, at(&b, 0, hip + 0.55f, 0), head, 0.055f, 0.055f, p->skin);
    venue_mesh_tube(m, hm_v3(head.x, head.y - 0.03f * b.k, head.z),
                    hm_v3(head.x, head.y + 0.03f * b.k, head.z), 0.092f * b.k, 0.10f * b.k, 8,
                    p->skin);
    hm_vec3 top = at(&b, 0, hip + 0.80f, 0.0f);
    venue_mesh_tube(m, top, hm_v3(top.x, top.y + 0.03f * b.k, top.z), 0.108f * b.k, 0.088f * b.k,
                    p->head == PROP_HAT ? 8 : 6, p->head);
    add_eyes(m, &b, head);
    if (p->head == PROP_HAT)
        venue_mesh_tube(m, hm_v3(top.x, top.y + 0.005f, top.z), hm_v3(top.x, top.y + 0.01f, top.z),
                        0.135f * b.k, 0.135f * b.k, 6, PROP_HAT);
    if (p->stance == PROPS_SIT) {
        hm_vec3 seat = at(&b, 0, 0.40f, 0.08f);
        venue_mesh_block(m, seat, hm_v3(0.22f, 0.02f, 0.22f), PROP_WHITE);
        venue_mesh_block(m, hm_v3(seat.x, 0.2f, seat.z), hm_v3(0.18f, 0.19f, 0.03f), PROP_STEEL);
    }
}

void props_officials(venue_mesh *m, const venue_track *t)
{
    float left = t->left_m, right = t->left_m - t->width_m;
    const props_person who[] = {
        /* the starter and the recaller */
        {left + 2.6f, 3.0f, -0.9f, -0.44f, 1.80f, PROPS_AIM, PROP_RED, PROP_DARK, PROP_SKIN_A,
         PROP_HAT},
        {right - 3.4f, -6.0f, 0.8f, 0.6f, 1.70f, PROPS_STAND, PROP_RED, PROP_DARK, PROP_SKIN_B,
         PROP_HAT},
        {left + 2.2f, -7.5f, -0.8f, 0.6f, 1.74f, PROPS_STAND, PROP_BLAZER, PROP_TROUSERS,
         PROP_SKIN_A, PROP_HAT},
        /* judges at the finish, seated, looking across the line */
        {left + 4.6f, 97.6f, -0.96f, 0.28f, 1.72f, PROPS_SIT, PROP_BLAZER, PROP_TROUSERS,
         PROP_SKIN_A, PROP_HAT},
        {left + 4.6f, 98.6f, -0.96f, 0.28f, 1.66f, PROPS_SIT, PROP_BLAZER, PROP_TROUSERS,
         PROP_SKIN_B, PROP_HAIR},
        {left + 4.6f, 101.4f, -0.96f, -0.28f, 1.78f, PROPS_SIT, PROP_BLAZER, PROP_TROUSERS,
         PROP_SKIN_A, PROP_HAT},
        {left + 4.6f, 102.4f, -0.96f, -0.28f, 1.70f, PROPS_SIT, PROP_BLAZER, PROP_TROUSERS,
         PROP_SKIN_A, PROP_HAIR},
        /* wind gauge, and stewards along the infield */
        {left + 2.6f, 50.6f, -1.0f, 0.0f, 1.68f, PROPS_SIT, PROP_VEST, PROP_JEANS, PROP_SKIN_B,
         PROP_HAT},
        {left + 7.5f, 26.0f, -1.0f, 0.0f, 1.76f, PROPS_STAND, PROP_VEST, PROP_JEANS, PROP_SKIN_A,
         PROP_HAIR},
        {left + 7.5f, 74.0f, -1.0f, 0.0f, 1.72f, PROPS_STAND, PROP_VEST, PROP_JEANS, PROP_SKIN_B,
         PROP_HAIR},
        /* photographers on the grass past the line and at the end of the run-out */
        {left + 6.2f, 106.0f, -0.8f, -0.6f, 1.75f, PROPS_KNEEL, PROP_VEST, PROP_JEANS, PROP_SKIN_A,
         PROP_HAIR},
        {left + 7.2f, 107.0f, -0.8f, -0.6f, 1.80f, PROPS_KNEEL, PROP_DARK, PROP_JEANS, PROP_SKIN_B,
         PROP_HAIR},
        {left + 8.4f, 107.4f, -0.8f, -0.6f, 1.70f, PROPS_STAND, PROP_VEST, PROP_JEANS, PROP_SKIN_A,
         PROP_HAT},
        {-3.4f, 150.0f, 0.1f, -0.99f, 1.78f, PROPS_KNEEL, PROP_DARK, PROP_JEANS, PROP_SKIN_A,
         PROP_HAIR},
        {-2.2f, 150.3f, 0.0f, -1.0f, 1.72f, PROPS_KNEEL, PROP_VEST, PROP_JEANS, PROP_SKIN_B,
         PROP_HAT},
        {-0.9f, 149.9f, 0.0f, -1.0f, 1.80f, PROPS_KNEEL, PROP_BLAZER, PROP_JEANS, PROP_SKIN_A,
         PROP_HAIR},
        {0.6f, 150.2f, 0.0f, -1.0f, 1.70f, PROPS_KNEEL, PROP_DARK, PROP_JEANS, PROP_SKIN_A,
         PROP_HAT},
        {2.0f, 150.0f, -0.1f, -0.99f, 1.76f, PROPS_KNEEL, PROP_VEST, PROP_JEANS, PROP_SKIN_B,
         PROP_HAIR},
        {-1.6f, 151.4f, 0.0f, -1.0f, 1.82f, PROPS_STAND, PROP_VEST, PROP_JEANS, PROP_SKIN_A,
         PROP_HAIR},
    };
    for (size_t i = 0; i < sizeof who / sizeof who[0]; i++)
        props_add_person(m, &who[i]);
    /* those who carry the runners' clothes wait behind the lanes, a basket each */
    for (int32_t k = 0; k < t->n_lane; k++) {
        float x = left - 1.22f * ((float)k + 0.5f);
        const props_person p = {x,
                                -15.6f,
                                0.0f,
                                1.0f,
                                1.62f + 0.02f * (float)(k * 5 % 7),
                                PROPS_SIT,
                                PROP_VEST,
                                PROP_JEANS,
                                k % 3 ? PROP_SKIN_A : PROP_SKIN_B,
                                k % 2 ? PROP_HAIR : PROP_HAT};
        props_add_person(m, &p);
        venue_mesh_block(m, hm_v3(x - 0.42f, 0.16f, -15.2f), hm_v3(0.2f, 0.16f, 0.28f),
                         PROP_BASKET);
    }
}

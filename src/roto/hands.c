#include "hands_priv.h"
#include "parts_priv.h"

#include <math.h>

#include "num/dmath.h"

/* Weights are own choice, by eye on clips. */
static const float unlike_least = 12; /* hand and place must differ by so much to be told apart */
static const float weight = 11;       /* logit between a colour of the place and one of the hand */
static const float told_before = 0.45f; /* of what the matte said already */
enum { LEAST = 16 };                    /* cells that tell the colour of a hand */

typedef struct colour {
    float y, cb, cr;
} colour;

static bool is_hand(int part)
{
    return part == ROTO_HAND_L || part == ROTO_HAND_R;
}

/* Light changes luma more than colour. */
static float unlike(colour a, colour b)
{
    float y = 0.6f * (a.y - b.y), cb = a.cb - b.cb, cr = a.cr - b.cr;
    return sqrtf(y * y + 1.5f * (cb * cb + cr * cr));
}

static colour colour_at(const roto_cells *w, int32_t i)
{
    return (colour){w->luma[i], w->cb[i], w->cr[i]};
}

static colour place_at(const roto_image *empty, roto_xy p)
{
    float c[3];
    roto_sample(empty, p.x, p.y, c);
    float y = 0.299f * c[0] + 0.587f * c[1] + 0.114f * c[2];
    return (colour){y, 0.564f * (c[2] - y), 0.713f * (c[0] - y)};
}

/* Mean of what is surely the hand and not the place; false: too little of it is seen. */
static bool mean_of(const roto_cells *w, int part, const float distance_px[], const float change[],
                    colour *mean)
{
    double n = 0, y = 0, cb = 0, cr = 0;
    ROTO_EACH (i, &w->win) {
        bool limb = w->part[i] == part || w->part[i] == part - 1;
        if (!limb || w->alpha[i] < 0.8f || change[i] < 24 || distance_px[i] > 0 ||
            roto_bone_distance(&w->body.bone[part], roto_cell_at(&w->grid, (float)(i % ROTO_SIDE),
                                                                 (float)(i / ROTO_SIDE))) >
                0.05f * w->body.trunk_px)
            continue;
        n++, y += (double)w->luma[i], cb += (double)w->cb[i], cr += (double)w->cr[i];
    }
    if (n < LEAST)
        return false;
    *mean = (colour){(float)(y / n), (float)(cb / n), (float)(cr / n)};
    return true;
}

void roto_hands_find(roto_cells *w, const roto_image *empty, const float distance_px[],
                     const float change[])
{
    colour hand[2];
    bool known[2];
    for (int k = 0; k < 2; k++)
        known[k] = mean_of(w, k ? ROTO_HAND_R : ROTO_HAND_L, distance_px, change, &hand[k]);
    ROTO_EACH (i, &w->win) {
        int k = w->part[i] == ROTO_HAND_R;
        if (!is_hand(w->part[i]) || !known[k])
            continue;
        roto_xy p = roto_cell_at(&w->grid, (float)(i % ROTO_SIDE), (float)(i / ROTO_SIDE));
        colour here = colour_at(w, i), place = place_at(empty, p);
        float apart = unlike(hand[k], place);
        if (apart < unlike_least || change[i] < 0)
            continue;
        float of_place = unlike(here, place), of_hand = unlike(here, hand[k]);
        float sure = roto_clamp((apart - unlike_least) / 24, 0, 1);
        float said = roto_clamp(w->alpha[i], 0.05f, 0.95f);
        float before = told_before * (float)hm_log((double)(said / (1 - said)));
        float far = -roto_clamp(28 * (distance_px[i] / w->body.trunk_px - 0.10f), 0, 12);
        float e = before + far + weight * (of_place / (of_place + of_hand + 1e-3f) - 0.5f);
        float now = (float)(1 / (1 + hm_exp(-(double)e)));
        w->alpha[i] += sure * (now - w->alpha[i]);
    }
}

void roto_hands_keep(const roto_cells *w, const float sharp[], float alpha[])
{
    ROTO_EACH (i, &w->win)
        if (is_hand(w->part[i]))
            alpha[i] = sharp[i];
}

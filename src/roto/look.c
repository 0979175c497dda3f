#include "look_priv.h"
#include "told_priv.h"

#include <math.h>
#include <string.h>

hm_status roto_look_get(const char *name, roto_look *look, hm_err *err)
{
    static const struct {
        const char *look, *paint;
    } known[] = {{"rotoscope", "cel"}, {"elastic", "watercolour"}, {"smear", "motion"}};
    for (size_t k = 0; k < sizeof known / sizeof known[0]; k++) {
        if (strcmp(known[k].look, name) != 0)
            continue;
        *look = (roto_look){.paint = hm_paint_find(known[k].paint)};
        look->ink = hm_paint_params_of(look->paint);
        float line = roto_told(name, "line_frac"), boil = roto_told(name, "boil_px"),
              gap = roto_told(name, "gap_frac");
        look->line_frac = line > 0 ? line : 1;
        look->ink.boil_px = boil > 0 ? boil : look->ink.boil_px;
        look->ink.gap_frac = gap > 0 ? gap : look->ink.gap_frac;
        look->shift_px = roto_told(name, "shift_px");
        look->grain_frac = roto_told(name, "grain_frac");
        look->detail_frac = k == 0 ? 0.75f : k == 1 ? 0.55f : 0.35f;
        look->head_frac = roto_told(name, "head_frac"),
        look->hand_frac = roto_told(name, "hand_frac");
        look->foot_frac = roto_told(name, "foot_frac"),
        look->stretch_frac = roto_told(name, "stretch_frac");
        look->drag_m = roto_told(name, "drag_m"),
        look->copies_frac = roto_told(name, "copies_frac");
        look->trail_s = roto_told(name, "trail_s");
        return HM_OK;
    }
    return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--look",
                      "expected rotoscope, elastic or smear, found \"%s\"", name);
}

/* Larger by `more` around the beginning of a bone, on its own side of it and not far beyond its
 * end: a head grows out of the neck, a hand out of the wrist, and what they hang on stays. */
static roto_xy grow(roto_xy p, const roto_bone *b, float more)
{
    float ax = b->b.x - b->a.x, ay = b->b.y - b->a.y, len = sqrtf(ax * ax + ay * ay) + 1e-3f;
    float px = p.x - b->a.x, py = p.y - b->a.y;
    float along = (px * ax + py * ay) / (len * len), aside = fabsf(py * ax - px * ay) / len;
    float reach = 1.3f * fmaxf(b->half_b_px, b->half_a_px);
    float in = roto_clamp((along + 0.1f) / 0.5f, 0, 1), off = roto_clamp(2 - aside / reach, 0, 1);
    float end = roto_clamp(3 - along, 0, 1);
    float k = more * in * in * (3 - 2 * in) * off * off * (3 - 2 * off) * end;
    return (roto_xy){p.x + k * px, p.y + k * py};
}

static roto_xy middle(const roto_bone *b)
{
    return (roto_xy){0.5f * (b->a.x + b->b.x), 0.5f * (b->a.y + b->b.y)};
}

roto_xy roto_look_bend(const roto_look *l, const roto_figure *f, roto_xy p)
{
    const roto_bone *bone = f->body.bone;
    float trunk = f->body.trunk_px;
    if (l->stretch_frac > 0) {
        /* along the way by speed, volume kept; 0.6 trunks in a drawing is a sprint */
        roto_xy c = middle(&bone[ROTO_HIPS]), v = f->drift_px;
        float len = sqrtf(v.x * v.x + v.y * v.y), fast = roto_clamp(len / (0.6f * trunk), 0, 1);
        if (len > 1e-3f) {
            float s = 1 + l->stretch_frac * fast, vx = v.x / len, vy = v.y / len;
            float a = (p.x - c.x) * vx + (p.y - c.y) * vy, b = (p.y - c.y) * vx - (p.x - c.x) * vy;
            a *= s, b /= s;
            p = (roto_xy){c.x + a * vx - b * vy, c.y + a * vy + b * vx};
        }
    }
    if (l->head_frac > 0)
        p = grow(p, &bone[ROTO_HEAD], l->head_frac);
    for (int k = 0; k < 2 && l->hand_frac > 0; k++)
        p = grow(p, &bone[k ? ROTO_HAND_R : ROTO_HAND_L], l->hand_frac);
    for (int k = 0; k < 2 && l->foot_frac > 0; k++)
        p = grow(p, &bone[k ? ROTO_FOOT_R : ROTO_FOOT_L], l->foot_frac);
    return p;
}

/* overlay_tags.c - graphics that follow things in the picture: names over heads, distance marks. */
#include "overlay_priv.h"

#include <math.h>
#include <stdio.h>

typedef struct tag {
    int32_t i_lane;
    double x, y; /* of the head */
} tag;

/* Heads in the picture, nearest the camera last, so that near tags find their place first when
 * taken from the end. */
static int32_t find_heads(const hm_overlay *o, const hm_moment *m, tag out[HM_LANE_MAX])
{
    int32_t n = 0;
    double depth[HM_LANE_MAX];
    for (int32_t k = 0; k < m->n_lane; k++) {
        tag t = {.i_lane = m->lane[k]};
        double d;
        hm_vec3 head = m->head_m[t.i_lane];
        head.y += 0.06f;
        if (!hm_camera_project(&m->camera, o->w_px, o->h_px, head, &t.x, &t.y, &d))
            continue;
        int32_t at = n++;
        for (; at > 0 && depth[at - 1] < d; at--) {
            out[at] = out[at - 1];
            depth[at] = depth[at - 1];
        }
        out[at] = t;
        depth[at] = d;
    }
    return n;
}

static void draw_tag(const hm_overlay *o, ov_list *l, const tag *t, int32_t x, int32_t y, int32_t w,
                     int32_t h, bool is_lead)
{
    const text_run *r = &o->lane[t->i_lane].tag;
    ov_line(l, t->x, y + h, t->x, t->y, 0.9 * o->scale, OV_WHITE, 200);
    ov_panel(l, x, y, w, h, 0, OV_GROUND, OV_GROUND_ALPHA);
    int32_t chip = ov_chip(o, l, o->race->lane[t->i_lane].lane, x, y, h, is_lead);
    ov_text(l, r, x + chip + ov_px(o, 8), ov_base(o, TEXT_SMALL, y, h), OV_WHITE);
}

/* Each tag stands over its head; where that is taken it moves up, row by row; no room: no tag. */
void ov_tags(const hm_overlay *o, const hm_moment *m, ov_list *l)
{
    tag head[HM_LANE_MAX];
    int32_t n = find_heads(o, m, head), lead = ov_leader(o, m->race_t_s);
    int32_t h = ov_px(o, 36), gap = ov_px(o, 4), lift = ov_px(o, 18);
    for (int32_t k = n - 1; k >= 0; k--) {
        const text_run *r = &o->lane[head[k].i_lane].tag;
        int32_t w = ov_px(o, 36 + 18) + r->advance_px;
        int32_t x = (int32_t)floor(head[k].x) - w / 2, y = (int32_t)floor(head[k].y) - h - lift;
        for (int32_t row = 0; row < 5; row++, y -= h + gap) {
            if (!ov_is_free(o, l, x, y, w, h))
                continue;
            ov_begin(l, l->fade);
            draw_tag(o, l, &head[k], x, y, w, h, head[k].i_lane == lead);
            break;
        }
    }
}

/* The ten metre mark nearest to the leader, on the ground at the right of the lanes. */
void ov_mark(const hm_overlay *o, const hm_moment *m, ov_list *l)
{
    int32_t lead = ov_leader(o, m->race_t_s);
    if (lead < 0)
        return;
    double at_m = hm_curve_x_m(&o->race->lane[lead].curve, m->race_t_s), side_m = 0;
    for (int32_t i = 0; i < o->race->n_lane; i++)
        side_m = fmin(side_m, hm_lane_centre_m(o->race->lane[i].lane) - 0.61);
    for (int32_t k = 1; k < 10; k++) {
        if (fabs(10.0 * k - at_m) > 12)
            continue;
        char s[16];
        snprintf(s, sizeof s, "%d m", 10 * (int)k);
        double x, y, d;
        hm_vec3 p = hm_v3((float)side_m - 0.35f, 0, 10.0f * (float)k);
        if (!hm_camera_project(&m->camera, o->w_px, o->h_px, p, &x, &y, &d))
            continue;
        int32_t w = text_number_px(&o->text, TEXT_SMALL, s) + ov_px(o, 24), h = ov_px(o, 38);
        int32_t bx = (int32_t)floor(x) - w / 2, by = (int32_t)floor(y) + ov_px(o, 6);
        if (!ov_is_free(o, l, bx, by, w, h))
            continue;
        ov_begin(l, l->fade);
        ov_panel(l, bx, by, w, h, 0, OV_GROUND, OV_GROUND_ALPHA);
        ov_panel(l, bx, by, w, ov_px(o, 4), 0, OV_ACCENT, 255);
        ov_number(o, l, TEXT_SMALL, s, bx + ov_px(o, 12),
                  ov_base(o, TEXT_SMALL, by + ov_px(o, 2), h), false, OV_WHITE);
    }
}

/* overlay_tags.c - graphics that follow things in the picture: names over heads, distance marks. */
#include "camera_priv.h"
#include "overlay_priv.h"

#include <math.h>
#include <stdio.h>

typedef struct tag {
    int32_t i_lane; /* of the race, or with is_ghost of the ghosts */
    bool is_ghost;
    double x, y;           /* where the head is on the whole: tags do not bob with the steps */
    double head_x, head_y; /* where it is drawn */
    int32_t row;           /* up from the head, -1 = no room */
} tag;

enum { ROWS = 5, TAG_MAX = 2 * HM_LANE_MAX };

/* Put a tag among those nearest the camera first, if its head is in front of it. */
static void add_head(const hm_overlay *o, const hm_moment *m, const hm_lane *lane,
                     const hm_vec3 *posed, tag t, tag out[TAG_MAX], double depth[TAG_MAX],
                     int32_t *n)
{
    cam_body body = camera_body(lane, m->race_t_s);
    hm_vec3 rough = hm_v3((float)body.x_m, (float)body.top_y_m + 0.06f, (float)body.head_z_m);
    hm_vec3 head = posed ? hm_v3(posed->x, posed->y + 0.06f, posed->z) : rough;
    double d;
    if (!hm_camera_project(&m->camera, o->w_px, o->h_px, rough, &t.x, &t.y, &d) ||
        !hm_camera_project(&m->camera, o->w_px, o->h_px, head, &t.head_x, &t.head_y, &d))
        return;
    int32_t at = (*n)++;
    for (; at > 0 && depth[at - 1] > d; at--) {
        out[at] = out[at - 1];
        depth[at] = depth[at - 1];
    }
    out[at] = t;
    depth[at] = d;
}

static int32_t find_heads(const hm_overlay *o, const hm_moment *m, tag out[TAG_MAX])
{
    int32_t n = 0;
    double depth[TAG_MAX];
    for (int32_t k = 0; k < m->n_lane && (m->overlays & HM_OVERLAY_TAGS); k++) {
        int32_t i = m->lane[k];
        add_head(o, m, &o->race->lane[i], &m->head_m[i], (tag){.i_lane = i}, out, depth, &n);
    }
    for (int32_t i = 0; i < o->ghosts.race.n_lane; i++)
        add_head(o, m, &o->ghosts.lane[i], NULL, (tag){.i_lane = i, .is_ghost = true}, out, depth,
                 &n);
    return n;
}

static const text_run *tag_text(const hm_overlay *o, const tag *t)
{
    return t->is_ghost ? &o->ghost[t->i_lane].tag : &o->lane[t->i_lane].tag;
}

static void draw_tag(const hm_overlay *o, ov_list *l, const tag *t, int32_t x, int32_t y, int32_t w,
                     int32_t h, bool is_lead)
{
    const text_run *r = tag_text(o, t);
    ov_colour c = t->is_ghost ? OV_GHOST : OV_WHITE;
    const hm_lane *lane = t->is_ghost ? &o->ghosts.lane[t->i_lane] : &o->race->lane[t->i_lane];
    if (t->head_y > y + h)
        ov_line(l, t->x, y + h, t->head_x, t->head_y, 0.9 * o->scale, OV_WHITE, 200);
    else if (t->head_x > x + w)
        ov_line(l, x + w, y + h / 2, t->head_x - 8 * o->scale, t->head_y, 0.9 * o->scale, OV_WHITE,
                200);
    ov_panel(l, x, y, w, h, 0, OV_GROUND, OV_GROUND_ALPHA);
    int32_t chip = ov_chip(o, l, lane->lane, x, y, h, is_lead);
    ov_text(l, r, x + chip + ov_px(o, 8), ov_base(o, TEXT_SMALL, y, h), c);
}

/* Each tag stands over its head, or behind it when the camera looks down, so that it hides nobody
 * in the next lane; where that is taken it moves on, row by row from its first; no room: no tag. */
static void place_tags(const hm_overlay *o, const hm_moment *m, int32_t n, tag head[], ov_list *l)
{
    int32_t h = ov_px(o, 36), gap = ov_px(o, 4), lift = ov_px(o, 18), lag = ov_px(o, 64);
    int32_t lead = ov_leader(o, m->race_t_s);
    hm_vec3 fwd = hm_v3_unit(hm_v3_sub(m->camera.aim_m, m->camera.eye_m));
    bool is_above = fwd.y < -0.5f;
    for (int32_t k = 0; k < n; k++) {
        int32_t w = ov_px(o, 36 + 18) + tag_text(o, &head[k])->advance_px;
        int32_t from = head[k].row;
        head[k].row = -1;
        for (int32_t row = from; row < ROWS && head[k].row < 0; row++) {
            int32_t x = (int32_t)floor(head[k].x), y = (int32_t)floor(head[k].y);
            x -= is_above ? w + lag + row * (w + gap) : w / 2;
            y -= is_above ? h / 2 : h + lift + row * (h + gap);
            if (!ov_is_free(o, l, x, y, w, h))
                continue;
            head[k].row = row;
            ov_begin(l, l->fade);
            draw_tag(o, l, &head[k], x, y, w, h, !head[k].is_ghost && head[k].i_lane == lead);
        }
    }
}

/* Rows are chosen for the middle of the shot and kept, so that tags do not hop. */
void ov_tags(const hm_overlay *o, const hm_moment *m, ov_list *l)
{
    tag now[TAG_MAX], mid[TAG_MAX];
    int32_t n_item = l->n_item, n_box = l->n_box, group = l->group;
    hm_moment at_mid;
    hm_film_at(o->film, o->race, 0.5 * (m->shot->from_s + m->shot->to_s), &at_mid);
    int32_t n_mid = find_heads(o, &at_mid, mid), n = find_heads(o, m, now);
    for (int32_t k = 0; k < n_mid; k++)
        mid[k].row = 0;
    place_tags(o, &at_mid, n_mid, mid, l);
    l->n_item = n_item; /* that was a rehearsal */
    l->n_box = n_box;
    l->group = group;
    for (int32_t k = 0; k < n; k++) {
        now[k].row = 0;
        for (int32_t j = 0; j < n_mid; j++)
            if (mid[j].i_lane == now[k].i_lane && mid[j].is_ghost == now[k].is_ghost &&
                mid[j].row > 0)
                now[k].row = mid[j].row;
    }
    place_tags(o, m, n, now, l);
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

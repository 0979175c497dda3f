/* tests/support/layout.h - graphics of an instant as they should lie: inside the safe area, texts
 * on a panel of their own graphic and over no other text, graphics over no others. Boxes of texts
 * are the ink that Pango measures. */
#ifndef LAYOUT_H
#define LAYOUT_H

#include "ht.h"
#include "overlay_priv.h"

static inline bool layout_meets(const ov_box *a, const ov_box *b)
{
    return a->x < b->x + b->w && b->x < a->x + a->w && a->y < b->y + b->h && b->y < a->y + a->h;
}

static inline bool layout_lies_in(const ov_box *a, const ov_box *b)
{
    return a->x >= b->x && a->y >= b->y && a->x + a->w <= b->x + b->w && a->y + a->h <= b->y + b->h;
}

static inline void layout_check(const hm_overlay *o, const hm_moment *m, const ov_list *l)
{
    int32_t x0, y0, x1, y1;
    ov_safe(o, &x0, &y0, &x1, &y1);
    for (int32_t i = 0; i < l->n_box; i++) {
        const ov_box *a = &l->box[i];
        if (a->x < x0 || a->y < y0 || a->x + a->w > x1 || a->y + a->h > y1)
            fail_msg("%s %.2f s, %d x %d: box %d at %d %d, %d x %d leaves the safe area",
                     m->shot->name, m->film_t_s, (int)o->w_px, (int)o->h_px, (int)i, (int)a->x,
                     (int)a->y, (int)a->w, (int)a->h);
        bool is_on_panel = !a->is_text;
        for (int32_t k = 0; k < l->n_box; k++) {
            const ov_box *b = &l->box[k];
            if (k != i && layout_meets(a, b) &&
                (a->group != b->group || (a->is_text && b->is_text)))
                fail_msg("%s %.2f s, %d x %d: boxes %d and %d overlap: %d %d %d %d, %d %d %d %d",
                         m->shot->name, m->film_t_s, (int)o->w_px, (int)o->h_px, (int)i, (int)k,
                         (int)a->x, (int)a->y, (int)a->w, (int)a->h, (int)b->x, (int)b->y,
                         (int)b->w, (int)b->h);
            is_on_panel |= a->group == b->group && !b->is_text && layout_lies_in(a, b);
        }
        if (!is_on_panel)
            fail_msg("%s %.2f s, %d x %d: text %d at %d %d, %d x %d hangs over its panel",
                     m->shot->name, m->film_t_s, (int)o->w_px, (int)o->h_px, (int)i, (int)a->x,
                     (int)a->y, (int)a->w, (int)a->h);
    }
}

#endif

#include "stage/contact.h"

#include "contact_priv.h"

#include <string.h>

enum { PER_ROW = 4, PER_SHOT = 2, GAP_PX = 6 };

void contact_paste(const hm_picture *from, hm_picture *to, int32_t x_px, int32_t y_px)
{
    for (int32_t r = 0; r < from->h_px; r++)
        memcpy(to->rgbx + (size_t)(y_px + r) * (size_t)to->stride + 4 * (size_t)x_px,
               from->rgbx + (size_t)r * (size_t)from->stride, 4 * (size_t)from->w_px);
}

hm_status hm_contact_sheet(hm_show *show, const hm_film *film, hm_arena *arena, hm_picture *sheet,
                           hm_err *err)
{
    int32_t w = film->w_px, h = film->h_px, n = film->n_shot * PER_SHOT;
    int32_t rows = (n + PER_ROW - 1) / PER_ROW;
    hm_picture s = {PER_ROW * (w + GAP_PX) + GAP_PX, rows * (h + GAP_PX) + GAP_PX, 0, NULL};
    s.stride = 4 * s.w_px;
    s.rgbx = hm_arena_push(arena, (size_t)s.stride, (size_t)s.h_px);
    if (!s.rgbx)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the contact sheet");
    for (int32_t i = 0; i < n; i++) {
        const hm_shot *shot = &film->shot[i / PER_SHOT];
        double at_frac = i % PER_SHOT ? 0.75 : 0.25;
        const hm_picture *pic;
        HM_TRY(hm_show_draw_at(show, 0, shot->from_s + at_frac * (shot->to_s - shot->from_s), &pic,
                               err));
        contact_paste(pic, &s, GAP_PX + i % PER_ROW * (w + GAP_PX),
                      GAP_PX + i / PER_ROW * (h + GAP_PX));
    }
    *sheet = s;
    return HM_OK;
}

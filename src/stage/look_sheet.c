#include "stage/look_sheet.h"

#include "contact_priv.h"
#include "shots_priv.h"

#include <math.h>

#include "stage/look.h"
#include "stage/shots.h"
#include "stage/show.h"

enum { COLUMNS = HM_LOOK_SHEET_COLUMNS, GAP_PX = 6, FPS = 24 };

/* The instants of the columns [s from the gun]. */
static void instants(const hm_race *race, double t_s[COLUMNS])
{
    double line_s = shots_finish_s(race, false);
    t_s[0] = -1.0, t_s[1] = 0.28 * line_s, t_s[2] = 0.62 * line_s, t_s[3] = line_s - 0.02;
}

/* Film time at which the race is nearest to t_s, at life's speed. */
static double film_s_of(const hm_film *film, const hm_race *race, double t_s)
{
    double best_s = 0, best = INFINITY;
    int64_t n = hm_film_frame_count(film, FPS);
    for (int64_t k = 0; k < n; k++) {
        hm_moment m;
        hm_film_at(film, race, (double)k / FPS, &m);
        double off = fabs(m.race_t_s - t_s) + (m.rate < 1 ? 1 : 0);
        if (off < best - 1e-9)
            best = off, best_s = (double)k / FPS;
    }
    return best_s;
}

static hm_status row(const hm_race *race, const hm_look *look, int32_t w_px, int32_t h_px,
                     int n_thread, int32_t i_row, hm_arena *arena, hm_picture *sheet, hm_err *err)
{
    hm_direct_opts o = hm_direct_opts_default();
    o.cut = HM_CUT_LOOK;
    o.look = hm_look_name(look);
    o.w_px = w_px, o.h_px = h_px, o.fps = FPS;
    hm_film film;
    HM_TRY(hm_look_direct(look, race, &o, arena, &film, err));
    hm_show_opts so = hm_show_opts_default();
    so.w_px = w_px, so.h_px = h_px, so.fps = FPS;
    so.look = hm_look_name(look);
    so.n_thread = n_thread;
    so.share_picture = true;
    so.overlays = false;
    hm_show *show;
    HM_TRY(hm_show_new(race, &film, &so, &show, err));
    double t_s[COLUMNS];
    instants(race, t_s);
    hm_status status = HM_OK;
    for (int32_t i = 0; i < COLUMNS && status == HM_OK; i++) {
        const hm_picture *pic;
        status = hm_show_draw_at(show, 0, film_s_of(&film, race, t_s[i]), &pic, err);
        if (status == HM_OK)
            contact_paste(pic, sheet, GAP_PX + i * (w_px + GAP_PX),
                          GAP_PX + i_row * (h_px + GAP_PX));
    }
    hm_show_destroy(show);
    return status;
}

hm_status hm_look_sheet(const hm_race *race, const char *only, int32_t w_px, int32_t h_px,
                        int n_thread, hm_arena *arena, hm_picture *sheet, hm_err *err)
{
    const hm_look *one = NULL;
    int32_t n_row = 1;
    if (only)
        HM_TRY(hm_look_get(only, &one, err));
    else
        for (n_row = 0; hm_look_at(n_row);)
            n_row++;
    hm_picture s = {COLUMNS * (w_px + GAP_PX) + GAP_PX, n_row * (h_px + GAP_PX) + GAP_PX, 0, NULL};
    s.stride = 4 * s.w_px;
    s.rgbx = hm_arena_push(arena, (size_t)s.stride, (size_t)s.h_px);
    if (!s.rgbx)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the sheet");
    for (int32_t i = 0; i < n_row; i++)
        HM_TRY(row(race, one ? one : hm_look_at(i), w_px, h_px, n_thread, i, arena, &s, err));
    *sheet = s;
    return HM_OK;
}

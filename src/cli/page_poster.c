/* page_poster.c - one small picture of a race: two thirds of the way, when who leads shows. A site
 * has it as a file, a page in itself. */
#include "cmd.h"
#include "page.h"
#include "video/still.h"

#include <math.h>
#include <string.h>

#include "stage/director.h"
#include "stage/look.h"
#include "stage/shots.h"
#include "stage/show.h"

enum { POSTER_W_PX = 320, POSTER_H_PX = 180, FPS = 24, PICTURE_MOST_BYTES = 60000 };
static const double part_frac = 0.66; /* of the winner's time: own choice */

static double first_at_line_s(const hm_race *race)
{
    double first_s = INFINITY;
    for (int32_t i = 0; i < race->n_lane; i++)
        if (race->lane[i].status == HM_RUN_OK && race->lane[i].time_us > 0)
            first_s = fmin(first_s, 1e-6 * (double)race->lane[i].time_us);
    return isfinite(first_s) ? first_s : 5;
}

/* Film time at which the race is nearest to t_s, in a film of the run alone. */
static double film_s_of(const hm_film *film, const hm_race *race, double t_s)
{
    double best_s = 0, best_off_s = INFINITY;
    for (int64_t k = 0; k < hm_film_frame_count(film, FPS); k++) {
        hm_moment m;
        hm_film_at(film, race, (double)k / FPS, &m);
        if (fabs(m.race_t_s - t_s) < best_off_s) {
            best_off_s = fabs(m.race_t_s - t_s);
            best_s = (double)k / FPS;
        }
    }
    return best_s;
}

/* A picture and what it was drawn in, which ends with it. */
typedef struct still {
    hm_film film;
    hm_show *show;
    const hm_picture *pic;
} still;

static hm_status draw(const hm_race *race, const char *look_name, int32_t w_px, int32_t h_px,
                      int n_thread, hm_arena *arena, still *s, hm_err *err)
{
    hm_direct_opts direct = hm_direct_opts_default();
    hm_show_opts o = hm_show_opts_default();
    const hm_look *look;
    HM_TRY(hm_look_get(look_name, &look, err));
    direct.cut = HM_CUT_RACE;
    direct.look = o.look = look_name;
    direct.w_px = o.w_px = w_px;
    direct.h_px = o.h_px = h_px;
    direct.fps = o.fps = FPS;
    direct.seed = race->seed;
    o.n_thread = n_thread;
    o.share_picture = true;
    o.overlays = false;
    HM_TRY(hm_look_direct(look, race, &direct, arena, &s->film, err));
    HM_TRY(hm_show_new(race, &s->film, &o, &s->show, err));
    double film_t_s = film_s_of(&s->film, race, part_frac * first_at_line_s(race));
    hm_status status = hm_show_draw_at(s->show, 0, film_t_s, &s->pic, err);
    if (status != HM_OK)
        hm_show_destroy(s->show);
    return status;
}

hm_status page_write_poster(const hm_race *race, const char *look, const char *path, int n_thread,
                            hm_arena *arena, hm_err *err)
{
    still s;
    HM_TRY(draw(race, look, POSTER_W_PX, POSTER_H_PX, n_thread, arena, &s, err));
    hm_status status = cmd_write_picture(path, s.pic, err);
    hm_show_destroy(s.show);
    return status;
}

#ifdef HM_HAS_FILM
static hm_status put_jpeg(const hm_picture *pic, hm_arena *arena, uint8_t **jpeg, size_t *n,
                          hm_err *err)
{
    size_t w_px = (size_t)pic->w_px, h_px = (size_t)pic->h_px;
    uint8_t *rgb = HM_PUSH(arena, uint8_t, 3 * w_px * h_px);
    if (!rgb)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the page");
    for (size_t y = 0; y < h_px; y++)
        for (size_t x = 0; x < w_px; x++)
            memcpy(rgb + 3 * (y * w_px + x), pic->rgbx + y * (size_t)pic->stride + 4 * x, 3);
    return hm_still_jpeg(pic->w_px, pic->h_px, 3 * (int64_t)w_px, rgb, arena, jpeg, n, err);
}

hm_status page_poster(const hm_race *race, const page_opts *opts, hm_arena *arena,
                      const char **html, hm_err *err)
{
    static const int32_t w_px[] = {640, 512, 384, 256};
    const char *text = NULL;
    for (size_t i = 0; i < sizeof w_px / sizeof w_px[0] && !text; i++) {
        still s;
        uint8_t *jpeg;
        size_t n;
        HM_TRY(draw(race, opts->look, w_px[i], w_px[i] / 16 * 9, opts->n_thread, arena, &s, err));
        hm_status status = put_jpeg(s.pic, arena, &jpeg, &n, err);
        hm_show_destroy(s.show);
        HM_TRY(status);
        if (n / 3 * 4 < PICTURE_MOST_BYTES)
            HM_TRY(page_base64(jpeg, n, arena, &text, err));
    }
    *html = !text ? ""
                  : hm_arena_printf(arena,
                                    "<p class=\"hm-poster\"><img alt=\"%s\" width=\"1280\" "
                                    "height=\"720\" src=\"data:image/jpeg;base64,%s\"></p>",
                                    page_word(opts->lang, PAGE_POSTER), text);
    return *html ? HM_OK
                 : hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the page");
}
#else
hm_status page_poster(const hm_race *race, const page_opts *opts, hm_arena *arena,
                      const char **html, hm_err *err)
{
    (void)race, (void)opts, (void)arena, (void)err;
    *html = ""; /* this build has no encoder */
    return HM_OK;
}
#endif

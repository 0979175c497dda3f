/* page_poster.c - one small picture of a race: two thirds of the way, when who leads shows. */
#include "cmd.h"
#include "page.h"

#include <math.h>

#include "stage/director.h"
#include "stage/look.h"
#include "stage/shots.h"
#include "stage/show.h"

enum { POSTER_W_PX = 320, POSTER_H_PX = 180, FPS = 24 };
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

hm_status page_write_poster(const hm_race *race, const char *look_name, const char *path,
                            int n_thread, hm_arena *arena, hm_err *err)
{
    hm_direct_opts direct = hm_direct_opts_default();
    hm_show_opts o = hm_show_opts_default();
    const hm_look *look;
    const hm_picture *pic;
    hm_film film;
    hm_show *show;
    HM_TRY(hm_look_get(look_name, &look, err));
    direct.cut = HM_CUT_RACE;
    direct.look = o.look = look_name;
    direct.w_px = o.w_px = POSTER_W_PX;
    direct.h_px = o.h_px = POSTER_H_PX;
    direct.fps = o.fps = FPS;
    direct.seed = race->seed;
    o.n_thread = n_thread;
    o.share_picture = true;
    o.overlays = false;
    HM_TRY(hm_look_direct(look, race, &direct, arena, &film, err));
    HM_TRY(hm_show_new(race, &film, &o, &show, err));
    double film_t_s = film_s_of(&film, race, part_frac * first_at_line_s(race));
    hm_status status = hm_show_draw_at(show, 0, film_t_s, &pic, err);
    if (status == HM_OK)
        status = cmd_write_picture(path, pic, err);
    hm_show_destroy(show);
    return status;
}

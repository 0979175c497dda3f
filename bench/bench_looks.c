/* bench_looks.c - milliseconds a whole drawing in every look: eight runners of Berlin 2009 at 720p,
 * the same instants of the same cut, bodies, place, paint and colour conversion together. Bars: 20
 * ms of broadcast on two cores, every look within 3 times that. Argument: a sheet. */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "data/sheet.h"
#include "race/replay.h"
#include "stage/look.h"
#include "stage/nv12.h"
#include "stage/show.h"

enum { N_TIME = 3, W = 1280, H = 720 };

/* Film seconds of --cut race, which begins a second before the gun: a picture of every camera. */
static const double instant_s[] = {0.5, 2.0, 3.0, 4.5, 6.0, 7.5, 9.0, 10.4};
enum { N_INSTANT = sizeof instant_s / sizeof instant_s[0] };

static hm_status show_of(const hm_race *race, const hm_film *film, const char *look, int n_thread,
                         hm_show **show, hm_err *err)
{
    hm_show_opts o = hm_show_opts_default();
    o.w_px = W, o.h_px = H, o.look = look, o.n_thread = n_thread;
    o.overlays = false;
    o.share_picture = n_thread > 1;
    return hm_show_new(race, film, &o, show, err);
}

/* Least seconds of a drawing and its conversion, mean over the instants. */
static hm_status time_show(hm_show *show, uint8_t *nv12, double *wall_s, double *cpu_s, hm_err *err)
{
    *wall_s = *cpu_s = 0;
    for (int i = 0; i < N_INSTANT; i++) {
        double wall = 1e9, cpu = 1e9;
        for (int k = 0; k < N_TIME; k++) {
            const hm_picture *pic;
            double w0_s = hm_clock_wall_s(), c0_s = hm_clock_cpu_s();
            HM_TRY(hm_show_draw_at(show, 0, instant_s[i], &pic, err));
            hm_nv12_from_rgbx(pic, nv12);
            double w_s = hm_clock_wall_s() - w0_s, c_s = hm_clock_cpu_s() - c0_s;
            wall = w_s < wall ? w_s : wall;
            cpu = c_s < cpu ? c_s : cpu;
        }
        *wall_s += wall / N_INSTANT;
        *cpu_s += cpu / N_INSTANT;
    }
    return HM_OK;
}

static hm_status one_look(const hm_race *race, const hm_film *film, int32_t i, int n_thread,
                          uint8_t *nv12, double *cpu_s, hm_err *err)
{
    const char *name = hm_look_name(hm_look_at(i));
    hm_show *show;
    double wall_s;
    HM_TRY(show_of(race, film, name, n_thread, &show, err));
    hm_status s = time_show(show, nv12, &wall_s, cpu_s, err);
    hm_show_destroy(show);
    printf("look_%s_720p_%dt,wall_ms,%.1f\n", name, n_thread, 1e3 * wall_s);
    printf("look_%s_720p_%dt,cpu_ms,%.1f\n", name, n_thread, 1e3 * *cpu_s);
    return s;
}

static hm_status run(const char *path, hm_arena *arena, hm_err *err)
{
    hm_sheet sheet;
    hm_race race;
    hm_film film = {0};
    hm_sheet_opts so = hm_sheet_opts_default();
    hm_direct_opts d = hm_direct_opts_default();
    uint8_t *nv12 = hm_arena_push(arena, hm_nv12_bytes(W, H), 1);
    double cpu_s[16], cpu_2t_s;
    if (!nv12)
        return HM_ERR_SYSTEM;
    HM_TRY(hm_sheet_read(path, &so, arena, &sheet, err));
    HM_TRY(hm_race_replay(&sheet, NULL, arena, &race, err));
    d.cut = HM_CUT_RACE;
    HM_TRY(hm_direct(&race, &d, arena, &film, err));
    HM_TRY(one_look(&race, &film, 0, 2, nv12, &cpu_2t_s, err));
    for (int32_t i = 0; hm_look_at(i) && i < 16; i++) {
        HM_TRY(one_look(&race, &film, i, 1, nv12, &cpu_s[i], err));
        printf("look_%s_720p,times_broadcast,%.2f\n", hm_look_name(hm_look_at(i)),
               cpu_s[i] / cpu_s[0]);
    }
    return HM_OK;
}

int main(int argc, char **argv)
{
    hm_arena arena;
    hm_err err = {0};
    hm_arena_init(&arena, 1 << 20);
    hm_status s =
        run(argc > 1 ? argv[1] : "data/races/2009-berlin-men-100m-final.csv", &arena, &err);
    if (s != HM_OK)
        fprintf(stderr, "bench_looks: %s\n", err.msg);
    hm_arena_free(&arena);
    return s != HM_OK;
}

/* tests/support/figure_case.h - runners ready to be painted, and points of their skin to ask. */
#ifndef FIGURE_CASE_H
#define FIGURE_CASE_H

#include "film_race.h"

#include "base/arena.h"
#include "body/mesh.h"
#include "stage/figure.h"

typedef struct figure_case {
    hm_race race;
    hm_lane lane[8];
    hm_shape shape[8];
    hm_costume costume[8];
} figure_case;

static inline hm_status figure_case_make(uint64_t seed, hm_arena *a, figure_case *c)
{
    static const char *name[] = {"Ann Ash", "Ben Birch", "Cleo Cedar", "Dan Dogwood",
                                 "Eve Elm", "Fay Fir",   "Gus Gum",    "佐藤 翔"};
    static const char *team[] = {"JAM", "JAM", "USA", "GBR", "", "", "Harriers", "JPN"};
    *c = (figure_case){.race = {.meet = "", .event = "", .date = "", .round = "", .venue = ""}};
    for (int i = 0; i < 8; i++) {
        c->lane[i] = film_race_lane(a, i + 1, name[i], 9.9 + 0.07 * i, 0.15, 100);
        c->lane[i].team = team[i];
        c->lane[i].place = i + 1;
        c->lane[i].sex = i % 2 ? HM_SEX_MEN : HM_SEX_WOMEN;
    }
    c->race.n_lane = 8;
    c->race.lane = c->lane;
    c->race.seed = seed;
    for (int i = 0; i < 8; i++) {
        c->shape[i] = hm_shape_of(&c->lane[i], seed);
        HM_TRY(hm_costume_of(&c->race, &c->lane[i], &c->shape[i], seed, NULL, a, &c->costume[i],
                             NULL));
    }
    return HM_OK;
}

/** The surface at a point of the face: right and up of the middle between the eyes [m]. */
static inline hm_surface figure_case_face(const hm_figure *g, float x_m, float y_m, float px_m)
{
    const hm_head_box *b = &g->shape->head;
    hm_frag f = {.nrm = {0, 0, 1}, .px_m = px_m, .depth_m = 3, .part = HM_PART_HEAD};
    f.rest_m = hm_v3(x_m, b->eye_y_m + y_m, b->centre_m.z + 0.8f * b->half_depth_m);
    hm_surface s;
    hm_figure_surface(g, &f, &s);
    return s;
}

#endif

#include "stage/review.h"

#include "shots_priv.h"

#include <math.h>

#include "stage/shots.h"

#define ACROSS                                                                                     \
    0.35 /* of a unit: less of the track's direction in the picture is along the view              \
          */
#define SHORT_S     0.5  /* 12 drawings at 24 a second */
#define BURST_S     0.16 /* in a burst: 4 frames */
#define NEAR_LINE_S 0.3

enum { BURST = 4 }; /* shots of a burst */

int32_t hm_film_direction(const hm_film *film, const hm_race *race, double film_t_s)
{
    hm_moment m;
    hm_film_at(film, race, film_t_s, &m);
    hm_vec3 ahead = hm_v3_unit(hm_v3_sub(m.camera.aim_m, m.camera.eye_m));
    /* right = ahead x up, whose part along +z, where they run, is ahead.x */
    double along = (double)ahead.x / sqrt((double)ahead.x * (double)ahead.x +
                                          (double)ahead.z * (double)ahead.z + 1e-12);
    return along > ACROSS ? 1 : along < -ACROSS ? -1 : 0;
}

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, "film", 0, 0, NULL, "no memory");
}

/* A shot in between that runs along the view makes the other side new. */
static hm_status review_line(const hm_film *f, const hm_race *race, hm_arena *a, hm_notes *notes,
                             hm_err *err)
{
    int32_t was = 0;
    for (int32_t i = 0; i < f->n_shot; i++) {
        const hm_shot *s = &f->shot[i];
        int32_t first = s->plain ? 0 : hm_film_direction(f, race, s->from_s + 1e-3);
        if (was * first < 0 && !s->crosses &&
            hm_notes_add(notes, a,
                         "shot \"%.60s\" crosses the line of action: the race runs the other way "
                         "than in the shot before; \"crosses\": true if that is meant",
                         s->name) != HM_OK)
            return no_memory(err);
        was = s->plain ? 0 : hm_film_direction(f, race, s->to_s - 1e-3);
    }
    return HM_OK;
}

static hm_status review_length(const hm_film *f, hm_arena *a, hm_notes *notes, hm_err *err)
{
    int32_t n_short = 0;
    for (int32_t i = 0; i < f->n_shot; i++) {
        double span_s = f->shot[i].to_s - f->shot[i].from_s;
        n_short = span_s < SHORT_S - 1e-9 ? n_short + 1 : 0;
        bool is_burst = n_short <= BURST && span_s >= BURST_S;
        if (n_short > 0 && !is_burst &&
            hm_notes_add(notes, a,
                         "shot \"%.60s\" lasts %.2f s: too short to read (0.5 s; a burst of up to "
                         "four may have 0.16 s each)",
                         f->shot[i].name, span_s) != HM_OK)
            return no_memory(err);
    }
    return HM_OK;
}

static hm_status review_finish(const hm_film *f, const hm_race *race, hm_arena *a, hm_notes *notes,
                               hm_err *err)
{
    double line_s = shots_finish_s(race, false);
    for (int32_t i = 1; i < f->n_shot; i++) {
        const hm_shot *s = &f->shot[i];
        bool is_live = s->rate >= 1 && f->shot[i - 1].rate >= 1;
        if (is_live && fabs(s->race_from_s - line_s) < NEAR_LINE_S &&
            hm_notes_add(notes, a,
                         "shot \"%.60s\" cuts %.2f s from the winner's finish: the line is crossed "
                         "inside a shot",
                         s->name, fabs(s->race_from_s - line_s)) != HM_OK)
            return no_memory(err);
    }
    return HM_OK;
}

hm_status hm_film_review(const hm_film *film, const hm_race *race, hm_arena *arena, hm_notes *notes,
                         hm_err *err)
{
    HM_TRY(review_line(film, race, arena, notes, err));
    HM_TRY(review_length(film, arena, notes, err));
    return review_finish(film, race, arena, notes, err);
}

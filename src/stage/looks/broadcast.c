/* broadcast.c - the race as television shows it by day or under floodlights: nothing stylised away.
 * Bodies, light and staging are left as they are. */
#include "look_priv.h"

typedef struct broadcast_opts {
    double line_frac, vignette_frac;
} broadcast_opts;

static const hm_option rows[] = {
    {"line_frac", offsetof(broadcast_opts, line_frac), HM_OPTION_DOUBLE, "", 1, 0, 4, NULL,
     "Width of all lines, 1 = as tuned.", ""},
    {"vignette_frac", offsetof(broadcast_opts, vignette_frac), HM_OPTION_DOUBLE, "", 0.10, 0, 1,
     NULL, "Darkening toward the corners.", ""},
};
_Static_assert(sizeof(broadcast_opts) == 2 * sizeof(double), "every field has a row");

const hm_option_table hm_look_broadcast_table = {"broadcast", sizeof(broadcast_opts), 2, rows};

static hm_status scene(const look_drawing *d, const look_scene *s, hm_err *err)
{
    (void)err;
    const broadcast_opts *o = d->film->own;
    look_widen_lines(s->paint, o->line_frac);
    s->paint->vignette_frac = (float)o->vignette_frac;
    return HM_OK;
}

const hm_look look_broadcast = {
    .name = "broadcast",
    .sentence = "the honest picture by day or floodlight: everything readable",
    .paint = "broadcast",
    .wish = {.n_hold = 2, .venue = HM_VENUE_AUTO, .hour = HM_HOUR_AUTO},
    .table = &hm_look_broadcast_table,
    .scene = scene,
};

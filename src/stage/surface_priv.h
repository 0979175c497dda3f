/* surface_priv.h - the parts of hm_figure_surface, one file for each region of the body. */
#ifndef HM_STAGE_SURFACE_PRIV_H
#define HM_STAGE_SURFACE_PRIV_H

#include "stage/figure.h"
#include "stage/scene.h"

/** Values of hm_surface.id: the rasteriser draws a border where they change. */
typedef enum surface_id {
    SURFACE_SKIN = 1,
    SURFACE_HAIR,
    SURFACE_TOP,
    SURFACE_BIB,
    SURFACE_SHORTS,
    SURFACE_SHOE,
    SURFACE_SOLE,
    SURFACE_SOCK,
    SURFACE_BAND
} surface_id;

/** Everything a painter needs of one point. */
typedef struct spot {
    float x, y, z; /* rest [m] */
    float px;      /* width of a pixel [m] */
    float h;       /* stature [m] */
    float side;    /* +1 the runner's left, -1 right */
    int part;      /* hm_part */
} spot;

void surface_head(const hm_figure *g, const hm_frag *f, const spot *p, hm_surface *o);
void surface_hair(const hm_figure *g, const spot *p, hm_surface *o);
/* neck, torso, arms */
void surface_trunk(const hm_figure *g, const hm_frag *f, const spot *p, hm_surface *o);
void surface_hand(const hm_figure *g, const spot *p, hm_surface *o);
void surface_shorts(const hm_figure *g, const spot *p, hm_surface *o);
void surface_leg(const hm_figure *g, const spot *p, hm_surface *o);
void surface_shoe(const hm_figure *g, const spot *p, hm_surface *o);

/** Coverage of the bib's text at (s, t) in 0 .. 1 from the left and the top, for pixels px wide. */
float bib_cover(const hm_bib *bib, float s, float t, float px_m);

/** Paint a panel with its text; s, t as above but any value; true when the point is on it. */
bool bib_paint(const hm_bib *bib, float s, float t, float px_m, hm_rgb strip, hm_surface *o);

#endif

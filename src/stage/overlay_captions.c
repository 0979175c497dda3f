/* overlay_captions.c - captions in the picture: white on a dark ground, as low as the other
 * graphics leave room for as long as the caption stands. */
#include "overlay_priv.h"

#include <math.h>

#define CAPTION_EM 30.0 /* reference px */
#define LEAST_PX   11.0
#define LINE       1.32
#define WIDTH_FRAC 0.80 /* of the picture, at most */

static text_spec caption_spec(const hm_overlay *o)
{
    text_spec spec = text_spec_of(&o->text, TEXT_BODY);
    spec.em_px = fmax(CAPTION_EM * o->card_scale, LEAST_PX);
    return spec;
}

hm_status ov_caption_texts(hm_overlay *o, const hm_text_track *track, hm_err *err)
{
    if (!track || track->n_cue == 0)
        return HM_OK;
    text_spec spec = caption_spec(o);
    o->caption = HM_PUSH(&o->arena, ov_caption, track->n_cue);
    if (!o->caption)
        return hm_err_set(err, HM_ERR_SYSTEM, "overlay", 0, 0, NULL, "no memory");
    for (; o->n_caption < track->n_cue; o->n_caption++) {
        const hm_cue *cue = &track->cue[o->n_caption];
        ov_caption *c = &o->caption[o->n_caption];
        c->from_s = cue->from_s;
        c->to_s = cue->to_s;
        HM_TRY(text_draw_lines(&o->text, &spec, cue->text, (int32_t)(WIDTH_FRAC * o->w_px),
                               OV_CAPTION_LINES, c->line, &c->n_line, err));
        double pad_px = 0.45 * spec.em_px;
        for (int32_t i = 0; i < c->n_line; i++)
            c->w = c->line[i].advance_px > c->w ? c->line[i].advance_px : c->w;
        c->w += (int32_t)(3 * pad_px);
        c->h = (int32_t)(LINE * spec.em_px * c->n_line + pad_px);
        c->x = (o->w_px - c->w) / 2;
    }
    return HM_OK;
}

/* Is a place free of the graphics at every moment that the caption stands? */
static bool is_free(const hm_overlay *o, const ov_caption *c, int32_t y, ov_list *l)
{
    enum { LOOKS = 12 };
    for (int i = 0; i <= LOOKS; i++) {
        hm_moment m;
        hm_film_at(o->film, o->race, c->from_s + (c->to_s - c->from_s - 1e-3) * i / LOOKS, &m);
        overlay_lay_out_still(o, &m, l);
        if (!ov_is_free(o, l, c->x, y, c->w, c->h))
            return false;
    }
    return true;
}

void ov_caption_places(hm_overlay *o)
{
    int32_t x0, y0, x1, y1;
    ov_list *l = o->n_caption > 0 ? HM_PUSH(&o->arena, ov_list, 1) : NULL;
    ov_safe(o, &x0, &y0, &x1, &y1);
    for (int32_t i = 0; i < o->n_caption; i++) {
        ov_caption *c = &o->caption[i];
        int32_t step = o->h_px / 45 + 1, y = y1 - c->h;
        while (l && y >= y0 && !is_free(o, c, y, l))
            y -= step;
        c->y = y;
        c->w = l && y >= y0 ? c->w : 0;
    }
}

void ov_caption_now(const hm_overlay *o, const hm_moment *m, ov_list *l)
{
    double em_px = caption_spec(o).em_px;
    for (int32_t i = 0; i < o->n_caption; i++) {
        const ov_caption *c = &o->caption[i];
        if (m->film_t_s < c->from_s || m->film_t_s >= c->to_s || c->w == 0)
            continue;
        ov_panel(l, c->x, c->y, c->w, c->h, 0, OV_GROUND, 214);
        for (int32_t k = 0; k < c->n_line; k++)
            ov_text(l, &c->line[k], (o->w_px - c->line[k].advance_px) / 2,
                    c->y + (int32_t)(0.22 * em_px + LINE * em_px * k + 1.02 * em_px), OV_WHITE);
        return;
    }
}

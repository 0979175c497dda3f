/* overlay_list.c - putting panels, texts and lines on the list. */
#include "overlay_priv.h"

#include <math.h>
#include <stdio.h>

int32_t ov_px(const hm_overlay *o, double ref_px)
{
    return (int32_t)floor(ref_px * o->scale + 0.5);
}

void ov_safe(const hm_overlay *o, int32_t *x0, int32_t *y0, int32_t *x1, int32_t *y1)
{
    *x0 = (o->w_px + 19) / 20;
    *y0 = (o->h_px + 19) / 20;
    *x1 = o->w_px - *x0;
    *y1 = o->h_px - *y0;
}

void ov_begin(ov_list *l, uint8_t fade)
{
    l->group++;
    l->fade = fade;
}

static uint8_t faded(const ov_list *l, uint8_t alpha)
{
    return (uint8_t)(((uint32_t)alpha * l->fade + 127) / 255);
}

static ov_item *add_item(ov_list *l, ov_kind kind, ov_colour colour, uint8_t alpha)
{
    HM_ASSERT(l->n_item < OV_ITEM_MAX);
    ov_item *i = &l->item[l->n_item++];
    *i = (ov_item){.kind = kind, .colour = colour, .alpha = faded(l, alpha)};
    return i;
}

static void add_box(ov_list *l, int32_t x, int32_t y, int32_t w, int32_t h, bool is_text)
{
    HM_ASSERT(l->n_box < OV_BOX_MAX);
    l->box[l->n_box++] = (ov_box){x, y, w, h, is_text, l->group};
}

void ov_panel(ov_list *l, int32_t x, int32_t y, int32_t w, int32_t h, int32_t slant_px,
              ov_colour colour, uint8_t alpha)
{
    if (w <= 0 || h <= 0)
        return;
    ov_item *i = add_item(l, OV_PANEL, colour, alpha);
    i->x = x;
    i->y = y;
    i->w = w;
    i->h = h;
    i->slant_px = slant_px;
    add_box(l, x, y, w + slant_px, h, false);
}

static void add_text(ov_list *l, const text_run *run, int32_t x, int32_t base_y, ov_colour colour)
{
    if (run->w_px == 0)
        return;
    ov_item *i = add_item(l, OV_TEXT, colour, 255);
    i->x = x + run->x_px;
    i->y = base_y + run->y_px;
    i->w = run->w_px;
    i->h = run->h_px;
    i->cover = run->cover;
}

void ov_wash(ov_list *l, int32_t x, int32_t y, int32_t w, int32_t h, ov_colour colour,
             uint8_t alpha)
{
    ov_item *i = add_item(l, OV_PANEL, colour, alpha);
    i->x = x;
    i->y = y;
    i->w = w;
    i->h = h;
}

void ov_claim(ov_list *l, int32_t x, int32_t y, int32_t w, int32_t h)
{
    add_box(l, x, y, w, h, false);
}

void ov_text_faint(ov_list *l, const text_run *run, int32_t x, int32_t base_y, ov_colour colour,
                   uint8_t alpha)
{
    int32_t n = l->n_item;
    add_text(l, run, x, base_y, colour);
    if (l->n_item > n)
        l->item[n].alpha = faded(l, alpha);
}

double ov_ease(double t_s, double last_s)
{
    double u = t_s < 0 ? 0 : t_s > last_s ? 1 : t_s / last_s;
    return 1 - (1 - u) * (1 - u) * (1 - u);
}

const char *ov_look_of(const hm_overlay *o, int32_t i_shot)
{
    const char *own = o->film->shot[i_shot].look;
    return own && own[0] ? own : o->film->look;
}

int32_t ov_text(ov_list *l, const text_run *run, int32_t x, int32_t base_y, ov_colour colour)
{
    add_text(l, run, x, base_y, colour);
    if (run->w_px > 2) /* the mask has one empty pixel all around */
        add_box(l, x + run->x_px + 1, base_y + run->y_px + 1, run->w_px - 2, run->h_px - 2, true);
    return run->advance_px;
}

int32_t ov_number(const hm_overlay *o, ov_list *l, text_style style, const char *s, int32_t x,
                  int32_t base_y, bool from_right, ov_colour colour)
{
    int32_t w = text_number_px(&o->text, style, s), pen = from_right ? x - w : x;
    int32_t cap = o->text.cap_px[style];
    add_box(l, pen, base_y - cap, w, cap, true);
    for (; *s; s++) {
        const text_run *g = text_glyph(&o->text, style, *s);
        add_text(l, g, pen, base_y, colour);
        pen += g->advance_px;
    }
    return w;
}

int32_t ov_base(const hm_overlay *o, text_style style, int32_t y, int32_t h)
{
    return y + (h + o->text.cap_px[style]) / 2;
}

int32_t ov_chip(const hm_overlay *o, ov_list *l, int32_t lane, int32_t x, int32_t y, int32_t h,
                bool is_accent)
{
    char s[8];
    snprintf(s, sizeof s, "%d", (int)lane);
    int32_t w = ov_px(o, 36), pad = ov_px(o, 4);
    ov_panel(l, x, y + pad, w, h - 2 * pad, 0, is_accent ? OV_ACCENT : OV_RAISED, 255);
    int32_t nw = text_number_px(&o->text, TEXT_SMALL, s);
    ov_number(o, l, TEXT_SMALL, s, x + (w - nw) / 2, ov_base(o, TEXT_SMALL, y, h), false,
              is_accent ? OV_DARK : OV_WHITE);
    return w;
}

void ov_line(ov_list *l, double x0, double y0, double x1, double y1, double half_px,
             ov_colour colour, uint8_t alpha)
{
    ov_item *i = add_item(l, OV_LINE, colour, alpha);
    double left = fmin(x0, x1) - half_px - 1, top = fmin(y0, y1) - half_px - 1;
    double right = fmax(x0, x1) + half_px + 1, bottom = fmax(y0, y1) + half_px + 1;
    i->x = (int32_t)floor(fmax(left, -1e4));
    i->y = (int32_t)floor(fmax(top, -1e4));
    i->w = (int32_t)ceil(fmin(right, 2e4)) - i->x;
    i->h = (int32_t)ceil(fmin(bottom, 2e4)) - i->y;
    i->x0 = (float)x0;
    i->y0 = (float)y0;
    i->x1 = (float)x1;
    i->y1 = (float)y1;
    i->half_px = (float)half_px;
}

void ov_disc(ov_list *l, double x, double y, double r_px, ov_colour colour, uint8_t alpha)
{
    ov_line(l, x, y, x, y, r_px, colour, alpha);
    l->item[l->n_item - 1].kind = OV_DISC;
}

bool ov_is_free(const hm_overlay *o, const ov_list *l, int32_t x, int32_t y, int32_t w, int32_t h)
{
    int32_t x0, y0, x1, y1;
    ov_safe(o, &x0, &y0, &x1, &y1);
    if (x < x0 || y < y0 || x + w > x1 || y + h > y1)
        return false;
    for (int32_t i = 0; i < l->n_box; i++) {
        const ov_box *b = &l->box[i];
        if (x < b->x + b->w && b->x < x + w && y < b->y + b->h && b->y < y + h)
            return false;
    }
    return true;
}

void ov_wind_text(char buf[32], double wind_mps)
{
    const char *sign = fabs(wind_mps) < 0.05 ? "" : wind_mps > 0 ? "+" : "\xe2\x88\x92";
    snprintf(buf, 32, "%s%.1f", sign, fabs(wind_mps));
}

void ov_time_text(char buf[16], int64_t cs, bool with_plus)
{
    int64_t min = cs / 6000, s = cs / 100 % 60;
    const char *plus = with_plus ? "+" : "";
    if (min > 0)
        snprintf(buf, 16, "%s%d:%02d.%02d", plus, (int)(min % 1000), (int)s, (int)(cs % 100));
    else
        snprintf(buf, 16, "%s%d.%02d", plus, (int)s, (int)(cs % 100));
}

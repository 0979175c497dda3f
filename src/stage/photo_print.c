/* The print of a photo finish: what an operator hands to the referee. Letters by pango. */
#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "stage/photo.h"
#include "stage/print.h"

enum { HEAD_PX = 64, LABEL_PX = 30, SCALE_PX = 58, FOOT_PX = 10, SIDE_PX = 40 };

typedef struct print {
    const hm_print *of;
    cairo_t *cr;
    int w_px;
} print;

/* A line of text with its upper left corner at x, y; returns its width. right: ends at x. */
static int text(const print *p, double x, double y, const char *font, const char *s, bool right)
{
    PangoLayout *layout = pango_cairo_create_layout(p->cr);
    PangoFontDescription *d = pango_font_description_from_string(font);
    pango_layout_set_font_description(layout, d);
    pango_layout_set_text(layout, s, -1);
    int w, h;
    pango_layout_get_pixel_size(layout, &w, &h);
    cairo_move_to(p->cr, right ? x - w : x, y);
    pango_cairo_show_layout(p->cr, layout);
    pango_font_description_free(d);
    g_object_unref(layout);
    return w;
}

static int text_width(const print *p, const char *font, const char *s)
{
    cairo_save(p->cr);
    cairo_rectangle(p->cr, 0, 0, 0, 0);
    cairo_clip(p->cr);
    int w = text(p, 0, 0, font, s, false);
    cairo_restore(p->cr);
    return w;
}

static const char head_font[] = "Inter, Noto Sans CJK JP Semi-Bold 19px";
static const char small_font[] = "Inter, Noto Sans CJK JP 15px";
static const char label_font[] = "Inter, Noto Sans CJK JP Semi-Bold 17px";

/* Hashes in the order in which they stand, and their columns in the print; returns how many lie in
 * the picture. */
static int in_order(const print *p, int32_t order[HM_PRINT_HASH_MAX], double x[HM_PRINT_HASH_MAX])
{
    int n = 0;
    for (int32_t i = 0; i < p->of->n_hash; i++) {
        double at = SIDE_PX + (p->of->hash[i].time_s - p->of->from_s) * p->of->line_hz + 0.5;
        if (!(at >= SIDE_PX && at < SIDE_PX + p->of->w_px + 1))
            continue;
        int k = n++;
        for (; k > 0 && x[k - 1] > at; k--) { /* few: insertion, stable */
            x[k] = x[k - 1];
            order[k] = order[k - 1];
        }
        x[k] = at;
        order[k] = i;
    }
    return n;
}

/* Rows of labels: a label whose hashline would run through others stands below them, so that no
 * line crosses a label and no label covers another. Returns how many rows there are. */
static int place_labels(const print *p, int n, const int32_t order[], const double x[],
                        int row[HM_PRINT_HASH_MAX], double left[HM_PRINT_HASH_MAX])
{
    double right[HM_PRINT_HASH_MAX];
    int rows = 0;
    for (int k = 0; k < n; k++) {
        double w = text_width(p, label_font, p->of->hash[order[k]].label) + 16;
        double max_left = p->w_px - w - 4;
        left[k] = x[k] < max_left ? x[k] : max_left;
        right[k] = left[k] + w + 8;
        row[k] = 0;
        for (int j = 0; j < k; j++)
            if (left[k] < right[j] && row[j] >= row[k])
                row[k] = row[j] + 1;
        rows = row[k] + 1 > rows ? row[k] + 1 : rows;
    }
    return rows;
}

static void draw_picture(const print *p, double top)
{
    const hm_print *ph = p->of;
    cairo_surface_t *im = cairo_image_surface_create(CAIRO_FORMAT_RGB24, ph->w_px, ph->h_px);
    cairo_surface_flush(im);
    uint8_t *to = cairo_image_surface_get_data(im);
    int stride = cairo_image_surface_get_stride(im);
    for (int32_t r = 0; to && r < ph->h_px; r++)
        for (int32_t c = 0; c < ph->w_px; c++) {
            const uint8_t *s = &ph->rgb[3 * ((size_t)r * (size_t)ph->w_px + (size_t)c)];
            uint32_t v = (uint32_t)s[0] << 16 | (uint32_t)s[1] << 8 | s[2];
            memcpy(to + (size_t)r * (size_t)stride + 4 * (size_t)c, &v, 4);
        }
    cairo_surface_mark_dirty(im);
    cairo_set_source_surface(p->cr, im, SIDE_PX, top);
    cairo_paint(p->cr);
    cairo_surface_destroy(im);
}

/* Ticks each 0.01 s, longer at 0.05, with the time at 0.1 s. */
static void draw_scale(const print *p, double top)
{
    const hm_print *ph = p->of;
    double to_s = ph->from_s + (double)ph->w_px / ph->line_hz;
    cairo_set_line_width(p->cr, 1);
    for (int64_t cs = (int64_t)ceil(ph->from_s * 100); (double)cs <= to_s * 100; cs++) {
        double x = floor(SIDE_PX + ((double)cs / 100 - ph->from_s) * ph->line_hz) + 0.5;
        double len = cs % 10 == 0 ? 20 : cs % 5 == 0 ? 14 : 8;
        cairo_set_source_rgb(p->cr, 0.1, 0.1, 0.12);
        cairo_move_to(p->cr, x, top);
        cairo_line_to(p->cr, x, top + len);
        cairo_stroke(p->cr);
        if (cs % 10)
            continue;
        char s[32];
        snprintf(s, sizeof s, "%lld.%lld", (long long)(cs / 100), (long long)(cs / 10 % 10));
        text(p, x - text_width(p, label_font, s) / 2.0, top + 24, label_font, s, false);
    }
}

static void draw_hashlines(const print *p, int n, const int32_t order[], const double x[],
                           const int row[], const double left[], double bottom)
{
    for (int k = 0; k < n; k++) {
        double y = HEAD_PX + row[k] * LABEL_PX;
        cairo_set_source_rgb(p->cr, 0.85, 0.05, 0.12);
        cairo_set_line_width(p->cr, 1);
        double at = floor(x[k]) + 0.5;
        cairo_move_to(p->cr, at, y + LABEL_PX - 4);
        cairo_line_to(p->cr, at, bottom);
        cairo_stroke(p->cr);
    }
    for (int k = 0; k < n; k++) {
        const char *s = p->of->hash[order[k]].label;
        double y = HEAD_PX + row[k] * LABEL_PX, w = text_width(p, label_font, s) + 14;
        cairo_set_source_rgb(p->cr, 0.85, 0.05, 0.12);
        cairo_rectangle(p->cr, left[k], y, w, LABEL_PX - 4);
        cairo_fill(p->cr);
        cairo_set_source_rgb(p->cr, 1, 1, 1);
        text(p, left[k] + 7, y + 2, label_font, s, false);
    }
}

static void draw_head(const print *p)
{
    cairo_set_source_rgb(p->cr, 0.08, 0.08, 0.1);
    text(p, SIDE_PX, 10, head_font, p->of->title, false);
    cairo_set_source_rgb(p->cr, 0.3, 0.3, 0.34);
    text(p, SIDE_PX, 36, small_font, p->of->note, false);
    text(p, p->w_px - SIDE_PX, 12, head_font, p->of->right, true);
}

static hm_status copy_out(cairo_surface_t *im, int w, int h, hm_arena *arena, hm_picture *sheet,
                          hm_err *err)
{
    hm_picture pic = {w, h, 4 * w, hm_arena_push(arena, 4 * (size_t)w, (size_t)h)};
    if (!pic.rgbx)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the print");
    cairo_surface_flush(im);
    const uint8_t *from = cairo_image_surface_get_data(im);
    size_t stride = (size_t)cairo_image_surface_get_stride(im);
    for (size_t r = 0; r < (size_t)h; r++)
        for (size_t c = 0; c < (size_t)w; c++) {
            uint32_t v;
            memcpy(&v, from + r * stride + 4 * c, 4);
            uint8_t *to = pic.rgbx + r * (size_t)pic.stride + 4 * c;
            to[0] = (uint8_t)(v >> 16);
            to[1] = (uint8_t)(v >> 8);
            to[2] = (uint8_t)v;
            to[3] = 255;
        }
    *sheet = pic;
    return HM_OK;
}

hm_status hm_print_draw(const hm_print *of, hm_arena *arena, hm_picture *sheet, hm_err *err)
{
    print p = {.of = of, .w_px = of->w_px + 2 * SIDE_PX};
    HM_ASSERT(of->n_hash <= HM_PRINT_HASH_MAX);
    p.w_px = p.w_px < 900 ? 900 : p.w_px; /* the head needs room */
    int max_h = HEAD_PX + HM_PRINT_HASH_MAX * LABEL_PX + of->h_px + SCALE_PX + FOOT_PX;
    cairo_surface_t *im = cairo_image_surface_create(CAIRO_FORMAT_RGB24, p.w_px, max_h);
    if (cairo_surface_status(im) != CAIRO_STATUS_SUCCESS) {
        cairo_surface_destroy(im);
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "%d x %d: too large to print",
                          p.w_px, max_h);
    }
    p.cr = cairo_create(im);
    cairo_set_source_rgb(p.cr, 0.96, 0.96, 0.95);
    cairo_paint(p.cr);
    int32_t order[HM_PRINT_HASH_MAX];
    double x[HM_PRINT_HASH_MAX], left[HM_PRINT_HASH_MAX];
    int row[HM_PRINT_HASH_MAX];
    int n = in_order(&p, order, x);
    int rows = place_labels(&p, n, order, x, row, left);
    double top = HEAD_PX + rows * LABEL_PX, bottom = top + of->h_px;
    draw_head(&p);
    draw_picture(&p, top);
    draw_hashlines(&p, n, order, x, row, left, bottom);
    draw_scale(&p, bottom);
    cairo_destroy(p.cr);
    hm_status s = copy_out(im, p.w_px, (int)bottom + SCALE_PX + FOOT_PX, arena, sheet, err);
    cairo_surface_destroy(im);
    return s;
}

/* ---- of a race's own bodies ---- */

static const char *title_of(const hm_race *r, hm_arena *arena)
{
    char line[512];
    const char *part[] = {r->meet, r->event, r->round, r->date};
    line[0] = '\0';
    for (int i = 0; i < 4; i++) {
        size_t at = strlen(line);
        if (part[i] && part[i][0])
            snprintf(line + at, sizeof line - at, "%s%s", at ? "  ·  " : "", part[i]);
    }
    return hm_arena_text(arena, line[0] ? line : "Photo finish");
}

/* A hashline for each who has a place and a torso in the picture. */
static hm_status hashes_of(const hm_photo *photo, const hm_race *race, hm_arena *arena, hm_print *p,
                           hm_print_hash hash[HM_PRINT_HASH_MAX], hm_err *err)
{
    _Static_assert((int)HM_LANE_MAX <= (int)HM_PRINT_HASH_MAX, "a hash a lane");
    for (int32_t i = 0; i < race->n_lane; i++) {
        const hm_lane *lane = &race->lane[i];
        double t_s = hm_photo_read_s(photo, i);
        if (t_s < 0 || lane->place == 0)
            continue;
        const char *label = hm_arena_printf(arena, "%d  %s  %d.%02d", lane->place, lane->name,
                                            lane->official_cs / 100, lane->official_cs % 100);
        if (!label)
            return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the print");
        hash[p->n_hash++] = (hm_print_hash){t_s, label};
    }
    p->hash = hash;
    return HM_OK;
}

hm_status hm_photo_print(const hm_photo *photo, const hm_race *race, hm_arena *arena,
                         hm_picture *sheet, hm_err *err)
{
    hm_print_hash hash[HM_PRINT_HASH_MAX];
    hm_print p = {.w_px = photo->w_px,
                  .h_px = photo->h_px,
                  .rgb = photo->rgb,
                  .line_hz = photo->line_hz,
                  .from_s = photo->from_s};
    p.title = title_of(race, arena);
    p.note = hm_arena_printf(
        arena, "%d lines a second, drawn from the race's own bodies; not a camera's picture",
        photo->line_hz);
    p.right = race->has_wind ? hm_arena_printf(arena, "wind %+.1f m/s", race->wind_mps)
                             : hm_arena_text(arena, "no wind reading");
    if (!p.title || !p.note || !p.right)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the print");
    HM_TRY(hashes_of(photo, race, arena, &p, hash, err));
    return hm_print_draw(&p, arena, sheet, err);
}

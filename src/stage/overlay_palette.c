/* overlay_palette.c - colours and letters of the cards, one row a look, and the rule that parts a
 * title from what stands under it. */
#include "overlay_priv.h"

#include <math.h>
#include <string.h>

#include "base/rng.h"

#define SANS  "Inter Display, Inter, Noto Sans CJK JP, DejaVu Sans, sans-serif"
#define SERIF "Noto Serif CJK JP, DejaVu Serif, serif"

static const ov_palette palette[] = {{"broadcast", /* the colours of its graphics */
                                      {12, 18, 30},
                                      {255, 255, 255},
                                      {190, 201, 219},
                                      {255, 198, 41},
                                      OV_MANNER_PLAIN,
                                      SANS,
                                      800,
                                      500,
                                      0},
                                     {"elastic",
                                      {247, 238, 214},
                                      {52, 42, 38},
                                      {104, 84, 68},
                                      {158, 48, 24},
                                      OV_MANNER_CRAYON,
                                      SANS,
                                      900,
                                      600,
                                      0.01},
                                     {"rotoscope",
                                      {226, 226, 221},
                                      {34, 36, 40},
                                      {84, 86, 91},
                                      {120, 46, 38},
                                      OV_MANNER_PENCIL,
                                      SANS,
                                      300,
                                      400,
                                      0.01},
                                     {"smear",
                                      {246, 245, 241},
                                      {22, 22, 26},
                                      {88, 86, 92},
                                      {190, 44, 28},
                                      OV_MANNER_SMEAR,
                                      SANS,
                                      900,
                                      500,
                                      0},
                                     {"sound",
                                      {6, 7, 10},
                                      {232, 236, 240},
                                      {140, 148, 160},
                                      {244, 214, 150},
                                      OV_MANNER_STEPS,
                                      SANS,
                                      200,
                                      300,
                                      0.05},
                                     {"rain",
                                      {9, 13, 22},
                                      {238, 241, 246},
                                      {156, 170, 192},
                                      {255, 190, 110},
                                      OV_MANNER_WET,
                                      SERIF,
                                      700,
                                      500,
                                      0.01}};

enum { N_PALETTE = sizeof palette / sizeof palette[0] };

const ov_palette *ov_palette_at(int32_t i)
{
    return i >= 0 && i < N_PALETTE ? &palette[i] : NULL;
}

const ov_palette *ov_palette_of(const char *look)
{
    for (int32_t i = 0; i < N_PALETTE; i++)
        if (look && strcmp(palette[i].look, look) == 0)
            return &palette[i];
    return &palette[0];
}

/* ---- rules; each fits into 16 reference px below y ---- */

static double noise(uint32_t what, uint32_t k)
{
    return hm_rng_unit(7, HM_FOR_VENUE, 0x72756c6500000000u + what, k, 0) - 0.5;
}

/* The lane: a mark every 10 m, the start and the line whole. */
static void scale_rule(const hm_overlay *o, ov_list *l, const ov_palette *p, int32_t x, int32_t y,
                       int32_t w, double k)
{
    double s = o->scale < 0.5 ? 0.5 : o->scale;
    ov_line(l, x, y, x + w, y, 0.7 * s, p->soft, 150);
    for (int i = 0; i <= 10; i++)
        ov_line(l, x + w * i / 10.0, y, x + w * i / 10.0, y + (i % 5 ? 7 : 13) * s, 0.7 * s,
                p->soft, 190);
    if (k > 0)
        ov_line(l, x, y, x + w * k, y, 2.2 * s, p->accent, 255);
}

/* Two strokes of a thick crayon. */
static void crayon_rule(const hm_overlay *o, ov_list *l, const ov_palette *p, int32_t x, int32_t y,
                        int32_t w, double k)
{
    enum { N = 40 };
    for (uint32_t stroke = 0; stroke < 2; stroke++) {
        double was_x = 0, was_y = 0, end = k * (stroke ? 0.72 : 0.96);
        for (uint32_t i = 0; i <= N && (double)i / N <= end; i++) {
            double px = x + (double)w * i / N;
            double py =
                y + (5 + 6 * stroke + 6 * noise(stroke, i) + 3 * noise(9, i / 7)) * o->scale;
            if (i > 0)
                ov_line(l, was_x, was_y, px, py, (3.2 + 1.6 * noise(stroke + 4, i)) * o->scale,
                        p->accent, stroke ? 150 : 235);
            was_x = px;
            was_y = py;
        }
    }
}

static void pencil_rule(const hm_overlay *o, ov_list *l, const ov_palette *p, int32_t x, int32_t y,
                        int32_t w, double k)
{
    for (uint32_t stroke = 0; stroke < 2; stroke++) {
        uint32_t i = 0;
        for (double u = 0.04 * stroke; u < k; i++) {
            double long_frac = 0.05 + 0.11 * (noise(20 + stroke, i) + 0.5);
            double gap_frac = 0.004 + 0.02 * (noise(30 + stroke, i) + 0.5);
            double to = fmin(u + long_frac, k), dy = (5.0 * stroke + 2 * noise(40, i)) * o->scale;
            ov_line(l, x + w * u, y + dy, x + w * to, y + dy + noise(50, i) * o->scale,
                    fmax(0.9 * o->scale, 0.4), stroke ? p->soft : p->ink, stroke ? 110 : 230);
            u = to + gap_frac;
        }
    }
}

/* Bands that the eight lanes leave. */
static void smear_rule(const hm_overlay *o, ov_list *l, const ov_palette *p, int32_t x, int32_t y,
                       int32_t w, double k)
{
    for (uint32_t lane = 0; lane < 8; lane++) {
        double to = k * (0.55 + 0.45 * (noise(60, lane) + 0.5)), from = 0.25 * to;
        double py = y + 2.3 * lane * o->scale;
        for (int part = 0; part < 8; part++) { /* fainter towards the tail */
            double a = from + (to - from) * part / 8, b = from + (to - from) * (part + 1) / 8;
            ov_line(l, x + w * a, py, x + w * b, py, fmax(1.1 * o->scale, 0.4),
                    lane % 3 == 1 ? p->accent : p->ink, (uint8_t)(24 + 28 * part));
        }
    }
}

/* A mark where each of the winner's feet came down, the last ones brightest. */
static void steps_rule(const hm_overlay *o, ov_list *l, const ov_palette *p, int32_t x, int32_t y,
                       int32_t w, double k)
{
    const hm_lane *r = &o->race->lane[o->winner >= 0 ? o->winner : 0];
    ov_line(l, x, y + 15 * o->scale, x + w, y + 15 * o->scale, fmax(0.5 * o->scale, 0.3), p->soft,
            90);
    for (int32_t i = 0; i < r->n_step && r->step[i].x_m <= 100 * k; i++) {
        double px = x + w * fmax(r->step[i].x_m, 0) / 100;
        double age = fmin((100 * k - r->step[i].x_m) / 30, 1);
        double up = (r->step[i].foot == HM_FOOT_LEFT ? 14 : 9) * o->scale;
        ov_line(l, px, y + 15 * o->scale - up, px, y + 15 * o->scale, fmax(1.1 * o->scale, 0.5),
                p->accent, (uint8_t)(255 - 140 * age));
    }
}

static void light_rule(const hm_overlay *o, ov_list *l, const ov_palette *p, int32_t x, int32_t y,
                       int32_t w, double k)
{
    double s = o->scale < 0.5 ? 0.5 : o->scale;
    ov_line(l, x, y, x + w * k, y, 4.5 * s, p->accent, 28);
    ov_line(l, x, y, x + w * k, y, 2.2 * s, p->accent, 80);
    ov_line(l, x, y, x + w * k, y, 0.8 * s, p->ink, 255);
}

void ov_rule(const hm_overlay *o, ov_list *l, const ov_palette *p, int32_t x, int32_t y, int32_t w,
             double k)
{
    static void (*const draw[])(const hm_overlay *, ov_list *, const ov_palette *, int32_t, int32_t,
                                int32_t, double) = {
        [OV_MANNER_PLAIN] = scale_rule,   [OV_MANNER_CRAYON] = crayon_rule,
        [OV_MANNER_PENCIL] = pencil_rule, [OV_MANNER_SMEAR] = smear_rule,
        [OV_MANNER_STEPS] = steps_rule,   [OV_MANNER_WET] = light_rule};
    draw[p->manner](o, l, p, x, y, w, k);
}

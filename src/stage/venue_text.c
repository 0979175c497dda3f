/* Letters of the place: strokes on a 4 x 6 grid, kept as distance fields so that they stay sharp
 * near by and fade far away. */
#include "venue_priv.h"

#include <string.h>

enum { CELL_W = 6, CELL_H = 8, FINE = 6 }; /* grid units of a letter with its margin, texels each */

#define STROKE 0.55f /* half width of a stroke, grid units */
#define REACH  2.0f  /* distances beyond this are cut */

/* Points as pairs of digits (x 0..4, y 0..6), a blank lifts the pen. */
typedef struct letter {
    char c;
    const char *path;
} letter;
static const letter letters[] = {{'0', "103041453616050110"},
                                 {'1', "042620"},
                                 {'2', "05163645440040"},
                                 {'3', "0516364544334241301001 1333"},
                                 {'4', "3036024202"},
                                 {'5', "460603334241301001"},
                                 {'6', "3616050110304142331302"},
                                 {'7', "06464510"},
                                 {'8', "1304051636454433134233 1302011030414233"},
                                 {'9', "1030414536160504133344"},
                                 {'A', "0004164440 0242"},
                                 {'B', "0006364544330333424130 0030"},
                                 {'C', "4536160501103041"},
                                 {'D', "000636454130 0030"},
                                 {'E', "46060040 0333"},
                                 {'F', "460600 0333"},
                                 {'G', "453616050110304143 4323"},
                                 {'H', "0006 4046 0343"},
                                 {'I', "2026"},
                                 {'J', "4641301001"},
                                 {'K', "0006 4602 1340"},
                                 {'L', "060040"},
                                 {'M', "0006234640"},
                                 {'N', "00064046"},
                                 {'O', "103041453616050110"},
                                 {'P', "00063645443303"},
                                 {'Q', "103041453616050110 2240"},
                                 {'R', "00063645443303 2340"},
                                 {'S', "453616050413334241301001"},
                                 {'T', "0646 2026"},
                                 {'U', "060110304146"},
                                 {'V', "062046"},
                                 {'W', "0610233046"},
                                 {'X', "0046 0640"},
                                 {'Y', "062346 2320"},
                                 {'Z', "06460040"},
                                 {'m', "000413242023 242033444340"},
                                 {'-', "0343"}};

static const char *path_of(char c)
{
    for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++)
        if (letters[i].c == c)
            return letters[i].path;
    return "";
}

/* Distance of (x, y) to a segment. */
static float to_segment(float x, float y, const char *a, const char *b)
{
    float ax = (float)(a[0] - '0'), ay = (float)(a[1] - '0');
    float dx = (float)(b[0] - '0') - ax, dy = (float)(b[1] - '0') - ay;
    float len2 = dx * dx + dy * dy;
    float k = len2 > 0.0f ? ((x - ax) * dx + (y - ay) * dy) / len2 : 0.0f;
    k = venue_clamp(k, 0.0f, 1.0f);
    float ex = x - ax - k * dx, ey = y - ay - k * dy;
    return sqrtf(ex * ex + ey * ey);
}

static float to_letter(float x, float y, const char *path)
{
    float best = 1e3f;
    for (const char *p = path; *p && p[1];) {
        if (*p == ' ') {
            p++;
        } else if (p[2] && p[2] != ' ' && p[3]) {
            float d = to_segment(x, y, p, p + 2);
            best = d < best ? d : best;
            p += 2;
        } else {
            p += 2;
        }
    }
    return best - STROKE;
}

hm_status venue_text_of(const char *s, hm_arena *arena, venue_text *text, hm_err *err)
{
    int32_t n = (int32_t)strlen(s);
    venue_text r = {.w = n * CELL_W * FINE, .h = CELL_H * FINE, .n = n};
    uint8_t *d = HM_PUSH(arena, uint8_t, r.w * r.h);
    if (!d)
        return hm_err_set(err, HM_ERR_SYSTEM, "venue", 0, 0, NULL, "no memory for letters");
    for (int32_t i = 0; i < r.w * r.h; i++) {
        float x = ((float)(i % r.w) + 0.5f) / FINE, y = ((float)(i / r.w) + 0.5f) / FINE;
        int32_t at = (int32_t)x / CELL_W;
        float v = to_letter(x - (float)(at * CELL_W) - 1.0f, y - 1.0f, path_of(s[at]));
        d[i] = (uint8_t)(127.5f + venue_clamp(v / REACH, -1.0f, 1.0f) * 127.0f);
    }
    r.dist = d;
    *text = r;
    return HM_OK;
}

float venue_text_cover(const venue_text *t, float x, float y, float f)
{
    float tx = x * (CELL_W * FINE) - 0.5f, ty = y * (CELL_H * FINE) - 0.5f;
    if (!(tx >= 0.0f && ty >= 0.0f && tx < (float)(t->w - 1) && ty < (float)(t->h - 1)))
        return 0.0f;
    int32_t ix = (int32_t)tx, iy = (int32_t)ty;
    float fx = tx - (float)ix, fy = ty - (float)iy;
    const uint8_t *a = t->dist + iy * t->w + ix, *b = a + t->w;
    float lo = venue_mix((float)a[0], (float)a[1], fx),
          hi = venue_mix((float)b[0], (float)b[1], fx);
    float d = (venue_mix(lo, hi, fy) - 127.5f) * (REACH / 127.0f);
    /* f is in letter heights; a stroke thinner than the filter keeps only its share of ink */
    float wide = f * CELL_H, share = 2.0f * STROKE / (wide > 1.6f ? wide * 0.7f : 1.12f);
    float c = venue_clamp(0.5f - d / (wide > 0.02f ? wide : 0.02f), 0.0f, 1.0f);
    return c * (share < 1.0f ? share : 1.0f);
}

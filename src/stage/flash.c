#include "stage/flash.h"

#include <string.h>

#include "num/dmath.h"

enum {
    N_BLOCK = HM_FLASH_W * HM_FLASH_H,
    FIELD_W = 11, /* blocks of ten degrees: a third of the picture */
    FIELD_H = 6,
    FIELDS_X = HM_FLASH_W - FIELD_W + 1,
    FIELDS_Y = HM_FLASH_H - FIELD_H + 1,
    N_FIELD = FIELDS_X * FIELDS_Y,
    AREA = FIELD_W * FIELD_H / 4, /* blocks that must change together, more than this */
    STEP_LUMINANCE = 26,          /* of 255: a tenth */
    STEP_RED = 16,                /* 20 of 320 */
    DARK = 204,                   /* of 255: 0.8, the darker side must be below */
    HALF_MAX = 6,                 /* transitions in a second that are still allowed */
    HALF_KEPT = 32
};

/* ---- a frame on the grid ---- */

static double linear(double v)
{
    return v <= 0 ? 0 : v >= 1 ? 1 : hm_pow(v, 2.2);
}

static uint8_t to_byte(double v)
{
    return (uint8_t)(v <= 0 ? 0 : v >= 1 ? 255 : 255 * v + 0.5);
}

/* Red that is saturated, as WCAG counts it: (R - G - B) where R is four fifths of the light. */
static uint8_t red_of(double y, double cb, double cr)
{
    double r = linear(y + 1.5748 * cr), g = linear(y - 0.1873 * cb - 0.4681 * cr);
    double b = linear(y + 1.8556 * cb), sum = r + g + b;
    return sum > 0 && r >= 0.8 * sum ? to_byte(r - g - b) : 0;
}

/* First pixel of block k of n over a length. */
static int32_t edge(int32_t k, int32_t n, int32_t length)
{
    return (int32_t)((int64_t)k * length / n);
}

void hm_flash_grid(const uint8_t *nv12, int32_t w_px, int32_t h_px, uint8_t grid[HM_FLASH_BYTES])
{
    const uint8_t *colour = nv12 + (size_t)w_px * (size_t)h_px;
    for (int32_t by = 0; by < HM_FLASH_H; by++)
        for (int32_t bx = 0; bx < HM_FLASH_W; bx++) {
            int32_t x0 = edge(bx, HM_FLASH_W, w_px), x1 = edge(bx + 1, HM_FLASH_W, w_px);
            int32_t y0 = edge(by, HM_FLASH_H, h_px), y1 = edge(by + 1, HM_FLASH_H, h_px);
            int64_t sum = 0, cb = 0, cr = 0, n_colour = 0;
            for (int32_t y = y0; y < y1; y++)
                for (int32_t x = x0; x < x1; x++)
                    sum += nv12[(size_t)y * (size_t)w_px + (size_t)x];
            for (int32_t y = y0 / 2; y < (y1 + 1) / 2; y++)
                for (int32_t x = x0 / 2; x < (x1 + 1) / 2; x++, n_colour++) {
                    const uint8_t *c = colour + (size_t)y * (size_t)w_px + 2 * (size_t)x;
                    cb += c[0];
                    cr += c[1];
                }
            double n = (double)(x1 - x0) * (y1 - y0);
            double luma = ((double)sum / n - 16) / 219;
            double u = ((double)cb / (double)n_colour - 128) / 224;
            double v = ((double)cr / (double)n_colour - 128) / 224;
            int32_t k = by * HM_FLASH_W + bx;
            grid[k] = to_byte(linear(luma));
            grid[N_BLOCK + k] = red_of(luma, u, v);
        }
}

/* ---- transitions ---- */

/* One block on its way: where it last turned. */
typedef struct block {
    int32_t low, high; /* since the last transition */
    int32_t way;       /* of the last: 1 up, -1 down, 0 none yet */
} block;

/* One field of ten degrees: the transitions that its blocks made together. */
typedef struct field {
    int32_t way, n;
    int64_t at[HALF_KEPT]; /* (n) frames, the last ones */
} field;

typedef struct search {
    bool red;
    int32_t fps;
    block block[N_BLOCK];
    int8_t turned[2][N_BLOCK]; /* in this frame, in the one before: 1, -1, 0 */
    field field[N_FIELD];
} search;

/* Does the block make a transition with this value? 1 up, -1 down, 0 none. */
static int32_t turn(block *b, int32_t v, int32_t step, bool red)
{
    b->low = v < b->low ? v : b->low;
    b->high = v > b->high ? v : b->high;
    bool up = b->way <= 0 && v - b->low >= step && (red || b->low < DARK);
    bool down = b->way >= 0 && b->high - v >= step && (red || v < DARK);
    if (!up && !down)
        return 0;
    b->way = up ? 1 : -1;
    b->low = b->high = v;
    return b->way;
}

static void turn_blocks(search *s, const uint8_t *value, bool is_first)
{
    memcpy(s->turned[1], s->turned[0], sizeof s->turned[0]);
    for (int32_t i = 0; i < N_BLOCK; i++) {
        block *b = &s->block[i];
        if (is_first)
            *b = (block){value[i], value[i], 0};
        s->turned[0][i] = (int8_t)turn(b, value[i], s->red ? STEP_RED : STEP_LUMINANCE, s->red);
    }
}

/* Blocks of a field that turned one way in this frame or the one before. */
static int32_t count(const search *s, int32_t fx, int32_t fy, int32_t way)
{
    int32_t n = 0;
    for (int32_t y = fy; y < fy + FIELD_H; y++)
        for (int32_t x = fx; x < fx + FIELD_W; x++) {
            int32_t k = y * HM_FLASH_W + x;
            n += s->turned[0][k] == way || s->turned[1][k] == way;
        }
    return n;
}

/* Transitions of a field in the second that ends with this frame. */
static int32_t turn_field(search *s, field *f, int64_t frame, int32_t way)
{
    f->way = way;
    if (f->n == HALF_KEPT)
        memmove(f->at, f->at + 1, (HALF_KEPT - 1) * sizeof f->at[0]);
    f->n += f->n < HALF_KEPT;
    f->at[f->n - 1] = frame;
    int32_t n = 0;
    for (int32_t i = 0; i < f->n; i++)
        n += f->at[i] > frame - s->fps;
    return n;
}

static void report_at(hm_flash_report *r, bool red, int64_t from, int64_t to, int32_t n_half)
{
    hm_flash *last = r->n > 0 ? &r->flash[r->n - 1] : NULL;
    if (last && last->red == red && from <= last->to + 1) {
        last->from = from < last->from ? from : last->from;
        last->to = to;
        last->n_half = n_half > last->n_half ? n_half : last->n_half;
    } else if (r->n < HM_FLASH_MAX) {
        r->flash[r->n++] = (hm_flash){from, to, n_half, red};
    }
}

static void look_at_fields(search *s, int64_t frame, hm_flash_report *r)
{
    bool any = false;
    for (int32_t i = 0; i < N_BLOCK; i++)
        any |= s->turned[0][i] != 0;
    for (int32_t i = 0; any && i < N_FIELD; i++) {
        field *f = &s->field[i];
        for (int32_t way = -1; way <= 1; way += 2) {
            if (f->way == way || count(s, i % FIELDS_X, i / FIELDS_X, way) <= AREA)
                continue;
            int32_t n = turn_field(s, f, frame, way);
            if (n > HALF_MAX)
                report_at(r, s->red, f->at[f->n - n], frame, n);
            break;
        }
    }
}

hm_status hm_flash_find(const uint8_t *grid, int64_t n_frame, int32_t fps, hm_arena *arena,
                        hm_flash_report *report, hm_err *err)
{
    hm_arena_mark mark = hm_arena_mark_get(arena);
    hm_flash_report found = {0};
    for (int red = 0; red < 2; red++) {
        search *s = HM_PUSH(arena, search, 1);
        if (!s)
            return hm_err_set(err, HM_ERR_SYSTEM, "flash", 0, 0, NULL, "no memory");
        s->red = red;
        s->fps = fps;
        for (int64_t k = 0; k < n_frame; k++) {
            turn_blocks(s, grid + k * HM_FLASH_BYTES + red * N_BLOCK, k == 0);
            look_at_fields(s, k, &found);
        }
    }
    hm_arena_release(arena, mark);
    *report = found;
    return HM_OK;
}

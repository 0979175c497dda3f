/* text_host.c - letters that are not recorded, such as a name that was swapped in: the page draws
 * them with the fonts it has (web/src/letters.js). Only a what-if has any. */
#include "text_make_priv.h"

#include <math.h>
#include <string.h>

/* How far the pen moves on [px]; track: letters stand that much further apart. */
__attribute__((import_module("env"), import_name("text_measure"))) double
text_measure(const char *text, uint32_t n, double em_px, int32_t weight, double track_px);

/* Coverage (h x w) of a line whose pen stands at (x, y) of the box and which is made k times as
 * wide. */
__attribute__((import_module("env"), import_name("text_draw_box"))) void
text_draw_box(const char *text, uint32_t n, double em_px, int32_t weight, double track_px, double x,
              double y, double k, int32_t w_px, int32_t h_px, uint8_t *cover);

enum { ELLIPSIS_BYTES = 3, BOX_MAX_PX = 4096 };

static const char ellipsis[] = "\xe2\x80\xa6";

hm_status text_maker_open(void **maker, hm_err *err)
{
    static char there;
    (void)err;
    *maker = &there; /* nothing is kept; NULL would mean not opened */
    return HM_OK;
}

void text_maker_close(void *maker)
{
    (void)maker;
}

char *text_make_valid(hm_arena *arena, const char *utf8)
{
    return hm_arena_text(arena, utf8); /* whoever decodes it replaces what is broken */
}

static double measure(const text_spec *s, double em_px, const char *text, size_t n)
{
    return text_measure(text, (uint32_t)n, em_px, s->weight, s->track_em * em_px);
}

/* Bytes of the character at p. */
static size_t letter_bytes(const char *p)
{
    size_t n = 1;
    while (((unsigned char)p[n] & 0xc0) == 0x80)
        n++;
    return n;
}

/* As many letters as fit, and an ellipsis. */
static const char *cut(const text_spec *s, double em_px, const char *text, double max_px,
                       hm_arena *arena)
{
    char *out = hm_arena_push(arena, strlen(text) + ELLIPSIS_BYTES + 1, 1);
    size_t keep = 0;
    for (size_t n = 0; out && text[n]; keep = n) {
        n += letter_bytes(text + n);
        memcpy(out, text, n);
        memcpy(out + n, ellipsis, sizeof ellipsis);
        if (measure(s, em_px, out, n + ELLIPSIS_BYTES) > max_px)
            break;
    }
    if (out) {
        memcpy(out, text, keep);
        memcpy(out + keep, ellipsis, sizeof ellipsis);
    }
    return out;
}

hm_status text_make_line(void *maker, const text_spec *spec, const char *text, int32_t max_px,
                         double least_em_px, hm_arena *arena, text_run *run, text_flaws *flaws,
                         hm_err *err)
{
    (void)maker;
    double em_px = spec->em_px, wide_px = measure(spec, em_px, text, strlen(text));
    if (max_px > 0 && wide_px > max_px) {
        double less = em_px * (max_px / wide_px - 0.02);
        em_px = less > least_em_px ? less : least_em_px;
        wide_px = measure(spec, em_px, text, strlen(text));
        if (wide_px > max_px) {
            text = cut(spec, em_px, text, max_px - 2, arena);
            flaws->cut_count++;
            if (!text)
                return hm_err_set(err, HM_ERR_SYSTEM, "text", 0, 0, NULL, "no memory for a text");
            wide_px = measure(spec, em_px, text, strlen(text));
        }
    }
    int32_t side = (int32_t)ceil(0.15 * em_px), up = (int32_t)ceil(1.05 * em_px);
    text_run r = {.advance_px = (int32_t)(wide_px + 0.5), .x_px = -side, .y_px = -up};
    r.w_px = (int32_t)ceil(wide_px) + 2 * side;
    r.h_px = up + (int32_t)ceil(0.35 * em_px);
    r.w_px = r.w_px < BOX_MAX_PX ? r.w_px : BOX_MAX_PX;
    uint8_t *cover = HM_PUSH(arena, uint8_t, r.w_px * r.h_px);
    if (!cover)
        return hm_err_set(err, HM_ERR_SYSTEM, "text", 0, 0, NULL, "no memory for a text");
    text_draw_box(text, (uint32_t)strlen(text), em_px, spec->weight, spec->track_em * em_px, side,
                  up, 1, r.w_px, r.h_px, cover);
    r.cover = cover;
    *run = r;
    return HM_OK;
}

/* May a line end after this character? After a space, and between any two of Han and kana. */
static bool may_break(const char *p, size_t n)
{
    return p[0] == ' ' || (n == 3 && (unsigned char)p[0] >= 0xe3);
}

hm_status text_make_breaks(void *maker, const text_spec *spec, const char *text, int32_t max_px,
                           int32_t max_line, text_span line[], int32_t *n, text_flaws *flaws,
                           hm_err *err)
{
    (void)maker, (void)err;
    int32_t count = 0;
    size_t from = 0, good = 0, at = 0;
    while (text[at] && count < max_line) {
        size_t step = letter_bytes(text + at);
        bool over = measure(spec, spec->em_px, text + from, at + step - from) > max_px - 2;
        if (over && text[at] != ' ' && at > from) {
            flaws->split_count += good <= from;
            size_t end = good > from ? good : at;
            line[count++] = (text_span){(int32_t)from, (int32_t)(end - from)};
            from = at = good = end;
            continue;
        }
        at += step;
        good = may_break(text + at - step, step) ? at : good;
    }
    if (count < max_line)
        line[count++] = (text_span){(int32_t)from, (int32_t)(at - from)};
    *n = count;
    return HM_OK;
}

/* One line as large as fits into the box, centred; wide names are narrowed rather than shrunk. */
static void draw_into(const char *text, int32_t weight, double x, double y, double w, double h,
                      int32_t w_px, int32_t h_px, uint8_t *cover)
{
    const double capital = 0.73; /* [1] of the em */
    double em_px = h / capital, wide_px;
    text_spec spec = {.em_px = em_px, .weight = weight};
    wide_px = measure(&spec, em_px, text, strlen(text));
    double k = wide_px > w ? w / wide_px : 1;
    if (k < 1 / 1.7) {
        em_px *= 1.7 * k;
        k = 1 / 1.7;
        wide_px = measure(&spec, em_px, text, strlen(text));
    }
    text_draw_box(text, (uint32_t)strlen(text), em_px, weight, 0, x + 0.5 * (w - k * wide_px),
                  y + 0.5 * (h + capital * em_px), k, w_px, h_px, cover);
}

hm_status text_make_bib(void *maker, const char *text, const char *small, int32_t w_px,
                        int32_t h_px, uint8_t *cover, hm_err *err)
{
    (void)maker, (void)err;
    double m = 0.07 * w_px, room = small[0] ? 0.56 * h_px : h_px - 2 * m;
    draw_into(text, 800, m, small[0] ? 0.10 * h_px : m, w_px - 2 * m, room, w_px, h_px, cover);
    if (small[0])
        draw_into(small, 700, m, 0.71 * h_px, w_px - 2 * m, 0.23 * h_px, w_px, h_px, cover);
    return HM_OK;
}

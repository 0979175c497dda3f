#include "stage/layers.h"

#include "layers_priv.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/par.h"
#include "io/json.h"
#include "io/png.h"
#include "io/sink.h"

enum { ROUND = 16 }; /* drawings between two looks at the clock */

const char *const layers_name[LAYER_COUNT] = {"colour", "ink",      "id",     "part",  "normal",
                                              "depth",  "velocity", "rest",   "matte", "alpha",
                                              "shadow", "shaded",   "effects"};

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for guide layers");
}

/* ---- which drawings ---- */

hm_status hm_layers_choose(const char *list, uint32_t *want, hm_err *err)
{
    uint32_t made = 0;
    for (const char *at = list; *at; at += *at == ',') {
        size_t n = strcspn(at, ",");
        int i = 0;
        while (i < LAYER_COUNT &&
               (strlen(layers_name[i]) != n || strncmp(layers_name[i], at, n) != 0))
            i++;
        if (i == LAYER_COUNT) {
            char known[160] = "";
            for (i = 0; i < LAYER_COUNT; i++)
                snprintf(known + strlen(known), sizeof known - strlen(known), "%s%s", i ? ", " : "",
                         layers_name[i]);
            return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--layers-only",
                              "expected some of %s; found \"%.*s\"", known, (int)n, at);
        }
        made |= 1u << i;
        at += n;
    }
    *want = made;
    return HM_OK;
}

hm_status hm_layers_plan(const hm_show *show, uint32_t want, hm_layers_count *count, hm_err *err)
{
    show_parts of = show_parts_of(show);
    hm_layers_count c = {.n_layer = 0};
    for (int i = 0; i < LAYER_COUNT; i++)
        c.n_layer += (int32_t)(want >> i & 1);
    c.n_drawing = (of.n_frame + of.opts->n_hold - 1) / of.opts->n_hold;
    c.n_file = c.n_drawing * c.n_layer + c.n_layer + 1;
    if (c.n_file > HM_LAYERS_FILE_MAX)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--layers",
                          "%lld files, more than %d: choose a part with --from and --to",
                          (long long)c.n_file, HM_LAYERS_FILE_MAX);
    for (int64_t k = 0; k < c.n_drawing; k++) {
        hm_moment m;
        hm_film_at(of.film, of.race, hm_show_film_s(show, k * of.opts->n_hold), &m);
        if (c.n_shot == 0 || c.shot[c.n_shot - 1] != m.i_shot + 1)
            c.shot[c.n_shot++] = m.i_shot + 1;
    }
    *count = c;
    return HM_OK;
}

hm_status layers_path(char path[HM_LAYERS_PATH_MAX], hm_err *err, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(path, HM_LAYERS_PATH_MAX, fmt, args);
    va_end(args);
    if (n < 0 || n >= HM_LAYERS_PATH_MAX)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--layers", "the path is too long");
    return HM_OK;
}

hm_status hm_layers_folder(const char *dir, int32_t shot, char path[HM_LAYERS_PATH_MAX],
                           hm_err *err)
{
    return layers_path(path, err, "%s/shot%02d", dir, (int)shot);
}

static void list_drawings(layers *l)
{
    const hm_show_opts *o = l->of.opts;
    for (int64_t k = 0; k < l->n_drawing; k++) {
        layer_drawing *d = &l->drawing[k];
        int64_t frame = k * o->n_hold, left = l->of.n_frame - frame;
        double film_s = hm_show_film_s(l->show, frame), per_s = (double)o->fps / o->n_hold;
        hm_moment m, next;
        hm_film_at(l->of.film, l->of.race, film_s, &m);
        hm_film_at(l->of.film, l->of.race, film_s + 1.0 / per_s, &next);
        *d = (layer_drawing){.frame = frame,
                             .number = (int64_t)floor(film_s * per_s + 1e-6),
                             .n_held = left < o->n_hold ? (int32_t)left : o->n_hold,
                             .shot = m.i_shot + 1,
                             .in_shot = 1,
                             .film_s = film_s,
                             .race_s = m.race_t_s,
                             .moves = next.i_shot == m.i_shot,
                             .camera = m.camera};
        if (k > 0 && d[-1].shot == d->shot)
            d->in_shot = d[-1].in_shot + 1;
    }
}

/* ---- files ---- */

static hm_png picture_of(const layer_hand *h, layer i)
{
    static const hm_png_kind kind[LAYER_COUNT] = {
        [LAYER_COLOUR] = HM_PNG_RGB,     [LAYER_INK] = HM_PNG_GRAY,
        [LAYER_ID] = HM_PNG_GRAY,        [LAYER_PART] = HM_PNG_GRAY,
        [LAYER_NORMAL] = HM_PNG_RGB,     [LAYER_DEPTH] = HM_PNG_GRAY16,
        [LAYER_VELOCITY] = HM_PNG_RGB16, [LAYER_REST] = HM_PNG_RGB,
        [LAYER_MATTE] = HM_PNG_GRAY,     [LAYER_ALPHA] = HM_PNG_RGBA,
        [LAYER_SHADOW] = HM_PNG_GRAY,    [LAYER_SHADED] = HM_PNG_RGB,
        [LAYER_EFFECTS] = HM_PNG_RGBA};
    static const int bytes[LAYER_COUNT] = {3, 1, 1, 1, 3, 2, 6, 3, 1, 4, 1, 3, 4};
    const void *const pixel[LAYER_COUNT] = {
        h->g.colour, h->ink,   h->g.id,  h->g.part, h->g.normal, h->g.depth, h->g.velocity,
        h->g.rest,   h->matte, h->alpha, h->shadow, h->shaded,   h->effects};
    return (hm_png){kind[i], h->g.w_px, h->g.h_px, bytes[i] * h->g.w_px, pixel[i]};
}

/* Lane numbers are what people know. */
static void name_lanes(const layers *l, guides *g)
{
    size_t n = (size_t)g->w_px * (size_t)g->h_px;
    for (size_t k = 0; k < n; k++)
        if (g->id[k])
            g->id[k] = (uint8_t)l->of.race->lane[g->id[k] - 1].lane;
}

static hm_status write_files(const layers *l, const layer_drawing *d, const layer_hand *h,
                             hm_err *err)
{
    for (int i = 0; i < LAYER_COUNT; i++) {
        char path[HM_LAYERS_PATH_MAX];
        if (!(l->want >> i & 1))
            continue;
        HM_TRY(layers_path(path, err, "%s/shot%02d/shot%02d_%s_%05d.png", l->dir, (int)d->shot,
                           (int)d->shot, layers_name[i], (int)d->in_shot));
        hm_png png = picture_of(h, (layer)i);
        HM_TRY(hm_png_write(path, &png, err));
    }
    return HM_OK;
}

static void one_drawing(void *ctx, int64_t i, int worker)
{
    layers *l = ctx;
    layer_drawing *d = &l->drawing[l->first + i];
    drawing_hand *hand = show_hand(l->show, worker);
    layer_hand *h = &l->hand[worker];
    hm_arena_mark mark = hm_arena_mark_get(&hand->scratch);
    d->status = layers_draw(l, d, hand, h, &d->err);
    hm_arena_release(&hand->scratch, mark);
    if (d->status != HM_OK)
        return;
    if (l->want & LAYERS_MEASURED)
        name_lanes(l, &h->g);
    d->status = write_files(l, d, h, &d->err);
}

/* ---- all ---- */

static hm_status make_hands(layers *l, hm_arena *arena, hm_err *err)
{
    int32_t w = l->of.opts->w_px, h = l->of.opts->h_px;
    size_t n = (size_t)w * (size_t)h;
    l->hand = HM_PUSH(arena, layer_hand, l->of.n_worker);
    l->drawing = HM_PUSH(arena, layer_drawing, l->n_drawing);
    if (!l->hand || !l->drawing)
        return no_memory(err);
    for (int i = 0; i < l->of.n_worker; i++) {
        layer_hand *k = &l->hand[i];
        HM_TRY(guides_make(w, h, arena, &k->g, err));
        k->ink = HM_PUSH(arena, uint8_t, n);
        k->matte = HM_PUSH(arena, uint8_t, n);
        k->cover = HM_PUSH(arena, uint8_t, n);
        k->line = HM_PUSH(arena, uint8_t, n);
        k->empty = HM_PUSH(arena, uint8_t, 4 * n);
        k->alpha = HM_PUSH(arena, uint8_t, 4 * n);
        k->shadow = HM_PUSH(arena, uint8_t, n);
        k->shaded = HM_PUSH(arena, uint8_t, 3 * n);
        k->effects = HM_PUSH(arena, uint8_t, 4 * n);
        if (!k->ink || !k->matte || !k->cover || !k->line || !k->empty || !k->alpha || !k->shadow ||
            !k->shaded || !k->effects)
            return no_memory(err);
    }
    return HM_OK;
}

static hm_status write_all(layers *l, hm_arena *arena, hm_encode_progress_fn *progress, void *ctx,
                           hm_err *err)
{
    HM_TRY(make_hands(l, arena, err));
    list_drawings(l);
    for (l->first = 0; l->first < l->n_drawing; l->first += ROUND) {
        int64_t left = l->n_drawing - l->first, n = left < ROUND ? left : ROUND;
        hm_par_for(l->of.n_worker, n, one_drawing, l);
        for (int64_t i = 0; i < n; i++) {
            const layer_drawing *d = &l->drawing[l->first + i];
            if (d->status != HM_OK && err && err->status == HM_OK)
                *err = d->err;
            if (d->status != HM_OK)
                return d->status;
        }
        if (progress && !progress(ctx, l->first + n, l->n_drawing))
            return hm_err_set(err, HM_ERR_STOPPED, NULL, 0, 0, NULL, "stopped");
    }
    for (int i = 0; i < LAYER_COUNT; i++)
        if (l->want >> i & 1)
            HM_TRY(layers_write_concat(l, i, arena, err));
    return layers_write_json(l, arena, err);
}

hm_status hm_layers_write(hm_show *show, const char *dir, uint32_t want,
                          hm_encode_progress_fn *progress, void *ctx, hm_err *err)
{
    hm_layers_count count;
    HM_TRY(hm_layers_plan(show, want, &count, err));
    layers l = {.show = show,
                .of = show_parts_of(show),
                .dir = dir,
                .want = want,
                .n_drawing = count.n_drawing};
    hm_arena arena;
    hm_arena_init(&arena, 1 << 20);
    hm_status status = write_all(&l, &arena, progress, ctx, err);
    hm_arena_free(&arena);
    return status;
}

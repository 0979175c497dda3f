#include "stage/reel.h"

#include "contact_priv.h"
#include "frames_priv.h"
#include "show_priv.h"

#include <math.h>
#include <string.h>

#include "base/hash.h"

enum { COOKIE = 0x7265656c, SHEET_GAP_PX = 6 };

/* A part in the film, and its shows while it is at work. */
typedef struct reel_part {
    hm_reel_part is;
    int64_t first, n; /* frames of the whole film */
    bool open;
    hm_show *show[HM_REEL_PANE_MAX]; /* (is.n_pane) while open */
    hm_text_track burnt;             /* captions in the picture, in time of the part */
} reel_part;

struct hm_reel {
    hm_arena arena;
    hm_reel_opts opts;
    hm_notes notes;
    hm_flash_report flashes;
    int32_t n_part;
    reel_part *part;           /* (n_part) */
    int64_t first, n;          /* frames of the whole film that are asked for */
    int64_t n_segment, n_kept; /* of the last film, with a cache */
    int n_worker;
    hm_picture *pic; /* (n_worker) for frames that are put together */
};

hm_reel_opts hm_reel_opts_default(void)
{
    return (hm_reel_opts){
        .cookie = COOKIE, .w_px = 1280, .h_px = 720, .fps = 24, .to_s = NAN, .n_thread = 1};
}

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the film");
}

/* ---- parts in time ---- */

static int64_t frame_count(const hm_reel_part *p, int32_t fps)
{
    int64_t most = 0;
    for (int32_t i = 0; i < p->n_pane; i++) {
        int64_t n = hm_film_frame_count(p->pane[i].film, fps);
        most = n > most ? n : most;
    }
    return most;
}

double hm_reel_part_s(const hm_reel_part part[], int32_t i, int32_t fps)
{
    int64_t n = 0;
    for (int32_t k = 0; k < i; k++)
        n += frame_count(&part[k], fps);
    return (double)n / fps;
}

static hm_status check_panes(const hm_reel *r, const hm_reel_part *p, hm_err *err)
{
    HM_ASSERT(p->n_pane >= 1 && p->n_pane <= HM_REEL_PANE_MAX);
    HM_ASSERT(p->heard >= 0 && p->heard < p->n_pane);
    for (int32_t i = 0; i < p->n_pane; i++) {
        const hm_reel_pane *v = &p->pane[i];
        if (v->x_px < 0 || v->y_px < 0 || v->x_px + v->opts.w_px > r->opts.w_px ||
            v->y_px + v->opts.h_px > r->opts.h_px)
            return hm_err_set(err, HM_ERR_USAGE, p->name, 0, 0, "pane",
                              "expected a place inside the picture");
    }
    return HM_OK;
}

/* Which frames of the whole are asked for. */
static hm_status span(hm_reel *r, int64_t n_all, hm_err *err)
{
    const hm_reel_opts *o = &r->opts;
    double end_s = (double)n_all / o->fps;
    double to_s = isnan(o->to_s) || o->to_s > end_s ? end_s : o->to_s;
    if (!(o->from_s >= 0) || !(o->from_s < to_s))
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--from",
                          "expected 0 <= from < to <= %.2f s, the film's length; found %g to %g",
                          end_s, o->from_s, to_s);
    r->first = (int64_t)floor(o->from_s * o->fps + 1e-6);
    r->n = (int64_t)ceil((to_s - o->from_s) * o->fps - 1e-6);
    r->n = r->n < n_all - r->first ? r->n : n_all - r->first;
    return HM_OK;
}

static hm_status prepare(hm_reel *r, int32_t n_part, const hm_reel_part part[], hm_err *err)
{
    r->part = HM_PUSH(&r->arena, reel_part, n_part);
    r->n_worker = r->opts.share_picture ? 1 : r->opts.n_thread;
    r->pic = HM_PUSH(&r->arena, hm_picture, r->n_worker);
    if (!r->part || !r->pic)
        return no_memory(err);
    int64_t first = 0;
    for (int32_t i = 0; i < n_part; i++) {
        HM_TRY(check_panes(r, &part[i], err));
        r->part[i] =
            (reel_part){.is = part[i], .first = first, .n = frame_count(&part[i], r->opts.fps)};
        first += r->part[i].n;
    }
    r->n_part = n_part;
    int32_t w = r->opts.w_px, h = r->opts.h_px, stride = (4 * w + 63) & ~63;
    for (int k = 0; k < r->n_worker; k++) {
        r->pic[k] = (hm_picture){w, h, stride, hm_arena_push(&r->arena, (size_t)stride, (size_t)h)};
        if (!r->pic[k].rgbx)
            return no_memory(err);
    }
    return span(r, first, err);
}

static hm_status cut_captions(hm_reel *r, hm_err *err)
{
    for (int32_t i = 0; r->opts.burn && r->opts.n_text > 0 && i < r->n_part; i++) {
        double from_s = (double)r->part[i].first / r->opts.fps;
        double to_s = from_s + (double)r->part[i].n / r->opts.fps;
        HM_TRY(
            hm_text_track_cut(&r->opts.text[0], from_s, to_s, &r->arena, &r->part[i].burnt, err));
    }
    return HM_OK;
}

hm_status hm_reel_new(int32_t n_part, const hm_reel_part part[], const hm_reel_opts *opts,
                      hm_reel **reel, hm_err *err)
{
    HM_ASSERT(opts->cookie == COOKIE && opts->n_thread >= 1);
    HM_ASSERT(n_part >= 1 && n_part <= HM_REEL_PART_MAX);
    hm_arena arena;
    hm_arena_init(&arena, 0);
    hm_reel *r = HM_PUSH(&arena, hm_reel, 1);
    if (!r)
        return no_memory(err);
    *r = (hm_reel){.arena = arena, .opts = *opts};
    hm_status status = prepare(r, n_part, part, err);
    status = status == HM_OK ? cut_captions(r, err) : status;
    if (status == HM_OK)
        *reel = r;
    else
        hm_reel_destroy(r);
    return status;
}

/* ---- parts at work ---- */

static void close_part(reel_part *p)
{
    for (int32_t i = 0; i < p->is.n_pane; i++) {
        hm_show_destroy(p->show[i]);
        p->show[i] = NULL;
    }
    p->open = false;
}

void hm_reel_destroy(hm_reel *r)
{
    if (!r)
        return;
    for (int32_t i = 0; i < r->n_part; i++)
        close_part(&r->part[i]);
    hm_arena arena = r->arena; /* the reel lives in it */
    hm_arena_free(&arena);
}

const hm_notes *hm_reel_notes(const hm_reel *r)
{
    return &r->notes;
}

static hm_status keep_notes(hm_reel *r, const hm_notes *notes, hm_err *err)
{
    for (int32_t i = 0; i < notes->n; i++) {
        bool known = false;
        for (int32_t k = 0; k < r->notes.n; k++)
            known |= strcmp(r->notes.text[k], notes->text[i]) == 0;
        if (!known && hm_notes_add(&r->notes, &r->arena, "%s", notes->text[i]) != HM_OK)
            return no_memory(err);
    }
    return HM_OK;
}

static hm_status open_part(hm_reel *r, reel_part *p, hm_err *err)
{
    p->open = true;
    for (int32_t i = 0; i < p->is.n_pane; i++) {
        const hm_reel_pane *v = &p->is.pane[i];
        hm_show_opts o = v->opts;
        o.fps = r->opts.fps;
        o.from_s = 0, o.to_s = NAN;
        o.score = NULL;
        o.credits = r->opts.credits;
        o.n_thread = r->opts.n_thread;
        o.share_picture = r->opts.share_picture;
        o.burn = r->opts.burn && r->opts.n_text > 0 && i == p->is.heard;
        o.n_text = o.burn ? 1 : 0, o.text = &p->burnt;
        HM_TRY(hm_show_new(v->race, v->film, &o, &p->show[i], err));
        HM_TRY(keep_notes(r, hm_show_notes(p->show[i]), err));
    }
    return HM_OK;
}

/* Those that have a frame in from .. to - 1 are at work, no others. */
static hm_status ready(void *ctx, int64_t from, int64_t to, hm_err *err)
{
    hm_reel *r = ctx;
    for (int pass = 0; pass < 2; pass++) /* first give back, then take */
        for (int32_t i = 0; i < r->n_part; i++) {
            reel_part *p = &r->part[i];
            bool due = p->first < r->first + to && p->first + p->n > r->first + from;
            if (pass == 0 && p->open && !due)
                close_part(p);
            if (pass == 1 && due && !p->open)
                HM_TRY(open_part(r, p, err));
        }
    return HM_OK;
}

/* ---- one frame ---- */

static reel_part *part_at(const hm_reel *r, int64_t frame, int64_t *local)
{
    int32_t i = 0;
    while (i + 1 < r->n_part && r->first + frame >= r->part[i + 1].first)
        i++;
    *local = r->first + frame - r->part[i].first;
    return &r->part[i];
}

/* Light of a frame, 256 = all of it. */
static uint32_t light_of(const reel_part *p, int64_t local, int32_t fps)
{
    double in = p->is.fade_in_s * fps, out = p->is.fade_out_s * fps;
    double at = (double)local + 0.5, left = (double)p->n - at;
    double k = 1;
    k = in > 0 && at / in < k ? at / in : k;
    k = out > 0 && left / out < k ? left / out : k;
    return (uint32_t)(256 * k + 0.5);
}

static void paste_lit(const hm_picture *from, uint32_t light, int32_t x_px, int32_t y_px,
                      hm_picture *to)
{
    for (int32_t y = 0; y < from->h_px; y++) {
        const uint8_t *a = from->rgbx + (size_t)y * (size_t)from->stride;
        uint8_t *b = to->rgbx + (size_t)(y_px + y) * (size_t)to->stride + 4 * (size_t)x_px;
        for (int32_t k = 0; k < 4 * from->w_px; k++)
            b[k] = (uint8_t)((a[k] * light) >> 8);
    }
}

static hm_status draw(void *ctx, int worker, int64_t frame, const hm_picture **pic, hm_err *err)
{
    hm_reel *r = ctx;
    int64_t local;
    reel_part *p = part_at(r, frame, &local);
    uint32_t light = light_of(p, local, r->opts.fps);
    hm_picture *own = &r->pic[worker];
    const hm_picture *one;
    HM_ASSERT(p->open && worker < r->n_worker);
    if (p->is.n_pane == 1 && light == 256)
        return hm_show_draw(p->show[0], worker, local, pic, err);
    memset(own->rgbx, 0, (size_t)own->stride * (size_t)own->h_px);
    for (int32_t i = 0; i < p->is.n_pane; i++) {
        HM_TRY(hm_show_draw(p->show[i], worker, local, &one, err));
        paste_lit(one, light, p->is.pane[i].x_px, p->is.pane[i].y_px, own);
    }
    *pic = own;
    return HM_OK;
}

static bool again(void *ctx, int64_t frame)
{
    const hm_reel *r = ctx;
    int64_t local;
    const reel_part *p = part_at(r, frame, &local);
    bool same = local > 0 && light_of(p, local, r->opts.fps) == light_of(p, local - 1, r->opts.fps);
    for (int32_t i = 0; i < p->is.n_pane; i++)
        same = same && show_again(p->show[i], local);
    return same;
}

static stage_frames frames_of(hm_reel *r)
{
    HM_ASSERT(!r->opts.share_picture);
    return (stage_frames){.n_frame = r->n,
                          .w_px = r->opts.w_px,
                          .h_px = r->opts.h_px,
                          .fps = r->opts.fps,
                          .n_worker = r->n_worker,
                          .refuse_flashes = r->opts.refuse_flashes,
                          .flashes = &r->flashes,
                          .ctx = r,
                          .ready = ready,
                          .draw = draw,
                          .again = again};
}

const hm_flash_report *hm_reel_flashes(const hm_reel *r)
{
    return &r->flashes;
}

/* ---- stills ---- */

int64_t hm_reel_frame_count(const hm_reel *r)
{
    return r->n;
}

hm_status hm_reel_draw_at(hm_reel *r, double film_t_s, const hm_picture **pic, hm_err *err)
{
    int64_t frame = (int64_t)floor(film_t_s * r->opts.fps + 1e-6) - r->first;
    frame = frame < 0 ? 0 : frame >= r->n ? r->n - 1 : frame;
    HM_TRY(ready(r, frame, frame + 1, err));
    return draw(r, 0, frame, pic, err);
}

hm_status hm_reel_sheet(hm_reel *r, double every_s, int32_t per_row, hm_arena *arena,
                        hm_picture *sheet, hm_err *err)
{
    HM_ASSERT(every_s > 0 && per_row >= 1);
    int32_t w = r->opts.w_px + SHEET_GAP_PX, h = r->opts.h_px + SHEET_GAP_PX;
    int32_t n = (int32_t)ceil((double)r->n / r->opts.fps / every_s - 0.5); /* middles in it */
    n = n > 0 ? n : 1;
    hm_picture s = {per_row * w + SHEET_GAP_PX, (n + per_row - 1) / per_row * h + SHEET_GAP_PX, 0,
                    NULL};
    s.stride = 4 * s.w_px;
    s.rgbx = hm_arena_push(arena, (size_t)s.stride, (size_t)s.h_px);
    if (!s.rgbx)
        return no_memory(err);
    for (int32_t i = 0; i < n; i++) {
        const hm_picture *pic;
        HM_TRY(hm_reel_draw_at(r, r->opts.from_s + (i + 0.5) * every_s, &pic, err));
        contact_paste(pic, &s, SHEET_GAP_PX + i % per_row * w, SHEET_GAP_PX + i / per_row * h);
    }
    *sheet = s;
    return HM_OK;
}

/* ---- the whole ---- */

hm_status hm_reel_hash(hm_reel *r, hm_encode_progress_fn *progress, void *ctx, uint64_t *hash,
                       hm_err *err)
{
    stage_frames f = frames_of(r);
    return frames_hash(&f, progress, ctx, hash, err);
}

/* What is heard of one part within the frames that are asked for. */
static hm_status part_sound(const hm_reel *r, const reel_part *p, hm_arena *a, hm_sound_part *out,
                            hm_err *err)
{
    const hm_reel_pane *v = &p->is.pane[p->is.heard];
    const hm_look *look;
    int64_t from = r->first > p->first ? r->first - p->first : 0;
    int64_t to = r->first + r->n < p->first + p->n ? r->first + r->n - p->first : p->n;
    hm_listener *ear = HM_PUSH(a, hm_listener, to - from);
    if (!ear)
        return no_memory(err);
    show_listen(v->film, v->race, r->opts.fps, (double)from / r->opts.fps, to - from, ear);
    for (int64_t k = 0; k < to - from; k++)
        ear[k].film_t_s = (double)(p->first + from + k) / r->opts.fps;
    *out = (hm_sound_part){.race = v->race,
                           .n = to - from,
                           .listener = ear,
                           .opts = hm_sound_opts_default(),
                           .fade_in_s = from == 0 ? p->is.hush_in_s : 0.01,
                           .fade_out_s = to == p->n ? p->is.hush_out_s : 0.04};
    HM_TRY(hm_look_get(v->opts.look, &look, err));
    hm_look_sound(look, v->opts.look_own, &out->opts);
    if (v->opts.space != HM_SPACE_AUTO)
        out->opts.space = v->opts.space;
    return HM_OK;
}

static hm_status render_sound(const hm_reel *r, hm_arena *scratch, const char *path,
                              hm_sound **sound, hm_err *err)
{
    hm_sound_part *part = HM_PUSH(scratch, hm_sound_part, r->n_part);
    int32_t n = 0;
    if (!part)
        return no_memory(err);
    for (int32_t i = 0; i < r->n_part; i++)
        if (r->part[i].first < r->first + r->n && r->part[i].first + r->part[i].n > r->first)
            HM_TRY(part_sound(r, &r->part[i], scratch, &part[n++], err));
    hm_sound_opts whole = hm_sound_opts_default();
    whole.score = r->opts.score;
    whole.soundfont = r->opts.soundfont;
    whole.n_thread = r->opts.n_thread;
    return hm_sound_join(n, part, &whole, path, sound, err);
}

/* ---- what frames are made from ---- */

/* A part's frames, from its panes' and how they are put together; its shows are made for it. */
static hm_status part_keys(hm_reel *r, reel_part *p, const hm_encode_opts *encode, hm_arena *a,
                           uint64_t key[], hm_err *err)
{
    uint64_t *own = HM_PUSH(a, uint64_t, p->n);
    if (!own)
        return no_memory(err);
    HM_TRY(open_part(r, p, err));
    for (int64_t k = 0; k < p->n; k++)
        key[k] = hm_hash_u64(hm_hash_u64(HM_HASH_START, (uint64_t)p->is.n_pane),
                             light_of(p, k, r->opts.fps));
    for (int32_t i = 0; i < p->is.n_pane; i++) {
        const hm_reel_pane *v = &p->is.pane[i];
        HM_TRY(show_frame_keys(p->show[i], r->opts.cache.program, encode, p->n, own, err));
        for (int64_t k = 0; k < p->n; k++) {
            key[k] = hm_hash_u64(key[k], (uint64_t)v->x_px << 32 | (uint64_t)v->y_px);
            key[k] = hm_hash_u64(key[k], (uint64_t)v->opts.w_px << 32 | (uint64_t)v->opts.h_px);
            key[k] = hm_hash_u64(key[k], own[k]);
        }
    }
    close_part(p);
    return HM_OK;
}

static hm_status cache_keys(hm_reel *r, const hm_encode_opts *encode, hm_arena *a,
                            hm_encode_cache *cache, hm_err *err)
{
    int64_t n_all = r->part[r->n_part - 1].first + r->part[r->n_part - 1].n;
    uint64_t *frame = HM_PUSH(a, uint64_t, n_all);
    if (!frame)
        return no_memory(err);
    for (int32_t i = 0; i < r->n_part; i++) {
        reel_part *p = &r->part[i];
        close_part(p);
        if (p->first < r->first + r->n && p->first + p->n > r->first)
            HM_TRY(part_keys(r, p, encode, a, frame + p->first, err));
    }
    cache->key = stage_segment_keys(r->n, frame + r->first, a);
    return cache->key ? HM_OK : no_memory(err);
}

void hm_reel_kept(const hm_reel *r, int64_t *n_kept, int64_t *n_segment)
{
    *n_kept = r->n_kept;
    *n_segment = r->n_segment;
}

static hm_status film(hm_reel *r, frames_film *f, hm_arena *scratch, const char *path, hm_err *err)
{
    hm_encode_cache cache = {.dir = r->opts.cache.dir, .most_bytes = r->opts.cache.most_bytes};
    if (cache.dir) {
        HM_TRY(cache_keys(r, f->encode, scratch, &cache, err));
        f->cache = &cache;
    }
    hm_text_track text[HM_TEXT_TRACK_MAX];
    double from_s = (double)r->first / r->opts.fps, to_s = from_s + (double)r->n / r->opts.fps;
    HM_ASSERT(r->opts.n_text >= 0 && r->opts.n_text <= HM_TEXT_TRACK_MAX);
    for (int32_t i = 0; i < r->opts.n_text; i++)
        HM_TRY(hm_text_track_cut(&r->opts.text[i], from_s, to_s, scratch, &text[i], err));
    f->n_text = r->opts.n_text;
    f->text = text;
    HM_TRY(render_sound(r, scratch, path, &f->sound, err));
    stage_frames frames = frames_of(r);
    hm_status status = frames_encode(&frames, f, path, err);
    hm_sound_destroy(f->sound);
    r->n_segment = cache.n_segment, r->n_kept = cache.n_kept;
    return status;
}

hm_status hm_reel_film(hm_reel *r, const hm_encode_opts *encode, const char *path,
                       hm_encode_progress_fn *progress, void *ctx, hm_err *err)
{
    frames_film f = {
        .encode = encode, .title = r->opts.title, .progress = progress, .progress_ctx = ctx};
    hm_arena scratch;
    hm_arena_init(&scratch, 1 << 20);
    hm_status status = film(r, &f, &scratch, path, err);
    hm_arena_free(&scratch);
    return status;
}

#include "cast_priv.h"
#include "faces_priv.h"
#include "film_priv.h"
#include "parts_priv.h"
#include "place_priv.h"

#include <math.h>
#include <string.h>

#include "base/par.h"
#include "stage/encode.h"
#include "stage/nv12.h"

enum { FPS = 24, PAST = 3, SOUND_BLOCK_S = 10 };

/* ---- options ---- */

static const char *const backgrounds[] = {"held", "drawn", "paper", "clip", NULL};

#define FIELD(name, type) #name, offsetof(hm_roto_style, name), type

static const hm_option rows[] = {
    {FIELD(background, HM_OPTION_WORD), "", HM_ROTO_HELD, 0, 0, backgrounds,
     "What is behind the figures.", ""},
    {FIELD(line_frac, HM_OPTION_DOUBLE), "", 1, 0.2, 4, NULL, "Width of all lines.", ""},
    {FIELD(boil_px, HM_OPTION_DOUBLE), "px", NAN, 0, 3, NULL,
     "Lines stray by this at 720 rows; not told: as the look has it.", ""},
    {FIELD(gap_frac, HM_OPTION_DOUBLE), "", NAN, 0, 0.8, NULL,
     "Share of the lines that is left out; not told: as the look has it.", ""},
    {FIELD(detail_frac, HM_OPTION_DOUBLE), "", NAN, 0, 1, NULL,
     "Strength of the thin inner lines; not told: as the look has it.", ""},
    {FIELD(n_hold, HM_OPTION_INT), "", 2, 1, 4, NULL,
     "Film frames that a drawing is shown: 1 on ones, 2 on twos.", ""},
};
enum { N_ROW = sizeof rows / sizeof rows[0] };
_Static_assert(N_ROW == 6, "every field has a row");

const hm_option_table hm_roto_style_table = {"rotoscope", sizeof(hm_roto_style), N_ROW, rows};

hm_roto_opts hm_roto_opts_default(void)
{
    hm_roto_opts o = {.look = "rotoscope", .to_s = INFINITY, .seed = 1, .n_thread = 1};
    hm_option_defaults(&hm_roto_style_table, &o.style);
    return o;
}

/* ---- images in order ---- */

/* The image that is shown at time_s: the first whose time is not clearly before. */
static hm_status turn_to(roto_film *f, double time_s, hm_err *err)
{
    const double early_s = 0.25 / FPS;
    hm_clip_skip(f->clip, time_s - early_s - 2 * f->step_s);
    while (!f->ended && (!f->has_image || f->image.time_s < time_s - early_s)) {
        bool more;
        HM_TRY(hm_clip_next(f->clip, &f->image, &more, err));
        f->has_image |= more;
        f->ended = !more;
    }
    return HM_OK;
}

/* Read the image of the next drawing. The last one stands for what comes within a step of it; what
 * comes later, in a clip that breaks off, has none. */
static hm_status read_still(roto_film *f, hm_err *err)
{
    double time_s = roto_film_s(f, f->read);
    roto_still *s = &f->still[f->read % (2 * f->depth)];
    HM_TRY(turn_to(f, time_s, err));
    f->read++;
    s->there = f->has_image && (!f->ended || time_s < f->image.time_s + 1.5 * f->step_s);
    s->time_s = s->there ? f->image.time_s : time_s;
    size_t row = 3 * (size_t)f->image.width_px;
    for (int32_t y = 0; s->there && y < f->image.height_px; y++)
        memcpy(s->rgb + (size_t)y * row, f->image.bytes + y * f->image.stride, row);
    return HM_OK;
}

static void read_until(roto_film *f, int64_t until)
{
    while (f->read_status == HM_OK && f->read < until && f->read < f->n_drawing)
        f->read_status = read_still(f, &f->read_err);
}

/* While those before are looked at. */
static void read_ahead(void *ctx, int worker)
{
    roto_film *f = ctx;
    (void)worker;
    read_until(f, f->made + 2 * f->depth);
}

static roto_image image_of(const roto_film *f, const roto_still *s)
{
    const hm_clip_info *i = hm_clip_info_of(f->clip);
    return (roto_image){i->width_px, i->height_px, 3 * (int64_t)i->width_px,
                        s->there ? s->rgb : NULL};
}

/* ---- keys ---- */

/* Body of a person at a drawing, for what is carried from there. */
static bool body_at(void *ctx, int32_t person, int64_t drawing, roto_body *body)
{
    const roto_film *f = ctx;
    for (int32_t k = 0; k < f->track.n_person; k++)
        if (f->track.person[k].id == person &&
            roto_cast_at(&f->track.person[k], roto_film_s(f, drawing), f->px_frac, body)) {
            roto_body_bones(body, NULL);
            return true;
        }
    return false;
}

static bool is_wanted(const roto_film *f, const roto_drawing *d)
{
    const hm_roto_opts *o = f->o;
    bool wanted = o->key_every > 0 && d->number % o->key_every == 0;
    for (int32_t k = 0; k < o->n_key; k++)
        wanted |= fabs(o->key_s[k] - roto_film_s(f, d->number)) <= 0.5 * f->n_hold / FPS;
    return wanted;
}

static hm_status use_keys(roto_film *f, roto_slot *s, hm_err *err)
{
    bool written = false;
    if (!f->o->keys)
        return HM_OK;
    HM_TRY(roto_keys_apply(&f->keys, FPS / f->n_hold, body_at, f, &s->arena, &s->drawing, err));
    if (is_wanted(f, &s->drawing))
        HM_TRY(roto_key_write(f->o->keys, &s->drawing, f->w_px, f->h_px, &f->look.ink.ink, &written,
                              err));
    f->report->n_key_written += written;
    return HM_OK;
}

/* ---- drawings in order ---- */

typedef struct places {
    roto_film *f;
    roto_sight sight[ROTO_DEPTH_MAX];
    hm_err err[ROTO_DEPTH_MAX];
} places;

/* The place as this image has it. */
static hm_status see_place(const roto_film *f, const roto_sight *s, hm_err *err)
{
    uint8_t *place = HM_PUSH(s->arena, uint8_t, 3 * (int64_t)f->w_px * f->h_px);
    ROTO_NEED(place);
    roto_place_scale(&s->image, f->w_px, f->h_px, place);
    if (f->o->blur_faces)
        roto_faces_blur(&f->track, s->time_s, f->px_frac, f->w_px, f->h_px, place);
    s->drawing->place = place;
    return HM_OK;
}

static void place_task(void *ctx, int64_t i, int worker)
{
    places *p = ctx;
    (void)worker;
    if (p->sight[i].image.rgb && see_place(p->f, &p->sight[i], &p->err[i]) != HM_OK)
        HM_ASSERT(p->err[i].status != HM_OK);
}

static hm_status see_places(places *p, int32_t n, hm_err *err)
{
    int32_t bg = p->f->o->style.background;
    if (!(bg == HM_ROTO_DRAWN || bg == HM_ROTO_CLIP || (bg == HM_ROTO_HELD && p->f->moves)))
        return HM_OK;
    hm_par_for(p->f->o->n_thread, n, place_task, p);
    for (int32_t i = 0; i < n; i++)
        if (p->err[i].status != HM_OK) {
            *err = p->err[i];
            return err->status;
        }
    return HM_OK;
}

static void clear_slot(roto_slot *s)
{
    hm_arena_free(&s->arena);
    for (int k = 0; k < ROTO_PERSON_MAX; k++)
        hm_arena_free(&s->figure_arena[k]);
}

static roto_sight sight_of(roto_film *f, int64_t drawing)
{
    roto_slot *s = &f->slot[drawing % f->n_slot];
    const roto_still *still = &f->still[drawing % (2 * f->depth)];
    clear_slot(s);
    s->drawing = (roto_drawing){.number = drawing, .time_s = still->time_s};
    return (roto_sight){image_of(f, still), still->time_s, &s->drawing, &s->arena, s->figure_arena};
}

/* As many drawings as are seen together, from the next one on. */
static hm_status see_some(roto_film *f, int64_t until, hm_err *err)
{
    places p = {.f = f};
    int32_t n = until - f->made < f->depth ? (int32_t)(until - f->made) : f->depth;
    read_until(f, f->made + n);
    for (int32_t i = 0; i < n && f->read_status == HM_OK; i++)
        p.sight[i] = sight_of(f, f->made + i);
    if (f->read_status == HM_OK)
        HM_TRY(roto_eye_see(f->eye, n, p.sight, read_ahead, f, err));
    if (f->read_status != HM_OK) {
        *err = f->read_err;
        return err->status;
    }
    HM_TRY(see_places(&p, n, err));
    for (int32_t i = 0; i < n; i++) {
        f->report->n_drawing += p.sight[i].image.rgb != NULL;
        f->report->n_figure += p.sight[i].drawing->n_figure;
        if (p.sight[i].image.rgb)
            HM_TRY(use_keys(f, &f->slot[(f->made + i) % f->n_slot], err));
    }
    f->made += n;
    return HM_OK;
}

static hm_status make_ready(void *ctx, int64_t from, int64_t to, hm_err *err)
{
    roto_film *f = ctx;
    int64_t until = (to + f->n_hold - 1) / f->n_hold;
    (void)from;
    until = until < f->n_drawing ? until : f->n_drawing;
    while (f->made < until) {
        if (f->progress && !f->progress(f->progress_ctx, "drawing", f->made, f->n_drawing))
            return hm_err_set(err, HM_ERR_STOPPED, f->path, 0, 0, NULL, "stopped");
        HM_TRY(see_some(f, until, err));
    }
    return HM_OK;
}

/* ---- drawing them ---- */

static roto_past past_of(const roto_film *f, int64_t k)
{
    roto_past p = {0};
    for (int64_t j = k - 1;
         j >= 0 && j >= k - PAST && (f->look.copies_frac > 0 || f->look.drag_m > 0); j--)
        p.drawing[p.n++] = &f->slot[j % f->n_slot].drawing;
    return p;
}

static hm_status draw_one(roto_film *f, int worker, int64_t k, hm_err *err)
{
    const roto_drawing *d = &f->slot[k % f->n_slot].drawing;
    roto_easel *e = &f->easel[worker];
    roto_pen pen = {.look = &f->look, .seed = f->o->seed, .drawing = k};
    pen.unit_px = (float)f->h_px / 720, pen.past = past_of(f, k);
    const uint8_t *place = d->place ? d->place : f->place;
    if (d->place && f->o->style.background != HM_ROTO_CLIP) {
        size_t n = 3 * (size_t)f->w_px * (size_t)f->h_px;
        uint8_t *own = HM_PUSH(&e->scratch, uint8_t, n);
        ROTO_NEED(own);
        memcpy(own, d->place, n);
        HM_TRY(roto_place_draw(&f->look, f->w_px, f->h_px, 1, &e->scratch, own, err));
        place = own;
    }
    HM_TRY(roto_draw(e, &pen, d, place, err));
    return f->o->layers ? roto_draw_layers(e, &pen, d, f->o->layers, err) : HM_OK;
}

static void draw_frame(void *ctx, int worker, int64_t frame, uint8_t *nv12)
{
    roto_film *f = ctx;
    roto_easel *e = &f->easel[worker];
    hm_arena_mark mark = hm_arena_mark_get(&e->scratch);
    if (!atomic_load(&f->failed) &&
        draw_one(f, worker, frame / f->n_hold, &f->worker_err[worker]) != HM_OK)
        atomic_store(&f->failed, true);
    hm_arena_release(&e->scratch, mark);
    hm_picture pic = {f->w_px, f->h_px, 4 * f->w_px, e->rgbx};
    hm_nv12_from_rgbx(&pic, nv12);
}

static bool shown_again(void *ctx, int64_t frame)
{
    const roto_film *f = ctx;
    return frame % f->n_hold != 0;
}

static hm_status accept(void *ctx, hm_err *err)
{
    roto_film *f = ctx;
    for (int k = 0; k < f->o->n_thread; k++)
        if (f->worker_err[k].status != HM_OK) {
            *err = f->worker_err[k];
            return err->status;
        }
    return HM_OK;
}

/* ---- sound ---- */

static const double listen_s = 30; /* the clip's sound that is held at once */

/* The clip's sound from a time on: opening a clip looks at pictures, which takes longer than its
 * sound, so more is read than was asked for. */
static hm_status hear(roto_film *f, double from_s, double to_s, hm_err *err)
{
    if (from_s >= f->heard_from_s && to_s <= f->heard_to_s)
        return HM_OK;
    f->heard_from_s = f->heard_to_s = from_s;
    hm_arena_free(&f->sound_arena);
    double until_s = fmax(to_s, from_s + listen_s);
    HM_TRY(hm_clip_sound_read(f->path, from_s, until_s, &f->sound_arena, &f->heard, err));
    f->heard_to_s = until_s;
    return HM_OK;
}

/* The clip's own, a block at a time. */
static hm_status give_sound(void *ctx, int64_t from, int64_t n, float *lr, hm_err *err)
{
    roto_film *f = ctx;
    double from_s = f->from_s + (double)from / HM_AUDIO_HZ;
    HM_TRY(hear(f, from_s, from_s + (double)n / HM_AUDIO_HZ, err));
    const hm_clip_sound *s = &f->heard;
    int64_t skip = (int64_t)floor((from_s - s->first_s) * HM_AUDIO_HZ + 0.5);
    for (int64_t i = 0; i < n; i++) {
        bool is_there = i + skip >= 0 && i + skip < s->n;
        lr[2 * i] = lr[2 * i + 1] = is_there ? s->sample[i + skip] : 0;
    }
    return HM_OK;
}

/* ---- the whole ---- */

static hm_status encode(roto_film *f, const char *film, hm_err *err)
{
    hm_encode_opts o = hm_encode_opts_default();
    o.w_px = f->w_px, o.h_px = f->h_px, o.fps = FPS, o.n_thread = f->o->n_thread, o.crf = 18;
    bool sound = hm_clip_info_of(f->clip)->has_sound;
    hm_encode_source s = {.n_frame = f->n_frame,
                          .in_order = true,
                          .draw = draw_frame,
                          .again = shown_again,
                          .ready = make_ready,
                          .draw_ctx = f,
                          .accept = accept,
                          .accept_ctx = f,
                          .title = "",
                          .comment = "drawn by hecto rotoscope"};
    s.n_sample = sound ? f->n_frame * HM_AUDIO_HZ / FPS : 0;
    s.sound = give_sound, s.sound_ctx = f;
    return hm_encode_film(&o, &s, film, err);
}

static hm_status open_easels(roto_film *f, hm_err *err)
{
    int n = f->o->n_thread;
    f->easel = HM_PUSH(f->arena, roto_easel, n);
    f->worker_err = HM_PUSH(f->arena, hm_err, n);
    f->n_slot = HM_ENCODE_RUN_MOST / f->n_hold + PAST + 2;
    f->slot = HM_PUSH(f->arena, roto_slot, f->n_slot);
    ROTO_NEED(f->easel && f->worker_err && f->slot ? f->slot : NULL);
    for (int32_t k = 0; k < f->n_slot; k++) {
        hm_arena_init(&f->slot[k].arena, 0);
        for (int i = 0; i < ROTO_PERSON_MAX; i++)
            hm_arena_init(&f->slot[k].figure_arena[i], 0);
    }
    for (int k = 0; k < n; k++)
        HM_TRY(
            roto_easel_init(f->w_px, f->h_px, f->o->layers != NULL, f->arena, &f->easel[k], err));
    return HM_OK;
}

/* Enough for all threads to have work, and few where there are many people: each is four megabytes
 * of cells a drawing. */
static int32_t depth_of(const roto_film *f)
{
    int32_t n = f->track.n_person < ROTO_PERSON_MAX ? f->track.n_person : ROTO_PERSON_MAX;
    int32_t depth = n > 0 ? (2 * f->o->n_thread + n - 1) / n : 1;
    return depth < 2 ? 2 : depth > ROTO_DEPTH_MAX ? ROTO_DEPTH_MAX : depth;
}

static hm_status open_stills(roto_film *f, hm_err *err)
{
    const hm_clip_info *i = hm_clip_info_of(f->clip);
    f->depth = depth_of(f);
    ROTO_NEED(f->still = HM_PUSH(f->arena, roto_still, 2 * f->depth));
    for (int32_t k = 0; k < 2 * f->depth; k++)
        ROTO_NEED(f->still[k].rgb =
                      HM_PUSH(f->arena, uint8_t, 3 * (int64_t)i->width_px * i->height_px));
    return HM_OK;
}

static hm_status open_clip(roto_film *f, hm_err *err)
{
    hm_clip_opts o = hm_clip_opts_default();
    o.pixels = HM_CLIP_RGB, o.from_s = f->from_s, o.to_s = f->to_s;
    HM_TRY(hm_clip_open(f->path, &o, f->arena, &f->clip, err));
    HM_TRY(open_stills(f, err));
    roto_eye_opts e = {.w_px = f->w_px,
                       .h_px = f->h_px,
                       .px_frac = f->px_frac,
                       .track = &f->track,
                       .net = f->n_net > 0 ? f->net : NULL,
                       .n_net = f->n_net > 0 ? f->n_net : f->o->n_thread,
                       .n_thread = f->o->n_thread,
                       .depth = f->depth};
    e.empty = (roto_image){f->w_px, f->h_px, 3 * (int64_t)f->w_px, f->moves ? NULL : f->empty};
    e.detail = f->look.detail_frac > 0;
    return roto_eye_new(&e, f->arena, &f->eye, err);
}

static void close_film(roto_film *f)
{
    roto_eye_close(f->eye);
    hm_clip_close(f->clip);
    for (int k = 0; k < f->n_net; k++)
        hm_pose_close(f->net[k]);
    for (int32_t k = 0; k < f->n_slot && f->slot; k++)
        clear_slot(&f->slot[k]);
    for (int k = 0; k < f->o->n_thread && f->easel; k++)
        roto_easel_free(&f->easel[k]);
    hm_arena_free(&f->sound_arena);
}

static double mean_of(const roto_boil *b)
{
    return b->n > 0 ? b->sum_px / (double)b->n : 0;
}

static void measured(const roto_film *f)
{
    roto_eye_sums s;
    roto_eye_measured(f->eye, &s);
    f->report->n_by_track = s.by_track;
    f->report->boil_px = mean_of(&s.boil);
    f->report->flicker = mean_of(&s.flicker);
    f->report->swim_frac = mean_of(&s.swim);
    f->report->camera_moves = f->moves;
}

static hm_status make(roto_film *f, const char *film, hm_notes *notes, hm_err *err)
{
    HM_TRY(roto_film_prepare(f, notes, err));
    if (f->o->keys)
        HM_TRY(roto_keys_read(f->o->keys, f->arena, &f->keys, err));
    f->report->n_key_read = f->keys.n;
    HM_TRY(open_clip(f, err));
    HM_TRY(open_easels(f, err));
    HM_TRY(encode(f, film, err));
    measured(f);
    const hm_notes *odd = hm_clip_notes(f->clip);
    for (int32_t k = 0; k < odd->n; k++)
        HM_TRY(hm_notes_add(notes, f->arena, "%s", odd->text[k]));
    return HM_OK;
}

hm_status hm_roto_film(const char *path, const hm_roto_opts *opts, const char *film,
                       hm_roto_progress_fn *progress, void *ctx, hm_arena *arena, hm_notes *notes,
                       hm_roto_report *report, hm_err *err)
{
    roto_film *f = HM_PUSH(arena, roto_film, 1);
    ROTO_NEED(f);
    HM_TRY(hm_option_check(&hm_roto_style_table, &opts->style, err));
    if (!(opts->from_s < opts->to_s))
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--from", "expected a time before --to");
    hm_roto_report mine = {0};
    *f = (roto_film){.o = opts,
                     .path = path,
                     .arena = arena,
                     .n_hold = opts->style.n_hold,
                     .progress = progress,
                     .progress_ctx = ctx,
                     .report = &mine};
    hm_arena_init(&f->sound_arena, 0);
    HM_TRY(roto_look_get(opts->look, &f->look, err));
    const hm_roto_style *s = &opts->style;
    f->look.line_frac *= (float)s->line_frac;
    f->look.ink.boil_px = isnan(s->boil_px) ? f->look.ink.boil_px : (float)s->boil_px;
    f->look.ink.gap_frac = isnan(s->gap_frac) ? f->look.ink.gap_frac : (float)s->gap_frac;
    f->look.detail_frac = isnan(s->detail_frac) ? f->look.detail_frac : (float)s->detail_frac;
    hm_status status = make(f, film, notes, err);
    close_film(f);
    if (status == HM_OK && report)
        *report = mine;
    return status;
}

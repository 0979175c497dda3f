#include "stage/show.h"

#include "frames_priv.h"
#include "show_priv.h"

#include "stage/overlay.h"

enum { SHOW_COOKIE = 0x53686f77 };

struct hm_show {
    hm_arena arena;
    const hm_race *race;
    const hm_film *film;
    hm_show_opts opts;
    hm_venue venue;
    drawing_set drawing;
    hm_overlay *overlay; /* NULL = none */
    hm_sound_opts sound_opts;
    hm_notes notes;
    int64_t n_frame;
    hm_flash_report flashes;
    int64_t n_segment, n_kept; /* of the last film, with a cache */
    int n_worker;
    drawing_hand *hand; /* (n_worker) */
};

hm_show_opts hm_show_opts_default(void)
{
    return (hm_show_opts){.cookie = SHOW_COOKIE,
                          .w_px = 1280,
                          .h_px = 720,
                          .fps = 24,
                          .n_hold = 0,
                          .from_s = 0,
                          .to_s = NAN,
                          .look = "broadcast",
                          .overlays = true,
                          .venue = hm_venue_opts_default(),
                          .n_thread = 1};
}

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the film");
}

/* How many frames lie in [from, to) of the film. */
static hm_status span(hm_show *s, hm_err *err)
{
    double end_s = s->film->duration_s, from_s = s->opts.from_s;
    double to_s = isnan(s->opts.to_s) || s->opts.to_s > end_s ? end_s : s->opts.to_s;
    if (!(from_s >= 0) || !(from_s < to_s))
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--from",
                          "expected 0 <= from < to <= %.2f s, the film's length; found %g to %g",
                          end_s, from_s, to_s);
    s->n_frame = (int64_t)ceil((to_s - from_s) * s->opts.fps - 1e-6);
    return HM_OK;
}

static hm_status start_worker(hm_show *s, int i, hm_err *err)
{
    const hm_show_opts *o = &s->opts;
    drawing_hand *hand = &s->hand[i];
    hand->worker = i;
    hm_arena_init(&hand->scratch, 4 << 20);
    hand->raster = hm_raster_new(o->w_px, o->h_px, o->share_picture ? o->n_thread : 1);
    int32_t stride = (4 * o->w_px + 63) & ~63;
    hand->pic = (hm_picture){o->w_px, o->h_px, stride,
                             hm_arena_push(&s->arena, (size_t)stride, (size_t)o->h_px)};
    return hand->raster && hand->pic.rgbx ? HM_OK : no_memory(err);
}

/* What nobody asked for is as the look wants it. */
static hm_status take_wishes(hm_show *s, hm_err *err)
{
    hm_show_opts *o = &s->opts;
    const hm_look *look;
    HM_TRY(hm_look_get(o->look, &look, err));
    hm_look_wish wish = hm_look_wish_of(look);
    if (o->n_hold == 0)
        o->n_hold = wish.n_hold;
    if (o->venue.kind == HM_VENUE_AUTO)
        o->venue.kind = wish.venue;
    if (o->venue.hour == HM_HOUR_AUTO)
        o->venue.hour = wish.hour;
    s->sound_opts = hm_sound_opts_default();
    hm_look_sound(look, o->look_own, &s->sound_opts);
    if (o->space != HM_SPACE_AUTO)
        s->sound_opts.space = o->space;
    return HM_OK;
}

static hm_status prepare(hm_show *s, hm_err *err)
{
    HM_TRY(take_wishes(s, err));
    HM_TRY(span(s, err));
    const hm_show_opts *o = &s->opts;
    HM_TRY(hm_venue_build(s->race, &o->venue, &s->arena, &s->venue, err));
    s->drawing = (drawing_set){.race = s->race,
                               .film = s->film,
                               .venue = &s->venue,
                               .letters = o->letters,
                               .skins = o->skins};
    const look_film frames = {.w_px = o->w_px, .h_px = o->h_px, .fps = o->fps, .n_hold = o->n_hold};
    s->n_worker = o->share_picture ? 1 : o->n_thread;
    HM_TRY(drawing_begin(&s->drawing, o->look, o->look_own, &frames, s->n_worker, o->n_thread,
                         &s->arena, err));
    const hm_overlay_opts graphics = {.w_px = o->w_px,
                                      .h_px = o->h_px,
                                      .credits = o->credits,
                                      .letters = o->letters,
                                      .burn = o->burn && o->n_text > 0 ? &o->text[0] : NULL};
    if (o->overlays)
        HM_TRY(hm_overlay_new(s->film, s->race, &graphics, &s->arena, &s->notes, &s->overlay, err));
    s->hand = HM_PUSH(&s->arena, drawing_hand, s->n_worker);
    if (!s->hand)
        return no_memory(err);
    for (int i = 0; i < s->n_worker; i++)
        HM_TRY(start_worker(s, i, err));
    return HM_OK;
}

hm_status hm_show_new(const hm_race *race, const hm_film *film, const hm_show_opts *opts,
                      hm_show **show, hm_err *err)
{
    HM_ASSERT(opts->cookie == SHOW_COOKIE && opts->n_thread >= 1 && opts->n_hold >= 0);
    hm_arena arena;
    hm_arena_init(&arena, 1 << 20);
    hm_show *s = HM_PUSH(&arena, hm_show, 1);
    if (!s)
        return no_memory(err);
    *s = (hm_show){.arena = arena, .race = race, .film = film, .opts = *opts};
    hm_status status = prepare(s, err);
    if (status == HM_OK)
        *show = s;
    else
        hm_show_destroy(s);
    return status;
}

void hm_show_destroy(hm_show *s)
{
    if (!s)
        return;
    for (int i = 0; s->hand && i < s->n_worker; i++) {
        hm_raster_destroy(s->hand[i].raster);
        if (s->hand[i].scratch.block_bytes)
            hm_arena_free(&s->hand[i].scratch);
    }
    drawing_end(&s->drawing);
    hm_overlay_destroy(s->overlay);
    hm_arena arena = s->arena; /* the show lives in it */
    hm_arena_free(&arena);
}

const hm_notes *hm_show_notes(const hm_show *s)
{
    return &s->notes;
}

int64_t hm_show_frame_count(const hm_show *s)
{
    return s->n_frame;
}

show_parts show_parts_of(const hm_show *s)
{
    return (show_parts){&s->opts,   s->race,    s->film,    &s->drawing,
                        s->overlay, s->n_frame, s->n_worker};
}

drawing_hand *show_hand(hm_show *s, int worker)
{
    HM_ASSERT(worker >= 0 && worker < s->n_worker);
    return &s->hand[worker];
}

hm_mocap hm_show_mocap(const hm_show *s)
{
    const hm_show_opts *o = &s->opts;
    return (hm_mocap){.race = s->race,
                      .film = s->film,
                      .cast = &s->drawing.look[0].cast,
                      .from_s = o->from_s,
                      .to_s = o->from_s + (double)s->n_frame / o->fps,
                      .w_px = o->w_px,
                      .h_px = o->h_px};
}

double hm_show_film_s(const hm_show *s, int64_t frame)
{
    return s->opts.from_s + (double)(frame - frame % s->opts.n_hold) / s->opts.fps;
}

hm_status hm_show_warm(hm_show *s, bool *warm, hm_err *err)
{
    return drawing_warm(&s->drawing, warm, err);
}

hm_status hm_show_draw_from(hm_show *s, int worker, double film_t_s, const hm_camera *camera,
                            const hm_picture **pic, hm_err *err)
{
    HM_ASSERT(worker >= 0 && worker < s->n_worker);
    drawing_hand *hand = &s->hand[worker];
    hm_arena_mark mark = hm_arena_mark_get(&hand->scratch);
    double per_s = (double)s->opts.fps / s->opts.n_hold;
    int64_t number = (int64_t)floor(film_t_s * per_s + 1e-6);
    hm_moment m;
    hm_film_at(s->film, s->race, film_t_s, &m);
    hm_status status = HM_OK;
    if (camera)
        m.camera = *camera;
    if (m.shot->plain && !camera)
        hm_overlay_ground(m.shot->look && m.shot->look[0] ? m.shot->look : s->film->look,
                          &hand->pic);
    else
        status = drawing_draw(&s->drawing, hand, number, &m, err);
    hm_arena_release(&hand->scratch, mark);
    if (status != HM_OK)
        return status;
    if (s->overlay && !(m.shot->plain && camera))
        hm_overlay_draw(s->overlay, &m, &hand->pic);
    *pic = &hand->pic;
    return HM_OK;
}

hm_status hm_show_draw_at(hm_show *s, int worker, double film_t_s, const hm_picture **pic,
                          hm_err *err)
{
    return hm_show_draw_from(s, worker, film_t_s, NULL, pic, err);
}

hm_status hm_show_draw(hm_show *s, int worker, int64_t frame, const hm_picture **pic, hm_err *err)
{
    return hm_show_draw_at(s, worker, hm_show_film_s(s, frame), pic, err);
}

bool show_again(const hm_show *s, int64_t frame)
{
    return frame % s->opts.n_hold != 0;
}

static hm_status draw_frame(void *ctx, int worker, int64_t frame, const hm_picture **pic,
                            hm_err *err)
{
    return hm_show_draw(ctx, worker, frame, pic, err);
}

static bool again(void *ctx, int64_t frame)
{
    return show_again(ctx, frame);
}

static stage_frames frames_of(hm_show *s)
{
    HM_ASSERT(!s->opts.share_picture);
    return (stage_frames){.n_frame = s->n_frame,
                          .w_px = s->opts.w_px,
                          .h_px = s->opts.h_px,
                          .fps = s->opts.fps,
                          .n_worker = s->n_worker,
                          .refuse_flashes = s->opts.refuse_flashes,
                          .flashes = &s->flashes,
                          .ctx = s,
                          .draw = draw_frame,
                          .again = again};
}

void hm_show_kept(const hm_show *s, int64_t *n_kept, int64_t *n_segment)
{
    *n_kept = s->n_kept;
    *n_segment = s->n_segment;
}

const hm_flash_report *hm_show_flashes(const hm_show *s)
{
    return &s->flashes;
}

hm_status hm_show_hash(hm_show *s, hm_encode_progress_fn *progress, void *ctx, uint64_t *hash,
                       hm_err *err)
{
    stage_frames f = frames_of(s);
    return frames_hash(&f, progress, ctx, hash, err);
}

/* Frames of a show from one of them on. */
typedef struct part {
    hm_show *show;
    int64_t from;
} part;

static hm_status draw_of_part(void *ctx, int worker, int64_t frame, const hm_picture **pic,
                              hm_err *err)
{
    const part *p = ctx;
    return hm_show_draw(p->show, worker, p->from + frame, pic, err);
}

static bool again_in_part(void *ctx, int64_t frame)
{
    const part *p = ctx;
    return frame > 0 && show_again(p->show, p->from + frame);
}

hm_status hm_show_hash_part(hm_show *s, int64_t from, int64_t to, uint64_t *hash, hm_err *err)
{
    HM_ASSERT(from >= 0 && from < to && to <= s->n_frame);
    part p = {s, from};
    stage_frames f = frames_of(s);
    f.n_frame = to - from;
    f.ctx = &p;
    f.draw = draw_of_part;
    f.again = again_in_part;
    return frames_hash(&f, NULL, NULL, hash, err);
}

void show_listen(const hm_film *film, const hm_race *race, int32_t fps, double from_s, int64_t n,
                 hm_listener ear[])
{
    for (int64_t k = 0; k < n; k++) {
        hm_moment m;
        hm_film_at(film, race, from_s + (double)k / fps, &m);
        ear[k] = hm_listener_of(m.film_t_s, m.race_t_s, &m.camera, m.i_shot);
    }
}

hm_status hm_show_sound(hm_show *s, const hm_show_music *music, const char *beside,
                        hm_encode_progress_fn *progress, void *ctx, hm_sound **sound, hm_err *err)
{
    hm_arena scratch;
    hm_arena_init(&scratch, 1 << 20);
    hm_listener *ear = HM_PUSH(&scratch, hm_listener, s->n_frame);
    if (!ear)
        return no_memory(err);
    show_listen(s->film, s->race, s->opts.fps, s->opts.from_s, s->n_frame, ear);
    hm_sound_opts o = s->sound_opts;
    o.set_s = HM_SET_S;
    o.n_thread = s->opts.n_thread;
    o.score = music->score;
    o.soundfont = music->soundfont;
    o.progress = progress;
    o.progress_ctx = ctx;
    const drawing_look *look = &s->drawing.look[0];
    hm_status status = HM_OK;
    if (look->look->hear)
        status = look->look->hear(&look->film, &scratch, &o, err);
    if (status == HM_OK)
        status = hm_sound_new(s->race, s->n_frame, ear, &o, beside, sound, err);
    hm_arena_free(&scratch);
    return status;
}

/* The text tracks of the part that is filmed. */
static hm_status cut_texts(const hm_show *s, hm_arena *arena, hm_text_track cut[HM_TEXT_TRACK_MAX],
                           hm_err *err)
{
    double from_s = s->opts.from_s, to_s = from_s + (double)s->n_frame / s->opts.fps;
    HM_ASSERT(s->opts.n_text >= 0 && s->opts.n_text <= HM_TEXT_TRACK_MAX);
    for (int32_t i = 0; i < s->opts.n_text; i++)
        HM_TRY(hm_text_track_cut(&s->opts.text[i], from_s, to_s, arena, &cut[i], err));
    return HM_OK;
}

hm_status hm_show_film(hm_show *s, const hm_encode_opts *encode, const char *path,
                       hm_encode_progress_fn *progress, void *ctx, hm_err *err)
{
    stage_frames f = frames_of(s);
    hm_text_track text[HM_TEXT_TRACK_MAX];
    HM_TRY(cut_texts(s, &s->arena, text, err));
    frames_film film = {.encode = encode,
                        .title = s->race->meet,
                        .n_text = s->opts.n_text,
                        .text = text,
                        .progress = progress,
                        .progress_ctx = ctx};
    hm_encode_cache cache = {.dir = s->opts.cache.dir, .most_bytes = s->opts.cache.most_bytes};
    if (cache.dir) {
        uint64_t *frame = HM_PUSH(&s->arena, uint64_t, s->n_frame);
        if (!frame)
            return no_memory(err);
        HM_TRY(show_frame_keys(s, s->opts.cache.program, encode, s->n_frame, frame, err));
        cache.key = stage_segment_keys(s->n_frame, frame, &s->arena);
        if (!cache.key)
            return no_memory(err);
        film.cache = &cache;
    }
    const hm_show_music music = {s->opts.score, s->opts.soundfont};
    HM_TRY(hm_show_sound(s, &music, path, NULL, NULL, &film.sound, err));
    hm_status status = frames_encode(&f, &film, path, err);
    hm_sound_destroy(film.sound);
    s->n_segment = cache.n_segment;
    s->n_kept = cache.n_kept;
    return status;
}

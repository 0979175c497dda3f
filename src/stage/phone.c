#include "stage/phone.h"

#include "frames_priv.h"
#include "phone_priv.h"

#include <math.h>
#include <string.h>

/* ---- options ---- */

static const char *const places[] = {"finish", "side", "custom", NULL};
static const char *const stands[] = {"infield", "outside", NULL};
static const char *const kits[] = {"own", "track", NULL};
static const char *const readouts[] = {"down", "up", "right", "left", NULL};

#define FIELD(name, type) #name, offsetof(hm_phone_opts, name), HM_OPTION_##type

static const hm_option rows[] = {
    {FIELD(place, WORD), "", HM_PHONE_FINISH, 0, 0, places,
     "finish: in the extension of the finish line; side: square to the track; custom: finish until "
     "told otherwise.",
     ""},
    {FIELD(stand, WORD), "", HM_PHONE_INFIELD, 0, 0, stands,
     "Beside lane 1 (infield) or beyond the last lane.", ""},
    {FIELD(x_m, DOUBLE), "m", NAN, -50, 150, NULL,
     "Where it stands along the run (finish: 100, side: 40).", ""},
    {FIELD(distance_m, DOUBLE), "m", NAN, 1, 100, NULL,
     "From the nearest lane's edge (finish: 14, side: 15).", ""},
    {FIELD(height_m, DOUBLE), "m", NAN, 0.1, 40, NULL,
     "Of the lens over the track (finish: 8, side: 1.7).", ""},
    {FIELD(yaw_deg, DOUBLE), "deg", 0, -89, 89, NULL,
     "Turned from square to the track, + the way the runners go.", ""},
    {FIELD(pitch_deg, DOUBLE), "deg", NAN, -80, 80, NULL,
     "Above the horizon; default: lanes in the middle.", ""},
    {FIELD(roll_deg, DOUBLE), "deg", 0, -45, 45, NULL, "Leaning to its right.", ""},
    {FIELD(hfov_deg, DOUBLE), "deg", NAN, 4, 120, NULL,
     "Field of view across the picture (finish: 38, side: 50).", ""},
    {FIELD(k1, DOUBLE), "", 0, -0.6, 0.6, NULL, "Lens: r seen = r (1 + k1 r^2 + k2 r^4).", ""},
    {FIELD(k2, DOUBLE), "", 0, -0.6, 0.6, NULL, "See k1; r in focal lengths.", ""},
    {FIELD(fps, DOUBLE), "1/s", NAN, 5, 1000, NULL, "Images a second (finish: 240, side: 60).", ""},
    {FIELD(shutter_s, DOUBLE), "s", NAN, 1e-5, 0.2, NULL,
     "Exposure of a row (default 0.001, at most the interval).", ""},
    {FIELD(readout_s, DOUBLE), "s", NAN, 0, 0.1, NULL,
     "From first row to last; 0 = all at once (default 0.009, at most 0.9 of the interval).", ""},
    {FIELD(readout, WORD), "", HM_READOUT_DOWN, 0, 0, readouts,
     "Which way rows or columns are read.", ""},
    {FIELD(vary_frac, DOUBLE), "", 0, 0, 0.5, NULL, "Intervals vary by this share.", ""},
    {FIELD(drop_frac, DOUBLE), "", 0, 0, 0.9, NULL, "Share of images that are lost.", ""},
    {FIELD(jitter_s, DOUBLE), "s", 0, 0, 0.05, NULL, "Stamps are wrong by up to this.", ""},
    {FIELD(start_offset_s, DOUBLE), "s", 0, 0, 100, NULL, "Stamp of the first image.", ""},
    {FIELD(play_fps, DOUBLE), "1/s", NAN, 1, 1000, NULL,
     "Stamps as if taken so fast: slow motion, without sound.", ""},
    {FIELD(tick_hz, INT), "1/s", 90000, 30, 1000000, NULL, "Stamps are multiples of 1 / this.", ""},
    {FIELD(noise_frac, DOUBLE), "", 0.015, 0, 0.3, NULL, "Noise against full contrast.", ""},
    {FIELD(exposure_drift_frac, DOUBLE), "", 0, 0, 0.5, NULL, "How far the light wanders.", ""},
    {FIELD(flicker_frac, DOUBLE), "", 0, 0, 0.9, NULL, "Flicker of lamps.", ""},
    {FIELD(flicker_hz, DOUBLE), "Hz", 100, 10, 1000, NULL, "Of that flicker.", ""},
    {FIELD(shake_px, DOUBLE), "px", 0, 0, 40, NULL, "RMS of a hand's unrest.", ""},
    {FIELD(rain_frac, DOUBLE), "", 0, 0, 2, NULL, "Rain before the lens.", ""},
    {FIELD(only_lane, INT), "", 0, 0, HM_LANE_MAX, NULL,
     "Only the runner of this lane is there, as in training; 0 = all.", ""},
    {FIELD(kit, WORD), "", HM_PHONE_KIT_OWN, 0, 0, kits,
     "Kit of all in the colour of the track: hard to tell from it.", ""},
    {FIELD(crf, INT), "", 23, 0, 51, NULL, "x264 quality, 0 best.", ""},
    {FIELD(marks, BOOL), "", 1, 0, 1, NULL, "Tape on lane lines and poles at the gates.", ""},
    {FIELD(furniture, BOOL), "", 0, 0, 1, NULL,
     "Officials, rails and blocks, which may stand in the way.", ""},
    {FIELD(gate_m, DOUBLE), "m", 5, 1, 50, NULL, "A gate every so many metres.", ""},
    {FIELD(sound, BOOL), "", 1, 0, 1, NULL, "A sound track.", ""},
    {FIELD(gun, BOOL), "", 0, 0, 1, NULL, "Begin before the gun.", ""},
    {FIELD(gun_distance_m, DOUBLE), "m", NAN, 0.5, 400, NULL,
     "From the gun to the microphone (default: as the phone stands).", ""},
    {FIELD(temp_c, DOUBLE), "deg C", NAN, -30, 50, NULL, "Of the air (default: the race's).", ""},
    {FIELD(echo, BOOL), "", 1, 0, 1, NULL, "Stands give the gun back.", ""},
    {FIELD(crowd_frac, DOUBLE), "", 0.1, 0, 1, NULL, "How loud the crowd is.", ""},
    {FIELD(av_offset_s, DOUBLE), "s", 0, -1, 1, NULL, "Sound minus picture, of one instant.", ""},
    {FIELD(sound_noise_frac, DOUBLE), "", 0.002, 0, 0.5, NULL, "Hiss against full scale.", ""},
    {FIELD(seed, SEED), "", 1, 0, 0, NULL, "Of all that is random in the clip.", ""},
};
enum { N_ROW = sizeof rows / sizeof *rows };
_Static_assert(sizeof(hm_phone_opts) == 37 * 8, "a row for each field");

const hm_option_table hm_phone_table = {"phone", sizeof(hm_phone_opts), N_ROW, rows};

/* ---- what the place wants ---- */

static void take(double *value, double standard)
{
    *value = isnan(*value) ? standard : *value;
}

static void resolve(hm_phone_opts *o)
{
    bool side = o->place == HM_PHONE_SIDE;
    take(&o->x_m, side ? 40 : 100);
    take(&o->distance_m, side ? 15 : 14);
    take(&o->height_m, side ? 1.7 : 8);
    take(&o->hfov_deg, side ? 50 : 38);
    take(&o->fps, side ? 60 : 240);
    take(&o->shutter_s, fmin(0.001, 1 / o->fps));
    take(&o->readout_s, fmin(0.009, 0.9 / o->fps));
}

/* ---- making ready ---- */

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, "phone", 0, 0, NULL, "no memory");
}

/* A kit in the colour of the track. */
static void track_kit(const void *own, const hm_player *player, hm_costume *c)
{
    (void)own;
    (void)player;
    const hm_rgb tartan = {0.66f, 0.27f, 0.20f};
    c->main_rgb = c->second_rgb = c->trim_rgb = c->shorts_rgb = tartan;
    c->pattern = HM_PATTERN_PLAIN;
}

/* How fast anything can go over the picture, and how high bodies stand in it. */
static void set_scale(hm_phone *p)
{
    const double limb_mps = 22; /* a foot swings at nearly twice the speed of a runner (own) */
    double near_m = INFINITY;
    for (int32_t i = 0; i < p->race->n_lane; i++) {
        double inner_m = (p->race->lane[i].lane - 1) * 1.22;
        double beyond = (p->venue.n_lane - 1) * 1.22 - inner_m;
        if (!p->cast.player[i].absent)
            near_m =
                fmin(near_m, p->o.distance_m + (p->o.stand == HM_PHONE_INFIELD ? inner_m : beyond));
    }
    near_m = isinf(near_m) ? 20 : fmax(near_m, 1.5);
    p->speed_pxps = limb_mps * p->cam.f_px / near_m;
    double n = ceil(p->o.shutter_s * p->speed_pxps / 0.5);
    p->n_sub = n < 1 ? 1 : n > 64 ? 64 : (int32_t)n;
    p->detail = 1.8 * p->cam.f_px / near_m > 520 ? HM_DETAIL_NEAR : HM_DETAIL_MIDDLE;
}

/* First and last time of anybody at a place; false = nobody gets there. */
static bool times_at(const hm_phone *p, double x_m, double *first, double *last)
{
    bool any = false;
    for (int32_t i = 0; i < p->cast.n_player; i++) {
        const hm_player *pl = &p->cast.player[i];
        double t = pl->absent ? -1 : hm_curve_time_s(&pl->lane->curve, x_m);
        if (t < 0)
            continue;
        *first = any ? fmin(*first, t) : t;
        *last = any ? fmax(*last, t) : t;
        any = true;
    }
    return any;
}

/* What of the lanes the picture sees along the run. */
static void seen_span(const hm_phone *p, double *lo_m, double *hi_m)
{
    *lo_m = INFINITY, *hi_m = -INFINITY;
    enum { NU = 20, NV = 400 }; /* from low, lanes are few rows */
    for (int i = 0; i <= NU; i++)
        for (int k = 0; k <= NV; k++) {
            double at[3], u = p->cam.w_px * (double)i / NU, v = p->cam.h_px * (double)k / NV;
            if (!phone_ground(&p->cam, u, v, at) || at[1] < 0 || at[1] > p->venue.n_lane * 1.22)
                continue;
            *lo_m = fmin(*lo_m, at[0]);
            *hi_m = fmax(*hi_m, at[0]);
        }
}

/* Race time that the clip covers. */
static hm_status span(const hm_phone *p, double *from_s, double *to_s, hm_err *err)
{
    double lo_m, hi_m, first = 0, last = 0, more = 0;
    bool side = p->o.place == HM_PHONE_SIDE;
    seen_span(p, &lo_m, &hi_m);
    double at_m = side ? fmax(lo_m, 0) : 100;
    if (!(lo_m < hi_m))
        return hm_err_set(err, HM_ERR_USAGE, "phone", 0, 0, "place",
                          "the camera does not see the lanes");
    bool any = times_at(p, fmin(at_m, 100), &first, &last);
    *from_s = side ? first - 0.3 : first - 0.6;
    *to_s = side && times_at(p, fmin(hi_m, 100), &more, &last) ? last + 0.3 : last + 0.6;
    if (p->o.gun)
        *from_s = -1;
    *from_s = isnan(p->film.from_s) ? *from_s : p->film.from_s;
    *to_s = isnan(p->film.to_s) ? *to_s : p->film.to_s;
    if (!any && (isnan(p->film.from_s) || isnan(p->film.to_s)))
        return hm_err_set(err, HM_ERR_USAGE, "phone", 0, 0, "--from",
                          "nobody gets to %g m: say --from and --to", at_m);
    return HM_OK;
}

/* On which sides of the drawn picture a corner lies; behind the lens: on none, so that it stays. */
static unsigned sides_of(const phone_camera *c, hm_vec3 a)
{
    const double q[3] = {(double)a.x - c->eye_m[0], (double)a.y - c->eye_m[1],
                         (double)a.z - c->eye_m[2]};
    double x = 0, y = 0, z = 0, wide = 0.5 * c->draw_w / c->f_px, high = 0.5 * c->draw_h / c->f_px;
    for (int i = 0; i < 3; i++) {
        x += q[i] * c->right[i];
        y += q[i] * c->up[i];
        z += q[i] * c->fwd[i];
    }
    return (x > wide * z ? 1u : 0) | (x < -wide * z ? 2u : 0) | (y > high * z ? 4u : 0) |
           (y < -high * z ? 8u : 0) | (z < 0 ? 16u : 0);
}

/* The camera stands still: what it never sees need not be looked at in every image. Triangles that
 * lie beyond one side of the picture go, but for those that may throw a shadow into it. */
static hm_status leave_out_unseen(hm_phone *p, hm_object *o, hm_err *err)
{
    if (o->flags & HM_OBJECT_SHADOW)
        return HM_OK;
    int32_t(*tri)[3] = hm_arena_push(&p->arena, (size_t)o->n_tri + 1, sizeof *tri);
    uint8_t *part = HM_PUSH(&p->arena, uint8_t, o->n_tri + 1);
    int32_t n = 0;
    if (!tri || !part)
        return no_memory(err);
    for (int32_t i = 0; i < o->n_tri; i++) {
        unsigned beyond = ~0u;
        for (int c = 0; c < 3; c++)
            beyond &= sides_of(&p->cam, o->pos_m[o->tri[i][c]]);
        if (beyond)
            continue;
        memcpy(tri[n], o->tri[i], sizeof *tri);
        part[n++] = o->part ? o->part[i] : 0;
    }
    o->tri = (const int32_t(*)[3])tri;
    o->part = part;
    o->n_tri = n;
    return HM_OK;
}

static hm_status build_place(hm_phone *p, hm_err *err)
{
    hm_object tape;
    double place_s = p->clock.race_zero_s;
    hm_object *objects = HM_PUSH(&p->arena, hm_object, p->venue.n_object + 1);
    if (!objects)
        return no_memory(err);
    HM_TRY(hm_venue_at(&p->venue, p->race, place_s, p->cam.drawn.eye_m, &p->arena, objects, err));
    HM_TRY(phone_marks_build(p, &p->arena, &tape, &p->truth.marks, err));
    p->object = objects;
    for (int32_t i = 0; i < p->venue.n_object; i++) {
        bool near = objects[i].flags & HM_OBJECT_INK;
        if (near && !p->o.furniture)
            continue; /* nobody films from behind officials and tripods */
        objects[p->n_object] = objects[i];
        objects[p->n_object].flags &= ~(uint32_t)HM_OBJECT_INK;
        HM_TRY(leave_out_unseen(p, &objects[p->n_object++], err));
    }
    if (tape.n_tri > 0)
        objects[p->n_object++] = tape;
    return HM_OK;
}

/* In training one runs alone: all others are gone, from the picture and from what is heard. */
static hm_status keep_lane(hm_phone *p, hm_err *err)
{
    int32_t only = p->o.only_lane, n = 0;
    p->aired = *p->race;
    if (only == 0)
        return HM_OK;
    p->aired.n_lane = 0;
    for (int32_t i = 0; i < p->cast.n_player; i++) {
        hm_player *pl = &p->cast.player[i];
        pl->absent |= pl->lane->lane != only;
        n += !pl->absent;
        if (!pl->absent) {
            p->aired.lane = &p->race->lane[i];
            p->aired.n_lane = 1;
        }
    }
    return n > 0 ? HM_OK
                 : hm_err_set(err, HM_ERR_USAGE, "phone", 0, 0, "only_lane",
                              "nobody runs in lane %d", only);
}

static hm_status prepare(hm_phone *p, hm_err *err)
{
    const hm_phone_film *f = &p->film;
    const hm_cast_change kit = {.costume = track_kit};
    double from_s = 0, to_s = 0;
    if (f->w_px < 32 || f->h_px < 32 || f->w_px % 2 || f->h_px % 2)
        return hm_err_set(err, HM_ERR_USAGE, "phone", 0, 0, "--size",
                          "expected even sides of 32 or more, found %dx%d", f->w_px, f->h_px);
    HM_TRY(hm_option_check(&hm_phone_table, &p->o, err));
    resolve(&p->o);
    HM_TRY(hm_venue_build(p->race, &f->venue, &p->arena, &p->venue, err));
    p->map_pad_px = (int32_t)ceil(4 * p->o.shake_px) + 1;
    HM_TRY(
        phone_camera_make(&p->o, p->venue.n_lane, f->w_px, f->h_px, p->map_pad_px, &p->cam, err));
    HM_TRY(hm_cast_build(p->race, p->o.kit == HM_PHONE_KIT_TRACK ? &kit : NULL, f->n_thread,
                         &p->arena, &p->cast, err));
    HM_TRY(keep_lane(p, err));
    set_scale(p);
    HM_TRY(span(p, &from_s, &to_s, err));
    HM_TRY(phone_clock_make(&p->o, from_s, to_s, &p->arena, &p->clock, err));
    p->aired.temp_c = isnan(p->o.temp_c) ? p->race->temp_c : p->o.temp_c;
    p->gun_distance_m =
        isnan(p->o.gun_distance_m) ? phone_gun_distance_m(&p->cam) : p->o.gun_distance_m;
    HM_TRY(build_place(p, err));
    HM_TRY(phone_truth_make(p, err));
    p->n_worker = f->n_thread;
    return phone_expose_begin(p, err);
}

hm_status hm_phone_new(const hm_race *race, const hm_phone_opts *opts, const hm_phone_film *film,
                       hm_phone **phone, hm_err *err)
{
    hm_arena arena;
    hm_arena_init(&arena, 1 << 20);
    hm_phone *p = HM_PUSH(&arena, hm_phone, 1);
    if (!p)
        return no_memory(err);
    p->arena = arena;
    p->race = race;
    p->o = *opts;
    p->film = *film;
    if (film->venue.hour == HM_HOUR_AUTO)
        p->film.venue.hour = HM_HOUR_DAY;
    hm_status status = prepare(p, err);
    if (status == HM_OK)
        *phone = p;
    else
        hm_phone_destroy(p);
    return status;
}

void hm_phone_destroy(hm_phone *p)
{
    if (!p)
        return;
    for (int i = 0; p->hand && i < p->n_worker; i++) {
        hm_raster_destroy(p->hand[i].raster);
        hm_arena_free(&p->hand[i].scratch);
    }
    hm_arena arena = p->arena; /* p lies in it */
    hm_arena_free(&arena);
}

hm_status hm_phone_truth(hm_phone *p, const char *clip, const hm_clip_truth **truth, hm_err *err)
{
    const char *name = hm_arena_text(&p->arena, clip);
    if (!name)
        return no_memory(err);
    p->truth.clip = name;
    p->truth.marks.clip = name;
    *truth = &p->truth;
    return HM_OK;
}

int64_t hm_phone_frame_count(const hm_phone *p)
{
    return p->clock.n_frame;
}

hm_status hm_phone_draw(hm_phone *p, int worker, int64_t frame, const hm_picture **pic, hm_err *err)
{
    HM_ASSERT(worker >= 0 && worker < p->n_worker && frame >= 0 && frame < p->clock.n_frame);
    phone_hand *h = &p->hand[worker];
    hm_arena_mark mark = hm_arena_mark_get(&h->scratch);
    hm_status status = phone_expose(p, h, frame, err);
    hm_arena_release(&h->scratch, mark);
    HM_TRY(status);
    phone_develop(p, h, frame);
    *pic = &h->pic;
    return HM_OK;
}

/* ---- the clip ---- */

static hm_status draw(void *ctx, int worker, int64_t frame, const hm_picture **pic, hm_err *err)
{
    return hm_phone_draw(ctx, worker, frame, pic, err);
}

static bool never_again(void *ctx, int64_t frame)
{
    (void)ctx;
    (void)frame;
    return false;
}

/* Nobody holds a phone's clip against the rules of flashing: its flicker is a defect on purpose. */
static stage_frames frames_of(hm_phone *p, hm_flash_report *flashes)
{
    return (stage_frames){.n_frame = p->clock.n_frame,
                          .w_px = p->film.w_px,
                          .h_px = p->film.h_px,
                          .fps = (int32_t)ceil(p->o.fps),
                          .n_worker = p->n_worker,
                          .flashes = flashes,
                          .ctx = p,
                          .draw = draw,
                          .again = never_again};
}

hm_status hm_phone_hash(hm_phone *p, hm_encode_progress_fn *progress, void *ctx, uint64_t *hash,
                        hm_err *err)
{
    hm_flash_report flashes = {0};
    stage_frames f = frames_of(p, &flashes);
    return frames_hash(&f, progress, ctx, hash, err);
}

hm_status hm_phone_write(hm_phone *p, const char *path, hm_encode_progress_fn *progress, void *ctx,
                         hm_err *err)
{
    hm_flash_report flashes = {0};
    stage_frames f = frames_of(p, &flashes);
    hm_encode_opts encode = hm_encode_opts_default();
    encode.w_px = p->film.w_px, encode.h_px = p->film.h_px;
    encode.fps = f.fps;
    encode.crf = p->o.crf;
    encode.n_thread = p->film.n_thread;
    phone_hearing hearing = {.n_sample = 0};
    if (p->o.sound && p->clock.play_frac == 1)
        HM_TRY(phone_sound_make(p, &p->arena, &hearing, err));
    frames_film film = {.encode = &encode,
                        .n_listen = hearing.n_sample,
                        .listen = phone_listen,
                        .listen_ctx = &hearing,
                        .title = "",
                        .stamp = p->clock.stamp,
                        .stamp_hz = p->o.tick_hz,
                        .progress = progress,
                        .progress_ctx = ctx};
    return frames_encode(&f, &film, path, err);
}

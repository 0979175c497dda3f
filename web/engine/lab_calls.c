/* lab_calls.c - the laboratory of the page: one race is open, and what it was last changed to.
 *
 * lab.open   {race_text}             -> {bounds}; the text of a race file
 * lab.series {made}                  -> curves and fits of the race, or of what it was changed to
 * lab.change {change}                -> {effects, and the series of the changed race}; change as
 *                                       lab_change takes it
 * lab.race   {}                      -> {race}: the changed race as a race file
 * lab.photo  {made, line_hz, h_px}   -> what lab_photo tells, and pixels_at: where w_px x h_px x 4
 *                                       bytes stand in memory until the next photo
 * lab.close  {}                      -> {} */
#include "calls.h"
#include "lab.h"

#include <stdlib.h>
#include <string.h>

#include "data/race_file.h"

typedef struct lab_room {
    hm_arena base, made, photo;
    lab lab;
} lab_room;

static void close_room(void *state)
{
    lab_room *r = state;
    hm_arena_free(&r->base);
    hm_arena_free(&r->made);
    hm_arena_free(&r->photo);
    free(r);
}

static hm_status room_of(engine *e, lab_room **room, hm_err *err)
{
    *room = e->part[ENGINE_LAB].state;
    return *room ? HM_OK
                 : hm_err_set(err, HM_ERR_USAGE, "lab", 0, 0, NULL, "expected an open race");
}

static hm_status fill_room(lab_room *r, const hm_json *request, hm_err *err)
{
    const char *text;
    hm_race race;
    HM_TRY(hm_json_get_text(request, "race_text", &text, err));
    HM_TRY(hm_race_parse("race", text, strlen(text), &r->base, &race, err));
    return lab_open(&race, &r->base, &r->made, &r->lab, err);
}

hm_status lab_call_open(engine *e, const hm_json *request, hm_arena *arena, hm_json_out *answer,
                        hm_err *err)
{
    (void)arena;
    lab_room *r = calloc(1, sizeof *r);
    if (!r)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the lab");
    hm_arena_init(&r->base, 0);
    hm_arena_init(&r->made, 0);
    hm_arena_init(&r->photo, 0);
    hm_status status = fill_room(r, request, err);
    if (status != HM_OK) {
        close_room(r);
        return status;
    }
    engine_keep(e, ENGINE_LAB, r, close_room);
    lab_put_bounds(answer);
    return HM_OK;
}

hm_status lab_call_close(engine *e, const hm_json *request, hm_arena *arena, hm_json_out *answer,
                         hm_err *err)
{
    (void)request;
    (void)arena;
    (void)answer;
    (void)err;
    engine_keep(e, ENGINE_LAB, NULL, NULL);
    return HM_OK;
}

static hm_status read_made(const hm_json *request, bool *made, hm_err *err)
{
    *made = false;
    return hm_json_find(request, "made") ? hm_json_get_bool(request, "made", made, err) : HM_OK;
}

hm_status lab_call_series(engine *e, const hm_json *request, hm_arena *arena, hm_json_out *answer,
                          hm_err *err)
{
    lab_room *r;
    bool made;
    HM_TRY(room_of(e, &r, err));
    HM_TRY(read_made(request, &made, err));
    return lab_put_series(&r->lab, made, arena, answer, err);
}

hm_status lab_call_change(engine *e, const hm_json *request, hm_arena *arena, hm_json_out *answer,
                          hm_err *err)
{
    lab_room *r;
    const hm_json *change;
    HM_TRY(room_of(e, &r, err));
    HM_TRY(hm_json_get_object(request, "change", &change, err));
    HM_TRY(lab_change(&r->lab, change, err));
    lab_put_effects(&r->lab, answer);
    return lab_put_series(&r->lab, true, arena, answer, err);
}

hm_status lab_call_race(engine *e, const hm_json *request, hm_arena *arena, hm_json_out *answer,
                        hm_err *err)
{
    (void)request;
    (void)arena;
    lab_room *r;
    HM_TRY(room_of(e, &r, err));
    if (!r->lab.has_made)
        return hm_err_set(err, HM_ERR_USAGE, "lab", 0, 0, NULL, "expected a race that was changed");
    hm_race_put(answer, "race", &r->lab.made);
    return HM_OK;
}

hm_status lab_call_photo(engine *e, const hm_json *request, hm_arena *arena, hm_json_out *answer,
                         hm_err *err)
{
    (void)arena;
    lab_room *r;
    bool made;
    int64_t line_hz, h_px;
    lab_picture picture;
    HM_TRY(room_of(e, &r, err));
    HM_TRY(read_made(request, &made, err));
    HM_TRY(hm_json_get_integer(request, "line_hz", 100, 20000, &line_hz, err));
    HM_TRY(hm_json_get_integer(request, "h_px", 200, 4000, &h_px, err));
    hm_arena_free(&r->photo);
    HM_TRY(lab_photo(&r->lab, made, (int32_t)line_hz, (int32_t)h_px, &r->photo, &picture, answer,
                     err));
    hm_json_put_integer(answer, "pixels_at", (int64_t)(uintptr_t)picture.rgba);
    return HM_OK;
}

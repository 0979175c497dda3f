#include "marks.h"

#include "video/place.h"
#include "video/view.h"

#include <math.h>
#include <string.h>

#include "data/marks.h"
#include "data/track.h"
#include "io/csv.h"
#include "io/sink.h"
#include "measure/lynx.h"

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
}

/* ---- marks ---- */

static hm_status get_marks(const hm_json *in, hm_arena *arena, hm_marks *marks, hm_err *err)
{
    const char *text;
    HM_TRY(hm_json_get_text(in, "marks", &text, err));
    return hm_marks_parse("marks", text, strlen(text), arena, marks, err);
}

hm_status marks_read(engine *e, const hm_json *in, hm_arena *arena, hm_json_out *out, hm_err *err)
{
    (void)e;
    hm_marks marks;
    char *text;
    HM_TRY(get_marks(in, arena, &marks, err));
    HM_TRY(hm_marks_print(&marks, arena, &text, NULL, err));
    hm_json_put_text(out, "text", text);
    return out->status;
}

hm_status marks_fit(engine *e, const hm_json *in, hm_arena *arena, hm_json_out *out, hm_err *err)
{
    (void)e;
    hm_marks marks;
    hm_view v;
    HM_TRY(get_marks(in, arena, &marks, err));
    HM_TRY(hm_view_fit(&marks, arena, &v, err));
    hm_json_put_bool(out, "has_camera", v.has_camera);
    hm_json_put_text(out, "no_camera", v.no_camera);
    hm_json_put_number(out, "focal_px", v.focal_px);
    hm_json_put_number(out, "focal_sigma_px", v.has_camera ? v.focal_sigma_px : (double)NAN);
    hm_json_put_number(out, "centre_u_px", v.centre_u_px);
    hm_json_put_number(out, "centre_v_px", v.centre_v_px);
    hm_json_put_number(out, "k1", v.k1);
    hm_json_put_number(out, "k2", v.k2);
    hm_json_put_number(out, "rms_px", v.rms_px);
    hm_json_put_number(out, "condition", v.condition);
    hm_json_put_numbers(out, "ground", 9, v.ground);
    if (v.has_camera) {
        hm_json_put_numbers(out, "r", 9, v.r);
        hm_json_put_numbers(out, "t_m", 3, v.t_m);
    }
    hm_json_put_numbers(out, "residual_px", v.n_point, v.residual_px);
    hm_json_put_numbers(out, "residual_mm", v.n_point, v.residual_mm);
    hm_json_put_numbers(out, "leave_out_px", v.n_point, v.leave_out_px);
    return out->status;
}

/* ---- tracks ---- */

static hm_status get_track(const hm_json *in, const char *key, hm_arena *arena, hm_track *track,
                           hm_err *err)
{
    const char *text;
    HM_TRY(hm_json_get_text(in, key, &text, err));
    return hm_track_parse(key, text, strlen(text), arena, track, err);
}

static double rounded(double v, double unit)
{
    return isnan(v) ? v : round(v * unit) / unit;
}

static void put_frame(hm_json_out *out, const hm_track_frame *frame)
{
    double cell[4 * HM_POINT_COUNT];
    for (int k = 0; k < HM_POINT_COUNT; k++) {
        const hm_seen_point *p = &frame->point[k];
        double *to = cell + (ptrdiff_t)4 * k;
        to[0] = rounded((double)p->x_px, 1e3);
        to[1] = rounded((double)p->y_px, 1e3);
        to[2] = rounded((double)p->sigma_px, 1e3);
        to[3] = p->source;
    }
    hm_json_put_numbers(out, NULL, 4 * HM_POINT_COUNT, cell);
}

static void put_person(hm_json_out *out, const hm_track_person *who)
{
    hm_json_put_object(out, NULL, HM_JSON_LINE);
    hm_json_put_integer(out, "person", who->id);
    hm_json_put_integer(out, "lane", who->lane);
    hm_json_put_array(out, "time_s", HM_JSON_LINE);
    for (int32_t f = 0; f < who->n_frame; f++)
        hm_json_put_number(out, NULL, who->frame[f].time_s);
    hm_json_put_end(out);
    hm_json_put_array(out, "ambiguous", HM_JSON_LINE);
    for (int32_t f = 0; f < who->n_frame; f++)
        hm_json_put_integer(out, NULL, who->frame[f].ambiguous);
    hm_json_put_end(out);
    hm_json_put_array(out, "frames", HM_JSON_LINE);
    for (int32_t f = 0; f < who->n_frame; f++)
        put_frame(out, &who->frame[f]);
    hm_json_put_end(out);
    hm_json_put_end(out);
}

hm_status marks_track_read(engine *e, const hm_json *in, hm_arena *arena, hm_json_out *out,
                           hm_err *err)
{
    (void)e;
    hm_track track;
    HM_TRY(get_track(in, "track", arena, &track, err));
    hm_json_put_array(out, "points", HM_JSON_LINE);
    for (int k = 0; k < HM_POINT_COUNT; k++)
        hm_json_put_text(out, NULL, hm_body_point_word((hm_body_point)k));
    hm_json_put_end(out);
    hm_json_put_array(out, "persons", HM_JSON_LINE);
    for (int32_t i = 0; i < track.n_person; i++)
        put_person(out, &track.person[i]);
    hm_json_put_end(out);
    hm_json_put_notes(out, "notes", &track.notes);
    return out->status;
}

hm_status marks_track_save(engine *e, const hm_json *in, hm_arena *arena, hm_json_out *out,
                           hm_err *err)
{
    (void)e;
    hm_track track, hand;
    hm_marks marks;
    hm_view view;
    char *text;
    HM_TRY(get_track(in, "track", arena, &track, err));
    HM_TRY(get_track(in, "hand", arena, &hand, err));
    HM_TRY(hm_track_correct(&track, &hand, arena, err));
    if (hm_json_find(in, "marks")) {
        HM_TRY(get_marks(in, arena, &marks, err));
        HM_TRY(hm_view_fit(&marks, arena, &view, err));
        hm_view_place_track(&view, &marks, HM_PLACE_MISSING, &track);
    }
    HM_TRY(hm_track_print(&track, arena, &text, NULL, err));
    hm_json_put_text(out, "text", text);
    return out->status;
}

/* ---- results ---- */

typedef struct finish {
    double x_m;
    int32_t n;
    hm_mark *mark; /* (n) by time */
} finish;

static hm_status get_finish(const hm_json *in, hm_arena *arena, finish *f, hm_err *err)
{
    const hm_json *rows;
    HM_TRY(hm_json_get_number(in, "finish_x_m", 1, 1000, &f->x_m, err));
    HM_TRY(hm_json_get_array(in, "rows", &rows, err));
    if (rows->n < 1 || rows->n > HM_MARKS_LANE_MAX)
        return hm_json_refuse(rows, err, "1 to %d rows", HM_MARKS_LANE_MAX);
    f->n = rows->n;
    f->mark = HM_PUSH(arena, hm_mark, f->n);
    if (!f->mark)
        return no_memory(err);
    for (int32_t i = 0; i < f->n; i++) {
        const hm_json *row = &rows->as.item[i];
        hm_mark *m = &f->mark[i];
        const char *name;
        int64_t lane;
        double time_s;
        *m = hm_mark_default();
        HM_TRY(hm_json_get_integer(row, "lane", 1, HM_MARKS_LANE_MAX, &lane, err));
        HM_TRY(hm_json_get_text(row, "name", &name, err));
        HM_TRY(hm_json_get_number(row, "time_s", 0, 3600, &time_s, err));
        m->lane = (int32_t)lane;
        m->place = i + 1;
        m->status = HM_MARK_FINISHED;
        m->who.last_name = hm_meet_text(arena, name);
        m->time_us = llround(1e6 * time_s);
        m->time_digits = 3;
        if (!m->who.last_name)
            return no_memory(err);
    }
    return HM_OK;
}

static hm_status write_lif(const finish *f, hm_arena *arena, hm_memory *text, hm_err *err)
{
    static const char remark[] = "; measured from a clip by hecto, not judged\r\n";
    hm_sink sink = hm_sink_memory(text);
    hm_meet meet = hm_meet_default();
    hm_heat heat = hm_heat_default();
    text->arena = arena;
    heat.event = "1";
    heat.round = heat.heat = 1;
    heat.distance_m = f->x_m;
    heat.n_mark = f->n;
    heat.mark = f->mark;
    meet.n_heat = 1;
    meet.heat = &heat;
    HM_TRY(sink.put(sink.ctx, remark, sizeof remark - 1, err));
    return hm_lynx_write_lif(sink, &meet, 0, err);
}

static hm_status write_sheet(const finish *f, const char *clip, hm_arena *arena, hm_memory *text,
                             hm_err *err)
{
    static const char *const head[] = {"lane", "name", "time_s"};
    hm_sink sink = hm_sink_memory(text);
    text->arena = arena;
    const char *remark =
        hm_arena_printf(arena, "# source: measured from %s by hecto\n", hm_meet_text(arena, clip));
    if (!remark)
        return no_memory(err);
    HM_TRY(sink.put(sink.ctx, remark, strlen(remark), err));
    HM_TRY(hm_csv_put_row(sink, 3, head, err));
    for (int32_t i = 0; i < f->n; i++) {
        const hm_mark *m = &f->mark[i];
        const char *cell[3] = {hm_arena_printf(arena, "%d", m->lane), m->who.last_name,
                               hm_arena_printf(arena, "%.3f", (double)m->time_us / 1e6)};
        if (cell[1][0] == '\0')
            cell[1] = hm_arena_printf(arena, "Lane %d", m->lane);
        if (!cell[0] || !cell[1] || !cell[2])
            return no_memory(err);
        HM_TRY(hm_csv_put_row(sink, 3, cell, err));
    }
    return HM_OK;
}

hm_status marks_results(engine *e, const hm_json *in, hm_arena *arena, hm_json_out *out,
                        hm_err *err)
{
    (void)e;
    finish f;
    const char *clip;
    hm_memory sheet = {0}, lif = {0};
    HM_TRY(hm_json_get_text(in, "clip", &clip, err));
    HM_TRY(get_finish(in, arena, &f, err));
    HM_TRY(write_sheet(&f, clip, arena, &sheet, err));
    HM_TRY(write_lif(&f, arena, &lif, err));
    hm_json_put_text(out, "sheet", sheet.bytes);
    hm_json_put_text(out, "lif", lif.bytes);
    return out->status;
}

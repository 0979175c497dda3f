#include "track_priv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "io/csv.h"
#include "io/file.h"
#include "io/json.h"

static const hm_unit second[] = {{"s", 1}, {"sec", 1}, {0}};
static const hm_unit pixel[] = {{"px", 1}, {0}};
static const hm_unit metre[] = {{"m", 1}, {0}};

const hm_column track_column_row[TRACK_COLUMN_COUNT] = {
    [TRACK_TIME] = {"time_s", second, 1, {"time", "t", "zeit"}},
    [TRACK_PERSON] = {"person", NULL, 1, {"person", "id"}},
    [TRACK_LANE] = {"lane", NULL, 1, {"lane", "bahn"}},
    [TRACK_POINT] = {"point", NULL, 1, {"point", "joint", "punkt"}},
    /* bare "x" would be pixels or metres: the unit must stand there */
    [TRACK_X_PX] = {"x_px", pixel, 0, {"x", "u"}},
    [TRACK_Y_PX] = {"y_px", pixel, 0, {"y", "v"}},
    [TRACK_X_M] = {"x_m", metre, 0, {"x"}},
    [TRACK_Z_M] = {"z_m", metre, 0, {"z"}},
    [TRACK_SIGMA] = {"sigma_px", pixel, 1, {"sigma"}},
    [TRACK_SOURCE] = {"source", NULL, 1, {"source", "quelle"}},
    [TRACK_NOTE] = {"note", NULL, 1, {"note", "remark"}},
};

const char *hm_body_point_word(hm_body_point point)
{
    static const char *const word[HM_POINT_COUNT] = {
        "nose",           "eye_inner_l",     "eye_l",           "eye_outer_l",
        "eye_inner_r",    "eye_r",           "eye_outer_r",     "ear_l",
        "ear_r",          "mouth_l",         "mouth_r",         "shoulder_l",
        "shoulder_r",     "elbow_l",         "elbow_r",         "wrist_l",
        "wrist_r",        "little_finger_l", "little_finger_r", "index_finger_l",
        "index_finger_r", "thumb_l",         "thumb_r",         "hip_l",
        "hip_r",          "knee_l",          "knee_r",          "ankle_l",
        "ankle_r",        "heel_l",          "heel_r",          "toe_l",
        "toe_r"};
    return (unsigned)point < HM_POINT_COUNT ? word[point] : NULL;
}

const char *track_source_word(hm_track_source source)
{
    static const char *const word[HM_SEEN_COUNT] = {"net", "silhouette", "hand", "truth"};
    return (unsigned)source < HM_SEEN_COUNT ? word[source] : NULL;
}

hm_seen_point track_point_absent(void)
{
    return (hm_seen_point){NAN, NAN, NAN, NAN, NAN, HM_SEEN_NET};
}

/* ---- writing ---- */

enum { CELL = 32 };

static const double sigma_least_px = 1e-3; /* three decimals, and never 0 */

/* Text of v with so many decimals; "" when it is not known, and no minus before a zero. */
static const char *cell_of(double v, int decimals, char buf[CELL])
{
    buf[0] = '\0';
    if (!isfinite(v))
        return buf;
    snprintf(buf, CELL, "%.*f", decimals, v);
    if (buf[0] == '-' && !buf[strspn(buf, "-0.")])
        memmove(buf, buf + 1, strlen(buf));
    return buf;
}

static bool is_there(const hm_seen_point *p)
{
    return isfinite(p->sigma_px) && isfinite(p->x_px) && isfinite(p->y_px);
}

/* A point that a person took away must stay away. */
static bool is_told(const hm_seen_point *p)
{
    return is_there(p) || p->source == HM_SEEN_HAND;
}

static hm_status put_point(hm_sink sink, const hm_track_person *who, const hm_track_frame *frame,
                           hm_body_point point, hm_err *err)
{
    const hm_seen_point *p = &frame->point[point];
    char buf[TRACK_COLUMN_COUNT][CELL];
    bool there = is_there(p);
    snprintf(buf[TRACK_PERSON], CELL, "%d", who->id);
    snprintf(buf[TRACK_LANE], CELL, "%d", who->lane);
    const char *cell[TRACK_COLUMN_COUNT] = {
        [TRACK_TIME] = cell_of(frame->time_s, 6, buf[TRACK_TIME]),
        [TRACK_PERSON] = buf[TRACK_PERSON],
        [TRACK_LANE] = who->lane ? buf[TRACK_LANE] : "",
        [TRACK_POINT] = hm_body_point_word(point),
        [TRACK_X_PX] = cell_of(there ? p->x_px : NAN, 3, buf[TRACK_X_PX]),
        [TRACK_Y_PX] = cell_of(there ? p->y_px : NAN, 3, buf[TRACK_Y_PX]),
        [TRACK_X_M] = cell_of(there ? p->x_m : NAN, 4, buf[TRACK_X_M]),
        [TRACK_Z_M] = cell_of(there ? p->z_m : NAN, 4, buf[TRACK_Z_M]),
        [TRACK_SIGMA] =
            cell_of(there ? fmax(p->sigma_px, sigma_least_px) : (double)NAN, 3, buf[TRACK_SIGMA]),
        [TRACK_SOURCE] = track_source_word(p->source),
        [TRACK_NOTE] = frame->ambiguous ? TRACK_AMBIGUOUS : "",
    };
    return hm_csv_put_row(sink, TRACK_COLUMN_COUNT, cell, err);
}

/* Frames without any point keep a row, or they would be lost. */
static hm_status put_frame(hm_sink sink, const hm_track_person *who, const hm_track_frame *frame,
                           hm_err *err)
{
    bool any = false;
    for (int k = 0; k < HM_POINT_COUNT; k++)
        if (is_told(&frame->point[k])) {
            HM_TRY(put_point(sink, who, frame, (hm_body_point)k, err));
            any = true;
        }
    return any ? HM_OK : put_point(sink, who, frame, HM_POINT_NOSE, err);
}

static hm_status put_remarks(hm_sink sink, const hm_notes *notes, hm_err *err)
{
    for (int32_t i = 0; i < notes->n; i++) {
        HM_TRY(sink.put(sink.ctx, "# ", 2, err));
        for (const char *s = notes->text[i]; *s; s++)
            HM_TRY(sink.put(sink.ctx, *s == '\n' || *s == '\r' ? " " : s, 1, err));
        HM_TRY(sink.put(sink.ctx, "\n", 1, err));
    }
    return HM_OK;
}

static hm_status put_csv(hm_sink sink, const hm_track *track, hm_err *err)
{
    const char *head[TRACK_COLUMN_COUNT];
    for (int c = 0; c < TRACK_COLUMN_COUNT; c++)
        head[c] = track_column_row[c].name;
    HM_TRY(put_remarks(sink, &track->notes, err));
    HM_TRY(hm_csv_put_row(sink, TRACK_COLUMN_COUNT, head, err));
    for (int32_t i = 0; i < track->n_person; i++)
        for (int32_t f = 0; f < track->person[i].n_frame; f++)
            HM_TRY(put_frame(sink, &track->person[i], &track->person[i].frame[f], err));
    return HM_OK;
}

/* Pixels and metres without digits that nobody has seen. */
static double rounded(double v, double per_unit)
{
    return isfinite(v) ? round(v * per_unit) / per_unit : (double)NAN;
}

static void put_json_frame(hm_json_out *o, const hm_track_frame *frame)
{
    hm_json_put_object(o, NULL, HM_JSON_BLOCK);
    hm_json_put_number(o, "time_s", rounded(frame->time_s, 1e6));
    hm_json_put_bool(o, TRACK_AMBIGUOUS, frame->ambiguous);
    hm_json_put_object(o, "points", HM_JSON_BLOCK);
    for (int k = 0; k < HM_POINT_COUNT; k++) {
        const hm_seen_point *p = &frame->point[k];
        if (!is_told(p))
            continue;
        bool there = is_there(p);
        hm_json_put_object(o, hm_body_point_word((hm_body_point)k), HM_JSON_LINE);
        hm_json_put_optional(o, "x_px", rounded(there ? p->x_px : NAN, 1e3));
        hm_json_put_optional(o, "y_px", rounded(there ? p->y_px : NAN, 1e3));
        hm_json_put_optional(o, "x_m", rounded(there ? p->x_m : NAN, 1e4));
        hm_json_put_optional(o, "z_m", rounded(there ? p->z_m : NAN, 1e4));
        hm_json_put_optional(o, "sigma_px", rounded(there ? p->sigma_px : NAN, 1e3));
        hm_json_put_text(o, "source", track_source_word(p->source));
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
    hm_json_put_end(o);
}

static hm_status put_json(hm_sink sink, const hm_track *track, hm_err *err)
{
    hm_json_out o = hm_json_out_make(sink, err);
    hm_json_put_object(&o, NULL, HM_JSON_BLOCK);
    hm_json_put_text(&o, "format", HM_TRACK_FORMAT);
    hm_json_put_integer(&o, "version", HM_TRACK_VERSION);
    hm_json_put_array(&o, "persons", HM_JSON_BLOCK);
    for (int32_t i = 0; i < track->n_person; i++) {
        const hm_track_person *who = &track->person[i];
        hm_json_put_object(&o, NULL, HM_JSON_BLOCK);
        hm_json_put_integer(&o, "person", who->id);
        hm_json_put_integer(&o, "lane", who->lane);
        hm_json_put_array(&o, "frames", HM_JSON_BLOCK);
        for (int32_t f = 0; f < who->n_frame; f++)
            put_json_frame(&o, &who->frame[f]);
        hm_json_put_end(&o);
        hm_json_put_end(&o);
    }
    hm_json_put_end(&o);
    hm_json_put_notes(&o, "notes", &track->notes);
    hm_json_put_end(&o);
    return hm_json_finish(&o);
}

hm_status hm_track_print(const hm_track *track, hm_arena *arena, char **text, size_t *n,
                         hm_err *err)
{
    hm_memory m = {.arena = arena};
    HM_TRY(put_csv(hm_sink_memory(&m), track, err));
    *text = m.bytes;
    if (n)
        *n = m.n;
    return HM_OK;
}

hm_status hm_track_write(const char *path, const hm_track *track, hm_err *err)
{
    const char *end = strrchr(path, '.');
    hm_file f;
    HM_TRY(hm_file_create(path, &f, err));
    hm_status status = end && strcmp(end, ".json") == 0 ? put_json(hm_sink_file(&f), track, err)
                                                        : put_csv(hm_sink_file(&f), track, err);
    if (status == HM_OK)
        return hm_file_commit(&f, err);
    hm_file_abort(&f);
    return status;
}

/* ---- correcting ---- */

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Median interval of a person's frames; of a single one, a millisecond. */
static hm_status interval_of(const hm_track_person *who, hm_arena *arena, double *interval_s)
{
    int32_t n = who->n_frame - 1;
    *interval_s = 1e-3;
    if (n < 1)
        return HM_OK;
    hm_arena_mark mark = hm_arena_mark_get(arena);
    double *step_s = HM_PUSH(arena, double, n);
    if (!step_s)
        return HM_ERR_SYSTEM;
    for (int32_t i = 0; i < n; i++)
        step_s[i] = who->frame[i + 1].time_s - who->frame[i].time_s;
    qsort(step_s, (size_t)n, sizeof *step_s, by_value);
    *interval_s = step_s[n / 2];
    hm_arena_release(arena, mark);
    return HM_OK;
}

static hm_track_frame *nearest_frame(const hm_track_person *who, double time_s)
{
    int32_t lo = 0, hi = who->n_frame - 1;
    while (lo < hi) {
        int32_t mid = lo + (hi - lo) / 2;
        if (who->frame[mid].time_s < time_s)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo > 0 && time_s - who->frame[lo - 1].time_s < who->frame[lo].time_s - time_s)
        lo--;
    return &who->frame[lo];
}

/* Both of a pair set by hand in the legs: then sides are told. */
static bool tells_sides(const hm_track_frame *frame)
{
    for (int k = HM_POINT_HIP_L; k <= HM_POINT_TOE_L; k += 2)
        if (frame->point[k].source == HM_SEEN_HAND && frame->point[k + 1].source == HM_SEEN_HAND)
            return true;
    return false;
}

static hm_track_person *find_person(const hm_track *track, int32_t id)
{
    for (int32_t i = 0; i < track->n_person; i++)
        if (track->person[i].id == id)
            return &track->person[i];
    return NULL;
}

/* Every frame of a person by hand has one in the track. */
static hm_status check_person(const hm_track *track, const hm_track_person *hand, hm_arena *arena,
                              hm_err *err)
{
    const hm_track_person *who = find_person(track, hand->id);
    if (!who || who->n_frame < 1)
        return hm_err_set(err, HM_ERR_INPUT, "corrections", 0, 0, "person",
                          "expected a person of the track, found %d", hand->id);
    double interval_s;
    if (interval_of(who, arena, &interval_s) != HM_OK)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    for (int32_t f = 0; f < hand->n_frame; f++) {
        double t = hand->frame[f].time_s, nearest = nearest_frame(who, t)->time_s;
        if (!(fabs(nearest - t) <= 0.5 * interval_s + 1e-6))
            return hm_err_set(err, HM_ERR_INPUT, "corrections", 0, 0, "time_s",
                              "expected a time at which person %d is in the track, found %.6f; the "
                              "nearest is %.6f",
                              hand->id, t, nearest);
    }
    return HM_OK;
}

hm_status hm_track_correct(hm_track *track, const hm_track *hand, hm_arena *arena, hm_err *err)
{
    for (int32_t i = 0; i < hand->n_person; i++)
        HM_TRY(check_person(track, &hand->person[i], arena, err));
    for (int32_t i = 0; i < hand->n_person; i++) {
        hm_track_person *who = find_person(track, hand->person[i].id);
        if (hand->person[i].lane)
            who->lane = hand->person[i].lane;
        for (int32_t f = 0; f < hand->person[i].n_frame; f++) {
            const hm_track_frame *from = &hand->person[i].frame[f];
            hm_track_frame *to = nearest_frame(who, from->time_s);
            for (int k = 0; k < HM_POINT_COUNT; k++)
                if (from->point[k].source == HM_SEEN_HAND)
                    to->point[k] = from->point[k];
            to->ambiguous = to->ambiguous && !tells_sides(to);
        }
    }
    return HM_OK;
}

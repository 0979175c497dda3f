#include "data/clip_truth.h"

#include "file_error_priv.h"
#include "marks_priv.h"
#include "record_priv.h"

#include <math.h>
#include <string.h>

#include "io/file.h"

#define DAY_S 86400.0

static const char *const readout_word[HM_READOUT_COUNT] = {"down", "up", "right", "left"};
static const char *const foot_word[] = {"left", "right"};

static const record_row head_row[] = {
    RECORD_ROW_TEXT(hm_clip_truth, clip),
    RECORD_ROW_NUMBER(hm_clip_truth, race_zero_s, -DAY_S, DAY_S),
    RECORD_ROW_NUMBER(hm_clip_truth, play_frac, 1e-4, 1),
    RECORD_ROW_NUMBER(hm_clip_truth, gun_s, -DAY_S, DAY_S),
    RECORD_ROW_NUMBER(hm_clip_truth, gun_heard_s, -DAY_S, DAY_S),
    RECORD_ROW_NUMBER(hm_clip_truth, gun_distance_m, 0, 1000),
    RECORD_ROW_NUMBER(hm_clip_truth, temp_c, -40, 60),
    RECORD_ROW_NUMBER(hm_clip_truth, av_offset_s, -10, 10),
    RECORD_ROW_INT(hm_clip_truth, tick_hz, 1, 1000000),
};
static const record_table head_table = RECORD_TABLE(head_row);

static const record_row camera_row[] = {
    RECORD_ROW_INT(hm_truth_camera, width_px, 16, HM_MARKS_SIDE_MAX),
    RECORD_ROW_INT(hm_truth_camera, height_px, 16, HM_MARKS_SIDE_MAX),
    RECORD_ROW_NUMBER(hm_truth_camera, focal_px, 1, 1e7),
    RECORD_ROW_NUMBER(hm_truth_camera, centre_u_px, -1e6, 1e6),
    RECORD_ROW_NUMBER(hm_truth_camera, centre_v_px, -1e6, 1e6),
    RECORD_ROW_NUMBER(hm_truth_camera, k1, -2, 2),
    RECORD_ROW_NUMBER(hm_truth_camera, k2, -4, 4),
    RECORD_ROW_NUMBER(hm_truth_camera, shutter_s, 0, 10),
    RECORD_ROW_NUMBER(hm_truth_camera, readout_s, 0, 0.2),
    RECORD_ROW_CHOICE(hm_truth_camera, readout, readout_word),
};
static const record_table camera_table = RECORD_TABLE(camera_row);

static const record_row lane_row[] = {
    RECORD_ROW_INT(hm_truth_lane, lane, 1, HM_MARKS_LANE_MAX),
    RECORD_ROW_TEXT(hm_truth_lane, name),
    RECORD_ROW_NUMBER(hm_truth_lane, stature_m, 0.1, 3),
    RECORD_ROW_MAYBE(hm_truth_lane, time_s, 0, 3600),
};
static const record_table lane_table = RECORD_TABLE(lane_row);

static const record_row crossing_row[] = {
    RECORD_ROW_NUMBER(hm_truth_crossing, x_m, -1000, 1000),
    RECORD_ROW_NUMBER(hm_truth_crossing, race_s, -DAY_S, DAY_S),
    RECORD_ROW_NUMBER(hm_truth_crossing, clip_s, -DAY_S, DAY_S),
};
static const record_table crossing_table = RECORD_TABLE(crossing_row);

static const record_row contact_row[] = {
    RECORD_ROW_WORD(hm_truth_contact, foot, foot_word),
    RECORD_ROW_NUMBER(hm_truth_contact, on_s, -DAY_S, DAY_S),
    RECORD_ROW_NUMBER(hm_truth_contact, off_s, -DAY_S, DAY_S),
    RECORD_ROW_NUMBER(hm_truth_contact, x_m, -1000, 1000),
    RECORD_ROW_NUMBER(hm_truth_contact, y_m, -1000, 1000),
};
static const record_table contact_table = RECORD_TABLE(contact_row);

/* What there is one of for each image. */
typedef struct frame_row {
    const char *name;
    size_t offset; /* of a double * in hm_clip_truth */
    double lo, hi;
} frame_row;

static const frame_row frame_rows[] = {
    {"time_s", offsetof(hm_clip_truth, time_s), -DAY_S, DAY_S},
    {"stamp_tick", offsetof(hm_clip_truth, stamp_tick), -1e12, 1e12},
    {"shake_u_px", offsetof(hm_clip_truth, shake_u_px), -1e4, 1e4},
    {"shake_v_px", offsetof(hm_clip_truth, shake_v_px), -1e4, 1e4},
};
enum { N_FRAME_ROW = sizeof frame_rows / sizeof *frame_rows };

static double *frame_numbers(const hm_clip_truth *t, const frame_row *r)
{
    double *v;
    memcpy(&v, (const unsigned char *)t + r->offset, sizeof v);
    return v;
}

/* ---- checking ---- */

static hm_status check_vector(const char *name, int n, const double v[], double most, hm_err *err)
{
    for (int i = 0; i < n; i++)
        if (!(v[i] >= -most && v[i] <= most))
            return hm_err_set(err, HM_ERR_INPUT, "camera", 0, 0, name,
                              "expected numbers within +-%g, found %g", most, v[i]);
    return HM_OK;
}

static hm_status check_frames(const hm_clip_truth *t, hm_err *err)
{
    for (int k = 0; k < N_FRAME_ROW; k++)
        for (int32_t i = 0; i < t->n_frame; i++) {
            double v = frame_numbers(t, &frame_rows[k])[i];
            if (!(v >= frame_rows[k].lo && v <= frame_rows[k].hi))
                return hm_err_set(err, HM_ERR_INPUT, "frames", 0, 0, frame_rows[k].name,
                                  "image %d: out of range: %g", i, v);
        }
    for (int32_t i = 0; i < t->n_frame; i++)
        if (i > 0 && !(t->time_s[i] > t->time_s[i - 1]))
            return hm_err_set(err, HM_ERR_INPUT, "frames", 0, 0, "time_s",
                              "expected rising times, found %.6f after %.6f", t->time_s[i],
                              t->time_s[i - 1]);
    return HM_OK;
}

static hm_status check_lane(const hm_truth_lane *l, const char *where, hm_err *err)
{
    HM_TRY(record_check(&lane_table, l, where, err));
    for (int32_t i = 0; i < l->n_crossing; i++) {
        HM_TRY(record_check(&crossing_table, &l->crossing[i], where, err));
        if (i > 0 && !(l->crossing[i].x_m > l->crossing[i - 1].x_m))
            return hm_err_set(err, HM_ERR_INPUT, where, 0, 0, "crossings",
                              "expected ascending places, found %g", l->crossing[i].x_m);
    }
    for (int32_t i = 0; i < l->n_contact; i++)
        HM_TRY(record_check(&contact_table, &l->contact[i], where, err));
    return HM_OK;
}

hm_status hm_clip_truth_check(const hm_clip_truth *t, hm_err *err)
{
    HM_TRY(record_check(&head_table, t, "truth", err));
    HM_TRY(record_check(&camera_table, &t->camera, "camera", err));
    HM_TRY(check_vector("r", 9, t->camera.r, 1.0 + 1e-6, err));
    HM_TRY(check_vector("t_m", 3, t->camera.t_m, 1e5, err));
    HM_TRY(check_vector("eye_m", 3, t->camera.eye_m, 1e5, err));
    HM_TRY(hm_marks_check(&t->marks, err));
    HM_TRY(check_frames(t, err));
    for (int32_t i = 0; i < t->n_lane; i++) {
        char where[40];
        snprintf(where, sizeof where, "lanes[%d]", (int)i);
        HM_TRY(check_lane(&t->lane[i], where, err));
        if (i > 0 && t->lane[i].lane <= t->lane[i - 1].lane)
            return hm_err_set(err, HM_ERR_INPUT, where, 0, 0, "lane",
                              "expected ascending lanes, each once, found %d", t->lane[i].lane);
    }
    return HM_OK;
}

/* ---- reading ---- */

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, "truth", 0, 0, NULL, "no memory");
}

static hm_status get_vector(const hm_json *v, const char *key, int32_t n, double out[], hm_err *err)
{
    const hm_json *list;
    HM_TRY(hm_json_get_array(v, key, &list, err));
    if (list->n != n)
        return hm_json_refuse(list, err, "%d numbers", n);
    for (int32_t i = 0; i < n; i++)
        HM_TRY(hm_json_element(list, i, -1e9, 1e9, &out[i], err));
    return HM_OK;
}

static hm_status get_camera(const hm_json *root, hm_truth_camera *c, hm_err *err)
{
    const hm_json *v;
    HM_TRY(hm_json_get_object(root, "camera", &v, err));
    HM_TRY(record_get(v, &camera_table, c, err));
    HM_TRY(get_vector(v, "r", 9, c->r, err));
    HM_TRY(get_vector(v, "t_m", 3, c->t_m, err));
    return get_vector(v, "eye_m", 3, c->eye_m, err);
}

static hm_status get_frames(const hm_json *root, hm_arena *arena, hm_clip_truth *t, hm_err *err)
{
    const hm_json *v, *list;
    HM_TRY(hm_json_get_object(root, "frames", &v, err));
    for (int k = 0; k < N_FRAME_ROW; k++) {
        const frame_row *r = &frame_rows[k];
        HM_TRY(hm_json_get_array(v, r->name, &list, err));
        if (k == 0 && list->n > HM_CLIP_TRUTH_FRAME_MAX)
            return hm_json_refuse(list, err, "at most %d images", HM_CLIP_TRUTH_FRAME_MAX);
        if (k > 0 && list->n != t->n_frame)
            return hm_json_refuse(list, err, "as many as time_s has: %d", t->n_frame);
        t->n_frame = list->n;
        double *out = HM_PUSH(arena, double, list->n + 1);
        if (!out)
            return no_memory(err);
        for (int32_t i = 0; i < list->n; i++)
            HM_TRY(hm_json_element(list, i, r->lo, r->hi, &out[i], err));
        memcpy((unsigned char *)t + r->offset, &out, sizeof out);
    }
    return HM_OK;
}

/* An array of plain records. */
static hm_status get_list(const hm_json *v, const char *key, const record_table *table, size_t size,
                          int32_t most, hm_arena *arena, int32_t *n, void **items, hm_err *err)
{
    const hm_json *list;
    HM_TRY(hm_json_get_array(v, key, &list, err));
    if (list->n > most)
        return hm_json_refuse(list, err, "at most %d", most);
    unsigned char *out = hm_arena_push(arena, (size_t)(list->n + 1), size);
    if (!out)
        return no_memory(err);
    for (int32_t i = 0; i < list->n; i++)
        HM_TRY(record_get(&list->as.item[i], table, out + (size_t)i * size, err));
    *n = list->n;
    *items = out;
    return HM_OK;
}

static hm_status get_lane(const hm_json *v, hm_arena *arena, hm_truth_lane *l, hm_err *err)
{
    void *crossing, *contact;
    HM_TRY(record_get(v, &lane_table, l, err));
    HM_TRY(get_list(v, "crossings", &crossing_table, sizeof *l->crossing, HM_MARKS_GATE_MAX + 1,
                    arena, &l->n_crossing, &crossing, err));
    HM_TRY(get_list(v, "contacts", &contact_table, sizeof *l->contact, HM_CLIP_TRUTH_CONTACT_MAX,
                    arena, &l->n_contact, &contact, err));
    l->crossing = crossing;
    l->contact = contact;
    return HM_OK;
}

static hm_status get_lanes(const hm_json *root, hm_arena *arena, hm_clip_truth *t, hm_err *err)
{
    const hm_json *list;
    HM_TRY(hm_json_get_array(root, "lanes", &list, err));
    if (list->n > HM_MARKS_LANE_MAX)
        return hm_json_refuse(list, err, "at most %d lanes", HM_MARKS_LANE_MAX);
    t->n_lane = list->n;
    t->lane = HM_PUSH(arena, hm_truth_lane, list->n + 1);
    if (!t->lane)
        return no_memory(err);
    for (int32_t i = 0; i < list->n; i++)
        HM_TRY(get_lane(&list->as.item[i], arena, &t->lane[i], err));
    return HM_OK;
}

static hm_status get_truth(const hm_json *root, hm_arena *arena, hm_clip_truth *t, hm_err *err)
{
    static const char *const more[] = {"format", "version", "seed",     "marks", "camera",
                                       "frames", "lanes",   "settings", "notes"};
    const hm_json *marks;
    int64_t seed;
    HM_TRY(record_get(root, &head_table, t, err));
    HM_TRY(hm_json_get_integer(root, "seed", 0, INT64_MAX, &seed, err));
    t->seed = (uint64_t)seed;
    HM_TRY(hm_json_get_object(root, "marks", &marks, err));
    HM_TRY(marks_get(marks, arena, &t->marks, err));
    HM_TRY(get_camera(root, &t->camera, err));
    HM_TRY(get_frames(root, arena, t, err));
    HM_TRY(get_lanes(root, arena, t, err));
    HM_TRY(hm_json_get_notes(root, "settings", arena, &t->settings, err));
    if (hm_json_find(root, "notes"))
        HM_TRY(hm_json_get_notes(root, "notes", arena, &t->notes, err));
    return record_note_unknown(root, &head_table, sizeof more / sizeof *more, more, arena,
                               &t->notes) == HM_OK
               ? HM_OK
               : no_memory(err);
}

hm_status hm_clip_truth_parse(const char *source, const char *bytes, size_t n, hm_arena *arena,
                              hm_clip_truth *truth, hm_err *err)
{
    const hm_json *root;
    hm_clip_truth t = {.clip = ""};
    hm_err found = {0};
    HM_TRY(hm_json_parse(source, bytes, n, arena, &root, err));
    HM_TRY(hm_json_check_format(root, HM_CLIP_TRUTH_FORMAT, HM_CLIP_TRUTH_VERSION, err));
    HM_TRY(get_truth(root, arena, &t, err));
    if (hm_clip_truth_check(&t, &found) != HM_OK)
        return data_refuse_file(source, &found, err);
    *truth = t;
    return HM_OK;
}

hm_status hm_clip_truth_read(const char *path, hm_arena *arena, hm_clip_truth *truth, hm_err *err)
{
    char *bytes;
    size_t n;
    HM_TRY(hm_file_read(path, HM_MARKS_FILE_MAX, arena, &bytes, &n, err));
    return hm_clip_truth_parse(strcmp(path, "-") == 0 ? "standard input" : path, bytes, n, arena,
                               truth, err);
}

/* ---- writing ---- */

static void put_list(hm_json_out *o, const char *key, const record_table *table, size_t size,
                     int32_t n, const void *items)
{
    hm_json_put_array(o, key, HM_JSON_BLOCK);
    for (int32_t i = 0; i < n; i++) {
        hm_json_put_object(o, NULL, HM_JSON_LINE);
        record_put(o, table, (const unsigned char *)items + (size_t)i * size);
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
}

static void put_lane(hm_json_out *o, const hm_truth_lane *l)
{
    hm_json_put_object(o, NULL, HM_JSON_BLOCK);
    record_put(o, &lane_table, l);
    put_list(o, "crossings", &crossing_table, sizeof *l->crossing, l->n_crossing, l->crossing);
    put_list(o, "contacts", &contact_table, sizeof *l->contact, l->n_contact, l->contact);
    hm_json_put_end(o);
}

static void put_camera(hm_json_out *o, const hm_truth_camera *c)
{
    hm_json_put_object(o, "camera", HM_JSON_BLOCK);
    record_put(o, &camera_table, c);
    hm_json_put_numbers(o, "r", 9, c->r);
    hm_json_put_numbers(o, "t_m", 3, c->t_m);
    hm_json_put_numbers(o, "eye_m", 3, c->eye_m);
    hm_json_put_end(o);
}

static hm_status put_file(hm_sink sink, const hm_clip_truth *t, hm_err *err)
{
    hm_json_out o = hm_json_out_make(sink, err);
    hm_json_put_object(&o, NULL, HM_JSON_BLOCK);
    hm_json_put_text(&o, "format", HM_CLIP_TRUTH_FORMAT);
    hm_json_put_integer(&o, "version", HM_CLIP_TRUTH_VERSION);
    record_put(&o, &head_table, t);
    hm_json_put_integer(&o, "seed", (int64_t)t->seed);
    hm_json_put_object(&o, "marks", HM_JSON_BLOCK);
    marks_put(&o, &t->marks);
    hm_json_put_end(&o);
    put_camera(&o, &t->camera);
    hm_json_put_array(&o, "lanes", HM_JSON_BLOCK);
    for (int32_t i = 0; i < t->n_lane; i++)
        put_lane(&o, &t->lane[i]);
    hm_json_put_end(&o);
    hm_json_put_object(&o, "frames", HM_JSON_BLOCK);
    for (int k = 0; k < N_FRAME_ROW; k++)
        hm_json_put_numbers(&o, frame_rows[k].name, t->n_frame, frame_numbers(t, &frame_rows[k]));
    hm_json_put_end(&o);
    hm_json_put_notes(&o, "settings", &t->settings);
    hm_json_put_notes(&o, "notes", &t->notes);
    hm_json_put_end(&o);
    return hm_json_finish(&o);
}

hm_status hm_clip_truth_write(const char *path, const hm_clip_truth *truth, hm_err *err)
{
    hm_file f;
    HM_TRY(hm_file_create(path, &f, err));
    hm_status status = put_file(hm_sink_file(&f), truth, err);
    if (status == HM_OK)
        return hm_file_commit(&f, err);
    hm_file_abort(&f);
    return status;
}

hm_status hm_clip_truth_print(const hm_clip_truth *truth, hm_arena *arena, char **text, size_t *n,
                              hm_err *err)
{
    hm_memory m = {.arena = arena};
    HM_TRY(put_file(hm_sink_memory(&m), truth, err));
    *text = m.bytes;
    if (n)
        *n = m.n;
    return HM_OK;
}

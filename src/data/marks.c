#include "file_error_priv.h"
#include "marks_priv.h"
#include "record_priv.h"

#include <math.h>
#include <string.h>

#include "io/file.h"

/* Bounds of what may be typed, own choice: far outside of anything filmed. */
#define PLACE_LO_M (-1000.0)
#define PLACE_HI_M 1000.0
#define PIXEL_LO   (-4.0 * HM_MARKS_SIDE_MAX)
#define PIXEL_HI   (4.0 * HM_MARKS_SIDE_MAX)
#define TIME_HI_S  (24.0 * 3600)

static const char *const readout_word[HM_READOUT_COUNT] = {"down", "up", "right", "left"};

static const record_row head_row[] = {
    RECORD_ROW_TEXT(hm_marks, clip),
    RECORD_ROW_INT(hm_marks, width_px, 16, HM_MARKS_SIDE_MAX),
    RECORD_ROW_INT(hm_marks, height_px, 16, HM_MARKS_SIDE_MAX),
    RECORD_ROW_MAYBE(hm_marks, finish_x_m, PLACE_LO_M, PLACE_HI_M),
    RECORD_ROW_MAYBE(hm_marks, focal_px, 10, 1e6),
    RECORD_ROW_MAYBE(hm_marks, k1, -2, 2),
    RECORD_ROW_MAYBE(hm_marks, k2, -4, 4),
    RECORD_ROW_MAYBE(hm_marks, readout_s, 0, 0.2),
    RECORD_ROW_CHOICE(hm_marks, readout, readout_word),
    RECORD_ROW_MAYBE(hm_marks, capture_fps, 1, 100000),
    RECORD_ROW_MAYBE(hm_marks, gun_distance_m, 0, 1000),
    RECORD_ROW_MAYBE(hm_marks, gun_distance_sigma_m, 0, 100),
    RECORD_ROW_MAYBE(hm_marks, temp_c, -40, 60),
    RECORD_ROW_MAYBE(hm_marks, temp_sigma_c, 0, 50),
    RECORD_ROW_MAYBE(hm_marks, av_offset_s, -10, 10),
    RECORD_ROW_MAYBE(hm_marks, av_offset_sigma_s, 0, 10),
};
static const record_table head_table = RECORD_TABLE(head_row);

static const record_row point_row[] = {
    RECORD_ROW_TEXT(hm_marks_point, name),
    RECORD_ROW_NUMBER(hm_marks_point, x_m, PLACE_LO_M, PLACE_HI_M),
    RECORD_ROW_NUMBER(hm_marks_point, y_m, PLACE_LO_M, PLACE_HI_M),
    RECORD_ROW_MAYBE(hm_marks_point, z_m, -10, 100),
    RECORD_ROW_NUMBER(hm_marks_point, u_px, PIXEL_LO, PIXEL_HI),
    RECORD_ROW_NUMBER(hm_marks_point, v_px, PIXEL_LO, PIXEL_HI),
    RECORD_ROW_MAYBE(hm_marks_point, sigma_px, 0.001, 1000),
};
static const record_table point_table = RECORD_TABLE(point_row);

static const record_row lane_row[] = {
    RECORD_ROW_INT(hm_marks_lane, lane, 1, HM_MARKS_LANE_MAX),
    RECORD_ROW_TEXT(hm_marks_lane, name),
    RECORD_ROW_NUMBER(hm_marks_lane, from_y_m, PLACE_LO_M, PLACE_HI_M),
    RECORD_ROW_NUMBER(hm_marks_lane, to_y_m, PLACE_LO_M, PLACE_HI_M),
};
static const record_table lane_table = RECORD_TABLE(lane_row);

static const record_row hash_row[] = {
    RECORD_ROW_INT(hm_marks_hash, lane, 1, HM_MARKS_LANE_MAX),
    RECORD_ROW_NUMBER(hm_marks_hash, x_m, PLACE_LO_M, PLACE_HI_M),
    RECORD_ROW_NUMBER(hm_marks_hash, time_s, -TIME_HI_S, TIME_HI_S),
    RECORD_ROW_NUMBER(hm_marks_hash, sigma_s, 1e-6, 10),
};
static const record_table hash_table = RECORD_TABLE(hash_row);

/* The lists of a file: where they stand, of what they are made. */
typedef struct list_row {
    const char *key;
    int32_t most;
    size_t size, offset_n, offset;
    const record_table *table;
} list_row;

static const list_row lists[] = {
    {"points", HM_MARKS_POINT_MAX, sizeof(hm_marks_point), offsetof(hm_marks, n_point),
     offsetof(hm_marks, point), &point_table},
    {"lanes", HM_MARKS_LANE_MAX, sizeof(hm_marks_lane), offsetof(hm_marks, n_lane),
     offsetof(hm_marks, lane), &lane_table},
    {"hashes", HM_MARKS_HASH_MAX, sizeof(hm_marks_hash), offsetof(hm_marks, n_hash),
     offsetof(hm_marks, hash), &hash_table},
};
enum { N_LIST = sizeof lists / sizeof *lists };

hm_marks hm_marks_default(void)
{
    return (hm_marks){
        .clip = "",
        .finish_x_m = NAN,
        .focal_px = NAN,
        .readout_s = NAN,
        .capture_fps = NAN,
        .gun_distance_m = NAN,
        .gun_distance_sigma_m = NAN,
        .temp_c = NAN,
        .temp_sigma_c = NAN,
        .av_offset_s = NAN,
        .av_offset_sigma_s = NAN,
    };
}

/* ---- checking ---- */

static int32_t count_of(const hm_marks *m, const list_row *l)
{
    int32_t n;
    memcpy(&n, (const unsigned char *)m + l->offset_n, sizeof n);
    return n;
}

static const unsigned char *items_of(const hm_marks *m, const list_row *l)
{
    const unsigned char *items;
    memcpy(&items, (const unsigned char *)m + l->offset, sizeof items);
    return items;
}

static hm_status check_order(const hm_marks *m, hm_err *err)
{
    for (int32_t i = 0; i < m->n_lane; i++) {
        const hm_marks_lane *l = &m->lane[i];
        if (!(l->from_y_m < l->to_y_m))
            return hm_err_set(err, HM_ERR_INPUT, "lanes", 0, 0, "to_y_m",
                              "lane %d: expected more than from_y_m %g, found %g", l->lane,
                              l->from_y_m, l->to_y_m);
        if (i > 0 && l->lane <= m->lane[i - 1].lane)
            return hm_err_set(err, HM_ERR_INPUT, "lanes", 0, 0, "lane",
                              "expected ascending lanes, each once, found %d after %d", l->lane,
                              m->lane[i - 1].lane);
    }
    for (int32_t i = 0; i < m->n_gate; i++)
        if (!(m->gate_x_m[i] >= PLACE_LO_M && m->gate_x_m[i] <= PLACE_HI_M) ||
            (i > 0 && m->gate_x_m[i] <= m->gate_x_m[i - 1]))
            return hm_err_set(err, HM_ERR_INPUT, "gates_x_m", 0, 0, NULL,
                              "expected ascending places, found %g", m->gate_x_m[i]);
    return HM_OK;
}

hm_status hm_marks_check(const hm_marks *marks, hm_err *err)
{
    HM_TRY(record_check(&head_table, marks, "marks", err));
    for (int32_t k = 0; k < N_LIST; k++)
        for (int32_t i = 0; i < count_of(marks, &lists[k]); i++) {
            char where[40];
            snprintf(where, sizeof where, "%s[%d]", lists[k].key, (int)i);
            HM_TRY(record_check(lists[k].table,
                                items_of(marks, &lists[k]) + (size_t)i * lists[k].size, where,
                                err));
        }
    return check_order(marks, err);
}

/* ---- reading ---- */

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, "marks", 0, 0, NULL, "no memory");
}

/* An array that may be left out. */
static hm_status find_list(const hm_json *v, const char *key, int32_t most, const hm_json **list,
                           hm_err *err)
{
    *list = NULL;
    if (!hm_json_find(v, key))
        return HM_OK;
    HM_TRY(hm_json_get_array(v, key, list, err));
    return (*list)->n <= most ? HM_OK : hm_json_refuse(*list, err, "at most %d", most);
}

static hm_status get_list(const hm_json *v, const list_row *l, hm_arena *arena, hm_marks *m,
                          hm_err *err)
{
    const hm_json *list;
    HM_TRY(find_list(v, l->key, l->most, &list, err));
    int32_t n = list ? list->n : 0;
    unsigned char *items = hm_arena_push(arena, (size_t)(n + 1), l->size);
    if (!items)
        return no_memory(err);
    for (int32_t i = 0; i < n; i++) {
        unsigned char *item = items + (size_t)i * l->size;
        HM_TRY(record_known(&list->as.item[i], l->table, 0, NULL, err));
        HM_TRY(record_get(&list->as.item[i], l->table, item, err));
    }
    memcpy((unsigned char *)m + l->offset_n, &n, sizeof n);
    memcpy((unsigned char *)m + l->offset, &items, sizeof items);
    return HM_OK;
}

static hm_status get_gates(const hm_json *v, hm_arena *arena, hm_marks *m, hm_err *err)
{
    const hm_json *list;
    HM_TRY(find_list(v, "gates_x_m", HM_MARKS_GATE_MAX, &list, err));
    m->n_gate = list ? list->n : 0;
    m->gate_x_m = HM_PUSH(arena, double, m->n_gate + 1);
    if (!m->gate_x_m)
        return no_memory(err);
    for (int32_t i = 0; i < m->n_gate; i++)
        HM_TRY(hm_json_element(list, i, PLACE_LO_M, PLACE_HI_M, &m->gate_x_m[i], err));
    return HM_OK;
}

static const hm_json *root_of(const hm_json *v)
{
    while (v->parent)
        v = v->parent;
    return v;
}

static void fill_left_out(hm_marks *m)
{
    m->k1 = isnan(m->k1) ? 0 : m->k1;
    m->k2 = isnan(m->k2) ? 0 : m->k2;
    for (int32_t i = 0; i < m->n_point; i++) {
        hm_marks_point *p = &m->point[i];
        p->z_m = isnan(p->z_m) ? 0 : p->z_m;
        p->sigma_px = isnan(p->sigma_px) ? 1 : p->sigma_px;
    }
}

hm_status marks_get(const hm_json *v, hm_arena *arena, hm_marks *marks, hm_err *err)
{
    static const char *const more[] = {"format", "version", "points",   "lanes",
                                       "hashes", "notes",   "gates_x_m"};
    hm_marks out = hm_marks_default();
    HM_TRY(record_get(v, &head_table, &out, err));
    for (int32_t k = 0; k < N_LIST; k++)
        HM_TRY(get_list(v, &lists[k], arena, &out, err));
    HM_TRY(get_gates(v, arena, &out, err));
    fill_left_out(&out);
    if (hm_json_find(v, "notes"))
        HM_TRY(hm_json_get_notes(v, "notes", arena, &out.notes, err));
    if (record_note_unknown(v, &head_table, sizeof more / sizeof *more, more, arena, &out.notes) !=
        HM_OK)
        return no_memory(err);
    hm_err found = {0};
    if (hm_marks_check(&out, &found) != HM_OK)
        return data_refuse_file(root_of(v)->key, &found, err);
    *marks = out;
    return HM_OK;
}

hm_status hm_marks_parse(const char *source, const char *bytes, size_t n, hm_arena *arena,
                         hm_marks *marks, hm_err *err)
{
    const hm_json *root, *within = NULL;
    HM_TRY(hm_json_parse(source, bytes, n, arena, &root, err));
    const hm_json *format = hm_json_find(root, "format");
    bool is_marks =
        format && format->kind == HM_JSON_TEXT && strcmp(format->as.text, HM_MARKS_FORMAT) == 0;
    if (is_marks || !hm_json_find(root, "marks"))
        HM_TRY(hm_json_check_format(root, HM_MARKS_FORMAT, HM_MARKS_VERSION, err));
    else
        HM_TRY(hm_json_get_object(root, "marks", &within, err));
    return marks_get(within ? within : root, arena, marks, err);
}

hm_status hm_marks_read(const char *path, hm_arena *arena, hm_marks *marks, hm_err *err)
{
    char *bytes;
    size_t n;
    HM_TRY(hm_file_read(path, HM_MARKS_FILE_MAX, arena, &bytes, &n, err));
    return hm_marks_parse(strcmp(path, "-") == 0 ? "standard input" : path, bytes, n, arena, marks,
                          err);
}

/* ---- writing ---- */

void marks_put(hm_json_out *o, const hm_marks *marks)
{
    record_put(o, &head_table, marks);
    hm_json_put_numbers(o, "gates_x_m", marks->n_gate, marks->gate_x_m);
    for (int32_t k = 0; k < N_LIST; k++) {
        hm_json_put_array(o, lists[k].key, HM_JSON_BLOCK);
        for (int32_t i = 0; i < count_of(marks, &lists[k]); i++) {
            hm_json_put_object(o, NULL, HM_JSON_LINE);
            record_put(o, lists[k].table, items_of(marks, &lists[k]) + (size_t)i * lists[k].size);
            hm_json_put_end(o);
        }
        hm_json_put_end(o);
    }
    hm_json_put_notes(o, "notes", &marks->notes);
}

static hm_status put_file(hm_sink sink, const hm_marks *marks, hm_err *err)
{
    hm_json_out o = hm_json_out_make(sink, err);
    hm_json_put_object(&o, NULL, HM_JSON_BLOCK);
    hm_json_put_text(&o, "format", HM_MARKS_FORMAT);
    hm_json_put_integer(&o, "version", HM_MARKS_VERSION);
    marks_put(&o, marks);
    hm_json_put_end(&o);
    return hm_json_finish(&o);
}

hm_status hm_marks_write(const char *path, const hm_marks *marks, hm_err *err)
{
    hm_file f;
    HM_TRY(hm_file_create(path, &f, err));
    hm_status status = put_file(hm_sink_file(&f), marks, err);
    if (status == HM_OK)
        return hm_file_commit(&f, err);
    hm_file_abort(&f);
    return status;
}

hm_status hm_marks_print(const hm_marks *marks, hm_arena *arena, char **text, size_t *n,
                         hm_err *err)
{
    hm_memory m = {.arena = arena};
    HM_TRY(put_file(hm_sink_memory(&m), marks, err));
    *text = m.bytes;
    if (n)
        *n = m.n;
    return HM_OK;
}

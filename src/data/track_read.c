#include "track_priv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "io/csv.h"
#include "io/file.h"
#include "io/number.h"
#include "io/utf8.h"

/* A track file in CSV: rows in any order are kept flat, sorted by person, time and point, and laid
 * into frames. Of one point the row by hand stays; two rows of one source are refused. */

enum { QUOTE = 40, ROW_MAX = 8 * 1000 * 1000, LANE_MAX = 20 };

static const double time_most_s = 1e5; /* a day; all bounds here are own, against slips */
static const double pixel_most_px = 1e5, place_most_m = 1e4, sigma_most_px = 1e4;
static const double hand_sigma_px = 2; /* own: of a click that says nothing of it */
static const double net_sigma_px = 5;  /* own: of a net that says nothing of it */

typedef struct seen_row {
    int64_t time_us, line;
    int32_t person, lane;
    int16_t point;
    bool ambiguous;
    hm_seen_point seen;
} seen_row;

typedef struct reading {
    int32_t at[TRACK_COLUMN_COUNT]; /* cell of each column, -1 = absent */
    const char *source;
    hm_arena *arena;
    hm_notes notes;
    seen_row *row;
    int32_t n;
    size_t cap;
} reading;

static hm_status no_memory(const reading *r, hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, r->source, 0, 0, NULL, "no memory");
}

static const char *text_of(const reading *r, const hm_csv_row *row, track_column c)
{
    return r->at[c] < 0 ? "" : row->cell[r->at[c]].text;
}

static hm_status refuse(const reading *r, const hm_csv_row *row, track_column c, hm_err *err,
                        const char *expected)
{
    const char *found = text_of(r, row, c);
    int n = hm_utf8_clip(found, QUOTE);
    return hm_err_set(err, HM_ERR_INPUT, r->source, row->line,
                      r->at[c] < 0 ? 0 : row->cell[r->at[c]].col, track_column_row[c].name,
                      "expected %s, found '%.*s'%s", expected, n, found, found[n] ? "..." : "");
}

static hm_status read_header(reading *r, const hm_csv *csv, hm_err *err)
{
    static const track_column needed[] = {TRACK_TIME, TRACK_PERSON, TRACK_POINT, TRACK_X_PX,
                                          TRACK_Y_PX};
    const hm_csv_row *head = &csv->head;
    for (int c = 0; c < TRACK_COLUMN_COUNT; c++)
        r->at[c] = -1;
    for (int32_t i = 0; i < head->n_cell; i++) {
        char key[HM_COLUMN_KEY];
        double scale = 1;
        hm_column_fold(head->cell[i].text, key);
        int32_t c = hm_column_find(key, TRACK_COLUMN_COUNT, track_column_row, &scale);
        if (scale == 0) /* pixels or metres? */
            c = -1;
        if (c >= 0 && r->at[c] >= 0)
            return hm_err_set(err, HM_ERR_INPUT, r->source, head->line, head->cell[i].col,
                              track_column_row[c].name,
                              "expected one column of this name, found two");
        if (c >= 0)
            r->at[c] = i;
        else if (head->cell[i].text[0] &&
                 hm_notes_add(&r->notes, r->arena, "line %lld, column %d: '%.*s' is not used",
                              (long long)head->line, head->cell[i].col,
                              hm_utf8_clip(head->cell[i].text, QUOTE), head->cell[i].text) != HM_OK)
            return no_memory(r, err);
    }
    for (size_t k = 0; k < sizeof needed / sizeof *needed; k++)
        if (r->at[needed[k]] < 0)
            return hm_err_set(err, HM_ERR_INPUT, r->source, head->line, 1,
                              track_column_row[needed[k]].name,
                              "expected a column of this name in the header, found none");
    return HM_OK;
}

/* A number within +-most, NAN when the cell is empty. */
static hm_status read_number(const reading *r, const hm_csv *csv, const hm_csv_row *row,
                             track_column c, double most, double *v, hm_err *err)
{
    const char *text = text_of(r, row, c);
    *v = NAN;
    if (!text[0])
        return HM_OK;
    if (hm_number_parse(text, csv->decimal, v) == HM_NUMBER_OK && fabs(*v) <= most)
        return HM_OK;
    char expected[64];
    snprintf(expected, sizeof expected, "a number from %g to %g", -most, most);
    return refuse(r, row, c, err, expected);
}

static hm_status read_whole(const reading *r, const hm_csv_row *row, track_column c, int64_t lo,
                            int64_t hi, int32_t *v, hm_err *err)
{
    int64_t whole;
    if (hm_number_parse_int(text_of(r, row, c), &whole) == HM_NUMBER_OK && whole >= lo &&
        whole <= hi) {
        *v = (int32_t)whole;
        return HM_OK;
    }
    char expected[64];
    snprintf(expected, sizeof expected, "a whole number from %lld to %lld", (long long)lo,
             (long long)hi);
    return refuse(r, row, c, err, expected);
}

static hm_status read_words(const reading *r, const hm_csv_row *row, seen_row *out, hm_err *err)
{
    int k = 0;
    while (k < HM_POINT_COUNT &&
           strcmp(text_of(r, row, TRACK_POINT), hm_body_point_word((hm_body_point)k)) != 0)
        k++;
    if (k == HM_POINT_COUNT)
        return refuse(r, row, TRACK_POINT, err, "a point of the body, such as knee_l");
    out->point = (int16_t)k;
    out->seen.source = HM_SEEN_HAND; /* who types a row need not say so */
    const char *source = text_of(r, row, TRACK_SOURCE);
    for (k = 0; source[0] && k < HM_SEEN_COUNT; k++)
        if (strcmp(source, track_source_word((hm_track_source)k)) == 0)
            break;
    if (k == HM_SEEN_COUNT)
        return refuse(r, row, TRACK_SOURCE, err, "net, silhouette, hand or truth");
    if (source[0])
        out->seen.source = (hm_track_source)k;
    out->ambiguous = strcmp(text_of(r, row, TRACK_NOTE), TRACK_AMBIGUOUS) == 0;
    return HM_OK;
}

static hm_status read_place(const reading *r, const hm_csv *csv, const hm_csv_row *row,
                            seen_row *out, hm_err *err)
{
    double x_px, y_px, x_m, z_m, sigma_px;
    HM_TRY(read_number(r, csv, row, TRACK_X_PX, pixel_most_px, &x_px, err));
    HM_TRY(read_number(r, csv, row, TRACK_Y_PX, pixel_most_px, &y_px, err));
    HM_TRY(read_number(r, csv, row, TRACK_X_M, place_most_m, &x_m, err));
    HM_TRY(read_number(r, csv, row, TRACK_Z_M, place_most_m, &z_m, err));
    HM_TRY(read_number(r, csv, row, TRACK_SIGMA, sigma_most_px, &sigma_px, err));
    if (isnan(x_px) != isnan(y_px))
        return refuse(r, row, isnan(x_px) ? TRACK_X_PX : TRACK_Y_PX, err,
                      "both x_px and y_px, or neither");
    if (sigma_px <= 0)
        return refuse(r, row, TRACK_SIGMA, err, "a number above 0");
    hm_track_source source = out->seen.source;
    if (isnan(x_px)) {
        out->seen = track_point_absent();
        out->seen.source = source;
        return HM_OK;
    }
    if (isnan(sigma_px))
        sigma_px = source == HM_SEEN_HAND ? hand_sigma_px : net_sigma_px;
    out->seen =
        (hm_seen_point){(float)x_px, (float)y_px, (float)x_m, (float)z_m, (float)sigma_px, source};
    return HM_OK;
}

static hm_status read_row(void *ctx, const hm_csv *csv, const hm_csv_row *row, hm_err *err)
{
    reading *r = ctx;
    if (r->n == 0)
        HM_TRY(read_header(r, csv, err));
    seen_row out = {.line = row->line};
    double time_s;
    HM_TRY(read_number(r, csv, row, TRACK_TIME, time_most_s, &time_s, err));
    if (isnan(time_s))
        return refuse(r, row, TRACK_TIME, err, "a time in seconds");
    out.time_us = llround(time_s * 1e6);
    HM_TRY(read_whole(r, row, TRACK_PERSON, 1, HM_TRACK_PERSON_MAX, &out.person, err));
    if (text_of(r, row, TRACK_LANE)[0])
        HM_TRY(read_whole(r, row, TRACK_LANE, 0, LANE_MAX, &out.lane, err));
    HM_TRY(read_words(r, row, &out, err));
    HM_TRY(read_place(r, csv, row, &out, err));
    seen_row *grown = HM_GROW(r->arena, r->row, r->n, &r->cap);
    if (!grown)
        return no_memory(r, err);
    r->row = grown;
    r->row[r->n++] = out;
    return HM_OK;
}

/* By person, time, point; the row by hand before others. */
static int by_place(const void *a, const void *b)
{
    const seen_row *x = a, *y = b;
    bool hand_x = x->seen.source == HM_SEEN_HAND, hand_y = y->seen.source == HM_SEEN_HAND;
    if (x->person != y->person)
        return x->person < y->person ? -1 : 1;
    if (x->time_us != y->time_us)
        return x->time_us < y->time_us ? -1 : 1;
    if (x->point != y->point)
        return x->point < y->point ? -1 : 1;
    if (hand_x != hand_y)
        return hand_x ? -1 : 1;
    return (x->line > y->line) - (x->line < y->line);
}

static hm_status lay_frames(const reading *r, int32_t from, int32_t to, hm_track_person *who,
                            hm_err *err)
{
    int32_t n = 0;
    for (int32_t i = from; i < to; i++)
        n += i == from || r->row[i].time_us != r->row[i - 1].time_us;
    if (n > HM_TRACK_FRAME_MAX)
        return hm_err_set(err, HM_ERR_INPUT, r->source, 0, 0, "time_s",
                          "expected at most %d times of a person, found %d", HM_TRACK_FRAME_MAX, n);
    *who =
        (hm_track_person){.id = r->row[from].person, .frame = HM_PUSH(r->arena, hm_track_frame, n)};
    if (!who->frame)
        return no_memory(r, err);
    for (int32_t i = from; i < to; i++) {
        const seen_row *row = &r->row[i], *last = i > from ? row - 1 : NULL;
        if (row->lane && who->lane && row->lane != who->lane)
            return hm_err_set(err, HM_ERR_INPUT, r->source, row->line, 0, "lane",
                              "expected lane %d, as person %d has it elsewhere, found %d",
                              who->lane, who->id, row->lane);
        who->lane = row->lane ? row->lane : who->lane;
        if (!last || last->time_us != row->time_us) {
            hm_track_frame *frame = &who->frame[who->n_frame++];
            frame->time_s = (double)row->time_us / 1e6;
            for (int k = 0; k < HM_POINT_COUNT; k++)
                frame->point[k] = track_point_absent();
        } else if (last->point == row->point) {
            if (last->seen.source != HM_SEEN_HAND || row->seen.source == HM_SEEN_HAND)
                return hm_err_set(err, HM_ERR_INPUT, r->source, row->line, 0, "point",
                                  "expected each point once at a time, found it in line %lld too",
                                  (long long)last->line);
            continue; /* the hand has won */
        }
        hm_track_frame *frame = &who->frame[who->n_frame - 1];
        frame->ambiguous = frame->ambiguous || row->ambiguous;
        frame->point[row->point] = row->seen;
    }
    return HM_OK;
}

static hm_status lay_persons(reading *r, hm_track *track, hm_err *err)
{
    if (r->n > 1)
        qsort(r->row, (size_t)r->n, sizeof *r->row, by_place);
    track->person = HM_PUSH(r->arena, hm_track_person, HM_TRACK_PERSON_MAX);
    if (!track->person)
        return no_memory(r, err);
    for (int32_t from = 0, to; from < r->n; from = to) {
        for (to = from + 1; to < r->n && r->row[to].person == r->row[from].person;)
            to++;
        HM_TRY(lay_frames(r, from, to, &track->person[track->n_person++], err));
    }
    return HM_OK;
}

hm_status hm_track_parse(const char *source, const char *bytes, size_t n, hm_arena *arena,
                         hm_track *track, hm_err *err)
{
    if (n > HM_TRACK_FILE_MAX)
        return hm_err_set(err, HM_ERR_INPUT, source, 0, 0, NULL,
                          "expected at most %d bytes, found %zu", HM_TRACK_FILE_MAX, n);
    /* rows go when the frames stand */
    hm_arena scratch;
    hm_arena_init(&scratch, 0);
    reading r = {.source = source, .arena = &scratch};
    hm_csv csv;
    hm_track out = {0};
    hm_status status = hm_csv_each(source, bytes, n, ROW_MAX, read_row, &r, &scratch, &csv, err);
    if (status == HM_OK && r.n == 0)
        status = read_header(&r, &csv, err);
    for (int32_t i = 0; status == HM_OK && i < csv.n_remark; i++)
        status = csv.remark[i].text[0] ? hm_notes_add(&out.notes, arena, "%s", csv.remark[i].text)
                                       : HM_OK;
    for (int32_t i = 0; status == HM_OK && i < r.notes.n; i++)
        status = hm_notes_add(&out.notes, arena, "%s", r.notes.text[i]);
    r.arena = arena;
    if (status == HM_OK)
        status = lay_persons(&r, &out, err);
    hm_arena_free(&scratch);
    if (status == HM_OK)
        *track = out;
    return status;
}

hm_status hm_track_read(const char *path, hm_arena *arena, hm_track *track, hm_err *err)
{
    char *bytes;
    size_t n;
    HM_TRY(hm_file_read(path, HM_TRACK_FILE_MAX, arena, &bytes, &n, err));
    return hm_track_parse(strcmp(path, "-") == 0 ? "standard input" : path, bytes, n, arena, track,
                          err);
}

/* Files of meets in any format, and what the files beside them tell. */
#include "book_db_verb.h"
#include "book_files.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "data/race_file.h"
#include "io/file.h"
#include "measure/lynx.h"
#include "race/official.h"

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
}

static bool ends_in(const char *path, const char *ending)
{
    size_t n = strlen(path), k = strlen(ending);
    return n > k && strcasecmp(path + n - k, ending) == 0;
}

/* ---- one file ---- */

static bool is_lynx(const char *path)
{
    return ends_in(path, ".lif") || ends_in(path, ".evt") || ends_in(path, ".ppl") ||
           ends_in(path, ".sch");
}

/* The readers keep readings; what is official is a matter of the rules. */
static void make_official(hm_meet *meet)
{
    for (int32_t i = 0; i < meet->n_heat; i++)
        for (int32_t k = 0; k < meet->heat[i].n_mark; k++) {
            hm_mark *m = &meet->heat[i].mark[k];
            if (m->status != HM_MARK_FINISHED || !m->time_us || m->official_cs)
                continue;
            m->official_cs = meet->heat[i].timing == HM_TIMING_HAND ? 10 * hm_hand_ds(m->time_us)
                                                                    : hm_official_cs(m->time_us);
        }
}

static hm_status one_meet(hm_arena *arena, const hm_meet *meet, hm_meets *meets, hm_err *err)
{
    *meets = (hm_meets){.n = 1, .meet = HM_PUSH(arena, hm_meet, 1)};
    if (!meets->meet)
        return no_memory(err);
    meets->meet[0] = *meet;
    return HM_OK;
}

static hm_status load_lynx(const char *path, hm_arena *arena, hm_meets *meets, hm_err *err)
{
    hm_meet meet;
    HM_TRY(hm_lynx_read(path, NULL, arena, &meet, err));
    return one_meet(arena, &meet, meets, err);
}

static hm_status load_other(const char *path, hm_arena *arena, hm_meets *meets, hm_err *err)
{
    char *bytes;
    size_t n;
    hm_meet meet;
    HM_TRY(hm_file_read(path, HM_MEET_FILE_MAX, arena, &bytes, &n, err));
    switch (hm_data_kind_of(bytes, n)) {
    case HM_DATA_MEET:
        return hm_meets_parse_json(path, bytes, n, arena, meets, err);
    case HM_DATA_SHEET:
        if (hm_meets_is_csv(bytes, n))
            return hm_meets_parse_csv(path, bytes, n, arena, meets, err);
        HM_TRY(book_meet_of_sheet(path, bytes, n, arena, &meet, err));
        return one_meet(arena, &meet, meets, err);
    default:
        return hm_err_set(err, HM_ERR_INPUT, path, 0, 0, "format",
                          "expected a sheet (CSV), a file of a timing system or a meet, found JSON "
                          "of another kind");
    }
}

static hm_status fill_text(const cli_args *args, const char *option, const char **text, hm_err *err)
{
    const char *told = cli_value(args, option);
    if (told && !(*text = hm_meet_text(args->arena, told)))
        return no_memory(err);
    return HM_OK;
}

static hm_status fill_meet(const cli_args *args, bool has_sex, hm_sex sex, hm_meet *meet,
                           hm_err *err)
{
    HM_TRY(fill_text(args, "meet", &meet->name, err));
    HM_TRY(fill_text(args, "date", &meet->date, err));
    HM_TRY(fill_text(args, "at", &meet->venue, err));
    HM_TRY(fill_text(args, "category", &meet->category, err));
    for (int32_t i = 0; i < meet->n_heat && has_sex; i++)
        if (!meet->heat[i].has_sex) {
            meet->heat[i].has_sex = true;
            meet->heat[i].sex = sex;
        }
    make_official(meet);
    return HM_OK;
}

hm_status book_load_file(const cli_args *args, const char *path, book_file *file, hm_err *err)
{
    bool has_sex = false;
    hm_sex sex = HM_SEX_MEN;
    if (cli_value(args, "sex"))
        HM_TRY(book_read_sex(cli_value(args, "sex"), &has_sex, &sex, err));
    *file = (book_file){
        .path = path, .is_people = ends_in(path, ".ppl"), .is_order = ends_in(path, ".sch")};
    HM_TRY(is_lynx(path) ? load_lynx(path, args->arena, &file->meets, err)
                         : load_other(path, args->arena, &file->meets, err));
    for (int32_t i = 0; i < file->meets.n; i++)
        HM_TRY(fill_meet(args, has_sex, sex, &file->meets.meet[i], err));
    return HM_OK;
}

/* ---- names by id ---- */

static int by_id(const void *a, const void *b)
{
    return strcmp(((const hm_person *)a)->id, ((const hm_person *)b)->id);
}

/* Fills who has an id and no name; returns how many. person (n) is sorted by id. */
static int64_t fill_names(hm_meet *meet, int32_t n, const hm_person person[])
{
    int64_t filled = 0;
    for (int32_t i = 0; i < meet->n_heat; i++)
        for (int32_t k = 0; k < meet->heat[i].n_mark; k++) {
            hm_person *who = &meet->heat[i].mark[k].who;
            if (!*who->id || *who->last_name || *who->first_name)
                continue;
            const hm_person *p = n ? bsearch(who, person, (size_t)n, sizeof *person, by_id) : NULL;
            if (!p)
                continue;
            who->last_name = p->last_name;
            who->first_name = p->first_name;
            who->team = *who->team ? who->team : p->team;
            who->license = *who->license ? who->license : p->license;
            filled++;
        }
    return filled;
}

static hm_status name_heats(const cli_args *args, hm_meet *meet, const hm_meet *people,
                            const char *from, hm_err *err)
{
    hm_person *sorted = HM_PUSH(args->arena, hm_person, people->n_person + 1);
    if (!sorted)
        return no_memory(err);
    if (people->n_person)
        memcpy(sorted, people->person, (size_t)people->n_person * sizeof *sorted);
    qsort(sorted, (size_t)people->n_person, sizeof *sorted, by_id);
    int64_t filled = fill_names(meet, people->n_person, sorted);
    if (filled && hm_notes_add(&meet->notes, args->arena, "%lld names were taken from %s",
                               (long long)filled, from) != HM_OK)
        return no_memory(err);
    return HM_OK;
}

/* ---- the order of heats ---- */

typedef struct ranked {
    hm_heat heat;
    int32_t rank, at; /* in the schedule, in the file */
} ranked;

static int by_key(const void *pa, const void *pb)
{
    const hm_heat *a = &((const ranked *)pa)->heat, *b = &((const ranked *)pb)->heat;
    int d = strcmp(a->event, b->event);
    if (!d)
        d = a->round - b->round;
    return d ? d : a->heat - b->heat;
}

static int by_rank(const void *pa, const void *pb)
{
    const ranked *a = pa, *b = pb;
    return a->rank != b->rank ? (a->rank < b->rank ? -1 : 1) : a->at - b->at;
}

/* Heats of the schedule first, in its order; then the others as they came. */
static hm_status order_heats(hm_arena *arena, hm_meet *meet, const hm_meet *order, hm_err *err)
{
    int32_t n = order->n_order;
    ranked *known = HM_PUSH(arena, ranked, n + 1), *row = HM_PUSH(arena, ranked, meet->n_heat + 1);
    if (!known || !row)
        return no_memory(err);
    for (int32_t i = 0; i < n; i++)
        known[i] = (ranked){order->order[i], i, i};
    qsort(known, (size_t)n, sizeof *known, by_key);
    for (int32_t i = 0; i < meet->n_heat; i++) {
        row[i] = (ranked){meet->heat[i], INT32_MAX, i};
        const ranked *at = n ? bsearch(&row[i], known, (size_t)n, sizeof *known, by_key) : NULL;
        if (at)
            row[i].rank = at->rank;
    }
    qsort(row, (size_t)meet->n_heat, sizeof *row, by_rank);
    for (int32_t i = 0; i < meet->n_heat; i++)
        meet->heat[i] = row[i].heat;
    return HM_OK;
}

/* ---- files that belong together ---- */

/* lynx.ppl for lynx.evt, when there is one. */
static const char *beside(hm_arena *arena, const char *path, const char *ending)
{
    const char *dot = strrchr(path, '.');
    if (!is_lynx(path) || !dot)
        return NULL;
    const char *name = hm_arena_printf(arena, "%.*s%s", (int)(dot - path), path, ending);
    return name && access(name, R_OK) == 0 ? name : NULL;
}

/* What one file of people or of a schedule tells all others. */
static hm_status tell_others(const cli_args *args, int n, book_file file[], const book_file *from,
                             hm_err *err)
{
    for (int i = 0; i < n; i++)
        for (int32_t k = 0; k < file[i].meets.n && &file[i] != from; k++) {
            if (from->is_people)
                HM_TRY(name_heats(args, &file[i].meets.meet[k], from->meets.meet, from->path, err));
            if (from->is_order)
                HM_TRY(order_heats(args->arena, &file[i].meets.meet[k], from->meets.meet, err));
        }
    return HM_OK;
}

static hm_status tell_from_beside(const cli_args *args, book_file *file, const char *ending,
                                  hm_err *err)
{
    const char *path = beside(args->arena, file->path, ending);
    if (!path || file->is_people || file->is_order)
        return HM_OK;
    book_file found;
    HM_TRY(book_load_file(args, path, &found, err));
    return tell_others(args, 1, file, &found, err);
}

static hm_status tell_from_option(const cli_args *args, int n, book_file file[], hm_err *err)
{
    const char *path = cli_value(args, "people");
    if (!path)
        return HM_OK;
    book_file found;
    if (!ends_in(path, ".ppl"))
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--people",
                          "expected a file .ppl, found \"%s\"", path);
    HM_TRY(book_load_file(args, path, &found, err));
    return tell_others(args, n, file, &found, err);
}

hm_status book_load_files(const cli_args *args, int n, const char *const path[], book_file file[],
                          hm_err *err)
{
    for (int i = 0; i < n; i++)
        HM_TRY(book_load_file(args, path[i], &file[i], err));
    HM_TRY(tell_from_option(args, n, file, err));
    for (int i = 0; i < n; i++)
        HM_TRY(tell_others(args, n, file, &file[i], err));
    for (int i = 0; i < n; i++) {
        HM_TRY(tell_from_beside(args, &file[i], ".ppl", err));
        HM_TRY(tell_from_beside(args, &file[i], ".sch", err));
    }
    for (int i = 0; i < n; i++)
        cli_print_notes(args, &file[i].meets.notes);
    return HM_OK;
}

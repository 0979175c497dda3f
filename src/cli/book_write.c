/* Meets into files of any format. */
#include "book_files.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "book/book.h"
#include "io/file.h"
#include "race/official.h"

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
}

/* ---- which format ---- */

hm_status book_read_format(const cli_args *args, const char *path, hm_meet_format *format,
                           hm_err *err)
{
    const char *as = cli_value(args, "as");
    if (as && hm_meet_format_find(as, format))
        return HM_OK;
    if (!as && path && hm_meet_format_of(path, format))
        return HM_OK;
    char all[128] = "";
    for (int f = 0; f < HM_MEET_N_FORMAT; f++)
        snprintf(all + strlen(all), sizeof all - strlen(all), "%s%s", f ? " " : "",
                 hm_meet_format_name((hm_meet_format)f));
    if (as)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--as", "expected one of %s, found \"%s\"",
                          all, as);
    return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--as",
                      "expected a format, one of %s, where the ending of the file tells none", all);
}

/* ---- what a format wants ---- */

static bool wants_number(hm_meet_format f)
{
    return f == HM_MEET_LIF || f == HM_MEET_EVT || f == HM_MEET_SCH || f == HM_MEET_HYTEK;
}

static bool same_event(const hm_heat *a, const hm_heat *b)
{
    return strcmp(a->code, b->code) == 0 && strcmp(a->name, b->name) == 0 &&
           a->has_sex == b->has_sex && (!a->has_sex || a->sex == b->sex);
}

/* The number after the largest that is told. */
static int32_t free_number(const hm_meet *meet)
{
    int32_t next = 1;
    for (int32_t i = 0; i < meet->n_heat; i++) {
        const char *s = meet->heat[i].event;
        size_t n = strspn(s, "0123456789");
        int32_t v = 0;
        for (size_t k = 0; n == strlen(s) && n < 9 && k < n; k++)
            v = 10 * v + (s[k] - '0');
        next = v >= next ? v + 1 : next;
    }
    return next;
}

/* Events without a number in the program get one. */
static hm_status number_events(hm_arena *arena, hm_meet *meet, hm_err *err)
{
    int32_t next = free_number(meet);
    for (int32_t i = 0; i < meet->n_heat; i++) {
        if (*meet->heat[i].event)
            continue;
        const char *number = hm_arena_printf(arena, "%d", next++);
        if (!number)
            return no_memory(err);
        for (int32_t k = i + 1; k < meet->n_heat; k++)
            if (!*meet->heat[k].event && same_event(&meet->heat[i], &meet->heat[k]))
                meet->heat[k].event = number;
        meet->heat[i].event = number;
    }
    return HM_OK;
}

/* Disciplines as the book finds them, winds as the rules round them. */
static hm_status make_results(hm_arena *arena, hm_meet *meet, hm_err *err)
{
    for (int32_t i = 0; i < meet->n_heat; i++) {
        hm_heat *h = &meet->heat[i];
        char code[HM_BOOK_CODE_MAX];
        if (!*h->code && isdigit((unsigned char)hm_book_code(h->name, code)[0]) &&
            !(h->code = hm_arena_text(arena, code)))
            return no_memory(err);
        if (h->has_wind)
            h->wind_cmps = 10 * hm_wind_dmps(h->wind_cmps);
    }
    return HM_OK;
}

typedef struct listed {
    const hm_person *who;
    int64_t at;
} listed;

static int by_id(const void *pa, const void *pb)
{
    const listed *a = pa, *b = pb;
    int d = strcmp(a->who->id, b->who->id);
    return d ? d : a->at < b->at ? -1 : 1;
}

static int by_at(const void *pa, const void *pb)
{
    const listed *a = pa, *b = pb;
    return a->at < b->at ? -1 : a->at > b->at;
}

/* Those of the heats who have an id, each once, where no list of people was told. */
static hm_status list_people(hm_arena *arena, hm_meet *meet, hm_err *err)
{
    size_t room = 1, n = 0, kept = 0;
    if (meet->n_person)
        return HM_OK;
    for (int32_t i = 0; i < meet->n_heat; i++)
        room += (size_t)meet->heat[i].n_mark;
    listed *row = HM_PUSH(arena, listed, room);
    meet->person = HM_PUSH(arena, hm_person, room);
    if (!row || !meet->person)
        return no_memory(err);
    for (int32_t i = 0; i < meet->n_heat; i++)
        for (int32_t k = 0; k < meet->heat[i].n_mark; k++, n++)
            row[n] = (listed){&meet->heat[i].mark[k].who, (int64_t)n};
    qsort(row, n, sizeof *row, by_id);
    for (size_t i = 0; i < n; i++)
        if (*row[i].who->id && (!kept || strcmp(row[kept - 1].who->id, row[i].who->id) != 0))
            row[kept++] = row[i];
    qsort(row, kept, sizeof *row, by_at);
    for (size_t i = 0; i < kept; i++)
        meet->person[meet->n_person++] = *row[i].who;
    return HM_OK;
}

static hm_status prepare(hm_arena *arena, hm_meet_format format, int32_t n, hm_meet meet[],
                         hm_err *err)
{
    for (int32_t i = 0; i < n; i++) {
        const char *slash = strrchr(meet[i].source, '/');
        if (slash) /* the name of a file, not where it lay */
            meet[i].source = slash + 1;
        if (wants_number(format))
            HM_TRY(number_events(arena, &meet[i], err));
        if (format == HM_MEET_HYTEK || format == HM_MEET_OPENTRACK || format == HM_MEET_ATHLIB)
            HM_TRY(make_results(arena, &meet[i], err));
        if (format == HM_MEET_PPL)
            HM_TRY(list_people(arena, &meet[i], err));
    }
    return HM_OK;
}

/* ---- heats of one meet in many files ---- */

static bool is_one_meet(int32_t n, const hm_meet meet[])
{
    for (int32_t i = 1; i < n; i++)
        if (strcmp(meet[i].name, meet[0].name) != 0 || strcmp(meet[i].date, meet[0].date) != 0 ||
            strcmp(meet[i].venue, meet[0].venue) != 0)
            return false;
    return true;
}

/* All heats, people and schedules in the first. */
static hm_status join_meets(hm_arena *arena, int32_t n, hm_meet meet[], hm_err *err)
{
    hm_meet out = meet[0];
    size_t n_heat = 1, n_person = 1, n_order = 1;
    for (int32_t i = 0; i < n; i++) {
        n_heat += (size_t)meet[i].n_heat;
        n_person += (size_t)meet[i].n_person;
        n_order += (size_t)meet[i].n_order;
    }
    out.heat = HM_PUSH(arena, hm_heat, n_heat);
    out.person = HM_PUSH(arena, hm_person, n_person);
    out.order = HM_PUSH(arena, hm_heat, n_order);
    if (!out.heat || !out.person || !out.order)
        return no_memory(err);
    out.n_heat = out.n_person = out.n_order = 0;
    for (int32_t i = 0; i < n; i++) {
        for (int32_t k = 0; k < meet[i].n_heat; k++)
            out.heat[out.n_heat++] = meet[i].heat[k];
        for (int32_t k = 0; k < meet[i].n_person; k++)
            out.person[out.n_person++] = meet[i].person[k];
        for (int32_t k = 0; k < meet[i].n_order; k++)
            out.order[out.n_order++] = meet[i].order[k];
    }
    meet[0] = out;
    return HM_OK;
}

/* ---- files ---- */

/* One file to be: whole in memory before the first is written. */
typedef struct page {
    const char *path;
    hm_memory text;
} page;

typedef struct writing {
    const cli_args *args;
    hm_arena *arena;
    hm_meet_format format;
    const char *path; /* file or folder */
    bool folder;
    int32_t n, cap;
    page *page; /* (n) */
} writing;

static bool is_folder(const char *path)
{
    struct stat st;
    size_t n = strlen(path);
    return (n && path[n - 1] == '/') || (stat(path, &st) == 0 && S_ISDIR(st.st_mode));
}

static bool is_taken(const writing *w, const char *path)
{
    for (int32_t i = 0; i < w->n; i++)
        if (strcmp(w->page[i].path, path) == 0)
            return true;
    return false;
}

/* A name in the folder that no page has yet: what a file told may hold anything, the name letters,
 * digits and hyphens alone. */
static hm_status name_page(writing *w, const char *stem, page *p, hm_err *err)
{
    char safe[64];
    size_t n = 0;
    for (; stem[n] && n + 1 < sizeof safe; n++)
        safe[n] = isalnum((unsigned char)stem[n]) && !(stem[n] & 0x80) ? stem[n] : '-';
    safe[n] = '\0';
    const char *slash = w->path[strlen(w->path) - 1] == '/' ? "" : "/";
    const char *ending = hm_meet_format_ending(w->format);
    p->path = hm_arena_printf(w->arena, "%s%s%s%s", w->path, slash, safe, ending);
    for (int twin = 2; p->path && is_taken(w, p->path); twin++)
        p->path = hm_arena_printf(w->arena, "%s%s%s-%d%s", w->path, slash, safe, twin, ending);
    return p->path ? HM_OK : no_memory(err);
}

/* Fills a page. stem: its name in the folder; unused where one file is written. */
static hm_status add_page(writing *w, const char *stem, int32_t n, const hm_meet meet[],
                          int32_t i_heat, hm_err *err)
{
    page *p = &w->page[w->n];
    hm_notes notes = {0};
    HM_ASSERT(w->n < w->cap);
    *p = (page){.path = w->path, .text = {.arena = w->arena}};
    if (w->folder)
        HM_TRY(name_page(w, stem, p, err));
    HM_TRY(
        hm_meet_put(w->format, hm_sink_memory(&p->text), n, meet, i_heat, w->arena, &notes, err));
    cli_print_notes(w->args, &notes);
    w->n++;
    return HM_OK;
}

static hm_status too_many(const writing *w, const char *what, int32_t n, hm_err *err)
{
    return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--output",
                      "%s holds one %s, found %d: name a folder (-o DIR/)%s",
                      hm_meet_format_name(w->format), what, n,
                      what[0] == 'h' ? ", or one with --heat" : "");
}

static hm_status add_heats(writing *w, const hm_meet *meet, int32_t only, hm_err *err)
{
    for (int32_t i = 0; i < meet->n_heat; i++) {
        char stem[64];
        const hm_heat *h = &meet->heat[i];
        if (only && i + 1 != only)
            continue;
        snprintf(stem, sizeof stem, "%.20s-%d-%02d", h->event, h->round, h->heat);
        HM_TRY(add_page(w, stem, 1, meet, i, err));
    }
    return HM_OK;
}

static hm_status add_each_heat(writing *w, int32_t n, const hm_meet meet[], hm_err *err)
{
    int64_t only = 0;
    int32_t n_heat = 0;
    for (int32_t i = 0; i < n; i++)
        n_heat += meet[i].n_heat;
    HM_TRY(cli_integer(w->args, "heat", 1, HM_MEET_HEAT_MAX, &only, err));
    if (only && (n > 1 || only > n_heat))
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--heat",
                          "expected one of the %d heats of one meet", n_heat);
    if (!n_heat)
        return hm_err_set(err, HM_ERR_INPUT, NULL, 0, 0, "heats", "expected a heat, found none");
    if (!w->folder && !only && n_heat > 1)
        return too_many(w, "heat", n_heat, err);
    for (int32_t i = 0; i < n; i++)
        HM_TRY(add_heats(w, &meet[i], (int32_t)only, err));
    return HM_OK;
}

static hm_status add_each_meet(writing *w, int32_t n, const hm_meet meet[], hm_err *err)
{
    if (!w->folder && n != 1)
        return n ? too_many(w, "meet", n, err)
                 : hm_err_set(err, HM_ERR_INPUT, NULL, 0, 0, "meets",
                              "expected a meet, found none");
    for (int32_t i = 0; i < n; i++) {
        char stem[64];
        snprintf(stem, sizeof stem, "%.20s-%d", *meet[i].date ? meet[i].date : "meet", i + 1);
        HM_TRY(add_page(w, stem, 1, &meet[i], 0, err));
    }
    return HM_OK;
}

static hm_status fill_pages(writing *w, int32_t n, const hm_meet meet[], hm_err *err)
{
    w->cap = 1 + n;
    for (int32_t i = 0; i < n; i++)
        w->cap += meet[i].n_heat;
    w->page = HM_PUSH(w->arena, page, w->cap);
    if (!w->page)
        return no_memory(err);
    switch (hm_meet_format_scope(w->format)) {
    case HM_MEET_SCOPE_HEAT:
        return add_each_heat(w, n, meet, err);
    case HM_MEET_SCOPE_MEET:
        return add_each_meet(w, n, meet, err);
    default:
        return w->folder ? add_each_meet(w, n, meet, err) : add_page(w, "", n, meet, 0, err);
    }
}

hm_status book_write_meets(const cli_args *args, const char *path, int32_t n, hm_meet meet[],
                           hm_err *err)
{
    writing w = {.args = args, .arena = args->arena};
    w.path = path ? path : cli_value(args, "output") ? cli_value(args, "output") : "-";
    HM_TRY(book_read_format(args, w.path, &w.format, err));
    w.folder = is_folder(w.path);
    if (n > 1 && hm_meet_format_scope(w.format) == HM_MEET_SCOPE_MEET && is_one_meet(n, meet)) {
        HM_TRY(join_meets(args->arena, n, meet, err));
        n = 1;
    }
    HM_TRY(prepare(args->arena, w.format, n, meet, err));
    HM_TRY(fill_pages(&w, n, meet, err));
    if (w.folder && mkdir(w.path, 0777) != 0 && errno != EEXIST)
        return hm_err_set(err, HM_ERR_SYSTEM, w.path, 0, 0, NULL, "cannot make the folder: %s",
                          strerror(errno));
    for (int32_t i = 0; i < w.n; i++)
        HM_TRY(hm_file_write(w.page[i].path, w.page[i].text.n ? w.page[i].text.bytes : "",
                             w.page[i].text.n, err));
    return HM_OK;
}

/* Marks by time or by age grade: all-time and yearly lists, of a team, an age group, a meet. */
#include "walk_priv.h"

#include <string.h>

/* Outdoor sprints and hurdles up to 200 m: without a reading no record, no list (TR17.8, TR17.10
 * name the races whose wind is measured). */
bool book_needs_wind(const char *code)
{
    static const char *const measured[] = {"100m", "200m", "100mH", "110mH", "80mH", "150m"};
    for (size_t i = 0; i < sizeof measured / sizeof measured[0]; i++)
        if (strcmp(code, measured[i]) == 0)
            return true;
    return false;
}

typedef struct listing {
    hm_book *book;
    const hm_book_filter *filter;
    book_walk walk;
    sqlite3_stmt *row;
    hm_arena *arena;
    int32_t n;
    size_t cap;
    hm_book_row *out;
    int64_t last_rank;
    book_seen seen;
} listing;

/* Ties with the last place may be any number. */
static hm_status make_room(listing *l, hm_err *err)
{
    hm_book_row *more = HM_GROW(l->arena, l->out, l->n, &l->cap);
    if (!more)
        return book_no_memory(err);
    l->out = more;
    return HM_OK;
}

static hm_status take(listing *l, const book_step_row *step, hm_err *err)
{
    HM_TRY(make_room(l, err));
    hm_book_row *r = &l->out[l->n];
    HM_TRY(book_row_read(l->book, l->row, step->mark, l->arena, r, err));
    if (!book_row_fits(l->filter, r))
        return HM_OK;
    bool is_new;
    HM_TRY(book_see(&l->seen, step->person, l->arena, &is_new, err));
    if (step->age_yr) {
        r->age_yr = step->age_yr;
        HM_TRY(hm_points_age_grade(l->walk.event,
                                   strcmp(r->sex, "men") == 0 ? HM_SEX_MEN : HM_SEX_WOMEN,
                                   r->age_yr, r->official_cs, &r->grade, err));
    }
    r->place = l->n > 0 && step->rank == l->last_rank ? l->out[l->n - 1].place : l->n + 1;
    l->last_rank = step->rank;
    l->n++;
    return HM_OK;
}

static hm_status read_rows(listing *l, hm_err *err)
{
    bool row;
    book_step_row step;
    for (;;) {
        HM_TRY(book_walk_next(&l->walk, &row, &step, err));
        bool full = l->n >= l->filter->n_max;
        if (!row || l->n == HM_BOOK_LIST_MAX ||
            (full && (!l->filter->ties || step.rank != l->last_rank)))
            return HM_OK;
        if (l->filter->every || !book_is_seen(&l->seen, step.person))
            HM_TRY(take(l, &step, err));
    }
}

hm_status hm_book_list(hm_book *book, const hm_book_filter *filter, hm_arena *arena,
                       hm_book_rows *rows, hm_err *err)
{
    HM_ASSERT(filter->n_max >= 1 && filter->n_max <= HM_BOOK_LIST_MAX);
    listing l = {.book = book, .filter = filter, .arena = arena};
    hm_status s = book_row_prepare(book, &l.row, err);
    if (s == HM_OK)
        s = book_walk_open(&l.walk, book, filter, arena, err);
    if (s == HM_OK)
        s = make_room(&l, err);
    if (s == HM_OK)
        s = read_rows(&l, err);
    book_walk_close(&l.walk);
    sqlite3_finalize(l.row);
    if (s == HM_OK)
        *rows = (hm_book_rows){l.n, l.out};
    return s;
}

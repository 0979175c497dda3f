/* Whose mark is it? */
#include "import_priv.h"

#include <string.h>

const char *book_sex_text(bool has_sex, hm_sex sex)
{
    return !has_sex ? "" : sex == HM_SEX_MEN ? "men" : "women";
}

/* Name into im->name, as it is compared into im->key. What would steer a terminal is a blank. */
static void write_name(book_import *im, const hm_person *who)
{
    snprintf(im->name, sizeof im->name, "%s%s%s", who->first_name,
             who->first_name[0] && who->last_name[0] ? " " : "", who->last_name);
    for (char *c = im->name; *c; c++)
        if ((unsigned char)*c < ' ' || *c == 0x7f)
            *c = ' ';
    hm_book_fold(im->name, im->key, sizeof im->key);
}

static bool is_used(const book_import *im, int64_t id)
{
    for (int32_t i = 0; i < im->n_used; i++)
        if (im->used[i] == id)
            return true;
    return false;
}

/* "1986" fits "1986-08-21"; "" fits anything. */
static bool fits(const char *a, const char *b)
{
    size_t na = strlen(a), nb = strlen(b);
    return strncmp(a, b, na < nb ? na : nb) == 0;
}

static bool same_unless_unknown(const char *a, const char *b)
{
    return a[0] == '\0' || b[0] == '\0' || strcmp(a, b) == 0;
}

static const char *column(sqlite3_stmt *st, int i)
{
    const unsigned char *text = sqlite3_column_text(st, i);
    return text ? (const char *)text : "";
}

typedef struct candidate {
    book_who who;
    bool tells_more; /* the file tells of him what the book does not know */
} candidate;

static bool adds(const char *known, const char *told)
{
    return strlen(told) > strlen(known);
}

/* May the person of the row be the one? */
static void weigh(const book_import *im, sqlite3_stmt *st, int64_t named, const hm_person *who,
                  const char *sex, candidate *c)
{
    const char *has_sex = column(st, 1), *born = column(st, 2), *license = column(st, 3);
    int64_t id = sqlite3_column_int64(st, 0);
    if (is_used(im, id) || !same_unless_unknown(has_sex, sex) || !fits(born, who->born) ||
        !same_unless_unknown(license, who->license))
        return;
    c->who = (book_who){.id = id, .named = named};
    snprintf(c->who.born, sizeof c->who.born, "%.10s", adds(born, who->born) ? who->born : born);
    c->tells_more = adds(born, who->born) || adds(has_sex, sex) || (!license[0] && who->license[0]);
}

/* First of the statement's people who may be the one, id 0 = none; of those who were merged, into
 * whom. */
static hm_status pick(book_import *im, sqlite3_stmt *st, const hm_person *who, const char *sex,
                      candidate *c, hm_err *err)
{
    sqlite3_stmt *root = im->st[BOOK_SQL_PERSON_ROOT];
    bool row, found;
    *c = (candidate){0};
    for (;;) {
        HM_TRY(book_step(im->book, st, &row, err));
        if (!row)
            return HM_OK;
        int64_t named = sqlite3_column_int64(st, 4);
        if (sqlite3_column_int64(st, 0) == named) {
            weigh(im, st, named, who, sex, c);
        } else {
            HM_TRY(book_bind(im->book, root, err, "i", named));
            HM_TRY(book_step(im->book, root, &found, err));
            if (found)
                weigh(im, root, named, who, sex, c);
            sqlite3_reset(root);
        }
        if (c->who.id) {
            sqlite3_reset(st);
            return HM_OK;
        }
    }
}

static hm_status add_told(book_import *im, int64_t person, const hm_person *who, const char *sex,
                          hm_err *err)
{
    sqlite3_stmt *st = im->st[BOOK_SQL_TOLD_ADD];
    HM_TRY(book_bind(im->book, st, err, "iittt", person, im->id, sex, who->born, who->license));
    return book_run(im->book, st, err);
}

static hm_status add_person(book_import *im, const hm_person *who, const char *sex, book_who *out,
                            hm_err *err)
{
    sqlite3_stmt *st = im->st[BOOK_SQL_PERSON_ADD];
    HM_TRY(book_bind(im->book, st, err, "tttti", im->name, sex, who->born, who->license, im->id));
    HM_TRY(book_run(im->book, st, err));
    int64_t id = sqlite3_last_insert_rowid(im->book->db);
    im->report.people++;
    st = im->st[BOOK_SQL_NAME_ADD];
    HM_TRY(book_bind(im->book, st, err, "ti", im->key, id));
    HM_TRY(book_run(im->book, st, err));
    *out = (book_who){.id = id, .named = id};
    snprintf(out->born, sizeof out->born, "%.10s", who->born);
    return add_told(im, id, who, sex, err);
}

static hm_status look_up(book_import *im, const hm_person *who, const char *sex, candidate *c,
                         hm_err *err)
{
    *c = (candidate){0};
    if (im->heat_id && !im->is_new) {
        sqlite3_stmt *here = im->st[BOOK_SQL_PERSON_HERE];
        HM_TRY(book_bind(im->book, here, err, "it", im->heat_id, im->key));
        HM_TRY(pick(im, here, who, sex, c, err));
    }
    if (c->who.id || !im->key[0]) /* those without a name are not the same person elsewhere */
        return HM_OK;
    sqlite3_stmt *any = im->st[BOOK_SQL_PERSON_FIND];
    HM_TRY(book_bind(im->book, any, err, "t", im->key));
    return pick(im, any, who, sex, c, err);
}

hm_status book_import_person(book_import *im, const hm_person *who, bool has_sex, hm_sex sex,
                             book_who *out, hm_err *err)
{
    const char *class = book_sex_text(has_sex, sex);
    candidate c;
    write_name(im, who);
    HM_TRY(look_up(im, who, class, &c, err));
    if (!c.who.id) {
        HM_TRY(add_person(im, who, class, &c.who, err));
    } else if (c.tells_more || !im->heat_id) { /* a list of people holds who is on it */
        HM_TRY(add_told(im, c.who.named, who, class, err));
        HM_TRY(book_person_refresh(im->book, c.who.id, false, im->arena, err));
    }
    if (im->n_used < HM_MEET_IN_HEAT_MAX)
        im->used[im->n_used++] = c.who.id;
    *out = c.who;
    return HM_OK;
}

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

/* First of the statement's people who may be the one; 0 = none. */
static hm_status pick(book_import *im, sqlite3_stmt *st, const hm_person *who, const char *sex,
                      int64_t *id, hm_err *err)
{
    bool row;
    *id = 0;
    for (;;) {
        HM_TRY(book_step(im->book, st, &row, err));
        if (!row)
            return HM_OK;
        int64_t found = sqlite3_column_int64(st, 0);
        if (!is_used(im, found) && same_unless_unknown(column(st, 1), sex) &&
            fits(column(st, 2), who->born) && same_unless_unknown(column(st, 3), who->license)) {
            *id = found;
            sqlite3_reset(st);
            return HM_OK;
        }
    }
}

static hm_status add_person(book_import *im, const hm_person *who, const char *sex, int64_t *id,
                            hm_err *err)
{
    sqlite3_stmt *st = im->st[BOOK_SQL_PERSON_ADD];
    HM_TRY(book_bind(im->book, st, err, "tttti", im->name, sex, who->born, who->license, im->id));
    HM_TRY(book_run(im->book, st, err));
    *id = sqlite3_last_insert_rowid(im->book->db);
    im->report.people++;
    st = im->st[BOOK_SQL_NAME_ADD];
    HM_TRY(book_bind(im->book, st, err, "ti", im->key, *id));
    return book_run(im->book, st, err);
}

hm_status book_import_person(book_import *im, const hm_person *who, bool has_sex, hm_sex sex,
                             int64_t *id, hm_err *err)
{
    const char *class = book_sex_text(has_sex, sex);
    int64_t found = 0;
    write_name(im, who);
    if (im->heat_id) {
        sqlite3_stmt *here = im->st[BOOK_SQL_PERSON_HERE];
        HM_TRY(book_bind(im->book, here, err, "it", im->heat_id, im->key));
        HM_TRY(pick(im, here, who, class, &found, err));
    }
    if (!found && im->key[0]) { /* those without a name are not the same person elsewhere */
        sqlite3_stmt *any = im->st[BOOK_SQL_PERSON_FIND];
        HM_TRY(book_bind(im->book, any, err, "t", im->key));
        HM_TRY(pick(im, any, who, class, &found, err));
    }
    if (!found)
        HM_TRY(add_person(im, who, class, &found, err));
    if (im->n_used < HM_MEET_IN_HEAT_MAX)
        im->used[im->n_used++] = found;
    *id = found;
    return HM_OK;
}

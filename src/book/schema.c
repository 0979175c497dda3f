/* Tables of the book and how older ones become these. docs/formats/book.md says it in prose. */
#include "book_priv.h"

enum { PART_MAX = 3 /* compilers need not take texts of any length */ };

/* Texts of a few are compared one by one: for IN SQLite makes a table at each insert. */
#define SEX "TEXT NOT NULL DEFAULT '' CHECK (sex = '' OR sex = 'men' OR sex = 'women')"
/* of a meet in the world rankings; '' = none */
#define CATEGORY                                                                                   \
    "TEXT NOT NULL DEFAULT '' CHECK (category = '' OR category = 'OW' OR category = 'DF' OR"       \
    " category = 'GW' OR category = 'GL' OR category = 'A' OR category = 'B' OR category = 'C' OR" \
    " category = 'D' OR category = 'E' OR category = 'F')"

/* Step k brings a book from version k to k + 1; version 0 is an empty file. Steps are never changed
 * once books exist that ran through them. */
static const char *const step[BOOK_VERSION][PART_MAX] = {
    {"CREATE TABLE import ("
     " id INTEGER PRIMARY KEY,"
     " source TEXT NOT NULL,"
     " at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),"
     " content INTEGER NOT NULL," /* hash of what was imported */
     " added INTEGER NOT NULL DEFAULT 0 CHECK (added >= 0),"
     " already INTEGER NOT NULL DEFAULT 0 CHECK (already >= 0),"
     " conflicts INTEGER NOT NULL DEFAULT 0 CHECK (conflicts >= 0),"
     " undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))"
     ") STRICT;"
     "CREATE INDEX import_by_content ON import (content);"

     "CREATE TABLE person ("
     " id INTEGER PRIMARY KEY,"
     " name TEXT NOT NULL,"
     " sex " SEX ","
     " born TEXT NOT NULL DEFAULT '',"
     " license TEXT NOT NULL DEFAULT '',"
     " import_id INTEGER NOT NULL REFERENCES import (id)"
     ") STRICT;"
     "CREATE INDEX person_by_import ON person (import_id);"

     "CREATE TABLE person_name ("
     " key TEXT NOT NULL," /* hm_book_fold of the name */
     " person_id INTEGER NOT NULL REFERENCES person (id),"
     " PRIMARY KEY (key, person_id)"
     ") STRICT, WITHOUT ROWID;"
     "CREATE INDEX person_name_by_person ON person_name (person_id);"

     "CREATE TABLE meet ("
     " id INTEGER PRIMARY KEY,"
     " name TEXT NOT NULL,"
     " date TEXT NOT NULL,"
     " venue TEXT NOT NULL,"
     " file TEXT NOT NULL," /* '' unless name and date are */
     " altitude_m REAL,"
     " import_id INTEGER NOT NULL REFERENCES import (id),"
     " UNIQUE (name, date, venue, file)"
     ") STRICT;"
     "CREATE INDEX meet_by_import ON meet (import_id);"

     "CREATE TABLE heat ("
     " id INTEGER PRIMARY KEY,"
     " meet_id INTEGER NOT NULL REFERENCES meet (id),"
     " event TEXT NOT NULL," /* number in the meet program */
     " code TEXT NOT NULL,"  /* 100m */
     " name TEXT NOT NULL,"
     " sex " SEX ","
     " round INTEGER NOT NULL CHECK (round BETWEEN 0 AND 999),"
     " round_name TEXT NOT NULL,"
     " heat INTEGER NOT NULL CHECK (heat BETWEEN 0 AND 999),"
     " distance_m REAL CHECK (distance_m > 0),"
     " start_clock TEXT NOT NULL,"
     " import_id INTEGER NOT NULL REFERENCES import (id),"
     " UNIQUE (meet_id, event, code, sex, round, round_name, heat)"
     ") STRICT;"
     "CREATE INDEX heat_by_import ON heat (import_id);"

     "CREATE TABLE mark ("
     " id INTEGER PRIMARY KEY,"
     " heat_id INTEGER NOT NULL REFERENCES heat (id),"
     " person_id INTEGER NOT NULL REFERENCES person (id),"
     " rival_of INTEGER REFERENCES mark (id)," /* the mark that it contradicts */
     " status TEXT NOT NULL"
     "  CHECK (status = 'ok' OR status = 'entered' OR status = 'dns' OR status = 'dnf' OR"
     "  status = 'dq' OR status = 'unknown'),"
     " rule TEXT NOT NULL,"
     " code TEXT NOT NULL," /* those of the heat and its meet: what lists go by */
     " sex " SEX ","
     " date TEXT NOT NULL,"
     " year INTEGER NOT NULL CHECK (year >= 0)," /* 0 = not known */
     " team TEXT NOT NULL,"
     " lane INTEGER NOT NULL CHECK (lane BETWEEN 0 AND 99),"
     " place INTEGER NOT NULL CHECK (place >= 0 AND (place = 0 OR status = 'ok')),"
     " official_cs INTEGER NOT NULL CHECK (official_cs >= 0),"
     " time_us INTEGER CHECK (time_us > 0),"
     " time_digits INTEGER NOT NULL CHECK (time_digits >= 0),"
     " timing TEXT NOT NULL CHECK (timing = '' OR timing = 'fat' OR timing = 'hand'),"
     " wind_cmps INTEGER CHECK (wind_cmps BETWEEN -9999 AND 9999),"
     " reaction_us INTEGER CHECK (reaction_us >= 0),"
     " qualified TEXT NOT NULL,"
     " note TEXT NOT NULL,"
     " import_id INTEGER NOT NULL REFERENCES import (id),"
     " line INTEGER NOT NULL CHECK (line >= 0)" /* in the imported file; 0 = not known */
     ") STRICT;"
     "CREATE INDEX mark_by_heat ON mark (heat_id, person_id);"
     "CREATE INDEX mark_by_person ON mark (person_id, code, official_cs);"
     "CREATE INDEX mark_by_import ON mark (import_id);"
     "CREATE INDEX mark_by_rival ON mark (rival_of) WHERE rival_of IS NOT NULL;"
     "CREATE INDEX mark_by_time ON mark (code, sex, official_cs, date, id)"
     " WHERE rival_of IS NULL AND status = 'ok' AND official_cs > 0;"
     "CREATE INDEX mark_by_time_all ON mark (code, official_cs, date, id)"
     " WHERE rival_of IS NULL AND status = 'ok' AND official_cs > 0;"
     "CREATE INDEX mark_by_year_all ON mark (code, year, official_cs, date, id)"
     " WHERE rival_of IS NULL AND status = 'ok' AND official_cs > 0;"
     "CREATE INDEX mark_by_year ON mark (code, sex, year, official_cs, date, id)"
     " WHERE rival_of IS NULL AND status = 'ok' AND official_cs > 0;"

     "CREATE TABLE split ("
     " mark_id INTEGER NOT NULL REFERENCES mark (id) ON DELETE CASCADE,"
     " n INTEGER NOT NULL CHECK (n >= 1),"
     " distance_m REAL CHECK (distance_m > 0),"
     " time_us INTEGER NOT NULL CHECK (time_us > 0)," /* from the gun */
     " PRIMARY KEY (mark_id, n)"
     ") STRICT, WITHOUT ROWID;"

     "PRAGMA application_id = 1212498772;" /* BOOK_APPLICATION_ID */
     "PRAGMA user_version = 1;"},

    /* 2: whatever changes the book is a deed, and a deed can be taken back */
    {"ALTER TABLE person ADD COLUMN merged_into INTEGER REFERENCES person (id);"
     "CREATE INDEX person_by_merger ON person (merged_into) WHERE merged_into IS NOT NULL;"

     "CREATE TABLE told (" /* what a file says of a person; sex, born, license there sum it up */
     " person_id INTEGER NOT NULL REFERENCES person (id),"
     " import_id INTEGER NOT NULL REFERENCES import (id),"
     " sex " SEX ","
     " born TEXT NOT NULL,"
     " license TEXT NOT NULL,"
     " PRIMARY KEY (person_id, import_id, sex, born, license)"
     ") STRICT, WITHOUT ROWID;"
     "CREATE INDEX told_by_import ON told (import_id);"
     "INSERT INTO told (person_id, import_id, sex, born, license)"
     " SELECT id, import_id, sex, born, license FROM person;"

     "ALTER TABLE meet ADD COLUMN category " CATEGORY ";"

     "ALTER TABLE mark ADD COLUMN named_id INTEGER REFERENCES person (id);"
     "CREATE INDEX mark_by_named ON mark (named_id) WHERE named_id IS NOT NULL;"
     "ALTER TABLE mark ADD COLUMN settled INTEGER NOT NULL DEFAULT 0 CHECK (settled IN (0, 1));"
     "ALTER TABLE mark ADD COLUMN year_age INTEGER CHECK (year_age BETWEEN 0 AND 130);"
     "ALTER TABLE mark ADD COLUMN age_yr INTEGER CHECK (age_yr BETWEEN 0 AND 130);"
     "ALTER TABLE mark ADD COLUMN age_exact INTEGER NOT NULL DEFAULT 0 CHECK (age_exact IN (0, 1));"
     "ALTER TABLE mark ADD COLUMN final INTEGER NOT NULL DEFAULT 0 CHECK (final IN (0, 1));"
     "ALTER TABLE mark ADD COLUMN category " CATEGORY ";" BOOK_SET_AGES ";"
     "UPDATE mark SET final = 1 WHERE heat_id IN (SELECT h.id FROM heat h WHERE " BOOK_IS_FINAL
     ");",

     "CREATE TABLE seen (" /* another file that tells a mark which is there */
     " mark_id INTEGER NOT NULL REFERENCES mark (id) ON DELETE CASCADE,"
     " import_id INTEGER NOT NULL REFERENCES import (id),"
     " line INTEGER NOT NULL CHECK (line >= 0),"
     " PRIMARY KEY (mark_id, import_id)"
     ") STRICT, WITHOUT ROWID;"
     "CREATE INDEX seen_by_import ON seen (import_id);"

     "CREATE TABLE deed ("
     " id INTEGER PRIMARY KEY,"
     " kind TEXT NOT NULL CHECK (kind IN ('import', 'merge', 'settle', 'category')),"
     " at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),"
     " what TEXT NOT NULL," /* in words, as they were then */
     " undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)),"
     " import_id INTEGER REFERENCES import (id)," /* a category that came with a file has it too */
     " keep_id INTEGER REFERENCES person (id),"
     " drop_id INTEGER REFERENCES person (id),"
     " mark_id INTEGER REFERENCES mark (id) ON DELETE SET NULL," /* the one that stands */
     " up_to INTEGER,"                                           /* last mark that was weighed */
     " meet_id INTEGER REFERENCES meet (id) ON DELETE SET NULL,"
     " category " CATEGORY ","
     " CHECK (kind <> 'import' OR import_id IS NOT NULL),"
     " CHECK (kind <> 'merge' OR (keep_id IS NOT NULL AND drop_id IS NOT NULL)),"
     " CHECK (kind <> 'settle' OR up_to IS NOT NULL)"
     ") STRICT;"
     "CREATE INDEX deed_by_import ON deed (import_id) WHERE import_id IS NOT NULL;"
     "CREATE INDEX deed_by_keep ON deed (keep_id) WHERE keep_id IS NOT NULL;"
     "CREATE INDEX deed_by_drop ON deed (drop_id) WHERE drop_id IS NOT NULL;"
     "CREATE INDEX deed_by_mark ON deed (mark_id) WHERE mark_id IS NOT NULL;"
     "CREATE INDEX deed_by_meet ON deed (meet_id) WHERE meet_id IS NOT NULL;"
     "INSERT INTO deed (kind, at, what, undone, import_id, meet_id)"
     " SELECT 'import', at, source, undone, id, (SELECT h.meet_id FROM mark m JOIN heat h ON h.id ="
     " m.heat_id WHERE m.import_id = import.id LIMIT 1) FROM import ORDER BY id;",

     "DROP INDEX mark_by_time_all;" /* lists of all sexes are merged from one of each */
     "DROP INDEX mark_by_year_all;"
     "DROP INDEX mark_by_year;"
     "CREATE INDEX mark_by_year ON mark (code, sex, year, official_cs, date, id, person_id,"
     " wind_cmps, timing, place, final, category)"
     " WHERE rival_of IS NULL AND status = 'ok' AND official_cs > 0;"
     "DROP INDEX mark_by_time;"
     "CREATE INDEX mark_by_time ON mark (code, sex, official_cs, date, id, person_id, wind_cmps,"
     " timing) WHERE rival_of IS NULL AND status = 'ok' AND official_cs > 0;"
     "CREATE INDEX mark_by_hand ON mark (code, sex, official_cs, date, id)"
     " WHERE rival_of IS NULL AND status = 'ok' AND official_cs > 0 AND timing = 'hand';"
     "CREATE INDEX mark_by_age ON mark (code, sex, age_yr, official_cs, date, id, person_id,"
     " wind_cmps, timing, year_age)"
     " WHERE rival_of IS NULL AND status = 'ok' AND official_cs > 0 AND age_yr IS NOT NULL;"
     "CREATE INDEX mark_by_team ON mark (team COLLATE NOCASE, code, sex, official_cs, date, id)"
     " WHERE rival_of IS NULL AND status = 'ok' AND official_cs > 0 AND team <> '';"
     "PRAGMA user_version = 2;"},
};
_Static_assert(BOOK_APPLICATION_ID == 1212498772, "as in the first step");

static hm_status refuse(const hm_book *book, hm_err *err, const char *what)
{
    return hm_err_set(err, HM_ERR_INPUT, book->path, 0, 0, NULL, "%s", what);
}

hm_status book_schema_check(hm_book *book, bool *empty, int64_t *version, hm_err *err)
{
    int64_t id, n_table;
    HM_TRY(book_scalar(book, "PRAGMA application_id", &id, err));
    HM_TRY(book_scalar(book, "PRAGMA user_version", version, err));
    HM_TRY(book_scalar(book, "SELECT count(*) FROM sqlite_master", &n_table, err));
    *empty = id == 0 && *version == 0 && n_table == 0;
    if (*empty)
        return HM_OK;
    if (id != BOOK_APPLICATION_ID)
        return refuse(book, err,
                      "expected a results book of hecto, found a database of another program");
    if (*version > BOOK_VERSION)
        return refuse(book, err, "was made by a newer hecto: this one cannot read it");
    if (*version < 1)
        return refuse(book, err, "expected a results book of hecto, found one without a version");
    HM_TRY(
        book_scalar(book,
                    "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN "
                    "('import', 'person', 'person_name', 'meet', 'heat', 'mark', 'split', 'told', "
                    "'seen', 'deed')",
                    &n_table, err));
    return n_table == (*version < 2 ? 7 : 10)
               ? HM_OK
               : refuse(book, err, "is damaged: it lacks tables of a results book");
}

static hm_status bring_up(hm_book *book, hm_err *err)
{
    bool empty;
    int64_t version; /* asked again: another program may have been faster */
    HM_TRY(book_schema_check(book, &empty, &version, err));
    for (int64_t k = version; k < BOOK_VERSION; k++)
        for (int i = 0; i < PART_MAX && step[k][i]; i++)
            HM_TRY(book_exec(book, step[k][i], err));
    return HM_OK;
}

hm_status book_schema_bring_up(hm_book *book, hm_err *err)
{
    HM_TRY(book_begin(book, err));
    return book_end(book, bring_up(book, err), err);
}

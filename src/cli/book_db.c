/* The parts of hecto book, and what those that work on the results book share. */
#include "book_db_verb.h"
#include "book_verb.h"

#include <math.h>
#include <string.h>

#include "io/nearest.h"
#include "io/number.h"
#include "race/official.h"

#define DEFAULT_DB "hecto-book.db"

static const book_part parts[] = {
    {"import", "FILE...", 1, CLI_OPERAND_MAX, book_import},
    {"export", "", 0, 0, book_export},
    {"convert", "IN... OUT", 2, CLI_OPERAND_MAX, book_convert},
    {"list", "EVENT SEX", 2, 2, book_list},
    {"records", "EVENT SEX", 2, 2, book_records},
    {"ranking", "EVENT SEX", 2, 2, book_ranking},
    {"find", "NAME", 1, 1, book_find},
    {"person", "ID", 1, 1, book_person},
    {"versus", "ID ID", 2, 2, book_versus},
    {"merge", "KEEP DROP", 2, 2, book_merge},
    {"conflicts", "", 0, 0, book_conflicts},
    {"settle", "MARK", 1, 1, book_settle},
    {"meet", "FOLDER", 1, 1, book_meet},
    {"meets", "[NAME]", 0, 1, book_meets},
    {"show", "MEET", 1, 1, book_show},
    {"meet-category", "MEET CATEGORY", 2, 2, book_meet_category},
    {"log", "", 0, 0, book_log},
    {"undo", "[DEED]", 0, 1, book_undo},
    {"backup", "FILE", 1, 1, book_backup},
    {"points", "EVENT SEX MARK", 0, CLI_OPERAND_MAX, book_points}, /* counts for itself */
};
enum { N_PART = sizeof parts / sizeof parts[0] };

const book_part *book_db_part(const char *name)
{
    for (size_t i = 0; i < N_PART; i++)
        if (strcmp(parts[i].name, name) == 0)
            return &parts[i];
    return NULL;
}

const char *book_db_nearest(const char *word)
{
    const char *names[N_PART];
    for (size_t i = 0; i < N_PART; i++)
        names[i] = parts[i].name;
    int32_t near = hm_nearest(word, N_PART, names);
    return near >= 0 ? names[near] : NULL;
}

hm_status book_db_run(const book_part *part, const cli_args *args, hm_err *err)
{
    int n = args->n_operand - 1;
    if (n < part->n_min || n > part->n_max)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, part->name,
                          "expected hecto book %s %s, found %d words behind it", part->name,
                          part->operand, n);
    return part->run(args, err);
}

hm_status book_read_sex(const char *word, bool *has_sex, hm_sex *sex, hm_err *err)
{
    static const struct {
        const char *word;
        bool has;
        hm_sex sex;
    } known[] = {{"men", true, HM_SEX_MEN},     {"M", true, HM_SEX_MEN},
                 {"women", true, HM_SEX_WOMEN}, {"W", true, HM_SEX_WOMEN},
                 {"F", true, HM_SEX_WOMEN},     {"all", false, HM_SEX_MEN}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strcmp(known[i].word, word) == 0) {
            *has_sex = known[i].has;
            *sex = known[i].sex;
            return HM_OK;
        }
    return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, word, "expected men, women or all");
}

const char *book_json_path(const cli_args *args)
{
    const char *path = cli_value(args, "output");
    return path ? path : cli_flag(args, "json") ? "-" : NULL;
}

hm_status book_open(const cli_args *args, hm_book_mode mode, hm_book **book, hm_err *err)
{
    const char *path = cli_value(args, "db");
    return hm_book_open(path ? path : DEFAULT_DB, mode, args->arena, book, err);
}

hm_status book_with(const cli_args *args, hm_book_mode mode, book_in_fn *fn, hm_err *err)
{
    hm_book *book;
    HM_TRY(book_open(args, mode, &book, err));
    hm_status s = fn(book, args, err);
    hm_book_close(book);
    return s;
}

hm_status book_json_begin(book_answer_file *a, const char *path, const char *format, hm_err *err)
{
    HM_TRY(hm_file_create(path, &a->file, err));
    a->out = hm_json_out_make(hm_sink_file(&a->file), err);
    hm_json_put_object(&a->out, NULL, HM_JSON_BLOCK);
    hm_json_put_text(&a->out, "format", format);
    hm_json_put_integer(&a->out, "version", 1);
    return HM_OK;
}

hm_status book_json_end(book_answer_file *a, hm_err *err)
{
    hm_json_put_end(&a->out);
    hm_status s = hm_json_finish(&a->out);
    if (s == HM_OK)
        return hm_file_commit(&a->file, err);
    hm_file_abort(&a->file);
    return s;
}

void book_json_wind(hm_json_out *o, bool has_wind, int32_t wind_cmps)
{
    hm_json_put_number(o, "wind_mps", has_wind ? hm_wind_dmps(wind_cmps) / 10.0 : (double)NAN);
}

hm_status book_read_id(const char *word, const char *what, int64_t *id, hm_err *err)
{
    if (hm_number_parse_int(word, id) == HM_NUMBER_OK && *id >= 1)
        return HM_OK;
    return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, word, "expected the number of a %s", what);
}

/* meet_decisions.c - decisions.csv: what referee and jury decided, and open protests. */
#include "meet_run.h"

#include <string.h>
#include <strings.h>

#include "io/csv.h"
#include "io/folder.h"

enum { EVENT, ROUND, ID, DECISION, NOTE, N_COLUMN };

static const char *const column[N_COLUMN] = {"event", "round", "id", "decision", "note"};

static hm_status refuse(const hm_csv *csv, const hm_csv_row *row, int32_t at, int c,
                        const char *want, hm_err *err)
{
    return hm_err_set(err, HM_ERR_INPUT, csv->source, row->line, row->cell[at].col, column[c],
                      "expected %s, found '%.40s'", want, row->cell[at].text);
}

/* "DQ TR17.1" */
static bool read_verdict(const char *text, meet_decision *d)
{
    static const struct {
        const char *word;
        meet_verdict verdict;
    } known[] = {{"P", MEET_PROTEST}, {"DNS", MEET_DNS},    {"DNF", MEET_DNF}, {"DQ", MEET_DQ},
                 {"OK", MEET_VALID},  {"qR", MEET_REFEREE}, {"qJ", MEET_JURY}};
    size_t n = strcspn(text, " ");
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strlen(known[i].word) == n && strncasecmp(text, known[i].word, n) == 0) {
            d->verdict = known[i].verdict;
            d->rule = text + n + strspn(text + n, " ");
            return true;
        }
    return false;
}

static hm_status read_row(const hm_csv *csv, const hm_csv_row *row, const int32_t at[],
                          meet_decision *d, hm_err *err)
{
    *d = (meet_decision){.line = row->line,
                         .event = row->cell[at[EVENT]].text,
                         .round = row->cell[at[ROUND]].text,
                         .id = at[ID] < 0 ? "" : row->cell[at[ID]].text,
                         .rule = "",
                         .note = at[NOTE] < 0 ? "" : row->cell[at[NOTE]].text};
    if (!d->event[0])
        return refuse(csv, row, at[EVENT], EVENT, "the id of an event", err);
    if (!d->round[0])
        return refuse(csv, row, at[ROUND], ROUND, "a round: R1, R2 ..., SF or F", err);
    if (!read_verdict(row->cell[at[DECISION]].text, d))
        return refuse(csv, row, at[DECISION], DECISION,
                      "P, DQ with its rule, DNF, DNS, OK, qR or qJ", err);
    if (!d->id[0] && d->verdict != MEET_PROTEST)
        return hm_err_set(err, HM_ERR_INPUT, csv->source, row->line, 0, column[ID],
                          "expected the number of an athlete; a protest alone may be of a round");
    if (d->verdict == MEET_DQ && !d->rule[0])
        return refuse(csv, row, at[DECISION], DECISION, "DQ with its rule (CR25.4): DQ TR17.1",
                      err);
    return HM_OK;
}

static hm_status parse(const char *source, const char *bytes, size_t n, hm_arena *arena,
                       meet_decisions *out, hm_err *err)
{
    hm_csv csv;
    int32_t at[N_COLUMN] = {-1, -1, -1, -1, -1};
    HM_TRY(hm_csv_parse(source, bytes, n, arena, &csv, err));
    for (int32_t i = 0; i < csv.head.n_cell; i++)
        for (int c = 0; c < N_COLUMN; c++)
            if (strcasecmp(csv.head.cell[i].text, column[c]) == 0)
                at[c] = i;
    for (int c = 0; c < N_COLUMN; c++)
        if (at[c] < 0 && c != ID && c != NOTE)
            return hm_err_set(err, HM_ERR_INPUT, csv.source, csv.head.line, 1, column[c],
                              "expected a column of this name in the header, found none");
    out->decision = HM_PUSH(arena, meet_decision, csv.n_row + 1);
    if (!out->decision)
        return hm_err_set(err, HM_ERR_SYSTEM, source, 0, 0, NULL, "no memory");
    for (int32_t i = 0; i < csv.n_row; i++)
        HM_TRY(read_row(&csv, &csv.row[i], at, &out->decision[out->n++], err));
    return HM_OK;
}

hm_status meet_decisions_read(const meet_plan *plan, hm_arena *arena, meet_decisions *decisions,
                              hm_err *err)
{
    char *bytes;
    size_t n;
    meet_decisions out = {.source = "decisions.csv"};
    const char *path = meet_path(plan, arena, out.source);
    if (!path)
        return hm_err_set(err, HM_ERR_SYSTEM, plan->source, 0, 0, NULL, "no memory");
    if (hm_folder_has(path)) {
        HM_TRY(hm_file_read(path, HM_CSV_FILE_MAX, arena, &bytes, &n, err));
        HM_TRY(parse(path, bytes, n, arena, &out, err));
    }
    *decisions = out;
    return HM_OK;
}

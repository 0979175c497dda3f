/* hecto life: lives from six to forty, and why they went as they did. */
#include "cmd.h"
#include "life_plot.h"
#include "life_print.h"
#include "life_study.h"

#include <string.h>

#include "data/date.h"
#include "io/file.h"
#include "io/nearest.h"
#include "life/story.h"

static const cli_opt opts[] = {
    {"json", 0, NULL, "Print the story as one machine-readable object."},
    {"why", 0, "ID", "Say in plain words why this one came to run as he did."},
    {"year", 0, "YEAR", "With --why: one school year, by the calendar year it begins in."},
    {"futures", 0, "N", "Live each future that the scenario asks for N times and count."},
    {"from", 0, "DATE", "Where futures branch (default: as the scenario says)."},
    {"follow", 0, "ID", "Tell of this one only, and let futures follow him."},
    {"without", 0, "SWITCH", "Take a fact of the scenario away; commas between several."},
    LIFE_PLOT_OPTS,
    {"new", 0, NULL, "Write a scenario to start one's own from."},
    {"validate", 0, NULL, "Compare cohorts with what is publicly known of careers."},
    {"quick", 0, NULL, "With --validate: fewer people, larger errors."},
    {"no-men", 0, NULL, "With --validate: women only; --set life.NAME speaks of them."},
    {"no-women", 0, NULL, "With --validate: men only."},
    {"cohort", 0, "DIR",
     "Live birth years under a policy of selection into a folder; goes on there."},
    {"people", 0, "N", "People of a class (100000); with --validate of the middle size (150000)."},
    {"classes", 0, "N", "With --cohort: birth years (18)."},
};

static const cli_group groups[] = {
    {"cohort", &hm_cohort_table}, {"policy", &hm_policy_table}, {"life", &hm_life_params_table}};

/* ---- the command line ---- */

static hm_status person_named(const hm_scenario *s, const char *id, const char *option,
                              int32_t *person, hm_err *err)
{
    const char *known[HM_SCENARIO_PEOPLE_MAX];
    for (int32_t i = 0; i < s->n_person; i++) {
        known[i] = s->person[i].id;
        if (strcmp(id, s->person[i].id) == 0 || strcmp(id, s->person[i].name) == 0) {
            *person = i;
            return HM_OK;
        }
    }
    int32_t near = hm_nearest(id, s->n_person, known);
    return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, option,
                      "expected one of the people of the scenario, found \"%s\"%s%s%s", id,
                      near < 0 ? "" : "; did you mean \"", near < 0 ? "" : known[near],
                      near < 0 ? "" : "\"?");
}

/* Words between commas. */
static hm_status split(const cli_args *args, const char *text, hm_live_opts *o, hm_err *err)
{
    const char **name = HM_PUSH(args->arena, const char *, HM_SCENARIO_LIST_MAX);
    char *copy = hm_arena_text(args->arena, text);
    if (!name || !copy)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    for (char *at = copy; at && o->n_without < HM_SCENARIO_LIST_MAX;) {
        char *comma = strchr(at, ',');
        if (comma)
            *comma++ = '\0';
        name[o->n_without++] = at;
        at = comma;
    }
    o->without = name;
    return HM_OK;
}

/* --set life.NAME=VALUE, over what the scenario sets. */
static hm_status read_sets(const cli_args *args, hm_live_opts *o, hm_err *err)
{
    static const char prefix[] = "life.";
    const char **set = HM_PUSH(args->arena, const char *, CLI_SET_MAX);
    if (!set)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    for (int i = 0; i < args->n_set; i++)
        if (strncmp(args->set[i], prefix, strlen(prefix)) == 0)
            set[o->n_set++] = args->set[i] + strlen(prefix);
    o->set = set;
    return HM_OK;
}

static bool tell(void *ctx, int64_t done, int64_t total)
{
    return cli_progress_tell(ctx, done, total);
}

static hm_status read_opts(const cli_args *args, const hm_scenario *s, hm_live_opts *o, hm_err *err)
{
    int64_t seed = 1, futures = 0;
    const char *follow = cli_value(args, "follow"), *without = cli_value(args, "without");
    hm_date from;
    HM_TRY(cli_integer(args, "seed", 0, INT64_MAX, &seed, err));
    HM_TRY(cli_integer(args, "futures", 1, HM_LIVE_FUTURE_MAX, &futures, err));
    HM_TRY(cli_threads(args, &o->n_thread, err));
    HM_TRY(read_sets(args, o, err));
    o->seed = (uint64_t)seed;
    o->n_future = (int32_t)futures;
    o->from = cli_value(args, "from");
    if (o->from && !hm_date_parse(o->from, &from))
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--from",
                          "expected a date as YYYY-MM-DD, found \"%s\"", o->from);
    if (follow)
        HM_TRY(person_named(s, follow, "--follow", &o->follow, err));
    return without ? split(args, without, o, err) : HM_OK;
}

/* ---- telling ---- */

/* Whom and when --why asks about; person -1 = it was not given. */
typedef struct question {
    int32_t person;
    int64_t year;
} question;

static hm_status read_question(const cli_args *args, const hm_scenario *s, question *q, hm_err *err)
{
    *q = (question){-1, -1};
    if (cli_flag(args, "why"))
        HM_TRY(person_named(s, cli_value(args, "why"), "--why", &q->person, err));
    return cli_integer(args, "year", HM_SCENARIO_YEAR_LO, HM_SCENARIO_YEAR_HI, &q->year, err);
}

static hm_status put(const cli_args *args, const question *q, const hm_live_opts *o,
                     const hm_story *story, hm_err *err)
{
    const char *path = cli_value(args, "output");
    if (path)
        HM_TRY(hm_story_write(path, story, err));
    else if (cli_flag(args, "json"))
        HM_TRY(hm_story_write("-", story, err));
    if (q->person >= 0)
        HM_TRY(life_print_why(story, q->person, (int32_t)q->year, args->arena, stdout, err));
    else if (!path && !cli_flag(args, "json"))
        HM_TRY(life_print(story, o->follow, args->arena, stdout, err));
    cli_print_notes(args, &story->notes);
    return life_plot(args, story, q->person >= 0 ? q->person : o->follow, err);
}

static hm_status write_new(const cli_args *args, hm_err *err)
{
    const char *path = cli_value(args, "output");
    return hm_file_write(path ? path : "-", life_new_text, strlen(life_new_text), err);
}

static hm_status run(cli_args *args, hm_err *err)
{
    hm_scenario s;
    hm_story story;
    question q;
    hm_live_opts o = hm_live_opts_default();
    if (cli_flag(args, "new"))
        return write_new(args, err);
    if (cli_flag(args, "validate"))
        return life_validate(args, err);
    if (cli_value(args, "cohort"))
        return life_cohort(args, err);
    if (args->n_operand == 0)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "life",
                          "expected SCENARIO, --new, --cohort or --validate");
    HM_TRY(hm_scenario_read(args->operand[0], args->arena, &s, err));
    HM_TRY(read_opts(args, &s, &o, err));
    HM_TRY(read_question(args, &s, &q, err));
    cli_progress progress = cli_progress_begin(args, "living");
    o.tell = tell;
    o.tell_ctx = &progress;
    hm_status status = hm_story_live(&s, &o, args->arena, &story, err);
    cli_progress_end(&progress);
    HM_TRY(status);
    return put(args, &q, &o, &story, err);
}

const cli_verb cmd_life = {
    .name = "life",
    .operand = "[SCENARIO]",
    .summary = "live the years around the ten seconds",
    .n_operand_min = 0,
    .n_operand_max = 1,
    .opt = opts,
    .n_opt = sizeof opts / sizeof opts[0],
    .group = groups,
    .n_group = sizeof groups / sizeof groups[0],
    .example = "  hecto life data/scenarios/rivals.json\n"
               "  hecto life data/scenarios/rivals.json -o story.json\n"
               "  hecto life data/scenarios/rivals.json --why togashi --year 2005\n"
               "  hecto life data/scenarios/rivals.json --futures 50 --without lesson\n"
               "  hecto life data/scenarios/rivals.json --why komiya --plot komiya.pdf\n"
               "  hecto life --new -o mine.json\n"
               "  hecto life --cohort early --people 20000 --set policy.squad_from_age=9\n"
               "  hecto life --validate",
    .run = run,
};

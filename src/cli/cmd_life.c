/* hecto life: lives from six to forty, and why they went as they did. */
#include "cmd.h"
#include "life_study.h"
#include "table.h"

#include "data/scenario.h"

static const cli_opt opts[] = {
    {"json", 0, NULL, "Print one machine-readable object."},
    {"validate", 0, NULL, "Compare cohorts with what is publicly known of careers."},
    {"quick", 0, NULL, "With --validate: fewer people, larger errors."},
    {"people", 0, "N", "People of a class; with --validate of the middle size (150000)."},
};

static const cli_group groups[] = {
    {"cohort", &hm_cohort_table}, {"policy", &hm_policy_table}, {"life", &hm_life_params_table}};

/* What a scenario asks to be lived. */
static hm_status print_people(const cli_args *args, const hm_scenario *s, hm_err *err)
{
    static const char *const head[] = {"id", "name", "born", "kind"};
    cli_table *t;
    HM_TRY(cli_table_begin(args->arena, 4, head, &t, err));
    for (int32_t i = 0; i < s->n_person; i++) {
        cli_table_row(t);
        cli_table_cell(t, "%s", s->person[i].id);
        cli_table_cell(t, "%s", s->person[i].name);
        cli_table_cell(t, "%s", s->person[i].born);
        cli_table_cell(t, "%s", s->person[i].kind);
    }
    cli_table_print(t, stdout);
    return HM_OK;
}

static hm_status run(cli_args *args, hm_err *err)
{
    hm_scenario s;
    if (cli_flag(args, "validate"))
        return life_validate(args, err);
    if (args->n_operand == 0)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "life", "expected SCENARIO or --validate");
    HM_TRY(hm_scenario_read(args->operand[0], args->arena, &s, err));
    return print_people(args, &s, err);
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
               "  hecto life --validate",
    .run = run,
};

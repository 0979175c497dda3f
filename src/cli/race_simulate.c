/* hecto race --simulate: the runners of a sheet race again. */
#include "cli.h"
#include "race_verb.h"

hm_status race_simulate(const cli_args *args, hm_race *race, hm_err *err)
{
    race_field f;
    HM_TRY(race_field_load(args, args->operand[0], &f, err));
    hm_race made;
    HM_TRY(hm_race_simulate(&f.sheet, f.runner, &f.day, f.seed, 0, args->arena, &made, err));
    for (int32_t i = 0; i < f.notes.n; i++)
        if (hm_notes_add(&made.notes, args->arena, "%s", f.notes.text[i]) != HM_OK)
            return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    *race = made;
    return HM_OK;
}

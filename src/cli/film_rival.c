#include "film_rival.h"

#include "cmd.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "data/sheet.h"
#include "io/number.h"
#include "race/replay.h"

#define RECORD_LEAST_S 5
#define RECORD_MOST_S  600

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
}

static bool has_run(const hm_lane *l)
{
    return l->status != HM_RUN_DNS && l->curve.n > 1;
}

/* FILE:LANES in two; without LANES the second is NULL. A colon in a folder's name is no part. */
static hm_status split(const cli_args *args, const char *value, const char **file,
                       const char **lanes, hm_err *err)
{
    const char *slash = strrchr(value, '/'), *colon = strrchr(slash ? slash : value, ':');
    *file = value, *lanes = NULL;
    if (!colon)
        return HM_OK;
    *file = hm_arena_printf(args->arena, "%.*s", (int)(colon - value), value);
    *lanes = colon + 1;
    return *file ? HM_OK : no_memory(err);
}

/* Who won; without places the first who ran. -1 = nobody. */
static int32_t winner_of(const hm_race *race)
{
    int32_t best = -1;
    for (int32_t i = 0; i < race->n_lane; i++) {
        if (race->lane[i].place == 1)
            return i;
        if (best < 0 && has_run(&race->lane[i]))
            best = i;
    }
    return best;
}

static hm_status load(const cli_args *args, const char *path, hm_race **race, hm_err *err)
{
    *race = HM_PUSH(args->arena, hm_race, 1);
    return *race ? cmd_load_race(args, path, *race, err) : no_memory(err);
}

/* Index of the lane of that number, who ran. */
static hm_status find_lane(const char *option, const char *file, const hm_race *race, int64_t lane,
                           int32_t *index, hm_err *err)
{
    for (int32_t i = 0; i < race->n_lane; i++)
        if (race->lane[i].lane == lane && has_run(&race->lane[i])) {
            *index = i;
            return HM_OK;
        }
    return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, option, "nobody ran in lane %lld of %s",
                      (long long)lane, file);
}

/* ---- the record's line ---- */

/* As a runner of that time would run: splits from the prior, on a sheet of one row. */
static hm_status record_of_time(const cli_args *args, const hm_race *race, double time_s,
                                hm_record_line *out, hm_err *err)
{
    bool women = race->n_lane > 0 && race->lane[0].sex == HM_SEX_WOMEN;
    const char *text = hm_arena_printf(args->arena, "# sex: %s\nlane,name,time_s\n1,Record,%.2f\n",
                                       women ? "women" : "men", time_s);
    hm_race *alone = HM_PUSH(args->arena, hm_race, 1);
    hm_sheet_opts opts = hm_sheet_opts_default();
    hm_sheet sheet;
    if (!text || !alone)
        return no_memory(err);
    HM_TRY(hm_sheet_parse("--record-line", text, strlen(text), &opts, args->arena, &sheet, err));
    HM_TRY(hm_race_replay(&sheet, NULL, args->arena, alone, err));
    out->curve = &alone->lane[0].curve;
    out->official_cs = alone->lane[0].official_cs;
    return HM_OK;
}

static hm_status record_of_file(const cli_args *args, const char *value, hm_record_line *out,
                                hm_err *err)
{
    const char *file, *lanes;
    hm_race *race;
    HM_TRY(split(args, value, &file, &lanes, err));
    HM_TRY(load(args, file, &race, err));
    int32_t i = winner_of(race);
    if (lanes) {
        int64_t lane;
        if (hm_number_parse_int(lanes, &lane) != HM_NUMBER_OK)
            return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--record-line",
                              "expected a lane after the colon, found \"%s\"", lanes);
        HM_TRY(find_lane("--record-line", file, race, lane, &i, err));
    }
    if (i < 0 || race->lane[i].official_cs <= 0)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--record-line",
                          "nobody of that name or lane has a time in %s", file);
    out->curve = &race->lane[i].curve;
    out->official_cs = race->lane[i].official_cs;
    return HM_OK;
}

static hm_status add_record(const cli_args *args, const hm_race *race, hm_rivals *r, hm_err *err)
{
    const char *value = cli_value(args, "record-line"), *name = cli_value(args, "record-name");
    double time_s;
    bool is_named = race->record_name && race->record_name[0];
    r->record.name = name ? name : !value && is_named ? race->record_name : "Record";
    if (!value) /* what the sheet says */
        return record_of_time(args, race, race->record_s, &r->record, err);
    if (hm_number_parse_clock(value, '.', &time_s, NULL) != HM_NUMBER_OK)
        return record_of_file(args, value, &r->record, err);
    if (time_s < RECORD_LEAST_S || time_s > RECORD_MOST_S)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--record-line",
                          "expected %d to %d s, found %s", RECORD_LEAST_S, RECORD_MOST_S, value);
    return record_of_time(args, race, time_s, &r->record, err);
}

/* ---- ghosts ---- */

/* Whose air it was; what is not known is not said. */
static void tell_ghost(const cli_args *args, const hm_ghost *g)
{
    const hm_lane *l = &g->race->lane[g->i_lane];
    if (args->quiet)
        return;
    fprintf(stderr, "hecto: ghost in lane %d: %s", (int)g->lane, l->name);
    if (l->official_cs > 0)
        fprintf(stderr, ", %d.%02d", (int)(l->official_cs / 100), (int)(l->official_cs % 100));
    fprintf(stderr, "%s%s", g->race->meet[0] ? ", " : "", g->race->meet);
    if (g->race->has_wind)
        fprintf(stderr, ", wind %+.1f m/s", g->race->wind_mps);
    fprintf(stderr, ", altitude %.0f m\n", g->race->altitude_m);
}

static hm_status add_ghost(const hm_race *race, const hm_race *other, int32_t i, int32_t lane,
                           const cli_args *args, hm_rivals *r, hm_err *err)
{
    if (r->n_ghost == HM_LANE_MAX)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--ghost", "expected at most %d ghosts",
                          HM_LANE_MAX);
    if (lane == 0)
        lane = hm_ghost_lane(race, r, other->lane[i].lane);
    r->ghost[r->n_ghost] = (hm_ghost){other, i, lane};
    tell_ghost(args, &r->ghost[r->n_ghost++]);
    return HM_OK;
}

/* One of "4" and "5@9"; p moves past it. */
static bool read_place(const char **p, int64_t *of, int64_t *here)
{
    char text[2][8] = {"", ""};
    int k = 0, n = 0;
    for (; **p && **p != ','; (*p)++) {
        if (**p == '@' && k == 0)
            k = 1, n = 0;
        else if (n < 7)
            text[k][n++] = **p, text[k][n] = 0;
        else
            return false;
    }
    *p += **p == ',';
    *here = 0;
    bool ok = hm_number_parse_int(text[0], of) == HM_NUMBER_OK &&
              (k == 0 || hm_number_parse_int(text[1], here) == HM_NUMBER_OK);
    return ok && (k == 0 || (*here >= 1 && *here <= HM_LANE_MAX));
}

static hm_status add_ghosts(const cli_args *args, const hm_race *race, hm_rivals *r, hm_err *err)
{
    const char *value = cli_value(args, "ghost"), *file, *lanes;
    hm_race *other;
    if (!value)
        return HM_OK;
    HM_TRY(split(args, value, &file, &lanes, err));
    HM_TRY(load(args, file, &other, err));
    if (!lanes) {
        int32_t i = winner_of(other);
        return i >= 0
                   ? add_ghost(race, other, i, 0, args, r, err)
                   : hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--ghost", "nobody ran in %s", file);
    }
    if (strcmp(lanes, "all") == 0) {
        for (int32_t i = 0; i < other->n_lane; i++)
            if (has_run(&other->lane[i]))
                HM_TRY(add_ghost(race, other, i, 0, args, r, err));
        return HM_OK;
    }
    do {
        int64_t of, here;
        int32_t i;
        if (!read_place(&lanes, &of, &here))
            return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--ghost",
                              "expected lanes as in 4,5@9, or all, after the colon");
        HM_TRY(find_lane("--ghost", file, other, of, &i, err));
        HM_TRY(add_ghost(race, other, i, (int32_t)here, args, r, err));
    } while (*lanes);
    return HM_OK;
}

hm_status film_rivals(const cli_args *args, const hm_race *race, const hm_rivals **rivals,
                      hm_err *err)
{
    *rivals = NULL;
    if (cli_value(args, "record-name") && !cli_value(args, "record-line") && !(race->record_s > 0))
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--record-name",
                          "expected --record-line too");
    const char *line = cli_value(args, "record-line");
    bool has_line = line ? strcmp(line, "off") != 0 : race->record_s > 0;
    if (!has_line && !cli_value(args, "ghost"))
        return HM_OK;
    hm_rivals *r = HM_PUSH(args->arena, hm_rivals, 1);
    if (!r)
        return no_memory(err);
    if (has_line)
        HM_TRY(add_record(args, race, r, err));
    HM_TRY(add_ghosts(args, race, r, err));
    *rivals = r;
    return HM_OK;
}

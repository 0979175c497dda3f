/* hecto race --rounds: an entry list becomes heats, results and a winner. */
#include "paper.h"
#include "race_verb.h"
#include "table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "io/file.h"
#include "io/json.h"
#include "io/optab.h"
#include "race/official.h"
#include "race/rounds.h"

#define ROUNDS_FORMAT "hectometre-rounds"

/* ---- JSON ---- */

static void put_time(hm_json_out *o, const hm_rounds_lane *l)
{
    hm_json_put_number(o, "time_s", l->official_cs ? l->official_cs / 100.0 : (double)NAN);
    if (l->time_us)
        hm_json_put_integer(o, "time_us", l->time_us);
    else
        hm_json_put_null(o, "time_us");
    hm_json_put_number(o, "reaction_s",
                       l->reaction_ms >= 0 ? l->reaction_ms / 1000.0 : (double)NAN);
}

static void put_lane(hm_json_out *o, const hm_rounds *r, bool run, const hm_rounds_lane *l)
{
    static const char *const status[] = {"ok", "dns", "dnf", "dq"};
    const hm_entry *who = &r->entries->entry[l->entry];
    hm_json_put_object(o, NULL, HM_JSON_LINE);
    hm_json_put_integer(o, "lane", l->lane);
    hm_json_put_integer(o, "seed", l->seed);
    hm_json_put_text(o, "id", who->id);
    hm_json_put_text(o, "name", who->name);
    hm_json_put_text(o, "team", who->team);
    hm_json_put_text(o, "status", run || l->status == HM_RUN_DNS ? status[l->status] : "entered");
    hm_json_put_text(o, "rule", l->rule);
    if (l->place)
        hm_json_put_integer(o, "place", l->place);
    else
        hm_json_put_null(o, "place");
    put_time(o, l);
    hm_json_put_bool(o, "thousandths", l->thousandths);
    if (l->advance)
        hm_json_put_text(o, "qualified", hm_advance_text(l->advance));
    else
        hm_json_put_null(o, "qualified");
    hm_json_put_end(o);
}

static void put_heat(hm_json_out *o, const hm_rounds *r, const hm_rounds_heat *heat, int32_t h)
{
    hm_json_put_object(o, NULL, HM_JSON_BLOCK);
    hm_json_put_integer(o, "heat", h + 1);
    hm_json_put_bool(o, "run", heat->run);
    hm_json_put_text(o, "timing", heat->hand ? "hand" : "fat");
    hm_json_put_number(o, "wind_mps",
                       heat->has_wind ? hm_wind_dmps(heat->wind_cmps) / 10.0 : (double)NAN);
    hm_json_put_array(o, "lanes", HM_JSON_BLOCK);
    for (int32_t i = 0; i < heat->n_lane; i++)
        put_lane(o, r, heat->run, &heat->lane[i]);
    hm_json_put_end(o);
    hm_json_put_end(o);
}

static void put_round(hm_json_out *o, const hm_rounds *r, const hm_rounds_round *round)
{
    hm_json_put_object(o, NULL, HM_JSON_BLOCK);
    hm_json_put_text(o, "name", round->name);
    hm_json_put_text(o, "code", round->plan.code);
    hm_json_put_integer(o, "by_place", round->plan.by_place);
    hm_json_put_integer(o, "by_time", round->plan.by_time);
    hm_json_put_bool(o, "run", round->run);
    hm_json_put_array(o, "heats", HM_JSON_BLOCK);
    for (int32_t h = 0; h < round->plan.n_heat; h++)
        put_heat(o, r, &round->heat[h], h);
    hm_json_put_end(o);
    hm_json_put_notes(o, "log", &round->log);
    hm_json_put_end(o);
}

static hm_status put_rounds(hm_sink sink, const hm_rounds *r, const hm_rules *rules, hm_err *err)
{
    hm_json_out out = hm_json_out_make(sink, err), *o = &out;
    hm_json_put_object(o, NULL, HM_JSON_BLOCK);
    hm_json_put_text(o, "format", ROUNDS_FORMAT);
    hm_json_put_integer(o, "version", 1);
    hm_json_put_text(o, "meet", r->entries->meet);
    hm_json_put_text(o, "event", r->entries->event);
    hm_json_put_text(o, "date", r->entries->date);
    hm_json_put_text(o, "venue", r->entries->venue);
    hm_json_put_text(o, "table", r->program.table);
    hm_json_put_integer(o, "seed", (int64_t)r->seed);
    hm_optab_put(o, "rules", &hm_rules_table, rules);
    hm_json_put_array(o, "rounds", HM_JSON_BLOCK);
    for (int32_t i = 0; i < r->n_round; i++)
        put_round(o, r, &r->round[i]);
    hm_json_put_end(o);
    hm_json_put_notes(o, "notes", &r->notes);
    hm_json_put_end(o);
    return hm_json_finish(o);
}

static hm_status write_json(const char *path, const hm_rounds *r, const hm_rules *rules,
                            hm_err *err)
{
    hm_file f;
    HM_TRY(hm_file_create(path, &f, err));
    hm_status status = put_rounds(hm_sink_file(&f), r, rules, err);
    if (status == HM_OK)
        return hm_file_commit(&f, err);
    hm_file_abort(&f);
    return status;
}

/* ---- for reading ---- */

static void best_cell(cli_table *t, const hm_entry *who)
{
    char text[HM_OFFICIAL_TEXT];
    cli_table_cell(t, "%s",
                   who->best_us ? hm_time_text(hm_official_cs(who->best_us), false, text) : "");
}

static void start_rows(cli_table *t, const hm_rounds *r, const hm_rounds_heat *heat)
{
    static const char *const head[] = {">lane", "name", "team", ">best s", ">seed", ""};
    cli_table_row(t);
    for (int i = 0; i < 6; i++)
        cli_table_cell(t, "%s", head[i]);
    for (int32_t i = 0; i < heat->n_lane; i++) {
        const hm_rounds_lane *l = &heat->lane[i];
        const hm_entry *who = &r->entries->entry[l->entry];
        cli_table_row(t);
        cli_table_cell(t, "%d", l->lane);
        cli_table_cell(t, "%s", who->name);
        cli_table_cell(t, "%s", who->team);
        best_cell(t, who);
        cli_table_cell(t, "%d", l->seed);
        cli_table_cell(t, "%s", l->status == HM_RUN_DNS ? "DNS" : "");
    }
}

static int by_result(const void *a, const void *b)
{
    const hm_rounds_lane *const *la = a, *const *lb = b;
    return hm_result_key((*la)->place, (*la)->status, (*la)->lane) -
           hm_result_key((*lb)->place, (*lb)->status, (*lb)->lane);
}

static void time_cell(cli_table *t, const hm_rounds_heat *heat, const hm_rounds_lane *l)
{
    static const char *const word[] = {"", "DNS", "DNF", "DQ"};
    char text[HM_OFFICIAL_TEXT];
    if (l->status != HM_RUN_OK)
        cli_table_cell(t, "%s%s%s", word[l->status], l->rule[0] ? " " : "", l->rule);
    else if (l->thousandths && !heat->hand)
        cli_table_cell(t, "%s (.%03d)", hm_time_text(l->official_cs, false, text),
                       hm_time_ms(l->time_us) % 1000);
    else
        cli_table_cell(t, "%s", hm_time_text(l->official_cs, heat->hand, text));
}

static void result_rows(cli_table *t, const hm_rounds *r, const hm_rounds_heat *heat)
{
    static const char *const head[] = {">place",    ">lane",   "name", "team",
                                       ">reaction", ">time s", ""};
    const hm_rounds_lane *order[HM_LANE_MAX];
    for (int32_t i = 0; i < heat->n_lane; i++)
        order[i] = &heat->lane[i];
    qsort(order, (size_t)heat->n_lane, sizeof order[0], by_result);
    cli_table_row(t);
    for (int i = 0; i < 7; i++)
        cli_table_cell(t, "%s", head[i]);
    for (int32_t i = 0; i < heat->n_lane; i++) {
        const hm_entry *who = &r->entries->entry[order[i]->entry];
        cli_table_row(t);
        cli_table_cell(t, "%s",
                       order[i]->place ? hm_arena_printf(t->arena, "%d", order[i]->place) : "");
        cli_table_cell(t, "%d", order[i]->lane);
        cli_table_cell(t, "%s", who->name);
        cli_table_cell(t, "%s", who->team);
        cli_table_cell(t, "%s",
                       order[i]->reaction_ms >= 0
                           ? hm_arena_printf(t->arena, "%.3f", order[i]->reaction_ms / 1000.0)
                           : "");
        time_cell(t, heat, order[i]);
        cli_table_cell(t, "%s", hm_advance_text(order[i]->advance));
    }
}

static void print_heat_title(const hm_rounds_round *round, const hm_rounds_heat *heat, int32_t h,
                             bool result)
{
    char text[HM_OFFICIAL_TEXT];
    printf("\n%s", round->name);
    if (round->plan.n_heat > 1)
        printf(", heat %d of %d", h + 1, round->plan.n_heat);
    printf(result ? ": result" : ": start list");
    if (result && heat->has_wind)
        printf(", wind %s m/s", hm_wind_text(hm_wind_dmps(heat->wind_cmps), text));
    else if (result)
        printf(", NWI");
    puts("");
}

typedef void rows_fn(cli_table *t, const hm_rounds *r, const hm_rounds_heat *heat);

static hm_status print_heats(const cli_args *args, const hm_rounds *r, const hm_rounds_round *round,
                             bool results, hm_err *err)
{
    rows_fn *rows = results ? result_rows : start_rows;
    for (int32_t h = 0; h < round->plan.n_heat; h++) {
        if (results && !round->heat[h].run)
            continue;
        cli_table *t = HM_PUSH(args->arena, cli_table, 1);
        if (!t)
            return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
        cli_table_init(t, args->arena);
        rows(t, r, &round->heat[h]);
        print_heat_title(round, &round->heat[h], h, results);
        cli_table_print(t, stdout);
    }
    return HM_OK;
}

static void print_round_title(const hm_rounds_round *round)
{
    printf("\n== %s", round->name);
    if (round->plan.n_heat > 1)
        printf(", %d heats", round->plan.n_heat);
    if (round->plan.by_place)
        printf(": first %d of each heat (Q)", round->plan.by_place);
    if (round->plan.by_time)
        printf(" and %d by time (q)", round->plan.by_time);
    puts(round->plan.by_place ? " advance" : "");
    for (int32_t i = 0; i < round->log.n; i++)
        printf("   %s\n", round->log.text[i]);
}

static hm_status print_rounds(const cli_args *args, const hm_rounds *r, const hm_rules *rules,
                              hm_err *err)
{
    const hm_entries *e = r->entries;
    const char *part[] = {e->meet, e->event, e->venue, e->date};
    for (int i = 0; i < 4; i++)
        if (part[i][0])
            printf("%s, ", part[i]);
    printf("%d entries, %d lanes, table %s, rules %s, seed %llu\n", e->n, rules->track_lanes,
           r->program.table, hm_edition_text(rules), (unsigned long long)r->seed);
    for (int32_t i = 0; i < r->n_round; i++) {
        print_round_title(&r->round[i]);
        HM_TRY(print_heats(args, r, &r->round[i], false, err));
        HM_TRY(print_heats(args, r, &r->round[i], true, err));
    }
    return HM_OK;
}

/* ---- the verb's part ---- */

/* Every heat on the day that the seed draws; what happened at the starts into the notes. */
static hm_status simulate_event(const cli_args *args, const hm_rules *rules,
                                const hm_entries *entries, uint64_t seed, hm_rounds *rounds,
                                hm_err *err)
{
    race_event event;
    hm_rounds out;
    HM_TRY(race_event_load(args, entries, rules, &event, err));
    HM_TRY(
        hm_rounds_run(entries, rules, seed, hm_heat_simulate, &event.sim, args->arena, &out, err));
    bool noted = hm_notes_add(&out.notes, args->arena,
                              "simulated (docs/physics/simulate.md): %d run as fitted, %d by their "
                              "bests",
                              event.n_fitted, event.n_best) == HM_OK;
    for (int32_t i = 0; i < event.sim.log.n && noted; i++)
        noted = hm_notes_add(&out.notes, args->arena, "%s", event.sim.log.text[i]) == HM_OK;
    if (!noted)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    *rounds = out;
    return HM_OK;
}

static hm_status run_event(const cli_args *args, const hm_rules *rules, const hm_entries *entries,
                           hm_rounds *rounds, hm_err *err)
{
    int64_t seed = 1;
    HM_TRY(cli_integer(args, "seed", 0, INT64_MAX, &seed, err));
    const char *path = cli_value(args, "results");
    if (!path)
        return simulate_event(args, rules, entries, (uint64_t)seed, rounds, err);
    hm_readings readings;
    HM_TRY(hm_readings_read(path, entries, args->arena, &readings, err));
    cli_print_notes(args, &readings.notes);
    return hm_rounds_run(entries, rules, (uint64_t)seed, hm_heat_read, &readings, args->arena,
                         rounds, err);
}

static hm_status write_sheet(const cli_args *args, const char *path, const hm_rounds *rounds,
                             const hm_rules *rules, hm_err *err)
{
    paper_event event;
    HM_TRY(paper_of_rounds(rounds, rules, args->arena, &event, err));
    event.practice = !cli_value(args, "results");
    return paper_write_events(args, path, 1, &event, err);
}

hm_status race_rounds(const cli_args *args, const hm_rules *rules, hm_err *err)
{
    hm_entries entries;
    hm_rounds rounds;
    HM_TRY(hm_entries_read(cli_value(args, "rounds"), args->arena, &entries, err));
    HM_TRY(run_event(args, rules, &entries, &rounds, err));
    const char *path = cli_value(args, "output"), *sheet = cli_value(args, "sheet");
    if (sheet)
        HM_TRY(write_sheet(args, sheet, &rounds, rules, err));
    if (path || cli_flag(args, "json"))
        HM_TRY(write_json(path ? path : "-", &rounds, rules, err));
    else if (!sheet)
        HM_TRY(print_rounds(args, &rounds, rules, err));
    cli_print_notes(args, &entries.notes);
    cli_print_notes(args, &rounds.notes);
    return HM_OK;
}

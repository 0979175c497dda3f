/* The official result of a race, for reading. */
#include "race_verb.h"
#include "table.h"

#include <stdlib.h>
#include <string.h>

#include "race/official.h"

static int by_place(const void *a, const void *b)
{
    const hm_lane *const *pa = a, *const *pb = b;
    return hm_result_key((*pa)->place, (*pa)->status, (*pa)->lane) -
           hm_result_key((*pb)->place, (*pb)->status, (*pb)->lane);
}

static const hm_lane_ruling *ruling_of(const hm_race *race, const hm_lane *lane)
{
    for (int32_t i = 0; race->ruling && i < race->ruling->n_lane; i++)
        if (race->ruling->lane[i].lane == lane->lane)
            return &race->ruling->lane[i];
    return NULL;
}

/* "9.79", "9.79 (.781)" where thousandths decided, "DQ TR16.8"; P and cards behind. */
static void time_cell(cli_table *t, const hm_race *race, const hm_lane *lane)
{
    static const char *const word[] = {"", "DNS", "DNF", "DQ"};
    static const char *const card[] = {"", " YC", ""};
    const hm_lane_ruling *r = ruling_of(race, lane);
    char text[HM_OFFICIAL_TEXT] = "", part[16] = "";
    if (lane->official_cs && lane->status == HM_RUN_OK)
        hm_time_text(lane->official_cs, race->ruling && race->ruling->hand, text);
    else
        snprintf(text, sizeof text, "%s", word[lane->status]);
    if (r && r->thousandths)
        snprintf(part, sizeof part, " (.%03d)", hm_time_ms(lane->time_us) % 1000);
    cli_table_cell(t, "%s%s%s%s%s%s", text, part, r && r->rule[0] ? " " : "", r ? r->rule : "",
                   r ? card[r->card] : "", r && r->protest ? " P" : "");
}

static void result_row(cli_table *t, const hm_race *race, const hm_lane *lane, int32_t best_cs,
                       bool felt, bool splits)
{
    bool ran = lane->curve.n > 0;
    cli_table_row(t);
    cli_table_cell(t, "%s", lane->place ? hm_arena_printf(t->arena, "%d", lane->place) : "");
    cli_table_cell(t, "%d", lane->lane);
    cli_table_cell(t, "%s", lane->name);
    cli_table_cell(t, "%s", lane->team);
    if (!ran)
        cli_table_cell(t, "%s", "");
    else
        cli_table_cell(t, "%.3f%s", lane->reaction_s, lane->filled & HM_FILLED_REACTION ? "~" : "");
    time_cell(t, race, lane);
    if (lane->place > 1 && best_cs)
        cli_table_cell(t, "+%d.%02d", (lane->official_cs - best_cs) / 100,
                       (lane->official_cs - best_cs) % 100);
    else
        cli_table_cell(t, "%s", "");
    if (!ran)
        cli_table_cell(t, "%s", "");
    else
        cli_table_cell(t, "%.2f at %.0f", lane->top_speed_mps, lane->top_speed_at_m);
    if (felt && lane->has_wind)
        cli_table_cell(t, "%+.1f", lane->wind_mps);
    else if (felt)
        cli_table_cell(t, "%s", "");
    for (int i = 0; splits && i < lane->n_split && ran; i++)
        if ((int)lane->split[i].distance_m % 10 == 0)
            cli_table_cell(t, "%.2f%s", lane->split[i].time_s, lane->split[i].measured ? "*" : " ");
}

static void print_head(const hm_race *race)
{
    const char *part[] = {race->meet, race->event, race->round, race->venue, race->date};
    const char *between = "";
    char text[HM_OFFICIAL_TEXT];
    for (int i = 0; i < 5; i++)
        if (part[i] && part[i][0]) {
            printf("%s%s", between, part[i]);
            between = ", ";
        }
    if (race->ruling && race->ruling->has_wind)
        printf("%swind %s m/s", between, hm_wind_text(race->ruling->wind_dmps, text));
    else if (race->ruling)
        printf("%sNWI", between);
    else if (race->has_wind)
        printf("%swind %+.1f m/s", between, race->wind_mps);
    puts("\n");
}

static void print_start(int32_t k, const hm_start_ruling *s)
{
    static const char *const card[] = {"", "warned (YC)", "out (RC)"};
    if (s->verdict == HM_START_GREEN)
        printf("start %d: recalled, nobody's fault (green card)\n", k + 1);
    for (int32_t i = 0; i < s->n_charge; i++) {
        const hm_charge *c = &s->charge[i];
        char reaction[32] = "seen by the Starter";
        if (c->has_reaction)
            snprintf(reaction, sizeof reaction, "reaction %.3f s", c->reaction_ms / 1000.0);
        printf("start %d: false start, lane %d, %s: %s%s\n", k + 1, c->lane, reaction,
               card[c->card], c->protest ? ", runs under protest" : "");
    }
    if (s->field_warned)
        printf("start %d: the whole field is warned\n", k + 1);
}

static void print_ruling(const hm_ruling *r)
{
    static const char *const answer[] = {"no", "yes", "unknown"};
    printf("\nrules %s, false start %s, ", r->edition, r->false_start);
    if (r->hand)
        puts("hand timing");
    else
        printf("photo finish at %d lines/s\n", r->rate_hz);
    for (int32_t k = 0; k < r->n_start; k++)
        print_start(k, &r->start[k]);
    if (r->wind_legal == HM_NO)
        puts("wind-aided: no records, no best lists");
    if (r->record[0])
        printf("\nrecord, %s:\n", r->record);
    for (int32_t i = 0; i < r->n_condition; i++)
        printf("  %-8s%s (%s): %s\n", answer[r->condition[i].answer], r->condition[i].what,
               r->condition[i].rule, r->condition[i].why);
}

hm_status race_print(const cli_args *args, const hm_race *race, hm_err *err)
{
    const hm_lane *order[HM_LANE_MAX];
    int32_t best_cs = 0;
    uint32_t filled = 0;
    bool felt = false; /* the model knows the wind of each lane */
    for (int i = 0; i < race->n_lane; i++) {
        order[i] = &race->lane[i];
        filled |= order[i]->filled;
        felt |= order[i]->has_wind;
        if (order[i]->place == 1)
            best_cs = order[i]->official_cs;
    }
    qsort(order, (size_t)race->n_lane, sizeof order[0], by_place);
    static const char *const head[] = {">place",    ">lane",   "name",      "team",
                                       ">reaction", ">time s", ">behind s", "top speed m/s"};
    cli_table *t;
    HM_TRY(cli_table_begin(args->arena, 8, head, &t, err));
    if (felt)
        cli_table_cell(t, ">felt m/s");
    bool splits = cli_flag(args, "splits");
    for (int d = 10; splits && d <= 100; d += 10)
        cli_table_cell(t, ">%d m", d);
    for (int i = 0; i < race->n_lane; i++)
        result_row(t, race, order[i], best_cs, felt, splits);
    print_head(race);
    cli_table_print(t, stdout);
    if (filled & HM_FILLED_REACTION)
        puts("\n~ not on the sheet: from the prior (docs/physics/prior.md)");
    if (felt)
        puts("\nwind: what the gauge beside lane 1 read; felt: the mean that the model blew in "
             "each lane");
    if (race->ruling)
        print_ruling(race->ruling);
    return HM_OK;
}

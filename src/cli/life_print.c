#include "life_print.h"

#include "table.h"

#include <math.h>
#include <string.h>

#include "life/account.h"
#include "life/practice.h"
#include "life/state.h"

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
}

const char *life_practice_text(const char *word)
{
    for (int i = 0; i < HM_PRACTICE_COUNT; i++)
        if (strcmp(hm_practice_word((hm_practice)i), word) == 0)
            return hm_practice_text((hm_practice)i);
    return word;
}

void life_rank_terms(const double ln[], int32_t term[])
{
    for (int32_t i = 0; i < HM_STORY_TERM_COUNT; i++) {
        int32_t at = i;
        for (; at > 0 && fabs(ln[term[at - 1]]) < fabs(ln[i]); at--)
            term[at] = term[at - 1];
        term[at] = i;
    }
}

/* ---- what is behind an entry ---- */

static int32_t year_of_week(const hm_story *s, int32_t week)
{
    return s->first_year + week / 52;
}

static const char *injury_text(const hm_story *s, int32_t person, int32_t year, hm_arena *arena)
{
    const hm_story_injury *worst = NULL;
    for (int32_t i = 0; i < s->n_injury; i++) {
        const hm_story_injury *d = &s->injury[i];
        if (d->person == person && year_of_week(s, d->week) == year &&
            (!worst || d->days_out > worst->days_out))
            worst = d;
    }
    if (!worst)
        return "an injury of the year before";
    bool hamstring = strcmp(worst->site, "hamstring") == 0;
    return hm_arena_printf(arena, "%s, %s, %.0f days", hamstring ? "the hamstring" : "an injury",
                           worst->date, worst->days_out);
}

/* Who moved him most in that year or, as beliefs stay, before it. */
static const char *idea_text(const hm_story *s, int32_t person, int32_t year, hm_arena *arena)
{
    const hm_story_idea *most = NULL;
    for (int32_t i = 0; i < s->n_idea; i++) {
        const hm_story_idea *d = &s->idea[i];
        if (d->to != person || year_of_week(s, d->week) > year)
            continue;
        bool newer = most && year_of_week(s, d->week) == year && year_of_week(s, most->week) < year;
        if (!most || newer ||
            (year_of_week(s, most->week) == year_of_week(s, d->week) &&
             fabs(d->after - d->before) > fabs(most->after - most->before)))
            most = d;
    }
    if (!most)
        return "what he believed from the start";
    return hm_arena_printf(arena, "%s, from %s", hm_story_belief_word(most->belief),
                           s->person[most->from].name);
}

const char *life_event_text(const hm_story *s, int32_t person, const hm_story_season *season,
                            int32_t term, hm_arena *arena)
{
    const char *text = "";
    if (term == HM_TERM_INJURY)
        text = injury_text(s, person, season->year, arena);
    else if (term == HM_TERM_IDEA)
        text = idea_text(s, person, season->year, arena);
    else if (term == HM_TERM_TRAINING)
        text = hm_arena_printf(arena, "%d weeks", season->weeks_trained);
    return text ? text : "";
}

/* ---- a life as a table ---- */

/* The three largest entries, as percent of the time and what is behind them. */
static const char *entries(const hm_story *s, int32_t person, const hm_story_season *season,
                           hm_arena *arena)
{
    enum { SHOWN = 3 };
    static const double least_ln = 0.0005;
    int32_t term[HM_STORY_TERM_COUNT];
    const char *text = "";
    life_rank_terms(season->term_ln, term);
    for (int32_t i = 0; i < SHOWN && text; i++) {
        double ln = season->term_ln[term[i]];
        if (fabs(ln) < least_ln)
            break;
        const char *event = life_event_text(s, person, season, term[i], arena);
        text = hm_arena_printf(arena, "%s%s%s %+.1f%%%s%s%s", text, text[0] ? ", " : "",
                               hm_story_term_word(term[i]), 100 * ln, event[0] ? " (" : "", event,
                               event[0] ? ")" : "");
    }
    return text ? text : "";
}

static void cell_time(cli_table *t, double time_s)
{
    if (isnan(time_s))
        cli_table_cell(t, "%s", "");
    else
        cli_table_cell(t, "%.2f", time_s);
}

static void cell_chance(cli_table *t, double p)
{
    if (isnan(p))
        cli_table_cell(t, "%s", "");
    else
        cli_table_cell(t, "%.0f%%", 100 * p);
}

static void print_head(const hm_story_person *p, FILE *out)
{
    fprintf(out, "%s%s%s, born %s%s%s%s%s\n", p->name, p->name_ja[0] ? " " : "", p->name_ja,
            p->born, p->kind[0] ? ", " : "", p->kind, p->kit[0] ? ", " : "", p->kit);
    if (!isnan(p->pb_s))
        fprintf(out, "personal best %.2f s at %.1f", p->pb_s, p->pb_age_yr);
    fprintf(out, "%s%s\n", p->exit[0] ? "; left: " : "", p->exit);
}

static hm_status print_life(const hm_story *s, int32_t person, hm_arena *arena, FILE *out,
                            hm_err *err)
{
    static const char *const head[] = {">year", ">age",  "school", "standing",
                                       ">best", ">from", ">to",    "why"};
    const hm_story_person *p = &s->person[person];
    cli_table *t;
    HM_TRY(cli_table_begin(arena, 8, head, &t, err));
    for (int32_t i = 0; i < p->n_season; i++) {
        const hm_story_season *y = &p->season[i];
        cli_table_row(t);
        cli_table_cell(t, "%d", y->year);
        cli_table_cell(t, "%.1f", y->age_yr);
        cli_table_cell(t, "%s", hm_stage_of_life_word(y->stage));
        cli_table_cell(t, "%s", y->standing);
        cell_time(t, y->best_s);
        cell_time(t, y->start_s);
        cell_time(t, y->end_s);
        cli_table_cell(t, "%s", entries(s, person, y, arena));
    }
    print_head(p, out);
    cli_table_print(t, out);
    fputc('\n', out);
    return HM_OK;
}

/* ---- what links them ---- */

static const hm_story_run *run_of(const hm_story_race *r, int32_t person)
{
    for (int32_t i = 0; i < r->n_run; i++)
        if (r->run[i].person == person)
            return &r->run[i];
    return NULL;
}

static hm_status print_meetings(const hm_story *s, int32_t person, hm_arena *arena, FILE *out,
                                hm_err *err)
{
    static const char *const head[] = {"date",  "race", "meet",   "",     ">place",
                                       ">time", "",     ">place", ">time"};
    cli_table *t;
    HM_TRY(cli_table_begin(arena, 9, head, &t, err));
    int32_t n = 0;
    for (int32_t i = 0; i < s->n_meeting; i++) {
        const hm_story_meeting *m = &s->meeting[i];
        const hm_story_race *r = &s->race[m->race];
        if (person >= 0 && m->a != person && m->b != person)
            continue;
        cli_table_row(t);
        cli_table_cell(t, "%s", r->date);
        bool said = r->round[0] && strstr(r->name, r->round); /* "Inter-high final" */
        cli_table_cell(t, "%s%s%s", r->name, r->round[0] && !said ? ", " : "",
                       said ? "" : r->round);
        cli_table_cell(t, "no. %d", m->count);
        for (int k = 0; k < 2; k++) {
            const hm_story_run *run = run_of(r, k ? m->b : m->a);
            cli_table_cell(t, "%s", s->person[run->person].name);
            cli_table_cell(t, "%d", run->place);
            cli_table_cell(t, "%.2f", (double)run->time_us / 1e6);
        }
        n++;
    }
    fprintf(out, "%s\n", n ? "They meet" : "They never meet");
    if (n)
        cli_table_print(t, out);
    fputc('\n', out);
    return HM_OK;
}

static hm_status print_ideas(const hm_story *s, int32_t person, hm_arena *arena, FILE *out,
                             hm_err *err)
{
    enum { SHOWN = 40 };
    static const char *const head[] = {"date", "idea", "from", "to", "how", ">before", ">after"};
    static const double worth_telling = 0.03;
    cli_table *t;
    int32_t n = 0;
    HM_TRY(cli_table_begin(arena, 7, head, &t, err));
    for (int32_t i = 0; i < s->n_idea && n < SHOWN; i++) {
        const hm_story_idea *d = &s->idea[i];
        bool about = person < 0 || d->to == person || d->from == person;
        if (!about || fabs(d->after - d->before) < worth_telling)
            continue;
        cli_table_row(t);
        cli_table_cell(t, "%s", d->date);
        cli_table_cell(t, "%s", hm_belief_text((hm_belief)d->belief));
        cli_table_cell(t, "%s", s->person[d->from].name);
        cli_table_cell(t, "%s", s->person[d->to].name);
        cli_table_cell(t, "%s", d->race >= 0 ? s->race[d->race].name : d->how);
        cli_table_cell(t, "%.2f", d->before);
        cli_table_cell(t, "%.2f", d->after);
        n++;
    }
    if (n) {
        fprintf(out, "What passed from one to another\n");
        cli_table_print(t, out);
        fputc('\n', out);
    }
    return HM_OK;
}

static hm_status print_practices(const hm_story *s, int32_t person, hm_arena *arena, FILE *out,
                                 hm_err *err)
{
    static const char *const head[] = {"date", "who", "from then on", "after", ">around him"};
    cli_table *t;
    int32_t n = 0;
    HM_TRY(cli_table_begin(arena, sizeof head / sizeof *head, head, &t, err));
    for (int32_t i = 0; i < s->n_practice; i++) {
        const hm_story_practice *p = &s->practice[i];
        if (person >= 0 && p->person != person)
            continue;
        cli_table_row(t);
        cli_table_cell(t, "%s", p->date);
        cli_table_cell(t, "%s", s->person[p->person].name);
        cli_table_cell(t, "%s", life_practice_text(p->practice));
        cli_table_cell(t, "%s", p->from >= 0 ? s->person[p->from].name : "nobody");
        cli_table_cell(t, "%d", (int)p->around);
        n++;
    }
    if (n) {
        fprintf(out, "Practices taken up\n");
        cli_table_print(t, out);
        fputc('\n', out);
    }
    return HM_OK;
}

/* ---- futures ---- */

static hm_status print_futures(const hm_story *s, hm_arena *arena, FILE *out, hm_err *err)
{
    static const char *const head[] = {"future", "whose", ">n",    ">best 5%", ">median", ">95%",
                                       ">at 30", "race",  ">meet", ">ahead",   ">wins"};
    cli_table *t;
    if (s->n_future == 0)
        return HM_OK;
    HM_TRY(cli_table_begin(arena, 11, head, &t, err));
    for (int32_t i = 0; i < s->n_future; i++) {
        const hm_story_future *f = &s->future[i];
        for (int32_t k = 0; k < (f->n_odds ? f->n_odds : 1); k++) {
            cli_table_row(t);
            cli_table_cell(t, "%s", k ? "" : f->name);
            cli_table_cell(t, "%s", k ? "" : s->person[f->person].name);
            if (k)
                cli_table_cell(t, "%s", "");
            else
                cli_table_cell(t, "%d", f->n);
            cell_time(t, k ? (double)NAN : f->pb_s_lo90);
            cell_time(t, k ? (double)NAN : f->pb_s_median);
            cell_time(t, k ? (double)NAN : f->pb_s_hi90);
            cell_chance(t, k ? (double)NAN : f->p_active_30);
            if (k >= f->n_odds)
                continue;
            const hm_story_odds *o = &f->odds[k];
            cli_table_cell(t, "%s", o->race);
            cell_chance(t, o->p_meets);
            cell_chance(t, o->p_ahead);
            cell_chance(t, o->p_wins);
        }
    }
    fprintf(out, "Futures: personal best; racing at 30; how often a race brings them together, and "
                 "how he does then\n");
    cli_table_print(t, out);
    fputc('\n', out);
    return HM_OK;
}

hm_status life_print(const hm_story *s, int32_t person, hm_arena *arena, FILE *out, hm_err *err)
{
    if (!arena)
        return no_memory(err);
    if (s->title[0])
        fprintf(out, "%s%s%s\n\n", s->title, s->title_ja[0] ? " / " : "", s->title_ja);
    for (int32_t i = 0; i < s->n_person; i++)
        if (s->person[i].pinned && (person < 0 || i == person))
            HM_TRY(print_life(s, i, arena, out, err));
    HM_TRY(print_meetings(s, person, arena, out, err));
    HM_TRY(print_ideas(s, person, arena, out, err));
    HM_TRY(print_practices(s, person, arena, out, err));
    return print_futures(s, arena, out, err);
}

#include "life_print.h"

#include <math.h>
#include <string.h>

#include "life/account.h"
#include "life/state.h"

/* Why one came to run as he did: sentences made of his account. */

static const double worth_ln = 0.0005; /* below that an entry is not worth a sentence */

/* What a term did, as the end of "X made him 0.12 s faster". */
static const char *subject(int32_t term)
{
    static const char *const text[HM_STORY_TERM_COUNT] = {"Growing",
                                                          "Maturing before or after his age",
                                                          "Training",
                                                          "Running better",
                                                          "Not training",
                                                          "Form",
                                                          "Injury",
                                                          "Age",
                                                          "Luck, which nothing here explains,",
                                                          "His head",
                                                          "A rival beside him",
                                                          "What somebody passed on to him",
                                                          "Wind and air"};
    return text[term];
}

static void say_term(const hm_story *s, int32_t person, const hm_story_season *y, int32_t term,
                     double ln, double time_s, hm_arena *arena, FILE *out)
{
    const char *event = y ? life_event_text(s, person, y, term, arena) : "";
    fprintf(out, "  %s made him %.2f s (%.1f %%) %s%s%s%s.\n", subject(term), fabs(ln) * time_s,
            100 * fabs(ln), ln < 0 ? "faster" : "slower", event[0] ? ": " : "", event, "");
}

static void say_beliefs(const hm_story_season *y, FILE *out)
{
    int32_t most = 0;
    for (int32_t i = 1; i < HM_STORY_BELIEF_COUNT; i++)
        if (y->belief[i] > y->belief[most])
            most = i;
    fprintf(out, "  What he holds by: %s (%.2f).", hm_belief_text((hm_belief)most),
            y->belief[most]);
    if (y->burnout_frac > 0.5)
        fprintf(out, " He is burning out.");
    fputc('\n', out);
}

static void say_races(const hm_story *s, int32_t person, int32_t year, FILE *out)
{
    for (int32_t i = 0; i < s->n_meeting; i++) {
        const hm_story_meeting *m = &s->meeting[i];
        const hm_story_race *r = &s->race[m->race];
        if ((m->a != person && m->b != person) || s->first_year + r->week / 52 != year)
            continue;
        int32_t other = m->a == person ? m->b : m->a, place[2] = {0, 0};
        double time_s[2] = {0, 0};
        for (int32_t k = 0; k < r->n_run; k++)
            for (int w = 0; w < 2; w++)
                if (r->run[k].person == (w ? other : person)) {
                    place[w] = r->run[k].place;
                    time_s[w] = (double)r->run[k].time_us / 1e6;
                }
        fprintf(out, "  %s, %s: he came %s %s, %.2f to %.2f s.\n", r->date, r->name,
                place[0] < place[1] ? "ahead of" : "behind", s->person[other].name, time_s[0],
                time_s[1]);
    }
}

static void say_ideas(const hm_story *s, int32_t person, int32_t year, FILE *out)
{
    enum { SHOWN = 3 };
    static const double worth = 0.05;
    int32_t n = 0;
    for (int32_t i = 0; i < s->n_idea && n < SHOWN; i++) {
        const hm_story_idea *d = &s->idea[i];
        if (d->to != person || s->first_year + d->week / 52 != year ||
            fabs(d->after - d->before) < worth)
            continue;
        fprintf(out, "  From %s he %s that %s (%.2f, before %.2f; %s, %s).\n",
                s->person[d->from].name, d->after > d->before ? "heard" : "lost the belief",
                hm_belief_text((hm_belief)d->belief), d->after, d->before,
                d->race >= 0 ? s->race[d->race].name : d->how, d->date);
        n++;
    }
}

static void say_practices(const hm_story *s, int32_t person, int32_t year, FILE *out)
{
    for (int32_t i = 0; i < s->n_practice; i++) {
        const hm_story_practice *p = &s->practice[i];
        if (p->person != person || s->first_year + p->week / 52 != year)
            continue;
        fprintf(out, "  From %s on he %s; %d around him did.\n", p->date,
                life_practice_text(p->practice), (int)p->around);
    }
}

static void why_year(const hm_story *s, int32_t person, const hm_story_season *y, hm_arena *arena,
                     FILE *out)
{
    int32_t term[HM_STORY_TERM_COUNT];
    double change_s = y->end_s - y->start_s;
    fprintf(out, "%d, at %.1f, %s: from %.2f to %.2f s, %.2f s %s", y->year, y->age_yr,
            strcmp(y->standing, "outside") == 0 ? "in no club" : y->standing, y->start_s, y->end_s,
            fabs(change_s), change_s <= 0 ? "faster" : "slower");
    if (!isnan(y->best_s))
        fprintf(out, "; best %.2f s in %d races", y->best_s, y->n_race);
    fprintf(out, ".\n");
    life_rank_terms(y->term_ln, term);
    for (int32_t i = 0; i < HM_STORY_TERM_COUNT; i++)
        if (fabs(y->term_ln[term[i]]) >= worth_ln)
            say_term(s, person, y, term[i], y->term_ln[term[i]], y->start_s, arena, out);
    say_ideas(s, person, y->year, out);
    say_practices(s, person, y->year, out);
    say_races(s, person, y->year, out);
    say_beliefs(y, out);
}

/* The whole life: what each reason came to, then year by year. */
static void why_life(const hm_story *s, int32_t person, hm_arena *arena, FILE *out)
{
    const hm_story_person *p = &s->person[person];
    const hm_story_season *first = &p->season[0], *last = &p->season[p->n_season - 1];
    double ln[HM_STORY_TERM_COUNT] = {0};
    int32_t term[HM_STORY_TERM_COUNT];
    for (int32_t i = 0; i < p->n_season; i++)
        for (int32_t k = 0; k < HM_STORY_TERM_COUNT; k++)
            ln[k] += p->season[i].term_ln[k];
    fprintf(out, "%s: from %.2f s at %.1f to %.2f s at %.1f.", p->name, first->start_s,
            first->age_yr, last->end_s, last->age_yr + 1);
    if (!isnan(p->pb_s))
        fprintf(out, " Personal best %.2f s at %.1f.", p->pb_s, p->pb_age_yr);
    fprintf(out, "%s%s\n", p->exit[0] ? " Left: " : "", p->exit);
    life_rank_terms(ln, term);
    for (int32_t i = 0; i < HM_STORY_TERM_COUNT; i++)
        if (fabs(ln[term[i]]) >= worth_ln)
            say_term(s, person, NULL, term[i], ln[term[i]], last->end_s, arena, out);
    fputc('\n', out);
    for (int32_t i = 0; i < p->n_season; i++)
        why_year(s, person, &p->season[i], arena, out);
}

hm_status life_print_why(const hm_story *s, int32_t person, int32_t year, hm_arena *arena,
                         FILE *out, hm_err *err)
{
    const hm_story_person *p = &s->person[person];
    if (p->n_season == 0)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--why", "%s has no seasons in this story",
                          p->name);
    if (year < 0) {
        why_life(s, person, arena, out);
        return HM_OK;
    }
    for (int32_t i = 0; i < p->n_season; i++)
        if (p->season[i].year == year) {
            why_year(s, person, &p->season[i], arena, out);
            return HM_OK;
        }
    return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--year", "expected %d to %d, found %d",
                      p->season[0].year, p->season[p->n_season - 1].year, year);
}

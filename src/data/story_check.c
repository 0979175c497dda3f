#include "story_priv.h"

#include <math.h>
#include <string.h>

static const double account_tol_ln = 1e-6;

static hm_status refuse(const char *where, const char *field, hm_err *err, const char *what)
{
    return hm_err_set(err, HM_ERR_INPUT, where, 0, 0, field, "expected %s", what);
}

static hm_status check_count(const char *what, int32_t n, int32_t most, hm_err *err)
{
    if (n >= 0 && n <= most)
        return HM_OK;
    return hm_err_set(err, HM_ERR_INPUT, "story", 0, 0, what, "expected 0 to %d, found %d", most,
                      n);
}

static bool is_in(int32_t i, int32_t n)
{
    return i >= 0 && i < n;
}

static bool fractions(int32_t n, const double v[])
{
    for (int32_t i = 0; i < n; i++)
        if (!(v[i] >= 0 && v[i] <= 1))
            return false;
    return true;
}

/* ---- people ---- */

static hm_status check_season(const hm_story_season *s, const char *who, hm_err *err)
{
    char where[96];
    double sum = 0;
    snprintf(where, sizeof where, "%.40s, %d", who, s->year);
    HM_TRY(record_check(&story_season, s, where, err));
    if (!fractions(HM_STORY_BELIEF_COUNT, s->belief))
        return refuse(where, "beliefs", err, "numbers from 0 to 1");
    for (int32_t i = 0; i < HM_STORY_TERM_COUNT; i++)
        sum += s->term_ln[i];
    double change = log(s->end_s) - log(s->start_s);
    if (fabs(sum - change) <= account_tol_ln)
        return HM_OK;
    return hm_err_set(err, HM_ERR_INPUT, where, 0, 0, "account",
                      "expected a sum of %.9f, the change of the level, found %.9f", change, sum);
}

static hm_status check_person(const hm_story_person *p, int32_t n, hm_err *err)
{
    char where[32];
    snprintf(where, sizeof where, "person %d", n + 1);
    HM_TRY(record_check(&story_person, p, where, err));
    HM_TRY(check_count("seasons", p->n_season, 200, err));
    for (int32_t i = 0; i < p->n_season; i++) {
        HM_TRY(check_season(&p->season[i], p->name, err));
        if (i > 0 && p->season[i].year <= p->season[i - 1].year)
            return refuse(p->name, "year", err, "seasons by year, none twice");
    }
    return HM_OK;
}

/* ---- races ---- */

static hm_status check_run(const hm_story *s, const hm_story_race *r, int32_t i, hm_err *err)
{
    const hm_story_run *run = &r->run[i];
    double sum = 0;
    if (!is_in(run->person, s->n_person))
        return refuse(r->id, "person", err, "a person of the story");
    for (int32_t k = 0; k < i; k++) {
        if (r->run[k].person == run->person)
            return refuse(r->id, "person", err, "each person once in a race");
        if (r->run[k].lane == run->lane)
            return refuse(r->id, "lane", err, "each lane once in a race");
    }
    HM_TRY(record_check(&story_run, run, r->id, err));
    if (run->time_us < 5 * 1000000 || run->time_us > 300 * 1000000)
        return refuse(r->id, "time_us", err, "5 to 300 s");
    if (i > 0 && (run->place < r->run[i - 1].place || run->time_us < r->run[i - 1].time_us))
        return refuse(r->id, "place", err, "runs by place, and places by time");
    for (int32_t k = 0; k < HM_STORY_TERM_COUNT; k++)
        sum += run->term_ln[k];
    return isfinite(sum) ? HM_OK : refuse(r->id, "account", err, "numbers");
}

static hm_status check_race(const hm_story *s, int32_t n, hm_err *err)
{
    const hm_story_race *r = &s->race[n];
    char where[32];
    snprintf(where, sizeof where, "race %d", n + 1);
    HM_TRY(record_check(&story_race, r, where, err));
    if (n > 0 && r->week < s->race[n - 1].week)
        return refuse(r->id, "week", err, "races in time");
    if (r->n_run < 1 || r->n_run > HM_LANE_MAX)
        return refuse(r->id, "runs", err, "1 to 10 runners");
    for (int32_t i = 0; i < r->n_run; i++)
        HM_TRY(check_run(s, r, i, err));
    return HM_OK;
}

/* ---- the rest ---- */

static hm_status check_meetings(const hm_story *s, hm_err *err)
{
    for (int32_t i = 0; i < s->n_meeting; i++) {
        const hm_story_meeting *m = &s->meeting[i];
        if (!is_in(m->a, s->n_person) || !is_in(m->b, s->n_person) || m->a == m->b)
            return refuse("meetings", "a", err, "two people of the story");
        if (!is_in(m->race, s->n_race))
            return refuse("meetings", "race", err, "a race of the story");
        HM_TRY(record_check(&story_meeting, m, "meetings", err));
    }
    return HM_OK;
}

static hm_status check_ideas(const hm_story *s, hm_err *err)
{
    for (int32_t i = 0; i < s->n_idea; i++) {
        const hm_story_idea *d = &s->idea[i];
        if (!is_in(d->from, s->n_person) || !is_in(d->to, s->n_person) || d->from == d->to)
            return refuse("ideas", "from", err, "two people of the story");
        if (d->race != -1 && !is_in(d->race, s->n_race))
            return refuse("ideas", "race", err, "a race of the story");
        if (!is_in(d->belief, HM_STORY_BELIEF_COUNT))
            return refuse("ideas", "idea", err, "a known belief");
        HM_TRY(record_check(&story_idea, d, "ideas", err));
    }
    return HM_OK;
}

static hm_status check_links(const hm_story *s, hm_err *err)
{
    for (int32_t i = 0; i < s->n_practice; i++) {
        const hm_story_practice *p = &s->practice[i];
        if (!is_in(p->person, s->n_person) || (p->from != -1 && !is_in(p->from, s->n_person)))
            return refuse("practices", "person", err, "a person of the story");
        HM_TRY(record_check(&story_practice, p, "practices", err));
    }
    for (int32_t i = 0; i < s->n_injury; i++) {
        if (!is_in(s->injury[i].person, s->n_person))
            return refuse("injuries", "person", err, "a person of the story");
        HM_TRY(record_check(&story_injury, &s->injury[i], "injuries", err));
    }
    for (int32_t i = 0; i < s->n_rival; i++) {
        const hm_story_rival *r = &s->rival[i];
        if (!is_in(r->person, s->n_person) || !is_in(r->other, s->n_person) ||
            r->person == r->other)
            return refuse("rivals", "person", err, "two people of the story");
        HM_TRY(record_check(&story_rival, r, "rivals", err));
    }
    return HM_OK;
}

static bool possible_times(int32_t n, const double v[])
{
    for (int32_t i = 0; i < n; i++)
        if (!isnan(v[i]) && !(v[i] >= 5 && v[i] <= 300))
            return false;
    return true;
}

static hm_status check_futures(const hm_story *s, hm_err *err)
{
    for (int32_t i = 0; i < s->n_future; i++) {
        const hm_story_future *f = &s->future[i];
        HM_TRY(record_check(&story_future, f, "futures", err));
        if (!is_in(f->person, s->n_person))
            return refuse(f->name, "person", err, "a person of the story");
        HM_TRY(check_count("years", f->n_year, 200, err));
        if (!possible_times(f->n_year, f->best_s_lo90) ||
            !possible_times(f->n_year, f->best_s_median) ||
            !possible_times(f->n_year, f->best_s_hi90))
            return refuse(f->name, "best_s_median", err, "times from 5 to 300 s, or null");
        HM_TRY(check_count("odds", f->n_odds, 1000, err));
        for (int32_t k = 0; k < f->n_odds; k++)
            HM_TRY(record_check(&story_odds, &f->odds[k], f->name, err));
    }
    return HM_OK;
}

static hm_status check_chapters(const hm_story *s, hm_err *err)
{
    for (int32_t i = 0; i < s->n_chapter; i++) {
        const hm_story_chapter *c = &s->chapter[i];
        HM_TRY(record_check(&story_chapter, c, "chapters", err));
        if (!is_in(c->race, s->n_race))
            return refuse("chapters", "race", err, "a race of the story");
        HM_TRY(check_count("lines", c->n_line, 100, err));
        for (int32_t k = 0; k < c->n_line; k++) {
            HM_TRY(record_check(&story_line, &c->line[k], "chapters", err));
            if (!is_in(c->line[k].person, s->n_person))
                return refuse("chapters", "person", err, "a person of the story");
        }
    }
    return HM_OK;
}

hm_status hm_story_check(const hm_story *s, hm_err *err)
{
    static const int32_t most = 1000 * 1000;
    HM_TRY(record_check(&story_head, s, "story", err));
    if (s->seed > INT64_MAX)
        return refuse("story", "seed", err, "a seed below 2^63");
    HM_TRY(check_count("people", s->n_person, HM_STORY_PEOPLE_MAX, err));
    HM_TRY(check_count("races", s->n_race, HM_STORY_RACE_MAX, err));
    HM_TRY(check_count("meetings", s->n_meeting, most, err));
    HM_TRY(check_count("ideas", s->n_idea, most, err));
    HM_TRY(check_count("injuries", s->n_injury, most, err));
    HM_TRY(check_count("rivals", s->n_rival, most, err));
    HM_TRY(check_count("futures", s->n_future, 1000, err));
    HM_TRY(check_count("chapters", s->n_chapter, 1000, err));
    for (int32_t i = 0; i < s->n_person; i++)
        HM_TRY(check_person(&s->person[i], i, err));
    for (int32_t i = 0; i < s->n_race; i++)
        HM_TRY(check_race(s, i, err));
    HM_TRY(check_meetings(s, err));
    HM_TRY(check_ideas(s, err));
    HM_TRY(check_links(s, err));
    HM_TRY(check_futures(s, err));
    return check_chapters(s, err);
}

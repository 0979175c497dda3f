#include "race/replay.h"

#include "replay_priv.h"
#include "torso_priv.h"

#include <math.h>
#include <string.h>

#include "base/rng.h"
#include "race/prior.h"
#include "race/rank.h"
#include "sprint/start.h"
#include "sprint/steps.h"

static const uint32_t replay_cookie = 0x72706c79;
static const double finish_m = 100.0;
static const double mark_step_m = 10.0;    /* splits are told at least this often */
static const double lost_time_s = 12.0;    /* level of a race in which nobody has a time; own */
static const double window_m = 10.0;       /* top speed is the best mean over this */
static const double least_run_s = 0.05;    /* from the reaction to the first mark */
static const double left_front_frac = 0.7; /* starters with the left foot in front; recalled */
static const double broken_off_lo_m = 30, broken_off_hi_m = 60; /* DNF without splits; own */

/* Numbers of draws, above those of the prior and of the steps. */
enum { DRAW_FRONT_FOOT = 100, DRAW_BROKEN_OFF = 100 };

hm_replay_opts hm_replay_opts_default(void)
{
    return (hm_replay_opts){.cookie = replay_cookie,
                            .seed = 1,
                            .broken_off_lo_m = broken_off_lo_m,
                            .broken_off_hi_m = broken_off_hi_m};
}

/* One replay at work. */
typedef struct replay {
    const hm_sheet *sheet;
    uint64_t seed;
    double lo_m, hi_m; /* of those who break off */
    double median_s;   /* of the times on the sheet: level of those without */
    race_gusty *exact; /* (n_row) the runs themselves; NULL = not known */
    hm_arena *arena;
    hm_race *race;
    hm_err *err;
} replay;

static hm_status no_memory(const replay *r)
{
    return hm_err_set(r->err, HM_ERR_SYSTEM, r->sheet->source, 0, 0, NULL,
                      "no memory for the race");
}

static hm_status copy_text(const replay *r, const char *text, const char **out)
{
    *out = hm_arena_text(r->arena, text ? text : "");
    return *out ? HM_OK : no_memory(r);
}

static double median_time_s(const hm_sheet *sheet)
{
    double t_s[HM_LANE_MAX];
    int n = 0;
    for (int32_t i = 0; i < sheet->n_row && n < HM_LANE_MAX; i++) {
        double v = sheet->row[i].time_s;
        if (sheet->row[i].status != HM_RUN_OK || isnan(v))
            continue;
        int k = n++;
        for (; k > 0 && t_s[k - 1] > v; k--)
            t_s[k] = t_s[k - 1];
        t_s[k] = v;
    }
    return n ? t_s[n / 2] : lost_time_s;
}

race_body race_body_of(uint64_t seed, const hm_sheet *s, const hm_sheet_row *row)
{
    race_body b = {.person = hm_prior_person(row->name, row->lane),
                   .sex = row->has_sex ? row->sex
                          : s->has_sex ? s->sex
                                       : HM_SEX_MEN,
                   .age_yr = !isnan(row->age_yr) ? row->age_yr : s->age_yr,
                   .stature_m = row->stature_m,
                   .mass_kg = row->mass_kg};
    if (!row->has_sex && !s->has_sex)
        b.filled |= HM_FILLED_SEX;
    if (isnan(b.age_yr)) {
        b.age_yr = hm_prior_age_yr(seed, b.person);
        b.filled |= HM_FILLED_AGE;
    }
    hm_prior_key key = {.seed = seed, .person = b.person, .sex = b.sex, .age_yr = b.age_yr};
    if (isnan(b.stature_m)) {
        b.stature_m = hm_prior_stature_m(&key);
        b.filled |= HM_FILLED_STATURE;
    }
    if (isnan(b.mass_kg)) {
        b.mass_kg = hm_prior_mass_kg(&key, b.stature_m);
        b.filled |= HM_FILLED_MASS;
    }
    double u = hm_rng_unit(seed, HM_FOR_STEP, b.person, 0, DRAW_FRONT_FOOT);
    b.front_foot = u < left_front_frac ? HM_FOOT_LEFT : HM_FOOT_RIGHT;
    return b;
}

/* Name, size and age; what is missing from the prior. */
static hm_status fill_person(const replay *r, const hm_sheet_row *row, const race_body *b,
                             hm_prior_key *key, hm_lane *l)
{
    const hm_sheet *s = r->sheet;
    l->lane = row->lane;
    l->status = row->status;
    HM_TRY(copy_text(r, row->name, &l->name));
    HM_TRY(copy_text(r, row->team, &l->team));
    HM_TRY(copy_text(r, row->bib, &l->bib));
    HM_TRY(copy_text(r, row->form, &l->form));
    l->sex = b->sex;
    l->age_yr = b->age_yr;
    l->stature_m = b->stature_m;
    l->mass_kg = b->mass_kg;
    l->pb_s = isnan(row->pb_s) ? 0 : row->pb_s;
    l->sb_s = isnan(row->sb_s) ? 0 : row->sb_s;
    l->filled |= b->filled;
    *key = (hm_prior_key){.seed = r->seed,
                          .person = b->person,
                          .day = hm_prior_day(s->meet, s->date, s->round),
                          .sex = l->sex,
                          .age_yr = l->age_yr,
                          .time_s = isnan(row->time_s) ? r->median_s : row->time_s,
                          .standing = s->standing_start};
    return HM_OK;
}

/* Measured splits and the end of the run, ascending. A runner without a time ends at his last
 * split, or is given a time. */
typedef struct marks {
    double *x_m, *t_s;
    int32_t n, n_split;
    bool finishes, guessed;
} marks;

static hm_status collect_marks(const replay *r, const hm_sheet_row *row, marks *m)
{
    const hm_sheet *s = r->sheet;
    *m = (marks){.x_m = HM_PUSH(r->arena, double, s->n_split + 1),
                 .t_s = HM_PUSH(r->arena, double, s->n_split + 1)};
    if (!m->x_m || !m->t_s)
        return no_memory(r);
    for (int32_t i = 0; i < s->n_split; i++)
        if (!isnan(row->split_s[i])) {
            m->x_m[m->n] = s->split_m[i];
            m->t_s[m->n++] = row->split_s[i];
        }
    m->n_split = m->n;
    m->finishes = row->status != HM_RUN_DNF;
    m->guessed = isnan(row->time_s) && (m->finishes || m->n == 0);
    if (m->finishes || m->n == 0) {
        m->x_m[m->n] = finish_m;
        double t_s = isnan(row->time_s) ? r->median_s : row->time_s;
        /* a guessed time must leave room after the last split */
        if (m->n > 0 && m->guessed)
            t_s = fmax(t_s, m->t_s[m->n - 1] * finish_m / m->x_m[m->n - 1]);
        m->t_s[m->n++] = t_s;
    }
    return HM_OK;
}

static hm_status check_marks(const replay *r, const hm_sheet_row *row, const marks *m,
                             double reaction_s)
{
    if (!(m->t_s[0] >= reaction_s + least_run_s))
        return hm_err_set(r->err, HM_ERR_INPUT, r->sheet->source, row->line, 0, "reaction_s",
                          "expected well before the time at %g m (%g s), found %g", m->x_m[0],
                          m->t_s[0], reaction_s);
    for (int32_t i = 1; i < m->n; i++)
        if (!(m->t_s[i] > m->t_s[i - 1]))
            return hm_err_set(r->err, HM_ERR_INPUT, r->sheet->source, row->line, 0, "time_s",
                              "expected later at %g m than at %g m (%g s), found %g", m->x_m[i],
                              m->x_m[i - 1], m->t_s[i - 1], m->t_s[i]);
    return HM_OK;
}

/* Best mean speed over window_m before the finish, and the middle of that window. */
static void find_top_speed(hm_lane *l, double run_end_s)
{
    const hm_curve *c = &l->curve;
    int32_t k = 0;
    for (int32_t i = 0; i < c->n && c->x_m[i] + window_m <= finish_m; i++) {
        double goal_m = c->x_m[i] + window_m;
        while (k < c->n - 1 && c->x_m[k] < goal_m)
            k++;
        double t_s = c->dt_s * k - (c->x_m[k] - goal_m) / fmax(c->v_mps[k], 0.1);
        if (c->x_m[k] < goal_m || t_s > run_end_s)
            break;
        double v = window_m / (t_s - c->dt_s * i);
        if (v > l->top_speed_mps) {
            l->top_speed_mps = v;
            l->top_speed_at_m = c->x_m[i] + 0.5 * window_m;
        }
    }
}

/* Every 10 m read off the curve, and the measured ones as they were typed. */
static hm_status tell_splits(const replay *r, const marks *m, double run_end_s, hm_lane *l)
{
    hm_split *out = HM_PUSH(r->arena, hm_split, m->n + 10);
    if (!out)
        return no_memory(r);
    double reached_m = hm_curve_x_m(&l->curve, run_end_s);
    int32_t n = 0, i = 0;
    int32_t n_measured = m->finishes && !m->guessed ? m->n : m->n_split;
    for (int k = 1; k <= 10 || i < n_measured;) {
        double grid_m = k * mark_step_m;
        if (i < n_measured && (k > 10 || m->x_m[i] <= grid_m)) {
            out[n++] = (hm_split){m->x_m[i], m->t_s[i], true};
            k += m->x_m[i] == grid_m;
            i++;
        } else {
            if (m->finishes && k == 10)
                out[n++] = (hm_split){finish_m, m->t_s[m->n - 1], false};
            else if (grid_m <= reached_m)
                out[n++] = (hm_split){grid_m, hm_curve_time_s(&l->curve, grid_m), false};
            k++;
        }
    }
    l->split = out;
    l->n_split = n;
    return HM_OK;
}

static hm_status run_steps(const replay *r, const race_body *b, const race_torso *t, hm_lane *l)
{
    double top_mps = 0;
    for (int32_t i = 0; i < l->curve.n; i++)
        top_mps = fmax(top_mps, l->curve.v_mps[i]);
    l->start =
        hm_start_of(r->sheet->standing_start, l->reaction_s, l->stature_m, top_mps, b->front_foot);
    hm_steps_in in = {.curve = &l->curve,
                      .who = {l->stature_m, l->age_yr, l->sex, top_mps, r->sheet->standing_start},
                      .exit_s = l->start.front_off_s,
                      .first_foot = (hm_foot)(1 - b->front_foot),
                      .race_end_s = t->run_end_s,
                      .end_s = t->end_s,
                      .seed = r->seed,
                      .person = b->person};
    return hm_steps_plan(&in, r->arena, &l->step, &l->n_step, r->err);
}

/* The run of one who started. */
static hm_status run_lane(const replay *r, const hm_sheet_row *row, const race_body *b,
                          const hm_prior_key *key, hm_lane *l)
{
    marks m;
    race_torso t;
    if (row->status == HM_RUN_OK && isnan(row->time_s))
        return hm_err_set(r->err, HM_ERR_INPUT, r->sheet->source, row->line, 0, "time_s",
                          "expected a time (watches are combined by hm_referee_times), found none");
    HM_TRY(collect_marks(r, row, &m));
    l->reaction_s = row->reaction_s;
    if (isnan(l->reaction_s)) {
        l->reaction_s = fmin(hm_prior_reaction_s(key), 0.5 * m.t_s[0]);
        l->filled |= HM_FILLED_REACTION;
    }
    if (m.n_split == 0)
        l->filled |= HM_FILLED_SPLITS;
    HM_TRY(check_marks(r, row, &m, l->reaction_s));
    hm_prior_shape shape = hm_prior_shape_of(key);
    double u = hm_rng_unit(r->seed, HM_FOR_PRIOR, key->person, key->day, DRAW_BROKEN_OFF);
    race_marks torso_marks = {.reaction_s = l->reaction_s,
                              .n = m.n,
                              .x_m = m.x_m,
                              .t_s = m.t_s,
                              .finishes = m.finishes,
                              .stop_m = m.n_split ? finish_m : r->lo_m + u * (r->hi_m - r->lo_m),
                              .walk_mps = 1.4 * sqrt(l->stature_m / 1.8),
                              .exact = r->exact ? &r->exact[row - r->sheet->row] : NULL};
    HM_TRY(race_torso_make(&torso_marks, &shape, r->arena, &t, r->err));
    l->curve = t.curve;
    l->end_s = t.end_s;
    if (t.bent &&
        hm_notes_add(&r->race->notes, r->arena,
                     "lane %d: the splits ask for %.1f to %.1f m/s2; believed, but look at them",
                     l->lane, t.low_mps2, t.high_mps2) != HM_OK)
        return no_memory(r);
    if (m.finishes && !m.guessed) {
        l->time_us = hm_time_us(row->time_s);
        l->official_cs = l->status == HM_RUN_OK ? hm_official_cs(l->time_us) : 0;
    }
    find_top_speed(l, t.run_end_s);
    HM_TRY(tell_splits(r, &m, t.run_end_s, l));
    return run_steps(r, b, &t, l);
}

/* "reaction, splits": what a mask of hm_filled means. */
static void filled_text(uint32_t filled, char *out, size_t n_byte)
{
    static const struct {
        hm_filled bit;
        const char *name;
    } list[] = {{HM_FILLED_REACTION, "reaction"}, {HM_FILLED_SPLITS, "splits"},
                {HM_FILLED_STATURE, "stature"},   {HM_FILLED_MASS, "mass"},
                {HM_FILLED_AGE, "age"},           {HM_FILLED_SEX, "sex"}};
    size_t used = 0;
    out[0] = 0;
    for (size_t i = 0; i < sizeof list / sizeof list[0]; i++)
        if (filled & (uint32_t)list[i].bit) {
            snprintf(out + used, n_byte - used, "%s%s", used ? ", " : "", list[i].name);
            used = strlen(out);
        }
}

/* One note for all lanes that miss the same things. */
static hm_status note_filled(const replay *r)
{
    const hm_race *race = r->race;
    for (int32_t i = 0; i < race->n_lane; i++) {
        uint32_t filled = race->lane[i].filled;
        char lanes[64] = "", what[96];
        size_t used = 0;
        bool told = filled == 0;
        for (int32_t k = 0; k < race->n_lane && !told; k++) {
            if (race->lane[k].filled != filled)
                continue;
            told = k < i;
            snprintf(lanes + used, sizeof lanes - used, "%s%d", used ? ", " : "",
                     race->lane[k].lane);
            used = strlen(lanes);
        }
        filled_text(filled, what, sizeof what);
        if (!told && hm_notes_add(&r->race->notes, r->arena,
                                  "lane %s: not on the sheet, taken from the prior: %s", lanes,
                                  what) != HM_OK)
            return no_memory(r);
    }
    return HM_OK;
}

static hm_status fill_head(const replay *r)
{
    const hm_sheet *s = r->sheet;
    hm_race *race = r->race;
    HM_TRY(copy_text(r, s->meet, &race->meet));
    HM_TRY(copy_text(r, s->event, &race->event));
    HM_TRY(copy_text(r, s->date, &race->date));
    HM_TRY(copy_text(r, s->round, &race->round));
    HM_TRY(copy_text(r, s->venue, &race->venue));
    race->mode = HM_RACE_REPLAY;
    race->has_wind = !isnan(s->wind_mps);
    race->wind_mps = race->has_wind ? s->wind_mps : 0;
    race->altitude_m = isnan(s->altitude_m) ? 0 : s->altitude_m;
    race->temp_c = isnan(s->temp_c) ? 20 : s->temp_c;
    race->record_s = isnan(s->record_s) ? 0 : s->record_s;
    HM_TRY(copy_text(r, s->record_name, &race->record_name));
    race->seed = r->seed;
    for (int32_t i = 0; i < s->sources.n; i++)
        if (hm_notes_add(&race->sources, r->arena, "%s", s->sources.text[i]) != HM_OK)
            return no_memory(r);
    for (int32_t i = 0; i < s->notes.n; i++)
        if (hm_notes_add(&race->notes, r->arena, "%s", s->notes.text[i]) != HM_OK)
            return no_memory(r);
    return HM_OK;
}

hm_status hm_race_replay(const hm_sheet *sheet, const hm_replay_opts *opts, hm_arena *arena,
                         hm_race *race, hm_err *err)
{
    return race_replay_exact(sheet, opts, NULL, arena, race, err);
}

hm_status race_replay_exact(const hm_sheet *sheet, const hm_replay_opts *opts, race_gusty exact[],
                            hm_arena *arena, hm_race *race, hm_err *err)
{
    hm_replay_opts o = opts ? *opts : hm_replay_opts_default();
    HM_ASSERT(o.cookie == replay_cookie);
    if (sheet->n_row < 1 || sheet->n_row > HM_LANE_MAX)
        return hm_err_set(err, HM_ERR_INPUT, sheet->source, 0, 0, "lane",
                          "expected 1 to %d runners, "
                          "found %d",
                          HM_LANE_MAX, sheet->n_row);
    hm_race made = {.n_lane = sheet->n_row};
    replay r = {
        sheet, o.seed, o.broken_off_lo_m, o.broken_off_hi_m, median_time_s(sheet), exact, arena,
        &made, err};
    HM_TRY(fill_head(&r));
    int32_t given_place[HM_LANE_MAX];
    made.lane = HM_PUSH(arena, hm_lane, sheet->n_row);
    if (!made.lane)
        return no_memory(&r);
    for (int32_t i = 0; i < sheet->n_row; i++) {
        hm_prior_key key;
        hm_lane *l = &made.lane[i];
        race_body b = race_body_of(r.seed, sheet, &sheet->row[i]);
        given_place[i] = sheet->row[i].place;
        HM_TRY(fill_person(&r, &sheet->row[i], &b, &key, l));
        if (l->status != HM_RUN_DNS)
            HM_TRY(run_lane(&r, &sheet->row[i], &b, &key, l));
    }
    HM_TRY(note_filled(&r));
    hm_rank(made.n_lane, made.lane, given_place);
    *race = made;
    return HM_OK;
}

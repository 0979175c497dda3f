#include "race/odds.h"

#include "lineup_priv.h"

#include <math.h>
#include <string.h>

#include "base/par.h"
#include "race/official.h"

enum {
    N_GROUP = 64,                    /* groups in one item of work */
    BLOCK = N_GROUP * HM_ODDS_GROUP, /* races in it */
    UNIT = 2520,                     /* of a place: ties share it among 2 to 10 */
    N_SLICE = 64,                    /* blocks between two looks at the clock */
    N_BIN = 10 * HM_ODDS_CS_MAX,     /* of 1 ms; bin k holds what is above k, up to k + 1 ms */
    BIN_US = 1000,
    CS_US = 10000
};

_Static_assert((int)HM_ODDS_GROUP == (int)RACE_FIT_GROUP, "odds and single races share runners");

static const double finish_m = 100;
static const double legal_mps = 2.0; /* CR31.14: records only up to +2.0 */

/* ---- one lane ---- */

hm_status hm_odds_linear_s(const hm_sheet *sheet, const hm_runner *runner, const hm_day *day,
                           const double z[3], const double param_z[], const double wind_mps[],
                           double *time_s, hm_err *err)
{
    race_linear l;
    HM_TRY(race_linear_of(sheet, runner, day, &l, err));
    double t = race_reaction_of(day, runner, z[LUCK_REACTION]) + l.slopes.run_s +
               l.form_sd_s * z[LUCK_FORM] + l.start_sd_s * z[LUCK_START];
    for (int j = 0; j < HM_DRIVE_BY_COUNT; j++)
        t += l.by_fit[j] * param_z[j];
    double mean_mps = race_air_of(day, sheet).wind_mps;
    for (int k = 0; wind_mps && k < HM_WIND_CELL_MAX; k++)
        t += l.by_wind[k] * (wind_mps[k] - mean_mps);
    *time_s = t;
    return HM_OK;
}

hm_status hm_odds_full_s(const hm_sheet *sheet, const hm_runner *runner, const hm_day *day,
                         const double z[3], const double param_z[], const double wind_mps[],
                         double *time_s, hm_err *err)
{
    race_air air = race_air_of(day, sheet);
    race_slopes s;
    double even[HM_WIND_CELL_MAX], run_s = 0;
    for (int k = 0; k < HM_WIND_CELL_MAX; k++)
        even[k] = air.wind_mps;
    bool arrives = race_slopes_of(runner, &air, &s);
    if (arrives) {
        hm_drive d = race_drive_of_day(runner, &s, param_z, day->form_sd_frac * z[LUCK_FORM],
                                       day->start_sd_s * z[LUCK_START]);
        arrives = race_run_gusty(&d, race_drag_per_m(runner, &air), wind_mps ? wind_mps : even, 1,
                                 &finish_m, &run_s);
    }
    if (!arrives)
        return hm_err_set(err, HM_ERR_INPUT, sheet->source, 0, 0, "lane",
                          "expected a runner who arrives at 100 m in this air");
    *time_s = race_reaction_of(day, runner, z[LUCK_REACTION]) + run_s;
    return HM_OK;
}

/* ---- the field ---- */

typedef struct field {
    race_lineup up;
    int32_t n; /* of up */
    hm_odds_opts opts;
    int64_t record_us;
    int64_t from_us[HM_LANE_MAX]; /* where the bins begin, a multiple of CS_US */
    int64_t first_from_us;        /* of the winners' */
} field;

/* Sums of one worker; integers only. */
typedef struct sums {
    int64_t place[HM_LANE_MAX][HM_LANE_MAX];               /* in UNIT */
    int64_t best_win[HM_LANE_MAX];                         /* in UNIT */
    int64_t win_square[HM_LANE_MAX];                       /* (wins of a group in UNIT)^2 / UNIT */
    int64_t ahead[HM_LANE_MAX][HM_LANE_MAX];               /* in halves */
    int64_t time_us[HM_LANE_MAX], square_us2[HM_LANE_MAX]; /* from the middle of the bins */
    int64_t best_us[HM_LANE_MAX], best_us2[HM_LANE_MAX];
    int64_t record[HM_LANE_MAX], in_time[HM_LANE_MAX], any_record, any_time;
    int64_t margin_us, close, legal;
    int64_t sooner_win[HM_LANE_MAX], later_win[HM_LANE_MAX]; /* in UNIT */
    int32_t bin[HM_LANE_MAX][N_BIN], best_bin[HM_LANE_MAX][N_BIN];
    int32_t margin_bin[N_BIN], first_bin[N_BIN], legal_bin[N_BIN];
} sums;

typedef struct job {
    const field *f;
    sums *worker;
    int64_t from; /* block that this slice begins with */
} job;

static hm_status field_of(const hm_sheet *sheet, const hm_runner runner[], const hm_day *day,
                          field *f, hm_err *err)
{
    HM_TRY(race_lineup_make(sheet, runner, day, f->opts.seed, &f->up, err));
    f->n = f->up.n;
    for (int32_t i = 0; i < f->n; i++) {
        double mean_s = f->up.linear[i].slopes.run_s + race_reaction_of(day, f->up.runner[i], 0);
        f->from_us[i] = (int64_t)floor(mean_s * 100) * CS_US - N_BIN / 2 * BIN_US;
        if (i == 0 || f->from_us[i] < f->first_from_us)
            f->first_from_us = f->from_us[i];
    }
    return HM_OK;
}

/* ---- one race ---- */

typedef struct outcome {
    int64_t us[HM_LANE_MAX], best_us[HM_LANE_MAX]; /* with drawn and with best parameters */
    double gauge_mps;
} outcome;

static void run_once(const field *f, const double param_s[], uint32_t number, outcome *o)
{
    race_outcome r;
    race_lineup_run(&f->up, param_s, number, &r);
    for (int32_t i = 0; i < f->n; i++) {
        o->us[i] = (int64_t)floor(r.t_s[i] * 1e6 + 0.5);
        o->best_us[i] = (int64_t)floor(r.best_s[i] * 1e6 + 0.5);
    }
    o->gauge_mps = r.gauge_mps;
}

/* Indices by time, smallest first. */
static void sort_by_time(int32_t n, const int64_t us[], int32_t order[])
{
    for (int32_t i = 0; i < n; i++) {
        int32_t k = i;
        for (; k > 0 && us[order[k - 1]] > us[i]; k--)
            order[k] = order[k - 1];
        order[k] = i;
    }
}

/* How many share the place at k of the order. */
static int32_t tied_at(int32_t n, const int64_t us[], const int32_t order[], int32_t k)
{
    int32_t m = 1;
    while (k + m < n && us[order[k + m]] == us[order[k]])
        m++;
    return m;
}

static void count_places(const field *f, const outcome *o, const int32_t order[], sums *s)
{
    for (int32_t k = 0, m; k < f->n; k += m) {
        m = tied_at(f->n, o->us, order, k);
        for (int32_t i = k; i < k + m; i++) {
            for (int32_t p = k; p < k + m; p++)
                s->place[order[i]][p] += UNIT / m;
            for (int32_t b = k; b < f->n; b++)
                if (b != i)
                    s->ahead[order[i]][order[b]] += b < k + m ? 1 : 2;
        }
    }
}

static int32_t bin_of(int64_t us)
{
    int64_t k = (us - 1) / BIN_US;
    return us < 1 ? 0 : k >= N_BIN ? N_BIN - 1 : (int32_t)k;
}

static void count_times(const field *f, const outcome *o, bool legal, sums *s)
{
    bool any_time = false;
    for (int32_t i = 0; i < f->n; i++) {
        int64_t off = o->us[i] - f->from_us[i];
        int64_t dev = off - N_BIN / 2 * BIN_US;
        int64_t best_off = o->best_us[i] - f->from_us[i], best_dev = best_off - N_BIN / 2 * BIN_US;
        s->bin[i][bin_of(off)]++;
        s->best_bin[i][bin_of(best_off)]++;
        s->best_us[i] += best_dev;
        s->best_us2[i] += best_dev * best_dev;
        s->time_us[i] += dev;
        s->square_us2[i] += dev * dev;
        bool in_time = f->record_us > 0 && o->us[i] <= f->record_us;
        s->in_time[i] += in_time;
        s->record[i] += in_time && legal;
        any_time |= in_time;
    }
    s->any_time += any_time;
    s->any_record += any_time && legal;
}

static int64_t share_of_win(int64_t ahead_us)
{
    return ahead_us > 0 ? UNIT : ahead_us == 0 ? UNIT / 2 : 0;
}

/* The same race, had one runner been a little faster or slower. */
static void count_shifted(const field *f, const outcome *o, const int32_t order[], sums *s)
{
    const int64_t shift_us = HM_ODDS_SHIFT_MS * 1000;
    for (int32_t i = 0; i < f->n; i++) {
        int32_t rival = order[0] == i ? order[f->n > 1 ? 1 : 0] : order[0];
        int64_t ahead_us = rival == i ? 2 * shift_us : o->us[rival] - o->us[i];
        s->sooner_win[i] += share_of_win(ahead_us + shift_us);
        s->later_win[i] += share_of_win(ahead_us - shift_us);
    }
}

static void count_race(const field *f, const outcome *o, sums *s, int64_t won[])
{
    int32_t order[HM_LANE_MAX];
    bool legal = hm_wind_dmps(hm_wind_cmps(o->gauge_mps)) <= (int)(10 * legal_mps);
    sort_by_time(f->n, o->us, order);
    count_places(f, o, order, s);
    count_times(f, o, legal, s);
    count_shifted(f, o, order, s);
    int32_t first = bin_of(o->us[order[0]] - f->first_from_us);
    s->legal += legal;
    s->first_bin[first]++;
    s->legal_bin[first] += legal;
    int32_t m = tied_at(f->n, o->us, order, 0);
    for (int32_t i = 0; i < m; i++)
        won[order[i]] += UNIT / m;
    if (f->n > 1) {
        int64_t margin_us = o->us[order[1]] - o->us[order[0]];
        s->margin_us += margin_us;
        s->close += margin_us < 10000;
        s->margin_bin[bin_of(margin_us)]++;
    }
    sort_by_time(f->n, o->best_us, order);
    m = tied_at(f->n, o->best_us, order, 0);
    for (int32_t i = 0; i < m; i++)
        s->best_win[order[i]] += UNIT / m;
}

/* Races that share runners drawn from their fits. */
static void run_group(const field *f, int64_t group, sums *s)
{
    race_normal4 fit[HM_LANE_MAX];
    double param_s[HM_LANE_MAX];
    int64_t won[HM_LANE_MAX] = {0};
    race_lineup_fit(&f->up, (uint32_t)group, fit, param_s);
    int64_t first = group * HM_ODDS_GROUP;
    int64_t n = f->opts.n_run - first < HM_ODDS_GROUP ? f->opts.n_run - first : HM_ODDS_GROUP;
    for (int64_t k = 0; k < n; k++) {
        outcome o;
        run_once(f, param_s, (uint32_t)(first + k), &o);
        count_race(f, &o, s, won);
    }
    for (int32_t i = 0; i < f->n && n == HM_ODDS_GROUP; i++)
        s->win_square[i] += won[i] * won[i] / UNIT;
}

static void run_block(void *ctx, int64_t i, int worker)
{
    const job *j = ctx;
    int64_t block = j->from + i;
    int64_t n_group = (j->f->opts.n_run + HM_ODDS_GROUP - 1) / HM_ODDS_GROUP;
    for (int64_t g = block * N_GROUP; g < (block + 1) * N_GROUP && g < n_group; g++)
        run_group(j->f, g, &j->worker[worker]);
}

/* ---- what they add up to ---- */

/* All fields of sums are int64 up to the bins, and int32 from there. */
static void add(sums *to, const sums *s)
{
    int64_t *a = &to->place[0][0];
    const int64_t *b = &s->place[0][0];
    for (size_t i = 0; i < offsetof(sums, bin) / sizeof *a; i++)
        a[i] += b[i];
    int32_t *c = &to->bin[0][0];
    const int32_t *d = &s->bin[0][0];
    for (size_t i = 0; i < (sizeof *s - offsetof(sums, bin)) / sizeof *c; i++)
        c[i] += d[i];
}

/* Bins of 1 ms into hundredths. */
static void count_of(const int32_t bin[], int64_t from_cs, hm_odds_count *c)
{
    *c = (hm_odds_count){.from_cs = (int32_t)from_cs};
    for (int k = 0; k < N_BIN; k++)
        c->n[k / 10] += bin[k];
}

/* Below which time a share of the races lies, s from the first bin; even within a bin. */
static double quantile_s(const int32_t bin[], int64_t n, double share)
{
    double goal = share * (double)n, sum = 0;
    int k = 0;
    while (k < N_BIN - 1 && sum + bin[k] < goal)
        sum += bin[k++];
    double part = bin[k] > 0 ? (goal - sum) / bin[k] : 0;
    return (k + part) * BIN_US * 1e-6;
}

/* Wins of whole groups: how much the chance itself varies with the parameters, and the error of
 * the mean when races of a group hang together by it. */
static void win_errors(const field *f, const sums *s, int32_t i, hm_odds_lane *l)
{
    double n = (double)f->opts.n_run, p = l->p_win, within = p * (1 - p), between = 0;
    double n_group = floor(n / HM_ODDS_GROUP), m = HM_ODDS_GROUP;
    if (n_group >= 2) {
        double share = (double)s->win_square[i] / UNIT / (m * m * n_group) - p * p;
        /* var(group mean) = between + (within - between) / m */
        between =
            fmin(fmax((share * n_group / (n_group - 1) - within / m) / (1 - 1 / m), 0), within);
    }
    l->p_win_fit_sd = sqrt(between);
    l->p_win_se = sqrt((within + (fmin(m, n) - 1) * between) / n);
}

static double sd_s(double n, int64_t sum_us, int64_t square_us2)
{
    double mean_us = (double)sum_us / n;
    return sqrt(fmax((double)square_us2 / n - mean_us * mean_us, 0)) * 1e-6;
}

static void lane_odds(const field *f, const sums *s, int32_t i, hm_odds_lane *l)
{
    double n = (double)f->opts.n_run;
    const race_linear *lin = &f->up.linear[i];
    l->lane = f->up.lane[i];
    for (int32_t p = 0; p < HM_LANE_MAX; p++)
        l->p_place[p] = (double)s->place[i][p] / (UNIT * n);
    l->p_win = l->p_place[0];
    l->p_win_best_fit = (double)s->best_win[i] / (UNIT * n);
    win_errors(f, s, i, l);
    l->p_win_sooner = (double)s->sooner_win[i] / (UNIT * n);
    l->p_win_later = (double)s->later_win[i] / (UNIT * n);
    bool asked = f->record_us > 0;
    l->p_record = asked ? (double)s->record[i] / n : (double)NAN;
    l->p_time = asked ? (double)s->in_time[i] / n : (double)NAN;
    double from_s = (double)f->from_us[i] * 1e-6, dev = (double)s->time_us[i] / n;
    l->time_s_mean = from_s + N_BIN / 2 * BIN_US * 1e-6 + dev * 1e-6;
    l->time_s_sd = sd_s(n, s->time_us[i], s->square_us2[i]);
    l->time_s_median = from_s + quantile_s(s->bin[i], f->opts.n_run, 0.5);
    l->time_s_lo90 = from_s + quantile_s(s->bin[i], f->opts.n_run, 0.05);
    l->time_s_hi90 = from_s + quantile_s(s->bin[i], f->opts.n_run, 0.95);
    l->time_s_fit_sd = lin->param_sd_s;
    l->time_s_luck_sd = sd_s(n, s->best_us[i], s->best_us2[i]);
    /* the first hundredth counts what is rounded up to its end */
    count_of(s->bin[i], f->from_us[i] / CS_US + 1, &l->times);
    count_of(s->best_bin[i], f->from_us[i] / CS_US + 1, &l->times_best_fit);
}

static void field_odds(const field *f, const sums *s, hm_odds *o)
{
    double n = (double)f->opts.n_run;
    *o = (hm_odds){.n_run = f->opts.n_run, .n_lane = f->n, .wind_mps = f->up.air.wind_mps};
    for (int32_t i = 0; i < f->n; i++) {
        lane_odds(f, s, i, &o->lane[i]);
        for (int32_t j = 0; j < f->n; j++)
            o->p_ahead[i][j] = (double)s->ahead[i][j] / (2 * n);
    }
    bool asked = f->record_us > 0, many = f->n > 1;
    o->p_record_any = asked ? (double)s->any_record / n : (double)NAN;
    o->p_time_any = asked ? (double)s->any_time / n : (double)NAN;
    o->margin_s_mean = many ? (double)s->margin_us / n * 1e-6 : (double)NAN;
    o->margin_s_lo90 = many ? quantile_s(s->margin_bin, f->opts.n_run, 0.05) : (double)NAN;
    o->margin_s_hi90 = many ? quantile_s(s->margin_bin, f->opts.n_run, 0.95) : (double)NAN;
    o->p_margin_10ms = many ? (double)s->close / n : (double)NAN;
    o->p_legal = (double)s->legal / n;
    count_of(s->margin_bin, 0, &o->margins);
    count_of(s->first_bin, f->first_from_us / CS_US + 1, &o->first);
    count_of(s->legal_bin, f->first_from_us / CS_US + 1, &o->first_legal);
}

/* All blocks, a slice of them at a time, so that somebody may look on and stop it. */
static hm_status run_blocks(job *j, hm_err *err)
{
    const hm_odds_opts *o = &j->f->opts;
    int64_t n_block = (o->n_run + BLOCK - 1) / BLOCK;
    for (j->from = 0; j->from < n_block; j->from += N_SLICE) {
        int64_t left = n_block - j->from, done = j->from * BLOCK;
        if (o->tell && !o->tell(o->tell_ctx, done, o->n_run))
            return hm_err_set(err, HM_ERR_STOPPED, NULL, 0, 0, "runs",
                              "stopped after %lld of %lld races; fewer --runs need less time",
                              (long long)done, (long long)o->n_run);
        hm_par_for(o->n_thread, left < N_SLICE ? left : N_SLICE, run_block, j);
    }
    return HM_OK;
}

hm_status hm_odds_run(const hm_sheet *sheet, const hm_runner runner[], const hm_day *day,
                      const hm_odds_opts *opts, hm_arena *arena, hm_odds *odds, hm_err *err)
{
    HM_ASSERT(day->cookie == hm_day_default().cookie && opts->n_thread >= 1);
    HM_TRY(hm_option_check(&hm_day_table, day, err));
    if (opts->n_run < 1 || opts->n_run > HM_ODDS_RUN_MAX)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "runs", "expected 1 to %d",
                          HM_ODDS_RUN_MAX);
    if (sheet->n_row < 1 || sheet->n_row > HM_LANE_MAX)
        return hm_err_set(err, HM_ERR_INPUT, sheet->source, 0, 0, "lane",
                          "expected 1 to %d runners, found %d", HM_LANE_MAX, sheet->n_row);
    hm_arena_mark mark = hm_arena_mark_get(arena);
    field *f = HM_PUSH(arena, field, 1);
    sums *worker = HM_PUSH(arena, sums, opts->n_thread);
    hm_status status =
        f && worker ? HM_OK
                    : hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the odds");
    if (status == HM_OK) {
        *f = (field){.opts = *opts,
                     .record_us = isnan(opts->record_s) ? 0 : hm_time_us(opts->record_s)};
        status = field_of(sheet, runner, day, f, err);
    }
    if (status == HM_OK) {
        memset(worker, 0, sizeof *worker * (size_t)opts->n_thread);
        job j = {f, worker, 0};
        status = run_blocks(&j, err);
    }
    if (status == HM_OK) {
        for (int k = 1; k < opts->n_thread; k++)
            add(&worker[0], &worker[k]);
        field_odds(f, &worker[0], odds);
    }
    hm_arena_release(arena, mark);
    return status;
}

#include "race/odds.h"

#include "luck_priv.h"

#include <math.h>
#include <string.h>

#include "base/par.h"
#include "race/official.h"
#include "race/wind.h"

enum {
    N_GROUP = 64,                    /* groups in one item of work */
    BLOCK = N_GROUP * HM_ODDS_GROUP, /* races in it */
    UNIT = 2520,                     /* of a place: ties share it among 2 to 10 */
    N_SLICE = 64,                    /* blocks between two looks at the clock */
    N_BIN = 10 * HM_ODDS_CS_MAX,     /* of 1 ms; bin k holds what is above k, up to k + 1 ms */
    BIN_US = 1000,
    CS_US = 10000
};

static const double finish_m = 100;
static const double probe_mps = 0.05; /* half the step of the central difference by wind */
static const double legal_mps = 2.0;  /* CR31.14: records only up to +2.0 */

/* ---- the linear model ---- */

typedef struct linear {
    race_slopes slopes;
    double by_wind[HM_WIND_CELL_MAX]; /* s per m/s of wind in each second */
    double param_sd_s, form_sd_s, start_sd_s;
} linear;

static bool time_through(const hm_runner *r, const race_air *air, const double wind_mps[],
                         double *run_s)
{
    return race_run_gusty(&r->drive, race_drag_per_m(r, air), wind_mps, 1, &finish_m, run_s);
}

/* The run is a power series in each second: differences over 0.1 m/s are exact to 1e-6 s per m/s.
 */
static bool slopes_by_wind(const hm_runner *r, const race_air *air, linear *l)
{
    double w[HM_WIND_CELL_MAX];
    for (int k = 0; k < HM_WIND_CELL_MAX; k++)
        w[k] = air->wind_mps;
    for (int k = 0; k < HM_WIND_CELL_MAX; k++) {
        double fast_s, slow_s;
        w[k] = air->wind_mps + probe_mps;
        if (!time_through(r, air, w, &fast_s))
            return false;
        w[k] = air->wind_mps - probe_mps;
        if (!time_through(r, air, w, &slow_s))
            return false;
        w[k] = air->wind_mps;
        l->by_wind[k] = (fast_s - slow_s) / (2 * probe_mps);
    }
    return true;
}

static hm_status linear_of(const hm_sheet *sheet, const hm_runner *r, const hm_day *day, linear *l,
                           hm_err *err)
{
    race_air air = race_air_of(day, sheet);
    *l = (linear){.form_sd_s = 0};
    if (!race_slopes_of(r, &air, &l->slopes) || !slopes_by_wind(r, &air, l))
        return hm_err_set(err, HM_ERR_INPUT, sheet->source, 0, 0, "lane",
                          "expected a runner who arrives at 100 m in this air");
    double var = 0;
    for (int j = 0; j < HM_DRIVE_BY_COUNT; j++) {
        double along = 0;
        for (int i = j; i < HM_DRIVE_BY_COUNT; i++)
            along += l->slopes.by[i] * r->root[i][j];
        var += along * along;
    }
    l->param_sd_s = sqrt(var);
    l->form_sd_s = day->form_sd_frac * l->slopes.run_s;
    l->start_sd_s = day->start_sd_s;
    return HM_OK;
}

static double reaction_s(const hm_runner *r, const hm_day *day, double z)
{
    return day->fair ? race_fair_reaction_s : race_reaction_s(&r->reaction, z);
}

hm_status hm_odds_linear_s(const hm_sheet *sheet, const hm_runner *runner, const hm_day *day,
                           const double z[3], const double param_z[], const double wind_mps[],
                           double *time_s, hm_err *err)
{
    linear l;
    HM_TRY(linear_of(sheet, runner, day, &l, err));
    double t = reaction_s(runner, day, z[LUCK_REACTION]) + l.slopes.run_s +
               l.form_sd_s * z[LUCK_FORM] + l.start_sd_s * z[LUCK_START];
    for (int i = 0; i < HM_DRIVE_BY_COUNT; i++)
        for (int j = 0; j <= i; j++)
            t += l.slopes.by[i] * runner->root[i][j] * param_z[j];
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
    *time_s = reaction_s(runner, day, z[LUCK_REACTION]) + run_s;
    return HM_OK;
}

/* ---- the field ---- */

typedef struct field {
    const hm_day *day;
    hm_odds_opts opts;
    int32_t n;
    const hm_runner *runner[HM_LANE_MAX];
    int32_t lane[HM_LANE_MAX];
    linear linear[HM_LANE_MAX];
    double mean_mps;
    /* what the gusts do, by four normal numbers fewer than seconds: lanes, then the gauge */
    double wind_root[HM_WIND_SITE_MAX][HM_WIND_SITE_MAX];
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

static void wind_of_field(field *f)
{
    double weight[HM_WIND_SITE_MAX][HM_WIND_CELL_MAX] = {{0}};
    double c[HM_WIND_SITE_MAX][HM_WIND_SITE_MAX] = {{0}};
    hm_gust_law law;
    hm_gust_law_make(f->mean_mps, f->day->fair ? 0 : f->day->gust_frac, f->n, f->lane, &law);
    for (int32_t i = 0; i < f->n; i++)
        memcpy(weight[i], f->linear[i].by_wind, sizeof weight[i]);
    for (int k = 0; k < HM_WIND_GAUGE_S; k++)
        weight[f->n][k] = 1.0 / HM_WIND_GAUGE_S;
    for (int32_t i = 0; i <= f->n; i++)
        for (int32_t j = 0; j <= f->n; j++)
            c[i][j] = law.sd_mps * law.sd_mps * hm_gust_correlation(&law, i, j) *
                      hm_gust_overlap(&law, HM_WIND_CELL_MAX, weight[i], weight[j]);
    race_root(f->n + 1, HM_WIND_SITE_MAX, c[0], f->wind_root[0]);
}

static hm_status field_of(const hm_sheet *sheet, const hm_runner runner[], const hm_day *day,
                          field *f, hm_err *err)
{
    f->mean_mps = race_air_of(day, sheet).wind_mps;
    for (int32_t i = 0; i < sheet->n_row; i++) {
        if (!(runner[i].drive.v0_mps > 0))
            continue;
        linear *l = &f->linear[f->n];
        HM_TRY(linear_of(sheet, &runner[i], day, l, err));
        f->lane[f->n] = sheet->row[i].lane;
        f->runner[f->n] = &runner[i];
        double mean_s = l->slopes.run_s + reaction_s(&runner[i], day, 0);
        f->from_us[f->n] = (int64_t)floor(mean_s * 100) * CS_US - N_BIN / 2 * BIN_US;
        if (f->n == 0 || f->from_us[f->n] < f->first_from_us)
            f->first_from_us = f->from_us[f->n];
        f->n++;
    }
    if (f->n == 0)
        return hm_err_set(err, HM_ERR_INPUT, sheet->source, 0, 0, "lane",
                          "expected a runner of whom a time is known, found none");
    wind_of_field(f);
    return HM_OK;
}

/* ---- one race ---- */

typedef struct outcome {
    int64_t us[HM_LANE_MAX], best_us[HM_LANE_MAX]; /* with drawn and with best parameters */
    double gauge_mps;
} outcome;

static void run_once(const field *f, const double param_s[], uint32_t number, outcome *o)
{
    double z[HM_WIND_SITE_MAX];
    for (int32_t i = 0; i < f->n; i++) {
        const linear *l = &f->linear[i];
        race_normal4 luck =
            race_normals(f->opts.seed, HM_FOR_RACE_DAY, f->runner[i]->person, number, 0);
        z[i] = luck.z[LUCK_WIND];
        double t = l->slopes.run_s + reaction_s(f->runner[i], f->day, luck.z[LUCK_REACTION]) +
                   l->form_sd_s * luck.z[LUCK_FORM] + l->start_sd_s * luck.z[LUCK_START];
        for (int32_t k = 0; k <= i; k++)
            t += f->wind_root[i][k] * z[k];
        o->best_us[i] = (int64_t)floor(t * 1e6 + 0.5);
        o->us[i] = (int64_t)floor((t + param_s[i]) * 1e6 + 0.5);
    }
    z[f->n] = race_normals(f->opts.seed, HM_FOR_GUST, 0, number, 0).z[0];
    o->gauge_mps = f->mean_mps;
    for (int32_t k = 0; k <= f->n; k++)
        o->gauge_mps += f->wind_root[f->n][k] * z[k];
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
    double param_s[HM_LANE_MAX];
    int64_t won[HM_LANE_MAX] = {0};
    for (int32_t i = 0; i < f->n; i++)
        param_s[i] =
            f->linear[i].param_sd_s *
            race_normals(f->opts.seed, HM_FOR_FIT, f->runner[i]->person, (uint32_t)group, 0).z[0];
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
    const linear *lin = &f->linear[i];
    l->lane = f->lane[i];
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
    *o = (hm_odds){.n_run = f->opts.n_run, .n_lane = f->n, .wind_mps = f->mean_mps};
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
        *f = (field){.day = day,
                     .opts = *opts,
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

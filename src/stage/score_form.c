/* score_form.c - what there is to play: the race as the film shows it, in sections and beats. */
#include "score_priv.h"

#include <math.h>
#include <string.h>

#include "num/dmath.h"

/* The trunk is upright at about 30 m, 3 to 4 s after the gun (stage notes). */
#define UPRIGHT_M     30.0
#define ENTRY_LEAST_S 3.0
#define ENTRY_MOST_S  4.0
#define LAST_M        80.0
#define LEAD_FROM_M   5.0  /* before that nobody leads */
#define LEAD_HOLDS_S  0.25 /* a lead that is lost again sooner is none */
#define LOOK_S        0.01 /* between two looks at the order */
#define CLOSE_M       0.5  /* undecided at 80 m: the end is left to the steps */
#define BOARD_ROWS_S  1.65 /* first row of the board, after its shot begins (stage/overlay) */
#define ORDER_AFTER_S 4.0  /* without a board: known so long after the last */
#define ORDER_LEAST_S 6.0  /* and no sooner than this after the first */
#define SLOW_RATE     0.6  /* slower than this is a replay, whatever it shows */
#define TOO_NEAR_S    0.09 /* two footfalls nearer than this over a cut are one beat */
#define TENSION_GAP_M 0.6
#define NO_GAP_M      1000.0

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, "score", 0, 0, NULL, "no memory left");
}

/* ---- the race ---- */

static bool runs(const hm_lane *l)
{
    return l->status != HM_RUN_DNS && l->curve.n > 1;
}

void score_order(const hm_race *race, double race_s, int32_t *first, int32_t *second, double *gap_m)
{
    double x1 = -1.0, x2 = -1.0;
    *first = *second = -1;
    for (int32_t i = 0; i < race->n_lane; i++) {
        if (!runs(&race->lane[i]))
            continue;
        double x = hm_curve_x_m(&race->lane[i].curve, race_s);
        if (x > x1) {
            x2 = x1;
            *second = *first;
            x1 = x;
            *first = i;
        } else if (x > x2) {
            x2 = x;
            *second = i;
        }
    }
    *gap_m = *second >= 0 ? x1 - x2 : NO_GAP_M;
}

static int32_t first_at(const hm_race *race, double race_s)
{
    int32_t first, second;
    double gap_m;
    score_order(race, race_s, &first, &second, &gap_m);
    return first;
}

/* Where a runner is at a mark; never: INFINITY. */
static double mark_s(const score_plan *p, double x_m)
{
    double t_s = p->focus >= 0 ? hm_curve_time_s(&p->race->lane[p->focus].curve, x_m) : -1.0;
    return t_s >= 0.0 ? t_s : (double)INFINITY;
}

/* The focus's first footfall at or after a race time: what changes does so on a beat. */
static double on_step_s(const score_plan *p, double race_s)
{
    const hm_lane *l = p->focus >= 0 ? &p->race->lane[p->focus] : NULL;
    for (int32_t k = 0; l && k < l->n_step; k++)
        if (l->step[k].on_s >= race_s)
            return l->step[k].on_s;
    return race_s;
}

static int32_t farthest(const hm_race *race)
{
    int32_t best = -1;
    double best_m = -1.0;
    for (int32_t i = 0; i < race->n_lane; i++) {
        const hm_lane *l = &race->lane[i];
        if (runs(l) && l->curve.x_m[l->curve.n - 1] > best_m) {
            best_m = l->curve.x_m[l->curve.n - 1];
            best = i;
        }
    }
    return best;
}

static hm_status find_focus(score_plan *p, int32_t lane, hm_err *err)
{
    const hm_race *race = p->race;
    p->focus = -1;
    for (int32_t i = 0; i < race->n_lane; i++)
        if (lane > 0 ? race->lane[i].lane == lane : race->lane[i].place == 1 && p->focus < 0)
            p->focus = i;
    if (lane > 0 && (p->focus < 0 || !runs(&race->lane[p->focus])))
        return hm_err_set(err, HM_ERR_USAGE, "score", 0, 0, "focus",
                          "expected a lane in which somebody runs; found %d", (int)lane);
    if (p->focus < 0 || !runs(&race->lane[p->focus]))
        p->focus = farthest(race);
    return HM_OK;
}

static void find_leads(score_plan *p)
{
    double end_s = isfinite(p->line_s) ? p->line_s : 60.0;
    for (double t_s = LOOK_S; t_s <= end_s && p->n_lead < SCORE_LEAD_MAX; t_s += LOOK_S) {
        int32_t first = first_at(p->race, t_s);
        if (first < 0 || hm_curve_x_m(&p->race->lane[first].curve, t_s) < LEAD_FROM_M)
            continue;
        int32_t now = p->n_lead > 0 ? p->lead[p->n_lead - 1].i_lane : -1;
        double later_s = t_s + LEAD_HOLDS_S < end_s ? t_s + LEAD_HOLDS_S : end_s;
        if (first != now && (now < 0 || first_at(p->race, later_s) == first))
            p->lead[p->n_lead++] = (score_lead){t_s, first};
    }
}

int32_t score_leader(const score_plan *p, double race_s)
{
    int32_t i = 0;
    while (i + 1 < p->n_lead && race_s >= p->lead[i + 1].race_s)
        i++;
    return p->n_lead > 0 ? p->lead[i].i_lane : p->focus;
}

int32_t score_winner(const score_plan *p)
{
    for (int32_t i = 0; i < p->race->n_lane; i++)
        if (p->race->lane[i].place == 1)
            return i;
    return score_leader(p, 1e9);
}

int32_t score_rival(const score_plan *p, double race_s, int32_t leader, double *gap_m)
{
    int32_t best = -1;
    double best_m = NO_GAP_M, x = hm_curve_x_m(&p->race->lane[leader].curve, race_s);
    for (int32_t i = 0; i < p->race->n_lane; i++) {
        if (i == leader || !runs(&p->race->lane[i]))
            continue;
        double behind_m = fabs(x - hm_curve_x_m(&p->race->lane[i].curve, race_s));
        if (behind_m < best_m) {
            best_m = behind_m;
            best = i;
        }
    }
    *gap_m = best_m;
    return best;
}

double score_tension(const score_plan *p, double race_s)
{
    int32_t first, second;
    double gap_m;
    score_order(p->race, race_s, &first, &second, &gap_m);
    if (first < 0 || !(race_s > 0.0))
        return 0.2;
    double x = hm_curve_x_m(&p->race->lane[first].curve, race_s) / 100.0;
    x = x < 1.0 ? x : 1.0;
    double far = x < 0.2 ? 0.0 : x > 0.6 ? 1.0 : (x - 0.2) / 0.4;
    return 0.2 + 0.35 * x + 0.45 * far * hm_exp(-gap_m / TENSION_GAP_M);
}

double score_speed(const score_plan *p, double race_s)
{
    if (p->focus < 0)
        return 0.0;
    const hm_lane *l = &p->race->lane[p->focus];
    double v =
        hm_curve_v_mps(&l->curve, race_s) / (l->top_speed_mps > 1.0 ? l->top_speed_mps : 1.0);
    return v < 1.0 ? v : 1.0;
}

/* ---- voices ---- */

static int32_t index_of(const hm_race *race, int32_t lane)
{
    for (int32_t i = 0; i < race->n_lane; i++)
        if (race->lane[i].lane == lane)
            return i;
    return -1;
}

/* Nobody has another's motif by chance. */
static void own_motifs(const hm_race *race, hm_motif motif[])
{
    for (int32_t i = 0; i < race->n_lane; i++) {
        const hm_lane *l = &race->lane[i];
        char nobody[16] = {'l', 'a', 'n', 'e', ' ', (char)('0' + l->lane)};
        for (uint32_t again = 0; again < 64; again++) {
            motif[i] = hm_motif_of(l->name[0] ? l->name : nobody, again);
            bool taken = false;
            for (int32_t k = 0; k < i; k++)
                taken |= hm_motif_equal(&motif[k], &motif[i]);
            if (!taken)
                break;
        }
    }
}

static hm_status find_motifs(const hm_race *race, const hm_score_opts *o, hm_motif motif[],
                             hm_err *err)
{
    bool given[HM_LANE_MAX] = {false};
    own_motifs(race, motif);
    for (int32_t v = 0; v < o->n_voice; v++) {
        int32_t i = index_of(race, o->voice[v].lane);
        if (i < 0 || given[i])
            return hm_err_set(err, HM_ERR_USAGE, "score", 0, 0, "voice", "lane %d %s",
                              (int)o->voice[v].lane, i < 0 ? "is not in the race" : "stands twice");
        given[i] = true;
        if (o->voice[v].has_motif)
            motif[i] = o->voice[v].motif;
    }
    /* Quotes after all motifs are known; each of the teacher's own, so chains do not matter. */
    hm_motif own[HM_LANE_MAX];
    memcpy(own, motif, sizeof own);
    for (int32_t v = 0; v < o->n_voice; v++) {
        int32_t to = index_of(race, o->voice[v].lane);
        int32_t from = o->voice[v].quotes_lane > 0 ? index_of(race, o->voice[v].quotes_lane) : to;
        if (from < 0)
            return hm_err_set(err, HM_ERR_USAGE, "score", 0, 0, "quotes",
                              "lane %d is not in the race", (int)o->voice[v].quotes_lane);
        if (from != to)
            motif[to] = hm_motif_quote(&own[to], &own[from]);
    }
    return HM_OK;
}

/* ---- the film ---- */

/* Race time of the official order where the film has no board. */
static double order_race_s(const score_plan *p)
{
    double last_s = 0.0;
    for (int32_t i = 0; i < p->race->n_lane; i++)
        last_s = fmax(last_s, 1e-6 * (double)p->race->lane[i].time_us);
    return fmax(last_s + ORDER_AFTER_S, p->line_s + ORDER_LEAST_S);
}

static double find_official_s(const score_plan *p)
{
    const hm_film *f = p->film;
    if (!isfinite(p->line_s))
        return (double)INFINITY;
    bool has_board = false;
    for (int32_t i = 0; i < f->n_shot; i++) {
        const hm_shot *s = &f->shot[i];
        if (!(s->overlays & HM_OVERLAY_BOARD) || s->race_to_s < p->line_s)
            continue;
        has_board = true;
        if (s->from_s + BOARD_ROWS_S < s->to_s)
            return s->from_s + BOARD_ROWS_S;
    }
    double known_s = order_race_s(p);
    for (int32_t i = 0; i < f->n_shot && !has_board; i++) {
        const hm_shot *s = &f->shot[i];
        if (known_s >= s->race_from_s && known_s < s->race_to_s)
            return s->from_s + (known_s - s->race_from_s) / s->rate;
    }
    return (double)INFINITY;
}

static hm_score_kind kind_of(const score_plan *p, double race_s)
{
    return race_s < HM_SET_S     ? HM_SCORE_BEFORE
           : race_s < 0.0        ? HM_SCORE_SET
           : race_s >= p->line_s ? HM_SCORE_WAIT
           : race_s >= p->last_s ? HM_SCORE_LAST
           : race_s < p->entry_s ? HM_SCORE_DRUMS
                                 : HM_SCORE_THEME;
}

static void add_span(score_plan *p, double from_s, double to_s, const hm_shot *shot, bool again)
{
    if (!(to_s > from_s + 1e-9))
        return;
    double race_s = shot->race_from_s + shot->rate * (from_s - shot->from_s);
    double mid_s = race_s + 0.5 * shot->rate * (to_s - from_s);
    hm_score_kind kind = again ? HM_SCORE_REPLAY : kind_of(p, mid_s);
    if (from_s >= p->official_s - 1e-9)
        kind = HM_SCORE_RESOLVED;
    p->span[p->n_span++] = (score_span){from_s, to_s, race_s, shot->rate, kind};
}

/* A shot in pieces: at the borders of the race's phases, and where the order is known. */
static void cut_shot(score_plan *p, const hm_shot *shot, bool again)
{
    const double border[] = {HM_SET_S, 0.0, p->entry_s, p->last_s, p->line_s};
    double cut[8] = {shot->from_s, shot->to_s};
    int32_t n = 2;
    for (int32_t i = 0; i < 6; i++) {
        double at_s =
            i < 5 ? shot->from_s + (border[i] - shot->race_from_s) / shot->rate : p->official_s;
        int32_t k = n;
        if (!(at_s > shot->from_s && at_s < shot->to_s))
            continue;
        for (; cut[k - 1] > at_s; k--)
            cut[k] = cut[k - 1];
        cut[k] = at_s;
        n++;
    }
    for (int32_t i = 0; i + 1 < n; i++)
        add_span(p, cut[i], cut[i + 1], shot, again);
}

static hm_status find_spans(score_plan *p, hm_arena *a, hm_err *err)
{
    p->span = HM_PUSH(a, score_span, 7 * p->film->n_shot);
    if (!p->span)
        return no_memory(err);
    double shown_s = -(double)INFINITY;
    for (int32_t i = 0; i < p->film->n_shot; i++) {
        const hm_shot *s = &p->film->shot[i];
        bool again = s->race_from_s >= 0.0 && s->race_from_s < shown_s - 0.05;
        again |= s->rate < SLOW_RATE && s->race_to_s > 0.0;
        cut_shot(p, s, again);
        shown_s = fmax(shown_s, s->race_to_s);
    }
    return HM_OK;
}

static hm_status find_sections(const score_plan *p, hm_arena *a, hm_err *err)
{
    hm_score *s = p->s;
    s->section = HM_PUSH(a, hm_score_section, p->n_span + 1);
    if (!s->section)
        return no_memory(err);
    for (int32_t i = 0; i < p->n_span; i++) {
        const score_span *x = &p->span[i];
        if (s->n_section > 0 && s->section[s->n_section - 1].kind == x->kind)
            s->section[s->n_section - 1].to_s = x->to_s;
        else
            s->section[s->n_section++] = (hm_score_section){x->from_s, x->to_s, x->kind};
    }
    return HM_OK;
}

/* ---- beats ---- */

/* Where the film goes too fast for each step, every second or fourth: always the same foot. */
static int32_t stride_of(const score_span *x)
{
    return x->rate > 3.0 ? 4 : x->rate > 1.5 ? 2 : 1;
}

static bool has_beats(hm_score_kind k)
{
    return k == HM_SCORE_DRUMS || k == HM_SCORE_THEME || k == HM_SCORE_LAST || k == HM_SCORE_REPLAY;
}

static hm_status find_beats(const score_plan *p, hm_arena *a, hm_err *err)
{
    const hm_lane *l = p->focus >= 0 ? &p->race->lane[p->focus] : NULL;
    int32_t n_step = l ? l->n_step : 0;
    hm_score *s = p->s;
    s->beat = HM_PUSH(a, hm_score_beat, (int64_t)p->n_span * n_step + 1);
    if (!s->beat)
        return no_memory(err);
    for (int32_t i = 0; i < p->n_span; i++) {
        const score_span *x = &p->span[i];
        for (int32_t k = 0; has_beats(x->kind) && k < n_step; k += stride_of(x)) {
            double at_s = x->from_s + (l->step[k].on_s - x->race_s) / x->rate;
            if (at_s < x->from_s - 1e-9 || at_s >= x->to_s - 1e-9 ||
                (s->n_beat > 0 && at_s < s->beat[s->n_beat - 1].at_s + TOO_NEAR_S))
                continue;
            s->beat[s->n_beat++] = (hm_score_beat){at_s, l->step[k].on_s, l->step[k].foot, x->kind};
        }
    }
    return HM_OK;
}

int32_t score_beat_after(const score_plan *p, double race_s)
{
    for (int32_t i = 0; i < p->s->n_beat; i++)
        if (p->s->beat[i].kind != HM_SCORE_REPLAY && p->s->beat[i].race_s >= race_s)
            return i;
    return -1;
}

double score_race_s(const score_plan *p, double film_s)
{
    int32_t i = 0;
    while (i + 1 < p->n_span && film_s >= p->span[i + 1].from_s)
        i++;
    return p->n_span > 0 ? p->span[i].race_s + p->span[i].rate * (film_s - p->span[i].from_s) : 0.0;
}

static int32_t pace_of(hm_score_kind k)
{
    return k == HM_SCORE_REPLAY ? 1 : k == HM_SCORE_DRUMS ? 2 : 3;
}

int32_t score_stretch_end(const score_plan *p, int32_t beat)
{
    const double longest_s = 2.5; /* film seconds between two beats of one stretch */
    const hm_score *s = p->s;
    int32_t i = beat + 1;
    while (i < s->n_beat && pace_of(s->beat[i].kind) == pace_of(s->beat[beat].kind) &&
           s->beat[i].at_s - s->beat[i - 1].at_s < longest_s)
        i++;
    return i;
}

double score_half_s(const score_plan *p, int32_t beat, int32_t halves)
{
    const hm_score *s = p->s;
    int32_t end = score_stretch_end(p, beat), i = beat + halves / 2;
    double part = 0.5 * (halves % 2);
    if (i + 1 < end)
        return s->beat[i].at_s + part * (s->beat[i + 1].at_s - s->beat[i].at_s);
    double pace_s = end - 1 > beat ? s->beat[end - 1].at_s - s->beat[end - 2].at_s : 0.25;
    return s->beat[end - 1].at_s + (i - (end - 1) + part) * pace_s;
}

/* ---- all of it ---- */

static hm_score_end end_of(const score_plan *p, hm_score_end asked)
{
    int32_t first, second;
    double gap_m;
    if (asked != HM_SCORE_END_AUTO)
        return asked;
    score_order(p->race, isfinite(p->last_s) ? p->last_s : 0.0, &first, &second, &gap_m);
    bool turns = p->n_lead > 0 && p->lead[p->n_lead - 1].race_s > p->last_s;
    return gap_m <= CLOSE_M || turns ? HM_SCORE_END_NOTHING : HM_SCORE_END_ALL;
}

static double line_of(const hm_race *race)
{
    double line_s = (double)INFINITY;
    for (int32_t i = 0; i < race->n_lane; i++)
        if (race->lane[i].time_us > 0)
            line_s = fmin(line_s, 1e-6 * (double)race->lane[i].time_us);
    return line_s;
}

hm_status score_plan_make(const hm_race *race, const hm_film *film, const hm_score_opts *o,
                          hm_arena *a, hm_score *s, score_plan *p, hm_err *err)
{
    *p = (score_plan){.race = race, .film = film, .seed = race->seed, .s = s};
    p->duration_s = s->duration_s = film->duration_s;
    HM_TRY(find_focus(p, o->focus_lane, err));
    HM_TRY(find_motifs(race, o, s->motif, err));
    s->focus_lane = p->focus >= 0 ? race->lane[p->focus].lane : 0;
    p->line_s = line_of(race);
    p->entry_s = on_step_s(p, fmin(fmax(mark_s(p, UPRIGHT_M), ENTRY_LEAST_S), ENTRY_MOST_S));
    p->last_s = fmin(on_step_s(p, mark_s(p, LAST_M)), p->line_s);
    p->entry_s = fmin(p->entry_s, p->last_s);
    find_leads(p);
    p->end = end_of(p, o->end);
    p->official_s = find_official_s(p);
    HM_TRY(find_spans(p, a, err));
    HM_TRY(find_sections(p, a, err));
    return find_beats(p, a, err);
}

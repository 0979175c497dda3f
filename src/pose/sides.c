#include "people_priv.h"

#include <math.h>
#include <string.h>

/* In side view the nets exchange left and right now and then, legs more than arms. Each image's
 * legs are taken for an unordered pair of chains, and so are its arms: a state tells which of the
 * two is exchanged. The cheapest sequence of states over the whole path is found by dynamic
 * programming of second order: a chain should be where its last two places put it. What else a
 * state costs: that the net said otherwise (it is right on the whole, and that makes sides
 * absolute), what a person set by hand, and in somebody who gets along the arm and leg of one side
 * swinging together.
 *
 * Who runs across the picture passes the swinging foot above the standing one: the way from foot to
 * foot turns in one sense, half round in each step. A net that cannot decide gives both legs the
 * mean of the two; such images are left out, else they look like legs that pass.
 *
 * The cost of an image's other state, all else at its best, against the best of all tells whether
 * it could be told at all. */

enum { N_STATE = 4, LEG = 1, ARM = 2, N_PAIR = 16, LEG_N = 5, FOOT = 2, ARM_N = 3 };

/* A point of a chain, and what its velocity against the hips changes by in a sprint's swing (own).
 */
typedef struct chain_link {
    int left;
    double mps2;
} chain_link;

/* hips and shoulders lie over each other in side view and then say nothing; seen from before or
 * behind they say most */
static const chain_link leg_link[LEG_N] = {{HM_POINT_HIP_L, 30},
                                           {HM_POINT_KNEE_L, 80},
                                           {HM_POINT_ANKLE_L, 150},
                                           {HM_POINT_HEEL_L, 150},
                                           {HM_POINT_TOE_L, 150}};
static const chain_link arm_link[ARM_N] = {
    {HM_POINT_SHOULDER_L, 30}, {HM_POINT_ELBOW_L, 60}, {HM_POINT_WRIST_L, 100}};

/* All own; places in metres at the person. */
static const double place_sd_m = 0.02;   /* of one look: four-view check, about 2 cm a joint */
static const double speed_sd_mps = 4;    /* of a foot against the hip, when it begins */
static const double against_net = 0.4;   /* a look, of doubting the net's word */
static const double change_of_mind = 2;  /* each time the net begins or ends to be doubted */
static const double against_hand = 1000; /* an image, of doubting a person's */
static const double hand_rules_s = 1;    /* so near to a mark by hand the net's word is nothing */
static const double one_alone = 0.3;     /* a look, of doubting legs and not arms */
static const double same_side = 0.3;     /* a look, arm and leg of one side forward */
static const double swing_m = 0.3;       /* at which that counts in full */
static const double walk_mps = 1;        /* below it nobody runs */
static const double run_mps = 3;         /* from here on it counts in full */
/* Margin below which sides are ambiguous: what one image's doubt costs whatever is seen, and 1 */
static const double told_least = 1 + 2 * 2 + 0.4;
static const double apart = 0.5;       /* [1] points of a chain go together: half of them count */
static const double gap_most_s = 0.25; /* beyond it nothing is predicted */
static const double feet_least_m =
    0.2;                             /* apart, of a runner's feet as they pass: above a jogger's */
static const double turn_radps = 18; /* of the way from foot to foot; 4.5 steps/s give 14 */
static const double turn_cost = 20;  /* of a half turn too much */
static const double turn_most_s = 0.1; /* beyond it nothing is known of the turn */

/* Places of one image against the middle of the hips, metres: [chain point][as the net has it]. */
typedef struct image {
    double t_s;
    double leg[LEG_N][2][2], arm[ARM_N][2][2]; /* [point][0 = net's left][x, y] */
    double feet[2];                            /* from the net's right foot to its left one */
    double run;           /* 1 = runs to the right, -1 = to the left, 0 = not */
    double cost[N_STATE]; /* of the state alone */
} image;

static void place(const people_frame *f, int left_point, double hip_x, double hip_y,
                  double m_per_px, double out[2][2])
{
    for (int side = 0; side < 2; side++) {
        out[side][0] = ((double)f->point[left_point + side].x_px - hip_x) * m_per_px;
        out[side][1] = ((double)f->point[left_point + side].y_px - hip_y) * m_per_px;
    }
}

/* What a person's marks of this image say against each state: a mark is nearer to one side. */
static void heed_hand(const people_frame *f, const hm_track_frame *hand, double cost[N_STATE])
{
    for (int k = HM_POINT_ELBOW_L; k < HM_POINT_COUNT; k++) {
        const hm_seen_point *h = &hand->point[k];
        if (h->source != HM_SEEN_HAND || isnan(h->sigma_px))
            continue;
        int left = k - !(k % 2), other = k % 2 ? k + 1 : k - 1;
        int bit = left >= HM_POINT_HIP_L ? LEG : ARM;
        double dx = (double)(f->point[k].x_px - h->x_px), dy = (double)(f->point[k].y_px - h->y_px);
        double ex = (double)(f->point[other].x_px - h->x_px);
        double ey = (double)(f->point[other].y_px - h->y_px);
        bool exchanged = ex * ex + ey * ey < dx * dx + dy * dy;
        for (int s = 0; s < N_STATE; s++)
            if (((s & bit) != 0) != exchanged)
                cost[s] += against_hand;
    }
}

/* Hips' speed along the picture around image i, m/s. */
static double speed_at(const people_path *p, int32_t i)
{
    int32_t a = i > 3 ? i - 3 : 0, b = i + 3 < p->n ? i + 3 : p->n - 1;
    double xa, ya, xb, yb, dt = p->frame[b].time_s - p->frame[a].time_s;
    people_hip(p->frame[a].point, &xa, &ya);
    people_hip(p->frame[b].point, &xb, &yb);
    return dt > 0 ? (xb - xa) / dt / people_px_per_m(&p->frame[i]) : 0;
}

static double clamped(double v, double most)
{
    return v > most ? most : v < -most ? -most : v;
}

static bool is_near_hand(const hm_track_person *hand, double time_s)
{
    for (int32_t k = 0; hand && k < hand->n_frame; k++)
        if (fabs(hand->frame[k].time_s - time_s) < hand_rules_s)
            return true;
    return false;
}

static image image_of(const people_path *p, int32_t i, const hm_track_person *hand)
{
    const people_frame *f = &p->frame[i];
    double hip_x, hip_y, m_per_px = 1 / people_px_per_m(f);
    image out = {.t_s = f->time_s};
    people_hip(f->point, &hip_x, &hip_y);
    for (int k = 0; k < LEG_N; k++)
        place(f, leg_link[k].left, hip_x, hip_y, m_per_px, out.leg[k]);
    for (int k = 0; k < ARM_N; k++)
        place(f, arm_link[k].left, hip_x, hip_y, m_per_px, out.arm[k]);
    double speed_mps = speed_at(p, i), runs = (fabs(speed_mps) - walk_mps) / (run_mps - walk_mps);
    out.run = copysign(fmax(0, fmin(1, runs)), speed_mps);
    for (int k = FOOT; k < LEG_N; k++)
        for (int axis = 0; axis < 2; axis++)
            out.feet[axis] += (out.leg[k][0][axis] - out.leg[k][1][axis]) / (LEG_N - FOOT);
    double along = fabs(out.run);
    double leg = out.leg[2][0][0] - out.leg[2][1][0], arm = out.arm[2][0][0] - out.arm[2][1][0];
    double together = along * same_side * clamped(leg * arm / (swing_m * swing_m), 1);
    bool by_net = !is_near_hand(hand, f->time_s);
    double looks = people_looks(p, i);
    for (int s = 0; s < N_STATE; s++) {
        bool crossed = (s & LEG) != 0, also = (s & ARM) != 0;
        out.cost[s] = looks * fmax(0, crossed == also ? together : -together);
        if (by_net)
            out.cost[s] +=
                looks * (against_net * (crossed + also) + (crossed == also ? 0 : one_alone));
    }
    const hm_track_frame *by_hand = people_hand_at(hand, p, i);
    if (by_hand)
        heed_hand(f, by_hand, out.cost);
    return out;
}

static double variance(double dt_s, double mps2, bool first)
{
    double turn_m = mps2 * dt_s * dt_s, start_m = first ? speed_sd_mps * dt_s : 0;
    return 6 * place_sd_m * place_sd_m + turn_m * turn_m + start_m * start_m;
}

/* How badly a chain stands where the two images before put it; q, p, c tell whether the net's sides
 * are exchanged in them. before = NULL: only one image before. */
static double step_cost(int n, const chain_link *link, const double (*before)[2][2],
                        const double (*last)[2][2], const double (*now)[2][2], int q, int p, int c,
                        double dt_s, double ratio)
{
    double sum = 0;
    for (int k = 0; k < n; k++) {
        double var_m2 = variance(dt_s, link[k].mps2, !before);
        for (int side = 0; side < 2; side++) {
            double d2 = 0;
            for (int axis = 0; axis < 2; axis++) {
                double was = last[k][side ^ p][axis];
                double v = before ? (was - before[k][side ^ q][axis]) * ratio : 0;
                double d = now[k][side ^ c][axis] - was - v;
                d2 += d * d;
            }
            sum += log1p(d2 / (2 * var_m2));
        }
    }
    return apart * sum;
}

/* What it costs that the way from foot to foot turns so from one image to the next; exchanged tells
 * whether one of the two is. Down is positive: to the right means with the clock. */
static double cost_of_turn(const image *last, const image *now, bool exchanged)
{
    double dt_s = now->t_s - last->t_s, run = 0.5 * (last->run + now->run);
    double dot = last->feet[0] * now->feet[0] + last->feet[1] * now->feet[1];
    double cross = last->feet[0] * now->feet[1] - last->feet[1] * now->feet[0];
    double turn = atan2(exchanged ? -cross : cross, exchanged ? -dot : dot);
    double off = turn - (run > 0 ? 1 : -1) * turn_radps * dt_s;
    return dt_s < turn_most_s ? turn_cost * fabs(run) * 0.5 * (1 - cos(off)) : 0;
}

/* Costs of every step to image i: legs and arms apart, by the bits of the images before, last, now.
 */
typedef struct step {
    double leg[8], arm[8];
} step;

static step step_to(const image *m, int32_t i)
{
    step out = {{0}, {0}};
    double dt_s = m[i].t_s - m[i - 1].t_s;
    double dt_was_s = i > 1 ? m[i - 1].t_s - m[i - 2].t_s : (double)INFINITY;
    if (dt_s > gap_most_s)
        return out;
    bool first = dt_was_s > gap_most_s;
    for (int b = 0; b < 8; b++) {
        int q = b >> 2, p = b >> 1 & 1, c = b & 1;
        double ratio = first ? 0 : dt_s / dt_was_s;
        out.leg[b] = step_cost(LEG_N, leg_link, first ? NULL : m[i - 2].leg, m[i - 1].leg, m[i].leg,
                               q, p, c, dt_s, ratio);
        out.leg[b] += cost_of_turn(&m[i - 1], &m[i], p != c);
        out.arm[b] = step_cost(ARM_N, arm_link, first ? NULL : m[i - 2].arm, m[i - 1].arm, m[i].arm,
                               q, p, c, dt_s, ratio);
    }
    return out;
}

static double cost_of_step(const step *s, int q, int p, int c)
{
    int leg = (q & LEG ? 4 : 0) | (p & LEG ? 2 : 0) | (c & LEG ? 1 : 0);
    int arm = (q & ARM ? 4 : 0) | (p & ARM ? 2 : 0) | (c & ARM ? 1 : 0);
    int changes = ((p ^ c) & LEG ? 1 : 0) + ((p ^ c) & ARM ? 1 : 0);
    return s->leg[leg] + s->arm[arm] + change_of_mind * changes;
}

/* Least cost of all that comes to (forward) and after (back) each pair of states (last, now). */
typedef struct tables {
    double (*forward)[N_PAIR], (*back)[N_PAIR];
} tables;

static void fill_tables(int32_t n, const image *m, const step *s, tables *t)
{
    for (int pair = 0; pair < N_PAIR; pair++) {
        t->forward[0][pair] = pair / N_STATE == 0 ? m[0].cost[pair % N_STATE] : (double)INFINITY;
        t->back[n - 1][pair] = 0;
    }
    for (int32_t i = 1; i < n; i++)
        for (int pair = 0; pair < N_PAIR; pair++) {
            int p = pair / N_STATE, c = pair % N_STATE;
            double best = INFINITY;
            for (int q = 0; q < N_STATE; q++)
                best =
                    fmin(best, t->forward[i - 1][q * N_STATE + p] + cost_of_step(&s[i], q, p, c));
            t->forward[i][pair] = best + m[i].cost[c];
        }
    for (int32_t i = n - 1; i > 0; i--)
        for (int pair = 0; pair < N_PAIR; pair++) {
            int q = pair / N_STATE, p = pair % N_STATE;
            double best = INFINITY;
            for (int c = 0; c < N_STATE; c++)
                best = fmin(best, cost_of_step(&s[i], q, p, c) + m[i].cost[c] +
                                      t->back[i][p * N_STATE + c]);
            t->back[i - 1][pair] = best;
        }
}

/* Least cost of all sequences in which the image has this bit set or not. */
static void least_of(const tables *t, int32_t i, int bit, double least[2])
{
    least[0] = least[1] = INFINITY;
    for (int pair = 0; pair < N_PAIR; pair++) {
        int set = (pair % N_STATE & bit) != 0;
        least[set] = fmin(least[set], t->forward[i][pair] + t->back[i][pair]);
    }
}

static void exchange(people_frame *f, int from, int to)
{
    for (int k = from; k <= to; k += 2) {
        hm_pose_point keep = f->point[k];
        f->point[k] = f->point[k + 1];
        f->point[k + 1] = keep;
    }
}

/* The state of each image on the cheapest way: back from its end. */
static void best_states(int32_t n, const step *s, const tables *t, uint8_t *state)
{
    int pair = 0;
    for (int k = 1; k < N_PAIR; k++)
        if (t->forward[n - 1][k] < t->forward[n - 1][pair])
            pair = k;
    for (int32_t i = n - 1; i >= 0; i--) {
        int p = pair / N_STATE, c = pair % N_STATE, best = 0;
        double least = INFINITY;
        state[i] = (uint8_t)c;
        for (int q = 0; q < N_STATE && i > 0; q++) {
            double cost = t->forward[i - 1][q * N_STATE + p] + cost_of_step(&s[i], q, p, c);
            if (cost < least) {
                least = cost;
                best = q;
            }
        }
        pair = best * N_STATE + p;
    }
}

/* An image that was left out goes with the one before it. */
static void settle(people_path *path, const tables *t, const int32_t *told, const uint8_t *state,
                   int32_t *n_leg, int32_t *n_arm)
{
    *n_leg = *n_arm = 0;
    for (int32_t i = 0; i < path->n; i++) {
        double leg[2];
        int32_t k = told[i];
        least_of(t, k, LEG, leg);
        path->frame[i].ambiguous = fabs(leg[0] - leg[1]) < told_least;
        if (state[k] & LEG)
            exchange(&path->frame[i], HM_POINT_HIP_L, HM_POINT_TOE_L);
        if (state[k] & ARM)
            exchange(&path->frame[i], HM_POINT_SHOULDER_L, HM_POINT_THUMB_L);
        *n_leg += (state[k] & LEG) != 0;
        *n_arm += (state[k] & ARM) != 0;
    }
}

/* The images that say which leg is which, put together at the front of m; told[i] = where in it is
 * image i, or the last one before it. Returns how many. */
static int32_t leave_out_lost(people_path *path, const hm_track_person *hand, image *m,
                              int32_t *told)
{
    int32_t n = 0;
    for (int32_t i = 0; i < path->n; i++) {
        m[n] = image_of(path, i, hand);
        bool runs = fabs(m[n].run) > 0.9;
        path->frame[i].legs_lost = runs && hypot(m[n].feet[0], m[n].feet[1]) < feet_least_m;
        bool keep = !path->frame[i].legs_lost || i == 0 || people_hand_at(hand, path, i);
        n += keep;
        told[i] = n - 1;
    }
    return n;
}

hm_status people_sides(people_path *path, const hm_track_person *hand, hm_arena *arena,
                       int32_t *n_leg, int32_t *n_arm, hm_err *err)
{
    hm_arena_mark mark = hm_arena_mark_get(arena);
    image *m = HM_PUSH(arena, image, path->n);
    step *s = HM_PUSH(arena, step, path->n);
    uint8_t *state = HM_PUSH(arena, uint8_t, path->n);
    int32_t *told = HM_PUSH(arena, int32_t, path->n);
    tables t = {hm_arena_push(arena, (size_t)path->n, sizeof *t.forward),
                hm_arena_push(arena, (size_t)path->n, sizeof *t.back)};
    if (!m || !s || !state || !told || !t.forward || !t.back)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    int32_t n = leave_out_lost(path, hand, m, told);
    for (int32_t i = 1; i < n; i++)
        s[i] = step_to(m, i);
    fill_tables(n, m, s, &t);
    best_states(n, s, &t, state);
    settle(path, &t, told, state, n_leg, n_arm);
    hm_arena_release(arena, mark);
    return HM_OK;
}

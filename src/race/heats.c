#include "race/rounds.h"

int32_t hm_zigzag_heat(int32_t seed, int32_t n_heat)
{
    int32_t row = seed / n_heat, col = seed % n_heat;
    return row % 2 == 0 ? col : n_heat - 1 - col;
}

void hm_heats_similar(int32_t n, int32_t n_heat, int32_t heat[])
{
    for (int32_t i = 0; i < n; i++) /* the slower ones run in the smaller heats, and run first */
        heat[i] = (int32_t)((int64_t)i * n_heat / n);
}

/* Seeds at work. member lists the seeds of each heat by zigzag row: a swap within a row keeps it
 * so. */
typedef struct parting {
    int32_t n, n_heat, n_row;
    const int32_t *team;
    int32_t *heat;
    int32_t *member; /* (n_row x n_heat) seed, -1 = the last row is short */
} parting;

static int32_t *cell(const parting *p, int32_t row, int32_t heat)
{
    return &p->member[row * p->n_heat + heat];
}

/* How many of this team stand in a heat, without one seed. */
static int32_t mates(const parting *p, int32_t team, int32_t heat, int32_t without)
{
    int32_t n = 0;
    for (int32_t row = 0; row < p->n_row && team >= 0; row++) {
        int32_t s = *cell(p, row, heat);
        n += s >= 0 && s != without && p->team[s] == team;
    }
    return n;
}

/* Is this seed the worse one of a pair? */
static bool is_worse_of_pair(const parting *p, int32_t seed)
{
    for (int32_t row = 0; row < seed / p->n_heat && p->team[seed] >= 0; row++)
        if (p->team[*cell(p, row, p->heat[seed])] == p->team[seed])
            return true;
    return false;
}

/* Change of the number of pairs if a and b change heats. */
static int32_t gain(const parting *p, int32_t a, int32_t b)
{
    int32_t ta = p->team[a], tb = p->team[b], ha = p->heat[a], hb = p->heat[b];
    return mates(p, ta, hb, b) - mates(p, ta, ha, a) + mates(p, tb, ha, a) - mates(p, tb, hb, b);
}

/* The seed of the same row to change with, nearest first; -1 = none helps. */
static int32_t partner(const parting *p, int32_t seed)
{
    int32_t from = seed / p->n_heat * p->n_heat, to = from + p->n_heat - 1;
    to = to < p->n - 1 ? to : p->n - 1;
    for (int32_t d = 1; d < p->n_heat; d++)
        for (int32_t side = -1; side <= 1; side += 2) {
            int32_t other = seed + side * d;
            if (other >= from && other <= to && gain(p, seed, other) < 0)
                return other;
        }
    return -1;
}

static void change(parting *p, hm_swap s)
{
    int32_t row = s.seed / p->n_heat, ha = p->heat[s.seed], hb = p->heat[s.with];
    *cell(p, row, ha) = s.with;
    *cell(p, row, hb) = s.seed;
    p->heat[s.seed] = hb;
    p->heat[s.with] = ha;
}

/* One swap, of the worst-seeded athlete that can be helped. */
static bool part_one(parting *p, hm_swap *swap)
{
    for (int32_t seed = p->n - 1; seed >= p->n_heat; seed--) {
        if (!is_worse_of_pair(p, seed))
            continue;
        *swap = (hm_swap){seed, partner(p, seed)};
        if (swap->with < 0)
            continue;
        change(p, *swap);
        return true;
    }
    return false;
}

hm_status hm_heats_zigzag(int32_t n, const int32_t team[], int32_t n_heat, hm_arena *arena,
                          int32_t heat[], hm_swap **swap, int32_t *n_swap, hm_err *err)
{
    HM_ASSERT(n >= 0 && n_heat > 0);
    parting p = {n, n_heat, (n + n_heat - 1) / n_heat, team, heat, NULL};
    p.member = HM_PUSH(arena, int32_t, p.n_row * n_heat);
    int32_t n_pair = 0;
    for (int32_t i = 0; p.member && i < p.n_row * n_heat; i++)
        p.member[i] = -1;
    for (int32_t s = 0; p.member && s < n; s++) {
        heat[s] = hm_zigzag_heat(s, n_heat);
        n_pair += mates(&p, team[s], heat[s], s); /* with those before: each pair once */
        *cell(&p, s / n_heat, heat[s]) = s;
    }
    hm_swap *list = HM_PUSH(arena, hm_swap, n_pair); /* each swap takes away one pair or more */
    if (!p.member || !list)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the heats");
    int32_t k = 0;
    while (k < n_pair && part_one(&p, &list[k]))
        k++;
    *swap = list;
    *n_swap = k;
    return HM_OK;
}

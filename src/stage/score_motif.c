/* score_motif.c - the tune of a person, from his name. */
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/rng.h"
#include "stage/motif.h"

/* ---- from a name ---- */

/* Rhythms that run like brass calls: short notes go to a long one. Halves; own choice. */
static const struct {
    int32_t n;
    uint8_t length[HM_MOTIF_MOST];
} rhythms[] = {{4, {4, 2, 2, 8}},         {4, {3, 1, 4, 8}},       {4, {6, 2, 4, 4}},
               {4, {2, 1, 1, 4}},         {5, {3, 1, 2, 2, 8}},    {5, {4, 4, 2, 2, 4}},
               {5, {2, 2, 4, 2, 6}},      {5, {2, 1, 1, 2, 2}},    {6, {2, 1, 1, 4, 4, 4}},
               {6, {3, 1, 3, 1, 4, 4}},   {6, {2, 2, 2, 2, 2, 6}}, {7, {2, 2, 1, 1, 2, 2, 6}},
               {7, {3, 1, 2, 2, 3, 1, 4}}};

enum { N_RHYTHM = sizeof rhythms / sizeof rhythms[0] };

typedef struct dice {
    uint64_t person;
    uint32_t again, n_drawn;
} dice;

static int32_t draw(dice *d, int32_t n)
{
    double u = hm_rng_unit(0, HM_FOR_SCORE, d->person, d->again, d->n_drawn++);
    return (int32_t)(u * n);
}

/* Up by a call: fourth, fifth or octave; down from the fifth to the tonic. */
static int32_t call_of(dice *d, int8_t first)
{
    static const int8_t from_tonic[] = {3, 4, 7, 4}, from_fifth[] = {7, 0, 6, 7},
                        from_below[] = {0, 2, 4, 0};
    int32_t k = draw(d, 4);
    return first == 0 ? from_tonic[k] : first == 4 ? from_fifth[k] : from_below[k];
}

/* Steps, now and then a third; turned back at the ends of the range. */
static int32_t step_of(dice *d, int32_t at)
{
    static const int8_t move[] = {1, -1, -1, 1, 2, -2, -1, 0};
    int32_t to = at + move[draw(d, 8)];
    return to > 7 ? 5 : to < HM_MOTIF_LOW ? -1 : to;
}

static int32_t nearest_rest(int32_t at)
{
    static const int32_t rest[] = {0, 2, 4, 7};
    int32_t best = 0;
    for (int32_t i = 1; i < 4; i++)
        if ((at - rest[i]) * (at - rest[i]) < (at - rest[best]) * (at - rest[best]))
            best = i;
    return rest[best];
}

hm_motif hm_motif_of(const char *name, uint32_t again)
{
    static const int8_t begin[] = {0, 0, 4, -3};
    uint64_t person = hm_hash(HM_HASH_START, name, strlen(name)) >> 8;
    dice d = {person, again, 0};
    int32_t r = draw(&d, N_RHYTHM);
    hm_motif m = {.n = rhythms[r].n, .minor = draw(&d, 5) < 3};
    memcpy(m.length, rhythms[r].length, sizeof m.length);
    m.degree[0] = begin[draw(&d, 4)];
    m.degree[1] = (int8_t)call_of(&d, m.degree[0]);
    for (int32_t i = 2; i < m.n; i++)
        m.degree[i] = (int8_t)step_of(&d, m.degree[i - 1]);
    m.degree[m.n - 1] = (int8_t)nearest_rest(m.degree[m.n - 1]);
    return m;
}

bool hm_motif_equal(const hm_motif *a, const hm_motif *b)
{
    return a->n == b->n && memcmp(a->degree, b->degree, (size_t)a->n) == 0 &&
           memcmp(a->length, b->length, (size_t)a->n) == 0;
}

int32_t hm_motif_halves(const hm_motif *m)
{
    int32_t sum = 0;
    for (int32_t i = 0; i < m->n; i++)
        sum += m->length[i];
    return sum;
}

hm_motif hm_motif_quote(const hm_motif *pupil, const hm_motif *teacher)
{
    int32_t head = teacher->n - 1 < 4 ? teacher->n - 1 : 4;
    int32_t tail = pupil->n - 2 < HM_MOTIF_MOST - head ? pupil->n - 2 : HM_MOTIF_MOST - head;
    hm_motif m = {.n = head + tail, .minor = pupil->minor};
    memcpy(m.degree, teacher->degree, (size_t)head);
    memcpy(m.length, teacher->length, (size_t)head);
    memcpy(m.degree + head, pupil->degree + pupil->n - tail, (size_t)tail);
    memcpy(m.length + head, pupil->length + pupil->n - tail, (size_t)tail);
    return m;
}

/* ---- text ---- */

static hm_status refuse(hm_err *err, const char *expected, const char *found)
{
    return hm_err_set(err, HM_ERR_INPUT, NULL, 0, 0, "motif", "expected %s; found \"%.60s\"",
                      expected, found);
}

/* One note, degree:halves, from *text on; what follows is left in *text. */
static bool parse_note(const char **text, int32_t *degree, int32_t *length)
{
    int d, len, used = 0;
    if (sscanf(*text, " %3d:%3d%n", &d, &len, &used) != 2 || used == 0)
        return false;
    *text += used;
    *degree = d > 0 ? d - 1 : d;
    *length = len;
    return d != 0 && *degree >= HM_MOTIF_LOW && *degree <= HM_MOTIF_HIGH && len >= 1 &&
           len <= HM_MOTIF_LONGEST && (**text == ' ' || **text == '\0');
}

hm_status hm_motif_parse(const char *text, hm_motif *m, hm_err *err)
{
    hm_motif made = {.minor = strncmp(text, "minor ", 6) == 0};
    if (!made.minor && strncmp(text, "major ", 6) != 0)
        return refuse(err, "\"minor\" or \"major\", then notes", text);
    const char *at = text + 6;
    while (*at) {
        int32_t degree, length;
        const char *note = at;
        if (made.n == HM_MOTIF_MOST)
            return refuse(err, "4 to 7 notes", text);
        if (!parse_note(&at, &degree, &length))
            return refuse(err, "degree:halves with degree 1 to 10 or -1 to -3, halves 1 to 16",
                          note);
        made.degree[made.n] = (int8_t)degree;
        made.length[made.n++] = (uint8_t)length;
        at += strspn(at, " ");
    }
    if (made.n < HM_MOTIF_LEAST)
        return refuse(err, "4 to 7 notes", text);
    *m = made;
    return HM_OK;
}

void hm_motif_text(const hm_motif *m, char *buf, size_t n)
{
    int used = snprintf(buf, n, "%s", m->minor ? "minor" : "major");
    for (int32_t i = 0; i < m->n && used >= 0 && (size_t)used < n; i++) {
        int degree = m->degree[i];
        used += snprintf(buf + used, n - (size_t)used, " %d:%d", degree < 0 ? degree : degree + 1,
                         (int)m->length[i]);
    }
}

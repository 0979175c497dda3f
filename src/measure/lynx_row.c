#include "lynx_priv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "io/number.h"
#include "io/utf8.h"

enum {
    ROUND_MAX = 999,
    LANE_MAX = 99,
    PLACE_MAX = 100 * 1000,
    EVENT_FIELDS = 13,
    START_FIELDS = 18, /* from ID */
    PERSON_FIELDS = 5
};

/* What was found, short enough for a message: for a "%.*s". */
#define FOUND(s) hm_utf8_clip((s), 40), (s)

/* Fields from ID on: the same in start lists and results. */
enum { ID, LANE, LAST, FIRST, TEAM, TIME, LICENSE, DELTA, REACTION, SPLITS, TRIAL_START };

static hm_status say_extra(lynx_job *job, int32_t max)
{
    if (job->fields.n <= max)
        return HM_OK;
    return lynx_say(job, "W-EXTRA", "expected at most %d fields, found %d: the rest is ignored",
                    max, job->fields.n);
}

hm_status lynx_keep(lynx_job *job, const char *s, const char **kept)
{
    *kept = *s ? hm_arena_text(job->arena, s) : "";
    return *kept ? HM_OK : lynx_no_memory(job);
}

/* ---- events ---- */

static hm_status whole_or_one(lynx_job *job, const char *what, const char *s, int32_t *v,
                              bool *usable)
{
    *v = 1;
    if (!*s || lynx_whole(s, ROUND_MAX, v))
        return HM_OK;
    *usable = false;
    return lynx_say_at(job, s, "E-NUM", "expected a %s of 0 to %d, found \"%.*s\"", what, ROUND_MAX,
                       FOUND(s));
}

hm_status lynx_event_key(lynx_job *job, hm_heat *heat, bool *usable)
{
    const char *const *f = job->fields.f;
    int64_t n = hm_utf8_count(f[0], strlen(f[0]));
    *usable = n >= 1 && n <= HM_LYNX_EVENT_MAX;
    if (!*usable)
        return lynx_say_at(job, f[0], "E-EVENT",
                           "expected an event number of 1 to %d characters, found %d",
                           HM_LYNX_EVENT_MAX, (int)n);
    HM_TRY(whole_or_one(job, "round", f[1], &heat->round, usable));
    if (*usable)
        HM_TRY(whole_or_one(job, "heat", f[2], &heat->heat, usable));
    heat->line = job->line;
    return lynx_keep(job, f[0], &heat->event);
}

static bool is_metric(const char *unit)
{
    return !*unit || lynx_same_word(unit, "M/S") || lynx_same_word(unit, "MPS");
}

static hm_status read_wind(lynx_job *job, hm_heat *heat)
{
    const char *s = job->fields.f[4], *unit = job->fields.f[5];
    if (!*s || lynx_same_word(s, "NWI"))
        return HM_OK;
    heat->has_wind = is_metric(unit) && lynx_wind(s, &heat->wind_cmps);
    if (heat->has_wind)
        return HM_OK;
    heat->wind_cmps = 0;
    return lynx_say(job, "W-WIND", "expected a wind in m/s or NWI, found \"%.*s\" %.*s", FOUND(s),
                    FOUND(unit));
}

/* "100", "100 m". */
static hm_status read_distance(lynx_job *job, hm_heat *heat)
{
    const char *s = job->fields.f[9];
    size_t n = strlen(s);
    double v;
    if (!n)
        return HM_OK;
    if (s[n - 1] == 'm')
        for (n--; n && s[n - 1] == ' ';)
            n--;
    if (hm_number_parse_n(s, n, '.', &v) != HM_NUMBER_OK || !(v > 0))
        return lynx_say_at(job, s, "W-DIST", "expected a distance in metres, found \"%.*s\"",
                           FOUND(s));
    heat->distance_m = v;
    return HM_OK;
}

static hm_status read_clock(lynx_job *job, hm_heat *heat)
{
    const char *s = job->fields.f[10];
    int64_t time_us;
    if (*s && !lynx_time(s, &time_us, NULL))
        return lynx_say_at(job, s, "W-CLOCK",
                           "expected a time of day as 14:05:03.217, found \"%.*s\"", FOUND(s));
    return lynx_keep(job, s, &heat->start_clock);
}

hm_status lynx_event_row(lynx_job *job, hm_heat *heat, bool *usable)
{
    *heat = hm_heat_default();
    HM_TRY(lynx_event_key(job, heat, usable));
    if (!*usable)
        return HM_OK;
    HM_TRY(say_extra(job, EVENT_FIELDS));
    HM_TRY(lynx_keep(job, job->fields.f[3], &heat->name));
    HM_TRY(read_wind(job, heat));
    HM_TRY(read_distance(job, heat));
    return read_clock(job, heat);
}

/* ---- one athlete ---- */

/* A number or nothing: "No ID" is written as 0. */
static const char *id_of(const char *s)
{
    return strcmp(s, "0") == 0 ? "" : s;
}

static hm_status read_time(lynx_job *job, const char *s, hm_mark *m)
{
    if (!*s || lynx_time(s, &m->time_us, &m->time_digits)) {
        m->time_digits = m->time_us ? m->time_digits : 0;
        /* hundredths are official already; thousandths are a reading (TR19.23.1) */
        if (m->time_digits == 2)
            m->official_cs = (int32_t)(m->time_us / 10000);
        return HM_OK;
    }
    return lynx_say_at(job, s, "E-TIME",
                       "expected a time as 10.24 or 1:02.345, found \"%.*s\": the row has no time",
                       FOUND(s));
}

/* "6.291 (6.291)": the time since the start, then that of the lap, which may be missing. */
static bool read_split(const char *s, size_t n, int64_t *time_us)
{
    char part[2][24] = {"", ""};
    int k = 0;
    size_t used = 0;
    for (size_t i = 0; i < n; i++) {
        bool opens = s[i] == '(' && k == 0, closes = s[i] == ')' && k == 1;
        if (closes && i + 1 < n && strspn(s + i + 1, " ") < n - i - 1)
            return false;
        if (opens)
            used = 0, k = 1;
        else if (!closes && s[i] != ' ') {
            if (used == sizeof part[0] - 1)
                return false;
            part[k][used++] = s[i];
        }
    }
    int64_t lap_us;
    return lynx_time(part[0], time_us, NULL) && *time_us > 0 &&
           (k == 0 || lynx_time(part[1], &lap_us, NULL));
}

static hm_status read_splits(lynx_job *job, const char *s, hm_mark *m)
{
    if (!*s)
        return HM_OK;
    int32_t n = 1, used = 0;
    for (const char *p = s; *p; p++)
        n += *p == ',';
    if (n > HM_MEET_SPLIT_MAX)
        return lynx_say(job, "W-SPLIT", "expected at most %d splits, found %d", HM_MEET_SPLIT_MAX,
                        n);
    hm_meet_split *split = HM_PUSH(job->arena, hm_meet_split, n);
    if (!split)
        return lynx_no_memory(job);
    for (const char *p = s; used < n; p += strcspn(p, ",") + 1) {
        split[used].distance_m = NAN;
        if (!read_split(p, strcspn(p, ","), &split[used++].time_us))
            return lynx_say(job, "W-SPLIT",
                            "expected splits as \"6.29 (6.29),11.31 (5.02)\", found \"%.*s\"",
                            FOUND(s));
    }
    m->split = split;
    m->n_split = n;
    return HM_OK;
}

static hm_status read_rest(lynx_job *job, const char *const *f, hm_mark *m)
{
    int64_t unused;
    HM_TRY(read_time(job, f[TIME], m));
    if (*f[DELTA] && !lynx_signed_time(f[DELTA], &m->delta_us))
        HM_TRY(
            lynx_say(job, "W-DELTA", "expected a gap in seconds, found \"%.*s\"", FOUND(f[DELTA])));
    if (*f[REACTION] && !lynx_time(f[REACTION], &m->reaction_us, NULL))
        HM_TRY(lynx_say(job, "W-REAC", "expected a reaction time in seconds, found \"%.*s\"",
                        FOUND(f[REACTION])));
    HM_TRY(read_splits(job, f[SPLITS], m));
    if (*f[TRIAL_START] && !lynx_time(f[TRIAL_START], &unused, NULL))
        HM_TRY(
            lynx_say(job, "W-TT", "expected a start time, found \"%.*s\"", FOUND(f[TRIAL_START])));
    return HM_OK;
}

/* Fields from ID on. */
static hm_status read_athlete(lynx_job *job, const char *const *f, hm_mark *m, bool *usable)
{
    *usable = !*f[LANE] || lynx_whole(f[LANE], LANE_MAX, &m->lane);
    if (!*usable)
        return lynx_say_at(job, f[LANE], "E-LANE",
                           "expected a lane of 0 to %d, found \"%.*s\": the row is left out",
                           LANE_MAX, FOUND(f[LANE]));
    m->line = m->who.line = job->line;
    HM_TRY(lynx_keep(job, id_of(f[ID]), &m->who.id));
    HM_TRY(lynx_keep(job, f[LAST], &m->who.last_name));
    HM_TRY(lynx_keep(job, f[FIRST], &m->who.first_name));
    HM_TRY(lynx_keep(job, f[TEAM], &m->who.team));
    HM_TRY(lynx_keep(job, f[LICENSE], &m->who.license));
    return read_rest(job, f, m);
}

hm_status lynx_start_row(lynx_job *job, hm_mark *mark, bool *usable)
{
    const char *const *f = job->fields.f;
    *mark = hm_mark_default();
    int32_t lane = 0;
    bool placed = *f[LANE] && !(lynx_whole(f[LANE], LANE_MAX, &lane) && lane == 0);
    *usable = placed || *id_of(f[ID]) || *f[LAST] || *f[FIRST] || *f[TEAM];
    if (!*usable)
        return lynx_say(job, "E-SHORT", "expected an athlete, found a row without id and name");
    HM_TRY(say_extra(job, START_FIELDS));
    return read_athlete(job, f, mark, usable);
}

static hm_status read_place(lynx_job *job, const char *s, hm_mark *m)
{
    if (lynx_whole(s, PLACE_MAX, &m->place) && m->place > 0)
        m->status = HM_MARK_FINISHED;
    else if (!*s)
        m->status = m->time_us ? HM_MARK_FINISHED : HM_MARK_ENTERED;
    else if (lynx_same_word(s, "DNS"))
        m->status = HM_MARK_DNS;
    else if (lynx_same_word(s, "DNF"))
        m->status = HM_MARK_DNF;
    else if (lynx_same_word(s, "DQ"))
        m->status = HM_MARK_DQ;
    else {
        bool out = strpbrk(s, "Qq") != NULL;
        m->status = out ? HM_MARK_DQ : HM_MARK_UNKNOWN;
        m->place = 0;
        HM_TRY(lynx_keep(job, s, &m->note));
        return lynx_say(job, "W-PLACE", "expected a place, DNS, DNF or DQ, found \"%.*s\": %s",
                        FOUND(s), out ? "taken as DQ" : "kept as it is");
    }
    return HM_OK;
}

hm_status lynx_result_row(lynx_job *job, hm_mark *mark, bool *usable)
{
    const char *const *f = job->fields.f, *time = f[1 + TIME];
    int64_t none_us;
    *mark = hm_mark_default();
    *usable = job->fields.n >= 3;
    if (!*usable)
        return lynx_say(job, "E-SHORT", "expected place, id, lane, ..., found %d fields",
                        job->fields.n);
    HM_TRY(say_extra(job, 1 + START_FIELDS));
    HM_TRY(read_athlete(job, f + 1, mark, usable));
    if (!*usable)
        return HM_OK;
    HM_TRY(read_place(job, f[0], mark));
    if (mark->place && !mark->time_us && (!*time || lynx_time(time, &none_us, NULL)))
        return lynx_say(job, "W-NOTIME", "place %d has no time", mark->place);
    return HM_OK;
}

hm_status lynx_person_row(lynx_job *job, hm_person *p, bool *usable)
{
    const char *const *f = job->fields.f;
    *p = hm_mark_default().who;
    *usable = false;
    if (job->fields.n < 2)
        return lynx_say(job, "E-SHORT", "expected ID, last name, ..., found one field");
    if (!*id_of(f[0]))
        return lynx_say_at(job, f[0], "E-NOID", "expected an ID, found none: the row is left out");
    *usable = true;
    HM_TRY(say_extra(job, PERSON_FIELDS));
    p->line = job->line;
    HM_TRY(lynx_keep(job, f[0], &p->id));
    HM_TRY(lynx_keep(job, f[1], &p->last_name));
    HM_TRY(lynx_keep(job, f[2], &p->first_name));
    HM_TRY(lynx_keep(job, f[3], &p->team));
    return lynx_keep(job, f[4], &p->license);
}

/* ---- do places and gaps go with the times? ---- */

/* The gap to the finisher before; the first carries his own time, or none. */
static hm_status check_delta(lynx_job *job, const hm_mark *m, const hm_mark *before)
{
    int64_t gap_us = before ? m->time_us - before->time_us : m->time_us;
    if (m->delta_us == -1 || llabs(m->delta_us - gap_us) <= 1000 || (!before && m->delta_us == 0))
        return HM_OK;
    return lynx_say(job, "W-DELTA", "the gap told is %.4f s, that of the times %.4f s",
                    (double)m->delta_us * 1e-6, (double)gap_us * 1e-6);
}

hm_status lynx_check_result(lynx_job *job, const hm_mark *mark, int32_t n)
{
    const hm_mark *m = &mark[n - 1], *before = NULL, *odd = NULL;
    if (m->status != HM_MARK_FINISHED || !m->time_us)
        return HM_OK;
    for (int32_t i = 0; i < n - 1; i++) {
        const hm_mark *o = &mark[i];
        if (o->status != HM_MARK_FINISHED || !o->time_us)
            continue;
        before = o;
        if (o->place && m->place &&
            ((o->place < m->place && o->time_us > m->time_us) ||
             (o->place > m->place && o->time_us < m->time_us)))
            odd = o;
    }
    if (odd)
        HM_TRY(lynx_say(job, "W-ORDER",
                        "place %d and place %d of line %lld contradict the times, which decide",
                        m->place, odd->place, (long long)odd->line));
    return check_delta(job, m, before);
}

/* Results as the semicolon text of HY-TEK's Meet Manager (its guide, "Export Results in HY-TEK's
 * Semicolon Delimited Format"): one H record, then an E record for each athlete and round. Fields
 * 1-20 of E and their widths stand in the guide; those of the athlete behind them are recalled
 * (docs/formats/hytek.md). */
#include "results_priv.h"

#include <ctype.h>
#include <string.h>

#include "io/utf8.h"

enum {
    MEET_MAX = 45,
    NAME_MAX = 20,
    TEAM_CODE_MAX = 4,
    TEAM_MAX = 30,
    CODE_MAX = 10,
    EVENT_MAX = 4
};

typedef struct out {
    hm_sink sink;
    hm_err *err;
    int32_t n_held; /* blank fields that are written once something follows */
    bool first;
    int64_t n_cut, n_changed, n_without; /* texts cut, texts changed, athletes without a result */
} out;

/* ---- fields ---- */

static hm_status separate(out *o)
{
    if (!o->first)
        o->n_held++;
    o->first = false;
    for (; o->n_held > 0; o->n_held--)
        HM_TRY(o->sink.put(o->sink.ctx, ";", 1, o->err));
    return HM_OK;
}

static hm_status field(out *o, const char *s)
{
    if (*s) {
        HM_TRY(separate(o));
        return o->sink.put(o->sink.ctx, s, strlen(s), o->err);
    }
    o->n_held += !o->first;
    o->first = false;
    return HM_OK;
}

static hm_status end(out *o)
{
    o->n_held = 0;
    o->first = true;
    return o->sink.put(o->sink.ctx, "\r\n", 2, o->err);
}

static hm_status whole(out *o, int32_t v)
{
    char buf[16] = "";
    if (v)
        snprintf(buf, sizeof buf, "%d", v);
    return field(o, buf);
}

/* Bytes of the first max characters. */
static size_t clip(const char *s, int max)
{
    size_t n = 0;
    for (int i = 0; s[n] && i <= max; n++)
        if (((unsigned char)s[n] & 0xc0) != 0x80 && ++i > max)
            break;
    return n;
}

/* At most max characters (each 4 bytes at most); a semicolon would be a field, so it is a comma; a
 * spreadsheet shall take nothing for a formula. */
static hm_status text(out *o, const char *s, int max)
{
    char buf[4 * 64 + 2];
    const char *mark = *s && strchr("=+-@|", *s) ? "'" : "";
    size_t n = clip(s, max - (int)strlen(mark));
    HM_ASSERT(max <= 64);
    snprintf(buf, sizeof buf, "%s%.*s", mark, (int)n, s);
    o->n_cut += s[n] != '\0';
    bool changed = *mark;
    for (char *c = buf; *c; c++)
        if (*c == ';') {
            *c = ',';
            changed = true;
        }
    o->n_changed += changed;
    return field(o, buf);
}

/* 2009-08-16 as 08/16/2009; what is no whole date is left out. */
static hm_status date(out *o, const char *iso)
{
    char buf[16] = "";
    if (results_is_date(iso))
        snprintf(buf, sizeof buf, "%.2s/%.2s/%.4s", iso + 5, iso + 8, iso);
    return field(o, buf);
}

/* ---- records ---- */

static hm_status put_head(out *o, const hm_meet *meet)
{
    HM_TRY(field(o, "H"));
    HM_TRY(text(o, meet->name, MEET_MAX));
    HM_TRY(date(o, meet->date));
    HM_TRY(date(o, meet->date));
    HM_TRY(field(o, "Hectometre"));
    return end(o); /* no date of creation: the same meet gives the same file */
}

/* Before whom is he in the round? Official time first, then the readings in thousandths. */
static bool is_before(const hm_mark *a, const hm_mark *b)
{
    if (a->official_cs != b->official_cs)
        return a->official_cs < b->official_cs;
    bool fine = a->time_digits >= 3 && b->time_digits >= 3;
    return fine && (a->time_us + 999) / 1000 < (b->time_us + 999) / 1000;
}

/* A heat and the heats of its round, itself among them. */
typedef struct stage {
    const hm_heat *heat;
    results_stage which;
    int32_t n;
    const hm_heat **of_round; /* (n) */
} stage;

static void find_stage(const hm_meet *meet, const hm_heat *h, stage *s)
{
    s->heat = h;
    s->which = results_stage_of(meet, h);
    s->n = 0;
    for (int32_t i = 0; i < meet->n_heat; i++) {
        const hm_heat *other = &meet->heat[i];
        if (h->round == other->round && strcmp(h->round_name, other->round_name) == 0 &&
            results_same_event(h, other))
            s->of_round[s->n++] = other;
    }
}

/* Place over all heats of the round; in a round of one heat, that of the heat. */
static int32_t overall_place(const stage *s, const hm_mark *m)
{
    int32_t place = 1;
    if (s->n == 1 || !m->official_cs)
        return m->place;
    for (int32_t i = 0; i < s->n; i++)
        for (int32_t k = 0; k < s->of_round[i]->n_mark; k++) {
            const hm_mark *other = &s->of_round[i]->mark[k];
            place += other->status == HM_MARK_FINISHED && other->official_cs && is_before(other, m);
        }
    return place;
}

static hm_status put_event(out *o, const stage *s, const hm_mark *m)
{
    static const char *const letter[] = {[RESULTS_PRELIMINARY] = "P",
                                         [RESULTS_QUARTERFINAL] = "Q",
                                         [RESULTS_SEMIFINAL] = "S",
                                         [RESULTS_FINAL] = "F"};
    const hm_heat *h = s->heat;
    char buf[RESULTS_CODE], result[RESULTS_TEXT], wind[RESULTS_TEXT];
    hm_sex sex;
    bool has_sex = results_sex(h, m, &sex), done = m->status == HM_MARK_FINISHED;
    HM_TRY(field(o, "E"));
    HM_TRY(field(o, "T"));
    HM_TRY(text(o, h->event, EVENT_MAX));
    HM_TRY(field(o, "")); /* alternate number */
    HM_TRY(text(o, results_discipline(h, buf), CODE_MAX));
    HM_TRY(field(o, !has_sex ? "" : sex == HM_SEX_MEN ? "M" : "F"));
    for (int i = 0; i < 3; i++) /* age range, division, its name */
        HM_TRY(field(o, ""));
    HM_TRY(field(o, letter[s->which]));
    HM_TRY(field(o, results_mark(h, m, "h", result)));
    HM_TRY(field(o, "M")); /* metric */
    HM_TRY(field(o, results_wind(h, false, wind)));
    HM_TRY(whole(o, done ? overall_place(s, m) : 0));
    HM_TRY(whole(o, m->place));
    HM_TRY(whole(o, h->heat));
    for (int i = 0; i < 4; i++) /* exhibition, team points, points and number of combined events */
        HM_TRY(field(o, ""));
    return HM_OK;
}

/* Recalled: the order is that of the entry records, fields 2-10. */
static hm_status put_athlete(out *o, const hm_heat *h, const hm_mark *m)
{
    const hm_person *p = &m->who;
    hm_sex sex;
    bool has_sex = results_sex(h, m, &sex),
         short_team = clip(p->team, TEAM_CODE_MAX) == strlen(p->team);
    HM_TRY(text(o, p->last_name, NAME_MAX));
    HM_TRY(text(o, p->first_name, NAME_MAX));
    HM_TRY(field(o, "")); /* initial */
    HM_TRY(field(o, !has_sex ? "" : sex == HM_SEX_MEN ? "M" : "F"));
    HM_TRY(date(o, p->born));
    HM_TRY(text(o, short_team ? p->team : "", TEAM_CODE_MAX));
    return text(o, p->team, TEAM_MAX);
}

static hm_status put_heat(out *o, const stage *s)
{
    const hm_heat *h = s->heat;
    char result[RESULTS_TEXT];
    for (int32_t k = 0; k < h->n_mark; k++) {
        const hm_mark *m = &h->mark[k];
        if (!*results_mark(h, m, "h", result)) {
            o->n_without++;
            continue;
        }
        HM_TRY(put_event(o, s, m));
        HM_TRY(put_athlete(o, h, m));
        HM_TRY(end(o));
    }
    return HM_OK;
}

/* ---- the file ---- */

static hm_status tell(const out *o, hm_arena *arena, hm_notes *notes)
{
    hm_status s = HM_OK;
    if (o->n_cut)
        s = hm_notes_add(notes, arena, "%lld texts were cut to the width of their field",
                         (long long)o->n_cut);
    if (s == HM_OK && o->n_changed)
        s = hm_notes_add(notes, arena,
                         "%lld texts with a semicolon or the beginning of a formula were changed",
                         (long long)o->n_changed);
    if (s == HM_OK && o->n_without)
        s = hm_notes_add(notes, arena, "%lld athletes without a result were left out",
                         (long long)o->n_without);
    return s == HM_OK ? HM_OK : hm_err_set(o->err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
}

hm_status hytek_write(hm_sink sink, const hm_meet *meet, hm_arena *arena, hm_notes *notes,
                      hm_err *err)
{
    out o = {.sink = sink, .err = err, .first = true};
    HM_TRY(results_check(meet, err));
    HM_TRY(put_head(&o, meet));
    stage s = {.of_round = HM_PUSH(arena, const hm_heat *, meet->n_heat + 1)};
    if (!s.of_round)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    for (int32_t i = 0; i < meet->n_heat; i++) {
        find_stage(meet, &meet->heat[i], &s);
        HM_TRY(put_heat(&o, &s));
    }
    return tell(&o, arena, notes);
}

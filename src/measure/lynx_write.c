#include <math.h>
#include <string.h>

#include "io/number.h"
#include "io/utf8.h"
#include "measure/lynx.h"

/* A line on its way out: the length tells what a reader would refuse. */
typedef struct out {
    hm_sink sink;
    char where[64];
    size_t n_line;
    int32_t n_held; /* empty fields that are written once something follows */
    bool first;
    hm_err *err;
} out;

enum { TIME_BUF = 48 };

static hm_status bad(const out *o, const char *field, const char *why)
{
    return hm_err_set(o->err, HM_ERR_INPUT, o->where, 0, 0, field, "%s", why);
}

/* ---- bytes ---- */

static hm_status put(out *o, const char *s, size_t n)
{
    o->n_line += n;
    if (o->n_line > HM_LYNX_LINE_MAX)
        return bad(o, "line", "expected texts that fit in a line of 65536 bytes");
    return o->sink.put(o->sink.ctx, s, n, o->err);
}

static void begin(out *o)
{
    o->n_line = 0;
    o->n_held = 0;
    o->first = true;
}

/* Empty fields at the end are left out. */
static hm_status end(out *o)
{
    return o->sink.put(o->sink.ctx, "\r\n", 2, o->err);
}

/* The comma before a field, and those of the empty fields before it. */
static hm_status separate(out *o)
{
    if (!o->first)
        o->n_held++;
    o->first = false;
    for (; o->n_held > 0; o->n_held--)
        HM_TRY(put(o, ",", 1));
    return HM_OK;
}

static hm_status put_quoted(out *o, const char *s)
{
    HM_TRY(put(o, "\"", 1));
    for (const char *q; (q = strchr(s, '"')); s = q + 1) {
        HM_TRY(put(o, s, (size_t)(q + 1 - s)));
        HM_TRY(put(o, "\"", 1));
    }
    HM_TRY(put(o, s, strlen(s)));
    return put(o, "\"", 1);
}

static hm_status text(out *o, const char *field, const char *s)
{
    if (strpbrk(s, "\r\n"))
        return bad(o, field, "expected a text of one line");
    if (!*s) {
        o->n_held += !o->first;
        o->first = false;
        return HM_OK;
    }
    HM_TRY(separate(o));
    /* a line that begins so would be a comment or a competitor, a file so a mark */
    if (strpbrk(s, ",\"") || strchr("; \t\\", *s) || hm_utf8_bom(s, strlen(s)))
        return put_quoted(o, s);
    return put(o, s, strlen(s));
}

/* ---- values ---- */

static hm_status whole(out *o, int32_t v)
{
    char buf[16];
    snprintf(buf, sizeof buf, "%d", v);
    return text(o, "number", buf);
}

static int64_t ceil_div(int64_t a, int64_t b)
{
    return a / b + (a % b > 0);
}

/* [[h:]mm:]ss with at least `digits` decimals, more where the value needs them, four at most. */
static int print_time(int64_t time_us, int32_t digits, char buf[TIME_BUF])
{
    const char *sign = time_us < 0 ? "-" : "";
    int64_t ticks = ceil_div(time_us < 0 ? -time_us : time_us, 100), frac = ticks % 10000;
    int64_t s = ticks / 10000;
    int32_t n = 4;
    for (; n > digits && frac % 10 == 0; n--)
        frac /= 10;
    int len = s >= 3600 ? snprintf(buf, TIME_BUF, "%s%lld:%02d:%02d", sign, (long long)(s / 3600),
                                   (int)(s / 60 % 60), (int)(s % 60))
              : s >= 60 ? snprintf(buf, TIME_BUF, "%s%d:%02d", sign, (int)(s / 60), (int)(s % 60))
                        : snprintf(buf, TIME_BUF, "%s%d", sign, (int)s);
    if (n > 0)
        len += snprintf(buf + len, TIME_BUF - (size_t)len, ".%0*lld", (int)n, (long long)frac);
    return len;
}

static int32_t digits_of(const hm_mark *m)
{
    return m->time_digits < 0 ? 0 : m->time_digits > 4 ? 4 : m->time_digits;
}

static hm_status put_time(out *o, int64_t time_us, bool has, int32_t digits)
{
    char buf[TIME_BUF] = "";
    if (has)
        print_time(time_us, digits, buf);
    return text(o, "time", buf);
}

/* "+0.8", "-1.25", "0.0" */
static hm_status put_wind(out *o, const hm_heat *h)
{
    char buf[16] = "";
    int32_t v = h->wind_cmps < 0 ? -h->wind_cmps : h->wind_cmps;
    const char *sign = h->wind_cmps < 0 ? "-" : v ? "+" : "";
    if (h->has_wind && v % 10)
        snprintf(buf, sizeof buf, "%s%d.%02d", sign, v / 100, v % 100);
    else if (h->has_wind)
        snprintf(buf, sizeof buf, "%s%d.%d", sign, v / 100, v % 100 / 10);
    HM_TRY(text(o, "wind", buf));
    return text(o, "wind", h->has_wind ? "m/s" : "");
}

/* One quoted field: "6.291 (6.291),11.312 (5.021)". */
static hm_status put_splits(out *o, const hm_mark *m)
{
    if (!m->n_split)
        return text(o, "split", "");
    HM_TRY(separate(o));
    HM_TRY(put(o, "\"", 1));
    int64_t before_us = 0;
    for (int32_t i = 0; i < m->n_split; i++) {
        char total[TIME_BUF], lap[TIME_BUF], pair[2 * TIME_BUF + 8];
        int64_t at_us = m->split[i].time_us, lap_us = at_us - before_us;
        print_time(at_us, digits_of(m), total);
        int n = snprintf(pair, sizeof pair, "%s%s", i ? "," : "", total);
        if (lap_us >= 0) {
            print_time(lap_us, digits_of(m), lap);
            n += snprintf(pair + n, sizeof pair - (size_t)n, " (%s)", lap);
        }
        HM_TRY(put(o, pair, (size_t)n));
        before_us = at_us;
    }
    return put(o, "\"", 1);
}

/* ---- rows ---- */

static hm_status put_key(out *o, const hm_heat *h)
{
    if (!*h->event || hm_utf8_count(h->event, strlen(h->event)) > HM_LYNX_EVENT_MAX)
        return bad(o, "event", "expected an event number of 1 to 32 characters");
    begin(o);
    HM_TRY(text(o, "event", h->event));
    HM_TRY(whole(o, h->round));
    return whole(o, h->heat);
}

static hm_status put_event(out *o, const hm_heat *h)
{
    char distance[HM_NUMBER_BUF] = "";
    if (isfinite(h->distance_m) && h->distance_m > 0)
        hm_number_print(h->distance_m, distance);
    HM_TRY(put_key(o, h));
    HM_TRY(text(o, "name", h->name));
    HM_TRY(put_wind(o, h));
    for (int i = 0; i < 3; i++) /* template, capture time and duration */
        HM_TRY(text(o, "", ""));
    HM_TRY(text(o, "distance", distance));
    HM_TRY(text(o, "start_clock", h->start_clock));
    return end(o);
}

/* From ID to splits. */
static hm_status put_athlete(out *o, const hm_mark *m)
{
    const hm_person *p = &m->who;
    HM_TRY(text(o, "id", *p->id ? p->id : "0"));
    HM_TRY(m->lane ? whole(o, m->lane) : text(o, "lane", ""));
    HM_TRY(text(o, "last_name", p->last_name));
    HM_TRY(text(o, "first_name", p->first_name));
    HM_TRY(text(o, "team", p->team));
    HM_TRY(put_time(o, m->time_us, m->time_us > 0, digits_of(m)));
    HM_TRY(text(o, "license", p->license));
    HM_TRY(put_time(o, m->delta_us, m->delta_us != -1, digits_of(m)));
    HM_TRY(put_time(o, m->reaction_us, m->reaction_us >= 0, 3));
    return put_splits(o, m);
}

static hm_status put_start(out *o, const hm_mark *m)
{
    const hm_person *p = &m->who;
    if (!*p->id && !m->lane && !*p->last_name && !*p->first_name && !*p->team)
        return bad(o, "id", "expected an athlete with an id, a lane or a name");
    begin(o);
    if (m->status == HM_MARK_ENTERED && m->note[0] == '\\')
        HM_TRY(put(o, "\\", 1));
    /* the empty field before the ID is what marks a competitor */
    HM_TRY(put(o, ",", 1));
    HM_TRY(put_athlete(o, m));
    return end(o);
}

static hm_status put_place(out *o, const hm_mark *m)
{
    static const char *const word[] = {
        [HM_MARK_ENTERED] = "", [HM_MARK_FINISHED] = "", [HM_MARK_DNS] = "DNS",
        [HM_MARK_DNF] = "DNF",  [HM_MARK_DQ] = "DQ",
    };
    if (m->status == HM_MARK_UNKNOWN)
        return text(o, "note", m->note);
    return m->place ? whole(o, m->place) : text(o, "place", word[m->status]);
}

/* ---- doors ---- */

static hm_status start(out *o, hm_sink sink, const hm_meet *meet, hm_err *err)
{
    *o = (out){.sink = sink, .err = err};
    return hm_meet_check(meet, err);
}

static void at(out *o, const char *what, int32_t i)
{
    snprintf(o->where, sizeof o->where, "%s %d", what, i + 1);
}

hm_status hm_lynx_write_evt(hm_sink sink, const hm_meet *meet, hm_err *err)
{
    out o;
    HM_TRY(start(&o, sink, meet, err));
    for (int32_t i = 0; i < meet->n_heat; i++) {
        const hm_heat *h = &meet->heat[i];
        at(&o, "heat", i);
        HM_TRY(put_event(&o, h));
        for (int32_t k = 0; k < h->n_mark; k++)
            HM_TRY(put_start(&o, &h->mark[k]));
    }
    return HM_OK;
}

hm_status hm_lynx_write_ppl(hm_sink sink, const hm_meet *meet, hm_err *err)
{
    out o;
    HM_TRY(start(&o, sink, meet, err));
    for (int32_t i = 0; i < meet->n_person; i++) {
        const hm_person *p = &meet->person[i];
        at(&o, "person", i);
        if (!*p->id || strcmp(p->id, "0") == 0)
            return bad(&o, "id", "expected an ID other than 0, found none");
        begin(&o);
        HM_TRY(text(&o, "id", p->id));
        HM_TRY(text(&o, "last_name", p->last_name));
        HM_TRY(text(&o, "first_name", p->first_name));
        HM_TRY(text(&o, "team", p->team));
        HM_TRY(text(&o, "license", p->license));
        if (o.n_held == 4) /* nothing but an ID: a reader wants two fields */
            HM_TRY(put(&o, ",", 1));
        HM_TRY(end(&o));
    }
    return HM_OK;
}

hm_status hm_lynx_write_sch(hm_sink sink, const hm_meet *meet, hm_err *err)
{
    out o;
    HM_TRY(start(&o, sink, meet, err));
    const hm_heat *h = meet->n_order ? meet->order : meet->heat;
    int32_t n = meet->n_order ? meet->n_order : meet->n_heat;
    for (int32_t i = 0; i < n; i++) {
        at(&o, "heat", i);
        HM_TRY(put_key(&o, &h[i]));
        HM_TRY(end(&o));
    }
    return HM_OK;
}

hm_status hm_lynx_write_lif(hm_sink sink, const hm_meet *meet, int32_t i, hm_err *err)
{
    out o;
    HM_ASSERT(i >= 0 && i < meet->n_heat);
    HM_TRY(start(&o, sink, meet, err));
    const hm_heat *h = &meet->heat[i];
    at(&o, "heat", i);
    HM_TRY(put_event(&o, h));
    for (int32_t k = 0; k < h->n_mark; k++) {
        begin(&o);
        HM_TRY(put_place(&o, &h->mark[k]));
        HM_TRY(put_athlete(&o, &h->mark[k]));
        for (; o.n_held > 0; o.n_held--) /* rows of results have all their fields */
            HM_TRY(put(&o, ",", 1));
        HM_TRY(end(&o));
    }
    return HM_OK;
}

/* One heat as race.json of athlib (schema read: draft-04, docs/formats/opentrack.md). It knows no
 * lane, reaction or status: a status stands as the performance, the rest among the tags. */
#include "results_priv.h"

#include <string.h>

#include "io/json.h"

/* Texts of the schema have at least one character: an empty one is left out. */
static void put_text(hm_json_out *o, const char *key, const char *text)
{
    if (*text)
        hm_json_put_text(o, key, text);
}

static void put_athlete(hm_json_out *o, const hm_heat *h, const hm_mark *m)
{
    const hm_person *p = &m->who;
    hm_sex sex;
    put_text(o, "givenName", p->first_name);
    put_text(o, "familyName", p->last_name);
    if (results_is_date(p->born))
        hm_json_put_text(o, "birthDate", p->born);
    if (results_sex(h, m, &sex))
        hm_json_put_text(o, "gender", sex == HM_SEX_MEN ? "M" : "F");
    if (results_is_country(p->team))
        hm_json_put_text(o, "nationality", p->team);
    put_text(o, "club", p->team);
    put_text(o, "athleteId", p->id);
}

static void put_tags(hm_json_out *o, const hm_mark *m)
{
    char text[64];
    hm_json_put_array(o, "tags", HM_JSON_LINE);
    if (m->lane) {
        snprintf(text, sizeof text, "lane=%d", m->lane);
        hm_json_put_text(o, NULL, text);
    }
    if (m->reaction_us >= 0) {
        snprintf(text, sizeof text, "reaction_s=%lld.%03lld", (long long)(m->reaction_us / 1000000),
                 (long long)(m->reaction_us / 1000 % 1000));
        hm_json_put_text(o, NULL, text);
    }
    if (*m->qualified)
        hm_json_put_text(o, NULL, m->qualified);
    if (*m->rule)
        hm_json_put_text(o, NULL, m->rule);
    hm_json_put_end(o);
}

static bool has_result(const hm_heat *h, const hm_mark *m)
{
    char text[RESULTS_TEXT];
    return *results_mark(h, m, "", text) != '\0';
}

static void put_entries(hm_json_out *o, const hm_heat *h)
{
    hm_json_put_array(o, "athletes", HM_JSON_BLOCK);
    for (int32_t k = 0; k < h->n_mark; k++)
        if (!has_result(h, &h->mark[k])) {
            hm_json_put_object(o, NULL, HM_JSON_LINE);
            put_athlete(o, h, &h->mark[k]);
            put_tags(o, &h->mark[k]);
            hm_json_put_end(o);
        }
    hm_json_put_end(o);
}

static void put_results(hm_json_out *o, const hm_heat *h)
{
    char text[RESULTS_TEXT];
    hm_json_put_array(o, "results", HM_JSON_BLOCK);
    for (int32_t k = 0; k < h->n_mark; k++) {
        const hm_mark *m = &h->mark[k];
        if (!has_result(h, m))
            continue;
        hm_json_put_object(o, NULL, HM_JSON_LINE);
        put_athlete(o, h, m);
        put_tags(o, m);
        if (m->place)
            hm_json_put_integer(o, "rank", m->place);
        hm_json_put_text(o, "perf", results_mark(h, m, "", text));
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
}

hm_status athlib_write(hm_sink sink, const hm_meet *meet, int32_t i_heat, hm_err *err)
{
    const hm_heat *h = &meet->heat[i_heat];
    char code[RESULTS_CODE], wind[RESULTS_TEXT];
    HM_TRY(results_check(meet, err));
    hm_json_out out = hm_json_out_make(sink, err), *o = &out;
    hm_json_put_object(o, NULL, HM_JSON_BLOCK);
    put_text(o, "fullName", meet->name);
    put_text(o, "discipline", results_discipline(h, code));
    put_text(o, "venue", meet->venue);
    if (results_is_date(meet->date))
        hm_json_put_text(o, "startDate", meet->date);
    put_text(o, "wind", results_wind(h, true, wind));
    put_entries(o, h);
    put_results(o, h);
    hm_json_put_end(o);
    return hm_json_finish(o);
}

#include "ruling_priv.h"

#include "data/race.h"

enum { N_CARD = 3, N_ANSWER = 3, N_VERDICT = 3, WIND_MAX = 3000 };

static const char *const card_word[N_CARD] = {"none", "YC", "RC"};
static const char *const answer_word[N_ANSWER] = {"no", "yes", "unknown"};
static const char *const verdict_word[N_VERDICT] = {"fair", "false start", "green"};

/* ---- writing ---- */

static void put_charge(hm_json_out *o, const hm_charge *c)
{
    hm_json_put_object(o, NULL, HM_JSON_LINE);
    hm_json_put_integer(o, "lane", c->lane);
    if (c->has_reaction)
        hm_json_put_integer(o, "reaction_ms", c->reaction_ms);
    else
        hm_json_put_null(o, "reaction_ms");
    hm_json_put_text(o, "card", card_word[c->card]);
    hm_json_put_bool(o, "protest", c->protest);
    hm_json_put_end(o);
}

static void put_start(hm_json_out *o, const hm_start_ruling *s)
{
    hm_json_put_object(o, NULL, HM_JSON_BLOCK);
    hm_json_put_text(o, "verdict", verdict_word[s->verdict]);
    hm_json_put_bool(o, "ran", s->ran);
    hm_json_put_bool(o, "field_warned", s->field_warned);
    hm_json_put_array(o, "charged", HM_JSON_BLOCK);
    for (int32_t i = 0; i < s->n_charge; i++)
        put_charge(o, &s->charge[i]);
    hm_json_put_end(o);
    hm_json_put_end(o);
}

static void put_lane(hm_json_out *o, const hm_lane_ruling *l)
{
    hm_json_put_object(o, NULL, HM_JSON_LINE);
    hm_json_put_integer(o, "lane", l->lane);
    hm_json_put_text(o, "rule", l->rule);
    hm_json_put_bool(o, "protest", l->protest);
    hm_json_put_text(o, "card", card_word[l->card]);
    if (l->photo_line)
        hm_json_put_integer(o, "photo_line", l->photo_line);
    else
        hm_json_put_null(o, "photo_line");
    hm_json_put_bool(o, "thousandths", l->thousandths);
    hm_json_put_end(o);
}

static void put_record(hm_json_out *o, const hm_ruling *r)
{
    hm_json_put_text(o, "record", r->record);
    hm_json_put_array(o, "conditions", HM_JSON_BLOCK);
    for (int32_t i = 0; i < r->n_condition; i++) {
        hm_json_put_object(o, NULL, HM_JSON_LINE);
        hm_json_put_text(o, "what", r->condition[i].what);
        hm_json_put_text(o, "rule", r->condition[i].rule);
        hm_json_put_text(o, "answer", answer_word[r->condition[i].answer]);
        hm_json_put_text(o, "why", r->condition[i].why);
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
}

void data_put_ruling(hm_json_out *o, const hm_ruling *r)
{
    hm_json_put_object(o, "referee", HM_JSON_BLOCK);
    hm_json_put_text(o, "edition", r->edition);
    hm_json_put_text(o, "false_start", r->false_start);
    hm_json_put_text(o, "timing", r->hand ? "hand" : "fat");
    hm_json_put_integer(o, "rate_hz", r->rate_hz);
    if (r->has_wind) {
        hm_json_put_integer(o, "wind_cmps", r->wind_cmps);
        hm_json_put_integer(o, "wind_dmps", r->wind_dmps);
    } else {
        hm_json_put_null(o, "wind_cmps");
        hm_json_put_null(o, "wind_dmps");
    }
    hm_json_put_text(o, "wind_legal", answer_word[r->wind_legal]);
    hm_json_put_array(o, "starts", HM_JSON_BLOCK);
    for (int32_t i = 0; i < r->n_start; i++)
        put_start(o, &r->start[i]);
    hm_json_put_end(o);
    hm_json_put_array(o, "lanes", HM_JSON_BLOCK);
    for (int32_t i = 0; i < r->n_lane; i++)
        put_lane(o, &r->lane[i]);
    hm_json_put_end(o);
    put_record(o, r);
    hm_json_put_end(o);
}

/* ---- reading ---- */

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
}

static hm_status read_card(const hm_json *v, hm_card *card, hm_err *err)
{
    int32_t word;
    HM_TRY(hm_json_get_word(v, "card", N_CARD, card_word, &word, err));
    *card = (hm_card)word;
    return HM_OK;
}

static hm_status read_lane_number(const hm_json *v, int32_t *lane, hm_err *err)
{
    int64_t n;
    HM_TRY(hm_json_get_integer(v, "lane", 1, HM_LANE_MAX, &n, err));
    *lane = (int32_t)n;
    return HM_OK;
}

static hm_status read_charge(const hm_json *v, hm_charge *c, hm_err *err)
{
    int64_t ms = 0;
    HM_TRY(read_lane_number(v, &c->lane, err));
    c->has_reaction = hm_json_find(v, "reaction_ms") != NULL;
    if (c->has_reaction)
        HM_TRY(hm_json_get_integer(v, "reaction_ms", -10000, 60000, &ms, err));
    c->reaction_ms = (int32_t)ms;
    HM_TRY(read_card(v, &c->card, err));
    return hm_json_get_bool(v, "protest", &c->protest, err);
}

static hm_status read_start(const hm_json *v, hm_arena *arena, hm_start_ruling *s, hm_err *err)
{
    int32_t verdict;
    const hm_json *charged;
    HM_TRY(hm_json_get_word(v, "verdict", N_VERDICT, verdict_word, &verdict, err));
    s->verdict = (hm_start_verdict)verdict;
    HM_TRY(hm_json_get_bool(v, "ran", &s->ran, err));
    HM_TRY(hm_json_get_bool(v, "field_warned", &s->field_warned, err));
    HM_TRY(hm_json_get_array(v, "charged", &charged, err));
    s->n_charge = charged->n;
    s->charge = HM_PUSH(arena, hm_charge, charged->n);
    if (!s->charge)
        return no_memory(err);
    for (int32_t i = 0; i < charged->n; i++)
        HM_TRY(read_charge(&charged->as.item[i], &s->charge[i], err));
    return HM_OK;
}

static hm_status read_lane(const hm_json *v, hm_lane_ruling *l, hm_err *err)
{
    HM_TRY(read_lane_number(v, &l->lane, err));
    HM_TRY(hm_json_get_text(v, "rule", &l->rule, err));
    HM_TRY(hm_json_get_bool(v, "protest", &l->protest, err));
    HM_TRY(read_card(v, &l->card, err));
    if (hm_json_find(v, "photo_line"))
        HM_TRY(hm_json_get_integer(v, "photo_line", 1, INT64_C(3600000000), &l->photo_line, err));
    return hm_json_get_bool(v, "thousandths", &l->thousandths, err);
}

static hm_status read_condition(const hm_json *v, hm_condition *c, hm_err *err)
{
    int32_t answer;
    HM_TRY(hm_json_get_text(v, "what", &c->what, err));
    HM_TRY(hm_json_get_text(v, "rule", &c->rule, err));
    HM_TRY(hm_json_get_word(v, "answer", N_ANSWER, answer_word, &answer, err));
    c->answer = (hm_answer)answer;
    return hm_json_get_text(v, "why", &c->why, err);
}

static hm_status read_wind(const hm_json *v, hm_ruling *r, hm_err *err)
{
    int64_t cmps = 0, dmps = 0;
    int32_t legal;
    r->has_wind = hm_json_find(v, "wind_cmps") != NULL;
    if (r->has_wind) {
        HM_TRY(hm_json_get_integer(v, "wind_cmps", -WIND_MAX, WIND_MAX, &cmps, err));
        HM_TRY(hm_json_get_integer(v, "wind_dmps", -WIND_MAX, WIND_MAX, &dmps, err));
    }
    r->wind_cmps = (int32_t)cmps;
    r->wind_dmps = (int32_t)dmps;
    HM_TRY(hm_json_get_word(v, "wind_legal", N_ANSWER, answer_word, &legal, err));
    r->wind_legal = (hm_answer)legal;
    return HM_OK;
}

static hm_status read_head(const hm_json *v, hm_ruling *r, hm_err *err)
{
    static const char *const timing[] = {"fat", "hand"};
    int64_t rate_hz;
    int32_t hand;
    HM_TRY(hm_json_get_text(v, "edition", &r->edition, err));
    HM_TRY(hm_json_get_text(v, "false_start", &r->false_start, err));
    HM_TRY(hm_json_get_text(v, "record", &r->record, err));
    HM_TRY(hm_json_get_word(v, "timing", 2, timing, &hand, err));
    r->hand = hand == 1;
    HM_TRY(hm_json_get_integer(v, "rate_hz", 100, 1000000, &rate_hz, err));
    r->rate_hz = (int32_t)rate_hz;
    return read_wind(v, r, err);
}

hm_status data_read_ruling(const hm_json *v, hm_arena *arena, const hm_ruling **ruling, hm_err *err)
{
    const hm_json *starts, *lanes, *conditions;
    hm_ruling *r = HM_PUSH(arena, hm_ruling, 1);
    if (!r)
        return no_memory(err);
    HM_TRY(read_head(v, r, err));
    HM_TRY(hm_json_get_array(v, "starts", &starts, err));
    HM_TRY(hm_json_get_array(v, "lanes", &lanes, err));
    HM_TRY(hm_json_get_array(v, "conditions", &conditions, err));
    if (starts->n > HM_START_MAX)
        return hm_json_refuse(starts, err, "at most %d starts", HM_START_MAX);
    r->n_start = starts->n;
    r->start = HM_PUSH(arena, hm_start_ruling, starts->n);
    r->n_lane = lanes->n;
    r->lane = HM_PUSH(arena, hm_lane_ruling, lanes->n);
    r->n_condition = conditions->n;
    r->condition = HM_PUSH(arena, hm_condition, conditions->n);
    if (!r->start || !r->lane || !r->condition)
        return no_memory(err);
    for (int32_t i = 0; i < r->n_start; i++)
        HM_TRY(read_start(&starts->as.item[i], arena, &r->start[i], err));
    for (int32_t i = 0; i < r->n_lane; i++)
        HM_TRY(read_lane(&lanes->as.item[i], &r->lane[i], err));
    for (int32_t i = 0; i < r->n_condition; i++)
        HM_TRY(read_condition(&conditions->as.item[i], &r->condition[i], err));
    *ruling = r;
    return HM_OK;
}

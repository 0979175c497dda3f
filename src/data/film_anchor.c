#include <stdio.h>
#include <string.h>

#include "data/film.h"
#include "io/number.h"

enum { N_PLAIN = 4, TEXT_MAX = 80 };

static const char *const plain_word[N_PLAIN] = {"gun", "set", "finish", "last"};

static hm_status refuse(const char *text, hm_err *err)
{
    return hm_err_set(err, HM_ERR_INPUT, NULL, 0, 0, NULL,
                      "expected gun, set, finish, last, leader@METRES or laneN@METRES, then "
                      "optionally +SECONDS or -SECONDS; found \"%.60s\"",
                      text);
}

/* "leader@40" or "lane5@40", without the seconds. */
static bool parse_place(char *word, hm_anchor *a)
{
    char *mark = strchr(word, '@');
    if (!mark || hm_number_parse(mark + 1, '.', &a->x_m) != HM_NUMBER_OK)
        return false;
    *mark = 0;
    int64_t lane = 0;
    a->at = HM_AT_LEADER;
    if (strcmp(word, "leader") == 0)
        return true;
    if (strncmp(word, "lane", 4) != 0 || hm_number_parse_int(word + 4, &lane) != HM_NUMBER_OK ||
        lane < 1 || lane > HM_LANE_MAX)
        return false;
    a->at = HM_AT_LANE;
    a->lane = (int32_t)lane;
    return true;
}

hm_status hm_anchor_parse(const char *text, hm_anchor *a, hm_err *err)
{
    char word[TEXT_MAX];
    if (strlen(text) >= sizeof word)
        return refuse(text, err);
    snprintf(word, sizeof word, "%s", text);
    hm_anchor made = {0};
    char *sign = strpbrk(word, "+-");
    if (sign) {
        if (sign[1] == '+' || sign[1] == '-' ||
            hm_number_parse(sign, '.', &made.plus_s) != HM_NUMBER_OK)
            return refuse(text, err);
        *sign = 0;
    }
    bool is_known = parse_place(word, &made);
    for (int i = 0; i < N_PLAIN; i++)
        if (strcmp(word, plain_word[i]) == 0) {
            made.at = (hm_anchor_at)i;
            is_known = true;
        }
    if (!is_known)
        return refuse(text, err);
    *a = made;
    return HM_OK;
}

void hm_anchor_text(const hm_anchor *a, char *buf, size_t n)
{
    char x[HM_NUMBER_BUF], plus[HM_NUMBER_BUF] = "";
    hm_number_print(a->x_m, x);
    if (a->plus_s < 0 || a->plus_s > 0)
        hm_number_print(a->plus_s, plus);
    const char *sign = a->plus_s > 0 ? "+" : "";
    if (a->at == HM_AT_LEADER)
        snprintf(buf, n, "leader@%s%s%s", x, sign, plus);
    else if (a->at == HM_AT_LANE)
        snprintf(buf, n, "lane%d@%s%s%s", (int)a->lane, x, sign, plus);
    else
        snprintf(buf, n, "%s%s%s", plain_word[a->at], sign, plus);
}

#include "race/rules.h"

#include <string.h>

static const uint32_t rules_cookie = 0x72756c65;

static const char *const edition_word[] = {"wa_2025", "wma_2025", "wpa_2024", NULL};
static const char *const false_start_word[] = {"immediate", "field_warning", "personal_warning",
                                               NULL};
static const char *const lane_word[] = {"lot", "seed", NULL};
static const char *const scheme_word[] = {"wa_2025", "iaaf_2019", "wpa_2024_vi", NULL};
static const char *const progression_word[] = {"auto", "wpa_2024", "wma_2025", "own", NULL};
static const char *const heat_word[] = {"zigzag", "similar", NULL};
static const char *const timing_word[] = {"fat", "hand", NULL};
static const char *const overflow_word[] = {"ask", "lots_all", "lots_surplus", NULL};

#define AT(field) #field, offsetof(hm_rules, field)
static const hm_option row[] = {
    {AT(edition), HM_OPTION_WORD, "", HM_EDITION_WA_2025, 0, 0, edition_word,
     "edition of the rules, named in the result", ""},
    {AT(false_start), HM_OPTION_WORD, "", HM_FALSE_START_IMMEDIATE, 0, 0, false_start_word,
     "who is out after a false start", "TR16.8, TR39.8.3, WMA16.8"},
    {AT(blocks), HM_OPTION_BOOL, "", 1, 0, 1, NULL, "starting blocks are required", "TR15.1"},
    {AT(crouch), HM_OPTION_BOOL, "", 1, 0, 1, NULL, "a crouch start is required", "TR16.3"},
    {AT(sis), HM_OPTION_BOOL, "", 1, 0, 1, NULL, "a start information system is linked", "TR16.6"},
    {AT(lanes_first_round), HM_OPTION_WORD, "", HM_LANES_LOT, 0, 0, lane_word,
     "lanes of the first round", "TR20.4"},
    {AT(lanes_final_only), HM_OPTION_WORD, "", HM_LANES_LOT, 0, 0, lane_word,
     "lanes of a final without rounds before it", "TR20.5"},
    {AT(lane_scheme), HM_OPTION_WORD, "", HM_SCHEME_WA_2025, 0, 0, scheme_word,
     "which ranks draw which lanes in later rounds", "TR20.4.3"},
    {AT(progression), HM_OPTION_WORD, "", HM_PROGRESSION_AUTO, 0, 0, progression_word,
     "table of heats and places; auto = by the number of lanes", "TR20.8"},
    {AT(heats), HM_OPTION_WORD, "", HM_HEATS_ZIGZAG, 0, 0, heat_word,
     "how seeds are spread over heats", "TR20.3.3, TR39.7"},
    {AT(timing), HM_OPTION_WORD, "", HM_TIMING_RULE_FAT, 0, 0, timing_word,
     "fully automatic or by hand", "TR19.1"},
    {AT(fill_vacancies), HM_OPTION_BOOL, "", 0, 0, 1, NULL,
     "the next ranked takes the lane of one who withdraws", "TR20.2.1"},
    {AT(keep_time_qualifiers), HM_OPTION_BOOL, "", 0, 0, 1, NULL,
     "ties for a place take no time places while lanes are free", "TR20.8"},
    {AT(tie_overflow), HM_OPTION_WORD, "", HM_TIE_ASK, 0, 0, overflow_word,
     "a tie for the last place that no lane is left for", "TR21.3, open"},
    {AT(track_lanes), HM_OPTION_INT, "", 8, 2, 10, NULL, "lanes of the straight", "TR14.5"},
    {AT(rate_hz), HM_OPTION_INT, "Hz", 1000, 100, 1000000, NULL,
     "image lines a second of the photo finish", "TR19.13.1"},
};
#undef AT

_Static_assert(sizeof(hm_rules) == 56, "a field of hm_rules lacks its row");

const hm_option_table hm_rules_table = {"rules", sizeof(hm_rules), sizeof row / sizeof *row, row};

hm_rules hm_rules_default(void)
{
    hm_rules r = {.cookie = rules_cookie};
    hm_option_defaults(&hm_rules_table, &r);
    return r;
}

hm_status hm_rules_preset(const char *preset, hm_rules *rules, hm_err *err)
{
    hm_rules r = hm_rules_default();
    if (strcmp(preset, "combined") == 0) {
        r.false_start = HM_FALSE_START_FIELD_WARNING; /* TR39.8.3 */
        r.heats = HM_HEATS_SIMILAR;                   /* TR39.7 */
    } else if (strcmp(preset, "masters") == 0) {
        r.edition = HM_EDITION_WMA_2025;
        r.false_start = HM_FALSE_START_PERSONAL_WARNING; /* WMA16.8 */
        r.blocks = r.crouch = false;                     /* WMA15 */
        r.lanes_final_only = HM_LANES_SEED;              /* WMA20.2.2 */
        r.progression = HM_PROGRESSION_WMA_2025;         /* WMA, Appendix C */
    } else if (strcmp(preset, "para") == 0) {
        r.edition = HM_EDITION_WPA_2024;
        r.progression = HM_PROGRESSION_WPA_2024; /* WPA21.2 */
        r.blocks = r.crouch = r.sis = false;     /* WPA16: T11-13 and T20 set them */
    } else if (strcmp(preset, "open") != 0) {
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--rules",
                          "expected open, combined, masters or para, found \"%s\"", preset);
    }
    *rules = r;
    return HM_OK;
}

hm_status hm_rules_check(const hm_rules *r, hm_err *err)
{
    HM_ASSERT(r->cookie == rules_cookie);
    HM_TRY(hm_option_check(&hm_rules_table, r, err));
    if (r->rate_hz % 100 != 0)
        return hm_err_set(err, HM_ERR_USAGE, "rules", 0, 0, "rate_hz",
                          "expected a multiple of 100, so that no image line straddles two "
                          "official times, found %d",
                          r->rate_hz);
    return HM_OK;
}

const char *hm_edition_text(const hm_rules *rules)
{
    return edition_word[rules->edition];
}

const char *hm_false_start_text(const hm_rules *rules)
{
    return false_start_word[rules->false_start];
}

const char *hm_false_start_rule(const hm_rules *rules)
{
    static const char *const rule[] = {"TR16.8", "TR39.8.3", "WMA16.8"};
    if (rules->edition == HM_EDITION_WPA_2024 && rules->false_start == HM_FALSE_START_IMMEDIATE)
        return "WPA17.8";
    return rule[rules->false_start];
}

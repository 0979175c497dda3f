#include "results_priv.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "io/number.h"
#include "io/utf8.h"

hm_status results_check(const hm_meet *meet, hm_err *err)
{
    HM_TRY(hm_meet_check(meet, err));
    for (int32_t i = 0; i < meet->n_heat; i++)
        for (int32_t k = 0; k < meet->heat[i].n_mark; k++) {
            const hm_mark *m = &meet->heat[i].mark[k];
            if (m->status != HM_MARK_FINISHED || !m->time_us || m->official_cs)
                continue;
            char where[64];
            snprintf(where, sizeof where, "heat %d, row %d", i + 1, k + 1);
            return hm_err_set(err, HM_ERR_INPUT, where, 0, 0, "official",
                              "expected an official time, found a reading alone");
        }
    return HM_OK;
}

/* ---- marks and winds ---- */

const char *results_mark(const hm_heat *h, const hm_mark *m, const char *by_hand,
                         char text[RESULTS_TEXT])
{
    static const char *const word[] = {
        [HM_MARK_ENTERED] = "", [HM_MARK_FINISHED] = "", [HM_MARK_DNS] = "DNS",
        [HM_MARK_DNF] = "DNF",  [HM_MARK_DQ] = "DQ",     [HM_MARK_UNKNOWN] = ""};
    snprintf(text, RESULTS_TEXT, "%s", word[m->status]);
    if (m->status != HM_MARK_FINISHED || !m->official_cs)
        return text;
    int32_t s = m->official_cs / 100, cs = m->official_cs % 100;
    bool hand = h->timing == HM_TIMING_HAND && cs % 10 == 0;
    int n = 0;
    if (s >= 3600)
        n = snprintf(text, RESULTS_TEXT, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
    else if (s >= 60)
        n = snprintf(text, RESULTS_TEXT, "%d:%02d", s / 60, s % 60);
    else
        n = snprintf(text, RESULTS_TEXT, "%d", s);
    if (hand)
        snprintf(text + n, RESULTS_TEXT - (size_t)n, ".%d%s", cs / 10, by_hand);
    else
        snprintf(text + n, RESULTS_TEXT - (size_t)n, ".%02d", cs);
    return text;
}

const char *results_wind(const hm_heat *h, bool plus, char text[RESULTS_TEXT])
{
    int32_t v = h->wind_cmps < 0 ? -h->wind_cmps : h->wind_cmps;
    const char *sign = h->wind_cmps < 0 ? "-" : plus && v ? "+" : "";
    text[0] = '\0';
    if (h->has_wind && v % 10)
        snprintf(text, RESULTS_TEXT, "%s%d.%02d", sign, v / 100, v % 100);
    else if (h->has_wind)
        snprintf(text, RESULTS_TEXT, "%s%d.%d", sign, v / 100, v % 100 / 10);
    return text;
}

/* ---- events ---- */

const char *results_discipline(const hm_heat *h, char text[RESULTS_CODE])
{
    char number[HM_NUMBER_BUF];
    size_t n = strspn(h->code, "0123456789");
    if (n && h->code[n] == 'm') /* "100m", "110mH" */
        snprintf(text, RESULTS_CODE, "%.*s%s", (int)n, h->code, h->code + n + 1);
    else
        snprintf(text, RESULTS_CODE, "%s", h->code);
    if (!text[0] && isfinite(h->distance_m) && h->distance_m > 0) {
        hm_number_print(h->distance_m, number);
        snprintf(text, RESULTS_CODE, "%s", number);
    }
    text[hm_utf8_clip(text, RESULTS_CODE - 1)] = '\0';
    return text;
}

bool results_sex(const hm_heat *h, const hm_mark *m, hm_sex *sex)
{
    *sex = m->who.has_sex ? m->who.sex : h->sex;
    return m->who.has_sex || h->has_sex;
}

bool results_same_event(const hm_heat *a, const hm_heat *b)
{
    return strcmp(a->event, b->event) == 0 && strcmp(a->code, b->code) == 0 &&
           a->has_sex == b->has_sex && (!a->has_sex || a->sex == b->sex);
}

static bool holds(const char *folded, const char *word)
{
    return strstr(folded, word) != NULL;
}

/* By name, when it says: "Semi-Final", "SF", "Heats". */
static bool stage_by_name(const char *name, results_stage *stage)
{
    char key[64];
    hm_utf8_fold(name, key, sizeof key);
    if (holds(key, "semi") || strcmp(key, "sf") == 0)
        *stage = RESULTS_SEMIFINAL;
    else if (holds(key, "quarter") || strcmp(key, "qf") == 0)
        *stage = RESULTS_QUARTERFINAL;
    else if (holds(key, "final") || strcmp(key, "f") == 0)
        *stage = RESULTS_FINAL;
    else if (holds(key, "heat") || holds(key, "prelim") || holds(key, "qualif") ||
             (key[0] == 'r' && isdigit((unsigned char)key[1])) || strncmp(key, "round", 5) == 0)
        *stage = RESULTS_PRELIMINARY;
    else
        return false;
    return true;
}

results_stage results_stage_of(const hm_meet *meet, const hm_heat *h)
{
    results_stage stage;
    if (stage_by_name(h->round_name, &stage))
        return stage;
    int32_t last = h->round, first = h->round;
    for (int32_t i = 0; i < meet->n_heat; i++)
        if (results_same_event(&meet->heat[i], h)) {
            last = meet->heat[i].round > last ? meet->heat[i].round : last;
            first = meet->heat[i].round < first ? meet->heat[i].round : first;
        }
    int32_t before = last - h->round, rounds = last - first + 1;
    if (before == 0)
        return RESULTS_FINAL;
    if (before == 1 && rounds >= 3)
        return RESULTS_SEMIFINAL;
    return before == 2 && rounds >= 4 ? RESULTS_QUARTERFINAL : RESULTS_PRELIMINARY;
}

/* ---- dates and countries ---- */

bool results_is_date(const char *text)
{
    static const char form[] = "dddd-dd-dd";
    if (strlen(text) != sizeof form - 1)
        return false;
    for (size_t i = 0; form[i]; i++)
        if (form[i] == 'd' ? !isdigit((unsigned char)text[i]) : text[i] != '-')
            return false;
    return true;
}

bool results_is_country(const char *text)
{
    /* codes of the International Olympic Committee, as the draft lists them */
    static const char code[] =
        "AFG AIA ALB ALG AND ANG ANT ARG ARM ART ARU ASA AUS AUT AZE BAH BAN BAR BDI BEL BEN BER "
        "BHU BIH BIZ BLR BOL BOT BRA BRN BRU BUL BUR CAF CAM CAN CAY CGO CHA CHI CHN CIV CMR COD "
        "COK COL COM CPV CRC CRO CUB CYP CZE DEN DJI DMA DOM ECU EGY ERI ESA ESP EST ETH FIJ FIN "
        "FRA FSM GAB GAM GBR GBS GEO GEQ GER GHA GIB GRE GRN GUA GUI GUM GUY HAI HKG HON HUN INA "
        "IND IRI IRL IRQ ISL ISR ISV ITA IVB JAM JOR JPN KAZ KEN KGZ KIR KOR KOS KSA KUW LAO LAT "
        "LBA LBN LBR LCA LES LIE LTU LUX MAC MAD MAR MAS MAW MDA MDV MEX MGL MHL MKD MLI MLT MNE "
        "MNT MON MOZ MRI MTN MYA NAM NCA NED NEP NFI NGR NIG NMI NOR NRU NZL OMA PAK PAN PAR PER "
        "PHI PLE PLW PNG POL POR PRK PUR PYF QAT ROU RSA RUS RWA SAM SEN SEY SGP SKN SLE SLO SMR "
        "SOL SOM SRB SRI SSD STP SUD SUI SUR SVK SWE SWZ SYR TAN TGA THA TJK TKM TKS TLS TOG TPE "
        "TTO TUN TUR TUV UAE UGA UKR URU USA UZB VAN VEN VIE VIN YEM ZAM ZIM";
    if (strlen(text) != 3 || strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3)
        return false;
    for (size_t i = 0; i + 3 < sizeof code; i += 4)
        if (memcmp(code + i, text, 3) == 0)
            return true;
    return false;
}

#include "columns_priv.h"

#include <string.h>

#include "io/column.h"
#include "io/number.h"

static const hm_unit unit_second[] = {{"s", 1},     {"sec", 1},  {"secs", 1},  {"seconds", 1},
                                      {"sek", 1},   {"秒", 1},   {"ms", 1e-3}, {"msec", 1e-3},
                                      {"us", 1e-6}, {"min", 60}, {0}};
static const hm_unit unit_metre[] = {
    {"m", 1},      {"meter", 1},   {"meters", 1},  {"metres", 1}, {"cm", 0.01},
    {"mm", 0.001}, {"yd", 0.9144}, {"ft", 0.3048}, {"km", 1000},  {0}};
/* mile 1609.344 m; yard 0.9144 m (international, 1959) */
static const hm_unit unit_speed[] = {{"mps", 1},
                                     {"m/s", 1},
                                     {"ms", 1},
                                     {"m_s", 1},
                                     {"m.s_1", 1},
                                     {"m*s_1", 1},
                                     {"m_s_1", 1},
                                     {"m·s_1", 1},
                                     {"m/sec", 1},
                                     {"kmh", 1 / 3.6},
                                     {"km/h", 1 / 3.6},
                                     {"km_h", 1 / 3.6},
                                     {"km_h_1", 1 / 3.6},
                                     {"kph", 1 / 3.6},
                                     {"mph", 1609.344 / 3600},
                                     {0}};
static const hm_unit unit_kilogram[] = {{"kg", 1}, {"lb", 0.45359237}, {"lbs", 0.45359237}, {0}};
static const hm_unit unit_year[] = {{"y", 1},     {"yr", 1}, {"yrs", 1}, {"years", 1},
                                    {"jahre", 1}, {"歳", 1}, {0}};
static const hm_unit unit_celsius[] = {{"c", 1},       {"°c", 1}, {"deg_c", 1},
                                       {"celsius", 1}, {"℃", 1},  {0}};
/* Torr 101325/760 Pa */
static const hm_unit unit_pascal[] = {{"pa", 1},
                                      {"hpa", 100},
                                      {"mbar", 100},
                                      {"kpa", 1000},
                                      {"bar", 1e5},
                                      {"torr", 101325.0 / 760},
                                      {"mmhg", 101325.0 / 760},
                                      {0}};

static const hm_column column_row[COL_COUNT] = {
    [COL_ATHLETE] = {"athlete",
                     NULL,
                     1,
                     {"athlete", "name", "runner", "player", "subject", "participant", "id",
                      "athlete_id", "player_name", "athlete_name", "sportler", "athlet", "proband",
                      "spieler", "名前", "氏名", "選手", "選手名"}},
    [COL_RUN] = {"run",
                 NULL,
                 1,
                 {"run", "trial", "attempt", "rep", "sprint", "run_id", "trial_id", "set", "lauf",
                  "versuch", "durchgang", "試技", "本目", "回"}},
    [COL_DATE] = {"date", NULL, 1, {"date", "day", "session", "datum", "tag", "日付", "期日"}},
    [COL_DEVICE] = {"device", NULL, 1, {"device", "system", "instrument", "gerät", "機器"}},
    [COL_ZERO] = {"time_zero", NULL, 1, {"time_zero", "zero", "t0", "nullpunkt"}},
    [COL_GATE0] = {"gate0_m", unit_metre, 1, {"gate0", "first_gate", "flying_distance"}},
    [COL_REACTION] = {"reaction_s",
                      unit_second,
                      1,
                      {"reaction", "reaction_time", "rt", "react", "reaktion", "reaktionszeit",
                       "反応", "反応時間", "リアクション"}},
    [COL_ROUNDED] = {"rounded_up_s", unit_second, 1, {"rounded_up", "aufgerundet", "切り上げ"}},
    [COL_MASS] = {"mass_kg",
                  unit_kilogram,
                  1,
                  {"mass", "weight", "body_mass", "bodymass", "bodyweight", "body_weight", "bm",
                   "gewicht", "masse", "körpermasse", "体重"}},
    [COL_STATURE] = {"stature_m",
                     unit_metre,
                     0,
                     {"stature", "height", "body_height", "bodyheight", "größe", "körpergröße",
                      "körperhöhe", "身長"}},
    [COL_AGE] = {"age", unit_year, 1, {"age", "alter", "年齢"}},
    [COL_WIND] = {"wind_mps", unit_speed, 1, {"wind", "wind_speed", "風", "風速"}},
    [COL_ALTITUDE] = {"altitude_m", unit_metre, 1, {"altitude", "elevation", "höhe", "標高"}},
    [COL_TEMP] = {"temp_c",
                  unit_celsius,
                  1,
                  {"temp", "temperature", "air_temperature", "temperatur", "気温"}},
    [COL_PRESSURE] = {"pressure_pa",
                      unit_pascal,
                      0,
                      {"pressure", "air_pressure", "barometric_pressure", "luftdruck", "気圧"}},
    [COL_TIME] = {"time_s",
                  unit_second,
                  1,
                  {"time", "t", "split", "split_time", "elapsed", "elapsed_time", "timestamp",
                   "seconds", "zeit", "sekunden", "laufzeit", "zwischenzeit", "タイム", "時間",
                   "秒"}},
    [COL_DISTANCE] = {"distance_m",
                      unit_metre,
                      1,
                      {"distance", "dist", "x", "d", "position", "pos", "gate", "metres", "meters",
                       "distanz", "strecke", "weg", "entfernung", "距離", "位置"}},
    [COL_SPEED] = {"speed_mps",
                   unit_speed,
                   0,
                   {"speed", "velocity", "v", "vel", "raw_velocity", "velocity_raw",
                    "geschwindigkeit", "tempo", "速度", "スピード"}},
    [COL_SIGMA_S] = {"sigma_s",
                     NULL,
                     1,
                     {"sigma_s", "sd_s", "se_s", "sigma_time_s", "sigma_time", "time_sd"}},
    [COL_SIGMA_M] = {"sigma_m",
                     NULL,
                     1,
                     {"sigma_m", "sd_m", "se_m", "sigma_distance_m", "sigma_distance"}},
    [COL_SIGMA_MPS] = {"sigma_mps",
                       unit_speed,
                       1,
                       {"sigma_mps", "sd_mps", "sigma_speed", "sd_speed", "sigma_velocity",
                        "speed_sd", "velocity_sd"}},
    [COL_SIGMA] = {"sigma", NULL, 1, {"sigma", "sd", "se", "error", "uncertainty", "fehler"}},
    [COL_LANE] = {"lane", NULL, 1, {"lane", "ln", "bahn", "レーン", "コース"}},
    [COL_KIND] = {"kind", NULL, 1, {"kind", "observation", "art"}},
    [COL_UNUSED] = {"note",
                    NULL,
                    1,
                    {"row",     "index",   "sample",  "no",      "nr",     "team",
                     "club",    "country", "surface", "sex",     "gender", "acceleration",
                     "acc",     "a",       "force",   "f",       "power",  "acceleration_mps2",
                     "force_n", "power_w", "note",    "comment", "source", "status"}},
};

/* "0_10", "10_20_m", "10–20m", "10_to_20": cut between its numbers, the second a key of its own. */
static bool cut_piece(const char *key, const char *const before[], double *from_m,
                      const char **second)
{
    static const char *const between[] = {"_to_", "m_to_", "_m_to_", "_bis_", "_–_", "–",
                                          "~",    "〜",    "m_",     "_m_",   "_",   NULL};
    const char *number = key;
    for (int i = 0; before[i] && number == key; i++)
        if (strncmp(key, before[i], strlen(before[i])) == 0)
            number = key + strlen(before[i]);
    size_t n = strspn(number, "0123456789.");
    char text[16];
    if (n == 0 || n >= sizeof text)
        return false;
    memcpy(text, number, n);
    text[n] = '\0';
    for (int i = 0; between[i]; i++) {
        const char *rest = number + n + strlen(between[i]);
        if (strncmp(number + n, between[i], strlen(between[i])) == 0 && *rest >= '0' &&
            *rest <= '9') {
            *second = rest;
            return hm_number_parse(text, '.', from_m) == HM_NUMBER_OK;
        }
    }
    return false;
}

measure_meaning measure_column_of(const char *header)
{
    static const char *const before[] = {"split_", "split", "time_", "t_",   "t", "zeit_",
                                         "gate_",  "通過_", "x",     "bis_", NULL};
    static const char *const after[] = {"m",        "_m",        "m_s",    "_m_s",     "_s",
                                        "m_split",  "m通過",     "m_time", "m_time_s", "m_zeit",
                                        "m_zeit_s", "_m_time_s", NULL};
    static const char *const bare[] = {"", NULL}, *const none[] = {NULL};
    char key[HM_COLUMN_KEY];
    const char *second;
    hm_column_fold(header, key);
    measure_meaning m = {.column = COL_UNKNOWN, .scale = 1};
    int32_t c = hm_column_find(key, COL_COUNT, column_row, &m.scale);
    if (c >= 0)
        m.column = (measure_column)c;
    else if (hm_column_number(key, before, after, &m.distance_m) ||
             (m.bare = hm_column_number(key, before, bare, &m.distance_m)))
        m.column = m.distance_m <= 500 ? COL_SPLIT : COL_UNKNOWN;
    else if (cut_piece(key, before, &m.from_m, &second) &&
             (hm_column_number(second, none, after, &m.distance_m) ||
              hm_column_number(second, none, bare, &m.distance_m)) &&
             m.from_m < m.distance_m && m.distance_m <= 500)
        m.column = COL_PIECE;
    m.bare = m.bare && key[0] >= '0' && key[0] <= '9';
    return m;
}

const char *measure_column_name(measure_column c)
{
    return c < COL_COUNT ? column_row[c].name : NULL;
}

const char *measure_column_nearest(const char *header)
{
    return hm_column_nearest(header, COL_UNUSED, column_row);
}

bool measure_key_is_remark(const char *key)
{
    static const hm_column remark[] = {
        {"source",
         NULL,
         1,
         {"source", "sources", "note", "notes", "licence", "license", "verified", "comment", "meet",
          "event", "round", "venue", "place", "team", "sex", "quelle", "出典", "注"}}};
    char folded[HM_COLUMN_KEY];
    double scale;
    hm_column_fold(key, folded);
    return hm_column_find(folded, 1, remark, &scale) == 0;
}

double measure_unit_of(measure_column c, const char *unit)
{
    /* names of these say their unit; a cell may say another */
    const hm_unit *list = c == COL_SIGMA_S   ? unit_second
                          : c == COL_SIGMA_M ? unit_metre
                                             : column_row[c].unit;
    return hm_unit_find(unit, list);
}

measure_bounds measure_column_bounds(measure_column c)
{
    /* as hm_trace_check has them; of times any clock's, they are checked when they are counted from
     * the first */
    static const measure_bounds row[COL_COUNT] = {
        [COL_GATE0] = {offsetof(hm_trace, gate0_m), -10, 200},
        [COL_REACTION] = {offsetof(hm_trace, reaction_s), 0, 10},
        [COL_ROUNDED] = {offsetof(hm_trace, rounded_up_s), 1e-6, 1},
        [COL_MASS] = {offsetof(hm_trace, mass_kg), 8, 220},
        [COL_STATURE] = {offsetof(hm_trace, stature_m), 0.7, 2.5},
        [COL_AGE] = {offsetof(hm_trace, age_yr), 3, 110},
        [COL_WIND] = {offsetof(hm_trace, wind_mps), -20, 20},
        [COL_ALTITUDE] = {offsetof(hm_trace, altitude_m), -430, 5500},
        [COL_TEMP] = {offsetof(hm_trace, temp_c), -40, 55},
        [COL_PRESSURE] = {offsetof(hm_trace, pressure_pa), 40000, 110000},
        [COL_TIME] = {offsetof(hm_obs, time_s), -1e13, 1e13},
        [COL_DISTANCE] = {offsetof(hm_obs, distance_m), -10, 500},
        [COL_SPEED] = {offsetof(hm_obs, speed_mps), -5, 20},
        [COL_SIGMA_S] = {offsetof(hm_obs, sigma_s), 1e-9, 100},
        [COL_SIGMA_M] = {offsetof(hm_obs, sigma_m), 1e-9, 100},
        [COL_SIGMA_MPS] = {offsetof(hm_obs, sigma_mps), 1e-9, 100},
        [COL_SIGMA] = {0, 1e-9, 100},
    };
    return row[c];
}

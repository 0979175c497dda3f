#include "sheet_priv.h"

#include "io/column.h"

static const hm_unit unit_second[] = {{"s", 1},  {"sec", 1},   {"sek", 1},
                                      {"秒", 1}, {"ms", 1e-3}, {0}};
static const hm_unit unit_metre[] = {{"m", 1}, {"cm", 0.01}, {0}};
static const hm_unit unit_kilogram[] = {{"kg", 1}, {0}};
static const hm_unit unit_year[] = {{"yr", 1}, {"years", 1}, {"jahre", 1}, {"歳", 1}, {0}};

static const hm_column column_row[SHEET_FIXED_COUNT] = {
    [SHEET_LANE] = {"lane", NULL, 1, {"lane", "ln", "bahn", "レーン", "コース"}},
    [SHEET_NAME] = {"name",
                    NULL,
                    1,
                    {"name", "athlete", "runner", "sportler", "athlet", "名前", "氏名", "選手",
                     "選手名"}},
    [SHEET_TEAM] = {"team",
                    NULL,
                    1,
                    {"team", "club", "country", "nation", "nat", "school", "affiliation", "verein",
                     "schule", "land", "所属", "学校", "チーム", "国"}},
    [SHEET_BIB] = {"bib", NULL, 1, {"bib", "number", "startnummer", "ゼッケン", "ナンバー"}},
    [SHEET_FORM] = {"form", NULL, 1, {"form", "フォーム"}},
    [SHEET_SEX] = {"sex", NULL, 1, {"sex", "gender", "geschlecht", "性別"}},
    [SHEET_AGE] = {"age", unit_year, 1, {"age", "alter", "年齢"}},
    [SHEET_BORN] = {"born",
                    NULL,
                    1,
                    {"born", "birth", "birth_date", "date_of_birth", "dob", "geboren",
                     "geburtsdatum", "jahrgang", "生年月日", "生年"}},
    [SHEET_STATURE] = {"stature_m",
                       unit_metre,
                       0,
                       {"stature", "height", "größe", "körpergröße", "身長"}},
    [SHEET_MASS] = {"mass_kg", unit_kilogram, 1, {"mass", "weight", "gewicht", "masse", "体重"}},
    [SHEET_REACTION] = {"reaction_s",
                        unit_second,
                        1,
                        {"reaction", "reaction_time", "rt", "react", "reactime", "reaktion",
                         "reaktionszeit", "反応", "反応時間", "リアクション"}},
    [SHEET_PB] = {"pb_s",
                  unit_second,
                  1,
                  {"pb", "personal_best", "bestleistung", "自己ベスト", "自己記録"}},
    [SHEET_SB] = {"sb_s",
                  unit_second,
                  1,
                  {"sb", "season_best", "seasons_best", "saisonbestleistung", "今季ベスト",
                   "シーズンベスト"}},
    [SHEET_TIME] = {"time_s",
                    unit_second,
                    1,
                    {"time", "t", "result", "mark", "finish", "official_time", "zeit", "endzeit",
                     "ergebnis", "100m", "100_m", "記録", "タイム", "結果"}},
    [SHEET_PLACE] = {"place",
                     NULL,
                     1,
                     {"place", "rank", "pos", "position", "platz", "rang", "順位", "着順"}},
    [SHEET_STATUS] = {"status", NULL, 1, {"status", "state", "comment", "状態", "備考"}},
};

static const hm_column key_row[SHEET_KEY_COUNT] = {
    [SHEET_KEY_MEET] = {"meet",
                        NULL,
                        1,
                        {"meet", "meeting", "competition", "wettkampf", "大会", "大会名"}},
    [SHEET_KEY_EVENT] = {"event", NULL, 1, {"event", "discipline", "disziplin", "種目"}},
    [SHEET_KEY_DATE] = {"date", NULL, 1, {"date", "datum", "日付", "期日"}},
    [SHEET_KEY_ROUND] = {"round", NULL, 1, {"round", "heat", "runde", "lauf", "ラウンド", "組"}},
    [SHEET_KEY_VENUE] = {"venue",
                         NULL,
                         1,
                         {"venue", "place", "stadium", "location", "ort", "stadion", "会場",
                          "場所"}},
    [SHEET_KEY_WIND] = {"wind_mps", NULL, 1, {"wind_mps", "wind", "風", "風速"}},
    [SHEET_KEY_ALTITUDE] = {"altitude_m", unit_metre, 1, {"altitude", "elevation", "höhe", "標高"}},
    [SHEET_KEY_TEMP] = {"temp_c", NULL, 1, {"temp_c", "temp", "temperature", "temperatur", "気温"}},
    [SHEET_KEY_START] = {"start", NULL, 1, {"start", "スタート"}},
    [SHEET_KEY_GREEN] = {"green", NULL, 1, {"green", "green_card"}},
    [SHEET_KEY_SEX] = {"sex", NULL, 1, {"sex", "gender", "geschlecht", "性別"}},
    [SHEET_KEY_AGE] = {"age", unit_year, 1, {"age", "alter", "年齢"}},
    [SHEET_KEY_RECORD] = {"record_s", unit_second, 1, {"record", "rekord"}},
    [SHEET_KEY_RECORD_NAME] = {"record_name", NULL, 1, {"record_name"}},
    [SHEET_KEY_SOURCE] = {"source", NULL, 1, {"source", "sources", "quelle", "出典"}},
    [SHEET_KEY_REMARK] = {"note",
                          NULL,
                          1,
                          {"note", "notes", "licence", "license", "verified", "注"}},
};

/* split_50_s, split_50, 50m, 50_m_s, t50, t_50_s, 50 ... */
static bool split_of(const char *key, double *split_m)
{
    static const char *const before[] = {"split_", "split", "time_", "t_",
                                         "t",      "zeit_", "通過_", NULL};
    static const char *const after[] = {"",     "m",       "_m",    "_s", "m_s",
                                        "_m_s", "m_split", "m通過", NULL};
    return hm_column_number(key, before, after, split_m) && *split_m > 0 && *split_m < 100;
}

/* start1_reaction_s, start_1; watch1_s, watch 2 ... */
static bool numbered_of(const char *key, sheet_meaning *m)
{
    static const char *const start[] = {"start_", "start", NULL};
    static const char *const watch[] = {"watch_", "watch", NULL};
    static const char *const after[] = {"", "_s", "_reaction_s", "_reaction", NULL};
    double n = 0;
    m->column = SHEET_UNKNOWN;
    if (hm_column_number(key, start, after, &n) && n >= 1 && n < HM_START_MAX)
        m->column = SHEET_START;
    else if (hm_column_number(key, watch, after, &n) && n >= 1 && n <= HM_WATCH_MAX)
        m->column = SHEET_WATCH;
    m->nth = (int32_t)n;
    return m->column != SHEET_UNKNOWN && m->nth == n;
}

sheet_meaning sheet_column_of(const char *header)
{
    char key[HM_COLUMN_KEY];
    hm_column_fold(header, key);
    sheet_meaning m = {.column = SHEET_UNKNOWN, .scale = 1};
    int32_t c = hm_column_find(key, SHEET_FIXED_COUNT, column_row, &m.scale);
    if (c >= 0)
        m.column = (sheet_column)c;
    else if (split_of(key, &m.split_m))
        m.column = SHEET_SPLIT;
    else if (!numbered_of(key, &m))
        m.column = SHEET_UNKNOWN;
    return m;
}

sheet_key sheet_key_of(const char *text)
{
    char key[HM_COLUMN_KEY];
    double scale;
    hm_column_fold(text, key);
    int32_t k = hm_column_find(key, SHEET_KEY_COUNT, key_row, &scale);
    return k >= 0 && scale == 1 ? (sheet_key)k : SHEET_KEY_UNKNOWN;
}

const char *sheet_column_name(sheet_column c)
{
    HM_ASSERT(c < SHEET_FIXED_COUNT);
    return column_row[c].name;
}

const char *sheet_key_name(sheet_key k)
{
    HM_ASSERT(k < SHEET_KEY_COUNT);
    return key_row[k].name;
}

const char *sheet_column_nearest(const char *header)
{
    return hm_column_nearest(header, SHEET_FIXED_COUNT, column_row);
}

const char *sheet_key_nearest(const char *text)
{
    return hm_column_nearest(text, SHEET_KEY_COUNT, key_row);
}

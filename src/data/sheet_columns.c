#include "sheet_priv.h"

#include <string.h>

#include "io/nearest.h"
#include "io/number.h"
#include "io/utf8.h"

/* Names are compared folded: lower case, and one '_' for blanks, brackets, hyphens and '_'. */

enum { ALIAS_MAX = 16, UNIT_MAX = 5 };

typedef struct unit {
    const char *name;
    double scale; /* [1] to SI */
} unit;

static const unit unit_second[] = {{"s", 1}, {"sec", 1}, {"sek", 1}, {"秒", 1}, {"ms", 1e-3}, {0}};
static const unit unit_metre[] = {{"m", 1}, {"cm", 0.01}, {0}};
static const unit unit_kilogram[] = {{"kg", 1}, {0}};
static const unit unit_year[] = {{"yr", 1}, {"years", 1}, {"jahre", 1}, {"歳", 1}, {0}};

static const struct {
    const char *name; /* as docs/formats/sheet.md has it */
    const unit *unit;
    double bare_scale; /* without a unit in the header */
    const char *alias[ALIAS_MAX];
} column_row[SHEET_FIXED_COUNT] = {
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

static const struct {
    const char *name;
    const unit *unit;
    const char *alias[ALIAS_MAX];
} key_row[SHEET_KEY_COUNT] = {
    [SHEET_KEY_MEET] = {"meet",
                        NULL,
                        {"meet", "meeting", "competition", "wettkampf", "大会", "大会名"}},
    [SHEET_KEY_EVENT] = {"event", NULL, {"event", "discipline", "disziplin", "種目"}},
    [SHEET_KEY_DATE] = {"date", NULL, {"date", "datum", "日付", "期日"}},
    [SHEET_KEY_ROUND] = {"round", NULL, {"round", "heat", "runde", "lauf", "ラウンド", "組"}},
    [SHEET_KEY_VENUE] = {"venue",
                         NULL,
                         {"venue", "place", "stadium", "location", "ort", "stadion", "会場",
                          "場所"}},
    [SHEET_KEY_WIND] = {"wind_mps", NULL, {"wind_mps", "wind", "風", "風速"}},
    [SHEET_KEY_ALTITUDE] = {"altitude_m", unit_metre, {"altitude", "elevation", "höhe", "標高"}},
    [SHEET_KEY_TEMP] = {"temp_c", NULL, {"temp_c", "temp", "temperature", "temperatur", "気温"}},
    [SHEET_KEY_START] = {"start", NULL, {"start", "スタート"}},
    [SHEET_KEY_SEX] = {"sex", NULL, {"sex", "gender", "geschlecht", "性別"}},
    [SHEET_KEY_AGE] = {"age", unit_year, {"age", "alter", "年齢"}},
    [SHEET_KEY_REMARK] = {"source",
                          NULL,
                          {"source", "sources", "note", "notes", "licence", "license", "verified",
                           "quelle", "出典", "注"}},
};

/* Fold a name: "Time (s)" and "time_s" become the same. */
static void normalise(const char *text, char *buf, size_t n)
{
    char folded[96];
    hm_utf8_fold(text, folded, sizeof folded);
    size_t at = 0;
    for (const char *s = folded; *s && at + 1 < n; s++) {
        bool wide = !strncmp(s, "（", 3) || !strncmp(s, "）", 3) || !strncmp(s, "　", 3);
        if (wide)
            s += 2;
        char c = wide || strchr(" \t-()[]", *s) ? '_' : *s;
        if (c != '_' || (at > 0 && buf[at - 1] != '_'))
            buf[at++] = c;
    }
    while (at > 0 && buf[at - 1] == '_')
        at--;
    buf[at] = '\0';
}

/* Is key one of the aliases, alone or with a unit behind? *scale = what the unit is worth. */
static bool matches(const char *key, const char *const alias[ALIAS_MAX], const unit *units,
                    double bare_scale, double *scale)
{
    for (int i = 0; i < ALIAS_MAX && alias[i]; i++) {
        size_t n = strlen(alias[i]);
        if (strncmp(key, alias[i], n) != 0)
            continue;
        *scale = bare_scale;
        if (!key[n])
            return true;
        for (const unit *u = units; u && u->name && key[n] == '_'; u++)
            if (strcmp(key + n + 1, u->name) == 0) {
                *scale = u->scale;
                return true;
            }
    }
    return false;
}

/* split_50_s, split_50, 50m, 50_m_s, t50, t_50_s, 50 ... */
static bool split_of(const char *key, double *split_m)
{
    static const char *const before[] = {"split_", "split", "time_", "t_", "t", "zeit_", "通過_"};
    static const char *const after[] = {"", "m", "_m", "_s", "m_s", "_m_s", "m_split", "m通過"};
    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        if (strncmp(key, before[i], strlen(before[i])) == 0) {
            key += strlen(before[i]);
            break;
        }
    size_t n = strspn(key, "0123456789.");
    char number[16];
    if (n == 0 || n >= sizeof number)
        return false;
    memcpy(number, key, n);
    number[n] = '\0';
    bool known = false;
    for (size_t i = 0; i < sizeof after / sizeof *after; i++)
        known |= strcmp(key + n, after[i]) == 0;
    return known && hm_number_parse(number, '.', split_m) == HM_NUMBER_OK && *split_m > 0 &&
           *split_m < 100;
}

sheet_meaning sheet_column_of(const char *header)
{
    char key[96];
    normalise(header, key, sizeof key);
    sheet_meaning m = {.column = SHEET_UNKNOWN, .scale = 1};
    for (int c = 0; c < SHEET_FIXED_COUNT; c++)
        if (matches(key, column_row[c].alias, column_row[c].unit, column_row[c].bare_scale,
                    &m.scale)) {
            m.column = (sheet_column)c;
            return m;
        }
    if (split_of(key, &m.split_m))
        m.column = SHEET_SPLIT;
    return m;
}

sheet_key sheet_key_of(const char *text)
{
    char key[96];
    double scale;
    normalise(text, key, sizeof key);
    for (int k = 0; k < SHEET_KEY_COUNT; k++)
        if (matches(key, key_row[k].alias, key_row[k].unit, 1, &scale) && scale == 1)
            return (sheet_key)k;
    return SHEET_KEY_UNKNOWN;
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
    const char *name[SHEET_FIXED_COUNT];
    for (int c = 0; c < SHEET_FIXED_COUNT; c++)
        name[c] = column_row[c].name;
    char key[96];
    normalise(header, key, sizeof key);
    int32_t i = hm_nearest(key, SHEET_FIXED_COUNT, name);
    return i < 0 ? NULL : name[i];
}

const char *sheet_key_nearest(const char *text)
{
    const char *name[SHEET_KEY_COUNT];
    for (int k = 0; k < SHEET_KEY_COUNT; k++)
        name[k] = key_row[k].name;
    char key[96];
    normalise(text, key, sizeof key);
    int32_t i = hm_nearest(key, SHEET_KEY_COUNT, name);
    return i < 0 ? NULL : name[i];
}

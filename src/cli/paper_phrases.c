/* paper_phrases.c - what the rule book's room remarks in English, in Japanese. */
#include "paper_words.h"

#include <string.h>

enum { PART_MAX = 8 };

/* "*" stands for what differs; {0} {1} ... put it back. */
static const char *const known[][2] = {
    /* race/records.h */
    {"equals or betters the record", "記録と同等またはそれを上回る"},
    {"no mark", "記録なし"},
    {"betters it", "上回る"},
    {"equals it: the same standing", "同等（タイ）"},
    {"slower", "下回る"},
    {"wind at most +2.0 m/s", "追風+2.0 m/s以内"},
    {"no reading (NWI)", "計測なし（NWI）"},
    {"as measured", "計測値による"},
    {"wind-aided", "追風参考"},
    {"told: no", "申告: いいえ"},
    {"told: yes", "申告: はい"},
    {"the result does not tell", "結果からは不明"},
    {"three competitors or more", "3名以上の競技者"},
    {"by the result", "結果による"},
    {"certified facility", "公認競技場"},
    {"fully automatic timing", "全自動計時（写真判定）"},
    {"hand times", "手動計時"},
    {"photo finish", "写真判定"},
    {"zero control test of the session", "ゼロ・コントロールテスト"},
    {"blocks with start information, reactions in the result",
     "スタート・インフォメーション・システムと反応時間の記載"},
    {"no false start of the athlete", "当該競技者の不正スタートなし"},
    {"doping control", "ドーピング検査"},
    /* race/rounds.h */
    {"order of heats by lot (TR20.3.4)", "組の実施順は抽選による（TR20.3.4）"},
    {"lanes by lot within the groups of ranks (TR20.4.3)",
     "レーンは順位グループごとの抽選による（TR20.4.3）"},
    {"lanes by lot (TR20.4)", "レーンは抽選による（TR20.4）"},
    {"'*' (seed *) changes heats with '*' (seed *): same team (TR20.2.2)",
     "「{0}」（シード{1}）と「{2}」（シード{3}）の組を入れ替え: 同一所属（TR20.2.2）"},
    {"equal best: '*' seeded before '*' by lot",
     "資格記録が同じ: 抽選により「{0}」が「{1}」の上位"},
    {"'*' withdraws, '*' takes the lane (TR20.2.1)",
     "「{0}」は棄権、「{1}」が代わりに出場（TR20.2.1）"},
    {"'*' advances by lot", "「{0}」は抽選により次ラウンドへ"},
    {"heat *: * share place *: lots for * (TR21.3)",
     "{0}組: {1}名が{2}着で同着、{3}名を抽選（TR21.3）"},
    {"heat *: * share place * of * (TR21.3)", "{0}組: {1}名が{2}着（{3}着まで）で同着（TR21.3）"},
    {"lots among the * left over for * lanes (TR21.3)", "残る{0}名から{1}レーン分を抽選（TR21.3）"},
    {"* share * s for * time places: lanes are free, all advance (TR21.5)",
     "{0}名が{1}秒で同記録（記録枠{2}）: 空きレーンがあるため全員進出（TR21.5）"},
    {"* share * s for * time places: lots (TR21.5)",
     "{0}名が{1}秒で同記録（記録枠{2}）: 抽選（TR21.5）"},
    {"nobody advanced: the event ends here", "次ラウンド進出者なし: 種目終了"},
    {"the table does not go to * entries: own rows (docs/rules.md)",
     "番組編成表は{0}名に対応せず、独自の編成による"},
    {"results are drawn from the entered bests, not run (docs/rules.md)",
     "結果は資格記録からの抽選による模擬結果（実際の競走ではない）"},
};

/* What stands for the stars of a pattern, -1 = it is another text. */
static int match(hm_doc *doc, const char *pattern, const char *text, const char *part[PART_MAX])
{
    int n = 0;
    while (*pattern) {
        size_t len = strcspn(pattern, "*");
        if (strncmp(text, pattern, len) != 0)
            return -1;
        text += len;
        pattern += len;
        if (!*pattern)
            break;
        pattern++;
        size_t next = strcspn(pattern, "*");
        char ahead[128] = "";
        if (n == PART_MAX || next >= sizeof ahead)
            return -1;
        memcpy(ahead, pattern, next);
        const char *end = next ? strstr(text, ahead) : text + strlen(text);
        if (!end)
            return -1;
        part[n++] = hm_doc_keep(doc, "%.*s", (int)(end - text), text);
        text = end;
    }
    return *text ? -1 : n;
}

const char *paper_phrase(hm_doc *doc, hm_lang lang, const char *english)
{
    const char *part[PART_MAX] = {0};
    for (size_t i = 0; i < sizeof known / sizeof known[0] && lang == HM_LANG_JA; i++) {
        int n = match(doc, known[i][0], english, part);
        if (n >= 0)
            return paper_fill(doc, known[i][1], n, part);
    }
    return english;
}

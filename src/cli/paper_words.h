/* cli/paper_words.h - every word of a printed sheet, in English and Japanese. The Japanese is that
 * of start lists and results of the Japan Association of Athletics Federations. */
#ifndef HM_CLI_PAPER_WORDS_H
#define HM_CLI_PAPER_WORDS_H

#include "chart/doc.h"
#include "io/lang.h"

/* name, English, Japanese; {0} {1} ... are filled in */
#define PAPER_WORD_LIST(X)                                                                         \
    X(PAPER_PLACE, "Place", "順位")                                                                \
    X(PAPER_RANK, "Rank", "順位")                                                                  \
    X(PAPER_LANE, "Lane", "レーン")                                                                \
    X(PAPER_BIB, "Bib", "No.")                                                                     \
    X(PAPER_BIB_SAYS, "Bib number", "ナンバー")                                                    \
    X(PAPER_NAME, "Name", "氏名")                                                                  \
    X(PAPER_TEAM, "Team", "所属")                                                                  \
    X(PAPER_BORN, "Born", "生年")                                                                  \
    X(PAPER_BORN_SAYS, "Year of birth", "生年")                                                    \
    X(PAPER_TIME, "Time", "記録")                                                                  \
    X(PAPER_MS, "1/1000", "1/1000")                                                                \
    X(PAPER_MS_SAYS, "Thousandths, where they decided", "1000分の1秒（判定に用いた場合）")         \
    X(PAPER_REACTION, "React.", "反応時間")                                                        \
    X(PAPER_REACTION_SAYS, "Reaction time in seconds", "反応時間（秒）")                           \
    X(PAPER_QUALIFIED, "Adv.", "通過")                                                             \
    X(PAPER_QUALIFIED_SAYS, "Advances to the next round", "次ラウンド進出")                        \
    X(PAPER_NOTE, "Note", "備考")                                                                  \
    X(PAPER_HEAT_SHORT, "Heat", "組")                                                              \
    X(PAPER_HEAT_PLACE, "In heat", "組順位")                                                       \
    X(PAPER_HEAT_PLACE_SAYS, "Place in the heat", "組内の順位")                                    \
    X(PAPER_BEST, "Best", "資格記録")                                                              \
    X(PAPER_BEST_SAYS, "Best performance of the entry period", "参加資格記録")                     \
    X(PAPER_SEED, "Seed", "シード")                                                                \
    X(PAPER_WIND_HEAD, "Wind", "風")                                                               \
    X(PAPER_WIND, "Wind {0} m/s", "風 {0} m/s")                                                    \
    X(PAPER_NWI, "Wind: NWI", "風: NWI")                                                           \
    X(PAPER_HEAT, "Heat {0} of {1}", "{0}組（全{1}組）")                                           \
    X(PAPER_START_AT, "Start {0}", "スタート {0}")                                                 \
    X(PAPER_RESULT, "Result", "結果")                                                              \
    X(PAPER_START_LIST, "{0}: start list", "{0}　スタートリスト")                                  \
    X(PAPER_START_LIST_ONE, "Start list", "スタートリスト")                                        \
    X(PAPER_ALL_HEATS, "All heats, by time", "全組（記録順）")                                     \
    X(PAPER_FINAL, "Final", "決勝")                                                                \
    X(PAPER_TIMED_FINAL, "Timed final", "タイムレース決勝")                                        \
    X(PAPER_SEMI, "Semi-finals", "準決勝")                                                         \
    X(PAPER_HEATS, "Heats", "予選")                                                                \
    X(PAPER_ROUND, "Round {0}", "{0}次予選")                                                       \
    X(PAPER_BY_PLACE, "First {0} of each heat (Q) advance", "各組{0}着まで（Q）")                  \
    X(PAPER_BY_BOTH, "First {0} of each heat (Q) and {1} by time (q)",                             \
      "各組{0}着（Q）＋記録上位{1}名（q）")                                                        \
    X(PAPER_BY_TIME, "{0} by time (q) advance", "記録上位{0}名（q）")                              \
    X(PAPER_UNOFFICIAL, "Unofficial", "未確定")                                                    \
    X(PAPER_OFFICIAL, "Official", "確定")                                                          \
    X(PAPER_PRACTICE, "Practice: simulated", "練習用（模擬結果）")                                 \
    X(PAPER_PROTESTS, "Protests", "抗議")                                                          \
    X(PAPER_PROTEST_30, "within 30 minutes of the announcement (TR8.2)",                           \
      "結果発表後30分以内（TR8.2）")                                                               \
    X(PAPER_PROTEST_UNTIL, "announced {0}, protests until {1} (TR8.2)",                            \
      "{0} 発表、抗議は {1} まで（TR8.2）")                                                        \
    X(PAPER_PROTEST_OPEN, "a protest is pending: the result is not final",                         \
      "抗議審理中のため結果は未確定")                                                              \
    X(PAPER_TIMING, "Timing", "計時")                                                              \
    X(PAPER_FAT, "Photo finish", "写真判定")                                                       \
    X(PAPER_FAT_RATE, "Photo finish, {0} lines/s", "写真判定（毎秒{0}ライン）")                    \
    X(PAPER_HAND, "By hand, to 0.1 s", "手動計時（1/10秒）")                                       \
    X(PAPER_DATE, "Date", "期日")                                                                  \
    X(PAPER_MEET, "Meet", "大会")                                                                  \
    X(PAPER_PROGRAM, "Program", "競技方法")                                                        \
    X(PAPER_ENTRIES, "{0} entries, {1} lanes, table {2}", "参加{0}名、{1}レーン、{2}")             \
    X(PAPER_EDITION_WA, "World Athletics Competition and Technical Rules, 2025 (wa_2025)",         \
      "ワールドアスレティックス競技会規則・競技規則 2025年版（wa_2025）")                          \
    X(PAPER_EDITION_WMA, "World Masters Athletics Rules, 2025 (wma_2025)",                         \
      "世界マスターズ陸上競技規則 2025年版（wma_2025）")                                           \
    X(PAPER_EDITION_WPA, "World Para Athletics Rules, 2024 (wpa_2024)",                            \
      "世界パラ陸上競技規則 2024年版（wpa_2024）")                                                 \
    X(PAPER_BELIEVED, "As on the sheet: not judged by the program", "入力どおり（判定なし）")      \
    X(PAPER_FROM_BOOK, "From the results book", "記録簿より")                                      \
    X(PAPER_PAGE_OF, "Page %d of %d", "%d / %d ページ")                                            \
    X(PAPER_CONTINUED, "continued", "続き")                                                        \
    X(PAPER_LEGEND, "Codes: {0}", "略号: {0}")                                                     \
    X(PAPER_DNS, "DNS did not start", "DNS 欠場")                                                  \
    X(PAPER_DNF, "DNF did not finish", "DNF 途中棄権")                                             \
    X(PAPER_DQ, "DQ disqualified, with the rule", "DQ 失格（適用規則）")                           \
    X(PAPER_Q_BIG, "Q by place", "Q 着順による通過")                                               \
    X(PAPER_Q_SMALL, "q by time", "q 記録による通過")                                              \
    X(PAPER_QD, "qD by lot", "qD 抽選による通過")                                                  \
    X(PAPER_QR, "qR by the Referee", "qR 審判長の決定による通過")                                  \
    X(PAPER_QJ, "qJ by the Jury of Appeal", "qJ ジュリーの決定による通過")                         \
    X(PAPER_YC, "YC warned", "YC 警告")                                                            \
    X(PAPER_P, "P under protest", "P 抗議中")                                                      \
    X(PAPER_NWI_SAYS, "NWI no wind information", "NWI 風の計測なし")                               \
    X(PAPER_HAND_SAYS, "h time by hand", "h 手動計時")                                             \
    X(PAPER_AIDED, "Wind above +2.0 m/s: no records, no best lists (CR31.14.3)",                   \
      "追風参考記録（+2.0 m/s超、CR31.14.3）: 記録公認・ランキングの対象外")                       \
    X(PAPER_START_GREEN, "Start {0}: recalled, nobody's fault (green card)",                       \
      "{0}回目: やり直し、責任者なし（グリーンカード）")                                           \
    X(PAPER_START_FALSE, "Start {0}: false start, lane {1}, {2}",                                  \
      "{0}回目: 不正スタート、{1}レーン、{2}")                                                     \
    X(PAPER_START_REACTION, "reaction {0} s", "反応時間 {0}秒")                                    \
    X(PAPER_START_SEEN, "seen by the Starter", "スターター判定")                                   \
    X(PAPER_START_YC, ": warned (YC)", "、警告（YC）")                                             \
    X(PAPER_START_RC, ": out (RC)", "、失格（RC）")                                                \
    X(PAPER_START_P, ", runs under protest", "、抗議のもとに出走")                                 \
    X(PAPER_START_FIELD, "Start {0}: the whole field is warned", "{0}回目: 全員に警告")            \
    X(PAPER_RECORD, "Record", "新記録の審査")                                                      \
    X(PAPER_RECORDS, "Records broken", "新記録")                                                   \
    X(PAPER_RECORD_BOOK, "Best of the book", "記録簿の最高記録")                                   \
    X(PAPER_RECORD_OLD, "Old record", "従来の記録")                                                \
    X(PAPER_RECORD_NEW, "betters it", "新記録")                                                    \
    X(PAPER_RECORD_EVEN, "equals it", "タイ記録")                                                  \
    X(PAPER_AGAINST, "{0}, {1}, against {2}: {3}", "{0} {1}（従来 {2}）: {3}")                     \
    X(PAPER_RATIFIABLE, "ratifiable", "公認可")                                                    \
    X(PAPER_NOT_RATIFIABLE, "not ratifiable", "公認不可")                                          \
    X(PAPER_MAYBE_RATIFIABLE, "ratifiable if all that is unknown holds",                           \
      "不明の条件がすべて満たされれば公認可")                                                      \
    X(PAPER_REFEREE, "Referee", "審判長")                                                          \
    X(PAPER_CHIEF_JUDGE, "Chief Photo Finish Judge", "写真判定員主任")                             \
    X(PAPER_CHIEF_TIMER, "Chief Timekeeper", "計時員主任")                                         \
    X(PAPER_CONDITION, "Condition", "条件")                                                        \
    X(PAPER_RULE, "Rule", "規則")                                                                  \
    X(PAPER_ANSWER, "Holds", "充足")                                                               \
    X(PAPER_WHY, "By what", "根拠")                                                                \
    X(PAPER_YES, "yes", "はい")                                                                    \
    X(PAPER_NO, "no", "いいえ")                                                                    \
    X(PAPER_UNKNOWN, "unknown", "不明")                                                            \
    X(PAPER_LIST, "{0}: best marks", "{0}　記録一覧")                                              \
    X(PAPER_MEN, "men", "男子")                                                                    \
    X(PAPER_WOMEN, "women", "女子")                                                                \
    X(PAPER_EVENT_OF, "{0} {1}", "{1} {0}")                                                        \
    X(PAPER_ALL, "all", "男女")                                                                    \
    X(PAPER_OF_YEAR, "of {0}", "{0}年")                                                            \
    X(PAPER_LEGAL, "wind of at most +2.0 m/s", "追風+2.0 m/s以内")                                 \
    X(PAPER_DISPUTED, "disputed", "未確認")                                                        \
    X(PAPER_STATE_NONE, "waits for results", "結果待ち")                                           \
    X(PAPER_STATE_HELD, "held up", "保留中")

typedef enum paper_word_id {
#define PAPER_WORD_ENUM(name, en, ja) name,
    PAPER_WORD_LIST(PAPER_WORD_ENUM)
#undef PAPER_WORD_ENUM
        PAPER_WORD_COUNT
} paper_word_id;

const char *paper_word(hm_lang lang, paper_word_id id);

/** A word with its {0} {1} {2} filled in (NULL = ""), kept in the document. */
const char *paper_say(hm_doc *doc, hm_lang lang, paper_word_id id, const char *a, const char *b,
                      const char *c);

/** The same for any pattern with n parts, up to {9}. */
const char *paper_fill(hm_doc *doc, const char *pattern, int n, const char *const part[]);

/** A whole number as text, kept in the document. */
const char *paper_number(hm_doc *doc, int64_t n);

/** "2026-06-01" as people write it: "1 June 2026", "2026年6月1日"; anything else as it is. */
const char *paper_date(hm_doc *doc, hm_lang lang, const char *iso);

/**
 * A remark of the rooms (lots, ties, conditions of a record) in the language. They speak English;
 * what is not known here stays so. Names inside are kept.
 */
const char *paper_phrase(hm_doc *doc, hm_lang lang, const char *english);

#endif

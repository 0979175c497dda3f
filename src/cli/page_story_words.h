/* cli/page_story_words.h - the words of a story's document (page_story_text.c), in English and
 * Japanese. Stages, standings and terms stand in the order of data/story.h. */
#ifndef HM_CLI_PAGE_STORY_WORDS_H
#define HM_CLI_PAGE_STORY_WORDS_H

/* name, English, Japanese; {0} {1} ... are filled in */
#define STORY_WORD_LIST(X)                                                                         \
    X(STORY_TITLE, "A story", "ものがたり")                                                        \
    X(STORY_SUBTITLE, "{0} lives, {1} to {2}, {3} races",                                          \
      "{0}人の人生、{1}年から{2}年、{3}レース")                                                    \
    X(STORY_BORN, "Born", "生年月日")                                                              \
    X(STORY_KIND, "Kind of life", "人生の型")                                                      \
    X(STORY_BEST, "Personal best", "自己最高")                                                     \
    X(STORY_BEST_SAYS, "{0} s at {1}", "{0} 秒（{1}歳）")                                          \
    X(STORY_EXIT, "Left", "引退")                                                                  \
    X(STORY_YEAR, "Year", "年度")                                                                  \
    X(STORY_AGE, "Age", "年齢")                                                                    \
    X(STORY_SCHOOL, "School", "学校")                                                              \
    X(STORY_STANDING, "Standing", "所属")                                                          \
    X(STORY_SEASON_BEST, "Best, s", "最高（秒）")                                                  \
    X(STORY_FROM, "Level from, s", "実力 初（秒）")                                                \
    X(STORY_TO, "to, s", "末（秒）")                                                               \
    X(STORY_WHY, "Why (− is faster)", "理由（−は速く）")                                           \
    X(STORY_DATE, "Date", "期日")                                                                  \
    X(STORY_RACE, "Race", "レース")                                                                \
    X(STORY_WIND, "Wind, m/s", "風（m/s）")                                                        \
    X(STORY_WHO, "Place, name, time in s", "着順・氏名・記録（秒）")                               \
    X(STORY_MEET, "Where they meet", "対戦")                                                       \
    X(STORY_CHAPTERS, "Chapters of the film", "映画の章")                                          \
    X(STORY_NOTES, "To know when reading it", "読む前に")                                          \
    X(STORY_PRIMARY, "primary school", "小学校")                                                   \
    X(STORY_JUNIOR_HIGH, "junior high", "中学校")                                                  \
    X(STORY_HIGH_SCHOOL, "high school", "高校")                                                    \
    X(STORY_UNIVERSITY, "university", "大学")                                                      \
    X(STORY_CORPORATE, "works team", "実業団")                                                     \
    X(STORY_OUTSIDE, "in no club", "所属なし")                                                     \
    X(STORY_CLUB, "in a club", "クラブ")                                                           \
    X(STORY_SQUAD, "in a squad", "強化選手")                                                       \
    X(STORY_LEFT, "has left", "引退")                                                              \
    X(STORY_GROWTH, "growth", "成長")                                                              \
    X(STORY_TIMING, "maturing early or late", "早熟・晩熟")                                        \
    X(STORY_TRAINING, "training", "練習")                                                          \
    X(STORY_TECHNIQUE, "technique", "技術")                                                        \
    X(STORY_DETRAINING, "no training", "練習の中断")                                               \
    X(STORY_FORM, "freshness and fatigue", "調子と疲労")                                           \
    X(STORY_INJURY, "injury", "けが")                                                              \
    X(STORY_AGEING, "ageing", "加齢")                                                              \
    X(STORY_LUCK, "luck", "運")                                                                    \
    X(STORY_MIND, "mind", "心")                                                                    \
    X(STORY_RIVAL, "a rival", "競争相手")                                                          \
    X(STORY_IDEA, "ideas of others", "人の考え")                                                   \
    X(STORY_CONDITIONS, "wind and air", "風と空気")

typedef enum story_word_id {
#define STORY_WORD_ENUM(name, en, ja) name,
    STORY_WORD_LIST(STORY_WORD_ENUM)
#undef STORY_WORD_ENUM
        STORY_WORD_COUNT
} story_word_id;

#endif

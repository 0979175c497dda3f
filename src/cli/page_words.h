/* cli/page_words.h - the words that `hecto page` writes itself, in English and Japanese. What
 * stands in a result is in paper_words.h, what views say in web/src. */
#ifndef HM_CLI_PAGE_WORDS_H
#define HM_CLI_PAGE_WORDS_H

#include "io/lang.h"

/* name, English, Japanese; {0} {1} ... are filled in */
#define PAGE_WORD_LIST(X)                                                                                           \
    X(PAGE_SKIP, "To the result", "結果へ移動")                                                                     \
    X(PAGE_NOSCRIPT,                                                                                                \
      "The film and the charts need JavaScript. The result above is complete without it.",                          \
      "映像とグラフには JavaScript が必要です。上の結果はそれなしで読めます。")                                     \
    X(PAGE_POSTER, "The race two thirds of the way", "レースの三分の二あたり")                                      \
    X(PAGE_RACES, "Races", "レース一覧")                                                                            \
    X(PAGE_ALL_RACES, "All races", "レース一覧へ")                                                                  \
    X(PAGE_RECORD, "Record before the race", "レース前の記録")                                                      \
    X(PAGE_RECORD_SAYS, "{0} ({1})", "{0}（{1}）")                                                                  \
    X(PAGE_ALTITUDE, "Altitude", "標高")                                                                            \
    X(PAGE_TEMP, "Air temperature", "気温")                                                                         \
    X(PAGE_SPLITS, "Times on the way", "途中計時")                                                                  \
    X(PAGE_TOP_SPEED, "Top speed", "最高速度")                                                                      \
    X(PAGE_TOP_SPEED_SAYS, "Top speed in m/s, and where", "最高速度（m/s）と地点")                                  \
    X(PAGE_TOP_SPEED_AT, "{0} at {1} m", "{0}（{1} m）")                                                            \
    X(PAGE_MEASURED, "* measured; all else is read off the curve of the model.",                                    \
      "* 実測値。その他はモデルの曲線から読み取った値。")                                                           \
    X(PAGE_FROM_MODEL,                                                                                              \
      "No time on the way was measured: all are read off the curve of the model.",                                  \
      "途中計時の実測値はなく、すべてモデルの曲線から読み取った値です。")                                           \
    X(PAGE_SOURCES, "Sources", "出典")                                                                              \
    X(PAGE_MARK, "Marks on a clip", "映像への印付け")                                                               \
    X(PAGE_MARK_SAYS,                                                                                               \
      "Points, hashlines and joints are put by hand here, and saved as files that hecto measure "                   \
      "reads. It needs JavaScript; nothing leaves this computer.",                                                  \
      "ここで点、判定線、関節を手で付け、hecto measure が読むファイルに保存します。" \
      "JavaScript が必要です。このコンピューターの外へは何も送られません。")

typedef enum page_word_id {
#define PAGE_WORD_ENUM(name, en, ja) name,
    PAGE_WORD_LIST(PAGE_WORD_ENUM)
#undef PAGE_WORD_ENUM
        PAGE_WORD_COUNT
} page_word_id;

const char *page_word(hm_lang lang, page_word_id id);

#endif

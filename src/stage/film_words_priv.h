/* film_words_priv.h - every word of a film: captions, graphics, title, credits; in English and
 * Japanese. Sounds stand in square brackets in English, in round ones in Japanese, as broadcasters
 * do; the starter speaks English in Japan too. */
#ifndef HM_STAGE_FILM_WORDS_PRIV_H
#define HM_STAGE_FILM_WORDS_PRIV_H

#include "base/arena.h"
#include "io/lang.h"

/* name, English, Japanese; {0} {1} ... are filled in */
#define FILM_WORD_LIST(X)                                                                          \
    /* captions: who and what */                                                                   \
    X(FILM_WORD_CAPTIONS, "English captions", "日本語字幕")                                        \
    X(FILM_WORD_LIST_OF, "{0}, {1}", "{0}　{1}")                                                   \
    X(FILM_WORD_SET, "Starter: Set.", "（スターター）セット")                                      \
    X(FILM_WORD_LEADS, "{0} m: {1} leads by {2} s.", "{0}m　{1}が{2}秒差で先頭")                   \
    X(FILM_WORD_LEVEL, "{0} m: {1} and {2} are level.", "{0}m　{1}と{2}が並ぶ")                    \
    X(FILM_WORD_TAKES_LEAD, "{0} takes the lead.", "{0}が先頭に立つ")                              \
    X(FILM_WORD_STOPS, "{0} stops.", "{0}が止まる")                                                \
    X(FILM_WORD_WINS, "{0} wins in {1} s.", "1着 {0}、{1}秒")                                      \
    X(FILM_WORD_WINS_LONG, "{0} wins in {1}.", "1着 {0}、{1}")                                     \
    X(FILM_WORD_PLACE, "{0} {1} {2}", "{0}着 {1} {2}")                                             \
    X(FILM_WORD_REPLAYED, "Replay in slow motion.", "スローモーションで振り返る")                  \
    /* captions: sounds */                                                                         \
    X(FILM_WORD_GUN, "[Gunshot]", "（号砲）")                                                      \
    X(FILM_WORD_MURMUR, "[Crowd murmurs]", "（観客のざわめき）")                                   \
    X(FILM_WORD_HUSH, "[The crowd falls silent]", "（観客が静まる）")                              \
    X(FILM_WORD_CHEER, "[Crowd cheers]", "（歓声）")                                               \
    X(FILM_WORD_ROAR, "[The crowd roars]", "（大歓声）")                                           \
    X(FILM_WORD_RAIN, "[Rain]", "（雨音）")                                                        \
    X(FILM_WORD_SILENCE, "[Only footsteps and breath]", "（足音と息づかいだけが聞こえる）")        \
    X(FILM_WORD_MUSIC_BEFORE, "[Low strings, a heartbeat]", "（低い弦の音、鼓動）")                \
    X(FILM_WORD_MUSIC_DRUMS, "[Drums at a runner's pace]", "（足どりを刻む太鼓）")                 \
    X(FILM_WORD_MUSIC_THEME, "[Trumpets]", "（トランペット）")                                     \
    X(FILM_WORD_MUSIC_ALL, "[The whole orchestra]", "（全楽器の響き）")                            \
    X(FILM_WORD_MUSIC_WAIT, "[Timpani roll]", "（ティンパニの連打）")                              \
    X(FILM_WORD_MUSIC_REPLAY, "[A muted trumpet]", "（弱音のトランペット）")                       \
    X(FILM_WORD_MUSIC_END, "[Closing chords]", "（終わりの和音）")                                 \
    /* graphics */                                                                                 \
    X(FILM_WORD_WIND, "Wind {0} m/s", "風 {0} m/s")                                                \
    X(FILM_WORD_REACTION, "Reaction, s", "反応時間（秒）")                                         \
    X(FILM_WORD_OFFICIAL, "Official", "正式記録")                                                  \
    X(FILM_WORD_REPLAY, "Replay", "リプレイ")                                                      \
    X(FILM_WORD_WON_BY, "Won by", "1着と2着の差")                                                  \
    X(FILM_WORD_PHOTO, "Photo finish", "写真判定")                                                 \
    X(FILM_WORD_RESULT, "Result", "結果")                                                          \
    X(FILM_WORD_SPEED, "Top speed", "最高速度")

typedef enum film_word_id {
#define FILM_WORD_ENUM(name, en, ja) name,
    FILM_WORD_LIST(FILM_WORD_ENUM)
#undef FILM_WORD_ENUM
        FILM_WORD_COUNT
} film_word_id;

const char *film_word(hm_lang lang, film_word_id id);

/** A word with its {0} {1} {2} filled in (NULL = ""). out NULL without memory */
const char *film_say(hm_arena *arena, hm_lang lang, film_word_id id, const char *a, const char *b,
                     const char *c);

#endif

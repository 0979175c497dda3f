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
    X(FILM_WORD_SPEED, "Top speed", "最高速度")                                                    \
    /* title */                                                                                    \
    X(FILM_WORD_WIND_LEGAL, "within the limit for records, +2.0 m/s",                              \
      "公認範囲内（追風 +2.0 m/s 以下）")                                                          \
    X(FILM_WORD_WIND_AIDED, "above +2.0 m/s: wind-aided, no record",                               \
      "追風参考（+2.0 m/s を超える）")                                                             \
    X(FILM_WORD_WIND_UNKNOWN, "wind not measured", "風速の計測なし")                               \
    X(FILM_WORD_SIMULATED, "simulated: this race was never run",                                   \
      "シミュレーション（実際のレースではない）")                                                  \
    /* credits */                                                                                  \
    X(FILM_WORD_CREDIT_NUMBERS, "Where the numbers come from", "数値の出典")                       \
    X(FILM_WORD_CREDIT_NO_SOURCE, "The sheet names no source.", "入力表に出典の記載なし")          \
    X(FILM_WORD_CREDIT_MEASURED, "Measured", "実測値")                                             \
    X(FILM_WORD_CREDIT_TIMES, "{0} times at the line, {1} reactions, {2} splits",                  \
      "フィニッシュ記録 {0}、反応時間 {1}、途中計時 {2}")                                          \
    X(FILM_WORD_CREDIT_FILLED, "Filled by the model", "モデルによる補完")                          \
    X(FILM_WORD_CREDIT_ALL_STEPS, "every footfall, body, face and crowd",                          \
      "すべての接地、体つき、顔、観客")                                                            \
    X(FILM_WORD_CREDIT_OF, "{0} of {1}", "{0}（{1}）")                                             \
    X(FILM_WORD_CREDIT_REACTION, "reaction", "反応時間")                                           \
    X(FILM_WORD_CREDIT_SPLITS, "splits", "途中計時")                                               \
    X(FILM_WORD_CREDIT_STATURE, "stature", "身長")                                                 \
    X(FILM_WORD_CREDIT_MASS, "mass", "体重")                                                       \
    X(FILM_WORD_CREDIT_AGE, "age", "年齢")                                                         \
    X(FILM_WORD_CREDIT_SEX, "sex", "性別")                                                         \
    X(FILM_WORD_CREDIT_EVERYBODY, "all", "全員")                                                   \
    X(FILM_WORD_CREDIT_SOUND, "Sound", "音")                                                       \
    X(FILM_WORD_CREDIT_SYNTHESIS, "synthesised from the race: steps, breath, gun, crowd",          \
      "レースから合成した足音・呼吸・号砲・歓声")                                                  \
    X(FILM_WORD_CREDIT_MUSIC, "Music", "音楽")                                                     \
    X(FILM_WORD_CREDIT_COMPOSED, "composed by rule from the race", "レースから規則により作曲")     \
    X(FILM_WORD_CREDIT_FONT, "instruments: {0}, licence: {1}", "音源: {0}（ライセンス: {1}）")     \
    X(FILM_WORD_CREDIT_MADE, "Made with", "制作")                                                  \
    X(FILM_WORD_CREDIT_SEED, "look: {0}, seed: {1}", "ルック: {0}、シード: {1}")                   \
    X(FILM_WORD_CREDIT_LIKENESS, "No face here is anybody's.", "顔はすべて架空のもの")

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

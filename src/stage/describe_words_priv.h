/* describe_words_priv.h - what a describer says, in the languages of the program. */
#ifndef HM_STAGE_DESCRIBE_WORDS_PRIV_H
#define HM_STAGE_DESCRIBE_WORDS_PRIV_H

#define DESCRIBE_WORDS(X)                                                                          \
    X(SAY_TITLE_OF_TRACK, "Audio description", "音声解説")                                         \
    X(SAY_RACE, "{0}.", "{0}。")                                                                   \
    X(SAY_COMMA, ", ", "、")                                                                       \
    X(SAY_NEXT, "; ", "。")                                                                        \
    X(SAY_FACE, "You face them: lane {0} right, lane {1} left. The leader is loudest.",            \
      "向かい合って立ち、右が{0}レーン、左が{1}レーン。先頭が大きく聞こえます。")                  \
    X(SAY_LANE, "Lane {0}, {1}", "{0}レーン、{1}")                                                 \
    X(SAY_LANES, "Lanes {0} to {1}: {2}", "{0}レーンから{1}レーンへ、{2}")                         \
    X(SAY_ABSENT, "Lane {0} is empty", "{0}レーンは欠場")                                          \
    X(SAY_MARKS, "They kneel in their blocks.", "選手がブロックにつきます。")                      \
    X(SAY_STAND, "They stand at the line.", "選手がラインに並びます。")                            \
    X(SAY_AWAY, "Away. {0} in front.", "スタート。{0}が前に出ました。")                            \
    X(SAY_AWAY_LEVEL, "Away, all together.", "スタート。横一線です。")                             \
    X(SAY_LEADS, "{0} metres. {1} leads {2} by {3}.", "{0}メートル、先頭{1}、{2}と{3}差。")        \
    X(SAY_ALONE, "{0} metres. {1}.", "{0}メートル、{1}。")                                         \
    X(SAY_LEVEL, "{0} metres. {1} and {2} level.", "{0}メートル、{1}と{2}が並んでいます。")        \
    X(SAY_AWAY_FROM, "{0} metres. {1} draws away: {3}.", "{0}メートル、{1}が引き離す。{3}差。")    \
    X(SAY_CLOSES, "{0} metres. {2} closes on {1}: {3}.", "{0}メートル、{2}が{1}に迫る。{3}差。")   \
    X(SAY_BRIEF, "{0} metres. {1} by {3}.", "{0}メートル、{1}、{3}差。")                           \
    X(SAY_PASSES, "{0} passes {1}.", "{0}が{1}をかわして先頭。")                                   \
    X(SAY_STOPS, "{0} stops.", "{0}が止まりました。")                                              \
    X(SAY_WINS, "{0} wins in {1}.", "{0}が1着、{1}秒。")                                           \
    X(SAY_FIRST_HOME, "{0} is first at the line.", "{0}が先頭でゴール。")                          \
    X(SAY_NOBODY, "Nobody reaches the line.", "ゴールした選手はいません。")                        \
    X(SAY_PLACE, "{0}, {1}, {2}", "{0}着、{1}、{2}")                                               \
    X(SAY_DQ, "{0}, disqualified", "{0}、失格")                                                    \
    X(SAY_DNF, "{0}, did not finish", "{0}、途中棄権")                                             \
    X(SAY_END, "{0}.", "{0}。")                                                                    \
    X(SAY_REPLAY, "Again, slowly.", "スローでもう一度。")                                          \
    X(SAY_BESIDE, "Two races side by side: {0} on the left, {1} on the right, one gun for both.",  \
      "左に{0}、右に{1}。二つのレースが、ひとつの号砲で並びます。")                                \
    X(SAY_M, "{0} metres", "{0}メートル")                                                          \
    X(SAY_ONE_M, "a metre", "1メートル")                                                           \
    X(SAY_CM, "{0} centimetres", "{0}センチ")

#define DESCRIBE_ENUM(name, en, ja) name,
typedef enum say_id { DESCRIBE_WORDS(DESCRIBE_ENUM) SAY_COUNT } say_id;
#undef DESCRIBE_ENUM

#endif

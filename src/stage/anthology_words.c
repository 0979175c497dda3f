/* anthology_words.c - what stands on titles, and what runners say who say nothing in the story: our
 * own words, by the belief they hold most firmly and by their age. */
#include "anthology_priv.h"

#include "io/lang.h"

static const char *const word[ANTHO_WORD_COUNT][HM_LANG_COUNT] = {
    [ANTHO_MEETING] = {"Meeting {0}", "{0}度目の対戦"},
    [ANTHO_MET] = {"They met {0} times", "二人は{0}度、走った"},
    [ANTHO_BEST] = {"{0} {1}", "{0} {1}"},
    [ANTHO_SAYS] = {"{0}, {1}", "{0} {1}歳"},
    [ANTHO_QUOTE] = {"\xe2\x80\x9c{0}\xe2\x80\x9d", "「{0}」"},
    [ANTHO_RACE] = {"100 metres", "100メートル"},
    [ANTHO_LIVED] = {"Nobody ran these races. They were lived from {0}, seed {1}.",
                     "誰も走らなかったレース。{0} から生まれた。seed {1}"}};

#define YOUTH_YR 13.0
#define GROWN_YR 19.0
#define LATE_YR  24.5

/* Order of beliefs as in data/story.h: joy, fastest, effort, order, form, fear. */
static const char *const line[HM_STORY_BELIEF_COUNT][ANTHO_AGES][HM_LANG_COUNT] = {
    {{"It is fun. What else should there be?", "楽しいから走る。ほかに何がいるの。"},
     {"On good days I forget that anyone is watching.",
      "うまく走れた日は、見られていることも忘れる。"},
     {"I have lost so often, and I still like this.", "何度も負けた。それでも、走るのが好きだ。"},
     {"Best of all I like the moment before the gun.", "号砲の前の一瞬が、いまもいちばん好きだ。"}},
    {{"First is a quiet place. I want to stay there.",
      "一番は、静かな場所だ。ずっとそこにいたい。"},
     {"As long as I win, nobody asks me anything.", "勝っているあいだは、誰も何も聞いてこない。"},
     {"First place was the answer. What was the question?",
      "一位が答えだった。問いは、何だったのだろう。"},
     {"I was the fastest for a while. It solved less than I thought.",
      "いちばん速かった時期がある。解けたものは少ない。"}},
    {{"One more run, and I am one step nearer.", "もう一本走れば、一歩ぶん近づく。"},
     {"A ranking can be rewritten. I write every morning.", "順位は書き直せる。毎朝、書いている。"},
     {"Nobody gave me a place. I wore one in.", "居場所はもらえなかった。踏み固めて作った。"},
     {"I may be slower than I was. I am better than I was.",
      "昔より遅いかもしれない。昔より、うまい。"}},
    {{"The fast ones were fast from the start.", "速い子は、はじめから速い。"},
     {"The places are given out before the gun.", "順番は、号砲の前に決まっている。"},
     {"I know where I stand. It is almost restful.", "自分の順番は知っている。少し、楽でもある。"},
     {"Somebody has to be fourth. I do it with care.",
      "誰かが四番になる。それなら、ていねいに走る。"}},
    {{"Knees up, eyes ahead. The rest follows.", "ひざを上げて、前を見る。あとはついてくる。"},
     {"What is beautiful is fast. I keep polishing.", "美しければ速い。だから磨きつづける。"},
     {"One step without a fault. I am still looking for it.", "狂いのない一歩を、まだ探している。"},
     {"The body knows it by now. I only have to let it.",
      "体はもう知っている。邪魔をしなければいい。"}},
    {{"There is something behind me. So I run.", "後ろに何かいる。だから走る。"},
     {"If I stop, it catches up with me.", "止まったら、追いつかれる。"},
     {"I let go only where nobody can see it.", "力を抜くのは、誰も見ていない所だけだ。"},
     {"The fear never left. We run side by side now.",
      "怖さは消えなかった。今は、並んで走っている。"}}};

const char *antho_say(hm_arena *a, hm_lang lang, antho_word w, const char *p0, const char *p1)
{
    const char *part[] = {p0, p1};
    return hm_lang_fill(a, word[w][lang], 2, part);
}

int antho_age_of(double age_yr)
{
    return age_yr < YOUTH_YR ? 0 : age_yr < GROWN_YR ? 1 : age_yr < LATE_YR ? 2 : 3;
}

const char *antho_belief_line(hm_lang lang, int32_t belief, int age)
{
    HM_ASSERT(belief >= 0 && belief < HM_STORY_BELIEF_COUNT && age >= 0 && age < ANTHO_AGES);
    return line[belief][age][lang];
}

const char *antho_name(const hm_story_person *p, hm_lang lang)
{
    return lang == HM_LANG_JA && p->name_ja && p->name_ja[0] ? p->name_ja : p->name;
}

const char *antho_race_name(const hm_story_race *r, hm_lang lang)
{
    const char *name = lang == HM_LANG_JA && r->name_ja && r->name_ja[0] ? r->name_ja : r->name;
    return name && name[0] ? name : word[ANTHO_RACE][lang];
}

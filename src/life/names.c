#include "tale_priv.h"

/* The commonest surnames of the country, as any telephone book has them: others need names that
 * mean nobody. */
static const struct {
    const char *latin, *kanji;
} surname[] = {
    {"Sato", "佐藤"},      {"Suzuki", "鈴木"},    {"Takahashi", "高橋"},  {"Tanaka", "田中"},
    {"Ito", "伊藤"},       {"Watanabe", "渡辺"},  {"Yamamoto", "山本"},   {"Nakamura", "中村"},
    {"Kobayashi", "小林"}, {"Kato", "加藤"},      {"Yoshida", "吉田"},    {"Yamada", "山田"},
    {"Sasaki", "佐々木"},  {"Yamaguchi", "山口"}, {"Matsumoto", "松本"},  {"Inoue", "井上"},
    {"Kimura", "木村"},    {"Hayashi", "林"},     {"Shimizu", "清水"},    {"Yamazaki", "山崎"},
    {"Mori", "森"},        {"Abe", "阿部"},       {"Ikeda", "池田"},      {"Hashimoto", "橋本"},
    {"Ishikawa", "石川"},  {"Maeda", "前田"},     {"Fujita", "藤田"},     {"Ogawa", "小川"},
    {"Goto", "後藤"},      {"Okada", "岡田"},     {"Hasegawa", "長谷川"}, {"Murakami", "村上"},
    {"Kondo", "近藤"},     {"Ishii", "石井"},     {"Saito", "斎藤"},      {"Sakamoto", "坂本"},
    {"Endo", "遠藤"},      {"Aoki", "青木"},      {"Fujii", "藤井"},      {"Nishimura", "西村"},
    {"Fukuda", "福田"},    {"Ota", "太田"},       {"Miura", "三浦"},      {"Fujiwara", "藤原"},
    {"Okamoto", "岡本"},   {"Matsuda", "松田"},   {"Nakajima", "中島"},   {"Nakagawa", "中川"},
};

enum { N_SURNAME = sizeof surname / sizeof *surname };

hm_status tale_name(hm_arena *arena, const hm_person *p, const char **name, const char **name_ja)
{
    static const char initial[] = "ADEFGHIJKMNORSTUWY";
    uint64_t k = p->id * UINT64_C(0x9e3779b97f4a7c15) >> 20;
    const char *latin = surname[k % N_SURNAME].latin;
    *name_ja = surname[k % N_SURNAME].kanji;
    *name = hm_arena_printf(arena, "%s %c.", latin, initial[k / N_SURNAME % (sizeof initial - 1)]);
    return *name ? HM_OK : HM_ERR_SYSTEM;
}

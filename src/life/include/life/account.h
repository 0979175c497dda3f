/* life/account.h - why a time changed: each change of ln T under one of thirteen names.
 *
 * Sums are exact because they telescope: a week changes one thing after the other and books ln T
 * after less before. */
#ifndef HM_LIFE_ACCOUNT_H
#define HM_LIFE_ACCOUNT_H

/* name, word in files, what it holds */
#define HM_TERM_LIST(X)                                                                            \
    X(GROWTH, "growth", "the body of his age")                                                     \
    X(TIMING, "timing", "maturing before or after his age")                                        \
    X(TRAINING, "training", "strength and speed from training")                                    \
    X(TECHNIQUE, "technique", "running better")                                                    \
    X(DETRAINING, "detraining", "strength and speed lost without training")                        \
    X(FORM, "form", "freshness and fatigue of these weeks")                                        \
    X(INJURY, "injury", "what an injury took")                                                     \
    X(AGEING, "ageing", "years beyond the peak")                                                   \
    X(LUCK, "luck", "what nothing here explains")                                                  \
    X(MIND, "mind", "anxiety and confidence")                                                      \
    X(RIVAL, "rival", "a rival in the race")                                                       \
    X(IDEA, "idea", "what somebody passed on")                                                     \
    X(CONDITIONS, "conditions", "wind and air")

typedef enum hm_term {
#define HM_TERM_ENUM(name, word, text) HM_TERM_##name,
    HM_TERM_LIST(HM_TERM_ENUM)
#undef HM_TERM_ENUM
        HM_TERM_COUNT
} hm_term;

/** ln T by its reasons. */
typedef struct hm_account {
    double ln[HM_TERM_COUNT]; /* [1] above 0 = slower */
} hm_account;

/** Word in files, and what it means in a few words; static. */
const char *hm_term_word(hm_term term);
const char *hm_term_text(hm_term term);

/** Sum over the terms, in their order. */
double hm_account_sum(const hm_account *a);
/** a + b, a - b. */
hm_account hm_account_plus(const hm_account *a, const hm_account *b);
hm_account hm_account_minus(const hm_account *a, const hm_account *b);

#endif

/* told_priv.h - numbers of the stage's looks. */
#ifndef HM_ROTO_TOLD_PRIV_H
#define HM_ROTO_TOLD_PRIV_H

/* Default of an option of a stage's look; 0 = it has no such option, or leaves it open. */
float roto_told(const char *look, const char *option);

#endif

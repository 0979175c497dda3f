/* vectors_priv.h - loops over rows of pixels that are laid out for vectors. */
#ifndef HM_VIDEO_VECTORS_PRIV_H
#define HM_VIDEO_VECTORS_PRIV_H

/** Before a function: gcc lays loops out for vectors only when asked; clang does by itself. */
#if defined(__GNUC__) && !defined(__clang__)
#define VECTORS __attribute__((optimize("O3")))
#else
#define VECTORS
#endif

#endif

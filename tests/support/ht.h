/* tests/support/ht.h - what every test program includes: cmocka in its order, and a few asserts. */
#ifndef HT_H
#define HT_H

/* cmocka wants these before it */
/* clang-format off */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>
/* clang-format on */

/** |got - want| <= abs_tol + rel_tol |want|, in double; NaN never holds. */
#define ht_near(got, want, abs_tol, rel_tol)                                                       \
    ht_near_at((got), (want), (abs_tol), (rel_tol), #got, __FILE__, __LINE__)

static inline void ht_near_at(double got, double want, double abs_tol, double rel_tol,
                              const char *what, const char *file, int line)
{
    if (!(fabs(got - want) <= abs_tol + rel_tol * fabs(want))) {
        print_error("%s = %.17g, want %.17g (abs %g, rel %g)\n", what, got, want, abs_tol, rel_tol);
        _fail(file, line);
    }
}

/** A program that cannot run here: one skipped test, and why. Use as: return ht_skip_all("..."); */
static inline int ht_skip_all(const char *why)
{
    printf("1..0 # SKIP %s\n", why);
    return 0;
}

#endif

#define _POSIX_C_SOURCE 200809L
#include "cli.h"

#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"

static volatile sig_atomic_t stop_asked; /* the one global: a signal handler has nowhere else */

static void on_signal(int sig)
{
    stop_asked = 1;
    signal(sig, SIG_DFL); /* the second one kills */
}

void cli_signals_catch(void)
{
    struct sigaction sa = {.sa_handler = on_signal};
    sigemptyset(&sa.sa_mask);
    sigaction(SIGINT, &sa, NULL);
    sigaction(SIGTERM, &sa, NULL);
    signal(SIGPIPE, SIG_IGN); /* a closed reader is a write error, exit 74 */
}

bool cli_stop_asked(void)
{
    return stop_asked != 0;
}

cli_progress cli_progress_begin(const cli_args *args, const char *what)
{
    double now_s = hm_clock_wall_s();
    return (cli_progress){.what = what,
                          .start_s = now_s,
                          .shown_s = now_s,
                          .on = !args->quiet && isatty(STDERR_FILENO)};
}

static void draw(const cli_progress *p, double frac, double gone_s)
{
    enum { WIDTH = 30 };
    char bar[WIDTH + 1];
    for (int i = 0; i < WIDTH; i++)
        bar[i] = i < (int)(frac * WIDTH) ? '#' : '.';
    bar[WIDTH] = '\0';
    double left_s = frac > 0 ? gone_s * (1 - frac) / frac : 0;
    fprintf(stderr, "\r%s [%s] %3d %%  %.0f s to go \033[K", p->what, bar, (int)(100 * frac),
            left_s);
    fflush(stderr);
}

bool cli_progress_tell(cli_progress *p, int64_t done, int64_t total)
{
    double now_s = hm_clock_wall_s();
    if (p->on && total > 0 && now_s - p->start_s > 1.0 && now_s - p->shown_s > 0.1) {
        draw(p, (double)done / (double)total, now_s - p->start_s);
        p->shown_s = now_s;
        p->drawn = true;
    }
    return !cli_stop_asked();
}

void cli_progress_end(cli_progress *p)
{
    if (p->drawn)
        fputs("\r\033[K", stderr);
    p->drawn = false;
}

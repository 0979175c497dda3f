/* text_host.c - letters that are not recorded: blank for now. */
#include "text_make_priv.h"

hm_status text_maker_open(void **maker, hm_err *err)
{
    (void)err;
    *maker = NULL;
    return HM_OK;
}

void text_maker_close(void *maker)
{
    (void)maker;
}

char *text_make_valid(hm_arena *arena, const char *utf8)
{
    return hm_arena_text(arena, utf8);
}

hm_status text_make_line(void *maker, const text_spec *spec, const char *text, int32_t max_px,
                         double least_em_px, hm_arena *arena, text_run *run, text_flaws *flaws,
                         hm_err *err)
{
    (void)maker, (void)spec, (void)text, (void)max_px, (void)least_em_px, (void)arena, (void)flaws;
    (void)err;
    *run = (text_run){.advance_px = 0};
    return HM_OK;
}

hm_status text_make_breaks(void *maker, const text_spec *spec, const char *text, int32_t max_px,
                           int32_t max_line, text_span line[], int32_t *n, text_flaws *flaws,
                           hm_err *err)
{
    (void)maker, (void)spec, (void)text, (void)max_px, (void)max_line, (void)flaws, (void)err;
    line[0] = (text_span){0, 0};
    *n = 1;
    return HM_OK;
}

hm_status text_make_bib(void *maker, const char *text, const char *small, int32_t w_px,
                        int32_t h_px, uint8_t *cover, hm_err *err)
{
    (void)maker, (void)text, (void)small, (void)w_px, (void)h_px, (void)cover, (void)err;
    return HM_OK;
}

#include <string.h>

#include "data/race_file.h"
#include "io/utf8.h"

enum { LOOK_AT = 512 }; /* bytes; "format" is the first key */

hm_data_kind hm_data_kind_of(const char *bytes, size_t n)
{
    static const struct {
        const char *text;
        hm_data_kind kind;
    } known[] = {{"\"hectometre-race\"", HM_DATA_RACE},
                 {"\"hectometre-trace\"", HM_DATA_TRACE},
                 {"\"hectometre-sprinter\"", HM_DATA_SPRINTER},
                 {"\"hectometre-meet\"", HM_DATA_MEET},
                 {"\"hectometre-story\"", HM_DATA_STORY},
                 {"\"hectometre-scenario\"", HM_DATA_SCENARIO}};
    size_t at = hm_utf8_bom(bytes, n);
    while (at < n && strchr(" \t\r\n", bytes[at]) && bytes[at])
        at++;
    if (at == n || (bytes[at] != '{' && bytes[at] != '['))
        return HM_DATA_SHEET;
    char head[LOOK_AT + 1];
    size_t n_head = n - at < LOOK_AT ? n - at : LOOK_AT;
    memcpy(head, bytes + at, n_head);
    head[n_head] = '\0';
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strstr(head, known[i].text))
            return known[i].kind;
    return HM_DATA_OTHER;
}

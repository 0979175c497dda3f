/* hecto book list --csv: a list for a spreadsheet. A text that a spreadsheet would take for a
 * formula gets an apostrophe before it. */
#include "book_db_verb.h"

#include <string.h>

#include "race/official.h"

/* One cell of text, in quotes, with the separator before it. */
static hm_status put_text(hm_sink sink, const char *text, hm_err *err)
{
    HM_TRY(sink.put(sink.ctx, ",\"", 2, err));
    if (text[0] && strchr("=+-@\t\r\n|", text[0]))
        HM_TRY(sink.put(sink.ctx, "'", 1, err));
    for (const char *at = text; *at;) {
        size_t n = strcspn(at, "\"");
        HM_TRY(sink.put(sink.ctx, at, n, err));
        at += n;
        if (*at) {
            HM_TRY(sink.put(sink.ctx, "\"\"", 2, err));
            at++;
        }
    }
    return sink.put(sink.ctx, "\"", 1, err);
}

static hm_status put_row(hm_sink sink, const hm_book_row *r, hm_err *err)
{
    char number[80], time[HM_OFFICIAL_TEXT], wind[HM_OFFICIAL_TEXT];
    int n = snprintf(number, sizeof number, "%d,%s,%s", r->place,
                     hm_time_text(r->official_cs, r->hand, time),
                     r->has_wind ? hm_wind_text(hm_wind_dmps(r->wind_cmps), wind) : "");
    HM_TRY(sink.put(sink.ctx, number, (size_t)n, err));
    const char *const text[] = {r->name, r->team, r->sex, r->date, r->meet, r->venue, r->round};
    for (size_t i = 0; i < sizeof text / sizeof text[0]; i++)
        HM_TRY(put_text(sink, text[i], err));
    const char *end = r->disputed ? ",disputed\r\n" : ",\r\n";
    return sink.put(sink.ctx, end, strlen(end), err);
}

hm_status book_put_csv(hm_sink sink, const hm_book_rows *rows, hm_err *err)
{
    static const char head[] = "place,time_s,wind_mps,name,team,sex,date,meet,venue,round,note\r\n";
    HM_TRY(sink.put(sink.ctx, head, sizeof head - 1, err));
    for (int32_t i = 0; i < rows->n; i++)
        HM_TRY(put_row(sink, &rows->row[i], err));
    return HM_OK;
}

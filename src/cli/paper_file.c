/* paper_file.c - what the command line says of a printed sheet, and the file it becomes. */
#include "paper.h"

#include <string.h>

#include "io/file.h"

/* 14:20 */
static bool is_clock(const char *s)
{
    static const char most[] = "29:59";
    if (strlen(s) != 5 || s[2] != ':' || (s[0] == '2' && s[1] > '3'))
        return false;
    for (int i = 0; i < 5; i++)
        if (i != 2 && (s[i] < '0' || s[i] > most[i]))
            return false;
    return true;
}

hm_status paper_read_opts(const cli_args *args, paper_opts *opts, hm_err *err)
{
    int lang = HM_LANG_EN, paper = HM_DOC_A4;
    HM_TRY(cli_word(args, "lang", HM_LANG_COUNT, hm_lang_word, &lang, err));
    HM_TRY(cli_word(args, "paper", HM_DOC_PAPER_COUNT, hm_doc_paper_word, &paper, err));
    const char *announced = cli_offers(args, "announced") ? cli_value(args, "announced") : NULL;
    if (announced && !is_clock(announced))
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--announced",
                          "expected a time of day such as 14:20, found \"%s\"", announced);
    *opts = (paper_opts){.lang = (hm_lang)lang,
                         .paper = (hm_doc_paper)paper,
                         .official = cli_flag(args, "official"),
                         .announced = announced ? announced : ""};
    return HM_OK;
}

hm_status paper_format_of(const char *path, hm_doc_format *format, hm_err *err)
{
    const char *dot = strrchr(path, '.');
    for (int i = 0; dot && i < HM_DOC_FORMAT_COUNT; i++)
        if (strcmp(dot + 1, hm_doc_format_word[i]) == 0) {
            *format = (hm_doc_format)i;
            return HM_OK;
        }
    if (strcmp(path, "-") == 0) {
        *format = HM_DOC_TEXT;
        return HM_OK;
    }
    return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--sheet",
                      "expected a file that ends in .pdf, .html or .txt, or - for text, found "
                      "\"%s\"",
                      path);
}

hm_status paper_write(const hm_doc *doc, const char *path, hm_arena *arena, hm_err *err)
{
    hm_doc_format format;
    char *bytes;
    size_t n;
    HM_TRY(paper_format_of(path, &format, err));
    HM_TRY(hm_doc_write(doc, format, arena, &bytes, &n, err));
    return hm_file_write(path, bytes, n, err);
}

hm_status paper_write_events(const cli_args *args, const char *path, int32_t n_event,
                             const paper_event event[], hm_err *err)
{
    paper_opts opts;
    hm_doc_format format;
    HM_TRY(paper_read_opts(args, &opts, err));
    HM_TRY(paper_format_of(path, &format, err));
    if (n_event == 0)
        return hm_err_set(err, HM_ERR_INPUT, path, 0, 0, NULL, "nothing to print");
    hm_doc doc = paper_doc_make(&event[0], &opts, args->arena);
    if (n_event > 1)
        doc.subtitle = "";
    for (int32_t i = 0; i < n_event; i++)
        paper_put_event(&doc, &event[i], &opts, n_event > 1);
    return paper_write(&doc, path, args->arena, err);
}

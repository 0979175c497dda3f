#include "film_score.h"

#include <stdio.h>
#include <string.h>

#include "io/csv.h"
#include "io/file.h"
#include "io/number.h"

enum { MOTIFS_BYTES = 64 * 1024 };

/* ---- the table of motifs ---- */

typedef enum column { LANE, MOTIF, QUOTES, N_COLUMN } column;

static const char *const column_name[N_COLUMN] = {"lane", "motif", "quotes"};

static hm_status refuse(const hm_csv *csv, const hm_csv_row *row, int32_t cell, const char *field,
                        const char *what, hm_err *err)
{
    return hm_err_set(err, HM_ERR_INPUT, csv->source, row->line,
                      cell >= 0 ? row->cell[cell].col : 1, field, "%s", what);
}

static hm_status find_columns(const hm_csv *csv, int32_t at[N_COLUMN], hm_err *err)
{
    for (int c = 0; c < N_COLUMN; c++)
        at[c] = -1;
    for (int32_t i = 0; i < csv->head.n_cell; i++) {
        int c = 0;
        while (c < N_COLUMN && strcmp(csv->head.cell[i].text, column_name[c]) != 0)
            c++;
        if (c == N_COLUMN)
            return refuse(csv, &csv->head, i, "header", "expected lane, motif, quotes", err);
        at[c] = i;
    }
    if (at[LANE] < 0)
        return refuse(csv, &csv->head, -1, "header", "expected a column lane", err);
    return HM_OK;
}

static const char *cell_of(const hm_csv_row *row, int32_t at)
{
    return at >= 0 ? row->cell[at].text : "";
}

static hm_status read_lane(const hm_csv *csv, const hm_csv_row *row, int32_t at, const char *field,
                           int32_t *lane, hm_err *err)
{
    int64_t v = 0;
    if (hm_number_parse_int(cell_of(row, at), &v) != HM_NUMBER_OK || v < 1 || v > HM_LANE_MAX)
        return refuse(csv, row, at, field, "expected a lane, 1 to 10", err);
    *lane = (int32_t)v;
    return HM_OK;
}

static hm_status read_voice(const hm_csv *csv, const hm_csv_row *row, const int32_t at[N_COLUMN],
                            hm_score_voice *voice, hm_err *err)
{
    hm_score_voice v = {0};
    hm_err wrong = {0};
    HM_TRY(read_lane(csv, row, at[LANE], "lane", &v.lane, err));
    v.has_motif = cell_of(row, at[MOTIF])[0] != '\0';
    if (v.has_motif && hm_motif_parse(cell_of(row, at[MOTIF]), &v.motif, &wrong) != HM_OK)
        return refuse(csv, row, at[MOTIF], "motif", wrong.msg, err);
    if (cell_of(row, at[QUOTES])[0])
        HM_TRY(read_lane(csv, row, at[QUOTES], "quotes", &v.quotes_lane, err));
    *voice = v;
    return HM_OK;
}

static hm_status read_motifs(const cli_args *args, const char *path, hm_score_opts *o, hm_err *err)
{
    char *bytes;
    size_t n;
    hm_csv csv;
    int32_t at[N_COLUMN];
    HM_TRY(hm_file_read(path, MOTIFS_BYTES, args->arena, &bytes, &n, err));
    HM_TRY(hm_csv_parse(path, bytes, n, args->arena, &csv, err));
    HM_TRY(find_columns(&csv, at, err));
    if (csv.n_row > HM_LANE_MAX)
        return refuse(&csv, &csv.row[HM_LANE_MAX], -1, "lane", "expected at most 10 rows", err);
    for (int32_t i = 0; i < csv.n_row; i++)
        HM_TRY(read_voice(&csv, &csv.row[i], at, &o->voice[o->n_voice++], err));
    return HM_OK;
}

/* ---- the music ---- */

static hm_status score_opts(const cli_args *args, hm_score_opts *opts, hm_err *err)
{
    static const char *const ends[HM_SCORE_ENDS] = {"auto", "all", "nothing"};
    hm_score_opts o = hm_score_opts_default();
    int64_t lane = 0;
    HM_TRY(cli_integer(args, "score-focus", 1, HM_LANE_MAX, &lane, err));
    o.focus_lane = (int32_t)lane;
    int end = 0;
    HM_TRY(cli_word(args, "score-end", HM_SCORE_ENDS, ends, &end, err));
    o.end = (hm_score_end)end;
    if (cli_value(args, "motifs"))
        HM_TRY(read_motifs(args, cli_value(args, "motifs"), &o, err));
    *opts = o;
    return HM_OK;
}

hm_status film_score_player(const cli_args *args, bool *can_play, hm_soundfont *font, hm_err *err)
{
    const char *path = cli_value(args, "soundfont");
    bool has_player = hm_score_player()[0] != '\0', has_font = hm_soundfont_find(path, font);
    const char *what = !has_player
                           ? "built without FluidSynth: install libfluidsynth-dev, build again"
                       : path ? "the soundfont cannot be read"
                              : "no instruments: install fluid-soundfont-gm";
    *can_play = has_player && has_font;
    if (!*can_play && (path || cli_flag(args, "score")))
        return hm_err_set(err, path && has_player ? HM_ERR_NOFILE : HM_ERR_USAGE,
                          path && has_player ? path : NULL, 0, 0, path ? "--soundfont" : "--score",
                          "%s", what);
    if (!*can_play && !args->quiet)
        fprintf(stderr, "hecto: no music: %s\n", what);
    return HM_OK;
}

hm_status film_score(const cli_args *args, const hm_race *race, const hm_film *film, bool is_film,
                     film_music *music, hm_err *err)
{
    bool off = cli_flag(args, "no-score"), on = cli_flag(args, "score");
    const char *midi = cli_value(args, "midi");
    hm_soundfont font = {0};
    hm_score_opts o;
    if (on && off)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--no-score", "goes against --score");
    HM_TRY(score_opts(args, &o, err));
    bool plays = is_film && !off && (on || hm_score_by_look(film->look));
    *music = (film_music){0};
    if (plays)
        HM_TRY(film_score_player(args, &plays, &font, err));
    if (!plays && !midi)
        return HM_OK;
    hm_score *score = HM_PUSH(args->arena, hm_score, 1);
    if (!score)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    HM_TRY(hm_score_compose(race, film, &o, args->arena, score, err));
    if (midi)
        HM_TRY(hm_score_midi(score, midi, err));
    if (!plays)
        return HM_OK;
    *music = (film_music){score, font.path, font.name, font.licence};
    if (!args->quiet)
        fprintf(stderr, "hecto: music by %s (licence: %s)\n", font.name, font.licence);
    return HM_OK;
}

/* cli/cmd.h - the verbs, one cmd_*.c each. */
#ifndef HM_CLI_CMD_H
#define HM_CLI_CMD_H

#include "cli.h"

#include "data/race.h"
#include "data/race_file.h"
#include "stage/scene.h"

extern const cli_verb cmd_measure, cmd_fit, cmd_race, cmd_film, cmd_page, cmd_rotoscope, cmd_photo,
    cmd_book, cmd_life, cmd_doctor;

/** Version, the libraries it was built with and their licences. */
void cmd_print_version(void);

/**
 * Take a sheet or a race file, whichever it is, and give the race.
 * errors those of the readers; HM_ERR_USAGE for a bad --set
 */
HM_CHECKED hm_status cmd_load_race(const cli_args *args, const char *path, hm_race *race,
                                   hm_err *err);

/** What the first operand is, by its content; standard input is not looked at: HM_DATA_OTHER.
 *  errors those of hm_file_read */
HM_CHECKED hm_status cmd_operand_kind(const cli_args *args, hm_data_kind *kind, hm_err *err);

/** A picture as a PNG, whole or not at all. errors HM_ERR_SYSTEM */
HM_CHECKED hm_status cmd_write_picture(const char *path, const hm_picture *pic, hm_err *err);

#endif

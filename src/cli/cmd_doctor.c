/* hecto doctor: what is installed, what works, what to install. */
#include "cmd.h"
#include "page.h"
#include "pose/pose.h"
#include "table.h"

#include <stdlib.h>
#include <string.h>

#include "base/par.h"
#include "io/folder.h"
#include "io/json.h"
#include "stage/equipment.h"

enum { N = HM_EQUIPMENT_COUNT + 3 }; /* of films, the nets of clips, ranks, the page */

static const cli_opt opts[] = {
    {"json", 0, NULL, "Print one machine-readable object."},
};

static hm_status print_json(const hm_equipment item[N], bool ok, hm_err *err)
{
    hm_file file;
    HM_TRY(hm_file_create("-", &file, err));
    hm_json_out j = hm_json_out_make(hm_sink_file(&file), err);
    hm_json_put_object(&j, NULL, HM_JSON_BLOCK);
    hm_json_put_text(&j, "format", "hectometre-doctor");
    hm_json_put_integer(&j, "version", 1);
    hm_json_put_bool(&j, "ok", ok);
    hm_json_put_integer(&j, "processors", hm_par_cpu_count());
    hm_json_put_array(&j, "findings", HM_JSON_BLOCK);
    for (int i = 0; i < N; i++) {
        hm_json_put_object(&j, NULL, HM_JSON_LINE);
        hm_json_put_text(&j, "what", item[i].what);
        hm_json_put_text(&j, "found", item[i].found);
        hm_json_put_bool(&j, "works", item[i].works);
        hm_json_put_text(&j, "install", item[i].package);
        hm_json_put_end(&j);
    }
    hm_json_put_end(&j);
    hm_json_put_end(&j);
    hm_status s = hm_json_finish(&j);
    if (s == HM_OK)
        return hm_file_commit(&file, err);
    hm_file_abort(&file);
    return s;
}

static hm_status print_table(const cli_args *args, const hm_equipment item[N], hm_err *err)
{
    static const char *const head[] = {"looked for", "works", "found", "to install"};
    cli_table *t;
    HM_TRY(cli_table_begin(args->arena, 4, head, &t, err));
    for (int i = 0; i < N; i++) {
        cli_table_row(t);
        cli_table_cell(t, "%s", item[i].what);
        cli_table_cell(t, "%s", item[i].works ? "yes" : "NO");
        cli_table_cell(t, "%s", item[i].found);
        cli_table_cell(t, "%s", item[i].package);
    }
    cli_table_print(t, stdout);
    printf("\n%d processors\n", hm_par_cpu_count());
    return HM_OK;
}

/* The pinned nets that find people in clips: hashed, as before each use. */
static hm_equipment look_for_nets(hm_arena *arena)
{
    hm_equipment e = {.what = "pose nets (hecto measure --pose)", .package = "make models"};
    hm_err err = {0};
    hm_status status = hm_pose_models_check(NULL, HM_POSE_FULL, arena, &err);
    e.works = status == HM_OK;
    e.found = e.works                   ? "npm @mediapipe/pose, net full"
              : !hm_pose_is_built()     ? "built without XNNPACK"
              : status == HM_ERR_NOFILE ? "none"
                                        : "other bytes than the pinned ones";
    if (e.works)
        e.package = "";
    else if (!hm_pose_is_built())
        e.package = "libxnnpack-dev libpthreadpool-dev";
    return e;
}

static bool is_in_path(hm_arena *arena, const char *program)
{
    const char *at = getenv("PATH");
    while (at && *at) {
        size_t n = strcspn(at, ":");
        const char *path = hm_arena_printf(arena, "%.*s/%s", (int)n, at, program);
        if (path && hm_folder_has(path))
            return true;
        at += n + (at[n] == ':');
    }
    return false;
}

static hm_equipment look_for_ranks(hm_arena *arena)
{
    hm_equipment e = {.what = "processes that share cohorts (hecto-mpi)"};
#ifdef HM_HAS_MPI
    e.works = is_in_path(arena, "mpirun");
    e.found = e.works ? "Open MPI" : "no mpirun";
    e.package = e.works ? "" : "openmpi-bin";
#else
    e.found = is_in_path(arena, "mpirun") ? "built without Open MPI" : "none";
    e.package = "libopenmpi-dev openmpi-bin";
#endif
    return e;
}

/* The page's script and engine, which the program carries when they could be built. */
static hm_equipment look_for_page(void)
{
    hm_equipment e = {.what = "script and engine of the page (hecto page)"};
    e.works = !page_lacks();
    e.found = e.works ? "carried by the program" : "built without";
    e.package = page_needs();
    return e;
}

static hm_status run(cli_args *args, hm_err *err)
{
    hm_equipment item[N];
    hm_equipment_look(args->arena, item);
    item[HM_EQUIPMENT_COUNT] = look_for_nets(args->arena);
    item[HM_EQUIPMENT_COUNT + 1] = look_for_ranks(args->arena);
    item[HM_EQUIPMENT_COUNT + 2] = look_for_page();
    bool ok = true;
    for (int i = 0; i < N; i++)
        ok &= item[i].works || !item[i].needed;
    if (cli_flag(args, "json"))
        return print_json(item, ok, err);
    HM_TRY(print_table(args, item, err));
    puts(ok ? "Everything that a film needs is here." : "A film needs what is missing above.");
    return HM_OK;
}

void cmd_print_version(void)
{
    printf("hecto %s\n", HM_VERSION);
    puts(
        "Hectometre is under the MIT licence. A binary that links FFmpeg's libraries and x264, as\n"
        "Debian builds them, is passed on under the GNU General Public Licence.\n"
        "FluidSynth, which plays music, is under the GNU Lesser General Public Licence 2.1.\n"
        "This product includes software developed by the University of Chicago, as Operator of\n"
        "Argonne National Laboratory (cminpack).");
}

const cli_verb cmd_doctor = {
    .name = "doctor",
    .operand = "",
    .summary = "What is installed, what works, what to install.",
    .n_operand_min = 0,
    .n_operand_max = 0,
    .opt = opts,
    .n_opt = sizeof opts / sizeof opts[0],
    .example = "  hecto doctor\n  hecto doctor --json",
    .run = run,
};

/* hecto book: results that are kept, and what a time is worth. */
#include "book_db_verb.h"
#include "cmd.h"

static const cli_opt opts[] = {
    {"db", 0, "FILE", "The book (default hecto-book.db)."},
    {"meet", 0, "NAME",
     "import, convert: name of the meet, where the file has none or another; export, list, "
     "records: which."},
    {"date", 0, "DATE", "import, convert: date of the meet, 2009-08-16; export: which."},
    {"at", 0, "PLACE", "import, convert: where the meet was; export, list, records: which."},
    {"sex", 0, "SEX", "import, convert: men or women, for heats that do not say."},
    {"people", 0, "FILE", "import, convert: a .ppl with the names of those told by ID alone."},
    {"all", 0, NULL, "export: all meets."},
    {"as", 0, "FORMAT",
     "export, convert: json csv lif evt ppl sch hytek opentrack athlib (default: by the ending)."},
    {"heat", 0, "N", "export, convert: the Nth heat alone, for formats that hold one."},
    {"year", 0, "Y", "list, records: of one year alone."},
    {"from", 0, "DATE", "list, records: from that day on."},
    {"to", 0, "DATE", "list, records: to that day, with it."},
    {"team", 0, "NAME", "list, records: of one team alone."},
    {"age-group", 0, "G", "list, records: U18, U20, M35, M40 ... (W of women); births known."},
    {"younger", 0, NULL, "With U18 or U20: who is younger than the group too."},
    {"age-graded", 0, NULL, "list: by age grade, 60m, 100m, 200m, from 30 years on."},
    {"legal", 0, NULL, "list, person: wind of at most 2.0 m/s, measured where it must be."},
    {"every", 0, NULL, "list: every mark, not the best of each person."},
    {"csv", 0, NULL, "list: for a spreadsheet."},
    {"plot", 0, "FILE", "records: draw them, .svg, .png or .pdf."},
    {"on", 0, "DATE", "ranking: on that day (default: of the newest mark)."},
    {"limit", 0, "N",
     "list, ranking, find, conflicts, meets, log: at most N (default 100); of a list and a ranking "
     "those who share the last place come too."},
    {"take", 0, NULL, "settle: MARK stands from now on."},
    {"keep", 0, NULL, "settle: what stands goes on, whichever MARK is."},
    {"table", 0, "NAME", "scoring (default), combined, age or ranking."},
    {"worth", 0, "P", "In place of MARK: the slowest time that is worth at least P points."},
    {"venue", 0, "NAME", "outdoor or indoor (default: where the event has a table)."},
    {"points-source", 0, "NAME",
     "table (default): as the book prints it; formula: without its errors."},
    {"hand", 0, NULL,
     "points: taken by hand, in tenths; MARK may also end in h. list: times by hand alone."},
    {"age", 0, "N", "Age on the day, in years; asks the age table."},
    {"wind-mps", 0, "W", "Wind, m/s, > 0 from behind; asks the ranking table."},
    {"category", 0, "NAME",
     "import, points: of the meet, OW DF GW GL A B C D E F; asks the ranking table."},
    {"place", 0, "N", "Place in the final, with --category."},
    {"sheet", 0, "FILE", "list, show: a sheet for print, .pdf, .html or .txt."},
    {"lang", 0, "LANG", "Of the sheet: en (default) or ja."},
    {"paper", 0, "SIZE", "Of the sheet: a4 (default) or letter."},
    {"simulate", 0, NULL, "meet: run the heats that have no results, for practice."},
    {"dry-run", 0, NULL, "meet: say what would be written, and write nothing."},
    {"now", 0, "TIME", "meet: \"2026-06-01 14:20\" in place of the clock; protests run by it."},
    {"official", 0, NULL, "meet: the time for protests is over."},
    {"overwrite", 0, NULL, "meet: replace files that were edited by hand."},
    {"json", 0, NULL, "Print one machine-readable object."},
};

static hm_status run(cli_args *args, hm_err *err)
{
    const book_part *part = book_db_part(args->operand[0]);
    if (part)
        return book_db_run(part, args, err);
    const char *near = book_db_nearest(args->operand[0]);
    return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, args->operand[0],
                      near ? "no such part of hecto book; did you mean %s?"
                           : "no such part of hecto book; see hecto book --help",
                      near);
}

const cli_verb cmd_book = {
    .name = "book",
    .operand = "PART [ARGS]",
    .summary = "Results kept for years, lists of them, and what a time is worth.",
    .parts = "  import FILE...               results go in: sheets, files of timing systems\n"
             "  export                       meets come out again\n"
             "  convert IN... OUT            from one format to another, without a book\n"
             "  list EVENT SEX               marks by time or age grade\n"
             "  records EVENT SEX            records and when they fell\n"
             "  ranking EVENT SEX            world ranking of the book's marks\n"
             "  find NAME                    people by a part of their name\n"
             "  person ID                    personal and season bests\n"
             "  versus ID ID                 the heats in which two met\n"
             "  merge KEEP DROP              two people are one\n"
             "  conflicts                    marks that contradict one another\n"
             "  settle MARK --take|--keep    which of them stands\n"
             "  meet FOLDER                  a small meet, from entries to published results\n"
             "  meets [NAME]                 meets by a part of their name\n"
             "  show MEET                    a meet of the book as a sheet\n"
             "  meet-category MEET CATEGORY  category in the world rankings\n"
             "  log                          what was done to the book\n"
             "  undo [DEED]                  the last of it, or one, taken back\n"
             "  backup FILE                  a whole copy\n"
             "  points EVENT SEX MARK        what a time is worth\n",
    .n_operand_min = 1,
    .n_operand_max = CLI_OPERAND_MAX,
    .opt = opts,
    .n_opt = sizeof opts / sizeof opts[0],
    .example =
        "  hecto book import data/races/2009-berlin-men-100m-final.csv --db club.db\n"
        "  hecto book import heat1.lif heat2.lif lynx.ppl --db club.db --meet \"Club games\"\n"
        "  hecto book export --all --db club.db -o club.json\n"
        "  hecto book convert heat1.lif results.txt --as hytek\n"
        "  hecto book list 100m men --db club.db --legal --sheet list.pdf\n"
        "  hecto book list 100m all --db club.db --age-graded\n"
        "  hecto book records 100m men --db club.db --plot records.png\n"
        "  hecto book ranking 100m men --db club.db --on 2009-12-31\n"
        "  hecto book meet club-evening --db club.db\n"
        "  hecto book points 100m men 9.58\n"
        "  hecto book points 100m women --worth 1200\n"
        "  hecto book points 100m men 10.4h --table combined\n"
        "  hecto book points 100m men 13.12 --age 50\n"
        "  hecto book points 100m men 9.98 --wind-mps -0.7 --category OW --place 2 --json",
    .run = run,
};

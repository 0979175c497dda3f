"""hecto book points from outside. Arguments: hecto, data folder."""
import csv
import json
import os
import subprocess
import sys
import tempfile

from tap import Tap

HECTO, DATA = sys.argv[1:3]
tap = Tap()


def run(*args):
    return subprocess.run([HECTO, "book", *args], capture_output=True, text=True, timeout=20)


def ask(*args):
    p = run("points", *args, "--json")
    return json.loads(p.stdout) if p.returncode == 0 else {"points": p.stderr}


# each table, marks as people write them
for args, points in [("100m men 9.58 --table scoring", 1356), ("100m M 9,58", 1356), ("100 women 10.49", 1314),
                     ("60m F 6.92", 1248), ("200m W 21.34", 1308), ("100m men 10.40 --table combined", 999),
                     ("100m men 10.4h --table combined", 942), ("100m men 10.4 --hand --table combined", 942),
                     ("100m men 13.12 --age 50", 681), ("100m men 10.00 --wind-mps -0.7", 1211),
                     ("100m men 10.00 --wind-mps 3.5", 1185), ("100m men 10.00 --wind-mps 2.0", 1206),
                     ("100m men 10.00 --wind-mps 2.01", 1194), ("100m men 10.00 --table ranking", 1176),
                     ("60m men 6.34 --table ranking", 1304), ("100m men 10.00 --wind-mps 0 --category OW --place 2", 1516),
                     ("100m men 9.571", 1356), ("100m men 0:09.58", 1356), ("100m men 25", 0)]:
    tap.same(ask(*args.split())["points"], points, f"points of {args}")

# the JSON says by which table
got = ask("100m", "men", "9.58")
tap.same([got[k] for k in ("format", "version", "event", "sex", "table", "venue", "time_s", "edition", "extrapolated", "notes")],
         ["hectometre-points", 1, "100m", "men", "scoring", "outdoor", 9.58, "IAAF 2017", False, []], "the object names its table")
tap.same(ask("60m", "men", "6.5")["venue"], "indoor", "60 m is indoor")
tap.ok(ask("100m", "men", "9.40")["extrapolated"], "above 1400 is extrapolated")
got = ask("100m", "men", "13.12", "--age", "50")
tap.same([got["age_grade_percent"], got["factored_time_s"]], [80.85, 11.85], "the masters example has its age grade")
got = ask("100m", "men", "13.12", "--age", "32")
tap.ok(got["points"] is None and got["notes"], "no points of masters at 32, and a note", got)
got = ask("100m", "men", "10.4h")
tap.same([got["hand"], got["hand_time_s"], got["time_s"]], [True, 10.4, 10.64], "a time by hand is told with what it is taken as")

# where the book errs
with open(os.path.join(DATA, "rules/scoring_errata.csv"), encoding="utf-8") as f:
    for row in csv.DictReader(f):
        args = (row["event"], row["sex"], row["time_s"])
        got = ask(*args)
        tap.ok(got["points"] == int(row["table_reading_points"]) and got["formula_points"] == int(row["formula_points"])
               and row["formula_points"] in got["notes"][0], f"{args}: the book, and what its formula gives", got)
        tap.same(ask(*args, "--points-source", "formula")["points"], int(row["formula_points"]), f"{args}: the formula")

# the other way round
for args, time_s in [("100m men --worth 1206", 10.0), ("100m men --worth 1207", 9.99), ("100m women --worth 992", 11.99),
                     ("100m men --worth 999 --table combined", 10.4), ("100m women --worth 1200 --hand", 10.94),
                     ("100m men --worth 1516 --wind-mps 0 --category OW --place 2", 10.0),
                     ("100m men --worth 681 --age 50", 13.12)]:
    got = ask(*args.split())
    tap.ok(got["time_s"] == time_s and got["points"] >= got["worth"], f"time of {args}", got)

# for reading
p = run("points", "100m", "men", "13.12", "--age", "50")
tap.ok(all(w in p.stdout for w in ("681 points", "80.85 %", "11.85", "WMA")) and not p.stderr, "text for readers", p.stdout)
p = run("points", "100m", "men", "9.581")
tap.ok("9.59" in p.stdout and "next longer" in p.stderr, "a finer time goes up, and a note says so", p.stderr)
p = run("points", "100m", "men", "10.4")
tap.ok("10.40" in p.stderr and "--hand" in p.stderr, "one decimal: read as hundredths, and a note asks", p.stderr)
tap.ok(not run("points", "100m", "men", "10.4", "-q").stderr, "quiet")
with tempfile.TemporaryDirectory() as tmp:
    path = os.path.join(tmp, "p.json")
    p = run("points", "100m", "men", "9.58", "-o", path)
    with open(path, encoding="utf-8") as f:
        tap.ok(json.load(f)["points"] == 1356 and not p.stdout, "-o writes the object")

# wrong usage and what no table has
for args, code, word in [("", 2, "PART"), ("pints 100m men 9.58", 2, "points"), ("points 100m men", 2, "MARK"),
                         ("points 100m men 9.58 --worth 10", 2, "MARK"), ("points 300m men 31.0", 2, "200m"),
                         ("points 100m boys 12.0", 2, "men"), ("points 100m men fast", 2, "9.58"),
                         ("points 100m men 0", 2, "9.58"), ("points 100m men nan", 2, "9.58"),
                         ("points 100m men 9.58 --table points", 2, "scoring"), ("points 100m men 12 --table age", 2, "--age"),
                         ("points 100m men 9.58 --table combined --age 40", 2, "--age"),
                         ("points 100m men 9.58 --category OW", 2, "--place"),
                         ("points 60m men 6.5 --wind-mps 1", 2, "indoors"), ("points 100m men --worth 0", 2, "--worth"),
                         ("points 100m men --worth 99999", 65, "99999"), ("points 100m men 9.58 --venue indoor", 65, "outdoor"),
                         ("points 55m men 7.00 --table combined", 65, "55m"), ("points 200m men 20.00 --wind-mps 1", 65, "200m"),
                         ("points 100m men 12.0 --age 20", 2, "30")]:
    p = run(*args.split())
    tap.ok(p.returncode == code and word in p.stderr and not p.stdout, f"refused: {args}", p.stderr)
tap.done()

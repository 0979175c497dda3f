"""Cohorts into a folder: killed and gone on with, any number of threads, tables in CSV, JSON and
SQLite that agree; validation speaks JSON. Arguments: hecto."""
import csv
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

from tap import Tap

HECTO = sys.argv[1]
tap = Tap()
temp = tempfile.TemporaryDirectory()
TABLES = ["seasons", "births", "transitions", "lists", "value", "earners"]


def folder(name):
    return os.path.join(temp.name, name)


def command(name, *args):
    return [HECTO, "life", "--cohort", folder(name), "--people", "8000", "--classes", "12", "-q", *args]


def run(name, *args):
    return subprocess.run(command(name, *args), capture_output=True, text=True, timeout=120)


def read(name, file):
    with open(os.path.join(folder(name), file), "rb") as f:
        return f.read()


def classes(name):
    try:
        return sorted(f for f in os.listdir(os.path.join(folder(name), "classes")) if not f.startswith("."))
    except FileNotFoundError:
        return []


# one run that nobody disturbs
p = run("whole", "--threads", "1")
tap.same((p.returncode, p.stderr), (0, ""), "a study runs")
tap.same(len(classes("whole")), 12, "each class is a file")

# the same, killed as soon as a class is done, then gone on with
victim = subprocess.Popen(command("killed", "--threads", "2"), stdout=subprocess.DEVNULL)
until = time.time() + 60
while len(classes("killed")) < 2 and time.time() < until and victim.poll() is None:
    time.sleep(0.002)
victim.send_signal(signal.SIGKILL)
victim.wait()
before = {f: os.stat(os.path.join(folder("killed"), "classes", f)).st_mtime_ns
          for f in classes("killed") if f.endswith(".class")}
tap.ok(0 < len(before) and not os.path.exists(os.path.join(folder("killed"), "summary.json")),
       "killed between two classes", before)
p = run("killed", "--threads", "2")
tap.same(p.returncode, 0, "the same command goes on")
after = {f: os.stat(os.path.join(folder("killed"), "classes", f)).st_mtime_ns for f in before}
tap.same(after, before, "classes that were done are not lived again")
for t in TABLES:
    tap.same(read("killed", t + ".csv"), read("whole", t + ".csv"), f"{t}: the same bytes as of one run")
tap.same(read("killed", "summary.json"), read("whole", "summary.json"), "and the same summary")

# another study does not go into the same folder; a damaged class is named
p = run("whole", "--set", "policy.squad_from_age=9")
tap.ok(p.returncode == 65 and "other settings" in p.stderr, "another policy in this folder is refused", p.stderr)
path = os.path.join(folder("killed"), "classes", "00003.class")
with open(path, "r+b") as f:
    f.seek(5000)
    f.write(b"?")
p = run("killed")
tap.ok(p.returncode == 65 and "00003.class" in p.stderr and "damaged" in p.stderr, "a damaged class is named",
       p.stderr)

# tables agree with each other
db = sqlite3.connect(os.path.join(folder("whole"), "cohort.db"))
tap.same(sorted(r[0] for r in db.execute("SELECT name FROM about")), sorted(TABLES), "the database says what it holds")
for t in TABLES:
    with open(os.path.join(folder("whole"), t + ".csv"), newline="", encoding="utf-8") as f:
        rows = list(csv.reader(f))
    kept = db.execute(f"SELECT * FROM {t}")
    tap.same([c[0] for c in kept.description], rows[0], f"{t}: the same columns in CSV and SQLite")
    same = all(a == "" and b is None or a == b or a not in ("",) and float(a) == b
               for r, k in zip(rows[1:], kept.fetchall()) for a, b in zip(r, k))
    tap.ok(same and len(rows) > 1, f"{t}: the same cells")
tap.same(db.execute("SELECT count(*) FROM seasons WHERE members_q1 + members_q2 + members_q3 + members_q4 <> members")
         .fetchone()[0], 0, "quarters add up to the members")
tap.same(db.execute("SELECT count(*) FROM lists GROUP BY class, school_age_y, person HAVING count(*) > 1").fetchall(),
         [], "nobody is twice on a list")
summary = json.loads(read("whole", "summary.json"))
tap.same(summary["format"], "hectometre-cohort", "a summary in JSON")
tap.ok(0 <= summary["gini_prize"] <= 1 and summary["gini_prize"] > summary["gini_points"],
       "prizes are more unequal than points", summary["gini_prize"])
tap.same(summary["policy"]["cutoff_day"], 92, "with the policy it was made under")

# a page
for kind, head in (("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF")):
    env = {**os.environ, "ASAN_OPTIONS": "detect_leaks=0"}  # cairo keeps some bytes of a PDF
    p = subprocess.run(command("whole", "--plot", folder("page." + kind)), capture_output=True, timeout=120, env=env)
    with open(folder("page." + kind), "rb") as f:
        tap.ok(p.returncode == 0 and f.read().startswith(head), f"a page as .{kind}")

# validation
p = subprocess.run([HECTO, "life", "--validate", "--quick", "--json", "-q", "--people", "1000"], capture_output=True,
                   text=True, timeout=120)
v = json.loads(p.stdout)
tap.ok(len(v["targets"]) >= 40 and all(set(("id", "got", "value", "lo", "hi", "held")) <= set(t) for t in v["targets"]),
       "validation prints targets")
tap.ok(all(t["held"] for t in v["targets"] if t["id"].startswith("T3")), "heights are held at any size")
tap.done()

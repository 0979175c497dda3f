"""hecto book conflicts, settle, merge, log, undo, meets: what changes a book is told and taken back.
Arguments: hecto, data folder, folder of test data."""
import json
import os
import sqlite3
import subprocess
import sys
import tempfile

from tap import Tap

HECTO = os.path.abspath(sys.argv[1])
BERLIN = os.path.join(os.path.abspath(sys.argv[2]), "races", "2009-berlin-men-100m-final.csv")
OLD = os.path.join(os.path.abspath(sys.argv[3]), "book_v1.sql")
tap = Tap()
tmp = tempfile.TemporaryDirectory()
os.chdir(tmp.name)


def hecto(*args):
    return subprocess.run([HECTO, "book", *args], capture_output=True, timeout=100, text=True)


def answer(*args):
    p = hecto(*args, "--json")
    return json.loads(p.stdout) if p.returncode == 0 else {"failed": p.stderr}


def winner(db):
    return answer("list", "100m", "men", "--db", db)["marks"][0]


# a contest
hecto("import", BERLIN, "--db", "b.db")
with open(BERLIN, encoding="utf-8") as f, open("changed.csv", "w", encoding="utf-8") as g:
    g.write(f.read().replace("9.58", "9.57"))
hecto("import", "changed.csv", "--db", "b.db")
c = answer("conflicts", "--db", "b.db")["conflicts"]
tap.same([(v["time_s"], v["stands"], v["file"], v["line"]) for v in c[0]["versions"]],
         [(9.58, True, os.path.basename(BERLIN), 19), (9.57, False, "changed.csv", 19)], "a contest tells both versions and their files")
text = hecto("conflicts", "--db", "b.db").stdout
tap.ok("stands mark" in text and "9.57" in text and "changed.csv:19" in text, "on the terminal too", text)
rival = str(c[0]["versions"][1]["mark"])
tap.same(hecto("settle", rival, "--db", "b.db").returncode, 2, "to settle is to choose")
tap.same(hecto("settle", rival, "--take", "--keep", "--db", "b.db").returncode, 2, "one of the two")
tap.same(hecto("settle", "1", "--take", "--db", "b.db").returncode, 65, "what nobody contests is not settled")
tap.same(answer("settle", rival, "--take", "--db", "b.db").get("deed"), 3, "a settlement is a deed")
tap.same((winner("b.db")["time_s"], winner("b.db")["disputed"]), (9.57, False), "and lists follow")
tap.same(answer("conflicts", "--db", "b.db")["conflicts"], [], "nothing is contested any more")
tap.same(answer("undo", "--db", "b.db")["kind"], "settle", "it is taken back")
tap.same((winner("b.db")["time_s"], winner("b.db")["disputed"]), (9.58, True), "and contested again")
answer("settle", rival, "--keep", "--db", "b.db")
tap.same((winner("b.db")["time_s"], winner("b.db")["disputed"]), (9.58, False), "or what stood goes on")

# an old import goes, what a later file told as well stays
tap.same(answer("undo", "1", "--db", "b.db")["source"], os.path.basename(BERLIN), "an import before the last is taken back")
marks = answer("list", "100m", "men", "--db", "b.db")["marks"]
tap.same([m["time_s"] for m in marks], [9.57, 9.71, 9.84, 9.93, 9.93, 10.0, 10.0, 10.34], "marks that another file tells stay")
tap.same(hecto("undo", "1", "--db", "b.db").returncode, 65, "but only once")
log = answer("log", "--db", "b.db")["deeds"]
tap.same([(d["kind"], d["undone"]) for d in log], [("settle", False), ("settle", True), ("import", False), ("import", True)], "the log tells all")
text = hecto("log", "--db", "b.db").stdout
tap.ok("taken back" in text and "1 in conflict" in text, "on the terminal too", text)
hecto("undo", "--db", "b.db")
hecto("undo", "--db", "b.db")
tap.same(answer("list", "100m", "men", "--db", "b.db")["marks"], [], "until nothing is left")
tap.same(answer("undo", "--db", "b.db")["deed"], None, "to take back")
tap.same(answer("find", "", "--db", "b.db")["people"], [], "nor anybody")

# merges
def people(db, name):
    return {p["name"]: (p["id"], p["marks"]) for p in answer("find", name, "--db", db)["people"]}


for k, name in enumerate(["Ann Brown", "A. Brown"]):
    with open(f"{k}.csv", "w", encoding="utf-8") as f:
        f.write(f"# meet: M{k}\n# date: 2024-05-0{k + 1}\nlane,name,time_s\n1,{name},11.5{k}\n")
    hecto("import", f"{k}.csv", "--db", "m.db", "--sex", "women")
p = people("m.db", "brown")
hecto("merge", str(p["Ann Brown"][0]), str(p["A. Brown"][0]), "--db", "m.db")
tap.same(people("m.db", "brown"), {"Ann Brown": (p["Ann Brown"][0], 2)}, "two become one")
tap.same(answer("undo", "--db", "m.db")["what"], "A. Brown (2) is Ann Brown (1)", "a merge is taken back")
tap.same(people("m.db", "brown"), p, "and two are two again")

# meets
m = answer("meets", "m0", "--db", "m.db")["meets"]
tap.same([(x["name"], x["category"], x["altitude_m"]) for x in m], [("M0", "", None)], "a meet is found by name")
answer("meet-category", str(m[0]["id"]), "OW", "--db", "m.db")
tap.same(answer("meets", "M0", "--db", "m.db")["meets"][0]["category"], "OW", "and gets a category")
tap.same(hecto("meet-category", str(m[0]["id"]), "XX", "--db", "m.db").returncode, 65, "of those there are")
answer("meet-category", str(m[0]["id"]), "none", "--db", "m.db")
tap.same(answer("meets", "M0", "--db", "m.db")["meets"][0]["category"], "", "or none again")
for verb in (["undo"], ["settle", "1", "--take"], ["merge", "1", "2"], ["meet-category", "1", "A"]):
    tap.same((hecto(*verb, "--db", "none.db").returncode, os.path.exists("none.db")), (66, False), f"{verb[0]} makes no book")

# a book of an older version
def old(name):
    c = sqlite3.connect(name)
    with open(OLD, encoding="utf-8") as f:
        c.executescript(f.read())
    c.close()


old("old.db")
p = hecto("list", "100m", "men", "--db", "old.db")
tap.ok(p.returncode == 65 and "older" in p.stderr, "a book of version 1 is not changed by a list", p.stderr)
tap.same(answer("import", BERLIN, "--db", "old.db").get("already"), 8, "an import brings it up to date")
c = sqlite3.connect("old.db")
tap.same(c.execute("PRAGMA user_version").fetchone()[0], 2, "to this version")
tap.same((c.execute("PRAGMA integrity_check").fetchone()[0], c.execute("PRAGMA foreign_key_check").fetchall()), ("ok", []), "whole")
hecto("import", BERLIN, "--db", "fresh.db")
d = sqlite3.connect("fresh.db")


def shape(db):
    """Tables with their columns and references, and what is indexed."""
    tables = [t for (t,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    columns = {t: (db.execute(f"PRAGMA table_info({t})").fetchall(), db.execute(f"PRAGMA foreign_key_list({t})").fetchall()) for t in tables}
    return columns, db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' ORDER BY name").fetchall()


tap.same(shape(c), shape(d), "with the tables of a new one")
tap.same(c.execute("SELECT year_age, final FROM mark WHERE code = '60m' ORDER BY id").fetchall(), [(None, 1), (26, 1)], "with ages and finals")
tap.same(c.execute("SELECT count(*) FROM mark WHERE final").fetchone()[0], 11, "by the name of the round")
c.close()
d.close()
tap.same(len(answer("conflicts", "--db", "old.db")["conflicts"]), 1, "its contest is there")
tap.same([d["what" if "what" in d else "source"] for d in answer("log", "--db", "old.db")["deeds"]],
         ["h.lif", "changed.csv", os.path.basename(BERLIN)], "and its imports are in the log")
answer("undo", "1", "--db", "old.db")
tap.same(winner("old.db")["time_s"], 9.57, "and are taken back as any")

tap.done()

"""hecto book import, list and the like from outside: twice, hostile, killed, two at once, no room.
Arguments: hecto, data folder."""
import csv
import json
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

from tap import Tap

HECTO = os.path.abspath(sys.argv[1])
BERLIN = os.path.join(os.path.abspath(sys.argv[2]), "races", "2009-berlin-men-100m-final.csv")
tap = Tap()
tmp = tempfile.TemporaryDirectory()
os.chdir(tmp.name)


def hecto(*args, **more):
    return subprocess.run([HECTO, "book", *args], capture_output=True, timeout=100, text=True, **more)


def answer(*args):
    p = hecto(*args, "--json")
    return json.loads(p.stdout) if p.returncode == 0 else {"failed": p.stderr}


def write(name, text):
    with open(name, "w", encoding="utf-8", newline="") as f:
        f.write(text)
    return name


def counts(r):
    return tuple(r.get(k) for k in ("added", "already", "conflicts"))


def start_list(name, event, heats, lanes):
    """A start list whose marks are all its own."""
    rows = []
    for h in range(1, heats + 1):
        rows.append(f"{event},1,{h},100 m Men\r\n")
        rows += [f",{event * 100000 + h * 100 + k},{k},L{event}x{h}x{k},F,T\r\n" for k in range(1, lanes + 1)]
    return write(name, "".join(rows))


# in and out
tap.same(counts(answer("import", BERLIN, "--db", "b.db")), (8, 0, 0), "a sheet goes in")
tap.same(counts(answer("import", BERLIN, "--db", "b.db")), (0, 8, 0), "twice adds nothing")
marks = answer("list", "100m", "men", "--db", "b.db")["marks"]
tap.same([m["time_s"] for m in marks], [9.58, 9.71, 9.84, 9.93, 9.93, 10.0, 10.0, 10.34], "official times as typed")
tap.same([m["place"] for m in marks], [1, 2, 3, 4, 4, 6, 6, 8], "equal times share a place")
tap.same((marks[0]["name"], marks[0]["wind_mps"], marks[0]["date"]), ("Usain Bolt", 0.9, "2009-08-16"), "name, wind, date")
tap.same(answer("list", "100 m", "women", "--db", "b.db")["marks"], [], "no women among the men")
with open(BERLIN, encoding="utf-8") as f:
    changed = write("changed.csv", f.read().replace("9.58", "9.57"))
tap.same(counts(answer("import", changed, "--db", "b.db")), (0, 7, 1), "a contradiction is told")
first = answer("list", "100m", "men", "--db", "b.db", "--every")["marks"]
tap.same((len(first), first[0]["time_s"], first[0]["disputed"]), (8, 9.58, True), "and the first mark stands, disputed")

# a timing system's file
lif = write("h.lif", "1,1,1,100 m,-0.4,M/S\r\n1,11,4,Ng,Bo,CL,10.241,,0.0\r\n2,12,5,Ek,Al,CL,10.25\r\nDNS,,3,Oz,Cy,CL,\r\n")
tap.same(counts(answer("import", lif, "--db", "l.db", "--sex", "men", "--date", "2024-05-01")), (3, 0, 0), "a Lynx file goes in")
got = [(m["name"], m["time_s"], m["place"]) for m in answer("list", "100m", "men", "--db", "l.db")["marks"]]
tap.same(got, [("Bo Ng", 10.25, 1), ("Al Ek", 10.25, 1)], "a reading of 10.241 is 10.25, and one place for two")

# names that want harm
NAMES = ["Robert'); DROP TABLE people;--", "=cmd|' /C calc'!A0", "@SUM(1)", "+1", "-1", 'a "b", c', "\U0001f3c3\u200d\u2640\ufe0f", "\u05e9\u05dc\u05d5\u05dd",
         "x" * 120]
with open("inj.csv", "w", encoding="utf-8", newline="") as f:
    w = csv.writer(f)
    w.writerow(["lane", "name", "time_s"])
    w.writerows([i + 1, name, f"10.{50 + i}"] for i, name in enumerate(NAMES))
tap.same(counts(answer("import", "inj.csv", "--db", "b.db")), (len(NAMES), 0, 0), "hostile names go in")
tap.same(len(answer("list", "100m", "men", "--db", "b.db")["marks"]), 8, "and change nothing else")
got = [m["name"] for m in answer("list", "100m", "all", "--db", "b.db")["marks"]][8:]
tap.same(got, NAMES, "and come out as they went in")

text = hecto("list", "100m", "all", "--db", "b.db", "--csv").stdout
rows = list(csv.reader(text.splitlines()))
cells = [r[rows[0].index("name")] for r in rows[9:]]
tap.same(cells, ["'" + n if n[0] in "=+-@" else n for n in NAMES], "a table for spreadsheets holds no formula")
tap.ok(all(c[:1] not in "=@+" or not c for r in rows[1:] for c in r if not c.startswith("+0")), "in no cell", rows)
tap.same([r[rows[0].index("time_s")] for r in rows[1:3]], ["9.58", "9.71"], "and times as they are")
long = "\u05e9" * 10000
lif = write("long.lif", f"1,1,1,60 m\r\n1,11,4,{long},,CL,7.24\r\n")
tap.same(counts(answer("import", lif, "--db", "b.db")), (1, 0, 0), "a name of 10,000 characters goes in")
tap.same(answer("list", "60m", "all", "--db", "b.db")["marks"][0]["name"], long, "and comes out whole")
tap.ok(len(hecto("list", "60m", "all", "--db", "b.db").stdout) < 400, "but is cut on the terminal")

# people
people = answer("find", "BOLT", "--db", "b.db")["people"]
tap.same([(p["name"], p["marks"]) for p in people], [("Usain Bolt", 2)], "found by a part of the name")
bolt, gay = people[0]["id"], answer("find", "gay", "--db", "b.db")["people"][0]["id"]
d = answer("versus", str(bolt), str(gay), "--db", "b.db")
tap.same((len(d["heats"]), d["wins_a"], d["wins_b"]), (1, 1, 0), "two met once")
tap.same(hecto("merge", str(bolt), str(gay), "--db", "b.db").returncode, 65, "who ran against each other are two people")
p = answer("person", str(bolt), "--db", "b.db")
tap.same([(b["event"], b["year"], b["time_s"]) for b in p["bests"]], [("100m", None, 9.58), ("100m", 2009, 9.58)], "personal and season bests")
tap.same(hecto("person", "999999", "--db", "b.db").returncode, 65, "nobody has that number")
tap.same(answer("undo", "--db", "b.db")["source"], "long.lif", "the last import is taken back")
tap.same(answer("list", "60m", "all", "--db", "b.db")["marks"], [], "with its marks")
tap.same(hecto("backup", "copy.db", "--db", "b.db").returncode, 0, "a backup is made")
tap.same(answer("list", "100m", "all", "--db", "copy.db"), answer("list", "100m", "all", "--db", "b.db"), "and lists the same")
tap.same(hecto("backup", "copy.db", "--db", "b.db").returncode, 65, "but replaces nothing")

# what is no book
write("x.db", "not a database")
p = hecto("list", "100m", "men", "--db", "x.db")
tap.ok(p.returncode == 65 and "x.db" in p.stderr, "a file that is no database is refused by name", p.stderr)
c = sqlite3.connect("other.db")
c.execute("CREATE TABLE t (x)")
c.commit()
c.close()
p = hecto("import", BERLIN, "--db", "other.db")
tap.ok(p.returncode == 65 and "another program" in p.stderr, "a database of another program is refused", p.stderr)
c = sqlite3.connect("b.db")
c.execute("PRAGMA wal_checkpoint(TRUNCATE)")
c.close()
with open("b.db", "rb") as f:
    whole = f.read()
new = bytearray(whole)
new[60:64] = (99).to_bytes(4, "big")
with open("new.db", "wb") as f:
    f.write(new)
p = hecto("list", "100m", "men", "--db", "new.db")
tap.ok(p.returncode == 65 and "newer" in p.stderr, "a book of a newer version is refused", p.stderr)
torn = bytearray(whole)
torn[4096:] = bytes(random.Random(1).randbytes(len(torn) - 4096))
with open("torn.db", "wb") as f:
    f.write(torn)
p = hecto("list", "100m", "men", "--db", "torn.db")
tap.ok(p.returncode == 65 and "damaged" in p.stderr, "a damaged book is refused", p.stderr)
tap.same(hecto("list", "100m", "men", "--db", "none.db").returncode, 66, "a book that is not there")
tap.ok(not os.path.exists("none.db"), "is not made by a list")
p = hecto("import", BERLIN, "--db", "/proc/none.db")
tap.ok(p.returncode == 74 and "/proc/none.db" in p.stderr, "where nothing can be written: 74", p.stderr)


# no room: files of this process may not grow beyond 200 kB
def small_disk():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))


big = start_list("big.evt", 900, 60, 50)
hecto("import", BERLIN, "--db", "full.db")
p = hecto("import", big, "--db", "full.db", preexec_fn=small_disk, restore_signals=False)
tap.ok(p.returncode == 74 and "full.db" in p.stderr, "no room is told, 74", (p.returncode, p.stderr))
tap.same(len(answer("list", "100m", "men", "--db", "full.db")["marks"]), 8, "and nothing is lost or half there")

# killed
HEATS, LANES, KILLS = 20, 15, 100
t0 = time.monotonic()
hecto("import", start_list("t.evt", 1, HEATS, LANES), "--db", "time.db")
span = time.monotonic() - t0
rng = random.Random(7)
done, killed, wrong = 0, 0, []
for k in range(1, KILLS + 1):
    p = subprocess.Popen([HECTO, "book", "import", start_list("k.evt", k, HEATS, LANES), "--db", "k.db"],
                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        p.wait(rng.uniform(0, 2 * span))
    except subprocess.TimeoutExpired:
        p.kill()
    code = p.wait()
    killed += code == -signal.SIGKILL
    if not os.path.exists("k.db"):
        continue
    c = sqlite3.connect("k.db")
    try:
        if c.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            per = dict(c.execute("SELECT i.id, count(m.id) FROM import i LEFT JOIN mark m ON m.import_id = i.id GROUP BY i.id"))
            mine = c.execute("SELECT count(*) FROM heat WHERE event = ?", (str(k),)).fetchone()[0]
            if any(n != HEATS * LANES for n in per.values()) or mine not in (0, HEATS) or (code == 0 and mine == 0):
                wrong.append((k, code, per, mine))
            if c.execute("PRAGMA integrity_check").fetchone()[0] != "ok" or c.execute("PRAGMA foreign_key_check").fetchall():
                wrong.append((k, "integrity"))
            done = len(per)
        elif code == 0:
            wrong.append((k, "nothing there"))
    finally:
        c.close()
tap.ok(killed >= KILLS // 4, f"killed in the middle of {killed} of {KILLS} imports, {done} were whole", (killed, done, span))
tap.same(wrong, [], "each import is there whole or not at all")

# two writers
names = [start_list(f"w{k}.evt", 100 + k, 10, 20) for k in range(8)]
running = [subprocess.Popen([HECTO, "book", "import", n, "--db", "two.db"], stdout=subprocess.DEVNULL) for n in names]
tap.same([p.wait(100) for p in running], [0] * 8, "eight write to one new book at once")
c = sqlite3.connect("two.db")
tap.same(c.execute("SELECT count(*), count(DISTINCT import_id) FROM mark").fetchone(), (1600, 8), "and lose nothing")
c.close()

tap.done()

"""Meets from file to file and through the book: every format, hostile names, the same bytes.
Arguments: hecto, data folder, folder of Lynx files."""
import csv
import io
import json
import os
import re
import subprocess
import sys
import tempfile

from tap import Tap

HECTO = os.path.abspath(sys.argv[1])
BERLIN = os.path.join(os.path.abspath(sys.argv[2]), "races", "2009-berlin-men-100m-final.csv")
LYNX = os.path.abspath(sys.argv[3])
tap = Tap()
tmp = tempfile.TemporaryDirectory()
os.chdir(tmp.name)


def hecto(*args, code=0):
    p = subprocess.run([HECTO, "book", *args], capture_output=True, timeout=100)
    if p.returncode != code:
        tap.ok(False, f"hecto book {' '.join(args)[:200]}: {p.returncode}", p.stderr.decode()[:500])
    return p


def out(*args):
    return hecto(*args).stdout.decode()


def answer(*args):
    return json.loads(out(*args, "--json"))


def counts(r):
    return tuple(r[k] for k in ("added", "already", "conflicts"))


def write(name, text):
    with open(name, "wb") as f:
        f.write(text if isinstance(text, bytes) else text.encode())
    return name


def read(name):
    with open(name, "rb") as f:
        return f.read()


def lynx(name):
    return os.path.join(LYNX, "good", name)


# names from the people beside, by option and among the files
write("x.evt", "1,1,1,100 m\r\n,101,3\r\n,102,4,Own,Name\r\n,999,5\r\n1,1,2,100 m\r\n,103,3\r\n")
write("x.ppl", "101,Ng,Bo,CL,L1\r\n102,Ek,Al\r\n103,Oz,Cy\r\n")


def names(path, *args):
    meet = json.loads(out("convert", path, "-", "--as", "json", *args))["meets"][0]
    return [(m["first_name"], m["last_name"]) for h in meet["heats"] for m in h["marks"]]


FILLED = [("Bo", "Ng"), ("Name", "Own"), ("", ""), ("Cy", "Oz")]
tap.same(names("x.evt"), FILLED, "names come from the people beside the file")
os.rename("x.ppl", "other.ppl")
tap.same(names("x.evt"), [("", ""), ("Name", "Own"), ("", ""), ("", "")], "without them there are none")
tap.same(names("x.evt", "--people", "other.ppl"), FILLED, "or from --people")
p = hecto("import", "x.evt", "other.ppl", "--db", "n.db", "--meet", "M")
tap.ok(b"2 names were taken from other.ppl" in p.stderr, "or from the files named with it", p.stderr)
tap.same([n["name"] for n in answer("find", "Oz", "--db", "n.db")["people"]], ["Cy Oz"], "and the book knows them")
p = hecto("import", "x.evt", "--people", "x.evt", "--db", "n.db", code=2)

# a schedule orders heats
write("x.sch", "1,1,2\r\n1,1,1\r\n")
heats = json.loads(out("convert", "x.evt", "-", "--as", "json"))["meets"][0]["heats"]
tap.same([h["heat"] for h in heats], [2, 1], "heats stand in the order of the schedule")
tap.ok("other files" in hecto("import", "x.sch", "--db", "n.db", code=65).stderr.decode(), "a schedule alone is refused")
tap.same(out("convert", "x.evt", "x.sch", "-", "--as", "sch"), "1,1,2\r\n1,1,1\r\n", "and written")

# several files, one report
r = answer("import", lynx("heat1.lif"), lynx("heat2.lif"), lynx("lynx.ppl"), "--db", "s.db", "--meet", "Club", "--date", "2026-06-01")
tap.same((counts(r), r["people"]), ((9, 0, 0), 11), "several files are summed")
tap.same([f["added"] for f in r["files"]], [4, 5, 0], "and told one by one, in order")
tap.same(answer("undo", "--db", "s.db")["source"], "lynx.ppl", "each is an import of its own")
write("bad.lif", "1,1,1,100 m\r\n1,11,x,Ng\r\n")
p = hecto("import", lynx("tie.lif"), "bad.lif", "--db", "none.db", code=65)
tap.ok(b"bad.lif:2:" in p.stderr and not os.path.exists("none.db"), "one that cannot be read: nothing is taken", p.stderr)
tap.same(hecto("import", lynx("tie.lif"), "gone.lif", "--db", "none.db", code=66).returncode, 66, "one that is not there")

# a book through its own files
hecto("import", BERLIN, lynx("heat1.lif"), lynx("heat2.lif"), lynx("lynx.evt"), lynx("tie.lif"), "--db", "a.db")
text = read(BERLIN).decode().replace("9.58", "9.57")
tap.same(counts(answer("import", write("changed.csv", text), "--db", "a.db")), (0, 7, 1), "with a rival")
for ending in ("json", "csv"):
    hecto("export", "--all", "--db", "a.db", "-o", f"a.{ending}")
    hecto("import", f"a.{ending}", "--db", f"{ending}.db")
    hecto("export", "--all", "--db", f"{ending}.db", "-o", f"b.{ending}")
    tap.same(read(f"b.{ending}"), read(f"a.{ending}"), f"a book goes through {ending} and is the same")
    for event in ("100m", "60m"):
        tap.same(out("list", event, "all", "--every", "--db", f"{ending}.db"), out("list", event, "all", "--every", "--db", "a.db"),
                 f"its list of {event} too")
    hecto("backup", f"again-{ending}.db", "--db", "a.db")
    tap.same(counts(answer("import", f"a.{ending}", "--db", f"again-{ending}.db"))[::2], (0, 0), "taken again it adds nothing")
hecto("export", "--all", "--db", "a.db", "-o", "c.json")
hecto("convert", "c.json", "c.csv")
hecto("convert", "c.csv", "d.json")
tap.same(read("d.json"), read("c.json"), "from JSON to CSV and back nothing is lost")
hecto("export", "--all", "--db", "a.db", "--as", "json", "-o", "folder/")
got = sorted(os.listdir("folder"))
tap.same(len(got), len(json.loads(read("c.json"))["meets"]), "a folder takes a file for each")
tap.ok(all(re.fullmatch(r"[A-Za-z0-9-]+\.json", n) for n in got), "of plain names", got)

# which meet
tap.ok("name it" in hecto("export", "--db", "a.db", "--as", "csv", code=2).stderr.decode(), "several meets: which?")
one = out("export", "--meet", "12th world championships in ATHLETICS", "--db", "a.db", "--as", "hytek")
tap.same(out("export", "--meet", "1", "--db", "a.db", "--as", "hytek"), one, "by name in any case, or by number")
tap.same(hecto("export", "--meet", "nobody's", "--db", "a.db", "--as", "csv", code=2).returncode, 2, "none of that name")
tap.same(hecto("export", "--meet", "1", "--db", "a.db", "--as", "x", code=2).returncode, 2, "no such format")
tap.same(hecto("export", "--meet", "1", "--db", "a.db", "-o", "x.txt", code=2).returncode, 2, "an ending that tells none")

# official times and winds, numbers of events, one heat or all
write("w.lif", "7,1,1,100 m,+1.03,m/s\r\n1,11,4,Ng,Bo,CL,10.241\r\n2,12,5,Ek,Al,CL,10.25\r\n")
p = hecto("convert", "w.lif", "w.txt", "--as", "hytek", "--sex", "men")
tap.same([r.split(";")[10:13] for r in read("w.txt").decode().split("\r\n")[1:3]], [["10.25", "M", "1.1"]] * 2, "times and winds go up")
tap.ok(out("convert", "w.lif", "-", "--as", "lif").startswith("7,1,1,100 m,+1.03,m/s\r\n1,11,4,Ng,Bo,CL,10.241,"), "a Lynx file keeps readings")
text = out("convert", "w.lif", lynx("heat1.lif"), lynx("heat2.lif"), "-", "--as", "hytek")
tap.same([r.split(";")[2] for r in text.split("\r\n")[1:-1]], ["7"] * 2 + ["1"] * 9, "heats of many files are one meet")
tap.same(hecto("convert", "w.lif", lynx("heat1.lif"), "x.lif", code=2).returncode, 2, "one file holds one heat")
hecto("convert", "w.lif", lynx("heat1.lif"), "heats/", "--as", "lif")
tap.same(sorted(os.listdir("heats")), ["1-1-01.lif", "7-1-01.lif"], "a folder takes them all")
tap.same(out("convert", lynx("lynx.evt"), "-", "--as", "athlib", "--heat", "2").count("familyName"), 4, "or one is named")
tap.same(hecto("convert", lynx("lynx.evt"), "x.lif", "--heat", "5", code=2).returncode, 2, "that is there")
tap.ok(out("export", "--meet", "1", "--db", "a.db", "--as", "evt").startswith("1,1,1,100 m,+0.9,m/s,,,,100\r\n"), "events get numbers")
tap.same(out("export", "--meet", "1", "--db", "a.db", "--as", "ppl").count("\r\n"), 8, "people have those of the book")
tap.ok('"9.58"' in out("export", "--meet", "1", "--db", "a.db", "--as", "athlib"), "the believed mark is written")
tap.same(hecto("convert", BERLIN, "x.csv", "-o", "y.csv", code=2).returncode, 2, "-o is not for convert")

tap.done()

"""Names that want harm, through every way in and every way out, and in every encoding.
Arguments: hecto."""
import csv
import io
import json
import os
import sqlite3
import subprocess
import sys
import tempfile

from tap import Tap

HECTO = os.path.abspath(sys.argv[1])
tap = Tap()
tmp = tempfile.TemporaryDirectory()
os.chdir(tmp.name)

NAMES = [
    "de Grasse, Andre", 'say "go"', '"', "O'Brien", "'t Hart", "Robert'); DROP TABLE mark;--", "' OR '1'='1", "=cmd|' /C calc'!A0",
    "'=1+1", "@SUM(1)", "+1", "-1+2", "|x", "a;b", "; comment", "# remark", "\\ back", "DNS", "0", "NULL", "../../etc/passwd", "%s%n%x",
    "$(reboot)`id`", "</script><b>x", '{"a": 1}', "\U0001f3c3\u200d\u2640\ufe0f", "\u05e9\u05dc\u05d5\u05dd", "\u202eevil", "\u5c71\u7530",
    "e\u0301", "\ufeffmark", "a\u2028b",
]
LONG = ["\U0001f3c3" * 10000, "," * 10000, '"' * 10000, "=" * 10000]


def hecto(*args, code=0):
    p = subprocess.run([HECTO, "book", *args], capture_output=True, timeout=100)
    if p.returncode != code:
        tap.ok(False, f"hecto book {' '.join(args)[:100]}: {p.returncode}", p.stderr.decode()[:300])
    return p


def write(name, text):
    with open(name, "wb") as f:
        f.write(text if isinstance(text, bytes) else text.encode())
    return name


def table(rows, end="\r\n"):
    out = io.StringIO()
    csv.writer(out, lineterminator=end).writerows(rows)
    return out.getvalue()


# ---- ways in: a heat of these names ----

def as_lif(names):
    return "1,1,1,100 m\r\n" + table([str(i + 1), str(i + 1), "", n, "", "CL", f"{10 + i / 100:.2f}"] for i, n in enumerate(names))


def as_evt(names):
    return "1,1,1,100 m\r\n" + "".join("," + table([[str(i + 1), "", n, "", "CL"]]) for i, n in enumerate(names))


def as_json(names):
    marks = [{"id": str(i + 1), "last_name": n, "status": "ok", "place": i + 1, "official_s": round(10 + i / 100, 2)} for i, n in enumerate(names)]
    return json.dumps({"format": "hectometre-meet", "version": 1, "meets": [{"heats": [{"event": "1", "code": "100m", "marks": marks}]}]})


def formula(s):
    return s.lstrip("'")[:1] in tuple("=+-@|\t\r")


def as_csv(names):
    rows = [["heat", "status", "official_s", "place", "last_name", "event", "code"]]
    rows += [["1", "ok", f"{10 + i / 100:.2f}", i + 1, ("'" if formula(n) else "") + n, "1", "100m"] for i, n in enumerate(names)]
    return table(rows, "\n")


def as_sheet(names):
    return table([["lane", "name", "time_s"]] + [[i + 1, n, f"{10 + i / 100:.2f}"] for i, n in enumerate(names)])


# ---- ways out: the names again ----

def rows_of(text):
    return list(csv.reader(io.StringIO(text, newline="")))


def from_lif(text):
    return [r[3] for r in rows_of(text)[1:]]


def from_evt(text):
    return [r[3] for r in rows_of(text)[1:]]


def from_ppl(text):
    return [r[1] for r in rows_of(text)]


def from_json(text):
    return [m["last_name"] for meet in json.loads(text)["meets"] for h in meet["heats"] for m in h["marks"]]


def from_csv(text):
    rows = rows_of(text)
    at = rows[0].index("last_name")
    return [r[at][1:] if r[at][:1] == "'" and formula(r[at]) else r[at] for r in rows[1:]]


def from_hytek(text):
    return [r.split(";")[20] for r in text.split("\r\n")[1:-1]]


def from_opentrack(text):
    return [a["lastName"] for a in json.loads(text)["athletes"]]


def from_athlib(text):
    return [r["familyName"] for r in json.loads(text)["results"]]


def hytek_name(n):
    mark = "'" if n[:1] in tuple("=+-@|") else ""
    return (mark + n[:20 - len(mark)]).replace(";", ",")


IN = {"lif": as_lif, "evt": as_evt, "json": as_json, "csv": as_csv}
OUT = {"lif": from_lif, "evt": from_evt, "ppl": from_ppl, "json": from_json, "csv": from_csv, "hytek": from_hytek,
       "opentrack": from_opentrack, "athlib": from_athlib}


def tables(db):
    c = sqlite3.connect(db)
    got = c.execute("SELECT group_concat(name) FROM (SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name)").fetchone()[0]
    c.close()
    return got


def check_out(db, names, what):
    """Every export of the book holds these names."""
    for fmt, names_of in OUT.items():
        if fmt in ("hytek", "athlib") and "evt" in what:
            continue  # a start list has no results
        text = hecto("export", "--db", db, "--as", fmt).stdout.decode()
        want = [hytek_name(n) for n in names] if fmt == "hytek" else names
        tap.ok(names_of(text) == want, f"{what} to {fmt}", [(g, w) for g, w in zip(names_of(text), want) if g != w][:2])
        if fmt in IN:
            write("again." + fmt, text)
            hecto("import", "again." + fmt, "--db", f"again-{what}-{fmt}.db", "--meet", "Again")
            again = hecto("export", "--db", f"again-{what}-{fmt}.db", "--as", "json").stdout.decode()
            tap.ok(from_json(again) == names, f"{what} to {fmt} and in again", "")


for fmt, make in IN.items():
    write("in." + fmt, make(NAMES))
    hecto("import", "in." + fmt, "--db", f"{fmt}.db", "--meet", "=cmd", "--at", "'); DROP TABLE meet;--")
    check_out(f"{fmt}.db", NAMES, fmt)
    tap.ok("mark,meet,person" in tables(f"{fmt}.db"), f"{fmt}: every table is still there", tables(f"{fmt}.db"))
    name = LONG[list(IN).index(fmt)]
    write("long." + fmt, make([name]))
    hecto("import", "long." + fmt, "--db", f"long-{fmt}.db", "--meet", "M")
    check_out(f"long-{fmt}.db", [name], f"10,000 of {name[0]} from {fmt}")
    write("longer." + fmt, make(["x" * 10001]))
    p = hecto("import", "longer." + fmt, "--db", "none.db", code=65)
    tap.ok(b"10000 characters" in p.stderr and not os.path.exists("none.db"), f"{fmt}: 10,001 characters are refused", p.stderr)
    write("nul." + fmt, make(["A"]).replace("A", "A\0B", 1))
    p = hecto("import", "nul." + fmt, "--db", "none.db", code=65)
    tap.ok(b"nul." in p.stderr and b"\0" not in p.stderr and not os.path.exists("none.db"), f"{fmt}: a NUL is refused", p.stderr)

SHORT = [n for n in NAMES if n != "\ufeffmark"][:10]
write("in-sheet.csv", as_sheet(SHORT))
hecto("import", "in-sheet.csv", "--db", "sheet.db", "--meet", "M")
check_out("sheet.db", SHORT, "sheet")

# what steers a terminal or ends a line
EVIL = "a\x1b[2Jb\x07\x9bc"
write("evil.lif", as_lif([EVIL]))
hecto("import", "evil.lif", "--db", "evil.db", "--meet", EVIL)
got = hecto("export", "--db", "evil.db", "--as", "json").stdout.decode()
tap.same(from_json(got), ["a [2Jb  c"], "what steers a terminal is a blank")
tap.same(json.loads(got)["meets"][0]["name"], "a [2Jb  c", "in an option too")
for text in (as_json(["A"]).replace('"event"', '"\\u001b[2J"'), as_json(["a\x1bb"]), as_json(["a\nb"])):
    write("evil.json", text)
    p = subprocess.run([HECTO, "book", "convert", "evil.json", "-", "--as", "json"], capture_output=True, timeout=100)
    tap.ok(b"\x1b" not in p.stderr and b"\x1b" not in p.stdout and p.stderr.count(b"\n") == 1, "nor does a message steer it", p.stderr)
p = hecto("list", "100m", "all", "--db", "evil.db")
tap.ok(b"\x1b" not in p.stdout, "nor a list", p.stdout)

# encodings: the same people, whatever the bytes
PEOPLE = ["\u00c9mile L\u00e4ufer", "\u00d6zil", "na\u00efve"]
FILES = {"lif": (as_lif(PEOPLE), from_json), "evt": (as_evt(PEOPLE), from_json),
         "ppl": (table([str(i + 1), n] for i, n in enumerate(PEOPLE)), lambda t: [p["last_name"] for p in json.loads(t)["meets"][0]["people"]])}
for ending, (text, names_of) in FILES.items():
    for coding in ("utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "cp1252"):
        bom = "\ufeff" if coding.startswith("utf-16") else ""
        line_end = {"utf-8-sig": "\n", "utf-16-be": "\r"}.get(coding, "\r\n")
        write("enc." + ending, (bom + text.replace("\r\n", line_end)).encode(coding))
        got = hecto("convert", "enc." + ending, "-", "--as", "json").stdout.decode()
        tap.same(names_of(got), PEOPLE, f".{ending} in {coding}, {line_end!r}")
    got = hecto("convert", "enc." + ending, "-", "--as", ending).stdout
    tap.ok(got.decode("utf-8") and not got.startswith(b"\xef\xbb\xbf") and got.count(b"\r\n") == got.count(b"\n") == got.count(b"\r"),
           f".{ending} is written as UTF-8 without a mark, CRLF", got[:80])
write("enc.sch", ("\ufeff" + "1,1,2\r\n1,1,1\r\n").encode("utf-16-le"))
tap.same(hecto("convert", "enc.sch", "-", "--as", "sch").stdout, b"1,1,2\r\n1,1,1\r\n", ".sch in UTF-16")

# the same input gives the same bytes; files appear whole or not at all
for fmt in OUT:
    one, two = (hecto("export", "--db", "json.db", "--as", fmt).stdout for _ in range(2))
    tap.ok(one == two and one, f"{fmt}: twice the same bytes")
write("keep.json", "as it was")
hecto("convert", "nul.json", "keep.json", code=65)
with open("keep.json", encoding="utf-8") as f:
    tap.same(f.read(), "as it was", "a file that exists stays when the new one fails")
hecto("convert", "in.json", "/proc/none.json", code=74)
tap.same([n for n in os.listdir(".") if n.startswith(".") or ".tmp" in n], [], "no scraps are left")

# names of files never come from names in files
evil = json.loads(as_json(["A"]))
evil["meets"][0]["heats"][0]["event"] = "../../x/y"
evil["meets"][0]["heats"] *= 2
evil["meets"][0]["date"] = "../../z"
write("evil.json", json.dumps(evil))
hecto("convert", "evil.json", "out/", "--as", "lif")
tap.same(sorted(os.listdir("out")), ["------x-y-1-01-2.lif", "------x-y-1-01.lif"], "a heat's file lies in the folder")
hecto("convert", "evil.json", "out2/", "--as", "json")
tap.same(os.listdir("out2"), ["------z-1.json"], "a meet's too")

tap.done()

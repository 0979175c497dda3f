"""hecto race --sheet: start lists and results on paper. Arguments: hecto, data folder."""
import csv
import os
import re
import subprocess
import sys
import tempfile
from html.parser import HTMLParser

from pdftext import Pdf
from tap import Tap

HECTO, DATA = (os.path.abspath(a) for a in sys.argv[1:3])
BERLIN = os.path.join(DATA, "races", "2009-berlin-men-100m-final.csv")
tap = Tap()
tmp = tempfile.TemporaryDirectory()
os.chdir(tmp.name)


def hecto(*args):
    return subprocess.run([HECTO, "race", "-q", *args], capture_output=True, timeout=100, text=True)


def sheet(name, *args):
    p = hecto("--sheet", name, *args)
    if p.returncode:
        return p.stderr.encode()
    with open(name, "rb") as f:
        return f.read()


class Page(HTMLParser):
    """Tables as rows of cells, all elements, the words."""

    def __init__(self, data):
        super().__init__()
        self.tags, self.tables, self.captions, self.words, self.attrs = [], [], [], "", []
        self.cell = self.caption = None
        self.feed(data.decode())

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attrs += attrs
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.cell = ""
        elif tag == "caption":
            self.caption = ""

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.tables[-1][-1].append(self.cell)
            self.cell = None
        elif tag == "caption":
            self.captions.append(" ".join(self.caption.split()))
            self.caption = None

    def handle_data(self, data):
        self.words += data
        if self.cell is not None:
            self.cell += data
        elif self.caption is not None:
            self.caption += data


# one judged race
page = Page(sheet("b.html", BERLIN, "--referee"))
tap.same(page.tables[0][0], ["Place", "Lane", "Name", "Team", "Born", "Time", "React."], "columns of a result")
tap.same(page.tables[0][1], ["1", "4", "Usain Bolt", "JAM", "1986", "9.58", "0.146"], "a row of it")
tap.ok("Wind +0.9 m/s" in page.captions[0], "the wind stands with the result", page.captions)
for word in ("12th World Championships", "100 m men", "Olympiastadion, Berlin", "16 August 2009", "Final",
             "Photo finish, 1000 lines/s", "Unofficial", "within 30 minutes", "wa_2025"):
    tap.ok(word in page.words, f"it says: {word}")
tap.ok("1/1000" not in page.words, "hundredths are not printed as thousandths")
page = Page(sheet("b.html", BERLIN, "--referee", "--announced", "23:40"))
tap.ok("announced 23:40, protests until 00:10" in page.words, "protests end half an hour after the announcement")
page = Page(sheet("b.html", BERLIN, "--referee", "--official"))
tap.ok("Unofficial" not in page.words and "Official" in page.words, "an official result says so")

# judged: tie, thousandths, statuses, wind
HEAD = "# meet: M\n# wind_mps: 2.33\nlane,name,start1_reaction_s,reaction_s,time_s\n"
ROWS = ("1,Late,0.2,,DNF\n2,Early,0.05,,DQ\n3,A,0.2,0.150,10.2311\n4,B,0.2,0.150,10.2331\n5,C,0.2,0.150,10.3001\n"
        "6,D,0.2,0.150,10.3004\n7,Gone,,,DNS\n8,E,0.2,0.15,10.9\n")
with open("s.csv", "w", encoding="utf-8") as f:
    f.write(HEAD + ROWS)
page = Page(sheet("s.html", "s.csv", "--referee"))
rows = [[r[0], r[2], r[3], r[4]] for r in page.tables[0][1:]]
tap.same(rows, [["1", "A", "10.24", ".232"], ["2", "B", "10.24", ".234"], ["3", "C", "10.31", ""],
                ["3", "D", "10.31", ""], ["5", "E", "10.90", ""], ["", "Late", "DNF", ""],
                ["", "Early", "DQ TR16.8", ""], ["", "Gone", "DNS", ""]],
         "thousandths where they decided, ties share, then DNF, DQ with its rule, DNS")
tap.ok("Wind +2.4 m/s" in page.words and "CR31.14.3" in page.words, "wind rounded up, and marked as aided")
tap.ok("Start 1: false start, lane 2, reaction 0.050 s: out (RC)" in page.words, "the false start is told")
for code in ("DNF did not finish", "DQ disqualified", "DNS did not start"):
    tap.ok(code in page.words, f"legend: {code}")
tap.ok("Q by place" not in page.words, "a code that is not used is not explained")
page = Page(sheet("s.html", "s.csv", "--referee", "--lang", "ja"))
tap.same(page.tables[0][0], ["順位", "レーン", "氏名", "記録", "1/1000", "反応時間"], "columns in Japanese")
tap.ok("途中棄権" in page.words and "失格" in page.words and "欠場" in page.words and "風 +2.4 m/s" in page.words,
       "codes in Japanese")
tap.ok(("lang", "ja") in page.attrs, "the page is marked as Japanese")
with open("n.csv", "w", encoding="utf-8") as f:
    f.write("lane,name,watch1_s,watch2_s,watch3_s,time_s\n3,A,10.31,10.32,10.25,\n4,B,10.5,10.5,10.6,\n")
page = Page(sheet("n.html", "n.csv", "--referee"))
tap.same([r[3] for r in page.tables[0][1:]] if page.tables else page.words, ["10.4h", "10.5h"], "hand times are marked")
tap.ok("NWI" in page.words and "By hand" in page.words, "no wind: NWI")

# records
page = Page(sheet("b.html", BERLIN, "--referee", "--record", "9.69", "--lang", "ja"))
tap.ok(len(page.tables) == 2 and page.tables[1][1] == ["記録と同等またはそれを上回る", "CR31.5", "はい", "上回る"],
       "conditions of a record in Japanese", page.tables[1][:2])
tap.ok("Usain Bolt 9.58（従来 9.69）" in page.captions[1], "of whom and against what", page.captions)

# rounds with names of all kinds
LONG = "長" * 300
NAMES = ["Ann Example", "<script>alert(1)</script>", "O'Brien \"The Jet\" & Sons", "=cmd|' /C calc'!A0", "桐生祥秀",
         "محمد علي", "שלום כהן", "🏃 Runner", LONG, "x" * 990, "a\u202eb", "Żółć Ępolska"]
with open("e.csv", "w", encoding="utf-8", newline="") as f:
    f.write("# meet: Evening \"of\" <b>June</b>\n# event: 100 m women\n# date: 2026-06-01\n# venue: Köln\n")
    w = csv.writer(f)
    w.writerow(["id", "name", "team", "best_s"])
    for i in range(20):
        w.writerow([100 + i, NAMES[i] if i < len(NAMES) else f"Runner {i}", ["West", "Ost", "東京"][i % 3], f"{11 + i / 10}"])
data = sheet("r.html", "--rounds", "e.csv", "--seed", "2")
page = Page(data)
tap.ok(set(page.tags) <= set("html head meta title style body header div h1 h2 p main section dl dt dd bdi span table "
                             "caption thead tbody tr th td ul li a footer".split()),
       "no element comes from a name", set(page.tags))
tap.ok(not any(k.startswith("on") for k, v in page.attrs), "nor an attribute")
cells = {c for t in page.tables for r in t for c in r}
tap.ok(all(n.replace("\u202e", "") in cells for n in NAMES), "names come out as they went in",
       [n for n in NAMES if n not in cells])
tap.same(len(page.tables), 3 + 1 + 1 + 3 + 1, "heats, all heats by time, final, and their start lists")
tap.ok(data.count(b'<th scope="col"') == sum(len(t[0]) for t in page.tables), "each head has its scope")
tap.same(len(page.captions), len(page.tables), "each table has a caption")
tap.ok("Practice" in page.words and "Chief" not in page.words, "what was drawn is marked and not signed")
heats = page.tables[1:4]
qualified = [r[-1] for t in heats for r in t[1:] if r[-1]]
tap.same((qualified.count("Q"), qualified.count("q")), (6, 2), "two of each heat and two by time advance")
summary = page.tables[4]
tap.same([int(r[0]) for r in summary[1:]][:3], [1, 2, 3], "all heats are ranked by time")
times = [float(r[summary[0].index("Time")]) for r in summary[1:]]
tap.ok(times == sorted(times), "in order", times)

text = sheet("r.txt", "--rounds", "e.csv").decode()
tap.ok("\u2068محمد علي\u2069" in text and "\u202e" not in text, "text from right to left is kept apart")
tap.ok(LONG not in text and "…" in text, "a long name is cut in text")

# PDF
pdf = Pdf(sheet("r.pdf", "--rounds", "e.csv"))
pages = pdf.pages()
words = [" ".join(p) for p in pages]
tap.ok(len(pages) >= 3, "several pages", len(pages))
tap.ok(all(f"Page {i + 1} of {len(pages)}" in w for i, w in enumerate(words)), "page n of m", words[0][-80:])
tap.ok(all("wa_2025" in w for w in words), "the edition stands on each page")
tap.ok(all("100 m women" in w for w in words), "the event too")
tap.ok("<script>alert(1)</script>" in " ".join(words) and "桐生祥秀" in " ".join(words), "names can be read")
flat = [t for p in pages for t in p]
tap.same([t for t in flat if re.fullmatch(r"Heat \d of 3", t)], ["Heat 1 of 3", "Heat 2 of 3", "Heat 3 of 3"] * 2,
         "each heat once as result, once as start list, none torn")
again = sheet("r2.pdf", "--rounds", "e.csv")
with open("r.pdf", "rb") as f:
    tap.ok(f.read() == again, "the same bytes again")
ja = " ".join(t for p in Pdf(sheet("j.pdf", "--rounds", "e.csv", "--lang", "ja", "--paper", "letter")).pages() for t in p)
for word in ("順位", "レーン", "氏名", "所属", "記録", "予選", "決勝", "1組（全3組）", "練習用"):
    tap.ok(word in ja, f"in Japanese: {word}")
with open("j.pdf", "rb") as f:
    tap.ok(b"/MediaBox [ 0 0 612 792 ]" in f.read(), "on US Letter")

# wrong usage
for args, want in ((["--sheet", "x.doc"], ".pdf"), (["--sheet", "x.pdf", "--lang", "de"], "ja"),
                   (["--sheet", "x.pdf", "--announced", "25:00"], "14:20"),
                   (["--sheet", "x.pdf", "--runs", "10"], "--plot")):
    p = hecto(BERLIN, *args)
    tap.ok(p.returncode == 2 and want in p.stderr, "refused: " + " ".join(args[-2:]), p.stderr)
    tap.ok(not os.path.exists("x.pdf"), "and nothing is written")
tap.done()

"""Pages of odds are whole files of their kind, whoever runs. Arguments: hecto, the data folder."""
import os
import re
import struct
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

from tap import Tap

HECTO, DATA = sys.argv[1:3]
SVG = "{http://www.w3.org/2000/svg}"
NAMES = ["山縣 亮太", "Wolfeschlegelsteinhausenbergerdorff-Smith", "サニブラウン・アブデル・ハキーム", "O'Brien, \"Jr.\"",
         "محمد عبد الله", "A", "Ñandú Ünïcödé", "Maximiliana Featherstonehaugh-Charlottes", "<script>&amp;"]
tap = Tap()
temp = tempfile.TemporaryDirectory()


# cairo 1.16 keeps 768 bytes of each PDF that has words in it (tests/unit/chart/test_pdf.c)
ENV = {**os.environ, "ASAN_OPTIONS": "detect_leaks=0"}


def race(sheet, plot, *args):
    path = os.path.join(temp.name, plot)
    p = subprocess.run([HECTO, "race", sheet, "--runs", "2000", "--plot", path, "-q", *args], capture_output=True,
                       timeout=100, text=True, env=ENV if plot.lower().endswith("pdf") else None)
    if p.returncode:
        return p, b""
    with open(path, "rb") as f:
        return p, f.read()


def sheet(n):
    path = os.path.join(temp.name, f"{n}.csv")
    with open(path, "w", encoding="utf-8") as f:
        f.write("lane,name,reaction_s,time_s\n")
        for i in range(n):
            name = '"' + NAMES[i].replace('"', '""') + '"'
            f.write(f"{i + 1},{name},0.150,{10.1 + 0.03 * i + (2 if i == 8 else 0):.2f}\n")
    return path


races = {f"{n} runners": sheet(n) for n in (1, 2, 5, 9)}
races["Rome, one is hurt"] = os.path.join(DATA, "races/1987-rome-men-100m-final.csv")
races["children"] = os.path.join(DATA, "races/school-100m-by-age.csv")
for what, path in races.items():
    p, svg = race(path, "a.svg", "--record-s", "9.95")
    tap.ok(p.returncode == 0 and "win %" in p.stdout, what + ": drawn, and told", p.stderr)
    root = ET.fromstring(svg)
    w_pt, h_pt = (float(root.get(k).removesuffix("pt")) for k in ("width", "height"))
    tap.ok(root.tag == SVG + "svg" and h_pt < 842 and w_pt < 596, what + ": one page of A4", h_pt)
    numbers = " ".join(e.get("d", "") for e in root.iter(SVG + "path"))
    tap.ok(not re.search(r"nan|inf", numbers, re.I), what + ": every coordinate is a number")
    used = {e.get("{http://www.w3.org/1999/xlink}href", "")[1:] for e in root.iter(SVG + "use")}
    tap.ok(used and used <= {e.get("id") for e in root.iter()}, what + ": every letter that is used is there")
    right = [float(e.get("x")) for e in root.iter(SVG + "use") if e.get("x")]
    tap.ok(right and 0 < min(right) and max(right) < w_pt - 20, what + ": no word runs off the page", right and max(right))
    tap.ok(race(path, "b.svg", "--record-s", "9.95")[1] == svg, what + ": the same odds, the same bytes")
_, png = race(races["9 runners"], "a.png")
tap.same((png[:8], struct.unpack(">II", png[16:24])), (b"\x89PNG\r\n\x1a\n", (1191, 1684)), "a PNG of A4")
_, pdf = race(races["9 runners"], "a.PDF")
tap.ok(pdf.startswith(b"%PDF") and pdf.count(b"/MediaBox") == 1 and b"Date" not in pdf, "a PDF of one page")
p, _ = race(races["2 runners"], "a.jpg")
tap.ok(p.returncode == 2 and ".svg, .png or .pdf" in p.stderr and not p.stdout, "another ending is refused before the work", p.stderr)
p = subprocess.run([HECTO, "race", races["2 runners"], "--plot", "a.svg"], capture_output=True, timeout=100, text=True)
tap.ok(p.returncode == 2 and "--runs" in p.stderr, "no odds, no picture of them", p.stderr)
tap.done()

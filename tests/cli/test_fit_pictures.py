"""The figures of a fit are whole files of their kind. Argument: the program fit_pictures."""
import os
import re
import struct
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

from tap import Tap

PICTURES = sys.argv[1]
SVG = "{http://www.w3.org/2000/svg}"
tap = Tap()


def draw(folder):
    """Names and bytes of all pictures."""
    os.mkdir(folder)
    p = subprocess.run([PICTURES, folder], capture_output=True, text=True, timeout=110)
    tap.ok(p.returncode == 0, "every figure is drawn", p.stderr)
    return {name: open(os.path.join(folder, name), "rb").read() for name in sorted(os.listdir(folder))}


def size_of_svg(root):
    return [float(root.get(side).removesuffix("pt")) for side in ("width", "height")]


with tempfile.TemporaryDirectory() as temp:
    files = draw(os.path.join(temp, "one"))
    again = draw(os.path.join(temp, "two"))
tap.ok(files == again, "the same runs give the same bytes in another process")
names = sorted({name.rsplit(".", 1)[0] for name in files})
tap.ok(len(names) >= 12 and len(files) == 3 * len(names), "three formats of each figure", names)
for name in names:
    svg = files[name + ".svg"]
    try:
        root = ET.fromstring(svg)
    except ET.ParseError as e:
        tap.ok(False, f"{name}: the SVG is well-formed", e)
        continue
    tap.ok(root.tag == SVG + "svg", f"{name}: the SVG is well-formed")
    numbers = " ".join(e.get("d", "") for e in root.iter(SVG + "path"))
    tap.ok(not re.search(r"nan|inf", numbers, re.I), f"{name}: every coordinate is a number")
    used = {e.get("{http://www.w3.org/1999/xlink}href", "")[1:] for e in root.iter(SVG + "use")}
    known = {e.get("id") for e in root.iter() if e.get("id")}
    tap.ok(used and used <= known, f"{name}: every letter that is used is there", used - known)
    w_pt, h_pt = size_of_svg(root)
    png = files[name + ".png"]
    w_px, h_px = struct.unpack(">II", png[16:24])
    tap.ok(abs(w_px - 2 * w_pt) < 1.1 and abs(h_px - 2 * h_pt) < 1.1, f"{name}: the PNG has the size of the page",
           (w_px, h_px, w_pt, h_pt))
    pdf = files[name + ".pdf"]
    box = re.search(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", pdf)
    tap.ok(pdf.count(b"/MediaBox") == 1 and box and abs(float(box[2]) - h_pt) < 0.1, f"{name}: the PDF is one such page")
    tap.ok(b"Date" not in pdf, f"{name}: the PDF tells no time of day")
for name in ("run_times", "run_no_body", "run_radar", "run_laser", "season"):
    h_pt = size_of_svg(ET.fromstring(files[name + ".svg"]))[1]
    tap.ok(h_pt < 842, f"{name}: fits on a page of A4", h_pt)
tap.done()

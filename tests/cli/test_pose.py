"""hecto measure --pose. Arguments: hecto, source root, "clips" for the slow part on real clips: both people of one are
found, threads change nothing, a mirrored clip gives mirrored points, compression moves them little, four views agree."""
import csv
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

from tap import Tap

HECTO, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
SLOW = sys.argv[3:] == ["clips"]
tap = Tap()
tmp = pathlib.Path(tempfile.mkdtemp())


def hecto(*args, **env):
    return subprocess.run([HECTO, *map(str, args)], capture_output=True, text=True, env={**os.environ, **env},
                          timeout=900)


def skip(why):
    print(f"1..0 # SKIP {why}")
    sys.exit(0)


def clips_folder():
    for folder in (os.environ.get("HM_CLIPS"), ROOT.parent / "clips", ROOT.parent / "shared" / "clips"):
        if folder and (pathlib.Path(folder) / "sports2d" / "demo.mp4").is_file():
            return pathlib.Path(folder)
    return None


def points(path, person="1"):
    """{time: {point: (x, y)}}"""
    out = {}
    with open(path, encoding="utf-8") as f:
        for row in csv.DictReader(line for line in f if not line.startswith("#")):
            if row["person"] == person and row["x_px"]:
                out.setdefault(row["time_s"], {})[row["point"]] = (float(row["x_px"]), float(row["y_px"]))
    return out


def pose(clip, name, *options):
    out = tmp / name
    r = hecto("measure", clip, "--pose", "-o", out, *options)
    if r.returncode != 0:
        tap.ok(False, f"{name} is made", r.stderr)
        tap.done()
    return out


def apart(a, b, turn=lambda name, x, y: (name, x, y)):
    """Distances of all points of both, a turned by a function."""
    out = []
    for t in a.keys() & b.keys():
        for name, (x, y) in a[t].items():
            name, x, y = turn(name, x, y)
            if name in b[t]:
                out.append(((x - b[t][name][0]) ** 2 + (y - b[t][name][1]) ** 2) ** 0.5)
    return out


def coded(clip, name, *options):
    out = tmp / name
    subprocess.run(["ffmpeg", "-v", "error", "-i", clip, "-an", *options, out], check=True)
    return out


# without the nets: how to get them
r = hecto("measure", "none.mp4", "--pose", HECTO_MODELS=str(tmp / "none"))
tap.ok(r.returncode in (66, 74), "without nets it ends in an error", r.returncode)
tap.ok(r.returncode == 74 or "make models" in r.stderr, "which says how to get them", r.stderr)
tap.same(hecto("measure", "none.mp4", "--pose", "--net", "huge").returncode, 2, "a net that is none is wrong usage")
there = hecto("measure", "none.mp4", "--pose").stderr
if not SLOW:
    shutil.rmtree(tmp)
    tap.done()

clips = clips_folder()
if not clips:
    skip("no clips here: $HM_CLIPS names their folder")
if "make models" in there or "XNNPACK" in there:
    skip("no pose nets here: make models")
if not shutil.which("ffmpeg"):
    skip("no ffmpeg here")

demo = clips / "sports2d" / "demo.mp4"
one = pose(demo, "one.csv", "--from", 2, "--to", 4.5, "--threads", 1)
two = pose(demo, "two.csv", "--from", 2, "--to", 4.5, "--threads", 2)
tap.ok(one.read_bytes() == two.read_bytes(), "threads change nothing")
people = [points(one, p) for p in "12"]
tap.ok(all(len(p) >= 70 for p in people), "both people are followed", [len(p) for p in people])
hips = sorted(statistics.median(v["hip_l"][0] for v in p.values() if "hip_l" in v) for p in people)
tap.ok(500 < hips[0] < 700 < hips[1], "the man on the box and the woman who walks", hips)

near = clips / "pose2sim" / "cam01.mp4"
plain = points(pose(near, "plain.csv"))
width = 1080
swap = {"l": "r", "r": "l"}


def mirror(name, x, y):
    side = name.rsplit("_", 1)
    return ("_".join([side[0], swap[side[1]]]) if side[-1] in swap else name), width - x, y


mirrored = points(pose(coded(near, "mirrored.mp4", "-vf", "hflip", "-crf", "10"), "mirrored.csv"))
moved = statistics.median(apart(plain, mirrored, mirror))
tap.ok(moved < 15, "a mirrored clip gives mirrored points, sides exchanged", moved)
poor = points(pose(coded(near, "poor.mp4", "-c:v", "libx264", "-crf", "35"), "poor.csv"))
lost = statistics.median(apart(plain, poor))
tap.ok(lost < 6, "compression at CRF 35 moves points by less than 6 px", lost)
print(f"# mirrored {moved:.2f} px, CRF 35 {lost:.2f} px (medians)")

r = subprocess.run([sys.executable, ROOT / "tools" / "check_four_views.py", HECTO, clips], capture_output=True, text=True)
tap.ok(r.returncode == 0, "four views agree within 12 px, bones keep their length within 25 mm", r.stdout)
print("# " + (r.stdout.splitlines() or [r.stderr])[-1])
shutil.rmtree(tmp)
tap.done()

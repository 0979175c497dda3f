"""What stands still does not flicker while the camera moves: the crowd and the lines around still things, drawing after
drawing, each point followed to where it is in the next. Arguments: hecto, data folder."""
import json
import math
import os
import subprocess
import sys
import tempfile

from png_file import Png
from tap import Tap

HECTO, DATA = sys.argv[1:3]
BERLIN = os.path.join(DATA, "races/2009-berlin-men-100m-final.csv")
W, H = 480, 270
CROWD, LINES = 0.02, 0.002  # mean change, of white; measured: 0.003 to 0.013, and 0.0004 to 0.0007
tap = Tap()
tmp = tempfile.TemporaryDirectory()


def pictures(name, at_s, *args):
    """Two drawings 1/24 s apart as layers."""
    folder = os.path.join(tmp.name, name)
    p = subprocess.run([HECTO, "film", BERLIN, "--cut", "race", "--no-overlay", "--hash", "-q", "--size", f"{W}x{H}", "--on", "ones",
                        "--from", f"{at_s}", "--to", f"{at_s + 1.5 / 24}", "--layers", folder, "--layers-only",
                        "shaded,ink,velocity,id,depth", *args], capture_output=True, text=True, timeout=150)
    assert p.returncode == 0, p.stderr
    doc = json.load(open(os.path.join(folder, "layers.json")))
    shot = f"shot{doc['drawings'][0]['shot']:02d}"
    return doc, [{k: Png(os.path.join(folder, shot, f"{shot}_{k}_{n:05d}.png")) for k in doc["layers"]} for n in (1, 2)]


def luma(px):
    return (0.2126 * px[0] + 0.7152 * px[1] + 0.0722 * px[2]) / 255


def between(value, x, y):
    """The value at a place between the middles of pixels."""
    x, y = x - 0.5, y - 0.5
    i, j = math.floor(x), math.floor(y)
    u, v = x - i, y - j
    return ((value(i, j) * (1 - u) + value(i + 1, j) * u) * (1 - v) +
            (value(i, j + 1) * (1 - u) + value(i + 1, j + 1) * u) * v)


def is_near_runner(ids, x, y):
    """Their lines reach so far beyond them."""
    return any(ids.at(x + i, y + j) for i in (-4, 0, 4) for j in (-4, 0, 4))


def follow(doc, a, b):
    """Of still points: place in the first drawing, in the next, height over the ground."""
    m, f = doc["drawings"][0]["world_to_camera"], doc["drawings"][0]["focal_px"]
    scale, zero = doc["velocity"]["scale_px"], doc["velocity"]["offset_px"]
    for y in range(5, H - 6, 2):
        for x in range(5, W - 6, 2):
            depth = a["depth"].at(x, y) * doc["depth"]["scale_m"]
            vx, vy, known = a["velocity"].at(x, y)
            if not depth or not known or is_near_runner(a["id"], x, y):
                continue
            to = x + 0.5 + vx * scale + zero, y + 0.5 + vy * scale + zero
            if not (5 < to[0] < W - 6 and 5 < to[1] < H - 6) or is_near_runner(b["id"], int(to[0]), int(to[1])):
                continue
            v = [(x + 0.5 - W / 2) / f * depth - m[3], (H / 2 - y - 0.5) / f * depth - m[7], -depth - m[11]]
            height = sum(m[4 * r + 1] * v[r] for r in range(3))
            yield (x, y), to, height, math.hypot(vx * scale + zero, vy * scale + zero)


for shot, hour, at_s in (("steps", "day", 3.4), ("rail", "evening", 7.2), ("quarter", "day", 8.6)):
    doc, (a, b) = pictures(shot, at_s, "--hour", hour)
    crowd, loose, ink, n_crowd, n, moved = 0, 0, 0, 0, 0, 0
    for (x, y), to, height, way in follow(doc, a, b):
        moved = max(moved, way)
        if 2.0 < height < 14:  # the rows of the lower tier, above the boards
            now = luma(a["shaded"].at(x, y))
            crowd += abs(between(lambda i, j: luma(b["shaded"].at(i, j)), *to) - now)
            loose += abs(luma(b["shaded"].at(x, y)) - now)
            n_crowd += 1
        ink += abs(between(b["ink"].at, *to) - a["ink"].at(x, y)) / 255
        n += 1
    told = f"crowd {crowd / max(n_crowd, 1):.4f} of {n_crowd}, lines {ink / max(n, 1):.5f} of {n}, way {moved:.0f} px"
    tap.ok(moved > 10, f"{shot}, {hour}: the camera moves", told)
    tap.ok(n_crowd > 1000 and crowd < CROWD * n_crowd, f"{shot}, {hour}: the crowd is quiet", told)
    tap.ok(crowd < 0.8 * loose, f"{shot}, {hour}: it sits in the world, not on the picture", (crowd, loose))
    tap.ok(n > 10000 and ink < LINES * n, f"{shot}, {hour}: and so are lines around still things", told)
tap.done()

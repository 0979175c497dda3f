"""Guide layers of `hecto film`, read by a reader of its own and held against one another. Arguments: hecto, data
folder, "all" for every look, size and rate as well."""
import json
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile

from png_file import Png
from tap import Tap

HECTO, DATA = sys.argv[1:3]
ALL = sys.argv[3:] == ["all"]
BERLIN = os.path.join(DATA, "races/2009-berlin-men-100m-final.csv")
LAYERS = ["alpha", "colour", "depth", "effects", "id", "ink", "matte", "normal", "part", "rest", "shaded", "shadow",
          "velocity"]
tap = Tap()
tmp = tempfile.TemporaryDirectory()


def place(*names):
    return os.path.join(tmp.name, *names)


def hecto(*args):
    return subprocess.run([HECTO, *args], capture_output=True, text=True, timeout=150)


def film(*args):
    return hecto("film", BERLIN, "--cut", "race", "--no-overlay", *args)


def layers(name, *args):
    return film("--layers", place(name), "--hash", *args)


PART = ["--size", "192x108", "--from", "4", "--to", "4.2"]  # 4.8 frames: three drawings on twos
p = layers("a", "--look", "rotoscope", *PART, "--threads", "2")
plain = film("--hash", "--look", "rotoscope", *PART)
tap.ok(p.returncode == 0, "layers are written", p.stderr)
tap.ok(p.stdout == plain.stdout and plain.stdout.startswith("frames 5 "), "the film stays as it was", p.stdout)
tap.ok("53 files: 13 layers of 3 drawings in 1 shot" in p.stderr, "how many files is told", p.stderr)
doc = json.load(open(place("a", "layers.json")))
tap.same((doc["format"], doc["version"], sorted(doc["layers"])), ("hectometre-layers", 1, LAYERS), "layers.json names them")
drawings = doc["drawings"]
tap.same([(d["number"], d["frame"], d["held"]) for d in drawings], [(1, 0, 2), (2, 2, 2), (3, 4, 1)], "held frames are listed")
shot = f"shot{drawings[0]['shot']:02d}"
want = sorted(f"{shot}_{k}_{n:05d}.png" for k in LAYERS for n in (1, 2, 3))
tap.same(sorted(os.listdir(place("a", shot))), want, "a folder for the shot, names as promised")
pic = [{k: Png(place("a", shot, f"{shot}_{k}_{n:05d}.png")) for k in LAYERS} for n in (1, 2)]
a, b = pic
tap.ok(all((q.w, q.h) == (192, 108) for q in a.values()), "all have the film's size")
tap.same({k: (a[k].n, a[k].bits) for k in LAYERS},
         {"alpha": (4, 8), "colour": (3, 8), "depth": (1, 16), "effects": (4, 8), "id": (1, 8),
          "ink": (1, 8), "matte": (1, 8), "normal": (3, 8), "part": (1, 8), "rest": (3, 8), "shaded": (3, 8),
          "shadow": (1, 8), "velocity": (3, 16)}, "depth and velocity have 16 bits")

W, H = 192, 108
cam = [(d["world_to_camera"], d["focal_px"]) for d in drawings]


def project(k, p):
    m, f = cam[k]
    x, y, z = (sum(m[4 * r + c] * p[c] for c in range(3)) + m[4 * r + 3] for r in range(3))
    return W / 2 + f * x / -z, H / 2 - f * y / -z


def unproject(k, x, y, depth_m):
    m, f = cam[k]
    v = [(x - W / 2) / f * depth_m, (H / 2 - y) / f * depth_m, -depth_m]
    v = [v[r] - m[4 * r + 3] for r in range(3)]
    return [sum(m[4 * r + c] * v[r] for r in range(3)) for c in range(3)]


def depth_at(q, x, y):
    return q["depth"].at(x, y) * doc["depth"]["scale_m"] + doc["depth"]["offset_m"]


def velocity_at(q, x, y):
    s, o = doc["velocity"]["scale_px"], doc["velocity"]["offset_px"]
    vx, vy, known = q["velocity"].at(x, y)
    return vx * s + o, vy * s + o, known


def around(q, x, y):
    return {q.at(i, j) for i in range(x - 1, x + 2) for j in range(y - 1, y + 2)}


ids, wrong_part, wrong_matte, wrong_alpha, whole, ground, moved, same, far = set(), 0, 0, 0, 0, 0, [], 0, 0
worst_ground, worst_still = 0, 0
for y in range(1, H - 1):
    for x in range(1, W - 1):
        who, part, normal = a["id"].at(x, y), a["part"].at(x, y), a["normal"].at(x, y)
        ids.add(who)
        wrong_part += (who > 0) != (part > 0)
        near = around(a["id"], x, y)
        if near == {who} and who:
            whole += 1
            wrong_matte += a["matte"].at(x, y) != 255
            wrong_alpha += a["alpha"].at(x, y)[3] != 255
        elif near == {0}:
            wrong_matte += a["matte"].at(x, y) > 64
        d = depth_at(a, x, y)
        vx, vy, known = velocity_at(a, x, y)
        far += known != 65535
        if who == 0 and 0 < d < 100 and normal == (128, 255, 128) and a["velocity"].at(x, y)[2]:
            p = unproject(0, x + 0.5, y + 0.5, d)
            if abs(p[1]) < 0.5:  # not on the stands
                ground += 1
                worst_ground = max(worst_ground, abs(p[1]))
                to = project(1, p)
                worst_still = max(worst_still, math.dist(to, (x + 0.5 + vx, y + 0.5 + vy)))
        if who and near == {who}:
            to = int(math.floor(x + 0.5 + vx)), int(math.floor(y + 0.5 + vy))
            if 1 <= to[0] < W - 1 and 1 <= to[1] < H - 1:
                moved.append(b["id"].at(*to) == who)
                if moved[-1]:
                    same += math.dist(b["rest"].at(*to), a["rest"].at(x, y)) < 16 + 100 * 2.5 * d / cam[0][1]
lanes = set(range(1, 9))
tap.ok(0 in ids and len(ids) > 4 and ids <= lanes | {0}, "ids are lanes", ids)
tap.same(wrong_part, 0, "parts are told where runners are and nowhere else")
# a gap between arm and chest may be narrower than a pixel
tap.ok(wrong_matte < 0.1 * whole, "the matte is whole on runners and open elsewhere", (wrong_matte, whole))
tap.ok(wrong_alpha < 0.1 * whole, "runners are whole in the picture with alpha", (wrong_alpha, whole))
tap.ok(ground > 1000 and worst_ground < 0.03, "depth and camera put the ground at height 0", (ground, worst_ground))
tap.ok(worst_still < 0.25, "velocity of the ground is that of the camera", worst_still)
tap.same(far, 0, "velocity is known everywhere")
tap.ok(len(moved) > 200 and sum(moved) > 0.85 * len(moved), "velocity leads to the same runner", (sum(moved), len(moved)))
tap.ok(same > 0.85 * sum(moved), "and to the same place on the body", (same, sum(moved)))
ink = [v for y in range(H) for v in a["ink"].row(y)]
tap.ok(0 < sum(v > 32 for v in ink) < 0.2 * len(ink) and sum(v == 0 for v in ink) > 0.6 * len(ink), "ink is lines")
clear = [px for y in range(H) for px in zip(*[iter(a["alpha"].row(y))] * 4) if px[3] == 0]
tap.ok(len(clear) > 0.5 * len(ink) and set(clear) == {(0, 0, 0, 0)}, "what is no runner is clear")

# shadows lie on the ground, and are there
layers("cast", "--size", "192x108", "--from", "7", "--to", "7.04", "--layers-only", "id,normal,shadow")
folder = next(d for d in os.listdir(place("cast")) if d.startswith("shot"))
c = {k: Png(place("cast", folder, f"{folder}_{k}_00001.png")) for k in ("id", "normal", "shadow")}
cast, on_runner = 0, 0
for y in range(1, H - 1):
    for x in range(1, W - 1):
        if around(c["id"], x, y) == {c["id"].at(x, y)}:
            dark = c["shadow"].at(x, y) > 128
            cast += dark and c["normal"].at(x, y) == (128, 255, 128) and c["id"].at(x, y) == 0
            on_runner += dark and c["id"].at(x, y) > 0
tap.ok(cast > 30, "shadows are told", str(cast))
tap.same(on_runner, 0, "and none of them on runners")

# what the look adds, laid over the shaded picture, is the film's picture
for look in ("elastic", "smear", "rain"):
    p = layers("fx-" + look, "--look", look, "--size", "112x64", "--from", "6", "--to", "6.04", "--layers-only", "shaded,effects")
    film("--look", look, "--size", "112x64", "--still", "6", "-o", place("still.png"))
    folder = next(d for d in os.listdir(place("fx-" + look)) if d.startswith("shot"))
    files = sorted(os.listdir(place("fx-" + look, folder)))
    tap.same(files, [f"{folder}_effects_00001.png", f"{folder}_shaded_00001.png"], f"{look}: only these layers")
    over, under, still = Png(place("fx-" + look, folder, files[0])), Png(place("fx-" + look, folder, files[1])), Png(place("still.png"))
    worst, some = 0, 0
    for y in range(64):
        for x in range(112):
            *c, k = over.at(x, y)
            some += k > 0
            for i in range(3):
                worst = max(worst, abs(c[i] * k / 255 + under.at(x, y)[i] * (1 - k / 255) - still.at(x, y)[i]))
    tap.ok(0 < some and worst < 1.5, f"{look}: shaded and effects make the film's picture", (some, worst))

if shutil.which("ffmpeg"):  # the command that stands in the list, with a codec that loses nothing
    run = re.search(r"# (ffmpeg .*)", open(place("a", "alpha.ffconcat")).read()).group(1)
    run = run.replace("prores_ks -profile:v 4444", "png").split()
    q = subprocess.run(run, cwd=place("a"), capture_output=True, text=True)
    raw = subprocess.run(["ffmpeg", "-v", "error", "-i", place("a", "alpha.mov"), "-f", "rawvideo", "-pix_fmt", "rgba", "-"],
                         capture_output=True).stdout
    frame = [raw[i:i + 4 * W * H] for i in range(0, len(raw), 4 * W * H)]
    first, second = (b"".join(bytes(v for v in pic[k]["alpha"].row(y)) for y in range(H)) for k in (0, 1))
    tap.ok(frame[:4] == [first, first, second, second] and len(frame) == 5, "a film with alpha, each drawing as long as it is held",
           (q.stderr[-300:], len(frame)))
p = layers("none", *PART, "--layers-only", "alpha,nosuch")
tap.ok(p.returncode == 2 and "shadow" in p.stderr and "nosuch" in p.stderr, "an unknown layer is refused", p.stderr)
tap.ok(film("--hash", "--layers-only", "alpha").returncode == 2, "--layers-only wants --layers")

layers("one", "--look", "rotoscope", *PART, "--threads", "1")
different = [n for n in want if open(place("a", shot, n), "rb").read() != open(place("one", shot, n), "rb").read()]
tap.ok(not different and open(place("a", "layers.json")).read() == open(place("one", "layers.json")).read(),
       "the same bytes on one thread and two", different)

# cuts: the last drawing of a shot goes nowhere
staged = json.loads(json.dumps(drawings))
p = hecto("film", BERLIN, "--no-overlay", "--hash", "--size", "64x64", "--from", "2", "--to", "5", "--on", "threes", "--fps", "12",
          "--layers", place("cuts"))
staged = json.load(open(place("cuts", "layers.json")))["drawings"]
pairs = list(zip(staged, staged[1:]))
tap.ok(len({d["shot"] for d in staged}) > 1 and all(x["velocity"] == (x["shot"] == y["shot"]) for x, y in pairs),
       "velocity is not known across a cut")
tap.ok(all(y["number"] == (x["number"] + 1 if x["shot"] == y["shot"] else 1) for x, y in pairs), "each shot counts from 1")

known = hecto("film", BERLIN, "--look", "nosuch").stderr
looks = re.findall(r"\w+", known.split("there is")[1])
tap.ok(len(looks) >= 3, "looks are known", known)
for look in looks if ALL else looks[-1:]:
    p = layers(look, "--look", look, "--size", "96x64", "--from", "5", "--to", "5.04")
    files = [f for _, _, names in os.walk(place(look)) for f in names]
    tap.ok(p.returncode == 0 and len(files) == 27, f"{look}: layers", p.stderr)

p = layers("many", "--size", "64x64", "--fps", "120", "--on", "ones", "--to", "100", "--cut", "broadcast")
tap.ok(p.returncode == 2 and "20000" in p.stderr and not os.path.exists(place("many")), "too many files are refused", p.stderr)
p = layers(os.path.join("nowhere", "x"), *PART)
tap.ok(p.returncode == 74 and "nowhere" in p.stderr, "a folder that cannot be made is told", p.stderr)
os.makedirs(place("full", shot))
os.mkdir(place("full", shot, f"{shot}_ink_00001.png"))
p = layers("full", *PART, "--look", "rotoscope")
tap.ok(p.returncode == 74 and not os.path.exists(place("full", "layers.json")), "without every file no layers.json", p.stderr)

# sizes and rates: so many frames, drawings held as asked
for fps in (12, 24, 25, 30, 60) if ALL else (25,):
    for on, hold in (("ones", 1), ("twos", 2), ("threes", 3)) if ALL else (("threes", 3),):
        name = f"{fps}-{on}"
        p = layers(name, "--size", "64x64", "--fps", str(fps), "--on", on, "--from", "3", "--to", "3.25")
        n = math.ceil(0.25 * fps - 1e-6)
        held = [d["held"] for d in json.load(open(place(name, "layers.json")))["drawings"]] if p.returncode == 0 else []
        tap.ok(p.stdout.startswith(f"frames {n} ") and sum(held) == n and held[:-1] == [hold] * (len(held) - 1),
               f"{fps} frames a second on {on}", (p.stdout, p.stderr, held))
if ALL:  # the largest picture: lines and layers as large
    p = layers("large", "--size", "3840x2160", "--from", "3", "--to", "3.04", "--look", "rotoscope")
    small = layers("small", "--size", "640x360", "--from", "3", "--to", "3.04", "--look", "rotoscope")
    tap.ok(p.returncode == 0 and small.returncode == 0, "a picture of 3840 x 2160", p.stderr)
    if p.returncode == 0:
        name = json.load(open(place("large", "layers.json")))["drawings"][0]["shot"]
        big, little = (Png(place(k, f"shot{name:02d}", f"shot{name:02d}_ink_00001.png")) for k in ("large", "small"))
        share = [sum(sum(q.row(y)) for y in range(q.h)) / (255 * q.w * q.h) for q in (big, little)]
        tap.ok(big.w == 3840 and 0.7 < share[0] / share[1] < 1.3, "lines keep their share of the picture", share)
tap.done()

"""hecto rotoscope, without the nets: a clip of sprinters by the program's own phone, its people from the truth track.
Arguments: hecto, data folder."""
import array
import math
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from png_file import Png
from tap import Tap

HECTO, DATA = sys.argv[1:3]
tap = Tap()
tmp = pathlib.Path(tempfile.mkdtemp())
W, H, FPS, SECONDS = 320, 180, 24, 0.5


def hecto(*args):
    return subprocess.run([HECTO, *map(str, args)], capture_output=True, text=True, timeout=200)


def roto(name, *options, clip="clip.mp4", track="one.csv"):
    return hecto("rotoscope", tmp / clip, "--models", tmp, "--track", tmp / track, "-q", "-o", tmp / name, *options)


def frames(name):
    """Pictures of a film, RGB."""
    raw = subprocess.run(["ffmpeg", "-v", "error", "-i", tmp / name, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"],
                         capture_output=True, check=True).stdout
    n = 3 * W * H
    return [raw[k:k + n] for k in range(0, len(raw), n)]


def sound(name, rate=8000):
    raw = subprocess.run(["ffmpeg", "-v", "error", "-i", tmp / name, "-vn", "-ac", "1", "-ar", str(rate), "-f", "s16le", "-"],
                         capture_output=True, check=True).stdout
    return array.array("h", raw[:len(raw) // 2 * 2])


def alike(a, b):
    """Correlation of two sounds."""
    n = min(len(a), len(b))
    ab = sum(a[i] * b[i] for i in range(n))
    return ab / ((sum(a[i] ** 2 for i in range(n)) * sum(b[i] ** 2 for i in range(n))) ** 0.5 + 1e-9)


def refuse(code, name, *args):
    r = hecto("rotoscope", *args)
    tap.ok(r.returncode == code and r.stderr.strip(), name, f"{r.returncode} {r.stderr}")


if not (shutil.which("ffmpeg") and shutil.which("ffprobe")):
    print("1..0 # SKIP no ffmpeg to look at films")
    sys.exit(0)

made = hecto("film", "-q", f"{DATA}/races/2009-berlin-men-100m-final.csv", "--camera", "phone", "--size", f"{W}x{H}",
             "--set", f"phone.fps={FPS}", "--set", "phone.place=side", "--set", "phone.x_m=40", "--set",
             "phone.distance_m=6", "--from", 4.4, "--to", 4.4 + SECONDS, "--truth-track", tmp / "all.csv", "-o",
             tmp / "clip.mp4")
tap.ok(made.returncode == 0, "a clip is made", made.stderr)
rows = (tmp / "all.csv").read_text(encoding="utf-8").splitlines(keepends=True)
(tmp / "one.csv").write_text("".join(r for r in rows if r.startswith("#") or r.split(",")[1] in ("person", "1")),
                             encoding="utf-8")

# the looks, and their sound
films = {}
for look in ("rotoscope", "elastic", "smear"):
    r = roto(f"{look}.mp4", "--look", look)
    tap.ok(r.returncode == 0, f"{look} draws the clip", r.stderr)
    films[look] = frames(f"{look}.mp4")
tap.ok(all(len(f) == FPS * SECONDS for f in films.values()), "each is as long as the clip",
       [len(f) for f in films.values()])
tap.ok(len({f[6] for f in films.values()}) == 3, "each look is another")
tap.same(roto("again.mp4", "--look", "smear", "--threads", 3).returncode, 0, "three threads draw as well")
tap.ok((tmp / "again.mp4").read_bytes() == (tmp / "smear.mp4").read_bytes(), "threads change no byte")
tap.ok(alike(sound("clip.mp4"), sound("rotoscope.mp4")) > 0.9, "the clip's own sound is kept",
       alike(sound("clip.mp4"), sound("rotoscope.mp4")))
# a tone at another rate than the film's stays one: at a seam its second difference would leap
subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", f"sine=frequency=440:sample_rate=44100:duration={SECONDS}", "-i",
                tmp / "clip.mp4", "-map", "1:v", "-map", "0:a", "-c:v", "copy", "-c:a", "pcm_s16le", tmp / "tone.mov"], check=True)
r = roto("tone.mp4", clip="tone.mov")
tone = sound("tone.mp4", 48000)[4800:-4800]
bend = max(abs(tone[i + 1] - 2 * tone[i] + tone[i - 1]) for i in range(1, len(tone) - 1))
most = 2 * max(map(abs, tone)) * (2 * math.pi * 440 / 48000) ** 2
tap.ok(r.returncode == 0 and len(tone) > 9600 and bend < most, "sound has no seams", f"{r.stderr} {len(tone)} {bend} {most}")
still = roto("still.mp4", "--look", "smear", "--set", "n_hold=4")
tap.ok(still.returncode == 0 and len(frames("still.mp4")) == FPS * SECONDS, "drawings may be held for four frames")

# layers
r = roto("layers.mp4", "--layers", tmp / "layers")
names = sorted(p.name for p in (tmp / "layers").iterdir())
tap.same(names, sorted(f"{k}_{i:05d}.png" for k in ("colour", "ink", "matte", "parts") for i in range(1, 7)),
         "four layers of each drawing are written")


def layer(name, folder="layers"):
    return Png(tmp / folder / name)


def pixels(png):
    return [png.row(y)[4 * x:4 * x + 4] for y in range(png.h) for x in range(png.w)]


pick = next(k for k in range(2, 7) if sum(p[3] > 127 for p in pixels(layer(f"matte_{k:05d}.png"))) > 300)
matte = pixels(layer(f"matte_{pick:05d}.png"))
colour = pixels(layer(f"colour_{pick:05d}.png"))
tap.ok((layer(f"matte_{pick:05d}.png").w, layer(f"matte_{pick:05d}.png").h) == (W, H), "layers have the film's size")
both = sum(m[3] > 127 and c[3] > 127 for m, c in zip(matte, colour))
tap.ok(both > 0.97 * sum(m[3] > 127 for m in matte), "colour fills its matte", both)
tap.ok(len({tuple(p[:2]) for p in pixels(layer(f"parts_{pick:05d}.png")) if p[3] == 255}) >= 5, "parts have words of their own")
ink = [p for p in pixels(layer(f"ink_{pick:05d}.png")) if p[3] > 60]
tap.ok(20 < len(ink) < len(matte) / 10, "ink is lines, not areas", len(ink))

# keys out, changed by hand, in again
at = (pick - 1) * 2 / FPS
r = roto("keys.mp4", "--keys", tmp / "keys", "--key-at", at)
key = tmp / "keys" / f"drawing_{pick:05d}.svg"
tap.ok(r.returncode == 0 and key.is_file(), "a key drawing is written", r.stderr)
text = key.read_text(encoding="utf-8")
areas = re.findall(r'<path[^>]*id="(p1-(?!line|matte)[^"]*)"', text)
tap.ok(len(areas) >= 5, "with a path for each area", areas)
tap.ok(frames("keys.mp4") == films["rotoscope"], "writing a key changes nothing")


def painted(match):
    """Every colour of areas of the trunk becomes pure green."""
    return re.sub(r"#[0-9a-f]{6}", "#00ff00", match.group(0), count=1)


key.write_text(re.sub(r'<path[^>]*id="p1-(?:chest|hips)-[^>]*>', painted, text), encoding="utf-8")
edited = key.read_bytes()
r = roto("keyed.mp4", "--keys", tmp / "keys", "--layers", tmp / "keyed", "--key-at", at)
tap.same(r.returncode, 0, "keys that were changed are read")
tap.ok(key.read_bytes() == edited, "and stay as they are")


def green(name, folder):
    return sum(p[3] > 200 and p[1] > 150 and p[0] < 120 and p[2] < 120 for p in pixels(layer(name, folder)))


tap.ok(green(f"colour_{pick:05d}.png", "keyed") > 30 > green(f"colour_{pick:05d}.png", "layers"),
       "the drawing has the colours given to it")
near = pick + 1 if pick < 6 else pick - 1
tap.ok(green(f"colour_{near:05d}.png", "keyed") > 30, "its neighbour is carried along", green(f"colour_{near:05d}.png", "keyed"))

# faces
heads = {}
for row in rows:
    cell = row.split(",")
    if len(cell) > 5 and cell[1] == "1" and cell[3] in ("nose", "ear_l", "ear_r") and cell[4]:
        heads.setdefault(round(float(cell[0]) * FPS), []).append((float(cell[4]), float(cell[5])))
clear, blurred = ("clear.mp4", "blurred.mp4")
tap.ok(roto(clear, "--set", "background=clip").returncode == 0
       and roto(blurred, "--set", "background=clip", "--blur-faces").returncode == 0, "faces may be blurred")
a, b = frames(clear), frames(blurred)
inside = outside = 0
for k in range(0, len(a), 2):
    at_head = heads.get(k, [])
    for i in range(W * H if at_head else 0):  # a head outside the picture: all of the upper body is blurred
        if max(abs(a[k][3 * i + c] - b[k][3 * i + c]) for c in range(3)) > 30:
            close = any(abs(i % W - x) < 30 and abs(i // W - y) < 30 for x, y in at_head)
            inside += close
            outside += not close
tap.ok(inside > 20, "the pixels about a face change", inside)
tap.ok(outside < inside / 20, "and those only, but for the code's noise", (inside, outside))

# what is refused
(tmp / "text.mp4").write_text("no film", encoding="utf-8")
(tmp / "bad.csv").write_text("time_s,person\n1,2\n", encoding="utf-8")
clip, one, out = tmp / "clip.mp4", tmp / "one.csv", tmp / "never.mp4"
refuse(66, "a clip that is not there", tmp / "none.mp4", "-o", out)
refuse(65, "a clip that is none", tmp / "text.mp4", "--track", one, "-o", out)
refuse(65, "a track that is none", clip, "--track", tmp / "bad.csv", "-o", out)
refuse(66, "a track that is not there", clip, "--track", tmp / "none.csv", "-o", out)
refuse(2, "no file for the film", clip)
refuse(2, "a look that is none", clip, "--track", one, "--look", "oil", "-o", out)
refuse(2, "a span that ends before it begins", clip, "--track", one, "--from", 2, "--to", 1, "-o", out)
refuse(65, "a span beyond the clip", clip, "--track", one, "--models", tmp, "--from", 50, "-o", out)
refuse(2, "a size that is odd", clip, "--track", one, "--size", "20x20", "-o", out)
refuse(2, "times of keys without a folder", clip, "--track", one, "--key-at", 1, "-o", out)
refuse(2, "times of keys that are none", clip, "--track", one, "--keys", tmp / "keys", "--key-at", "soon", "-o", out)
refuse(2, "a style that is none", clip, "--track", one, "--set", "background=oil", "-o", out)
key.write_text("<svg", encoding="utf-8")
refuse(65, "a key that is no drawing", clip, "--track", one, "--models", tmp, "--keys", tmp / "keys", "-o", out)
tap.ok(not out.exists() and not list(tmp.glob(".never*")), "and nothing is left behind", list(tmp.glob("*never*")))
shutil.rmtree(tmp)
tap.done()

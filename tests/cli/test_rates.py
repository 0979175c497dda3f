"""Films at every rate and hold: as many frames as there must be, evenly spaced, and picture and sound together at the
gun. Read by ffprobe and ffmpeg. Arguments: hecto, data folder, "all" for every combination."""
import array
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile

from tap import Tap

HECTO, DATA = sys.argv[1:3]
ALL = sys.argv[3:] == ["all"]
BERLIN = os.path.join(DATA, "races/2009-berlin-men-100m-final.csv")
if not (shutil.which("ffprobe") and shutil.which("ffmpeg")):
    print("1..0 # SKIP ffmpeg is not installed")
    sys.exit(0)
tap = Tap()
tmp = tempfile.TemporaryDirectory()
FROM, TO, GUN = 0.4, 1.6, 1.0  # --cut race begins a second before the gun
GUN_M, SOUND_MPS = (6.6, 2.4, -4.0), 343.0  # where the starter holds it (stem_start.c)


def place(name):
    return os.path.join(tmp.name, name)


def run(*args):
    return subprocess.run(args, capture_output=True, timeout=120)


def eye(drawing):
    """Where the camera stands: the matrix turns it into 0."""
    m = drawing["world_to_camera"]
    return [-sum(m[4 * r + c] * m[4 * r + 3] for r in range(3)) for c in range(3)]


COMBOS = [(f, h) for f in (12, 24, 25, 30, 60) for h in (1, 2, 3)] if ALL else [(25, 3), (60, 1)]
for fps, hold in COMBOS:
    on = ("ones", "twos", "threes")[hold - 1]
    path, what = place(f"{fps}-{hold}.mp4"), f"{fps} a second on {on}"
    p = run(HECTO, "film", BERLIN, "--cut", "race", "--no-overlay", "--no-score", "--size", "64x64", "--fps", str(fps), "--on", on,
            "--from", str(FROM), "--to", str(TO), "--layers", place(f"{fps}-{hold}"), "--layers-only", "id", "-o", path, "-q")
    tap.ok(p.returncode == 0, f"{what}: a film", p.stderr)
    q = json.loads(run("ffprobe", "-v", "error", "-show_streams", "-show_packets", "-of", "json", path).stdout)
    video = next(s for s in q["streams"] if s["codec_type"] == "video")
    sound = next(s for s in q["streams"] if s["codec_type"] == "audio")
    n = math.ceil((TO - FROM) * fps - 1e-6)
    pts = sorted(float(k["pts_time"]) for k in q["packets"] if k["codec_type"] == "video")
    tap.same(len(pts), n, f"{what}: frames")
    tap.ok(all(abs(t - k / fps) < 2e-4 for k, t in enumerate(pts)), f"{what}: evenly spaced from 0", pts[:4])
    tap.ok(abs(float(video["duration"]) - n / fps) < 2e-3 and abs(float(sound["duration"]) - n / fps) < 0.03,
           f"{what}: picture and sound are as long", (video["duration"], sound["duration"]))
    drawings = json.load(open(place(f"{fps}-{hold}/layers.json")))["drawings"]
    shown = next(d for d in drawings if d["frame"] + d["held"] > (GUN - FROM) * fps)
    pcm = array.array("f", run("ffmpeg", "-v", "error", "-i", path, "-map", "0:a", "-ac", "1", "-ar", "48000", "-f", "f32le", "-").stdout)
    loud = max(abs(v) for v in pcm[:int(0.9 * 48000)])
    heard = next(i for i, v in enumerate(pcm) if abs(v) > 0.3 * loud) / 48000
    due = GUN - FROM + math.dist(eye(shown), GUN_M) / SOUND_MPS
    tap.ok(abs(heard - due) < 0.5 / fps, f"{what}: the gun is heard when its sound is there", (heard, due))
    tap.ok(abs(shown["frame"] / fps + shown["race_s"] * -1 - (GUN - FROM)) < 1e-6, f"{what}: and the picture goes by the same clock",
           (shown["frame"], shown["race_s"]))
tap.done()

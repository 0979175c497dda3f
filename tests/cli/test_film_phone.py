"""hecto film --camera phone: what its file holds against what its truth says. Arguments: hecto, data folder."""
import array
import json
import os
import shutil
import subprocess
import sys
import tempfile

from tap import Tap

HECTO, DATA = sys.argv[1:3]
BERLIN = os.path.join(DATA, "races/2009-berlin-men-100m-final.csv")
tap = Tap()
tmp = tempfile.TemporaryDirectory()


def place(name):
    return os.path.join(tmp.name, name)


def run(*args):
    return subprocess.run(args, capture_output=True, timeout=200)


def phone(*args):
    sets = [x for a in args if "=" in a for x in ("--set", "phone." + a)]
    rest = [a for a in args if "=" not in a]
    return run(HECTO, "film", "-q", BERLIN, "--camera", "phone", "--size", "128x72", *sets, *rest)


def truth(*args):
    made = phone("--truth", place("t.json"), "--truth-track", place("t.csv"), "-o", place("c.mp4"), *args)
    if made.returncode:
        return made.stderr.decode()
    with open(place("t.json"), encoding="utf-8") as f:
        return json.load(f)


def stamps():
    out = run("ffprobe", "-v", "error", "-select_streams", "v", "-show_entries", "packet=pts", "-of", "csv=p=0",
              place("c.mp4")).stdout
    return sorted(int(x.strip(b",")) for x in out.split())


def time_base():
    out = run("ffprobe", "-v", "error", "-select_streams", "v", "-show_entries", "stream=time_base", "-of", "csv=p=0",
              place("c.mp4")).stdout
    return out.decode().strip().strip(",")


def onset_s():
    """First time, of the file, at which the sound rises above half of its peak."""
    raw = run("ffmpeg", "-v", "error", "-i", place("c.mp4"), "-vn", "-ac", "1", "-ar", "48000", "-f", "s16le", "-").stdout
    sound = array.array("h", raw)
    if not sound:
        return -1
    most = max(abs(x) for x in sound)
    return next(i for i, x in enumerate(sound) if abs(x) > 0.3 * most) / 48000


have = shutil.which("ffprobe") and shutil.which("ffmpeg")

# a finish, as it comes
t = truth("fps=120", "--from", "9.5", "--to", "9.75")
tap.ok(isinstance(t, dict), "a clip of a finish is made", t)
tap.same(len(t["lanes"]), 8, "all who run are in the truth")
finish = {l["name"]: c["race_s"] for l in t["lanes"] for c in l["crossings"] if c["x_m"] == 100}
tap.ok(abs(finish["Usain Bolt"] - 9.58) < 0.0015, "the winner's trunk is at the line at his time", finish)
tap.ok(abs(finish["Tyson Gay"] - finish["Usain Bolt"] - 0.13) < 0.002, "the gap is the race's", finish)
tap.same(len(t["frames"]["time_s"]), 30, "as many images as the span has")
tap.ok(len(t["marks"]["points"]) >= 12, "there are marks to calibrate by")
with open(place("t.csv"), encoding="utf-8") as f:
    rows = f.read().splitlines()
tap.ok(rows[0].startswith("time_s,person,lane,point,x_px,y_px") and all(r.endswith("truth") or ",truth" in r for r in
       rows[1:50]), "the joints are a track file", rows[:2])

# a bad clock
t = truth("fps=60", "jitter_s=0.002", "vary_frac=0.1", "drop_frac=0.1", "tick_hz=600", "start_offset_s=0.5", "gun=true",
          "av_offset_s=0.04", "gun_distance_m=50", "echo=false", "crowd_frac=0", "--to", "1")
tap.ok(isinstance(t, dict), "a clip with a bad clock is made", t)
tick = [round(x) for x in t["frames"]["stamp_tick"]]
true = t["frames"]["time_s"]
worst = max(abs((k - tick[0]) / 600 - s) for k, s in zip(tick, true))
tap.ok(0.001 < worst < 0.002 + 1 / 600, "stamps are wrong by the jitter and the time base", worst)
tap.ok(len(true) < 120 and tick[0] == 300, "images are lost, and the clip begins late")
heard = t["gun_s"] + 50 / (331.3 + 0.606 * t["temp_c"]) + 0.04
tap.ok(abs(t["gun_heard_s"] - heard) < 1e-9, "the gun is heard after its way", t["gun_heard_s"])
if have:
    tap.same(stamps(), tick, "the file has the stamps of the truth")
    tap.same(time_base(), "1/600", "and its time base")
    tap.ok(abs(onset_s() - 0.5 - t["gun_heard_s"]) < 0.001, "the bang is where the truth has it", onset_s())

# slow motion
t = truth("place=side", "fps=240", "play_fps=30", "--from", "4.9", "--to", "5.1")
tap.ok(isinstance(t, dict) and t["marks"]["capture_fps"] == 240, "slow motion says its true rate", t)
if have:
    gaps = {b - a for a, b in zip(stamps(), stamps()[1:])}
    tap.same(gaps, {3000}, "and plays at another")
tap.ok(t["marks"]["gates_x_m"] and all(c["x_m"] in t["marks"]["gates_x_m"] for l in t["lanes"] for c in l["crossings"]),
       "gates in view are in marks and crossings", t["marks"]["gates_x_m"])
tap.ok(all(l["contacts"] for l in t["lanes"]), "everybody has contacts while he is filmed")

# one alone
t = truth("only_lane=4", "fps=60", "--from", "9.5", "--to", "9.7")
tap.ok(isinstance(t, dict) and [l["lane"] for l in t["lanes"]] == [l["lane"] for l in t["marks"]["lanes"]] == [4],
       "one may run alone", t)
made = phone("only_lane=9", "-o", place("x.mp4"))
tap.ok(made.returncode == 2 and "only_lane" in made.stderr.decode(), "but not nobody", made.stderr.decode())

# refusals
for args, word in ((["--look", "rain"], "--look"), (["k1=-0.6", "hfov_deg=110"], "k1"), (["fps=5000"], "fps"),
                   (["--from", "5", "--to", "4"], "--to"), (["yaw_deg=-89", "hfov_deg=4", "pitch_deg=60"], "place")):
    made = phone("-o", place("x.mp4"), *args)
    tap.ok(made.returncode == 2 and word in made.stderr.decode() and not os.path.exists(place("x.mp4")),
           f"{' '.join(args)} is refused", made.stderr.decode())
made = run(HECTO, "film", BERLIN, "--truth", place("t.json"))
tap.same(made.returncode, 2, "only a phone has a truth")
tap.done()

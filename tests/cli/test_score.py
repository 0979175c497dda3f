"""The music of a film from outside: its MIDI file, read by a reader of its own, against the race. Arguments: hecto,
data folder."""
import json
import os
import subprocess
import sys
import tempfile

from midi import Midi
from tap import Tap

HECTO, DATA = sys.argv[1:3]
BERLIN = os.path.join(DATA, "races/2009-berlin-men-100m-final.csv")
SMALL = ["--size", "64x64", "--no-overlay", "--still", "0", "-q"]
KIT, TAIKO, TIMPANI, TRUMPET = 9, 7, 6, 0
tap = Tap()
tmp = tempfile.TemporaryDirectory()
SMALL += ["-o", os.path.join(tmp.name, "still.png")]


def hecto(*args):
    return subprocess.run([HECTO, *args], capture_output=True, timeout=100)


def place(name):
    return os.path.join(tmp.name, name)


def score(name, *args):
    p = hecto("film", BERLIN, "--midi", place(name), *SMALL, *args)
    if p.returncode != 0:
        tap.ok(False, f"{name} is written", p.stderr)
        tap.done()
    return Midi(open(place(name), "rb").read())


def near(times, t):
    return min(abs(x - t) for x in times)


if b"built without" in hecto("film", BERLIN, "--midi", place("x.mid"), *SMALL).stderr:
    print("1..0 # SKIP built without libsmf")
    sys.exit()

hecto("race", BERLIN, "-q", "-o", place("race.json"))
race = json.load(open(place("race.json")))
lanes = race["lanes"]
bolt = next(lane for lane in lanes if lane["place"] == 1)
m = score("race.mid", "--cut", "race")
notes = m.notes()
line = 1 + bolt["time_us"] * 1e-6   # this film begins a second before the gun

tap.ok(m.format == 1 and len(m.tracks) > 5, "format 1, a track for each part")

# drums against footfalls
all_steps = [1 + s["on_s"] for lane in lanes for s in lane["steps"]]
own_steps = [1 + s["on_s"] for s in bolt["steps"] if 1 + s["on_s"] < line - 1e-6]
struck = [n[0] for n in notes if n[2] in (KIT, TAIKO) and 1 < n[0] < line - 0.01]
worst = max(near(all_steps, t) for t in struck)
tap.ok(len(struck) > 80 and worst < 0.002, "every stroke of the race is a footfall within 2 ms", f"{len(struck)} {worst}")
missed = max(near(struck, t) for t in own_steps)
tap.ok(missed < 0.002, "every footfall of the winner is struck", str(missed))
tap.ok(not [n for n in notes if 1 < n[0] < 4 and n[2] not in (KIT, TAIKO, TIMPANI)], "drums are alone for 3 s")
kick = [n[0] for n in notes if n[2] == KIT and n[3] == 36 and n[0] < line - 0.01]
left = [1 + s["on_s"] for s in bolt["steps"] if s["foot"] == "left"]
tap.ok(len(kick) > 15 and max(near(left, t) for t in kick) < 0.002, "the kick is the left foot", kick)

# the grid is the step: footfalls stand on eighths
ticks = sorted({e[0] for track in m.tracks for e in track if e[1] == "note" and e[2] == KIT and e[3] == 36 and e[4]})
apart = [(b - a) % 480 for a, b in zip(ticks, ticks[1:])]
tap.ok(not any(apart[:-1]), "footfalls stand on the grid", apart)

# trumpets: enter at 30 m, in range, none after the end
trumpet = [n for n in notes if n[2] == TRUMPET]
upright = 1 + next(s["time_s"] for s in bolt["splits"] if s["distance_m"] == 30)
tap.ok(upright - 0.01 < trumpet[0][0] < upright + 0.3, "trumpets enter at 30 m", f"{trumpet[0]} {upright}")
tap.ok(all(52 <= n[3] <= 84 for n in trumpet), "trumpets stay within reach")
end = line + 1.5
tap.ok(all(0 <= n[0] < n[1] <= end + 0.001 for n in notes), "nothing sounds outside the film", str(max(n[1] for n in notes)))

# a key for each leader
keys, words = m.metas(0x59), [(t, w.decode()) for t, w in m.metas(6)]
leads = [t for t, w in words if w.endswith("leads")]
tap.ok(len(keys) == 1 + len(leads) and all(abs(k[0] - t) < 0.001 for k, t in zip(keys[1:], leads)) and
       all(a[1] != b[1] for a, b in zip(keys, keys[1:])), "another key with each leader", str((keys, words)))

# nothing but steps
q = score("quiet.mid", "--cut", "race", "--score-end", "nothing")
last = next(t for t, w in ((t, w.decode()) for t, w in q.metas(6)) if w == "last 20 m")
tap.ok(not [n for n in q.notes() if n[1] > last + 0.35 and n[0] < line - 0.01], "the last 20 m can be silent")

# the broadcast film: heart, tone, roll, resolution
b = score("b.mid")
words = {w.decode(): t for t, w in reversed(b.metas(6))}
tone = [n for n in b.notes() if n[2] == TRUMPET and n[0] < words["gun: drums"]]
tap.ok(len(tone) == 1 and abs(tone[0][1] - words["set"]) < 0.002, "one trumpet tone stops at \"set\"", tone)
roll = [n[0] for n in b.notes() if n[2] == TIMPANI and words["line: wait"] + 1 < n[0] < words["resolved"] - 0.1]
tap.ok(len(roll) > 100 and max(y - x for x, y in zip(roll, roll[1:])) < 0.1, "timpani roll until the board", len(roll))
tap.ok(open(place("b.mid"), "rb").read() == (score("b2.mid"), open(place("b2.mid"), "rb").read())[1],
       "the same race gives the same bytes")

# motifs by hand
with open(place("motifs.csv"), "w") as f:
    f.write("lane,motif,quotes\n4,major 1:2 5:2 3:2 8:2,\n5,,4\n")
t = score("t.mid", "--cut", "race", "--motifs", place("motifs.csv"))
first = [n[3] for n in t.notes() if n[2] == TRUMPET][:3]
tap.ok([k - first[0] for k in first] == [0, 7, 4], "a motif given by hand is played", first)

# wrong ones
for text, word in [("lane,motif\n4,sad 1:2\n", "minor"), ("lane\n44\n", "1 to 10"), ("lain\n4\n", "lane"),
                   ("lane,quotes\n4,x\n", "quotes")]:
    with open(place("bad.csv"), "w") as f:
        f.write(text)
    p = hecto("film", BERLIN, "--motifs", place("bad.csv"), *SMALL, "--midi", place("no.mid"))
    err = p.stderr.decode()
    tap.ok(p.returncode == 65 and "bad.csv:" in err and word in err and not os.path.exists(place("no.mid")),
           f"a wrong table of motifs is told: {word}", err)
for args, code, word in [(["--score", "--no-score"], 2, "--no-score"), (["--score-end", "nothin"], 2, "nothing"),
                         (["--score-focus", "9"], 2, "9"), (["--midi", "/no/such/folder/x.mid"], 74, "/no/such")]:
    p = hecto("film", BERLIN, *SMALL, "--midi", place("no.mid"), *args)
    tap.ok(p.returncode == code and word in p.stderr.decode(), f"{args} is refused", p.stderr)
tap.done()

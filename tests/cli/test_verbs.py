"""Each verb from outside: exit codes, where messages go, what files are left. Arguments: hecto, data folder."""
import json
import os
import signal
import subprocess
import sys
import tempfile
import time

from tap import Tap

HECTO, DATA = sys.argv[1:3]
BERLIN = os.path.join(DATA, "races/2009-berlin-men-100m-final.csv")
tap = Tap()
tmp = tempfile.TemporaryDirectory()


def hecto(*args, stdin=None):
    return subprocess.run([HECTO, *args], capture_output=True, input=stdin, timeout=100)


def place(name):
    return os.path.join(tmp.name, name)


def write(name, data):
    with open(place(name), "wb") as f:
        f.write(data)
    return place(name)


# wrong usage
for args, word in [(["fillm"], "film"), (["film"], "SHEET"), (["film", BERLIN, "--lok", "x"], "--look"),
                   (["film", BERLIN, "--size", "7x"], "--size"), (["film", BERLIN, "--look", "nosuch"], "broadcast"),
                   (["film", BERLIN, "--from", "9", "--to", "8"], "--from"), (["race", BERLIN, "x"], "x"), (["photo", BERLIN, "--json"], "--json"),
                   (["race", BERLIN, "--threads", "0"], "--threads"), (["film", BERLIN, "--cut", "brodcast"], "broadcast"),
                   (["--completion", "fish"], "bash"), ([], "verb")]:
    p = hecto(*args)
    tap.ok(p.returncode == 2 and word in p.stderr.decode() and not p.stdout, f"wrong usage names {word}", p.stderr)

# bad input: one line, the place, no file
HEAD = b"# wind_mps: 0.0\nlane,name,reaction_s,split_50_s,time_s\n"
BAD = {
    "empty": (b"", ""),
    "no lanes": (HEAD, ""),
    "two in a lane": (HEAD + b"3,A,0.15,5.9,10.5\n3,B,0.15,5.9,10.6\n", ":4:1: "),
    "words": (HEAD + b"3,A,0.15,fast,10.5\n", ":3:10: "),
    "comma in a number": (b"lane,name,time_s\n3,A,9,58,2\n", ":2:"),
    "negative": (HEAD + b"3,A,0.15,5.9,-10.5\n", ":3:14: "),
    "nan": (HEAD + b"3,A,0.15,nan,10.5\n", ":3:10: "),
    "huge": (HEAD + b"3,A,0.15,5.9,1e400\n", ":3:14: "),
    "split after the finish": (HEAD + b"3,A,0.15,10.9,10.5\n", ":3:"),
    "late reaction": (HEAD + b"3,A,6.15,5.9,10.5\n", ":3:"),
    "faster than anybody": (HEAD + b"3,A,0.15,2.0,5.0\n", ":3:"),
    "lane eleven": (HEAD + b"11,A,0.15,5.9,10.5\n", ":3:1: "),
    "no time": (b"lane,name\n3,A\n", ":1"),
    "utf-16": ("lane,name,time_s\n3,A,10.5\n".encode("utf-16"), ""),
    "a nul byte": (b"lane,name,time_s\n3,A\0B,10.5\n", ":2:"),
    "splits out of order": (b"lane,name,split_20_s,split_40_s,time_s\n3,A,5.0,4.9,10.5\n", ":2:"),
}
for name, (data, where) in BAD.items():
    path = write(name.replace(" ", "-") + ".csv", data)
    p = hecto("film", path, "-o", place("out.mp4"))
    text = p.stderr.decode()
    tap.ok(p.returncode == 65 and os.path.basename(path) + where in text and text.count("\n") == 1
           and not os.path.exists(place("out.mp4")), f"bad input: {name}", f"{p.returncode} {text}")
p = hecto("race", place("faster-than-anybody.csv"), "--allow-implausible", "--json")
tap.same(p.returncode, 0, "implausible speeds are taken when asked for")

# files
tap.same(hecto("film", place("none.csv"), "-o", place("out.mp4")).returncode, 66, "a missing file is 66")
tap.same(hecto("film", BERLIN, "-o", "/nowhere/x.mp4").returncode, 74, "an unwritable place is 74")
tap.same(hecto("race", BERLIN, "-o", "/nowhere/x.json").returncode, 74, "an unwritable place is 74 for a race too")
if os.path.exists("/dev/full"):
    with open("/dev/full", "wb") as full:
        p = subprocess.run([HECTO, "race", BERLIN, "--json"], stdout=full, stderr=subprocess.PIPE)
    tap.same(p.returncode, 74, "a full disk is 74")

# the race as a file is the race
p = hecto("race", BERLIN, "-o", place("b.json"))
tap.same(p.returncode, 0, "a race file is written")
a, b = hecto("race", BERLIN, "--json").stdout, hecto("race", place("b.json"), "--json").stdout
tap.ok(a == b and json.loads(a)["format"] == "hectometre-race", "a race file reads back as the same race")
a_film, b_film = (hecto("film", f, "--size", "128x72", "--to", "1", "--hash").stdout for f in (BERLIN, place("b.json")))
tap.ok(a_film.startswith(b"frames 24 hash ") and a_film == b_film, "and gives the same film", f"{a_film} {b_film}")
with open(BERLIN, "rb") as f:
    tap.same(hecto("race", "-", "--json", stdin=f.read()).stdout, a, "a sheet from standard input is the same race")
table = hecto("race", BERLIN).stdout.decode()
tap.ok("Usain Bolt" in table and "9.58" in table and table.index("Bolt") < table.index("Gay"), "the result is printed in order")

# stopping leaves no file
path = place("stopped.mp4")
p = subprocess.Popen([HECTO, "film", BERLIN, "-o", path], stderr=subprocess.PIPE)
time.sleep(2.0)
p.send_signal(signal.SIGINT)
p.wait(60)
left = [n for n in os.listdir(tmp.name) if n.startswith(("stopped", ".stopped"))]
tap.ok(p.returncode == 75 and not left, "ctrl-c leaves no half film and exits 75", f"{p.returncode} {left}")

# doctor
tap.ok(json.loads(hecto("doctor", "--json").stdout)["format"] == "hectometre-doctor", "doctor speaks json")
tap.same(hecto("doctor").returncode, 0, "doctor speaks to people")
tap.ok(b"GNU General Public" in hecto("--version").stdout, "the version names the licences")
tap.done()

"""hecto fit from outside: what it takes, what it refuses, what it writes. Arguments: hecto, data folder."""
import csv
import io
import json
import math
import os
import subprocess
import sys
import tempfile

from tap import Tap

HECTO, DATA = sys.argv[1:3]
tap = Tap()
tmp = tempfile.TemporaryDirectory()


def hecto(*args, stdin=None):
    return subprocess.run([HECTO, "fit", *args], capture_output=True, input=stdin, timeout=100)


def place(name):
    return os.path.join(tmp.name, name)


def write(name, text):
    with open(place(name), "w", encoding="utf-8") as f:
        f.write(text)
    return place(name)


def mono_time_s(x_m, mss_mps, mac_mps2):
    """Time at a distance, by bisection on the closed form of the distance."""
    tau, lo, hi = mss_mps / mac_mps2, 0.0, 60.0
    for _ in range(80):
        mid = (lo + hi) / 2
        lo, hi = (mid, hi) if mss_mps * (mid + tau * math.expm1(-mid / tau)) < x_m else (lo, mid)
    return lo


GATES_M = [5, 10, 15, 20, 30, 40]


def session(n):
    """n runners of known MSS and MAC, their rows shuffled by gate so that runs are not adjacent."""
    who = [(f"R{i:04d}", 7 + 0.002 * i, 9 - 0.001 * i) for i in range(n)]
    rows = [f"{name},{x},{mono_time_s(x, mss, mac):.9f}" for x in GATES_M for name, mss, mac in who]
    return who, "athlete,distance_m,time_s\n" + "\n".join(rows) + "\n"


# known runners come back
who, text = session(300)
many = write("many.csv", text)
p = hecto("--session", many, "--model", "mono")
rows = list(csv.DictReader(io.StringIO(p.stdout.decode())))
tap.same(p.returncode, 0, "a session ends well")
tap.same([r["athlete"] for r in rows], [w[0] for w in who], "a session keeps the order of the file")
worst = max(max(abs(float(r["mss_mps"]) / w[1] - 1), abs(float(r["mac_mps2"]) / w[2] - 1)) for r, w in zip(rows, who))
tap.ok(worst < 1e-6, "noise-free gates give the runner back", worst)
one, two = (hecto("--session", many, "--model", "mono", "--threads", n).stdout for n in "12")
tap.ok(one == two and one, "the same bytes on one thread and on two")

# one run, all ways in and out
single = "distance_m,time_s\n" + "".join(f"{x},{mono_time_s(x, 9, 8):.4f}\n" for x in GATES_M)
run = write("one.csv", single)
p = hecto(run, "--model", "mono", "--json")
doc = json.loads(p.stdout)
tap.same((doc["format"], len(doc["runs"]), doc["runs"][0]["converged"]), ("hectometre-sprinter", 1, True), "one run as JSON")
tap.same(hecto("-", "--model", "mono", "--json", stdin=single.encode()).stdout, p.stdout, "standard input gives the same")
tap.same(hecto(run, "--set", "model=mono", "--json").stdout, p.stdout, "--set model=mono is --model mono")
tap.same(hecto(run, "--model", "mono", "-o", place("one.json")).stdout, b"", "-o prints nothing")
with open(place("one.json"), "rb") as f:
    tap.same(f.read(), p.stdout, "-o writes what --json prints")
p = hecto(run, "--model", "mono", "--csv")
tap.ok(abs(float(next(csv.DictReader(io.StringIO(p.stdout.decode())))["mss_mps"]) - 9) < 0.01, "one run as CSV", p.stdout)
p = hecto(run, "--model", "mono")
tap.ok(b"MSS" in p.stdout and b"90 %" in p.stdout, "one run for a reader", p.stdout)

# a run of many that cannot be fitted
p = hecto(write("mixed.csv", text.split("\n", 20)[0] + "\n" + "".join(f"A,{x},{mono_time_s(x, 9, 8):.4f}\n" for x in GATES_M) +
                "B,5,1.2\n"), "--model", "mono", "-o", place("mixed.json"))
tap.ok(p.returncode in (1, 65) and b"B" in p.stderr, "the run that is none is named", p.stderr)

p = hecto(write("copied.csv", "athlete,10m,20m,30m,40m,50m,60m,70m,80m,90m,100m\n"
                 "Nobody,1.88,2.88,3.78,4.64,5.47,6.29,7.10,7.92,8.74,9.58\n"))
tap.ok(b"these are the marks of Usain Bolt, Berlin 2009" in p.stderr, "what looks wrong about a run is said", p.stderr)

# training: known acceleration-speed lines come back
gps = os.path.join(DATA, "traces/gps-session.csv")
runs = json.loads(hecto(gps, "--in-situ", "--json", "--plot", place("situ.svg")).stdout)["runs"]
tap.same([(r["athlete"], r["observe"]) for r in runs], [(n, "acceleration") for n in ("Aoi", "Ben", "Chiara")],
         "in situ: a profile for each athlete")
tap.ok(all(r["mss_mps_lo90"] < r["mss_mps"] < r["mss_mps_hi90"] and "observed_mps2" in r["points"][0] for r in runs),
       "in situ: intervals and accelerations")
with open(place("situ.svg"), encoding="utf-8") as f:
    tap.ok("<svg" in f.read(), "in situ: a picture")
p = hecto(run, "--in-situ")
tap.ok(p.returncode == 65 and b"speeds or positions" in p.stderr, "in situ: gates are no training", p.stderr)

# what is refused: one line, the file, nothing written
BAD = {
    "one gate": "distance_m,time_s\n10,1.9\n",
    "one gate three times": "distance_m,time_s\n10,1.9\n10,1.9\n10,1.9\n",
    "times that fall": "distance_m,time_s\n10,1.9\n20,1.8\n30,1.7\n40,1.6\n",
    "a sigma of zero": "distance_m,time_s,sigma_s\n10,1.9,0\n20,3.0,0\n30,4.0,0\n40,4.9,0\n",
    "a negative sigma": "distance_m,time_s,sigma_s\n10,1.9,-1\n20,3.0,1\n30,4.0,1\n40,4.9,1\n",
    "words": "distance_m,time_s\nten,1.9\n",
    "no columns that say what": "a,b\n1,2\n",
    "infinite": "distance_m,time_s\n10,inf\n20,3\n30,4\n40,5\n",
    "a run that never starts": "time_s,speed_mps\n" + "".join(f"{i / 50},0\n" for i in range(200)),
    "empty": "",
}
for name, text in BAD.items():
    out = place("none.json")
    for model in ("mono", "drive"):
        p = hecto(write("bad.csv", text), "--model", model, "-o", out)
        lines = p.stderr.decode().strip().splitlines()
        tap.ok(p.returncode == 65 and "bad.csv" in lines[-1] and not os.path.exists(out), f"{model} refuses {name}",
               f"{p.returncode} {lines}")
for args, word in [([run, "--model", "mnoo"], "mono"), ([run, "--set", "reacton_s=0.1"], "reaction_s"), ([], "TRACE"),
                   ([run, "--mass-kg", "1000"], "mass_kg"), ([run, "--session", run], "--session")]:
    p = hecto(*args)
    tap.ok(p.returncode == 2 and word in p.stderr.decode(), f"wrong usage names {word}", p.stderr)
tap.same(hecto(place("nowhere.csv")).returncode, 66, "no such file")
tap.done()

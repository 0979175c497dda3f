"""hecto race --simulate and --runs from outside. Arguments: hecto, Berlin's sheet."""
import json
import os
import subprocess
import sys
import tempfile

from tap import Tap

HECTO, BERLIN = sys.argv[1:3]
tap = Tap()
tmp = tempfile.TemporaryDirectory()


def hecto(*args):
    return subprocess.run([HECTO, "race", *args], capture_output=True, timeout=100, text=True)


def write(name, text):
    path = os.path.join(tmp.name, name)
    with open(path, "w", encoding="utf-8", newline="") as f:
        f.write(text)
    return path


p = hecto(BERLIN, "--runs", "20000", "--seed", "1", "--json")
odds = json.loads(p.stdout)["odds"]
tap.ok(abs(sum(x["p_win"] for x in odds) - 1) < 1e-9, "somebody wins")
tap.ok(all(abs(sum(x["p_place"]) - 1) < 1e-9 for x in odds), "each runner has a place")
tap.same(max(odds, key=lambda x: x["p_win"])["name"], "Usain Bolt", "the favourite ran 9.58")
tap.ok(all(x["time_s_lo90"] < x["time_s_mean"] < x["time_s_hi90"] and x["p_win_se"] < 0.01 for x in odds), "times and errors")
for n in ("1", "2", "7"):
    tap.same(hecto(BERLIN, "--runs", "20000", "--seed", "1", "--json", "--threads", n).stdout, p.stdout, f"the same bytes on {n} threads")
tap.ok(hecto(BERLIN, "--runs", "20000", "--seed", "2", "--json").stdout != p.stdout, "another seed, other draws")
text = hecto(BERLIN, "--runs", "1000", "--record-s", "9.58")
tap.ok("as a record" in text.stdout and "margin" in text.stdout and "Usain Bolt" in text.stdout, "a table", text.stderr)

path = os.path.join(tmp.name, "race.json")
p = hecto(BERLIN, "--simulate", "--seed", "3", "--json")
race = json.loads(p.stdout)
tap.same((race["mode"], len(race["lanes"])), ("simulate", 8), "a race of eight")
tap.ok(all(9 < x["time_s"] < 11 and len(x["steps"]) > 35 and not any(s["measured"] for s in x["splits"]) for x in race["lanes"]), "all of it is there")
tap.same(hecto(BERLIN, "--simulate", "--seed", "3", "--json").stdout, p.stdout, "the same seed, the same race")
fair = json.loads(hecto(BERLIN, "--simulate", "--fair", "--json").stdout)
tap.same((fair["wind_mps"], {x["reaction_s"] for x in fair["lanes"]}), (0, {0.155}), "fair: no wind, one reaction")
winds = [json.loads(hecto(BERLIN, "--simulate", "--json", "--wind-mps", w).stdout)["lanes"][3]["time_us"] for w in ("-3", "0", "3")]
tap.ok(winds[0] > winds[1] > winds[2], "more wind from behind is faster", winds)

bare = write("bare.csv", "lane,name,reaction_s,time_s,status\n3,A,0.150,10.20,\n4,A,,10.10,\n5,B,,10.10,\n6,D,,,DNS\n")
p = hecto(bare, "--runs", "3000", "--json")
got = json.loads(p.stdout) if p.returncode == 0 else {"odds": []}
tap.same([x["lane"] for x in got["odds"]], [3, 4, 5], "an official time alone makes a runner; no time makes none")
tap.ok("lane 6" in p.stderr, "who is left out is named", p.stderr)
bolt = os.path.join(tmp.name, "bolt.json")
subprocess.run([HECTO, "fit", BERLIN, "--lane", "4", "-q", "-o", bolt], check=True, timeout=100)
p = hecto(bare, "--runs", "3000", "--json", "--lane", f"3={bolt},6={bolt}")
got = json.loads(p.stdout)["odds"] if p.returncode == 0 else []
tap.same([(x["lane"], x["name"]) for x in got], [(3, "Usain Bolt"), (4, "A"), (5, "B"), (6, "Usain Bolt")], "guests take lanes")
tap.ok(got and abs(got[0]["p_win"] - got[3]["p_win"]) < 0.06 and got[0]["p_win"] + got[3]["p_win"] > 0.98,
       "two Bolts have each their own luck", p.stderr)
for lane, code in [("9=" + bolt, 2), ("x", 2), ("3=/nowhere.json", 66), ("3=" + BERLIN, 65), ("3=" + bolt + ",", 2)]:
    p = hecto(bare, "--runs", "10", "--lane", lane)
    tap.ok(p.returncode == code and not p.stdout and p.stderr.count("\n") == 1, "refused guest " + os.path.basename(lane), (p.returncode, p.stderr))
for args, word in [((BERLIN, "--runs", "0"), "--runs"), ((BERLIN, "--runs", "x"), "--runs"), ((BERLIN, "--simulate", "--referee"), "--referee"),
                   ((BERLIN, "--record-s", "9.9"), "--record-s"), ((BERLIN, "--simulate", "--wind-mps", "99"), "wind")]:
    p = hecto(*args)
    tap.ok(p.returncode == 2 and word in p.stderr and not p.stdout, "wrong usage: " + " ".join(args[1:]), p.stderr)
p = hecto(write("none.csv", "lane,name,status\n3,A,DNS\n4,B,DNS\n"), "--runs", "10")
tap.ok(p.returncode == 65 and not p.stdout, "nobody to race is refused", (p.returncode, p.stderr))
tap.done()

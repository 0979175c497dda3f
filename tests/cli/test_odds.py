"""hecto race --simulate and --runs from outside. Arguments: hecto, Berlin's sheet."""
import json
import os
import pty
import select
import signal
import subprocess
import sys
import tempfile
import unicodedata

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
tap.ok("allows a record" in text.stdout and "margin" in text.stdout and "Usain Bolt" in text.stdout, "a table", text.stderr)
tables = [[line.split() for line in t.split("\n")[1:]] for t in text.stdout.split("\n\n")]
tap.same((len(tables[1]), round(sum(float(r[3]) for r in tables[1]), 6)), (8, 100), "win % as printed adds up to 100")
tap.ok(all(abs(sum(float(r[3 + k]) for r in tables[3]) - 100) < 1e-6 for k in range(8)), "so does each place", tables[3])
tap.ok(all(abs(sum(map(float, r[3:])) - 100) < 0.5 for r in tables[3]), "and each runner, but for the last figure", tables[3])
lines = hecto(BERLIN, "--runs", "1000", "--sensitivity").stdout.split("\n")
tap.ok(max(map(len, lines)) <= 80, "80 columns hold it", max(lines, key=len))
for x in odds:
    n = sum(x["times"]["n"])
    tap.ok(n == 20000 and x["times"]["from_s"] < x["time_s_median"] < x["times"]["from_s"] + len(x["times"]["n"]) / 100,
           x["name"] + ": every race is counted once", n)
    tap.ok(x["p_win_later"] <= x["p_win"] <= x["p_win_sooner"], x["name"] + ": faster wins more")

path = os.path.join(tmp.name, "race.json")
p = hecto(BERLIN, "--simulate", "--seed", "3", "--json")
race = json.loads(p.stdout)
tap.same((race["mode"], len(race["lanes"])), ("simulate", 8), "a race of eight")
tap.ok(all(9 < x["time_s"] < 11 and len(x["steps"]) > 35 and not any(s["measured"] for s in x["splits"]) for x in race["lanes"]), "all of it is there")
tap.same(hecto(BERLIN, "--simulate", "--seed", "3", "--json").stdout, p.stdout, "the same seed, the same race")
felt = [x["wind_mps"] for x in json.loads(p.stdout)["lanes"]]
tap.ok(len(set(felt)) == 8 and all(abs(x) < 4 for x in felt), "each lane felt a wind of its own", felt)
text = hecto(BERLIN, "--simulate", "--seed", "3").stdout
tap.ok("felt m/s" in text and "gauge" in text and "felt" not in hecto(BERLIN).stdout, "which stands beside the gauge's", text)
pair = [json.loads(hecto(BERLIN, "--simulate", "--seed", "3", "--json", "--neighbour-frac", f).stdout)["lanes"] for f in ("0", "0.004")]
gain = [a["time_us"] - b["time_us"] for a, b in zip(*pair)]
tap.ok(all(0 <= g < 41000 for g in gain) and sum(gain) > 20000, "neighbours count if asked to", gain)
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
wide = write("wide.csv", "lane,name,reaction_s,time_s\n3,山縣 亮太,0.150,10.20\n4,サニブラウン・アブデル・ハキーム,0.140,10.10\n5,B,0.130,10.25\n")


def columns(text):
    """Cells that a line takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


lines = hecto(wide, "--runs", "1000").stdout.split("\n\n")[1].split("\n")
tap.same(len({columns(line) for line in lines}), 1, "names of two columns a letter keep the table straight")
p = hecto(wide, "--runs", "30000", "--sensitivity", "--json")
for x in json.loads(p.stdout)["odds"]:
    tap.ok(x["p_win_sooner"] > x["p_win"] > x["p_win_later"] and abs(x["p_win_more_wind"] - x["p_win"]) < 0.02,
           x["name"] + ": 0.02 s matter more than a wind that all have", x)
tap.ok("1 m/s more wind" in hecto(wide, "--runs", "1000", "--sensitivity").stdout, "what would change it, as a table")
fair = hecto(wide, "--runs", "1000", "--sensitivity", "--fair").stdout
tap.ok("slower" in fair and "more wind" not in fair, "a fair race has no wind to change")

# runners of other years and classes; fair means fair
flojo = os.path.join(tmp.name, "flojo.json")
seoul = os.path.join(os.path.dirname(BERLIN), "1988-seoul-women-100m-final.csv")
subprocess.run([HECTO, "fit", seoul, "--lane", "3", "-q", "-o", flojo], check=True, timeout=100)
meet = {}
for how in (["--fair"], ["--fair", "--wind-mps", "2", "--altitude-m", "2000"], ["--wind-mps", "2"]):
    p = hecto(bare, "--runs", "20000", "--json", "--lane", f"3={bolt},4={flojo},5={bolt}", *how)
    meet[" ".join(how)] = {x["lane"]: x for x in json.loads(p.stdout)["odds"]} if p.returncode == 0 else p.stderr
f, blown, windy = meet.values()
tap.same((f[3]["name"], f[4]["name"]), ("Usain Bolt", "Florence Griffith Joyner"), "2009 and 1988, a man and a woman meet")
tap.ok(f[3]["p_ahead"][1] == 1 and 0.6 < f[4]["time_s_mean"] - f[3]["time_s_mean"] < 1.3, "she ran with +3.0 and is a second behind")
tap.ok(abs(f[3]["p_win"] - f[5]["p_win"]) < 0.03, "the same man twice has the same chance")
tap.same(f, blown, "fair: the wind and the altitude asked for do not count")
tap.ok(f[3]["time_s_luck_sd"] < 0.97 * windy[3]["time_s_luck_sd"] and windy[3]["time_s_mean"] < f[3]["time_s_mean"],
       "fair: less luck, no help", (f[3], windy[3]))

# long runs: told, and stopped cleanly
for bad in ("1e9", "1000000000", "-5", "1.5", ""):
    p = hecto(BERLIN, "--runs", bad)
    tap.ok(p.returncode == 2 and "1 to 100000000" in p.stderr and not p.stdout, "refused --runs " + bad, p.stderr)
part = os.path.join(tmp.name, "part.json")
out, tty = pty.openpty()
p = subprocess.Popen([HECTO, "race", BERLIN, "--runs", "100000000", "-o", part], stdout=subprocess.PIPE, stderr=tty, text=True)
os.close(tty)
seen = b""
while b"racing [" not in seen and p.poll() is None:
    seen += os.read(out, 4096)
p.send_signal(signal.SIGINT)
tap.same((p.wait(timeout=60), p.stdout.read(), os.path.exists(part)), (75, "", False), "Ctrl-C: exit 75, nothing is written")
while select.select([out], [], [], 0.2)[0]:
    try:
        seen += os.read(out, 4096)
    except OSError:
        break
tap.ok(b"racing [" in seen and b"stopped after" in seen, "progress is shown, and how far it came", seen[-300:])

for args, word in [((BERLIN, "--runs", "0"), "--runs"), ((BERLIN, "--runs", "x"), "--runs"), ((BERLIN, "--simulate", "--referee"), "--referee"),
                   ((BERLIN, "--record-s", "9.9"), "--record-s"), ((BERLIN, "--sensitivity"), "--sensitivity"), ((BERLIN, "--simulate", "--wind-mps", "99"), "wind")]:
    p = hecto(*args)
    tap.ok(p.returncode == 2 and word in p.stderr and not p.stdout, "wrong usage: " + " ".join(args[1:]), p.stderr)
p = hecto(write("none.csv", "lane,name,status\n3,A,DNS\n4,B,DNS\n"), "--runs", "10")
tap.ok(p.returncode == 65 and not p.stdout, "nobody to race is refused", (p.returncode, p.stderr))
tap.done()

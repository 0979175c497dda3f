"""hecto race --referee and --rounds from outside. Arguments: hecto, data folder."""
import json
import os
import subprocess
import sys
import tempfile

from tap import Tap

HECTO = sys.argv[1]
tap = Tap()
tmp = tempfile.TemporaryDirectory()


def hecto(*args):
    return subprocess.run([HECTO, *args], capture_output=True, timeout=100, text=True)


def write(name, text):
    path = os.path.join(tmp.name, name)
    with open(path, "w", encoding="utf-8", newline="") as f:
        f.write(text)
    return path


def judged(text, *args):
    p = hecto("race", write("s.csv", text), "--referee", "--json", *args)
    return json.loads(p.stdout) if p.returncode == 0 else {"failed": p.stderr}


HEAD = "lane,name,reaction_s,time_s\n"

# readings, TR19.23.1, TR16.6, TR21.1
r = judged(HEAD + "3,A,0.150,9.533\n4,B,0.150,9.580\n5,C,0.150,9.581\n")
tap.same([(x["place"], x["time_s"]) for x in r["lanes"]], [(1, 9.54), (2, 9.58), (3, 9.59)], "readings go up to 0.01 s")
r = judged(HEAD + "3,A,0.099,9.901\n4,B,0.100,9.951\n")
tap.same([(x["status"], x["place"], x["time_s"]) for x in r["lanes"]], [("dq", None, None), ("ok", 1, 9.96)],
         "0.099 s is a false start, 0.100 s is none")
tap.same(r["referee"]["lanes"][0]["rule"], "TR16.8", "a disqualification names its rule")
r = judged(HEAD + "3,A,0.099,9.901\n4,B,0.100,9.951\n", "--rules", "combined")
tap.same((r["lanes"][0]["status"], r["referee"]["lanes"][0]["card"], r["referee"]["starts"][0]["field_warned"]),
         ("ok", "YC", True), "in a combined event the first one warns the field")
r = judged("# wind_mps: -2.03\n" + HEAD + "3,A,0.15,9.901\n")
tap.same((r["wind_mps"], r["referee"]["wind_cmps"]), (-2.0, -203), "wind goes towards plus infinity")
r = judged(HEAD + "3,A,0.15,9.9801\n4,B,0.15,9.9804\n", "--rate-hz", "10000")
tap.same([x["place"] for x in r["lanes"]], [1, 2], "a faster camera parts two")
r = judged(HEAD + "3,A,0.15,9.9801\n4,B,0.15,9.9804\n5,C,0.15,9.999\n")
tap.same([x["place"] for x in r["lanes"]], [1, 1, 3], "one line is one place, the next is skipped")

RECALLED = "lane,name,start1_reaction_s,reaction_s,time_s\n3,A,0.050,,DQ\n4,B,0.151,0.140,10.002\n5,C,0.2,0.15,10.1\n"
text = hecto("race", write("recall.csv", RECALLED), "--referee").stdout
tap.ok("DQ TR16.8" in text and "start 1: false start, lane 3, reaction 0.050 s: out" in text, "a recall is told", text)
path = os.path.join(tmp.name, "judged.json")
hecto("race", os.path.join(tmp.name, "recall.csv"), "--referee", "-o", path)
p = hecto("race", path)
tap.ok(p.returncode == 0 and "DQ TR16.8" in p.stdout and p.stdout == text, "a judged race file keeps its ruling", p.stdout)
p = hecto("film", path, "--size", "128x72", "--to", "1", "--hash")
tap.ok(p.returncode == 0 and p.stdout.startswith("frames 24"), "and can be filmed", p.stderr)
p = hecto("race", path, "--referee")
tap.ok(p.returncode == 65 and "readings" in p.stderr, "a race file holds no readings to judge", p.stderr)
p = hecto("race", write("s.csv", HEAD + "3,A,0.05,9.93\n4,B,0.15,10.00\n"))
tap.ok("DQ" not in p.stdout and "by the rules DQ (TR16.8)" in p.stderr, "a replay believes the sheet and says what it saw", p.stderr)
for args, word in [(["--rules", "pub"], "masters"), (["--rate-hz", "240"], "rate_hz"), (["--false-start", "never"], "false-start")]:
    p = hecto("race", os.path.join(tmp.name, "s.csv"), "--referee", *args)
    tap.ok(p.returncode == 2 and word in p.stderr.replace("_start", "-start"), f"wrong usage: {args[0]}", p.stderr)


# records, CR31, and the recalled start as a race
LEGAL = "# wind_mps: 1.98\n" + HEAD + "3,A,0.150,9.572\n4,B,0.150,9.9\n5,C,0.150,9.95\n"
r = judged(LEGAL, "--record", "9.58")["referee"]
tap.same({c["rule"]: c["answer"] for c in r["conditions"] if c["rule"] in ("CR31.5", "CR31.14.3", "CR31.14.5", "CR31.14.1")},
         {"CR31.5": "yes", "CR31.14.3": "yes", "CR31.14.5": "yes", "CR31.14.1": "unknown"}, "conditions of a record are told one by one")
r = judged(LEGAL.replace("1.98", "2.01"), "--record", "9.58")["referee"]
tap.ok("not ratifiable" in r["record"] and [c["rule"] for c in r["conditions"] if c["answer"] == "no"] == ["CR31.14.3"],
       "what a record lacks is named", r)
write("recall.csv", RECALLED)
p = hecto("race", os.path.join(tmp.name, "recall.csv"), "--referee", "--start", "1", "--json")
tap.same([x["status"] for x in json.loads(p.stdout)["lanes"]], ["dnf"] * 3, "a recalled start is a race that nobody finishes")
tap.same(hecto("race", os.path.join(tmp.name, "recall.csv"), "--referee", "--start", "2").returncode, 2, "a start that was not recalled is none")
tap.same(hecto("race", os.path.join(tmp.name, "recall.csv"), "--record", "9.58").returncode, 2, "a record is for the referee")

# rounds
ENTRIES = "name,team,best_s\n" + "".join(f"R{i:02d},T{i % 6},{10 + i / 50:.2f}\n" for i in range(1, 25))
path = write("e.csv", ENTRIES)
p = hecto("race", "--rounds", path, "--seed", "3", "--json")
r = json.loads(p.stdout)
first = [[x["name"] for x in h["lanes"]] for h in r["rounds"][0]["heats"]]
tap.same([len(h) for h in first], [8, 8, 8], "24 entries make three heats of eight")
tap.same(sorted(sum(first, [])), [f"R{i:02d}" for i in range(1, 25)], "each entry runs once")
tap.same([sum(n in ("R01", "R02", "R03") for n in h) for h in first], [1, 1, 1], "the three best do not meet")
last = r["rounds"][-1]["heats"]
tap.same((len(last), sum(x["place"] == 1 for x in last[0]["lanes"])), (1, 1), "one final, one winner")
tap.same(sorted(x["qualified"] for h in r["rounds"][0]["heats"] for x in h["lanes"] if x["qualified"]), ["Q"] * 6 + ["q"] * 2,
         "two of each heat and two by time advance")
tap.same(hecto("race", "--rounds", path, "--seed", "3", "--json").stdout, p.stdout, "the same seed, the same meet")
tap.ok(hecto("race", "--rounds", path, "--seed", "4", "--json").stdout != p.stdout, "another seed, another meet")
lines = ENTRIES.splitlines()
p2 = hecto("race", "--rounds", write("turned.csv", "\n".join(lines[:1] + lines[:0:-1]) + "\n"), "--seed", "3", "--json")
tap.same(p2.stdout, p.stdout, "the order of the entries does not matter")
text = hecto("race", "--rounds", path, "--seed", "3").stdout
tap.ok("Round 1, heat 2 of 3: start list" in text and "Final: result" in text and "simulated" in hecto("race", "--rounds", path).stderr,
       "start lists and results are printed", text)

# simulated heats: reactions, winds, by a best and as fitted
lanes = [x for k in r["rounds"] for h in k["heats"] for x in h["lanes"]]
tap.ok(all(0.102 <= x["reaction_s"] < 0.4 and x["status"] == "ok" for x in lanes), "everybody starts and reacts")
winds = [h["wind_mps"] for k in r["rounds"] for h in k["heats"]]
tap.ok(None not in winds and len(set(winds)) > 1, "each heat has its wind", winds)
eight = write("eight.csv", "# meet: M\nname,best_s\n" + "".join(f"N{i},10.5\n" for i in range(8)))
times = [x["time_us"] * 1e-6 for seed in range(12) for x in
         json.loads(hecto("race", "--rounds", eight, "--seed", str(seed), "--fair", "--json").stdout)["rounds"][0]["heats"][0]["lanes"]]
# a best of eight lies 1.4236 sds of 0.8 % below the mean; 96 times with an sd of 0.1 s
want = 10.5 * (1 + 1.4236 * 0.008)
tap.ok(abs(sum(times) / len(times) - want) < 0.041, "who enters with a best runs by what it says of his mean", (sum(times) / len(times), want))
one = [json.loads(hecto("race", "--rounds", eight, "--seed", str(seed), "--fair", "--races-of-best", "1", "--form-sd-frac", "0", "--start-sd-s",
                        "0", "--json").stdout)["rounds"][0]["heats"][0]["lanes"] for seed in (1, 2)]
tap.ok(all(abs(x["time_us"] - 10.5e6) < 20000 for x in sum(one, [])), "without luck everybody runs his best", one)
gates = write("gates.csv", "distance_m,time_s\n10,1.9\n20,2.9\n30,3.85\n40,4.75\n50,5.7\n60,6.6\n")
json_path = os.path.join(tmp.name, "fitted.json")
still_s = json.loads(hecto("fit", gates, "--model", "mono", "--json", "-o", json_path).stdout or open(json_path).read())["runs"][0]["still_100m_s"]
fitted = write("fitted.csv", "name,best_s,sprinter\nFast,10.8,fitted.json\nOther,10.9,\n")
calm = ["--fair", "--form-sd-frac", "0", "--start-sd-s", "0", "--json"]
for what, args in [("the column", [fitted]), ("--runner", [eight, "--runner", f"N3={json_path}"])]:
    p = hecto("race", "--rounds", *args, *calm)
    mine = [x for x in json.loads(p.stdout)["rounds"][0]["heats"][0]["lanes"] if x["name"] in ("Fast", "N3")]
    tap.ok(len(mine) == 1 and abs(mine[0]["time_us"] * 1e-6 - 0.155 - still_s) < 2e-3 and "1 run as fitted" in p.stderr,
           f"a fitted runner runs as fitted: {what}", (mine, still_s, p.stderr))
p = hecto("race", "--rounds", write("nofile.csv", "name,best_s,sprinter\nA,10.8,none.json\n"))
tap.ok(p.returncode == 66 and "none.json" in p.stderr, "a sprinter file that is not there", p.stderr)
p = hecto("race", "--rounds", eight, "--runner", "Nobody=x.json")
tap.ok(p.returncode == 2 and "Nobody" in p.stderr, "--runner for one who did not enter", p.stderr)
p = hecto("race", "--rounds", eight, "--false-start-frac", "0.3", "--seed", "2")
tap.ok("DQ TR16.8" in p.stdout and "false start, disqualified" in p.stderr, "false starts if asked for", p.stdout)

# results of the first round from a file: the final is a start list
rows = [(h, x["name"], 10.2 + k / 100 + h / 1000) for h, heat in enumerate(r["rounds"][0]["heats"]) for k, x in enumerate(heat["lanes"])]
results = "round,name,time_s,wind_mps\n" + "".join(f"R1,{n},{t:.3f},{h}.01\n" for h, n, t in rows)
p = hecto("race", "--rounds", path, "--seed", "3", "--results", write("r.csv", results), "--json")
got = json.loads(p.stdout) if p.returncode == 0 else {"rounds": []}
tap.same([x["run"] for x in got["rounds"]], [True, False], "a round without results is a start list")
tap.same([h["wind_mps"] for h in got["rounds"][0]["heats"]], [0.1, 1.1, 2.1], "winds are rounded by rule")
want = {heat["lanes"][k]["name"] for heat in r["rounds"][0]["heats"] for k in (0, 1)} | {
    r["rounds"][0]["heats"][0]["lanes"][2]["name"], r["rounds"][0]["heats"][1]["lanes"][2]["name"]}
tap.same({x["name"] for x in got["rounds"][1]["heats"][0]["lanes"]}, want, "places and times of the file decide")

# names and sizes that mean harm
HOSTILE = ['"Robert\'); DROP TABLE people;--"', '"=1+1|cmd"', '"O""Neil, ""Ace"""', "🏃🏽‍♀️ 例", "مريم", "N" * 900]
text = "name,team,best_s\n" + "".join(f"{n},X,{10 + i / 10}\n" for i, n in enumerate(HOSTILE))
p = hecto("race", "--rounds", write("h.csv", text), "--json")
names = {x["name"] for x in json.loads(p.stdout)["rounds"][0]["heats"][0]["lanes"]}
tap.ok({'O"Neil, "Ace"', "=1+1|cmd", "مريم", "🏃🏽‍♀️ 例", "N" * 900} < names, "hostile names go through as they are", names)
for name, text, where in [("empty", "", ""), ("no best", "name\nA\n", ":1:1"), ("long", f"name,best_s\n{'N' * 1100},10\n", ":2:1"),
                          ("text", "name,best_s\nA,10.1\nB,soon\n", ":3:3"), ("nul", "name,best_s\nA\0B,10\n", ":2:"),
                          ("twice", "name,best_s\nA,10.1\nA,10.2\n", ":3"),
                          ("crowd", "name,best_s\n" + "".join(f"N{i},10\n" for i in range(5001)), ":2:1")]:
    p = hecto("race", "--rounds", write("bad.csv", text), "--json")
    tap.ok(p.returncode == 65 and "bad.csv" + where in p.stderr and not p.stdout and p.stderr.count("\n") == 1,
           f"refused entries: {name}", p.stderr)
p = hecto("race", "--rounds", write("many.csv", "name,best_s\n" + "".join(f"N{i},{10 + i / 1000}\n" for i in range(5000))), "--json")
tap.ok(p.returncode == 0 and json.loads(p.stdout)["table"] == "own" and "own rows" in p.stderr, "5000 entries have a program", p.stderr)
p = hecto("race", "--rounds", path, os.path.join(tmp.name, "s.csv"))
tap.same(p.returncode, 2, "a sheet and entries at once are wrong usage")
tap.done()

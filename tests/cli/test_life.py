"""hecto life from outside. Arguments: hecto, the data folder."""
import json
import os
import subprocess
import sys
import tempfile

from tap import Tap

HECTO, DATA = sys.argv[1:3]
RIVALS = os.path.join(DATA, "scenarios/rivals.json")
tap = Tap()
tmp = tempfile.TemporaryDirectory()


def hecto(*args):
    return subprocess.run([HECTO, "life", *args], capture_output=True, timeout=100, text=True)


def path(name):
    return os.path.join(tmp.name, name)


p = hecto(RIVALS, "-o", path("rivals.json"), "--why", "komiya", "--year", "2000")
tap.same(p.returncode, 0, "rivals lives")
year = p.stdout
with open(path("rivals.json"), encoding="utf-8") as f:
    text = f.read()
story = json.loads(text)
tap.same(hecto(RIVALS, "--json", "--threads", "1").stdout, text, "the same bytes on one thread")
people = {x["id"]: x for x in story["people"]}
tap.ok({"togashi", "komiya", "kaido", "zaitsu"} <= set(people), "the four of them are there")
both = [m for m in story["meetings"] if {m["a"], m["b"]} == {"togashi", "komiya"}]
races = {r["id"]: r for r in story["races"]}
for race in ("river", "inter-high", "national-final"):
    tap.ok(any(m["race"] == race for m in both), "the two meet: " + race)
tap.ok([m["count"] for m in both] == list(range(1, len(both) + 1)), "meetings are counted")
tap.ok(any(i["from"] == "togashi" and i["to"] == "komiya" for i in story["ideas"]), "an idea passes")
tap.ok(all(races[r["id"]]["winner"] == r["runs"][0]["person"] for r in story["races"]), "winners came first")
for who in ("togashi", "komiya"):
    for s in people[who]["seasons"]:
        total = sum(e["d_ln_t"] for e in people[who]["account"] if e["year"] == s["year"])
        if abs(s["start_s"] * 2.718281828459045 ** total - s["end_s"]) > 1e-6 * s["end_s"]:
            tap.ok(False, f"{who} {s['year']}: the account sums to the change")
terms = {e["term"] for x in story["people"] for e in x["account"]}
tap.ok({"injury", "idea", "training", "growth"} <= terms and len(terms) <= 13, "the named terms", terms)
tap.ok(any("kept in the sport" in n for n in story["notes"]), "notes say who is kept active")
best = {(x["id"], s["year"]): s.get("best_s") for x in story["people"] for s in x["seasons"]}
late = [(r["id"], x["person"]) for r in story["races"] for x in r["runs"] if x["person"] in people and people[x["person"]].get("pinned")
        and (k := (x["person"], story["first_year"] + r["week"] // 52)) in best and x["time_us"] / 1e6 < best[k] - 1e-9]
tap.same(late, [], "no race is faster than the best of its season")

one = hecto(RIVALS, "--follow", "togashi").stdout
tap.ok("They meet" in one and "Togashi" in one and "growth -" in one, "a life as a table")
tap.ok("born 1988-04-20" in one and "born 1988-06-01" not in one, "one is followed alone")
tap.ok("What somebody passed on to him" in year and "Togashi" in year and "By the river" in year, "why, of one year", year)

out = path("f.json")
p = hecto(RIVALS, "--futures", "2", "-o", out, "--why", "togashi")
tap.ok("made him" in p.stdout and "What he holds by" in p.stdout, "why, in words")
futures = {f["name"]: f for f in json.load(open(out))["futures"]}
tap.same(p.returncode, 0, "futures")
lesson, none = futures["as it was"]["odds"], futures["without the lesson"]["odds"]
tap.ok([o["race"] for o in lesson] == ["river", "inter-high", "national-final"], "odds of each pinned race", lesson)
tap.ok(all(0 <= o["p_meets"] <= 1 for o in lesson + none) and futures["without the lesson"]["change"], "with and without the lesson")
w = json.loads(hecto(RIVALS, "--without", "injury", "--json").stdout)
a, b = ([s for s in x["people"][0]["seasons"] if s["year"] < 2005] for x in (story, w))
tap.same(a, b, "without the injury nothing before it changes")

p = hecto("--new", "-o", path("mine.json"))
mine = hecto(path("mine.json"))
tap.ok(mine.returncode == 0 and "Sports day" in mine.stdout, "the scenario that --new writes is lived", mine.stderr)
tap.ok("talent" in mine.stderr, "it says what the times mean")

for args, code, said in (
    ([RIVALS, "--why", "togash"], 2, "did you mean \"togashi\""),
    ([RIVALS, "--without", "lessons"], 2, "did you mean \"lesson\""),
    ([RIVALS, "--from", "yesterday"], 2, "YYYY-MM-DD"),
    ([RIVALS, "--futures", "0"], 2, "--futures"),
    ([path("mine.json"), "--why", "me", "--year", "1900"], 2, "--year"),
    ([], 2, "expected SCENARIO"),
    ([path("none.json")], 66, "none.json"),
):
    p = hecto(*args, "-q")
    tap.ok(p.returncode == code and said in p.stderr and p.stderr.count("\n") == 1, "refused: " + " ".join(args[1:]), p.stderr)
bad = path("bad.json")
with open(bad, "w") as f:
    f.write('{"format":"hectometre-scenario","version":1,"people":[{"name":"A","born":"3021-01-01"}]}')
p = hecto(bad, "-o", path("never"))
tap.ok(p.returncode == 65 and "bad.json" in p.stderr and not os.path.exists(path("never")), "a bad scenario leaves nothing", p.stderr)
tap.done()

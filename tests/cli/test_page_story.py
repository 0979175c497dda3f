"""hecto page of a story, as text. Arguments: hecto, the data folder."""
import base64
import gzip
import html
import json
import os
import re
import subprocess
import sys
import tempfile

from tap import Tap

HECTO, DATA = sys.argv[1:3]
RIVALS = os.path.join(DATA, "scenarios/rivals.json")
RACES_MOST = 500
tap = Tap()
tmp = tempfile.TemporaryDirectory()


def hecto(*args):
    return subprocess.run([HECTO, *args], capture_output=True, timeout=100, text=True)


def path(name):
    return os.path.join(tmp.name, name)


def read(name):
    with open(path(name), encoding="utf-8") as f:
        return f.read()


def data_of(text):
    block = re.search(r'id="hm-data">([^<]*)<', text).group(1)
    return json.loads(gzip.decompress(base64.b85decode(block.replace(",", "<"))))


def announced(time_s):
    """The next longer hundredth unless exact (TR19.23.1)."""
    return f"{-(-round(time_s * 1e6) // 10000) / 100:.2f}"


def body_of(text):
    return html.unescape(re.sub(r"<[^>]*>", "\n", text[text.index('<div id="hm-result"'):text.index("<noscript>")]))


tap.same(hecto("life", RIVALS, "-o", path("story.json"), "-q").returncode, 0, "rivals lives")
story = json.loads(read("story.json"))
tap.same(hecto("page", path("story.json"), "-o", path("a.html")).returncode, 0, "a page of a story")
tap.same(hecto("page", RIVALS, "-o", path("b.html")).returncode, 0, "a page of a scenario, which is lived")
text = read("a.html")
tap.ok(re.search(r'"kind": ?"story"', text), "the page says that it is one of a story")
data = data_of(text)
held = data["story"]
for key in ("people", "races", "meetings", "ideas", "injuries", "futures"):
    tap.ok(held[key] == story[key], f"the page carries the {key} of the story, each number as it is")
tap.same(len(held["chapters"]), 5, "chapters as in the film: those of the story and what is put between")
tap.ok({c["race"] for c in story["chapters"]} <= {c["race"] for c in held["chapters"]}, "those of the story among them")
tap.same([r["index"] for r in data["races"]], list(range(len(story["races"]))), "races by their place in the story")
look = {r["id"]: r["look"] for r in data["races"]}
tap.ok(all(look[c["race"]] == c["look"] for c in story["chapters"]), "a chapter's race has the chapter's look")
other = data_of(read("b.html"))["story"]
tap.ok(other["people"] == story["people"] and other["races"] == story["races"], "a scenario is lived as hecto life does")

body = body_of(text)
for p in story["people"]:
    if not p["seasons"]:
        continue
    tap.ok(p["name"] in body and p["born"] in body, f"{p['id']} is told in words")
    missing = [s for s in p["seasons"] if "best_s" in s and announced(s["best_s"]) not in body]
    tap.ok(not missing, f"the bests of {p['id']} stand in the text", missing)
tap.ok("If you are the fastest, nobody asks you anything else." in body, "what they say stands in the text")
tap.ok("kept in the sport" in body, "notes stand in the text")
tap.same(hecto("page", path("story.json"), "--lang", "ja", "-o", path("ja.html")).returncode, 0, "in Japanese")
tap.ok("ふたりの百メートル" in read("ja.html") and "トガシ" in body_of(read("ja.html")), "with the Japanese names")

# names that are markup
hostile = json.loads(read("story.json"))
bad = "<script>window.hacked=1</script>\u202e\"' onload=x & 🏃"
hostile["title"] = hostile["people"][0]["name"] = hostile["races"][0]["name"] = bad
hostile["chapters"][0]["lines"][0]["text"] = "</script><img src=x onerror=hacked()>"
with open(path("bad.json"), "w", encoding="utf-8") as f:
    json.dump(hostile, f)
tap.same(hecto("page", path("bad.json"), "-o", path("bad.html")).returncode, 0, "names that are markup are taken")
text = read("bad.html")
tap.ok("<script>window.hacked" not in text and "<img src=x" not in text, "and stay text")
tap.ok("<script>window.hacked=1</script>" in body_of(text), "which is read as it was written")

# very many races: those that matter are kept, and what points at them still does
many = json.loads(read("story.json"))
for k in range(3):
    for r in json.loads(read("story.json"))["races"]:
        plain = [run for run in r["runs"] if run["person"].startswith("other")]
        if len(plain) >= 2:
            for place, run in enumerate(plain, 1):
                run["place"] = place
            many["races"].append({**r, "id": f"{r['id']}-{k}", "runs": plain, "people": [x["person"] for x in plain],
                                  "winner": plain[0]["person"]})
many["races"].sort(key=lambda r: r["week"])
with open(path("many.json"), "w", encoding="utf-8") as f:
    json.dump(many, f)
p = hecto("page", path("many.json"), "-o", path("many.html"))
tap.same(p.returncode, 0, "a story of very many races")
data = data_of(read("many.html"))
kept = {r["id"] for r in data["story"]["races"]}
tap.same((len(kept), data["races_told"]), (RACES_MOST, len(many["races"])), "keeps so many and says of how many")
tap.ok({m["race"] for m in story["meetings"]} <= kept, "every meeting is kept")
tap.ok({c["race"] for c in data["story"]["chapters"]} <= kept, "and every chapter")
tap.same(data["story"]["meetings"], story["meetings"], "meetings still point at their races")
tap.ok(all(many["races"][r["index"]]["id"] == r["id"] for r in data["races"]), "races know their place in the whole story")
tap.ok(f"{RACES_MOST} of {len(many['races'])} races" in p.stderr, "and the user is told", p.stderr)

p = hecto("page", RIVALS, "--lang", "fr", "-o", path("x.html"))
tap.ok(p.returncode == 2 and not os.path.exists(path("x.html")), "a wrong option leaves no file")
with open(path("broken.json"), "w", encoding="utf-8") as f:
    f.write(read("story.json")[:5000])
p = hecto("page", path("broken.json"), "-o", path("x.html"))
tap.ok(p.returncode == 65 and "broken.json" in p.stderr, "a broken story is refused with its place", p.stderr)
tap.done()

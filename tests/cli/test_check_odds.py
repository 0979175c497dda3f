"""Odds of real finals are those of what happened, as far as seventeen finals can tell. Arguments: tool, hecto."""
import re
import subprocess
import sys

from tap import Tap

tap = Tap()
p = subprocess.run([sys.executable, *sys.argv[1:3]], capture_output=True, text=True, timeout=280)
tap.ok(p.returncode == 0, "the tool runs", p.stderr)
text = p.stdout
number = r"([+-]?\d+\.\d+)"
sd, lo, hi = map(float, re.search(rf"places depend on: sd {number} \(90 % {number} to {number}\)", text).groups())
tap.ok(0.75 < sd < 1.25 and lo < 1.1 and hi > 0.9, "times scatter within a final as told", (lo, sd, hi))
bits, blind = map(float, re.search(rf"winners: {number} bits a final, knowing nothing {number}", text).groups())
tap.ok(bits < 0.6 * blind, "winners are no surprise", (bits, blind))
brier, blind = map(float, re.search(rf"Brier {number}, knowing nothing {number}", text).groups())
tap.ok(brier < 0.6 * blind, "the odds know more than nothing", (brier, blind))
rows = re.findall(rf"^ *\d+- *\d+ % +(\d+) +{number} +(\d+) +{number}$", text, re.M)
tap.same(len(rows), 13, "ranges of chances")
for n, told, came, sd in rows[:8]:  # pairs hang together
    tap.ok(abs(float(came) - float(told)) < max(3 * float(sd), 2), f"told {told}, came {came} of {n}")
form, lo, hi = map(float, re.search(rf"one race of two on a day: sd {number} % \(90 % {number} to {number}", text).groups())
tap.ok(lo < form < hi and 0.4 < form < 0.8, "variation from race to race on a day", form)
tap.done()

"""Help, manual pages and completion tell the same options. Arguments: hecto, folder of manual pages."""
import os
import re
import subprocess
import sys

from tap import Tap

HECTO, MAN = sys.argv[1:3]
tap = Tap()


def out(*args):
    return subprocess.run([HECTO, *args], capture_output=True, text=True, timeout=20).stdout


def page(name):
    with open(os.path.join(MAN, name + ".1.scd"), encoding="utf-8") as f:
        return f.read()


verbs = re.findall(r"^  (\w+) ", out("--help").split("usage")[1], re.M)
verbs = [v for v in verbs if v != "hecto"]
tap.ok(len(verbs) >= 4, "the usage lists verbs", verbs)
common = page("hecto")
bash = out("--completion", "bash")
zsh = out("--completion", "zsh")
for verb in verbs:
    text = out(verb, "--help")
    options = re.findall(r"--([a-z-]+)", text.split("options:")[1])
    man = page("hecto-" + verb) + common
    missing = [o for o in options if f"*--{o}*" not in man]
    tap.ok(not missing, f"{verb}: the manual page has every option of the help", missing)
    stale = [o for o in re.findall(r"^\*--([a-z-]+)\*", page("hecto-" + verb), re.M) if o not in options]
    tap.ok(not stale, f"{verb}: the manual page has no other option", stale)
    tap.ok(all(f"--{o}" in bash and f"--{o}[" in zsh for o in options), f"{verb}: completion has every option")
    tap.ok("examples:" in text and f"hecto {verb}" in text, f"{verb}: help begins with examples")
p = subprocess.run(["bash", "-n"], input=bash, text=True, capture_output=True)
tap.ok(p.returncode == 0, "the bash script parses", p.stderr)
tap.done()

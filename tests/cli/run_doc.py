"""A page whose example is a story: files to be written (```csv file=NAME) and commands with what they print
(```console). Arguments: hecto, page; with --fix the page gets what they print now."""
import os
import re
import shlex
import subprocess
import sys
import tempfile

from tap import Tap

HECTO, PAGE = (os.path.abspath(a) for a in sys.argv[1:3])
FIX = "--fix" in sys.argv
tap = Tap()
with open(PAGE, encoding="utf-8") as f:
    text = f.read()


def run(line):
    words = shlex.split(line)
    if words[0] == "hecto":
        words[0] = HECTO
    p = subprocess.run(words, capture_output=True, text=True, timeout=60)
    return p.stdout + p.stderr


def play(m):
    info, body = m[1], m[2]
    name = re.search(r"file=(\S+)", info)
    if name:
        if "/" in name[1]:
            os.makedirs(os.path.dirname(name[1]), exist_ok=True)
        with open(name[1], "w", encoding="utf-8") as f:
            f.write(body)
    elif info == "console":
        out = ""
        for command, want in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", body, re.M):
            got = run(command)
            if not FIX:
                tap.same(got, want, command)
            out += f"$ {command}\n{got}"
        body = out
    return f"```{info}\n{body}```\n"


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    fixed = re.sub(r"^```([^\n]*)\n(.*?)^```\n", play, text, flags=re.M | re.S)
    os.chdir("/")
if FIX:
    with open(PAGE, "w", encoding="utf-8") as f:
        f.write(fixed)
else:
    tap.done()

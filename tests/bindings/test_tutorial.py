#!/usr/bin/env python3
"""docs/tutorial-fit.md does what it says: every command is run, every output compared. TAP.

usage: test_tutorial.py PAGE HECTO PROJECT_ROOT [--update]     (HECTO_LIBRARY set)

Blocks marked console, python (doctest) and r are sessions that go on from block to block; they run in a folder of
their own that has the project's data/ in it. --update writes the outputs into the page: look at the difference."""
import contextlib
import doctest
import io
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import tap

BLOCK = re.compile(r"^```(console|python|r)\n(.*?)^```\n", re.S | re.M)


def console_steps(text):
    """[(command, output)]: a command begins with '$ ', goes on with '> '."""
    steps = []
    for line in text.splitlines():
        if line.startswith("$ "):
            steps.append([line[2:], []])
        elif line.startswith("> ") and not steps[-1][1]:
            steps[-1][0] += "\n" + line[2:]
        else:
            steps[-1][1].append(line)
    return steps


def run_console(text, env, folder):
    out = ""
    for command, _ in console_steps(text):
        p = subprocess.run(["bash", "-c", command], env=env, cwd=folder, stdout=subprocess.PIPE,
                           stderr=subprocess.DEVNULL, text=True)
        out += "$ " + command.replace("\n", "\n> ") + "\n" + p.stdout
        out += "" if p.stdout.endswith("\n") or not p.stdout else "\n"
    return out


def run_python(text, names, folder):
    out = ""
    there = os.getcwd()
    os.chdir(folder)
    try:
        for e in doctest.DocTestParser().get_examples(text):
            lines = e.source.rstrip("\n").split("\n")
            out += ">>> " + "\n... ".join(lines).replace("... \n", "...\n") + "\n"
            said = io.StringIO()
            with contextlib.redirect_stdout(said):
                try:
                    exec(compile(e.source, "<tutorial>", "single"), names)  # noqa: S102 - the page's own examples
                except Exception as why:
                    kind = type(why)
                    print(f"Traceback (most recent call last):\n    ...\n{kind.__module__}.{kind.__qualname__}: {why}")
            out += said.getvalue()
    finally:
        os.chdir(there)
    return out


def run_r(blocks, env, folder):
    """All R blocks in one session; {place: transcript}."""
    script = ""
    for i, text in blocks:
        script += f'cat("@@{i}\\n")\n'
        script += "".join(line[2:] + "\n" for line in text.splitlines() if line.startswith(("> ", "+ ")))
    path = pathlib.Path(folder, ".tutorial.R")
    path.write_text("library(hecto)\n" + script, encoding="utf-8")
    call = f'source("{path}", echo = TRUE, spaced = FALSE, max.deparse.length = Inf, keep.source = TRUE, width.cutoff = 500)'
    p = subprocess.run(["Rscript", "--vanilla", "-e", "options(width = 110)", "-e", call], env=env, cwd=folder,
                       stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    found = {}
    for part in re.split(r'^> cat\("@@', p.stdout, flags=re.M)[1:]:
        head, _, rest = part.partition("\n")
        body = rest.partition("\n")[2]  # the line that cat printed
        found[int(head.split("\\")[0])] = body
    return found


def install_r(root, library):
    if not shutil.which("Rscript"):
        return False
    subprocess.run(["R", "CMD", "INSTALL", "--no-test-load", f"--library={library}", root / "bindings" / "R"], check=True,
                   capture_output=True)
    return True


def transcripts(page, hecto, root, folder):
    """[(kind, as written, as it is or None)]"""
    found = [(m.group(1), m.group(2)) for m in BLOCK.finditer(page)]
    (folder / "data").symlink_to(root / "data")
    (folder / "R").mkdir()
    env = {**os.environ, "PATH": f"{hecto.parent}:{os.environ['PATH']}", "R_LIBS": str(folder / "R"),
           "LC_ALL": "C.UTF-8", "NO_COLOR": "1"}
    names, real = {}, {}
    for i, (kind, text) in enumerate(found):
        if kind == "console":
            real[i] = run_console(text, env, folder)
        elif kind == "python":
            real[i] = run_python(text, names, folder)
    if any(kind == "r" for kind, _ in found) and install_r(root, folder / "R"):
        real.update(run_r([(i, text) for i, (kind, text) in enumerate(found) if kind == "r"], env, folder))
    return [(kind, text, real.get(i)) for i, (kind, text) in enumerate(found)]


def tell(steps):
    print(f"1..{len(steps)}")
    bad = False
    for i, (kind, written, real) in enumerate(steps, 1):
        title = written.splitlines()[0][:70]
        if real is None:
            print(f"ok {i} - {kind}: {title} # SKIP no R")
            continue
        good = written == real
        bad |= not good
        print(f"{'ok' if good else 'not ok'} {i} - {kind}: {title}")
        if not good:
            old, new = written.splitlines(), real.splitlines()
            apart = [(a, b) for a, b in zip(old + [""] * len(new), new + [""] * len(old)) if a != b][:6]
            print("".join(f"# page: {a}\n# now:  {b}\n" for a, b in apart), end="")
    sys.exit(bad)


def main():
    if os.environ.get("HM_SANITIZE", "none") != "none":
        tap.skip_all("the library is built with sanitizers")
    path, hecto, root = (pathlib.Path(a).resolve() for a in sys.argv[1:4])
    sys.path.insert(0, str(root / "bindings" / "python"))
    import hecto as _  # noqa: F401 - so that a library that is not found ends here, not in the page
    page = path.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        steps = transcripts(page, hecto, root, pathlib.Path(folder))
    if sys.argv[4:] == ["--update"]:
        told = iter(steps)

        def fresh(m):
            kind, written, real = next(told)
            return f"```{kind}\n{written if real is None else real}```\n"
        path.write_text(BLOCK.sub(fresh, page), encoding="utf-8")
        return
    tell(steps)


main()

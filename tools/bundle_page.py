#!/usr/bin/env python3
"""Bundle the page's modules with esbuild into one script and one style, and boot.js, which unpacks
the script in the page.

usage: bundle_page.py ESBUILD MODULES SOURCE OUT.js OUT.css BOOT.js DEPFILE

MODULES is a node_modules folder. A file worker.js or *_worker.js in SOURCE is bundled first, by
itself; other modules get its text by `import text from '@worker/NAME'`. DEPFILE names every file
that was read, for ninja."""
import json
import os
import pathlib
import subprocess
import sys

ESBUILD, MODULES, SOURCE, OUT_JS, OUT_CSS, BOOT_JS, DEPFILE = sys.argv[1:]
PRIVATE = pathlib.Path(OUT_JS).with_suffix(".work")
FLAGS = ["--bundle", "--minify", "--format=iife", "--target=es2020", "--charset=utf8",
         "--legal-comments=none", "--log-level=warning", "--log-override:empty-import-meta=error"]


def build(entry, out, *more):
    """The files that went into it."""
    meta = PRIVATE / (pathlib.Path(out).stem + ".meta.json")
    p = subprocess.run([ESBUILD, str(entry), f"--outfile={out}", f"--metafile={meta}", *FLAGS, *more],
                       env={**os.environ, "NODE_PATH": MODULES}, stderr=subprocess.PIPE, text=True)
    sys.stderr.write(p.stderr)
    if p.returncode or p.stderr:
        sys.exit("bundle_page: esbuild has something to say against " + str(entry))
    with open(meta, encoding="utf-8") as f:
        return [os.path.abspath(name) for name in json.load(f)["inputs"]]


def main():
    PRIVATE.mkdir(exist_ok=True)
    source, read, workers = pathlib.Path(SOURCE), [], []
    for path in sorted(source.rglob("*worker.js")):
        out = PRIVATE / (path.stem + ".txt")
        read += build(path, out, "--loader:.txt=text")
        workers.append(f"--alias:@worker/{path.stem}={out.resolve()}")
    licences = source.parent / "licences.txt" # of what is bundled and of the engine
    banner = "/*\n" + licences.read_text(encoding="utf-8") + "*/"
    read += build(source / "main.js", OUT_JS, "--loader:.txt=text", "--banner:js=" + banner, *workers)
    read += build(source / "boot.js", BOOT_JS)
    read.append(str(licences.resolve()))
    if not os.path.exists(OUT_CSS):
        pathlib.Path(OUT_CSS).write_text("", encoding="utf-8")
    for name in (OUT_JS, OUT_CSS, BOOT_JS):
        text = pathlib.Path(name).read_text(encoding="utf-8").lower()
        if "</script" in text or "</style" in text or "<!--" in text:
            sys.exit(f"bundle_page: {name} holds what would end its element in the page")
    names = sorted({name.replace(" ", "\\ ") for name in read if not name.startswith(str(PRIVATE.resolve()))})
    pathlib.Path(DEPFILE).write_text(OUT_JS + ": " + " \\\n  ".join(names) + "\n", encoding="utf-8")


main()

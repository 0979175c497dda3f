#!/usr/bin/env python3
"""Sheets as one text, so that the program carries them: join_sheets.py OUT SHEET...

Before each sheet stands a line of a form feed and the sheet's name without its ending."""
import pathlib
import sys

with open(sys.argv[1], "w", encoding="utf-8", newline="\n") as out:
    for name in sys.argv[2:]:
        path = pathlib.Path(name)
        out.write(f"\f{path.stem}\n{path.read_text(encoding='utf-8').rstrip()}\n")

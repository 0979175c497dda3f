#!/usr/bin/env python3
"""Count the tests of one or more meson test logs (testlog.json) and say it in one line.

A TAP program counts by its plan: a test that was planned and never reported has failed, so an abort or a
time-out hides nothing. A program without TAP counts as one. Exit 1 when anything failed or nothing passed."""
import json
import re
import sys

MOST_LINES = 12  # of what one program says of its failures


def count(run):
    out = run.get("stdout") or ""
    bad = run["result"] in ("FAIL", "ERROR", "TIMEOUT", "INTERRUPT", "UNEXPECTEDPASS")
    plan = re.search(r"^1\.\.(\d+)(.*)$", out, re.M)
    if run["result"] == "EXPECTEDFAIL":
        return 1, 0, 0
    if not plan:
        return (0, 1, 0) if bad else (0, 0, 1) if run["result"] == "SKIP" else (1, 0, 0)
    planned = int(plan.group(1))
    if planned == 0:
        return 0, 0, 1
    lines = re.findall(r"^(ok|not ok)\b(.*)$", out, re.M)
    skipped = sum("# SKIP" in rest for _, rest in lines)
    passed = sum(word == "ok" and "# SKIP" not in rest for word, rest in lines)
    failed = sum(word == "not ok" and "# SKIP" not in rest for word, rest in lines)
    failed += max(0, planned - len(lines))
    if bad and failed == 0:
        failed = 1
    return passed, failed, skipped


def which(run):
    """The lines of the tests that failed, each with what it said of the failure; the end of what a program wrote that has no TAP."""
    lines = (run.get("stdout") or "").splitlines()
    found, is_in = [], False
    for line in lines:
        is_in = line.startswith("not ok") or (is_in and line.startswith("#"))
        if is_in:
            found.append(line)
    tail = (run.get("stderr") or "").splitlines()
    return (found or lines[-MOST_LINES:])[:MOST_LINES] + tail[-MOST_LINES:]


def main(paths):
    total = [0, 0, 0]
    for path in paths:
        try:
            with open(path, encoding="utf-8") as log:
                runs = [json.loads(line) for line in log if line.strip()]
        except (OSError, ValueError) as e:
            print(f"{path}: {e}", file=sys.stderr)
            runs, total[1] = [], total[1] + 1
        for run in runs:
            c = count(run)
            total = [a + b for a, b in zip(total, c)]
            if c[1]:
                print(f"failed: {run['name']}", *which(run), sep="\n  ", file=sys.stderr)
            if c[2]:
                why = re.search(r"# SKIP (.*)$", run.get("stdout") or "", re.M)
                print(f"skipped: {run['name']}: {why.group(1) if why else ''}", file=sys.stderr)
    print(f"{total[0]} passed, {total[1]} failed, {total[2]} skipped")
    return 0 if total[1] == 0 and total[0] > 0 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

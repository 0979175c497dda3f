"""tools/count_tests.py counts a pass, a failure, an abort, a time-out, a skip and an expected failure, and says
which failed."""
import json
import os
import subprocess
import sys
import tempfile

RUNS = [
    {"name": "two pass", "result": "OK", "stdout": "1..2\nok 1 - a\nok 2 - b\n"},
    {"name": "one fails", "result": "FAIL", "stdout": "1..2\nok 1 - a\nnot ok 2 - b\n# was 5\n"},
    {"name": "aborts", "result": "FAIL", "stdout": "1..3\nok 1 - a\n"},
    {"name": "hangs", "result": "TIMEOUT", "stdout": "1..1\nok 1 - a\n"},
    {"name": "cannot run", "result": "SKIP", "stdout": "1..0 # SKIP no clip\n"},
    {"name": "must fail", "result": "EXPECTEDFAIL", "stdout": "1..1\nnot ok 1 - a\n"},
    {"name": "no TAP", "result": "OK", "stdout": ""},
    {"name": "no TAP, fails", "result": "FAIL", "stdout": ""},
]
# passed 2+1+1+1+0+1+1, failed 1+2+1+1, skipped 1
WANT = "7 passed, 5 failed, 1 skipped"


def run(lines):
    with tempfile.TemporaryDirectory() as d:
        path = os.path.join(d, "testlog.json")
        with open(path, "w", encoding="utf-8") as f:
            f.write("\n".join(map(json.dumps, lines)))
        p = subprocess.run([sys.executable, sys.argv[1], path], capture_output=True, text=True)
        return p.stdout.strip(), p.returncode, p.stderr


print("1..4")
out, code, told = run(RUNS)
print("ok 1 - all kinds" if (out, code) == (WANT, 1) else f"not ok 1 - all kinds: {out} {code}")
out, code, _ = run(RUNS[:1])
print("ok 2 - all passed" if (out, code) == ("2 passed, 0 failed, 0 skipped", 0) else f"not ok 2 - all passed: {out}")
out, code, _ = run([])
print("ok 3 - nothing ran is a failure" if code == 1 else "not ok 3 - nothing ran is a failure")
ok = "failed: one fails\n  not ok 2 - b\n  # was 5\n" in told and "ok 1 - a" not in told.split("failed: aborts")[0]
print("ok 4 - the test that failed is named" if ok else f"not ok 4 - the test that failed is named: {told!r}")

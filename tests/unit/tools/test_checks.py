"""tools/check_units.py and tools/check_includes.py: the tree passes, and each fault is seen.

usage: test_checks.py SOURCE_ROOT"""
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(sys.argv[1])
UNITS_GOOD = """struct a {
    double x_m, *v_mps; /* (n) */
    double ratio; /* [1] */
    float p_lo90_m, mss_mps_sd, tau_s_lo90[3];
    double seconds_of(double x); /* a function is no field */
    /* double
       hidden; */
    int n;
};
"""
UNITS_BAD = ["double speed;", "double x_m, speed;", "float *p;", "double covariance[9];",
             "const double items;", "double stem; /* [m] */"]
INCLUDES_BAD = [
    ("src/race/a.c", '#include "../io/include/io/json.h"'),
    ("src/race/a.c", "#include <jansson.h>"),
    ("src/data/a.c", "#include <sqlite3.h>"),
    ("src/body/a.c", "# include <pthread.h>"),
    ("src/stage/a.c", "#include <unheard_of.h>"),
    ("src/stage/a.c", "#include <io/json.h>"),
    ("src/stage/a.c", '#include "nowhere/json.h"'),
    ("tests/unit/a.c", '#include "../../src/io/json.h"'),
]
INCLUDES_GOOD = [
    ("src/io/a.c", "#include <jansson.h>\n#include <sys/stat.h>"),
    ("src/stage/a.c", '#include <libavcodec/avcodec.h>\n#include "io/json.h"\n#include "own_priv.h"'),
    ("src/base/a.c", "#include <threads.h>\n#include <Random123/philox.h>"),
    ("tests/unit/a.c", "#include <cmocka.h>"),
]


def run(tool, *args):
    p = subprocess.run([sys.executable, ROOT / "tools" / tool, *args], capture_output=True, text=True)
    return p.returncode, p.stdout


def units(field):
    with tempfile.NamedTemporaryFile("w", suffix=".h") as f:
        f.write(field)
        f.flush()
        return run("check_units.py", f.name)


def includes(path, text):
    with tempfile.TemporaryDirectory() as d:
        for room in ("base", "io", "data", "race", "body", "stage"):
            pathlib.Path(d, "src", room).mkdir(parents=True)
        p = pathlib.Path(d, path)
        p.parent.mkdir(parents=True, exist_ok=True)
        p.write_text(text + "\n", encoding="utf-8")
        return run("check_includes.py", d)


def cases():
    code, out = run("check_units.py", *sorted((ROOT / "src/data/include/data").glob("*.h")))
    yield "fields of the contracts have units", code == 0, out
    code, out = run("check_includes.py", ROOT)
    yield "includes of the tree keep to their rooms", code == 0, out
    code, out = units(UNITS_GOOD)
    yield "units where they are", code == 0, out
    for field in UNITS_BAD:
        code, out = units(field)
        yield f"no unit in {field[:-1]}", code == 1 and out.count("\n") == 1, out
    for path, text in INCLUDES_GOOD:
        code, out = includes(path, text)
        yield f"{path} may include what it does", code == 0, out
    for path, text in INCLUDES_BAD:
        code, out = includes(path, text)
        yield f"{path}: {text.replace('#', '')}", code == 1 and out.count("\n") == 1, out


results = list(cases())
print(f"1..{len(results)}")
for number, (name, good, out) in enumerate(results, 1):
    print(f"{'ok' if good else 'not ok'} {number} - {name}")
    if not good:
        print("# " + out.strip().replace("\n", "\n# "))

#!/usr/bin/env python3
"""Who includes what, as far as the compiler does not see to it.

usage: check_includes.py SOURCE_ROOT

In src/, tests/ and fuzz/: no ".." in an include; a quoted include of another room names the room; a
header of an outside library only in the rooms below. Headers of C and POSIX are free, except that
threads are for base alone. Prints one line per fault and exits 1."""
import pathlib
import re
import sys

# outside library: the headers it brings, the rooms in which they may stand
OUTSIDE = {
    "threads": (r"threads\.h|pthread\.h", {"base"}),
    "Random123": (r"Random123/.*", {"base"}),
    "sanitizers": (r"sanitizer/.*", {"base"}),
    "cminpack": (r"cminpack\.h|cminpack-1/.*", {"num"}),
    "jansson": (r"jansson\.h", {"io"}),
    "libcsv": (r"csv\.h", {"io"}),
    "expat": (r"expat\.h", {"roto"}),
    "libpng": (r"png\.h|zlib\.h", {"io"}),
    "SHA-256": (r"libavutil/(sha|mem)\.h", {"video", "stage", "pose"}),
    "libav": (r"lib(av|sw)\w+/.*|x264\.h", {"video", "stage"}),
    "XNNPACK": (r"xnnpack\.h|pthreadpool\.h", {"pose"}),
    "glib": (r"glib\.h", {"stage", "chart", "cli"}),
    "pango": (r"pango/.*|cairo.*\.h|glib.+|fontconfig/.*", {"stage", "chart"}),
    "fluidsynth": (r"fluidsynth.*\.h", {"stage"}),
    "smf": (r"smf\.h", {"stage"}),
    "ebur128": (r"ebur128\.h", {"stage"}),
    "sqlite": (r"sqlite3\.h", {"book"}),
    "mpi": (r"mpi\.h", {"mpi"}),
    "getopt": (r"getopt\.h", {"cli"}),
}
FREE = re.compile(
    r"(assert|complex|ctype|errno|fenv|float|inttypes|iso646|limits|locale|malloc|math|setjmp|signal|stdalign|"
    r"stdarg|stdatomic|stdbool|stddef|stdint|stdio|stdlib|stdnoreturn|string|tgmath|time|uchar|wchar|"
    r"wctype|"
    r"dirent|fcntl|poll|sched|strings|termios|unistd|wordexp|glob|libgen|"
    r"sys/(ioctl|mman|resource|select|stat|statvfs|time|times|types|uio|utsname|wait)|"
    r"\w*intrin)\.h$")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def room_of(path):
    parts = path.parts
    return parts[parts.index("src") + 1] if "src" in parts else ""


def faults(path, root):
    room = room_of(path.relative_to(root))
    rooms = {p.name for pattern in ("*", "*/include/*") for p in (root / "src").glob(pattern) if p.is_dir()}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not (m := INCLUDE.match(line)):
            continue
        bracket, name = m.groups()
        if ".." in name:
            yield number, name, "no .. in an include"
            continue
        head = name.split("/")[0] if "/" in name else ""
        if bracket == '"':
            if room and head and head not in rooms:
                yield number, name, "no such room"
            continue
        if head in rooms:
            yield number, name, "headers of rooms stand in quotes"
            continue
        allowed = next((r for pattern, r in OUTSIDE.values() if re.fullmatch(pattern, name)), None)
        if allowed is None and room and not FREE.match(name):
            yield number, name, "a library that no room is known to use"
        elif allowed is not None and room and room not in allowed:
            yield number, name, "only in " + ", ".join(sorted(allowed))


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    bad = 0
    for folder in ("src", "tests", "fuzz", "bench"):
        for path in sorted((root / folder).rglob("*.[ch]")):
            for number, name, why in faults(path, root):
                print(f"{path.relative_to(root)}:{number}: {name}: {why}")
                bad += 1
    sys.exit(1 if bad else 0)


main()

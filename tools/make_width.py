#!/usr/bin/env python3
"""Print src/base/width_priv.h: which characters take two columns of a terminal, and which none.

From the Unicode database of this Python (its version stands in the file): East_Asian_Width W and F
take two, general categories Mn, Me and Cf none, nor do the vowels and consonants of Hangul that
follow another. What is not assigned belongs to the range around it.
"""
import unicodedata


def kind(c):
    ch = chr(c)
    category = unicodedata.category(ch)
    if category == "Cn":
        return None
    if c == 0xAD:
        return 1  # a soft hyphen is seen
    if category in ("Mn", "Me", "Cf") or 0x1160 <= c < 0x1200:
        return 0
    return 2 if unicodedata.east_asian_width(ch) in "WF" else 1


def ranges():
    found = {0: [], 2: []}
    last = 1
    for c in range(0x80, 0x110000):
        if 0xD800 <= c < 0xF900 and not 0xF8FF < c:
            continue  # surrogates, private use
        k = kind(c)
        if 0x20000 <= c < 0x3FFFE:
            k = 2  # planes of Han: wide even where nothing is assigned yet
        if k is None:
            continue
        if k != 1:
            if last == k:
                found[k][-1][1] = c
            else:
                found[k].append([c, c])
        last = k
    return found


def show(name, pairs, what):
    print(f"/* {what} */\nstatic const uint32_t {name}[][2] = {{")
    line = "   "
    for a, b in pairs:
        cell = f" {{0x{a:x}, 0x{b:x}}},"
        if len(line) + len(cell) > 100:
            print(line)
            line = "   "
        line += cell
    print(line.rstrip(",") + "};")


found = ranges()
print(f"""/* width_priv.h - made by tools/make_width.py from Unicode {unicodedata.unidata_version}. */
#ifndef BASE_WIDTH_PRIV_H
#define BASE_WIDTH_PRIV_H

#include <stdint.h>

/* clang-format off */""")
show("wide", found[2], "first and last of what takes two columns")
print()
show("none", found[0], "first and last of what takes none")
print("""/* clang-format on */

#endif""")

#!/usr/bin/env python3
"""A text file as a C array, so that the program carries it: embed_text.py FILE NAME OUT.c"""
import sys

source, name, out = sys.argv[1:]
data = open(source, "rb").read()
rows = [", ".join(str(b) for b in data[i:i + 20]) for i in range(0, len(data), 20)]
with open(out, "w", encoding="ascii") as f:
    f.write('#include "embedded_priv.h"\n')
    f.write("const size_t %s_n = %d;\n" % (name, len(data)))
    f.write("const char %s[] = {\n    %s,\n    0};\n" % (name, ",\n    ".join(rows)))

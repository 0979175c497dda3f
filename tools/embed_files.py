#!/usr/bin/env python3
"""Files as an assembler file, so that the program carries them: embed_files.py OUT.S NAME... -- FILE...

Each NAME that ends a FILE becomes the bytes page_asset_NAME and their count page_asset_NAME_n (dots
become _); a NAME without a file is empty. NAME.gz is the FILE called NAME, packed by gzip; NAME.sha256
its SHA-256 in base64, as a Content-Security-Policy has it."""
import base64
import gzip
import hashlib
import pathlib
import sys

out = pathlib.Path(sys.argv[1])
cut = sys.argv.index("--")
names, files = sys.argv[2:cut], {pathlib.Path(f).name: pathlib.Path(f) for f in sys.argv[cut + 1:]}
lines = ["    .section .rodata"]
for name in names:
    path = files.get(name)
    if path is None and name.endswith(".gz") and name[:-3] in files:
        path = out.with_name(name)
        path.write_bytes(gzip.compress(files[name[:-3]].read_bytes(), 9, mtime=0))
    if path is None and name.endswith(".sha256") and name[:-7] in files:
        path = out.with_name(name)
        path.write_bytes(base64.b64encode(hashlib.sha256(files[name[:-7]].read_bytes()).digest()))
    symbol = "page_asset_" + name.replace(".", "_")
    n = path.stat().st_size if path else 0
    lines += ["    .balign 16", f"    .globl {symbol}", f"{symbol}:"]
    lines += [f'    .incbin "{path.resolve()}"'] if path else []
    lines += ["    .byte 0", "    .balign 8", f"    .globl {symbol}_n", f"{symbol}_n:", f"    .quad {n}"]
lines.append('    .section .note.GNU-stack,"",%progbits')
out.write_text("\n".join(lines) + "\n", encoding="utf-8")

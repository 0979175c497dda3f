"""A reader of PNG files as the exports write them: standard library only."""
import struct
import zlib


class Png:
    """w, h, n channels, bits; row(y) gives the channels of a row one after the other."""

    def __init__(self, path):
        data = open(path, "rb").read()
        assert data[:8] == b"\x89PNG\r\n\x1a\n", path
        at, packed = 8, b""
        while at < len(data):
            n, kind = struct.unpack_from(">I4s", data, at)
            body = data[at + 8:at + 8 + n]
            assert zlib.crc32(kind + body) == struct.unpack_from(">I", data, at + 8 + n)[0]
            if kind == b"IHDR":
                self.w, self.h, self.bits, colour = struct.unpack_from(">IIBB", body)
                self.n = {0: 1, 2: 3, 6: 4}[colour]
            elif kind == b"IDAT":
                packed += body
            at += 12 + n
        self.lines = self.unfilter(zlib.decompress(packed))

    def unfilter(self, raw):
        step = self.n * self.bits // 8
        width, lines, up = self.w * step, [], bytes(self.w * step)
        for y in range(self.h):
            kind, line = raw[y * (width + 1)], bytearray(raw[y * (width + 1) + 1:(y + 1) * (width + 1)])
            for i in range(width if kind else 0):
                a, b, c = (line[i - step], up[i], up[i - step]) if i >= step else (0, up[i], 0)
                if kind == 1:
                    add = a
                elif kind == 2:
                    add = b
                elif kind == 3:
                    add = (a + b) // 2
                else:
                    pa, pb, pc = abs(b - c), abs(a - c), abs(a + b - 2 * c)
                    add = a if pa <= pb and pa <= pc else b if pb <= pc else c
                line[i] = (line[i] + add) & 255
            lines.append(line)
            up = line
        return lines

    def row(self, y):
        if self.bits == 8:
            return self.lines[y]
        return struct.unpack(f">{self.w * self.n}H", self.lines[y])

    def at(self, x, y):
        row = self.row(y)
        return tuple(row[x * self.n:(x + 1) * self.n]) if self.n > 1 else row[x]

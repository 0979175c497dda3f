#!/usr/bin/env python3
"""Write tests/data/pose/small.tflite and the seeds of fuzz/corpus/tflite.

usage: make_small_net.py SOURCE_ROOT

A network of a few numbers with every operator that the pose nets have, laid out as they are: weights
in halves behind DEQUANTIZE, one filter sparse behind DENSIFY, two heads joined at the end. Nothing in
it is trained; its weights come from a small generator, so that every run writes the same bytes."""
import pathlib
import struct
import sys


class Vector:
    """Numbers by a struct letter, or tables."""

    def __init__(self, items, letter=None):
        self.items, self.letter = list(items), letter


class Table:
    """Fields by number: (struct letter, value), a Table or a Vector."""

    def __init__(self, **fields):
        self.fields = {int(k[1:]): v for k, v in fields.items()}


def lay_out(root, kind):
    out = bytearray(struct.pack("<I4s", 0, kind))
    todo = [(0, root)]

    def align(n):
        out.extend(b"\0" * (-len(out) % n))

    while todo:
        at, thing = todo.pop(0)
        if isinstance(thing, Table):
            size, offset = 4, {}
            for k, v in sorted(thing.fields.items()):
                n = struct.calcsize("<" + v[0]) if isinstance(v, tuple) else 4
                size += -size % n
                offset[k] = size
                size += n
            slots = [offset.get(k, 0) for k in range(max(thing.fields, default=-1) + 1)]
            align(2)
            vtable = struct.pack(f"<HH{len(slots)}H", 4 + 2 * len(slots), size, *slots)
            out.extend(b"\0" * (-(len(out) + len(vtable)) % 4))
            here = len(out) + len(vtable)
            out.extend(vtable)
            out.extend(struct.pack("<i", len(vtable)) + b"\0" * (size - 4))
            for k, v in thing.fields.items():
                if isinstance(v, tuple):
                    struct.pack_into("<" + v[0], out, here + offset[k], v[1])
                else:
                    todo.append((here + offset[k], v))
        else:
            align(4)
            here = len(out)
            out.extend(struct.pack("<I", len(thing.items)))
            if thing.letter:
                out.extend(struct.pack(f"<{len(thing.items)}{thing.letter}", *thing.items))
            else:
                for i, item in enumerate(thing.items):
                    todo.append((len(out) + 4 * i, item))
                out.extend(b"\0" * (4 * len(thing.items)))
        struct.pack_into("<I", out, at, here - at)
    return bytes(out)


ADD, CONCATENATION, CONV, DEPTHWISE, DEPTH_TO_SPACE, DEQUANTIZE = 0, 2, 3, 4, 5, 6
LOGISTIC, MAX_POOL, RESHAPE, RESIZE, PAD, DENSIFY = 14, 17, 22, 23, 34, 124
SAME, VALID, RELU6 = 0, 1, 3


class Net:
    def __init__(self):
        self.tensors, self.buffers, self.nodes, self.codes = [], [Table()], [], []
        self.seed = 1

    def random(self, n, span):
        values = []
        for _ in range(n):
            self.seed = (self.seed * 1103515245 + 12345) % 2**31
            values.append(span * (self.seed / 2**30 - 1))
        return values

    def tensor(self, shape, kind=0, data=None, sparse=None):
        buffer = 0
        if data is not None:
            buffer = len(self.buffers)
            self.buffers.append(Table(_0=Vector(data, "B")))
        fields = dict(_0=Vector(shape, "i"), _1=("b", kind), _2=("I", buffer))
        if sparse:
            fields["_6"] = sparse
        self.tensors.append(Table(**fields))
        return len(self.tensors) - 1

    def node(self, code, inputs, shape, kind=0, **options):
        if code not in self.codes:
            self.codes.append(code)
        out = self.tensor(shape, kind)
        fields = dict(_0=("I", self.codes.index(code)), _1=Vector(inputs, "i"), _2=Vector([out], "i"))
        if options:
            fields["_4"] = Table(**options)
        self.nodes.append(Table(**fields))
        return out

    def weight(self, shape, span=0.5):
        n = 1
        for k in shape:
            n *= k
        half = self.tensor(shape, 1, struct.pack(f"<{n}e", *self.random(n, span)))
        return self.node(DEQUANTIZE, [half], shape)

    def sparse_weight(self, out, inputs):
        rows = [[c for c in range(inputs) if (c + o) % 3 == 0] for o in range(out)]
        index = [c for row in rows for c in row]
        segment = [sum(len(r) for r in rows[:o]) for o in range(out + 1)]
        shape = [out, 1, 1, inputs]
        dense = [Table(_0=("b", 0), _1=("i", n)) for n in shape[:3]]
        last = Table(_0=("b", 1), _1=("i", inputs), _2=("b", 2), _3=Table(_0=Vector(segment, "H")),
                     _4=("b", 3), _5=Table(_0=Vector(index, "B")))
        sparse = Table(_0=Vector(range(4), "i"), _2=Vector(dense + [last]))
        half = self.tensor(shape, 1, struct.pack(f"<{len(index)}e", *self.random(len(index), 0.5)), sparse)
        return self.node(DEQUANTIZE, [self.node(DENSIFY, [half], shape, 1)], shape)

    def whole(self, values, shape):
        return self.tensor(shape, 2, struct.pack(f"<{len(values)}i", *values))

    def model(self, source, outputs):
        graph = Table(_0=Vector(self.tensors), _1=Vector([source], "i"), _2=Vector(outputs, "i"),
                      _3=Vector(self.nodes))
        codes = [Table(_0=("b", min(c, 127)), _3=("i", c)) for c in self.codes]
        return Table(_0=("I", 3), _1=Vector(codes), _2=Vector([graph]), _4=Vector(self.buffers))


def small():
    net = Net()
    x = net.tensor([1, 8, 8, 3])
    a = net.node(PAD, [x, net.whole([0, 0, 1, 1, 1, 1, 0, 0], [4, 2])], [1, 10, 10, 3])
    a = net.node(CONV, [a, net.weight([4, 3, 3, 3]), net.weight([4])], [1, 4, 4, 4],
                 _0=("b", VALID), _1=("i", 2), _2=("i", 2), _3=("b", RELU6))
    b = net.node(DEPTHWISE, [a, net.weight([1, 3, 3, 4]), net.weight([4])], [1, 4, 4, 4],
                 _0=("b", SAME), _1=("i", 1), _2=("i", 1), _3=("i", 1))
    a = net.node(ADD, [a, b], [1, 4, 4, 4], _0=("b", RELU6))
    a = net.node(CONV, [a, net.sparse_weight(8, 4), net.weight([8])], [1, 4, 4, 8],
                 _0=("b", SAME), _1=("i", 1), _2=("i", 1))
    a = net.node(PAD, [a, net.whole([0, 0, 0, 0, 0, 0, 0, 4], [4, 2])], [1, 4, 4, 12])
    a = net.node(RESIZE, [a, net.whole([8, 8], [2])], [1, 8, 8, 12], _3=("b", 1))
    a = net.node(DEPTHWISE, [a, net.weight([1, 5, 5, 12], 0.2), net.weight([12])], [1, 4, 4, 12],
                 _0=("b", SAME), _1=("i", 2), _2=("i", 2), _3=("i", 1))
    p = net.node(MAX_POOL, [a], [1, 2, 2, 12], _0=("b", VALID), _1=("i", 2), _2=("i", 2), _3=("i", 2),
                 _4=("i", 2))
    d = net.node(DEPTH_TO_SPACE, [p], [1, 4, 4, 3], _0=("i", 2))
    d = net.node(CONV, [d, net.weight([2, 2, 2, 3]), net.weight([2])], [1, 3, 3, 2],
                 _0=("b", VALID), _1=("i", 1), _2=("i", 1))
    one = net.node(RESHAPE, [d, net.whole([1, 18], [2])], [1, 18])
    two = net.node(RESHAPE, [p, net.whole([1, 48], [2])], [1, 48])
    joined = net.node(CONCATENATION, [one, two], [1, 66], _0=("i", 1))
    return net.model(x, [net.node(LOGISTIC, [one], [1, 18]), joined])


def main():
    root = pathlib.Path(sys.argv[1])
    good = lay_out(small(), b"TFL3")
    (root / "tests/data/pose").mkdir(parents=True, exist_ok=True)
    (root / "tests/data/pose/small.tflite").write_bytes(good)
    seeds = root / "fuzz/corpus/tflite"
    seeds.mkdir(parents=True, exist_ok=True)
    (seeds / "small.tflite").write_bytes(good)
    for part in (0, 7, 40, len(good) // 3, len(good) - 1):
        (seeds / f"cut_{part}.tflite").write_bytes(good[:part])
    for i in range(12):
        at = 4 + i * 997 % (len(good) // 3)
        flipped = bytearray(good)
        flipped[at] ^= 1 << i % 8
        (seeds / f"flip_{i}.tflite").write_bytes(flipped)


main()

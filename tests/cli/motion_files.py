"""Readers of BVH and GLB by the public descriptions of these formats, for tests: standard library only, and no line
of the writers'."""
import json
import math
import struct


def mul(a, b):
    return [[sum(a[i][k] * b[k][j] for k in range(3)) for j in range(3)] for i in range(3)]


def apply(m, v):
    return [sum(m[i][k] * v[k] for k in range(3)) for i in range(3)]


def about(axis, deg):
    c, s = math.cos(math.radians(deg)), math.sin(math.radians(deg))
    i, j = {"X": (1, 2), "Y": (2, 0), "Z": (0, 1)}[axis]
    m = [[float(a == b) for b in range(3)] for a in range(3)]
    m[i][i], m[i][j], m[j][i], m[j][j] = c, -s, s, c
    return m


class Bvh:
    """joints: name, parent index, offset, channels; frames: rows of numbers."""

    def __init__(self, text):
        words = text.split()
        self.at, self.words, self.joints = 0, words, []
        assert self.take() == "HIERARCHY" and self.take() == "ROOT"
        self.joint(-1)
        assert [self.take(), self.take()] == ["MOTION", "Frames:"]
        n = int(self.take())
        assert [self.take(), self.take()] == ["Frame", "Time:"]
        self.frame_s = float(self.take())
        width = sum(len(j["channels"]) for j in self.joints)
        numbers = [float(w) for w in words[self.at:]]
        assert len(numbers) == n * width, (len(numbers), n, width)
        self.frames = [numbers[k * width:(k + 1) * width] for k in range(n)]

    def take(self):
        self.at += 1
        return self.words[self.at - 1]

    def joint(self, parent):
        j = {"name": self.take(), "parent": parent, "channels": []}
        me = len(self.joints)
        self.joints.append(j)
        assert self.take() == "{"
        while (w := self.take()) != "}":
            if w == "OFFSET":
                j["offset"] = [float(self.take()) for _ in range(3)]
            elif w == "CHANNELS":
                j["channels"] = [self.take() for _ in range(int(self.take()))]
            elif w == "JOINT":
                self.joint(me)
            else:
                assert [w, self.take(), self.take(), self.take()] == ["End", "Site", "{", "OFFSET"], w
                j["end"] = [float(self.take()) for _ in range(3)]
                assert self.take() == "}"

    def places(self, k):
        """Where each joint is in frame k, by name [cm]."""
        row, at, world, out = self.frames[k], 0, [], {}
        for j in self.joints:
            move, turn = list(j["offset"]), about("X", 0)
            for c in j["channels"]:
                if c.endswith("position"):
                    move["XYZ".index(c[0])] += row[at]
                else:
                    turn = mul(turn, about(c[0], row[at]))
                at += 1
            if j["parent"] >= 0:
                up_turn, up_at = world[j["parent"]]
                move = [a + b for a, b in zip(up_at, apply(up_turn, move))]
                turn = mul(up_turn, turn)
            world.append((turn, move))
            out[j["name"]] = move
        return out


class Glb:
    def __init__(self, data):
        magic, version, total = struct.unpack_from("<III", data)
        assert (magic, version, total) == (0x46546C67, 2, len(data))
        n, kind = struct.unpack_from("<II", data, 12)
        assert kind == 0x4E4F534A and n % 4 == 0
        self.json = json.loads(data[20:20 + n])
        m, kind = struct.unpack_from("<II", data, 20 + n)
        assert kind == 0x004E4942 and m % 4 == 0 and 28 + n + m == total
        self.bin = data[28 + n:]
        assert self.json["buffers"][0]["byteLength"] == m

    def read(self, i, only=None):
        """Elements of accessor i as tuples; only: one element."""
        a = self.json["accessors"][i]
        v = self.json["bufferViews"][a["bufferView"]]
        width = {"SCALAR": 1, "VEC3": 3, "VEC4": 4, "MAT4": 16}[a["type"]]
        code = {5121: "B", 5123: "H", 5125: "I", 5126: "f"}[a["componentType"]]
        size = struct.calcsize("<" + code * width)
        assert v["byteOffset"] % 4 == 0 and size * a["count"] == v["byteLength"]
        rows = range(a["count"]) if only is None else [only]
        out = [struct.unpack_from("<" + code * width, self.bin, v["byteOffset"] + size * k) for k in rows]
        if a.get("normalized"):
            top = {"B": 255, "H": 65535}[code]
            out = [tuple(x / top for x in row) for row in out]
        return out

    def nodes_at(self, animation, k):
        """World turn (3 x 3) and place of every node of the animation's key k."""
        local = {}
        for i, n in enumerate(self.json["nodes"]):
            local[i] = [about("X", 0), n.get("translation", [0, 0, 0])]
        a = self.json["animations"][animation]
        for c in a["channels"]:
            value = self.read(a["samplers"][c["sampler"]]["output"], k)[0]
            if c["target"]["path"] == "translation":
                local[c["target"]["node"]][1] = value
            else:
                local[c["target"]["node"]][0] = turn_of(value)
        parent = {c: i for i, n in enumerate(self.json["nodes"]) for c in n.get("children", [])}
        world = {}

        def find(i):
            if i not in world:
                turn, at = local[i]
                if i in parent:
                    up_turn, up_at = find(parent[i])
                    at = [a + b for a, b in zip(up_at, apply(up_turn, at))]
                    turn = mul(up_turn, turn)
                world[i] = (turn, at)
            return world[i]

        for i in local:
            find(i)
        return world


def turn_of(q):
    x, y, z, w = q
    return [[1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
            [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
            [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)]]

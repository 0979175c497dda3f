"""A reader of standard MIDI files that knows nothing of the program that wrote them: the file format as in the
MIDI 1.0 specification (recalled), standard library only."""


class Midi:
    def __init__(self, data):
        if data[:4] != b"MThd" or int.from_bytes(data[4:8], "big") != 6:
            raise ValueError("no MIDI header")
        self.format, n_track, self.quarter = (int.from_bytes(data[8 + 2 * i:10 + 2 * i], "big") for i in range(3))
        if self.quarter & 0x8000:
            raise ValueError("time code, not ticks")
        self.tracks, at = [], 14
        for _ in range(n_track):
            if data[at:at + 4] != b"MTrk":
                raise ValueError(f"no track at byte {at}")
            size = int.from_bytes(data[at + 4:at + 8], "big")
            self.tracks.append(list(events(data[at + 8:at + 8 + size])))
            at += 8 + size
        if at != len(data):
            raise ValueError("bytes behind the last track")
        self.tempos = sorted((t, int.from_bytes(v, "big")) for track in self.tracks
                             for t, kind, *v in track if kind == 0x51 for v in v)

    def seconds(self, tick):
        at, now, us = 0.0, 0, 500000
        for t, next_us in self.tempos:
            if t >= tick:
                break
            at += (t - now) * us * 1e-6 / self.quarter
            now, us = t, next_us
        return at + (tick - now) * us * 1e-6 / self.quarter

    def metas(self, kind):
        """(seconds, bytes) of one kind, from all tracks."""
        return sorted((self.seconds(e[0]), e[2]) for track in self.tracks for e in track if e[1] == kind)

    def notes(self):
        """(on, off, channel, key, velocity), times in seconds. A note without an end is an error."""
        out = []
        for track in self.tracks:
            open_ = {}
            for tick, kind, *rest in track:
                if kind == "note" and rest[2] > 0:
                    if (rest[0], rest[1]) in open_:
                        raise ValueError(f"note {rest[:2]} begins twice")
                    open_[rest[0], rest[1]] = (tick, rest[2])
                elif kind == "note":
                    on, velocity = open_.pop((rest[0], rest[1]))
                    out.append((self.seconds(on), self.seconds(tick), rest[0], rest[1], velocity))
            if open_:
                raise ValueError(f"notes without an end: {open_}")
        return sorted(out)


def number(data, at):
    value = 0
    while True:
        value = value << 7 | data[at] & 0x7F
        at += 1
        if data[at - 1] < 0x80:
            return value, at


def events(data):
    """(tick, meta type, bytes), (tick, "note", channel, key, velocity; 0 = off), (tick, status, bytes)."""
    at = tick = status = 0
    while at < len(data):
        delta, at = number(data, at)
        tick += delta
        if data[at] >= 0x80:
            status = data[at]
            at += 1
        if status == 0xFF:
            kind = data[at]
            size, at = number(data, at + 1)
            yield tick, kind, data[at:at + size]
            at += size
            if kind == 0x2F:
                break
            continue
        size = 1 if status & 0xF0 in (0xC0, 0xD0) else 2
        body, at = data[at:at + size], at + size
        if status & 0xF0 in (0x80, 0x90):
            yield tick, "note", status & 15, body[0], body[1] if status & 0xF0 == 0x90 else 0
        else:
            yield tick, hex(status & 0xF0), status & 15, body
    if at != len(data) or kind != 0x2F:
        raise ValueError("a track that does not end")

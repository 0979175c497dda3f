"""The words on each page of a PDF that cairo wrote: enough of the format for tests, nothing else."""
import re
import zlib


def unescape(raw):
    out = re.sub(rb"\\([0-7]{3})", lambda m: bytes([int(m[1], 8)]), raw)
    return re.sub(rb"\\(.)", rb"\1", out)


class Pdf:
    def __init__(self, data):
        self.data = data
        self.obj = {int(m[1]): m[2] for m in re.finditer(rb"(?:^|\n)(\d+) 0 obj\s(.*?)endobj", data, re.S)}
        self.stamp = data[:8]

    def stream(self, number):
        body = self.obj[number]
        head, rest = body.split(b"stream\n", 1) if b"stream\n" in body else body.split(b"stream\r\n", 1)
        length = re.search(rb"/Length (\d+)( 0 R)?", head)
        n = int(self.obj[int(length[1])]) if length[2] else int(length[1])
        raw = rest[:n]
        return zlib.decompress(raw) if b"FlateDecode" in head else raw

    def letters(self, font):
        """Code to text, and bytes a code."""
        number = re.search(rb"/ToUnicode (\d+) 0 R", self.obj[font])
        table, width = {}, 2 if b"/Type0" in self.obj[font] else 1
        for block in re.findall(rb"beginbf(?:char|range)\n(.*?)endbf", self.stream(int(number[1])), re.S):
            for code, last, text in re.findall(rb"<([0-9a-f]+)>(?: <([0-9a-f]+)>)? <([0-9a-f]+)>", block):
                first = int(code, 16)
                for k in range(first, int(last or code, 16) + 1):
                    word = bytes.fromhex(text.decode()).decode("utf-16-be")
                    table[k] = word if k == first else chr(ord(word) + k - first)
        return table, width

    def pages(self):
        """For each page the texts in the order in which they were drawn."""
        out = []
        for number in sorted(self.obj):
            body = self.obj[number]
            if re.search(rb"/Type /Page\b", body) and b"/Contents" in body:
                out.append(self.page(body))
        return out

    def page(self, body):
        content = self.stream(int(re.search(rb"/Contents (\d+) 0 R", body)[1]))
        resources = self.obj[int(re.search(rb"/Resources (\d+) 0 R", body)[1])]
        fonts = {name: self.letters(int(n)) for name, n in re.findall(rb"/(f-\d+-\d+) (\d+) 0 R", resources)}
        texts, table, width = [], {}, 1
        token = rb"/(f-\d+-\d+) [\d.]+ Tf|(-?[\d.]+ -?[\d.]+ -?[\d.]+ -?[\d.]+ -?[\d.]+ -?[\d.]+ Tm)|\(((?:[^()\\]|\\.)*)\)|<([0-9a-f]+)>"
        for font, move, plain, coded in re.findall(token, content, re.S):
            if font:
                table, width = fonts[font]
            elif move:
                texts.append("")
            else:
                raw = bytes.fromhex(coded.decode()) if coded else unescape(plain)
                codes = [int.from_bytes(raw[i:i + width], "big") for i in range(0, len(raw), width)]
                texts[-1] += "".join(table.get(c, "\ufffd") for c in codes)
        return texts

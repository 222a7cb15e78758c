"""Places in a text, from the units that tools count in to code points.

Annotations count code points from 0. Tools count bytes, UTF-16 units or code points, from the start of the text or of the
line, from 0 or 1. Every reader goes through here, so that an accent or an emoji costs no tool its hits.
"""
import bisect
import re

WORD = re.compile(r"[^\W\d_][\w'’-]*")


class Text:
    """One text and the starts of its lines. A line ends at a line feed and nowhere else."""

    def __init__(self, text):
        self.text = text
        self.starts = [0] + [m.end() for m in re.finditer("\n", text)]

    def line(self, number):
        """The start of a line, counted from 1, and its characters without the line feed."""
        start = self.starts[number - 1]
        end = self.starts[number] - 1 if number < len(self.starts) else len(self.text)
        return start, self.text[start:end]

    def line_of(self, offset):
        """The number, from 1, of the line that holds this code point."""
        return bisect.bisect_right(self.starts, offset)

    def from_utf16(self, number, column):
        """The code point at a column, from 0 and in UTF-16 units, of a line."""
        start, line = self.line(number)
        return start + len(line.encode("utf-16-le")[: 2 * column].decode("utf-16-le", "replace"))

    def from_bytes(self, number, column):
        """The code point at a column, from 0 and in bytes of UTF-8, of a line."""
        start, line = self.line(number)
        return start + len(line.encode()[:column].decode("utf-8", "replace"))

    def words(self):
        """How many words the text has."""
        return sum(1 for _ in WORD.finditer(self.text))

    def word_end(self, offset):
        """The end of the word at this code point, at least one code point on."""
        found = WORD.match(self.text, offset)
        return found.end() if found else offset + 1


# What ends a line for some tools and not for others, or is dropped by some.
DISPUTED = {
    "\r": "a carriage return",
    "\ufeff": "a byte order mark",
    "\u2028": "a line separator",
    "\u2029": "a paragraph separator",
    "\f": "a form feed",
    "\v": "a vertical tab",
    "\x85": "a next-line control",
}


def load(path):
    """A text from a file of UTF-8, as it is; `ValueError` for characters after which tools count each in its own way."""
    text = path.read_bytes().decode("utf-8")
    for mark, name in DISPUTED.items():
        if mark in text:
            raise ValueError(f"{path} holds {name}, after which tools count each in its own way: take it out")
    return Text(text)


def load_plain(path):
    """A text from a file, its line ends made line feeds and what is disputed taken out: where no place is asked for."""
    text = path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
    return Text(text.translate({ord(mark): "\n" if mark == "\r" else " " for mark in DISPUTED}))

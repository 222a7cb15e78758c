"""What each tool printed, to findings: per file name a list of `(start, end, reason)`, in code points of its text.

`texts` maps file names to `positions.Text`; names are without folder, since some tools print paths as given, some in full
and some with a stand-in. A finding is what the tool prints as one, so two rules that mark one word are two findings. A file
of which the tool says that it has no findings has an empty list.
"""
import json
import re
from pathlib import PurePath


def unspin(output, texts):
    found = {}
    for file in json.loads(output)["files"]:
        found[PurePath(file["path"]).name] = [
            (f["start"]["char"], f["end"]["char"], f"{f['severity']} {f['family']}") for f in file["findings"]
        ]
    return found


def harper(output, texts):
    """Offsets are code points of the text."""
    found = {}
    for file in json.loads(output):
        found[PurePath(file["file"]).name] = [
            (lint["span"]["char_start"], lint["span"]["char_end"], lint["rule"]) for lint in file["lints"]
        ]
    return found


def proselint(output, texts):
    """Offsets are code points, all one too high: proselint reads the text with a line feed before it."""
    found = {}
    for path, file in json.loads(output)["result"].items():
        found[PurePath(path).name] = [
            (d["span"][0] - 1, d["span"][1] - 1, d["check_path"]) for d in file.get("diagnostics", [])
        ]
    return found


def typos(output, texts):
    """One JSON object a line; `byte_offset` counts from the start of the line."""
    found = {}
    for line in output.splitlines():
        typo = json.loads(line)
        if typo.get("type") != "typo" or "line_num" not in typo:
            continue
        name = PurePath(typo["path"]).name
        start = texts[name].from_bytes(typo["line_num"], typo["byte_offset"])
        found.setdefault(name, []).append((start, start + len(typo["typo"]), "typo"))
    return found


CODESPELL_LINE = re.compile(r"(?P<path>.+?):(?P<line>\d+): (?P<word>\S+) ==> ")
CODESPELL_WORD = re.compile(r"[\w\-'’]+")


def codespell(output, texts):
    """Lines without columns, one a misspelling in the order of the text: each is the next such word of its line."""
    found, used = {}, {}
    for line in output.splitlines():
        told = CODESPELL_LINE.match(line)
        if not told:
            continue
        name, number = PurePath(told["path"]).name, int(told["line"])
        start, text = texts[name].line(number)
        places = [m.start() for m in CODESPELL_WORD.finditer(text) if m[0] == told["word"]]
        nth = used[name, number, told["word"]] = used.get((name, number, told["word"]), -1) + 1
        if nth >= len(places):
            raise ValueError(f"codespell tells of {told['word']!r} in {name}:{number}, which is not there")
        at = start + places[nth]
        found.setdefault(name, []).append((at, at + len(told["word"]), "misspelling"))
    return found


WRITE_GOOD_LINE = re.compile(
    r'(?P<path>.+?):(?P<line>\d+):(?P<column>\d+):"(?P<words>.*?)" (?P<why>(?:is|adds|may|can) .+)'
)


def write_good(output, texts):
    """`path:line:column:"words" is ...`; columns from 0 in UTF-16 units. A line feed among the words is a space here."""
    found = {}
    for line in output.splitlines():
        told = WRITE_GOOD_LINE.match(line)
        if told:
            name = PurePath(told["path"]).name
            start = texts[name].from_utf16(int(told["line"]), int(told["column"]))
            found.setdefault(name, []).append((start, start + len(told["words"]), told["why"]))
    return found


ALEX_LINE = re.compile(r"\s+(\d+):(\d+)-(\d+):(\d+)\s+warning\s+(.+)")


def alex(output, texts):
    """The path on a line of its own, then a line each with both ends; columns from 1 in UTF-16 units."""
    found, name = {}, None
    for line in output.splitlines():
        told = ALEX_LINE.match(line)
        if told:
            a, b, c, d = (int(told[i]) for i in range(1, 5))
            text = texts[name]
            found[name].append((text.from_utf16(a, b - 1), text.from_utf16(c, d - 1), told[5]))
        elif line and not line[0].isspace() and not line.startswith("⚠"):
            name = PurePath(line.removesuffix(": no issues found")).name
            found[name] = []
    return found


CSPELL_LINE = re.compile(r"(?P<path>.+?):(?P<line>\d+):(?P<column>\d+) - \w+ word \((?P<word>.+?)\)")


def cspell(output, texts):
    """`path:line:column - Unknown word (word)`; columns from 1 in UTF-16 units."""
    found = {}
    for line in output.splitlines():
        told = CSPELL_LINE.match(line)
        if told:
            name = PurePath(told["path"]).name
            start = texts[name].from_utf16(int(told["line"]), int(told["column"]) - 1)
            found.setdefault(name, []).append((start, start + len(told["word"]), "unknown word"))
    return found


QUOTED = re.compile(r'["`“]([^"`”]+)["`”]')


def textlint(output, texts):
    """Lines and columns from 1 in UTF-16 units; many rules give the first unit of what they mean and quote the whole.

    So a finding ends where its own range ends, or what it quotes, or what its fix replaces, or the word that it begins in,
    whichever is last. What is quoted may begin a unit off, as with stop-words, whose columns are one too low.
    """
    found = {}
    for file in json.loads(output):
        name = PurePath(file["filePath"]).name
        text, told = texts[name], found.setdefault(name, [])
        for message in file["messages"]:
            begin, end = message["loc"]["start"], message["loc"]["end"]
            start = text.from_utf16(begin["line"], begin["column"] - 1)
            ends = [text.from_utf16(end["line"], end["column"] - 1)]
            quoted = QUOTED.search(message["message"])
            for at in (start, start + 1, start - 1):
                if quoted and text.text[at : at + len(quoted[1])].lower() == quoted[1].lower():
                    start, ends = at, [*ends, at + len(quoted[1])]
                    break
            ends.append(text.word_end(start))
            if "fix" in message:
                units = message["fix"]["range"][1] - message["fix"]["range"][0]
                ends.append(text.from_utf16(begin["line"], begin["column"] - 1 + units))
            told.append((start, max(ends), message["ruleId"]))
    return found

#!/usr/bin/env python3
"""Makes originals of annotated reworded articles, and has score.py judge `unspin compare` by them.

    originals.py SPUN OUT                  copies NNN.* of SPUN into OUT and writes NNN.orig.txt beside each
    originals.py check --format json ...   what score.py runs in place of unspin: compares each text with its original

Only one annotated article has its true original at hand. Of the others one is made by putting what the annotation
expects in place of each span: then every difference is annotated, so that what compare finds besides is wrong. UNSPIN
names the program; ORIGINAL, a file, is the original of all texts where it is set.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys


def original(text, gold):
    """The text with the first expected wording in place of each span; of spans that overlap, the first."""
    out, at = [], 0
    for span in sorted(gold, key=lambda span: (span["start"], -span["end"])):
        if span["start"] < at or not span["expected"]:
            continue
        out += [text[at:span["start"]], span["expected"][0]]
        at = span["end"]
    return "".join(out) + text[at:]


def make(spun, out):
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted(spun.glob("*.gold.jsonl")):
        stem = path.name.removesuffix(".gold.jsonl")
        for name in (f"{stem}.txt", f"{stem}.gold.jsonl", f"{stem}.meta.json"):
            shutil.copy(spun / name, out / name)
        with path.open(encoding="utf-8") as lines:
            gold = [json.loads(line) for line in lines if line.strip()]
        with (spun / f"{stem}.txt").open(encoding="utf-8", newline="") as file:
            text = file.read()
        with (out / f"{stem}.orig.txt").open("w", encoding="utf-8", newline="") as file:
            file.write(original(text, gold))


def check(paths):
    unspin, fixed = os.environ.get("UNSPIN", "unspin"), os.environ.get("ORIGINAL")
    files = []
    for path in paths:
        first = fixed or path.removesuffix(".txt") + ".orig.txt"
        command = [unspin, "compare", "--format", "json", "--no-config", first, path]
        run = subprocess.run(command, capture_output=True, check=False)
        if run.returncode not in (0, 1):
            sys.exit(f"{path}: {run.stderr.decode(errors='replace')}")
        files += [file for file in json.loads(run.stdout)["files"] if file["path"] == path]
    print(json.dumps({"files": files}))


def main():
    arguments = sys.argv[1:]
    if arguments[:1] == ["check"]:
        check([argument for argument in arguments if argument.endswith(".txt")])
    elif len(arguments) == 2:
        make(*map(pathlib.Path, arguments))
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()

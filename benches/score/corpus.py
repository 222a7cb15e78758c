#!/usr/bin/env python3
"""Writes JSON Lines to measure with: clean articles, one in fifty reworded.

    corpus.py OUT.jsonl [--bytes N | --documents N] [--shared FOLDER]

Documents come from the corpora in FOLDER (`$UNSPIN_SHARED` unless named) in a fixed order, again from the start when
all were used, each with an id, an invented address, the name of its corpus and its text as `body`. Without them, from `tests/corpus`, which is a
few articles over and over: enough to see that a run works, not to measure one. Needs `zstd` for the corpora.
"""
import argparse, glob, itertools, json, os, random, subprocess, sys, tarfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
# Press releases and pages of American offices, and textbooks: what a crawl of clean English is like, but cleaner.
CORPORA = ["senate_pr", "doj_pr", "us_gov_web", "openstax_ccby", "nltk_masc"]


def unpacked(path):
    """Lines of a corpus."""
    child = subprocess.Popen(["zstd", "-dcq", path], stdout=subprocess.PIPE, text=True, errors="replace")
    yield from child.stdout
    child.wait()


def documents(path):
    """The texts between the lines that name their sources."""
    lines = []
    for line in unpacked(path):
        if line.startswith(("##### ", "### ")):
            if lines:
                yield "".join(lines).strip()
            lines = []
        else:
            lines.append(line)
    if lines:
        yield "".join(lines).strip()


def archive(path):
    """The texts of an archive."""
    child = subprocess.Popen(["zstd", "-dcq", path], stdout=subprocess.PIPE)
    with tarfile.open(fileobj=child.stdout, mode="r|") as members:
        for member in members:
            if member.isfile():
                yield members.extractfile(member).read().decode("utf-8", "replace").strip()
    child.wait()


def read(paths):
    return [open(path, encoding="utf-8").read() for path in sorted(paths)]


def clean(shared):
    """Clean texts, each with the name of its corpus."""
    if not shared:
        own = read(glob.glob(f"{ROOT}/tests/corpus/*.txt"))
        paragraphs = [part for text in own for part in text.split("\n\n") if part.strip()]
        for number in itertools.count():
            chance = random.Random(number)
            yield "drawn", "\n\n".join(chance.sample(paragraphs, chance.randint(3, 9)))
    for name in ["reuters-a", "bbc2005"]:
        yield from ((name, text) for text in archive(f"{shared}/eval/dev/{name}.tar.zst"))
    for name in CORPORA:
        yield from ((name, text) for text in documents(f"{shared}/data/text/{name}.txt.zst"))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("out")
    parser.add_argument("--bytes", type=float, default=float("inf"))
    parser.add_argument("--documents", type=int, default=10**12)
    parser.add_argument("--shared", default=os.environ.get("UNSPIN_SHARED"))
    arguments = parser.parse_args()
    shared = arguments.shared
    if not shared or not os.path.isdir(f"{shared}/data/text"):
        print("corpus: no corpora are named; paragraphs of tests/corpus are drawn", file=sys.stderr)
        shared = None
    reworded = read(glob.glob(f"{shared}/eval/dev/spun/*.txt")) if shared else []
    reworded = reworded or read(glob.glob(f"{ROOT}/tests/corpus/*_spun.txt"))
    written = number = 0
    again = 0
    with open(arguments.out, "w", encoding="utf-8") as out:
        while written < arguments.bytes and number < arguments.documents:
            again += 1
            for source, text in clean(shared):
                if len(text) < 200:
                    continue
                if number % 50 == 49:
                    source, text = "reworded", reworded[number // 50 % len(reworded)]
                address = f"https://news.example/{number % 97}/{number}.html"
                row = {"id": number, "url": address, "source": source, "round": again, "body": text}
                line = json.dumps(row, ensure_ascii=False) + "\n"
                out.write(line)
                written += len(line.encode())
                number += 1
                if written >= arguments.bytes or number >= arguments.documents:
                    break
    print(f"{number} documents, {written} bytes, {again} rounds", file=sys.stderr)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""An archive to search and the articles whose originals are looked for in it.

    corpus.py OUT --query FOLDER=N ... --query FILE=N:TEXTS ... [--seed N]

A FOLDER holds `.txt` files; a FILE holds many texts, each after a line that begins with `### ` (lines that begin with
`##### ` are headings of sources). Of each N texts become queries, and all texts of all sources are the archive, of a FILE at
most TEXTS of them. Texts of fewer than 80 or more than 3,000 words and repeats (letters and digits the same) are left
out. Written to OUT:

    archive.jsonl      {"id", "source", "text"}, shuffled
    originals/ID.txt   the articles to reword
    near.json          of each original the ids of near duplicates: texts that share half of the runs of three words of
                       the shorter of both (the containment of Broder, On the resemblance and containment of documents,
                       1997)
"""
import argparse, collections, glob, hashlib, json, os, random, re

LEAST, MOST = 80, 3000


def texts(source):
    """The texts of a folder or a file."""
    if os.path.isdir(source):
        for path in sorted(glob.glob(os.path.join(source, "**", "*.txt"), recursive=True)):
            with open(path, encoding="utf-8", errors="replace") as file:
                yield file.read()
        return
    lines = []
    with open(source, encoding="utf-8", errors="replace") as file:
        for line in file:
            if line.startswith("### "):
                yield "".join(lines)
                lines = []
            elif not line.startswith("##### "):
                lines.append(line)
    yield "".join(lines)


def runs(text):
    """All runs of three words."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    return {tuple(words[i:i + 3]) for i in range(len(words) - 2)}


def near_duplicates(records, wanted):
    """For each wanted id those of its near duplicates."""
    index, size = collections.defaultdict(list), {}
    for record in records:
        if record["id"] in wanted:
            found = runs(record["text"])
            size[record["id"]] = len(found)
            for run in found:
                index[run].append(record["id"])
    near = {id_: [] for id_ in wanted}
    for record in records:
        found = runs(record["text"])
        shared = collections.Counter(id_ for run in found for id_ in index.get(run, ()))
        for id_, count in shared.items():
            if id_ != record["id"] and 2 * count >= min(size[id_], len(found)):
                near[id_].append(record["id"])
    return near


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out")
    parser.add_argument("--query", metavar="SOURCE=N[:TEXTS]", action="append", required=True)
    parser.add_argument("--seed", type=int, default=7)
    a = parser.parse_args()
    chance, seen, all_, wanted = random.Random(a.seed), set(), [], {}
    for query in a.query:
        source, counts = query.rsplit("=", 1)
        count, _, most = counts.partition(":")
        name = os.path.basename(source.rstrip("/")).split(".")[0]
        wanted[name] = int(count)
        found = list(texts(source))
        if not os.path.isdir(source):
            chance.shuffle(found)
            found = found[:int(most)] if most else found
        for text in found:
            text = text.strip()
            digest = hashlib.sha256(re.sub(r"\W+", " ", text.lower()).encode()).digest()
            if LEAST <= len(text.split()) <= MOST and digest not in seen:
                seen.add(digest)
                all_.append((name, text))
    chance.shuffle(all_)
    records = [{"id": i, "source": name, "text": text} for i, (name, text) in enumerate(all_)]
    ids = set()
    for name, count in wanted.items():
        ids.update(chance.sample([r["id"] for r in records if r["source"] == name], count))
    os.makedirs(os.path.join(a.out, "originals"), exist_ok=True)
    with open(os.path.join(a.out, "archive.jsonl"), "w", encoding="utf-8") as out:
        for record in records:
            out.write(json.dumps(record) + "\n")
    for id_ in ids:
        with open(os.path.join(a.out, "originals", f"{id_:05}.txt"), "w", encoding="utf-8") as out:
            out.write(records[id_]["text"])
    with open(os.path.join(a.out, "near.json"), "w", encoding="utf-8") as out:
        json.dump(near_duplicates(records, ids), out)
    print(f"{len(records)} texts, {len(ids)} queries:", dict(collections.Counter(r["source"] for r in records)))


if __name__ == "__main__":
    main()

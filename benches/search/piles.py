#!/usr/bin/env python3
"""Adds piles to an archive: several texts in one, among them an original that is looked for.

    piles.py FOLDER OUT [--of N ...] [--seed N]

FOLDER is what corpus.py wrote. For every original one pile each of N texts of the archive, itself among them; ids go
on from those of the archive. `ranks OUT QUERIES` then shows whether a pile comes before the text itself.
"""
import argparse, json, os, random


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("out")
    parser.add_argument("--of", type=int, nargs="*", default=[2, 5, 20])
    parser.add_argument("--seed", type=int, default=1)
    a = parser.parse_args()
    chance = random.Random(a.seed)
    with open(os.path.join(a.folder, "archive.jsonl"), encoding="utf-8") as file:
        records = [json.loads(line) for line in file]
    originals = sorted(int(name.split(".")[0]) for name in os.listdir(os.path.join(a.folder, "originals")))
    piles = []
    for id_ in originals:
        for size in a.of:
            texts = [records[id_]["text"], *(r["text"] for r in chance.sample(records, size - 1))]
            chance.shuffle(texts)
            piles.append({"id": len(records) + len(piles), "source": f"pile of {size}", "text": "\n\n".join(texts)})
    with open(a.out, "w", encoding="utf-8") as out:
        out.writelines(json.dumps(record) + "\n" for record in records + piles)


if __name__ == "__main__":
    main()

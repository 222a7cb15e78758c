#!/usr/bin/env python3
"""How often the original of a reworded text is found, from what the example `ranks` of `unspin-compare` printed.

    found.py FOLDER RANKS ...

FOLDER is what corpus.py wrote. Of the queries in the order of their ids the odd ones count; weights and thresholds were
set on the even ones (--even shows them). Intervals are Wilson's, 95 %.
"""
import argparse, json, os

from corpus import runs


def wilson(count, n, z=1.959964):
    """The interval of Wilson, Probable inference, JASA 22 (1927)."""
    p = count / n
    middle, half = p + z * z / (2 * n), z * (p * (1 - p) / n + z * z / (4 * n * n)) ** 0.5
    return (middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)


def share(count, n):
    low, high = wilson(count, n)
    return f"{count} of {n}, {100 * count / n:.1f} % ({100 * low:.1f} to {100 * high:.1f})"


def row(*cells):
    print("| " + " | ".join(cells) + " |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("ranks", nargs="+")
    parser.add_argument("--even", action="store_true")
    a = parser.parse_args()
    with open(os.path.join(a.folder, "near.json"), encoding="utf-8") as file:
        near = {int(id_): set(others) for id_, others in json.load(file).items()}
    with open(os.path.join(a.folder, "archive.jsonl"), encoding="utf-8") as file:
        records = [json.loads(line) for line in file]
    names = [os.path.splitext(os.path.basename(path))[0] for path in a.ranks]
    columns = []
    for path in a.ranks:
        with open(path, encoding="utf-8") as file:
            rows = [json.loads(line) for line in file][0 if a.even else 1::2]
        n, counts, shares = len(rows), {}, []
        for query in rows:
            own, same = query["id"], near.get(query["id"], set()) | {query["id"]}
            order = [found["id"] for found in query["with"]]
            strange = [f["id"] for f in query["without"] if f["likely"] and f["id"] not in same]
            said = {
                "first": order[0] == own,
                "first, it or a near duplicate": order[0] in same,
                "among the first five": own in order[:5],
                "named likely": any(f["id"] == own and f["likely"] for f in query["with"]),
                "original removed: something likely": any(f["likely"] for f in query["without"]),
                "original removed: no near duplicate likely, another text is":
                    bool(strange) and not any(f["likely"] and f["id"] in same for f in query["without"]),
            }
            for what, holds in said.items():
                counts[what] = counts.get(what, 0) + holds
            if said["original removed: no near duplicate likely, another text is"]:
                mine = runs(records[own]["text"])
                shares.append(max(len(mine & runs(records[s]["text"])) / len(mine) for s in strange))
        for least in (0.05, 0.2):
            counts[f"of these, sharing less than {100 * least:.0f} % of its runs"] = sum(s < least for s in shares)
        columns.append({what: share(count, n) for what, count in counts.items()})
    row("", *names)
    row("---", *["---"] * len(names))
    for what in columns[0]:
        row(what, *[column[what] for column in columns])


if __name__ == "__main__":
    main()

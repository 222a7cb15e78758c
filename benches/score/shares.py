#!/usr/bin/env python3
"""What share of a corpus each threshold would take, and texts from either side of it to look at.

    shares.py SCORED.jsonl [--by FIELD] [--text body] [--sample N] [--seed 1]

Reads what `unspin score` wrote. With `--by`, a row a value of that field (a source, a year, a host); with `--sample`,
the starts of N texts of each band of scores, drawn at random, each with its rules. A text that is not scored
(`unknown`) is taken by no threshold and counted by itself.
"""
import argparse, collections, json, random

THRESHOLDS = [0.5, 0.9, 0.99]
BANDS = [(0.99, 1.01), (0.9, 0.99), (0.5, 0.9), (0.1, 0.5)]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("scored")
    parser.add_argument("--by")
    parser.add_argument("--text", default="body")
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    counts = collections.defaultdict(collections.Counter)
    kept, seen = collections.defaultdict(list), collections.Counter()
    with open(arguments.scored, encoding="utf-8") as rows:
        for line in rows:
            row = json.loads(line)
            own = counts[str(row.get(arguments.by)) if arguments.by else "all"]
            level, score = row["unspin_level"], row["unspin_score"]
            own["texts"] += 1
            own[level] += 1
            if level in (None, "unknown"):
                continue
            for threshold in THRESHOLDS:
                own[threshold] += score >= threshold
            band = next((band for band in BANDS if band[0] <= score < band[1]), None)
            if arguments.sample and band:
                # Algorithm R: each text of a band has the same chance, whatever their number.
                seen[band] += 1
                entry = (row.get(arguments.text) or "", score, row["unspin_rules"])
                if len(kept[band]) < arguments.sample:
                    kept[band].append(entry)
                elif (place := chance.randrange(seen[band])) < arguments.sample:
                    kept[band][place] = entry
    heads = [arguments.by or "", "texts", "reworded", "doubtful", "unknown"]
    heads += [f"score ≥ {threshold}" for threshold in THRESHOLDS]
    print("| " + " | ".join(heads) + " |")
    print("|---" + "|--:" * (len(heads) - 1) + "|")
    for name, own in sorted(counts.items()):
        share = [f"{100 * own[key] / own['texts']:.2f} %" for key in ["reworded", "doubtful", "unknown", *THRESHOLDS]]
        print(f"| {name} | {own['texts']:,} | " + " | ".join(share) + " |")
    for band in BANDS if arguments.sample else []:
        print(f"\n## score {band[0]} to {min(band[1], 1)}: {seen[band]:,} texts")
        for text, score, rules in kept[band]:
            start = " ".join(text.split())[:300]
            print(f"\n{score} {', '.join(rules)}\n    {start}")


if __name__ == "__main__":
    main()

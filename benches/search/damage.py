#!/usr/bin/env python3
"""Damages texts more than a thesaurus does, to see how much of one must be left for its original to be found.

    damage.py FROM TO [--seed N] [--rate R] [--words N]

For every `.txt` file of FROM one of the same name in TO. A third of the sentences goes, of the others every third is
joined to the one before it, one sentence in ten swaps places with its neighbour, half of the names (as words, each the
same way throughout a text) are damaged as spinners do: in small letters, with another first letter, without one letter
or with another word in their place. Numbers up to ninety-nine are written as words, thousands lose their commas, `US`
and `U.S.` are swapped. --rate is the share of other words of five letters and more that are replaced by a word of
another of the texts, on top of what a thesaurus did before. With --words no more than so many words from the beginning
are left.
"""
import argparse, os, random, re

UNITS = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
         "seventeen eighteen nineteen").split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
SENTENCE = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9$£])")
NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]+\b")
WORD = re.compile(r"\b[a-z]{5,}\b")


def in_words(digits):
    """`42` as `forty-two`."""
    n = int(digits)
    if n < 20:
        return UNITS[n]
    return TENS[n // 10 - 2] + ("-" + UNITS[n % 10] if n % 10 else "")


def damaged(name, others, chance):
    """A name as a spinner may leave it."""
    way = chance.randrange(4)
    if way == 0:
        return name.lower()
    if way == 1:
        return chance.choice("bcdfghklmnprstvw") + name[1:]
    if way == 2:
        at = chance.randrange(1, len(name))
        return name[:at] + name[at + 1:]
    return chance.choice(others)


def reshaped(paragraph, chance):
    """A paragraph with a third of its sentences gone, some joined and some swapped."""
    kept = [s for s in SENTENCE.split(paragraph) if chance.random() >= 1 / 3]
    for at in range(len(kept) - 1):
        if chance.random() < 0.1:
            kept[at], kept[at + 1] = kept[at + 1], kept[at]
    out = []
    for sentence in kept:
        if out and chance.random() < 1 / 3 and len(sentence) > 1:
            out[-1] = out[-1].rstrip(".!?") + " and " + sentence[0].lower() + sentence[1:]
        else:
            out.append(sentence)
    return " ".join(out)


def damage(text, others, rate, chance):
    """The whole text, damaged."""
    out = "\n\n".join(filter(None, (reshaped(p, chance) for p in re.split(r"\n\s*\n", text))))
    if len(out) < len(text) / 3:
        out = text  # Tables and the like, which are one sentence.
    names = sorted({m.group() for m in NAME.finditer(out)})
    for name in names:
        if chance.random() < 0.5:
            other = damaged(name, others, chance)
            out = re.sub(rf"\b{name}\b", other, out)
    out = re.sub(r"(?<![\d.,$£-])\b\d{1,2}\b(?![\d.,%-]|(?:st|nd|rd|th))", lambda m: in_words(m.group()), out)
    out = re.sub(r"(\d),(?=\d{3}\b)", r"\1", out)
    out = re.sub(r"\bU\.S\.|\bUS\b", lambda m: "US" if "." in m.group() else "U.S.", out)
    return WORD.sub(lambda m: chance.choice(others) if chance.random() < rate else m.group(), out)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source")
    parser.add_argument("target")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=0.1)
    parser.add_argument("--words", type=int)
    a = parser.parse_args()
    names = sorted(n for n in os.listdir(a.source) if n.endswith(".txt"))
    texts = {n: open(os.path.join(a.source, n), encoding="utf-8", errors="replace").read() for n in names}
    others = sorted({w for text in texts.values() for w in WORD.findall(text)})
    os.makedirs(a.target, exist_ok=True)
    for name, text in texts.items():
        chance = random.Random(f"{a.seed} {name}")
        with open(os.path.join(a.target, name), "w", encoding="utf-8") as out:
            left = damage(text, others, a.rate, chance)
            out.write((" ".join(left.split()[:a.words]) if a.words else left) + "\n")


if __name__ == "__main__":
    main()

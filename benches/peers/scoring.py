"""Annotated articles, and how many of their marks a tool's findings hit.

A folder of articles holds NNN.txt, NNN.gold.jsonl (an object a line: `start` and `end` in code points, `conf` high or
medium) and NNN.meta.json (`exhaustive_chars`: the range in which every mark is annotated, or null).

A finding hits a mark when it overlaps it and is at most max(60, twice the mark's length) code points long, whatever its
reason is. Recall: high-confidence marks hit, of all. Precision, within the exhaustive range: marks hit, of those and the
wrong findings; a finding that hits a medium mark alone counts neither way; several findings on one mark count once.
"""
import json
from dataclasses import dataclass, field
from pathlib import Path

import positions


@dataclass
class Article:
    """A text with its marks, each `(start, end, sure)`, and the range in which they are all there, or none."""

    text: positions.Text
    marks: list
    exhaustive: tuple | None


@dataclass
class Score:
    """Sums over articles.

    `found` and `marks` are of high confidence, `right` is `found` in exhaustive ranges, `long` is those of `wrong` that
    are too long to hit a short mark: sentences, mostly.
    """

    marks: int = 0
    found: int = 0
    right: int = 0
    wrong: int = 0
    long: int = 0
    findings: int = 0
    words: int = 0
    wrong_examples: list = field(default_factory=list)

    def recall(self):
        return self.found / self.marks if self.marks else None

    def precision(self):
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None


def load(folder):
    """The articles of a folder by file name."""
    articles = {}
    for path in sorted(Path(folder).glob("*.txt")):
        gold, meta = path.with_suffix(".gold.jsonl"), path.with_suffix(".meta.json")
        if not gold.exists():
            continue
        text = positions.load(path)
        rows = [json.loads(line) for line in gold.read_text("utf-8").splitlines() if line.strip()]
        facts = json.loads(meta.read_text("utf-8")) if meta.exists() else {}
        whole = facts.get("exhaustive_chars", [0, len(text.text)])
        marks = [(row["start"], row["end"], row.get("conf", "high") == "high") for row in rows]
        articles[path.name] = Article(text, marks, tuple(whole) if whole else None)
    return articles


def hits(finding, mark):
    """Whether a finding counts as having found a mark."""
    (start, end), (first, last) = finding[:2], mark[:2]
    return start < last and end > first and end - start <= max(60, 2 * (last - first))


def score(articles, findings):
    """The score of `findings`, a list per file name, on `articles`."""
    total = Score()
    for name, article in articles.items():
        told = [(start, max(end, start + 1), why) for start, end, why in findings.get(name, [])]
        low, high = article.exhaustive or (0, 0)
        total.findings += len(told)
        total.words += article.text.words()
        for mark in article.marks:
            if mark[2]:
                found = any(hits(finding, mark) for finding in told)
                total.marks += 1
                total.found += found
                total.right += found and low <= mark[0] and mark[1] <= high
        for finding in told:
            inside = low <= finding[0] and finding[1] <= high
            if inside and not any(hits(finding, mark) for mark in article.marks):
                total.wrong += 1
                total.long += finding[1] - finding[0] > 60
                total.wrong_examples.append((name, article.text.text[finding[0] : finding[1]], finding[2]))
    return total

"""What is said of one text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Mapping, Optional, Tuple

from . import _unspin


@dataclass(frozen=True)
class Window:
    """A stretch of about 300 words that by itself reads as reworded.

    Attributes:
        start: Where it starts: code points before it in the text, from 0.
        end: Where it ends, in code points; ``text[start:end]`` is the stretch.
        score: Probability that it was reworded, 0 to 1, four decimals.
    """

    start: int
    end: int
    score: float


@dataclass(frozen=True)
class Verdict:
    """What can be said of a whole text. It speaks of marks, never of who wrote the text.

    Attributes:
        level: ``"reworded"``, ``"doubtful"``, ``"clean"`` or ``"unknown"``.
        score: Probability that the text was reworded, 0 to 1, four decimals.
        rarity: At most this share of clean reference texts of about its length scores as high, 0 to 1, six decimals
            (upper end of a 95 % interval); ``None`` where there are no such texts.
        reason: Why nothing can be said where `level` is ``"unknown"``: ``"short"`` (under 40 words) or ``"language"``
            (not English); else ``None``.
        marks: How many distinct marks the text has.
        words: How many words it has.
        windows: The stretches that stand out, in order.
    """

    level: str
    score: float
    rarity: Optional[float]
    reason: Optional[str]
    marks: int
    words: int
    windows: Tuple[Window, ...]


@dataclass(frozen=True)
class Edit:
    """Words in place of others.

    Attributes:
        start: Where the words to be replaced start, in code points of the text.
        end: Where they end, in code points; the same as `start` where something is only put in.
        text: What replaces them; empty where they are removed.
    """

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Fix:
    """A remedy.

    Attributes:
        title: What it does, in a few words.
        safety: ``"safe"`` (may be made unseen), ``"unsafe"`` (somebody should look) or ``"display"`` (shown only).
        edits: What it changes, sorted and disjoint; empty where it can only be shown.
    """

    title: str
    safety: str
    edits: Tuple[Edit, ...]


@dataclass(frozen=True)
class Finding:
    """One passage that bears a mark of automatic rewording.

    Attributes:
        rule: Id of the rule; ``unspin explain RULE`` prints its page.
        family: Family of that rule.
        severity: ``"error"``, ``"warning"`` or ``"info"``.
        confidence: Probability that the finding is right, 0 to 1, three decimals.
        evidence: What the rule alone saw, as log-odds in nats.
        message: What is wrong, in one sentence.
        start: Where the passage starts: code points before it in the text, from 0.
        end: Where it ends, in code points; ``text[start:end]`` is `source_text`.
        start_byte: Where it starts, in bytes of the text in UTF-8.
        end_byte: Where it ends, in bytes.
        line: The line that it starts in, from 1.
        column: Where in that line, in code points, from 1.
        text: The words, without markup.
        source_text: The words as they stand in the text, markup included.
        suggestions: What may stand in place of `text`, best first.
        fixes: Remedies, best first.
        notes: Why it is thought so.
    """

    rule: str
    family: str
    severity: str
    confidence: float
    evidence: float
    message: str
    start: int
    end: int
    start_byte: int
    end_byte: int
    line: int
    column: int
    text: str
    source_text: str
    suggestions: Tuple[str, ...]
    fixes: Tuple[Fix, ...]
    notes: Tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """What is said of one text.

    Attributes:
        verdict: On the whole text.
        findings: By their place in the text.
    """

    verdict: Verdict
    findings: Tuple[Finding, ...]
    _member: str = field(repr=False)

    def to_json(self, path: str = "<text>") -> str:
        """The report as ``unspin check --format json`` writes it: the very member of ``files`` for a file of this text.

        Args:
            path: What the text is called there.
        """
        return '{"path":' + _unspin.quoted(path) + self._member

    @classmethod
    def _of(cls, parts: Mapping[str, Any]) -> Report:
        return cls(_verdict(parts["verdict"]), tuple(map(_finding, parts["findings"])), parts["member"])


def _verdict(parts: Mapping[str, Any]) -> Verdict:
    windows = tuple(Window(*window) for window in parts["windows"])
    return Verdict(**{**parts, "windows": windows})


def _finding(parts: Mapping[str, Any]) -> Finding:
    lists = {name: tuple(parts[name]) for name in ("suggestions", "notes")}
    return Finding(**{**parts, **lists, "fixes": tuple(map(_fix, parts["fixes"]))})


def _fix(parts: Mapping[str, Any]) -> Fix:
    return Fix(parts["title"], parts["safety"], tuple(Edit(*edit) for edit in parts["edits"]))

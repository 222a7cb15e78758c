"""What a reworded text made of its original."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Dict, Mapping, Optional, Tuple

from .report import Report


@dataclass(frozen=True)
class Place:
    """A place in one of two texts.

    Attributes:
        start: Where it starts, in code points of that text, from 0.
        end: Where it ends, in code points; the same as `start` in the text that lacks the words.
        line: The line that it starts in, from 1.
        column: Where in that line, in code points, from 1.
        text: The words, without markup.
    """

    start: int
    end: int
    line: int
    column: int
    text: str


@dataclass(frozen=True)
class Change:
    """One change between two texts.

    Attributes:
        kind: What it is, by the id of the rule that speaks of it, such as ``"replaced-wording"``.
        original: Where in the original.
        reworded: Where in the reworded text.
    """

    kind: str
    original: Place
    reworded: Place


@dataclass(frozen=True)
class Link:
    """A stretch of the reworded text and the sentences that it comes from.

    Attributes:
        original: Start and end of each such sentence, in code points of the original; empty where it comes from none.
        reworded: Start and end of the stretch, in code points of the reworded text.
    """

    original: Tuple[Tuple[int, int], ...]
    reworded: Tuple[int, int]


@dataclass(frozen=True)
class Tally:
    """What became of quotations, numbers or names of the original.

    Attributes:
        all: How many the original has.
        changed: Of them, those that the reworded text has with other words, or cut.
        dropped: Of them, those in what the reworded text leaves out.
    """

    all: int
    changed: int
    dropped: int


@dataclass(frozen=True)
class Figures:
    """A comparison in figures. Shares are 0 to 1, four decimals.

    Attributes:
        original_words: Words, numbers and signs of the original.
        reworded_words: Those of the reworded text.
        kept: Share of the original's words that the reworded text has.
        substitutions_per_1000: Replaced wordings in 1,000 words of the reworded text.
        changes: How many changes there are, by kind.
        quotations: What became of quotations.
        numbers: What became of numbers.
        names: What became of names.
        containment: Share of the reworded text's n-grams that the original has, for n = 1 to 5.
        common_subsequence: Longest common subsequence over the words of the reworded text; ``None`` for texts of more
            than 200,000 words.
        immutables_kept: Share of the original's distinct names, numbers and quotations that the reworded text has;
            ``None`` where the original has none.
    """

    original_words: int
    reworded_words: int
    kept: float
    substitutions_per_1000: float
    changes: Dict[str, int]
    quotations: Tally
    numbers: Tally
    names: Tally
    containment: Tuple[float, ...]
    common_subsequence: Optional[float]
    immutables_kept: Optional[float]


@dataclass(frozen=True)
class Comparison:
    """What two texts have to do with each other: a record of changes.

    Attributes:
        relation: ``"same"``, ``"derived"`` or ``"not-derived"``.
        common: Share of the reworded text's telling words that are kept from the original, 0 to 1, four decimals: what
            `relation` is told by.
        figures: What the changes come to.
        changes: All changes, by their place in the reworded text; none of texts that are not related.
        links: All sentences of the reworded text with what they come from, in order.
        original: On the original: its verdict, and findings for what was left out.
        reworded: On the reworded text: its verdict, and findings for all other changes, with the original's wording as
            the fix.
    """

    relation: str
    common: float
    figures: Figures
    changes: Tuple[Change, ...]
    links: Tuple[Link, ...]
    original: Report
    reworded: Report
    _member: str = field(repr=False)

    def to_json(self) -> str:
        """The comparison as ``unspin compare --format json`` writes it: the member ``comparison``, offsets in bytes."""
        return self._member

    @classmethod
    def _of(cls, parts: Mapping[str, Any]) -> Comparison:
        member = json.loads(parts["json"])
        figures = member["figures"]
        tallies = {name: Tally(**figures[name]) for name in ("quotations", "numbers", "names")}
        containment = tuple(figures["containment"])
        changes = (
            Change(change["kind"], Place(*change["original"]), Place(*change["reworded"]))
            for change in parts["changes"]
        )
        return cls(
            relation=member["relation"],
            common=member["common"],
            figures=Figures(**{**figures, **tallies, "containment": containment}),
            changes=tuple(changes),
            links=tuple(Link(tuple(original), reworded) for original, reworded in parts["links"]),
            original=Report._of(parts["original"]),
            reworded=Report._of(parts["reworded"]),
            _member=parts["json"],
        )

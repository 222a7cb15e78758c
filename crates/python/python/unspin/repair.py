"""What became of a text that was repaired."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, AnyStr, Generic, Mapping, Tuple

from .report import Report


@dataclass(frozen=True)
class Made:
    """A fix that was made.

    Attributes:
        rule: Id of the rule whose finding it answers.
        title: What it did.
        start: Where the finding started, in code points of the text as it was at first.
        end: Where it ended, in code points.
        text: The words there, as they stood when the fix was made.
    """

    rule: str
    title: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class HeldBack:
    """A fix that may be made and does no good.

    Attributes:
        rule: Id of the rule whose finding it answers.
        title: What it would do.
        start: Where the finding starts, in code points of the repaired text.
        end: Where it ends, in code points.
        note: Why it is not made.
    """

    rule: str
    title: str
    start: int
    end: int
    note: str


@dataclass(frozen=True)
class Fixed(Generic[AnyStr]):
    """A repaired text.

    Attributes:
        text: The text, ``str`` or ``bytes`` as it was given.
        made: The fixes that were made, by place.
        held_back: Those that were not, though they may be, by place.
        rounds: In how many rounds they were made.
        converged: Whether another call would change nothing.
        report: What is found in the repaired text, under the verdict on the text as it was at first.
    """

    text: AnyStr
    made: Tuple[Made, ...]
    held_back: Tuple[HeldBack, ...]
    rounds: int
    converged: bool
    report: Report

    @classmethod
    def _of(cls, parts: Mapping[str, Any]) -> Fixed[AnyStr]:
        return cls(
            text=parts["text"],
            made=tuple(Made(*made) for made in parts["made"]),
            held_back=tuple(HeldBack(*held) for held in parts["held_back"]),
            rounds=parts["rounds"],
            converged=parts["converged"],
            report=Report._of(parts["report"]),
        )

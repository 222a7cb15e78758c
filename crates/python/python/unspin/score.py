"""Scores: what a table holds of a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, List, NamedTuple, Optional, Tuple

if TYPE_CHECKING:
    import pyarrow


class Score(NamedTuple):
    """What is said of one text, in figures: a row of the columns that :meth:`Linter.score_arrow` gives.

    Attributes:
        score: Probability that the text was reworded, 0 to 1, four decimals; ``None`` where there was no text to score.
        rarity: At most this share of clean reference texts of about its length scores as high, 0 to 1, six decimals.
        level: ``"reworded"``, ``"doubtful"``, ``"clean"`` or ``"unknown"``; ``None`` where there was no text to score.
        marks: How many distinct marks the text has; ``None`` where there was no text to score.
        rules: Ids of the rules that have findings, each once, in alphabetical order.
        reason: Why `level` is ``"unknown"`` (``"short"``, ``"language"``) or ``None`` (``"empty"``, or what is wrong with
            the text).
        findings: If asked for, the findings as JSON: ``findings`` of ``unspin check --format json``.
    """

    score: Optional[float]
    rarity: Optional[float]
    level: Optional[str]
    marks: Optional[int]
    rules: Tuple[str, ...]
    reason: Optional[str]
    findings: Optional[str]


def chunks_of(array: Any) -> Tuple[List[pyarrow.Array], bool]:
    """The arrays of a column, not copied, and whether it was one array."""
    import pyarrow

    if isinstance(array, pyarrow.Array):
        return [array], True
    if isinstance(array, pyarrow.ChunkedArray):
        return array.chunks, False
    # A polars series has both, and is in pieces.
    if hasattr(array, "__arrow_c_stream__"):
        return pyarrow.chunked_array(array).chunks, False
    if hasattr(array, "__arrow_c_array__"):
        return [pyarrow.array(array)], True
    name = type(array).__qualname__
    raise TypeError(f"a column is a pyarrow array or one of Arrow's C data interface, not {name}")

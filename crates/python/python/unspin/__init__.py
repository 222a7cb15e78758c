"""A linter for news prose that a machine has reworded.

>>> import unspin
>>> report = unspin.check("The boats wait withinside the harbour.")
>>> [(found.start, found.end, found.text, found.suggestions) for found in report.findings]
[(15, 25, 'withinside', ('in', 'within', 'inside'))]

It reports marks of automatic rewording, each with its place, a suggestion and a confidence, and a verdict on the whole
text. It never says who wrote a text. Offsets are code points, as Python counts them; probabilities and shares are 0 to 1;
evidence is in nats.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, AnyStr, Iterable, List, Optional, Tuple, Union

from . import _unspin
from .comparison import Change, Comparison, Figures, Link, Place, Tally
from .config import ConfigError, Mistake
from .linter import Linter, Text
from .repair import Fixed, HeldBack, Made
from .report import Edit, Finding, Fix, Report, Verdict, Window
from .score import Score

if TYPE_CHECKING:
    import pyarrow

__version__ = _unspin.version()

__all__ = [
    "Change",
    "Comparison",
    "ConfigError",
    "Edit",
    "Figures",
    "Finding",
    "Fix",
    "Fixed",
    "HeldBack",
    "Link",
    "Linter",
    "Made",
    "Mistake",
    "Place",
    "Report",
    "Score",
    "Tally",
    "Text",
    "Verdict",
    "Window",
    "check",
    "compare",
    "fix",
    "score_arrow",
    "score_many",
]


@lru_cache(maxsize=1)
def _default() -> Linter:
    return Linter()


def check(text: Text, *, markup: Optional[str] = None) -> Report:
    """Checks one text under the shipped defaults; see :meth:`Linter.check`."""
    return _default().check(text, markup=markup)


def fix(
    text: AnyStr,
    *,
    markup: Optional[str] = None,
    unsafe_fixes: bool = False,
    quotations: bool = False,
) -> Fixed[AnyStr]:
    """Repairs one text under the shipped defaults; see :meth:`Linter.fix`."""
    return _default().fix(text, markup=markup, unsafe_fixes=unsafe_fixes, quotations=quotations)


def compare(
    original: Text,
    reworded: Text,
    *,
    markup: Optional[str] = None,
    names: Tuple[str, str] = ("<original>", "<reworded>"),
) -> Comparison:
    """Compares two texts under the shipped defaults; see :meth:`Linter.compare`."""
    return _default().compare(original, reworded, markup=markup, names=names)


def score_many(
    texts: Iterable[Optional[Text]],
    *,
    markup: Optional[str] = None,
    findings: bool = False,
    threads: Optional[int] = None,
) -> List[Score]:
    """Scores many texts under the shipped defaults, on all cores; see :meth:`Linter.score_many`."""
    return _default().score_many(texts, markup=markup, findings=findings, threads=threads)


def score_arrow(
    array: Any,
    *,
    markup: Optional[str] = None,
    findings: bool = False,
    threads: Optional[int] = None,
) -> Union[pyarrow.StructArray, pyarrow.ChunkedArray]:
    """Scores a column of texts under the shipped defaults, on all cores; see :meth:`Linter.score_arrow`."""
    return _default().score_arrow(array, markup=markup, findings=findings, threads=threads)

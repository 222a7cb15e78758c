"""Rules under settings."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, AnyStr, Iterable, List, Mapping, Optional, Tuple, Union

from . import _unspin
from .comparison import Comparison
from .config import ConfigError, Mistake
from .repair import Fixed
from .report import Report
from .score import Score, chunks_of

if TYPE_CHECKING:
    import pyarrow

Text = Union[str, bytes]
"""A text: ``str``, or ``bytes`` in UTF-8 (or in UTF-16 with a byte-order mark)."""

Path = Union[str, "os.PathLike[str]"]


class Linter:
    """Rules under settings, ready to check texts. It never changes, and threads may share it.

    It may be pickled: it carries the bytes of all files that its settings name, and is the same linter in a process or on a
    machine where they are not.

    Args:
        config: A ``lint.toml``; without one every rule has its defaults. No file is looked for. Its overrides
            (``[[override]]``) are for files, so they hold for no text here.
        packs: Packs of rules, each a ``.toml`` file or a folder, and plugins (``.wasm``), beside those that `config` names.
        select: Ids and families of the rules whose findings are shown; none means all.
        ignore: Ids and families of rules whose findings are not shown.
        severity: ``"error"``, ``"warning"``, ``"info"`` or ``"off"``, by id of the rule.

    Raises:
        ConfigError: If anything is wrong in the settings; it tells all that is.
    """

    def __init__(
        self,
        config: Optional[Path] = None,
        *,
        packs: Iterable[Path] = (),
        select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        severity: Optional[Mapping[str, str]] = None,
    ) -> None:
        wanted: _unspin._Wanted = {
            "config": None if config is None else os.path.abspath(os.fspath(config)),
            "packs": [os.path.abspath(os.fspath(pack)) for pack in _several("packs", packs)],
            "select": list(_several("select", select)),
            "ignore": list(_several("ignore", ignore)),
            "severity": sorted((severity or {}).items()),
        }
        native, mistakes = _unspin.Linter.load(wanted, None)
        if mistakes:
            raise ConfigError(Mistake(**mistake) for mistake in mistakes)
        self._native = native

    @property
    def model(self) -> str:
        """Digest of the language model, ``sha256:`` and 64 hexadecimal digits."""
        return self._native.model()

    def check(self, text: Text, *, markup: Optional[str] = None) -> Report:
        """Checks one text.

        Args:
            text: The text. Offsets in the report are code points of it, as ``text[start:end]`` counts.
            markup: ``"plain"``, ``"markdown"`` or ``"html"``; ``None`` takes a text that starts with an HTML tag for HTML,
                and any other for plain text, as the command line does with records.
        """
        return Report._of(self._native.check(text, markup))

    def fix(
        self,
        text: AnyStr,
        *,
        markup: Optional[str] = None,
        unsafe_fixes: bool = False,
        quotations: bool = False,
    ) -> Fixed[AnyStr]:
        """Makes the repairs that are safe to make unseen.

        Args:
            text: The text; the repaired one has the same type.
            markup: As for :meth:`check`.
            unsafe_fixes: Makes those that want a look, too, right or not.
            quotations: Makes those that change words in quotation marks, too; only with `unsafe_fixes`.

        Raises:
            ValueError: If the text is ``bytes`` in which no edit can be told: UTF-16, or no text.
        """
        return Fixed._of(self._native.fix(text, markup, unsafe_fixes, quotations))

    def compare(
        self,
        original: Text,
        reworded: Text,
        *,
        markup: Optional[str] = None,
        names: Tuple[str, str] = ("<original>", "<reworded>"),
    ) -> Comparison:
        """Tells what a reworded text made of its original. Takes about a hundred times the memory of the texts.

        Args:
            original: The text that the other comes from.
            reworded: The text that comes from it.
            markup: As for :meth:`check`, of both.
            names: What the texts are called in messages.
        """
        return Comparison._of(self._native.compare(original, reworded, markup, *names))

    def score_many(
        self,
        texts: Iterable[Optional[Text]],
        *,
        markup: Optional[str] = None,
        findings: bool = False,
        threads: Optional[int] = None,
    ) -> List[Score]:
        """Scores many texts on many threads, while other Python threads run on.

        Args:
            texts: N texts, from any iterable; ``None`` is a text that is not there. They are taken in batches of some MiB.
            markup: As for :meth:`check`, of each.
            findings: Whether the findings are wanted, as JSON.
            threads: How many texts are checked at a time; ``None`` takes all cores.

        Returns:
            N scores, in the order of the texts.
        """
        scores = self._native.score_many(texts, markup, findings, threads)
        return [Score(*score[:4], tuple(score[4]), *score[5:]) for score in scores]

    def score_arrow(
        self,
        array: Any,
        *,
        markup: Optional[str] = None,
        findings: bool = False,
        threads: Optional[int] = None,
    ) -> Union[pyarrow.StructArray, pyarrow.ChunkedArray]:
        """Scores a column of texts where it lies in memory, through Arrow's C data interface. Needs pyarrow.

        Args:
            array: N texts: a pyarrow ``Array`` or ``ChunkedArray``, or an object with ``__arrow_c_array__`` or
                ``__arrow_c_stream__``, such as a polars ``Series``. Its type is string or binary, large or view or not, or
                a dictionary of them (which alone is unpacked, thus copied).
            markup: As for :meth:`check`, of each.
            findings: Whether the column ``unspin_findings`` is wanted.
            threads: How many texts are checked at a time; ``None`` takes all cores.

        Returns:
            N structs: a ``StructArray`` for one array, else a ``ChunkedArray`` with the chunks of the column. Their fields
            are ``unspin_score`` (float64, 0 to 1), ``unspin_rarity`` (float64, 0 to 1), ``unspin_level`` (string),
            ``unspin_marks`` (int32), ``unspin_rules`` (list of string), ``unspin_reason`` (string) and, if asked for,
            ``unspin_findings`` (string, JSON); see :class:`Score`.

        Raises:
            TypeError: If the array holds no texts.
        """
        import pyarrow

        chunks, is_one = chunks_of(array)
        # Of a column without chunks the type is wanted still.
        asked = chunks or [pyarrow.array([], pyarrow.string())]
        scored = self._native.score_arrays(asked, markup, findings, threads)
        if is_one:
            return scored[0]
        return pyarrow.chunked_array(scored[: len(chunks)], type=scored[0].type)

    def __reduce__(self) -> Tuple[Any, ...]:
        return _restored, self._native.state()


def _restored(wanted: _unspin._Wanted, kept: Any) -> Linter:
    native, mistakes = _unspin.Linter.load(wanted, kept)
    if mistakes:
        raise ConfigError(Mistake(**mistake) for mistake in mistakes)
    linter = Linter.__new__(Linter)
    linter._native = native
    return linter


def _several(name: str, given: Iterable[Any]) -> Iterable[Any]:
    """A lone string is a list of letters, which nobody means."""
    if isinstance(given, (str, bytes, os.PathLike)):
        raise TypeError(f"{name} takes a list; write [{given!r}]")
    return given

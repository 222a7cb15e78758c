"""Scores of a column of a Spark DataFrame. Needs PySpark 3.5 or later and pyarrow, here and on the workers.

Spark hands over batches of rows as Arrow, and each is scored by one call: no row passes through Python. Every core that
Spark gives a task is one thread here. The rules are made once in each worker process, from the files that were read where
:func:`score` was called, so that no worker needs them.
"""

from __future__ import annotations

import pickle
from functools import lru_cache
from typing import TYPE_CHECKING, Iterable, Iterator, Optional

import pyarrow
from pyspark.sql.types import (
    ArrayType,
    BinaryType,
    DoubleType,
    IntegerType,
    StringType,
    StructField,
    StructType,
)

from .linter import Linter, Path

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

__all__ = ["columns", "score"]


def columns(*, findings: bool = False) -> StructType:
    """The columns that :func:`score` adds, as a schema: those of :meth:`unspin.Linter.score_arrow`."""
    types = {
        "unspin_score": DoubleType(),
        "unspin_rarity": DoubleType(),
        "unspin_level": StringType(),
        "unspin_marks": IntegerType(),
        "unspin_rules": ArrayType(StringType()),
        "unspin_reason": StringType(),
    }
    if findings:
        types["unspin_findings"] = StringType()
    return StructType([StructField(name, kind) for name, kind in types.items()])


def score(
    df: DataFrame,
    text: str = "body",
    *,
    linter: Optional[Linter] = None,
    config: Optional[Path] = None,
    packs: Iterable[Path] = (),
    markup: Optional[str] = None,
    findings: bool = False,
) -> DataFrame:
    """Adds to a DataFrame of N rows what is said of a text in each; it has N rows still, in their partitions.

    Args:
        df: Any DataFrame, batch or stream.
        text: Name of its column of texts, strings or binary. Null and blank texts have the reason ``"empty"``.
        linter: Rules under settings; without one, those that `config` and `packs` make.
        config: As for :class:`unspin.Linter`; the file is read here, once.
        packs: As for :class:`unspin.Linter`.
        markup: As for :meth:`unspin.Linter.check`.
        findings: Whether the column ``unspin_findings`` (JSON) is wanted.

    Returns:
        The columns of `df`, then those of :func:`columns`.

    Raises:
        ValueError: If there is no such column, it holds no texts, or a column of the new ones is there already.
        ConfigError: If anything is wrong in the settings.
    """
    if linter is None:
        linter = Linter(config, packs=packs)
    elif config is not None or tuple(packs):
        raise ValueError("a linter has settings of its own; give it alone, or config and packs")
    names = df.columns
    if names.count(text) != 1:
        raise ValueError(f"of the columns {', '.join(names)} not one is {text!r}; name the column of texts")
    found = df.schema[text].dataType
    if not isinstance(found, (StringType, BinaryType)):
        raise ValueError(f"the column {text!r} holds {found.simpleString()}, not strings; cast it")
    added = columns(findings=findings)
    for name in added.names:
        if name in names:
            raise ValueError(f"the column {name!r} is there already; drop or rename it")
    scorer = _Scorer(pickle.dumps(linter), names.index(text), markup, findings)
    return df.mapInArrow(scorer, StructType(df.schema.fields + added.fields))


class _Scorer:
    """What goes to the workers."""

    def __init__(self, pickled: bytes, at: int, markup: Optional[str], findings: bool) -> None:
        self.pickled, self.at, self.markup, self.findings = pickled, at, markup, findings

    def __call__(self, batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        linter = _linter(self.pickled)
        for batch in batches:
            scored = linter.score_arrow(
                batch.column(self.at), markup=self.markup, findings=self.findings, threads=1
            )
            fields = [*batch.schema, *scored.type]
            arrays = [*batch.columns, *scored.flatten()]
            yield pyarrow.RecordBatch.from_arrays(arrays, schema=pyarrow.schema(fields))


@lru_cache(maxsize=4)
def _linter(pickled: bytes) -> Linter:
    """A linter that came from elsewhere, made once in this process."""
    linter = pickle.loads(pickled)
    assert isinstance(linter, Linter)
    return linter

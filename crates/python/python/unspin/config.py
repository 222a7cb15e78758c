"""Mistakes in settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Iterable, List, Optional, Tuple


@dataclass(frozen=True)
class Mistake:
    """One mistake in a settings file, a pack or an argument.

    Attributes:
        path: The file; ``None`` where an argument is wrong, or a file cannot be opened.
        line: The line, from 1; 0 where `path` is ``None``.
        column: Where in that line, in code points, from 1; 0 where `path` is ``None``.
        message: What is wrong, in one sentence.
        help: The way out, where the message does not say it.
    """

    path: Optional[str]
    line: int
    column: int
    message: str
    help: Optional[str]

    def __str__(self) -> str:
        place = "" if self.path is None else f"{self.path}:{self.line}:{self.column}: "
        help_ = "" if self.help is None else f" ({self.help})"
        return _shown(f"{place}{self.message}{help_}")


class ConfigError(ValueError):
    """Settings that cannot be used. The message has a line for each mistake: file, line and column, what is wrong and the
    way out.

    Attributes:
        mistakes: All of them, by file and place.
    """

    mistakes: Tuple[Mistake, ...]

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(map(str, self.mistakes)))

    def __reduce__(self) -> Tuple[Any, ...]:
        return ConfigError, (self.mistakes,)


def _shown(line: str) -> str:
    """A line without what would drive a terminal: settings are quoted in what is said of them."""
    told: List[str] = [c if c.isprintable() else "\ufffd" for c in line]
    return "".join(told)

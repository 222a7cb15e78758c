"""A program that uses all of the package, for a type checker to read (`test_types.py`)."""

from typing import List, Optional, Tuple

import unspin
from unspin import Fix, Fixed, Linter, Report, Score


def places(report: Report) -> List[Tuple[int, int, Optional[str]]]:
    return [(f.start, f.end, f.suggestions[0] if f.suggestions else None) for f in report.findings]


def use(text: str, original: bytes) -> str:
    linter = Linter("lint.toml", packs=["house.toml"], select=["names"], severity={"garbled-word": "info"})
    report: Report = linter.check(text, markup="html")
    level: str = report.verdict.level
    rarity: Optional[float] = report.verdict.rarity
    fixes: Tuple[Fix, ...] = report.findings[0].fixes
    as_text: Fixed[str] = unspin.fix(text, unsafe_fixes=True)
    as_bytes: Fixed[bytes] = linter.fix(original)
    repaired: Tuple[str, bytes] = (as_text.text, as_bytes.text)
    comparison = unspin.compare(original, text)
    share: float = comparison.figures.kept
    scores: List[Score] = unspin.score_many((t for t in (text, None)), findings=True, threads=2)
    best: float = max(score.score or 0.0 for score in scores)
    try:
        unspin.Linter("other.toml")
    except unspin.ConfigError as error:
        lines: List[int] = [mistake.line for mistake in error.mistakes]
        return f"{lines}"
    return f"{level} {rarity} {fixes} {repaired} {share} {best} {places(report)} {report.to_json('a.txt')}"


def misuse(linter: Linter) -> None:
    linter.check(5)  # type: ignore[arg-type]
    linter.score_many(7)  # type: ignore[arg-type]
    linter.check("Text.").verdict.level = "clean"  # type: ignore[misc]
    text: str = linter.fix(b"Bytes.").text  # type: ignore[assignment]
    print(text)

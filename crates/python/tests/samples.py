"""Texts that the tests share, and the command line to hold the package against."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, List

ROOT = Path(__file__).resolve().parents[3]
CORPUS = ROOT / "tests" / "corpus"
SPUN = CORPUS / "ferry_spun.txt"
CLEAN = CORPUS / "ferry_clean.txt"

MARKED = "The boats wait withinside the harbour."
REPAIRABLE = "The inquiry was led with the aid of using a judge."


def command(*arguments: object, cwd: Any = None) -> "subprocess.CompletedProcess[bytes]":
    """The command line, under defaults."""
    line = [sys.executable, "-m", "unspin", *map(str, arguments)]
    return subprocess.run(line, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)


def corpus() -> List[Path]:
    """All plain texts of the test corpus."""
    found = sorted(CORPUS.rglob("*.txt"))
    assert len(found) > 5, "the corpus is there"
    return found


def members(report: bytes) -> List[str]:
    """The members of `files` in a JSON report, as they stand there: one a line."""
    lines = report.decode("utf-8").split("\n")
    end = next(at for at, line in enumerate(lines) if line.startswith('],"errors":'))
    return [line[:-1] if line.endswith(",") else line for line in lines[1:end]]


def records(texts: List[str], folder: Path) -> List[Any]:
    """What `check --format jsonl` says of texts in records, under defaults, by record."""
    path = folder / "texts.jsonl"
    path.write_text("".join(json.dumps({"body": text}) + "\n" for text in texts), encoding="utf-8")
    ran = command("check", "--no-config", "--format", "jsonl", path)
    return [json.loads(line) for line in ran.stdout.decode("utf-8").splitlines()]

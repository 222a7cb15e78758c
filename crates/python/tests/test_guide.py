"""The guide (`README.md`) is true: every line of it that Python reads is run, and prints what the guide says.

A section whose heading names a library runs where it is installed; what is skipped is said.
"""

import doctest
import importlib.util
import os
import re
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Any, Dict, List, Tuple

import unspin

GUIDE = Path(__file__).resolve().parents[1] / "README.md"
LIBRARIES = {"Arrow": ["pyarrow"], "pandas": ["pandas", "pyarrow"], "polars": ["polars", "pyarrow"], "Spark": ["pyspark"]}


def sections() -> List[Tuple[str, List[Tuple[int, str]]]]:
    """Heading of each section, and its blocks with their lines."""
    found: List[Tuple[str, List[Tuple[int, str]]]] = [("", [])]
    lines = GUIDE.read_text(encoding="utf-8").splitlines()
    block: List[str] = []
    opened = 0
    for number, line in enumerate(lines):
        if line.startswith("```"):
            if opened:
                found[-1][1].append((opened, "\n".join(block) + "\n"))
                opened = 0
            elif line == "```pycon":
                opened, block = number + 1, []
            elif line != "```" and re.match("```(python|py)", line):
                raise AssertionError(f"line {number + 1}: a block that nothing runs; make it pycon")
        elif opened:
            block.append(line)
        elif line.startswith("#"):
            found.append((line.lstrip("# "), []))
    return found


class Guide(unittest.TestCase):
    def test_the_first_page_of_the_package_is_true(self) -> None:
        result = doctest.testmod(unspin)
        self.assertEqual(result.failed, 0)
        self.assertGreater(result.attempted, 2)

    def test_every_line_does_what_the_guide_says(self) -> None:
        known: Dict[str, Any] = {}
        runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
        before = os.getcwd()
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            try:
                for heading, blocks in sections():
                    wanted = [m for name, needs in LIBRARIES.items() if name in heading for m in needs]
                    missing = [module for module in wanted if importlib.util.find_spec(module) is None]
                    if missing:
                        print(f"SKIPPED: {missing[0]} is missing, for the section {heading!r}", file=sys.stderr)
                        continue
                    for line, block in blocks:
                        test = doctest.DocTestParser().get_doctest(block, known, heading, str(GUIDE), line)
                        self.assertTrue(test.examples, f"line {line}: nothing to run")
                        runner.run(test, clear_globs=False)
                        known.update(test.globs)
            finally:
                os.chdir(before)
        result = runner.summarize(verbose=False)
        self.assertEqual(result.failed, 0)
        self.assertGreater(result.attempted, 15)


if __name__ == "__main__":
    unittest.main()

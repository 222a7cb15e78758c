"""Columns of texts: every type that holds them, read where they lie."""

import json
import subprocess
import sys
import unittest
from typing import Any

import samples
import unspin

try:
    import pyarrow as pa
except ImportError:
    print("SKIPPED: pyarrow is missing, so no column is scored", file=sys.stderr)
    pa = None

TEXTS = [samples.MARKED, None, samples.SPUN.read_text("utf-8"), "", samples.CLEAN.read_text("utf-8")]
NAMES = ["unspin_score", "unspin_rarity", "unspin_level", "unspin_marks", "unspin_rules", "unspin_reason"]


@unittest.skipIf(pa is None, "pyarrow is missing")
class ScoreArrow(unittest.TestCase):
    def rows(self, column: Any) -> Any:
        return column.to_pylist()

    def setUp(self) -> None:
        self.wanted = [
            dict(zip(NAMES, (*score[:4], None if score.level is None else list(score.rules), score.reason)))
            for score in unspin.score_many(TEXTS)
        ]

    def test_every_type_of_texts_is_scored_alike(self) -> None:
        types = [pa.string(), pa.large_string(), pa.binary(), pa.large_binary()]
        types += [pa.dictionary(pa.int32(), pa.string())]
        types += [getattr(pa, name)() for name in ("string_view", "binary_view") if hasattr(pa, name)]
        for kind in types:
            if pa.types.is_dictionary(kind):
                array = pa.array(TEXTS, pa.string()).dictionary_encode()
            else:
                given = [t if t is None or "string" in str(kind) else t.encode() for t in TEXTS]
                array = pa.array(given, kind)
            scored = unspin.score_arrow(array)
            self.assertIsInstance(scored, pa.StructArray)
            scored.validate(full=True)
            self.assertEqual([field.name for field in scored.type], NAMES, kind)
            self.assertEqual(self.rows(scored), self.wanted, kind)

    def test_slices_and_chunks_keep_their_rows(self) -> None:
        array = pa.array(["Not this.", *TEXTS, "Nor this."])
        self.assertEqual(self.rows(unspin.score_arrow(array[1:-1])), self.wanted)
        column = pa.chunked_array([TEXTS[:2], [], TEXTS[2:]], pa.string())
        scored = unspin.score_arrow(column)
        self.assertEqual([len(chunk) for chunk in scored.chunks], [2, 0, 3])
        self.assertEqual(self.rows(scored), self.wanted)
        nothing = unspin.score_arrow(pa.chunked_array([], pa.string()))
        self.assertEqual((len(nothing), nothing.type), (0, scored.type))

    def test_findings_are_a_column_of_json(self) -> None:
        scored = unspin.score_arrow(pa.array(TEXTS), findings=True)
        found = scored.field("unspin_findings").to_pylist()
        self.assertEqual(found, [score.findings for score in unspin.score_many(TEXTS, findings=True)])
        self.assertEqual(json.loads(found[0])[0]["rule"], "cascade-artifact")

    def test_others_that_speak_arrow_are_taken(self) -> None:
        array = pa.array(TEXTS)

        class Array:
            def __arrow_c_array__(self, schema: Any = None) -> Any:
                return array.__arrow_c_array__(schema)

        self.assertEqual(self.rows(unspin.score_arrow(Array())), self.wanted)
        try:
            import polars
        except ImportError:
            print("SKIPPED: polars is missing, so no series of it is scored", file=sys.stderr)
            return
        scored = unspin.score_arrow(polars.Series(TEXTS))
        self.assertEqual(self.rows(scored), self.wanted)

    def test_what_holds_no_texts_is_refused(self) -> None:
        with self.assertRaisesRegex(TypeError, "Int64 holds no texts"):
            unspin.score_arrow(pa.array([1, 2]))
        with self.assertRaisesRegex(TypeError, "Arrow's C data interface, not list"):
            unspin.score_arrow(TEXTS)

    def test_texts_are_not_copied(self) -> None:
        """256 MiB of texts, which take a copy's memory more where one is made."""
        program = """
import resource
import pyarrow as pa, unspin
unspin.score_arrow(pa.array(["Once."]))
array = pa.array([" " * (1 << 20)]).take(pa.array([0] * 256))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
scored = unspin.score_arrow(array)
assert scored.field("unspin_reason").to_pylist() == ["empty"] * 256
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""
        ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
        self.assertLess(int(ran.stdout), 64, "MiB")


if __name__ == "__main__":
    unittest.main()

"""Scores in Spark: the same as elsewhere, in one process and on workers of their own. Run by `.ci/spark`."""

import importlib.util
import json
import os
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Any

import samples
import unspin

if importlib.util.find_spec("pyspark") is None:
    print("SKIPPED: pyspark is missing, so nothing is scored in Spark", file=sys.stderr)
    raise unittest.SkipTest("pyspark is missing")

import pyarrow as pa
from pyspark.sql import SparkSession

import unspin.spark
from unspin.spark import _linter, _Scorer


def texts() -> list:  # type: ignore[type-arg]
    corpus = [path.read_text(encoding="utf-8") for path in samples.corpus()]
    return [*corpus, samples.MARKED, None, "", f"<p>{samples.SPUN.read_text(encoding='utf-8')}</p>"]


class Shared:
    """The tests of any master."""

    master = ""
    spark: Any

    @classmethod
    def setUpClass(cls) -> None:
        os.environ["PYSPARK_PYTHON"] = sys.executable
        builder = SparkSession.builder.master(cls.master).appName("unspin")
        # The smallest batches there are, so that there are many.
        builder = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", "3")
        builder = builder.config("spark.ui.enabled", "false").config("spark.ui.showConsoleProgress", "false")
        builder = builder.config("spark.driver.bindAddress", "127.0.0.1")
        cls.spark = builder.config("spark.driver.host", "127.0.0.1").getOrCreate()
        cls.spark.sparkContext.setLogLevel("ERROR")

    @classmethod
    def tearDownClass(cls) -> None:
        cls.spark.stop()

    def frame(self) -> Any:
        rows = [(at, text, {"n": at}) for at, text in enumerate(texts())]
        return self.spark.createDataFrame(rows, "id int, body string, more map<string,int>").repartition(4)

    def rows(self, frame: Any) -> Any:
        return sorted(frame.collect(), key=lambda row: row["id"])

    def test_scores_are_those_of_the_package_and_of_the_command_line(self: Any) -> None:
        given = texts()
        scored = unspin.spark.score(self.frame(), findings=True)
        self.assertEqual(
            scored.schema.names, ["id", "body", "more", *unspin.spark.columns(findings=True).names]
        )
        rows = self.rows(scored)
        for row, text, score in zip(rows, given, unspin.score_many(given, findings=True)):
            self.assertEqual((row["body"], row["more"]), (text, {"n": row["id"]}))
            rules = None if score.level is None else list(score.rules)
            self.assertEqual(tuple(row)[3:], (*score[:4], rules, *score[5:]))
        self.assertEqual(len(rows), len(given))
        with tempfile.TemporaryDirectory() as folder:
            records = samples.records([text for text in given if text], Path(folder))
        for row, record in zip([row for row in rows if row["body"]], records):
            verdict = record["verdict"]
            self.assertEqual(row["unspin_score"], verdict["score"])
            self.assertEqual((row["unspin_rarity"], row["unspin_level"]), (verdict["rarity"], verdict["level"]))
            self.assertEqual((row["unspin_marks"], row["unspin_reason"]), (verdict["marks"], verdict["reason"]))
            self.assertEqual(json.loads(row["unspin_findings"]), record["findings"])

    def test_workers_need_no_file_of_the_settings(self: Any) -> None:
        with tempfile.TemporaryDirectory() as folder:
            config = Path(folder) / "lint.toml"
            config.write_text("[rules.cascade-artifact]\nseverity = 'off'\n")
            scored = unspin.spark.score(self.frame(), config=config)
        rows = self.rows(scored)
        marked = [row for row in rows if row["body"] == samples.MARKED]
        self.assertEqual(marked[0]["unspin_rules"], [])

    def test_binary_and_other_settings_of_arrow_are_taken(self: Any) -> None:
        frame = self.frame().selectExpr("id", "cast(body as binary) as raw")
        wanted = [score.score for score in unspin.score_many(texts())]
        for large in ("false", "true"):
            self.spark.conf.set("spark.sql.execution.arrow.useLargeVarTypes", large)
            for column, given in (("raw", frame), ("body", self.frame())):
                rows = self.rows(unspin.spark.score(given, column))
                self.assertEqual([row["unspin_score"] for row in rows], wanted)
        self.spark.conf.set("spark.sql.execution.arrow.useLargeVarTypes", "false")

    def test_wrong_columns_are_told_before_anything_runs(self: Any) -> None:
        frame = self.frame()
        with self.assertRaisesRegex(ValueError, "id, body, more not one is 'text'"):
            unspin.spark.score(frame, "text")
        with self.assertRaisesRegex(ValueError, "'id' holds int, not strings"):
            unspin.spark.score(frame, "id")
        with self.assertRaisesRegex(ValueError, "'unspin_score' is there already"):
            unspin.spark.score(unspin.spark.score(frame))
        with self.assertRaisesRegex(ValueError, "settings of its own"):
            unspin.spark.score(frame, linter=unspin.Linter(), config="lint.toml")
        self.assertEqual(self.rows(unspin.spark.score(frame.limit(0))), [])


class InOneProcess(Shared, unittest.TestCase):
    master = "local[2]"


class OnWorkers(Shared, unittest.TestCase):
    # Two workers of one core and 1,024 MiB, each a process of its own.
    master = "local-cluster[2,1,1024]"


class Once(unittest.TestCase):
    def test_a_process_makes_its_linter_once_and_a_batch_takes_one_call(self) -> None:
        import pickle

        scorer = pickle.loads(pickle.dumps(_Scorer(pickle.dumps(unspin.Linter()), 0, None, False)))
        _linter.cache_clear()
        batch = pa.record_batch([pa.array([samples.MARKED, None])], names=["body"])
        for _ in range(3):
            self.assertEqual([b.num_rows for b in scorer(iter([batch, batch]))], [2, 2])
        self.assertEqual((_linter.cache_info().misses, _linter.cache_info().hits), (1, 2))


if __name__ == "__main__":
    unittest.main()

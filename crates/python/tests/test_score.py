"""Scores of many texts: the same as one by one, on all cores, without the interpreter's lock."""

import json
import sys
import tempfile
import threading
import unittest
from pathlib import Path
from typing import Iterator, List

import samples
import unspin


def texts() -> List[str]:
    """Texts of all levels, short, foreign, marked up and empty."""
    corpus = [path.read_text(encoding="utf-8") for path in samples.corpus()]
    foreign = "Der Betreiber der Fähren bat am Dienstag seine Banken um einen zweiten Kredit. " * 8
    page = f"<p>{samples.SPUN.read_text(encoding='utf-8')}</p>"
    return [*corpus, foreign, page, samples.MARKED, "🛳️ " + samples.MARKED]


class ScoreMany(unittest.TestCase):
    def test_scores_are_those_of_checks_in_order(self) -> None:
        given = texts()
        levels = set()
        for text, score in zip(given, unspin.score_many(given, findings=True)):
            report = unspin.check(text)
            verdict = report.verdict
            self.assertEqual(
                score[:4], (verdict.score, verdict.rarity, verdict.level, verdict.marks), text[:40]
            )
            self.assertEqual(score.reason, verdict.reason)
            self.assertEqual(score.rules, tuple(sorted({found.rule for found in report.findings})))
            found = json.loads(score.findings or "")
            self.assertEqual(found, json.loads(report.to_json())["findings"])
            levels.add(verdict.level)
        self.assertLessEqual({"reworded", "clean", "unknown"}, levels)

    def test_records_are_told_the_same_by_the_command_line(self) -> None:
        given = texts()
        with tempfile.TemporaryDirectory() as folder:
            records = samples.records(given, Path(folder))
        scores = unspin.score_many(given, findings=True)
        self.assertEqual(len(records), len(given))
        for record, text, score in zip(records, given, scores):
            verdict = record["verdict"]
            self.assertEqual(score[:3], (verdict["score"], verdict["rarity"], verdict["level"]))
            self.assertEqual((score.marks, score.reason), (verdict["marks"], verdict["reason"]))
            self.assertEqual(json.loads(score.findings or ""), record["findings"])
            report = json.loads(unspin.check(text).to_json())
            self.assertEqual((report["verdict"], report["findings"]), (verdict, record["findings"]))

    def test_tables_have_the_same_columns(self) -> None:
        given = texts()
        with tempfile.TemporaryDirectory() as folder:
            path, out = Path(folder) / "in.jsonl", Path(folder) / "out.jsonl"
            path.write_text("".join(json.dumps({"body": text}) + "\n" for text in given), "utf-8")
            ran = samples.command("score", "--no-config", "--findings", path, "--out", out)
            self.assertEqual(ran.returncode, 0, ran.stderr)
            rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
        for row, score in zip(rows, unspin.score_many(given, findings=True)):
            fields = {f"unspin_{name}": value for name, value in score._asdict().items()}
            fields["unspin_rules"] = list(score.rules)
            # In JSON they are JSON, not a string of it.
            fields["unspin_findings"] = None if score.findings is None else json.loads(score.findings)
            for name, value in fields.items():
                self.assertEqual(row.get(name), value, name)
        self.assertEqual(len(rows), len(given))

    def test_the_number_of_threads_changes_nothing(self) -> None:
        given = texts() * 3
        one = unspin.score_many(given, findings=True, threads=1)
        for threads in (2, 7, None):
            self.assertEqual(unspin.score_many(iter(given), findings=True, threads=threads), one)
        for wrong in (0, -1):
            with self.assertRaises((ValueError, OverflowError)):
                unspin.score_many(given, threads=wrong)

    def test_what_is_no_text_has_a_reason_or_is_refused(self) -> None:
        none, blank, short = unspin.score_many([None, " \n", b"Two words."])
        empty = unspin.Score(None, None, None, None, (), "empty", None)
        self.assertEqual((none, blank), (empty, empty))
        self.assertEqual((short.level, short.reason, short.findings), ("unknown", "short", None))
        with self.assertRaisesRegex(TypeError, "str or bytes, not float"):
            unspin.score_many(["One.", float("nan")])  # type: ignore[list-item]

    def test_more_texts_than_a_batch_keep_their_order(self) -> None:
        given = [f"Number {at} is short." if at % 3 else samples.MARKED for at in range(10_000)]
        scores = unspin.score_many(given)
        self.assertEqual(len(scores), len(given))
        for at, score in enumerate(scores):
            self.assertEqual(score.rules, () if at % 3 else ("cascade-artifact",))

    def test_other_threads_run_meanwhile(self) -> None:
        """Nobody is switched to unless the lock is let go, so whoever ran did so while texts were scored."""
        began, ran = threading.Event(), threading.Event()

        def other() -> None:
            began.wait()
            ran.set()

        seen = []

        def given() -> Iterator[str]:
            yield "\n\n".join(texts()) * 20
            seen.append(ran.is_set())
            began.set()
            seen.append(ran.is_set())

        thread = threading.Thread(target=other)
        interval = sys.getswitchinterval()
        unspin.score_many(["The model is there."])
        thread.start()
        try:
            sys.setswitchinterval(1_000)
            unspin.score_many(given())
            seen.append(ran.is_set())
        finally:
            sys.setswitchinterval(interval)
            thread.join()
        self.assertEqual(seen, [False, False, True])


if __name__ == "__main__":
    unittest.main()

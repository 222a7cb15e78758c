"""Scores, tables and texts, on articles of our own."""
import json
import tempfile
import unittest
from pathlib import Path

import corpus
import positions
import scoring
import table


def article(text, marks, exhaustive):
    return scoring.Article(positions.Text(text), marks, exhaustive)


class Scores(unittest.TestCase):
    def test_a_long_finding_hits_nothing(self):
        self.assertTrue(scoring.hits((0, 60, ""), (10, 15, True)))
        self.assertFalse(scoring.hits((0, 61, ""), (10, 15, True)))
        self.assertTrue(scoring.hits((0, 80, ""), (10, 50, True)))

    def test_findings_that_touch_at_an_end_do_not_overlap(self):
        self.assertFalse(scoring.hits((0, 10, ""), (10, 15, True)))
        self.assertTrue(scoring.hits((0, 11, ""), (10, 15, True)))

    def test_what_counts_and_what_does_not(self):
        marks = [(0, 4, True), (10, 14, True), (20, 24, False), (90, 94, True)]
        articles = {"a.txt": article("word " * 20, marks, (0, 80))}
        found = [(0, 4, ""), (1, 3, ""), (20, 24, ""), (40, 44, ""), (90, 94, ""), (95, 99, "")]
        score = scoring.score(articles, {"a.txt": found})
        # One mark found twice, one missed, one of medium confidence, one outside of the exhaustive range.
        self.assertEqual((score.marks, score.found, score.right, score.wrong), (3, 2, 1, 1))
        self.assertEqual((score.recall(), score.precision()), (2 / 3, 1 / 2))
        self.assertEqual((score.findings, score.words), (6, 20))

    def test_an_article_beyond_repair_is_for_recall_alone(self):
        score = scoring.score({"a.txt": article("word " * 20, [(0, 4, True)], None)}, {"a.txt": [(0, 4, ""), (40, 44, "")]})
        self.assertEqual((score.found, score.right, score.wrong, score.precision()), (1, 0, 0, None))

    def test_a_wrong_finding_of_a_sentence_is_told_apart(self):
        found = [(0, 61, ""), (62, 80, "")]
        score = scoring.score({"a.txt": article("word " * 20, [(0, 4, True)], (0, 99))}, {"a.txt": found})
        self.assertEqual((score.wrong, score.long), (2, 1))

    def test_a_finding_without_length_is_one_long(self):
        score = scoring.score({"a.txt": article("word word", [(5, 9, True)], (0, 9))}, {"a.txt": [(5, 5, "")]})
        self.assertEqual((score.found, score.wrong), (1, 0))

    def test_articles_are_read_from_their_folder(self):
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            (place / "001.txt").write_text("Café 😀 withinside.", "utf-8")
            (place / "001.gold.jsonl").write_text('{"start": 7, "end": 17, "conf": "high"}\n', "utf-8")
            (place / "001.meta.json").write_text(json.dumps({"exhaustive_chars": [0, 18]}), "utf-8")
            (place / "002.txt").write_text("Not annotated.", "utf-8")
            read = scoring.load(place)
            self.assertEqual(list(read), ["001.txt"])
            self.assertEqual((read["001.txt"].marks, read["001.txt"].exhaustive), ([(7, 17, True)], (0, 18)))
            (place / "001.txt").write_bytes(b"One.\r\nTwo.")
            with self.assertRaisesRegex(ValueError, "carriage return"):
                scoring.load(place)


class Texts(unittest.TestCase):
    def test_made_text_is_the_same_every_time(self):
        with tempfile.TemporaryDirectory() as folder:
            seed = Path(folder, "seed.txt")
            seed.write_text("The wind drops.\n\nThe boats wait.\n", "utf-8")
            texts = corpus.gather([], [seed])
            self.assertEqual(texts, corpus.gather([], [seed]))
            self.assertEqual(len(texts), corpus.MADE_FILES)

    def test_sizes_are_about_what_was_asked_for(self):
        texts = {f"{n:03}.txt": "word " * 200 for n in range(100)}
        self.assertEqual(len(corpus.spread(texts, 10_000)), 10)
        self.assertEqual(corpus.spread(texts, 10_000_000), texts)
        self.assertTrue(150_000 <= len(corpus.joined(texts, 150_000)["long.txt"]) < 152_000)


class Tables(unittest.TestCase):
    def test_only_what_is_between_the_marks_is_changed(self):
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder, "page.md")
            page.write_text(f"before\n{table.BEGIN}\nold\n{table.END}\nafter\n", "utf-8")
            table.put(page, "new\n")
            self.assertEqual(page.read_text("utf-8"), f"before\n{table.BEGIN}\nnew\n{table.END}\nafter\n")
            page.write_text("no place\n", "utf-8")
            with self.assertRaisesRegex(ValueError, "no place for the table"):
                table.put(page, "new\n")

    def test_a_tool_that_is_too_slow_is_measured_on_what_it_finished(self):
        small = {"bytes": 100_000, "late": False, "cpu": 2.0, "memory": 50 << 20, "findings": 30, "words": 10_000}
        figures = {"folder": {"small": small, "large": {"bytes": 1_000_000, "late": True}}}
        self.assertEqual(table.rate(table.finished(figures, "folder")), 0.05)
        self.assertEqual(table.per_10k(table.finished(figures, "folder")), 30)
        self.assertEqual(table.seconds(figures["folder"]["large"], 60), "> 60")
        self.assertIsNone(table.finished({"file": {"large": {"bytes": 1, "late": True}}}, "file"))

    def test_numbers_are_short(self):
        told = [table.number(value) for value in (None, 0, 0.0004, 0.0312, 4.36, 1066.2)]
        self.assertEqual(told, ["–", "0", "< 0.001", "0.031", "4.4", "1,066"])


if __name__ == "__main__":
    unittest.main()

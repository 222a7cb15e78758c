"""Repairs: those of the command line, in the type that was given."""

import shutil
import tempfile
import unittest
from pathlib import Path

import samples
import unspin


class Repair(unittest.TestCase):
    def test_a_text_is_repaired_as_the_command_line_does(self) -> None:
        for flags, options in (
            ([], {}),
            (["--unsafe-fixes"], {"unsafe_fixes": True}),
            (["--unsafe-fixes", "--quotations"], {"unsafe_fixes": True, "quotations": True}),
        ):
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "story.txt"
                shutil.copy(samples.SPUN, path)
                samples.command("fix", "--no-config", *flags, path)
                fixed = unspin.fix(samples.SPUN.read_bytes(), markup="plain", **options)
                self.assertEqual(fixed.text, path.read_bytes(), flags)
                self.assertGreater(len(fixed.made), 0)

    def test_what_was_made_is_told_by_its_place(self) -> None:
        text = "🛳️ " + samples.REPAIRABLE
        fixed = unspin.fix(text)
        self.assertEqual(fixed.text, "🛳️ The inquiry was led by a judge.")
        (made,) = fixed.made
        self.assertEqual(text[made.start : made.end], "led with the aid of using")
        self.assertEqual((made.rule, made.text), ("cascade-artifact", "led with the aid of using"))
        self.assertTrue(fixed.converged)
        self.assertEqual(fixed.report.findings, ())
        again = unspin.fix(fixed.text)
        self.assertEqual((again.text, again.made, again.rounds), (fixed.text, (), 0))

    def test_the_type_is_that_of_the_text(self) -> None:
        self.assertEqual(unspin.fix(samples.REPAIRABLE.encode()).text, b"The inquiry was led by a judge.")
        lone = "One \udc80 two."
        self.assertIs(unspin.fix(lone).text, lone)

    def test_what_was_held_back_lies_in_the_repaired_text(self) -> None:
        fixed = unspin.fix(samples.SPUN.read_text(encoding="utf-8"), unsafe_fixes=True)
        self.assertGreater(len(fixed.held_back), 0)
        for held in fixed.held_back:
            self.assertTrue(0 <= held.start < held.end <= len(fixed.text))
            self.assertIn("not repaired", held.note)

    def test_bytes_in_which_no_edit_can_be_told_are_refused(self) -> None:
        with self.assertRaisesRegex(ValueError, "UTF-16"):
            unspin.fix(samples.MARKED.encode("utf-16"))
        with self.assertRaisesRegex(ValueError, "binary"):
            unspin.fix(b"\0" * 64)


if __name__ == "__main__":
    unittest.main()

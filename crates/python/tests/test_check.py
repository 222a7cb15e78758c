"""Checking one text: offsets, verdict, and the same report as the command line's."""

import dataclasses
import pickle
import unittest

import samples
import unspin


class Check(unittest.TestCase):
    def test_offsets_are_code_points_of_the_text_as_given(self) -> None:
        for before in ("", "\ufeff", "Café 🛳️ naïve.\n\n", "a\r\nb\rc\n", "\udc80 and \ud83d\ude00: ", "\0"):
            text = before + samples.MARKED + " 🛳️ After it."
            (found,) = [f for f in unspin.check(text).findings if f.rule == "cascade-artifact"]
            self.assertEqual((found.start, found.end), (len(before) + 15, len(before) + 25), repr(before))
            self.assertEqual(text[found.start : found.end], found.source_text)
            self.assertEqual((found.text, found.suggestions), ("withinside", ("in", "within", "inside")))
            for edit in found.fixes[0].edits:
                self.assertEqual(text[edit.start : edit.end], "withinside")

    def test_bytes_are_read_as_the_file_that_they_are_of(self) -> None:
        text = "Café: " + samples.MARKED
        report = unspin.check(text)
        self.assertEqual(unspin.check(text.encode("utf-8")), report)
        found = report.findings[0]
        self.assertEqual(text.encode("utf-8")[found.start_byte : found.end_byte], b"withinside")
        wide = unspin.check(("\ufeff" + text).encode("utf-16"))
        self.assertEqual([f.text for f in wide.findings], ["withinside"])

    def test_markup_is_told_by_the_start_or_said(self) -> None:
        page = "<p>The boats wait <b>withinside</b> the harbour.</p>"
        (found,) = unspin.check(page).findings
        self.assertEqual(page[found.start : found.end], found.source_text)
        self.assertEqual(unspin.check(page, markup="html"), unspin.check(page))
        self.assertNotEqual(unspin.check(page, markup="plain").to_json(), unspin.check(page).to_json())
        hidden = f"<!-- {samples.MARKED} -->"
        self.assertEqual(unspin.check(hidden, markup="markdown").findings, ())
        self.assertEqual(len(unspin.check(hidden).findings), 1)

    def test_what_is_no_text_is_refused_with_the_way_out(self) -> None:
        with self.assertRaisesRegex(TypeError, "a str or bytes, not int"):
            unspin.check(5)  # type: ignore[arg-type]
        with self.assertRaisesRegex(ValueError, '"plain", "markdown", "html" or None.*"rtf"'):
            unspin.check("Text.", markup="rtf")

    def test_the_verdict_speaks_of_the_whole(self) -> None:
        spun = unspin.check(samples.SPUN.read_text(encoding="utf-8")).verdict
        clean = unspin.check(samples.CLEAN.read_text(encoding="utf-8")).verdict
        self.assertEqual((spun.level, clean.level), ("reworded", "clean"))
        self.assertTrue(0 <= clean.score < 0.1 < 0.9 < spun.score <= 1)
        short = unspin.check("Too short.").verdict
        self.assertEqual((short.level, short.reason, short.words), ("unknown", "short", 2))

    def test_windows_lie_in_the_text(self) -> None:
        clean, spun = (p.read_text(encoding="utf-8") for p in (samples.CLEAN, samples.SPUN))
        text = "\n\n".join(["🛳️ " + clean, spun, clean, clean])
        (window,) = unspin.check(text).verdict.windows
        self.assertIn("with the aid of using", text[window.start : window.end])
        self.assertTrue(0 < window.start < window.end <= len(text))

    def test_json_is_the_very_bytes_of_the_command_line(self) -> None:
        paths = samples.corpus()
        ran = samples.command("check", "--no-config", "--no-cache", "--format", "json", *paths)
        members = samples.members(ran.stdout)
        self.assertEqual(len(members), len(paths))
        with_findings = 0
        for path, member in zip(paths, members):
            report = unspin.check(path.read_bytes(), markup="plain")
            self.assertEqual(report.to_json(str(path)), member)
            with_findings += bool(report.findings)
        self.assertGreater(with_findings, 1)
        self.assertTrue(unspin.check("x").to_json('a"\x1b\u202e').startswith('{"path":"a\\"\\u001b\\u202e",'))

    def test_reports_are_values(self) -> None:
        report = unspin.check(samples.SPUN.read_text(encoding="utf-8"))
        self.assertEqual(pickle.loads(pickle.dumps(report)), report)
        self.assertEqual(hash(report), hash(unspin.check(samples.SPUN.read_text(encoding="utf-8"))))
        with self.assertRaises(dataclasses.FrozenInstanceError):
            report.verdict.level = "clean"  # type: ignore[misc]


if __name__ == "__main__":
    unittest.main()

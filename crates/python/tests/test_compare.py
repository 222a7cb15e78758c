"""Comparisons: those of the command line, by code points."""

import json
import unittest

import samples
import unspin


class Compare(unittest.TestCase):
    def test_json_is_the_very_bytes_of_the_command_line(self) -> None:
        ran = samples.command("compare", "--no-config", "--format", "json", samples.CLEAN, samples.SPUN)
        names = (str(samples.CLEAN), str(samples.SPUN))
        said = unspin.compare(
            samples.CLEAN.read_bytes(), samples.SPUN.read_bytes(), markup="plain", names=names
        )
        report = ran.stdout.decode("utf-8")
        self.assertTrue(report.endswith(',\n"comparison":' + said.to_json() + "}\n"))
        members = [said.reworded.to_json(names[1]), said.original.to_json(names[0])]
        self.assertEqual(samples.members(ran.stdout), members)

    def test_places_are_code_points_of_both_texts(self) -> None:
        original = "🛳️ " + samples.CLEAN.read_text(encoding="utf-8")
        reworded = "🛳️🛳️🛳️ " + samples.SPUN.read_text(encoding="utf-8")
        said = unspin.compare(original, reworded)
        self.assertEqual(said.relation, "derived")
        self.assertGreater(len(said.changes), 20)
        for change in said.changes:
            self.assertEqual(original[change.original.start : change.original.end], change.original.text)
            self.assertEqual(reworded[change.reworded.start : change.reworded.end], change.reworded.text)
        for found in said.reworded.findings:
            self.assertEqual(reworded[found.start : found.end], found.source_text)
        for link in said.links:
            for start, end in link.original:
                self.assertIn(original[start - 1], " \n")
                self.assertTrue(start < end <= len(original))

    def test_figures_are_those_of_the_report(self) -> None:
        said = unspin.compare(samples.CLEAN.read_text("utf-8"), samples.SPUN.read_text("utf-8"))
        member = json.loads(said.to_json())
        self.assertEqual(said.figures.kept, member["figures"]["kept"])
        self.assertEqual(said.figures.quotations.all, member["figures"]["quotations"]["all"])
        self.assertEqual(sum(said.figures.changes.values()), len(said.changes))
        self.assertEqual(len(said.figures.containment), 5)

    def test_texts_that_share_nothing_are_not_derived(self) -> None:
        said = unspin.compare("The boats wait in the harbour today.", "Nobody reads such long novels now.")
        self.assertEqual((said.relation, said.changes), ("not-derived", ()))
        same = unspin.compare("The boats wait in the harbour.", "The boats wait in the harbour.")
        self.assertEqual((same.relation, same.common), ("same", 1.0))


if __name__ == "__main__":
    unittest.main()

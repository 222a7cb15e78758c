"""Settings: what they do, what is said of mistakes, and that a linter goes where its files are not."""

import pickle
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Callable, Dict

import samples
import unspin

PACK = """\
[pack]
name = "quay"
version = "0.1.0"
license = "CC0-1.0"
unspin = "0.1"
description = "Words of the quay"

[[rule]]
id = "wordy-quay"
kind = "substitution"
severity = "warning"
evidence = 3.0
summary = "A wordy quay."
message = '"{found}" can be said shorter: "{suggestion}"'

[rule.phrases]
"quayside area" = "quay"

[[rule.examples]]
bad = "They met on the [[quayside area]]."
fixed = "They met on the quay."

[[rule.examples]]
good = "They met on the quay."
"""


class Settings(unittest.TestCase):
    def setUp(self) -> None:
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name).resolve()

    def write(self, files: Dict[str, str]) -> Path:
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return self.folder / "lint.toml"

    def test_no_settings_file_is_looked_for(self) -> None:
        config = self.write({"lint.toml": "[rules.cascade-artifact]\nseverity = 'off'\n"})
        said = "import unspin; print(len(unspin.check(%r).findings))" % samples.MARKED
        ran = subprocess.run([sys.executable, "-c", said], cwd=self.folder, capture_output=True, check=True)
        self.assertEqual(ran.stdout.strip(), b"1")
        self.assertEqual(unspin.Linter(config).check(samples.MARKED).findings, ())

    def test_rules_are_chosen_and_settled(self) -> None:
        def found(linter: unspin.Linter) -> list:  # type: ignore[type-arg]
            return [(f.rule, f.severity) for f in linter.check(samples.MARKED).findings]

        self.assertEqual(found(unspin.Linter()), [("cascade-artifact", "error")])
        self.assertEqual(found(unspin.Linter(select=["phrases"])), [("cascade-artifact", "error")])
        self.assertEqual(found(unspin.Linter(select=["names"])), [])
        self.assertEqual(found(unspin.Linter(ignore=["cascade-artifact"])), [])
        info = unspin.Linter(severity={"cascade-artifact": "info"})
        self.assertEqual(found(info), [("cascade-artifact", "info")])
        with self.assertRaisesRegex(TypeError, "select takes a list"):
            unspin.Linter(select="names")

    def test_all_mistakes_are_told_with_place_and_way_out(self) -> None:
        config = self.write(
            {
                "lint.toml": 'extends = "base.toml"\npacks = ["none.toml"]\n\n[rules.garbled-word]\nseverty = "info"\n',
                "base.toml": "[rules.garbled-wird]\nseverity = 'info'\n",
            }
        )
        with self.assertRaises(unspin.ConfigError) as raised:
            unspin.Linter(config, select=["no-such"], severity={"garbled-word": "bad"})
        lines = str(raised.exception).splitlines()
        self.assertEqual(len(lines), 5, lines)
        self.assertRegex(lines[0], r"lint\.toml:2:\d+: cannot use the pack .*none\.toml: there is no such file")
        self.assertRegex(lines[1], r"lint\.toml:5:1: .*`severty`.*severity")
        self.assertRegex(lines[2], r"base\.toml:1:\d+: .*garbled-wird.*garbled-word")
        self.assertRegex(lines[3], "bad")
        self.assertRegex(lines[4], "there is no rule `no-such`")
        first = raised.exception.mistakes[0]
        self.assertEqual((first.path, first.line), (str(self.folder / "lint.toml"), 2))
        again = pickle.loads(pickle.dumps(raised.exception))
        self.assertEqual((again.mistakes, str(again)), (raised.exception.mistakes, str(raised.exception)))
        with self.assertRaisesRegex(unspin.ConfigError, "nowhere.toml"):
            unspin.Linter(self.folder / "nowhere.toml")

    def test_a_faulty_pack_is_told_by_its_own_lines(self) -> None:
        self.write({"quay.toml": PACK.replace('"substitution"', '"substitusion"')})
        with self.assertRaises(unspin.ConfigError) as raised:
            unspin.Linter(packs=[self.folder / "quay.toml"])
        mistake = raised.exception.mistakes[0]
        self.assertEqual(mistake.path, str(self.folder / "quay.toml"))
        self.assertEqual(mistake.line, 1 + PACK[: PACK.index("kind =")].count("\n"))

    def check_travels(self, make: Callable[[], unspin.Linter], text: str, wanted: str) -> None:
        """A pickled linter says the same in a process elsewhere, after its files are gone."""
        linter = make()
        report = linter.check(text)
        self.assertIn(wanted, [found.rule for found in report.findings])
        pickled = pickle.dumps(linter)
        self.assertEqual(pickled, pickle.dumps(make()), "the same linter is the same bytes")
        for path in sorted(self.folder.rglob("*"), reverse=True):
            path.unlink() if path.is_file() else path.rmdir()
        said = (
            "import pickle, sys; linter = pickle.load(sys.stdin.buffer); "
            "print(linter.check(%r).to_json(), linter.model); "
            "assert pickle.dumps(linter) == pickle.dumps(pickle.loads(pickle.dumps(linter)))" % text
        )
        with tempfile.TemporaryDirectory() as elsewhere:
            ran = subprocess.run(
                [sys.executable, "-c", said], cwd=elsewhere, input=pickled, capture_output=True, check=False
            )
        self.assertEqual(ran.stderr, b"")
        self.assertEqual(ran.stdout.decode().strip(), f"{report.to_json()} {linter.model}")

    def test_a_linter_goes_where_its_settings_and_packs_are_not(self) -> None:
        config = self.write(
            {
                "desk/lint.toml": 'extends = "../base.toml"\npacks = ["../packs/quay"]\n',
                "base.toml": "[rules.wordy-quay]\nseverity = 'error'\n",
                "packs/quay/pack.toml": PACK.split("\n\n")[0] + '\nextends = ["../other.toml"]\n',
                "packs/quay/rules.toml": PACK.split("\n\n", 1)[1],
                "packs/other.toml": PACK.replace("quay", "pier"),
            }
        ).parent
        text = "They met on the quayside area and the pierside area."
        self.check_travels(lambda: unspin.Linter(config / "desk/lint.toml"), text, "wordy-pier")

    def test_a_linter_goes_where_its_plugin_is_not(self) -> None:
        plugin = samples.ROOT / "examples" / "three_ways" / "wordy_phrase.wasm"
        (self.folder / "wordy.wasm").write_bytes(plugin.read_bytes())
        text = "They wrote it in spite of the fact that nobody asked, due to the fact that it rained."
        (rule,) = {
            found.rule for found in unspin.Linter(packs=[plugin]).check(text).findings
        } - {found.rule for found in unspin.check(text).findings}
        self.check_travels(lambda: unspin.Linter(packs=[self.folder / "wordy.wasm"]), text, rule)

    def test_a_linter_goes_where_its_model_is_not(self) -> None:
        archive = self.folder / "archive"
        archive.mkdir()
        for path in samples.corpus():
            (archive / path.name).write_bytes(path.read_bytes())
        built = samples.command("model", "build", "--text", archive, "--out", self.folder / "house.model")
        self.assertEqual(built.returncode, 0, built.stderr)
        config = self.write({"lint.toml": 'model = "house.model"\n'})
        linter = unspin.Linter(config)
        self.assertNotEqual(linter.model, unspin.Linter().model)
        self.assertIn(f'"model":"{linter.model}"', linter.check("Some words.").to_json())
        self.check_travels(lambda: unspin.Linter(config), samples.MARKED, "cascade-artifact")


if __name__ == "__main__":
    unittest.main()

"""The package is typed, and says of all that is public what it is."""

import importlib.util
import inspect
import subprocess
import sys
import unittest
from pathlib import Path

import unspin

HERE = Path(__file__).resolve().parent


class Types(unittest.TestCase):
    def test_a_strict_type_checker_takes_the_package_and_its_use(self) -> None:
        assert unspin.__file__
        package = Path(unspin.__file__).parent
        self.assertTrue((package / "py.typed").exists())
        if importlib.util.find_spec("mypy") is None:
            print("SKIPPED: mypy is missing, so no types are checked", file=sys.stderr)
            self.skipTest("mypy is missing")
        line = [sys.executable, "-m", "mypy", "--config-file", str(HERE / "mypy.ini")]
        for given in (["-p", "unspin"], [str(HERE / "typed_use.py")]):
            ran = subprocess.run([*line, *given], capture_output=True, text=True, check=False)
            self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)

    def test_all_that_is_public_is_told(self) -> None:
        for name in unspin.__all__:
            thing = getattr(unspin, name)
            if name == "Text":
                continue
            told = inspect.getdoc(thing) or ""
            self.assertTrue(told and not told.startswith(name + "("), name)
            fields = getattr(thing, "__dataclass_fields__", None) or getattr(thing, "_fields", ())
            for field in fields:
                if not field.startswith("_") and not issubclass(thing, Exception):
                    self.assertIn(f"\n    {field}: ", told, name)
            methods = inspect.getmembers(thing, inspect.isfunction) if inspect.isclass(thing) else []
            for method, function in methods:
                if method.startswith("_"):
                    continue
                said = inspect.getdoc(function) or ""
                self.assertTrue(said, f"{name}.{method}")
                if name != "Linter":
                    continue
                for parameter in list(inspect.signature(function).parameters)[1:]:
                    self.assertIn(f"\n    {parameter}: ", said, f"{name}.{method}")


if __name__ == "__main__":
    unittest.main()

"""What the launcher counts. No test measures time."""
import os
import sys
import unittest

import measure

HOLD = "held = bytearray(96 << 20); held[::4096] = b'x' * len(held[::4096])"


def run(code, limit=20):
    return measure.run([sys.executable, "-I", "-S", "-c", code], "/", dict(os.environ), limit)


class Launcher(unittest.TestCase):
    def test_status_and_output(self):
        done = run("import sys; print('one'); print('two', file=sys.stderr); sys.exit(3)")
        self.assertEqual((done.status, done.stdout, done.stderr), (3, "one\n", "two\n"))
        self.assertFalse(done.timed_out)

    def test_memory_of_the_one_who_measures_is_not_counted(self):
        ballast = bytearray(96 << 20)
        ballast[::4096] = b"x" * len(ballast[::4096])
        self.assertLess(run("pass").memory, 64 << 20)

    def test_memory_of_a_child_of_the_tool_is_counted(self):
        self.assertGreater(run(f"import subprocess, sys; subprocess.run([sys.executable, '-c', {HOLD!r}])").memory, 96 << 20)

    def test_what_never_ends_is_ended(self):
        self.assertTrue(run("while True: pass", limit=1).timed_out)

    def test_what_is_left_behind_is_told(self):
        with self.assertRaisesRegex(RuntimeError, "left processes behind"):
            run("import os, time\nif os.fork() == 0: time.sleep(60)")

    def test_a_tool_that_is_not_there_is_no_result(self):
        done = measure.run(["/nowhere/tool"], "/", dict(os.environ), 5)
        self.assertEqual(done.status, 127)


class Repeats(unittest.TestCase):
    def test_the_median_as_long_as_the_budget_lasts(self):
        runs = iter([measure.Run(0, 1.0, cpu, memory, False, "", "") for cpu, memory in ((5.0, 10), (2.0, 30), (3.0, 20))])
        first = next(runs)
        self.assertEqual(
            measure.repeat(lambda: next(runs), first, 3, 10), {"runs": 3, "wall": 1.0, "cpu": 3.0, "memory": 30}
        )
        self.assertEqual(measure.repeat(None, first, 3, 1.5)["runs"], 1)


if __name__ == "__main__":
    unittest.main()

"""The wheel carries the command line: `unspin` and `python -m unspin`."""

import signal
import subprocess
import sys
import sysconfig
import time
import unittest
from pathlib import Path

import samples
import unspin


class Command(unittest.TestCase):
    def test_exit_status_and_output_are_those_of_the_program(self) -> None:
        script = str(Path(sysconfig.get_path("scripts")) / "unspin")
        for line in ([script], [sys.executable, "-m", "unspin"]):
            run = lambda *a: subprocess.run([*line, *a], capture_output=True, check=False)  # noqa: E731
            version = run("--version")
            self.assertEqual(version.stdout.decode().split()[:2], ["unspin", unspin.__version__])
            self.assertEqual(version.returncode, 0)
            spun = run("check", "--no-config", "--format", "concise", str(samples.SPUN))
            self.assertEqual((spun.returncode, spun.stderr), (1, b""))
            self.assertIn(b'error[cascade-artifact] "with the aid of using"', spun.stdout)
            self.assertEqual(run("check", "--no-config", str(samples.CLEAN)).returncode, 0)
            wrong = run("check", "--no-such\x1b[2J")
            self.assertEqual(wrong.returncode, 2)
            self.assertNotIn(b"\x1b", wrong.stderr)
            # Its last line has no end: what waits in a buffer is lost unless somebody sees to it.
            ran = subprocess.run([*line, "fix", "-"], input=b"No end", capture_output=True, check=False)
            self.assertEqual(ran.stdout, b"No end")

    @unittest.skipUnless(sys.platform == "linux", "what becomes of a signal is read from /proc")
    def test_somebody_can_stop_it(self) -> None:
        program = (
            "import sys; from unspin.__main__ import main; print('ready', flush=True); "
            "sys.argv[1:] = ['check', '-']; main()"
        )
        pipe = subprocess.PIPE
        line = [sys.executable, "-c", program]
        with subprocess.Popen(line, stdin=pipe, stdout=pipe, stderr=pipe) as process:
            assert process.stdout is not None
            self.assertEqual(process.stdout.readline(), b"ready\n")
            # Until here Python catches the signal. It waits for its text from then on.
            for _ in range(3_000):
                if not _is_caught(process.pid, signal.SIGINT):
                    break
                time.sleep(0.01)
            process.send_signal(signal.SIGINT)
            self.assertEqual(process.wait(timeout=60), -signal.SIGINT)


def _is_caught(process: int, number: int) -> bool:
    """Whether a process has a handler for a signal."""
    status = Path(f"/proc/{process}/status").read_text().splitlines()
    caught = next(line for line in status if line.startswith("SigCgt:"))
    return bool(int(caught.split()[1], 16) >> (number - 1) & 1)


if __name__ == "__main__":
    unittest.main()

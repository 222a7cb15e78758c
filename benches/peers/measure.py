"""Runs a tool and measures it; repeats what is short."""
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Run:
    """One run of a command: seconds, bytes, and what it printed."""

    status: int
    wall: float
    cpu: float
    memory: int
    timed_out: bool
    stdout: str
    stderr: str


def run(command, folder, environment, limit):
    """Runs `command` in `folder`, with at most `limit` CPU seconds, a whole number, for each of its processes."""
    with tempfile.TemporaryDirectory() as place:
        report, out, err = (Path(place, name) for name in ("report", "stdout", "stderr"))
        launch = [sys.executable, "-I", "-S", Path(__file__).with_name("launch.py"), report, str(limit), out, err]
        subprocess.run([*launch, *command], cwd=folder, env=environment, check=True)
        status, wall, cpu, memory, timed_out, left = report.read_text().split()
        if left == "1" and timed_out == "0":
            raise RuntimeError(f"{command[0]} left processes behind, whose time is not counted")
        texts = (path.read_text("utf-8", "replace") for path in (out, err))
        return Run(int(status), float(wall), float(cpu), int(memory), timed_out != "0", *texts)


def repeat(once, first, times, budget):
    """The median of `first` and up to `times` - 1 runs more, as long as they fit in `budget` seconds of wall time."""
    runs = [first]
    while len(runs) < times and first.wall * (len(runs) + 1) <= budget:
        runs.append(once())
    middle = lambda name: statistics.median(getattr(run, name) for run in runs)
    return {"runs": len(runs), "wall": middle("wall"), "cpu": middle("cpu"), "memory": max(r.memory for r in runs)}

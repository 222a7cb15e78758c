"""Installs the peers, once, from PyPI and npm at the versions that `tools.py` names."""
import json
import shutil
import subprocess
import sys
from pathlib import Path


def install(work, tools):
    """Installs what `tools` need into `work`; does nothing where the same is there already."""
    pip = sorted({pin for tool in tools for pin in tool.pip})
    npm = sorted({pin for tool in tools for pin in tool.npm})
    if npm and not (shutil.which("npm") and shutil.which("node")):
        sys.exit("npm and node are missing: install Node.js 20 or newer, or leave its tools out with --only")
    once(work / "python", pip, lambda place: python_packages(place, pip))
    once(work / "npm", npm, lambda place: node_packages(place, npm))
    for tool in tools:
        if tool.settings:
            name, text = tool.settings
            Path(work, tool.start_in, name).write_text(text, "utf-8")


def once(place, pins, fetch):
    """Calls `fetch` unless every one of `pins` was installed in `place` by an earlier run."""
    note = place / "pins.json"
    there = json.loads(note.read_text()) if note.exists() else []
    if set(pins) <= set(there):
        return
    print(f"installing {', '.join(pins)}", file=sys.stderr, flush=True)
    fetch(place)
    note.write_text(json.dumps(sorted({*pins, *there})))


def python_packages(place, pins):
    if not (place / "bin" / "python").exists():
        subprocess.run([sys.executable, "-m", "venv", place], check=True)
    subprocess.run([place / "bin" / "python", "-m", "pip", "install", "--quiet", *pins], check=True)


def node_packages(place, pins):
    place.mkdir(parents=True, exist_ok=True)
    quiet = ["--silent", "--no-audit", "--no-fund", "--ignore-scripts"]
    subprocess.run(["npm", "install", *quiet, "--prefix", place, *pins], check=True)

#!/usr/bin/env python3
"""unspin with a pack, called as scorers call it: `with_pack.py check --format json --no-config FILE...`.

`UNSPIN` names the binary, `UNSPIN_PACK` the pack (none: the binary as it is). The files are checked as copies in a
folder whose lint.toml names the pack, and reported under their own paths.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile


def main():
    options = [a for a in sys.argv[1:] if a.startswith("--") and a != "--no-config"]
    words = [a for a in sys.argv[1:] if not a.startswith("--")]
    command, form, files = words[0], words[1], words[2:]
    with tempfile.TemporaryDirectory() as folder:
        pack = os.environ.get("UNSPIN_PACK")
        with open(os.path.join(folder, "lint.toml"), "w", encoding="utf-8") as settings:
            settings.write(f"packs = [{json.dumps(os.path.abspath(pack))}]\n" if pack else "")
        names = {}
        for number, path in enumerate(files):
            name = f"{number:06}{os.path.splitext(path)[1]}"
            shutil.copyfile(path, os.path.join(folder, name))
            names[name] = path
        run = subprocess.run([os.environ["UNSPIN"], command, *options, form, "--no-cache", *names],
                             cwd=folder, capture_output=True, check=False)
        sys.stderr.buffer.write(run.stderr)
        if run.stdout:
            report = json.loads(run.stdout)
            for file in report["files"]:
                file["path"] = names[file["path"]]
            json.dump(report, sys.stdout)
    sys.exit(run.returncode)


if __name__ == "__main__":
    main()

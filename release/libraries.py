"""Prints the licences of the libraries that are linked into the program: python3 release/libraries.py TARGET.

They are read from the sources that cargo fetched, since a licence asks for its own words to go along with a binary. What
cargo only builds or tests with is left out, macros among it, and so are the crates of unspin itself.
"""

import json
import pathlib
import subprocess
import sys

NAMES = ("licen", "copying", "notice", "unlicense")


def metadata(target: str) -> dict:
    """What cargo knows of the workspace's packages on a target."""
    command = ["cargo", "metadata", "--format-version", "1", "--locked", "--filter-platform", target]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def linked(everything: dict) -> set[str]:
    """The ids of the packages that the program is linked from."""
    nodes = {node["id"]: node for node in everything["resolve"]["nodes"]}
    macros = {p["id"] for p in everything["packages"] if any("proc-macro" in t["kind"] for t in p["targets"])}
    seen: set[str] = set()
    left = [everything["resolve"]["root"]]
    while left:
        one = left.pop()
        if one in seen or one in macros:
            continue
        seen.add(one)
        for dependency in nodes[one]["deps"]:
            if any(kind["kind"] is None for kind in dependency["dep_kinds"]):
                left.append(dependency["pkg"])
    return seen


def texts(package: dict) -> list[str]:
    folder = pathlib.Path(package["manifest_path"]).parent
    files = sorted(path for path in folder.iterdir() if path.is_file() and path.name.lower().startswith(NAMES))
    return [path.read_text(encoding="utf-8", errors="replace").strip() for path in files]


def main() -> None:
    everything = metadata(sys.argv[1])
    wanted = linked(everything)
    packages = [p for p in everything["packages"] if p["id"] in wanted and p["source"] is not None]
    packages.sort(key=lambda package: (package["name"], package["version"]))
    print("# Libraries in the program\n")
    print("Each with its licence, as its authors ship it. Equal texts are printed once.")
    printed: dict[str, str] = {}
    for package in packages:
        title = f"{package['name']} {package['version']}"
        print(f"\n## {title} ({package['license']})")
        found = texts(package)
        if not found:
            print(f"\nBy {', '.join(package['authors']) or 'its authors'}; the package holds no text of its licence.")
        for text in found:
            if text in printed:
                print(f"\nSee {printed[text]}.")
            else:
                printed[text] = title
                print(f"\n```text\n{text}\n```")


if __name__ == "__main__":
    main()

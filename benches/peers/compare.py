#!/usr/bin/env python3
"""Runs unspin and other linters of prose on the same files and compares start-up, speed, memory and what they find.

    compare.py --unspin BINARY --work DIR [--articles DIR] [--clean DIR ...] [--json OUT] [--write]
    compare.py --from-json OUT [--write]

The README.md beside this file tells the method.
"""
import argparse
import datetime
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import corpus
import install
import positions
import scoring
import table
import tools
from bench import Bench, Failure, say

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--unspin", type=Path, help="a release build of unspin")
    parser.add_argument("--work", type=Path, help="where peers are installed, once, and texts are written")
    parser.add_argument("--articles", type=Path, help="annotated articles: spun/NNN.txt with NNN.gold.jsonl, clean/NNN.txt")
    parser.add_argument("--clean", type=Path, nargs="*", default=[], help="folders of clean news; made text without them")
    parser.add_argument("--english", choices=("us", "gb"), default="us", help="the spelling of the clean news")
    parser.add_argument("--only", help="names of tools, with commas, lower case, as far as they tell them apart")
    parser.add_argument("--timeout", type=int, default=60, help="the most CPU seconds that one run may take")
    parser.add_argument("--json", type=Path, help="write every figure here")
    parser.add_argument("--write", action="store_true", help="write the tables into both READMEs")
    parser.add_argument("--from-json", type=Path, help="take the figures from an earlier run's --json and measure nothing")
    options = parser.parse_args()
    if not options.from_json and not (options.unspin and options.work):
        parser.error("--unspin and --work are missing")
    if options.write and not options.from_json and (options.only or not options.clean or not options.articles):
        parser.error("the READMEs show every tool on articles and news: --write wants --articles, --clean and no --only")
    return options


def chosen(only):
    """The tools whose names begin so."""
    if not only:
        return tools.TOOLS
    wanted = [name.strip().lower() for name in only.split(",")]
    for name in wanted:
        if not any(tool.name.lower().startswith(name) for tool in tools.TOOLS):
            sys.exit(f"no tool is called {name}: there are {', '.join(tool.name for tool in tools.TOOLS)}")
    return [tool for tool in tools.TOOLS if any(tool.name.lower().startswith(name) for name in wanted)]


def outside_git(folder):
    """Leaves unless `folder` lies outside work trees of git, whose ignore files some tools would obey."""
    for place in (folder, *folder.parents):
        if (place / ".git").exists():
            sys.exit(f"{folder} lies in a work tree of git, whose ignore files some tools obey: choose another --work")


def environment(work):
    """What the tools see of ours: none of anybody's settings, no colours."""
    home = work / "home"
    home.mkdir(exist_ok=True)
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR", "SYSTEMROOT") if name in os.environ}
    return {**kept, "HOME": str(home), "LC_ALL": "C.UTF-8", "NO_COLOR": "1", "PYTHONUTF8": "1"}


def machine():
    """The processor, the number of its cores, and how many programs wanted one, as far as the system tells."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        name = next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        name = platform.processor() or platform.machine()
    return f"{os.cpu_count()} cores, {name}, {platform.system()}, load average {os.getloadavg()[2]:.0f}"


def measured(bench, tool, options, sets, articles, bait):
    """Every figure of one tool."""
    figures = {"version": tool.version or version(options.unspin), "job": tool.job}
    bench.probe(tool)
    figures["start_up"] = bench.start_up(tool)
    for name, those in sets.items():
        figures[name] = bench.speed(tool, figures["start_up"], those, options.english)
    if articles:
        texts = {name: article.text for name, article in articles.items()}
        found, run = bench.findings(tool, "annotated articles", texts)
        score = scoring.score(articles, found)
        figures["articles"] = {
            "documents": len(articles),
            "bytes": sum(len(text.text.encode()) for text in texts.values()),
            "cpu": run.cpu,
            "recall": score.recall(),
            "precision": score.precision(),
            **{key: value for key, value in vars(score).items() if key != "wrong_examples"},
        }
        figures["wrong_examples"] = score.wrong_examples
    if bait:
        found, _ = bench.findings(tool, "clean articles", bait)
        words = sum(text.words() for text in bait.values())
        figures["bait"] = {"documents": len(bait), "words": words, "findings": sum(map(len, found.values()))}
    return figures


def version(binary):
    return subprocess.run([binary, "--version"], capture_output=True, text=True, check=True).stdout.split()[1]


def main():
    options = arguments()
    if options.from_json:
        results = json.loads(options.from_json.read_text("utf-8"))
    else:
        results = compare(options)
    print(table.full(results))
    if options.write:
        table.put(HERE / "README.md", table.full(results))
        table.put(ROOT / "README.md", table.short(results))


def compare(options):
    """Installs, measures all tools in turn and gives the figures, which are written down after each tool."""
    begin = time.monotonic()
    options.unspin = options.unspin.resolve()
    work = options.work.resolve()
    outside_git(work)
    (work / "cwd").mkdir(parents=True, exist_ok=True)
    those = chosen(options.only)
    install.install(work, those)
    seeds = sorted((ROOT / "tests" / "corpus").glob("*_clean.txt"))
    texts = corpus.gather(options.clean, seeds)
    part = [corpus.spread(texts, size) for size in (corpus.SMALL, corpus.LARGE)]
    sets = {
        "folder": [("folder, small", part[0]), ("folder, large", part[1]), ("folder, all", texts)],
        "file": [("file, small", corpus.joined(texts, corpus.SMALL)), ("file, large", corpus.joined(texts, corpus.LARGE))],
    }
    articles = scoring.load(options.articles / "spun") if options.articles else {}
    clean = sorted((options.articles / "clean").glob("*.txt")) if options.articles else []
    bait = {path.name: positions.load_plain(path) for path in clean}
    results = {
        "date": datetime.date.today().isoformat(),
        "machine": machine(),
        "timeout": options.timeout,
        "clean": "news" if options.clean else "made",
        "files": len(texts),
        "bytes": sum(len(text.encode()) for text in texts.values()),
        "tools": {},
    }
    bench = Bench(work, options.unspin, options.timeout, environment(work))
    with tempfile.TemporaryDirectory() as temporary:
        bench.environment["TMPDIR"] = temporary
        for tool in those:
            say(f"{tool.name}: probe and start-up")
            try:
                results["tools"][tool.name] = measured(bench, tool, options, sets, articles, bait)
            except Failure as failure:
                say(f"{tool.name}: FAILED: {failure}")
                results["tools"][tool.name] = {"version": tool.version, "job": tool.job, "failure": str(failure)}
            results["seconds"] = time.monotonic() - begin
            if options.json:
                options.json.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return results


if __name__ == "__main__":
    main()

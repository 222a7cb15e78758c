#!/usr/bin/env python3
"""What each stage of a check costs, in instructions a byte: callgrind counts them, so that the figures depend on nothing
but the program and the texts.

    stages.py BINARY FILE...

BINARY has to know its functions' names: `CARGO_PROFILE_RELEASE_STRIP=none cargo build --release`. Needs valgrind.
"""
import os, re, subprocess, sys, tempfile

# The stage and the function whose calls it is, with everything called from there.
STAGES = [
    ("all", "PROGRAM TOTALS"),
    ("reading: tokens, sentences, quotations", "unspin_text::document::Document::read"),
    ("the same, tokens alone", "unspin_text::tokenize::tokenize"),
    ("words by number, once", "<unspin_words::KnownWords as unspin_lint::context::Analysis>::analyse"),
    ("substitution: all", "unspin_rules_substitution::passage::report"),
    ("the same, screen", "unspin_rules_substitution::screen::screening_score"),
    ("the same, full scorer and ranker on pages that pass it", "unspin_rules_substitution::score::WordScores::unscreened"),
    ("the same, features", "unspin_rules_substitution::features::Table::new"),
    ("the same, trees of scorer and ranker", "unspin_model::trees::Trees::score"),
    ("phrases of packs", "<unspin_packs::rule::PackRule as unspin_lint::rule::Rule>::check"),
    ("adjudication and verdict", "unspin_lint::adjudicate::run"),
    ("report", "unspin_report::FileReport::render"),
]
RULE = re.compile(r"<unspin_rules_(\w+)::(\w+)::\w+ as unspin_lint::rule::Rule>::check$")


def main():
    binary, *files = sys.argv[1:] or sys.exit(__doc__)
    if not files:
        sys.exit("stages: no files given")
    total = sum(os.path.getsize(f) for f in files)
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "callgrind")
        command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", binary, "check", "--no-config",
                   "--no-cache", "--quiet", "--threads", "1", *files]
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if done.returncode not in (0, 1):
            sys.exit(f"stages: {done.stderr}")
        text = subprocess.run(["callgrind_annotate", "--inclusive=yes", "--threshold=100", "--auto=no", out],
                              capture_output=True, text=True, check=True).stdout
    counts = {}
    for line in text.splitlines():
        found = re.match(r"\s*([\d,]+) \([ \d.]+%\)\s+(.*)", line)
        if not found:
            continue
        name = re.sub(r" \[[^\]]*\]$", "", found[2])
        # What is before the first colon of a function's name is the file that it was written in.
        name = name.split(":", 1)[1] if "/" in name.split(":", 1)[0] else name
        counts[name] = max(counts.get(name, 0), int(found[1].replace(",", "")))
    print(f"{len(files)} files, {total} bytes\n\n| stage | instructions a byte |\n|---|---|")
    for stage, function in STAGES:
        if function in counts:
            print(f"| {stage} | {counts[function] / total:.1f} |")
    rules = [(n, f"`{m[2].replace('_', '-')}`") for name, n in counts.items()
             if (m := RULE.match(name)) and m[1] != "substitution"]
    for n, rule in sorted(rules, reverse=True):
        print(f"| {rule} | {n / total:.1f} |")


main()
